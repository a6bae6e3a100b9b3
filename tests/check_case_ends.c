/* Closing, opening again, and what the caller took back. */
#include "tests/cases_world.h"

/* -- closing and opening again ---------------------------------------------- */

START_TEST(only_the_owner_closes)
{
	struct errand *errand = world_errand(&world, &world.ram, REF);

	ck_assert_int_eq(cases_close(errand, "advice given"), REFUSED);
	ck_assert_int_eq(errand->why, CASE_UNCLAIMED);
	claim_as(&world.sita, REF);
	errand = world_errand(&world, &world.ram, REF);
	ck_assert_int_eq(cases_close(errand, "advice given"), REFUSED);
	ck_assert_int_eq(errand->why, CASE_TAKEN);
	close_as(&world.sita, REF);
	ck_assert_int_eq(world_request(&world, REF).state, REQUEST_CLOSED);
}
END_TEST

static const struct {
	const char *words;
	enum case_reason why;
} bad_outcomes[] = {
	{ NULL, CASE_FINE },
	{ "", CASE_EMPTY },
	{ "call 9841234567", CASE_NOT_PLAIN },
	{ "one\ntwo", CASE_NOT_PLAIN },
	{ "a very long story about what happened to a girl", CASE_FINE },
	{ "a very long story about what happened to a girl!", CASE_TOO_LONG },
};

START_TEST(an_outcome_is_a_few_plain_words)
{
	struct errand *errand;
	enum outcome outcome;

	claim_as(&world.sita, REF);
	errand = world_errand(&world, &world.sita, REF);
	outcome = cases_close(errand, bad_outcomes[_i].words);
	ck_assert_int_eq(errand->why, bad_outcomes[_i].why);
	ck_assert_int_eq(
	    outcome, bad_outcomes[_i].why == CASE_FINE ? DONE : REFUSED);
}
END_TEST

START_TEST(what_was_closed_is_open_again_for_anybody)
{
	struct errand *errand;

	claim_as(&world.sita, REF);
	errand = world_errand(&world, &world.ram, REF);
	ck_assert_int_eq(cases_reopen(errand), REFUSED);
	ck_assert_int_eq(errand->why, CASE_NOT_CLOSED);
	close_as(&world.sita, REF);
	errand = world_errand(&world, &world.ram, REF);
	ck_assert_int_eq(cases_claim(errand), REFUSED);
	ck_assert_int_eq(errand->why, CASE_CLOSED);
	ck_assert_int_eq(
	    cases_reopen(world_errand(&world, &world.ram, REF)), DONE);
	ck_assert_int_eq(world_request(&world, REF).state, REQUEST_OPEN);
	claim_as(&world.ram, REF);
}
END_TEST

START_TEST(a_closed_request_stays_closed_when_its_caller_has_a_newer_one)
{
	struct errand *errand;

	claim_as(&world.sita, REF);
	close_as(&world.sita, REF);
	world_add_request(&world, OTHER_REF, WORLD_NUMBER);
	errand = world_errand(&world, &world.sita, REF);
	ck_assert_int_eq(cases_reopen(errand), REFUSED);
	ck_assert_int_eq(errand->why, CASE_HAS_ANOTHER);
	ck_assert_int_eq(world_request(&world, REF).state, REQUEST_CLOSED);
}
END_TEST

static const struct {
	enum request_state state;
	enum case_reason why;
} endings[] = {
	{ REQUEST_WITHDRAWN, CASE_WITHDRAWN },
	{ REQUEST_FORGOTTEN, CASE_FORGOTTEN },
};

START_TEST(nobody_touches_what_the_caller_took_back)
{
	enum case_reason why = endings[_i].why;

	claim_as(&world.sita, REF);
	end_request(endings[_i].state);
	ck_assert_int_eq(
	    cases_claim(world_errand(&world, &world.sita, REF)), REFUSED);
	ck_assert_int_eq(world.errand.why, why);
	ck_assert_int_eq(reply_as(&world.sita, "Hello", "why not"), REFUSED);
	ck_assert_int_eq(world.errand.why, why);
	ck_assert_int_eq(
	    cases_note(world_errand(&world, &world.sita, REF), "a note"),
	    REFUSED);
	ck_assert_int_eq(world.errand.why, why);
	ck_assert_int_eq(
	    cases_close(world_errand(&world, &world.sita, REF), "gone"),
	    REFUSED);
	ck_assert_int_eq(world.errand.why, why);
	ck_assert_int_eq(
	    cases_reopen(world_errand(&world, &world.sita, REF)), REFUSED);
	ck_assert_int_eq(world.errand.why, why);
}
END_TEST

START_TEST(what_the_caller_took_back_has_no_content)
{
	struct case_sheet sheet;

	world_add_text(&world, REF, "They took my passport");
	end_request(endings[_i].state);
	show_as(&world.sita, 1, &sheet);
	ck_assert_uint_eq(sheet.answer_count, 0);
	ck_assert_uint_eq(sheet.thread.count, 0);
	case_sheet_free(&sheet);
}
END_TEST

static Suite *
suite_of_case_ends(void)
{
	Suite *suite = suite_create("case ends");
	TCase *tcase = cases_tcase(suite);

	tcase_add_test(tcase, only_the_owner_closes);
	tcase_add_loop_test(
	    tcase, an_outcome_is_a_few_plain_words, 0, COUNT_OF(bad_outcomes));
	tcase_add_test(tcase, what_was_closed_is_open_again_for_anybody);
	tcase_add_test(tcase,
	    a_closed_request_stays_closed_when_its_caller_has_a_newer_one);
	tcase_add_loop_test(tcase, nobody_touches_what_the_caller_took_back, 0,
	    COUNT_OF(endings));
	tcase_add_loop_test(tcase, what_the_caller_took_back_has_no_content, 0,
	    COUNT_OF(endings));
	return (suite);
}

CHECK_MAIN(suite_of_case_ends);
