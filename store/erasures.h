/* Erasures asked for: a case is erased at once on the word of two people.
 *
 * Who asked, when and why stands here until somebody else confirms it, it is
 * taken back, ERASURE_STANDS_S are over, or the case is a tombstone for another
 * reason.  The reason is sealed, since it may tell what was told.
 */
#ifndef STORE_ERASURES_H
#define STORE_ERASURES_H

#include "store/requests.h"

enum { ERASURE_STANDS_S = 7 * 86400 }; /* for somebody else to confirm */

struct erasure {
	int64_t staff; /* who asked */
	char staff_name[64];
	int64_t asked_utc_s;
};

/* Who has asked, if it still stands: DONE or NOTHING. */
MUST_USE enum outcome erasures_find(struct store *store, struct request_id id,
    int64_t now_utc_s, struct erasure *erasure_r);

/* Why they asked, added to *reason; NOTHING when it was not kept. */
MUST_USE enum outcome erasures_reason(struct store *store,
    const struct team_secret *secret, struct request_id id,
    struct text *reason);

struct erasure_wish {
	struct request_id request;
	int64_t staff;
	const char *reason;
	int64_t now_utc_s;
};
/* Inside a transaction with an epoch. */
MUST_USE enum outcome erasures_ask(
    struct store *store, const struct erasure_wish *wish);
MUST_USE enum outcome erasures_take_back(
    struct store *store, struct request_id id);

/* All that stand, the oldest first. */
struct erasure_entry {
	struct request_id request;
	char ref[8];
	struct erasure asked;
};
struct erasure_list {
	struct erasure_entry *items; /* yours: free() */
	size_t count;
};
MUST_USE enum outcome erasures_list(
    struct store *store, int64_t now_utc_s, struct erasure_list *list_r);

#endif
