/* Greeting, help, stop and what may be kept. */
#include "tests/walk_fixture.h"

START_TEST(a_first_text_is_greeted_and_numbers_lead_on)
{
	talk_run(&talk,
	    TALK({ "hi",
		     "=Work abroad. HELP reaches a person.\n1 Check a job\n"
		     "2 My rights\n3 Talk to a helper\n4 Long list\n5 Cost\n"
		     "6 Passport and papers",
		     0 },
		{ "1",
		    "=Did you check the licence?\n1 Yes\n2 No\n3 Not sure\n"
		    "0 Back",
		    0 },
		{ "2",
		    "Did you pay?\n1 I paid\n2 Nothing yet\n3 Menu of fees\n"
		    "4 Skip",
		    0 },
		{ "1", "Do you have a real receipt?|1 Yes\n2 No", 0 },
		{ "2", "Many signs.\n1 Talk to us", 0 },
		{ "1",
		    "A person will read this. Your number is KX47.\n"
		    "Is it safe to text now?\n1 Yes\n2 No",
		    OPEN | UPDATE },
		{ "yes", "May we keep your answers?", UPDATE }));
	ck_assert_str_eq(talk.step.consent, "unasked");
	ck_assert_str_eq(text_string(&talk.step.answers), "");
}
END_TEST

START_TEST(answers_reach_the_request_only_once_they_may_be_kept)
{
	talk_run(&talk,
	    TALK({ "hi", "Work abroad", 0 }, { "1", "licence", 0 },
		{ "no", "pay", 0 }, { "4", "Few signs.", 0 },
		{ "HELP", "KX47|Is it safe", OPEN | UPDATE }));
	ck_assert_str_eq(talk.step.opened_by, "help");
	ck_assert_int_eq(talk.step.urgency, 1);
	ck_assert_str_eq(text_string(&talk.step.answers), "");
	talk_run(&talk,
	    TALK({ "1", "May we keep", UPDATE },
		{ "1", "Are you in danger?", UPDATE }));
	ck_assert_str_eq(talk.step.consent, "yes");
	ck_assert_str_eq(text_string(&talk.step.answers),
	    "licence\tDid you check the licence?\tNo\n"
	    "paid\tDid you pay?\tSkip\n"
	    "consent\tMay we keep your answers?\tYes\n");
	talk_run(&talk,
	    TALK({ "1", "Which country?\n1 Skip", UPDATE },
		{ "Qatar\tand\nDoha", "Thank you. Your number is KX47.",
		    UPDATE | ERASE }));
	ck_assert_int_eq(talk.step.urgency, 3);
	ck_assert_ptr_nonnull(strstr(text_string(&talk.step.answers),
	    "country\tWhich country?\tQatar and Doha\n"));
	ck_assert_int_eq(talk.walk.mood, WALK_FRESH);
	ck_assert_uint_eq(talk.walk.answer_count, 0);
}
END_TEST

START_TEST(who_refuses_or_is_not_safe_is_left_in_peace)
{
	talk_run(&talk,
	    TALK({ "help me", "safe", OPEN }, { "no", "", UPDATE | ERASE }));
	ck_assert_int_eq(talk.step.is_on_hold, 1);
	talk_end(&talk);
	talk_begin(&talk, menus, "gulf", "en");
	talk_run(&talk,
	    TALK({ "sos", "safe", OPEN }, { "1", "May we", UPDATE },
		{ "No", "=We keep nothing.",
		    UPDATE | EFFECT_WITHDRAW | ERASE }));
	ck_assert_str_eq(talk.step.consent, "no");
	ck_assert_str_eq(text_string(&talk.step.answers), "");
}
END_TEST

/* HELP in three languages, on every kind of screen and in every mood. */
static const struct turn *const places[] = {
	TALK({ "hi", "Work", 0 }),
	TALK({ "hi", "Work", 0 }, { "2", "rights", 0 }),
	TALK({ "hi", "Work", 0 }, { "1", "licence", 0 }),
	TALK({ "hi", "Work", 0 }, { "5", "earn", 0 }),
	TALK({ "hi", "Work", 0 }, { "4", "long", 0 }),
	TALK({ "hi", "Work", 0 }, { "language", "Language?", 0 }),
	TALK({ "hi", "Work", 0 }, { "zz", "Not understood", 0 },
	    { "zz", "What now?", 0 }),
	TALK({ "hi", "Work", 0 }, { "2", "rights", 0 }, { "@silence", "", 0 },
	    { "zz", "Go on?", 0 }),
	TALK({ "stop", "=OK", EFFECT_STOP | ERASE }),
	TALK({ "@call", "Work", 0 }),
};
static const char *const cries[] = { "help", "HELP!", "मद्दत", "maddat", "sos",
	"Help please now", "गुहार" };

START_TEST(help_is_heard_everywhere_in_every_language)
{
	size_t place = (size_t)_i / COUNT_OF(cries);
	struct turn cry = { cries[(size_t)_i % COUNT_OF(cries)],
		"KX47|Is it safe", OPEN };

	talk_run(&talk, places[place]);
	if (talk.is_stopped)
		cry.effects |= EFFECT_START;
	talk_turn(&talk, &cry);
	ck_assert_str_eq(talk.step.opened_by, "help");
	ck_assert_int_eq(talk.is_stopped, 0);
}
END_TEST

START_TEST(help_again_keeps_the_one_request)
{
	talk_run(&talk,
	    TALK({ "help", "KX47", OPEN },
		{ "help",
		    "=We know of KX47.\nIs it safe to text now?\n1 Yes\n"
		    "2 No\n0 Back",
		    AGAIN },
		{ "@claim", "", 0 },
		{ "help", "=A helper has KX47.", AGAIN | JOIN },
		{ "my boss is here", "", JOIN }, { "1", "", JOIN },
		{ "stop it hurts", "", JOIN }, { "@call", "", 0 },
		{ "menu", "Work abroad", EFFECT_MENU_BACK },
		{ "2", "You have rights", 0 },
		{ "hello?", "=Added to KX47.", JOIN }));
}
END_TEST

START_TEST(a_number_that_is_no_choice_is_a_slip_once_and_words_are_for_a_person)
{
	talk_run(&talk,
	    TALK({ "help", "KX47", OPEN },
		{ "7",
		    "=Not understood.\nIs it safe to text now?\n1 Yes\n"
		    "2 No\n0 Back",
		    0 },
		{ "1", "May we", UPDATE }, { "8", "Not understood.|May we", 0 },
		{ "8", "=Added to KX47.", JOIN },
		{ "he is here", "=Added to KX47.", JOIN },
		{ "1", "danger", UPDATE }));
}
END_TEST

START_TEST(stop_ends_all_contact_until_the_caller_wants_it_again)
{
	talk_run(&talk,
	    TALK({ "hi", "Work", 0 }, { "1", "licence", 0 },
		{ "stop", "=OK", EFFECT_STOP | ERASE }, { "1", "", 0 },
		{ "hello", "", 0 }, { "@call", "", 0 },
		{ "stop", "", EFFECT_STOP },
		{ "forget me", "=Forgotten.", EFFECT_FORGET | ERASE },
		{ "start", "Hello again.\nWork abroad", EFFECT_START },
		{ "1", "licence", 0 }, { "STOP", "=OK", EFFECT_STOP | ERASE },
		{ "language", "Language?", EFFECT_START },
		{ "3", "Language set.\nBidesh ma kaam", 0 }));
}
END_TEST

START_TEST(after_stop_texts_still_reach_the_person_who_helps)
{
	talk_run(&talk,
	    TALK({ "help", "KX47", OPEN }, { "@claim", "", 0 },
		{ "stop", "=OK", EFFECT_STOP | ERASE },
		{ "are you there", "", JOIN }));
}
END_TEST

START_TEST(leaving_is_kind_and_is_no_stop)
{
	talk_run(&talk,
	    TALK({ "hi", "Work", 0 }, { "1", "licence", 0 },
		{ "end", "=Goodbye.", ERASE }, { "hi", "Work abroad", 0 }));
}
END_TEST

START_TEST(a_question_for_words_takes_all_but_a_bare_command)
{
	talk_run(&talk,
	    TALK({ "help", "KX47", OPEN }, { "1", "May", UPDATE },
		{ "1", "danger", UPDATE }, { "2", "Which country?", UPDATE },
		{ "0", "danger", 0 }, { "2", "Which country?", UPDATE },
		{ "stop paying me", "Thank you", UPDATE | ERASE }));
	ck_assert_ptr_nonnull(
	    strstr(text_string(&talk.step.answers), "\tstop paying me\n"));
	talk_end(&talk);
	talk_begin(&talk, menus, "gulf", "en");
	talk_run(&talk,
	    TALK({ "help", "KX47", OPEN }, { "1", "May", UPDATE },
		{ "1", "danger", UPDATE }, { "2", "Which country?", UPDATE },
		{ " ", "Your text was empty.\nWhich country?", 0 },
		{ "7", "Thank you", UPDATE | ERASE }));
	ck_assert_ptr_nonnull(strstr(text_string(&talk.step.answers), "\t7\n"));
}
END_TEST

START_TEST(long_words_are_cut_with_a_mark)
{
	char words[3 * WALK_ANSWER_MAX_BYTES + 1] = "";
	struct turn turn = { words, "Thank you", UPDATE | ERASE };

	for (size_t i = 0; i < WALK_ANSWER_MAX_BYTES; i++)
		memcpy(words + 3 * i, "म", 4);
	talk_run(&talk,
	    TALK({ "help", "KX47", OPEN }, { "1", "May", UPDATE },
		{ "1", "danger", UPDATE }, { "2", "Which country?", UPDATE }));
	talk_turn(&talk, &turn);
	ck_assert_ptr_nonnull(
	    strstr(text_string(&talk.step.answers), "म [...]\n"));
}
END_TEST

static Suite *
suite_of_menu_walk(void)
{
	Suite *suite = suite_create("menu_walk");
	TCase *cases = tcase_create("talks");

	tcase_add_checked_fixture(cases, set_up, tear_down);
	tcase_add_test(cases, a_first_text_is_greeted_and_numbers_lead_on);
	tcase_add_test(
	    cases, answers_reach_the_request_only_once_they_may_be_kept);
	tcase_add_test(cases, who_refuses_or_is_not_safe_is_left_in_peace);
	tcase_add_loop_test(cases, help_is_heard_everywhere_in_every_language,
	    0, (int)(COUNT_OF(places) * COUNT_OF(cries)));
	tcase_add_test(cases, help_again_keeps_the_one_request);
	tcase_add_test(cases,
	    a_number_that_is_no_choice_is_a_slip_once_and_words_are_for_a_person);
	tcase_add_test(
	    cases, stop_ends_all_contact_until_the_caller_wants_it_again);
	tcase_add_test(
	    cases, after_stop_texts_still_reach_the_person_who_helps);
	tcase_add_test(cases, leaving_is_kind_and_is_no_stop);
	tcase_add_test(
	    cases, a_question_for_words_takes_all_but_a_bare_command);
	tcase_add_test(cases, long_words_are_cut_with_a_mark);
	suite_add_tcase(suite, cases);
	return (suite);
}

CHECK_MAIN(suite_of_menu_walk);
