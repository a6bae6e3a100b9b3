#include "store/alarms.h"

#include <assert.h>

#include "gateway/base/memory.h"
#include "store/store_parts.h"

enum sql { SQL_DUE, SQL_NOTE, SQL_FIND_OVER, SQL_ERASE_OVER, SQL_COUNT };

/* What sleeps, or is somebody's, rings nobody up. */
#define IS_OVER \
	" WHERE NOT EXISTS (SELECT 1 FROM requests" \
	"  WHERE requests.id = alarms.request AND state = 'open'" \
	"  AND snoozed_until_utc_s IS NULL)"

static const char *const sql_text[] = {
	[SQL_DUE] = ("SELECT requests.id, ref, urgency, corridor,"
		     " coalesce(rounds, 0) FROM requests"
		     " LEFT JOIN alarms ON alarms.request = requests.id"
		     " WHERE state = 'open' AND urgency >= :least"
		     " AND snoozed_until_utc_s IS NULL"
		     " AND (rounds IS NULL OR (rounds < :rounds"
		     "  AND (next_utc_s <= :now OR next_utc_s > :latest)))"
		     " ORDER BY urgency DESC, requests.id LIMIT :most"),
	[SQL_NOTE] =
	    "INSERT INTO alarms (request, rounds, next_utc_s)"
	    " VALUES (:request, :rounds, :next)"
	    " ON CONFLICT (request) DO UPDATE SET rounds = excluded.rounds,"
	    " next_utc_s = excluded.next_utc_s",
	[SQL_FIND_OVER] = "SELECT 1 FROM alarms" IS_OVER " LIMIT 1",
	[SQL_ERASE_OVER] = "DELETE FROM alarms" IS_OVER,
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_ALARMS, SQL_COUNT, sql_text };

static void
read_alarm(const struct query *query, struct alarm *alarm)
{
	enum { REQUEST, REF, URGENCY, CORRIDOR, ROUNDS };

	alarm->request.row = query_get_integer(query, REQUEST);
	query_copy_text(query, REF, alarm->ref, sizeof(alarm->ref));
	alarm->urgency =
	    (enum request_urgency)query_get_integer(query, URGENCY);
	query_copy_text(
	    query, CORRIDOR, alarm->corridor, sizeof(alarm->corridor));
	alarm->rounds = (int)query_get_integer(query, ROUNDS);
}

enum outcome
alarms_due(struct store *store, const struct alarm_filter *filter,
    struct alarm_list *list_r)
{
	struct query query = query_of(store->database, &sql, SQL_DUE);
	struct alarm_list list = { 0 };
	enum outcome outcome;

	query_integer(&query, ":least", filter->least);
	query_integer(&query, ":rounds", ALARM_ROUNDS_MOST);
	query_integer(&query, ":now", filter->now_utc_s);
	query_integer(
	    &query, ":latest", filter->now_utc_s + filter->longest_wait_s);
	query_integer(&query, ":most", (int64_t)filter->most);
	while ((outcome = query_next(&query)) == DONE) {
		list.items = memory_grow(list.items, list.count, list.count + 1,
		    sizeof(*list.items));
		read_alarm(&query, &list.items[list.count++]);
	}
	if (outcome != NOTHING) {
		free(list.items);
		return (outcome);
	}
	*list_r = list;
	return (DONE);
}

enum outcome
alarms_note_round(
    struct store *store, const struct alarm *alarm, int64_t next_utc_s)
{
	struct query query = query_of(store->database, &sql, SQL_NOTE);

	query_integer(&query, ":request", alarm->request.row);
	query_integer(&query, ":rounds", alarm->rounds + 1);
	query_integer(&query, ":next", next_utc_s);
	return (query_move(&query));
}

enum outcome
alarms_find_over(struct store *store)
{
	struct query query = query_of(store->database, &sql, SQL_FIND_OVER);
	enum outcome outcome = query_next(&query);

	query_end(&query);
	return (outcome);
}

enum outcome
alarms_erase_over(struct store *store)
{
	struct query query = query_of(store->database, &sql, SQL_ERASE_OVER);

	return (query_run(&query, NULL));
}
