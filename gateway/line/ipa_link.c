#include "gateway/line/ipa_link.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gateway/base/log.h"
#include "gateway/base/retry.h"
#include "gateway/line/address.h"

enum {
	CONNECT_MOST_MS = 5000,
	PING_EVERY_MS = 20000,
	SILENCE_MOST_MS = 30000, /* a ping and its pong lie within */
	FAILURES_COUNTED_MOST = 5, /* pauses of at most 1.6 s: the register is
					   on this machine and callers wait */
	READ_BYTES = 16384,
	OUT_MOST_BYTES = 1 << 22, /* who reads nothing for so long is gone */
};

enum outcome
ipa_link_set(
    struct ipa_link *link, const char *what, const char *address, int pings)
{
	struct sockaddr_in to;

	if (address_read(address, &to) != DONE)
		return (REFUSED);
	*link = (struct ipa_link){
		.what = what,
		.address = to,
		.pings = pings,
		.fd = -1,
	};
	return (DONE);
}

static void
empty(struct ipa_link *link)
{
	if (link->fd >= 0)
		close(link->fd);
	link->fd = -1;
	text_free(&link->in);
	text_free(&link->out);
	link->in_used = 0;
}

void
ipa_link_close(struct ipa_link *link)
{
	empty(link);
	link->state = IPA_LINK_DOWN;
}

static void
lose(struct ipa_link *link, int64_t now_ms, const char *why)
{
	/* Once for each time it goes, not for each attempt. */
	if (link->state == IPA_LINK_UP || link->failures == 0)
		log_warning("%s: %s", link->what, why);
	empty(link);
	link->state = IPA_LINK_DOWN;
	if (link->failures < FAILURES_COUNTED_MOST)
		link->failures++;
	link->due_ms = now_ms + retry_start_wait_ms(link->failures);
}

static void
begin_connecting(struct ipa_link *link, int64_t now_ms)
{
	int on = 1;

	link->state = IPA_LINK_CONNECTING;
	link->due_ms = now_ms + CONNECT_MOST_MS;
	link->fd =
	    socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (link->fd < 0) {
		lose(link, now_ms, strerror(errno));
		return;
	}
	/* Pages are small and somebody waits for each. */
	setsockopt(link->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (connect(link->fd, (const struct sockaddr *)&link->address,
		sizeof(link->address)) != 0 &&
	    errno != EINPROGRESS)
		lose(link, now_ms, strerror(errno));
}

static void
finish_connecting(struct ipa_link *link, int64_t now_ms)
{
	int error = 0;
	socklen_t length = sizeof(error);

	if (getsockopt(link->fd, SOL_SOCKET, SO_ERROR, &error, &length) != 0)
		error = errno;
	if (error != 0) {
		lose(link, now_ms, strerror(error));
		return;
	}
	link->state = IPA_LINK_UP;
	link->generation++;
	link->heard_ms = now_ms;
	link->due_ms = now_ms + PING_EVERY_MS;
}

int64_t
ipa_link_tend(struct ipa_link *link, int64_t now_ms)
{
	if (now_ms < link->due_ms)
		return (link->due_ms);
	switch (link->state) {
	case IPA_LINK_DOWN:
		begin_connecting(link, now_ms);
		break;
	case IPA_LINK_CONNECTING:
		lose(link, now_ms, "does not answer");
		break;
	case IPA_LINK_UP:
		if (link->pings && now_ms - link->heard_ms >= SILENCE_MOST_MS) {
			lose(link, now_ms, "has fallen silent");
			break;
		}
		if (link->pings)
			ipa_add_ping(&link->out);
		link->due_ms = now_ms + PING_EVERY_MS / 2;
		ipa_link_flush(link, now_ms);
		break;
	}
	return (link->due_ms);
}

struct pollfd
ipa_link_wish(const struct ipa_link *link)
{
	short events = link->state == IPA_LINK_CONNECTING ? POLLOUT : POLLIN;

	if (link->state == IPA_LINK_UP && link->out.length > 0)
		events |= POLLOUT;
	return ((struct pollfd){ .fd = link->fd, .events = events });
}

static void
read_all(struct ipa_link *link, int64_t now_ms)
{
	char block[READ_BYTES];
	ssize_t got = recv(link->fd, block, sizeof(block), 0);

	if (got == 0)
		lose(link, now_ms, "has closed the link");
	else if (got < 0 && errno != EAGAIN && errno != EINTR)
		lose(link, now_ms, strerror(errno));
	if (got <= 0)
		return;
	link->heard_ms = now_ms;
	text_add_bytes(&link->in, block, (size_t)got);
}

void
ipa_link_hear(struct ipa_link *link, short events, int64_t now_ms)
{
	if (events == 0 || link->fd < 0)
		return;
	if (link->state == IPA_LINK_CONNECTING) {
		finish_connecting(link, now_ms);
		return;
	}
	if (events & POLLOUT)
		ipa_link_flush(link, now_ms);
	if (link->fd >= 0 && (events & (POLLIN | POLLHUP | POLLERR)))
		read_all(link, now_ms);
}

/* What was handed out makes room for what comes. */
static void
forget_used(struct ipa_link *link)
{
	size_t left = link->in.length - link->in_used;

	if (link->in_used == 0)
		return;
	memmove(link->in.bytes, link->in.bytes + link->in_used, left);
	text_cut(&link->in, left);
	link->in_used = 0;
}

enum outcome
ipa_link_next(struct ipa_link *link, int64_t now_ms, struct ipa_frame *frame_r)
{
	for (;;) {
		struct ipa_frame frame;
		size_t used;
		enum outcome outcome = ipa_read(
		    (const uint8_t *)text_string(&link->in) + link->in_used,
		    link->in.length - link->in_used, &frame, &used);

		if (outcome == REFUSED) {
			lose(link, now_ms, "is out of step");
			return (NOTHING);
		}
		if (outcome == NOTHING) {
			forget_used(link);
			return (NOTHING);
		}
		link->in_used += used;
		/* It is in the network again only when it says so. */
		link->failures = 0;
		if (frame.kind == IPA_PING) {
			ipa_add_pong(&link->out);
		} else if (frame.kind != IPA_PONG) {
			*frame_r = frame;
			return (DONE);
		}
	}
}

void
ipa_link_flush(struct ipa_link *link, int64_t now_ms)
{
	ssize_t sent;

	if (link->state != IPA_LINK_UP || link->out.length == 0)
		return;
	sent = send(link->fd, link->out.bytes, link->out.length, MSG_NOSIGNAL);
	if (sent < 0 && errno != EAGAIN && errno != EINTR) {
		lose(link, now_ms, strerror(errno));
		return;
	}
	if (sent > 0) {
		size_t left = link->out.length - (size_t)sent;

		memmove(link->out.bytes, link->out.bytes + sent, left);
		text_cut(&link->out, left);
	}
	if (link->out.length > OUT_MOST_BYTES)
		lose(link, now_ms, "takes nothing any more");
}
