/* Caps at work: what each line has sent today stands in the store, and a text
 * that does not fit waits there for the next day.
 *
 * A text is counted in the transaction in which it becomes SENDING and taken
 * back when it certainly did not leave, so that no crash makes a day longer.
 * A clock that jumps to another day finds that day's own counts.
 */
#ifndef GATEWAY_HUB_SPENDING_H
#define GATEWAY_HUB_SPENDING_H

#include "gateway/hub/state.h"

enum { SPENDING_LOOK_MS = 2000 };

/* Whether zones of lines and of `spending` can be read: DONE, or REFUSED with
 * file and line in the log. */
MUST_USE enum outcome spending_check(const struct settings *settings);

/* Reads the caps of each line; notes for the pace what left in the last
 * minute before a restart.  Once, when the lines are opened. */
MUST_USE enum outcome spending_open(struct hub *hub, int64_t now_utc_s);
void spending_close(struct hub *hub);

/* Looks whether a day has begun (or the clock has jumped): what waited for it
 * is due.  Own transaction, when there is something to do. */
MUST_USE enum outcome spending_tend(
    struct hub *hub, int64_t now_utc_s, int64_t now_ms);

/* Whether a text of this line may leave now, by the caps: DONE, or NOTHING and
 * *until_utc_s_r. */
MUST_USE enum outcome spending_ask(struct hub *hub, size_t child,
    const struct cap_text *text, int64_t now_utc_s, int64_t *until_utc_s_r);

/* What is due on this line and has too little need waits for the next day. */
MUST_USE enum outcome spending_hold(
    struct hub *hub, size_t child, int64_t now_utc_s);

/* A text is handed to its line. */
MUST_USE enum outcome spending_note(struct hub *hub, size_t child,
    const struct cap_text *text, int64_t now_utc_s);

/* A text that is SENDING did not leave, or not all of it. */
MUST_USE enum outcome spending_take_back(
    struct hub *hub, struct outbox_id id, int64_t now_utc_s);

#endif
