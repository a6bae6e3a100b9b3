#include "gateway/hub/routes.h"

#include <string.h>

size_t
routes_find(const struct routes *routes, const char *name)
{
	for (size_t i = 0; i < routes->line_count; i++) {
		if (strcmp(routes->lines[i].name, name) == 0)
			return (i);
	}
	return (ROUTE_NONE);
}

/* -- by prefix and cost ------------------------------------------------------ */

static int
fits(const struct route_settings *rule, const char *e164)
{
	return (strncmp(rule->prefix, e164, strlen(rule->prefix)) == 0);
}

/* Whether the first is better than the second; of equals, the earlier stays. */
static int
is_better(const struct route_settings *one, const struct route_settings *other)
{
	size_t length = strlen(one->prefix);
	size_t other_length = strlen(other->prefix);

	if (length != other_length)
		return (length > other_length);
	return (one->cost < other->cost);
}

/* Whether texts reach people by any line but the demo's. */
static int
reaches_people(const struct routes *routes)
{
	for (size_t i = 0; i < routes->line_count; i++) {
		if (routes->lines[i].has_texts && !routes->lines[i].is_demo)
			return (1);
	}
	return (0);
}

static int
may_carry(const struct routes *routes, size_t index, const char *not_by)
{
	const struct route_line *line = &routes->lines[index];

	return (line->has_texts && line->can_send &&
	    (not_by == NULL || strcmp(line->name, not_by) != 0) &&
	    (!line->is_demo || !reaches_people(routes)));
}

/* By the best rule; `wanted` not NULL: of lines that can carry it now. */
static size_t
best_rule(const struct routes *routes, const char *e164,
    const struct staff_route *wanted)
{
	const struct route_settings *best = NULL;
	size_t found = ROUTE_NONE;

	for (size_t i = 0; i < routes->rule_count; i++) {
		const struct route_settings *rule = &routes->rules[i];
		size_t line = routes_find(routes, rule->line);

		if (line == ROUTE_NONE || !fits(rule, e164) ||
		    !routes->lines[line].has_texts)
			continue;
		if (wanted != NULL && !may_carry(routes, line, wanted->not_by))
			continue;
		if (best == NULL || is_better(rule, best)) {
			best = rule;
			found = line;
		}
	}
	return (found);
}

size_t
routes_for_new(const struct routes *routes, const char *e164)
{
	return (best_rule(routes, e164, NULL));
}

/* -- for one that is away ---------------------------------------------------- */

/* The first that can carry for `own`, one whose day is not spent before one
 * whose is. */
static size_t
find_carrier(const struct routes *routes, size_t own, int same_corridor)
{
	const struct route_line *away = &routes->lines[own];
	size_t spent = ROUTE_NONE;

	for (size_t i = 0; i < routes->line_count; i++) {
		const struct route_line *line = &routes->lines[i];

		if (i == own || !line->has_texts || !line->can_send ||
		    line->is_demo != away->is_demo)
			continue;
		if (same_corridor &&
		    strcmp(line->corridor, away->corridor) != 0)
			continue;
		if (!line->is_spent)
			return (i);
		if (spent == ROUTE_NONE)
			spent = i;
	}
	return (spent);
}

size_t
routes_stand_in(const struct routes *routes, size_t own)
{
	const struct route_line *line = &routes->lines[own];

	if (line->can_send)
		return (own);
	if (!line->allows || line->fail_over_after_s <= 0 ||
	    line->away_s < line->fail_over_after_s)
		return (ROUTE_NONE);
	return (find_carrier(routes, own, 1));
}

size_t
routes_stand_in_for_staff(const struct routes *routes, size_t own)
{
	const struct route_line *line = &routes->lines[own];

	if (line->can_send)
		return (own);
	if (line->away_s < ROUTE_STAFF_AWAY_S)
		return (ROUTE_NONE);
	return (find_carrier(routes, own, 0));
}

size_t
routes_stand_in_for_gone(const struct routes *routes, const char *corridor)
{
	size_t spent = ROUTE_NONE;

	for (size_t i = 0; i < routes->line_count; i++) {
		const struct route_line *line = &routes->lines[i];

		if (!line->has_texts || !line->can_send || line->is_demo)
			continue;
		if (corridor != NULL &&
		    (!line->allows || strcmp(line->corridor, corridor) != 0))
			continue;
		if (!line->is_spent)
			return (i);
		if (spent == ROUTE_NONE)
			spent = i;
	}
	return (spent);
}

size_t
routes_for_staff(const struct routes *routes, const struct staff_route *wanted)
{
	size_t own = routes_find(routes, wanted->line);
	size_t best;

	if (own != ROUTE_NONE && may_carry(routes, own, wanted->not_by))
		return (own);
	best = best_rule(routes, wanted->e164, wanted);
	for (size_t i = 0; i < routes->line_count && best == ROUTE_NONE; i++) {
		if (may_carry(routes, i, wanted->not_by))
			best = i;
	}
	return (best);
}
