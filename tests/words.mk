# tests of the caseworkers' pages without a network, and of their words
LONG_TESTS += tests/desk_words.sh
EXTRA_DIST += tests/desk_words.sh tests/data/desk-not-words.txt
if HAVE_CHECK
check_PROGRAMS += check_desk_pages check_desk_words
TESTS += check_desk_pages check_desk_words
DESK_PAGES_SOURCES = tests/desk_pages.c tests/desk_pages.h \
	tests/desk_world.c tests/desk_world.h tests/known_words.h
DESK_PAGES_LINK = $(DESK_LIBS) $(STORE_LIBS) $(MENUS_LIBS) \
	$(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_desk_pages_SOURCES = tests/check_desk_pages.c $(DESK_PAGES_SOURCES)
check_desk_pages_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_desk_pages_LDADD = $(DESK_PAGES_LINK)
check_desk_words_SOURCES = tests/check_desk_words.c $(DESK_PAGES_SOURCES) \
	tests/page_reader.c tests/page_reader.h
check_desk_words_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_desk_words_LDADD = $(DESK_PAGES_LINK)
endif
