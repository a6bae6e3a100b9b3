/* A caseworker's text that did not arrive, or may not have: the case says so, and
 * its caller waits again.
 *
 * An automatic answer has no case; it is listed by itself when it cannot be
 * sent (store/outbox_end.c), and the walk knows when it is in doubt.
 */
#ifndef GATEWAY_HUB_UNSENT_H
#define GATEWAY_HUB_UNSENT_H

#include "gateway/hub/state.h"

/* Looks at a text whose try has just ended badly.  DONE also when it is to be
 * tried again, or is nobody's case. */
MUST_USE enum outcome unsent_note(
    struct hub *hub, struct outbox_id id, int64_t now_utc_s);

#endif
