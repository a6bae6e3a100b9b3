#include "gateway/line/gsup.h"

#include <stdlib.h>
#include <string.h>

/* -- IPA -------------------------------------------------------------------- */

enum {
	PROTOCOL_CONTROL = 0xfe,
	PROTOCOL_EXTENSION = 0xee,
	EXTENSION_CONTROL = 0x00,
	EXTENSION_GSUP = 0x05,
	CONTROL_PING = 0x00,
	CONTROL_PONG = 0x01,
	CONTROL_IDENTITY_GET = 0x04,
	CONTROL_IDENTITY_RESPONSE = 0x05,
	CONTROL_IDENTITY_ACKNOWLEDGED = 0x06,
	IDENTITY_SERIAL = 0,
	IDENTITY_UNIT = 8,
};

static enum ipa_kind
control_kind(const struct ipa_frame *frame)
{
	if (frame->length == 0)
		return (IPA_OTHER);
	switch (frame->payload[0]) {
	case CONTROL_PING:
		return (IPA_PING);
	case CONTROL_PONG:
		return (IPA_PONG);
	case CONTROL_IDENTITY_GET:
		return (IPA_IDENTITY_ASKED);
	case CONTROL_IDENTITY_ACKNOWLEDGED:
		return (IPA_IDENTITY_ACKNOWLEDGED);
	default:
		return (IPA_OTHER);
	}
}

enum outcome
ipa_read(const uint8_t *bytes, size_t length, struct ipa_frame *frame_r,
    size_t *used_r)
{
	struct ipa_frame frame = { .kind = IPA_OTHER };
	size_t payload;

	if (length < IPA_HEADER_BYTES)
		return (NOTHING);
	payload = (size_t)bytes[0] << 8 | bytes[1];
	if (payload > IPA_PAYLOAD_MOST)
		return (REFUSED);
	if (length < IPA_HEADER_BYTES + payload)
		return (NOTHING);
	frame.payload = bytes + IPA_HEADER_BYTES;
	frame.length = payload;
	if (bytes[2] == PROTOCOL_CONTROL) {
		frame.kind = control_kind(&frame);
	} else if (bytes[2] == PROTOCOL_EXTENSION && payload > 0) {
		frame.kind = frame.payload[0] == EXTENSION_GSUP ? IPA_GSUP
		    : frame.payload[0] == EXTENSION_CONTROL     ? IPA_CONTROL
								: IPA_OTHER;
		frame.payload++;
		frame.length--;
	}
	*frame_r = frame;
	*used_r = IPA_HEADER_BYTES + payload;
	return (DONE);
}

static void
add_frame(
    struct text *out, unsigned protocol, const void *payload, size_t length)
{
	if (length > IPA_PAYLOAD_MOST)
		abort();
	text_add_byte(out, (int)(length >> 8));
	text_add_byte(out, (int)(length & 0xff));
	text_add_byte(out, (int)protocol);
	text_add_bytes(out, payload, length);
}

static void
add_control(struct text *out, unsigned word)
{
	uint8_t octet = (uint8_t)word;

	add_frame(out, PROTOCOL_CONTROL, &octet, 1);
}

void
ipa_add_ping(struct text *out)
{
	add_control(out, CONTROL_PING);
}

void
ipa_add_pong(struct text *out)
{
	add_control(out, CONTROL_PONG);
}

void
ipa_add_acknowledgement(struct text *out)
{
	add_control(out, CONTROL_IDENTITY_ACKNOWLEDGED);
}

/* Length (of tag and value), tag, value with its NUL. */
static void
add_identity(struct text *payload, unsigned tag, const char *value)
{
	size_t length = strlen(value) + 2;

	text_add_byte(payload, (int)(length >> 8));
	text_add_byte(payload, (int)(length & 0xff));
	text_add_byte(payload, (int)tag);
	text_add_bytes(payload, value, strlen(value) + 1);
}

void
ipa_add_identity(struct text *out, const char *serial)
{
	struct text payload = { 0 };

	text_add_byte(&payload, CONTROL_IDENTITY_RESPONSE);
	/* Without a unit the register drops the link; the serial number is
	 * the name that it routes to. */
	add_identity(&payload, IDENTITY_UNIT, "0/0/0");
	add_identity(&payload, IDENTITY_SERIAL, serial);
	add_frame(out, PROTOCOL_CONTROL, payload.bytes, payload.length);
	text_free(&payload);
}

void
ipa_add_control(struct text *out, const char *line)
{
	struct text payload = { 0 };

	text_add_byte(&payload, EXTENSION_CONTROL);
	text_add(&payload, line);
	add_frame(out, PROTOCOL_EXTENSION, payload.bytes, payload.length);
	text_free(&payload);
}

/* -- GSUP ------------------------------------------------------------------- */

enum element {
	ELEMENT_IMSI = 0x01,
	ELEMENT_CAUSE = 0x02,
	ELEMENT_CLASS = 0x0a,
	ELEMENT_SESSION = 0x30,
	ELEMENT_STATE = 0x31,
	ELEMENT_SS_INFO = 0x35,
	ELEMENT_SOURCE = 0x60,
	ELEMENT_DESTINATION = 0x61,
};

enum { CLASS_USSD = 3, NIBBLE_FILLER = 0xf, SESSION_OCTETS = 4 };

static void
add_element(
    struct text *payload, unsigned tag, const void *value, size_t length)
{
	text_add_byte(payload, (int)tag);
	text_add_byte(payload, (int)length);
	text_add_bytes(payload, value, length);
}

static void
add_octet_element(struct text *payload, unsigned tag, unsigned value)
{
	uint8_t octet = (uint8_t)value;

	add_element(payload, tag, &octet, 1);
}

/* Two digits an octet, the first one low (3GPP TS 29.002, TBCD-STRING). */
static void
add_imsi(struct text *payload, const char *digits)
{
	uint8_t octets[(GSUP_IMSI_DIGITS_MOST + 1) / 2];
	size_t length = strlen(digits);
	size_t count = 0;

	for (size_t i = 0; i < length; i += 2) {
		unsigned low = (unsigned)(digits[i] - '0');
		unsigned high = i + 1 < length ? (unsigned)(digits[i + 1] - '0')
					       : NIBBLE_FILLER;

		octets[count++] = (uint8_t)(high << 4 | low);
	}
	add_element(payload, ELEMENT_IMSI, octets, count);
}

static void
add_message(struct text *payload, const struct gsup_message *message)
{
	uint8_t session[SESSION_OCTETS];

	for (size_t i = 0; i < SESSION_OCTETS; i++)
		session[i] = (uint8_t)(message->session >>
		    (8 * (SESSION_OCTETS - 1 - i)));
	text_add_byte(payload, EXTENSION_GSUP);
	text_add_byte(payload, message->kind);
	add_imsi(payload, message->imsi);
	if (message->cause != 0)
		add_octet_element(
		    payload, ELEMENT_CAUSE, (unsigned)message->cause);
	add_octet_element(payload, ELEMENT_CLASS, CLASS_USSD);
	add_element(payload, ELEMENT_SESSION, session, SESSION_OCTETS);
	add_octet_element(payload, ELEMENT_STATE, message->state);
	if (message->component_length > 0)
		add_element(payload, ELEMENT_SS_INFO, message->component,
		    message->component_length);
}

void
gsup_add(struct text *out, const struct gsup_message *message)
{
	struct text payload = { 0 };

	add_message(&payload, message);
	add_frame(out, PROTOCOL_EXTENSION, payload.bytes, payload.length);
	text_free(&payload);
}

void
gsup_add_echo(struct text *out, const char *serial, uint32_t session)
{
	const struct gsup_message nobodys = {
		.kind = GSUP_SS_RESULT,
		.imsi = GSUP_ECHO_IMSI,
		.session = session,
		.state = GSUP_END,
	};
	const uint8_t *name = (const uint8_t *)serial;
	struct text payload = { 0 };

	add_message(&payload, &nobodys);
	/* Names are compared with the NUL that they end in. */
	add_element(&payload, ELEMENT_SOURCE, name, strlen(serial) + 1);
	add_element(&payload, ELEMENT_DESTINATION, name, strlen(serial) + 1);
	add_frame(out, PROTOCOL_EXTENSION, payload.bytes, payload.length);
	text_free(&payload);
}

MUST_USE static enum outcome
read_imsi(const uint8_t *value, size_t length, struct gsup_message *message)
{
	size_t count = 0;

	for (size_t i = 0; i < 2 * length; i++) {
		unsigned nibble = (value[i / 2] >> (i % 2 == 0 ? 0 : 4)) & 0xf;

		if (nibble == NIBBLE_FILLER && i + 1 == 2 * length)
			break;
		if (nibble > 9 || count == GSUP_IMSI_DIGITS_MOST)
			return (REFUSED);
		message->imsi[count++] = (char)('0' + nibble);
	}
	message->imsi[count] = '\0';
	return (count > 0 ? DONE : REFUSED);
}

MUST_USE static enum outcome
read_session(const uint8_t *value, size_t length, struct gsup_message *message)
{
	if (length != SESSION_OCTETS)
		return (REFUSED);
	for (size_t i = 0; i < SESSION_OCTETS; i++)
		message->session = message->session << 8 | value[i];
	return (DONE);
}

MUST_USE static enum outcome
read_state(const uint8_t *value, size_t length, struct gsup_message *message)
{
	if (length != 1 || value[0] < GSUP_BEGIN || value[0] > GSUP_END)
		return (REFUSED);
	message->state = (enum gsup_state)value[0];
	return (DONE);
}

MUST_USE static enum outcome
read_cause(const uint8_t *value, size_t length, struct gsup_message *message)
{
	if (length != 1)
		return (REFUSED);
	message->cause = value[0];
	return (DONE);
}

MUST_USE static enum outcome
read_component(
    const uint8_t *value, size_t length, struct gsup_message *message)
{
	memcpy(message->component, value, length);
	message->component_length = length;
	return (DONE);
}

static const struct {
	uint8_t tag;
	enum outcome (*read)(
	    const uint8_t *value, size_t length, struct gsup_message *message);
} elements[] = {
	{ ELEMENT_IMSI, read_imsi },
	{ ELEMENT_SESSION, read_session },
	{ ELEMENT_STATE, read_state },
	{ ELEMENT_CAUSE, read_cause },
	{ ELEMENT_SS_INFO, read_component },
};
/* Bits of the first three. */
enum { ELEMENTS_NEEDED = 7 };

/* Each of them at most once; *seen is a bit for each. */
MUST_USE static enum outcome
read_element(
    const uint8_t *element, struct gsup_message *message, unsigned *seen)
{
	for (size_t i = 0; i < COUNT_OF(elements); i++) {
		if (elements[i].tag != element[0])
			continue;
		if (*seen & 1u << i)
			return (REFUSED);
		*seen |= 1u << i;
		return (elements[i].read(element + 2, element[1], message));
	}
	return (DONE);
}

enum outcome
gsup_read(const uint8_t *payload, size_t length, struct gsup_message *message_r)
{
	struct gsup_message message = { 0 };
	unsigned seen = 0;
	size_t at = 1;

	if (length == 0)
		return (REFUSED);
	if (payload[0] < GSUP_SS_REQUEST || payload[0] > GSUP_SS_RESULT)
		return (NOTHING);
	message.kind = (enum gsup_kind)payload[0];
	while (at < length) {
		if (length - at < 2 || length - at - 2 < payload[at + 1])
			return (REFUSED);
		if (read_element(payload + at, &message, &seen) != DONE)
			return (REFUSED);
		at += 2 + (size_t)payload[at + 1];
	}
	if ((seen & ELEMENTS_NEEDED) != ELEMENTS_NEEDED)
		return (REFUSED);
	*message_r = message;
	return (DONE);
}
