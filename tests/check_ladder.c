/* The ladder that a line climbs to mend its modem: tables of looks. */
#include "gateway/line/ladder.h"

#include "gateway/base/outcome.h"
#include "tests/check_main.h"

enum { REST_MS = 20000 };

static const struct ladder_limits with_power = { 1, REST_MS };
static const struct ladder_limits without_power = { 0, REST_MS };

/* Looks on until the rung is another; how many that took. */
static int
looks_until_next(struct ladder *ladder, enum ladder_finding finding,
    const struct ladder_limits *limits)
{
	enum ladder_rung before = ladder->rung;
	int looks = 0;

	while (ladder->rung == before && looks < LADDER_COUNT_MOST) {
		int64_t wait_ms = ladder_climb(ladder, finding, limits);

		ck_assert_int_ge(wait_ms, 0);
		ck_assert_int_le(wait_ms, limits->rest_ms);
		looks++;
	}
	return (looks);
}

static const struct {
	enum ladder_finding finding;
	int may_power;
	enum ladder_rung rungs[9]; /* in this order, RUNG_COUNT ends them */
} climbs[] = {
	{ FOUND_SILENT, 1,
	    { RUNG_AGAIN, RUNG_INITIALISE, RUNG_RADIO, RUNG_REOPEN, RUNG_POWER,
		RUNG_REST, RUNG_INITIALISE, RUNG_RADIO, RUNG_COUNT } },
	{ FOUND_SILENT, 0,
	    { RUNG_AGAIN, RUNG_INITIALISE, RUNG_RADIO, RUNG_REOPEN, RUNG_REST,
		RUNG_INITIALISE, RUNG_COUNT } },
	{ FOUND_GONE, 1,
	    { RUNG_REOPEN, RUNG_POWER, RUNG_REST, RUNG_REOPEN, RUNG_COUNT } },
	{ FOUND_GONE, 0, { RUNG_REOPEN, RUNG_REST, RUNG_REOPEN, RUNG_COUNT } },
	/* The power is not for the first round of a missing network. */
	{ FOUND_NO_NETWORK, 1,
	    { RUNG_AGAIN, RUNG_RADIO, RUNG_REOPEN, RUNG_REST, RUNG_RADIO,
		RUNG_REOPEN, RUNG_POWER, RUNG_REST, RUNG_COUNT } },
	{ FOUND_NO_NETWORK, 0,
	    { RUNG_AGAIN, RUNG_RADIO, RUNG_REOPEN, RUNG_REST, RUNG_RADIO,
		RUNG_REOPEN, RUNG_REST, RUNG_COUNT } },
	{ FOUND_BUSY, 1, { RUNG_REST, RUNG_COUNT } },
	{ FOUND_LOCKED, 1, { RUNG_REST, RUNG_COUNT } },
};

START_TEST(each_finding_climbs_its_rungs_in_order)
{
	struct ladder ladder = { 0 };

	for (size_t i = 0; climbs[_i].rungs[i] != RUNG_COUNT; i++) {
		looks_until_next(&ladder, climbs[_i].finding,
		    climbs[_i].may_power ? &with_power : &without_power);
		ck_assert_int_eq(ladder.rung, climbs[_i].rungs[i]);
	}
}
END_TEST

START_TEST(a_modem_that_is_well_is_on_the_ground_at_once)
{
	for (int rung = 0; rung < RUNG_COUNT; rung++) {
		struct ladder ladder = { (enum ladder_rung)rung, 1, 1, 2 };

		ck_assert_int_eq(
		    ladder_climb(&ladder, FOUND_WELL, &with_power), 0);
		ck_assert_int_eq(ladder.rung, RUNG_WELL);
		ck_assert_int_eq(ladder.tries, 0);
		/* Not forgiven before it has stood for a while. */
		ck_assert_int_eq(ladder.falls, 2);
	}
}
END_TEST

START_TEST(the_first_look_after_a_first_fall_is_at_once_and_the_next_are_not)
{
	struct ladder ladder = { 0 };

	ck_assert_int_eq(ladder_climb(&ladder, FOUND_SILENT, &with_power), 0);
	ck_assert_int_gt(ladder_climb(&ladder, FOUND_SILENT, &with_power), 0);
}
END_TEST

START_TEST(who_falls_again_and_again_starts_higher_and_waits_longer)
{
	static const struct {
		int falls;
		enum ladder_rung rung;
		int64_t least_ms;
	} steps[] = {
		{ 1, RUNG_AGAIN, 0 },
		{ 2, RUNG_AGAIN, 200 },
		{ 3, RUNG_INITIALISE, 400 },
		{ 5, RUNG_RADIO, 1600 },
		{ 7, RUNG_REOPEN, 3000 },
		{ 9, RUNG_POWER, 5000 },
		{ 50, RUNG_POWER, REST_MS },
	};
	struct ladder ladder = { .falls = steps[_i].falls - 1 };
	int64_t wait_ms = ladder_climb(&ladder, FOUND_SILENT, &with_power);

	ck_assert_int_eq(ladder.falls, steps[_i].falls);
	ck_assert_int_eq(ladder.rung, steps[_i].rung);
	ck_assert_int_ge(wait_ms, steps[_i].least_ms);
	ladder_steady(&ladder);
	ck_assert_int_eq(ladder.falls, 0);
}
END_TEST

/* One that fell often and has lost its network is not left to rest first. */
START_TEST(no_count_of_falls_keeps_the_radio_from_being_turned)
{
	for (int falls = 0; falls < 40; falls++) {
		struct ladder ladder = { .falls = falls };
		int looks = 0;

		while (ladder.rung != RUNG_RADIO && looks < 10) {
			(void)ladder_climb(
			    &ladder, FOUND_NO_NETWORK, &without_power);
			looks++;
		}
		ck_assert_int_eq(ladder.rung, RUNG_RADIO);
		ladder = (struct ladder){ .falls = falls };
		(void)ladder_climb(&ladder, FOUND_SILENT, &without_power);
		ck_assert_int_ne(ladder.rung, RUNG_REST);
	}
}
END_TEST

/* Whatever is found in whatever order: no wait is longer than the rest, so that
 * a modem that is well again is found within it, and counts stay in range. */
START_TEST(no_history_of_findings_leads_out_of_range_or_to_a_long_wait)
{
	static const enum ladder_finding findings[] = { FOUND_SILENT,
		FOUND_GONE, FOUND_NO_NETWORK, FOUND_BUSY, FOUND_LOCKED,
		FOUND_WELL };
	struct ladder ladder = { 0 };
	uint32_t chance = 12345;

	for (int i = 0; i < 20000; i++) {
		int64_t wait_ms;

		chance = chance * 1664525 + 1013904223;
		wait_ms = ladder_climb(&ladder,
		    findings[(chance >> 16) % COUNT_OF(findings)],
		    (chance >> 28) % 2 ? &with_power : &without_power);
		ck_assert_int_ge(wait_ms, 0);
		ck_assert_int_le(wait_ms, REST_MS);
		ck_assert_int_ge(ladder.rung, RUNG_WELL);
		ck_assert_int_lt(ladder.rung, RUNG_COUNT);
		ck_assert_int_le(ladder.falls, LADDER_COUNT_MOST);
		ck_assert_int_le(ladder.rounds, LADDER_COUNT_MOST);
		ck_assert_int_le(ladder.tries, LADDER_COUNT_MOST);
	}
}
END_TEST

/* Never a busy loop: a minute of looking at a modem that is gone takes few
 * looks. */
START_TEST(a_modem_that_is_gone_is_looked_at_once_a_second_at_most)
{
	struct ladder ladder = { 0 };
	int64_t passed_ms = 0;
	int looks = 0;

	while (passed_ms < 600000) {
		passed_ms += ladder_climb(&ladder, FOUND_GONE, &with_power);
		looks++;
	}
	ck_assert_int_le(looks, 601);
}
END_TEST

START_TEST(somebody_is_called_when_all_was_tried_twice_or_nothing_can_be)
{
	struct ladder ladder = { 0 };

	ck_assert_int_eq(ladder_needs_hand(&ladder, FOUND_SILENT), 0);
	ck_assert_int_eq(ladder_needs_hand(&ladder, FOUND_LOCKED), 1);
	for (int i = 0; i < 200; i++)
		(void)ladder_climb(&ladder, FOUND_SILENT, &without_power);
	ck_assert_int_ge(ladder.rounds, LADDER_ROUNDS_ALONE);
	ck_assert_int_eq(ladder_needs_hand(&ladder, FOUND_SILENT), 1);
}
END_TEST

static Suite *
suite(void)
{
	Suite *suite = suite_create("ladder");
	TCase *tests = tcase_create("looks");

	tcase_add_loop_test(tests, each_finding_climbs_its_rungs_in_order, 0,
	    (int)COUNT_OF(climbs));
	tcase_add_test(tests, a_modem_that_is_well_is_on_the_ground_at_once);
	tcase_add_test(tests,
	    the_first_look_after_a_first_fall_is_at_once_and_the_next_are_not);
	tcase_add_loop_test(tests,
	    who_falls_again_and_again_starts_higher_and_waits_longer, 0, 7);
	tcase_add_test(
	    tests, no_history_of_findings_leads_out_of_range_or_to_a_long_wait);
	tcase_add_test(
	    tests, a_modem_that_is_gone_is_looked_at_once_a_second_at_most);
	tcase_add_test(tests,
	    somebody_is_called_when_all_was_tried_twice_or_nothing_can_be);
	tcase_add_test(
	    tests, no_count_of_falls_keeps_the_radio_from_being_turned);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite);
