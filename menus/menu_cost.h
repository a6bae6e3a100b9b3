/* What a corridor costs: the SMS parts of every screen, and of every way from
 * the first screen to where it ends.
 *
 * A way is a row of screens, none twice.  It is followed whatever the
 * conditions say, so the dearest way may be one that no single caller takes;
 * it is the upper bound to plan with.  A screen that is gone through at once
 * stands in the same text as the next one, as it does for callers.  Pure.
 */
#ifndef MENUS_MENU_COST_H
#define MENUS_MENU_COST_H

#include "menus/menu.h"

enum {
	COST_STEPS_MOST = 200000, /* looked at before a corridor is too big */
	COST_WAY_MOST = 128, /* screens in a row */
};

/* What one text takes. */
struct cost_text {
	unsigned parts;
	unsigned texts; /* 1, or more where the caller asks for `9 More` */
	unsigned units;
	int is_gsm; /* else UCS-2 */
};

/* A way, summed up: what we send and what the caller texts. */
struct cost_way {
	unsigned parts;
	unsigned texts;
};

/* All ways to one place. */
struct cost_route {
	const struct screen *to; /* an end, a request, or a last screen; NULL
				    for the word HELP in the first text */
	size_t ways;
	struct cost_way cheapest;
	struct cost_way dearest;
	const struct screen *steps[COST_WAY_MOST]; /* of the dearest */
	size_t step_count;
};

struct cost_routes {
	struct cost_route *list;
	size_t count;
	int is_cut; /* there were too many ways to follow all */
};

/* Who pays for what in which language. */
struct cost_question {
	const struct menus *menus;
	const struct corridor *corridor;
	const char *language;
	int64_t now_utc_s;
};

/* A screen by itself; all 0 when it says nothing. */
struct cost_text cost_of_screen(
    const struct cost_question *question, const struct screen *screen);

/* In the order they are first met; HELP is the first.  Free with
 * cost_routes_free(). */
void cost_find_routes(
    const struct cost_question *question, struct cost_routes *routes_r);
void cost_routes_free(struct cost_routes *routes);

#endif
