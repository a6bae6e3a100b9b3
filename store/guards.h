/* What guards count of callers, and how often they did something.
 *
 * A row is found by the caller's keyed hash and holds numbers and a keyed hash
 * of the last exchange, nothing of its words.  It goes with FORGET
 * (callers_forget()) and, by store_tidy(), a day after its last window began.
 */
#ifndef STORE_GUARDS_H
#define STORE_GUARDS_H

#include "gateway/text/caller_guard.h"
#include "store/store.h"

/* DONE, and *count_r is filled in, with 0 for a caller nothing is known of;
 * or what the store said. */
MUST_USE enum outcome guards_get(struct store *store,
    const struct caller_key *caller, struct guard_count *count_r);
MUST_USE enum outcome guards_put(struct store *store,
    const struct caller_key *caller, const struct guard_count *count);

/* What happened, for `waymark status`. */
enum guard_event {
	GUARD_SHORT_CODE, /* not answered: it came from a short code */
	GUARD_NAME, /* or a name */
	GUARD_HIDDEN, /* or nobody who can be answered */
	GUARD_OWN_NUMBER, /* or one of our own lines */
	GUARD_TOLD_SPENT, /* told that the answers are spent */
	GUARD_WITHHELD_SPENT, /* an answer that was not given */
	GUARD_WITHHELD_SAME, /* the same exchange again */
	GUARD_WITHHELD_PAGE,
	GUARD_RANG_AGAIN, /* a ring within its window */
	GUARD_REPEATED, /* a text in doubt that its kind allows to repeat */
	GUARD_EVENTS
};
MUST_USE enum outcome guards_note(struct store *store, enum guard_event event);

struct guard_totals {
	int64_t events[GUARD_EVENTS]; /* since the store was made */
	int64_t silenced; /* callers with an answer withheld in the last day */
	int64_t kept_apart; /* numbers whose texts fail */
};
MUST_USE enum outcome guards_count(
    struct store *store, int64_t now_utc_s, struct guard_totals *totals_r);

/* "short_code" ...: in the store, in JSON, for Prometheus. */
const char *guard_event_name(enum guard_event event);
/* "from short codes": for people. */
const char *guard_event_words(enum guard_event event);

#endif
