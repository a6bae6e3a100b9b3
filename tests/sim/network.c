#include "tests/sim/network.h"

#include "gateway/base/clock.h"
#include "gateway/base/memory.h"
#include "tests/sim/alphabet.h"

enum {
	FIRST_ROOM = 64,
	ESCAPE_SEPTET = 0x1b,
	REFERENCES = 256,
};

/* A body before it is cut: septets or UCS2 octets, and how many bytes of it a
 * whole text and a part of one hold. */
struct body {
	enum pdu_alphabet alphabet;
	struct text bytes;
	size_t whole;
	size_t part;
};

static void
make_body(struct body *body, const char *utf8)
{
	*body = (struct body){ .alphabet = PDU_GSM,
		.whole = PDU_WHOLE_SEPTETS,
		.part = PDU_PART_SEPTETS };
	if (alphabet_add_septets(&body->bytes, utf8))
		return;
	text_clear(&body->bytes);
	alphabet_add_ucs2(&body->bytes, utf8);
	body->alphabet = PDU_UCS2;
	body->whole = 2 * PDU_WHOLE_UNITS;
	body->part = 2 * PDU_PART_UNITS;
}

/* How much of what is left the next part takes: never half an escape pair or
 * half a surrogate pair. */
static size_t
cut(const struct body *body, size_t at)
{
	size_t length = body->bytes.length - at;
	const char *last;

	if (length <= body->part)
		return (length);
	length = body->part;
	last = body->bytes.bytes + at + length;
	if (body->alphabet == PDU_GSM)
		return (last[-1] == ESCAPE_SEPTET ? length - 1 : length);
	return (((uint8_t)last[-2] & 0xfc) == 0xd8 ? length - 2 : length);
}

static int
count_parts(const struct body *body)
{
	size_t at = 0;
	int parts = 0;

	if (body->bytes.length <= body->whole)
		return (1);
	for (; at < body->bytes.length; parts++)
		at += cut(body, at);
	return (parts);
}

static int64_t
next_second(struct network *network)
{
	int64_t now_s = clock_utc_s();

	network->last_utc_s =
	    now_s > network->last_utc_s ? now_s : network->last_utc_s + 1;
	return (network->last_utc_s);
}

/* The second of a part injected alone. */
static int64_t
group_second(struct network *network, const struct network_text *text)
{
	struct text group = { 0 };

	text_printf(&group, "%d %d %d %s", text->join.reference,
	    text->join.bits, text->join.parts, text->sender);
	if (network->group == NULL ||
	    strcmp(network->group, group.bytes) != 0) {
		free(network->group);
		network->group = text_take(&group);
		network->group_utc_s = next_second(network);
	}
	text_free(&group);
	return (network->group_utc_s);
}

static void
add_deliver(struct network *network, const struct pdu_deliver *deliver)
{
	struct pdu_deliver dated = *deliver;
	struct text hex = { 0 };

	if (network->has_wrong_date)
		dated.utc_s = PDU_NO_TIME;
	pdu_add_deliver(&hex, &dated);
	network_add_arrival(network, hex.bytes, 0);
	text_free(&hex);
}

static void
add_parts(struct network *network, const struct body *body,
    struct pdu_deliver *deliver)
{
	size_t at = 0;
	int part;

	for (part = 1; part <= deliver->join.parts; part++) {
		deliver->join.part = part;
		deliver->body = text_string(&body->bytes) + at;
		deliver->length = deliver->join.parts == 1 ? body->bytes.length
							   : cut(body, at);
		add_deliver(network, deliver);
		at += deliver->length;
	}
}

/* One part, as it was asked for. */
static enum outcome
add_one_part(struct network *network, const struct body *body,
    struct pdu_deliver *deliver)
{
	size_t most = deliver->join.parts > 1 ? body->part : body->whole;

	if (body->bytes.length > most)
		return (REFUSED);
	deliver->body = text_string(&body->bytes);
	deliver->length = body->bytes.length;
	add_deliver(network, deliver);
	return (DONE);
}

static enum outcome
add_body(struct network *network, const struct network_text *text,
    const struct body *body, struct pdu_deliver *deliver)
{
	if (text->join.parts > 0) {
		if (deliver->utc_s == 0)
			deliver->utc_s = group_second(network, text);
		return (add_one_part(network, body, deliver));
	}
	deliver->join.parts = count_parts(body);
	deliver->join.bits = 8;
	if (deliver->join.parts > PDU_PARTS_MOST)
		return (REFUSED);
	if (deliver->join.parts > 1)
		deliver->join.reference =
		    network->next_join_reference++ % REFERENCES;
	if (deliver->utc_s == 0)
		deliver->utc_s = next_second(network);
	add_parts(network, body, deliver);
	return (DONE);
}

enum outcome
network_add_text(struct network *network, const struct network_text *text,
    int *parts_r, int64_t *utc_s_r)
{
	struct pdu_deliver deliver = {
		.sender = text->sender,
		.utc_s = text->utc_s,
		.message_class = text->message_class,
		.join = text->join,
	};
	enum outcome outcome;
	struct body body;

	make_body(&body, text->utf8);
	deliver.alphabet = body.alphabet;
	outcome = add_body(network, text, &body, &deliver);
	text_free(&body.bytes);
	if (outcome != DONE)
		return (outcome);
	if (parts_r != NULL)
		*parts_r = deliver.join.parts;
	if (utc_s_r != NULL)
		*utc_s_r = deliver.utc_s;
	return (DONE);
}

/* Moves what is still waiting to the front when the room is used up. */
static void
make_arrival_room(struct network *network)
{
	size_t room = network->arrival_room;

	if (network->arrival_count < room)
		return;
	if (network->arrival_first > room / 2) {
		network->arrival_count -= network->arrival_first;
		memmove(network->arrivals,
		    network->arrivals + network->arrival_first,
		    network->arrival_count * sizeof(*network->arrivals));
		network->arrival_first = 0;
		return;
	}
	network->arrival_room = room > 0 ? 2 * room : FIRST_ROOM;
	network->arrivals = memory_grow(network->arrivals, room,
	    network->arrival_room, sizeof(*network->arrivals));
}

void
network_add_arrival(struct network *network, const char *hex, int is_report)
{
	make_arrival_room(network);
	network->arrivals[network->arrival_count++] =
	    (struct network_arrival){ memory_copy(hex), is_report };
}

const struct network_arrival *
network_first(const struct network *network)
{
	if (network->arrival_first == network->arrival_count)
		return (NULL);
	return (&network->arrivals[network->arrival_first]);
}

void
network_drop_first(struct network *network)
{
	free(network->arrivals[network->arrival_first].hex);
	network->arrival_first++;
}

size_t
network_waiting(const struct network *network)
{
	return (network->arrival_count - network->arrival_first);
}

int
network_next_reference(const struct network *network)
{
	return (network->next_message_reference);
}

int
network_take_sent(
    struct network *network, struct pdu_submit *submit, const char *hex)
{
	struct network_sent *sent;
	size_t room = network->sent_room;

	if (network->sent_count == room) {
		network->sent_room = room > 0 ? 2 * room : FIRST_ROOM;
		network->sent = memory_grow(network->sent, room,
		    network->sent_room, sizeof(*network->sent));
	}
	sent = &network->sent[network->sent_count++];
	*sent = (struct network_sent){
		.submit = *submit,
		.hex = memory_copy(hex),
		.message_reference = network->next_message_reference,
		.utc_s = clock_utc_s(),
	};
	*submit = (struct pdu_submit){ 0 };
	network->next_message_reference =
	    (network->next_message_reference + 1) % REFERENCES;
	return (sent->message_reference);
}

void
network_set_ussd(struct network *network, const char *code, const char *answer,
    int mode, enum ussd_style style)
{
	struct network_ussd *ussd = NULL;
	size_t i;

	for (i = 0; i < network->ussd_count; i++) {
		if (strcmp(network->ussd[i].code, code) == 0)
			ussd = &network->ussd[i];
	}
	if (ussd == NULL) {
		network->ussd = memory_grow(network->ussd, network->ussd_count,
		    network->ussd_count + 1, sizeof(*network->ussd));
		ussd = &network->ussd[network->ussd_count++];
		ussd->code = memory_copy(code);
	}
	free(ussd->answer);
	ussd->answer = memory_copy(answer);
	ussd->mode = mode;
	ussd->style = style;
}

const struct network_ussd *
network_find_ussd(const struct network *network, const char *code)
{
	size_t i;

	for (i = 0; i < network->ussd_count; i++) {
		if (strcmp(network->ussd[i].code, code) == 0)
			return (&network->ussd[i]);
	}
	return (NULL);
}

void
network_forget_sent(struct network *network)
{
	size_t i;

	for (i = 0; i < network->sent_count; i++) {
		pdu_submit_free(&network->sent[i].submit);
		free(network->sent[i].hex);
	}
	network->sent_count = 0;
}

void
network_free(struct network *network)
{
	size_t i;

	while (network_first(network) != NULL)
		network_drop_first(network);
	network_forget_sent(network);
	for (i = 0; i < network->ussd_count; i++) {
		free(network->ussd[i].code);
		free(network->ussd[i].answer);
	}
	free(network->arrivals);
	free(network->sent);
	free(network->ussd);
	free(network->group);
	*network = (struct network){ 0 };
}
