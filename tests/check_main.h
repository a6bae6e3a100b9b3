/* The main() of a Check suite: `CHECK_MAIN(suite_of_segments)`.
 *
 * Check prints "100%: Checks: 12, Failures: 0, Errors: 0" at the end, which
 * scripts/test adds up.  CK_FORK=no runs under a debugger.
 */
#ifndef TESTS_CHECK_MAIN_H
#define TESTS_CHECK_MAIN_H

#include <check.h>

#define CHECK_MAIN(make_suite)                                               \
	int main(void)                                                       \
	{                                                                    \
		SRunner *runner = srunner_create(make_suite());              \
		int failed;                                                  \
		srunner_run_all(runner, CK_NORMAL);                          \
		failed = srunner_ntests_failed(runner);                      \
		srunner_free(runner);                                        \
		return (failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE);          \
	}                                                                    \
	_Static_assert(1, "a semicolon follows")

#endif
