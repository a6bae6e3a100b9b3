/* How long the oldest of what waits has waited: for `waymark status`. */
#ifndef STORE_AGES_H
#define STORE_AGES_H

#include <stdint.h>

#include "gateway/base/outcome.h"
#include "store/store.h"

/* Since when, or 0 when nothing waits. */
struct ages {
	int64_t outbox_utc_s; /* a text that is queued, and not held */
	int64_t journal_utc_s; /* a message that is not handled, or a part */
};

/* DONE, or TRY_LATER. */
MUST_USE enum outcome ages_read(struct store *store, struct ages *ages_r);

#endif
