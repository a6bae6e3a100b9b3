#include "store/retention.h"

#include <assert.h>
#include <strings.h>

#include "gateway/base/marked_words.h"
#include "gateway/base/memory.h"
#include "store/store_parts.h"

enum { DAY_S = 86400, BATCH_MOST = 32 };

enum sql {
	SQL_TRUSTED,
	SQL_TRUST,
	SQL_CLOSED,
	SQL_END_REFERRALS,
	SQL_ERASE_TEXTS,
	SQL_ERASE_OUTBOX,
	SQL_ADD_EVENT,
	SQL_CALLER,
	SQL_ERASE,
	SQL_ERASE_WALK,
	SQL_ERASE_CALLER,
	SQL_ERASE_NUMBER,
	SQL_COUNT
};

/* As store_tidy.c has it. */
#define IS_OWED_NOTHING \
	" AND NOT EXISTS (SELECT 1 FROM outbox" \
	"  WHERE outbox.caller = :caller)" \
	" AND NOT EXISTS (SELECT 1 FROM requests" \
	"  WHERE requests.caller = :caller)" \
	" AND NOT EXISTS (SELECT 1 FROM journal" \
	"  WHERE journal.caller = :caller)"

static const char *const sql_text[] = {
	[SQL_TRUSTED] = "SELECT trusted_utc_s FROM retention_clock",
	[SQL_TRUST] = "INSERT INTO retention_clock (only_row, trusted_utc_s)"
		      " VALUES (1, :now) ON CONFLICT (only_row) DO UPDATE"
		      " SET trusted_utc_s = excluded.trusted_utc_s",
	[SQL_CLOSED] = "SELECT id, outcome, changed_utc_s FROM requests"
		       " WHERE state = 'closed' AND unread = 0"
		       " AND changed_utc_s <= :before AND id > :after"
		       " ORDER BY id",
	/* No withdrawal: what was passed was passed rightly. */
	[SQL_END_REFERRALS] =
	    "UPDATE referrals SET state = 'ended', is_in_doubt = 0"
	    " WHERE request = :id AND state NOT IN ('withdrawn', 'refused')",
	[SQL_ERASE_TEXTS] = "DELETE FROM case_texts WHERE request = :id",
	[SQL_ERASE_OUTBOX] =
	    "UPDATE outbox SET caller = NULL, content = NULL,"
	    " state = CASE state WHEN 'sending' THEN 'unsure'"
	    " ELSE 'given up' END, ended_utc_s = :now"
	    " WHERE request = :id AND state IN ('queued', 'sending')",
	[SQL_ADD_EVENT] = "INSERT INTO events (request, at_utc_s, what, staff)"
			  " VALUES (:id, :now, :what, :staff)",
	[SQL_CALLER] = "SELECT caller FROM requests WHERE id = :id"
		       " AND caller IS NOT NULL",
	/* A caller with another case, or a text on its way, stays. */
	[SQL_ERASE_WALK] = "DELETE FROM walks WHERE caller = :caller"
			   " AND NOT EXISTS (SELECT 1 FROM requests"
			   "  WHERE requests.caller = :caller)",
	[SQL_ERASE_CALLER] = "DELETE FROM callers WHERE key = :caller"
			     " AND is_stopped = 0" IS_OWED_NOTHING,
	/* Who said STOP stays known by the hash alone. */
	[SQL_ERASE_NUMBER] = "UPDATE callers SET number = NULL"
			     " WHERE key = :caller"
			     " AND is_stopped = 1" IS_OWED_NOTHING,
	[SQL_ERASE] = "UPDATE requests SET state = 'forgotten', caller = NULL,"
		      " number = NULL, number_epoch = NULL, answers = NULL,"
		      " answers_epoch = NULL, line = '', language = '',"
		      " outcome = '', unread = 0, changed_utc_s = :now"
		      " WHERE id = :id"
		      " AND state IN ('open', 'claimed', 'closed')",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_RETENTION, SQL_COUNT, sql_text };

static struct query
query_of_id(struct store *store, enum sql which, struct request_id id)
{
	struct query query = query_of(store->database, &sql, (int)which);

	query_integer(&query, ":id", id.row);
	return (query);
}

/* -- how long --------------------------------------------------------------- */

static int64_t
limited(int64_t days)
{
	if (days < 1)
		return (1);
	return (
	    days < RETENTION_HARD_MOST_DAYS ? days : RETENTION_HARD_MOST_DAYS);
}

int64_t
retention_days(const struct retention *retention, const char *outcome)
{
	for (size_t i = 0; i < retention->rule_count; i++) {
		if (strcasecmp(retention->rules[i].outcome, outcome) == 0)
			return (limited(retention->rules[i].days));
	}
	return (limited(retention->default_days));
}

static int64_t
shortest_days(const struct retention *retention)
{
	int64_t days = limited(retention->default_days);

	for (size_t i = 0; i < retention->rule_count; i++) {
		if (limited(retention->rules[i].days) < days)
			days = limited(retention->rules[i].days);
	}
	return (days);
}

/* -- erasing ---------------------------------------------------------------- */

MUST_USE static enum outcome
add_event(struct store *store, struct request_id id, int64_t staff,
    const char *what, int64_t now_utc_s)
{
	struct query query = query_of_id(store, SQL_ADD_EVENT, id);

	query_integer(&query, ":now", now_utc_s);
	query_text(&query, ":what", what);
	if (staff != 0)
		query_integer(&query, ":staff", staff);
	else
		query_null(&query, ":staff");
	return (query_move(&query));
}

/* The caller's key, while the request still has it; "" otherwise. */
MUST_USE static enum outcome
find_caller(struct store *store, struct request_id id, struct text *caller)
{
	struct query query = query_of_id(store, SQL_CALLER, id);
	enum outcome outcome = query_next(&query);
	const void *key;
	size_t length;

	if (outcome == DONE) {
		key = query_get_bytes(&query, 0, &length);
		text_add_bytes(caller, key, length);
		query_end(&query);
	}
	return (outcome == NOTHING ? DONE : outcome);
}

/* What is left of somebody who has no other case. */
MUST_USE static enum outcome
erase_caller(struct store *store, const struct text *caller)
{
	static const enum sql steps[] = { SQL_ERASE_WALK, SQL_ERASE_CALLER,
		SQL_ERASE_NUMBER };
	enum outcome outcome = DONE;

	if (caller->length == 0)
		return (DONE);
	for (size_t i = 0; i < COUNT_OF(steps) && outcome == DONE; i++) {
		struct query query =
		    query_of(store->database, &sql, (int)steps[i]);

		query_bytes(&query, ":caller", caller->bytes, caller->length);
		outcome = query_run(&query, NULL);
	}
	return (outcome);
}

/* The triggers of the schema take facts, referrals, contact and labels. */
MUST_USE static enum outcome
erase_request(struct store *store, struct request_id id, int64_t now_utc_s)
{
	struct query query = query_of_id(store, SQL_ERASE, id);
	enum outcome outcome;

	query_integer(&query, ":now", now_utc_s);
	outcome = query_move(&query);
	if (outcome != DONE)
		return (outcome);
	query = query_of_id(store, SQL_ERASE_TEXTS, id);
	outcome = query_run(&query, NULL);
	if (outcome != DONE)
		return (outcome);
	query = query_of_id(store, SQL_ERASE_OUTBOX, id);
	query_integer(&query, ":now", now_utc_s);
	return (query_run(&query, NULL));
}

enum outcome
retention_erase(struct store *store, struct request_id id, int64_t staff,
    const char *what, int64_t now_utc_s)
{
	struct text caller = { 0 };
	enum outcome outcome = find_caller(store, id, &caller);

	if (outcome == DONE)
		outcome = erase_request(store, id, now_utc_s);
	if (outcome == DONE)
		outcome = erase_caller(store, &caller);
	if (outcome == DONE)
		outcome = add_event(store, id, staff, what, now_utc_s);
	text_free(&caller);
	return (outcome);
}

MUST_USE static enum outcome
erase_due(struct store *store, struct request_id id, int64_t now_utc_s)
{
	struct query query = query_of_id(store, SQL_END_REFERRALS, id);
	enum outcome outcome = query_run(&query, NULL);

	if (outcome != DONE)
		return (outcome);
	return (retention_erase(
	    store, id, 0, WORDS("kept long enough"), now_utc_s));
}

/* -- the clock -------------------------------------------------------------- */

/* Moves the store's own time towards the machine's. */
MUST_USE static enum outcome
trust(struct store *store, int64_t now_utc_s, int64_t *trusted_r)
{
	struct query query = query_of(store->database, &sql, SQL_TRUSTED);
	int64_t trusted = now_utc_s;
	enum outcome outcome = query_next(&query);

	if (outcome == DONE) {
		trusted = query_get_integer(&query, 0) + RETENTION_STEP_S;
		query_end(&query);
	}
	if (outcome != DONE && outcome != NOTHING)
		return (outcome);
	if (trusted > now_utc_s)
		trusted = now_utc_s;
	query = query_of(store->database, &sql, SQL_TRUST);
	query_integer(&query, ":now", trusted);
	outcome = query_run(&query, NULL);
	if (outcome == DONE)
		*trusted_r = trusted;
	return (outcome);
}

struct due {
	struct request_id ids[BATCH_MOST];
	size_t count;
	struct request_id last; /* looked at */
	int64_t trusted_utc_s;
};

MUST_USE static enum outcome
find_due(
    struct store *store, const struct retention *retention, struct due *due)
{
	struct query query = query_of(store->database, &sql, SQL_CLOSED);
	int64_t trusted_utc_s = due->trusted_utc_s;
	enum outcome outcome;

	query_integer(&query, ":before",
	    trusted_utc_s - shortest_days(retention) * DAY_S);
	query_integer(&query, ":after", due->last.row);
	due->count = 0;
	while ((outcome = query_next(&query)) == DONE) {
		int64_t lasts_s =
		    retention_days(retention, query_get_text(&query, 1)) *
		    DAY_S;

		due->last.row = query_get_integer(&query, 0);
		if (query_get_integer(&query, 2) + lasts_s <= trusted_utc_s)
			due->ids[due->count++] = due->last;
		if (due->count == BATCH_MOST) {
			query_end(&query);
			return (DONE);
		}
	}
	return (outcome == NOTHING ? DONE : outcome);
}

/* One short transaction; due->count of 0 afterwards: there is no more. */
MUST_USE static enum outcome
erase_batch(struct store *store, const struct retention *retention,
    int64_t now_utc_s, struct due *due)
{
	enum outcome outcome = store_begin(store);

	if (outcome != DONE)
		return (outcome);
	if (due->last.row == 0)
		outcome = trust(store, now_utc_s, &due->trusted_utc_s);
	if (outcome == DONE)
		outcome = find_due(store, retention, due);
	for (size_t i = 0; i < due->count && outcome == DONE; i++)
		outcome = erase_due(store, due->ids[i], now_utc_s);
	if (outcome == DONE)
		return (store_commit(store));
	store_rollback(store);
	return (outcome);
}

enum outcome
retention_run(struct store *store, const struct retention *retention,
    int64_t now_utc_s, size_t *erased_r)
{
	struct due due = { 0 };
	size_t erased = 0;

	do {
		enum outcome outcome =
		    erase_batch(store, retention, now_utc_s, &due);

		if (outcome != DONE)
			return (outcome);
		erased += due.count;
	} while (due.count == BATCH_MOST);
	*erased_r = erased;
	return (DONE);
}
