/* Tallies: counts without persons, for each ISO week and corridor.
 *
 * A tally is only ever added to; nothing leads from it to a caller, so it
 * stays when a case is forgotten.  Small counts are kept as they are and
 * hidden where they are shown (gateway/desk/trends.h, anonymous.h).
 *
 * Who writes often is not many people.  So each tally has three numbers: how
 * often it happened; how many callers it happened to this week, each once
 * whatever their corridor or urgency; and to how many for the first time since
 * they are known.  Added up over any weeks, the last counts nobody twice: what
 * leaves the helpline is counted by it.  That somebody was counted is known by
 * a mark, a keyed hash of caller and what was counted, and forgotten with the
 * caller: whoever says FORGET and writes again is somebody new.
 *
 *   what       first        second       third
 *   request    urgency      opened by    language     as it was opened
 *   need       the need     -            -            once told
 *   sign       the question -            -            an answer with a weight
 *   recruiter  country/id   -            -            an entry was shown
 *   feedback   the question the answer   -
 *
 * What is not said is "".
 */
#ifndef STORE_TALLIES_H
#define STORE_TALLIES_H

#include "store/store.h"

enum tally_what {
	TALLY_REQUEST,
	TALLY_NEED,
	TALLY_SIGN,
	TALLY_RECRUITER,
	TALLY_FEEDBACK,
	TALLY_WHATS,
};

/* "request", "need" ... */
const char *tally_what_name(enum tally_what what);

/* An ISO week as people write it: "2026-W47". */
struct tally_week {
	char text[9];
};
/* The week (Monday to Sunday, UTC) a moment lies in. */
struct tally_week tally_week_of(int64_t utc_s);
/* The Monday a week begins on: 1 and *utc_s_r, or 0 when it is no week. */
int tally_week_begins(const char *week, int64_t *utc_s_r);

/* One to count.  Borrowed; NULL is "". */
struct tally {
	enum tally_what what;
	const char *corridor;
	const char *first;
	const char *second;
	const char *third;
	const struct caller_key *caller; /* NULL: somebody new */
};

/* Counts one more, inside the transaction of what it counts. */
MUST_USE enum outcome tallies_add(
    struct store *store, const struct tally *tally, int64_t now_utc_s);

/* Reading: weeks from `first_week` to `last_week`, both included, in order of
 * week, corridor and words.  Borrowed until `take` returns. */
struct tally_row {
	const char *week;
	const char *corridor;
	const char *first;
	const char *second;
	const char *third;
	int64_t count; /* how often */
	int64_t callers; /* different ones, of this week */
	int64_t new_callers; /* never counted for this before */
};
struct tally_range {
	enum tally_what what;
	const char *first_week;
	const char *last_week;
};
MUST_USE enum outcome tallies_each(struct store *store,
    const struct tally_range *range,
    void (*take)(const struct tally_row *row, void *into), void *into);

#endif
