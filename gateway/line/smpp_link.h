/* A link (peer_link.h) to a message centre, bound to as a transceiver.
 *
 *   open: binding --(accepted)--> up
 *
 * A centre that refuses us is left alone for a while.  The link answers
 * enquire_link and unbind itself, and sends its own.
 */
#ifndef GATEWAY_LINE_SMPP_LINK_H
#define GATEWAY_LINE_SMPP_LINK_H

#include "gateway/line/peer_link.h"
#include "gateway/line/smpp.h"

struct smpp_link {
	struct peer_link peer; /* PDUs are added to its `out` */
	struct smpp_bind bind; /* borrowed */
	int is_bound; /* while it is open */
	unsigned generation; /* grows each time it is bound */
	int asked; /* enquiries since anything was heard */
	uint32_t sequence; /* of the last request of ours */
	uint32_t bind_sequence;
	int is_refused; /* as whom we are, which somebody must mend */
};

/* As peer_link_set(). */
MUST_USE enum outcome smpp_link_set(
    struct smpp_link *link, const char *address, const struct smpp_bind *bind);

/* Closes it; with an unbind, as far as the socket takes it at once. */
void smpp_link_close(struct smpp_link *link);

/* Bound: PDUs can be added. */
int smpp_link_is_up(const struct smpp_link *link);

/* The sequence number of the next request. */
uint32_t smpp_link_next_sequence(struct smpp_link *link);

/* Connects, enquires or gives up, when due; when to be called again. */
int64_t smpp_link_tend(struct smpp_link *link, int64_t now_ms);

/* What came of peer_link_wish(). */
void smpp_link_hear(struct smpp_link *link, short events, int64_t now_ms);

/* The next PDU that is no matter of the link's own, borrowed until the next
 * call on the link: DONE or NOTHING. */
MUST_USE enum outcome smpp_link_next(
    struct smpp_link *link, int64_t now_ms, struct smpp_pdu *pdu_r);

#endif
