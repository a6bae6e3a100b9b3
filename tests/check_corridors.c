/* What must hold on every screen of every corridor that ships. */
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

/* A caller who stands on a screen, in a language, and has not answered. */
static void
stand_on(struct walk *walk, const struct corridor *corridor,
    const struct screen *screen, const char *language)
{
	*walk = (struct walk){
		.mood = WALK_ON_SCREEN,
		.last_utc_s = NOON - 60,
	};
	snprintf(walk->corridor, sizeof(walk->corridor), "%s", corridor->id);
	snprintf(walk->screen, sizeof(walk->screen), "%s", screen->id);
	snprintf(walk->language, sizeof(walk->language), "%s", language);
}

static struct step_input
text_of(const struct corridor *corridor, const char *text)
{
	return ((struct step_input){
	    .kind = INPUT_TEXT,
	    .text = text,
	    .channel = &channel_sms,
	    .now_utc_s = NOON,
	    .resume_after_s = 21600,
	    .corridor = corridor->id,
	    .line_language = "en",
	    .known_language = "en",
	    .ref = "KM7P4",
	});
}

static void
expect_help(const struct corridor *corridor, const struct screen *screen,
    const char *language, const char *word, int is_stopped)
{
	struct walk walk;
	struct step step = { 0 };
	struct step_input input = text_of(corridor, word);

	input.is_stopped = is_stopped;
	stand_on(&walk, corridor, screen, language);
	menu_step(shipped(), &walk, &input, &step);
	ck_assert_msg((step.effects & EFFECT_OPEN_REQUEST) != 0 &&
		strstr(text_string(&step.reply), "KM7P4") != NULL,
	    "%s/%s in %s: '%s' opens no request but says: %s", corridor->id,
	    screen->id, language, word, text_string(&step.reply));
	step_free(&step);
	walk_free(&walk);
}

START_TEST(help_is_heard_on_every_screen_in_every_language)
{
	static const char *const everywhere[] = { "HELP", "help!", "SOS" };
	static const char *const nepali[] = { "मद्दत", "maddat", "Maddat." };

	for (size_t c = 0; c < menus_corridor_count(shipped()); c++) {
		const struct corridor *corridor =
		    menus_corridor_at(shipped(), c);
		int is_nepali = strcmp(corridor->id, "nepal-gulf") == 0;

		for (size_t s = 0; s < corridor->screen_count; s++) {
			const struct screen *screen = &corridor->screens[s];

			for (size_t l = 0; l < corridor->language_count; l++) {
				const char *language = corridor->languages[l];

				for (int i = 0; i < 3; i++) {
					expect_help(corridor, screen, language,
					    everywhere[i], i % 2);
					if (is_nepali)
						expect_help(corridor, screen,
						    language, nepali[i], i % 2);
				}
			}
		}
	}
}
END_TEST

START_TEST(stop_is_heard_on_every_screen_in_every_language)
{
	for (size_t c = 0; c < menus_corridor_count(shipped()); c++) {
		const struct corridor *corridor =
		    menus_corridor_at(shipped(), c);

		for (size_t s = 0; s < corridor->screen_count; s++) {
			struct step_input input = text_of(corridor, "Stop");
			struct step step = { 0 };
			struct walk walk;

			stand_on(&walk, corridor, &corridor->screens[s],
			    corridor->languages[0]);
			menu_step(shipped(), &walk, &input, &step);
			ck_assert_msg((step.effects & EFFECT_STOP) != 0,
			    "%s/%s: STOP is not heard", corridor->id,
			    corridor->screens[s].id);
			step_free(&step);
			walk_free(&walk);
		}
	}
}
END_TEST

START_TEST(stop_among_other_words_silences_nobody)
{
	const struct corridor *corridor =
	    menus_find_corridor(shipped(), "nepal-gulf");
	struct step_input input = text_of(corridor, "stop hitting me");
	struct step step = { 0 };
	struct walk walk = { 0 };

	menu_step(shipped(), &walk, &input, &step);
	ck_assert((step.effects & EFFECT_STOP) == 0);
	ck_assert(step.reply.length > 0);
	step_free(&step);
	walk_free(&walk);
}
END_TEST

static Suite *
suite_of_corridors(void)
{
	Suite *suite = suite_create("corridors");
	TCase *tcase = tcase_create("shipped");

	tcase_set_timeout(tcase, 300);
	tcase_add_test(tcase, help_is_heard_on_every_screen_in_every_language);
	tcase_add_test(tcase, stop_is_heard_on_every_screen_in_every_language);
	tcase_add_test(tcase, stop_among_other_words_silences_nobody);
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(suite_of_corridors);
