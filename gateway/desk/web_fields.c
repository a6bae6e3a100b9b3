/* Forms and queries, "name=value&name=value", as browsers send them. */
#include "gateway/desk/web.h"

static int
hex_digit(char sign)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = sign != '\0'
	    ? strchr(digits, sign >= 'A' && sign <= 'F' ? sign + 32 : sign)
	    : NULL;

	return (at != NULL ? (int)(at - digits) : -1);
}

/* Decodes in place: 1, or 0 for a wrong code or a NUL, which would hide what
 * follows. */
static int
decode(char *encoded)
{
	char *to = encoded;

	for (const char *at = encoded; *at != '\0'; at++) {
		int high;
		int low;

		if (*at == '+') {
			*to++ = ' ';
			continue;
		}
		if (*at != '%') {
			*to++ = *at;
			continue;
		}
		high = hex_digit(at[1]);
		low = high >= 0 ? hex_digit(at[2]) : -1;
		if (low < 0 || (high == 0 && low == 0))
			return (0);
		*to++ = (char)(high * 16 + low);
		at += 2;
	}
	*to = '\0';
	return (1);
}

int
web_fields_read(char *encoded, struct web_fields *fields_r)
{
	struct web_fields fields = { 0 };
	char *rest = encoded;

	while (rest != NULL && *rest != '\0') {
		char *name = strsep(&rest, "&");
		char *value = strchr(name, '=');

		if (name[0] == '\0')
			continue;
		if (value != NULL)
			*value++ = '\0';
		if (fields.count == WEB_FIELDS_MOST || !decode(name) ||
		    (value != NULL && !decode(value)))
			return (0);
		fields.items[fields.count++] =
		    (struct web_field){ name, value != NULL ? value : "" };
	}
	*fields_r = fields;
	return (1);
}

const char *
web_field(const struct web_fields *fields, const char *name)
{
	for (size_t i = 0; i < fields->count; i++) {
		if (strcmp(fields->items[i].name, name) == 0)
			return (fields->items[i].value);
	}
	return (NULL);
}
