# tests of the words on the caseworkers' pages
LONG_TESTS += tests/desk_words.sh
EXTRA_DIST += tests/desk_words.sh tests/data/desk-not-words.txt
if HAVE_CHECK
check_PROGRAMS += check_desk_words
TESTS += check_desk_words
check_desk_words_SOURCES = tests/check_desk_words.c \
	tests/desk_world.c tests/desk_world.h tests/known_words.h \
	tests/page_reader.c tests/page_reader.h
check_desk_words_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_desk_words_LDADD = $(DESK_LIBS) $(STORE_LIBS) $(MENUS_LIBS) \
	$(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
endif
