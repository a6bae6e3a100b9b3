/* Notes, answers and numbers: sealed, shown to those who may see them, kept
 * nowhere else. */
#include "tests/cases_world.h"

/* -- notes and secrets ------------------------------------------------------ */

START_TEST(a_note_is_kept_for_the_team_and_never_sent)
{
	struct case_sheet sheet;

	ck_assert_int_eq(cases_note(world_errand(&world, &world.ram, REF),
			     "Call the embassy"),
	    DONE);
	show_as(&world.sita, 0, &sheet);
	ck_assert_uint_eq(sheet.thread.count, 1);
	ck_assert_int_eq(sheet.thread.items[0].kind, CASE_TEXT_NOTE);
	ck_assert_str_eq(sheet.thread.items[0].text, "Call the embassy");
	case_sheet_free(&sheet);
	ck_assert_int_eq(world_count_outbox(&world), 0);
}
END_TEST

START_TEST(what_people_wrote_stands_nowhere_in_the_files)
{
	claim_as(&world.sita, REF);
	world_add_text(&world, REF, "marigold-of-the-caller");
	ck_assert_int_eq(
	    reply_as(&world.sita, "marigold-of-the-reply", NULL), DONE);
	ck_assert_int_eq(cases_note(world_errand(&world, &world.sita, REF),
			     "marigold-of-the-note"),
	    DONE);
	ck_assert(!world_holds(&world, "marigold"));
	ck_assert(!world_holds(&world, "9841234567"));
	ck_assert(world_holds(&world, REF));
}
END_TEST

START_TEST(a_sheet_has_answers_texts_and_events)
{
	struct case_sheet sheet;

	world_add_text(&world, REF, "They took my passport");
	show_as(&world.sita, 0, &sheet);
	ck_assert_uint_eq(sheet.answer_count, 1);
	ck_assert_str_eq(sheet.answers[0].name, "danger");
	ck_assert_str_eq(sheet.answers[0].question, "Are you in danger now?");
	ck_assert_str_eq(sheet.answers[0].answer, "no");
	ck_assert_uint_eq(sheet.thread.count, 1);
	ck_assert_int_eq(sheet.thread.items[0].kind, CASE_TEXT_CALLER);
	ck_assert_str_eq(sheet.thread.items[0].text, "They took my passport");
	ck_assert_uint_ge(sheet.event_count, 1);
	case_sheet_free(&sheet);
}
END_TEST

START_TEST(the_number_is_shown_on_demand_only_and_leaves_an_event)
{
	struct case_sheet sheet;

	show_as(&world.sita, 0, &sheet);
	ck_assert_uint_eq(sheet.number.length, 0);
	case_sheet_free(&sheet);
	ck_assert_int_eq(world_count_events(&world, REF, "number shown"), 0);
	show_as(&world.sita, 1, &sheet);
	ck_assert_str_eq(text_string(&sheet.number), WORLD_NUMBER);
	case_sheet_free(&sheet);
	ck_assert_int_eq(world_count_events(&world, REF, "number shown"), 1);
}
END_TEST

START_TEST(texts_count_as_read_when_the_owner_looks)
{
	struct case_sheet sheet;

	claim_as(&world.sita, REF);
	world_add_text(&world, REF, "Hello?");
	ck_assert_int_gt(world_request(&world, REF).unread, 0);
	show_as(&world.ram, 0, &sheet);
	case_sheet_free(&sheet);
	ck_assert_int_gt(world_request(&world, REF).unread, 0);
	show_as(&world.sita, 0, &sheet);
	case_sheet_free(&sheet);
	ck_assert_int_eq(world_request(&world, REF).unread, 0);
}
END_TEST

static Suite *
suite_of_case_secrets(void)
{
	Suite *suite = suite_create("case secrets");
	TCase *tcase = cases_tcase(suite);

	tcase_add_test(tcase, a_note_is_kept_for_the_team_and_never_sent);
	tcase_add_test(tcase, what_people_wrote_stands_nowhere_in_the_files);
	tcase_add_test(tcase, a_sheet_has_answers_texts_and_events);
	tcase_add_test(
	    tcase, the_number_is_shown_on_demand_only_and_leaves_an_event);
	tcase_add_test(tcase, texts_count_as_read_when_the_owner_looks);
	return (suite);
}

CHECK_MAIN(suite_of_case_secrets);
