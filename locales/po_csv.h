/* A PO file as a sheet, for translators who work in a spreadsheet.
 *
 * RFC 4180 in UTF-8 with a byte order mark (so that spreadsheets do not guess
 * another encoding) and the columns id, source, translation, note, room,
 * state, language.  A cell that begins with = + - @, a tab or an apostrophe
 * gets an apostrophe in front, so that no spreadsheet takes it for a formula;
 * import takes it off again.  State is "translated", "fuzzy", "stale",
 * "missing" or "not needed".  Pure.
 */
#ifndef LOCALES_PO_CSV_H
#define LOCALES_PO_CSV_H

#include "locales/kept_po.h"

/* -- export ----------------------------------------------------------------- */

void po_csv_add_heading(struct text *out);

struct po_csv_row {
	const char *id;
	const char *source;
	const char *translation;
	const char *note;
	int room; /* 0: nothing limits it */
	enum po_state state;
	const char *language;
};
void po_csv_add_row(struct text *out, const struct po_csv_row *row);

/* -- import ----------------------------------------------------------------- */

/* One entry that a sheet changes. */
struct po_csv_change {
	struct po_entry *entry; /* as it was until po_csv_apply() */
	char *translation; /* as it shall be */
	enum po_state state;
	int line; /* of the row */
};

/* A sheet held against a PO file.  Zeroed it is empty. */
struct po_csv_import {
	const char *path; /* of the sheet, for complaints */
	struct kept_po *file;
	const char *language;
	const char *script; /* the PO file's X-Script, or "" */
	/* 1 when callers need this text to reach a person, so that it must
	 * not be emptied. */
	int (*is_safety)(const void *context, const char *id);
	const void *context;

	struct po_csv_change *changes;
	size_t change_count;
	size_t rows;
	int complaints;
};

/*
 * Reads a sheet and finds what it changes; changes nothing yet.  Of a sheet
 * with one mistake nothing is taken.
 *
 * DONE     `changes` is what it would do
 * NOTHING  it changes nothing
 * REFUSED  every mistake is in the log with its line
 */
MUST_USE enum outcome po_csv_read(
    struct po_csv_import *import, const char *content);

/* Adds the changes for a person to look at. */
void po_csv_add_diff(const struct po_csv_import *import, struct text *out);

void po_csv_apply(struct po_csv_import *import);
void po_csv_import_free(struct po_csv_import *import);

#endif
