# proofs: killed at every point, days in a minute
POINTS = tests/proofs/points.h tests/proofs/simulated.h \
	tests/proofs/clock_hand.c tests/proofs/clock_hand.h \
	tests/proofs/air.c tests/proofs/air.h tests/power.c tests/power.h

check_PROGRAMS += tests/proofs/points_test
LONG_TESTS += tests/proofs/points_test
tests_proofs_points_test_SOURCES = tests/proofs/points_test.c \
	tests/proofs/points_script.c tests/proofs/points_script.h \
	tests/proofs/points_scripts.c tests/proofs/points_judge.c \
	tests/proofs/points_world.c tests/proofs/points_world.h \
	$(POINTS) $(LAB)
tests_proofs_points_test_LDADD = $(SIM_CLIENT_LIBS) $(STORE_LIBS) \
	$(TEXT_LIBS) $(BASE_LIBS)
EXTRA_tests_proofs_points_test_DEPENDENCIES = $(PRELOADS)

check_PROGRAMS += tests/proofs/soak_test
LONG_TESTS += tests/proofs/soak_test
tests_proofs_soak_test_SOURCES = tests/proofs/soak_test.c tests/proof.c \
	tests/proof.h tests/proofs/points_world.c \
	tests/proofs/points_world.h $(POINTS) $(LAB)
tests_proofs_soak_test_LDADD = $(SIM_CLIENT_LIBS) $(TEXT_LIBS) $(BASE_LIBS) \
	$(SQLITE_LIBS)
EXTRA_tests_proofs_soak_test_DEPENDENCIES = $(PRELOADS)

# By hand: libtool for small libraries of the tests would be too much.
PRELOADS = tests/points.so tests/simulated.so tests/unsynced.so \
	tests/own_path.so
tests/points.so: tests/proofs/points.c tests/proofs/points.h
	$(AM_V_CCLD)$(CC) -shared -fPIC -O1 -g -Wall -I$(top_srcdir) \
	    -o $@ $(srcdir)/tests/proofs/points.c -ldl
tests/simulated.so: tests/proofs/simulated.c tests/proofs/simulated.h
	$(AM_V_CCLD)$(CC) -shared -fPIC -O1 -g -Wall -I$(top_srcdir) \
	    -o $@ $(srcdir)/tests/proofs/simulated.c -ldl
EXTRA_DIST += tests/proofs/points.c tests/proofs/simulated.c
CLEANFILES += tests/points.so tests/simulated.so

# More readers for tests/fuzz/fuzz.sh.
EXTRA_DIST += tests/fuzz/at_fuzz.c tests/fuzz/lists_fuzz.c \
	tests/fuzz/message_fuzz.c tests/fuzz/settings_fuzz.c \
	tests/fuzz/text_fuzz.c \
	tests/fuzz/corpus/at/lines tests/fuzz/corpus/at/packed \
	tests/fuzz/corpus/at/plain tests/fuzz/corpus/at/ucs2 \
	tests/fuzz/corpus/form/sign-in tests/fuzz/corpus/lists/directory \
	tests/fuzz/corpus/lists/facts tests/fuzz/corpus/message/deliver \
	tests/fuzz/corpus/message/national tests/fuzz/corpus/message/part \
	tests/fuzz/corpus/message/report tests/fuzz/corpus/message/ucs2 \
	tests/fuzz/corpus/pdu/deliver tests/fuzz/corpus/pdu/national \
	tests/fuzz/corpus/pdu/part tests/fuzz/corpus/pdu/report \
	tests/fuzz/corpus/pdu/ucs2 tests/fuzz/corpus/protocol/works \
	tests/fuzz/corpus/settings/conf tests/fuzz/corpus/settings/profile \
	tests/fuzz/corpus/text/number tests/fuzz/corpus/text/words

# Memcheck, where valgrind is.
LONG_TESTS += tests/valgrind.sh
EXTRA_DIST += tests/valgrind.sh tests/valgrind/others.supp \
	tests/proofs/own_path.c
tests/own_path.so: tests/proofs/own_path.c
	$(AM_V_CCLD)$(CC) -shared -fPIC -O1 -g -Wall -o $@ \
	    $(srcdir)/tests/proofs/own_path.c -ldl
CLEANFILES += tests/own_path.so
