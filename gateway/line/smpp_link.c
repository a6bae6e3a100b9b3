#include "gateway/line/smpp_link.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gateway/base/log.h"
#include "gateway/base/retry.h"
#include "gateway/line/address.h"

enum {
	CONNECT_MOST_MS = 15000, /* operators are far away */
	BIND_MOST_MS = 15000,
	ENQUIRE_EVERY_MS = 20000,
	ASKED_MOST = 2, /* and nothing heard: it is gone.  Not by the clock,
			   since we may have been held up ourselves */
	FAILURES_COUNTED_MOST = 7, /* pauses of at most 6.4 s */
	REFUSED_WAIT_MS = 60000, /* operators lock who knocks too often */
	READ_BYTES = 16384,
	OUT_MOST_BYTES = 1 << 22, /* who reads nothing for so long is gone */
	SEQUENCE_MOST = 0x7fffffff,
};

enum outcome
smpp_link_set(
    struct smpp_link *link, const char *address, const struct smpp_bind *bind)
{
	struct sockaddr_in to;

	if (address_read(address, &to) != DONE)
		return (REFUSED);
	*link = (struct smpp_link){
		.address = to,
		.bind = *bind,
		.fd = -1,
		.trouble = "not connected yet",
	};
	return (DONE);
}

static void
empty(struct smpp_link *link)
{
	if (link->fd >= 0)
		close(link->fd);
	link->fd = -1;
	text_free(&link->in);
	text_free(&link->out);
	link->in_used = 0;
	link->state = SMPP_LINK_DOWN;
}

static void
lose(struct smpp_link *link, int64_t now_ms, const char *why)
{
	/* Once for each time it goes, not for each attempt. */
	if (link->state == SMPP_LINK_UP || link->failures == 0 ||
	    link->trouble != why)
		log_warning("message centre: %s", why);
	link->trouble = why;
	empty(link);
	if (link->failures < FAILURES_COUNTED_MOST)
		link->failures++;
	link->due_ms = now_ms + retry_start_wait_ms(link->failures);
}

/* errno in words that stay. */
static void
lose_by(struct smpp_link *link, int64_t now_ms, int cause)
{
	lose(link, now_ms,
	    cause == ECONNREFUSED       ? "does not listen"
		: cause == ECONNRESET   ? "has broken the link"
		: cause == EPIPE        ? "has broken the link"
		: cause == ENETUNREACH  ? "is out of reach"
		: cause == EHOSTUNREACH ? "is out of reach"
					: "cannot be reached");
}

void
smpp_link_close(struct smpp_link *link)
{
	if (link->state == SMPP_LINK_UP) {
		smpp_add(&link->out, SMPP_UNBIND, SMPP_OK,
		    smpp_link_next_sequence(link));
		(void)!send(link->fd, link->out.bytes, link->out.length,
		    MSG_NOSIGNAL | MSG_DONTWAIT);
	}
	empty(link);
}

uint32_t
smpp_link_next_sequence(struct smpp_link *link)
{
	link->sequence =
	    link->sequence >= SEQUENCE_MOST ? 1 : link->sequence + 1;
	return (link->sequence);
}

uint64_t
smpp_link_position(const struct smpp_link *link)
{
	return (link->written + link->out.length);
}

int
smpp_link_was_written(const struct smpp_link *link, uint64_t position)
{
	return (position <= link->written);
}

/* -- connecting ------------------------------------------------------------- */

static void
begin_connecting(struct smpp_link *link, int64_t now_ms)
{
	int on = 1;

	link->state = SMPP_LINK_CONNECTING;
	link->due_ms = now_ms + CONNECT_MOST_MS;
	link->written = 0;
	link->fd =
	    socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (link->fd < 0) {
		lose_by(link, now_ms, errno);
		return;
	}
	/* PDUs are small and somebody waits for each. */
	setsockopt(link->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (connect(link->fd, (const struct sockaddr *)&link->address,
		sizeof(link->address)) != 0 &&
	    errno != EINPROGRESS)
		lose_by(link, now_ms, errno);
}

static void
finish_connecting(struct smpp_link *link, int64_t now_ms)
{
	int error = 0;
	socklen_t length = sizeof(error);

	if (getsockopt(link->fd, SOL_SOCKET, SO_ERROR, &error, &length) != 0)
		error = errno;
	if (error != 0) {
		lose_by(link, now_ms, error);
		return;
	}
	link->state = SMPP_LINK_BINDING;
	link->asked = 0;
	link->due_ms = now_ms + BIND_MOST_MS;
	link->bind_sequence = smpp_link_next_sequence(link);
	smpp_add_bind(&link->out, link->bind_sequence, &link->bind);
	smpp_link_flush(link, now_ms);
}

/* What the centre said to our bind. */
static void
finish_binding(
    struct smpp_link *link, const struct smpp_pdu *pdu, int64_t now_ms)
{
	/* A nack, whatever its status, is no yes. */
	uint32_t status = pdu->command == (SMPP_BIND_TRANSCEIVER | SMPP_ANSWER)
	    ? pdu->status
	    : SMPP_BIND_FAILED;

	switch (status) {
	case SMPP_OK:
		link->state = SMPP_LINK_UP;
		link->generation++;
		link->failures = 0;
		link->trouble = "";
		link->is_refused = 0;
		link->due_ms = now_ms + ENQUIRE_EVERY_MS;
		log_notice("message centre: bound");
		return;
	case SMPP_BAD_PASSWORD:
		lose(link, now_ms, "refuses the password");
		break;
	case SMPP_BAD_SYSTEM_ID:
		lose(link, now_ms, "does not know the system_id");
		break;
	case SMPP_ALREADY_BOUND:
		lose(link, now_ms, "says that somebody is bound already");
		break;
	default:
		lose(link, now_ms, "refuses to be bound to");
		break;
	}
	link->is_refused = status != SMPP_ALREADY_BOUND;
	link->due_ms = now_ms + REFUSED_WAIT_MS;
}

/* -- time ------------------------------------------------------------------- */

static void
enquire(struct smpp_link *link, int64_t now_ms)
{
	if (link->asked >= ASKED_MOST) {
		lose(link, now_ms, "has fallen silent");
		return;
	}
	link->asked++;
	link->due_ms = now_ms + ENQUIRE_EVERY_MS;
	smpp_add(&link->out, SMPP_ENQUIRE_LINK, SMPP_OK,
	    smpp_link_next_sequence(link));
	smpp_link_flush(link, now_ms);
}

int64_t
smpp_link_tend(struct smpp_link *link, int64_t now_ms)
{
	if (now_ms < link->due_ms)
		return (link->due_ms);
	switch (link->state) {
	case SMPP_LINK_DOWN:
		begin_connecting(link, now_ms);
		break;
	case SMPP_LINK_CONNECTING:
		lose(link, now_ms, "does not answer");
		break;
	case SMPP_LINK_BINDING:
		lose(link, now_ms, "does not answer a bind");
		break;
	case SMPP_LINK_UP:
		enquire(link, now_ms);
		break;
	}
	return (link->due_ms);
}

/* -- in and out ------------------------------------------------------------- */

struct pollfd
smpp_link_wish(const struct smpp_link *link)
{
	short events = link->state == SMPP_LINK_CONNECTING ? POLLOUT : POLLIN;

	if (link->fd >= 0 && link->out.length > 0)
		events |= POLLOUT;
	return ((struct pollfd){ .fd = link->fd, .events = events });
}

static void
read_all(struct smpp_link *link, int64_t now_ms)
{
	char block[READ_BYTES];
	ssize_t got = recv(link->fd, block, sizeof(block), 0);

	if (got == 0)
		lose(link, now_ms, "has closed the link");
	else if (got < 0 && errno != EAGAIN && errno != EINTR)
		lose_by(link, now_ms, errno);
	if (got <= 0)
		return;
	link->asked = 0;
	text_add_bytes(&link->in, block, (size_t)got);
	explicit_bzero(block, (size_t)got);
}

void
smpp_link_hear(struct smpp_link *link, short events, int64_t now_ms)
{
	if (events == 0 || link->fd < 0)
		return;
	if (link->state == SMPP_LINK_CONNECTING) {
		finish_connecting(link, now_ms);
		return;
	}
	if (events & POLLOUT)
		smpp_link_flush(link, now_ms);
	if (link->fd >= 0 && (events & (POLLIN | POLLHUP | POLLERR)))
		read_all(link, now_ms);
}

/* What was handed out makes room for what comes. */
static void
forget_used(struct smpp_link *link)
{
	size_t left = link->in.length - link->in_used;

	if (link->in_used == 0)
		return;
	memmove(link->in.bytes, link->in.bytes + link->in_used, left);
	text_cut(&link->in, left);
	link->in_used = 0;
}

/* 1 when it was a matter of the link's own. */
static int
took(struct smpp_link *link, const struct smpp_pdu *pdu, int64_t now_ms)
{
	if (link->state == SMPP_LINK_BINDING) {
		if (pdu->sequence == link->bind_sequence &&
		    (pdu->command & SMPP_ANSWER) != 0)
			finish_binding(link, pdu, now_ms);
		return (1);
	}
	switch (pdu->command) {
	case SMPP_ENQUIRE_LINK:
		smpp_add(&link->out, SMPP_ENQUIRE_LINK | SMPP_ANSWER, SMPP_OK,
		    pdu->sequence);
		return (1);
	case SMPP_ENQUIRE_LINK | SMPP_ANSWER:
	case SMPP_UNBIND | SMPP_ANSWER:
		return (1);
	case SMPP_UNBIND:
		smpp_add(&link->out, SMPP_UNBIND | SMPP_ANSWER, SMPP_OK,
		    pdu->sequence);
		smpp_link_flush(link, now_ms);
		if (link->fd >= 0)
			lose(link, now_ms, "has said goodbye");
		return (1);
	default:
		return (0);
	}
}

enum outcome
smpp_link_next(struct smpp_link *link, int64_t now_ms, struct smpp_pdu *pdu_r)
{
	while (link->fd >= 0) {
		struct smpp_pdu pdu;
		size_t used;
		enum outcome outcome = smpp_read(
		    (const uint8_t *)text_string(&link->in) + link->in_used,
		    link->in.length - link->in_used, &pdu, &used);

		if (outcome == REFUSED) {
			lose(link, now_ms, "is out of step");
			break;
		}
		if (outcome == NOTHING) {
			forget_used(link);
			break;
		}
		link->in_used += used;
		if (!took(link, &pdu, now_ms)) {
			*pdu_r = pdu;
			return (DONE);
		}
	}
	return (NOTHING);
}

void
smpp_link_flush(struct smpp_link *link, int64_t now_ms)
{
	ssize_t sent;
	size_t left;

	if (link->fd < 0 || link->state == SMPP_LINK_CONNECTING ||
	    link->out.length == 0)
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
		lose(link, now_ms, "takes nothing any more");
}
