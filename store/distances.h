/* Numbers whose texts fail: a growing distance for all that goes to one.
 *
 * A number that cannot be reached is not tried by each of its texts anew: the
 * n-th failure in a row holds all of them for retry.h's n-th wait, on every
 * line.  A text that goes through ends it, and so does a text of theirs, since
 * their phone is on.  Nobody else waits for it.
 */
#ifndef STORE_DISTANCES_H
#define STORE_DISTANCES_H

#include "store/store.h"

/* One more failure: *next_utc_s_r is when to try that number again. */
MUST_USE enum outcome distances_grow(struct store *store,
    const struct caller_key *caller, int64_t now_utc_s, int64_t *next_utc_s_r);

/* They can be reached.  DONE also when nothing was known. */
MUST_USE enum outcome distances_end(
    struct store *store, const struct caller_key *caller);

/* When the next text may be tried: DONE, or NOTHING: at any time. */
MUST_USE enum outcome distances_next(struct store *store,
    const struct caller_key *caller, int64_t *next_utc_s_r);

#endif
