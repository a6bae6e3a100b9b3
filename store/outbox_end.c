/* How a text's try ends: the third part of outbox.h. */
#include <assert.h>

#include "gateway/base/log.h"
#include "gateway/base/marked_words.h"
#include "gateway/base/retry.h"
#include "gateway/text/doubt_rules.h"
#include "store/callers.h"
#include "store/distances.h"
#include "store/guards.h"
#include "store/outbox_parts.h"

enum sql {
	SQL_END,
	SQL_LOOK,
	SQL_REACHED,
	SQL_DOUBT_WALK,
	SQL_RETRY,
	SQL_KEEP_APART,
	SQL_REPEAT,
	SQL_DOUBT_WALKS,
	SQL_SETTLE_REPEAT,
	SQL_SETTLE,
	SQL_SETTLE_HELD,
	SQL_COUNT
};

static const char *const sql_text[] = {
	[SQL_END] = "UPDATE outbox SET state = :to, " END_COLUMNS
		    " WHERE id = :id AND state = 'sending'",
	[SQL_LOOK] = "SELECT kind, caller, content, journal, tries, doubts"
		     " FROM outbox WHERE id = :id AND state = 'sending'",
	[SQL_REACHED] = "DELETE FROM distances WHERE caller ="
			" (SELECT caller FROM outbox WHERE id = :id)",
	/* Whoever should have had this answer may not know where they stand. */
	[SQL_DOUBT_WALK] = "UPDATE walks SET is_unsure = 1 WHERE caller ="
			   " (SELECT caller FROM outbox WHERE id = :id"
			   "  AND state = 'sending' AND kind = 'answer')",
	[SQL_RETRY] = "UPDATE outbox SET state = 'queued', tries = :tries,"
		      " next_utc_s = :next"
		      " WHERE id = :id AND state = 'sending'",
	/* Whatever else goes to that number, by whatever line. */
	[SQL_KEEP_APART] =
	    "UPDATE outbox SET next_utc_s = :next WHERE caller = :caller"
	    " AND state = 'queued' AND held = '' AND is_capped = 0"
	    " AND kind <> 'alarm' AND next_utc_s < :next",
	[SQL_REPEAT] = "UPDATE outbox SET state = 'queued',"
		       " doubts = doubts + 1, next_utc_s = :next"
		       " WHERE id = :id AND state = 'sending'",
	[SQL_DOUBT_WALKS] =
	    "UPDATE walks SET is_unsure = 1 WHERE caller IN"
	    " (SELECT caller FROM outbox WHERE state = 'sending'"
	    "  AND caller IS NOT NULL AND kind = 'answer')",
	/* By the index of rows that have a caller, which are few. */
	[SQL_SETTLE_REPEAT] =
	    "UPDATE outbox SET state = 'queued', doubts = doubts + 1,"
	    " next_utc_s = :next WHERE state = 'sending'"
	    " AND caller IS NOT NULL AND kind = :kind AND doubts < :most",
	[SQL_SETTLE] = "UPDATE outbox SET state = 'unsure', " END_COLUMNS
		       " WHERE state = 'sending' AND caller IS NOT NULL",
	/* A clock that was wrong when it was held. */
	[SQL_SETTLE_HELD] = "UPDATE outbox SET next_utc_s = added_utc_s,"
			    " held = '' WHERE state = 'queued'"
			    " AND held = 'hours'",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_OUTBOX_END, SQL_COUNT, sql_text };

static const char unsent[] = WORDS("our answer could not be sent");

/* A text that is being sent, as far as its end needs it. */
struct tried {
	struct outbox_row row; /* kind, caller, number, text, tries */
	int doubts;
	int opens; /* number and text are there */
};

static void
free_tried(struct tried *tried)
{
	outbox_row_free(&tried->row);
}

/* DONE: free it; NOTHING: it is not being sent. */
MUST_USE static enum outcome
look(struct store *store, struct outbox_id id, struct tried *tried)
{
	enum { KIND, CALLER, CONTENT, JOURNAL, TRIES, DOUBTS };
	struct query query = query_of(store->database, &sql, SQL_LOOK);
	const void *caller;
	size_t length;
	enum outcome outcome;

	query_integer(&query, ":id", id.row);
	outcome = query_next(&query);
	if (outcome != DONE)
		return (outcome);
	*tried = (struct tried){ .row = { .id = id } };
	outcome = outbox_read_kind(&query, KIND, &tried->row.kind);
	caller = query_get_bytes(&query, CALLER, &length);
	if (length == sizeof(tried->row.caller.bytes))
		memcpy(tried->row.caller.bytes, caller, length);
	tried->row.journal = query_get_integer(&query, JOURNAL);
	tried->row.tries = (int)query_get_integer(&query, TRIES);
	tried->doubts = (int)query_get_integer(&query, DOUBTS);
	tried->opens =
	    outbox_unbox(store, &query, CONTENT, &tried->row) == DONE;
	query_end(&query);
	return (outcome);
}

enum outcome
outbox_end_as(struct store *store, struct outbox_id id, enum outbox_state state,
    int64_t now_utc_s)
{
	struct query query = query_of(store->database, &sql, SQL_END);

	query_integer(&query, ":id", id.row);
	query_text(&query, ":to", outbox_state_name(state));
	query_integer(&query, ":now", now_utc_s);
	return (query_move(&query));
}

enum outcome
outbox_sent(struct store *store, struct outbox_id id, int64_t now_utc_s)
{
	struct query query = query_of(store->database, &sql, SQL_REACHED);
	enum outcome outcome;

	query_integer(&query, ":id", id.row);
	outcome = query_run(&query, NULL);
	return (outcome == DONE
		? outbox_end_as(store, id, OUTBOX_SENT, now_utc_s)
		: outcome);
}

/* -- in doubt --------------------------------------------------------------- */

MUST_USE static enum outcome
repeat(struct store *store, struct outbox_id id, int64_t now_utc_s)
{
	struct query query = query_of(store->database, &sql, SQL_REPEAT);
	enum outcome outcome;

	query_integer(&query, ":id", id.row);
	query_integer(&query, ":next", now_utc_s + DOUBT_WAIT_S);
	outcome = query_move(&query);
	return (outcome == DONE ? guards_note(store, GUARD_REPEATED) : outcome);
}

enum outcome
outbox_unsure(struct store *store, struct outbox_id id, int64_t now_utc_s)
{
	struct tried tried;
	struct query query;
	enum outcome outcome = look(store, id, &tried);
	int may_repeat;

	if (outcome != DONE)
		return (outcome);
	may_repeat = tried.doubts <
	    doubt_repeats_most((enum contact_purpose)tried.row.kind);
	free_tried(&tried);
	if (may_repeat)
		return (repeat(store, id, now_utc_s));
	query = query_of(store->database, &sql, SQL_DOUBT_WALK);
	query_integer(&query, ":id", id.row);
	outcome = query_run(&query, NULL);
	return (outcome == DONE || outcome == NOTHING
		? outbox_end_as(store, id, OUTBOX_UNSURE, now_utc_s)
		: outcome);
}

/* -- not sent --------------------------------------------------------------- */

/* Somebody wrote and will never have the answer: a person is to see to them.
 * Whoever asked to be forgotten or left alone is. */
MUST_USE static enum outcome
list_unsent(struct store *store, const struct tried *tried)
{
	const struct outbox_row *row = &tried->row;
	struct number number = row->number;
	struct caller caller;
	enum outcome outcome;

	if (row->kind != OUTBOX_ANSWER || row->journal == 0 || !tried->opens)
		return (DONE);
	outcome = callers_find(store, &row->caller, &caller);
	if (outcome == NOTHING || (outcome == DONE && caller.is_stopped))
		return (DONE);
	if (outcome == DONE && number.e164[0] == '\0')
		outcome = callers_number(store, &row->caller, &number);
	if (outcome == DONE)
		outcome = journal_list_unsent(store,
		    (struct journal_id){ row->journal }, number.e164,
		    text_string(&row->text), unsent);
	explicit_bzero(&number, sizeof(number));
	/* Its row is gone, or opens to nobody: then there is nobody to see. */
	return (outcome == TRY_LATER || outcome == BROKEN ? outcome : DONE);
}

MUST_USE static enum outcome
end_unsent(struct store *store, const struct tried *tried,
    enum outbox_state state, int64_t now_utc_s)
{
	enum outcome outcome = list_unsent(store, tried);

	return (outcome == DONE
		? outbox_end_as(store, tried->row.id, state, now_utc_s)
		: outcome);
}

MUST_USE static enum outcome
keep_apart(
    struct store *store, const struct caller_key *caller, int64_t next_utc_s)
{
	struct query query = query_of(store->database, &sql, SQL_KEEP_APART);

	query_bytes(&query, ":caller", caller->bytes, sizeof(caller->bytes));
	query_integer(&query, ":next", next_utc_s);
	return (query_run(&query, NULL));
}

/* An alarm is tried by its own count: whoever is rung up next must not wait for
 * what failed an hour ago. */
MUST_USE static enum outcome
find_next_try(struct store *store, const struct tried *tried, int64_t now_utc_s,
    int64_t *next_utc_s)
{
	int64_t apart_utc_s;
	enum outcome outcome;

	*next_utc_s = now_utc_s + retry_text_wait_s(tried->row.tries + 1);
	if (tried->row.kind == OUTBOX_ALARM)
		return (DONE);
	outcome =
	    distances_grow(store, &tried->row.caller, now_utc_s, &apart_utc_s);
	if (outcome == DONE && apart_utc_s > *next_utc_s)
		*next_utc_s = apart_utc_s;
	return (outcome == DONE
		? keep_apart(store, &tried->row.caller, *next_utc_s)
		: outcome);
}

MUST_USE static enum outcome
try_later(struct store *store, const struct tried *tried, int64_t now_utc_s)
{
	int64_t next_utc_s;
	struct query query;
	enum outcome outcome =
	    find_next_try(store, tried, now_utc_s, &next_utc_s);

	if (outcome != DONE)
		return (outcome);
	if (tried->row.tries + 1 >= RETRY_TEXT_MOST)
		return (end_unsent(store, tried, OUTBOX_GIVEN_UP, now_utc_s));
	query = query_of(store->database, &sql, SQL_RETRY);
	query_integer(&query, ":id", tried->row.id.row);
	query_integer(&query, ":tries", tried->row.tries + 1);
	query_integer(&query, ":next", next_utc_s);
	return (query_move(&query));
}

enum outcome
outbox_failed(struct store *store, struct outbox_id id, enum outcome how,
    int64_t now_utc_s)
{
	struct tried tried;
	enum outcome outcome;

	if (how != TRY_LATER && how != REFUSED) {
		log_err("outbox=%lld cannot fail as %s", (long long)id.row,
		    outcome_name(how));
		return (BROKEN);
	}
	outcome = look(store, id, &tried);
	if (outcome != DONE)
		return (outcome);
	outcome = how == REFUSED
	    ? end_unsent(store, &tried, OUTBOX_FAILED, now_utc_s)
	    : try_later(store, &tried, now_utc_s);
	free_tried(&tried);
	return (outcome);
}

/* -- after a crash ---------------------------------------------------------- */

MUST_USE static enum outcome
settle_repeats(struct store *store, int64_t now_utc_s)
{
	enum outcome outcome = DONE;

	for (int kind = 0; kind < OUTBOX_KINDS && outcome == DONE; kind++) {
		int most = doubt_repeats_most((enum contact_purpose)kind);
		int64_t repeated = 0;
		struct query query;

		if (most == 0)
			continue;
		query = query_of(store->database, &sql, SQL_SETTLE_REPEAT);
		query_text(
		    &query, ":kind", outbox_kind_name((enum outbox_kind)kind));
		query_integer(&query, ":most", most);
		query_integer(&query, ":next", now_utc_s);
		outcome = query_run(&query, &repeated);
		for (; repeated > 0 && outcome == DONE; repeated--)
			outcome = guards_note(store, GUARD_REPEATED);
	}
	return (outcome);
}

enum outcome
outbox_settle_crash(struct store *store, int64_t now_utc_s, int64_t *count_r)
{
	struct query query = query_of(store->database, &sql, SQL_DOUBT_WALKS);
	enum outcome outcome = query_run(&query, NULL);

	if (outcome != DONE && outcome != NOTHING)
		return (outcome);
	query = query_of(store->database, &sql, SQL_SETTLE_HELD);
	outcome = query_run(&query, NULL);
	if (outcome != DONE && outcome != NOTHING)
		return (outcome);
	outcome = settle_repeats(store, now_utc_s);
	if (outcome != DONE)
		return (outcome);
	query = query_of(store->database, &sql, SQL_SETTLE);
	query_integer(&query, ":now", now_utc_s);
	return (query_run(&query, count_r));
}
