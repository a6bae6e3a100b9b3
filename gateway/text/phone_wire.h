/* What a phone in a terminal and the demo line say to each other: lines of
 * tab-separated fields on a unix stream socket.
 *
 *   phone -> line   sms<TAB>NUMBER<TAB>TEXT      a text
 *                   call<TAB>NUMBER              it rings once
 *                   on<TAB>NUMBER                this phone is switched on:
 *                                                texts to it come here
 *                   ussd<TAB>NUMBER<TAB>TEXT     it dials, or answers a page
 *                   hangup<TAB>NUMBER            it ends its USSD session
 *   line -> phone   sms<TAB>NUMBER<TAB>TEXT      a text to this phone
 *                   ussd<TAB>NUMBER<TAB>more<TAB>TEXT
 *                                                a page that waits for an
 *                                                answer
 *                   ussd<TAB>NUMBER<TAB>end<TAB>TEXT
 *                                                the last one of a session
 *                   error<TAB>WORDS              the line before made no sense
 *
 * Within a field, newline is `\n`, tab `\t`, backslash `\\`.
 */
#ifndef GATEWAY_TEXT_PHONE_WIRE_H
#define GATEWAY_TEXT_PHONE_WIRE_H

#include "gateway/base/outcome.h"
#include "gateway/base/text.h"

enum phone_line_kind {
	PHONE_SMS,
	PHONE_CALL,
	PHONE_ON,
	PHONE_USSD,
	PHONE_HANG_UP,
	PHONE_PAGE,
	PHONE_ERROR,
};

struct phone_line {
	enum phone_line_kind kind;
	struct text number; /* as written */
	int is_last; /* of a page: the session ends with it */
	struct text text; /* raw bytes, not yet clean; words of an error */
};

/* Adds one line with its newline to *out; a page has a function of its
 * own. */
void phone_wire_add(struct text *out, enum phone_line_kind kind,
    const char *number, const char *text);

void phone_wire_add_page(struct text *out, const char *number,
    const char *text, int is_last);

/* Reads one line (without its newline): DONE, or REFUSED. *line_r is to be
 * freed with phone_line_free() after DONE. */
MUST_USE enum outcome phone_wire_read(
    const char *bytes, size_t length, struct phone_line *line_r);
void phone_line_free(struct phone_line *line);

#endif
