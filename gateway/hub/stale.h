/* Automatic answers that could not leave in time.
 *
 * A menu's answer of yesterday answers nothing any more, and what the caller
 * texts next would be taken for an answer to it.  One that has waited
 * messages.stale_after_h (a line away, a cap reached) is given up, its walk is
 * in doubt as after an unsure text, and the first of each caller stands aside
 * for a person, sealed (`waymark queue aside`).  First answers to HELP and
 * caseworkers' texts never grow stale.
 */
#ifndef GATEWAY_HUB_STALE_H
#define GATEWAY_HUB_STALE_H

#include "gateway/hub/state.h"

enum {
	STALE_LOOK_MS = 60000,
	STALE_MOST = 100, /* in one look */
};

/* Looks, when it is time; own transaction.  DONE, TRY_LATER or BROKEN. */
MUST_USE enum outcome stale_tend(struct hub *hub, int64_t now_utc_s);

#endif
