# tests of callers on a dialled code while the helpline is started again
check_PROGRAMS += tests/restart_test
LONG_TESTS += tests/restart_test
tests_restart_test_SOURCES = tests/restart_test.c tests/proof.c tests/proof.h \
	$(CENTRE) $(LAB)
tests_restart_test_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(SQLITE_LIBS)
