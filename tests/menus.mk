# tests of menus
if HAVE_CHECK
check_PROGRAMS += check_menu_walk
TESTS += check_menu_walk
check_menu_walk_SOURCES = tests/check_menu_walk.c tests/menus_talk.c \
	tests/menus_talk.h
check_menu_walk_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_menu_walk_LDADD = $(MENUS_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_PROGRAMS += check_menu_load
TESTS += check_menu_load
check_menu_load_SOURCES = tests/check_menu_load.c tests/menus_copy.c \
	tests/menus_copy.h
check_menu_load_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_menu_load_LDADD = $(MENUS_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
endif
