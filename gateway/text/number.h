/* Who a message came from.
 *
 * A number is a type that no log function takes; what may be logged is
 * number_mask().  Numbers are E.164: "+" and 7 to 15 digits.
 */
#ifndef GATEWAY_TEXT_NUMBER_H
#define GATEWAY_TEXT_NUMBER_H

#include "gateway/base/outcome.h"

struct number {
	char e164[17];
};

enum sender_kind {
	SENDER_NUMBER, /* an MSISDN; may be answered */
	SENDER_SHORT, /* a short code, 2 to 6 digits; never answered */
	SENDER_NAME, /* alphanumeric (3GPP TS 23.040 9.1.2.5); never */
	SENDER_HIDDEN, /* withheld or empty */
	SENDER_ODD, /* anything else, such as 25 digits; never answered */
};

struct number_mask {
	char text[12];
};

/*
 * Reads what a network or a person gave as a sender.
 *
 * "+977 984-1234567" and "00977..." are international; "984..." and "0984..."
 * are national and take `country` (a calling code, "977", or "" when there is
 * none: then they are SENDER_ODD).  Digits of any script count.  At most 6
 * digits without a plus are a short code.  11 digits and more that begin with
 * `country` are an international number whose plus was left out.  "(0)" after
 * a plus is the zero of national dialling and is left out.
 *
 * *number_r is filled in for SENDER_NUMBER only, else it is "".
 */
enum sender_kind number_read(
    const char *raw, const char *country, struct number *number_r);

/* The calling code a number begins with, "977"; "" when it is none. */
struct calling_code {
	char digits[4];
};
struct calling_code number_calling_code(const struct number *number);

/* 1 for "+" and 7 to 15 digits that do not begin with 0. */
int number_is_e164(const char *string);

/* "+977...21": the calling code and the last two digits; for any other kind
 * pass NULL: "...". */
struct number_mask number_mask(const struct number *number);

const char *sender_kind_name(enum sender_kind kind);

#endif
