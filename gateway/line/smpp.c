#include "gateway/line/smpp.h"

#include <string.h>

enum {
	LENGTH_MOST = 0xffff, /* of an optional field */
	OCTET_BITS = 8,
};

/* Tags of optional fields, section 5.3.2. */
enum tag {
	TAG_RECEIPT_OF = 0x001e,
	TAG_USER_REFERENCE = 0x0204,
	TAG_SAR_REFERENCE = 0x020c,
	TAG_SAR_PARTS = 0x020e,
	TAG_SAR_PART = 0x020f,
	TAG_PAYLOAD = 0x0424,
	TAG_STATE = 0x0427,
	TAG_USSD_OP = 0x0501,
	TAG_SESSION_INFO = 0x1383,
};

static const enum tag session_tags[] = {
	[SMPP_SESSION_INFO] = TAG_SESSION_INFO,
	[SMPP_SESSION_REFERENCE] = TAG_USER_REFERENCE,
};

/* -- frames ----------------------------------------------------------------- */

static uint32_t
big_endian(const uint8_t *bytes, size_t count)
{
	uint32_t value = 0;

	for (size_t i = 0; i < count; i++)
		value = value << OCTET_BITS | bytes[i];
	return (value);
}

enum outcome
smpp_read(
    const uint8_t *bytes, size_t length, struct smpp_pdu *pdu_r, size_t *used_r)
{
	uint32_t whole;

	if (length < sizeof(uint32_t))
		return (NOTHING);
	whole = big_endian(bytes, 4);
	if (whole < SMPP_HEADER_BYTES || whole > SMPP_PDU_MOST)
		return (REFUSED);
	if (length < whole)
		return (NOTHING);
	*pdu_r = (struct smpp_pdu){
		.command = big_endian(bytes + 4, 4),
		.status = big_endian(bytes + 8, 4),
		.sequence = big_endian(bytes + 12, 4),
		.body = bytes + SMPP_HEADER_BYTES,
		.length = whole - SMPP_HEADER_BYTES,
	};
	*used_r = whole;
	return (DONE);
}

/* -- writing ---------------------------------------------------------------- */

static void
add_big_endian(struct text *out, uint32_t value, unsigned octets)
{
	for (unsigned i = octets; i > 0; i--)
		text_add_byte(
		    out, (int)(value >> (OCTET_BITS * (i - 1)) & 0xff));
}

static void
add_string(struct text *out, const char *string)
{
	text_add_bytes(out, string, strlen(string) + 1);
}

/* Begins a PDU; its length is written when it ends. */
static size_t
begin(struct text *out, uint32_t command, uint32_t status, uint32_t sequence)
{
	size_t at = out->length;

	add_big_endian(out, 0, 4);
	add_big_endian(out, command, 4);
	add_big_endian(out, status, 4);
	add_big_endian(out, sequence, 4);
	return (at);
}

static void
end(struct text *out, size_t at)
{
	size_t length = out->length - at;

	for (unsigned i = 0; i < 4; i++)
		out->bytes[at + i] =
		    (char)(length >> (OCTET_BITS * (3 - i)) & 0xff);
}

void
smpp_add(struct text *out, uint32_t command, uint32_t status, uint32_t sequence)
{
	end(out, begin(out, command, status, sequence));
}

void
smpp_add_bind(struct text *out, uint32_t sequence, const struct smpp_bind *bind)
{
	size_t at = begin(out, SMPP_BIND_TRANSCEIVER, SMPP_OK, sequence);

	add_string(out, bind->system_id);
	add_string(out, bind->password);
	add_string(out, bind->system_type);
	text_add_byte(out, SMPP_VERSION);
	/* Addresses that are ours: the centre knows. */
	text_add_byte(out, 0);
	text_add_byte(out, 0);
	add_string(out, "");
	end(out, at);
}

void
smpp_add_deliver_answer(struct text *out, uint32_t status, uint32_t sequence)
{
	size_t at = begin(out, SMPP_DELIVER | SMPP_ANSWER, status, sequence);

	add_string(out, "");
	end(out, at);
}

static void
add_address(struct text *out, const struct smpp_address *address)
{
	text_add_byte(out, address->type);
	text_add_byte(out, address->plan);
	add_string(out, address->address);
}

static void
add_field(struct text *out, enum tag tag, const void *bytes, size_t length)
{
	if (length > LENGTH_MOST)
		length = LENGTH_MOST;
	add_big_endian(out, tag, 2);
	add_big_endian(out, (uint32_t)length, 2);
	text_add_bytes(out, bytes, length);
}

static void
add_number(struct text *out, enum tag tag, unsigned value, unsigned octets)
{
	add_big_endian(out, tag, 2);
	add_big_endian(out, octets, 2);
	add_big_endian(out, value, octets);
}

static void
add_fields(struct text *out, const struct smpp_message *message)
{
	if (message->text_length > SMPP_SHORT_MOST)
		add_field(
		    out, TAG_PAYLOAD, message->text, message->text_length);
	if (message->ussd_op >= 0)
		add_number(out, TAG_USSD_OP, (unsigned)message->ussd_op, 1);
	for (size_t i = 0; i < COUNT_OF(session_tags); i++) {
		const struct smpp_session *session = &message->sessions[i];

		if (session->length > 0)
			add_field(out, session_tags[i], session->octets,
			    session->length);
	}
	if (message->sar_parts > 0) {
		add_number(out, TAG_SAR_REFERENCE, message->sar_reference, 2);
		add_number(out, TAG_SAR_PARTS, message->sar_parts, 1);
		add_number(out, TAG_SAR_PART, message->sar_part, 1);
	}
	if (message->receipt_of[0] != '\0')
		add_field(out, TAG_RECEIPT_OF, message->receipt_of,
		    strlen(message->receipt_of) + 1);
	if (message->state >= 0)
		add_number(out, TAG_STATE, (unsigned)message->state, 1);
}

struct smpp_message
smpp_message_empty(void)
{
	return ((struct smpp_message){ .ussd_op = -1, .state = -1 });
}

void
smpp_add_message(struct text *out, enum smpp_command command, uint32_t sequence,
    const struct smpp_message *message)
{
	size_t at = begin(out, command, SMPP_OK, sequence);
	size_t length = message->text_length;

	if (length > SMPP_SHORT_MOST)
		length = 0;
	add_string(out, ""); /* service_type */
	add_address(out, &message->from);
	add_address(out, &message->to);
	text_add_byte(out, message->esm_class);
	text_add_byte(out, message->protocol);
	text_add_byte(out, 0); /* priority_flag */
	add_string(out, ""); /* schedule_delivery_time */
	add_string(out, message->valid != NULL ? message->valid : "");
	text_add_byte(out, message->receipts);
	text_add_byte(out, 0); /* replace_if_present_flag */
	text_add_byte(out, message->coding);
	text_add_byte(out, 0); /* sm_default_msg_id */
	text_add_byte(out, (int)length);
	if (length > 0)
		text_add_bytes(out, message->text, length);
	add_fields(out, message);
	end(out, at);
}

/* -- reading ---------------------------------------------------------------- */

/* What is left of a body. */
struct rest {
	const uint8_t *at;
	size_t length;
};

static int
take_byte(struct rest *rest, uint8_t *byte_r)
{
	if (rest->length < 1)
		return (0);
	*byte_r = *rest->at++;
	rest->length--;
	return (1);
}

/* A string with its NUL; one that is longer than its room is cut, since the
 * rest of the PDU is sound all the same. */
static int
take_string(struct rest *rest, char *string, size_t room)
{
	const uint8_t *nul =
	    rest->length > 0 ? memchr(rest->at, 0, rest->length) : NULL;
	size_t length;

	if (nul == NULL)
		return (0);
	length = (size_t)(nul - rest->at);
	rest->length -= length + 1;
	if (string != NULL) {
		size_t kept = length < room ? length : room - 1;

		memcpy(string, rest->at, kept);
		string[kept] = '\0';
	}
	rest->at = nul + 1;
	return (1);
}

static int
take_address(struct rest *rest, struct smpp_address *address)
{
	return (take_byte(rest, &address->type) &&
	    take_byte(rest, &address->plan) &&
	    take_string(rest, address->address, sizeof(address->address)));
}

static int
take_fixed(struct rest *rest, struct smpp_message *message)
{
	uint8_t unused, length;

	if (!take_string(rest, NULL, 0) ||
	    !take_address(rest, &message->from) ||
	    !take_address(rest, &message->to) ||
	    !take_byte(rest, &message->esm_class) ||
	    !take_byte(rest, &message->protocol) || !take_byte(rest, &unused) ||
	    !take_string(rest, NULL, 0) || !take_string(rest, NULL, 0) ||
	    !take_byte(rest, &message->receipts) || !take_byte(rest, &unused) ||
	    !take_byte(rest, &message->coding) || !take_byte(rest, &unused) ||
	    !take_byte(rest, &length) || rest->length < length)
		return (0);
	message->text = rest->at;
	message->text_length = length;
	rest->at += length;
	rest->length -= length;
	return (1);
}

/* Centres write one octet where the standard has two, and the other way. */
static unsigned
number_of(const struct rest *value)
{
	size_t count = value->length < 4 ? value->length : 4;

	return (big_endian(value->at + value->length - count, count));
}

static void
take_session(struct smpp_session *session, const struct rest *value)
{
	if (value->length < 1 || value->length > SMPP_SESSION_MOST)
		return;
	session->length = value->length;
	memcpy(session->octets, value->at, value->length);
}

static void
take_receipt_of(struct smpp_message *message, struct rest value)
{
	size_t length = value.length;

	/* Some write it without its NUL. */
	if (length > 0 && value.at[length - 1] == 0)
		length--;
	if (length > SMPP_ID_MOST)
		length = SMPP_ID_MOST;
	memcpy(message->receipt_of, value.at, length);
	message->receipt_of[length] = '\0';
}

static void
take_field(struct smpp_message *message, unsigned tag, const struct rest *value)
{
	if (value->length == 0)
		return;
	switch (tag) {
	case TAG_PAYLOAD:
		message->text = value->at;
		message->text_length = value->length;
		return;
	case TAG_USSD_OP:
		message->ussd_op = (int)(number_of(value) & 0xff);
		return;
	case TAG_SESSION_INFO:
		take_session(&message->sessions[SMPP_SESSION_INFO], value);
		return;
	case TAG_USER_REFERENCE:
		take_session(&message->sessions[SMPP_SESSION_REFERENCE], value);
		return;
	case TAG_SAR_REFERENCE:
		message->sar_reference = number_of(value) & 0xffff;
		return;
	case TAG_SAR_PARTS:
		message->sar_parts = number_of(value) & 0xff;
		return;
	case TAG_SAR_PART:
		message->sar_part = number_of(value) & 0xff;
		return;
	case TAG_RECEIPT_OF:
		take_receipt_of(message, *value);
		return;
	case TAG_STATE:
		message->state = (int)(number_of(value) & 0xff);
		return;
	default:
		return;
	}
}

static void
take_fields(struct rest *rest, struct smpp_message *message)
{
	enum { FIELD_HEADER = 4 };

	while (rest->length >= FIELD_HEADER) {
		unsigned tag = big_endian(rest->at, 2);
		struct rest value = { rest->at + FIELD_HEADER,
			big_endian(rest->at + 2, 2) };

		if (value.length > rest->length - FIELD_HEADER)
			return;
		take_field(message, tag, &value);
		rest->at += FIELD_HEADER + value.length;
		rest->length -= FIELD_HEADER + value.length;
	}
}

enum outcome
smpp_message_read(const struct smpp_pdu *pdu, struct smpp_message *message_r)
{
	struct smpp_message message = smpp_message_empty();
	struct rest rest = { pdu->body, pdu->length };

	if (!take_fixed(&rest, &message))
		return (REFUSED);
	take_fields(&rest, &message);
	/* A part of nothing, or beyond its parts, is whole. */
	if (message.sar_parts < 2 || message.sar_part < 1 ||
	    message.sar_part > message.sar_parts) {
		message.sar_parts = 0;
		message.sar_part = 0;
		message.sar_reference = 0;
	}
	*message_r = message;
	return (DONE);
}

int
smpp_is_receipt(const struct smpp_message *message)
{
	switch (message->esm_class & SMPP_ESM_KIND) {
	case SMPP_ESM_RECEIPT:
	case SMPP_ESM_ACKNOWLEDGEMENT:
	case SMPP_ESM_NOTICE:
		return (1);
	case SMPP_ESM_USER_ACKNOWLEDGEMENT:
		/* A person's own words, by the standard. */
		return (0);
	default:
		/* Some centres forget the bit, but not which text it is of. */
		return (message->receipt_of[0] != '\0' && message->state >= 0);
	}
}

void
smpp_read_id(const struct smpp_pdu *pdu, char id_r[SMPP_ID_MOST + 1])
{
	struct rest rest = { pdu->body, pdu->length };

	id_r[0] = '\0';
	(void)take_string(&rest, id_r, SMPP_ID_MOST + 1);
}
