#include "menus/stepping.h"

/* Why so little is said here, and why commands work all the same:
 * gateway/text/contact_gate.h. */

static const uint32_t heard = 1u << KEYWORD_HELP | 1u << KEYWORD_STOP |
    1u << KEYWORD_FORGET | 1u << KEYWORD_MENU | 1u << KEYWORD_LANGUAGE |
    1u << KEYWORD_START;

/* Asked for by a command since the opening left. */
static int
is_in_menu(const struct stepping *stepping)
{
	const struct walk *walk = stepping->walk;

	return (walk->mood != WALK_FRESH &&
	    walk->last_utc_s >= stepping->input->guarded_since_utc_s);
}

/* What was said on this phone before is nobody's but hers: the walk begins
 * anew, in her language. */
static void
hide_past(struct stepping *stepping)
{
	struct walk *walk = stepping->walk;
	char language[sizeof(walk->language)];
	int is_zawgyi = walk->is_zawgyi;

	memcpy(language, walk->language, sizeof(language));
	walk_free(walk);
	walk->is_zawgyi = is_zawgyi;
	snprintf(walk->line_corridor, sizeof(walk->line_corridor), "%s",
	    stepping->input->corridor);
	snprintf(walk->corridor, sizeof(walk->corridor), "%s",
	    stepping->input->corridor);
	step_set_language(stepping, language);
	step_move_corridor(stepping,
	    menus_find_corridor(stepping->menus, stepping->input->corridor));
	stepping->screen = NULL;
}

static void
obey(struct stepping *stepping, enum keyword command)
{
	if (!is_in_menu(stepping))
		hide_past(stepping);
	step_obey(stepping, command);
}

static void
join(struct stepping *stepping)
{
	if (stepping->input->has_request)
		stepping->step->effects |= EFFECT_JOIN_CASE;
}

static void
answer_wrongly(struct stepping *stepping)
{
	stepping->step->effects |= EFFECT_TALK_WRONG;
	join(stepping);
	step_say_last(stepping, SAY_COVER);
	step_erase(stepping);
}

int
step_guarded(struct stepping *stepping)
{
	const struct step_input *input = stepping->input;
	enum keyword command;

	/* Whoever rings or dials meets the menu as a stranger does. */
	if (input->kind != INPUT_TEXT) {
		if (!is_in_menu(stepping))
			hide_past(stepping);
		return (0);
	}
	command = step_find_command(stepping, REACH_ALL, 1);
	/* "Help he is here" is HELP, whoever has the phone. */
	if (command == KEYWORD_NONE &&
	    step_find_command(stepping, REACH_URGENT, 0) == KEYWORD_HELP)
		command = KEYWORD_HELP;
	if (command != KEYWORD_NONE && (heard & 1u << command) != 0) {
		obey(stepping, command);
		return (1);
	}
	if (input->says_word && !input->was_wrong) {
		stepping->step->effects |= EFFECT_TALK_OPENED;
		join(stepping);
		return (1);
	}
	if (is_in_menu(stepping))
		return (0);
	if (input->was_wrong)
		join(stepping);
	else
		answer_wrongly(stepping);
	return (1);
}
