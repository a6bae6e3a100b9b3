# tests of menus
EXTRA_DIST += tests/data/menus tests/data/keywords.csv
EXTRA_DIST += tests/data/menus tests/data/recruiters-demo.csv \
	tests/data/recruiter-spellings.tsv tests/data/directory.csv
TESTS += tests/tutorial.sh
EXTRA_DIST += tests/tutorial.sh menus/TUTORIAL.md
if HAVE_CHECK
check_PROGRAMS += check_catalog
TESTS += check_catalog
check_catalog_SOURCES = tests/check_catalog.c
check_catalog_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_catalog_LDADD = $(MENUS_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_PROGRAMS += check_expression
TESTS += check_expression
check_expression_SOURCES = tests/check_expression.c
check_expression_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_expression_LDADD = $(MENUS_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_PROGRAMS += check_facts
TESTS += check_facts
check_facts_SOURCES = tests/check_facts.c
check_facts_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_facts_LDADD = $(MENUS_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_PROGRAMS += check_menu_channels
TESTS += check_menu_channels
check_menu_channels_SOURCES = tests/check_menu_channels.c
check_menu_channels_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_menu_channels_LDADD = $(MENUS_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_PROGRAMS += check_menu_check
TESTS += check_menu_check
check_menu_check_SOURCES = tests/check_menu_check.c tests/menus_copy.c \
	tests/menus_copy.h
check_menu_check_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_menu_check_LDADD = $(MENUS_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_PROGRAMS += check_menu_kinds
TESTS += check_menu_kinds
check_menu_kinds_SOURCES = tests/check_menu_kinds.c tests/menus_talk.c \
	tests/menus_talk.h
check_menu_kinds_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_menu_kinds_LDADD = $(MENUS_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_PROGRAMS += check_menu_load
TESTS += check_menu_load
check_menu_load_SOURCES = tests/check_menu_load.c tests/menus_copy.c \
	tests/menus_copy.h
check_menu_load_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_menu_load_LDADD = $(MENUS_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_PROGRAMS += check_menu_mutation
TESTS += check_menu_mutation
check_menu_mutation_SOURCES = tests/check_menu_mutation.c
check_menu_mutation_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_menu_mutation_LDADD = $(MENUS_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_PROGRAMS += check_menu_walk
TESTS += check_menu_walk
check_menu_walk_SOURCES = tests/check_menu_walk.c tests/menus_talk.c \
	tests/menus_talk.h tests/walk_fixture.h
check_menu_walk_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_menu_walk_LDADD = $(MENUS_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_PROGRAMS += check_walk_answers
TESTS += check_walk_answers
check_walk_answers_SOURCES = tests/check_walk_answers.c tests/menus_talk.c \
	tests/menus_talk.h tests/walk_fixture.h
check_walk_answers_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_walk_answers_LDADD = $(MENUS_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_PROGRAMS += check_screen_text
TESTS += check_screen_text
check_screen_text_SOURCES = tests/check_screen_text.c
check_screen_text_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_screen_text_LDADD = $(MENUS_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_PROGRAMS += check_scripts
TESTS += check_scripts
check_scripts_SOURCES = tests/check_scripts.c tests/menus_copy.c \
	tests/menus_copy.h tests/menus_talk.c tests/menus_talk.h
check_scripts_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_scripts_LDADD = $(MENUS_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_PROGRAMS += check_po
TESTS += check_po
check_po_SOURCES = tests/check_po.c
check_po_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_po_LDADD = $(MENUS_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_PROGRAMS += check_lookup check_directory check_walk_lookup
TESTS += check_lookup check_directory check_walk_lookup
check_lookup_SOURCES = tests/check_lookup.c
check_lookup_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_lookup_LDADD = $(MENUS_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_directory_SOURCES = tests/check_directory.c
check_directory_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_directory_LDADD = $(MENUS_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_walk_lookup_SOURCES = tests/check_walk_lookup.c
check_walk_lookup_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_walk_lookup_LDADD = $(MENUS_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
endif
# How well misspelt recruiters are found.
noinst_PROGRAMS += tests/bench/recruiter_bench
tests_bench_recruiter_bench_SOURCES = tests/bench/recruiter_bench.c
tests_bench_recruiter_bench_LDADD = $(MENUS_LIBS) $(TEXT_LIBS) $(BASE_LIBS)
noinst_PROGRAMS += tests/bench/menu_bench
tests_bench_menu_bench_SOURCES = tests/bench/menu_bench.c
tests_bench_menu_bench_LDADD = $(MENUS_LIBS) $(TEXT_LIBS) $(BASE_LIBS)
