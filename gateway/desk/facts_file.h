/* A facts file as bytes, so that one field is changed and nothing else.
 *
 * menus/facts.h reads what is sent to callers; this is for the technician who
 * dials the numbers.  A file that facts_load() takes is read here as well.
 */
#ifndef GATEWAY_DESK_FACTS_FILE_H
#define GATEWAY_DESK_FACTS_FILE_H

#include "gateway/base/outcome.h"
#include "gateway/base/text.h"

enum { FACTS_FILE_COLUMNS_MOST = 16 };

struct facts_cell {
	size_t start; /* in the file's bytes, with its quotation marks */
	size_t length;
	char *words;
};

struct facts_row {
	int line;
	size_t count;
	struct facts_cell cells[FACTS_FILE_COLUMNS_MOST];
};

/* Row 0 is the header. */
struct facts_file {
	char *path;
	struct text content;
	struct facts_row *rows;
	size_t row_count;
};

/* DONE and *file_r is yours until facts_file_free(), or REFUSED (logged). */
MUST_USE enum outcome facts_file_load(
    const char *path, struct facts_file *file_r);
void facts_file_free(struct facts_file *file);

/* The words under a heading; "" where there are none. */
const char *facts_file_get(
    const struct facts_file *file, size_t row, const char *column);

/* Changes them in memory; all other bytes stay.  1, or 0 when there is no such
 * column in that row. */
int facts_file_set(
    struct facts_file *file, size_t row, const char *column, const char *words);

/* DONE, or TRY_LATER (logged). */
MUST_USE enum outcome facts_file_save(const struct facts_file *file);

#endif
