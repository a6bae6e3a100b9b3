# tests of the hub, and of the whole helpline run by the real program
LAB = tests/lab.c tests/lab.h

noinst_PROGRAMS += tests/bench/hub_bench
tests_bench_hub_bench_SOURCES = tests/bench/hub_bench.c $(LAB)
tests_bench_hub_bench_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(SQLITE_LIBS)
