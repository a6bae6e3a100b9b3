#include "tests/check_main.h"
#include "tests/menus_talk.h"

enum {
	OPEN = EFFECT_OPEN_REQUEST,
	UPDATE = EFFECT_UPDATE_REQUEST,
	ERASE = EFFECT_ERASE_WALK,
};

#define GOOD SOURCE_TREE "/tests/data/menus/good"
#define TALK(...) \
	(const struct turn[]) \
	{ \
		__VA_ARGS__, \
		{ \
			NULL, NULL, 0 \
		} \
	}

/* A question of an included part, as it is when it comes unasked. */
#define PROMPT "@prompt paid"
#define ASKED  "Did you pay?\n1 I paid\n2 Nothing yet\n3 Menu of fees\n4 Skip"

static struct menus *menus;
static struct talk talk;

static void
set_up(void)
{
	ck_assert_int_eq(menus_load(GOOD, GOOD "/locales", &menus), DONE);
	talk_begin(&talk, menus, "gulf", "en");
}

static void
tear_down(void)
{
	talk_end(&talk);
	menus_free(menus);
}

/* Where a caller stands, the prompt, and where `0` leads. */
static const struct {
	const struct turn *before;
	const char *back;
} places[] = {
	{ TALK({ "hi", "Work abroad", 0 }), "=Work abroad" },
	{ TALK({ "hi", "Work", 0 }, { "2", "rights", 0 }), "You have rights." },
	{ TALK({ "hi", "Work", 0 }, { "1", "licence", 0 }), "licence?" },
	{ TALK({ "hi", "Work", 0 }, { "5", "earn", 0 }), "How much will" },
	{ TALK({ "hi", "Work", 0 }, { "4", "long", 0 }, { "9", "choice", 0 }),
	    "This text is long" },
	{ TALK({ "hi", "Work", 0 }, { "1", "licence", 0 },
	      { "language", "Language?", 0 }),
	    "licence?" },
	{ TALK({ "hi", "Work", 0 }, { "1", "licence", 0 }, { "zz", "Not", 0 },
	      { "zz", "What now?", 0 }),
	    "licence?" },
	{ TALK({ "hi", "Work", 0 }, { "1", "licence", 0 },
	      { "@silence", "", 0 }, { "zz", "Go on?", 0 }),
	    "licence?" },
	{ TALK({ "hi", "Work", 0 }, { "1", "licence", 0 },
	      { "@silence", "", 0 }),
	    "licence?" },
	{ TALK({ "help", "KX47", OPEN }, { "@claim", "", 0 },
	      { "are you there", "", EFFECT_JOIN_CASE }, { "@close", "", 0 }),
	    "Is it safe" },
	/* Nowhere: a conversation that is over, one that never was. */
	{ TALK({ "hi", "Work", 0 }, { "end", "Goodbye", ERASE }),
	    "Work abroad" },
	{ TALK({ "@silence", "", 0 }), "Work abroad" },
};

START_TEST(a_prompt_takes_nothing_away_and_back_leads_where_one_was)
{
	talk_run(&talk, places[_i].before);
	talk_run(&talk, TALK({ PROMPT, "Did you pay?\n1 I paid", 0 }));
	ck_assert_int_eq(talk.walk.is_prompted, 1);
	ck_assert_str_eq(talk.walk.screen, "paid");
	talk_turn(&talk,
	    &(struct turn){ "0",
		places[_i].back[0] == '=' ? places[_i].back + 1
					  : places[_i].back,
		0 });
	ck_assert_int_eq(talk.walk.is_prompted, 0);
}
END_TEST

START_TEST(a_prompt_is_answered_and_its_answer_saved)
{
	talk_run(&talk,
	    TALK({ "hi", "Work", 0 }, { PROMPT, "=" ASKED "\n0 Back", 0 },
		{ "2", "Few signs", 0 }));
	ck_assert_str_eq(walk_answer(&talk.walk, "paid"), "no");
}
END_TEST

/* An answer a day later, and what it leads to. */
static const struct turn late[] = {
	{ "1", "real receipt?", 0 },
	{ "i paid", "real receipt?", 0 },
	{ "skip", "Few signs", 0 },
	{ "0", "Work abroad", 0 },
	{ "what is this", "Go on?", 0 },
	{ "7", "Go on?", 0 },
	{ "menu of fees", "Few signs", 0 },
	{ "help", "KX47", OPEN },
};

START_TEST(the_answer_to_a_prompt_counts_however_late_it_comes)
{
	talk_run(&talk, TALK({ PROMPT, ASKED, 0 }, { "@silence", "", 0 }));
	talk_turn(&talk, &late[_i]);
}
END_TEST

START_TEST(only_the_first_answer_to_a_prompt_may_come_late)
{
	talk_run(&talk,
	    TALK({ PROMPT, ASKED, 0 }, { "hm", "Not understood", 0 },
		{ "@silence", "", 0 }, { "1", "Go on?", 0 }));
}
END_TEST

START_TEST(a_second_prompt_of_the_same_screen_leaves_the_trail_alone)
{
	talk_run(&talk,
	    TALK({ "hi", "Work", 0 }, { "2", "rights", 0 },
		{ PROMPT, "Did you pay?", 0 }, { PROMPT, "Did you pay?", 0 },
		{ "0", "You have rights", 0 }));
}
END_TEST

START_TEST(a_prompt_of_the_lines_corridor_reaches_who_is_in_another)
{
	talk_end(&talk);
	talk_begin(&talk, menus, "sea", "en");
	talk_run(&talk,
	    TALK({ "hi", "Over the sea.", 0 }, { "2", "Work abroad", 0 },
		{ "@prompt boats", "Boats sail on Mondays.", 0 },
		{ "0", "Work abroad", 0 }, { "@prompt paid", "pay?", 0 },
		{ "0", "Work abroad", 0 }));
}
END_TEST

/* Prompts that ask nothing: the screen is unknown, an end, or none. */
static const char *const nothing[] = { "@prompt gone", "@prompt ",
	"@prompt thanks", "@prompt boats" };

START_TEST(a_prompt_of_what_there_is_not_says_nothing_and_changes_nothing)
{
	struct turn turn = { nothing[_i], "", 0 };
	int64_t before;

	talk_run(&talk, TALK({ "hi", "Work", 0 }, { "1", "licence", 0 }));
	before = talk.walk.last_utc_s;
	talk_turn(&talk, &turn);
	ck_assert_str_eq(talk.walk.screen, "licence");
	ck_assert_int_eq(talk.walk.last_utc_s, before);
	ck_assert_int_eq(talk.walk.is_prompted, 0);
	talk_run(&talk, TALK({ "@silence", "", 0 }));
	talk_turn(&talk, &turn);
	talk_run(&talk, TALK({ "1", "Go on?", 0 }));
}
END_TEST

START_TEST(who_stopped_or_talks_with_a_person_is_not_prompted)
{
	talk_run(&talk,
	    TALK({ "help", "KX47", OPEN }, { "@claim", "", 0 },
		{ PROMPT, "", 0 }, { "menu", "Work", EFFECT_MENU_BACK },
		{ PROMPT, "Did you pay?", 0 },
		{ "stop", "=OK", EFFECT_STOP | ERASE }, { "@close", "", 0 },
		{ PROMPT, "", 0 }));
}
END_TEST

START_TEST(where_a_reload_took_the_screen_away_back_leads_home)
{
	talk_run(&talk, TALK({ "hi", "Work", 0 }, { "2", "rights", 0 }));
	snprintf(talk.walk.screen, sizeof(talk.walk.screen), "gone");
	talk_run(&talk,
	    TALK({ "@prompt unknown", "", 0 }, { PROMPT, "Did you pay?", 0 },
		{ "0", "Work abroad", 0 }));
}
END_TEST

static Suite *
suite_of_walk_prompt(void)
{
	Suite *suite = suite_create("walk_prompt");
	TCase *cases = tcase_create("prompts");

	tcase_add_checked_fixture(cases, set_up, tear_down);
	tcase_add_loop_test(cases,
	    a_prompt_takes_nothing_away_and_back_leads_where_one_was, 0,
	    (int)COUNT_OF(places));
	tcase_add_test(cases, a_prompt_is_answered_and_its_answer_saved);
	tcase_add_loop_test(cases,
	    the_answer_to_a_prompt_counts_however_late_it_comes, 0,
	    (int)COUNT_OF(late));
	tcase_add_test(cases, only_the_first_answer_to_a_prompt_may_come_late);
	tcase_add_test(
	    cases, a_second_prompt_of_the_same_screen_leaves_the_trail_alone);
	tcase_add_test(
	    cases, a_prompt_of_the_lines_corridor_reaches_who_is_in_another);
	tcase_add_loop_test(cases,
	    a_prompt_of_what_there_is_not_says_nothing_and_changes_nothing, 0,
	    (int)COUNT_OF(nothing));
	tcase_add_test(
	    cases, who_stopped_or_talks_with_a_person_is_not_prompted);
	tcase_add_test(
	    cases, where_a_reload_took_the_screen_away_back_leads_home);
	suite_add_tcase(suite, cases);
	return (suite);
}

CHECK_MAIN(suite_of_walk_prompt);
