#include "gateway/base/clock.h"

#include "gateway/base/outcome.h"
#include "tests/check_main.h"

START_TEST(the_clocks_go_forward)
{
	int64_t before_ms = clock_monotonic_ms();
	struct timespec pause = { 0, 3000000 };

	nanosleep(&pause, NULL);
	ck_assert_int_ge(clock_monotonic_ms(), before_ms + 3);
	/* 2020 is past for good. */
	ck_assert_int_gt(clock_utc_s(), 1577836800);
}
END_TEST

static const struct date_row {
	const char *date;
	int is_date;
	int64_t utc_s;
} date_rows[] = {
	{ "1970-01-01", 1, 0 },
	{ "2026-11-21", 1, 1795219200 },
	{ "2024-02-29", 1, 1709164800 },
	{ "2000-02-29", 1, 951782400 },
	{ "1969-12-31", 1, -86400 },
	{ "2023-02-29", 0, 0 },
	{ "2100-02-29", 0, 0 },
	{ "2026-02-30", 0, 0 },
	{ "2026-04-31", 0, 0 },
	{ "2026-13-01", 0, 0 },
	{ "2026-00-01", 0, 0 },
	{ "2026-01-00", 0, 0 },
	{ "2026-1-1", 0, 0 },
	{ "26-01-01", 0, 0 },
	{ "2026-01-01 ", 0, 0 },
	{ " 2026-01-1", 0, 0 },
	{ "2026-01- 1", 0, 0 },
	{ "2026 -1-01", 0, 0 },
	{ "2026-01-01T00:00", 0, 0 },
	{ "2026/01/01", 0, 0 },
	{ "+026-01-01", 0, 0 },
	{ "-026-01-01", 0, 0 },
	{ "tomorrow", 0, 0 },
	{ "", 0, 0 },
};

START_TEST(a_date_is_read_and_nothing_else)
{
	const struct date_row *row = &date_rows[_i];
	int64_t utc_s = 55;

	ck_assert_int_eq(clock_read_date(row->date, &utc_s), row->is_date);
	ck_assert_int_eq(utc_s, row->is_date ? row->utc_s : 55);
	if (row->is_date)
		ck_assert_str_eq(clock_date(utc_s).text, row->date);
}
END_TEST

START_TEST(a_time_is_written_in_utc)
{
	ck_assert_int_eq(setenv("TZ", "Asia/Kathmandu", 1), 0);
	tzset();
	ck_assert_str_eq(clock_date(1795219200 + 86399).text, "2026-11-21");
	ck_assert_str_eq(
	    clock_date_time(1795219200 + 81720).text, "2026-11-21 22:42");
	ck_assert_str_eq(clock_date_time(-1).text, "1969-12-31 23:59");
	ck_assert_str_eq(clock_date(INT64_MAX).text, "?");
}
END_TEST

START_TEST(every_day_reads_back)
{
	for (int64_t utc_s = 0; utc_s < INT64_C(4102444800); utc_s += 86400) {
		int64_t back = -1;

		ck_assert(clock_read_date(clock_date(utc_s).text, &back));
		ck_assert_int_eq(back, utc_s);
	}
}
END_TEST

static Suite *
suite_of_clock(void)
{
	Suite *suite = suite_create("clock");
	TCase *tests = tcase_create("clock");

	tcase_add_test(tests, the_clocks_go_forward);
	tcase_add_loop_test(
	    tests, a_date_is_read_and_nothing_else, 0, COUNT_OF(date_rows));
	tcase_add_test(tests, a_time_is_written_in_utc);
	tcase_add_test(tests, every_day_reads_back);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_clock);
