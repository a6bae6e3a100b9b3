# tests of what the corridors look up: services and agencies
TESTS += tests/services.sh
EXTRA_DIST += tests/services.sh tests/talks tests/data/recruiters-invented.csv

check_PROGRAMS += tests/lookup_talks_test
LONG_TESTS += tests/lookup_talks_test
tests_lookup_talks_test_SOURCES = tests/lookup_talks_test.c $(PROOF)
tests_lookup_talks_test_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(SQLITE_LIBS)

if HAVE_CHECK
check_PROGRAMS += check_feedback
TESTS += check_feedback
check_feedback_SOURCES = tests/check_feedback.c
check_feedback_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_feedback_LDADD = $(MENUS_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
endif
