/* What is left on a line's SIM: asked for by a code of its operator when the
 * line has nothing else to do, and after LINE_CREDIT_SENT texts; told by `waymark
 * status`.  Nothing is ever topped up by itself.
 */
#ifndef GATEWAY_HUB_LINE_CREDIT_H
#define GATEWAY_HUB_LINE_CREDIT_H

#include "gateway/hub/state.h"

enum {
	LINE_CREDIT_SENT = 200, /* texts, after which it is asked again */
	LINE_CREDIT_RETRY_MS = 900000, /* when nobody answered */
};

/* Asks when it is time and the line is idle; when to look again in monotonic
 * milliseconds, -1 never. */
int64_t line_credit_tend(struct child *child, int64_t now_ms);

/* What became of the code. */
void line_credit_hear(
    struct child *child, const struct line_message *message, int64_t now_ms);

/* Days until it expires, by the operator's last answer: 0 on the day and after
 * it, -1 when nobody knows. */
int64_t line_credit_days(const struct child *child, int64_t now_utc_s);

/* The words of `waymark status`: "unknown", "low", "enough", "unread" (the
 * answer has no amount where it should be) or "none" (no code is set). */
const char *line_credit_word(const struct child *child);

#endif
