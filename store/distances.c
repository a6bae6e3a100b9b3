#include "store/distances.h"

#include <assert.h>

#include "gateway/base/retry.h"
#include "store/store_parts.h"

enum sql { SQL_GET, SQL_PUT, SQL_END, SQL_COUNT };

static const char *const sql_text[] = {
	[SQL_GET] = "SELECT failures, next_utc_s FROM distances"
		    " WHERE caller = :caller",
	[SQL_PUT] = "INSERT INTO distances (caller, failures, next_utc_s)"
		    " VALUES (:caller, :failures, :next)"
		    " ON CONFLICT (caller) DO UPDATE SET"
		    " failures = excluded.failures,"
		    " next_utc_s = excluded.next_utc_s",
	[SQL_END] = "DELETE FROM distances WHERE caller = :caller",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_DISTANCES, SQL_COUNT, sql_text };

static struct query
query_of_caller(
    struct store *store, enum sql which, const struct caller_key *caller)
{
	struct query query = query_of(store->database, &sql, (int)which);

	query_bytes(&query, ":caller", caller->bytes, sizeof(caller->bytes));
	return (query);
}

MUST_USE static enum outcome
get(struct store *store, const struct caller_key *caller, int64_t *failures_r,
    int64_t *next_utc_s_r)
{
	struct query query = query_of_caller(store, SQL_GET, caller);
	enum outcome outcome = query_next(&query);

	if (outcome != DONE)
		return (outcome);
	*failures_r = query_get_integer(&query, 0);
	*next_utc_s_r = query_get_integer(&query, 1);
	query_end(&query);
	return (DONE);
}

enum outcome
distances_grow(struct store *store, const struct caller_key *caller,
    int64_t now_utc_s, int64_t *next_utc_s_r)
{
	int64_t failures = 0, before_utc_s = 0;
	enum outcome outcome = get(store, caller, &failures, &before_utc_s);
	struct query query;

	if (outcome != DONE && outcome != NOTHING)
		return (outcome);
	if (failures < RETRY_TEXT_MOST)
		failures++;
	*next_utc_s_r = now_utc_s + retry_text_wait_s((int)failures);
	query = query_of_caller(store, SQL_PUT, caller);
	query_integer(&query, ":failures", failures);
	query_integer(&query, ":next", *next_utc_s_r);
	return (query_run(&query, NULL));
}

enum outcome
distances_end(struct store *store, const struct caller_key *caller)
{
	struct query query = query_of_caller(store, SQL_END, caller);

	return (query_run(&query, NULL));
}

enum outcome
distances_next(
    struct store *store, const struct caller_key *caller, int64_t *next_utc_s_r)
{
	int64_t failures;

	return (get(store, caller, &failures, next_utc_s_r));
}
