/* Texts between many lines, caps and what grows stale: the third part of
 * outbox.h. */
#include <assert.h>

#include "store/callers.h"
#include "store/outbox_parts.h"

enum sql {
	SQL_FAIL_OVER,
	SQL_COME_BACK,
	SQL_REROUTE,
	SQL_WAIT_FOR_CAP,
	SQL_CAP_ONE,
	SQL_UNCAP,
	SQL_PARTS_LEFT,
	SQL_COUNT_RECENT,
	SQL_NEXT_STALE,
	SQL_DOUBT_WALK,
	SQL_END_STALE,
	SQL_QUEUES,
	SQL_WAITED_FOR,
	SQL_COUNT
};

/* Texts that end far enough back are not of this minute. */
#define RECENT_MOST "4000"

static const char *const sql_text[] = {
	[SQL_FAIL_OVER] =
	    "UPDATE outbox SET line = :to, own_line = CASE"
	    " WHEN own_line = '' THEN line"
	    " WHEN own_line = :to THEN '' ELSE own_line END"
	    " WHERE id IN (SELECT id FROM outbox AS one"
	    "  WHERE state = 'queued' AND line = :from AND held = ''"
	    "  AND first_part = 1"
	    "  AND CASE WHEN :corridor IS NULL"
	    "   THEN kind IN ('alarm', 'staff')"
	    "   ELSE kind NOT IN ('alarm', 'staff') AND EXISTS"
	    "    (SELECT 1 FROM callers WHERE key = one.caller"
	    "     AND corridor = :corridor) END"
	    "  AND NOT EXISTS (SELECT 1 FROM outbox AS begun"
	    "   WHERE begun.caller = one.caller AND begun.line = one.line"
	    "   AND begun.id < one.id AND (begun.state = 'sending'"
	    "    OR (begun.first_part > 1 AND begun.held = '')))"
	    "  ORDER BY id LIMIT :most)",
	[SQL_COME_BACK] =
	    "UPDATE outbox AS one SET line = own_line, own_line = ''"
	    " WHERE state = 'queued' AND own_line = :line AND first_part = 1"
	    " AND NOT EXISTS (SELECT 1 FROM outbox AS begun"
	    "  WHERE begun.caller = one.caller AND begun.line = one.line"
	    "  AND begun.id < one.id AND (begun.state = 'sending'"
	    "   OR (begun.first_part > 1 AND begun.held = '')))",
	[SQL_REROUTE] = "UPDATE outbox SET state = 'queued', line = :line"
			" WHERE id = :id AND state = 'sending'",
	[SQL_WAIT_FOR_CAP] =
	    "UPDATE outbox SET is_capped = 1, next_utc_s = :until"
	    " WHERE state = 'queued' AND line = :line AND next_utc_s <= :now"
	    " AND held = '' AND need < :below",
	[SQL_CAP_ONE] = "UPDATE outbox SET state = 'queued', is_capped = 1,"
			" next_utc_s = :until"
			" WHERE id = :id AND state = 'sending'",
	[SQL_UNCAP] = "UPDATE outbox SET is_capped = 0,"
		      " next_utc_s = added_utc_s WHERE state = 'queued'"
		      " AND line = :line AND is_capped = 1",
	[SQL_PARTS_LEFT] = "SELECT max(parts - first_part + 1, 0), line"
			   " FROM outbox WHERE id = :id AND state = 'sending'",
	[SQL_COUNT_RECENT] =
	    "SELECT count(*) FROM (SELECT line, ended_utc_s, state FROM outbox"
	    "  ORDER BY id DESC LIMIT " RECENT_MOST ")"
	    " WHERE line = :line AND ended_utc_s > :since"
	    " AND state IN ('sent', 'unsure')",
	/* By the index of rows that have a caller, which are few. */
	[SQL_NEXT_STALE] =
	    "SELECT id, kind, caller, content, line, own_line, journal,"
	    " added_utc_s FROM outbox WHERE caller IS NOT NULL"
	    " AND state = 'queued' AND kind IN ('answer', 'cover')"
	    " AND need < 2 AND first_part = 1 AND added_utc_s < :before"
	    " ORDER BY id LIMIT 1",
	[SQL_DOUBT_WALK] = "UPDATE walks SET is_unsure = 1 WHERE caller ="
			   " (SELECT caller FROM outbox WHERE id = :id"
			   "  AND state = 'queued' AND kind = 'answer')",
	[SQL_END_STALE] =
	    "UPDATE outbox SET state = 'given up', cause = 'stale', " END_COLUMNS
	    " WHERE id = :id AND state = 'queued'",
	[SQL_QUEUES] =
	    "SELECT kind, count(*), coalesce(sum(held <> ''), 0),"
	    " coalesce(sum(is_capped), 0), coalesce(sum(own_line <> ''), 0),"
	    " coalesce(min(CASE WHEN held = '' AND is_capped = 0"
	    "  THEN added_utc_s END), 0)"
	    " FROM outbox WHERE caller IS NOT NULL"
	    " AND state IN ('queued', 'sending') GROUP BY kind",
	[SQL_WAITED_FOR] =
	    "SELECT line, count(*) FROM outbox WHERE caller IS NOT NULL"
	    " AND state = 'queued' GROUP BY line ORDER BY line LIMIT :most",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_OUTBOX_ROUTES, SQL_COUNT,
	sql_text };

static struct query
query_named(struct store *store, enum sql which)
{
	return (query_of(store->database, &sql, (int)which));
}

static enum outcome
run(struct query *query, int64_t *count_r)
{
	enum outcome outcome = query_run(query, count_r);

	return (outcome == NOTHING ? DONE : outcome);
}

/* -- to another line and back ------------------------------------------------ */

enum outcome
outbox_fail_over(
    struct store *store, const struct outbox_detour *detour, int64_t *count_r)
{
	struct query query = query_named(store, SQL_FAIL_OVER);

	query_text(&query, ":from", detour->from);
	query_text(&query, ":to", detour->to);
	query_text(&query, ":corridor", detour->corridor);
	query_integer(&query, ":most", (int64_t)detour->most);
	return (run(&query, count_r));
}

enum outcome
outbox_come_back(struct store *store, const char *line, int64_t *count_r)
{
	struct query query = query_named(store, SQL_COME_BACK);

	query_text(&query, ":line", line);
	return (run(&query, count_r));
}

enum outcome
outbox_reroute(struct store *store, struct outbox_id id, const char *line)
{
	struct query query = query_named(store, SQL_REROUTE);

	query_integer(&query, ":id", id.row);
	query_text(&query, ":line", line);
	return (query_move(&query));
}

/* -- caps --------------------------------------------------------------------- */

enum outcome
outbox_wait_for_cap(
    struct store *store, const struct outbox_cap *cap, int64_t *count_r)
{
	struct query query = query_named(store, SQL_WAIT_FOR_CAP);

	query_text(&query, ":line", cap->line);
	query_integer(&query, ":below", cap->below);
	query_integer(&query, ":now", cap->now_utc_s);
	query_integer(&query, ":until", cap->until_utc_s);
	return (run(&query, count_r));
}

enum outcome
outbox_cap_one(struct store *store, struct outbox_id id, int64_t until_utc_s)
{
	struct query query = query_named(store, SQL_CAP_ONE);

	query_integer(&query, ":id", id.row);
	query_integer(&query, ":until", until_utc_s);
	return (query_move(&query));
}

enum outcome
outbox_uncap(struct store *store, const char *line, int64_t *count_r)
{
	struct query query = query_named(store, SQL_UNCAP);

	query_text(&query, ":line", line);
	return (run(&query, count_r));
}

enum outcome
outbox_find_left(
    struct store *store, struct outbox_id id, struct outbox_left *left_r)
{
	struct query query = query_named(store, SQL_PARTS_LEFT);
	enum outcome outcome;

	query_integer(&query, ":id", id.row);
	outcome = query_next(&query);
	if (outcome != DONE)
		return (outcome);
	left_r->parts = (int)query_get_integer(&query, 0);
	query_copy_text(&query, 1, left_r->line, sizeof(left_r->line));
	query_end(&query);
	return (DONE);
}

enum outcome
outbox_count_recent(struct store *store, const char *line, int64_t since_utc_s,
    int64_t *count_r)
{
	struct query query = query_named(store, SQL_COUNT_RECENT);
	enum outcome outcome;

	query_text(&query, ":line", line);
	query_integer(&query, ":since", since_utc_s);
	outcome = query_next(&query);
	if (outcome != DONE)
		return (outcome);
	*count_r = query_get_integer(&query, 0);
	query_end(&query);
	return (DONE);
}

/* -- what is too old to be sent ---------------------------------------------- */

enum outcome
outbox_next_stale(struct store *store, int64_t before_utc_s,
    struct outbox_row *row_r, int64_t *added_utc_s_r)
{
	enum { ID, KIND, CALLER, CONTENT, LINE, OWN_LINE, JOURNAL, ADDED };
	struct query query = query_named(store, SQL_NEXT_STALE);
	struct outbox_row row = { 0 };
	const void *caller;
	size_t length;
	enum outcome outcome;

	query_integer(&query, ":before", before_utc_s);
	outcome = query_next(&query);
	if (outcome != DONE)
		return (outcome);
	row.id.row = query_get_integer(&query, ID);
	row.journal = query_get_integer(&query, JOURNAL);
	*added_utc_s_r = query_get_integer(&query, ADDED);
	query_copy_text(&query,
	    query_get_text(&query, OWN_LINE)[0] != '\0' ? OWN_LINE : LINE,
	    row.line, sizeof(row.line));
	outcome = outbox_read_kind(&query, KIND, &row.kind);
	caller = query_get_bytes(&query, CALLER, &length);
	if (length == sizeof(row.caller.bytes))
		memcpy(row.caller.bytes, caller, length);
	/* One that does not open has ended all the same. */
	if (outcome == DONE &&
	    outbox_unbox(store, &query, CONTENT, &row) != DONE)
		text_clear(&row.text);
	query_end(&query);
	if (outcome == DONE && row.number.e164[0] == '\0') {
		outcome = callers_number(store, &row.caller, &row.number);
		if (outcome == NOTHING || outcome == REFUSED)
			outcome = DONE;
	}
	if (outcome == DONE)
		*row_r = row;
	else
		outbox_row_free(&row);
	return (outcome);
}

enum outcome
outbox_end_stale(struct store *store, struct outbox_id id, int64_t now_utc_s)
{
	struct query query = query_named(store, SQL_DOUBT_WALK);
	enum outcome outcome;

	query_integer(&query, ":id", id.row);
	outcome = run(&query, NULL);
	if (outcome != DONE)
		return (outcome);
	query = query_named(store, SQL_END_STALE);
	query_integer(&query, ":id", id.row);
	query_integer(&query, ":now", now_utc_s);
	return (query_move(&query));
}

/* -- what waits ----------------------------------------------------------------- */

enum outcome
outbox_queues(struct store *store, struct outbox_queue queues_r[OUTBOX_KINDS])
{
	enum { KIND, ROWS, HELD, CAPPED, CARRIED, OLDEST };
	struct query query = query_named(store, SQL_QUEUES);
	struct outbox_queue queues[OUTBOX_KINDS] = { 0 };
	enum outcome outcome;

	while ((outcome = query_next(&query)) == DONE) {
		enum outbox_kind kind;

		outcome = outbox_read_kind(&query, KIND, &kind);
		if (outcome != DONE)
			break;
		queues[kind] = (struct outbox_queue){
			.count = query_get_integer(&query, ROWS),
			.held = query_get_integer(&query, HELD),
			.capped = query_get_integer(&query, CAPPED),
			.carried = query_get_integer(&query, CARRIED),
			.oldest_utc_s = query_get_integer(&query, OLDEST),
		};
	}
	if (outcome != NOTHING) {
		query_end(&query);
		return (outcome);
	}
	memcpy(queues_r, queues, sizeof(queues));
	return (DONE);
}

enum outcome
outbox_lines_waited_for(struct store *store,
    struct waited_line lines_r[WAITED_LINES_MOST], size_t *count_r)
{
	enum { LINE, ROWS };
	struct query query = query_named(store, SQL_WAITED_FOR);
	size_t count = 0;
	enum outcome outcome;

	query_integer(&query, ":most", WAITED_LINES_MOST);
	while ((outcome = query_next(&query)) == DONE) {
		struct waited_line *line = &lines_r[count++];

		snprintf(line->name, sizeof(line->name), "%s",
		    query_get_text(&query, LINE));
		line->count = query_get_integer(&query, ROWS);
	}
	*count_r = count;
	return (outcome == NOTHING ? DONE : outcome);
}
