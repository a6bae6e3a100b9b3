#include "store/ages.h"

#include <assert.h>

#include "store/store_parts.h"

enum sql { SQL_READ, SQL_COUNT };

static const char *const sql_text[] = {
	[SQL_READ] = ("SELECT"
		      " (SELECT coalesce(min(added_utc_s), 0) FROM outbox"
		      "  WHERE state = 'queued' AND held = ''),"
		      " (SELECT coalesce(min(arrived_utc_s), 0) FROM journal"
		      "  WHERE state IN ('waiting', 'part'))"),
};

static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_AGES, SQL_COUNT, sql_text };

enum outcome
ages_read(struct store *store, struct ages *ages_r)
{
	struct query query = query_of(store->database, &sql, SQL_READ);
	enum outcome outcome = query_next(&query);

	if (outcome != DONE)
		return (outcome);
	ages_r->outbox_utc_s = query_get_integer(&query, 0);
	ages_r->journal_utc_s = query_get_integer(&query, 1);
	query_end(&query);
	return (DONE);
}
