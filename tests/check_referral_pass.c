/* What is passed to a partner: what was ticked, to whom, and who hears of it. */
#include "tests/referral_world.h"

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

START_TEST(a_partner_may_answer_when_the_case_is_closed)
{
	struct text out = { 0 };

	note_consent(HOUSE);
	ck_assert_int_eq(pass_to(HOUSE, REFERRAL_SHEET, "need", &out), DONE);
	ck_assert_int_eq(
	    case_referral_answer(step_as(&world.ram, HOUSE), 1), REFUSED);
	ck_assert_int_eq(step.errand.why, CASE_TAKEN);
	ck_assert_int_eq(
	    cases_close(world_errand(&world, &world.sita, REF), "referred"),
	    DONE);
	ck_assert_int_eq(
	    case_referral_answer(step_as(&world.ram, HOUSE), 1), DONE);
	ck_assert_int_eq(state_of(HOUSE), REFERRAL_ACCEPTED);
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

static Suite *
suite_of_referral_pass(void)
{
	Suite *suite = suite_create("referral pass");
	TCase *tests = tcase_create("referral pass");

	tcase_add_unchecked_fixture(tests, world_make_once, world_remove);
	tcase_add_checked_fixture(tests, open_world, close_world);
	tcase_add_test(tests, a_sheet_holds_only_what_was_ticked);
	tcase_add_test(tests, a_field_that_is_none_passes_nothing);
	tcase_add_test(tests, a_fact_of_the_case_can_be_ticked_by_its_name);
	tcase_add_test(tests, a_sealed_file_opens_with_the_partners_key_only);
	tcase_add_test(tests, a_partner_without_a_key_gets_no_sealed_file);
	tcase_add_test(tests, what_came_of_it_is_noted_after_passing_only);
	tcase_add_test(tests, a_partner_may_answer_when_the_case_is_closed);
	tcase_add_test(
	    tests, every_step_is_in_the_audit_trail_without_the_callers_words);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_referral_pass);
