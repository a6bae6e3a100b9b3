#include "gateway/base/csv.h"

#include <string.h>

void
csv_open(struct csv *csv, const char *content)
{
	static const char mark[] = "\xef\xbb\xbf";

	csv->at = content;
	if (strncmp(content, mark, sizeof(mark) - 1) == 0)
		csv->at += sizeof(mark) - 1;
	csv->next_line = 1;
	csv->count = 0;
	csv->wrong = NULL;
}

void
csv_close(struct csv *csv)
{
	for (size_t i = 0; i < CSV_FIELDS_MOST; i++)
		text_free(&csv->fields[i]);
}

/* A field in quotation marks, `at` on the first; leaves `at` behind the
 * last. */
static void
read_quoted(struct csv *csv, struct text *field)
{
	const char *at = csv->at + 1;

	for (; *at != '\0'; at++) {
		if (at[0] == '"' && at[1] == '"')
			at++;
		else if (*at == '"')
			break;
		if (*at == '\n')
			csv->next_line++;
		text_add_byte(field, *at);
	}
	if (*at == '\0')
		csv->wrong = "a quotation mark opened in this row is never"
			     " closed";
	csv->at = at + (*at != '\0');
}

static void
read_field(struct csv *csv, struct text *field)
{
	size_t length;

	if (*csv->at == '"') {
		read_quoted(csv, field);
		return;
	}
	length = strcspn(csv->at, ",\r\n");
	text_add_bytes(field, csv->at, length);
	csv->at += length;
}

static void
end_row(struct csv *csv)
{
	if (csv->at[0] == '\r' && csv->at[1] == '\n')
		csv->at++;
	if (*csv->at != '\n' && *csv->at != '\0') {
		csv->wrong = "something stands behind a closing quotation mark,"
			     " or a line break is no line break";
		csv->at += strcspn(csv->at, "\n");
	}
	if (*csv->at == '\n') {
		csv->at++;
		csv->next_line++;
	}
}

static void
read_row(struct csv *csv)
{
	csv->line = csv->next_line;
	csv->wrong = NULL;
	for (size_t i = 0; i < csv->count && i < CSV_FIELDS_MOST; i++)
		text_clear(&csv->fields[i]);
	csv->count = 0;
	for (;;) {
		struct text spare = { 0 };

		read_field(csv,
		    csv->count < CSV_FIELDS_MOST ? &csv->fields[csv->count]
						 : &spare);
		text_free(&spare);
		csv->count++;
		if (*csv->at != ',')
			break;
		csv->at++;
	}
	if (csv->count > CSV_FIELDS_MOST)
		csv->wrong = "this row has more columns than any list";
	end_row(csv);
}

int
csv_next(struct csv *csv)
{
	while (*csv->at != '\0') {
		read_row(csv);
		if (csv->wrong != NULL || csv->count > 1 ||
		    csv->fields[0].length > 0)
			return (1);
	}
	return (0);
}

const char *
csv_field(const struct csv *csv, size_t place)
{
	if (place >= csv->count || place >= CSV_FIELDS_MOST)
		return ("");
	return (text_string(&csv->fields[place]));
}
