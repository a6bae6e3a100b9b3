#include "gateway/hub/child.h"

#include <sys/socket.h>

#include "gateway/base/clock.h"
#include "gateway/base/memory.h"

int
child_is_well(const struct child *child)
{
	return (child->state == CHILD_UP && child->device_is_up &&
	    child->socket >= 0);
}

int64_t
child_away_ms(const struct child *child, int64_t now_ms)
{
	return (child_is_well(child) || child->unwell_since_ms == 0
		? 0
		: now_ms - child->unwell_since_ms);
}

int64_t
child_well_ms(const struct child *child, int64_t now_ms)
{
	return (child_is_well(child) && child->well_since_ms != 0
		? now_ms - child->well_since_ms
		: 0);
}

int
child_can_send(const struct child *child)
{
	int64_t pace_ms = pace_next_ms(&child->caps.pace);

	return (child_is_well(child) &&
	    child->in_flight_count < (size_t)child->window &&
	    (pace_ms == 0 || pace_ms <= clock_monotonic_ms()));
}

static void
queue_packet(struct child *child, struct text *packet)
{
	if (child->waiting_count == child->waiting_room) {
		size_t room = child->waiting_room * 2 + 16;

		child->waiting = memory_grow(child->waiting,
		    child->waiting_room, room, sizeof(*child->waiting));
		child->waiting_room = room;
	}
	child->waiting[child->waiting_count++] = *packet;
	*packet = (struct text){ 0 };
}

void
child_speak(struct child *child, const struct line_message *message)
{
	struct text packet = { 0 };

	if (child->socket < 0)
		return;
	/* A socket that is gone is noticed by hearing it. */
	if (child->waiting_count > 0 ||
	    protocol_send(child->socket, message) == TRY_LATER) {
		protocol_write(message, &packet);
		queue_packet(child, &packet);
	}
}

void
child_flush(struct child *child)
{
	size_t done = 0;

	while (done < child->waiting_count) {
		struct text *packet = &child->waiting[done];

		if (send(child->socket, packet->bytes, packet->length,
			MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
			break;
		text_free(packet);
		done++;
	}
	child->waiting_count -= done;
	if (done > 0)
		memmove(child->waiting, child->waiting + done,
		    child->waiting_count * sizeof(*child->waiting));
}

void
child_note_handed(struct child *child, struct outbox_id id, int64_t now_ms)
{
	if (child->in_flight_count >= (size_t)child->window)
		abort();
	if (child->in_flight_count == 0)
		child->progress_ms = now_ms;
	child->in_flight[child->in_flight_count++] = (uint64_t)id.row;
}
