# tests of text
if HAVE_CHECK
check_PROGRAMS += check_utf8
TESTS += check_utf8
check_utf8_SOURCES = tests/check_utf8.c
check_utf8_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_utf8_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
endif
