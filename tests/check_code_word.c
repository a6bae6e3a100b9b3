/* A code word that the helpline could never hear as one is not taken. */
#include "menus/menu_walk.h"
#include "menus/system_texts.h"
#include "tests/check_main.h"

#define SCREEN "help-codeword"

enum { NOON = 1795262400 /* 2026-11-21 */ };

static struct menus *menus;
static struct walk walk;
static struct step step;

static void
load_menus(void)
{
	ck_assert_int_eq(
	    menus_load(SOURCE_TREE "/menus", SOURCE_TREE "/locales", &menus),
	    DONE);
}

static void
free_menus(void)
{
	menus_free(menus);
}

/* A caller of nepal-gulf with a request who is asked for a code word. */
static void
stand_on_question(void)
{
	walk = (struct walk){
		.mood = WALK_ON_SCREEN,
		.last_utc_s = NOON - 60,
		.corridor = "nepal-gulf",
		.line_corridor = "nepal-gulf",
		.screen = SCREEN,
		.language = "ne",
	};
}

static void
leave(void)
{
	step_free(&step);
	walk_free(&walk);
}

static void
say(const char *text)
{
	struct step_input input = {
		.kind = INPUT_TEXT,
		.text = text,
		.channel = &channel_sms,
		.now_utc_s = NOON,
		.resume_after_s = 21600,
		.corridor = "nepal-gulf",
		.line_language = "ne",
		.known_language = "ne",
		.has_request = 1,
		.ref = "KM7P4",
	};

	step_free(&step);
	step = (struct step){ 0 };
	menu_step(menus, &walk, &input, &step);
}

static const char *
chosen(void)
{
	const char *word = walk_answer(&walk, "codeword");

	return (word != NULL ? word : "");
}

/* Commands and plain answers of its languages, native and romanised; what
 * begins with a word for HELP; numbers. */
static const char *const taken[] = { "menu", "Menu.", "मेनु", "back", "language",
	"bhasa", "yes", "OK", "हुन्छ", "no", "maybe", "bye", "help mother",
	"मद्दत आमा", "2", "7" };

START_TEST(what_is_heard_as_something_else_is_no_code_word)
{
	const char *words = menus_say(menus, "ne", SAY_WORD_TAKEN);

	say(taken[_i]);
	ck_assert_msg(strstr(text_string(&step.reply), words) != NULL,
	    "'%s' is answered by '%s'", taken[_i], text_string(&step.reply));
	ck_assert_str_eq(walk.screen, SCREEN);
	ck_assert_str_eq(chosen(), "");
	/* Another word is taken as if nothing had been. */
	say("चरा");
	ck_assert_str_eq(chosen(), "चरा");
	ck_assert_str_ne(walk.screen, SCREEN);
}
END_TEST

static const char *const free_words[] = { "चरा", "mango", "blue bird", "menuka",
	"mother", "aama 7", "nothing" };

START_TEST(any_other_word_is_taken)
{
	say(free_words[_i]);
	ck_assert_str_eq(chosen(), free_words[_i]);
}
END_TEST

START_TEST(a_command_that_is_sent_again_is_meant)
{
	say("menu");
	say("menu");
	ck_assert_str_ne(walk.screen, SCREEN);
	ck_assert_str_eq(chosen(), "");
}
END_TEST

START_TEST(nobody_is_asked_for_ever)
{
	say("yes");
	say("yes");
	ck_assert_str_ne(walk.screen, SCREEN);
	ck_assert_str_eq(chosen(), "skip");
}
END_TEST

START_TEST(what_must_always_be_heard_is_heard)
{
	static const struct {
		const char *text;
		unsigned effect;
	} always[] = {
		{ "STOP", EFFECT_STOP },
		{ "HELP", EFFECT_ASKED_AGAIN },
		{ "forget me", EFFECT_FORGET },
	};

	say(always[_i].text);
	ck_assert_msg((step.effects & always[_i].effect) != 0,
	    "'%s' is answered by '%s'", always[_i].text,
	    text_string(&step.reply));
}
END_TEST

START_TEST(zero_leads_back_from_the_question)
{
	say("00");
	ck_assert_str_ne(walk.screen, SCREEN);
	ck_assert_str_eq(chosen(), "");
}
END_TEST

static Suite *
suite_of_code_words(void)
{
	Suite *suite = suite_create("code word");
	TCase *tcase = tcase_create("code word");

	tcase_add_unchecked_fixture(tcase, load_menus, free_menus);
	tcase_add_checked_fixture(tcase, stand_on_question, leave);
	tcase_set_timeout(tcase, 60);
	tcase_add_loop_test(tcase,
	    what_is_heard_as_something_else_is_no_code_word, 0,
	    (int)COUNT_OF(taken));
	tcase_add_loop_test(
	    tcase, any_other_word_is_taken, 0, (int)COUNT_OF(free_words));
	tcase_add_test(tcase, a_command_that_is_sent_again_is_meant);
	tcase_add_test(tcase, nobody_is_asked_for_ever);
	tcase_add_loop_test(tcase, what_must_always_be_heard_is_heard, 0, 3);
	tcase_add_test(tcase, zero_leads_back_from_the_question);
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(suite_of_code_words);
