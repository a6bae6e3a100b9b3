/* The hub's line processes: started, heard, spoken to, and started again.
 *
 * Nothing here blocks.  Words a line's socket has no room for wait in order;
 * a line that does not end what it was given within CHILD_SEND_MOST_MS is
 * killed, since libGammu's calls cannot be interrupted from inside.
 */
#ifndef GATEWAY_HUB_CHILDREN_H
#define GATEWAY_HUB_CHILDREN_H

#include <poll.h>

#include "gateway/hub/child.h"

enum {
	CHILD_SEND_MOST_MS = 180000,
	CHILD_HELLO_MOST_MS = 30000,
	CHILD_REST_MOST_MS = 15000, /* a modem that is back waits no longer */
	CHILD_STEADY_MS = 60000, /* up this long forgives its failures */
};

void children_open(struct hub *hub);

/* Asks every line to stop, waits a moment, ends what is left.  Texts that were
 * handed over and not ended become results. */
void children_close(struct hub *hub);

/* Starts what is due and kills what hangs; when something is next due, in
 * monotonic milliseconds, -1 never. */
int64_t children_tend(struct hub *hub, int64_t now_ms);

/* Takes note of processes that ended (SIGCHLD). */
void children_reap(struct hub *hub, int64_t now_ms);

/* Takes what a line's socket has: arrivals into the batch, ends of sending
 * into the results, as long as both have room. */
void children_hear(struct hub *hub, size_t index, int64_t now_ms);

/* Marks a text that was handed over as ended. */
void child_note_ended(struct child *child, uint64_t id, int64_t now_ms);

/* Texts that went out in the last whole minute. */
int child_pace(const struct child *child, int64_t now_ms);

const char *child_state_name(enum child_state state);

/* 1 when a number is one of our own lines', set or learnt. */
int children_are_at(const struct hub *hub, const struct number *number);

#endif
