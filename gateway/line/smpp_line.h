/* A line by a message centre: its state, and what passes through it.
 *
 * One process, one poll loop (smpp_run.c) over the hub and the centre.
 *
 * Texts out (smpp_texts.c): each is submitted segment by segment, the next when
 * the centre has taken the one before.  When the link dies, what had not
 * gone to the socket goes back to the hub and the rest is unsure.
 *
 * Texts in (smpp_arrivals.c): the centre keeps a message until we answer it,
 * and we answer when the hub has it on its disk.  What the centre brings once
 * more, because our answer was lost with the link, is known again and not
 * announced twice.  When our own process dies between the two, the one after it
 * announces it once more; the journal knows it by the beginning of its token,
 * which is made of what it says.  Nothing in a deliver_sm tells it from a caller
 * who says the same again, so that this is so only in the first minutes of a
 * process, and for the first text of each kind.
 *
 * Receipts (smpp_receipts.c), where they are asked for: a hint of what became of
 * a text, by the name that the centre gave to each part.
 *
 * Pages (smpp_pages.c): USSD by the field ussd_service_op, whose values and
 * whose field for the session every centre has of its own.
 */
#ifndef GATEWAY_LINE_SMPP_LINE_H
#define GATEWAY_LINE_SMPP_LINE_H

#include "gateway/line/dialogues.h"
#include "gateway/line/hub_link.h"
#include "gateway/line/line.h"
#include "gateway/line/smpp_link.h"

enum {
	SMPP_TEXTS_MOST = 256, /* handed over at a time, by the protocol */
	SMPP_WINDOW = 10, /* unless the configuration says */
	SMPP_DELIVERIES_MOST = 2048, /* more stay with the centre */
	SMPP_SENT_KEPT = 2048, /* parts whose receipt may still come */
	SMPP_HEARD_KEPT = 256, /* texts of the first minutes */
};

/* A text on its way out. */
struct smpp_text {
	int is_used;
	uint64_t id; /* the hub's */
	char to[SMPP_ADDRESS_MOST + 1]; /* digits */
	unsigned reference;
	unsigned part; /* of the segment that waits for its answer */
	char *utf8; /* yours by the text */
	uint32_t sequence;
	uint64_t position; /* of the end of its PDU in the link's octets */
	int64_t due_ms;
};

/* A message the centre brought. */
struct smpp_delivery {
	uint64_t slot;
	uint64_t print; /* of what it says, to know it again by */
	uint32_t sequence;
	unsigned generation; /* of the link it came by */
	int is_released; /* the hub has it */
	int64_t since_ms; /* that it came, or was released */
};

/* A part that left, and what the centre calls it. */
struct smpp_sent {
	char name[SMPP_ID_MOST + 1]; /* "" none */
	uint64_t id; /* the hub's, of the text */
	unsigned part;
};

/* What was heard in the first minutes after a start. */
struct smpp_heard {
	int64_t until_ms; /* 0: no link was up yet */
	uint64_t prints[SMPP_HEARD_KEPT];
	size_t count;
};

/* ussd_service_op, as this centre has it. */
struct smpp_ops {
	int dialled;
	int page;
	int last;
	int typed;
};

struct smpp_line {
	const struct line_arguments *arguments;
	struct text password;
	struct smpp_link link;
	struct hub_link hub;
	int64_t stop_ms; /* when it ends even with texts unanswered */
	unsigned generation; /* of the link, as far as was looked */
	int is_up; /* as the hub was last told */
	const char *trouble; /* the same */
	struct smpp_address from; /* our short code */
	struct smpp_address to; /* type and plan of callers' numbers */
	struct smpp_ops ops;
	enum smpp_session_field session;
	int64_t idle_ms; /* how long a page waits for its answer */
	struct smpp_text texts[SMPP_TEXTS_MOST];
	struct smpp_delivery *deliveries;
	size_t delivery_count;
	struct smpp_heard heard;
	struct smpp_sent *sent; /* SMPP_SENT_KEPT, the oldest gives way */
	size_t sent_count;
	struct dialogues *dialogues;
};

/* The caller's number as the centre wrote it, "" unless known. */
void smpp_read_sender(
    const struct smpp_address *address, char *sender_r, size_t room);

/* -- texts out -------------------------------------------------------------- */

/* A text of the hub's; it ends as one of sent, failed, unsure, returned. */
void smpp_texts_send(
    struct smpp_line *line, const struct line_message *message, int64_t now_ms);

/* What the centre says to a submit_sm of this sequence number; 1 when it was a
 * text's. */
int smpp_texts_hear(
    struct smpp_line *line, const struct smpp_pdu *pdu, int64_t now_ms);

/* The link is gone. */
void smpp_texts_settle(struct smpp_line *line);

/* Ends what the centre did not answer in time. */
void smpp_texts_end_what_is_due(struct smpp_line *line, int64_t now_ms);

/* When the first may be due, or -1. */
int64_t smpp_texts_next_ms(const struct smpp_line *line);
size_t smpp_texts_count(const struct smpp_line *line);

/* -- receipts --------------------------------------------------------------- */

/* A part left; the centre's answer names it. */
void smpp_receipts_expect(struct smpp_line *line, const struct smpp_text *text,
    const struct smpp_pdu *pdu);

/* What the centre says became of one. */
void smpp_receipts_take(
    struct smpp_line *line, const struct smpp_message *message);

/* -- texts in --------------------------------------------------------------- */

/* A deliver_sm. */
void smpp_arrivals_take(
    struct smpp_line *line, const struct smpp_pdu *pdu, int64_t now_ms);

/* The hub has it. */
void smpp_arrivals_release(
    struct smpp_line *line, uint64_t slot, int64_t now_ms);

/* Forgets what the centre can no longer bring once more. */
void smpp_arrivals_tidy(struct smpp_line *line, int64_t now_ms);

/* -- pages ------------------------------------------------------------------ */

/* A deliver_sm that is a step of a USSD session; the status to answer with. */
uint32_t smpp_pages_take(
    struct smpp_line *line, const struct smpp_message *message, int64_t now_ms);

/* A page of the hub's. */
void smpp_pages_show(
    struct smpp_line *line, const struct line_message *message, int64_t now_ms);

/* Ends what nobody answered in time, with a kind page. */
void smpp_pages_end_what_is_due(struct smpp_line *line, int64_t now_ms);

/* Ends all of them: with a page, or because the link is gone. */
void smpp_pages_close_all(struct smpp_line *line);
void smpp_pages_forget_all(struct smpp_line *line);

#endif
