/* A request as it is read from its row, and the words for what it is. */
#include "store/requests_parts.h"

/* Together with REQUEST_COLUMNS. */
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
	UNREAD,
	RENEWED,
	WAITS_SINCE,
	SNOOZED_UNTIL,
	WAKES_ON_REPLY,
	FEEDBACK,
	LABELS
};

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

/* SHELF_ANY is no shelf of its own. */
static const char *const shelf_names[] = {
	[SHELF_QUEUE] = "queue",
	[SHELF_SNOOZED] = "snoozed",
	[SHELF_ENDED] = "ended",
	[SHELF_ANY] = "any",
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

const char *
request_shelf_name(enum request_shelf shelf)
{
	return (shelf_names[shelf]);
}

enum request_shelf
request_shelf_of(const struct request *request)
{
	if (request->state != REQUEST_OPEN && request->state != REQUEST_CLAIMED)
		return (SHELF_ENDED);
	return (
	    request->snoozed_until_utc_s != 0 ? SHELF_SNOOZED : SHELF_QUEUE);
}

struct request_place
request_place_of(const struct request *request)
{
	return ((struct request_place){
	    .urgency = request->urgency, .row = request->id.row });
}

static void
read_state(const struct query *query, struct request *request)
{
	const char *name = query_get_text(query, STATE);

	for (size_t i = 0; i < COUNT_OF(state_names); i++) {
		if (strcmp(name, state_names[i]) == 0)
			request->state = (enum request_state)i;
	}
}

static void
read_care(const struct query *query, struct request *request)
{
	request->renewed_utc_s = query_get_integer(query, RENEWED);
	request->waits_since_utc_s = query_get_integer(query, WAITS_SINCE);
	request->snoozed_until_utc_s = query_get_integer(query, SNOOZED_UNTIL);
	request->wakes_on_reply = (int)query_get_integer(query, WAKES_ON_REPLY);
	query_copy_text(
	    query, FEEDBACK, request->feedback, sizeof(request->feedback));
	query_copy_text(
	    query, LABELS, request->labels, sizeof(request->labels));
}

void
request_read(const struct query *query, struct request *request)
{
	const void *caller;
	size_t length;

	memset(request, 0, sizeof(*request));
	request->id.row = query_get_integer(query, ID);
	query_copy_text(query, REF, request->ref, sizeof(request->ref));
	read_state(query, request);
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
	read_care(query, request);
}
