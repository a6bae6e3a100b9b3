# tests of callers on a dialled code: the helpline is started again, and what
# its pages hold
SERVICE = tests/service.c tests/service.h tests/proof.c tests/proof.h $(LAB)
check_PROGRAMS += tests/restart_test tests/restart_http_test
LONG_TESTS += tests/restart_test tests/restart_http_test
tests_restart_test_SOURCES = tests/restart_test.c $(CENTRE) $(SERVICE)
tests_restart_test_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(SQLITE_LIBS)
tests_restart_http_test_SOURCES = tests/restart_http_test.c $(SERVICE)
tests_restart_http_test_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(SQLITE_LIBS)

if HAVE_CHECK
check_PROGRAMS += check_line_pages check_providers
TESTS += check_line_pages check_providers
check_line_pages_SOURCES = tests/check_line_pages.c
check_line_pages_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_line_pages_LDADD = $(MENUS_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_providers_SOURCES = tests/check_providers.c
check_providers_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_providers_LDADD = libhub.a $(STORE_LIBS) $(MENUS_LIBS) $(LINE_LIBS) \
	$(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
endif
