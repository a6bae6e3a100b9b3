# tests of base
if HAVE_CHECK
base_tests = check_text check_config check_settings check_retry check_json \
	check_clock check_file
check_PROGRAMS += $(base_tests)
TESTS += $(base_tests)
check_text_SOURCES = tests/check_text.c
check_text_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_text_LDADD = $(BASE_LIBS) $(CHECK_LINK)
check_config_SOURCES = tests/check_config.c
check_config_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_config_LDADD = $(BASE_LIBS) $(CHECK_LINK)
check_settings_SOURCES = tests/check_settings.c
check_settings_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_settings_LDADD = $(BASE_LIBS) $(CHECK_LINK)
check_retry_SOURCES = tests/check_retry.c
check_retry_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_retry_LDADD = $(BASE_LIBS) $(CHECK_LINK)
check_json_SOURCES = tests/check_json.c
check_json_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_json_LDADD = $(BASE_LIBS) $(CHECK_LINK)
check_clock_SOURCES = tests/check_clock.c
check_clock_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_clock_LDADD = $(BASE_LIBS) $(CHECK_LINK)
check_file_SOURCES = tests/check_file.c
check_file_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_file_LDADD = $(BASE_LIBS) $(CHECK_LINK)
endif
