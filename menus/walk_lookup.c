#include "gateway/text/utf8.h"
#include "menus/directory.h"
#include "menus/lookup.h"
#include "menus/stepping.h"

/*
 * A screen that looks something up shows, one after the other, its question,
 * the candidates and an entry.  Which of them is kept in the walk as an answer
 * under a name no editor can give, so that it survives a restart and a reload;
 * entries are kept by their ids.
 *
 *     question --text--> candidates --number--> entry
 *         |                  |  ^                 |
 *         |                  v  +---another text--+
 *         +------------> none, entry, services
 *
 * `0` leads back to the question, and from there to where the caller was.
 */
static const char state_name[] = "lookup-state";

enum { PLACE_MAX_BYTES = 200 };

static const char *
saved_state(const struct stepping *stepping)
{
	const struct walk *walk = stepping->walk;

	for (size_t i = 0; i < walk->answer_count; i++)
		if (strcmp(walk->answers[i].name, state_name) == 0 &&
		    strcmp(walk->answers[i].screen, stepping->screen->id) == 0)
			return (walk->answers[i].value);
	return ("");
}

static void
save_state(struct stepping *stepping, const char *state)
{
	char name[sizeof(state_name)];
	struct screen screen = { .id = stepping->screen->id, .save = name };

	memcpy(name, state_name, sizeof(name));
	walk_save_answer(stepping->walk, &screen, state);
}

void
step_lookup_read(const struct stepping *stepping, struct lookup_state *state_r)
{
	const char *at = saved_state(stepping);
	const char *country = stepping->screen->country;

	*state_r = (struct lookup_state){ .kind = (enum lookup_stage)at[0] };
	if (at[0] == LOOKUP_SERVICES) {
		state_r->place = at + 1;
		return;
	}
	if (at[0] != LOOKUP_CANDIDATES && at[0] != LOOKUP_ENTRY)
		return;
	for (at = strchr(at, '\n'); at != NULL && state_r->count < LOOKUP_MOST;
	     at = strchr(at, '\n')) {
		char *id;

		at++;
		id = strndup(at, strcspn(at, "\n"));
		if (id == NULL)
			abort();
		state_r->found[state_r->count] =
		    lookup_by_id(stepping->input->recruiters, country, id);
		state_r->count += state_r->found[state_r->count] != NULL;
		free(id);
	}
	/* A newer list has none of them: the question stands again. */
	if (state_r->count == 0)
		state_r->kind = LOOKUP_QUESTION;
}

void
step_lookup_enter(struct stepping *stepping, const struct screen *screen)
{
	enum walk_mood mood = stepping->walk->mood;
	int is_shown_again = stepping->screen == screen &&
	    (mood == WALK_ASKS_RESUME || mood == WALK_ASKS_LANGUAGE ||
		mood == WALK_OFFERS_PERSON || mood == WALK_ASKS_TEXTS);

	stepping->screen = screen;
	if (!is_shown_again && walk_answer(stepping->walk, state_name) != NULL)
		save_state(stepping, "");
}

/* -- what a text leads to --------------------------------------------------- */

static void
show(struct stepping *stepping, const struct lookup_state *before,
    const char *state)
{
	save_state(stepping, state);
	step_show_within(stepping, before->kind == LOOKUP_QUESTION);
}

static void
show_found(struct stepping *stepping, const struct lookup_state *before,
    const struct lookup_result *result)
{
	struct text state = { 0 };

	if (result->count == 0)
		text_add_byte(&state, LOOKUP_NONE);
	else if (result->is_sure && result->count == 1)
		text_add_byte(&state, LOOKUP_ENTRY);
	else
		text_add_byte(&state, LOOKUP_CANDIDATES);
	for (size_t i = 0; i < result->count; i++)
		text_printf(&state, "\n%s", result->found[i]->id);
	/* Without the "l:" or "n:" that an id begins with. */
	if (text_string(&state)[0] == LOOKUP_ENTRY) {
		text_clear(&stepping->step->recruiter);
		text_printf(&stepping->step->recruiter, "%s/%s",
		    stepping->screen->country, result->found[0]->id + 2);
	}
	show(stepping, before, text_string(&state));
	text_free(&state);
}

static void
look_up(struct stepping *stepping, const struct lookup_state *before)
{
	const struct screen *screen = stepping->screen;
	const char *words = stepping->input->text;
	struct lookup_result result;

	if (screen->list == LOOKUP_DIRECTORY) {
		struct text state = { 0 };

		text_add_byte(&state, LOOKUP_SERVICES);
		text_add_bytes(&state, words, utf8_cut(words, PLACE_MAX_BYTES));
		show(stepping, before, text_string(&state));
		text_free(&state);
		return;
	}
	lookup_find(
	    stepping->input->recruiters, screen->country, words, &result);
	show_found(stepping, before, &result);
}

static void
take_candidate(
    struct stepping *stepping, const struct lookup_state *state, size_t choice)
{
	struct lookup_result result = { .is_sure = 1 };

	if (choice <= state->count) {
		result.count = 1;
		result.found[0] = state->found[choice - 1];
	}
	show_found(stepping, state, &result);
}

void
step_lookup_take(struct stepping *stepping)
{
	struct lookup_state state;
	size_t choice;

	step_lookup_read(stepping, &state);
	if (state.kind == LOOKUP_CANDIDATES) {
		/* "None of these" stands behind the last. */
		choice = step_read_choice(stepping, state.count + 1);
		if (choice > 0) {
			take_candidate(stepping, &state, choice);
			return;
		}
	} else if (state.kind != LOOKUP_QUESTION &&
	    stepping->screen->way_count > 0 &&
	    step_read_choice(stepping, 1) == 1) {
		step_go(stepping,
		    walk_pick_way(&stepping->values, stepping->screen));
		return;
	}
	look_up(stepping, &state);
}
