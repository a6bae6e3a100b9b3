#include "store/releases.h"

#include <assert.h>
#include <string.h>

#include "gateway/base/memory.h"
#include "store/store_parts.h"

enum sql { SQL_LIST, SQL_CELLS, SQL_ADD, SQL_ADD_CELL, SQL_COUNT };

static const char *const sql_text[] = {
	[SQL_LIST] = "SELECT id, made_utc_s, staff, first_week, last_week,"
		     " form FROM releases ORDER BY id",
	[SQL_CELLS] = "SELECT cell, count FROM release_cells"
		      " WHERE release = :id ORDER BY cell",
	[SQL_ADD] = "INSERT INTO releases (made_utc_s, staff, first_week,"
		    " last_week, form)"
		    " VALUES (:now, :staff, :first, :last, :form)",
	[SQL_ADD_CELL] = "INSERT INTO release_cells (release, cell, count)"
			 " VALUES (:id, :cell, :count)",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_RELEASES, SQL_COUNT, sql_text };

enum outcome
releases_list(struct store *store, struct release_ledger *ledger_r)
{
	enum { ID, MADE, STAFF, FIRST, LAST, FORM };
	struct query query = query_of(store->database, &sql, SQL_LIST);
	struct release_ledger ledger = { 0 };
	enum outcome outcome;

	while ((outcome = query_next(&query)) == DONE) {
		struct release_entry *entry;

		ledger.items = memory_grow(ledger.items, ledger.count,
		    ledger.count + 1, sizeof(*ledger.items));
		entry = &ledger.items[ledger.count++];
		entry->id = query_get_integer(&query, ID);
		entry->made_utc_s = query_get_integer(&query, MADE);
		entry->staff = query_get_integer(&query, STAFF);
		query_copy_text(&query, FIRST, entry->first_week,
		    sizeof(entry->first_week));
		query_copy_text(
		    &query, LAST, entry->last_week, sizeof(entry->last_week));
		query_copy_text(&query, FORM, entry->form, sizeof(entry->form));
	}
	if (outcome != NOTHING) {
		free(ledger.items);
		return (outcome);
	}
	*ledger_r = ledger;
	return (DONE);
}

enum outcome
releases_cells(struct store *store, int64_t release,
    void (*take)(const char *cell, int64_t count, void *into), void *into)
{
	struct query query = query_of(store->database, &sql, SQL_CELLS);
	enum outcome outcome;

	query_integer(&query, ":id", release);
	while ((outcome = query_next(&query)) == DONE)
		take(query_get_text(&query, 0), query_get_integer(&query, 1),
		    into);
	return (outcome == NOTHING ? DONE : outcome);
}

enum outcome
releases_add(
    struct store *store, const struct release_entry *entry, int64_t *id_r)
{
	struct query query = query_of(store->database, &sql, SQL_ADD);

	query_integer(&query, ":now", entry->made_utc_s);
	query_integer(&query, ":staff", entry->staff);
	query_text(&query, ":first", entry->first_week);
	query_text(&query, ":last", entry->last_week);
	query_text(&query, ":form", entry->form);
	return (query_add(&query, id_r));
}

enum outcome
releases_add_cell(
    struct store *store, int64_t release, const char *cell, int64_t count)
{
	struct query query = query_of(store->database, &sql, SQL_ADD_CELL);

	query_integer(&query, ":id", release);
	query_text(&query, ":cell", cell);
	query_integer(&query, ":count", count);
	return (query_move(&query));
}
