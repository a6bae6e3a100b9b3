#include "store/callers.h"

#include <assert.h>

#include "gateway/base/log.h"
#include "gateway/base/marked_words.h"
#include "store/store_parts.h"

enum sql {
	SQL_FIND,
	SQL_LOOK,
	SQL_CHANGE,
	SQL_PUT,
	SQL_NUMBER,
	SQL_GET_WALK,
	SQL_PUT_WALK,
	SQL_WALK_IS_UNSURE,
	SQL_ERASE_WALK,
	SQL_FORGET_CALLER,
	SQL_FORGET_GUARD,
	SQL_FORGET_DISTANCE,
	SQL_FORGET_JOURNAL,
	SQL_FORGET_OUTBOX,
	SQL_FORGET_CASE_TEXTS,
	SQL_FORGET_EVENTS,
	SQL_FORGET_OTHER,
	SQL_FORGET_REQUESTS,
	SQL_COUNT
};

static const char *const sql_text[] = {
	[SQL_FIND] = "SELECT line, corridor, language, is_stopped, last_utc_s,"
		     " is_zawgyi FROM callers WHERE key = :key",
	[SQL_LOOK] =
	    "SELECT EXISTS (SELECT 1 FROM requests WHERE caller = :key),"
	    " EXISTS (SELECT 1 FROM contacts WHERE other_caller = :key),"
	    " EXISTS (SELECT 1 FROM distances WHERE caller = :key)",
	/* Nearly always the caller is known and has a number: one short
	 * statement and no box. */
	[SQL_CHANGE] = "UPDATE callers SET line = :line, corridor = :corridor,"
		       " language = :language, is_stopped = :is_stopped,"
		       " last_utc_s = :last, is_zawgyi = :is_zawgyi"
		       " WHERE key = :key AND number IS NOT NULL",
	[SQL_PUT] =
	    "INSERT INTO callers (key, number, line, corridor, language,"
	    " is_stopped, last_utc_s, is_zawgyi)"
	    " VALUES (:key, :number, :line, :corridor, :language,"
	    " :is_stopped, :last, :is_zawgyi)"
	    " ON CONFLICT (key) DO UPDATE SET number = excluded.number,"
	    " line = excluded.line, corridor = excluded.corridor,"
	    " language = excluded.language, is_stopped = excluded.is_stopped,"
	    " last_utc_s = excluded.last_utc_s,"
	    " is_zawgyi = excluded.is_zawgyi",
	[SQL_NUMBER] = "SELECT number FROM callers WHERE key = :key"
		       " AND number IS NOT NULL",
	[SQL_GET_WALK] = "SELECT walk FROM walks WHERE caller = :key",
	[SQL_PUT_WALK] =
	    "INSERT INTO walks (caller, walk, changed_utc_s)"
	    " VALUES (:key, :walk, :now)"
	    " ON CONFLICT (caller) DO UPDATE SET walk = excluded.walk,"
	    " changed_utc_s = excluded.changed_utc_s, is_unsure = 0",
	[SQL_WALK_IS_UNSURE] =
	    "SELECT 1 FROM walks WHERE caller = :key AND is_unsure = 1",
	[SQL_ERASE_WALK] = "DELETE FROM walks WHERE caller = :key",
	[SQL_FORGET_CALLER] = "DELETE FROM callers WHERE key = :key",
	[SQL_FORGET_GUARD] = "DELETE FROM guards WHERE caller = :key",
	[SQL_FORGET_DISTANCE] = "DELETE FROM distances WHERE caller = :key",
	[SQL_FORGET_JOURNAL] =
	    "UPDATE journal SET caller = NULL, content = NULL, aside = NULL,"
	    " aside_epoch = NULL, state = 'handled' WHERE caller = :key",
	[SQL_FORGET_OUTBOX] =
	    "UPDATE outbox SET caller = NULL, content = NULL,"
	    " state = CASE state WHEN 'sending' THEN 'unsure'"
	    " ELSE 'given up' END, ended_utc_s = :now WHERE caller = :key",
	[SQL_FORGET_CASE_TEXTS] =
	    "DELETE FROM case_texts WHERE request IN"
	    " (SELECT id FROM requests WHERE caller = :key)",
	/* The number somebody gave as their other one asks to be forgotten. */
	[SQL_FORGET_OTHER] =
	    "UPDATE contacts SET other_caller = NULL, other_number = NULL,"
	    " talk = 'quiet' WHERE other_caller = :key",
	[SQL_FORGET_EVENTS] =
	    "INSERT INTO events (request, at_utc_s, what)"
	    " SELECT id, :now, '" WORDS("forgotten") "' FROM requests"
						     " WHERE caller = :key",
	[SQL_FORGET_REQUESTS] =
	    "UPDATE requests SET state = 'forgotten', caller = NULL,"
	    " number = NULL, number_epoch = NULL, answers = NULL,"
	    " answers_epoch = NULL, line = '', language = '', unread = 0,"
	    " changed_utc_s = :now WHERE caller = :key",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_CALLERS, SQL_COUNT, sql_text };

static void
bind_key(struct query *query, const struct caller_key *key)
{
	query_bytes(query, ":key", key->bytes, sizeof(key->bytes));
}

enum outcome
callers_find(
    struct store *store, const struct caller_key *key, struct caller *caller_r)
{
	enum { LINE, CORRIDOR, LANGUAGE, IS_STOPPED, LAST, IS_ZAWGYI };
	struct query query = query_of(store->database, &sql, SQL_FIND);
	enum outcome outcome;

	bind_key(&query, key);
	outcome = query_next(&query);
	if (outcome != DONE)
		return (outcome);
	memset(caller_r, 0, sizeof(*caller_r));
	caller_r->key = *key;
	query_copy_text(&query, LINE, caller_r->line, sizeof(caller_r->line));
	query_copy_text(
	    &query, CORRIDOR, caller_r->corridor, sizeof(caller_r->corridor));
	query_copy_text(
	    &query, LANGUAGE, caller_r->language, sizeof(caller_r->language));
	caller_r->is_stopped = (int)query_get_integer(&query, IS_STOPPED);
	caller_r->last_utc_s = query_get_integer(&query, LAST);
	caller_r->is_zawgyi = (int)query_get_integer(&query, IS_ZAWGYI);
	query_end(&query);
	return (DONE);
}

enum outcome
callers_look(struct store *store, const struct caller_key *key,
    struct caller_traces *traces_r)
{
	enum { HAS_REQUESTS, IS_NAMED, IS_APART };
	struct query query = query_of(store->database, &sql, SQL_LOOK);
	enum outcome outcome;

	bind_key(&query, key);
	outcome = query_next(&query);
	if (outcome != DONE)
		return (outcome == NOTHING ? BROKEN : outcome);
	traces_r->has_requests = (int)query_get_integer(&query, HAS_REQUESTS);
	traces_r->is_named = (int)query_get_integer(&query, IS_NAMED);
	traces_r->is_apart = (int)query_get_integer(&query, IS_APART);
	query_end(&query);
	return (DONE);
}

static void
bind_caller(struct query *query, const struct caller *caller)
{
	bind_key(query, &caller->key);
	query_text(query, ":line", caller->line);
	query_text(query, ":corridor", caller->corridor);
	query_text(query, ":language", caller->language);
	query_integer(query, ":is_stopped", caller->is_stopped != 0);
	query_integer(query, ":last", caller->last_utc_s);
	query_integer(query, ":is_zawgyi", caller->is_zawgyi != 0);
}

enum outcome
callers_put(struct store *store, const struct caller *caller,
    const struct number *number)
{
	struct query query = query_of(store->database, &sql, SQL_CHANGE);
	struct text box = { 0 };
	enum outcome outcome;

	bind_caller(&query, caller);
	outcome = query_move(&query);
	if (outcome != NOTHING)
		return (outcome);
	seal_box(store->box, SEAL_NUMBER, caller->key.bytes,
	    sizeof(caller->key.bytes), number->e164, strlen(number->e164),
	    &box);
	query = query_of(store->database, &sql, SQL_PUT);
	bind_caller(&query, caller);
	query_blob(&query, ":number", &box);
	outcome = query_run(&query, NULL);
	text_free(&box);
	return (outcome);
}

enum outcome
callers_number(
    struct store *store, const struct caller_key *key, struct number *number_r)
{
	struct query query = query_of(store->database, &sql, SQL_NUMBER);
	struct text plain = { 0 };
	const void *box;
	size_t length;
	enum outcome outcome;

	bind_key(&query, key);
	outcome = query_next(&query);
	if (outcome != DONE)
		return (outcome);
	box = query_get_bytes(&query, 0, &length);
	outcome = seal_unbox(store->box, SEAL_NUMBER, key->bytes,
	    sizeof(key->bytes), box, length, &plain);
	query_end(&query);
	if (outcome == DONE && plain.length >= sizeof(number_r->e164))
		outcome = REFUSED;
	if (outcome == DONE)
		memcpy(number_r->e164, text_string(&plain), plain.length + 1);
	else
		log_err("a caller's number does not open");
	text_free(&plain);
	return (outcome);
}

/* In this order: what is found by the request goes before the request loses
 * its caller. */
enum outcome
callers_forget(
    struct store *store, const struct caller_key *key, int64_t now_utc_s)
{
	static const struct {
		enum sql which;
		int has_now;
	} steps[] = {
		{ SQL_ERASE_WALK, 0 },
		{ SQL_FORGET_CALLER, 0 },
		{ SQL_FORGET_GUARD, 0 },
		{ SQL_FORGET_DISTANCE, 0 },
		{ SQL_FORGET_JOURNAL, 0 },
		{ SQL_FORGET_OUTBOX, 1 },
		{ SQL_FORGET_CASE_TEXTS, 0 },
		{ SQL_FORGET_OTHER, 0 },
		{ SQL_FORGET_EVENTS, 1 },
		{ SQL_FORGET_REQUESTS, 1 },
	};

	for (size_t i = 0; i < COUNT_OF(steps); i++) {
		struct query query =
		    query_of(store->database, &sql, (int)steps[i].which);
		enum outcome outcome;

		bind_key(&query, key);
		if (steps[i].has_now)
			query_integer(&query, ":now", now_utc_s);
		outcome = query_run(&query, NULL);
		if (outcome != DONE)
			return (outcome);
	}
	return (DONE);
}

/* -- walks ------------------------------------------------------------------ */

enum outcome
walks_get(struct store *store, const struct caller_key *key, struct text *walk)
{
	struct query query = query_of(store->database, &sql, SQL_GET_WALK);
	const void *box;
	size_t length;
	enum outcome outcome;

	bind_key(&query, key);
	outcome = query_next(&query);
	if (outcome != DONE)
		return (outcome);
	box = query_get_bytes(&query, 0, &length);
	outcome = seal_unbox(store->box, SEAL_WALK, key->bytes,
	    sizeof(key->bytes), box, length, walk);
	query_end(&query);
	if (outcome != DONE)
		log_err("a caller's walk does not open");
	return (outcome);
}

enum outcome
walks_put(struct store *store, const struct caller_key *key, const void *walk,
    size_t length, int64_t now_utc_s)
{
	struct query query;
	struct text box = { 0 };
	enum outcome outcome;

	seal_box(store->box, SEAL_WALK, key->bytes, sizeof(key->bytes), walk,
	    length, &box);
	query = query_of(store->database, &sql, SQL_PUT_WALK);
	bind_key(&query, key);
	query_blob(&query, ":walk", &box);
	query_integer(&query, ":now", now_utc_s);
	outcome = query_run(&query, NULL);
	text_free(&box);
	return (outcome);
}

enum outcome
walks_find_unsure(struct store *store, const struct caller_key *key)
{
	struct query query =
	    query_of(store->database, &sql, SQL_WALK_IS_UNSURE);
	enum outcome outcome;

	bind_key(&query, key);
	outcome = query_next(&query);
	if (outcome == DONE)
		query_end(&query);
	return (outcome);
}

enum outcome
walks_erase(struct store *store, const struct caller_key *key)
{
	struct query query = query_of(store->database, &sql, SQL_ERASE_WALK);

	bind_key(&query, key);
	return (query_run(&query, NULL));
}
