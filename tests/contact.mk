# tests of the contact gate and of all that leaves by it
if HAVE_CHECK
check_PROGRAMS += check_contact_gate check_zone
TESTS += check_contact_gate check_zone
check_zone_SOURCES = tests/check_zone.c
check_zone_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_zone_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_contact_gate_SOURCES = tests/check_contact_gate.c tests/gate_rules.h
check_contact_gate_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_contact_gate_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_PROGRAMS += check_contacts
TESTS += check_contacts
check_contacts_SOURCES = tests/check_contacts.c
check_contacts_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_contacts_LDADD = $(STORE_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_PROGRAMS += check_walk_guard
TESTS += check_walk_guard
check_walk_guard_SOURCES = tests/check_walk_guard.c
check_walk_guard_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_walk_guard_LDADD = $(MENUS_LIBS) $(TEXT_LIBS) $(BASE_LIBS) \
	$(CHECK_LINK)
check_PROGRAMS += check_departures
TESTS += check_departures
check_departures_SOURCES = tests/check_departures.c tests/gate_rules.h tests/hub_fixture.h
check_departures_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_departures_LDADD = libhub.a $(STORE_LIBS) $(MENUS_LIBS) $(LINE_LIBS) \
	$(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_PROGRAMS += check_late_texts
TESTS += check_late_texts
check_late_texts_SOURCES = tests/check_late_texts.c tests/hub_fixture.h
check_late_texts_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_late_texts_LDADD = libhub.a $(STORE_LIBS) $(MENUS_LIBS) $(LINE_LIBS) \
	$(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
endif

check_PROGRAMS += tests/contact_test
LONG_TESTS += tests/contact_test
tests_contact_test_SOURCES = tests/contact_test.c $(PROOF)
tests_contact_test_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(SQLITE_LIBS)
