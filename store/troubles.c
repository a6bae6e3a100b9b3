#include "store/troubles.h"

#include <assert.h>

#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "store/store_parts.h"

enum sql { SQL_LIST, SQL_BEGIN, SQL_ROUND, SQL_END, SQL_COUNT };

static const char *const sql_text[] = {
	[SQL_LIST] = "SELECT line, kind, since_utc_s, rounds, next_utc_s"
		     " FROM troubles ORDER BY since_utc_s, line, kind",
	[SQL_BEGIN] = "INSERT INTO troubles (line, kind, since_utc_s,"
		      " next_utc_s) VALUES (:line, :kind, :since, :next)"
		      " ON CONFLICT DO NOTHING",
	[SQL_ROUND] = "UPDATE troubles SET rounds = rounds + 1,"
		      " next_utc_s = :next WHERE line = :line"
		      " AND kind = :kind",
	[SQL_END] = "DELETE FROM troubles WHERE line = :line AND kind = :kind",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_TROUBLES, SQL_COUNT, sql_text };

static const char *const names[] = {
	[TROUBLE_AWAY] = "away",
	[TROUBLE_SIM] = "sim",
	[TROUBLE_CREDIT] = "credit",
	[TROUBLE_EXPIRY] = "expiry",
	[TROUBLE_STORAGE] = "storage",
	[TROUBLE_CAP] = "cap",
	[TROUBLE_DISK] = "disk",
};
static_assert(COUNT_OF(names) == TROUBLE_KINDS, "a trouble has no name");

const char *
trouble_kind_name(enum trouble_kind kind)
{
	return (names[kind]);
}

MUST_USE static enum outcome
read_trouble(const struct query *query, struct trouble *trouble)
{
	enum { LINE, KIND, SINCE, ROUNDS, NEXT };
	const char *kind = query_get_text(query, KIND);

	query_copy_text(query, LINE, trouble->line, sizeof(trouble->line));
	trouble->since_utc_s = query_get_integer(query, SINCE);
	trouble->rounds = (int)query_get_integer(query, ROUNDS);
	trouble->next_utc_s = query_get_integer(query, NEXT);
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (strcmp(names[i], kind) == 0) {
			trouble->kind = (enum trouble_kind)i;
			return (DONE);
		}
	}
	log_err("the store has a trouble that is none");
	return (BROKEN);
}

enum outcome
troubles_list(struct store *store, struct trouble_list *list_r)
{
	struct query query = query_of(store->database, &sql, SQL_LIST);
	struct trouble_list list = { 0 };
	enum outcome outcome;

	while ((outcome = query_next(&query)) == DONE) {
		list.items = memory_grow(list.items, list.count, list.count + 1,
		    sizeof(*list.items));
		outcome = read_trouble(&query, &list.items[list.count]);
		if (outcome != DONE) {
			query_end(&query);
			break;
		}
		list.count++;
	}
	if (outcome != NOTHING) {
		free(list.items);
		return (outcome);
	}
	*list_r = list;
	return (DONE);
}

static struct query
query_on(struct store *store, enum sql which, const struct trouble *trouble)
{
	struct query query = query_of(store->database, &sql, (int)which);

	query_text(&query, ":line", trouble->line);
	query_text(&query, ":kind", names[trouble->kind]);
	return (query);
}

enum outcome
troubles_begin(struct store *store, const struct trouble *trouble)
{
	struct query query = query_on(store, SQL_BEGIN, trouble);
	int64_t row;

	query_integer(&query, ":since", trouble->since_utc_s);
	query_integer(&query, ":next", trouble->next_utc_s);
	return (query_add(&query, &row));
}

enum outcome
troubles_note_round(
    struct store *store, const struct trouble *trouble, int64_t next_utc_s)
{
	struct query query = query_on(store, SQL_ROUND, trouble);

	query_integer(&query, ":next", next_utc_s);
	return (query_move(&query));
}

enum outcome
troubles_end(struct store *store, const struct trouble *trouble)
{
	struct query query = query_on(store, SQL_END, trouble);

	return (query_move(&query));
}
