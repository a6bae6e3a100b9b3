#include "tests/check_main.h"
#include "tests/menus_talk.h"

enum {
	OPEN = EFFECT_OPEN_REQUEST,
	AGAIN = EFFECT_ASKED_AGAIN,
	UPDATE = EFFECT_UPDATE_REQUEST,
	JOIN = EFFECT_JOIN_CASE,
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
	tcase_add_test(
	    cases, stop_ends_all_contact_until_the_caller_wants_it_again);
	tcase_add_test(
	    cases, after_stop_texts_still_reach_the_person_who_helps);
	tcase_add_test(cases, leaving_is_kind_and_is_no_stop);
	tcase_add_test(
	    cases, a_question_for_words_takes_all_but_a_bare_command);
	tcase_add_test(cases, long_words_are_cut_with_a_mark);
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

CHECK_MAIN(suite_of_menu_walk);
