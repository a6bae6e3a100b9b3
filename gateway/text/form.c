#include "gateway/text/form.h"

#include <string.h>

static int
hex_digit(char sign)
{
	if (sign >= '0' && sign <= '9')
		return (sign - '0');
	if (sign >= 'A' && sign <= 'F')
		return (sign - 'A' + 10);
	if (sign >= 'a' && sign <= 'f')
		return (sign - 'a' + 10);
	return (-1);
}

/* The octet that "%XX" at `at` stands for, or -1. */
static int
read_code(const char *at)
{
	int high = hex_digit(at[1]);
	int low = high >= 0 ? hex_digit(at[2]) : -1;

	return (low >= 0 ? high * 16 + low : -1);
}

/* In place: 1, or 0 for a wrong code or a NUL. */
static int
decode(char *encoded, enum form_codes codes)
{
	char *to = encoded;

	for (const char *at = encoded; *at != '\0'; at++) {
		int octet = *at == '%' ? read_code(at) : -1;

		if (octet == 0)
			return (0);
		if (octet > 0) {
			*to++ = (char)octet;
			at += 2;
			continue;
		}
		if (*at == '%' && codes == FORM_WRONG_CODES_REFUSED)
			return (0);
		*to++ = *at;
		if (*at == '+')
			to[-1] = ' ';
	}
	*to = '\0';
	return (1);
}

int
form_read(char *encoded, size_t length, enum form_codes codes,
    struct form_fields *fields_r)
{
	struct form_fields fields = { 0 };
	char *rest = encoded;

	if (memchr(encoded, '\0', length) != NULL)
		return (0);
	while (rest != NULL && *rest != '\0') {
		char *name = strsep(&rest, "&");
		char *value = strchr(name, '=');

		if (value != NULL)
			*value++ = '\0';
		if (name[0] == '\0')
			continue;
		if (fields.count == FORM_FIELDS_MOST || !decode(name, codes) ||
		    (value != NULL && !decode(value, codes)))
			return (0);
		fields.items[fields.count++] =
		    (struct form_field){ name, value != NULL ? value : "" };
	}
	*fields_r = fields;
	return (1);
}

const char *
form_value(const struct form_fields *fields, const char *name)
{
	for (size_t i = 0; i < fields->count; i++) {
		if (strcmp(fields->items[i].name, name) == 0)
			return (fields->items[i].value);
	}
	return (NULL);
}
