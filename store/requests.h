/* Help requests: what waits for a caseworker.
 *
 *   open <----> claimed ----> closed ----> open (reopened)
 *     \            \
 *      +------------+--> withdrawn (the caller said no to keeping it)
 *   open, claimed, closed --> forgotten (FORGET: a tombstone without content)
 *
 * One caller has at most one request that is open or claimed.  Its reference
 * is five signs without look-alikes ("KM7P4"), short enough to read out.
 * Answers, texts and notes are sealed with the epoch key of their time; the
 * number is sealed too, so that the desk can show it when policy allows.
 * Lists page by key.
 */
#ifndef STORE_REQUESTS_H
#define STORE_REQUESTS_H

#include "store/outbox.h"
#include "store/store.h"

enum { REQUEST_REF_SIGNS = 5 };

struct request_id {
	int64_t row;
};

enum request_state {
	REQUEST_OPEN,
	REQUEST_CLAIMED,
	REQUEST_CLOSED,
	REQUEST_WITHDRAWN,
	REQUEST_FORGOTTEN,
};

/* Higher is more urgent; the words are "low", "normal", "high", "now". */
enum request_urgency {
	URGENCY_LOW,
	URGENCY_NORMAL,
	URGENCY_HIGH,
	URGENCY_NOW,
};

/* A request without its sealed parts. */
struct request {
	struct request_id id;
	char ref[8];
	enum request_state state;
	enum request_urgency urgency;
	char consent[8];	/* "unasked", "yes", "no" */
	int is_on_hold;		/* the caller said texting is not safe now */
	int menu_is_back;	/* claimed, but the caller asked for the menu */
	struct caller_key caller;
	char line[32];
	char corridor[32];
	char language[16];
	char opened_by[16];	/* "help", "menu", "unclear" */
	int64_t opened_utc_s;
	int64_t changed_utc_s;
	int64_t claimed_by;	/* staff id, 0 nobody */
	char claimed_by_name[64];
	char outcome[48];	/* of a closed one: the desk's own words */
	int64_t unread;		/* texts of the caller nobody has seen */
};

/* A request to open.  All borrowed. */
struct request_opening {
	const char *ref;
	const struct caller_key *caller;
	const struct number *number;
	const char *line;
	const char *corridor;
	const char *language;
	const char *opened_by;
	enum request_urgency urgency;
	int64_t now_utc_s;
};

/* DONE and *id_r; REFUSED when the reference is taken (make another) or the
 * caller has one open already. */
MUST_USE enum outcome requests_open(struct store *store,
    const struct request_opening *opening, struct request_id *id_r);

/* A request by its id: DONE or NOTHING. */
MUST_USE enum outcome requests_get(struct store *store,
    struct request_id id, struct request *request_r);
/* The caller's open or claimed request: DONE or NOTHING. */
MUST_USE enum outcome requests_of_caller(struct store *store,
    const struct caller_key *caller, struct request *request_r);
/* By its reference, in any case, spaces and hyphens left out, "0" and "O"
 * (no signs of ours) read as "Q": DONE or NOTHING. */
MUST_USE enum outcome requests_find(struct store *store, const char *ref,
    struct request *request_r);

/* What the caller answered: urgency, consent and hold always; `answers`
 * ("name<TAB>question<TAB>answer<LF>"..., replaced as a whole) sealed, or NULL
 * to leave them. */
MUST_USE enum outcome requests_update(struct store *store,
    struct request_id id, enum request_urgency urgency, const char *consent,
    int is_on_hold, const char *answers, int64_t now_utc_s);

/* A text of the caller's that joins the case: sealed; unread grows. */
MUST_USE enum outcome requests_add_text(struct store *store,
    struct request_id id, const char *text, struct journal_id journal,
    int64_t now_utc_s);

/* HELP again while one is open: an event, and it counts as unread. */
MUST_USE enum outcome requests_asked_again(struct store *store,
    struct request_id id, enum request_urgency urgency, int64_t now_utc_s);

MUST_USE enum outcome requests_set_menu_back(struct store *store,
    struct request_id id, int is_back);
MUST_USE enum outcome requests_set_language(struct store *store,
    struct request_id id, const char *language);

/* Open or claimed to withdrawn; answers and texts are erased. */
MUST_USE enum outcome requests_withdraw(struct store *store,
    struct request_id id, int64_t now_utc_s);

/* -- the desk's moves; each names the state it leaves ----------------------- */

/* NOTHING when it is not open (somebody was faster). */
MUST_USE enum outcome requests_claim(struct store *store,
    struct request_id id, int64_t staff, int64_t now_utc_s);
/* Back to open, or closed.  NOTHING when it is not claimed by `staff`.
 * `outcome` are words of the desk's own ("advice given"), at most 47 bytes of
 * them are kept. */
MUST_USE enum outcome requests_give_back(struct store *store,
    struct request_id id, int64_t staff, int64_t now_utc_s);
MUST_USE enum outcome requests_close(struct store *store,
    struct request_id id, int64_t staff, const char *outcome,
    int64_t now_utc_s);
/* NOTHING when it is not closed; REFUSED when the caller has another request
 * open or claimed. */
MUST_USE enum outcome requests_reopen(struct store *store,
    struct request_id id, int64_t staff, int64_t now_utc_s);

/* A caseworker's words into the thread, sealed by the desk's own epoch. */
enum case_text_kind {
	CASE_TEXT_CALLER,
	CASE_TEXT_REPLY,
	CASE_TEXT_NOTE,
};
MUST_USE enum outcome requests_add_staff_text(struct store *store,
    struct request_id id, enum case_text_kind kind, int64_t staff,
    const char *text, struct outbox_id outbox, int64_t now_utc_s);
MUST_USE enum outcome requests_mark_read(struct store *store,
    struct request_id id);

/* -- reading ---------------------------------------------------------------- */

/* What a list shows; state -1 for all, else one; urgency first, then age.
 * At most `most`. */
struct request_list {
	struct request *items;	/* yours: free() */
	size_t count;
};
MUST_USE enum outcome requests_list(struct store *store, int state_or_all,
    size_t most, struct request_list *list_r);

/* The answers and the number, opened for someone signed in; both texts are
 * added to.  NOTHING when there are none. */
MUST_USE enum outcome requests_unseal_answers(struct store *store,
    const struct team_secret *secret, struct request_id id,
    struct text *answers);
MUST_USE enum outcome requests_unseal_number(struct store *store,
    const struct team_secret *secret, struct request_id id,
    struct text *number);

/* The thread, oldest first, opened. */
struct case_text {
	int64_t row;
	enum case_text_kind kind;
	int64_t at_utc_s;
	char staff_name[64];
	char outbox_state[16];	/* of a reply: outbox_state_name(), else "" */
	char *text;		/* NULL when it does not open */
};
struct case_thread {
	struct case_text *items;
	size_t count;
};
MUST_USE enum outcome requests_unseal_thread(struct store *store,
    const struct team_secret *secret, struct request_id id,
    struct case_thread *thread_r);
void case_thread_free(struct case_thread *thread);

/* What happened to a request, oldest first: words only, no people's texts. */
struct request_event {
	int64_t at_utc_s;
	char what[32];		/* "opened", "claimed", "asked again", ... */
	char staff_name[64];
};
MUST_USE enum outcome requests_events(struct store *store,
    struct request_id id, struct request_event **events_r, size_t *count_r);

/* Writes an event of the desk's own ("number shown"), at most 31 bytes: words
 * only, nothing of a person.  Inside a transaction. */
MUST_USE enum outcome requests_add_event(struct store *store,
    struct request_id id, int64_t staff, const char *what, int64_t now_utc_s);

/* How much there is, without showing anybody. */
struct request_counts {
	int64_t by_state[REQUEST_FORGOTTEN + 1];
	int64_t oldest_open_utc_s;	/* 0 when none is open */
};
MUST_USE enum outcome requests_count(
    struct store *store, struct request_counts *counts_r);

const char *request_state_name(enum request_state state);
const char *request_urgency_name(enum request_urgency urgency);

#endif
