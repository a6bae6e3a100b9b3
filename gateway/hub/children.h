/* The hub's line processes: started, heard, spoken to, and started again.
 *
 * Nothing here blocks.  Words a line's socket has no room for wait in order;
 * a line that does not end what it was given within CHILD_SEND_MOST_MS is
 * killed, since libGammu's calls cannot be interrupted from inside.
 */
#ifndef GATEWAY_HUB_CHILDREN_H
#define GATEWAY_HUB_CHILDREN_H

#include <poll.h>

#include "gateway/hub/state.h"

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

/* Whether a line can be handed one more text now: its process and, by its own
 * word, its device are up, and its window and its pace have room. */
int child_can_send(const struct child *child);

/* Whether its process and, by its own word, its device are up; and for how long
 * they have not been, 0 while they are. */
int child_is_well(const struct child *child);
int64_t child_away_ms(const struct child *child, int64_t now_ms);
/* For how long they have been, 0 while they are not. */
int64_t child_well_ms(const struct child *child, int64_t now_ms);

/* Speaks to a line; queued when its socket is full. */
void child_speak(struct child *child, const struct line_message *message);
/* Goes on with what is queued, when the socket has room again. */
void child_flush(struct child *child);

/* Marks a text as handed over (in flight) or ended. */
void child_note_handed(
    struct child *child, struct outbox_id id, int64_t now_ms);
void child_note_ended(struct child *child, uint64_t id, int64_t now_ms);

/* Texts that went out in the last whole minute. */
int child_pace(const struct child *child, int64_t now_ms);

const char *child_state_name(enum child_state state);

/* 1 when a number is one of our own lines', set or learnt. */
int children_are_at(const struct hub *hub, const struct number *number);

#endif
