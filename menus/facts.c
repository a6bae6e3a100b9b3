#include "menus/facts.h"

#include "gateway/base/clock.h"
#include "gateway/base/file.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/base/text.h"
#include "gateway/text/utf8.h"

enum { FACTS_MAX_BYTES = 1 << 20, COLUMNS_MOST = 16 };

enum column {
	COLUMN_NAME,
	COLUMN_VALUE,
	COLUMN_UNIT,
	COLUMN_SOURCE,
	COLUMN_SOURCE_URL,
	COLUMN_SOURCE_DATE,
	COLUMN_CHECKED_ON,
	COLUMN_EXPIRES_ON,
	COLUMN_RISK_NOTE,
	COLUMN_SHOW,
	COLUMN_COUNT,
};

static const char *const column_names[COLUMN_COUNT] = {
	[COLUMN_NAME] = "name",
	[COLUMN_VALUE] = "value",
	[COLUMN_UNIT] = "unit",
	[COLUMN_SOURCE] = "source",
	[COLUMN_SOURCE_URL] = "source_url",
	[COLUMN_SOURCE_DATE] = "source_date",
	[COLUMN_CHECKED_ON] = "checked_on",
	[COLUMN_EXPIRES_ON] = "expires_on",
	[COLUMN_RISK_NOTE] = "risk_note",
	[COLUMN_SHOW] = "show",
};

/* One row of the file being read. */
struct row {
	size_t count;
	struct text fields[COLUMNS_MOST];
	int line; /* it starts on */
};

struct reading {
	const char *path;
	const char *at;
	int line;
	size_t place[COLUMN_COUNT]; /* of each column in a row */
	size_t columns;
	struct row row;
	int complaints;
};

static void __attribute__((format(printf, 2, 3)))
complain(struct reading *reading, const char *format, ...)
{
	va_list arguments;
	char *made = NULL;

	va_start(arguments, format);
	if (vasprintf(&made, format, arguments) < 0)
		abort();
	va_end(arguments);
	log_err("%s:%d: %s", reading->path, reading->row.line, made);
	free(made);
	reading->complaints++;
}

static void
clear_row(struct row *row)
{
	for (size_t i = 0; i < COLUMNS_MOST; i++)
		text_clear(&row->fields[i]);
	row->count = 0;
}

/* A field in quotes, `at` on the opening one; leaves `at` behind it. */
static int
read_quoted(struct reading *reading, struct text *field)
{
	const char *at = reading->at + 1;

	for (;; at++) {
		if (*at == '\0')
			return (0);
		if (*at == '"' && at[1] == '"')
			at++;
		else if (*at == '"')
			break;
		if (*at == '\n')
			reading->line++;
		text_add_byte(field, *at);
	}
	reading->at = at + 1;
	return (1);
}

static void
read_field(struct reading *reading, struct text *field)
{
	size_t length;

	if (*reading->at == '"') {
		if (read_quoted(reading, field))
			return;
		complain(reading,
		    "a quotation mark opened in this row is"
		    " never closed");
		reading->at += strlen(reading->at);
		return;
	}
	length = strcspn(reading->at, ",\r\n");
	text_add_bytes(field, reading->at, length);
	reading->at += length;
}

/* Reads one row: 1, or 0 at the end of the file. */
static int
read_row(struct reading *reading)
{
	struct row *row = &reading->row;

	clear_row(row);
	if (*reading->at == '\0')
		return (0);
	row->line = reading->line;
	for (;;) {
		struct text spare = { 0 };

		read_field(reading,
		    row->count < COLUMNS_MOST ? &row->fields[row->count]
					      : &spare);
		text_free(&spare);
		row->count++;
		if (*reading->at != ',')
			break;
		reading->at++;
	}
	if (reading->at[0] == '\r' && reading->at[1] == '\n')
		reading->at++;
	if (*reading->at == '\n') {
		reading->at++;
		reading->line++;
	} else if (*reading->at != '\0') {
		complain(reading,
		    "something stands behind a closing"
		    " quotation mark");
		reading->at += strcspn(reading->at, "\n");
	}
	return (1);
}

static int
row_is_blank(const struct row *row)
{
	return (row->count == 1 && row->fields[0].length == 0);
}

static void
read_header(struct reading *reading)
{
	int seen[COLUMN_COUNT] = { 0 };

	if (!read_row(reading)) {
		reading->row.line = 1;
		complain(reading,
		    "the file is empty; its first row names the"
		    " columns, see menus/README.md");
		return;
	}
	reading->columns = reading->row.count;
	for (size_t i = 0; i < reading->row.count && i < COLUMNS_MOST; i++) {
		const char *name = text_string(&reading->row.fields[i]);
		size_t column = 0;

		while (column < COLUMN_COUNT &&
		    strcmp(column_names[column], name) != 0)
			column++;
		if (column == COLUMN_COUNT) {
			complain(reading,
			    "there is no column '%s', see"
			    " menus/README.md",
			    name);
		} else if (seen[column]++) {
			complain(reading, "column '%s' is there twice", name);
		} else {
			reading->place[column] = i;
		}
	}
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		if (!seen[i])
			complain(reading, "the column '%s' is missing",
			    column_names[i]);
}

static const char *
field(const struct reading *reading, enum column column)
{
	return (text_string(&reading->row.fields[reading->place[column]]));
}

static void
read_date(
    struct reading *reading, enum column column, char date[12], int64_t *utc_s)
{
	const char *written = field(reading, column);

	if (written[0] == '\0')
		return;
	if (!clock_read_date(written, utc_s)) {
		complain(reading,
		    "%s is '%s' but must be a date such as"
		    " 2026-11-21, or empty",
		    column_names[column], written);
		return;
	}
	snprintf(date, 12, "%s", written);
}

static int
name_is_good(const char *name)
{
	return (name[0] != '\0' &&
	    name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-")] ==
		'\0');
}

static void
check_row(struct reading *reading, const struct facts *facts)
{
	const char *name = field(reading, COLUMN_NAME);
	const char *show = field(reading, COLUMN_SHOW);
	const struct fact *twin = facts_find(facts, name, strlen(name));

	if (!name_is_good(name))
		complain(reading,
		    "the name '%s' must be made of small letters,"
		    " digits, - and _",
		    name);
	else if (twin != NULL)
		complain(reading, "the fact '%s' stands already on line %d",
		    name, twin->line);
	if (strcmp(show, "yes") != 0 && strcmp(show, "no") != 0)
		complain(reading, "show is '%s' but must be yes or no", show);
	for (size_t i = 0; i < reading->row.count; i++)
		if (!utf8_is_clean(text_string(&reading->row.fields[i]),
			reading->row.fields[i].length))
			complain(reading,
			    "column %zu is not clean UTF-8; save"
			    " the file as UTF-8",
			    i + 1);
	if (strcmp(show, "yes") == 0 && field(reading, COLUMN_VALUE)[0] == '\0')
		complain(
		    reading, "the fact '%s' is shown but has no value", name);
	if (strpbrk(field(reading, COLUMN_VALUE), "\n{}") != NULL)
		complain(reading, "a value must be one line without { }");
}

static void
add_fact(struct reading *reading, struct facts *facts)
{
	struct fact *fact;

	if (reading->row.count != reading->columns) {
		complain(reading,
		    "this row has %zu fields but the header %zu;"
		    " put fields with a comma into quotation marks",
		    reading->row.count, reading->columns);
		return;
	}
	check_row(reading, facts);
	facts->list = memory_grow(
	    facts->list, facts->count, facts->count + 1, sizeof(*facts->list));
	fact = &facts->list[facts->count++];
	fact->name = memory_copy(field(reading, COLUMN_NAME));
	fact->value = memory_copy(field(reading, COLUMN_VALUE));
	fact->unit = memory_copy(field(reading, COLUMN_UNIT));
	fact->is_shown = strcmp(field(reading, COLUMN_SHOW), "yes") == 0;
	fact->line = reading->row.line;
	read_date(
	    reading, COLUMN_CHECKED_ON, fact->checked_on, &fact->checked_utc_s);
	read_date(
	    reading, COLUMN_EXPIRES_ON, fact->expires_on, &fact->expires_utc_s);
}

static void
read_all(struct reading *reading, struct facts *facts)
{
	static const char mark[] = "\xef\xbb\xbf"; /* spreadsheets */

	if (strncmp(reading->at, mark, 3) == 0)
		reading->at += 3;
	reading->line = 1;
	read_header(reading);
	/* Without its columns nothing can be said of a row. */
	if (reading->complaints > 0)
		return;
	while (read_row(reading))
		if (!row_is_blank(&reading->row))
			add_fact(reading, facts);
}

enum outcome
facts_load(const char *path, struct facts **facts_r)
{
	struct reading reading = { .path = path };
	struct facts *facts = memory_new(1, sizeof(*facts));
	struct text content = { 0 };
	enum outcome outcome = file_read(path, FACTS_MAX_BYTES, &content);

	facts->file = memory_copy(path);
	if (outcome == NOTHING)
		log_err("%s: there is no such file; copy the header of another"
			" facts file",
		    path);
	if (outcome == DONE && strlen(text_string(&content)) < content.length) {
		log_err(
		    "%s: there is a NUL in the file; save it as UTF-8", path);
		outcome = REFUSED;
	}
	if (outcome == DONE) {
		reading.at = text_string(&content);
		read_all(&reading, facts);
	}
	text_free(&content);
	for (size_t i = 0; i < COLUMNS_MOST; i++)
		text_free(&reading.row.fields[i]);
	if (outcome != DONE || reading.complaints > 0) {
		facts_free(facts);
		return (REFUSED);
	}
	*facts_r = facts;
	return (DONE);
}

void
facts_free(struct facts *facts)
{
	if (facts == NULL)
		return;
	for (size_t i = 0; i < facts->count; i++) {
		free(facts->list[i].name);
		free(facts->list[i].value);
		free(facts->list[i].unit);
	}
	free(facts->list);
	free(facts->file);
	free(facts);
}

const struct fact *
facts_find(const struct facts *facts, const char *name, size_t name_length)
{
	for (size_t i = 0; facts != NULL && i < facts->count; i++) {
		const struct fact *fact = &facts->list[i];

		if (strncmp(fact->name, name, name_length) == 0 &&
		    fact->name[name_length] == '\0')
			return (fact);
	}
	return (NULL);
}

int
fact_may_be_sent(const struct fact *fact, int64_t now_utc_s)
{
	return (fact != NULL && fact->is_shown && fact->checked_on[0] != '\0' &&
	    fact->expires_on[0] != '\0' && fact->checked_utc_s <= now_utc_s &&
	    now_utc_s < fact->expires_utc_s);
}
