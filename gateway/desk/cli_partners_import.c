/* waymark partners import: a list of partners from a spreadsheet program. */
#include "gateway/base/clock.h"
#include "gateway/base/csv.h"
#include "gateway/base/file.h"
#include "gateway/base/memory.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_partners.h"

enum { IMPORT_MOST = 10000 };

/* The rows of a file, and where each stands in it. */
struct rows {
	struct partner_wish *items;
	int *lines;
	size_t count;
};

static void
rows_free(struct rows *rows)
{
	for (size_t i = 0; i < rows->count; i++) {
		struct partner_wish *row = &rows->items[i];
		const char *fields[] = { row->name, row->kind, row->place,
			row->reach, row->languages, row->serves, row->key };

		for (size_t k = 0; k < COUNT_OF(fields); k++)
			free((void *)(uintptr_t)fields[k]);
	}
	free(rows->items);
	free(rows->lines);
}

/* Where a column stands in the first row, or -1. */
static int
find_column(const struct csv *csv, const char *name)
{
	for (size_t i = 0; i < csv->count; i++) {
		if (strcmp(csv_field(csv, i), name) == 0)
			return ((int)i);
	}
	return (-1);
}

enum { NAME, KIND, PLACE, REACH, LANGUAGES, SERVES, KEY, COLUMNS };

/* 0 when there is no name, or a column nobody knows: a slip in a heading would
 * lose what stands below it. */
static int
read_headings(const struct csv *csv, int places[COLUMNS])
{
	static const char *const names[COLUMNS] = { "name", "kind", "place",
		"reach", "languages", "serves", "key" };
	size_t known = 0;

	for (size_t i = 0; i < COLUMNS; i++) {
		places[i] = find_column(csv, names[i]);
		known += places[i] >= 0;
	}
	return (places[NAME] >= 0 && known == csv->count);
}

/* What is not in the file is left as it is. */
static const char *
copy_of(const struct csv *csv, int place)
{
	return (place < 0 ? NULL : memory_copy(csv_field(csv, (size_t)place)));
}

static void
add_row(struct rows *rows, const struct csv *csv, const int places[COLUMNS])
{
	rows->items = memory_grow(
	    rows->items, rows->count, rows->count + 1, sizeof(*rows->items));
	rows->lines = memory_grow(
	    rows->lines, rows->count, rows->count + 1, sizeof(*rows->lines));
	rows->lines[rows->count] = csv->line;
	rows->items[rows->count++] = (struct partner_wish){
		.name = copy_of(csv, places[NAME]),
		.kind = copy_of(csv, places[KIND]),
		.place = copy_of(csv, places[PLACE]),
		.reach = copy_of(csv, places[REACH]),
		.languages = copy_of(csv, places[LANGUAGES]),
		.serves = copy_of(csv, places[SERVES]),
		.key = copy_of(csv, places[KEY]),
	};
}

/* An exit status. */
static int
read_rows(const char *path, struct csv *csv, struct rows *rows)
{
	int places[COLUMNS];

	if (!csv_next(csv) || !read_headings(csv, places))
		return (cli_failed("partners",
		    "%s:1: the first row names the columns, each once and no"
		    " others: name, kind, place, reach, languages, serves, key",
		    path));
	while (csv_next(csv)) {
		if (csv->wrong != NULL)
			return (cli_failed("partners", "%s:%d: %s", path,
			    csv->line, csv->wrong));
		if (rows->count == IMPORT_MOST)
			return (cli_failed("partners",
			    "%s:%d: more than %d partners", path, csv->line,
			    (int)IMPORT_MOST));
		add_row(rows, csv, places);
	}
	return (EXIT_DONE);
}

static int
import(const struct partners_wish *wish, const struct rows *rows)
{
	struct session session;
	struct partner_trouble trouble;
	enum outcome outcome;

	if (session_open(&wish->who, &session) != DONE)
		return (EXIT_FAILED);
	outcome = partner_book_put(
	    &session.worker, rows->items, rows->count, clock_utc_s(), &trouble);
	session_close(&session);
	if (outcome == REFUSED && trouble.why != PARTNER_NOT_LEAD)
		return (cli_failed("partners", "%s:%d: %s; nothing was changed",
		    wish->word, rows->lines[trouble.wrong],
		    partner_reason_words(trouble.why)));
	if (outcome != DONE)
		return (cli_failed(
		    "partners", "%s", partner_reason_words(trouble.why)));
	printf("%zu partners kept\n", rows->count);
	return (EXIT_DONE);
}

int
partners_run_import(const struct partners_wish *wish)
{
	struct text content = { 0 };
	struct csv csv = { 0 };
	struct rows rows = { 0 };
	enum outcome outcome =
	    file_read(wish->word, PARTNERS_FILE_MOST_BYTES, &content);
	int status;

	if (outcome == NOTHING)
		return (cli_failed(
		    "partners", "there is no file '%s'", wish->word));
	if (outcome != DONE)
		return (EXIT_FAILED);
	csv_open(&csv, text_string(&content));
	status = read_rows(wish->word, &csv, &rows);
	if (status == EXIT_DONE)
		status = import(wish, &rows);
	rows_free(&rows);
	csv_close(&csv);
	text_free(&content);
	return (status);
}
