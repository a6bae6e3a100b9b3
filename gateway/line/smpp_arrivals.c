#include "gateway/line/smpp_line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/base/log.h"
#include "gateway/line/smpp_text.h"
#include "gateway/text/utf8.h"

enum {
	SMPP_INTERNATIONAL = 1, /* type of number */
	/* An answer that has been with the network so long has come. */
	ANSWER_SURE_MS = 2000,
	/* The same words on the same link: a person would not be so quick, a
	 * centre that waits for an answer not so slow. */
	REPEAT_LEAST_MS = 5000,
	KEPT_MS = 3600 * 1000, /* for a centre that comes back late */
	HEARD_MS = 180 * 1000, /* centres bring again what was not answered
				  within two minutes of a new bind */
	TOKEN_COUNT_MOST = 0xffff, /* the rest of a token is the print */
};

void
smpp_read_sender(
    const struct smpp_address *address, char *sender_r, size_t room)
{
	const char *digits = address->address;
	int lacks_plus = address->type == SMPP_INTERNATIONAL &&
	    digits[0] != '\0' && strspn(digits, "0123456789") == strlen(digits);
	struct text sender = { 0 };
	size_t length;

	if (lacks_plus)
		text_add(&sender, "+");
	utf8_add_clean(&sender, digits, strlen(digits));
	length = utf8_cut(text_string(&sender), room - 1);
	memcpy(sender_r, text_string(&sender), length);
	sender_r[length] = '\0';
	text_free(&sender);
}

/* -- what comes twice ------------------------------------------------------- */

static uint64_t
mix(uint64_t hash, const void *bytes, size_t length)
{
	const uint8_t *at = bytes;

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ at[i]) * UINT64_C(1099511628211);
	/* So that no field runs into the next. */
	return ((hash ^ length) * UINT64_C(1099511628211));
}

/* FNV-1a of what stays the same when a centre brings a message once more. */
static uint64_t
fingerprint(const struct smpp_message *message)
{
	const uint8_t bytes[] = { message->esm_class, message->coding,
		(uint8_t)(message->sar_reference >> 8),
		(uint8_t)message->sar_reference, (uint8_t)message->sar_part,
		(uint8_t)message->sar_parts };
	uint64_t hash = UINT64_C(14695981039346656037);

	hash = mix(hash, message->from.address, strlen(message->from.address));
	hash = mix(hash, message->to.address, strlen(message->to.address));
	hash = mix(hash, bytes, sizeof(bytes));
	return (mix(hash, message->text, message->text_length));
}

static struct smpp_delivery *
find_repeated(const struct smpp_line *line, uint64_t print, int64_t now_ms)
{
	for (size_t i = 0; i < line->delivery_count; i++) {
		struct smpp_delivery *delivery = &line->deliveries[i];

		if (delivery->print != print)
			continue;
		if (delivery->generation != line->link.generation ||
		    (!delivery->is_released &&
			now_ms - delivery->since_ms >= REPEAT_LEAST_MS))
			return (delivery);
	}
	return (NULL);
}

/* -- texts ------------------------------------------------------------------ */

static void
answer(struct smpp_line *line, uint32_t status, uint32_t sequence)
{
	smpp_add_deliver_answer(&line->link.peer.out, status, sequence);
}

/* 1 when the process before this one may have announced it already: soon after
 * a start, and the first that says this. */
static int
may_be_known(struct smpp_heard *heard, uint64_t print, int64_t now_ms)
{
	if (heard->until_ms == 0)
		heard->until_ms = now_ms + HEARD_MS;
	if (now_ms >= heard->until_ms || heard->count == SMPP_HEARD_KEPT)
		return (0);
	for (size_t i = 0; i < heard->count; i++) {
		if (heard->prints[i] == print)
			return (0);
	}
	heard->prints[heard->count++] = print;
	return (1);
}

static void
tell_text(struct smpp_line *line, const struct smpp_message *message,
    const struct smpp_delivery *delivery, int64_t now_ms)
{
	struct arrival *arrival =
	    hub_link_begin_arrival(&line->hub, ARRIVAL_SMS);
	struct text text = { 0 };
	struct smpp_words words = smpp_text_read(message, &text);
	size_t length = utf8_cut(text_string(&text), sizeof(arrival->text) - 1);

	smpp_read_sender(
	    &message->from, arrival->sender, sizeof(arrival->sender));
	if (!words.is_text)
		arrival->kind = ARRIVAL_BINARY;
	arrival->flash = words.is_flash;
	if (words.join.bits != 0) {
		arrival->join_reference = words.join.reference;
		arrival->join_bits = words.join.bits;
		arrival->part = words.join.part;
		arrival->parts = words.join.parts;
	}
	memcpy(arrival->text, text_string(&text), length);
	arrival->text[length] = '\0';
	arrival->is_again = may_be_known(&line->heard, delivery->print, now_ms);
	arrival->token = (delivery->print & ~(uint64_t)TOKEN_COUNT_MOST) |
	    (arrival->token & TOKEN_COUNT_MOST);
	hub_link_tell(&line->hub);
	text_free(&text);
}

/* Known already: it waits for the hub, or only its answer was lost. */
static void
take_repeated(struct smpp_line *line, struct smpp_delivery *delivery,
    uint32_t sequence, int64_t now_ms)
{
	log_info("the centre brings a message once more");
	delivery->sequence = sequence;
	delivery->generation = line->link.generation;
	delivery->since_ms = now_ms;
	if (delivery->is_released)
		answer(line, SMPP_OK, sequence);
}

static void
take_text(struct smpp_line *line, const struct smpp_message *message,
    uint32_t sequence, int64_t now_ms)
{
	uint64_t print = fingerprint(message);
	struct smpp_delivery *delivery = find_repeated(line, print, now_ms);

	if (delivery != NULL) {
		take_repeated(line, delivery, sequence, now_ms);
		return;
	}
	if (line->hub.is_stopped ||
	    line->delivery_count == SMPP_DELIVERIES_MOST) {
		answer(line, SMPP_QUEUE_FULL, sequence);
		return;
	}
	delivery = &line->deliveries[line->delivery_count++];
	*delivery = (struct smpp_delivery){
		.print = print,
		.sequence = sequence,
		.generation = line->link.generation,
		.since_ms = now_ms,
	};
	delivery->slot = line->hub.slots + 1;
	tell_text(line, message, delivery, now_ms);
}

void
smpp_arrivals_take(
    struct smpp_line *line, const struct smpp_pdu *pdu, int64_t now_ms)
{
	struct smpp_message message;

	if (smpp_message_read(pdu, &message) != DONE) {
		log_warning("the centre brought a message that is cut short");
		answer(line, SMPP_BAD_LENGTH, pdu->sequence);
	} else if (message.ussd_op >= 0) {
		answer(line, smpp_pages_take(line, &message, now_ms),
		    pdu->sequence);
	} else if (smpp_is_receipt(&message)) {
		smpp_receipts_take(line, &message);
		answer(line, SMPP_OK, pdu->sequence);
	} else {
		take_text(line, &message, pdu->sequence, now_ms);
	}
}

void
smpp_arrivals_release(struct smpp_line *line, uint64_t slot, int64_t now_ms)
{
	for (size_t i = 0; i < line->delivery_count; i++) {
		struct smpp_delivery *delivery = &line->deliveries[i];

		if (delivery->slot != slot || delivery->is_released)
			continue;
		delivery->is_released = 1;
		delivery->since_ms = now_ms;
		if (smpp_link_is_up(&line->link) &&
		    delivery->generation == line->link.generation)
			answer(line, SMPP_OK, delivery->sequence);
		return;
	}
}

void
smpp_arrivals_tidy(struct smpp_line *line, int64_t now_ms)
{
	size_t kept = 0;

	for (size_t i = 0; i < line->delivery_count; i++) {
		const struct smpp_delivery *delivery = &line->deliveries[i];
		int is_same = smpp_link_is_up(&line->link) &&
		    delivery->generation == line->link.generation;
		int64_t age_ms = now_ms - delivery->since_ms;

		if (!delivery->is_released ||
		    age_ms < (is_same ? ANSWER_SURE_MS : KEPT_MS))
			line->deliveries[kept++] = *delivery;
	}
	line->delivery_count = kept;
}
