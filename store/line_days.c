#include "store/line_days.h"

#include <assert.h>

#include "store/store_parts.h"

enum sql { SQL_GET, SQL_ADD, SQL_FORGET, SQL_COUNT };

static const char *const sql_text[] = {
	[SQL_GET] = "SELECT texts, parts, spent, over FROM line_days"
		    " WHERE line = :line AND day = :day",
	[SQL_ADD] =
	    "INSERT INTO line_days (line, day, texts, parts, spent, over)"
	    " VALUES (:line, :day, max(:texts, 0), max(:parts, 0),"
	    " max(:spent, 0), max(:over, 0))"
	    " ON CONFLICT (line, day) DO UPDATE SET"
	    " texts = max(texts + :texts, 0), parts = max(parts + :parts, 0),"
	    " spent = max(spent + :spent, 0), over = max(over + :over, 0)",
	[SQL_FORGET] = "DELETE FROM line_days WHERE line = :line AND day <="
		       " (SELECT day FROM line_days WHERE line = :line"
		       "  ORDER BY day DESC LIMIT 1 OFFSET :kept)",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_LINE_DAYS, SQL_COUNT, sql_text };

enum outcome
line_days_get(
    struct store *store, const char *line, int64_t day, struct line_day *day_r)
{
	enum { TEXTS, PARTS, SPENT, OVER };
	struct query query = query_of(store->database, &sql, SQL_GET);
	enum outcome outcome;

	query_text(&query, ":line", line);
	query_integer(&query, ":day", day);
	outcome = query_next(&query);
	if (outcome == NOTHING)
		*day_r = (struct line_day){ 0 };
	if (outcome != DONE)
		return (outcome == NOTHING ? DONE : outcome);
	*day_r = (struct line_day){
		.texts = query_get_integer(&query, TEXTS),
		.parts = query_get_integer(&query, PARTS),
		.spent = query_get_integer(&query, SPENT),
		.over = query_get_integer(&query, OVER),
	};
	query_end(&query);
	return (DONE);
}

enum outcome
line_days_add(struct store *store, const char *line, int64_t day,
    const struct line_day *more)
{
	struct query query = query_of(store->database, &sql, SQL_ADD);
	struct line_day before;
	enum outcome outcome = line_days_get(store, line, day, &before);

	query_text(&query, ":line", line);
	query_integer(&query, ":day", day);
	query_integer(&query, ":texts", more->texts);
	query_integer(&query, ":parts", more->parts);
	query_integer(&query, ":spent", more->spent);
	query_integer(&query, ":over", more->over);
	if (outcome != DONE) {
		query_end(&query);
		return (outcome);
	}
	outcome = query_run(&query, NULL);
	/* The first of a day. */
	if (outcome != DONE || before.texts != 0)
		return (outcome == NOTHING ? DONE : outcome);
	query = query_of(store->database, &sql, SQL_FORGET);
	query_text(&query, ":line", line);
	query_integer(&query, ":kept", LINE_DAYS_KEPT);
	outcome = query_run(&query, NULL);
	return (outcome == NOTHING ? DONE : outcome);
}
