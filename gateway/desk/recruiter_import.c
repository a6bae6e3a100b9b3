#include "gateway/desk/recruiter_import.h"

#include <stdarg.h>
#include <string.h>

#include "gateway/base/csv.h"
#include "gateway/base/file.h"
#include "gateway/base/memory.h"
#include "gateway/text/answer.h"
#include "gateway/text/utf8.h"

enum { IMPORT_MAX_BYTES = 64 << 20, LICENCE_MAX_BYTES = 60 };

static const char *const column_names[IMPORT_COLUMNS] = {
	[IMPORT_NAME] = "name",
	[IMPORT_LICENCE] = "licence",
	[IMPORT_STATUS] = "status",
	[IMPORT_FORMER] = "former",
	[IMPORT_PLACE] = "place",
};

/* What lists say of an agency, folded. */
static const struct {
	const char *words;
	enum lookup_status status;
} statuses[] = {
	{ "valid|valid license|valid licence|active|licensed|licenced|current|"
	  "in force|running|operating|black|सक्रिय|चालु|বৈধ|সচল",
	    LOOKUP_VALID },
	{ "expired|inactive|not renewed|not valid|invalid|lapsed|red|closed|"
	  "denied renewal|म्याद सकिएको|निष्क्रिय|মেয়াদোত্তীর্ণ",
	    LOOKUP_EXPIRED },
	{ "suspended|on hold|blocked|preventive suspension|"
	  "documentary suspension|निलम्बित|নিলম্বিত|স্থগিত",
	    LOOKUP_SUSPENDED },
	{ "cancelled|canceled|revoked|delisted|withdrawn|terminated|"
	  "surrendered|deregistered|रद्द|खारेज|বাতিল",
	    LOOKUP_CANCELLED },
	{ "banned|forever banned|blacklisted|black listed|कालोसूची",
	    LOOKUP_BANNED },
};

/* A row's licence or name, and the agency that has it. */
struct key {
	char *words;
	size_t agency;
};

struct reading {
	const char *path;
	struct recruiter_import *import;
	struct csv csv;
	size_t place[IMPORT_COLUMNS];
	int has[IMPORT_COLUMNS];
	size_t columns;
	struct key *keys;
	size_t key_count;
};

const char *
import_column_name(enum import_column column)
{
	return (column_names[column]);
}

static void __attribute__((format(printf, 2, 3)))
tell(struct reading *reading, const char *format, ...)
{
	va_list arguments;
	char *made = NULL;

	va_start(arguments, format);
	if (vasprintf(&made, format, arguments) < 0)
		abort();
	va_end(arguments);
	text_printf(&reading->import->told, "%s:%d: %s\n", reading->path,
	    reading->csv.line > 0 ? reading->csv.line : 1, made);
	free(made);
}

/* -- the map ---------------------------------------------------------------- */

static int
read_pair(const char *pair, char *headings[IMPORT_COLUMNS], struct text *why)
{
	size_t length = strcspn(pair, "=");

	for (int i = 0; i < IMPORT_COLUMNS; i++) {
		if (strlen(column_names[i]) != length ||
		    memcmp(column_names[i], pair, length) != 0 ||
		    pair[length] == '\0' || pair[length + 1] == '\0')
			continue;
		free(headings[i]);
		headings[i] = memory_copy(pair + length + 1);
		return (1);
	}
	text_printf(why,
	    "'%s' is not understood: write name=COLUMN, and the same with"
	    " licence, status, former and place",
	    pair);
	return (0);
}

int
import_read_map(
    const char *map, char *headings[IMPORT_COLUMNS], struct text *why)
{
	char *copy = memory_copy(map);
	char *rest = copy;
	int is_right = 1;

	while (is_right && rest != NULL)
		is_right = read_pair(strsep(&rest, ","), headings, why);
	free(copy);
	return (is_right);
}

static int
find_heading(struct reading *reading, const char *heading, size_t *place_r)
{
	for (size_t i = 0; i < reading->csv.count; i++) {
		if (strcasecmp(csv_field(&reading->csv, i), heading) != 0)
			continue;
		*place_r = i;
		return (1);
	}
	return (0);
}

static int
read_header(struct reading *reading, char *const headings[IMPORT_COLUMNS])
{
	int is_right = 1;

	if (!csv_next(&reading->csv) || reading->csv.wrong != NULL) {
		tell(reading, "the first row must name the columns");
		return (0);
	}
	reading->columns = reading->csv.count;
	for (int i = 0; i < IMPORT_COLUMNS; i++) {
		const char *heading =
		    headings[i] != NULL ? headings[i] : column_names[i];

		reading->has[i] =
		    find_heading(reading, heading, &reading->place[i]);
		if (reading->has[i] ||
		    (headings[i] == NULL && i != IMPORT_NAME &&
			i != IMPORT_STATUS))
			continue;
		tell(reading,
		    "there is no column '%s'; say with --map %s=COLUMN which"
		    " one it is",
		    heading, column_names[i]);
		is_right = 0;
	}
	return (is_right);
}

/* -- one row ---------------------------------------------------------------- */

/* A field in one line, without blanks around it or several in a row. */
static char *
take_field(const struct reading *reading, enum import_column column)
{
	const char *at = "";
	struct text words = { 0 };

	if (reading->has[column])
		at = csv_field(&reading->csv, reading->place[column]);
	for (; *at != '\0'; at++) {
		int is_blank = strchr(" \t\r\n", *at) != NULL;

		if (!is_blank)
			text_add_byte(&words, *at);
		else if (words.length > 0 &&
		    words.bytes[words.length - 1] != ' ')
			text_add_byte(&words, ' ');
	}
	if (words.length > 0 && words.bytes[words.length - 1] == ' ')
		text_cut(&words, words.length - 1);
	return (text_take(&words));
}

static int
row_has_form(struct reading *reading)
{
	if (reading->csv.wrong != NULL) {
		tell(reading, "%s", reading->csv.wrong);
		return (0);
	}
	if (reading->csv.count != reading->columns) {
		tell(reading,
		    "this row has %zu fields but the first row %zu; a field"
		    " with a comma stands in quotation marks",
		    reading->csv.count, reading->columns);
		return (0);
	}
	for (size_t i = 0; i < reading->csv.count; i++) {
		const char *field = csv_field(&reading->csv, i);

		if (utf8_is_clean(field, strlen(field)))
			continue;
		tell(reading,
		    "column %zu is not clean UTF-8; save the file as UTF-8",
		    i + 1);
		return (0);
	}
	return (1);
}

static int
fields_fit(struct reading *reading, const char *name, const char *licence)
{
	struct text key = { 0 };
	int has_key;

	if (name[0] == '\0') {
		tell(reading, "the name is missing");
		return (0);
	}
	if (strlen(name) > LOOKUP_NAME_MAX_BYTES ||
	    strlen(licence) > LICENCE_MAX_BYTES) {
		tell(reading,
		    "the name has more than %d bytes or the licence more than"
		    " %d: are the columns right?",
		    LOOKUP_NAME_MAX_BYTES, LICENCE_MAX_BYTES);
		return (0);
	}
	if (strpbrk(name, "{}") != NULL || strpbrk(licence, "{}") != NULL) {
		tell(reading, "a name or licence may not have { } in it");
		return (0);
	}
	lookup_licence_key(licence, &key);
	has_key = key.length > 0 || licence[0] == '\0';
	text_free(&key);
	if (!has_key)
		tell(reading, "the licence has neither a digit nor a letter");
	return (has_key);
}

/* 1, or 0 after telling: nobody guesses what an unknown word means. */
static int
read_status(struct reading *reading, enum lookup_status *status_r)
{
	char *words = take_field(reading, IMPORT_STATUS);
	struct answer answer;
	int is_known = 0;

	answer_read(words, &answer);
	for (size_t i = 0; i < COUNT_OF(statuses) && !is_known; i++) {
		is_known = answer_is(&answer, statuses[i].words);
		*status_r = statuses[i].status;
	}
	if (!is_known) {
		*status_r = LOOKUP_UNCLEAR;
		tell(reading,
		    "the status '%.40s' is not known; write valid, expired,"
		    " suspended, cancelled or banned",
		    words);
	}
	free(words);
	return (is_known);
}

/* -- rows of one agency ----------------------------------------------------- */

/* The agency that has this key, or `count`. */
static size_t
find_key(const struct reading *reading, const char *words)
{
	for (size_t i = 0; i < reading->key_count; i++)
		if (strcmp(reading->keys[i].words, words) == 0)
			return (reading->keys[i].agency);
	return (reading->import->count);
}

static void
add_key(struct reading *reading, const char *words, size_t agency)
{
	if (find_key(reading, words) < reading->import->count)
		return;
	reading->keys = memory_grow(reading->keys, reading->key_count,
	    reading->key_count + 1, sizeof(*reading->keys));
	reading->keys[reading->key_count].words = memory_copy(words);
	reading->keys[reading->key_count++].agency = agency;
}

/* Adds a line that is not there yet. */
static void
add_line(struct text *lines, const char *line)
{
	size_t length = strlen(line);
	const char *at = text_string(lines);

	while (*at != '\0') {
		size_t one = strcspn(at, "\n");

		if (one == length && memcmp(at, line, length) == 0)
			return;
		at += one + (at[one] == '\n');
	}
	if (lines->length > 0)
		text_add_byte(lines, '\n');
	text_add(lines, line);
}

/* A row as it was read; its words are owned here. */
struct row {
	char *name;
	char *licence;
	char *former;
	char *place;
	enum lookup_status status;
	struct text licence_key; /* "l:..." or empty */
	struct text name_key; /* "n:..." */
};

/* The same licence is the same agency.  The same name is so only where one of
 * the two has no licence: two licences may be two agencies, and both are then
 * shown with the status each has. */
static size_t
find_agency(const struct reading *reading, const struct row *row)
{
	const struct recruiter_import *import = reading->import;
	size_t agency = import->count;

	if (row->licence_key.length > 0)
		agency = find_key(reading, text_string(&row->licence_key));
	if (agency < import->count)
		return (agency);
	agency = find_key(reading, text_string(&row->name_key));
	if (agency < import->count && row->licence_key.length > 0 &&
	    import->agencies[agency].licences.length > 0)
		return (import->count);
	return (agency);
}

static void
put_row(struct reading *reading, struct row *row)
{
	struct recruiter_import *import = reading->import;
	size_t place = find_agency(reading, row);
	struct import_agency *agency;

	if (place == import->count) {
		import->agencies = memory_grow(import->agencies, import->count,
		    import->count + 1, sizeof(*import->agencies));
		agency = &import->agencies[import->count++];
		agency->name = memory_copy(row->name);
		agency->place = memory_copy(row->place);
		agency->status = row->status;
	} else {
		import->merged++;
		agency = &import->agencies[place];
		if (strcmp(agency->name, row->name) != 0)
			add_line(&agency->other_names, row->name);
		if (row->status > agency->status)
			agency->status = row->status;
	}
	if (row->licence[0] != '\0')
		add_line(&agency->licences, row->licence);
	if (row->former[0] != '\0')
		add_line(&agency->other_names, row->former);
	if (row->licence_key.length > 0)
		add_key(reading, text_string(&row->licence_key), place);
	add_key(reading, text_string(&row->name_key), place);
}

static void
read_row(struct reading *reading)
{
	struct row row = { 0 };

	reading->import->rows++;
	if (!row_has_form(reading)) {
		reading->import->bad++;
		return;
	}
	row.name = take_field(reading, IMPORT_NAME);
	row.licence = take_field(reading, IMPORT_LICENCE);
	row.former = take_field(reading, IMPORT_FORMER);
	row.place = take_field(reading, IMPORT_PLACE);
	if (fields_fit(reading, row.name, row.licence)) {
		reading->import->bad += !read_status(reading, &row.status);
		if (row.licence[0] != '\0') {
			text_add(&row.licence_key, "l:");
			lookup_licence_key(row.licence, &row.licence_key);
		}
		text_add(&row.name_key, "n:");
		answer_fold(row.name, &row.name_key);
		put_row(reading, &row);
	} else {
		reading->import->bad++;
	}
	free(row.name);
	free(row.licence);
	free(row.former);
	free(row.place);
	text_free(&row.licence_key);
	text_free(&row.name_key);
}

MUST_USE static enum outcome
read_all(struct reading *reading, char *const headings[IMPORT_COLUMNS])
{
	if (!read_header(reading, headings))
		return (REFUSED);
	while (csv_next(&reading->csv))
		read_row(reading);
	if (reading->import->rows > 0)
		return (DONE);
	tell(reading, "there is no row below the first");
	return (REFUSED);
}

enum outcome
recruiter_import_read(const char *path, char *const headings[IMPORT_COLUMNS],
    struct recruiter_import *import)
{
	struct reading reading = { .path = path, .import = import };
	struct text content = { 0 };
	enum outcome outcome = file_read(path, IMPORT_MAX_BYTES, &content);

	if (outcome == NOTHING)
		tell(&reading, "there is no such file");
	if (outcome == DONE && strlen(text_string(&content)) < content.length) {
		tell(&reading, "there is a NUL in the file; save it as UTF-8");
		outcome = REFUSED;
	}
	if (outcome == DONE) {
		csv_open(&reading.csv, text_string(&content));
		outcome = read_all(&reading, headings);
		csv_close(&reading.csv);
	}
	for (size_t i = 0; i < reading.key_count; i++)
		free(reading.keys[i].words);
	free(reading.keys);
	text_free(&content);
	return (outcome == DONE ? DONE : REFUSED);
}

void
recruiter_import_free(struct recruiter_import *import)
{
	for (size_t i = 0; i < import->count; i++) {
		free(import->agencies[i].name);
		free(import->agencies[i].place);
		text_free(&import->agencies[i].other_names);
		text_free(&import->agencies[i].licences);
	}
	free(import->agencies);
	text_free(&import->told);
	*import = (struct recruiter_import){ 0 };
}
