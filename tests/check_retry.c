#include "gateway/base/retry.h"

#include "gateway/base/outcome.h"
#include "tests/check_main.h"

static const struct retry_row {
	int tries;
	int64_t wait_s;
} retry_rows[] = {
	/* 60 x n^1.5, the fraction cut off. */
	{ 1, 60 },
	{ 2, 169 },
	{ 3, 311 },
	{ 4, 480 },
	{ 9, 1620 },
	{ 10, 1897 },
	{ 16, 3840 },
	{ 20, 5366 },
	{ 0, 60 },
	{ -3, 60 },
};

START_TEST(a_text_waits_longer_after_each_try)
{
	ck_assert_int_eq(
	    retry_text_wait_s(retry_rows[_i].tries), retry_rows[_i].wait_s);
}
END_TEST

static const struct start_row {
	int failures;
	int64_t wait_ms;
} start_rows[] = {
	{ 0, 100 },
	{ 1, 100 },
	{ 2, 200 },
	{ 3, 400 },
	{ 10, 51200 },
	{ 11, 60000 },
	{ 1000000, 60000 },
	{ -1, 100 },
};

START_TEST(a_start_waits_twice_as_long_and_at_most_a_minute)
{
	ck_assert_int_eq(retry_start_wait_ms(start_rows[_i].failures),
	    start_rows[_i].wait_ms);
}
END_TEST

static Suite *
suite_of_retry(void)
{
	Suite *suite = suite_create("retry");
	TCase *tests = tcase_create("retry");

	tcase_add_loop_test(
	    tests, a_text_waits_longer_after_each_try, 0, COUNT_OF(retry_rows));
	tcase_add_loop_test(tests,
	    a_start_waits_twice_as_long_and_at_most_a_minute, 0,
	    COUNT_OF(start_rows));
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_retry);
