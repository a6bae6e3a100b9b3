/* Referring: consent before anything is passed, only what was ticked, and what
 * takes consent back. */
#include "gateway/desk/case_facts_set.h"
#include "gateway/desk/case_referral.h"
#include "store/audit.h"
#include "tests/check_main.h"
#include "tests/desk_world.h"

#define REF      "KM7P4"
#define HOUSE    "Asha House"
#define LAWYERS  "Nyaya Lawyers"
#define QUESTION "May we tell Asha House about you? Reply YES or NO"
#define HER_NAME "Durga-of-the-test"

static struct world world;
static struct referral_errand step;
static struct text secret_words;

static void
add_partner(const char *name, int has_key)
{
	struct partner partner = { .kind = "shelter",
		.place = "Kathmandu",
		.reach = "ask for Maya",
		.languages = "ne en",
		.serves = "women",
		.has_key = has_key };
	int64_t id;

	snprintf(partner.name, sizeof(partner.name), "%s", name);
	text_free(&secret_words);
	sealed_file_make_pair(&partner.key, &secret_words);
	ck_assert_int_eq(store_begin(world.store), DONE);
	ck_assert_int_eq(
	    partners_put(world.store, &partner, WORLD_NOW_UTC_S, &id), DONE);
	ck_assert_int_eq(store_commit(world.store), DONE);
}

static void
answer_request(void)
{
	struct request request = world_request(&world, REF);

	ck_assert_int_eq(store_begin(world.store), DONE);
	ck_assert_int_eq(
	    requests_update(world.store, request.id, URGENCY_HIGH, "yes", 0,
		"need\tWhat help is needed most?\tSafe place\n"
		"name\tWhat name can we call you?\t" HER_NAME "\n",
		WORLD_NOW_UTC_S),
	    DONE);
	ck_assert_int_eq(store_commit(world.store), DONE);
}

static void
open_world(void)
{
	world_open(&world);
	world_add_request(&world, REF, WORLD_NUMBER);
	answer_request();
	add_partner(LAWYERS, 0);
	add_partner(HOUSE, 1);
	ck_assert_int_eq(
	    cases_claim(world_errand(&world, &world.sita, REF)), DONE);
}

static void
close_world(void)
{
	text_free(&secret_words);
	world_close(&world);
}

static struct referral_errand *
step_as(const struct caseworker *worker, const char *partner)
{
	memset(&step, 0xa5, sizeof(step));
	step.errand.worker = worker;
	step.errand.ref = REF;
	step.errand.now_utc_s = WORLD_NOW_UTC_S + 60;
	step.partner = partner;
	return (&step);
}

static void
note_consent(const char *partner)
{
	ck_assert_int_eq(case_referral_note(step_as(&world.sita, partner),
			     "Yes, tell them, she said on the phone"),
	    DONE);
}

static void
ask(void)
{
	unsigned parts = 0;

	ck_assert_int_eq(
	    case_referral_ask(step_as(&world.sita, HOUSE), QUESTION, &parts),
	    DONE);
	ck_assert_int_eq((int)parts, 1);
}

/* What the hub does with what waits. */
static void
send_all(void)
{
	struct outbox_turn turn = {
		.line = WORLD_LINE, .now_utc_s = WORLD_NOW_UTC_S + 60, .most = 1
	};
	struct outbox_row row;
	size_t count = 1;

	ck_assert_int_eq(store_begin(world.store), DONE);
	while (count > 0) {
		ck_assert_int_eq(
		    outbox_take(world.store, &turn, &row, &count), DONE);
		if (count == 0)
			break;
		ck_assert_int_eq(
		    outbox_sent(world.store, row.id, WORLD_NOW_UTC_S + 60),
		    DONE);
		outbox_row_free(&row);
	}
	ck_assert_int_eq(store_commit(world.store), DONE);
}

/* What the hub does with a yes or no by text. */
static void
hear(int is_yes, const char *text, enum outcome expected)
{
	struct request request = world_request(&world, REF);

	ck_assert_int_eq(store_begin(world.store), DONE);
	ck_assert_int_eq(referrals_hear(world.store, request.id, is_yes, text,
			     WORLD_NOW_UTC_S + 120),
	    expected);
	ck_assert_int_eq(store_commit(world.store), DONE);
}

static enum outcome
pass_to(const char *partner, enum referral_form form, const char *field,
    struct text *out)
{
	const char *fields[] = { field };
	struct referral_pass pass = { .form = form,
		.fields = fields,
		.field_count = 1,
		.from = "Test helpline" };

	return (case_referral_pass(step_as(&world.sita, partner), &pass, out));
}

static enum referral_state
state_of(const char *partner)
{
	struct request request = world_request(&world, REF);
	struct referral referral;
	struct partner found;

	ck_assert_int_eq(partners_find(world.store, partner, &found), DONE);
	ck_assert_int_eq(
	    referrals_find(world.store, request.id, found.id, &referral), DONE);
	return (referral.state);
}

static int64_t
count_to_tell(void)
{
	struct referral_list list;
	size_t count;

	ck_assert_int_eq(referrals_to_tell(world.store, &list), DONE);
	count = list.count;
	free(list.items);
	return ((int64_t)count);
}

static void
refuses_to_pass(const char *partner, enum referral_reason why)
{
	struct text out = { 0 };

	ck_assert_int_eq(
	    pass_to(partner, REFERRAL_SHEET, "need", &out), REFUSED);
	ck_assert_int_eq(step.why, why);
	ck_assert_uint_eq(out.length, 0);
}

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

/* -- passing ---------------------------------------------------------------- */

START_TEST(a_sheet_holds_only_what_was_ticked)
{
	struct text out = { 0 };

	note_consent(HOUSE);
	ck_assert_int_eq(pass_to(HOUSE, REFERRAL_SHEET, "need", &out), DONE);
	ck_assert_ptr_nonnull(strstr(out.bytes, "Safe place"));
	ck_assert_ptr_nonnull(strstr(out.bytes, REF));
	ck_assert_ptr_null(strstr(out.bytes, HER_NAME));
	ck_assert_ptr_null(strstr(out.bytes, WORLD_NUMBER));
	ck_assert_ptr_null(strstr(out.bytes, "urgency"));
	ck_assert_int_eq(state_of(HOUSE), REFERRAL_PASSED);
	text_clear(&out);
	ck_assert_int_eq(
	    pass_to(HOUSE, REFERRAL_SHEET_HTML, "number", &out), DONE);
	ck_assert_ptr_nonnull(strstr(out.bytes, WORLD_NUMBER));
	ck_assert_ptr_null(strstr(out.bytes, HER_NAME));
	ck_assert_ptr_null(strstr(out.bytes, "style="));
	text_free(&out);
}
END_TEST

START_TEST(a_field_that_is_none_passes_nothing)
{
	struct text out = { 0 };
	struct referral_pass nothing = { .form = REFERRAL_SHEET };

	note_consent(HOUSE);
	ck_assert_int_eq(
	    pass_to(HOUSE, REFERRAL_SHEET, "passport", &out), REFUSED);
	ck_assert_int_eq(step.why, REFERRAL_NO_FIELD);
	ck_assert_str_eq(step.field, "passport");
	ck_assert_int_eq(
	    case_referral_pass(step_as(&world.sita, HOUSE), &nothing, &out),
	    REFUSED);
	ck_assert_int_eq(step.why, REFERRAL_NO_FIELDS);
	ck_assert_uint_eq(out.length, 0);
	ck_assert_int_eq(state_of(HOUSE), REFERRAL_AGREED);
}
END_TEST

START_TEST(a_fact_of_the_case_can_be_ticked_by_its_name)
{
	struct text out = { 0 };
	struct text trouble = { 0 };

	ck_assert_int_eq(cases_set_fact(world_errand(&world, &world.sita, REF),
			     "wmk_AgeBand", "18-24", &trouble),
	    DONE);
	note_consent(HOUSE);
	ck_assert_int_eq(
	    pass_to(HOUSE, REFERRAL_SHEET, "wmk_AgeBand", &out), DONE);
	ck_assert_ptr_nonnull(strstr(out.bytes, "18-24"));
	text_free(&out);
	text_free(&trouble);
}
END_TEST

START_TEST(a_sealed_file_opens_with_the_partners_key_only)
{
	struct text file = { 0 };
	struct text plain = { 0 };
	struct text other_words = { 0 };
	struct sealed_file_public other;
	enum sealed_file_trouble trouble;

	note_consent(HOUSE);
	ck_assert_int_eq(pass_to(HOUSE, REFERRAL_FILE, "need", &file), DONE);
	ck_assert_ptr_null(memmem(file.bytes, file.length, "Safe", 4));
	ck_assert_ptr_null(memmem(file.bytes, file.length, REF, 5));
	sealed_file_make_pair(&other, &other_words);
	ck_assert_int_eq(sealed_file_open(other_words.bytes, file.bytes,
			     file.length, &plain, &trouble),
	    REFUSED);
	ck_assert_int_eq(trouble, SEALED_FILE_OTHER_KEY);
	ck_assert_uint_eq(plain.length, 0);
	ck_assert_int_eq(sealed_file_open(secret_words.bytes, file.bytes,
			     file.length, &plain, &trouble),
	    DONE);
	ck_assert_ptr_nonnull(strstr(plain.bytes, "Safe place"));
	ck_assert_ptr_null(strstr(plain.bytes, HER_NAME));
	text_free(&file);
	text_free(&plain);
	text_free(&other_words);
}
END_TEST

START_TEST(a_partner_without_a_key_gets_no_sealed_file)
{
	struct text file = { 0 };

	note_consent(LAWYERS);
	ck_assert_int_eq(
	    pass_to(LAWYERS, REFERRAL_FILE, "need", &file), REFUSED);
	ck_assert_int_eq(step.why, REFERRAL_NO_KEY);
	ck_assert_uint_eq(file.length, 0);
}
END_TEST

START_TEST(what_came_of_it_is_noted_after_passing_only)
{
	struct text out = { 0 };

	note_consent(HOUSE);
	ck_assert_int_eq(
	    case_referral_answer(step_as(&world.sita, HOUSE), 1), REFUSED);
	ck_assert_int_eq(step.why, REFERRAL_NOT_PASSED);
	ck_assert_int_eq(pass_to(HOUSE, REFERRAL_SHEET, "need", &out), DONE);
	ck_assert_int_eq(
	    case_referral_answer(step_as(&world.sita, HOUSE), 1), DONE);
	ck_assert_int_eq(step.referral.state, REFERRAL_ACCEPTED);
	ck_assert_int_eq(
	    case_referral_answer(step_as(&world.sita, HOUSE), 0), DONE);
	ck_assert_int_eq(state_of(HOUSE), REFERRAL_DECLINED);
	text_free(&out);
}
END_TEST

START_TEST(every_step_is_in_the_audit_trail_without_the_callers_words)
{
	struct audit_filter filter = {
		.ref = REF, .since_utc_s = INT64_MIN, .most = 100
	};
	struct audit_list list;
	struct text out = { 0 };
	int found = 0;

	note_consent(HOUSE);
	ck_assert_int_eq(pass_to(HOUSE, REFERRAL_SHEET, "name", &out), DONE);
	ck_assert_int_eq(audit_read(world.store, &filter, &list), DONE);
	for (size_t i = 0; i < list.count; i++) {
		found += strcmp(list.items[i].what, "referral agreed") == 0;
		found += strcmp(list.items[i].what, "referral passed") == 0;
		ck_assert_ptr_null(strstr(list.items[i].detail, HER_NAME));
	}
	ck_assert_int_eq(found, 2);
	ck_assert_int_eq(world_holds(&world, HER_NAME), 0);
	ck_assert_int_eq(world_holds(&world, "she said on the phone"), 0);
	free(list.items);
	text_free(&out);
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
	tcase_add_test(tests, a_yes_to_something_asked_later_is_no_consent);
	tcase_add_test(tests, a_yes_before_the_question_was_sent_is_no_consent);
	tcase_add_test(tests, a_yes_that_nobody_asked_for_changes_nothing);
	tcase_add_test(tests, a_no_refuses_and_a_second_question_may_follow);
	tcase_add_test(tests, one_question_waits_for_its_answer_before_another);
	tcase_add_test(tests, the_wording_of_a_noted_consent_must_be_given);
	tcase_add_test(tests, only_whoever_has_claimed_the_case_refers);
	tcase_add_test(tests, a_partner_who_was_removed_gets_nothing);
	tcase_add_test(tests, a_sheet_holds_only_what_was_ticked);
	tcase_add_test(tests, a_field_that_is_none_passes_nothing);
	tcase_add_test(tests, a_fact_of_the_case_can_be_ticked_by_its_name);
	tcase_add_test(tests, a_sealed_file_opens_with_the_partners_key_only);
	tcase_add_test(tests, a_partner_without_a_key_gets_no_sealed_file);
	tcase_add_test(tests, what_came_of_it_is_noted_after_passing_only);
	tcase_add_test(
	    tests, every_step_is_in_the_audit_trail_without_the_callers_words);
	tcase_add_loop_test(tests,
	    whatever_takes_consent_back_withdraws_every_referral, 0,
	    (int)COUNT_OF(roads_back));
	tcase_add_test(tests, a_rollback_takes_the_withdrawal_with_it);
	tcase_add_test(
	    tests, a_no_by_text_puts_a_referral_in_doubt_until_somebody_asked);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_referral);
