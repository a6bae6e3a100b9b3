/* Writes CSV (RFC 4180) for people with spreadsheets.
 *
 * A field that a spreadsheet could take for a formula gets an apostrophe in
 * front: what begins with = + - @, a tab or a line end, also behind blanks and
 * in the full width of East Asia.  Rows end with CR LF.
 */
#ifndef GATEWAY_BASE_CSV_WRITE_H
#define GATEWAY_BASE_CSV_WRITE_H

#include "gateway/base/text.h"

/* Adds a row; NULL is an empty field. */
void csv_write_row(struct text *out, const char *const *fields, size_t count);

#endif
