/* How many requests there are of what, and who may have them. */
#include <assert.h>

#include "gateway/base/memory.h"
#include "store/requests_parts.h"

enum sql {
	SQL_COUNT_STATES,
	SQL_OLDEST_OPEN,
	SQL_COUNT_RUNNING,
	SQL_WAITS_SINCE,
	SQL_OWNERS,
	SQL_COUNT
};

static const char *const sql_text[] = {
	[SQL_COUNT_STATES] =
	    "SELECT state, count(*) FROM requests GROUP BY state",
	[SQL_OLDEST_OPEN] = "SELECT coalesce(min(opened_utc_s), 0)"
			    " FROM requests WHERE state = 'open'",
	/* Each from an index of its own, without a look at any row. */
	[SQL_COUNT_RUNNING] =
	    "SELECT (SELECT count(*) FROM requests WHERE state = 'open'),"
	    " (SELECT count(*) FROM requests WHERE state = 'claimed'),"
	    " (SELECT count(*) FROM requests WHERE shelf = 'snoozed'),"
	    " (SELECT count(*) FROM requests WHERE unread > 0"
	    "  AND shelf IN ('queue', 'snoozed'))",
	[SQL_WAITS_SINCE] =
	    "SELECT coalesce(min(waits_since_utc_s), 0) FROM requests"
	    " WHERE waits_since_utc_s IS NOT NULL"
	    " AND snoozed_until_utc_s IS NULL AND urgency = :urgency",
	[SQL_OWNERS] =
	    "SELECT id, name, (SELECT count(*) FROM requests"
	    "  WHERE state = 'claimed' AND claimed_by = staff.id)"
	    " FROM staff WHERE is_disabled = 0"
	    " AND role IN ('caseworker', 'lead') ORDER BY name_folded",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_DESK, SQL_COUNT, sql_text };

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

/* -- health ----------------------------------------------------------------- */

MUST_USE static enum outcome
count_running(struct store *store, struct request_health *health)
{
	struct query query = query_of(store->database, &sql, SQL_COUNT_RUNNING);
	enum outcome outcome = query_next(&query);

	if (outcome != DONE)
		return (outcome);
	health->open = query_get_integer(&query, 0);
	health->claimed = query_get_integer(&query, 1);
	health->snoozed = query_get_integer(&query, 2);
	health->unread = query_get_integer(&query, 3);
	query_end(&query);
	return (DONE);
}

static void
take_earlier(int64_t *earliest, int64_t utc_s)
{
	if (utc_s != 0 && (*earliest == 0 || utc_s < *earliest))
		*earliest = utc_s;
}

MUST_USE static enum outcome
find_longest_wait(struct store *store, enum request_urgency urgency,
    struct request_health *health)
{
	struct query query = query_of(store->database, &sql, SQL_WAITS_SINCE);
	enum outcome outcome;
	int64_t since;

	query_integer(&query, ":urgency", urgency);
	outcome = query_next(&query);
	if (outcome != DONE)
		return (outcome);
	since = query_get_integer(&query, 0);
	query_end(&query);
	take_earlier(&health->waits_since_utc_s, since);
	if (urgency >= URGENCY_HIGH)
		take_earlier(&health->urgent_waits_since_utc_s, since);
	return (DONE);
}

enum outcome
requests_health(struct store *store, struct request_health *health_r)
{
	struct request_health health = { 0 };
	enum outcome outcome = count_running(store, &health);

	for (int urgency = URGENCY_LOW;
	     urgency <= (int)URGENCY_NOW && outcome == DONE; urgency++)
		outcome = find_longest_wait(
		    store, (enum request_urgency)urgency, &health);
	if (outcome == DONE)
		*health_r = health;
	return (outcome);
}

/* -- who -------------------------------------------------------------------- */

enum outcome
requests_owners(
    struct store *store, struct request_owner **owners_r, size_t *count_r)
{
	struct query query = query_of(store->database, &sql, SQL_OWNERS);
	struct request_owner *owners = NULL;
	size_t count = 0;
	enum outcome outcome;

	while ((outcome = query_next(&query)) == DONE) {
		owners = memory_grow(owners, count, count + 1, sizeof(*owners));
		owners[count].staff = query_get_integer(&query, 0);
		query_copy_text(
		    &query, 1, owners[count].name, sizeof(owners[count].name));
		owners[count++].claimed = query_get_integer(&query, 2);
	}
	if (outcome != NOTHING) {
		free(owners);
		return (outcome);
	}
	*owners_r = owners;
	*count_r = count;
	return (DONE);
}
