/* Which line a text leaves by.  Pure: no clock, no store, no chance.
 *
 *   an answer             the line that was texted or called
 *   texts of ours         the line their caller texts (a request's line)
 *   a new number          (a caller's other number, a phone of staff) by the
 *                         configuration's `routes`: the longest prefix, then
 *                         the cheapest, then in order
 *
 * A number that gets a text from somewhere it does not know may be looked at by
 * the wrong person.  So what is a caller's goes by another line only when all of
 * this holds: the corridor's editor has allowed it (`other_numbers`), its line
 * has been away for `fail_over_after_s`, the text has not begun to leave, and
 * the other line answers for the same corridor, since an answer to it must
 * find the same menus.  What is for staff goes by any line that is up.
 *
 * A demo line stands in for demo lines alone, and texts staff where there is no
 * other kind.
 *
 *        own line --(away long enough, allowed, not begun)--> stand-in
 *           ^                                                    |
 *           +---------(own line is back, not begun)--------------+
 *
 * A line that the configuration has no more is one that has been away for ever;
 * its own corridor is not known, so its callers' count.
 */
#ifndef GATEWAY_HUB_ROUTES_H
#define GATEWAY_HUB_ROUTES_H

#include <stddef.h>
#include <stdint.h>

#include "gateway/base/settings.h"

#define ROUTE_NONE SIZE_MAX

enum {
	ROUTE_STAFF_AWAY_S = 10, /* what is for staff waits so long for a line
				    that turns its radio */
};

/* A line as routes see it.  All borrowed. */
struct route_line {
	const char *name;
	const char *corridor;
	int has_texts; /* no line of dialled codes alone */
	int is_demo; /* a phone in a terminal: it reaches nobody outside */
	int can_send; /* up, by its own word, and in its network */
	int is_spent; /* a cap of its day is reached */
	int allows; /* its corridor: texts from our other numbers */
	int64_t away_s; /* since when it cannot send; 0 while it can */
	int64_t fail_over_after_s; /* 0: never */
};

struct routes {
	struct route_line *lines;
	size_t line_count;
	const struct route_settings *rules;
	size_t rule_count;
};

/* The line with this name, or ROUTE_NONE. */
size_t routes_find(const struct routes *routes, const char *name);

/* The line for a number that knows none of ours, by prefix, cost and order;
 * ROUTE_NONE when no rule fits.  The same whether lines are up or not: a
 * number must not hear of us from many. */
size_t routes_for_new(const struct routes *routes, const char *e164);

/* The line that carries what is a caller's and belongs to this one, which may
 * be itself; ROUTE_NONE: it waits for its own. */
size_t routes_stand_in(const struct routes *routes, size_t own);

/* The same for texts to staff that wait on this line. */
size_t routes_stand_in_for_staff(const struct routes *routes, size_t own);

/* The same for texts that wait on a line that is none of these: of a
 * corridor's callers, or to staff (NULL). */
size_t routes_stand_in_for_gone(
    const struct routes *routes, const char *corridor);

/* A text to a phone of staff. */
struct staff_route {
	const char *line; /* the phone's own, "" for any */
	const char *e164;
	const char *not_by; /* the line it is about, or NULL */
};
/* The phone's own line when that is up, else the best rule's that is up, else
 * the first that is up; when none is, ROUTE_NONE. */
size_t routes_for_staff(
    const struct routes *routes, const struct staff_route *wanted);

#endif
