/* What is asked when a request was closed, in every corridor that ships and in
 * every language it speaks: it comes unasked, so it must fit, give nothing
 * away, and take nobody the way to a person or to silence. */
#include <string.h>

#include "gateway/text/segments.h"
#include "menus/menu_walk.h"
#include "tests/check_main.h"

enum { NOON = 1795262400 /* 2026-11-21 */ };

static const struct menus *
shipped(void)
{
	static struct menus *menus;

	if (menus == NULL)
		ck_assert_int_eq(menus_load(SOURCE_TREE "/menus",
				     SOURCE_TREE "/locales", &menus),
		    DONE);
	return (menus);
}

/* One caller, of whom the hub knows the language. */
struct caller {
	const struct corridor *corridor;
	const char *language;
	const char *name; /* of both, for what went wrong */
	struct walk walk;
	struct step step;
};

static const char *
meet(struct caller *caller, enum input_kind kind, const char *words)
{
	const struct step_input input = {
		.kind = kind,
		.text = words,
		.screen = MENU_FEEDBACK_SCREEN,
		.channel = &channel_sms,
		.now_utc_s = NOON,
		.resume_after_s = 6 * 3600,
		.corridor = caller->corridor->id,
		.line_language = "en",
		.known_language = caller->language,
		.ref = "KM7P4",
	};

	step_free(&caller->step);
	menu_step(shipped(), &caller->walk, &input, &caller->step);
	return (text_string(&caller->step.reply));
}

/* Runs a proof for each corridor and language. */
static void
for_everybody(void (*prove)(struct caller *caller))
{
	size_t count = menus_corridor_count(shipped());

	ck_assert_uint_ge(count, 5);
	for (size_t c = 0; c < count; c++) {
		const struct corridor *corridor =
		    menus_corridor_at(shipped(), c);

		for (size_t l = 0; l < corridor->language_count; l++) {
			struct caller caller = {
				.corridor = corridor,
				.language = corridor->languages[l],
			};
			struct text name = { 0 };

			text_printf(
			    &name, "%s in %s", corridor->id, caller.language);
			caller.name = text_string(&name);
			prove(&caller);
			step_free(&caller.step);
			walk_free(&caller.walk);
			text_free(&name);
		}
	}
}

static void
prove_saved(struct caller *caller, const char *name, const char *wanted)
{
	const char *value = walk_answer(&caller->walk, name);

	ck_assert_msg(value != NULL && strcmp(value, wanted) == 0,
	    "%s: %s is '%s', not '%s'", caller->name, name,
	    value != NULL ? value : "nothing", wanted);
}

static void
prove_walk(struct caller *caller)
{
	const char *thanks;

	ck_assert_str_ne(meet(caller, INPUT_PROMPT, NULL), "");
	ck_assert_str_ne(meet(caller, INPUT_TEXT, "2"), "");
	prove_saved(caller, "feedback_useful", "little");
	ck_assert_str_ne(meet(caller, INPUT_TEXT, "4"), "");
	prove_saved(caller, "feedback_next", "help");
	thanks = meet(caller, INPUT_TEXT, "1");
	ck_assert_msg(thanks[0] != '\0' &&
		(caller->step.effects & EFFECT_ERASE_WALK) != 0,
	    "%s: it does not end but says: %s", caller->name, thanks);
	/* The hub notes it from the step: the conversation is erased. */
	ck_assert_str_eq(caller->step.saved, "feedback_followup");
	ck_assert_str_eq(text_string(&caller->step.saved_value), "yes");
	ck_assert_msg((caller->step.effects & EFFECT_OPEN_REQUEST) == 0,
	    "%s: it opens a request", caller->name);
}

START_TEST(three_answers_are_saved_and_then_it_is_over)
{
	for_everybody(prove_walk);
}
END_TEST

static void
prove_small(struct caller *caller)
{
	const char *words = meet(caller, INPUT_PROMPT, NULL);
	enum alphabet alphabet;
	unsigned units;
	unsigned parts = segments_count(words, &alphabet, &units);

	ck_assert_msg(parts <= 1 + (unsigned)(alphabet == ALPHABET_UCS2),
	    "%s: %u parts: %s", caller->name, parts, words);
	ck_assert_msg(strcmp(caller->language, "en") == 0 ||
		strstr(words, "Was our info") == NULL,
	    "%s: it is English", caller->name);
}

START_TEST(the_first_question_is_short_and_in_the_callers_language)
{
	for_everybody(prove_small);
}
END_TEST

/* Whoever finds the phone reads a question any shop could ask. */
static void
prove_neutral(struct caller *caller)
{
	static const char *const words[] = { "case", "help", "request", "agent",
		"passport", "boss", "police", "danger", "safe", "KM7P4" };
	const char *said;

	if (strcmp(caller->language, "en") != 0)
		return;
	said = meet(caller, INPUT_PROMPT, NULL);
	for (size_t i = 0; i < COUNT_OF(words); i++)
		ck_assert_msg(strcasestr(said, words[i]) == NULL,
		    "%s: '%s' stands in: %s", caller->name, words[i], said);
}

START_TEST(the_first_question_gives_nothing_away)
{
	for_everybody(prove_neutral);
}
END_TEST

static void
prove_help(struct caller *caller)
{
	(void)meet(caller, INPUT_PROMPT, NULL);
	ck_assert_msg(strstr(meet(caller, INPUT_TEXT, "HELP"), "KM7P4") != NULL,
	    "%s: HELP is not heard", caller->name);
	ck_assert((caller->step.effects & EFFECT_OPEN_REQUEST) != 0);
}

START_TEST(help_is_heard_instead_of_an_answer)
{
	for_everybody(prove_help);
}
END_TEST

static void
prove_stop(struct caller *caller)
{
	(void)meet(caller, INPUT_PROMPT, NULL);
	(void)meet(caller, INPUT_TEXT, "STOP");
	ck_assert_msg((caller->step.effects & EFFECT_STOP) != 0,
	    "%s: STOP is not heard", caller->name);
	ck_assert_ptr_null(walk_answer(&caller->walk, "feedback_useful"));
}

START_TEST(stop_is_heard_instead_of_an_answer)
{
	for_everybody(prove_stop);
}
END_TEST

/* No word of an option is one that opens a request or silences. */
static void
prove_words(struct caller *caller)
{
	static const char *const screens[] = { "feedback-start",
		"feedback-next" };

	for (size_t s = 0; s < COUNT_OF(screens); s++) {
		const struct screen *screen =
		    corridor_find_screen(caller->corridor, screens[s]);

		ck_assert_ptr_nonnull(screen);
		for (size_t i = 0; i < screen->option_count; i++) {
			const struct screen_option *option =
			    &screen->options[i];

			walk_free(&caller->walk);
			(void)meet(caller, INPUT_PROMPT, NULL);
			if (s > 0)
				(void)meet(caller, INPUT_TEXT, "1");
			(void)meet(caller, INPUT_TEXT,
			    catalog_text(menus_catalog(shipped()),
				caller->language, option->text_id,
				option->text));
			prove_saved(caller, screen->save, option->value);
		}
	}
}

START_TEST(an_option_is_chosen_by_its_words)
{
	for_everybody(prove_words);
}
END_TEST

static Suite *
suite_of_feedback(void)
{
	Suite *suite = suite_create("feedback");
	TCase *tcase = tcase_create("shipped");

	tcase_set_timeout(tcase, 120);
	tcase_add_test(tcase, three_answers_are_saved_and_then_it_is_over);
	tcase_add_test(
	    tcase, the_first_question_is_short_and_in_the_callers_language);
	tcase_add_test(tcase, the_first_question_gives_nothing_away);
	tcase_add_test(tcase, help_is_heard_instead_of_an_answer);
	tcase_add_test(tcase, stop_is_heard_instead_of_an_answer);
	tcase_add_test(tcase, an_option_is_chosen_by_its_words);
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(suite_of_feedback);
