/* Routes at work: what waits for a line that is away is carried by another
 * where routes.h allows it, comes back when the line does, and goes to new
 * numbers by the configuration's routes.
 *
 * Looked after every FAIL_OVER_LOOK_MS while a line is away or has just come
 * back, in a transaction of its own, FAIL_OVER_MOST texts at a time.  Nothing
 * is kept that a restart would miss: which line a text belongs to is in its
 * row, and for how long a line has been away is counted anew.
 */
#ifndef GATEWAY_HUB_FAIL_OVER_H
#define GATEWAY_HUB_FAIL_OVER_H

#include "gateway/hub/routes.h"
#include "gateway/hub/state.h"

enum {
	FAIL_OVER_LOOK_MS = 2000,
	FAIL_OVER_MOST = 200, /* texts in one look */
};

/* The lines as they are now, for routes.h; fail_over_free(). */
struct routes fail_over_routes(const struct hub *hub, int64_t now_ms);
void fail_over_free(struct routes *routes);

/* Looks, when it is time.  DONE, TRY_LATER or BROKEN. */
MUST_USE enum outcome fail_over_tend(struct hub *hub, int64_t now_ms);

/* A text that was just taken (SENDING) and is to go to a number that is not its
 * caller's: DONE, it goes by this line; NOTHING, it has been queued on the line
 * that the configuration's routes say. */
MUST_USE enum outcome fail_over_route(
    struct hub *hub, size_t child, const struct outbox_row *row);

#endif
