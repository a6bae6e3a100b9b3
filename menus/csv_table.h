/* A list of the NGO's, as a CSV file whose first row names its columns: what
 * facts and directories have in common.
 *
 * Every mistake goes to the log with file and line and is counted, so that an
 * editor learns of all at once; a row of the wrong form is told and passed
 * over.
 */
#ifndef MENUS_CSV_TABLE_H
#define MENUS_CSV_TABLE_H

#include <stdint.h>

#include "gateway/base/csv.h"
#include "gateway/base/outcome.h"

enum { CSV_TABLE_COLUMNS_MOST = 16 };

/* Zeroed but for the first three it is ready to be opened. */
struct csv_table {
	const char *path;
	const char *const *names; /* of the columns there must be */
	size_t name_count;
	struct text content;
	struct csv csv;
	size_t place[CSV_TABLE_COLUMNS_MOST]; /* of each in a row */
	size_t columns; /* of the first row */
	int complaints;
};

/*
 * Reads the file and its first row.
 *
 * DONE     rows can be read
 * NOTHING  there is no such file
 * REFUSED  it cannot be read, or its columns are wrong; logged
 *
 * Close it in all cases.
 */
MUST_USE enum outcome csv_table_open(struct csv_table *table);
void csv_table_close(struct csv_table *table);

/* The next row that has all its fields: 1, or 0 at the end. */
int csv_table_next(struct csv_table *table);
const char *csv_table_field(const struct csv_table *table, size_t column);
int csv_table_line(const struct csv_table *table);

/* A date such as 2026-11-21, or 0 where there is none; complains of what is
 * neither. */
int64_t csv_table_date(struct csv_table *table, size_t column);
/* 1 for yes, 0 for no; complains of what is neither. */
int csv_table_yes(struct csv_table *table, size_t column);

/* Says what is wrong with the row, and counts it. */
void csv_table_complain(struct csv_table *table, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
