/* Has anything changed?  For whoever keeps what it has read. */
#include <assert.h>

#include "store/store_parts.h"

enum sql { SQL_BY_OTHERS, SQL_BY_US, SQL_COUNT };

static const char *const sql_text[] = {
	[SQL_BY_OTHERS] = "PRAGMA data_version",
	[SQL_BY_US] = "SELECT total_changes()",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_CHANGES, SQL_COUNT, sql_text };

MUST_USE static enum outcome
read_number(struct store *store, int statement, int64_t *number_r)
{
	struct query query = query_of(store->database, &sql, statement);
	enum outcome outcome = query_next(&query);

	if (outcome != DONE)
		return (outcome);
	*number_r = query_get_integer(&query, 0);
	query_end(&query);
	return (DONE);
}

enum outcome
store_changes(struct store *store, struct store_changes *changes_r)
{
	struct store_changes changes;
	enum outcome outcome =
	    read_number(store, SQL_BY_OTHERS, &changes.by_others);

	if (outcome == DONE)
		outcome = read_number(store, SQL_BY_US, &changes.by_us);
	if (outcome == DONE)
		*changes_r = changes;
	return (outcome);
}
