# tests of text
if HAVE_CHECK
text_tests = check_utf8 check_gsm0338 check_segments check_number \
	check_answer check_form check_phone_wire check_zawgyi
check_PROGRAMS += $(text_tests)
TESTS += $(text_tests)
TEXT_TEST_LIBS = $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_utf8_SOURCES = tests/check_utf8.c
check_utf8_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_utf8_LDADD = $(TEXT_TEST_LIBS)
check_gsm0338_SOURCES = tests/check_gsm0338.c
check_gsm0338_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_gsm0338_LDADD = $(TEXT_TEST_LIBS)
check_segments_SOURCES = tests/check_segments.c
check_segments_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_segments_LDADD = $(TEXT_TEST_LIBS)
check_number_SOURCES = tests/check_number.c
check_number_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_number_LDADD = $(TEXT_TEST_LIBS)
check_answer_SOURCES = tests/check_answer.c
check_answer_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_answer_LDADD = $(TEXT_TEST_LIBS)
check_form_SOURCES = tests/check_form.c
check_form_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_form_LDADD = $(TEXT_TEST_LIBS)
check_zawgyi_SOURCES = tests/check_zawgyi.c
check_zawgyi_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_zawgyi_LDADD = $(TEXT_TEST_LIBS)
check_phone_wire_SOURCES = tests/check_phone_wire.c
check_phone_wire_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_phone_wire_LDADD = $(TEXT_TEST_LIBS)
endif
