/* How answers are read, the ways between screens, pages and languages. */
#include "tests/walk_fixture.h"

START_TEST(the_words_of_the_screen_go_before_commands)
{
	/* "menu" begins the option "Menu of fees". */
	talk_run(&talk,
	    TALK({ "hi", "Work", 0 }, { "1", "licence", 0 }, { "1", "pay?", 0 },
		{ "menu", "Few signs", 0 }, { "menu", "Work abroad", 0 },
		{ "passport", "the limit", 0 }));
}
END_TEST

/* Ways to say the second of three. */
static const char *const seconds[] = { "2", "2.", "(2)", " 2 ", "२", "٢", "২",
	"no", "NO!", "two", "2 no", "n", "chaina", "hoina", "छैन" };

START_TEST(an_answer_is_read_in_any_script_and_spelling)
{
	struct turn turn = { seconds[_i], "Did you pay?", 0 };

	talk_run(&talk, TALK({ "hi", "Work", 0 }, { "1", "licence", 0 }));
	talk_turn(&talk, &turn);
	ck_assert_str_eq(walk_answer(&talk.walk, "licence"), "no");
}
END_TEST

/* Text, and the answer it becomes; NULL asks again. */
static const struct {
	const char *in;
	const char *saved;
	const char *reply;
} amounts[] = {
	{ "1500", "1500", "Work abroad" },
	{ "1,500", "1500", "Work abroad" },
	{ "१५००", "1500", "Work abroad" },
	{ "1500 rupees", "1500", "Work abroad" },
	{ "NPR 200", "200", "That is little." },
	{ "1", "skip", "You have rights" },
	{ "skip", "skip", "You have rights" },
	{ "50", NULL, "From 100 to 9000 please.\nHow much" },
	{ "99999", NULL, "From 100 to 9000 please.\nHow much" },
	{ "a lot of money", NULL, "Not understood.\nHow much" },
	{ "15 or 20", NULL, "Not understood.\nHow much" },
};

START_TEST(a_number_is_read_and_must_be_in_range)
{
	struct turn turn = { amounts[_i].in, amounts[_i].reply, 0 };
	const char *saved;

	talk_run(&talk, TALK({ "hi", "Work", 0 }, { "5", "earn", 0 }));
	talk_turn(&talk, &turn);
	saved = walk_answer(&talk.walk, "wage");
	ck_assert_pstr_eq(saved, amounts[_i].saved);
}
END_TEST

START_TEST(two_unreadable_answers_offer_a_person_and_never_loop)
{
	talk_run(&talk,
	    TALK({ "hi", "Work", 0 }, { "1", "licence", 0 },
		{ "hmm",
		    "=Not understood.\nDid you check the licence?\n1 Yes\n"
		    "2 No\n3 Not sure\n0 Back",
		    0 },
		{ "what",
		    "=Still not understood. What now?\n"
		    "1 A person helps me\n2 Try again\n00 Menu",
		    0 },
		{ "2", "Did you check", 0 }, { "hmm", "Not understood", 0 },
		{ "8", "What now?", 0 },
		{ "I do not know", "=A person reads KX47.", OPEN | JOIN }));
	ck_assert_int_eq(talk.step.urgency, 0);
	ck_assert_str_eq(talk.step.opened_by, "unclear");
	talk_run(&talk,
	    TALK({ "and more", "=Added to KX47.", JOIN },
		{ "1", "Work abroad", 0 }, { "1", "licence", 0 },
		{ "hmm", "=Added to KX47.", JOIN }, { "1", "pay?", UPDATE }));
}
END_TEST

START_TEST(the_offer_of_a_person_can_be_taken)
{
	talk_run(&talk,
	    TALK({ "hi", "Work", 0 }, { "x", "Not", 0 },
		{ "x", "What now?", 0 },
		{ "1", "Your number is KX47.\nIs it safe", OPEN }));
	ck_assert_str_eq(talk.step.opened_by, "unclear");
	talk_end(&talk);
	talk_begin(&talk, menus, "gulf", "en");
	talk_run(&talk,
	    TALK({ "hi", "Work", 0 }, { "2", "rights", 0 }, { "x", "Not", 0 },
		{ "x", "What now?", 0 }, { "00", "Work abroad", 0 }));
}
END_TEST

START_TEST(a_readable_answer_between_forgives_the_misread_one)
{
	talk_run(&talk,
	    TALK({ "hi", "Work", 0 }, { "x", "Not understood", 0 },
		{ "1", "licence", 0 }, { "x", "Not understood", 0 },
		{ "1", "pay?", 0 }, { "x", "Not understood", 0 }));
}
END_TEST

START_TEST(after_silence_nothing_is_taken_for_an_answer)
{
	talk_run(&talk,
	    TALK({ "hi", "Work", 0 }, { "1", "licence", 0 },
		{ "@silence", "", 0 },
		{ "1", "=Welcome back. Go on?\n1 Continue\n2 Start again", 0 },
		{ "1", "Did you check", 0 }));
	ck_assert_ptr_null(walk_answer(&talk.walk, "licence"));
	talk_run(&talk,
	    TALK({ "1", "pay?", 0 }, { "@silence", "", 0 },
		{ "hello", "Go on?", 0 }, { "2", "Work abroad", 0 }));
	ck_assert_uint_eq(talk.walk.answer_count, 0);
	talk_run(&talk,
	    TALK({ "@silence", "", 0 }, { "2", "rights", 0 },
		{ "@silence", "", 0 }, { "menu", "Work abroad", 0 }));
}
END_TEST

START_TEST(after_silence_words_join_the_open_request)
{
	talk_run(&talk,
	    TALK({ "help", "KX47", OPEN }, { "@silence", "", 0 },
		{ "please call", "=Added to KX47.", JOIN },
		{ "@silence", "", 0 }, { "1", "Go on?", 0 },
		{ "1", "Is it safe", 0 }));
}
END_TEST

START_TEST(back_goes_the_way_one_came_and_counts_nothing_twice)
{
	talk_run(&talk,
	    TALK({ "hi", "Work", 0 }, { "0", "Work abroad", 0 },
		{ "1", "licence", 0 }, { "2", "pay?", 0 },
		{ "0", "licence", 0 }, { "2", "pay?", 0 },
		{ "0", "licence", 0 }, { "back", "Work", 0 },
		{ "1", "licence", 0 }, { "2", "pay?", 0 },
		/* risk is 3 and not 9: few signs */
		{ "2", "Few signs.\n0 Back\n00 Menu", 0 }, { "0", "pay?", 0 },
		{ "००", "Work abroad", 0 }));
}
END_TEST

START_TEST(a_check_taken_twice_starts_from_nothing)
{
	talk_run(&talk,
	    TALK({ "hi", "Work", 0 }, { "1", "licence", 0 }, { "2", "pay?", 0 },
		{ "1", "receipt", 0 }, { "2", "Many", 0 }, { "00", "Work", 0 },
		{ "1", "licence", 0 }, { "1", "pay?", 0 },
		{ "2", "Few signs", 0 }));
}
END_TEST

START_TEST(a_trail_longer_than_its_room_forgets_its_beginning)
{
	talk_turn(&talk, &(struct turn){ "hi", "Work", 0 });
	for (int i = 0; i < 3 * WALK_TRAIL_MOST; i++) {
		talk_turn(&talk, &(struct turn){ "4", "This text", 0 });
		talk_turn(&talk, &(struct turn){ "3", "Work", 0 });
	}
	ck_assert_uint_eq(talk.walk.trail_count, WALK_TRAIL_MOST);
	for (int i = 0; i < WALK_TRAIL_MOST; i++)
		talk_turn(&talk, &(struct turn){ "0", " ", 0 });
	ck_assert_uint_eq(talk.walk.trail_count, 0);
}
END_TEST

START_TEST(a_long_screen_comes_in_pages_with_the_same_numbers)
{
	talk_run(&talk,
	    TALK({ "hi", "Work", 0 },
		{ "4", "This text is long|1 The first|9 More|-4 The fourth",
		    0 },
		{ "9", "4 The fourth|-9 More|-This text", 0 },
		{ "9",
		    "=Not understood.\n3 The third choice of this long screen\n4 The fourth choice of this long screen",
		    0 },
		{ "1", "You have rights", 0 }, { "0", "This text", 0 },
		{ "more", "4 The fourth", 0 }, { "4", "You have rights", 0 }));
}
END_TEST

/* First text, language of the line, language of the answer. */
static const struct {
	const char *in;
	const char *line;
	const char *language;
} firsts[] = {
	{ "hi", "en", "en" },
	{ "hi", "ne", "ne" },
	{ "hi", "fr", "en" },
	{ "नमस्ते", "en", "ne" },
	{ "maddat", "en", "ne-Latn" },
	{ "मद्दत", "en", "ne" },
	{ "help", "ne", "en" },
	{ "suchi", "en", "ne-Latn" },
	{ "menu", "ne", "ne" },
	{ "سلام", "en", "en" },
	{ "@call", "ne-Latn", "ne-Latn" },
	{ "guhar", "ne", "ne-Latn" },
};

START_TEST(the_first_answer_is_in_the_language_of_the_first_text)
{
	struct step_input input = {
		.kind = strcmp(firsts[_i].in, "@call") == 0 ? INPUT_CALL
							    : INPUT_TEXT,
		.text = firsts[_i].in,
		.channel = &channel_sms,
		.now_utc_s = TALK_NOON,
		.corridor = "gulf",
		.line_language = firsts[_i].line,
		.known_language = "",
		.ref = "KX47",
	};

	menu_step(menus, &talk.walk, &input, &talk.step);
	ck_assert_str_eq(talk.step.language, firsts[_i].language);
	step_free(&talk.step);
	walk_free(&talk.walk);
	input.known_language = "ne";
	menu_step(menus, &talk.walk, &input, &talk.step);
	ck_assert_str_eq(talk.step.language, "ne");
}
END_TEST

START_TEST(the_language_is_changed_anywhere_and_the_screen_stays)
{
	talk_run(&talk,
	    TALK({ "hi", "Work", 0 }, { "1", "licence", 0 },
		{ "language", "=Language?\n1 English\n2 नेपाली\n3 Nepali", 0 },
		{ "7", "Not understood.\nLanguage?", 0 },
		{ "nepali", "Language set.\nDid you check", 0 },
		{ "language", "Language?", 0 },
		{ "2", "अनुमति जाँच्नुभयो?\n1 हो\n2 होइन", 0 },
		{ "हजुर", "Did you pay?", 0 }, { "LANGUAGE", "Language?", 0 },
		{ "0", "Did you pay?", 0 }));
	ck_assert_str_eq(walk_answer(&talk.walk, "licence"), "yes");
}
END_TEST

START_TEST(a_call_is_greeted_or_shown_where_it_was)
{
	talk_run(&talk,
	    TALK({ "@call", "Work abroad", 0 }, { "1", "licence", 0 },
		{ "@call", "Did you check", 0 }));
}
END_TEST

START_TEST(a_fact_is_sent_only_while_it_may_be)
{
	/* In 2025 it is not yet checked, then in date, then expired. */
	talk_run(&talk,
	    TALK({ "hi", "Work", 0 },
		{ "6", "=We are checking the limit.\n0 Back\n00 Menu", 0 }));
	talk.now_utc_s += 300LL * 86400;
	talk_run(&talk,
	    TALK({ "menu", "Work", 0 },
		{ "6", "NPR 10,000. Checked 1 Jun 2026.", 0 }));
	talk.now_utc_s += 300LL * 86400;
	talk_run(
	    &talk, TALK({ "menu", "Work", 0 }, { "6", "We are checking", 0 }));
}
END_TEST

START_TEST(texts_join_the_open_request_when_the_talk_is_over)
{
	talk_run(&talk,
	    TALK({ "help", "KX47", OPEN }, { "1", "May", UPDATE },
		{ "1", "danger", UPDATE }, { "3", "country", UPDATE },
		{ "1", "Thank you", UPDATE | ERASE },
		{ "he took my phone", "=Added to KX47.", JOIN },
		{ "menu", "Work", 0 }, { "2", "rights", 0 }));
}
END_TEST

START_TEST(a_screen_that_is_gone_leads_home_with_a_word)
{
	talk_run(&talk, TALK({ "hi", "Work", 0 }, { "1", "licence", 0 }));
	snprintf(talk.walk.screen, sizeof(talk.walk.screen), "gone");
	talk_run(&talk,
	    TALK({ "1", "The menu changed.\nWork abroad", 0 },
		{ "1", "licence", 0 }));
	snprintf(talk.walk.screen, sizeof(talk.walk.screen), "gone");
	talk_run(&talk, TALK({ "help", "KX47", OPEN }));
}
END_TEST

START_TEST(another_corridor_starts_afresh_and_an_unknown_one_says_nothing)
{
	talk_run(&talk, TALK({ "hi", "Work", 0 }, { "1", "licence", 0 }));
	snprintf(
	    talk.walk.line_corridor, sizeof(talk.walk.line_corridor), "other");
	talk_run(&talk, TALK({ "2", "Work abroad", 0 }));
	talk.corridor = "nowhere";
	talk_run(&talk, TALK({ "help", "", 0 }));
}
END_TEST

START_TEST(a_walk_that_was_tampered_with_is_refused)
{
	struct text bytes = { 0 };
	struct walk walk;

	talk_run(&talk,
	    TALK({ "hi", "Work", 0 }, { "1", "licence", 0 },
		{ "1", "pay?", 0 }));
	walk_write(&talk.walk, &bytes);
	for (size_t length = 0; length < bytes.length; length++) {
		memset(&walk, 0xa5, sizeof(walk));
		ck_assert_int_eq(
		    walk_read(bytes.bytes, length, &walk), REFUSED);
		ck_assert_int_eq(walk.mood, WALK_FRESH);
	}
	for (size_t i = 0; i < bytes.length; i++) {
		bytes.bytes[i] ^= (char)0xff;
		if (walk_read(bytes.bytes, bytes.length, &walk) == DONE)
			walk_free(&walk);
		bytes.bytes[i] ^= (char)0xff;
	}
	text_free(&bytes);
}
END_TEST

static Suite *
suite_of_walk_answers(void)
{
	Suite *suite = suite_create("walk_answers");
	TCase *cases = tcase_create("talks");

	tcase_add_checked_fixture(cases, set_up, tear_down);
	tcase_add_test(cases, the_words_of_the_screen_go_before_commands);
	tcase_add_loop_test(cases, an_answer_is_read_in_any_script_and_spelling,
	    0, (int)COUNT_OF(seconds));
	tcase_add_loop_test(cases, a_number_is_read_and_must_be_in_range, 0,
	    (int)COUNT_OF(amounts));
	tcase_add_test(
	    cases, two_unreadable_answers_offer_a_person_and_never_loop);
	tcase_add_test(cases, the_offer_of_a_person_can_be_taken);
	tcase_add_test(
	    cases, a_readable_answer_between_forgives_the_misread_one);
	tcase_add_test(cases, after_silence_nothing_is_taken_for_an_answer);
	tcase_add_test(cases, after_silence_words_join_the_open_request);
	tcase_add_test(
	    cases, back_goes_the_way_one_came_and_counts_nothing_twice);
	tcase_add_test(cases, a_check_taken_twice_starts_from_nothing);
	tcase_add_test(
	    cases, a_trail_longer_than_its_room_forgets_its_beginning);
	tcase_add_test(
	    cases, a_long_screen_comes_in_pages_with_the_same_numbers);
	tcase_add_loop_test(cases,
	    the_first_answer_is_in_the_language_of_the_first_text, 0,
	    (int)COUNT_OF(firsts));
	tcase_add_test(
	    cases, the_language_is_changed_anywhere_and_the_screen_stays);
	tcase_add_test(cases, a_call_is_greeted_or_shown_where_it_was);
	tcase_add_test(cases, a_fact_is_sent_only_while_it_may_be);
	tcase_add_test(
	    cases, texts_join_the_open_request_when_the_talk_is_over);
	tcase_add_test(cases, a_screen_that_is_gone_leads_home_with_a_word);
	tcase_add_test(cases,
	    another_corridor_starts_afresh_and_an_unknown_one_says_nothing);
	tcase_add_test(cases, a_walk_that_was_tampered_with_is_refused);
	suite_add_tcase(suite, cases);
	return (suite);
}

CHECK_MAIN(suite_of_walk_answers);
