#include "store/tallies.h"

#include <assert.h>
#include <string.h>

#include "store/store_parts.h"

enum sql { SQL_ADD, SQL_EACH, SQL_COUNT };

static const char *const sql_text[] = {
	[SQL_ADD] = "INSERT INTO tallies (week, corridor, what, first, second,"
		    " third, count) VALUES (:week, :corridor, :what, :first,"
		    " :second, :third, 1)"
		    " ON CONFLICT (week, corridor, what, first, second, third)"
		    " DO UPDATE SET count = tallies.count + 1",
	[SQL_EACH] = "SELECT week, corridor, first, second, third, count"
		     " FROM tallies WHERE what = :what"
		     " AND week >= :first_week AND week <= :last_week"
		     " ORDER BY week, corridor, first, second, third",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_TALLIES, SQL_COUNT, sql_text };

static const char *const what_names[] = {
	[TALLY_REQUEST] = "request",
	[TALLY_NEED] = "need",
	[TALLY_SIGN] = "sign",
	[TALLY_RECRUITER] = "recruiter",
	[TALLY_FEEDBACK] = "feedback",
};
static_assert(COUNT_OF(what_names) == TALLY_WHATS, "each has its name");

const char *
tally_what_name(enum tally_what what)
{
	return (what_names[what]);
}

static const char *
or_empty(const char *words)
{
	return (words != NULL ? words : "");
}

enum outcome
tallies_add(struct store *store, const struct tally *tally, int64_t now_utc_s)
{
	struct query query = query_of(store->database, &sql, SQL_ADD);
	struct tally_week week = tally_week_of(now_utc_s);

	query_text(&query, ":week", week.text);
	query_text(&query, ":corridor", or_empty(tally->corridor));
	query_text(&query, ":what", what_names[tally->what]);
	query_text(&query, ":first", or_empty(tally->first));
	query_text(&query, ":second", or_empty(tally->second));
	query_text(&query, ":third", or_empty(tally->third));
	return (query_run(&query, NULL));
}

enum outcome
tallies_each(struct store *store, const struct tally_range *range,
    void (*take)(const struct tally_row *row, void *into), void *into)
{
	enum { WEEK, CORRIDOR, FIRST, SECOND, THIRD, HAS };
	struct query query = query_of(store->database, &sql, SQL_EACH);
	enum outcome outcome;

	query_text(&query, ":what", what_names[range->what]);
	query_text(&query, ":first_week", range->first_week);
	query_text(&query, ":last_week", range->last_week);
	while ((outcome = query_next(&query)) == DONE) {
		struct tally_row row = {
			.week = query_get_text(&query, WEEK),
			.corridor = query_get_text(&query, CORRIDOR),
			.first = query_get_text(&query, FIRST),
			.second = query_get_text(&query, SECOND),
			.third = query_get_text(&query, THIRD),
			.count = query_get_integer(&query, HAS),
		};

		take(&row, into);
	}
	return (outcome == NOTHING ? DONE : outcome);
}
