/* Referring: consent before anything is passed, and what takes it back. */
#include "tests/referral_world.h"

/* -- consent ---------------------------------------------------------------- */

START_TEST(nothing_is_passed_without_consent)
{
	refuses_to_pass(HOUSE, REFERRAL_NONE);
	ask();
	refuses_to_pass(HOUSE, REFERRAL_NO_CONSENT);
	ck_assert_int_eq(state_of(HOUSE), REFERRAL_ASKED);
}
END_TEST

START_TEST(the_question_leaves_as_a_reply)
{
	ask();
	ck_assert_int_eq((int)world_count_outbox(&world), 1);
	ck_assert_int_eq(world_count_events(&world, REF, "referral asked"), 1);
}
END_TEST

START_TEST(the_callers_own_yes_is_consent_and_kept_with_its_words)
{
	struct text wording = { 0 };
	struct text answer = { 0 };
	struct referral_list list;
	struct errand *errand = world_errand(&world, &world.ram, REF);

	ask();
	send_all();
	hear(1, "Yes please", DONE);
	ck_assert_int_eq(state_of(HOUSE), REFERRAL_AGREED);
	ck_assert_int_eq(case_referral_list(errand, &list), DONE);
	ck_assert_uint_eq(list.count, 1);
	ck_assert_int_eq(list.items[0].consent, CONSENT_BY_TEXT);
	ck_assert_int_eq(
	    (int)(list.items[0].agreed_utc_s - WORLD_NOW_UTC_S), 120);
	ck_assert_int_eq(
	    case_referral_consent(errand, &list.items[0], &wording, &answer),
	    DONE);
	ck_assert_str_eq(wording.bytes, QUESTION);
	ck_assert_str_eq(answer.bytes, "Yes please");
	text_free(&wording);
	text_free(&answer);
	free(list.items);
}
END_TEST

START_TEST(a_later_no_leaves_the_words_of_the_yes)
{
	struct text wording = { 0 };
	struct text answer = { 0 };
	struct referral_list list;
	struct errand *errand = world_errand(&world, &world.ram, REF);

	ask();
	send_all();
	hear(1, "bluebird YES", DONE);
	hear(0, "No, please not", DONE);
	ck_assert_int_eq(case_referral_list(errand, &list), DONE);
	ck_assert_int_eq(
	    case_referral_consent(errand, &list.items[0], &wording, &answer),
	    DONE);
	ck_assert_str_eq(answer.bytes, "bluebird YES\nNo, please not");
	text_free(&wording);
	text_free(&answer);
	free(list.items);
}
END_TEST

START_TEST(a_yes_to_something_asked_later_is_no_consent)
{
	struct case_reply reply = { .text = "Are you at work now?" };
	struct errand *errand = world_errand(&world, &world.sita, REF);
	unsigned parts;

	ask();
	errand->now_utc_s = WORLD_NOW_UTC_S + 90;
	send_all();
	ck_assert_int_eq(cases_reply(errand, &reply, &parts), DONE);
	hear(1, "yes", NOTHING);
	ck_assert_int_eq(state_of(HOUSE), REFERRAL_ASKED);
}
END_TEST

START_TEST(a_yes_before_the_question_was_sent_is_no_consent)
{
	ask();
	hear(1, "yes", NOTHING);
	ck_assert_int_eq(state_of(HOUSE), REFERRAL_ASKED);
	send_all();
	hear(1, "yes", DONE);
}
END_TEST

START_TEST(a_yes_that_nobody_asked_for_changes_nothing)
{
	hear(1, "yes", NOTHING);
	hear(0, "no", NOTHING);
}
END_TEST

START_TEST(a_no_refuses_and_a_second_question_may_follow)
{
	ask();
	hear(0, "no", DONE);
	ck_assert_int_eq(state_of(HOUSE), REFERRAL_REFUSED);
	refuses_to_pass(HOUSE, REFERRAL_TAKEN_BACK);
	note_consent(HOUSE);
	ck_assert_int_eq(state_of(HOUSE), REFERRAL_AGREED);
}
END_TEST

START_TEST(one_question_waits_for_its_answer_before_another)
{
	unsigned parts;

	ask();
	ck_assert_int_eq(case_referral_ask(step_as(&world.sita, LAWYERS),
			     "May we tell the lawyers?", &parts),
	    REFUSED);
	ck_assert_int_eq(step.why, REFERRAL_WAITS);
	ck_assert_int_eq((int)world_count_outbox(&world), 1);
}
END_TEST

START_TEST(the_wording_of_a_noted_consent_must_be_given)
{
	ck_assert_int_eq(
	    case_referral_note(step_as(&world.sita, HOUSE), "  "), REFUSED);
	ck_assert_int_eq(step.errand.why, CASE_EMPTY);
}
END_TEST

/* -- whose case ------------------------------------------------------------- */

START_TEST(only_whoever_has_claimed_the_case_refers)
{
	ck_assert_int_eq(
	    case_referral_note(step_as(&world.ram, HOUSE), "agreed"), REFUSED);
	ck_assert_int_eq(step.errand.why, CASE_TAKEN);
}
END_TEST

START_TEST(a_partner_who_was_removed_gets_nothing)
{
	note_consent(HOUSE);
	ck_assert_int_eq(store_begin(world.store), DONE);
	ck_assert_int_eq(
	    partners_remove(world.store, "asha house", WORLD_NOW_UTC_S), DONE);
	ck_assert_int_eq(store_commit(world.store), DONE);
	refuses_to_pass(HOUSE, REFERRAL_NO_PARTNER);
}
END_TEST

/* -- taking consent back ---------------------------------------------------- */

static void
stop_caller(void)
{
	struct request request = world_request(&world, REF);
	struct number number;
	struct caller caller;

	ck_assert_int_eq(
	    callers_find(world.store, &request.caller, &caller), DONE);
	ck_assert_int_eq(
	    callers_number(world.store, &request.caller, &number), DONE);
	caller.is_stopped = 1;
	ck_assert_int_eq(callers_put(world.store, &caller, &number), DONE);
}

static void
forget_caller(void)
{
	struct request request = world_request(&world, REF);

	ck_assert_int_eq(
	    callers_forget(world.store, &request.caller, WORLD_NOW_UTC_S),
	    DONE);
}

static void
refuse_contact(void)
{
	struct request request = world_request(&world, REF);

	ck_assert_int_eq(requests_update(world.store, request.id, URGENCY_HIGH,
			     "no", 0, NULL, WORLD_NOW_UTC_S),
	    DONE);
}

static void
want_nothing_kept(void)
{
	struct request request = world_request(&world, REF);

	ck_assert_int_eq(
	    requests_withdraw(world.store, request.id, WORLD_NOW_UTC_S), DONE);
}

static void (*const roads_back[])(
    void) = { stop_caller, forget_caller, refuse_contact, want_nothing_kept };

START_TEST(whatever_takes_consent_back_withdraws_every_referral)
{
	struct text out = { 0 };

	note_consent(LAWYERS);
	note_consent(HOUSE);
	ck_assert_int_eq(pass_to(HOUSE, REFERRAL_SHEET, "need", &out), DONE);
	ck_assert_int_eq(store_begin(world.store), DONE);
	roads_back[_i]();
	ck_assert_int_eq(store_commit(world.store), DONE);
	ck_assert_int_eq(state_of(HOUSE), REFERRAL_WITHDRAWN);
	ck_assert_int_eq(state_of(LAWYERS), REFERRAL_WITHDRAWN);
	/* Only who holds something must be told. */
	ck_assert_int_eq((int)count_to_tell(), 1);
	text_clear(&out);
	ck_assert_int_eq(pass_to(HOUSE, REFERRAL_SHEET, "need", &out), REFUSED);
	ck_assert_uint_eq(out.length, 0);
	ck_assert_int_eq(case_referral_told(step_as(&world.sita, HOUSE)), DONE);
	ck_assert_int_eq((int)count_to_tell(), 0);
	text_free(&out);
}
END_TEST

START_TEST(a_rollback_takes_the_withdrawal_with_it)
{
	note_consent(HOUSE);
	ck_assert_int_eq(store_begin(world.store), DONE);
	stop_caller();
	store_rollback(world.store);
	ck_assert_int_eq(state_of(HOUSE), REFERRAL_AGREED);
}
END_TEST

START_TEST(a_no_by_text_puts_a_referral_in_doubt_until_somebody_asked)
{
	struct text out = { 0 };

	note_consent(HOUSE);
	hear(0, "no", DONE);
	refuses_to_pass(HOUSE, REFERRAL_IN_DOUBT);
	ck_assert_int_eq(
	    case_referral_settle(step_as(&world.sita, HOUSE)), DONE);
	ck_assert_int_eq(pass_to(HOUSE, REFERRAL_SHEET, "need", &out), DONE);
	hear(0, "no", DONE);
	ck_assert_int_eq(
	    case_referral_withdraw(step_as(&world.sita, HOUSE)), DONE);
	refuses_to_pass(HOUSE, REFERRAL_TAKEN_BACK);
	text_free(&out);
}
END_TEST

START_TEST(a_case_with_a_referral_in_doubt_is_not_closed)
{
	struct errand *errand = world_errand(&world, &world.sita, REF);

	note_consent(HOUSE);
	hear(0, "bluebird no", DONE);
	ck_assert_int_eq(cases_close(errand, NULL), REFUSED);
	ck_assert_int_eq(errand->why, CASE_IN_DOUBT);
	ck_assert_int_eq(
	    case_referral_withdraw(step_as(&world.sita, HOUSE)), DONE);
	ck_assert_int_eq(cases_close(errand, NULL), DONE);
}
END_TEST

static Suite *
suite_of_referral(void)
{
	Suite *suite = suite_create("referral");
	TCase *tests = tcase_create("referral");

	tcase_add_unchecked_fixture(tests, world_make_once, world_remove);
	tcase_add_checked_fixture(tests, open_world, close_world);
	tcase_add_test(tests, nothing_is_passed_without_consent);
	tcase_add_test(tests, the_question_leaves_as_a_reply);
	tcase_add_test(
	    tests, the_callers_own_yes_is_consent_and_kept_with_its_words);
	tcase_add_test(tests, a_later_no_leaves_the_words_of_the_yes);
	tcase_add_test(tests, a_yes_to_something_asked_later_is_no_consent);
	tcase_add_test(tests, a_yes_before_the_question_was_sent_is_no_consent);
	tcase_add_test(tests, a_yes_that_nobody_asked_for_changes_nothing);
	tcase_add_test(tests, a_no_refuses_and_a_second_question_may_follow);
	tcase_add_test(tests, one_question_waits_for_its_answer_before_another);
	tcase_add_test(tests, the_wording_of_a_noted_consent_must_be_given);
	tcase_add_test(tests, only_whoever_has_claimed_the_case_refers);
	tcase_add_test(tests, a_partner_who_was_removed_gets_nothing);
	tcase_add_loop_test(tests,
	    whatever_takes_consent_back_withdraws_every_referral, 0,
	    (int)COUNT_OF(roads_back));
	tcase_add_test(tests, a_rollback_takes_the_withdrawal_with_it);
	tcase_add_test(
	    tests, a_no_by_text_puts_a_referral_in_doubt_until_somebody_asked);
	tcase_add_test(tests, a_case_with_a_referral_in_doubt_is_not_closed);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_referral);
