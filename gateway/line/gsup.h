/* GSUP inside IPA: what a home location register (osmo-hlr) and an External
 * USSD Entity say to each other over TCP.
 *
 * An IPA frame is two octets of length, one of protocol, and the payload; GSUP
 * is extension 5 of protocol 0xee, the control interface extension 0, link
 * control protocol 0xfe.  Codes and the
 * wire: libosmocore's include/osmocom/gsm/gsup.h, and shared/facts/ussd.md
 * section 1, measured against the real osmo-hlr.  Only what USSD needs is
 * here; elements it does not use are passed over.
 *
 * These functions hold nothing and do no input or output.
 */
#ifndef GATEWAY_LINE_GSUP_H
#define GATEWAY_LINE_GSUP_H

#include "gateway/base/outcome.h"
#include "gateway/base/text.h"

enum { IPA_HEADER_BYTES = 3, IPA_PAYLOAD_MOST = 4096 };

enum ipa_kind {
	IPA_PING,
	IPA_PONG,
	IPA_IDENTITY_ASKED, /* CCM ID_GET: answer with ipa_add_identity() */
	IPA_IDENTITY_ACKNOWLEDGED,
	IPA_GSUP, /* `payload` is a GSUP message */
	IPA_CONTROL, /* `payload` is a line of the control interface */
	IPA_OTHER, /* of no concern */
};

/* A frame; borrowed from the bytes it was read from. */
struct ipa_frame {
	enum ipa_kind kind;
	const uint8_t *payload;
	size_t length;
};

/*
 * Looks at the first frame of `length` received bytes.
 *
 * DONE     *frame_r; it took *used_r bytes
 * NOTHING  it is not all there yet
 * REFUSED  no such frame can be: the link is out of step
 */
MUST_USE enum outcome ipa_read(const uint8_t *bytes, size_t length,
    struct ipa_frame *frame_r, size_t *used_r);

void ipa_add_ping(struct text *out);
void ipa_add_pong(struct text *out);
void ipa_add_acknowledgement(struct text *out);
/* Who we are: the register routes codes to the entity it calls `x` by the
 * serial "EUSE-x". */
void ipa_add_identity(struct text *out, const char *serial);

/* A line of the control interface: "GET 1 subscriber.by-imsi-1.msisdn". */
void ipa_add_control(struct text *out, const char *line);

enum gsup_kind {
	GSUP_SS_REQUEST = 0x20,
	GSUP_SS_ERROR = 0x21,
	GSUP_SS_RESULT = 0x22,
};

enum gsup_state {
	GSUP_BEGIN = 1,
	GSUP_CONTINUE = 2,
	GSUP_END = 3,
};

enum { GSUP_IMSI_DIGITS_MOST = 15, GSUP_COMPONENT_MOST = 255 };

struct gsup_message {
	enum gsup_kind kind;
	char imsi[GSUP_IMSI_DIGITS_MOST + 1];
	uint32_t session;
	enum gsup_state state;
	int cause; /* of an error, else 0 */
	size_t component_length; /* 0: none */
	uint8_t component[GSUP_COMPONENT_MOST];
};

/* Adds a message in its frame to *out. */
void gsup_add(struct text *out, const struct gsup_message *message);

/* Adds one that the register hands on to whoever has this serial (osmo-hlr's
 * forwarding between its clients): to ourselves, to see that it is us.  It
 * comes back as a GSUP_SS_RESULT of nobody, GSUP_ECHO_IMSI, with this session. */
#define GSUP_ECHO_IMSI "001010000000000"
void gsup_add_echo(struct text *out, const char *serial, uint32_t session);

/* Reads the payload of an IPA_GSUP frame: DONE; NOTHING: of another procedure;
 * REFUSED: cut short, without a caller or a session, or senseless. */
MUST_USE enum outcome gsup_read(
    const uint8_t *payload, size_t length, struct gsup_message *message_r);

#endif
