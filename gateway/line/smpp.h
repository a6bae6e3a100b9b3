/* SMPP 3.4: what a message centre and we say to each other over TCP.
 *
 * A PDU is its length, command, status and sequence number (4 octets each, big
 * endian) and a body: fields in a fixed order, then optional ones, each a tag,
 * a length and that many octets ("Short Message Peer to Peer Protocol
 * Specification v3.4", sections 3.2, 4 and 5.3).  Centres differ in how long
 * they make optional fields and in what else they add, so each is read by its
 * own length, one of a length that we do not expect counts as absent, and
 * nothing inside a PDU can put the next one out of step.
 *
 * Own code: libsmpp34 loses PDUs over such lengths (shared/facts/ussd.md
 * section 3).  These functions hold nothing and do no input or output.
 */
#ifndef GATEWAY_LINE_SMPP_H
#define GATEWAY_LINE_SMPP_H

#include "gateway/base/outcome.h"
#include "gateway/base/text.h"

enum {
	SMPP_HEADER_BYTES = 16,
	/* A message_payload of its full 64 KiB, the other fields and room. */
	SMPP_PDU_MOST = 70000,
	SMPP_VERSION = 0x34,
	SMPP_ADDRESS_MOST = 64, /* the standard has 20; names are longer */
	SMPP_ID_MOST = 64, /* of a message, as the centre calls it */
	SMPP_WORD_MOST = 64, /* system_id, password: 15 and 8 in the standard,
				more with some centres */
	SMPP_SHORT_MOST = 254, /* octets of a short_message */
	SMPP_SESSION_MOST = 7, /* octets of a USSD session's field */
};

enum smpp_command {
	SMPP_BIND_TRANSCEIVER = 0x00000009,
	SMPP_UNBIND = 0x00000006,
	SMPP_SUBMIT = 0x00000004,
	SMPP_DELIVER = 0x00000005,
	SMPP_ENQUIRE_LINK = 0x00000015,
	SMPP_ALERT = 0x00000102, /* alert_notification: has no answer */
};

/* Set in the command of every answer. */
#define SMPP_ANSWER       0x80000000u
#define SMPP_GENERIC_NACK SMPP_ANSWER

/* command_status, section 5.1.3; those we say or look at. */
enum smpp_status {
	SMPP_OK = 0x00,
	SMPP_BAD_LENGTH = 0x02,
	SMPP_BAD_COMMAND = 0x03,
	SMPP_NOT_BOUND = 0x04,
	SMPP_ALREADY_BOUND = 0x05,
	SMPP_SYSTEM_ERROR = 0x08,
	SMPP_BAD_DESTINATION = 0x0b,
	SMPP_BIND_FAILED = 0x0d,
	SMPP_BAD_PASSWORD = 0x0e,
	SMPP_BAD_SYSTEM_ID = 0x0f,
	SMPP_QUEUE_FULL = 0x14,
	SMPP_SUBMIT_FAILED = 0x45,
	SMPP_THROTTLED = 0x58,
	SMPP_TRY_AGAIN = 0x64, /* ESME_RX_T_APPN */
	SMPP_VENDOR_FIRST = 0x400,
};

/* Bits of esm_class, section 5.2.12. */
enum {
	SMPP_ESM_KIND = 0x3c,
	SMPP_ESM_RECEIPT = 0x04, /* of the centre */
	SMPP_ESM_ACKNOWLEDGEMENT = 0x08, /* of the phone */
	SMPP_ESM_USER_ACKNOWLEDGEMENT = 0x10,
	SMPP_ESM_NOTICE = 0x20, /* on the way still */
	SMPP_ESM_HEADER = 0x40, /* the text begins with a user data header */
};

/* A PDU; `body` is borrowed from the bytes it was read from. */
struct smpp_pdu {
	uint32_t command;
	uint32_t status;
	uint32_t sequence;
	const uint8_t *body;
	size_t length;
};

/*
 * Looks at the first PDU of `length` received bytes.
 *
 * DONE     *pdu_r; it took *used_r bytes
 * NOTHING  it is not all there yet
 * REFUSED  its length cannot be: the link is out of step
 */
MUST_USE enum outcome smpp_read(const uint8_t *bytes, size_t length,
    struct smpp_pdu *pdu_r, size_t *used_r);

/* Adds a PDU without a body: enquire_link, unbind, generic_nack, the answers to
 * the first two. */
void smpp_add(
    struct text *out, uint32_t command, uint32_t status, uint32_t sequence);

struct smpp_bind {
	const char *system_id;
	const char *password;
	const char *system_type;
};
void smpp_add_bind(
    struct text *out, uint32_t sequence, const struct smpp_bind *bind);

/* "DELIVER_SM_RESP": its message_id is empty. */
void smpp_add_deliver_answer(
    struct text *out, uint32_t status, uint32_t sequence);

struct smpp_address {
	uint8_t type; /* type of number, section 5.2.5: 1 international */
	uint8_t plan; /* numbering plan, section 5.2.6: 1 E.164 */
	char address[SMPP_ADDRESS_MOST + 1];
};

/* Which optional field names a USSD session. */
enum smpp_session_field {
	SMPP_SESSION_INFO, /* its_session_info, 0x1383 */
	SMPP_SESSION_REFERENCE, /* user_message_reference, 0x0204 */
};

struct smpp_session {
	size_t length; /* 0: none */
	uint8_t octets[SMPP_SESSION_MOST];
};

/* A submit_sm or a deliver_sm; `text` is borrowed. */
struct smpp_message {
	struct smpp_address from;
	struct smpp_address to;
	uint8_t esm_class;
	uint8_t protocol;
	uint8_t coding; /* data_coding */
	uint8_t receipts; /* registered_delivery */
	const char *valid; /* validity_period, NULL for the centre's own;
			      never read */
	const uint8_t *text; /* of short_message, or of message_payload */
	size_t text_length;
	int ussd_op; /* ussd_service_op, -1 none */
	struct smpp_session sessions[2]; /* by enum smpp_session_field */
	/* sar_*: a part of a long text without a header; sar_parts 0: none */
	unsigned sar_reference;
	unsigned sar_part;
	unsigned sar_parts;
	int state; /* message_state of a receipt, -1 none */
	char receipt_of[SMPP_ID_MOST + 1]; /* receipted_message_id, or "" */
};

/* One with nothing in it. */
struct smpp_message smpp_message_empty(void);

/* Adds a submit_sm or deliver_sm; text of more than SMPP_SHORT_MOST octets goes
 * as message_payload. */
void smpp_add_message(struct text *out, enum smpp_command command,
    uint32_t sequence, const struct smpp_message *message);

/* Reads the body of one: DONE, or REFUSED: cut short.  What stands behind the
 * last whole optional field is passed over. */
MUST_USE enum outcome smpp_message_read(
    const struct smpp_pdu *pdu, struct smpp_message *message_r);

/* 1 when it is a receipt or a notice of what became of a text of ours, and no
 * text of anybody. */
int smpp_is_receipt(const struct smpp_message *message);

/* The message_id of a submit_sm_resp, "" when there is none (a refusal often
 * has no body at all). */
void smpp_read_id(const struct smpp_pdu *pdu, char id_r[SMPP_ID_MOST + 1]);

#endif
