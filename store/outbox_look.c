/* Looking into the outbox: the second half of outbox.h. */
#include <assert.h>

#include "store/outbox_parts.h"

enum { OUTBOX_STATES = OUTBOX_GIVEN_UP + 1 };

enum sql {
	SQL_FIND_WAITING,
	SQL_NEXT_DUE,
	SQL_FIND_QUEUED,
	SQL_FIND_OF_REQUEST,
	SQL_FIND_FAILED,
	SQL_FIND_ENDED,
	SQL_FAIL_HELD,
	SQL_REPORTED,
	SQL_FIND_OVERDUE,
	SQL_OLDEST_REPLY,
	SQL_EXPIRE,
	SQL_COUNT_STATES,
	SQL_COUNT
};

#define IS_WAITING_REPLY \
	" state = 'queued' AND kind = 'reply' AND first_part = 1"

static const char *const sql_text[] = {
	[SQL_FIND_WAITING] = "SELECT 1 FROM outbox WHERE caller = :caller"
			     " AND line = :line AND held = '' LIMIT 1",
	[SQL_NEXT_DUE] =
	    "SELECT next_utc_s FROM outbox AS one"
	    " WHERE state = 'queued' AND line = :line" IS_FIRST_OF_CALLER
	    " ORDER BY next_utc_s LIMIT 1",
	[SQL_FIND_QUEUED] = "SELECT 1 FROM outbox WHERE state = 'queued'"
			    " AND line = :line LIMIT 1",
	[SQL_FIND_OF_REQUEST] =
	    "SELECT 1 FROM outbox WHERE request = :request AND request <> 0"
	    " AND caller IS NOT NULL AND kind = :kind LIMIT 1",
	[SQL_FIND_FAILED] = "SELECT kind, request FROM outbox WHERE id = :id"
			    " AND state IN ('failed', 'given up')",
	[SQL_FIND_ENDED] =
	    "SELECT kind, request, state FROM outbox WHERE id = :id"
	    " AND state IN ('failed', 'given up', 'unsure')",
	[SQL_FAIL_HELD] = "UPDATE outbox SET state = 'failed', held = '',"
			  " cause = 'no answer', " END_COLUMNS
			  " WHERE request = :request AND request <> 0"
			  " AND caller IS NOT NULL AND held = 'answer'",
	/* All its parts are on the phone, or one is known not to be. */
	[SQL_REPORTED] =
	    "UPDATE outbox SET delivered = delivered + :delivered,"
	    " report = CASE WHEN :delivered = 0 THEN 'not delivered'"
	    "  WHEN report = '' AND delivered + 1 >= parts"
	    "   AND state <> 'sending' THEN 'delivered'"
	    "  ELSE report END"
	    " WHERE id = :id AND line = :line"
	    " AND state IN ('sending', 'sent', 'unsure')",
	[SQL_FIND_OVERDUE] =
	    "SELECT id, request FROM outbox WHERE" IS_WAITING_REPLY
	    " AND added_utc_s <= :added ORDER BY added_utc_s, id LIMIT 1",
	[SQL_OLDEST_REPLY] =
	    "SELECT added_utc_s FROM outbox"
	    " WHERE" IS_WAITING_REPLY " ORDER BY added_utc_s LIMIT 1",
	[SQL_EXPIRE] = "UPDATE outbox SET state = 'failed', held = '',"
		       " cause = 'expired', " END_COLUMNS
		       " WHERE id = :id AND state = 'queued'",
	[SQL_COUNT_STATES] =
	    "SELECT state, count(*) FROM outbox GROUP BY state",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_OUTBOX_LOOK, SQL_COUNT, sql_text };

enum outcome
outbox_find_waiting(
    struct store *store, const char *line, const struct caller_key *caller)
{
	struct query query = query_of(store->database, &sql, SQL_FIND_WAITING);
	enum outcome outcome;

	query_bytes(&query, ":caller", caller->bytes, sizeof(caller->bytes));
	query_text(&query, ":line", line);
	outcome = query_next(&query);
	query_end(&query);
	return (outcome);
}

enum outcome
outbox_next_due(struct store *store, const char *line, int64_t *utc_s_r)
{
	struct query query = query_of(store->database, &sql, SQL_NEXT_DUE);
	enum outcome outcome;

	query_text(&query, ":line", line);
	outcome = query_next(&query);
	if (outcome != DONE)
		return (outcome);
	*utc_s_r = query_get_integer(&query, 0);
	query_end(&query);
	return (DONE);
}

enum outcome
outbox_find_queued(struct store *store, const char *line)
{
	struct query query = query_of(store->database, &sql, SQL_FIND_QUEUED);
	enum outcome outcome;

	query_text(&query, ":line", line);
	outcome = query_next(&query);
	query_end(&query);
	return (outcome);
}

enum outcome
outbox_find_of_request(
    struct store *store, int64_t request, enum outbox_kind kind)
{
	struct query query =
	    query_of(store->database, &sql, SQL_FIND_OF_REQUEST);
	enum outcome outcome;

	query_integer(&query, ":request", request);
	query_text(&query, ":kind", outbox_kind_name(kind));
	outcome = query_next(&query);
	query_end(&query);
	return (outcome);
}

enum outcome
outbox_find_failed(struct store *store, struct outbox_id id,
    enum outbox_kind *kind_r, int64_t *request_r)
{
	struct query query = query_of(store->database, &sql, SQL_FIND_FAILED);
	enum outcome outcome;

	query_integer(&query, ":id", id.row);
	outcome = query_next(&query);
	if (outcome != DONE)
		return (outcome);
	outcome = outbox_read_kind(&query, 0, kind_r);
	*request_r = query_get_integer(&query, 1);
	query_end(&query);
	return (outcome);
}

enum outcome
outbox_find_ended(
    struct store *store, struct outbox_id id, struct outbox_ended *ended_r)
{
	enum { KIND, REQUEST, STATE };
	struct query query = query_of(store->database, &sql, SQL_FIND_ENDED);
	enum outcome outcome;

	query_integer(&query, ":id", id.row);
	outcome = query_next(&query);
	if (outcome != DONE)
		return (outcome);
	outcome = outbox_read_kind(&query, KIND, &ended_r->kind);
	ended_r->request = query_get_integer(&query, REQUEST);
	for (size_t i = 0; i < OUTBOX_STATES; i++) {
		if (strcmp(query_get_text(&query, STATE),
			outbox_state_name((enum outbox_state)i)) == 0)
			ended_r->state = (enum outbox_state)i;
	}
	query_end(&query);
	return (outcome);
}

enum outcome
outbox_fail_held(struct store *store, int64_t request, int64_t now_utc_s)
{
	struct query query = query_of(store->database, &sql, SQL_FAIL_HELD);

	query_integer(&query, ":request", request);
	query_integer(&query, ":now", now_utc_s);
	return (query_run(&query, NULL));
}

enum outcome
outbox_reported(struct store *store, struct outbox_id id, const char *line,
    int is_delivered)
{
	struct query query = query_of(store->database, &sql, SQL_REPORTED);

	query_integer(&query, ":id", id.row);
	query_text(&query, ":line", line);
	query_integer(&query, ":delivered", is_delivered != 0);
	return (query_move(&query));
}

enum outcome
outbox_find_overdue(
    struct store *store, int64_t added_utc_s, struct outbox_overdue *text_r)
{
	struct query query = query_of(store->database, &sql, SQL_FIND_OVERDUE);
	enum outcome outcome;

	query_integer(&query, ":added", added_utc_s);
	outcome = query_next(&query);
	if (outcome != DONE)
		return (outcome);
	text_r->id.row = query_get_integer(&query, 0);
	text_r->request = query_get_integer(&query, 1);
	query_end(&query);
	return (DONE);
}

enum outcome
outbox_oldest_reply(struct store *store, int64_t *added_utc_s_r)
{
	struct query query = query_of(store->database, &sql, SQL_OLDEST_REPLY);
	enum outcome outcome = query_next(&query);

	if (outcome != DONE)
		return (outcome);
	*added_utc_s_r = query_get_integer(&query, 0);
	query_end(&query);
	return (DONE);
}

enum outcome
outbox_expire(struct store *store, struct outbox_id id, int64_t now_utc_s)
{
	struct query query = query_of(store->database, &sql, SQL_EXPIRE);

	query_integer(&query, ":id", id.row);
	query_integer(&query, ":now", now_utc_s);
	return (query_move(&query));
}

enum outcome
outbox_count(struct store *store, int64_t counts_r[6])
{
	struct query query = query_of(store->database, &sql, SQL_COUNT_STATES);
	int64_t counts[OUTBOX_STATES] = { 0 };
	enum outcome outcome;

	while ((outcome = query_next(&query)) == DONE) {
		for (size_t i = 0; i < OUTBOX_STATES; i++) {
			if (strcmp(query_get_text(&query, 0),
				outbox_state_name((enum outbox_state)i)) == 0)
				counts[i] = query_get_integer(&query, 1);
		}
	}
	if (outcome != NOTHING)
		return (outcome);
	memcpy(counts_r, counts, sizeof(counts));
	return (DONE);
}
