# Ours beside gammu-smsd, smstools and Kannel: run by hand, in a build without
# sanitizers.
check_PROGRAMS += tests/bench/peers_bench
tests_bench_peers_bench_SOURCES = tests/bench/peers_bench.c \
	tests/bench/contest.h tests/bench/contest_modem.c \
	tests/bench/contest_fast.c \
	tests/bench/peer.c tests/bench/peer.h tests/bench/peer_kinds.c \
	$(MEASURE) $(LAB)
tests_bench_peers_bench_LDADD = $(SIM_CLIENT_LIBS) $(TEXT_LIBS) $(BASE_LIBS) \
	$(SQLITE_LIBS) -lm
EXTRA_tests_bench_peers_bench_DEPENDENCIES = modem_sim$(EXEEXT)
