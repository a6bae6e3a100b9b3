#include "store/requests.h"

#include <assert.h>
#include <ctype.h>

#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "store/requests_parts.h"

enum sql {
	SQL_OPEN,
	SQL_ADD_EVENT,
	SQL_GET,
	SQL_OF_CALLER,
	SQL_FIND,
	SQL_UPDATE,
	SQL_SET_ANSWERS,
	SQL_ASKED_AGAIN,
	SQL_NOTE_UNSENT,
	SQL_SET_MENU_BACK,
	SQL_SET_LANGUAGE,
	SQL_WITHDRAW,
	SQL_ERASE_TEXTS,
	SQL_MARK_READ,
	SQL_EVENTS,
	SQL_COUNT
};

#define REQUEST_ROWS "SELECT " REQUEST_COLUMNS " FROM requests" REQUEST_OWNER

#define IS_RUNNING " WHERE id = :id AND state IN ('open', 'claimed')"

static const char *const sql_text[] = {
	[SQL_OPEN] =
	    "INSERT INTO requests (ref, state, urgency, consent, caller,"
	    " line, corridor, language, opened_by, opened_utc_s,"
	    " changed_utc_s, waits_since_utc_s, number, number_epoch)"
	    " VALUES (:ref, 'open', :urgency, 'unasked', :caller, :line,"
	    " :corridor, :language, :opened_by, :now, :now, :now, :number,"
	    " :epoch)"
	    " ON CONFLICT DO NOTHING",
	[SQL_ADD_EVENT] = "INSERT INTO events (request, at_utc_s, what, staff)"
			  " VALUES (:id, :now, :what, :staff)",
	[SQL_GET] = REQUEST_ROWS " WHERE requests.id = :id",
	[SQL_OF_CALLER] = REQUEST_ROWS
	" WHERE caller = :caller AND state IN ('open', 'claimed')",
	[SQL_FIND] = REQUEST_ROWS " WHERE ref = :ref",
	[SQL_UPDATE] =
	    "UPDATE requests SET urgency = :urgency, consent = :consent,"
	    " is_on_hold = :is_on_hold, changed_utc_s = :now" IS_RUNNING,
	[SQL_SET_ANSWERS] = "UPDATE requests SET answers = :answers,"
			    " answers_epoch = :epoch" IS_RUNNING,
	[SQL_ASKED_AGAIN] =
	    "UPDATE requests SET urgency = max(urgency, :urgency),"
	    " unread = unread + 1, changed_utc_s = :now,"
	    " waits_since_utc_s = coalesce(waits_since_utc_s, :now)" IS_RUNNING,
	[SQL_NOTE_UNSENT] =
	    "UPDATE requests SET unread = unread + 1, changed_utc_s = :now,"
	    " waits_since_utc_s = CASE WHEN state IN ('open', 'claimed')"
	    " THEN coalesce(waits_since_utc_s, :now) END"
	    " WHERE id = :id AND caller IS NOT NULL",
	[SQL_SET_MENU_BACK] =
	    "UPDATE requests SET menu_is_back = :is_back" IS_RUNNING,
	[SQL_SET_LANGUAGE] =
	    "UPDATE requests SET language = :language" IS_RUNNING,
	[SQL_WITHDRAW] =
	    "UPDATE requests SET state = 'withdrawn', consent = 'no',"
	    " caller = NULL, number = NULL, number_epoch = NULL,"
	    " answers = NULL, answers_epoch = NULL, unread = 0,"
	    " changed_utc_s = :now" IS_RUNNING,
	[SQL_ERASE_TEXTS] = "DELETE FROM case_texts WHERE request = :id",
	[SQL_MARK_READ] = "UPDATE requests SET unread = 0 WHERE id = :id",
	[SQL_EVENTS] = "SELECT at_utc_s, what, staff.name FROM events"
		       " LEFT JOIN staff ON staff.id = events.staff"
		       " WHERE request = :id ORDER BY events.id",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_REQUESTS, SQL_COUNT, sql_text };

enum outcome
requests_add_event(struct store *store, struct request_id id, int64_t staff,
    const char *what, int64_t now_utc_s)
{
	struct query query = query_of(store->database, &sql, SQL_ADD_EVENT);

	query_integer(&query, ":id", id.row);
	query_integer(&query, ":now", now_utc_s);
	query_text(&query, ":what", what);
	if (staff != 0)
		query_integer(&query, ":staff", staff);
	else
		query_null(&query, ":staff");
	return (query_move(&query));
}

static struct query
query_of_id(struct store *store, enum sql which, struct request_id id)
{
	struct query query = query_of(store->database, &sql, (int)which);

	query_integer(&query, ":id", id.row);
	return (query);
}

MUST_USE static enum outcome
read_one(struct query *query, struct request *request_r)
{
	enum outcome outcome = query_next(query);

	if (outcome != DONE)
		return (outcome);
	request_read(query, request_r);
	query_end(query);
	return (DONE);
}

/* -- the caller's side ------------------------------------------------------ */

enum outcome
requests_open(struct store *store, const struct request_opening *opening,
    struct request_id *id_r)
{
	struct text number = { 0 };
	struct request_id id;
	struct query query;
	enum outcome outcome = store_check_epoch(store);

	if (outcome != DONE)
		return (outcome);
	store_seal(store, SEAL_CASE_NUMBER, opening->number->e164,
	    strlen(opening->number->e164), &number);
	query = query_of(store->database, &sql, SQL_OPEN);
	query_text(&query, ":ref", opening->ref);
	query_integer(&query, ":urgency", opening->urgency);
	query_bytes(&query, ":caller", opening->caller->bytes,
	    sizeof(opening->caller->bytes));
	query_text(&query, ":line", opening->line);
	query_text(&query, ":corridor", opening->corridor);
	query_text(&query, ":language", opening->language);
	query_text(&query, ":opened_by", opening->opened_by);
	query_integer(&query, ":now", opening->now_utc_s);
	query_blob(&query, ":number", &number);
	query_integer(&query, ":epoch", store_epoch(store));
	outcome = query_add(&query, &id.row);
	text_free(&number);
	if (outcome == DONE)
		outcome = requests_add_event(
		    store, id, 0, "opened", opening->now_utc_s);
	if (outcome == DONE)
		*id_r = id;
	return (outcome == NOTHING ? REFUSED : outcome);
}

enum outcome
requests_get(
    struct store *store, struct request_id id, struct request *request_r)
{
	struct query query = query_of_id(store, SQL_GET, id);

	return (read_one(&query, request_r));
}

enum outcome
requests_of_caller(struct store *store, const struct caller_key *caller,
    struct request *request_r)
{
	struct query query = query_of(store->database, &sql, SQL_OF_CALLER);

	query_bytes(&query, ":caller", caller->bytes, sizeof(caller->bytes));
	return (read_one(&query, request_r));
}

struct request_ref
request_ref_read(const char *typed)
{
	struct request_ref ref;
	size_t count = 0;

	for (; *typed != '\0' && count < sizeof(ref.signs) - 1; typed++) {
		int sign = toupper((unsigned char)*typed);

		if (sign == ' ' || sign == '-')
			continue;
		ref.signs[count++] =
		    (char)(sign == '0' || sign == 'O' ? 'Q' : sign);
	}
	ref.signs[count] = '\0';
	return (ref);
}

enum outcome
requests_find(struct store *store, const char *ref, struct request *request_r)
{
	struct query query = query_of(store->database, &sql, SQL_FIND);
	struct request_ref read = request_ref_read(ref);

	query_text(&query, ":ref", read.signs);
	return (read_one(&query, request_r));
}

enum outcome
requests_update(struct store *store, struct request_id id,
    enum request_urgency urgency, const char *consent, int is_on_hold,
    const char *answers, int64_t now_utc_s)
{
	struct query query = query_of_id(store, SQL_UPDATE, id);
	struct text sealed = { 0 };
	enum outcome outcome;

	query_integer(&query, ":urgency", urgency);
	query_text(&query, ":consent", consent);
	query_integer(&query, ":is_on_hold", is_on_hold != 0);
	query_integer(&query, ":now", now_utc_s);
	outcome = query_move(&query);
	if (outcome != DONE || answers == NULL)
		return (outcome);
	outcome = store_check_epoch(store);
	if (outcome != DONE)
		return (outcome);
	store_seal(store, SEAL_ANSWERS, answers, strlen(answers), &sealed);
	query = query_of_id(store, SQL_SET_ANSWERS, id);
	query_blob(&query, ":answers", &sealed);
	query_integer(&query, ":epoch", store_epoch(store));
	outcome = query_move(&query);
	text_free(&sealed);
	return (outcome);
}

enum outcome
requests_note_unsent(
    struct store *store, struct request_id id, int64_t now_utc_s)
{
	struct query query = query_of_id(store, SQL_NOTE_UNSENT, id);
	enum outcome outcome;

	query_integer(&query, ":now", now_utc_s);
	outcome = query_move(&query);
	if (outcome == DONE)
		outcome = requests_add_event(
		    store, id, 0, "not sent: waited too long", now_utc_s);
	if (outcome != DONE)
		return (outcome);
	outcome = requests_wake(store, id, 0, now_utc_s);
	return (outcome == NOTHING ? DONE : outcome);
}

enum outcome
requests_asked_again(struct store *store, struct request_id id,
    enum request_urgency urgency, int64_t now_utc_s)
{
	struct query query = query_of_id(store, SQL_ASKED_AGAIN, id);
	enum outcome outcome;

	query_integer(&query, ":urgency", urgency);
	query_integer(&query, ":now", now_utc_s);
	outcome = query_move(&query);
	if (outcome != DONE)
		return (outcome);
	outcome = requests_add_event(store, id, 0, "asked again", now_utc_s);
	if (outcome != DONE)
		return (outcome);
	return (requests_wake_for_caller(store, id, 1, now_utc_s));
}

enum outcome
requests_set_menu_back(struct store *store, struct request_id id, int is_back)
{
	struct query query = query_of_id(store, SQL_SET_MENU_BACK, id);

	query_integer(&query, ":is_back", is_back != 0);
	return (query_move(&query));
}

enum outcome
requests_set_language(
    struct store *store, struct request_id id, const char *language)
{
	struct query query = query_of_id(store, SQL_SET_LANGUAGE, id);

	query_text(&query, ":language", language);
	return (query_move(&query));
}

enum outcome
requests_withdraw(struct store *store, struct request_id id, int64_t now_utc_s)
{
	struct query query = query_of_id(store, SQL_WITHDRAW, id);
	enum outcome outcome;

	query_integer(&query, ":now", now_utc_s);
	outcome = query_move(&query);
	if (outcome != DONE)
		return (outcome);
	query = query_of_id(store, SQL_ERASE_TEXTS, id);
	outcome = query_run(&query, NULL);
	if (outcome != DONE)
		return (outcome);
	return (requests_add_event(store, id, 0, "withdrawn", now_utc_s));
}

enum outcome
requests_mark_read(struct store *store, struct request_id id)
{
	struct query query = query_of_id(store, SQL_MARK_READ, id);

	return (query_move(&query));
}

enum outcome
requests_events(struct store *store, struct request_id id,
    struct request_event **events_r, size_t *count_r)
{
	struct query query = query_of_id(store, SQL_EVENTS, id);
	struct request_event *events = NULL;
	size_t count = 0;
	enum outcome outcome;

	while ((outcome = query_next(&query)) == DONE) {
		struct request_event *event;

		events = memory_grow(events, count, count + 1, sizeof(*events));
		event = &events[count++];
		event->at_utc_s = query_get_integer(&query, 0);
		query_copy_text(&query, 1, event->what, sizeof(event->what));
		query_copy_text(
		    &query, 2, event->staff_name, sizeof(event->staff_name));
	}
	if (outcome != NOTHING) {
		free(events);
		return (outcome);
	}
	*events_r = events;
	*count_r = count;
	return (DONE);
}
