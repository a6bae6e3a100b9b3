/* Help requests: what waits for a caseworker.
 *
 *   open <----> claimed ----> closed ----> open (reopened)
 *     \            \
 *      +------------+--> withdrawn (the caller said no to keeping it)
 *   open, claimed, closed --> forgotten (FORGET: a tombstone without content)
 *
 * A claim is a lease: whoever has claimed it renews it by what they do, and
 * requests_tidy() opens it again when nothing was done for the set time.  What
 * is open or claimed can be snoozed: out of the queue until a time, or until
 * its caller writes.
 *
 * One caller has at most one request that is open or claimed.  Its reference
 * is five signs without look-alikes ("KM7P4"), short enough to read out.
 * Answers, texts and notes are sealed with the epoch key of their time; the
 * number is sealed too, so that the desk can show it when policy allows.
 * Lists page by key, most urgent first and then oldest, and age is the order
 * of ids: no clock that jumps moves a request about.
 */
#ifndef STORE_REQUESTS_H
#define STORE_REQUESTS_H

#include "store/outbox.h"
#include "store/store.h"

enum {
	REQUEST_REF_SIGNS = 5,
	REQUEST_LABEL_MAX_BYTES = 31,
	REQUEST_LABELS_MOST = 8, /* of one request */
};

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
	int64_t renewed_utc_s;	/* when its owner last did something */
	int64_t waits_since_utc_s;	/* its caller waits for an answer; 0
					   nobody waits */
	int64_t snoozed_until_utc_s;	/* 0 awake */
	int wakes_on_reply;
	char feedback[8];	/* "none", "due", "asked", "done" */
	char labels[REQUEST_LABELS_MOST * (REQUEST_LABEL_MAX_BYTES + 1)];
				/* one a line, in order */
};

/* Which list a request stands on. */
enum request_shelf {
	SHELF_QUEUE,	/* open or claimed, and awake */
	SHELF_SNOOZED,	/* open or claimed */
	SHELF_ENDED,
	SHELF_ANY,
};
enum request_shelf request_shelf_of(const struct request *request);

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
/* A reference as it is written, however it was typed: in any case, spaces and
 * hyphens left out, "0" and "O" (no signs of ours) read as "Q".  One sign more
 * than a reference has is kept, so that what is too long stays wrong. */
struct request_ref {
	char signs[REQUEST_REF_SIGNS + 2];
};
struct request_ref request_ref_read(const char *typed);
/* By its reference, read so: DONE or NOTHING. */
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

/* A caseworker's text waited too long and was not sent: an event, and it counts
 * as unread.  NOTHING: the request has lost its caller. */
MUST_USE enum outcome requests_note_unsent(
    struct store *store, struct request_id id, int64_t now_utc_s);

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

/* Each leaves an event, and wakes what is snoozed.  NOTHING when the request is
 * not as the move wants it (somebody was faster). */

/* Open to claimed. */
MUST_USE enum outcome requests_claim(struct store *store,
    struct request_id id, int64_t staff, int64_t now_utc_s);
/* Claimed by `staff` to open. */
MUST_USE enum outcome requests_give_back(struct store *store,
    struct request_id id, int64_t staff, int64_t now_utc_s);

/* Who hands what to whom. */
struct request_handing {
	int64_t from;		/* who has it; 0: it is open */
	int64_t to;
	int64_t by;		/* who does it: `from`, or a lead */
	int64_t now_utc_s;
};
/* Open or claimed to claimed: the events "handed over" of `by` and "taken
 * over" of `to`. */
MUST_USE enum outcome requests_hand_over(struct store *store,
    struct request_id id, const struct request_handing *handing);
/* Claimed by `from` to open by somebody else (0: the helpline itself). */
MUST_USE enum outcome requests_take_back(struct store *store,
    struct request_id id, const struct request_handing *handing);

/* Claimed by `staff` to closed.  `outcome` are words of the desk's own
 * ("advice given"), at most 47 bytes of them are kept.  The first close with
 * consent makes feedback due. */
MUST_USE enum outcome requests_close(struct store *store,
    struct request_id id, int64_t staff, const char *outcome,
    int64_t now_utc_s);
/* NOTHING when it is not closed; REFUSED when the caller has another request
 * open or claimed. */
MUST_USE enum outcome requests_reopen(struct store *store,
    struct request_id id, int64_t staff, int64_t now_utc_s);

/* The owner's lease begins anew: no event. */
MUST_USE enum outcome requests_renew(struct store *store,
    struct request_id id, int64_t staff, int64_t now_utc_s);

/* Nobody waits for an answer any more: no event. */
MUST_USE enum outcome requests_answered(
    struct store *store, struct request_id id);

/* How long something sleeps. */
struct request_snooze {
	int64_t until_utc_s;
	int wakes_on_reply;
	int64_t staff;
	int64_t now_utc_s;
};
/* Open or claimed; one that sleeps already sleeps anew. */
MUST_USE enum outcome requests_snooze(struct store *store,
    struct request_id id, const struct request_snooze *snooze);
/* NOTHING when it is awake.  `staff` 0: the time or the caller. */
MUST_USE enum outcome requests_wake(struct store *store,
    struct request_id id, int64_t staff, int64_t now_utc_s);

/* Replaces its labels (one a line, in order, as in struct request): no event.
 * NOTHING when it was withdrawn or forgotten. */
MUST_USE enum outcome requests_set_labels(
    struct store *store, const struct request *request, const char *labels);

/* Takes a form's token: DONE, or NOTHING when it was taken before.  It stays
 * taken until the request is withdrawn or forgotten. */
MUST_USE enum outcome requests_take_token(
    struct store *store, struct request_id id, const char *token);

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

/* The newest entry of the thread that is not a note of this caseworker's own:
 * DONE, or NOTHING when there is none. */
MUST_USE enum outcome requests_newest_text(struct store *store,
    struct request_id id, int64_t staff, int64_t *row_r);

/* -- what time does --------------------------------------------------------- */

/* What the hub does in its quiet moments, and a desk before it shows a list:
 * claims whose owner did nothing for lease_s, and those of people who may no
 * longer see cases, are open again ("lease ran out"); snoozes that are over
 * wake ("woke up").  Each leaves a row in the audit trail.
 *
 * A clock that jumped back makes no lease and no snooze longer: what was
 * renewed in the future counts as renewed now, and what was snoozed in the
 * future wakes.  After a jump ahead claims are open again and sleepers awake,
 * so that nobody is forgotten.
 *
 * Reads first and writes only when something is due.  Has its own transaction.
 */
struct requests_tidied {
	int64_t released;
	int64_t woken;
};
MUST_USE enum outcome requests_tidy(struct store *store, int64_t now_utc_s,
    int64_t lease_s, struct requests_tidied *tidied_r);

/* The same for one request, inside a transaction, before somebody else than
 * its owner (`staff`) does something with it; *request is read again. */
MUST_USE enum outcome requests_settle(struct store *store,
    struct request *request, int64_t staff, int64_t now_utc_s,
    int64_t lease_s);

/* -- feedback --------------------------------------------------------------- */

/* The oldest request whose caller is to be asked for feedback: DONE or
 * NOTHING. */
MUST_USE enum outcome requests_next_feedback(
    struct store *store, struct request *request_r);
/* "due" to "asked", "asked" to "done", "due" to "none" (nobody may be asked):
 * NOTHING when it is not as `from` says. */
MUST_USE enum outcome requests_set_feedback(struct store *store,
    struct request_id id, const char *from, const char *to);

/* -- reading ---------------------------------------------------------------- */

/* A place in a list: behind this request.  Zeroed: its top. */
struct request_place {
	enum request_urgency urgency;
	int64_t row;
};
struct request_place request_place_of(const struct request *request);

/* Which requests a page holds. */
struct request_filter {
	enum request_shelf shelf;
	int64_t staff;		/* claimed by them; 0 anybody's */
	const char *state;	/* NULL any; so for the rest */
	const char *corridor;
	const char *language;
	const char *label;
	struct request_place after;
	size_t most;
};
struct request_list {
	struct request *items;	/* yours: free() */
	size_t count;
	int has_more;		/* there is a next page, after the last item */
};
MUST_USE enum outcome requests_page(struct store *store,
    const struct request_filter *filter, struct request_list *list_r);

/* All of a state, or of every one with -1. */
MUST_USE enum outcome requests_list(struct store *store, int state_or_all,
    size_t most, struct request_list *list_r);

/* The labels of what has not ended, by name. */
struct request_label_use {
	char label[REQUEST_LABEL_MAX_BYTES + 1];
	int64_t count;
};
MUST_USE enum outcome requests_labels(struct store *store,
    struct request_label_use **labels_r, size_t *count_r);

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
	char outbox_state[16];	/* of a reply: outbox_state_name(), "expired",
				   or what its network reported; else "" */
	char carried_by[32];	/* of a reply: the line that carries or carried
				   it when that is not its own, else "" */
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

/* What was written to the caller did not arrive: they wait again, where the
 * request is running.  NOTHING where it is not. */
MUST_USE enum outcome requests_wait_again(
    struct store *store, struct request_id id, int64_t now_utc_s);

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

/* How it stands with what has not ended.  Times are 0 when nobody waits. */
struct request_health {
	int64_t open;
	int64_t claimed;
	int64_t snoozed;	/* open or claimed; counted there as well */
	int64_t unread;		/* requests with texts nobody has seen */
	int64_t waits_since_utc_s;		/* the longest anybody waits */
	int64_t urgent_waits_since_utc_s;	/* urgency high or now */
};
MUST_USE enum outcome requests_health(
    struct store *store, struct request_health *health_r);

/* Who may see cases and has how many, by name. */
struct request_owner {
	int64_t staff;
	char name[64];
	int64_t claimed;
};
MUST_USE enum outcome requests_owners(struct store *store,
    struct request_owner **owners_r, size_t *count_r);

const char *request_state_name(enum request_state state);
const char *request_shelf_name(enum request_shelf shelf);
const char *request_urgency_name(enum request_urgency urgency);

#endif
