/* What came in on a demo line and the hub has not released yet.
 *
 * At most ARRIVALS_MOST are kept; while there are so many the line reads no
 * client, so a hub that is slow or whose disk is full slows the clients down
 * and loses nothing.  What is not released for ARRIVALS_TELL_AGAIN_MS is told
 * again with the same facts, as a modem's sweep does; the journal knows it by
 * them.
 */
#ifndef GATEWAY_LINE_DEMO_ARRIVALS_H
#define GATEWAY_LINE_DEMO_ARRIVALS_H

#include <stdint.h>

#include "gateway/base/outcome.h"
#include "gateway/line/protocol.h"

enum {
	ARRIVALS_MOST = 256,
	ARRIVALS_TELL_AGAIN_MS = 30 * 1000,
};

struct demo_arrivals;

/* `token` is the first arrival's; each next one's is one more, never 0. */
struct demo_arrivals *demo_arrivals_new(uint64_t token);
void demo_arrivals_free(struct demo_arrivals *arrivals);

int demo_arrivals_are_full(const struct demo_arrivals *arrivals);

/* What a client wrote; sender and text are clean and within the protocol's
 * limits. */
struct demo_event {
	enum arrival_kind kind;
	const char *sender;
	const char *text;
	int64_t utc_s;
	uint64_t dialogue; /* of USSD, else 0 */
};

/* Keeps an event in a slot of its own and fills in the arrival to tell.  Not
 * to be called when they are full. */
void demo_arrivals_add(struct demo_arrivals *arrivals,
    const struct demo_event *event, int64_t now_ms, struct arrival *arrival_r);

/* Forgets it.  A slot that is not in use is left alone. */
void demo_arrivals_release(struct demo_arrivals *arrivals, uint64_t slot);

/* When something is to be told again, or -1. */
int64_t demo_arrivals_next_ms(const struct demo_arrivals *arrivals);

/* One that is to be told again: DONE and *arrival_r, or NOTHING. */
MUST_USE enum outcome demo_arrivals_again(
    struct demo_arrivals *arrivals, int64_t now_ms, struct arrival *arrival_r);

#endif
