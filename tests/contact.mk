# tests of the contact gate and of all that leaves by it
if HAVE_CHECK
check_PROGRAMS += check_contact_gate
TESTS += check_contact_gate
check_contact_gate_SOURCES = tests/check_contact_gate.c
check_contact_gate_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_contact_gate_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
endif

check_PROGRAMS += tests/contact_test
LONG_TESTS += tests/contact_test
tests_contact_test_SOURCES = tests/contact_test.c $(PROOF)
tests_contact_test_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(SQLITE_LIBS)
