# tests of the caseworkers' pages
LONG_TESTS += tests/web_pages.sh tests/web_hostile.sh
EXTRA_DIST += tests/web_pages.sh tests/web_hostile.sh \
	tests/web/browser.mjs tests/web/client.mjs tests/web/data_lab.mjs \
	tests/web/hostile_test.mjs \
	tests/web/lab.mjs tests/web/looking.mjs tests/web/package-lock.json tests/web/package.json \
	tests/web/pages_test.mjs tests/web/phone.mjs tests/web/proofs.mjs tests/web/run.sh \
	tests/web/tour.mjs
if HAVE_CHECK
check_PROGRAMS += check_page check_web_sessions
TESTS += check_page check_web_sessions
check_page_SOURCES = tests/check_page.c
check_page_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_page_LDADD = $(DESK_LIBS) $(MENUS_LIBS) $(TEXT_LIBS) $(BASE_LIBS) \
	$(CHECK_LINK)
check_web_sessions_SOURCES = tests/check_web_sessions.c
check_web_sessions_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_web_sessions_LDADD = $(DESK_LIBS) $(STORE_LIBS) $(MENUS_LIBS) \
	$(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
endif

noinst_PROGRAMS += tests/bench/desk_bench
tests_bench_desk_bench_SOURCES = tests/bench/desk_bench.c \
	tests/bench/desk_load.c tests/bench/desk_load.h tests/lab.c tests/lab.h
tests_bench_desk_bench_CPPFLAGS = $(AM_CPPFLAGS) $(MICROHTTPD_CFLAGS) \
	$(GNUTLS_CFLAGS)
tests_bench_desk_bench_LDADD = $(DESK_LIBS) $(STORE_LIBS) $(MENUS_LIBS) \
	$(TEXT_LIBS) $(BASE_LIBS)
