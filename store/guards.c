#include "store/guards.h"

#include <assert.h>
#include <string.h>

#include "store/store_parts.h"

enum sql { SQL_GET, SQL_PUT, SQL_NOTE, SQL_EVENTS, SQL_CALLERS, SQL_COUNT };

static const char *const sql_text[] = {
	[SQL_GET] = "SELECT hour_utc_s, hour_answers, hour_pages, day_utc_s,"
		    " day_answers, help_answers, withheld, notes,"
		    " same_answers, same_utc_s, exchange FROM guards"
		    " WHERE caller = :caller",
	[SQL_PUT] =
	    "INSERT INTO guards (caller, hour_utc_s, hour_answers, hour_pages,"
	    " day_utc_s, day_answers, help_answers, withheld, notes,"
	    " same_answers, same_utc_s, exchange)"
	    " VALUES (:caller, :hour, :hour_answers, :hour_pages, :day,"
	    " :day_answers, :help_answers, :withheld, :notes, :same_answers,"
	    " :same, :exchange) ON CONFLICT (caller) DO UPDATE SET"
	    " hour_utc_s = excluded.hour_utc_s,"
	    " hour_answers = excluded.hour_answers,"
	    " hour_pages = excluded.hour_pages,"
	    " day_utc_s = excluded.day_utc_s,"
	    " day_answers = excluded.day_answers,"
	    " help_answers = excluded.help_answers,"
	    " withheld = excluded.withheld, notes = excluded.notes,"
	    " same_answers = excluded.same_answers,"
	    " same_utc_s = excluded.same_utc_s,"
	    " exchange = excluded.exchange",
	[SQL_NOTE] = "INSERT INTO guard_counts (what, count) VALUES (:what, 1)"
		     " ON CONFLICT (what) DO UPDATE SET"
		     " count = guard_counts.count + 1",
	[SQL_EVENTS] = "SELECT what, count FROM guard_counts",
	[SQL_CALLERS] = ("SELECT (SELECT count(*) FROM guards"
			 "  WHERE withheld > 0 AND day_utc_s > :day),"
			 " (SELECT count(*) FROM distances)"),
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_GUARDS, SQL_COUNT, sql_text };

static const struct {
	const char *name;
	const char *words;
} events[] = {
	[GUARD_SHORT_CODE] = { "short_code", "from short codes, not answered" },
	[GUARD_NAME] = { "name", "from names, not answered" },
	[GUARD_HIDDEN] = { "hidden", "from nobody who can be answered" },
	[GUARD_OWN_NUMBER] = { "own_number",
	    "from our own lines, not answered" },
	[GUARD_TOLD_SPENT] = { "told_spent",
	    "callers told that their answers are spent" },
	[GUARD_WITHHELD_SPENT] = { "withheld_spent",
	    "answers withheld, spent" },
	[GUARD_WITHHELD_SAME] = { "withheld_same",
	    "answers withheld, the same again" },
	[GUARD_WITHHELD_PAGE] = { "withheld_page",
	    "pages withheld from dialled codes" },
	[GUARD_RANG_AGAIN] = { "rang_again", "rings within their window" },
	[GUARD_REPEATED] = { "repeated",
	    "texts in doubt that were sent again" },
};
static_assert(COUNT_OF(events) == GUARD_EVENTS, "each has its name");

const char *
guard_event_name(enum guard_event event)
{
	return (events[event].name);
}

const char *
guard_event_words(enum guard_event event)
{
	return (events[event].words);
}

enum outcome
guards_get(struct store *store, const struct caller_key *caller,
    struct guard_count *count_r)
{
	enum {
		HOUR,
		HOUR_ANSWERS,
		HOUR_PAGES,
		DAY,
		DAY_ANSWERS,
		HELP_ANSWERS,
		WITHHELD,
		NOTES,
		SAME_ANSWERS,
		SAME,
		EXCHANGE
	};
	struct query query = query_of(store->database, &sql, SQL_GET);
	const void *exchange;
	size_t length;
	enum outcome outcome;

	query_bytes(&query, ":caller", caller->bytes, sizeof(caller->bytes));
	outcome = query_next(&query);
	if (outcome != DONE && outcome != NOTHING)
		return (outcome);
	*count_r = (struct guard_count){ 0 };
	if (outcome == NOTHING)
		return (DONE);
	count_r->hour_utc_s = query_get_integer(&query, HOUR);
	count_r->hour_answers = query_get_integer(&query, HOUR_ANSWERS);
	count_r->hour_pages = query_get_integer(&query, HOUR_PAGES);
	count_r->day_utc_s = query_get_integer(&query, DAY);
	count_r->day_answers = query_get_integer(&query, DAY_ANSWERS);
	count_r->help_answers = query_get_integer(&query, HELP_ANSWERS);
	count_r->withheld = query_get_integer(&query, WITHHELD);
	count_r->notes = (unsigned)query_get_integer(&query, NOTES);
	count_r->same_answers = query_get_integer(&query, SAME_ANSWERS);
	count_r->same_utc_s = query_get_integer(&query, SAME);
	exchange = query_get_bytes(&query, EXCHANGE, &length);
	if (length == sizeof(count_r->exchange))
		memcpy(count_r->exchange, exchange, length);
	query_end(&query);
	return (DONE);
}

enum outcome
guards_put(struct store *store, const struct caller_key *caller,
    const struct guard_count *count)
{
	struct query query = query_of(store->database, &sql, SQL_PUT);

	query_bytes(&query, ":caller", caller->bytes, sizeof(caller->bytes));
	query_integer(&query, ":hour", count->hour_utc_s);
	query_integer(&query, ":hour_answers", count->hour_answers);
	query_integer(&query, ":hour_pages", count->hour_pages);
	query_integer(&query, ":day", count->day_utc_s);
	query_integer(&query, ":day_answers", count->day_answers);
	query_integer(&query, ":help_answers", count->help_answers);
	query_integer(&query, ":withheld", count->withheld);
	query_integer(&query, ":notes", count->notes);
	query_integer(&query, ":same_answers", count->same_answers);
	query_integer(&query, ":same", count->same_utc_s);
	query_bytes(
	    &query, ":exchange", count->exchange, sizeof(count->exchange));
	return (query_run(&query, NULL));
}

enum outcome
guards_note(struct store *store, enum guard_event event)
{
	struct query query = query_of(store->database, &sql, SQL_NOTE);

	query_text(&query, ":what", events[event].name);
	return (query_run(&query, NULL));
}

MUST_USE static enum outcome
count_callers(
    struct store *store, int64_t now_utc_s, struct guard_totals *totals)
{
	struct query query = query_of(store->database, &sql, SQL_CALLERS);
	enum outcome outcome;

	query_integer(&query, ":day", now_utc_s - GUARD_DAY_S);
	outcome = query_next(&query);
	if (outcome != DONE)
		return (outcome);
	totals->silenced = query_get_integer(&query, 0);
	totals->kept_apart = query_get_integer(&query, 1);
	query_end(&query);
	return (DONE);
}

enum outcome
guards_count(
    struct store *store, int64_t now_utc_s, struct guard_totals *totals_r)
{
	struct query query = query_of(store->database, &sql, SQL_EVENTS);
	struct guard_totals totals = { 0 };
	enum outcome outcome;

	while ((outcome = query_next(&query)) == DONE) {
		for (size_t i = 0; i < COUNT_OF(events); i++) {
			if (strcmp(query_get_text(&query, 0), events[i].name) ==
			    0)
				totals.events[i] = query_get_integer(&query, 1);
		}
	}
	if (outcome != NOTHING)
		return (outcome);
	outcome = count_callers(store, now_utc_s, &totals);
	if (outcome == DONE)
		*totals_r = totals;
	return (outcome);
}
