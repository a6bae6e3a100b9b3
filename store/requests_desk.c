/* What the desk alone needs of requests: events of its own, and counts. */
#include <assert.h>

#include "store/requests.h"
#include "store/store_parts.h"

enum sql { SQL_ADD_EVENT, SQL_COUNT_STATES, SQL_OLDEST_OPEN, SQL_COUNT };

static const char *const sql_text[] = {
	[SQL_ADD_EVENT] = "INSERT INTO events (request, at_utc_s, what, staff)"
			  " VALUES (:request, :now, :what, :staff)",
	[SQL_COUNT_STATES] =
	    "SELECT state, count(*) FROM requests GROUP BY state",
	[SQL_OLDEST_OPEN] = "SELECT coalesce(min(opened_utc_s), 0)"
			    " FROM requests WHERE state = 'open'",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_DESK, SQL_COUNT, sql_text };

enum outcome
requests_add_event(struct store *store, struct request_id id, int64_t staff,
    const char *what, int64_t now_utc_s)
{
	struct query query = query_of(store->database, &sql, SQL_ADD_EVENT);

	query_integer(&query, ":request", id.row);
	query_integer(&query, ":now", now_utc_s);
	query_text(&query, ":what", what);
	query_integer(&query, ":staff", staff);
	return (query_move(&query));
}

MUST_USE static enum outcome
count_states(struct store *store, struct request_counts *counts)
{
	struct query query = query_of(store->database, &sql, SQL_COUNT_STATES);
	enum outcome outcome;

	while ((outcome = query_next(&query)) == DONE) {
		const char *name = query_get_text(&query, 0);

		for (int state = 0; state <= REQUEST_FORGOTTEN; state++) {
			if (strcmp(name,
				request_state_name(
				    (enum request_state)state)) == 0)
				counts->by_state[state] =
				    query_get_integer(&query, 1);
		}
	}
	return (outcome == NOTHING ? DONE : outcome);
}

enum outcome
requests_count(struct store *store, struct request_counts *counts_r)
{
	struct request_counts counts = { 0 };
	struct query query;
	enum outcome outcome = count_states(store, &counts);

	if (outcome != DONE)
		return (outcome);
	query = query_of(store->database, &sql, SQL_OLDEST_OPEN);
	outcome = query_next(&query);
	if (outcome == DONE) {
		counts.oldest_open_utc_s = query_get_integer(&query, 0);
		query_end(&query);
		*counts_r = counts;
	}
	return (outcome);
}
