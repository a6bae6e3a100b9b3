# tests of what becomes of a case: the policy by subject, and the pages of facts,
# exports, erasing, partners and print
LONG_TESTS += tests/web_data.sh tests/web_print.sh
EXTRA_DIST += tests/web_data.sh tests/web_print.sh tests/web/data_test.mjs \
	tests/web/print_test.mjs
if HAVE_CHECK
CASE_CHECKS = check_case_claims check_case_replies check_case_secrets \
	check_case_ends check_cli_options
check_PROGRAMS += $(CASE_CHECKS)
TESTS += $(CASE_CHECKS)
CASE_CHECK_WORLD = tests/cases_world.h tests/desk_world.c tests/desk_world.h
CASE_CHECK_LINK = $(DESK_LIBS) $(STORE_LIBS) $(TEXT_LIBS) $(BASE_LIBS) \
	$(CHECK_LINK)
check_case_claims_SOURCES = tests/check_case_claims.c $(CASE_CHECK_WORLD)
check_case_claims_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_case_claims_LDADD = $(CASE_CHECK_LINK)
check_case_replies_SOURCES = tests/check_case_replies.c $(CASE_CHECK_WORLD)
check_case_replies_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_case_replies_LDADD = $(CASE_CHECK_LINK)
check_case_secrets_SOURCES = tests/check_case_secrets.c $(CASE_CHECK_WORLD)
check_case_secrets_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_case_secrets_LDADD = $(CASE_CHECK_LINK)
check_case_ends_SOURCES = tests/check_case_ends.c $(CASE_CHECK_WORLD)
check_case_ends_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_case_ends_LDADD = $(CASE_CHECK_LINK)
check_cli_options_SOURCES = tests/check_cli_options.c
check_cli_options_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_cli_options_LDADD = $(check_case_life_LDADD)
endif
