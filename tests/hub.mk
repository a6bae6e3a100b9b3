# tests of the hub, and of the whole helpline run by the real program
LAB = tests/lab.c tests/lab.h

check_PROGRAMS += tests/bench/hub_bench
tests_bench_hub_bench_SOURCES = tests/bench/hub_bench.c $(LAB)
tests_bench_hub_bench_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(SQLITE_LIBS)

if HAVE_CHECK
check_PROGRAMS += check_contact_gate
TESTS += check_contact_gate
check_contact_gate_SOURCES = tests/check_contact_gate.c
check_contact_gate_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_contact_gate_LDADD = libhub.a $(BASE_LIBS) $(CHECK_LINK)
endif

PROOF = tests/caller.c tests/caller.h tests/proof.c tests/proof.h $(LAB)

check_PROGRAMS += tests/helpline_test
LONG_TESTS += tests/helpline_test
tests_helpline_test_SOURCES = tests/helpline_test.c $(PROOF)
tests_helpline_test_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(SQLITE_LIBS)

check_PROGRAMS += tests/caseworker_test
LONG_TESTS += tests/caseworker_test
tests_caseworker_test_SOURCES = tests/caseworker_test.c $(PROOF)
tests_caseworker_test_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(SQLITE_LIBS)

check_PROGRAMS += tests/crash_test
LONG_TESTS += tests/crash_test
tests_crash_test_SOURCES = tests/crash_test.c $(PROOF)
tests_crash_test_LDADD = $(SIM_CLIENT_LIBS) $(TEXT_LIBS) $(BASE_LIBS) \
	$(SQLITE_LIBS)
