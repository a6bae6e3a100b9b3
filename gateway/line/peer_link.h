/* A TCP link to a peer, made anew whenever it breaks: what the links to a
 * register (ipa_link.h) and to a message centre (smpp_link.h) have in common.
 * Each of them adds its framing, and what it says to stay alive.
 *
 *   down --(due)--> connecting --(connected)--> open
 *     ^                 |                         |
 *     +-----------------+---------(lost)----------+
 *
 * It never blocks: the owner polls it and tells it the time.  When it is lost
 * it is made again after a pause, which grows until the owner says that the
 * peer is well: that somebody listens is not yet that somebody answers.  What
 * was added to `out` and not written when it was lost is gone, and certainly
 * did not reach the peer; what became of the rest nobody knows.
 */
#ifndef GATEWAY_LINE_PEER_LINK_H
#define GATEWAY_LINE_PEER_LINK_H

#include <netinet/in.h>
#include <poll.h>
#include <stdint.h>

#include "gateway/base/outcome.h"
#include "gateway/base/text.h"

enum peer_link_state {
	PEER_LINK_DOWN,
	PEER_LINK_CONNECTING,
	PEER_LINK_OPEN,
};

/* What links differ in; constant. */
struct peer_link_kind {
	int64_t connect_most_ms; /* then nobody answers */
	int failures_counted_most; /* for the pause: base/retry.h */
};

struct peer_link {
	const struct peer_link_kind *kind;
	const char *what; /* for the log */
	struct sockaddr_in address;
	enum peer_link_state state;
	int fd; /* -1 while down */
	int failures; /* since it was well */
	int64_t due_ms; /* to connect, to give up; while open its owner's */
	const char *trouble; /* why it is not well, log-safe words that stay;
				"" when it is */
	struct text in;
	size_t in_used; /* of `in`, already handed out */
	struct text out; /* the owner adds to it while the link is open */
	uint64_t written; /* octets that went to the socket since connecting */
};

/* "127.0.0.1:4222" into *link: DONE, or REFUSED: not a numeric IPv4 address
 * and a port.  Nothing is connected yet, and it may be closed in either case. */
MUST_USE enum outcome peer_link_set(struct peer_link *link,
    const struct peer_link_kind *kind, const char *what, const char *address);

/* Closes it for good. */
void peer_link_close(struct peer_link *link);

/* Connects, or gives up connecting: for a link that is due and not open. */
void peer_link_try(struct peer_link *link, int64_t now_ms);

/* Closes it, to be made again; `why` in log-safe words that stay. */
void peer_link_lose(struct peer_link *link, int64_t now_ms, const char *why);

/* The peer has answered: its failures are forgotten. */
void peer_link_note_well(struct peer_link *link);

/* What to poll for, and what came of it. */
struct pollfd peer_link_wish(const struct peer_link *link);

enum peer_link_event {
	PEER_LINK_NOTHING, /* or it was lost */
	PEER_LINK_OPENED,
	PEER_LINK_HEARD, /* there is more in `in` */
};
enum peer_link_event peer_link_hear(
    struct peer_link *link, short events, int64_t now_ms);

/* What was heard and not taken yet, borrowed until the next call on the link;
 * and taking `length` of it.  Whoever finds no whole frame in it forgets what
 * was taken, to make room for what comes. */
const uint8_t *peer_link_unread(const struct peer_link *link, size_t *length_r);
void peer_link_take(struct peer_link *link, size_t length);
void peer_link_forget_taken(struct peer_link *link);

/* Writes what it can of `out`. */
void peer_link_flush(struct peer_link *link, int64_t now_ms);

/* Writes `out` before a link is closed for good, as far as the peer takes it
 * within so long. */
void peer_link_drain(struct peer_link *link, int64_t most_ms);

/* Where `out` ends now, and whether all that was added up to there was written.
 * This can still be asked when the link has gone, until it connects anew. */
uint64_t peer_link_position(const struct peer_link *link);
int peer_link_was_written(const struct peer_link *link, uint64_t position);

#endif
