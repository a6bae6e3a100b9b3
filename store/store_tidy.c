#include <assert.h>

#include "store/store_parts.h"

enum sql {
	SQL_TIDY_JOURNAL,
	SQL_TIDY_OUTBOX,
	SQL_TIDY_WALKS,
	SQL_TIDY_CALLERS,
	SQL_TIDY_NUMBERS,
	SQL_TIDY_GUARDS,
	SQL_TIDY_DISTANCES,
	SQL_COUNT
};

/* A caller nobody owes anything: no text on its way, no request that could be
 * answered. */
#define IS_OWED_NOTHING \
	" AND NOT EXISTS (SELECT 1 FROM outbox" \
	"  WHERE outbox.caller = callers.key)" \
	" AND NOT EXISTS (SELECT 1 FROM requests" \
	"  WHERE requests.caller = callers.key)" \
	" AND NOT EXISTS (SELECT 1 FROM journal" \
	"  WHERE journal.caller = callers.key)"

static const char *const sql_text[] = {
	/* The newest row stays, so that an id is never given twice. */
	[SQL_TIDY_JOURNAL] = "DELETE FROM journal WHERE arrived_utc_s < :before"
			     " AND state IN ('handled', 'joined', 'ignored')"
			     " AND id < (SELECT max(id) FROM journal)",
	[SQL_TIDY_OUTBOX] = "DELETE FROM outbox WHERE ended_utc_s < :before"
			    " AND id < (SELECT max(id) FROM outbox)",
	[SQL_TIDY_WALKS] = "DELETE FROM walks WHERE changed_utc_s < :before",
	[SQL_TIDY_CALLERS] = "DELETE FROM callers WHERE last_utc_s < :before"
			     " AND is_stopped = 0" IS_OWED_NOTHING,
	/* Who said STOP stays known by the hash alone. */
	[SQL_TIDY_NUMBERS] =
	    "UPDATE callers SET number = NULL WHERE last_utc_s < :before"
	    " AND is_stopped = 1 AND number IS NOT NULL" IS_OWED_NOTHING,
	/* Their windows are over. */
	[SQL_TIDY_GUARDS] = "DELETE FROM guards WHERE day_utc_s < :before"
			    " AND hour_utc_s < :before",
	[SQL_TIDY_DISTANCES] =
	    "DELETE FROM distances WHERE next_utc_s < :before",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_TIDY, SQL_COUNT, sql_text };

/* How old rows must be that go. */
static int64_t
age_of(int which, int64_t keep_s, int64_t forget_s)
{
	enum { DAY_S = 86400 };

	if (which == SQL_TIDY_GUARDS || which == SQL_TIDY_DISTANCES)
		return (DAY_S);
	return (which == SQL_TIDY_WALKS ? forget_s : keep_s);
}

enum outcome
store_tidy(
    struct store *store, int64_t now_utc_s, int64_t keep_s, int64_t forget_s)
{
	enum outcome outcome = store_begin(store);

	if (outcome != DONE)
		return (outcome);
	for (int which = 0; which < SQL_COUNT && outcome == DONE; which++) {
		struct query query = query_of(store->database, &sql, which);

		query_integer(&query, ":before",
		    now_utc_s - age_of(which, keep_s, forget_s));
		outcome = query_run(&query, NULL);
	}
	if (outcome != DONE) {
		store_rollback(store);
		return (outcome);
	}
	return (store_commit(store));
}
