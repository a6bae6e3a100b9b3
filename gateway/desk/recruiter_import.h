/* An official list of recruiters as a CSV file, read for the store.
 *
 * Lists come from ministries in many shapes: a column map says which column is
 * what, statuses are read from the words such lists use, and rows of one
 * agency become one with the worst status any of them has.  Every row that
 * cannot be read is told with file and line.
 */
#ifndef GATEWAY_DESK_RECRUITER_IMPORT_H
#define GATEWAY_DESK_RECRUITER_IMPORT_H

#include <stddef.h>

#include "gateway/base/text.h"
#include "menus/lookup.h"

enum import_column {
	IMPORT_NAME,
	IMPORT_LICENCE,
	IMPORT_STATUS,
	IMPORT_FORMER,
	IMPORT_PLACE,
	IMPORT_COLUMNS,
};

/* What a column is called in --map: "name", "licence" ... */
const char *import_column_name(enum import_column column);

/* Reads "name=Agency Name,licence=Lic No": 1, or 0 with what is wrong in
 * *why.  `headings` are yours to free; those not mapped stay NULL. */
int import_read_map(
    const char *map, char *headings[IMPORT_COLUMNS], struct text *why);

/* An agency, its rows made one. */
struct import_agency {
	char *name;
	struct text other_names; /* a line each */
	struct text licences; /* as written, a line each */
	char *place;
	enum lookup_status status;
};

/* Zeroed it is empty. */
struct recruiter_import {
	struct import_agency *agencies;
	size_t count;
	size_t rows; /* read, the bad ones among them */
	size_t merged; /* rows that joined an agency before them */
	size_t bad;
	struct text told; /* "file:line: what is wrong\n" ... */
};

/*
 * Reads a file; `headings` says which column is what, NULL means its own name.
 *
 * DONE     everything that can be read is in *import; `bad` may still count
 *          rows.  One whose status alone cannot be read is in it as "unclear".
 * REFUSED  the file or its first row cannot be read; `told` says why
 *
 * Free in both cases.
 */
MUST_USE enum outcome recruiter_import_read(const char *path,
    char *const headings[IMPORT_COLUMNS], struct recruiter_import *import);
void recruiter_import_free(struct recruiter_import *import);

#endif
