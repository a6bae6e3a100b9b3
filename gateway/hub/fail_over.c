#include "gateway/hub/fail_over.h"

#include <inttypes.h>

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/hub/children.h"
#include "gateway/hub/departures.h"
#include "store/callers.h"

enum { SECOND_MS = 1000 };

/* -- the lines as they are ---------------------------------------------------- */

static struct route_line
line_of(const struct hub *hub, const struct child *child, int64_t now_ms)
{
	const struct corridor *corridor = hub->menus != NULL
	    ? menus_find_corridor(hub->menus, child->line->corridor)
	    : NULL;

	return ((struct route_line){
	    .name = child->line->name,
	    .corridor = child->line->corridor,
	    .has_texts = settings_line_has_texts(child->line),
	    .is_demo = strcmp(child->line->kind, "demo") == 0,
	    .can_send = child_is_well(child),
	    .is_spent = child->caps.is_spent,
	    .allows = corridor != NULL && corridor->other_numbers,
	    .away_s = child_away_ms(child, now_ms) / SECOND_MS,
	    .fail_over_after_s = child->line->fail_over_after_s,
	});
}

struct routes
fail_over_routes(const struct hub *hub, int64_t now_ms)
{
	struct route_line *lines = memory_new(hub->child_count, sizeof(*lines));

	for (size_t i = 0; i < hub->child_count; i++)
		lines[i] = line_of(hub, &hub->children[i], now_ms);
	return ((struct routes){
	    .lines = lines,
	    .line_count = hub->child_count,
	    .rules = hub->settings.routes,
	    .rule_count = hub->settings.route_count,
	});
}

void
fail_over_free(struct routes *routes)
{
	free(routes->lines);
	*routes = (struct routes){ 0 };
}

/* -- over and back ------------------------------------------------------------ */

static void
look_at(struct child *child)
{
	child->has_backlog = 1;
	child->backlog_utc_s = 0;
}

/* What waits on one line goes to another: of one corridor's callers, or for
 * staff when there is none. */
MUST_USE static enum outcome
carry(struct hub *hub, const char *from, size_t to, const char *corridor)
{
	const struct outbox_detour detour = {
		.from = from,
		.to = hub->children[to].line->name,
		.corridor = corridor,
		.most = FAIL_OVER_MOST,
	};
	int64_t count = 0;
	enum outcome outcome = outbox_fail_over(hub->store, &detour, &count);

	if (outcome != DONE || count == 0)
		return (outcome);
	look_at(&hub->children[to]);
	log_notice("line=%s: away; %" PRId64 " texts go by line '%s'",
	    detour.from, count, detour.to);
	return (DONE);
}

MUST_USE static enum outcome
come_back(struct hub *hub, struct child *child)
{
	int64_t count = 0;
	enum outcome outcome =
	    outbox_come_back(hub->store, child->line->name, &count);

	if (outcome != DONE || count == 0)
		return (outcome);
	look_at(child);
	log_notice("line=%s: is back; %" PRId64 " texts return to it",
	    child->line->name, count);
	return (DONE);
}

MUST_USE static enum outcome
look_after(struct hub *hub, const struct routes *routes, size_t index)
{
	struct child *child = &hub->children[index];
	const struct route_line *line = &routes->lines[index];
	size_t to = routes_stand_in(routes, index);
	size_t for_staff = routes_stand_in_for_staff(routes, index);
	enum outcome outcome = DONE;

	if (!line->has_texts)
		return (DONE);
	child->stand_in = to != ROUTE_NONE && to != index
	    ? hub->children[to].line->name
	    : NULL;
	if (line->can_send)
		return (come_back(hub, child));
	if (for_staff != ROUTE_NONE)
		outcome = carry(hub, line->name, for_staff, NULL);
	if (outcome == DONE && to != ROUTE_NONE)
		outcome = carry(hub, line->name, to, line->corridor);
	return (outcome);
}

/* What waits for one line that the configuration has no more. */
MUST_USE static enum outcome
look_after_gone(struct hub *hub, const struct routes *routes, const char *name)
{
	size_t for_staff = routes_stand_in_for_gone(routes, NULL);
	enum outcome outcome = DONE;

	if (for_staff != ROUTE_NONE)
		outcome = carry(hub, name, for_staff, NULL);
	for (size_t i = 0; i < routes->line_count && outcome == DONE; i++) {
		const char *corridor = routes->lines[i].corridor;

		/* Each corridor once. */
		if (routes_stand_in_for_gone(routes, corridor) == i)
			outcome = carry(hub, name, i, corridor);
	}
	return (outcome);
}

MUST_USE static enum outcome
look_for_gone(struct hub *hub, const struct routes *routes)
{
	struct waited_line lines[WAITED_LINES_MOST];
	size_t count = 0;
	enum outcome outcome;

	if (!hub->texts_of_gone)
		return (DONE);
	outcome = outbox_lines_waited_for(hub->store, lines, &count);
	hub->texts_of_gone = outcome != DONE;
	for (size_t i = 0; i < count && outcome == DONE; i++) {
		if (routes_find(routes, lines[i].name) != ROUTE_NONE)
			continue;
		hub->texts_of_gone = 1;
		if (!hub->gone_is_told)
			log_err("%" PRId64 " texts wait for a line '%s', which"
				" the configuration does not have",
			    lines[i].count, lines[i].name);
		outcome = look_after_gone(hub, routes, lines[i].name);
	}
	hub->gone_is_told |= outcome == DONE;
	return (outcome);
}

/* Whether anything could be to do: a line is away or gone, or one was at the
 * last look. */
static int
is_quiet(struct hub *hub, const struct routes *routes)
{
	int was_away = hub->a_line_was_away;

	hub->a_line_was_away = 0;
	for (size_t i = 0; i < routes->line_count; i++)
		hub->a_line_was_away |=
		    routes->lines[i].has_texts && !routes->lines[i].can_send;
	return (!was_away && !hub->a_line_was_away && !hub->texts_of_gone);
}

enum outcome
fail_over_tend(struct hub *hub, int64_t now_ms)
{
	struct routes routes;
	enum outcome outcome = DONE;

	if (hub->child_count < 2 && !hub->texts_of_gone)
		return (DONE);
	if (now_ms < hub->fail_over_ms) {
		hub->looks_again_soon |= hub->fail_over_waits ||
		    hub->a_line_was_away || hub->texts_of_gone;
		return (DONE);
	}
	hub->fail_over_waits = 0;
	hub->fail_over_ms = now_ms + FAIL_OVER_LOOK_MS;
	routes = fail_over_routes(hub, now_ms);
	if (!is_quiet(hub, &routes)) {
		outcome = store_begin(hub->store);
		for (size_t i = 0; i < hub->child_count && outcome == DONE; i++)
			outcome = look_after(hub, &routes, i);
		if (outcome == DONE)
			outcome = look_for_gone(hub, &routes);
		if (outcome == DONE)
			outcome = store_commit(hub->store);
		if (outcome != DONE) {
			store_rollback(hub->store);
			hub->a_line_was_away = 1;
		}
	}
	hub->looks_again_soon |= hub->a_line_was_away || hub->texts_of_gone;
	fail_over_free(&routes);
	return (outcome);
}

/* -- new numbers ---------------------------------------------------------------- */

/* A number that has texted a line of ours knows that one. */
MUST_USE static enum outcome
find_known_line(struct hub *hub, const struct number *number, size_t *index_r)
{
	struct caller_key key;
	struct caller caller;
	enum outcome outcome;

	seal_caller_key(hub->box_key, number, &key);
	outcome = callers_find(hub->store, &key, &caller);
	*index_r = ROUTE_NONE;
	for (size_t i = 0; i < hub->child_count && outcome == DONE; i++) {
		const struct line_settings *line = hub->children[i].line;

		if (strcmp(line->name, caller.line) == 0 &&
		    settings_line_has_texts(line))
			*index_r = i;
	}
	return (outcome == NOTHING ? DONE : outcome);
}

enum outcome
fail_over_route(struct hub *hub, size_t child, const struct outbox_row *row)
{
	struct routes routes;
	size_t to;
	enum outcome outcome;

	/* What has begun, or is carried, goes on as it is. */
	if (row->first_part > 1 || row->is_carried)
		return (DONE);
	outcome = find_known_line(hub, &row->number, &to);
	if (outcome != DONE)
		return (outcome);
	if (to == ROUTE_NONE) {
		routes = fail_over_routes(hub, clock_monotonic_ms());
		to = routes_for_new(&routes, row->number.e164);
		fail_over_free(&routes);
	}
	if (to == ROUTE_NONE || to == child)
		return (DONE);
	outcome =
	    outbox_reroute(hub->store, row->id, hub->children[to].line->name);
	look_at(&hub->children[to]);
	log_info("outbox=%" PRId64 ": goes by line '%s'", row->id.row,
	    hub->children[to].line->name);
	return (outcome == DONE ? NOTHING : outcome);
}
