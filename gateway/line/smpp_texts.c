#include "gateway/line/smpp_line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/base/memory.h"
#include "gateway/line/smpp_text.h"
#include "gateway/text/segments.h"

enum { ANSWER_MOST_MS = 60000 };

/* An answer older than a day may meet another reader: a day from now, section
 * 7.1.1.2. */
static const char one_day[] = "000001000000000R";

/* -- to the hub ------------------------------------------------------------- */

static void
forget(struct smpp_text *text)
{
	if (text->utf8 != NULL)
		explicit_bzero(text->utf8, strlen(text->utf8));
	free(text->utf8);
	explicit_bzero(text, sizeof(*text));
}

static void
tell_end(struct smpp_line *line, uint64_t id, enum line_message_kind kind,
    const char *cause)
{
	line->hub.said.kind = kind;
	line->hub.said.id = id;
	snprintf(
	    line->hub.said.cause, sizeof(line->hub.said.cause), "%s", cause);
	hub_link_tell(&line->hub);
}

static void
end(struct smpp_line *line, struct smpp_text *text, enum line_message_kind kind,
    const char *cause)
{
	uint64_t id = text->id;

	forget(text);
	tell_end(line, id, kind, cause);
}

static void
fail(struct smpp_line *line, struct smpp_text *text, enum outcome how,
    const char *cause)
{
	line->hub.said.how = how;
	end(line, text, LINE_FAILED, cause);
}

/* -- to the centre ---------------------------------------------------------- */

static void
submit(struct smpp_line *line, struct smpp_text *text,
    const struct segments *segments, int64_t now_ms)
{
	struct smpp_message message = smpp_message_empty();
	struct text octets = { 0 };
	const struct smpp_join join = { text->reference, 8, text->part,
		segments->count };

	message.from = line->from;
	message.to = line->to;
	memcpy(message.to.address, text->to, sizeof(message.to.address));
	message.valid = one_day;
	message.receipts = (uint8_t)line->arguments->receipts;
	if (segments->count > 1) {
		message.esm_class = SMPP_ESM_HEADER;
		smpp_join_add(&octets, &join);
	}
	message.coding = smpp_text_add(
	    &octets, segments->list[text->part - 1].utf8, segments->alphabet);
	message.text = (const uint8_t *)text_string(&octets);
	message.text_length = octets.length;
	text->sequence = smpp_link_next_sequence(&line->link);
	smpp_add_message(
	    &line->link.peer.out, SMPP_SUBMIT, text->sequence, &message);
	text->position = peer_link_position(&line->link.peer);
	text->due_ms = now_ms + ANSWER_MOST_MS;
	text_free(&octets);
}

static struct smpp_text *
free_place(struct smpp_line *line)
{
	for (size_t i = 0; i < COUNT_OF(line->texts); i++) {
		if (!line->texts[i].is_used)
			return (&line->texts[i]);
	}
	return (NULL);
}

void
smpp_texts_send(
    struct smpp_line *line, const struct line_message *message, int64_t now_ms)
{
	struct smpp_text *text = free_place(line);
	struct segments segments;

	/* The hub hands over no more than it was told to. */
	if (text == NULL || !smpp_link_is_up(&line->link) ||
	    line->hub.is_stopped) {
		tell_end(line, message->id, LINE_RETURNED, "");
		return;
	}
	if (segments_cut(message->text, &segments) != DONE ||
	    (unsigned)message->first_part > segments.count) {
		line->hub.said.how = REFUSED;
		tell_end(line, message->id, LINE_FAILED, "too long");
		return;
	}
	*text = (struct smpp_text){
		.is_used = 1,
		.id = message->id,
		.reference = (unsigned)message->reference,
		.part = (unsigned)message->first_part,
		.utf8 = memory_copy(message->text),
	};
	/* An international number travels without its plus. */
	snprintf(text->to, sizeof(text->to), "%s", message->to + 1);
	submit(line, text, &segments, now_ms);
}

/* -- from the centre -------------------------------------------------------- */

/* Why the centre did not take a text, and whether it may later. */
static const struct refusal {
	uint32_t status;
	enum outcome how;
	const char *cause;
} refusals[] = {
	{ SMPP_NOT_BOUND, TRY_LATER, "the centre has forgotten us" },
	{ SMPP_SYSTEM_ERROR, TRY_LATER, "the centre has a system error" },
	{ SMPP_BAD_DESTINATION, REFUSED, "the centre knows no such number" },
	{ SMPP_QUEUE_FULL, TRY_LATER, "the centre's queue is full" },
	{ SMPP_SUBMIT_FAILED, TRY_LATER, "the centre could not take it" },
	{ SMPP_THROTTLED, TRY_LATER, "the centre wants texts more slowly" },
	{ SMPP_TRY_AGAIN, TRY_LATER, "the centre says to try later" },
};

static struct refusal
refusal_of(uint32_t status)
{
	for (size_t i = 0; i < COUNT_OF(refusals); i++) {
		if (refusals[i].status == status)
			return (refusals[i]);
	}
	/* What vendors mean by theirs nobody knows; tries are counted. */
	if (status >= SMPP_VENDOR_FIRST)
		return ((struct refusal){ status, TRY_LATER,
		    "the centre refused, for its own reason" });
	return ((struct refusal){ status, REFUSED, "the centre refused it" });
}

static void
take_refusal(struct smpp_line *line, struct smpp_text *text, uint32_t status)
{
	struct refusal refusal = refusal_of(status);
	char cause[PROTOCOL_WORDS_MAX_BYTES];

	snprintf(cause, sizeof(cause), "%s (status 0x%x)", refusal.cause,
	    (unsigned)status);
	fail(line, text, refusal.how, cause);
}

static void
note_part(struct smpp_line *line, struct smpp_text *text,
    const struct smpp_pdu *pdu, int64_t now_ms)
{
	struct segments segments;

	smpp_receipts_expect(line, text, pdu);
	line->hub.said.kind = LINE_PART_SENT;
	line->hub.said.id = text->id;
	line->hub.said.part = text->part;
	line->hub.said.network_reference = -1;
	hub_link_tell(&line->hub);
	if (segments_cut(text->utf8, &segments) != DONE)
		abort(); /* it was cut before */
	if (text->part >= segments.count) {
		end(line, text, LINE_SENT, "");
		return;
	}
	text->part++;
	submit(line, text, &segments, now_ms);
}

int
smpp_texts_hear(
    struct smpp_line *line, const struct smpp_pdu *pdu, int64_t now_ms)
{
	for (size_t i = 0; i < COUNT_OF(line->texts); i++) {
		struct smpp_text *text = &line->texts[i];

		if (!text->is_used || text->sequence != pdu->sequence)
			continue;
		/* A nack without a reason is none the less a no. */
		if (pdu->command != (SMPP_SUBMIT | SMPP_ANSWER))
			take_refusal(line, text,
			    pdu->status != SMPP_OK ? pdu->status
						   : SMPP_BAD_COMMAND);
		else if (pdu->status != SMPP_OK)
			take_refusal(line, text, pdu->status);
		else
			note_part(line, text, pdu, now_ms);
		return (1);
	}
	return (0);
}

void
smpp_texts_settle(struct smpp_line *line)
{
	for (size_t i = 0; i < COUNT_OF(line->texts); i++) {
		struct smpp_text *text = &line->texts[i];

		if (!text->is_used)
			continue;
		/* Half a PDU is none. */
		if (peer_link_was_written(&line->link.peer, text->position))
			end(line, text, LINE_UNSURE,
			    "the link died before the centre answered");
		else
			end(line, text, LINE_RETURNED, "");
	}
}

/* -- time ------------------------------------------------------------------- */

void
smpp_texts_end_what_is_due(struct smpp_line *line, int64_t now_ms)
{
	for (size_t i = 0; i < COUNT_OF(line->texts); i++) {
		struct smpp_text *text = &line->texts[i];

		if (text->is_used && now_ms >= text->due_ms)
			end(line, text, LINE_UNSURE,
			    "the centre did not answer");
	}
}

int64_t
smpp_texts_next_ms(const struct smpp_line *line)
{
	int64_t next_ms = -1;

	for (size_t i = 0; i < COUNT_OF(line->texts); i++) {
		const struct smpp_text *text = &line->texts[i];

		if (text->is_used && (next_ms < 0 || text->due_ms < next_ms))
			next_ms = text->due_ms;
	}
	return (next_ms);
}

size_t
smpp_texts_count(const struct smpp_line *line)
{
	size_t count = 0;

	for (size_t i = 0; i < COUNT_OF(line->texts); i++)
		count += (size_t)line->texts[i].is_used;
	return (count);
}
