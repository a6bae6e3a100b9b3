#include "gateway/base/csv_write.h"

#include <string.h>

static int
begins_formula(const char *field)
{
	static const char *const wide[] = { "\xef\xbc\x9d", "\xef\xbc\x8b",
		"\xef\xbc\x8d", "\xef\xbc\xa0" }; /* = + - @ */
	const char *at = field + strspn(field, " \xc2\xa0");

	if (field[0] == '\t' || field[0] == '\r' || field[0] == '\n')
		return (1);
	if (*at != '\0' && strchr("=+-@\t\r\n", *at) != NULL)
		return (1);
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++) {
		if (strncmp(at, wide[i], strlen(wide[i])) == 0)
			return (1);
	}
	return (0);
}

static void
add_field(struct text *out, const char *field)
{
	int is_guarded = begins_formula(field);

	if (!is_guarded && strpbrk(field, ",\"\r\n") == NULL) {
		text_add(out, field);
		return;
	}
	text_add(out, is_guarded ? "\"'" : "\"");
	for (; *field != '\0'; field++) {
		if (*field == '"')
			text_add_byte(out, '"');
		text_add_byte(out, *field);
	}
	text_add_byte(out, '"');
}

void
csv_write_row(struct text *out, const char *const *fields, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			text_add_byte(out, ',');
		add_field(out, fields[i] != NULL ? fields[i] : "");
	}
	text_add(out, "\r\n");
}
