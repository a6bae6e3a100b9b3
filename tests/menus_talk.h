/* Conversations as tables: a caller, what they write, what must come back.
 *
 * A small stand-in for the hub keeps between turns what the hub would keep: a
 * stop, an open request, whether a person has it.
 */
#ifndef TESTS_MENUS_TALK_H
#define TESTS_MENUS_TALK_H

#include "menus/menu_walk.h"

enum { TALK_NOON = 1764000000 }; /* 2025-11-24 */

struct turn {
	/* What comes in; or "@call" (it rings), "@claim" (a person takes the
	 * request), "@close" (and is done with it), "@silence" (a day passes),
	 * "@prompt SCREEN" (we ask something by ourselves). */
	const char *in;
	/* What the reply must hold, pieces between "|"; "-piece" must not be
	 * in it, "=whole" is all of it, "" no reply. */
	const char *reply;
	unsigned effects;
};

struct talk {
	const struct menus *menus;
	const char *corridor;
	const char *line_language;
	const struct channel_limit *channel; /* NULL: SMS */
	struct walk walk;
	char language[16]; /* the last answer's */
	int64_t now_utc_s;
	int is_stopped;
	int has_request;
	int is_claimed;
	int menu_is_back;
	struct step step; /* the last one */
};

void talk_begin(struct talk *talk, const struct menus *menus,
    const char *corridor, const char *line_language);
void talk_end(struct talk *talk);

/* Takes one turn and fails the test where it is not as expected. */
void talk_turn(struct talk *talk, const struct turn *turn);

/* All turns up to one with `in` of NULL. */
void talk_run(struct talk *talk, const struct turn *turns);

#endif
