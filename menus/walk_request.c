#include "menus/stepping.h"

enum { URGENCY_LOW = 0, URGENCY_NORMAL = 1, URGENCY_NOW = 3 };

static int
urgency(const struct stepping *stepping)
{
	int64_t found = expression_number(stepping->corridor->urgency,
	    walk_values_lookup, &stepping->values, URGENCY_NORMAL);

	if (found < URGENCY_LOW)
		return (URGENCY_LOW);
	return (found > URGENCY_NOW ? URGENCY_NOW : (int)found);
}

static const char *
consent(const struct stepping *stepping)
{
	const char *answer =
	    walk_answer(stepping->walk, stepping->corridor->consent);

	if (answer != NULL && strcmp(answer, "yes") == 0)
		return ("yes");
	return (answer != NULL && strcmp(answer, "no") == 0 ? "no" : "unasked");
}

/* One field of a line: what would end it becomes a space. */
static void
add_field(struct text *answers, const char *words, int end)
{
	for (; *words != '\0'; words++)
		text_add_byte(
		    answers, *words == '\t' || *words == '\n' ? ' ' : *words);
	text_add_byte(answers, end);
}

/* An answer as people say it: "Yes", "Safe place", "Skip". */
static const char *
answer_words(const struct stepping *stepping, const struct screen *screen,
    const char *value)
{
	if (screen->may_skip && strcmp(value, "skip") == 0)
		return (menus_say(stepping->menus, "en", SAY_SKIP));
	for (size_t i = 0; i < screen->option_count; i++)
		if (strcmp(screen->options[i].value, value) == 0)
			return (screen->options[i].text);
	return (value);
}

static void
add_answer(const struct stepping *stepping, const struct walk_answer *answer)
{
	const struct screen *screen =
	    corridor_find_screen(stepping->corridor, answer->screen);
	struct text *answers = &stepping->step->answers;
	struct speaker english = stepping->speaker;
	struct text question = { 0 };

	/* A question that is gone says no more whether it was private. */
	if (screen == NULL || screen->kind != SCREEN_ASK || screen->is_private)
		return;
	english.language = "en";
	speak_screen_text(&english, screen, &question);
	add_field(&stepping->step->values, answer->name, '\t');
	add_field(&stepping->step->values, answer->value, '\n');
	add_field(answers, answer->name, '\t');
	add_field(answers, text_string(&question), '\t');
	add_field(answers, answer_words(stepping, screen, answer->value), '\n');
	text_free(&question);
}

void
step_fill_request(struct stepping *stepping)
{
	struct step *step = stepping->step;
	const struct walk *walk = stepping->walk;
	int opens = (step->effects & EFFECT_OPEN_REQUEST) != 0;

	if (!opens && !stepping->input->has_request)
		return;
	if (stepping->has_saved || step->is_on_hold)
		step->effects |= EFFECT_UPDATE_REQUEST;
	/* What was said before HELP belongs to the request as well. */
	if (opens && walk->answer_count > 0)
		step->effects |= EFFECT_UPDATE_REQUEST;
	if ((step->effects & (EFFECT_OPEN_REQUEST | EFFECT_UPDATE_REQUEST)) ==
	    0)
		return;
	step->urgency = urgency(stepping);
	/* Opened because nothing was understood: nobody asked for it, so it
	 * waits behind those who did, unless an answer says danger. */
	if (opens && (step->effects & EFFECT_JOIN_CASE) != 0 &&
	    step->urgency == URGENCY_NORMAL)
		step->urgency = URGENCY_LOW;
	step->consent = consent(stepping);
	if (strcmp(step->consent, "yes") != 0)
		return;
	for (size_t i = 0; i < walk->answer_count; i++)
		add_answer(stepping, &walk->answers[i]);
}
