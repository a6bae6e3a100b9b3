# tests of what editors and technicians do with menus
TESTS += tests/editors.sh
EXTRA_DIST += tests/editors.sh
if HAVE_CHECK
check_PROGRAMS += check_editing
TESTS += check_editing
check_editing_SOURCES = tests/check_editing.c
check_editing_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_editing_LDADD = $(DESK_LIBS) $(BASE_LIBS) $(CHECK_LINK)
endif
