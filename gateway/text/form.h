/* Forms and queries, "name=value&name=value", as browsers and the gateways of
 * providers send them (application/x-www-form-urlencoded).
 *
 * The only reader of them: the desk's pages and the line for USSD over HTTP
 * both use it.  Pure; it cuts the text apart where it lies and keeps nothing.
 */
#ifndef GATEWAY_TEXT_FORM_H
#define GATEWAY_TEXT_FORM_H

#include <stddef.h>

enum { FORM_FIELDS_MOST = 64 };

/* Names and values, decoded; borrowed from the text that was cut apart. */
struct form_field {
	const char *name;
	const char *value;
};
struct form_fields {
	struct form_field items[FORM_FIELDS_MOST];
	size_t count;
};

/* What a "%" means that two hexadecimal digits do not follow.  A browser never
 * sends one; gateways that do not encode what their subscribers typed do, and
 * nobody's answer is lost for that. */
enum form_codes {
	FORM_WRONG_CODES_REFUSED,
	FORM_WRONG_CODES_KEPT, /* as they stand */
};

/* Cuts the `length` bytes at `encoded`, which a NUL follows, apart in place.
 * Fields without a name are left out.  1; or 0 when it is no such form: a
 * wrong code, more than FORM_FIELDS_MOST fields, or a NUL, encoded or not,
 * since it would hide what follows; *fields_r is then untouched. */
int form_read(char *encoded, size_t length, enum form_codes codes,
    struct form_fields *fields_r);

/* The value of the first field with this name, or NULL. */
const char *form_value(const struct form_fields *fields, const char *name);

#endif
