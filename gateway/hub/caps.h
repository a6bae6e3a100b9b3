/* What a line may send in a minute and in a day, and what a day may cost.  Pure:
 * time is a parameter, counts come from the store (spending.h).
 *
 *                    ordinary      of somebody who      first answer
 *                                  needs a person       to HELP
 *   below the caps   leaves        leaves               leaves
 *   in the reserve   waits         leaves               leaves
 *   caps reached     waits         waits                leaves, CAPS_OVER_MOST
 *                                                       a day and line
 *
 * day_cap counts texts, spend_cap counts what segments cost.  A pace is kept
 * exactly: in any sixty seconds no more than that many texts are handed over.
 */
#ifndef GATEWAY_HUB_CAPS_H
#define GATEWAY_HUB_CAPS_H

#include <stddef.h>
#include <stdint.h>

#include "gateway/text/zone.h"
#include "store/line_days.h"
#include "store/outbox.h"

enum {
	CAPS_OVER_MOST = 100, /* texts over all caps */
	CAPS_PACE_MOST = 600, /* as settings_lines.c has it */
	CAPS_PACE_MS = 60000,
};

/* Of a line, or of all lines together. */
struct cap {
	int64_t texts; /* a day; 0: none */
	int64_t money; /* a day, in millionths; 0: none */
	int64_t reserve; /* of both, in texts and in segments */
	int64_t part_price; /* millionths */
	struct zone zone; /* of its day */
};

/* 1 when anything is capped. */
int caps_are_set(const struct cap *cap);

/* The day it is there (days since 1970) and the second the next one begins. */
int64_t caps_day(const struct cap *cap, int64_t utc_s);
int64_t caps_next_day_utc_s(const struct cap *cap, int64_t utc_s);

enum cap_verdict {
	CAP_LEAVES,
	CAP_LEAVES_OVER, /* counted, since this is bounded */
	CAP_WAITS,
};

/* A text that wants to leave. */
struct cap_text {
	enum outbox_need need;
	int parts;
};
enum cap_verdict caps_judge(const struct cap *cap, const struct line_day *used,
    const struct cap_text *text);

/* The last texts handed over, for the pace. */
struct pace {
	int64_t *at_ms; /* a ring of `most` times, owned */
	size_t most; /* a minute; 0: no pace */
	size_t next;
	size_t count;
};
void pace_open(struct pace *pace, int64_t most);
void pace_close(struct pace *pace);

/* How many may leave now. */
size_t pace_room(const struct pace *pace, int64_t now_ms);
/* When one may leave; a moment that has passed when one may now. */
int64_t pace_next_ms(const struct pace *pace);
void pace_note(struct pace *pace, int64_t now_ms);

#endif
