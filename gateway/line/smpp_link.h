/* A TCP link to a message centre that binds as a transceiver and mends itself.
 *
 *   down --(connected)--> connecting --> binding --(accepted)--> up
 *     ^                       |             |                     |
 *     +-----------------------+-------------+---(broken, silent)--+
 *
 * It never blocks: the owner polls it and tells it the time.  When the link
 * breaks, falls silent, gets out of step or the centre refuses us, it is closed
 * and, after a growing pause, made again.  What was added to `out` and not
 * written when it broke is gone, and certainly did not reach the centre; what
 * became of the rest nobody knows.  Its owner tells one from the other by
 * smpp_link_position() and smpp_link_was_written().
 *
 * It answers enquire_link and unbind itself, and sends its own.
 */
#ifndef GATEWAY_LINE_SMPP_LINK_H
#define GATEWAY_LINE_SMPP_LINK_H

#include <netinet/in.h>
#include <poll.h>

#include "gateway/line/smpp.h"

enum smpp_link_state {
	SMPP_LINK_DOWN,
	SMPP_LINK_CONNECTING,
	SMPP_LINK_BINDING,
	SMPP_LINK_UP,
};

struct smpp_link {
	struct sockaddr_in address;
	struct smpp_bind bind; /* borrowed */
	enum smpp_link_state state;
	int fd; /* -1 while down */
	unsigned generation; /* grows each time it comes up */
	int failures;
	int64_t due_ms; /* to connect, to give up, or to enquire */
	int asked; /* enquiries since anything was heard */
	uint32_t sequence; /* of the last request of ours */
	uint32_t bind_sequence;
	const char *trouble; /* why it is not up, log-safe words */
	int is_refused; /* as whom we are, which somebody must mend */
	struct text in;
	size_t in_used; /* of `in`, already handed out */
	struct text out;
	uint64_t written; /* octets that went to the socket since connecting */
};

/* "127.0.0.1:2775" into *link: DONE, or REFUSED: not a numeric IPv4 address and
 * a port.  Nothing is connected yet. */
MUST_USE enum outcome smpp_link_set(
    struct smpp_link *link, const char *address, const struct smpp_bind *bind);

/* Closes it; with an unbind, as far as the socket takes it at once. */
void smpp_link_close(struct smpp_link *link);

/* The sequence number of the next request. */
uint32_t smpp_link_next_sequence(struct smpp_link *link);

/* Where `out` ends now, and whether all that was added up to there was written.
 * This can still be asked when the link has gone, until it connects anew. */
uint64_t smpp_link_position(const struct smpp_link *link);
int smpp_link_was_written(const struct smpp_link *link, uint64_t position);

/* Connects, enquires or gives up, when due; when to be called again. */
int64_t smpp_link_tend(struct smpp_link *link, int64_t now_ms);

/* What to poll for, and what came of it. */
struct pollfd smpp_link_wish(const struct smpp_link *link);
void smpp_link_hear(struct smpp_link *link, short events, int64_t now_ms);

/* The next PDU that is no matter of the link's own, borrowed until the next
 * call on the link: DONE or NOTHING. */
MUST_USE enum outcome smpp_link_next(
    struct smpp_link *link, int64_t now_ms, struct smpp_pdu *pdu_r);

/* Writes what it can of link->out, which the owner adds to while it is up. */
void smpp_link_flush(struct smpp_link *link, int64_t now_ms);

#endif
