# tests of many lines: routes, caps, troubles, the copy of the store
if HAVE_CHECK
ROUTES_CHECKS = check_routes check_caps check_carried check_line_alarms
check_PROGRAMS += $(ROUTES_CHECKS)
TESTS += $(ROUTES_CHECKS)
ROUTES_CHECK_FLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
ROUTES_CHECK_LINK = libhub.a $(STORE_LIBS) $(MENUS_LIBS) $(LINE_LIBS) \
	$(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_routes_SOURCES = tests/check_routes.c
check_routes_CPPFLAGS = $(ROUTES_CHECK_FLAGS)
check_routes_LDADD = $(ROUTES_CHECK_LINK)
check_caps_SOURCES = tests/check_caps.c
check_caps_CPPFLAGS = $(ROUTES_CHECK_FLAGS)
check_caps_LDADD = $(ROUTES_CHECK_LINK)
check_carried_SOURCES = tests/check_carried.c tests/store_fixture.h
check_carried_CPPFLAGS = $(ROUTES_CHECK_FLAGS)
check_carried_LDADD = $(ROUTES_CHECK_LINK)
check_line_alarms_SOURCES = tests/check_line_alarms.c tests/store_fixture.h
check_line_alarms_CPPFLAGS = $(ROUTES_CHECK_FLAGS)
check_line_alarms_LDADD = $(ROUTES_CHECK_LINK)
endif

check_PROGRAMS += tests/routes_test tests/backup_test
LONG_TESTS += tests/routes_test tests/backup_test
tests_routes_test_SOURCES = tests/routes_test.c tests/team_lab.c \
	tests/team_lab.h $(PROOF)
tests_routes_test_LDADD = $(SIM_CLIENT_LIBS) $(TEXT_LIBS) $(BASE_LIBS) \
	$(SQLITE_LIBS)
tests_backup_test_SOURCES = tests/backup_test.c tests/team_lab.c \
	tests/team_lab.h $(PROOF)
tests_backup_test_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(SQLITE_LIBS)

check_PROGRAMS += tests/bench/lines_bench
tests_bench_lines_bench_SOURCES = tests/bench/lines_bench.c $(MEASURE) $(LAB)
tests_bench_lines_bench_LDADD = $(SIM_CLIENT_LIBS) $(BASE_LIBS) \
	$(SQLITE_LIBS)
