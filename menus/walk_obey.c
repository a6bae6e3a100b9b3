#include "menus/stepping.h"

void
step_erase(struct stepping *stepping)
{
	walk_free(stepping->walk);
	stepping->screen = NULL;
	stepping->step->effects |= EFFECT_ERASE_WALK;
}

void
step_end(struct stepping *stepping)
{
	struct walk *walk = stepping->walk;
	struct walk kept = {
		.mood = WALK_FRESH,
		.page = WALK_PAGE_BEFORE,
		.is_zawgyi = walk->is_zawgyi,
		.rest = walk->rest,
	};

	if (kept.rest == NULL && !kept.is_zawgyi) {
		step_erase(stepping);
		return;
	}
	memcpy(kept.language, walk->language, sizeof(kept.language));
	memcpy(kept.line_corridor, walk->line_corridor,
	    sizeof(kept.line_corridor));
	memcpy(kept.corridor, walk->corridor, sizeof(kept.corridor));
	walk->rest = NULL;
	walk_free(walk);
	*walk = kept;
	stepping->screen = NULL;
}

static void
help(struct stepping *stepping)
{
	struct step *step = stepping->step;
	const struct screen *screen =
	    corridor_find_screen(stepping->corridor, stepping->corridor->help);

	if (stepping->input->is_stopped)
		step->effects |= EFFECT_START;
	if (stepping->input->is_claimed) {
		step->effects |= EFFECT_ASKED_AGAIN | EFFECT_JOIN_CASE;
		step_say_only(stepping,
		    stepping->input->is_guarded ? SAY_UNCLEAR_OPENED
						: SAY_ALREADY_HELPED);
		return;
	}
	if (stepping->input->has_request) {
		step->effects |= EFFECT_ASKED_AGAIN;
		stepping->says_asked_again = !stepping->input->is_guarded;
	} else {
		step_open_request(stepping, "help");
	}
	step_go(stepping, screen);
}

/* START, MENU and LANGUAGE want the menu: they lift a stop and bring it back
 * from a person. */
static void
want_menu(struct stepping *stepping)
{
	if (stepping->input->is_stopped)
		stepping->step->effects |= EFFECT_START;
	if (stepping->input->is_claimed)
		stepping->step->effects |= EFFECT_MENU_BACK;
}

static void
start(struct stepping *stepping)
{
	want_menu(stepping);
	if (stepping->input->is_stopped)
		step_say_before(stepping, SAY_STARTED);
	step_go_home(stepping);
}

static void
menu(struct stepping *stepping)
{
	want_menu(stepping);
	step_go_home(stepping);
}

/* The question of the mood, or what it hides, once more. */
static void
back(struct stepping *stepping)
{
	int is_on_screen = stepping->walk->mood == WALK_ON_SCREEN;

	if (is_on_screen || stepping->screen == NULL) {
		step_go_back(stepping);
		return;
	}
	step_enter(stepping, stepping->screen);
}

static void
ask_language(struct stepping *stepping)
{
	want_menu(stepping);
	if (stepping->screen == NULL) {
		snprintf(stepping->walk->screen, sizeof(stepping->walk->screen),
		    "%s", stepping->corridor->home);
		stepping->screen = corridor_find_screen(
		    stepping->corridor, stepping->corridor->home);
	}
	stepping->walk->mood = WALK_ASKS_LANGUAGE;
	stepping->walk->misread = 0;
	step_show(stepping, 0);
}

static void
end_with(struct stepping *stepping, unsigned effects, enum system_text words)
{
	stepping->step->effects |= effects;
	step_say_last(stepping, words);
	step_forget_rest(stepping->walk);
	if (effects == 0)
		step_end(stepping);
	else
		step_erase(stepping);
}

static void
stop(struct stepping *stepping)
{
	end_with(stepping, EFFECT_STOP, SAY_STOPPED);
}

static void
forget(struct stepping *stepping)
{
	end_with(stepping, EFFECT_FORGET, SAY_FORGOTTEN);
}

static void
leave(struct stepping *stepping)
{
	end_with(stepping, 0, SAY_LEFT);
}

static void (*const orders[KEYWORD_COMMAND_COUNT])(struct stepping *) = {
	[KEYWORD_HELP] = help,
	[KEYWORD_STOP] = stop,
	[KEYWORD_START] = start,
	[KEYWORD_FORGET] = forget,
	[KEYWORD_MENU] = menu,
	[KEYWORD_LANGUAGE] = ask_language,
	[KEYWORD_BACK] = back,
	[KEYWORD_HOME] = step_go_home,
	[KEYWORD_MORE] = step_show_more,
	[KEYWORD_LEAVE] = leave,
};

void
step_obey(struct stepping *stepping, enum keyword command)
{
	stepping->walk->misread = 0;
	orders[command](stepping);
}
