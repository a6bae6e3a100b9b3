/* What was set aside for a person: listed without anybody in it, and opened
 * for somebody who is signed in. */
#include <assert.h>

#include "gateway/base/memory.h"
#include "store/journal.h"
#include "store/store_parts.h"

enum sql { SQL_LIST, SQL_FIND, SQL_GET, SQL_COUNT };

static const char *const sql_text[] = {
	[SQL_LIST] = "SELECT id, line, kind, arrived_utc_s, coalesce(cause, '')"
		     " FROM journal WHERE state = 'aside'"
		     " ORDER BY id LIMIT :most",
	[SQL_FIND] = "SELECT 1 FROM journal WHERE caller = :caller"
		     " AND state = 'aside' AND kind = :kind LIMIT 1",
	[SQL_GET] = "SELECT aside, aside_epoch FROM journal"
		    " WHERE id = :id AND state = 'aside'",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_ASIDE, SQL_COUNT, sql_text };

static void
read_aside(const struct query *query, struct journal_aside *aside)
{
	enum { ID, LINE, KIND, ARRIVED, CAUSE };

	aside->id.row = query_get_integer(query, ID);
	query_copy_text(query, LINE, aside->line, sizeof(aside->line));
	query_copy_text(query, KIND, aside->kind, sizeof(aside->kind));
	aside->arrived_utc_s = query_get_integer(query, ARRIVED);
	query_copy_text(query, CAUSE, aside->cause, sizeof(aside->cause));
}

enum outcome
journal_list_aside(
    struct store *store, size_t most, struct journal_aside_list *list_r)
{
	struct query query = query_of(store->database, &sql, SQL_LIST);
	struct journal_aside_list list = { 0 };
	enum outcome outcome;

	query_integer(&query, ":most", (int64_t)most);
	while ((outcome = query_next(&query)) == DONE) {
		list.items = memory_grow(list.items, list.count, list.count + 1,
		    sizeof(*list.items));
		read_aside(&query, &list.items[list.count++]);
	}
	if (outcome != NOTHING) {
		free(list.items);
		return (outcome);
	}
	*list_r = list;
	return (DONE);
}

enum outcome
journal_find_aside(
    struct store *store, const struct caller_key *caller, const char *kind)
{
	struct query query = query_of(store->database, &sql, SQL_FIND);
	enum outcome outcome;

	query_bytes(&query, ":caller", caller->bytes, sizeof(caller->bytes));
	query_text(&query, ":kind", kind);
	outcome = query_next(&query);
	query_end(&query);
	return (outcome);
}

/* The number first, a NUL, then the text; as journal_set_aside() seals. */
static void
split(const struct text *plain, struct text *number, struct text *text)
{
	size_t number_length = strlen(text_string(plain));

	text_add(number, text_string(plain));
	if (plain->length > number_length)
		text_add_bytes(text, plain->bytes + number_length + 1,
		    plain->length - number_length - 1);
}

enum outcome
journal_unseal_aside(struct store *store, const struct team_secret *secret,
    struct journal_id id, struct text *number, struct text *text)
{
	enum { ASIDE, EPOCH };
	struct query query = query_of(store->database, &sql, SQL_GET);
	struct text plain = { 0 };
	const void *sealed;
	size_t length;
	enum outcome outcome;

	query_integer(&query, ":id", id.row);
	outcome = query_next(&query);
	if (outcome != DONE)
		return (outcome);
	sealed = query_get_bytes(&query, ASIDE, &length);
	outcome = store_unseal(store, secret, query_get_integer(&query, EPOCH),
	    SEAL_ASIDE, sealed, length, &plain);
	query_end(&query);
	if (outcome == DONE)
		split(&plain, number, text);
	text_free(&plain);
	return (outcome == NOTHING ? REFUSED : outcome);
}
