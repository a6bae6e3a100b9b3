# tests of desk
if HAVE_CHECK
DESK_LIBS = libdesk.a $(STORE_LIBS) $(MENUS_LIBS) $(TEXT_LIBS) $(BASE_LIBS)

check_PROGRAMS += check_cases
TESTS += check_cases
check_cases_SOURCES = tests/check_cases.c tests/desk_world.c tests/desk_world.h
check_cases_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_cases_LDADD = $(DESK_LIBS) $(CHECK_LINK)

check_PROGRAMS += check_desk_cli
TESTS += check_desk_cli
check_desk_cli_SOURCES = \
	tests/check_desk_cli.c tests/desk_world.c tests/desk_world.h
check_desk_cli_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_desk_cli_LDADD = $(DESK_LIBS) $(CHECK_LINK)

check_PROGRAMS += check_setup
TESTS += check_setup
check_setup_SOURCES = tests/check_setup.c
check_setup_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_setup_LDADD = $(DESK_LIBS) $(CHECK_LINK)
endif
