#include "menus/answer_forms.h"
#include "tests/check_main.h"
#include "tests/menus_talk.h"

enum { ERASE = EFFECT_ERASE_WALK };

#define GOOD SOURCE_TREE "/tests/data/menus/good"
#define TALK(...) \
	(const struct turn[]) \
	{ \
		__VA_ARGS__, \
		{ \
			NULL, NULL, 0 \
		} \
	}

static struct menus *menus;
static struct talk talk;

static void
set_up(void)
{
	ck_assert_int_eq(menus_load(GOOD, GOOD "/locales", &menus), DONE);
	talk_begin(&talk, menus, "sea", "en");
	talk_run(&talk, TALK({ "hi", "Over the sea.", 0 }));
}

static void
tear_down(void)
{
	talk_end(&talk);
	menus_free(menus);
}

START_TEST(a_checklist_remembers_what_is_done)
{
	talk_run(&talk,
	    TALK({ "3", "Which kind?", 0 },
		{ "1",
		    "=0 of 3 done.\n1 Bag\n2 Ticket\n3 Copies\n4 Next\n0 Back",
		    0 },
		{ "2", "1 of 3 done.\n1 Bag\n2 Ticket OK\n3 Copies", 0 },
		{ "bag", "2 of 3 done.\n1 Bag OK\n2 Ticket OK", 0 },
		{ "2", "1 of 3 done.\n1 Bag OK\n2 Ticket\n", 0 },
		{ "0", "Which kind?", 0 }, { "1", "1 of 3 done.", 0 },
		{ "2", "2 of 3", 0 }, { "3", "3 of 3", 0 },
		/* A condition can ask for what is done. */
		{ "4", "Which kind?", 0 }));
	ck_assert_str_eq(walk_answer(&talk.walk, "ready"), "bag,ticket,copies");
}
END_TEST

START_TEST(a_quiz_explains_kindly_and_counts)
{
	talk_run(&talk,
	    TALK({ "3", "Which kind?", 0 }, { "2", "Who pays?\n1 You", 0 },
		{ "2",
		    "=Right: the boss.\nWhose passport is it?\n1 Yours\n"
		    "2 Theirs\n0 Back",
		    0 },
		{ "theirs", "It is yours.\nYou got 1 of 2.", 0 },
		/* Taken again, it counts from nothing. */
		{ "0", "Whose", 0 }, { "0", "Who pays?", 0 },
		{ "1", "The boss should pay.\nWhose", 0 },
		{ "maybe", "Not understood.|-Right", 0 },
		{ "1", "Right: yours.\nYou got 1 of 2.", 0 }));
}
END_TEST

START_TEST(a_sum_is_rounded_and_says_when_it_cannot_be)
{
	talk_run(&talk,
	    TALK({ "3", "Which kind?", 0 }, { "3", "fee?", 0 },
		{ "1001", "loan?", 0 }, { "500", "pay?", 0 },
		{ "400", "need?", 0 },
		/* 1501 / 300 rounded up; halves and thirds of 1001. */
		{ "100", "=6 months. Half is 500, a third 334.\n1 Next\n0 Back",
		    0 },
		{ "0", "need?", 0 },
		{ "400", "=It cannot be paid back.\n1 Next\n0 Back", 0 },
		{ "0", "need?", 0 }, { "900", "It cannot be", 0 },
		{ "next", "Which kind?", 0 }));
}
END_TEST

START_TEST(a_condition_can_ask_for_a_sum)
{
	talk_run(&talk,
	    TALK({ "3", "Which kind?", 0 }, { "3", "fee?", 0 },
		{ "1200", "loan?", 0 }, { "skip", "pay?", 0 },
		{ "101", "need?", 0 }, { "1", "12 months", 0 },
		{ "Next", "Which kind?", 0 }, { "0", "12 months", 0 },
		{ "0", "need?", 0 }, { "2", "13 months", 0 },
		{ "1", "0 of 3 done.", 0 }));
}
END_TEST

START_TEST(a_link_leads_into_another_corridor_and_back)
{
	talk_run(&talk,
	    TALK({ "2", "Work abroad. HELP", 0 },
		{ "2", "You have rights.", 0 },
		{ "next", "We are checking the limit.", 0 },
		{ "0", "You have rights.", 0 }, { "0", "Work abroad", 0 },
		{ "0", "Over the sea.", 0 }, { "3", "Which kind?", 0 },
		{ "4", "Which day?", 0 }, { "1 may 2026", "Which town?", 0 },
		{ "Mombasa", "Boats sail on Mondays.", 0 },
		{ "0", "Which town?", 0 }));
	ck_assert_str_eq(talk.walk.corridor, "gulf");
	ck_assert_str_eq(talk.walk.line_corridor, "sea");
	/* Home is that of the corridor one is in, then that of the line. */
	talk_run(&talk,
	    TALK({ "00", "Work abroad", 0 }, { "menu", "Over the sea.", 0 }));
	ck_assert_str_eq(talk.walk.corridor, "sea");
}
END_TEST

START_TEST(a_corridor_that_is_gone_leads_home_with_a_word)
{
	talk_run(&talk, TALK({ "3", "Which kind?", 0 }));
	snprintf(talk.walk.corridor, sizeof(talk.walk.corridor), "gone");
	talk_run(&talk, TALK({ "1", "The menu changed.", 0 }));
	ck_assert_str_eq(talk.walk.corridor, "sea");
}
END_TEST

START_TEST(help_in_a_linked_corridor_reaches_a_person)
{
	talk_run(&talk,
	    TALK({ "2", "Work abroad", 0 },
		{ "help", "Your number is KX47.", EFFECT_OPEN_REQUEST }));
}
END_TEST

START_TEST(notices_stand_above_home_while_in_date)
{
	talk_run(&talk,
	    TALK({ "menu",
		     "=No boats sail this week.\nOver the sea. HELP reaches a"
		     " person.\n1 Boats\n2 To the Gulf\n3 Kinds",
		     0 },
		{ "1", "-No boats", 0 }));
	talk.now_utc_s += 86400;
	talk_run(&talk,
	    TALK({ "menu", "Boats will sail.\nOver the sea.|-No boats", 0 }));
}
END_TEST

START_TEST(a_date_that_cannot_be_read_is_asked_for_again)
{
	talk_run(&talk,
	    TALK({ "3", "Which kind?", 0 }, { "4", "Which day?\n1 Skip", 0 },
		{ "soon", "Which day?", 0 }, { "21/11/2026", "town?", 0 }));
	ck_assert_str_eq(walk_answer(&talk.walk, "day"), "2026-11-21");
	talk_run(&talk, TALK({ "12 Port Road, Mombasa, Kenya", "Boats", 0 }));
	ck_assert_str_eq(
	    walk_answer(&talk.walk, "place"), "Port Road, Mombasa");
}
END_TEST

START_TEST(help_in_another_script_switches_the_language)
{
	talk_run(&talk,
	    TALK({ "1", "Boats sail", 0 },
		{ "मद्दत", "KX47", EFFECT_OPEN_REQUEST }));
	ck_assert_str_eq(talk.step.language, "ne");
	/* The English word is everybody's. */
	talk_run(&talk, TALK({ "help", "KX47", EFFECT_ASKED_AGAIN }));
	ck_assert_str_eq(talk.step.language, "ne");
}
END_TEST

/* Today is 2025-11-24. */
static const struct {
	const char *typed;
	const char *date; /* NULL: not one */
} dates[] = {
	{ "21/11/2026", "2026-11-21" },
	{ "21-11-2026", "2026-11-21" },
	{ "21.11.26", "2026-11-21" },
	{ "1/2/2026", "2026-02-01" },
	{ "2026-11-21", "2026-11-21" },
	{ "2026 nov 21", "2026-11-21" },
	{ "21 nov 2026", "2026-11-21" },
	{ "Nov 21, 2026", "2026-11-21" },
	{ "21st November 2026", "2026-11-21" },
	{ "3rd sept 2026", "2026-09-03" },
	{ "21 nov", "2025-11-21" },
	{ "2 jan", "2026-01-02" },
	{ "29 feb", "2024-02-29" },
	{ "21/11", "2025-11-21" },
	{ "२१/११/२०२६", "2026-11-21" },
	{ "٢١/١١/٢٠٢٦", "2026-11-21" },
	{ "  21 / 11 / 2026  ", "2026-11-21" },
	{ "31/12/1999", "1999-12-31" },
	/* Months first, days that are not, other calendars */
	{ "11/21/2026", NULL },
	{ "31/2/2026", NULL },
	{ "29 feb 2025", NULL },
	{ "2083-08-05", NULL },
	{ "5/8/2083", NULL },
	{ "0/0/2026", NULL },
	{ "nov", NULL },
	{ "2026", NULL },
	{ "21112026", NULL },
	{ "21 nov 2026 10", NULL },
	{ "21 nov 2026 10 30", NULL },
	{ "tomorrow", NULL },
	{ "21 ma 2026", NULL },
	{ "21/11/026", NULL },
	{ "", NULL },
};

START_TEST(a_date_is_read_as_people_type_it)
{
	struct clock_text date;
	int is_read;

	memset(&date, 0xa5, sizeof(date));
	is_read = answer_read_date(dates[_i].typed, TALK_NOON, &date);
	ck_assert_msg(
	    is_read == (dates[_i].date != NULL), "'%s'", dates[_i].typed);
	if (is_read)
		ck_assert_str_eq(date.text, dates[_i].date);
}
END_TEST

static const struct {
	const char *typed;
	const char *place;
} places[] = {
	{ "Doha", "Doha" },
	{ "  Doha,  Qatar ", "Doha, Qatar" },
	{ "Flat 12, Street 4, Doha", "Flat, Street" },
	{ "Kuwait City 55512345", "Kuwait City" },
	{ "दोहा १२", "दोहा" },
	{ "12345", "" },
	{ "...", "" },
	{ "Doha\nQatar", "Doha Qatar" },
	{ "a place whose name is so long that nobody ever wrote all of it",
	    "a place whose name is so long that nobod" },
};

START_TEST(a_place_is_kept_coarse)
{
	struct text place = { 0 };

	answer_add_coarse_place(places[_i].typed, &place);
	ck_assert_str_eq(text_string(&place), places[_i].place);
	text_free(&place);
}
END_TEST

static Suite *
suite_of_menu_kinds(void)
{
	Suite *suite = suite_create("menu_kinds");
	TCase *cases = tcase_create("talks");
	TCase *forms = tcase_create("forms");

	tcase_set_timeout(cases, 60);
	tcase_add_checked_fixture(cases, set_up, tear_down);
	tcase_add_test(cases, a_checklist_remembers_what_is_done);
	tcase_add_test(cases, a_quiz_explains_kindly_and_counts);
	tcase_add_test(cases, a_sum_is_rounded_and_says_when_it_cannot_be);
	tcase_add_test(cases, a_condition_can_ask_for_a_sum);
	tcase_add_test(cases, a_link_leads_into_another_corridor_and_back);
	tcase_add_test(cases, a_corridor_that_is_gone_leads_home_with_a_word);
	tcase_add_test(cases, help_in_a_linked_corridor_reaches_a_person);
	tcase_add_test(cases, notices_stand_above_home_while_in_date);
	tcase_add_test(cases, a_date_that_cannot_be_read_is_asked_for_again);
	tcase_add_test(cases, help_in_another_script_switches_the_language);
	suite_add_tcase(suite, cases);
	tcase_add_loop_test(
	    forms, a_date_is_read_as_people_type_it, 0, (int)COUNT_OF(dates));
	tcase_add_loop_test(
	    forms, a_place_is_kept_coarse, 0, (int)COUNT_OF(places));
	suite_add_tcase(suite, forms);
	return (suite);
}

CHECK_MAIN(suite_of_menu_kinds);
