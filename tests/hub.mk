# tests of the hub, and of the whole helpline run by the real program
LAB = tests/lab.c tests/lab.h

MEASURE = tests/bench/measure.c tests/bench/measure.h

check_PROGRAMS += tests/bench/hub_bench
tests_bench_hub_bench_SOURCES = tests/bench/hub_bench.c $(MEASURE) $(LAB)
tests_bench_hub_bench_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(SQLITE_LIBS)

check_PROGRAMS += tests/bench/modem_latency
tests_bench_modem_latency_SOURCES = tests/bench/modem_latency.c \
	$(MEASURE) $(LAB)
tests_bench_modem_latency_LDADD = $(SIM_CLIENT_LIBS) $(BASE_LIBS) \
	$(SQLITE_LIBS)

PROOF = tests/caller.c tests/caller.h tests/proof.c tests/proof.h $(LAB)

check_PROGRAMS += tests/helpline_test
LONG_TESTS += tests/helpline_test
tests_helpline_test_SOURCES = tests/helpline_test.c $(PROOF)
tests_helpline_test_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(SQLITE_LIBS)

check_PROGRAMS += tests/caseworker_test
LONG_TESTS += tests/caseworker_test
tests_caseworker_test_SOURCES = tests/caseworker_test.c $(PROOF)
tests_caseworker_test_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(SQLITE_LIBS)

check_PROGRAMS += tests/crash_test
LONG_TESTS += tests/crash_test
tests_crash_test_SOURCES = tests/crash_test.c tests/proofs/air.c \
	tests/proofs/air.h tests/power.c tests/power.h $(PROOF)

check_PROGRAMS += tests/full_test
LONG_TESTS += tests/full_test
tests_full_test_SOURCES = tests/full_test.c tests/team_lab.c tests/team_lab.h \
	$(PROOF)
tests_full_test_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(SQLITE_LIBS)
EXTRA_tests_full_test_DEPENDENCIES = tests/unsynced.so

EXTRA_tests_crash_test_DEPENDENCIES = tests/unsynced.so
# By hand: libtool for one small library of the tests would be too much.
tests/unsynced.so: tests/unsynced.c tests/power.h
	$(AM_V_CCLD)$(CC) -shared -fPIC -O1 -g -Wall -I$(top_srcdir) \
	    -o $@ $(srcdir)/tests/unsynced.c -ldl
EXTRA_DIST += tests/unsynced.c
CLEANFILES += tests/unsynced.so
tests_crash_test_LDADD = $(SIM_CLIENT_LIBS) $(TEXT_LIBS) $(BASE_LIBS) \
	$(SQLITE_LIBS)

check_PROGRAMS += tests/modem_path_test
LONG_TESTS += tests/modem_path_test
tests_modem_path_test_SOURCES = tests/modem_path_test.c $(PROOF)
tests_modem_path_test_LDADD = $(SIM_CLIENT_LIBS) $(TEXT_LIBS) $(BASE_LIBS) \
	$(SQLITE_LIBS)

if HAVE_CHECK
check_PROGRAMS += check_corridors
TESTS += check_corridors
check_corridors_SOURCES = tests/check_corridors.c
check_corridors_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_corridors_LDADD = $(MENUS_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_PROGRAMS += check_code_word
TESTS += check_code_word
check_code_word_SOURCES = tests/check_code_word.c
check_code_word_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_code_word_LDADD = $(MENUS_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
endif

# Installed under a prefix of its own.
LONG_TESTS += tests/install_test.sh
EXTRA_DIST += tests/install_test.sh

check_PROGRAMS += tests/together_test
LONG_TESTS += tests/together_test
tests_together_test_SOURCES = tests/together_test.c $(PROOF)
tests_together_test_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(SQLITE_LIBS)

check_PROGRAMS += tests/talks_test
LONG_TESTS += tests/talks_test
tests_talks_test_SOURCES = tests/talks_test.c $(PROOF)
tests_talks_test_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(SQLITE_LIBS)
