#include "menus/csv_table.h"

#include <stdarg.h>

#include "gateway/base/clock.h"
#include "gateway/base/file.h"
#include "gateway/base/log.h"

enum { TABLE_MAX_BYTES = 1 << 20 };

void
csv_table_complain(struct csv_table *table, const char *format, ...)
{
	va_list arguments;
	char *made = NULL;

	va_start(arguments, format);
	if (vasprintf(&made, format, arguments) < 0)
		abort();
	va_end(arguments);
	log_err("%s:%d: %s", table->path, csv_table_line(table), made);
	free(made);
	table->complaints++;
}

static void
read_heading(struct csv_table *table, size_t place, int *seen)
{
	const char *name = csv_field(&table->csv, place);
	size_t column = 0;

	while (column < table->name_count &&
	    strcmp(table->names[column], name) != 0)
		column++;
	if (column == table->name_count)
		csv_table_complain(table,
		    "there is no column '%s', see menus/README.md", name);
	else if (seen[column]++)
		csv_table_complain(table, "column '%s' is there twice", name);
	else
		table->place[column] = place;
}

static void
read_headings(struct csv_table *table)
{
	int seen[CSV_TABLE_COLUMNS_MOST] = { 0 };

	if (!csv_next(&table->csv)) {
		csv_table_complain(table,
		    "the file is empty; its first row names the columns, see"
		    " menus/README.md");
		return;
	}
	if (table->csv.wrong != NULL)
		csv_table_complain(table, "%s", table->csv.wrong);
	table->columns = table->csv.count;
	for (size_t i = 0; i < table->csv.count; i++)
		read_heading(table, i, seen);
	for (size_t i = 0; i < table->name_count; i++)
		if (!seen[i])
			csv_table_complain(table, "the column '%s' is missing",
			    table->names[i]);
}

enum outcome
csv_table_open(struct csv_table *table)
{
	enum outcome outcome =
	    file_read(table->path, TABLE_MAX_BYTES, &table->content);

	if (table->name_count > CSV_TABLE_COLUMNS_MOST)
		abort();
	if (outcome != DONE)
		return (outcome);
	if (strlen(text_string(&table->content)) < table->content.length)
		csv_table_complain(
		    table, "there is a NUL in the file; save it as UTF-8");
	csv_open(&table->csv, text_string(&table->content));
	if (table->complaints == 0)
		read_headings(table);
	/* Without its columns nothing can be said of a row. */
	return (table->complaints == 0 ? DONE : REFUSED);
}

void
csv_table_close(struct csv_table *table)
{
	csv_close(&table->csv);
	text_free(&table->content);
}

int
csv_table_next(struct csv_table *table)
{
	while (csv_next(&table->csv)) {
		if (table->csv.wrong != NULL)
			csv_table_complain(table, "%s", table->csv.wrong);
		else if (table->csv.count != table->columns)
			csv_table_complain(table,
			    "this row has %zu fields but the header %zu; put"
			    " fields with a comma into quotation marks",
			    table->csv.count, table->columns);
		else
			return (1);
	}
	return (0);
}

const char *
csv_table_field(const struct csv_table *table, size_t column)
{
	return (csv_field(&table->csv, table->place[column]));
}

int
csv_table_line(const struct csv_table *table)
{
	return (table->csv.line > 0 ? table->csv.line : 1);
}

int64_t
csv_table_date(struct csv_table *table, size_t column)
{
	const char *written = csv_table_field(table, column);
	int64_t utc_s = 0;

	if (written[0] != '\0' && !clock_read_date(written, &utc_s))
		csv_table_complain(table,
		    "%s is '%s' but must be a date such as 2026-11-21, or"
		    " empty",
		    table->names[column], written);
	return (utc_s);
}

int
csv_table_yes(struct csv_table *table, size_t column)
{
	const char *written = csv_table_field(table, column);

	if (strcmp(written, "yes") != 0 && strcmp(written, "no") != 0)
		csv_table_complain(table, "%s is '%s' but must be yes or no",
		    table->names[column], written);
	return (strcmp(written, "yes") == 0);
}
