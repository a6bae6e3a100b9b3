#include "menus/stepping.h"

/* The screen that is asked for, where the caller is or else on their line. */
static const struct screen *
find_prompted(
    const struct stepping *stepping, const struct corridor **corridor_r)
{
	const char *id = stepping->input->screen;
	const struct screen *screen = NULL;

	*corridor_r = stepping->corridor;
	if (id == NULL)
		return (NULL);
	screen = corridor_find_screen(*corridor_r, id);
	if (screen != NULL)
		return (screen);
	*corridor_r =
	    menus_find_corridor(stepping->menus, stepping->walk->line_corridor);
	return (corridor_find_screen(*corridor_r, id));
}

/* Where the caller stands is put on the trail; who stood nowhere is led home by
 * `0`, not to the prompt again. */
static void
leave_trail(struct stepping *stepping)
{
	struct walk *walk = stepping->walk;

	if (stepping->screen == NULL) {
		snprintf(walk->screen, sizeof(walk->screen), "%s",
		    stepping->corridor->home);
		walk->trail_count = 0;
	}
	step_remember(walk);
}

void
step_prompt(struct stepping *stepping)
{
	const struct step_input *input = stepping->input;
	struct walk *walk = stepping->walk;
	const struct corridor *corridor;
	const struct screen *screen;

	/* A menu that is not heard asks nothing. */
	if (input->is_stopped || step_is_silent(stepping))
		return;
	screen = find_prompted(stepping, &corridor);
	/* An end would take the conversation away. */
	if (screen == NULL || screen->kind == SCREEN_END)
		return;
	if (walk->mood != WALK_FRESH)
		stepping->screen =
		    corridor_find_screen(stepping->corridor, walk->screen);
	if (screen != stepping->screen)
		leave_trail(stepping);
	if (corridor != stepping->corridor)
		step_move_corridor(stepping, corridor);
	step_enter(stepping, screen);
}

int
step_answers_prompt(const struct stepping *stepping)
{
	struct screen_reading reading;

	if (!stepping->walk->is_prompted)
		return (0);
	step_read_screen(stepping, &reading);
	text_free(&reading.value);
	return (reading.kind != READ_NOT && reading.kind != READ_EMPTY);
}
