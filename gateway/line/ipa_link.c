#include "gateway/line/ipa_link.h"

enum {
	PING_EVERY_MS = 20000,
	SILENCE_MOST_MS = 30000, /* a ping and its pong lie within */
};

static const struct peer_link_kind kind = {
	.connect_most_ms = 5000,
	.failures_counted_most = 5, /* pauses of at most 1.6 s: the register is
					    on this machine and callers wait */
};

enum outcome
ipa_link_set(
    struct ipa_link *link, const char *what, const char *address, int pings)
{
	*link = (struct ipa_link){ .pings = pings };
	return (peer_link_set(&link->peer, &kind, what, address));
}

int
ipa_link_is_up(const struct ipa_link *link)
{
	return (link->peer.state == PEER_LINK_OPEN);
}

static void
ping(struct ipa_link *link, int64_t now_ms)
{
	link->peer.due_ms = now_ms + PING_EVERY_MS / 2;
	if (!link->pings)
		return;
	if (now_ms - link->heard_ms >= SILENCE_MOST_MS) {
		peer_link_lose(&link->peer, now_ms, "has fallen silent");
		return;
	}
	ipa_add_ping(&link->peer.out);
	peer_link_flush(&link->peer, now_ms);
}

int64_t
ipa_link_tend(struct ipa_link *link, int64_t now_ms)
{
	if (now_ms < link->peer.due_ms)
		return (link->peer.due_ms);
	if (ipa_link_is_up(link))
		ping(link, now_ms);
	else
		peer_link_try(&link->peer, now_ms);
	return (link->peer.due_ms);
}

void
ipa_link_hear(struct ipa_link *link, short events, int64_t now_ms)
{
	switch (peer_link_hear(&link->peer, events, now_ms)) {
	case PEER_LINK_NOTHING:
		return;
	case PEER_LINK_OPENED:
		link->generation++;
		link->heard_ms = now_ms;
		link->peer.due_ms = now_ms + PING_EVERY_MS;
		return;
	case PEER_LINK_HEARD:
		link->heard_ms = now_ms;
		return;
	}
}

enum outcome
ipa_link_next(struct ipa_link *link, int64_t now_ms, struct ipa_frame *frame_r)
{
	for (;;) {
		struct ipa_frame frame;
		size_t length, used;
		const uint8_t *unread = peer_link_unread(&link->peer, &length);
		enum outcome outcome = ipa_read(unread, length, &frame, &used);

		if (outcome == REFUSED) {
			peer_link_lose(&link->peer, now_ms, "is out of step");
			return (NOTHING);
		}
		if (outcome == NOTHING) {
			peer_link_forget_taken(&link->peer);
			return (NOTHING);
		}
		peer_link_take(&link->peer, used);
		/* It asks everybody who they are: that is not yet well. */
		if (frame.kind != IPA_IDENTITY_ASKED &&
		    frame.kind != IPA_IDENTITY_ACKNOWLEDGED)
			peer_link_note_well(&link->peer);
		if (frame.kind == IPA_PING) {
			ipa_add_pong(&link->peer.out);
		} else if (frame.kind != IPA_PONG) {
			*frame_r = frame;
			return (DONE);
		}
	}
}
