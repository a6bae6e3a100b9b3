# tests of desk
if HAVE_CHECK
check_PROGRAMS += check_desk_cli check_setup check_sign_in
TESTS += check_desk_cli check_setup check_sign_in
check_desk_cli_SOURCES = \
	tests/check_desk_cli.c tests/desk_terminal.c tests/desk_terminal.h \
	tests/desk_world.c tests/desk_world.h
check_desk_cli_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_desk_cli_LDADD = $(DESK_LIBS) $(STORE_LIBS) $(MENUS_LIBS) $(TEXT_LIBS) \
	$(BASE_LIBS) $(CHECK_LINK)
check_setup_SOURCES = tests/check_setup.c
check_setup_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_setup_LDADD = $(DESK_LIBS) $(STORE_LIBS) $(TEXT_LIBS) $(BASE_LIBS) \
	$(CHECK_LINK)
check_sign_in_SOURCES = tests/check_sign_in.c
check_sign_in_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_sign_in_LDADD = $(DESK_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_PROGRAMS += check_recruiter_import
TESTS += check_recruiter_import
check_recruiter_import_SOURCES = tests/check_recruiter_import.c
check_recruiter_import_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_recruiter_import_LDADD = $(DESK_LIBS) $(MENUS_LIBS) $(TEXT_LIBS) \
	$(BASE_LIBS) $(CHECK_LINK)
endif
