/* Caps of a day and the pace, as tables and against rules written a second
 * time. */
#include "gateway/hub/caps.h"

#include <stdlib.h>

#include "tests/check_main.h"

enum { DAY_S = 86400, MINUTE_MS = 60000 };

/* -- a day's caps ------------------------------------------------------------------ */

static const struct {
	int64_t cap_texts, cap_money, reserve, price;
	int64_t texts, spent, over;
	int need, parts;
	enum cap_verdict verdict;
} verdicts[] = {
	/* no cap at all */
	{ 0, 0, 10, 5, 1000000, 1000000, 0, NEED_ORDINARY, 9, CAP_LEAVES },
	/* texts: a hundred, ten of them kept back */
	{ 100, 0, 10, 0, 89, 0, 0, NEED_ORDINARY, 3, CAP_LEAVES },
	{ 100, 0, 10, 0, 90, 0, 0, NEED_ORDINARY, 1, CAP_WAITS },
	{ 100, 0, 10, 0, 90, 0, 0, NEED_PERSON, 1, CAP_LEAVES },
	{ 100, 0, 10, 0, 99, 0, 0, NEED_PERSON, 1, CAP_LEAVES },
	{ 100, 0, 10, 0, 100, 0, 0, NEED_PERSON, 1, CAP_WAITS },
	{ 100, 0, 10, 0, 99, 0, 0, NEED_FIRST, 1, CAP_LEAVES },
	{ 100, 0, 10, 0, 100, 0, 0, NEED_FIRST, 1, CAP_LEAVES_OVER },
	{ 100, 0, 10, 0, 150, 0, CAPS_OVER_MOST - 1, NEED_FIRST, 1,
	    CAP_LEAVES_OVER },
	{ 100, 0, 10, 0, 200, 0, CAPS_OVER_MOST, NEED_FIRST, 1, CAP_WAITS },
	/* money: 1000, ten segments of 5 kept back */
	{ 0, 1000, 10, 5, 7, 945, 0, NEED_ORDINARY, 1, CAP_LEAVES },
	{ 0, 1000, 10, 5, 7, 945, 0, NEED_ORDINARY, 2, CAP_WAITS },
	{ 0, 1000, 10, 5, 7, 950, 0, NEED_ORDINARY, 1, CAP_WAITS },
	{ 0, 1000, 10, 5, 7, 950, 0, NEED_PERSON, 10, CAP_LEAVES },
	{ 0, 1000, 10, 5, 7, 950, 0, NEED_PERSON, 11, CAP_WAITS },
	{ 0, 1000, 10, 5, 7, 1000, 0, NEED_PERSON, 1, CAP_WAITS },
	{ 0, 1000, 10, 5, 7, 1000, 0, NEED_FIRST, 2, CAP_LEAVES_OVER },
	/* whichever is reached first */
	{ 100, 1000, 10, 5, 90, 0, 0, NEED_ORDINARY, 1, CAP_WAITS },
	{ 100, 1000, 10, 5, 0, 950, 0, NEED_ORDINARY, 1, CAP_WAITS },
	/* nothing is kept back */
	{ 100, 0, 0, 0, 99, 0, 0, NEED_ORDINARY, 1, CAP_LEAVES },
};

START_TEST(a_cap_keeps_its_reserve_for_who_needs_a_person)
{
	const struct cap cap = {
		.texts = verdicts[_i].cap_texts,
		.money = verdicts[_i].cap_money,
		.reserve = verdicts[_i].reserve,
		.part_price = verdicts[_i].price,
	};
	const struct line_day used = {
		.texts = verdicts[_i].texts,
		.spent = verdicts[_i].spent,
		.over = verdicts[_i].over,
	};
	const struct cap_text text = { (enum outbox_need)verdicts[_i].need,
		verdicts[_i].parts };

	ck_assert_int_eq(caps_judge(&cap, &used, &text), verdicts[_i].verdict);
}
END_TEST

/* -- days ------------------------------------------------------------------------------ */

static const struct {
	const char *zone;
	int64_t utc_s, day, next_utc_s;
} days[] = {
	{ "UTC+0", 0, 0, DAY_S },
	{ "UTC+0", DAY_S - 1, 0, DAY_S },
	{ "UTC+0", DAY_S, 1, 2 * DAY_S },
	{ "UTC+0", -1, -1, 0 },
	/* Kathmandu: midnight is 18:15 UTC */
	{ "UTC+5:45", 10 * DAY_S + 65699, 10, 10 * DAY_S + 65700 },
	{ "UTC+5:45", 10 * DAY_S + 65700, 11, 11 * DAY_S + 65700 },
	{ "UTC-4", 10 * DAY_S + 3 * 3600, 9, 10 * DAY_S + 4 * 3600 },
};

START_TEST(a_day_is_the_lines_own)
{
	struct cap cap = { 0 };

	ck_assert_int_eq(zone_read(days[_i].zone, &cap.zone), DONE);
	ck_assert_int_eq(caps_day(&cap, days[_i].utc_s), days[_i].day);
	ck_assert_int_eq(
	    caps_next_day_utc_s(&cap, days[_i].utc_s), days[_i].next_utc_s);
}
END_TEST

/* -- pace ------------------------------------------------------------------------------- */

START_TEST(no_minute_has_more_than_the_pace)
{
	enum { SENT_MOST = 4000 };
	static int64_t sent[SENT_MOST];
	int64_t most = _i * 7 + 1;
	int64_t now_ms = 1;
	struct pace pace;
	size_t count = 0;

	srandom((unsigned)_i);
	pace_open(&pace, most);
	while (count < SENT_MOST) {
		size_t in_minute = 0;

		now_ms += random() % (2 * MINUTE_MS / most);
		for (size_t i = count;
		     i > 0 && sent[i - 1] > now_ms - MINUTE_MS; i--)
			in_minute++;
		ck_assert_uint_eq(
		    pace_room(&pace, now_ms), (size_t)most - in_minute);
		ck_assert_int_eq(
		    pace_next_ms(&pace) <= now_ms, in_minute < (size_t)most);
		if (pace_room(&pace, now_ms) == 0)
			now_ms = pace_next_ms(&pace);
		pace_note(&pace, now_ms);
		sent[count++] = now_ms;
	}
	pace_close(&pace);
}
END_TEST

START_TEST(without_a_pace_there_is_always_room)
{
	struct pace pace;

	pace_open(&pace, 0);
	for (int i = 0; i < 1000; i++)
		pace_note(&pace, 5);
	ck_assert_uint_eq(pace_room(&pace, 5), SIZE_MAX);
	ck_assert_int_eq(pace_next_ms(&pace), 0);
	pace_close(&pace);
}
END_TEST

static Suite *
suite_of_caps(void)
{
	Suite *suite = suite_create("caps");
	TCase *tcase = tcase_create("tables");

	tcase_add_loop_test(tcase,
	    a_cap_keeps_its_reserve_for_who_needs_a_person, 0,
	    (int)COUNT_OF(verdicts));
	tcase_add_loop_test(
	    tcase, a_day_is_the_lines_own, 0, (int)COUNT_OF(days));
	tcase_add_loop_test(tcase, no_minute_has_more_than_the_pace, 0, 4);
	tcase_add_test(tcase, without_a_pace_there_is_always_room);
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(suite_of_caps);
