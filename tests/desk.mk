# tests of desk
if HAVE_CHECK
check_PROGRAMS += check_cases
TESTS += check_cases
check_cases_SOURCES = tests/check_cases.c tests/desk_world.c tests/desk_world.h
check_cases_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_cases_LDADD = libdesk.a $(STORE_LIBS) $(TEXT_LIBS) $(BASE_LIBS) \
	$(CHECK_LINK)
endif
