#include "tests/sim/fields.h"

static int
unescape(char *field)
{
	char *to = field;
	const char *from = field;

	for (; *from != '\0'; from++, to++) {
		*to = *from;
		if (*from != '\\')
			continue;
		from++;
		if (*from == 'n')
			*to = '\n';
		else if (*from == 't')
			*to = '\t';
		else if (*from != '\\')
			return (0);
	}
	*to = '\0';
	return (1);
}

int
fields_split(char *line, struct fields *fields_r)
{
	struct fields fields = { 0 };
	char *next = line;
	char *field;
	size_t i;

	while ((field = strsep(&next, "\t")) != NULL) {
		if (fields.count == FIELDS_MOST || !unescape(field))
			return (0);
		fields.list[fields.count++] = field;
	}
	for (i = fields.count; i < FIELDS_MOST; i++)
		fields.list[i] = "";
	*fields_r = fields;
	return (1);
}

void
fields_add(struct text *line, const char *field)
{
	if (line->length > 0 && line->bytes[line->length - 1] != '\n')
		text_add_byte(line, '\t');
	for (; *field != '\0'; field++) {
		if (*field == '\n')
			text_add(line, "\\n");
		else if (*field == '\t')
			text_add(line, "\\t");
		else if (*field == '\\')
			text_add(line, "\\\\");
		else
			text_add_byte(line, *field);
	}
}

void
fields_add_line(struct text *line, const char *const *list, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		fields_add(line, list[i]);
	text_add_byte(line, '\n');
}
