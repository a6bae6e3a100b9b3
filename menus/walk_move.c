#include "menus/stepping.h"

/* Screens passed without an answer in one step.  A circle of branches is
 * refused at load; this bounds one of questions that are all passed over. */
enum { HOPS_MOST = 256 };

void
step_move_corridor(struct stepping *stepping, const struct corridor *corridor)
{
	struct walk *walk = stepping->walk;

	stepping->corridor = corridor;
	stepping->speaker.corridor = corridor;
	stepping->values.corridor = corridor;
	snprintf(walk->corridor, sizeof(walk->corridor), "%s", corridor->id);
	step_choose_language(stepping);
}

/* The walk waits here. */
static void
stand(struct stepping *stepping, const struct screen *screen)
{
	struct walk *walk = stepping->walk;

	if (screen->kind == SCREEN_ASK || screen->kind == SCREEN_QUIZ)
		walk_forget_scores(stepping->corridor, walk, screen);
	if (screen->kind == SCREEN_LOOKUP)
		step_lookup_enter(stepping, screen);
	snprintf(walk->screen, sizeof(walk->screen), "%s", screen->id);
	walk->mood = WALK_ON_SCREEN;
	walk->misread = 0;
	stepping->screen = screen;
	step_show(stepping, 0);
}

static void
end_here(struct stepping *stepping, const struct screen *screen)
{
	struct step *step = stepping->step;

	stepping->has_ended = 1;
	if (screen->holds)
		step->is_on_hold = 1;
	if (screen->withdraws)
		step->effects |= EFFECT_WITHDRAW;
	/* An end without words is silence, whatever came before it. */
	step_forget_rest(stepping->walk);
	text_clear(&step->reply);
	if (screen->text[0] == '\0')
		return;
	step_say_screen_before(stepping, screen);
	step_say_alone(stepping, text_string(&stepping->before));
}

void
step_open_request(struct stepping *stepping, const char *opened_by)
{
	struct step *step = stepping->step;

	if (stepping->input->has_request ||
	    (step->effects & EFFECT_OPEN_REQUEST) != 0)
		return;
	step->effects |= EFFECT_OPEN_REQUEST;
	step->opened_by = opened_by;
}

static void
pass_request(struct stepping *stepping, const struct screen *screen)
{
	step_open_request(stepping, "menu");
	if (screen->way_count == 0)
		return;
	if (stepping->says_asked_again)
		step_say_before(stepping, SAY_ASKED_AGAIN);
	else
		step_say_screen_before(stepping, screen);
	stepping->says_asked_again = 0;
}

/* The next screen when this one needs no answer, or NULL when it waits. */
static const struct screen *
pass(struct stepping *stepping, const struct screen *screen)
{
	switch (screen->kind) {
	case SCREEN_REQUEST:
		pass_request(stepping, screen);
		return (walk_pick_way(&stepping->values, screen));
	case SCREEN_BRANCH:
		return (walk_pick_way(&stepping->values, screen));
	case SCREEN_ASK:
		if (screen->unless != NULL &&
		    expression_holds(
			screen->unless, walk_values_lookup, &stepping->values))
			return (walk_pick_way(&stepping->values, screen));
		return (NULL);
	case SCREEN_CORRIDOR:
		step_move_corridor(stepping, screen->corridor);
		return (screen->target);
	case SCREEN_MENU:
	case SCREEN_INFO:
	case SCREEN_END:
	case SCREEN_LOOKUP:
	case SCREEN_CHECKLIST:
	case SCREEN_QUIZ:
		return (NULL);
	}
	return (NULL);
}

void
step_enter(struct stepping *stepping, const struct screen *screen)
{
	for (int hops = 0; hops < HOPS_MOST; hops++) {
		const struct screen *next = pass(stepping, screen);

		if (next == NULL)
			break;
		screen = next;
	}
	if (screen->kind == SCREEN_END) {
		end_here(stepping, screen);
		return;
	}
	if (stepping->says_asked_again)
		step_say_before(stepping, SAY_ASKED_AGAIN);
	stand(stepping, screen);
}

void
step_remember(struct walk *walk)
{
	if (walk->trail_count == WALK_TRAIL_MOST) {
		memmove(walk->trail[0], walk->trail[1],
		    sizeof(walk->trail) - sizeof(walk->trail[0]));
		walk->trail_count--;
	}
	if (strcmp(walk->corridor, walk->line_corridor) == 0)
		snprintf(walk->trail[walk->trail_count], sizeof(walk->trail[0]),
		    "%s", walk->screen);
	else
		snprintf(walk->trail[walk->trail_count], sizeof(walk->trail[0]),
		    "%s:%s", walk->corridor, walk->screen);
	walk->trail_count++;
}

void
step_go(struct stepping *stepping, const struct screen *screen)
{
	if (stepping->screen != NULL && stepping->walk->mood != WALK_FRESH)
		step_remember(stepping->walk);
	step_enter(stepping, screen);
}

void
step_show_within(struct stepping *stepping, int is_deeper)
{
	if (is_deeper)
		step_remember(stepping->walk);
	stepping->walk->misread = 0;
	step_show(stepping, 0);
}

void
step_go_home(struct stepping *stepping)
{
	const struct corridor *line =
	    menus_find_corridor(stepping->menus, stepping->walk->line_corridor);

	/* From the home of a corridor a link led into, home is the line's. */
	if (stepping->corridor != line && stepping->screen != NULL &&
	    strcmp(stepping->screen->id, stepping->corridor->home) == 0)
		step_move_corridor(stepping, line);
	stepping->walk->trail_count = 0;
	step_enter(stepping,
	    corridor_find_screen(stepping->corridor, stepping->corridor->home));
}

/* The screen of a trail's place, or NULL; its corridor goes to
 * *corridor_r. */
static const struct screen *
find_place(const struct stepping *stepping, const char *place,
    const struct corridor **corridor_r)
{
	const char *colon = strchr(place, ':');
	char id[WALK_ID_MAX_BYTES + 1];

	snprintf(id, sizeof(id), "%.*s",
	    colon != NULL ? (int)(colon - place) : 0, place);
	*corridor_r = menus_find_corridor(stepping->menus,
	    colon != NULL ? id : stepping->walk->line_corridor);
	if (*corridor_r == NULL)
		return (NULL);
	return (corridor_find_screen(
	    *corridor_r, colon != NULL ? colon + 1 : place));
}

/* Screens that a reload took away are stepped over. */
void
step_go_back(struct stepping *stepping)
{
	struct walk *walk = stepping->walk;

	while (walk->trail_count > 0) {
		const struct corridor *corridor;
		const struct screen *screen = find_place(
		    stepping, walk->trail[--walk->trail_count], &corridor);

		if (screen == NULL)
			continue;
		if (corridor != stepping->corridor)
			step_move_corridor(stepping, corridor);
		stand(stepping, screen);
		return;
	}
	if (stepping->screen != NULL)
		stand(stepping, stepping->screen);
	else
		step_go_home(stepping);
}
