#include "gateway/line/protocol.h"

#include <errno.h>
#include <sys/socket.h>

#include "gateway/base/log.h"
#include "gateway/text/number.h"
#include "gateway/text/utf8.h"

/* How a field of struct line_message is kept there.  All but strings travel as
 * 8 octets. */
enum field_type {
	FIELD_SIGNED, /* int64_t between min and max */
	FIELD_ENUM, /* an enum between min and max */
	FIELD_UNSIGNED, /* uint64_t, a handle: any value */
	FIELD_STRING, /* char[max + 1], clean UTF-8 */
};

struct field {
	enum field_type type;
	size_t offset;
	int64_t min;
	int64_t max;
};

/* How big one field is on the wire without the bytes of a string. */
enum {
	INTEGER_BYTES = 8,
	LENGTH_BYTES = 4,
	MOST_FIELDS = 13,
	PIN_LEAST = 4,
};

/* The end of the year 9999. */
#define LAST_UTC_S INT64_C(253402300799)

#define AT(name) offsetof(struct line_message, name)
#define SIGNED(name, least, most) \
	{ \
		FIELD_SIGNED, AT(name), least, most \
	}
#define ENUM(name, least, most) \
	{ \
		FIELD_ENUM, AT(name), least, most \
	}
#define UNSIGNED(name) \
	{ \
		FIELD_UNSIGNED, AT(name), 0, 0 \
	}
#define STRING(name, most) \
	{ \
		FIELD_STRING, AT(name), 0, most \
	}

static const struct field hello_fields[] = {
	SIGNED(version, 1, 65535),
	SIGNED(window, 1, 256),
	SIGNED(says_work, 0, 1),
};

static const struct field arrived_fields[] = {
	UNSIGNED(arrived.slot),
	ENUM(arrived.kind, ARRIVAL_SMS, ARRIVAL_UNREADABLE),
	STRING(arrived.sender, PROTOCOL_SENDER_MAX_BYTES),
	SIGNED(arrived.network_utc_s, 0, LAST_UTC_S),
	SIGNED(arrived.is_again, 0, 1),
	UNSIGNED(arrived.token),
	SIGNED(arrived.join_reference, -1, 65535),
	SIGNED(arrived.join_bits, 0, 16),
	SIGNED(arrived.part, 1, 255),
	SIGNED(arrived.parts, 1, 255),
	SIGNED(arrived.flash, 0, 1),
	UNSIGNED(arrived.dialogue),
	STRING(arrived.text, PROTOCOL_TEXT_MAX_BYTES),
};

static const struct field part_sent_fields[] = {
	UNSIGNED(id),
	SIGNED(part, 1, 255),
	SIGNED(network_reference, -1, 255),
};

static const struct field sent_fields[] = { UNSIGNED(id) };

static const struct field failed_fields[] = {
	UNSIGNED(id),
	ENUM(how, TRY_LATER, REFUSED),
	STRING(cause, PROTOCOL_WORDS_MAX_BYTES),
};

static const struct field unsure_fields[] = {
	UNSIGNED(id),
	STRING(cause, PROTOCOL_WORDS_MAX_BYTES),
};

static const struct field health_fields[] = {
	SIGNED(is_up, 0, 1),
	SIGNED(signal_percent, -1, 100),
	SIGNED(storage_percent, -1, 100),
	SIGNED(needs_hand, 0, 1),
	ENUM(rung, RUNG_WELL, RUNG_REST),
	SIGNED(rounds, 0, LADDER_COUNT_MOST),
	SIGNED(falls, 0, LADDER_COUNT_MOST),
	ENUM(sim, SIM_UNKNOWN, SIM_MISSING),
	STRING(own, 16),
	STRING(network, PROTOCOL_NETWORK_MAX_BYTES),
	STRING(cause, PROTOCOL_WORDS_MAX_BYTES),
};

static const struct field works_fields[] = {
	ENUM(work, WORK_NONE, WORK_READ_WELL),
	UNSIGNED(id),
};

static const struct field returned_fields[] = { UNSIGNED(id) };

static const struct field dialled_fields[] = {
	ENUM(how, DONE, REFUSED),
	SIGNED(is_last, 0, 1),
	STRING(text, PROTOCOL_TEXT_MAX_BYTES),
	STRING(cause, PROTOCOL_WORDS_MAX_BYTES),
};

static const struct field reported_fields[] = {
	UNSIGNED(id),
	SIGNED(part, 1, 255),
	ENUM(how, DONE, REFUSED),
};

static const struct field pushed_fields[] = {
	SIGNED(is_last, 0, 1),
	STRING(text, PROTOCOL_TEXT_MAX_BYTES),
};

static const struct field release_fields[] = { UNSIGNED(arrived.slot) };

static const struct field send_fields[] = {
	UNSIGNED(id),
	STRING(to, 16),
	SIGNED(reference, 0, 255),
	SIGNED(first_part, 1, 255),
	STRING(text, PROTOCOL_TEXT_MAX_BYTES),
};

static const struct field dial_fields[] = {
	STRING(text, PROTOCOL_CODES_MAX_BYTES),
};

static const struct field unlock_fields[] = {
	STRING(text, 8),
};

static const struct field page_fields[] = {
	UNSIGNED(id),
	SIGNED(is_last, 0, 1),
	STRING(text, PROTOCOL_TEXT_MAX_BYTES),
	STRING(closing, PROTOCOL_CLOSING_MAX_BYTES),
};

static const struct layout {
	enum line_message_kind kind;
	const char *name;
	const struct field *fields;
	size_t count;
} layouts[] = {
	{ LINE_HELLO, "hello", hello_fields, COUNT_OF(hello_fields) },
	{ LINE_ARRIVED, "arrived", arrived_fields, COUNT_OF(arrived_fields) },
	{ LINE_PART_SENT, "part_sent", part_sent_fields,
	    COUNT_OF(part_sent_fields) },
	{ LINE_SENT, "sent", sent_fields, COUNT_OF(sent_fields) },
	{ LINE_FAILED, "failed", failed_fields, COUNT_OF(failed_fields) },
	{ LINE_UNSURE, "unsure", unsure_fields, COUNT_OF(unsure_fields) },
	{ LINE_HEALTH, "health", health_fields, COUNT_OF(health_fields) },
	{ LINE_WORKS, "works", works_fields, COUNT_OF(works_fields) },
	{ LINE_RETURNED, "returned", returned_fields,
	    COUNT_OF(returned_fields) },
	{ LINE_DIALLED, "dialled", dialled_fields, COUNT_OF(dialled_fields) },
	{ LINE_REPORTED, "reported", reported_fields,
	    COUNT_OF(reported_fields) },
	{ LINE_PUSHED, "pushed", pushed_fields, COUNT_OF(pushed_fields) },
	{ HUB_RELEASE, "release", release_fields, COUNT_OF(release_fields) },
	{ HUB_SEND, "send", send_fields, COUNT_OF(send_fields) },
	{ HUB_DIAL, "dial", dial_fields, COUNT_OF(dial_fields) },
	{ HUB_STOP, "stop", NULL, 0 },
	{ HUB_PAGE, "page", page_fields, COUNT_OF(page_fields) },
	{ HUB_UNLOCK, "unlock", unlock_fields, COUNT_OF(unlock_fields) },
};

_Static_assert(COUNT_OF(arrived_fields) == MOST_FIELDS, "the widest kind");
_Static_assert(1 + MOST_FIELDS * INTEGER_BYTES + PROTOCOL_SENDER_MAX_BYTES +
	    PROTOCOL_TEXT_MAX_BYTES <=
	PROTOCOL_PACKET_MAX_BYTES,
    "the longest message fits into a packet");

static const struct layout *
find_layout(unsigned kind)
{
	for (size_t i = 0; i < COUNT_OF(layouts); i++) {
		if ((unsigned)layouts[i].kind == kind)
			return (&layouts[i]);
	}
	return (NULL);
}

const char *
line_message_kind_name(enum line_message_kind kind)
{
	const struct layout *layout = find_layout(kind);

	return (layout != NULL ? layout->name : "unknown");
}

/* What no single field can say. */
static int
arrival_is_sound(const struct arrival *arrival)
{
	int is_ussd =
	    arrival->kind == ARRIVAL_DIALLED || arrival->kind == ARRIVAL_TYPED;

	if (arrival->part > arrival->parts ||
	    is_ussd != (arrival->dialogue != 0) ||
	    (is_ussd && arrival->parts != 1))
		return (0);
	if (arrival->kind == ARRIVAL_CALL && arrival->text[0] != '\0')
		return (0);
	if (arrival->join_reference < 0)
		return (arrival->join_bits == 0 && arrival->parts == 1);
	if (arrival->kind == ARRIVAL_CALL)
		return (0);
	return (arrival->join_bits == 16 ||
	    (arrival->join_bits == 8 && arrival->join_reference <= 255));
}

static int
is_sound(const struct line_message *message)
{
	switch (message->kind) {
	case LINE_ARRIVED:
		return (arrival_is_sound(&message->arrived));
	case HUB_SEND:
		return (number_is_e164(message->to));
	case HUB_DIAL:
		return (message->text[0] != '\0');
	case HUB_PAGE:
		return (message->id != 0 && message->text[0] != '\0');
	case LINE_FAILED:
	case LINE_UNSURE:
	case LINE_DIALLED:
		return (strchr(message->cause, '\n') == NULL);
	case LINE_HEALTH:
		/* It goes into the log and to programs, where a line is a
		 * line. */
		return (
		    (message->own[0] == '\0' || number_is_e164(message->own)) &&
		    strpbrk(message->network, "\n\t") == NULL &&
		    strpbrk(message->cause, "\n\t") == NULL);
	case HUB_UNLOCK:
		return (strlen(message->text) >= PIN_LEAST &&
		    strspn(message->text, "0123456789") ==
			strlen(message->text));
	case LINE_REPORTED:
		return (message->how == DONE || message->how == REFUSED);
	case LINE_HELLO:
	case LINE_PART_SENT:
	case LINE_SENT:
	case LINE_WORKS:
	case LINE_RETURNED:
	case LINE_PUSHED:
	case HUB_RELEASE:
	case HUB_STOP:
		return (1);
	}
	return (0);
}

/* A packet in the making; the room is PROTOCOL_PACKET_MAX_BYTES. */
struct packet {
	uint8_t *bytes;
	size_t length;
};

static void
put_integer(struct packet *packet, uint64_t value, unsigned octets)
{
	for (unsigned i = octets; i > 0; i--)
		packet->bytes[packet->length++] =
		    (uint8_t)(value >> (8 * (i - 1)));
}

static int64_t
signed_value(const struct field *field, const void *at)
{
	int64_t value = 0;
	unsigned word = 0;

	if (field->type == FIELD_ENUM) {
		memcpy(&word, at, sizeof(word));
		return ((int64_t)word);
	}
	memcpy(&value, at, sizeof(value));
	return (value);
}

static int
put_field(struct packet *packet, const struct field *field, const void *at)
{
	uint64_t handle;
	int64_t value;
	size_t length;

	switch (field->type) {
	case FIELD_UNSIGNED:
		memcpy(&handle, at, sizeof(handle));
		put_integer(packet, handle, INTEGER_BYTES);
		return (1);
	case FIELD_SIGNED:
	case FIELD_ENUM:
		value = signed_value(field, at);
		put_integer(packet, (uint64_t)value, INTEGER_BYTES);
		return (value >= field->min && value <= field->max);
	case FIELD_STRING:
		length = strnlen(at, (size_t)field->max + 1);
		if (length > (size_t)field->max)
			return (0);
		put_integer(packet, length, LENGTH_BYTES);
		memcpy(packet->bytes + packet->length, at, length);
		packet->length += length;
		return (1);
	}
	return (0);
}

static void
make_packet(const struct line_message *message, struct packet *packet)
{
	const struct layout *layout = find_layout(message->kind);
	int is_within = layout != NULL;

	packet->length = 0;
	put_integer(packet, message->kind, 1);
	for (size_t i = 0; is_within && i < layout->count; i++)
		is_within = put_field(packet, &layout->fields[i],
		    (const char *)message + layout->fields[i].offset);
	if (!is_within || !is_sound(message)) {
		log_err("a message '%s' to the other side is out of range",
		    line_message_kind_name(message->kind));
		abort();
	}
}

void
protocol_write(const struct line_message *message, struct text *packet)
{
	uint8_t bytes[PROTOCOL_PACKET_MAX_BYTES];
	struct packet made = { bytes, 0 };

	make_packet(message, &made);
	text_clear(packet);
	text_add_bytes(packet, bytes, made.length);
	explicit_bzero(bytes, made.length);
}

/* What is left to read of a packet. */
struct rest {
	const uint8_t *at;
	size_t length;
};

static int
take_integer(struct rest *rest, unsigned octets, uint64_t *value_r)
{
	uint64_t value = 0;

	if (rest->length < octets)
		return (0);
	for (unsigned i = 0; i < octets; i++)
		value = value << 8 | rest->at[i];
	rest->at += octets;
	rest->length -= octets;
	*value_r = value;
	return (1);
}

static int
take_string(struct rest *rest, const struct field *field, char *string)
{
	uint64_t length;

	if (!take_integer(rest, LENGTH_BYTES, &length) ||
	    length > rest->length || length > (uint64_t)field->max ||
	    !utf8_is_clean((const char *)rest->at, length))
		return (0);
	memcpy(string, rest->at, length);
	string[length] = '\0';
	rest->at += length;
	rest->length -= length;
	return (1);
}

static int
take_number(struct rest *rest, const struct field *field, void *at)
{
	uint64_t raw;
	int64_t value;
	unsigned word;

	if (!take_integer(rest, INTEGER_BYTES, &raw))
		return (0);
	if (field->type == FIELD_UNSIGNED) {
		memcpy(at, &raw, sizeof(raw));
		return (1);
	}
	value = (int64_t)raw;
	if (value < field->min || value > field->max)
		return (0);
	word = (unsigned)value;
	if (field->type == FIELD_ENUM)
		memcpy(at, &word, sizeof(word));
	else
		memcpy(at, &value, sizeof(value));
	return (1);
}

_Static_assert(sizeof(enum arrival_kind) == sizeof(unsigned) &&
	sizeof(enum outcome) == sizeof(unsigned),
    "FIELD_ENUM copies an unsigned");

/* Makes all of it 0 or "" without writing 16 KiB a message: of a string only
 * the first byte counts. */
static void
empty(struct line_message *message)
{
	struct arrival *arrived = &message->arrived;

	memset(arrived, 0, offsetof(struct arrival, sender) + 1);
	memset(&arrived->network_utc_s, 0,
	    offsetof(struct arrival, text) + 1 -
		offsetof(struct arrival, network_utc_s));
	memset(&message->version, 0, AT(text) + 1 - AT(version));
	memset(&message->part, 0, AT(cause) + 1 - AT(part));
}

enum outcome
protocol_read(const void *packet, size_t length, struct line_message *message_r)
{
	struct rest rest = { packet, length };
	const struct layout *layout;
	uint64_t kind;

	if (!take_integer(&rest, 1, &kind))
		return (REFUSED);
	layout = find_layout((unsigned)kind);
	if (layout == NULL)
		return (REFUSED);
	empty(message_r);
	message_r->kind = layout->kind;
	for (size_t i = 0; i < layout->count; i++) {
		const struct field *field = &layout->fields[i];
		char *at = (char *)message_r + field->offset;
		int is_good = field->type == FIELD_STRING
		    ? take_string(&rest, field, at)
		    : take_number(&rest, field, at);

		if (!is_good)
			return (REFUSED);
	}
	return (rest.length == 0 && is_sound(message_r) ? DONE : REFUSED);
}

enum outcome
protocol_send(int socket, const struct line_message *message)
{
	uint8_t bytes[PROTOCOL_PACKET_MAX_BYTES];
	struct packet packet = { bytes, 0 };
	ssize_t put;
	int cause;

	make_packet(message, &packet);
	do {
		put = send(socket, bytes, packet.length, MSG_NOSIGNAL);
		cause = errno;
	} while (put < 0 && cause == EINTR);
	explicit_bzero(bytes, packet.length);
	if (put >= 0)
		return (DONE);
	if (cause == EAGAIN || cause == ENOBUFS)
		return (TRY_LATER);
	return (REFUSED);
}

enum outcome
protocol_receive(int socket, struct line_message *message_r, int *was_garbage_r)
{
	uint8_t bytes[PROTOCOL_PACKET_MAX_BYTES];
	enum outcome outcome = REFUSED;
	ssize_t got;

	*was_garbage_r = 0;
	/* With MSG_TRUNC the whole length is told, also of what did not fit. */
	do {
		got = recv(socket, bytes, sizeof(bytes), MSG_TRUNC);
	} while (got < 0 && errno == EINTR);
	if (got < 0 && errno == EAGAIN)
		return (NOTHING);
	if (got <= 0)
		return (REFUSED);
	if ((size_t)got <= sizeof(bytes))
		outcome = protocol_read(bytes, (size_t)got, message_r);
	*was_garbage_r = outcome != DONE;
	explicit_bzero(
	    bytes, (size_t)got <= sizeof(bytes) ? (size_t)got : sizeof(bytes));
	return (outcome);
}
