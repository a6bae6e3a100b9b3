# scripts: set-up, demo, tests; and the check of the layers
EXTRA_DIST += scripts/setup scripts/demo scripts/test scripts/check-layers \
	scripts/desk-words scripts/format scripts/make-demo-recruiters \
	.ci/run

check-local:
	top_srcdir=$(top_srcdir) $(top_srcdir)/scripts/check-layers

.PHONY: list-tests test-programs list-fast-tests fast-test-programs compile-tests
# For scripts/test: every test there is, and all that must be built for them.
list-tests:
	@printf '%s\n' $(TESTS) $(LONG_TESTS)
test-programs: $(check_PROGRAMS) $(noinst_PROGRAMS)

# Those that start the program thousands of times and look at what it leaves:
# sanitizers in them would find nothing, and take most of the time.
FAST_TESTS = tests/proofs/points_test tests/proofs/soak_test
list-fast-tests:
	@printf '%s\n' $(FAST_TESTS)
fast-test-programs: $(FAST_TESTS) modem_sim$(EXEEXT)

# What a second compiler has to say of the tests: read, checked and thrown away,
# each file once.
compile-tests: $(BUILT_SOURCES) $(PRELOADS) tests/hostile_exec.so
	@printf '%s\n' $(SOURCES) | grep '^tests/.*\.c$$' | sort -u | \
	    sed 's|^|$(srcdir)/|' | xargs -P "$$(nproc)" -n 8 $(COMPILE) \
	    $(CHECK_CFLAGS) $(GAMMU_CFLAGS) $(JSONC_CFLAGS) $(EXPAT_CFLAGS) \
	    $(MICROHTTPD_CFLAGS) $(GNUTLS_CFLAGS) -fsyntax-only
