# tests of guards and of delivery
if HAVE_CHECK
check_PROGRAMS += check_caller_guard
TESTS += check_caller_guard
check_caller_guard_SOURCES = tests/check_caller_guard.c
check_caller_guard_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_caller_guard_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_PROGRAMS += check_guards
TESTS += check_guards
check_guards_SOURCES = tests/check_guards.c tests/store_fixture.h
check_guards_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_guards_LDADD = $(STORE_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_PROGRAMS += check_delivery
TESTS += check_delivery
check_delivery_SOURCES = tests/check_delivery.c tests/store_fixture.h
check_delivery_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_delivery_LDADD = $(STORE_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
endif

check_PROGRAMS += tests/guards_test
LONG_TESTS += tests/guards_test
tests_guards_test_SOURCES = tests/guards_test.c $(TEAM_LAB)
tests_guards_test_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(SQLITE_LIBS)

check_PROGRAMS += tests/guards_flood_test
LONG_TESTS += tests/guards_flood_test
tests_guards_flood_test_SOURCES = tests/guards_flood_test.c $(TEAM_LAB)
EXTRA_tests_guards_flood_test_DEPENDENCIES = modem_sim$(EXEEXT)
tests_guards_flood_test_LDADD = $(SIM_CLIENT_LIBS) $(TEXT_LIBS) \
	$(BASE_LIBS) $(SQLITE_LIBS)

check_PROGRAMS += tests/guards_calls_test
LONG_TESTS += tests/guards_calls_test
tests_guards_calls_test_SOURCES = tests/guards_calls_test.c $(TEAM_LAB)
tests_guards_calls_test_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(SQLITE_LIBS)
