/* What a modem says of a USSD session: "+CUSD: m[,"text"[,dcs]]" (3GPP TS
 * 27.007 section 7.15), in every manner seen.  Pure.
 *
 * The text comes as it is, also with line breaks in it; as UCS-2 in hexadecimal
 * digits, said by the coding scheme or not; or as packed septets in hexadecimal
 * digits, whatever the coding scheme says.  What it is, is judged by what it
 * says when it is read so.
 */
#ifndef GATEWAY_LINE_USSD_ANSWER_H
#define GATEWAY_LINE_USSD_ANSWER_H

#include <stddef.h>

#include "gateway/base/outcome.h"
#include "gateway/base/text.h"

enum ussd_mode {
	USSD_DONE = 0,
	USSD_ASKS = 1, /* it waits for an answer */
	USSD_ENDED = 2, /* by the network, often with the last text */
	USSD_OTHER = 3, /* another client has answered */
	USSD_NOT_SUPPORTED = 4,
	USSD_TIMEOUT = 5,
};

/*
 * Finds the answer in what a modem wrote.
 *
 * DONE     it is whole: *mode_r, and clean UTF-8 added to *text
 * NOTHING  there is none, or not all of it yet
 */
MUST_USE enum outcome ussd_answer_read(const char *bytes, size_t length,
    enum ussd_mode *mode_r, struct text *text);

/* The text between the quotes as UTF-8; dcs -1 when there was none. */
void ussd_answer_decode(
    const char *bytes, size_t length, int dcs, struct text *text);

/* A code as packed septets in hexadecimal digits, as some makers' modems want
 * it: 1, or 0 when it has characters that no code has. */
int ussd_code_pack(const char *code, struct text *hex);

#endif
