/* Retention: what is kept of a case ends by itself.
 *
 * Each closed case has a clock that began when it last changed; how long it
 * runs depends on the words it was closed with.  A case that is open, claimed
 * or has texts nobody has read is held.  When the time has come the case
 * becomes a tombstone ('forgotten'): reference, corridor, urgency and dates
 * stay, all of a person goes: number, answers, texts, facts, referrals'
 * contents, the outcome's words; and the walk and the number of a caller who
 * has no other case.  Tallies are counts already and stay.
 *
 * An erasure is the same at once, on the word of two people (erasures.h).
 *
 * A machine's clock may jump a year.  Retention goes by a time of its own in
 * the store, which follows the clock by at most RETENTION_STEP_S a run and
 * back at once: a wrong year found within days has erased little, and a box
 * that stood in a cupboard catches up in a week or so.
 */
#ifndef STORE_RETENTION_H
#define STORE_RETENTION_H

#include "store/requests.h"

enum {
	RETENTION_HARD_MOST_DAYS = 1826, /* five years; nothing is longer */
	RETENTION_STEP_S = 2 * 86400,
};

struct retention_rule {
	const char *outcome; /* the words a case was closed with */
	int64_t days;
};

/* All borrowed. */
struct retention {
	int64_t default_days; /* for every other outcome */
	const struct retention_rule *rules;
	size_t rule_count;
};

/* How long this outcome's clock runs: never more than the hard maximum,
 * whatever the rules say; capitals do not count. */
int64_t retention_days(const struct retention *retention, const char *outcome);

/* Erases what is due, with an event in each case's history; *erased_r is how
 * many cases.  Own transactions, short ones, so that a year's worth does not
 * hold up arrivals. */
MUST_USE enum outcome retention_run(struct store *store,
    const struct retention *retention, int64_t now_utc_s, size_t *erased_r);

/* Makes a request a tombstone now, in whatever state it is, inside a
 * transaction; texts on their way are given up.  `what` joins its history
 * ("erased"); NOTHING when it is a tombstone already. */
MUST_USE enum outcome retention_erase(struct store *store, struct request_id id,
    int64_t staff, const char *what, int64_t now_utc_s);

#endif
