/* The desk's moves of requests.h: who has a request, and whether it sleeps. */
#include <assert.h>

#include "gateway/base/marked_words.h"
#include "store/requests_parts.h"

enum sql {
	SQL_CLAIM,
	SQL_GIVE_BACK,
	SQL_HAND_OVER,
	SQL_HAND_OUT,
	SQL_CLOSE,
	SQL_REOPEN,
	SQL_IS_CLOSED,
	SQL_RENEW,
	SQL_ANSWERED,
	SQL_WAIT_AGAIN,
	SQL_SNOOZE,
	SQL_WAKE,
	SQL_WAKE_FOR_CALLER,
	SQL_SET_LABELS,
	SQL_ERASE_LABELS,
	SQL_ADD_LABEL,
	SQL_TAKE_TOKEN,
	SQL_COUNT
};

#define AWAKE \
	" snoozed_utc_s = NULL, snoozed_until_utc_s = NULL," \
	" wakes_on_reply = 0"
/* Whoever has it after the move begins with a whole lease. */
#define OWNED_ANEW \
	" state = 'claimed', claimed_by = :staff, menu_is_back = 0," \
	" changed_utc_s = :now, renewed_utc_s = :now," AWAKE
#define OPEN_AGAIN \
	" state = 'open', claimed_by = NULL, menu_is_back = 0," \
	" changed_utc_s = :now," \
	" waits_since_utc_s = coalesce(waits_since_utc_s, :now)," AWAKE

static const char *const sql_text[] = {
	[SQL_CLAIM] = "UPDATE requests SET" OWNED_ANEW
		      " WHERE id = :id AND state = 'open'",
	[SQL_GIVE_BACK] =
	    "UPDATE requests SET" OPEN_AGAIN
	    " WHERE id = :id AND state = 'claimed' AND claimed_by = :staff",
	[SQL_HAND_OVER] =
	    "UPDATE requests SET" OWNED_ANEW
	    " WHERE id = :id AND state = 'claimed' AND claimed_by = :from",
	[SQL_HAND_OUT] = "UPDATE requests SET" OWNED_ANEW
			 " WHERE id = :id AND state = 'open'",
	[SQL_CLOSE] =
	    "UPDATE requests SET state = 'closed', outcome = :outcome,"
	    " feedback = CASE WHEN feedback = 'none' AND consent = 'yes'"
	    " THEN 'due' ELSE feedback END, changed_utc_s = :now"
	    " WHERE id = :id AND state = 'claimed' AND claimed_by = :staff",
	[SQL_REOPEN] = "UPDATE requests SET" OPEN_AGAIN ", outcome = ''"
		       " WHERE id = :id AND state = 'closed' AND NOT EXISTS"
		       " (SELECT 1 FROM requests AS other"
		       "  WHERE other.caller = requests.caller"
		       "  AND other.state IN ('open', 'claimed'))",
	[SQL_IS_CLOSED] = "SELECT 1 FROM requests WHERE id = :id"
			  " AND state = 'closed'",
	[SQL_RENEW] =
	    "UPDATE requests SET renewed_utc_s = :now"
	    " WHERE id = :id AND state = 'claimed' AND claimed_by = :staff",
	[SQL_ANSWERED] = "UPDATE requests SET waits_since_utc_s = NULL"
			 " WHERE id = :id",
	[SQL_WAIT_AGAIN] =
	    "UPDATE requests SET changed_utc_s = :now,"
	    " waits_since_utc_s = coalesce(waits_since_utc_s, :now)"
	    " WHERE id = :id AND state IN ('open', 'claimed')",
	[SQL_SNOOZE] =
	    "UPDATE requests SET snoozed_utc_s = :now,"
	    " snoozed_until_utc_s = :until, wakes_on_reply = :wakes_on_reply"
	    " WHERE id = :id AND state IN ('open', 'claimed')",
	[SQL_WAKE] = "UPDATE requests SET renewed_utc_s = :now," AWAKE
		     " WHERE id = :id AND snoozed_until_utc_s IS NOT NULL",
	[SQL_WAKE_FOR_CALLER] =
	    "UPDATE requests SET renewed_utc_s = :now," AWAKE
	    " WHERE id = :id AND snoozed_until_utc_s IS NOT NULL"
	    " AND (wakes_on_reply = 1 OR :always = 1)",
	[SQL_SET_LABELS] = "UPDATE requests SET labels = :labels WHERE id = :id"
			   " AND state NOT IN ('withdrawn', 'forgotten')",
	[SQL_ERASE_LABELS] = "DELETE FROM case_labels WHERE request = :id",
	[SQL_ADD_LABEL] =
	    "INSERT INTO case_labels (label, request, shelf, urgency)"
	    " SELECT :label, id, shelf, urgency FROM requests WHERE id = :id",
	[SQL_TAKE_TOKEN] = "INSERT INTO case_tokens (token, request)"
			   " VALUES (:token, :id) ON CONFLICT DO NOTHING",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_MOVES, SQL_COUNT, sql_text };

static struct query
query_of_id(struct store *store, enum sql which, struct request_id id)
{
	struct query query = query_of(store->database, &sql, (int)which);

	query_integer(&query, ":id", id.row);
	return (query);
}

/* A move by a caseworker, with the event that tells of it. */
MUST_USE static enum outcome
move(struct query *query, struct store *store, struct request_id id,
    const char *what, const struct request_handing *handing)
{
	enum outcome outcome;

	query_integer(query, ":now", handing->now_utc_s);
	outcome = query_move(query);
	if (outcome != DONE)
		return (outcome);
	return (requests_add_event(
	    store, id, handing->by, what, handing->now_utc_s));
}

/* -- whose it is ------------------------------------------------------------ */

enum outcome
requests_claim(
    struct store *store, struct request_id id, int64_t staff, int64_t now_utc_s)
{
	struct request_handing handing = { .by = staff,
		.now_utc_s = now_utc_s };
	struct query query = query_of_id(store, SQL_CLAIM, id);

	query_integer(&query, ":staff", staff);
	return (move(&query, store, id, WORDS("claimed"), &handing));
}

enum outcome
requests_give_back(
    struct store *store, struct request_id id, int64_t staff, int64_t now_utc_s)
{
	struct request_handing handing = { .by = staff,
		.now_utc_s = now_utc_s };
	struct query query = query_of_id(store, SQL_GIVE_BACK, id);

	query_integer(&query, ":staff", staff);
	return (move(&query, store, id, WORDS("given back"), &handing));
}

enum outcome
requests_take_back(struct store *store, struct request_id id,
    const struct request_handing *handing)
{
	struct query query = query_of_id(store, SQL_GIVE_BACK, id);

	query_integer(&query, ":staff", handing->from);
	return (move(&query, store, id, WORDS("taken back"), handing));
}

enum outcome
requests_hand_over(struct store *store, struct request_id id,
    const struct request_handing *handing)
{
	struct query query = query_of_id(
	    store, handing->from != 0 ? SQL_HAND_OVER : SQL_HAND_OUT, id);
	enum outcome outcome;

	query_integer(&query, ":staff", handing->to);
	if (handing->from != 0)
		query_integer(&query, ":from", handing->from);
	outcome = move(&query, store, id, WORDS("handed over"), handing);
	if (outcome != DONE)
		return (outcome);
	return (requests_add_event(
	    store, id, handing->to, WORDS("taken over"), handing->now_utc_s));
}

enum outcome
requests_close(struct store *store, struct request_id id, int64_t staff,
    const char *outcome, int64_t now_utc_s)
{
	struct request_handing handing = { .by = staff,
		.now_utc_s = now_utc_s };
	struct query query = query_of_id(store, SQL_CLOSE, id);

	query_integer(&query, ":staff", staff);
	query_text(&query, ":outcome", outcome);
	return (move(&query, store, id, WORDS("closed"), &handing));
}

enum outcome
requests_reopen(
    struct store *store, struct request_id id, int64_t staff, int64_t now_utc_s)
{
	struct request_handing handing = { .by = staff,
		.now_utc_s = now_utc_s };
	struct query query = query_of_id(store, SQL_REOPEN, id);
	enum outcome outcome =
	    move(&query, store, id, WORDS("reopened"), &handing);

	if (outcome != NOTHING)
		return (outcome);
	query = query_of_id(store, SQL_IS_CLOSED, id);
	outcome = query_next(&query);
	query_end(&query);
	return (outcome == DONE ? REFUSED : outcome);
}

enum outcome
requests_renew(
    struct store *store, struct request_id id, int64_t staff, int64_t now_utc_s)
{
	struct query query = query_of_id(store, SQL_RENEW, id);

	query_integer(&query, ":staff", staff);
	query_integer(&query, ":now", now_utc_s);
	return (query_move(&query));
}

enum outcome
requests_answered(struct store *store, struct request_id id)
{
	struct query query = query_of_id(store, SQL_ANSWERED, id);

	return (query_move(&query));
}

enum outcome
requests_wait_again(
    struct store *store, struct request_id id, int64_t now_utc_s)
{
	struct query query = query_of_id(store, SQL_WAIT_AGAIN, id);

	query_integer(&query, ":now", now_utc_s);
	return (query_move(&query));
}

enum outcome
requests_take_token(
    struct store *store, struct request_id id, const char *token)
{
	struct query query = query_of_id(store, SQL_TAKE_TOKEN, id);

	query_text(&query, ":token", token);
	return (query_move(&query));
}

/* -- sleep ------------------------------------------------------------------ */

enum outcome
requests_snooze(struct store *store, struct request_id id,
    const struct request_snooze *snooze)
{
	struct request_handing handing = { .by = snooze->staff,
		.now_utc_s = snooze->now_utc_s };
	struct query query = query_of_id(store, SQL_SNOOZE, id);

	query_integer(&query, ":until", snooze->until_utc_s);
	query_integer(&query, ":wakes_on_reply", snooze->wakes_on_reply != 0);
	return (move(&query, store, id, WORDS("snoozed"), &handing));
}

enum outcome
requests_wake(
    struct store *store, struct request_id id, int64_t staff, int64_t now_utc_s)
{
	struct request_handing handing = { .by = staff,
		.now_utc_s = now_utc_s };
	struct query query = query_of_id(store, SQL_WAKE, id);

	return (move(&query, store, id,
	    staff != 0 ? WORDS("woken") : WORDS("woke up"), &handing));
}

enum outcome
requests_wake_for_caller(
    struct store *store, struct request_id id, int always, int64_t now_utc_s)
{
	struct request_handing handing = { .now_utc_s = now_utc_s };
	struct query query = query_of_id(store, SQL_WAKE_FOR_CALLER, id);
	enum outcome outcome;

	query_integer(&query, ":always", always != 0);
	outcome =
	    move(&query, store, id, WORDS("woken by the caller"), &handing);
	return (outcome == NOTHING ? DONE : outcome);
}

/* -- labels ----------------------------------------------------------------- */

MUST_USE static enum outcome
add_label(
    struct store *store, struct request_id id, const char *label, size_t length)
{
	struct query query = query_of_id(store, SQL_ADD_LABEL, id);
	char one[REQUEST_LABEL_MAX_BYTES + 1];

	snprintf(one, sizeof(one), "%.*s", (int)length, label);
	query_text(&query, ":label", one);
	return (query_move(&query));
}

enum outcome
requests_set_labels(
    struct store *store, const struct request *request, const char *labels)
{
	struct query query = query_of_id(store, SQL_SET_LABELS, request->id);
	enum outcome outcome;

	query_text(&query, ":labels", labels);
	outcome = query_move(&query);
	if (outcome != DONE)
		return (outcome);
	query = query_of_id(store, SQL_ERASE_LABELS, request->id);
	outcome = query_run(&query, NULL);
	while (outcome == DONE && *labels != '\0') {
		size_t length = strcspn(labels, "\n");

		outcome = add_label(store, request->id, labels, length);
		labels += length + (labels[length] == '\n');
	}
	return (outcome);
}
