# scripts: set-up, demo, tests; and the check of the layers
EXTRA_DIST += scripts/setup scripts/demo scripts/test scripts/check-layers \
	scripts/desk-words scripts/format scripts/make-demo-recruiters \
	.ci/run

check-local:
	top_srcdir=$(top_srcdir) $(top_srcdir)/scripts/check-layers

.PHONY: list-tests test-programs
# For scripts/test: every test there is, and all that must be built for them.
list-tests:
	@printf '%s\n' $(TESTS) $(LONG_TESTS)
test-programs: $(check_PROGRAMS) $(noinst_PROGRAMS)
