/* The words of an SMPP message as octets, and back.
 *
 * GSM septets travel one an octet under data_coding 0; a text that needs more
 * goes as UCS-2 under 8 (section 5.2.19, 3GPP TS 23.038).
 */
#ifndef GATEWAY_LINE_SMPP_TEXT_H
#define GATEWAY_LINE_SMPP_TEXT_H

#include "gateway/line/smpp.h"
#include "gateway/text/segments.h"

enum {
	SMPP_CODING_DEFAULT = 0x00,
	SMPP_CODING_UCS2 = 0x08,
};

/* Adds a clean text as octets to *out; its data_coding. */
uint8_t smpp_text_add(
    struct text *out, const char *utf8, enum alphabet alphabet);

/* The header that joins segments by an 8-bit reference, 3GPP TS 23.040 section
 * 9.2.3.24.1. */
struct smpp_join {
	unsigned reference;
	unsigned bits; /* 8 or 16; 0: it is whole */
	unsigned part;
	unsigned parts;
};
void smpp_join_add(struct text *out, const struct smpp_join *join);

/* What a message says. */
struct smpp_words {
	int is_text; /* 0: octets that are no text */
	int is_flash; /* class 0 */
	struct smpp_join join;
};

/* Reads a message's text, adding it to *text, clean.  Never fails: what cannot
 * be read is no text. */
struct smpp_words smpp_text_read(
    const struct smpp_message *message, struct text *text);

#endif
