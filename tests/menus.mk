# tests of menus
MENUS_TEST_FILES = tests/menus_talk.h
if HAVE_CHECK
check_PROGRAMS += check_menu_walk
TESTS += check_menu_walk
check_menu_walk_SOURCES = tests/check_menu_walk.c tests/menus_talk.c \
	tests/menus_talk.h
check_menu_walk_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_menu_walk_LDADD = $(MENUS_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
endif
