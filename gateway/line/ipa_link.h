/* A link (peer_link.h) that carries IPA frames.
 *
 * It answers pings, and says its own where the peer answers them: who falls
 * silent then is gone.  Frames that were not written when it is lost are gone,
 * which their owner learns by `generation`.
 */
#ifndef GATEWAY_LINE_IPA_LINK_H
#define GATEWAY_LINE_IPA_LINK_H

#include "gateway/line/gsup.h"
#include "gateway/line/peer_link.h"

struct ipa_link {
	struct peer_link peer; /* frames are added to its `out` */
	int pings; /* it answers pings, so silence means it is gone */
	unsigned generation; /* grows each time it opens */
	int64_t heard_ms;
};

/* As peer_link_set(). */
MUST_USE enum outcome ipa_link_set(
    struct ipa_link *link, const char *what, const char *address, int pings);

/* Frames can be added. */
int ipa_link_is_up(const struct ipa_link *link);

/* Connects, pings or gives up, when due; when to be called again. */
int64_t ipa_link_tend(struct ipa_link *link, int64_t now_ms);

/* What came of peer_link_wish(). */
void ipa_link_hear(struct ipa_link *link, short events, int64_t now_ms);

/* The next frame, borrowed until the next call on the link: DONE or NOTHING.
 * Pings are answered here. */
MUST_USE enum outcome ipa_link_next(
    struct ipa_link *link, int64_t now_ms, struct ipa_frame *frame_r);

#endif
