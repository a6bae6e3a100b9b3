/* What the helpline itself asks: go on or start again, here or by texts, which
 * language, a person or once more. */
#include "gateway/text/answer.h"
#include "menus/stepping.h"

int
step_offers_texts(const struct stepping *stepping)
{
	return (stepping->input->may_text &&
	    menus_say(stepping->menus, "en", SAY_RESUME_3)[0] != '\0');
}

static void
ask(struct stepping *stepping, enum walk_mood mood)
{
	stepping->walk->mood = mood;
	stepping->walk->misread = 0;
	step_show(stepping, 0);
}

static void
answer_resume(struct stepping *stepping)
{
	int most = step_offers_texts(stepping) ? 3 : 2;
	size_t choice = step_read_choice(stepping, (size_t)most);
	struct walk *walk = stepping->walk;

	if (choice == 1 || step_is_word(stepping, KEYWORD_YES)) {
		step_enter(stepping, stepping->screen);
	} else if (choice == 2 || step_is_word(stepping, KEYWORD_NO)) {
		char language[sizeof(walk->language)];
		int is_zawgyi = walk->is_zawgyi;

		memcpy(language, walk->language, sizeof(language));
		walk_free(walk);
		walk->is_zawgyi = is_zawgyi;
		step_set_language(stepping, language);
		snprintf(walk->line_corridor, sizeof(walk->line_corridor), "%s",
		    stepping->input->corridor);
		step_move_corridor(stepping,
		    menus_find_corridor(
			stepping->menus, stepping->input->corridor));
		stepping->screen = NULL;
		step_go_home(stepping);
	} else if (choice == 3) {
		ask(stepping, WALK_ASKS_TEXTS);
	} else {
		step_misread(stepping, SAY_UNREADABLE);
	}
}

/* A text stays in the phone, where others may read it: only who says that this
 * is safe gets one, and its answer finds the question whether to go on.  Where
 * no text can be sent (any more) it was never asked. */
static void
answer_texts(struct stepping *stepping)
{
	size_t choice = step_read_choice(stepping, 2);

	if (!step_offers_texts(stepping) || choice == 2 ||
	    step_is_word(stepping, KEYWORD_NO)) {
		ask(stepping, WALK_ASKS_RESUME);
	} else if (choice == 1 || step_is_word(stepping, KEYWORD_YES)) {
		stepping->step->effects |= EFFECT_TEXT_FIRST;
		stepping->walk->mood = WALK_ASKS_RESUME;
		stepping->walk->misread = 0;
		step_say_last(stepping, SAY_TEXTS_FOLLOW);
	} else {
		step_misread(stepping, SAY_UNREADABLE);
	}
}

static void
answer_language(struct stepping *stepping)
{
	const struct corridor *corridor = stepping->corridor;
	size_t count = corridor->language_count;
	size_t choice = step_read_choice(stepping, count);
	const char *names[MENU_OPTIONS_MOST];

	if (count > MENU_OPTIONS_MOST)
		count = MENU_OPTIONS_MOST;
	for (size_t i = 0; i < count; i++)
		names[i] = catalog_text(stepping->menus->catalog,
		    corridor->languages[i], "language/name", "English");
	if (choice == 0 && !stepping->answer.has_number)
		choice = answer_choose(&stepping->answer, names, count);
	if (choice == 0) {
		step_misread(stepping, SAY_UNREADABLE);
		return;
	}
	step_set_language(stepping, corridor->languages[choice - 1]);
	step_say_before(stepping, SAY_LANGUAGE_SET);
	step_enter(stepping, stepping->screen);
}

/* Nothing could be read, and nothing here either: a person reads it. */
static void
give_to_person(struct stepping *stepping)
{
	struct step *step = stepping->step;

	if (stepping->input->has_request) {
		step_join(stepping);
		return;
	}
	step_open_request(stepping, "unclear");
	step->effects |= EFFECT_JOIN_CASE;
	step_say_only(stepping, SAY_UNCLEAR_OPENED);
	stepping->walk->mood = WALK_FRESH;
	stepping->walk->misread = 0;
}

static void
answer_offer(struct stepping *stepping)
{
	size_t choice = step_read_choice(stepping, 2);

	if (choice == 1 || step_is_word(stepping, KEYWORD_YES)) {
		step_open_request(stepping, "unclear");
		step_go(stepping,
		    corridor_find_screen(
			stepping->corridor, stepping->corridor->help));
	} else if (choice == 2 || step_is_word(stepping, KEYWORD_NO)) {
		step_enter(stepping, stepping->screen);
	} else {
		give_to_person(stepping);
	}
}

void
step_answer_mood(struct stepping *stepping)
{
	switch (stepping->walk->mood) {
	case WALK_FRESH:
	case WALK_ON_SCREEN:
		return;
	case WALK_ASKS_RESUME:
		answer_resume(stepping);
		return;
	case WALK_ASKS_LANGUAGE:
		answer_language(stepping);
		return;
	case WALK_OFFERS_PERSON:
		answer_offer(stepping);
		return;
	case WALK_ASKS_TEXTS:
		answer_texts(stepping);
		return;
	}
}
