/* Rows of a CSV file as RFC 4180 has them and spreadsheets write them.
 *
 * Fields stand between commas, in quotation marks where they hold a comma, a
 * quotation mark (doubled) or a line break; rows end with LF or CR LF.  A mark
 * of UTF-8 in front is passed over, and so are blank rows.  Whoever reads
 * complains, with the line the row begins on.
 */
#ifndef GATEWAY_BASE_CSV_H
#define GATEWAY_BASE_CSV_H

#include "gateway/base/text.h"

enum { CSV_FIELDS_MOST = 64 };

struct csv {
	const char *at; /* in the content, which is borrowed */
	int next_line;
	int line; /* the row begins on */
	size_t count; /* of its fields; those beyond the most are dropped */
	struct text fields[CSV_FIELDS_MOST];
	const char *wrong; /* what is, of this row, or NULL */
};

/* Begins at the front of `content`, which ends in a NUL.  *csv is zeroed or
 * was closed. */
void csv_open(struct csv *csv, const char *content);
void csv_close(struct csv *csv);

/* The next row: 1, or 0 at the end.  What is wrong with the form of a row is
 * in `wrong`; reading goes on behind it. */
int csv_next(struct csv *csv);

/* A field of the row, "" when it has none at this place. */
const char *csv_field(const struct csv *csv, size_t place);

#endif
