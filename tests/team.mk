# tests of what a lead and a technician do, and of what looks leave behind
LONG_TESTS += tests/web_team.sh tests/web_key.sh tests/units.sh \
	tests/units_boot.sh
EXTRA_DIST += tests/web_team.sh tests/web_key.sh tests/units.sh \
	tests/units_boot.sh tests/web/team_test.mjs tests/web/team_lab.mjs tests/web/key_test.mjs
if HAVE_CHECK
check_PROGRAMS += check_case_looks check_status
TESTS += check_case_looks check_status
check_case_looks_SOURCES = \
	tests/check_case_looks.c tests/cases_world.h tests/desk_world.c tests/desk_world.h
check_case_looks_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_case_looks_LDADD = $(check_case_life_LDADD)
check_status_SOURCES = tests/check_status.c
check_status_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_status_LDADD = $(check_case_life_LDADD)
endif
