/* The sealed half of store/requests.h: answers, number and thread of a case. */
#include <assert.h>

#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "store/requests_parts.h"

enum sql {
	SQL_ADD_TEXT,
	SQL_COUNT_UNREAD,
	SQL_ANSWERS,
	SQL_NUMBER,
	SQL_THREAD,
	SQL_NEWEST,
	SQL_COUNT
};

static const char *const sql_text[] = {
	[SQL_ADD_TEXT] =
	    "INSERT INTO case_texts (request, kind, at_utc_s, staff, journal,"
	    " outbox, epoch, content)"
	    " SELECT id, :kind, :now, :staff, :journal, :outbox, :epoch,"
	    " :content FROM requests"
	    " WHERE id = :id AND state <> 'withdrawn' AND state <> 'forgotten'",
	[SQL_COUNT_UNREAD] =
	    "UPDATE requests SET unread = unread + 1, changed_utc_s = :now,"
	    " waits_since_utc_s = CASE WHEN state IN ('open', 'claimed')"
	    " THEN coalesce(waits_since_utc_s, :now) END WHERE id = :id",
	[SQL_ANSWERS] = "SELECT answers, answers_epoch FROM requests"
			" WHERE id = :id AND answers IS NOT NULL",
	[SQL_NUMBER] = "SELECT number, number_epoch FROM requests"
		       " WHERE id = :id AND number IS NOT NULL",
	[SQL_THREAD] =
	    "SELECT case_texts.id, case_texts.kind, at_utc_s, staff.name,"
	    " CASE WHEN outbox.cause = 'expired' THEN 'expired'"
	    "  WHEN outbox.state IN ('sent', 'unsure')"
	    "  AND outbox.report <> '' THEN outbox.report"
	    "  ELSE outbox.state END, CASE WHEN outbox.own_line <> ''"
	    "  THEN outbox.line ELSE '' END, epoch, case_texts.content"
	    " FROM case_texts"
	    " LEFT JOIN staff ON staff.id = case_texts.staff"
	    " LEFT JOIN outbox ON outbox.id = case_texts.outbox"
	    " WHERE case_texts.request = :id ORDER BY case_texts.id",
	[SQL_NEWEST] = "SELECT id FROM case_texts WHERE request = :id"
		       " AND NOT (kind = 'note' AND staff = :staff)"
		       " ORDER BY id DESC LIMIT 1",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_CASES, SQL_COUNT, sql_text };

static const char *const kind_names[] = {
	[CASE_TEXT_CALLER] = "caller",
	[CASE_TEXT_REPLY] = "reply",
	[CASE_TEXT_NOTE] = "note",
};

/* -- adding ----------------------------------------------------------------- */

struct addition {
	enum case_text_kind kind;
	int64_t staff; /* 0 none; so for the next two */
	int64_t journal;
	int64_t outbox;
	const char *text;
	int64_t now_utc_s;
};

static void
bind_or_null(struct query *query, const char *name, int64_t value)
{
	if (value != 0)
		query_integer(query, name, value);
	else
		query_null(query, name);
}

/* NOTHING when the request is withdrawn or forgotten: it keeps no texts. */
MUST_USE static enum outcome
add_text(
    struct store *store, struct request_id id, const struct addition *addition)
{
	struct text sealed = { 0 };
	struct query query;
	enum outcome outcome = store_check_epoch(store);

	if (outcome != DONE)
		return (outcome);
	store_seal(store, SEAL_CASE_TEXT, addition->text,
	    strlen(addition->text), &sealed);
	query = query_of(store->database, &sql, SQL_ADD_TEXT);
	query_integer(&query, ":id", id.row);
	query_text(&query, ":kind", kind_names[addition->kind]);
	query_integer(&query, ":now", addition->now_utc_s);
	bind_or_null(&query, ":staff", addition->staff);
	bind_or_null(&query, ":journal", addition->journal);
	bind_or_null(&query, ":outbox", addition->outbox);
	query_integer(&query, ":epoch", store_epoch(store));
	query_blob(&query, ":content", &sealed);
	outcome = query_move(&query);
	text_free(&sealed);
	return (outcome);
}

enum outcome
requests_add_text(struct store *store, struct request_id id, const char *text,
    struct journal_id journal, int64_t now_utc_s)
{
	struct addition addition = { .kind = CASE_TEXT_CALLER,
		.journal = journal.row,
		.text = text,
		.now_utc_s = now_utc_s };
	struct query query;
	enum outcome outcome = add_text(store, id, &addition);

	if (outcome != DONE)
		return (outcome);
	query = query_of(store->database, &sql, SQL_COUNT_UNREAD);
	query_integer(&query, ":id", id.row);
	query_integer(&query, ":now", now_utc_s);
	outcome = query_move(&query);
	if (outcome != DONE)
		return (outcome);
	return (requests_wake_for_caller(store, id, 0, now_utc_s));
}

enum outcome
requests_add_staff_text(struct store *store, struct request_id id,
    enum case_text_kind kind, int64_t staff, const char *text,
    struct outbox_id outbox, int64_t now_utc_s)
{
	struct addition addition = { .kind = kind,
		.staff = staff,
		.outbox = outbox.row,
		.text = text,
		.now_utc_s = now_utc_s };

	return (add_text(store, id, &addition));
}

enum outcome
requests_newest_text(
    struct store *store, struct request_id id, int64_t staff, int64_t *row_r)
{
	struct query query = query_of(store->database, &sql, SQL_NEWEST);
	enum outcome outcome;

	query_integer(&query, ":id", id.row);
	query_integer(&query, ":staff", staff);
	outcome = query_next(&query);
	if (outcome != DONE)
		return (outcome);
	*row_r = query_get_integer(&query, 0);
	query_end(&query);
	return (DONE);
}

/* -- opening ---------------------------------------------------------------- */

MUST_USE static enum outcome
unseal_column(struct store *store, const struct team_secret *secret,
    struct request_id id, enum sql which, struct text *plain)
{
	struct query query = query_of(store->database, &sql, (int)which);
	enum seal_purpose purpose =
	    which == SQL_ANSWERS ? SEAL_ANSWERS : SEAL_CASE_NUMBER;
	const void *sealed;
	size_t length;
	enum outcome outcome;

	query_integer(&query, ":id", id.row);
	outcome = query_next(&query);
	if (outcome != DONE)
		return (outcome);
	sealed = query_get_bytes(&query, 0, &length);
	outcome = store_unseal(store, secret, query_get_integer(&query, 1),
	    purpose, sealed, length, plain);
	query_end(&query);
	return (outcome == NOTHING ? REFUSED : outcome);
}

enum outcome
requests_unseal_answers(struct store *store, const struct team_secret *secret,
    struct request_id id, struct text *answers)
{
	return (unseal_column(store, secret, id, SQL_ANSWERS, answers));
}

enum outcome
requests_unseal_number(struct store *store, const struct team_secret *secret,
    struct request_id id, struct text *number)
{
	return (unseal_column(store, secret, id, SQL_NUMBER, number));
}

MUST_USE static enum outcome
read_text(struct store *store, const struct team_secret *secret,
    const struct query *query, struct case_text *text)
{
	enum { ID, KIND, AT, STAFF, OUTBOX_STATE, BY, EPOCH, CONTENT };
	struct text plain = { 0 };
	const void *sealed;
	size_t length;
	enum outcome outcome;

	text->row = query_get_integer(query, ID);
	for (size_t i = 0; i < COUNT_OF(kind_names); i++) {
		if (strcmp(query_get_text(query, KIND), kind_names[i]) == 0)
			text->kind = (enum case_text_kind)i;
	}
	text->at_utc_s = query_get_integer(query, AT);
	query_copy_text(
	    query, STAFF, text->staff_name, sizeof(text->staff_name));
	query_copy_text(query, OUTBOX_STATE, text->outbox_state,
	    sizeof(text->outbox_state));
	query_copy_text(query, BY, text->carried_by, sizeof(text->carried_by));
	sealed = query_get_bytes(query, CONTENT, &length);
	outcome = store_unseal(store, secret, query_get_integer(query, EPOCH),
	    SEAL_CASE_TEXT, sealed, length, &plain);
	if (outcome == DONE)
		text->text = text_take(&plain);
	else if (outcome != TRY_LATER)
		log_err("case text %lld does not open", (long long)text->row);
	return (outcome == TRY_LATER ? TRY_LATER : DONE);
}

enum outcome
requests_unseal_thread(struct store *store, const struct team_secret *secret,
    struct request_id id, struct case_thread *thread_r)
{
	struct query query = query_of(store->database, &sql, SQL_THREAD);
	struct case_thread thread = { 0 };
	enum outcome outcome;

	query_integer(&query, ":id", id.row);
	while ((outcome = query_next(&query)) == DONE) {
		thread.items = memory_grow(thread.items, thread.count,
		    thread.count + 1, sizeof(*thread.items));
		outcome = read_text(
		    store, secret, &query, &thread.items[thread.count++]);
		if (outcome != DONE) {
			query_end(&query);
			break;
		}
	}
	if (outcome != NOTHING) {
		case_thread_free(&thread);
		return (outcome);
	}
	*thread_r = thread;
	return (DONE);
}

void
case_thread_free(struct case_thread *thread)
{
	for (size_t i = 0; i < thread->count; i++) {
		char *text = thread->items[i].text;

		if (text != NULL)
			explicit_bzero(text, strlen(text));
		free(text);
	}
	free(thread->items);
	memset(thread, 0, sizeof(*thread));
}
