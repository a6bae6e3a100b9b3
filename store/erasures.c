#include "store/erasures.h"

#include <assert.h>
#include <string.h>

#include "gateway/base/memory.h"
#include "store/store_parts.h"

enum sql { SQL_FIND, SQL_REASON, SQL_ASK, SQL_TAKE_BACK, SQL_LIST, SQL_COUNT };

static const char *const sql_text[] = {
	[SQL_FIND] =
	    "SELECT erasures.staff, staff.name, asked_utc_s FROM erasures"
	    " JOIN staff ON staff.id = erasures.staff"
	    " WHERE request = :id AND asked_utc_s > :since",
	[SQL_REASON] = "SELECT epoch, reason FROM erasures"
		       " WHERE request = :id AND reason IS NOT NULL",
	[SQL_ASK] =
	    "INSERT INTO erasures (request, staff, asked_utc_s, epoch, reason)"
	    " VALUES (:id, :staff, :now, :epoch, :reason)"
	    " ON CONFLICT (request) DO UPDATE SET staff = excluded.staff,"
	    " asked_utc_s = excluded.asked_utc_s, epoch = excluded.epoch,"
	    " reason = excluded.reason",
	[SQL_TAKE_BACK] = "DELETE FROM erasures WHERE request = :id",
	[SQL_LIST] =
	    "SELECT erasures.staff, staff.name, asked_utc_s, requests.id,"
	    " requests.ref FROM erasures"
	    " JOIN staff ON staff.id = erasures.staff"
	    " JOIN requests ON requests.id = erasures.request"
	    " WHERE asked_utc_s > :since ORDER BY asked_utc_s, requests.id",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_ERASURES, SQL_COUNT, sql_text };

static struct query
query_of_id(struct store *store, enum sql which, struct request_id id)
{
	struct query query = query_of(store->database, &sql, (int)which);

	query_integer(&query, ":id", id.row);
	return (query);
}

static void
read_erasure(struct query *query, struct erasure *erasure)
{
	memset(erasure, 0, sizeof(*erasure));
	erasure->staff = query_get_integer(query, 0);
	query_copy_text(
	    query, 1, erasure->staff_name, sizeof(erasure->staff_name));
	erasure->asked_utc_s = query_get_integer(query, 2);
}

enum outcome
erasures_find(struct store *store, struct request_id id, int64_t now_utc_s,
    struct erasure *erasure_r)
{
	struct query query = query_of_id(store, SQL_FIND, id);
	enum outcome outcome;

	query_integer(&query, ":since", now_utc_s - ERASURE_STANDS_S);
	outcome = query_next(&query);
	if (outcome != DONE)
		return (outcome);
	read_erasure(&query, erasure_r);
	query_end(&query);
	return (DONE);
}

enum outcome
erasures_reason(struct store *store, const struct team_secret *secret,
    struct request_id id, struct text *reason)
{
	struct query query = query_of_id(store, SQL_REASON, id);
	enum outcome outcome = query_next(&query);
	const void *sealed;
	size_t length;

	if (outcome != DONE)
		return (outcome);
	sealed = query_get_bytes(&query, 1, &length);
	outcome = store_unseal(store, secret, query_get_integer(&query, 0),
	    SEAL_ERASURE, sealed, length, reason);
	query_end(&query);
	return (outcome == NOTHING ? REFUSED : outcome);
}

enum outcome
erasures_ask(struct store *store, const struct erasure_wish *wish)
{
	struct text sealed = { 0 };
	struct query query;
	enum outcome outcome = store_check_epoch(store);

	if (outcome != DONE)
		return (outcome);
	store_seal(
	    store, SEAL_ERASURE, wish->reason, strlen(wish->reason), &sealed);
	query = query_of_id(store, SQL_ASK, wish->request);
	query_integer(&query, ":staff", wish->staff);
	query_integer(&query, ":now", wish->now_utc_s);
	query_integer(&query, ":epoch", store_epoch(store));
	query_blob(&query, ":reason", &sealed);
	outcome = query_run(&query, NULL);
	text_free(&sealed);
	return (outcome);
}

enum outcome
erasures_take_back(struct store *store, struct request_id id)
{
	struct query query = query_of_id(store, SQL_TAKE_BACK, id);

	return (query_move(&query));
}

enum outcome
erasures_list(
    struct store *store, int64_t now_utc_s, struct erasure_list *list_r)
{
	struct query query = query_of(store->database, &sql, SQL_LIST);
	struct erasure_list list = { 0 };
	enum outcome outcome;

	query_integer(&query, ":since", now_utc_s - ERASURE_STANDS_S);
	while ((outcome = query_next(&query)) == DONE) {
		struct erasure_entry *entry;

		list.items = memory_grow(list.items, list.count, list.count + 1,
		    sizeof(*list.items));
		entry = &list.items[list.count++];
		read_erasure(&query, &entry->asked);
		entry->request.row = query_get_integer(&query, 3);
		query_copy_text(&query, 4, entry->ref, sizeof(entry->ref));
	}
	if (outcome != NOTHING) {
		free(list.items);
		return (outcome);
	}
	*list_r = list;
	return (DONE);
}
