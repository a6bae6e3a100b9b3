#include "gateway/hub/child.h"

#include <sys/socket.h>

#include "gateway/base/clock.h"
#include "gateway/base/memory.h"

enum { PACKETS_AT_A_TIME = 64 };

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
child_queue(struct child *child, const struct line_message *message)
{
	struct text packet = { 0 };

	if (child->socket < 0)
		return;
	protocol_write(message, &packet);
	queue_packet(child, &packet);
}

void
child_speak(struct child *child, const struct line_message *message)
{
	if (child->socket < 0)
		return;
	/* A socket that is gone is noticed by hearing it. */
	if (child->waiting_count > 0 ||
	    protocol_send(child->socket, message) == TRY_LATER)
		child_queue(child, message);
}

/* How many of these packets the socket took. */
static size_t
send_some(int socket, const struct text *packets, size_t count)
{
	struct mmsghdr messages[PACKETS_AT_A_TIME];
	struct iovec bytes[PACKETS_AT_A_TIME];
	int sent;

	if (count > PACKETS_AT_A_TIME)
		count = PACKETS_AT_A_TIME;
	for (size_t i = 0; i < count; i++) {
		bytes[i] = (struct iovec){
			.iov_base = packets[i].bytes,
			.iov_len = packets[i].length,
		};
		messages[i] = (struct mmsghdr){
			.msg_hdr = { .msg_iov = &bytes[i], .msg_iovlen = 1 },
		};
	}
	sent = sendmmsg(
	    socket, messages, (unsigned)count, MSG_DONTWAIT | MSG_NOSIGNAL);
	return (sent < 0 ? 0 : (size_t)sent);
}

void
child_flush(struct child *child)
{
	size_t done = 0;
	size_t sent;

	do {
		sent = send_some(child->socket, child->waiting + done,
		    child->waiting_count - done);
		for (size_t i = 0; i < sent; i++)
			text_free(&child->waiting[done + i]);
		done += sent;
	} while (sent > 0 && done < child->waiting_count);
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
