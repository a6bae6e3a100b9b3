#include "gateway/line/peer_link.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/retry.h"
#include "gateway/line/address.h"

enum {
	READ_BYTES = 65536, /* all that many callers said at a time */
	OUT_MOST_BYTES = 1 << 22, /* who reads nothing for so long is gone */
};

enum outcome
peer_link_set(struct peer_link *link, const struct peer_link_kind *kind,
    const char *what, const char *address)
{
	*link = (struct peer_link){
		.kind = kind,
		.what = what,
		.fd = -1,
		.trouble = "not connected yet",
	};
	return (address_read(address, &link->address));
}

void
peer_link_close(struct peer_link *link)
{
	if (link->fd >= 0)
		close(link->fd);
	link->fd = -1;
	text_free(&link->in);
	text_free(&link->out);
	link->in_used = 0;
	link->state = PEER_LINK_DOWN;
}

void
peer_link_lose(struct peer_link *link, int64_t now_ms, const char *why)
{
	/* Once for each time it goes, not for each attempt. */
	if (link->failures == 0 || link->trouble != why)
		log_warning("%s: %s", link->what, why);
	link->trouble = why;
	peer_link_close(link);
	if (link->failures < link->kind->failures_counted_most)
		link->failures++;
	link->due_ms = now_ms + retry_start_wait_ms(link->failures);
}

/* errno in words that stay. */
static void
lose_by(struct peer_link *link, int64_t now_ms, int cause)
{
	peer_link_lose(link, now_ms,
	    cause == ECONNREFUSED       ? "does not listen"
		: cause == ECONNRESET   ? "has broken the link"
		: cause == EPIPE        ? "has broken the link"
		: cause == ENETUNREACH  ? "is out of reach"
		: cause == EHOSTUNREACH ? "is out of reach"
					: "cannot be reached");
}

void
peer_link_note_well(struct peer_link *link)
{
	link->failures = 0;
	link->trouble = "";
}

/* -- connecting ------------------------------------------------------------- */

void
peer_link_try(struct peer_link *link, int64_t now_ms)
{
	int on = 1;

	if (link->state == PEER_LINK_CONNECTING) {
		peer_link_lose(link, now_ms, "does not answer");
		return;
	}
	link->state = PEER_LINK_CONNECTING;
	link->due_ms = now_ms + link->kind->connect_most_ms;
	link->written = 0;
	link->fd =
	    socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (link->fd < 0) {
		lose_by(link, now_ms, errno);
		return;
	}
	/* Frames are small and somebody waits for each. */
	setsockopt(link->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (connect(link->fd, (const struct sockaddr *)&link->address,
		sizeof(link->address)) != 0 &&
	    errno != EINPROGRESS)
		lose_by(link, now_ms, errno);
}

static enum peer_link_event
finish_connecting(struct peer_link *link, int64_t now_ms)
{
	int error = 0;
	socklen_t length = sizeof(error);

	if (getsockopt(link->fd, SOL_SOCKET, SO_ERROR, &error, &length) != 0)
		error = errno;
	if (error != 0) {
		lose_by(link, now_ms, error);
		return (PEER_LINK_NOTHING);
	}
	link->state = PEER_LINK_OPEN;
	return (PEER_LINK_OPENED);
}

/* -- in and out ------------------------------------------------------------- */

struct pollfd
peer_link_wish(const struct peer_link *link)
{
	short events = link->state == PEER_LINK_CONNECTING ? POLLOUT : POLLIN;

	if (link->fd >= 0 && link->out.length > 0)
		events |= POLLOUT;
	return ((struct pollfd){ .fd = link->fd, .events = events });
}

static enum peer_link_event
read_more(struct peer_link *link, int64_t now_ms)
{
	char block[READ_BYTES];
	ssize_t got = recv(link->fd, block, sizeof(block), 0);

	if (got == 0)
		peer_link_lose(link, now_ms, "has closed the link");
	else if (got < 0 && errno != EAGAIN && errno != EINTR)
		lose_by(link, now_ms, errno);
	if (got <= 0)
		return (PEER_LINK_NOTHING);
	text_add_bytes(&link->in, block, (size_t)got);
	explicit_bzero(block, (size_t)got);
	return (PEER_LINK_HEARD);
}

enum peer_link_event
peer_link_hear(struct peer_link *link, short events, int64_t now_ms)
{
	if (events == 0 || link->fd < 0)
		return (PEER_LINK_NOTHING);
	if (link->state == PEER_LINK_CONNECTING)
		return (finish_connecting(link, now_ms));
	if (events & POLLOUT)
		peer_link_flush(link, now_ms);
	if (link->fd >= 0 && (events & (POLLIN | POLLHUP | POLLERR)))
		return (read_more(link, now_ms));
	return (PEER_LINK_NOTHING);
}

const uint8_t *
peer_link_unread(const struct peer_link *link, size_t *length_r)
{
	*length_r = link->in.length - link->in_used;
	return ((const uint8_t *)text_string(&link->in) + link->in_used);
}

void
peer_link_take(struct peer_link *link, size_t length)
{
	link->in_used += length;
}

void
peer_link_forget_taken(struct peer_link *link)
{
	size_t left = link->in.length - link->in_used;

	if (link->in_used == 0)
		return;
	memmove(link->in.bytes, link->in.bytes + link->in_used, left);
	text_cut(&link->in, left);
	link->in_used = 0;
}

void
peer_link_flush(struct peer_link *link, int64_t now_ms)
{
	ssize_t sent;
	size_t left;

	if (link->state != PEER_LINK_OPEN || link->out.length == 0)
		return;
	sent = send(link->fd, link->out.bytes, link->out.length, MSG_NOSIGNAL);
	if (sent < 0 && errno != EAGAIN && errno != EINTR) {
		lose_by(link, now_ms, errno);
		return;
	}
	if (sent > 0) {
		left = link->out.length - (size_t)sent;
		memmove(link->out.bytes, link->out.bytes + sent, left);
		text_cut(&link->out, left);
		link->written += (uint64_t)sent;
	}
	if (link->out.length > OUT_MOST_BYTES)
		peer_link_lose(link, now_ms, "takes nothing any more");
}

void
peer_link_drain(struct peer_link *link, int64_t most_ms)
{
	int64_t now_ms = clock_monotonic_ms();
	int64_t until_ms = now_ms + most_ms;

	for (;;) {
		struct pollfd writable = { link->fd, POLLOUT, 0 };

		peer_link_flush(link, now_ms);
		if (link->state != PEER_LINK_OPEN || link->out.length == 0 ||
		    now_ms >= until_ms)
			return;
		(void)!poll(&writable, 1, (int)(until_ms - now_ms));
		now_ms = clock_monotonic_ms();
	}
}

uint64_t
peer_link_position(const struct peer_link *link)
{
	return (link->written + link->out.length);
}

int
peer_link_was_written(const struct peer_link *link, uint64_t position)
{
	return (position <= link->written);
}
