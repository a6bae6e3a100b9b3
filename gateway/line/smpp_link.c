#include "gateway/line/smpp_link.h"

#include "gateway/base/log.h"

enum {
	BIND_MOST_MS = 15000,
	ENQUIRE_EVERY_MS = 20000,
	ASKED_MOST = 2, /* and nothing heard: it is gone.  Not by the clock,
			   since we may have been held up ourselves */
	REFUSED_WAIT_MS = 60000, /* operators lock who knocks too often */
	SEQUENCE_MOST = 0x7fffffff,
	LAST_WORDS_MS = 1000, /* less than the hub waits for us */
};

static const struct peer_link_kind kind = {
	.connect_most_ms = 15000, /* operators are far away */
	.failures_counted_most = 7, /* pauses of at most 6.4 s */
};

enum outcome
smpp_link_set(
    struct smpp_link *link, const char *address, const struct smpp_bind *bind)
{
	*link = (struct smpp_link){ .bind = *bind };
	return (peer_link_set(&link->peer, &kind, "message centre", address));
}

int
smpp_link_is_up(const struct smpp_link *link)
{
	return (link->peer.state == PEER_LINK_OPEN && link->is_bound);
}

void
smpp_link_close(struct smpp_link *link)
{
	struct text *out = &link->peer.out;

	if (smpp_link_is_up(link)) {
		smpp_add(
		    out, SMPP_UNBIND, SMPP_OK, smpp_link_next_sequence(link));
		peer_link_drain(&link->peer, LAST_WORDS_MS);
	}
	peer_link_close(&link->peer);
}

uint32_t
smpp_link_next_sequence(struct smpp_link *link)
{
	link->sequence =
	    link->sequence >= SEQUENCE_MOST ? 1 : link->sequence + 1;
	return (link->sequence);
}

/* -- binding ---------------------------------------------------------------- */

static void
begin_binding(struct smpp_link *link, int64_t now_ms)
{
	link->is_bound = 0;
	link->asked = 0;
	link->peer.due_ms = now_ms + BIND_MOST_MS;
	link->bind_sequence = smpp_link_next_sequence(link);
	smpp_add_bind(&link->peer.out, link->bind_sequence, &link->bind);
	peer_link_flush(&link->peer, now_ms);
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
		link->is_bound = 1;
		link->generation++;
		link->is_refused = 0;
		link->peer.due_ms = now_ms + ENQUIRE_EVERY_MS;
		peer_link_note_well(&link->peer);
		log_notice("message centre: bound");
		return;
	case SMPP_BAD_PASSWORD:
		peer_link_lose(&link->peer, now_ms, "refuses the password");
		break;
	case SMPP_BAD_SYSTEM_ID:
		peer_link_lose(
		    &link->peer, now_ms, "does not know the system_id");
		break;
	case SMPP_ALREADY_BOUND:
		peer_link_lose(
		    &link->peer, now_ms, "says that somebody is bound already");
		break;
	default:
		peer_link_lose(&link->peer, now_ms, "refuses to be bound to");
		break;
	}
	link->is_refused = status != SMPP_ALREADY_BOUND;
	link->peer.due_ms = now_ms + REFUSED_WAIT_MS;
}

/* -- time ------------------------------------------------------------------- */

static void
enquire(struct smpp_link *link, int64_t now_ms)
{
	if (link->asked >= ASKED_MOST) {
		peer_link_lose(&link->peer, now_ms, "has fallen silent");
		return;
	}
	link->asked++;
	link->peer.due_ms = now_ms + ENQUIRE_EVERY_MS;
	smpp_add(&link->peer.out, SMPP_ENQUIRE_LINK, SMPP_OK,
	    smpp_link_next_sequence(link));
	peer_link_flush(&link->peer, now_ms);
}

int64_t
smpp_link_tend(struct smpp_link *link, int64_t now_ms)
{
	if (now_ms < link->peer.due_ms)
		return (link->peer.due_ms);
	if (link->peer.state != PEER_LINK_OPEN)
		peer_link_try(&link->peer, now_ms);
	else if (!link->is_bound)
		peer_link_lose(&link->peer, now_ms, "does not answer a bind");
	else
		enquire(link, now_ms);
	return (link->peer.due_ms);
}

/* -- in --------------------------------------------------------------------- */

void
smpp_link_hear(struct smpp_link *link, short events, int64_t now_ms)
{
	switch (peer_link_hear(&link->peer, events, now_ms)) {
	case PEER_LINK_NOTHING:
		return;
	case PEER_LINK_OPENED:
		begin_binding(link, now_ms);
		return;
	case PEER_LINK_HEARD:
		link->asked = 0;
		return;
	}
}

/* 1 when it was a matter of the link's own. */
static int
took(struct smpp_link *link, const struct smpp_pdu *pdu, int64_t now_ms)
{
	struct text *out = &link->peer.out;

	if (!link->is_bound) {
		if (pdu->sequence == link->bind_sequence &&
		    (pdu->command & SMPP_ANSWER) != 0)
			finish_binding(link, pdu, now_ms);
		return (1);
	}
	switch (pdu->command) {
	case SMPP_ENQUIRE_LINK:
		smpp_add(out, SMPP_ENQUIRE_LINK | SMPP_ANSWER, SMPP_OK,
		    pdu->sequence);
		return (1);
	case SMPP_ENQUIRE_LINK | SMPP_ANSWER:
	case SMPP_UNBIND | SMPP_ANSWER:
		return (1);
	case SMPP_UNBIND:
		smpp_add(
		    out, SMPP_UNBIND | SMPP_ANSWER, SMPP_OK, pdu->sequence);
		peer_link_flush(&link->peer, now_ms);
		if (link->peer.state == PEER_LINK_OPEN)
			peer_link_lose(&link->peer, now_ms, "has said goodbye");
		return (1);
	default:
		return (0);
	}
}

enum outcome
smpp_link_next(struct smpp_link *link, int64_t now_ms, struct smpp_pdu *pdu_r)
{
	while (link->peer.state == PEER_LINK_OPEN) {
		struct smpp_pdu pdu;
		size_t length, used;
		const uint8_t *unread = peer_link_unread(&link->peer, &length);
		enum outcome outcome = smpp_read(unread, length, &pdu, &used);

		if (outcome == REFUSED) {
			peer_link_lose(&link->peer, now_ms, "is out of step");
			break;
		}
		if (outcome == NOTHING) {
			peer_link_forget_taken(&link->peer);
			break;
		}
		peer_link_take(&link->peer, used);
		if (!took(link, &pdu, now_ms)) {
			*pdu_r = pdu;
			return (DONE);
		}
	}
	return (NOTHING);
}
