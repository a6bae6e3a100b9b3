# tests of the demo line and the phone
if HAVE_CHECK
check_PROGRAMS += check_demo_line check_demo_phones check_phone \
	check_phone_screen check_talk
TESTS += check_demo_line check_demo_phones check_phone \
	check_phone_screen check_talk
check_demo_line_SOURCES = tests/check_demo_line.c tests/demo_line_fixture.h
check_demo_line_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_demo_line_LDADD = $(LINE_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_PROGRAMS += check_demo_line_input
TESTS += check_demo_line_input
check_demo_line_input_SOURCES = tests/check_demo_line_input.c \
	tests/demo_line_fixture.h
check_demo_line_input_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_demo_line_input_LDADD = $(LINE_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_demo_phones_SOURCES = tests/check_demo_phones.c
check_demo_phones_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_demo_phones_LDADD = $(LINE_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_phone_SOURCES = tests/check_phone.c
check_phone_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_phone_LDADD = $(DESK_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_phone_screen_SOURCES = tests/check_phone_screen.c
check_phone_screen_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_phone_screen_LDADD = $(DESK_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_talk_SOURCES = tests/check_talk.c
check_talk_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_talk_LDADD = $(DESK_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
endif
