/* What a case can be between claim and close: leases, handing over, and
 * sleep. */
#include "tests/cases_world.h"

enum { HOUR_S = 3600, DAY_S = 86400, YEAR_S = 365 * DAY_S };

static const char *
owner(void)
{
	static struct request request;

	request = world_request(&world, REF);
	return (request.claimed_by_name);
}

static void
tidy(int64_t after_s)
{
	ck_assert_int_eq(
	    cases_tidy(&world.sita, WORLD_NOW_UTC_S + after_s), DONE);
}

static size_t
count_on_shelf(enum request_shelf shelf, int64_t after_s)
{
	struct case_filter filter = { .shelf = shelf, .most = 10 };
	struct request_list list;

	ck_assert_int_eq(
	    cases_list(&world.sita, &filter, WORLD_NOW_UTC_S + after_s, &list),
	    DONE);
	free(list.items);
	return (list.count);
}

/* -- leases ----------------------------------------------------------------- */

START_TEST(a_claim_on_which_nothing_happens_returns_to_the_queue)
{
	claim(&world.ram, 0);
	tidy(CASE_LEASE_USUAL_S - 1);
	ck_assert_str_eq(owner(), "Ram");
	tidy(CASE_LEASE_USUAL_S);
	ck_assert_int_eq(world_request(&world, REF).state, REQUEST_OPEN);
	ck_assert_int_eq(world_count_events(&world, REF, "lease ran out"), 1);
	ck_assert_int_eq(count_audit("lease ran out"), 1);
	tidy(2 * CASE_LEASE_USUAL_S);
	ck_assert_int_eq(count_audit("lease ran out"), 1);
}
END_TEST

static int
do_note(struct errand *errand)
{
	return ((int)cases_note(errand, "rang the embassy"));
}

static int
do_reply(struct errand *errand)
{
	struct case_reply reply = { .text = "Hello" };
	unsigned parts;

	return ((int)cases_reply(errand, &reply, &parts));
}

static int
do_label(struct errand *errand)
{
	return ((int)cases_label(errand, "passport"));
}

static int
do_claim(struct errand *errand)
{
	return ((int)cases_claim(errand));
}

static int (*const renewing[])(
    struct errand *) = { do_note, do_reply, do_label, do_claim };

START_TEST(whatever_its_owner_does_renews_a_lease)
{
	claim(&world.ram, 0);
	ck_assert_int_eq(
	    renewing[_i](errand_at(&world.ram, CASE_LEASE_USUAL_S - 10)), DONE);
	tidy(CASE_LEASE_USUAL_S);
	ck_assert_str_eq(owner(), "Ram");
	tidy(2 * CASE_LEASE_USUAL_S);
	ck_assert_int_eq(world_request(&world, REF).state, REQUEST_OPEN);
}
END_TEST

START_TEST(what_others_do_and_looking_renew_no_lease)
{
	struct case_sheet sheet;

	claim(&world.ram, 0);
	ck_assert_int_eq(do_note(errand_at(&world.sita, DAY_S - 10)), DONE);
	ck_assert_int_eq(
	    cases_show(errand_at(&world.ram, DAY_S - 5), 0, &sheet), DONE);
	case_sheet_free(&sheet);
	tidy(DAY_S);
	ck_assert_int_eq(world_request(&world, REF).state, REQUEST_OPEN);
}
END_TEST

START_TEST(who_is_late_may_go_on_while_nobody_else_came)
{
	claim(&world.ram, 0);
	ck_assert_int_eq(do_reply(errand_at(&world.ram, 3 * DAY_S)), DONE);
	ck_assert_str_eq(owner(), "Ram");
	ck_assert_int_eq(count_audit("lease ran out"), 0);
}
END_TEST

START_TEST(a_case_whose_lease_ran_out_can_be_claimed_at_once)
{
	claim(&world.ram, 0);
	claim(&world.sita, DAY_S);
	ck_assert_str_eq(owner(), "Sita");
	ck_assert_int_eq(count_audit("lease ran out"), 1);
	ck_assert_int_eq(do_reply(errand_at(&world.ram, DAY_S)), REFUSED);
	ck_assert_int_eq(world.errand.why, CASE_TAKEN);
}
END_TEST

START_TEST(the_cases_of_who_left_return_to_the_queue_at_once)
{
	claim(&world.ram, 0);
	ck_assert_int_eq(
	    cases_snooze(errand_at(&world.ram, 1), WORLD_NOW_UTC_S + DAY_S, 0),
	    DONE);
	ck_assert_int_eq(store_begin(world.store), DONE);
	ck_assert_int_eq(staff_disable(world.store, world.ram.staff->id), DONE);
	ck_assert_int_eq(store_commit(world.store), DONE);
	tidy(2);
	ck_assert_int_eq(world_request(&world, REF).state, REQUEST_OPEN);
	ck_assert_uint_eq(count_on_shelf(SHELF_QUEUE, 2), 1);
}
END_TEST

START_TEST(a_clock_that_jumps_back_makes_no_lease_longer)
{
	claim(&world.ram, YEAR_S);
	tidy(0);
	ck_assert_str_eq(owner(), "Ram");
	tidy(CASE_LEASE_USUAL_S - 1);
	ck_assert_str_eq(owner(), "Ram");
	tidy(CASE_LEASE_USUAL_S);
	ck_assert_int_eq(world_request(&world, REF).state, REQUEST_OPEN);
}
END_TEST

START_TEST(a_clock_that_jumps_ahead_forgets_nobody)
{
	claim(&world.ram, 0);
	tidy(YEAR_S);
	ck_assert_int_eq(world_request(&world, REF).state, REQUEST_OPEN);
	claim(&world.sita, YEAR_S);
	tidy(1);
	ck_assert_str_eq(owner(), "Sita");
	tidy(CASE_LEASE_USUAL_S + 1);
	ck_assert_uint_eq(count_on_shelf(SHELF_QUEUE, DAY_S), 1);
	ck_assert_int_eq(world_request(&world, REF).state, REQUEST_OPEN);
}
END_TEST

/* -- handing over ----------------------------------------------------------- */

START_TEST(a_case_is_handed_to_a_colleague_by_name)
{
	claim(&world.sita, 0);
	ck_assert_int_eq(
	    cases_give(errand_at(&world.sita, HOUR_S), "ram"), DONE);
	ck_assert_str_eq(owner(), "Ram");
	ck_assert_int_eq(world_count_events(&world, REF, "handed over"), 1);
	ck_assert_int_eq(world_count_events(&world, REF, "taken over"), 1);
	ck_assert_int_eq(count_audit("handed over"), 1);
	tidy(CASE_LEASE_USUAL_S + 1);
	ck_assert_str_eq(owner(), "Ram");
	ck_assert_int_eq(do_reply(errand_at(&world.sita, HOUR_S)), REFUSED);
}
END_TEST

static const struct {
	const char *name;
	enum case_reason why;
} no_colleagues[] = {
	{ "Hari", CASE_NO_COLLEAGUE },
	{ "nobody", CASE_NO_COLLEAGUE },
	{ "", CASE_EMPTY },
	{ "Sita", CASE_OWN_ALREADY },
};

START_TEST(nobody_gets_a_case_who_may_not_see_one)
{
	claim(&world.sita, 0);
	ck_assert_int_eq(
	    cases_give(errand_at(&world.sita, 1), no_colleagues[_i].name),
	    REFUSED);
	ck_assert_int_eq(world.errand.why, no_colleagues[_i].why);
	ck_assert_str_eq(owner(), "Sita");
}
END_TEST

START_TEST(only_a_lead_moves_what_others_have)
{
	claim(&world.sita, 0);
	ck_assert_int_eq(cases_give(errand_at(&world.ram, 1), "Ram"), REFUSED);
	ck_assert_int_eq(world.errand.why, CASE_TAKEN);
	ck_assert_int_eq(cases_pass(errand_at(&world.ram, 1)), REFUSED);
	ck_assert_int_eq(cases_give(errand_at(&world.sita, 2), "Ram"), DONE);
	ck_assert_int_eq(cases_pass(errand_at(&world.sita, 3)), DONE);
	ck_assert_int_eq(world_count_events(&world, REF, "taken back"), 1);
	ck_assert_int_eq(cases_give(errand_at(&world.ram, 4), "Ram"), REFUSED);
	ck_assert_int_eq(world.errand.why, CASE_UNCLAIMED);
	ck_assert_int_eq(cases_give(errand_at(&world.sita, 4), "Ram"), DONE);
	ck_assert_str_eq(owner(), "Ram");
}
END_TEST

START_TEST(colleagues_are_those_who_may_see_cases)
{
	struct request_owner *owners;
	size_t count;

	claim(&world.ram, 0);
	ck_assert_int_eq(cases_colleagues(&world.sita, &owners, &count), DONE);
	ck_assert_uint_eq(count, 1);
	ck_assert_str_eq(owners[0].name, "Ram");
	ck_assert_int_eq(owners[0].claimed, 1);
	free(owners);
}
END_TEST

START_TEST(what_is_allowed_is_what_happens)
{
	struct request request;

	request = world_request(&world, REF);
	ck_assert_uint_eq(cases_allowed(&world.ram, &request),
	    CASE_MAY_CLAIM | CASE_MAY_NOTE | CASE_MAY_LABEL | CASE_MAY_SNOOZE);
	claim(&world.sita, 0);
	request = world_request(&world, REF);
	ck_assert_uint_eq(cases_allowed(&world.ram, &request),
	    CASE_MAY_NOTE | CASE_MAY_LABEL);
	ck_assert_uint_eq(cases_allowed(&world.sita, &request),
	    CASE_MAY_REPLY | CASE_MAY_NOTE | CASE_MAY_LABEL | CASE_MAY_SNOOZE |
		CASE_MAY_GIVE | CASE_MAY_PASS | CASE_MAY_CLOSE);
	ck_assert_int_eq(cases_close(errand_at(&world.sita, 1), NULL), DONE);
	request = world_request(&world, REF);
	ck_assert_uint_eq(cases_allowed(&world.ram, &request),
	    CASE_MAY_NOTE | CASE_MAY_LABEL | CASE_MAY_REOPEN);
}
END_TEST

/* -- sleep ------------------------------------------------------------------ */

static void
snooze(const struct caseworker *worker, int64_t for_s, int wakes_on_reply)
{
	ck_assert_int_eq(cases_snooze(errand_at(worker, 0),
			     WORLD_NOW_UTC_S + for_s, wakes_on_reply),
	    DONE);
}

START_TEST(a_snoozed_case_is_out_of_the_queue_until_its_time)
{
	snooze(&world.ram, 2 * HOUR_S, 0);
	ck_assert_uint_eq(count_on_shelf(SHELF_QUEUE, 1), 0);
	ck_assert_uint_eq(count_on_shelf(SHELF_SNOOZED, 1), 1);
	ck_assert_uint_eq(count_on_shelf(SHELF_QUEUE, 2 * HOUR_S), 1);
	ck_assert_int_eq(world_count_events(&world, REF, "woke up"), 1);
	ck_assert_int_eq(count_audit("woke up"), 1);
}
END_TEST

START_TEST(a_lease_rests_while_its_case_sleeps)
{
	claim(&world.ram, 0);
	snooze(&world.ram, 5 * DAY_S, 0);
	tidy(4 * DAY_S);
	ck_assert_str_eq(owner(), "Ram");
	tidy(5 * DAY_S);
	tidy(6 * DAY_S - 1);
	ck_assert_str_eq(owner(), "Ram");
	tidy(6 * DAY_S);
	ck_assert_int_eq(world_request(&world, REF).state, REQUEST_OPEN);
}
END_TEST

START_TEST(waking_on_a_reply_is_a_choice_and_help_wakes_always)
{
	struct request request = world_request(&world, REF);

	snooze(&world.ram, DAY_S, 0);
	world_add_text(&world, REF, "Hello?");
	ck_assert_uint_eq(count_on_shelf(SHELF_QUEUE, 1), 0);
	snooze(&world.ram, DAY_S, 1);
	world_add_text(&world, REF, "Hello?");
	ck_assert_uint_eq(count_on_shelf(SHELF_QUEUE, 1), 1);
	ck_assert_int_eq(
	    world_count_events(&world, REF, "woken by the caller"), 1);
	snooze(&world.ram, DAY_S, 0);
	ck_assert_int_eq(store_begin(world.store), DONE);
	ck_assert_int_eq(requests_asked_again(world.store, request.id,
			     URGENCY_HIGH, WORLD_NOW_UTC_S),
	    DONE);
	ck_assert_int_eq(store_commit(world.store), DONE);
	ck_assert_uint_eq(count_on_shelf(SHELF_QUEUE, 1), 1);
}
END_TEST

START_TEST(who_has_it_snoozes_and_wakes_it)
{
	claim(&world.sita, 0);
	ck_assert_int_eq(
	    cases_snooze(errand_at(&world.ram, 0), WORLD_NOW_UTC_S + 60, 0),
	    REFUSED);
	ck_assert_int_eq(world.errand.why, CASE_TAKEN);
	ck_assert_int_eq(cases_wake(errand_at(&world.sita, 1)), NOTHING);
	ck_assert_int_eq(world.errand.why, CASE_NOT_SNOOZED);
	snooze(&world.sita, 60, 0);
	ck_assert_int_eq(cases_wake(errand_at(&world.ram, 1)), REFUSED);
	ck_assert_int_eq(cases_wake(errand_at(&world.sita, 1)), DONE);
	ck_assert_int_eq(count_audit("woken"), 1);
}
END_TEST

static const int64_t bad_times[] = { 0, -1, -YEAR_S, CASE_SNOOZE_MOST_S + 1,
	YEAR_S };

START_TEST(nothing_sleeps_into_the_past_or_for_ever)
{
	ck_assert_int_eq(cases_snooze(errand_at(&world.ram, 0),
			     WORLD_NOW_UTC_S + bad_times[_i], 0),
	    REFUSED);
	ck_assert_int_eq(world.errand.why, CASE_BAD_TIME);
}
END_TEST

START_TEST(a_clock_that_jumps_back_wakes_what_would_sleep_for_a_year)
{
	ck_assert_int_eq(cases_snooze(errand_at(&world.ram, YEAR_S),
			     WORLD_NOW_UTC_S + YEAR_S + HOUR_S, 0),
	    DONE);
	ck_assert_uint_eq(count_on_shelf(SHELF_QUEUE, 0), 1);
}
END_TEST

START_TEST(claiming_and_closing_end_a_sleep)
{
	snooze(&world.ram, DAY_S, 0);
	claim(&world.sita, 1);
	ck_assert_int_eq(world_request(&world, REF).snoozed_until_utc_s, 0);
	snooze(&world.sita, DAY_S, 1);
	ck_assert_int_eq(cases_close(errand_at(&world.sita, 1), NULL), DONE);
	ck_assert_int_eq(world_request(&world, REF).snoozed_until_utc_s, 0);
	ck_assert_uint_eq(count_on_shelf(SHELF_ENDED, 1), 1);
	tidy(2 * DAY_S);
	ck_assert_int_eq(world_count_events(&world, REF, "woke up"), 0);
}
END_TEST

static const struct {
	const char *words;
	int64_t after_s; /* 0: not a time */
} times[] = {
	{ "3h", 3 * HOUR_S },
	{ "90m", 90 * 60 },
	{ "2d", 2 * DAY_S },
	{ "1w", 7 * DAY_S },
	{ "", 0 },
	{ "h", 0 },
	{ "3", 0 },
	{ "3 hours", 0 },
	{ "-3h", 0 },
	{ "0d", 0 },
	{ "2026-11-19 10:00:00", 0 },
	{ "2026-11-19x10:00", 0 },
	{ "2026-11-19 24:00", 0 },
	{ "2026-13-19", 0 },
	{ "tomorrow", 0 },
};

START_TEST(a_time_is_read_as_people_write_one)
{
	int64_t utc_s = 0;
	int is_one = case_read_time(times[_i].words, WORLD_NOW_UTC_S, &utc_s);

	ck_assert_int_eq(is_one, times[_i].after_s != 0);
	if (is_one)
		ck_assert_int_eq(utc_s, WORLD_NOW_UTC_S + times[_i].after_s);
}
END_TEST

START_TEST(a_date_is_read_with_and_without_an_hour)
{
	int64_t day = 0;
	int64_t hour = 0;
	int64_t form = 0;

	ck_assert(case_read_time("2026-11-30", WORLD_NOW_UTC_S, &day));
	ck_assert(case_read_time("2026-11-30 14:30", WORLD_NOW_UTC_S, &hour));
	ck_assert(case_read_time("2026-11-30T14:30", WORLD_NOW_UTC_S, &form));
	ck_assert_int_eq(day % DAY_S, 0);
	ck_assert_int_eq(hour - day, 14 * HOUR_S + 30 * 60);
	ck_assert_int_eq(form, hour);
}
END_TEST

static Suite *
suite_of_case_life(void)
{
	Suite *suite = suite_create("case life");
	TCase *tcase = cases_tcase(suite);

	tcase_add_test(
	    tcase, a_claim_on_which_nothing_happens_returns_to_the_queue);
	tcase_add_loop_test(tcase, whatever_its_owner_does_renews_a_lease, 0,
	    COUNT_OF(renewing));
	tcase_add_test(tcase, what_others_do_and_looking_renew_no_lease);
	tcase_add_test(tcase, who_is_late_may_go_on_while_nobody_else_came);
	tcase_add_test(
	    tcase, a_case_whose_lease_ran_out_can_be_claimed_at_once);
	tcase_add_test(
	    tcase, the_cases_of_who_left_return_to_the_queue_at_once);
	tcase_add_test(tcase, a_clock_that_jumps_back_makes_no_lease_longer);
	tcase_add_test(tcase, a_clock_that_jumps_ahead_forgets_nobody);
	tcase_add_test(tcase, a_case_is_handed_to_a_colleague_by_name);
	tcase_add_loop_test(tcase, nobody_gets_a_case_who_may_not_see_one, 0,
	    COUNT_OF(no_colleagues));
	tcase_add_test(tcase, only_a_lead_moves_what_others_have);
	tcase_add_test(tcase, colleagues_are_those_who_may_see_cases);
	tcase_add_test(tcase, what_is_allowed_is_what_happens);
	tcase_add_test(
	    tcase, a_snoozed_case_is_out_of_the_queue_until_its_time);
	tcase_add_test(tcase, a_lease_rests_while_its_case_sleeps);
	tcase_add_test(
	    tcase, waking_on_a_reply_is_a_choice_and_help_wakes_always);
	tcase_add_test(tcase, who_has_it_snoozes_and_wakes_it);
	tcase_add_loop_test(tcase, nothing_sleeps_into_the_past_or_for_ever, 0,
	    COUNT_OF(bad_times));
	tcase_add_test(
	    tcase, a_clock_that_jumps_back_wakes_what_would_sleep_for_a_year);
	tcase_add_test(tcase, claiming_and_closing_end_a_sleep);
	tcase_add_loop_test(
	    tcase, a_time_is_read_as_people_write_one, 0, COUNT_OF(times));
	tcase_add_test(tcase, a_date_is_read_with_and_without_an_hour);
	return (suite);
}

CHECK_MAIN(suite_of_case_life);
