/* What a step leaves for counting, and for what a caseworker asked. */
#include "menus/stepping.h"

static const struct screen_option *
find_option(const struct screen *screen, const char *value)
{
	for (size_t i = 0; i < screen->option_count; i++) {
		const struct screen_option *option = &screen->options[i];

		if (option->value != NULL && strcmp(option->value, value) == 0)
			return (option);
	}
	return (NULL);
}

/* Only what an editor wrote is counted, never what a caller typed. */
void
step_note_saved(struct stepping *stepping, const char *value)
{
	const struct screen *screen = stepping->screen;
	const struct screen_option *option = find_option(screen, value);
	struct step *step = stepping->step;

	if (option == NULL || screen->is_private)
		return;
	snprintf(step->saved, sizeof(step->saved), "%s", screen->save);
	text_clear(&step->saved_value);
	text_add(&step->saved_value, value);
	step->is_saved_first =
	    walk_answer(stepping->walk, screen->save) == NULL;
	step->has_weight = option->weight_count > 0;
}

/* For a caseworker's question: the engine asks nothing itself here. */
void
step_note_yes_or_no(struct stepping *stepping)
{
	struct step *step = stepping->step;

	/* "Yes" to being free to talk is no yes to anything else, and may be
	 * somebody else's. */
	if ((step->effects & EFFECT_JOIN_CASE) == 0 ||
	    stepping->input->is_guarded)
		return;
	if (step_is_word(stepping, KEYWORD_YES))
		step->yes_or_no = 1;
	else if (step_is_word(stepping, KEYWORD_NO))
		step->yes_or_no = -1;
}
