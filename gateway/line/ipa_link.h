/* A TCP link that carries IPA frames and mends itself.
 *
 * It never blocks: the owner polls it and tells it the time.  When the link
 * breaks, falls silent or gets out of step it is closed and, after a growing
 * pause, made again; frames that were not written are gone, which their owner
 * learns by `generation`.
 */
#ifndef GATEWAY_LINE_IPA_LINK_H
#define GATEWAY_LINE_IPA_LINK_H

#include <netinet/in.h>
#include <poll.h>

#include "gateway/line/gsup.h"

enum ipa_link_state {
	IPA_LINK_DOWN,
	IPA_LINK_CONNECTING,
	IPA_LINK_UP,
};

struct ipa_link {
	const char *what; /* for the log */
	struct sockaddr_in address;
	int pings; /* it answers pings, so silence means it is gone */
	enum ipa_link_state state;
	int fd; /* -1 while down */
	unsigned generation; /* grows each time it comes up */
	int failures;
	int64_t due_ms; /* to connect, to give up, or to ping */
	int64_t heard_ms;
	struct text in;
	size_t in_used; /* of `in`, already handed out */
	struct text out;
};

/* "127.0.0.1:4222" into *link: DONE, or REFUSED: not a numeric IPv4 address
 * and a port.  Nothing is connected yet. */
MUST_USE enum outcome ipa_link_set(
    struct ipa_link *link, const char *what, const char *address, int pings);
void ipa_link_close(struct ipa_link *link);

/* Connects, pings or gives up, when due; when to be called again. */
int64_t ipa_link_tend(struct ipa_link *link, int64_t now_ms);

/* What to poll for, and what came of it. */
struct pollfd ipa_link_wish(const struct ipa_link *link);
void ipa_link_hear(struct ipa_link *link, short events, int64_t now_ms);

/* The next frame, borrowed until the next call on the link: DONE or NOTHING.
 * Pings are answered here. */
MUST_USE enum outcome ipa_link_next(
    struct ipa_link *link, int64_t now_ms, struct ipa_frame *frame_r);

/* Writes what it can of link->out, which the owner adds frames to. */
void ipa_link_flush(struct ipa_link *link, int64_t now_ms);

#endif
