#include "store/tallies.h"

#include <assert.h>
#include <string.h>

#include "store/store_parts.h"

enum sql { SQL_ADD, SQL_MARK, SQL_MARK_AGAIN, SQL_EACH, SQL_COUNT };

static const char *const sql_text[] = {
	[SQL_ADD] =
	    "INSERT INTO tallies (week, corridor, what, first, second, third,"
	    " count, callers, new_callers) VALUES (:week, :corridor, :what,"
	    " :first, :second, :third, 1, :callers, :new_callers)"
	    " ON CONFLICT (week, corridor, what, first, second, third)"
	    " DO UPDATE SET count = tallies.count + 1,"
	    " callers = tallies.callers + excluded.callers,"
	    " new_callers = tallies.new_callers + excluded.new_callers",
	[SQL_MARK] = "INSERT INTO tally_marks (mark, caller, week)"
		     " VALUES (:mark, :caller, :week)"
		     " ON CONFLICT (mark) DO NOTHING",
	[SQL_MARK_AGAIN] = "UPDATE tally_marks SET week = :week"
			   " WHERE mark = :mark AND week <> :week",
	[SQL_EACH] = "SELECT week, corridor, first, second, third, count,"
		     " callers, new_callers"
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

/* -- who was counted -------------------------------------------------------- */

/* Whether a caller adds to the people of a tally. */
struct counted {
	int this_week; /* 1: not counted this week yet */
	int ever; /* 1: never counted yet */
};

/* One person is one request and one need, whatever they are, so that sums over
 * all of them count nobody twice; each question and each recruiter is counted
 * by itself. */
static struct dedupe_key
mark_of(const struct store *store, const struct tally *tally)
{
	struct dedupe_key mark;
	struct text facts = { 0 };

	text_printf(&facts, "tally %s %s ", what_names[tally->what],
	    tally->what == TALLY_REQUEST || tally->what == TALLY_NEED
		? ""
		: or_empty(tally->first));
	text_add_bytes(
	    &facts, tally->caller->bytes, sizeof(tally->caller->bytes));
	seal_dedupe_key(store->box, facts.bytes, facts.length, &mark);
	text_free(&facts);
	return (mark);
}

/* 1 in *changed_r when a row was written. */
MUST_USE static enum outcome
write_mark(struct store *store, enum sql which, const struct tally *tally,
    const struct tally_week *week, int *changed_r)
{
	struct query query = query_of(store->database, &sql, (int)which);
	struct dedupe_key mark = mark_of(store, tally);
	enum outcome outcome;

	query_bytes(&query, ":mark", mark.bytes, sizeof(mark.bytes));
	query_text(&query, ":week", week->text);
	if (which == SQL_MARK)
		query_bytes(&query, ":caller", tally->caller->bytes,
		    sizeof(tally->caller->bytes));
	outcome = query_move(&query);
	*changed_r = outcome == DONE;
	return (outcome == NOTHING ? DONE : outcome);
}

MUST_USE static enum outcome
mark_caller(struct store *store, const struct tally *tally,
    const struct tally_week *week, struct counted *counted_r)
{
	enum outcome outcome;

	*counted_r = (struct counted){ 1, 1 };
	if (tally->caller == NULL)
		return (DONE);
	outcome = write_mark(store, SQL_MARK, tally, week, &counted_r->ever);
	if (outcome == DONE && !counted_r->ever)
		outcome = write_mark(
		    store, SQL_MARK_AGAIN, tally, week, &counted_r->this_week);
	return (outcome);
}

/* -- counting --------------------------------------------------------------- */

enum outcome
tallies_add(struct store *store, const struct tally *tally, int64_t now_utc_s)
{
	struct tally_week week = tally_week_of(now_utc_s);
	struct counted counted;
	struct query query;
	enum outcome outcome = mark_caller(store, tally, &week, &counted);

	if (outcome != DONE)
		return (outcome);
	query = query_of(store->database, &sql, SQL_ADD);
	query_text(&query, ":week", week.text);
	query_text(&query, ":corridor", or_empty(tally->corridor));
	query_text(&query, ":what", what_names[tally->what]);
	query_text(&query, ":first", or_empty(tally->first));
	query_text(&query, ":second", or_empty(tally->second));
	query_text(&query, ":third", or_empty(tally->third));
	query_integer(&query, ":callers", counted.this_week);
	query_integer(&query, ":new_callers", counted.ever);
	return (query_run(&query, NULL));
}

enum outcome
tallies_each(struct store *store, const struct tally_range *range,
    void (*take)(const struct tally_row *row, void *into), void *into)
{
	enum { WEEK, CORRIDOR, FIRST, SECOND, THIRD, HAS, CALLERS, NEW };
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
			.callers = query_get_integer(&query, CALLERS),
			.new_callers = query_get_integer(&query, NEW),
		};

		take(&row, into);
	}
	return (outcome == NOTHING ? DONE : outcome);
}
