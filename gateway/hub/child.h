/* One line as the rest of the hub meets it: how it is, and what it is told.
 * Its process is looked after in children.h.
 */
#ifndef GATEWAY_HUB_CHILD_H
#define GATEWAY_HUB_CHILD_H

#include "gateway/hub/state.h"

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
/* Queues it, for child_flush() to say many at a time: one call of the system's,
 * and a line that wakes once. */
void child_queue(struct child *child, const struct line_message *message);
/* Goes on with what is queued, as far as the socket has room. */
void child_flush(struct child *child);

/* Marks a text as handed over (in flight). */
void child_note_handed(
    struct child *child, struct outbox_id id, int64_t now_ms);

#endif
