# tests of what a walk does by itself
if HAVE_CHECK
check_PROGRAMS += check_walk_prompt
TESTS += check_walk_prompt
check_walk_prompt_SOURCES = tests/check_walk_prompt.c tests/menus_talk.c \
	tests/menus_talk.h
check_walk_prompt_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_walk_prompt_LDADD = $(MENUS_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_PROGRAMS += check_walk_pages
TESTS += check_walk_pages
check_walk_pages_SOURCES = tests/check_walk_pages.c tests/menus_copy.c \
	tests/menus_copy.h tests/menus_talk.c tests/menus_talk.h
check_walk_pages_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_walk_pages_LDADD = $(MENUS_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_PROGRAMS += check_speak_date
TESTS += check_speak_date
check_speak_date_SOURCES = tests/check_speak_date.c tests/menus_copy.c \
	tests/menus_copy.h
check_speak_date_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_speak_date_LDADD = $(MENUS_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
endif
