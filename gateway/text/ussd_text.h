/* The text of a USSD page as octets, and what a phone typed as text.
 *
 * A page is GSM 7-bit where the alphabet has all of it, else UCS-2 (3GPP TS
 * 23.038 sections 5, 6.1.2.3 and 6.2.3).  Reading knows every data coding
 * scheme of section 5 that stands for text, with the language marks some
 * networks put in front.
 */
#ifndef GATEWAY_TEXT_USSD_TEXT_H
#define GATEWAY_TEXT_USSD_TEXT_H

#include "gateway/base/outcome.h"
#include "gateway/base/text.h"

enum {
	USSD_OCTETS_MOST = 160, /* 3GPP TS 24.080, maxUSSD-StringLength */
	USSD_DCS_GSM = 0x0f, /* GSM 7-bit, no language said */
	USSD_DCS_UCS2 = 0x48,
};

struct ussd_string {
	uint8_t dcs;
	size_t length; /* octets */
	uint8_t octets[USSD_OCTETS_MOST];
};

/* A clean text as a page of at most `most` octets (USSD_OCTETS_MOST or less).
 * DONE, or REFUSED: it is longer. */
MUST_USE enum outcome ussd_text_write(
    const char *utf8, size_t most, struct ussd_string *string_r);

/* Adds what the octets say to *text, clean.  DONE, or REFUSED: compressed,
 * 8-bit data, or a scheme that is not text; nothing is added then. */
MUST_USE enum outcome ussd_text_read(
    uint8_t dcs, const uint8_t *octets, size_t length, struct text *text);

#endif
