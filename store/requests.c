#include "store/requests.h"

#include <assert.h>
#include <ctype.h>

#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "store/store_parts.h"

enum sql {
	SQL_OPEN,
	SQL_ADD_EVENT,
	SQL_GET,
	SQL_OF_CALLER,
	SQL_FIND,
	SQL_LIST_ALL,
	SQL_LIST_STATE,
	SQL_UPDATE,
	SQL_SET_ANSWERS,
	SQL_ASKED_AGAIN,
	SQL_SET_MENU_BACK,
	SQL_SET_LANGUAGE,
	SQL_WITHDRAW,
	SQL_ERASE_TEXTS,
	SQL_CLAIM,
	SQL_GIVE_BACK,
	SQL_CLOSE,
	SQL_REOPEN,
	SQL_IS_CLOSED,
	SQL_MARK_READ,
	SQL_EVENTS,
	SQL_COUNT
};

/* Together with enum column. */
#define REQUEST_ROWS \
	"SELECT requests.id, ref, state, urgency, consent, is_on_hold," \
	" menu_is_back, caller, line, corridor, language, opened_by," \
	" opened_utc_s, changed_utc_s, claimed_by, staff.name, outcome," \
	" unread FROM requests" \
	" LEFT JOIN staff ON staff.id = requests.claimed_by"
enum column {
	ID,
	REF,
	STATE,
	URGENCY,
	CONSENT,
	IS_ON_HOLD,
	MENU_IS_BACK,
	CALLER,
	LINE,
	CORRIDOR,
	LANGUAGE,
	OPENED_BY,
	OPENED,
	CHANGED,
	CLAIMED_BY,
	CLAIMED_BY_NAME,
	OUTCOME,
	UNREAD
};

#define IS_RUNNING " WHERE id = :id AND state IN ('open', 'claimed')"

static const char *const sql_text[] = {
	[SQL_OPEN] =
	    "INSERT INTO requests (ref, state, urgency, consent, caller,"
	    " line, corridor, language, opened_by, opened_utc_s,"
	    " changed_utc_s, number, number_epoch)"
	    " VALUES (:ref, 'open', :urgency, 'unasked', :caller, :line,"
	    " :corridor, :language, :opened_by, :now, :now, :number, :epoch)"
	    " ON CONFLICT DO NOTHING",
	[SQL_ADD_EVENT] = "INSERT INTO events (request, at_utc_s, what, staff)"
			  " VALUES (:id, :now, :what, :staff)",
	[SQL_GET] = REQUEST_ROWS " WHERE requests.id = :id",
	[SQL_OF_CALLER] = REQUEST_ROWS
	" WHERE caller = :caller AND state IN ('open', 'claimed')",
	[SQL_FIND] = REQUEST_ROWS " WHERE ref = :ref",
	[SQL_LIST_ALL] = REQUEST_ROWS
	" ORDER BY urgency DESC, opened_utc_s, requests.id LIMIT :most",
	[SQL_LIST_STATE] = REQUEST_ROWS
	" WHERE state = :state"
	" ORDER BY urgency DESC, opened_utc_s, requests.id LIMIT :most",
	[SQL_UPDATE] =
	    "UPDATE requests SET urgency = :urgency, consent = :consent,"
	    " is_on_hold = :is_on_hold, changed_utc_s = :now" IS_RUNNING,
	[SQL_SET_ANSWERS] = "UPDATE requests SET answers = :answers,"
			    " answers_epoch = :epoch" IS_RUNNING,
	[SQL_ASKED_AGAIN] =
	    "UPDATE requests SET urgency = max(urgency, :urgency),"
	    " unread = unread + 1, changed_utc_s = :now" IS_RUNNING,
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
	[SQL_CLAIM] =
	    "UPDATE requests SET state = 'claimed', claimed_by = :staff,"
	    " menu_is_back = 0, changed_utc_s = :now"
	    " WHERE id = :id AND state = 'open'",
	[SQL_GIVE_BACK] =
	    "UPDATE requests SET state = 'open', claimed_by = NULL,"
	    " menu_is_back = 0, changed_utc_s = :now"
	    " WHERE id = :id AND state = 'claimed' AND claimed_by = :staff",
	[SQL_CLOSE] =
	    "UPDATE requests SET state = 'closed', outcome = :outcome,"
	    " changed_utc_s = :now"
	    " WHERE id = :id AND state = 'claimed' AND claimed_by = :staff",
	[SQL_REOPEN] = "UPDATE requests SET state = 'open', claimed_by = NULL,"
		       " outcome = '', menu_is_back = 0, changed_utc_s = :now"
		       " WHERE id = :id AND state = 'closed' AND NOT EXISTS"
		       " (SELECT 1 FROM requests AS other"
		       "  WHERE other.caller = requests.caller"
		       "  AND other.state IN ('open', 'claimed'))",
	[SQL_IS_CLOSED] = "SELECT 1 FROM requests WHERE id = :id"
			  " AND state = 'closed'",
	[SQL_MARK_READ] = "UPDATE requests SET unread = 0 WHERE id = :id",
	[SQL_EVENTS] = "SELECT at_utc_s, what, staff.name FROM events"
		       " LEFT JOIN staff ON staff.id = events.staff"
		       " WHERE request = :id ORDER BY events.id",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_REQUESTS, SQL_COUNT, sql_text };

static const char *const state_names[] = {
	[REQUEST_OPEN] = "open",
	[REQUEST_CLAIMED] = "claimed",
	[REQUEST_CLOSED] = "closed",
	[REQUEST_WITHDRAWN] = "withdrawn",
	[REQUEST_FORGOTTEN] = "forgotten",
};

static const char *const urgency_names[] = {
	[URGENCY_LOW] = "low",
	[URGENCY_NORMAL] = "normal",
	[URGENCY_HIGH] = "high",
	[URGENCY_NOW] = "now",
};

const char *
request_state_name(enum request_state state)
{
	return (state_names[state]);
}

const char *
request_urgency_name(enum request_urgency urgency)
{
	return (urgency_names[urgency]);
}

/* -- helpers ---------------------------------------------------------------- */

/* staff 0: the caller, or the program. */
MUST_USE static enum outcome
add_event(struct store *store, struct request_id id, const char *what,
    int64_t staff, int64_t now_utc_s)
{
	struct query query = query_of(store->database, &sql, SQL_ADD_EVENT);

	query_integer(&query, ":id", id.row);
	query_integer(&query, ":now", now_utc_s);
	query_text(&query, ":what", what);
	if (staff != 0)
		query_integer(&query, ":staff", staff);
	else
		query_null(&query, ":staff");
	return (query_run(&query, NULL));
}

static struct query
query_of_id(struct store *store, enum sql which, struct request_id id)
{
	struct query query = query_of(store->database, &sql, (int)which);

	query_integer(&query, ":id", id.row);
	return (query);
}

static void
read_request(const struct query *query, struct request *request)
{
	const void *caller;
	size_t length;

	memset(request, 0, sizeof(*request));
	request->id.row = query_get_integer(query, ID);
	query_copy_text(query, REF, request->ref, sizeof(request->ref));
	for (size_t i = 0; i < COUNT_OF(state_names); i++) {
		if (strcmp(query_get_text(query, STATE), state_names[i]) == 0)
			request->state = (enum request_state)i;
	}
	request->urgency =
	    (enum request_urgency)query_get_integer(query, URGENCY);
	query_copy_text(
	    query, CONSENT, request->consent, sizeof(request->consent));
	request->is_on_hold = (int)query_get_integer(query, IS_ON_HOLD);
	request->menu_is_back = (int)query_get_integer(query, MENU_IS_BACK);
	caller = query_get_bytes(query, CALLER, &length);
	if (length == sizeof(request->caller.bytes))
		memcpy(request->caller.bytes, caller, length);
	query_copy_text(query, LINE, request->line, sizeof(request->line));
	query_copy_text(
	    query, CORRIDOR, request->corridor, sizeof(request->corridor));
	query_copy_text(
	    query, LANGUAGE, request->language, sizeof(request->language));
	query_copy_text(
	    query, OPENED_BY, request->opened_by, sizeof(request->opened_by));
	request->opened_utc_s = query_get_integer(query, OPENED);
	request->changed_utc_s = query_get_integer(query, CHANGED);
	request->claimed_by = query_get_integer(query, CLAIMED_BY);
	query_copy_text(query, CLAIMED_BY_NAME, request->claimed_by_name,
	    sizeof(request->claimed_by_name));
	query_copy_text(
	    query, OUTCOME, request->outcome, sizeof(request->outcome));
	request->unread = query_get_integer(query, UNREAD);
}

MUST_USE static enum outcome
read_one(struct query *query, struct request *request_r)
{
	enum outcome outcome = query_next(query);

	if (outcome != DONE)
		return (outcome);
	read_request(query, request_r);
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
		outcome = add_event(store, id, "opened", 0, opening->now_utc_s);
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

enum outcome
requests_find(struct store *store, const char *ref, struct request *request_r)
{
	struct query query = query_of(store->database, &sql, SQL_FIND);
	char signs[REQUEST_REF_SIGNS + 2];
	size_t count = 0;

	for (; *ref != '\0' && count < sizeof(signs) - 1; ref++) {
		int sign = toupper((unsigned char)*ref);

		if (sign == ' ' || sign == '-')
			continue;
		signs[count++] =
		    (char)(sign == '0' || sign == 'O' ? 'Q' : sign);
	}
	signs[count] = '\0';
	query_text(&query, ":ref", signs);
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
	return (add_event(store, id, "asked again", 0, now_utc_s));
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
	return (add_event(store, id, "withdrawn", 0, now_utc_s));
}

/* -- the desk's moves ------------------------------------------------------- */

/* A move by a caseworker, with the event that tells of it. */
MUST_USE static enum outcome
move(struct query *query, struct store *store, struct request_id id,
    const char *what, int64_t staff, int64_t now_utc_s)
{
	enum outcome outcome;

	query_integer(query, ":now", now_utc_s);
	outcome = query_move(query);
	if (outcome != DONE)
		return (outcome);
	return (add_event(store, id, what, staff, now_utc_s));
}

enum outcome
requests_claim(
    struct store *store, struct request_id id, int64_t staff, int64_t now_utc_s)
{
	struct query query = query_of_id(store, SQL_CLAIM, id);

	query_integer(&query, ":staff", staff);
	return (move(&query, store, id, "claimed", staff, now_utc_s));
}

enum outcome
requests_give_back(
    struct store *store, struct request_id id, int64_t staff, int64_t now_utc_s)
{
	struct query query = query_of_id(store, SQL_GIVE_BACK, id);

	query_integer(&query, ":staff", staff);
	return (move(&query, store, id, "given back", staff, now_utc_s));
}

enum outcome
requests_close(struct store *store, struct request_id id, int64_t staff,
    const char *outcome, int64_t now_utc_s)
{
	struct query query = query_of_id(store, SQL_CLOSE, id);

	query_integer(&query, ":staff", staff);
	query_text(&query, ":outcome", outcome);
	return (move(&query, store, id, "closed", staff, now_utc_s));
}

enum outcome
requests_reopen(
    struct store *store, struct request_id id, int64_t staff, int64_t now_utc_s)
{
	struct query query = query_of_id(store, SQL_REOPEN, id);
	enum outcome outcome =
	    move(&query, store, id, "reopened", staff, now_utc_s);

	if (outcome != NOTHING)
		return (outcome);
	query = query_of_id(store, SQL_IS_CLOSED, id);
	outcome = query_next(&query);
	query_end(&query);
	return (outcome == DONE ? REFUSED : outcome);
}

enum outcome
requests_mark_read(struct store *store, struct request_id id)
{
	struct query query = query_of_id(store, SQL_MARK_READ, id);

	return (query_move(&query));
}

/* -- lists ------------------------------------------------------------------ */

enum outcome
requests_list(struct store *store, int state_or_all, size_t most,
    struct request_list *list_r)
{
	int is_all = state_or_all < 0;
	struct query query = query_of(
	    store->database, &sql, is_all ? SQL_LIST_ALL : SQL_LIST_STATE);
	struct request_list list = { 0 };
	enum outcome outcome;

	if (!is_all)
		query_text(&query, ":state", state_names[state_or_all]);
	query_integer(&query, ":most", (int64_t)most);
	while ((outcome = query_next(&query)) == DONE) {
		list.items = memory_grow(list.items, list.count, list.count + 1,
		    sizeof(*list.items));
		read_request(&query, &list.items[list.count++]);
	}
	if (outcome != NOTHING) {
		free(list.items);
		return (outcome);
	}
	*list_r = list;
	return (DONE);
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
