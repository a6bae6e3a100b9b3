/* The entries of a PO file, read for the helpline by libgettextpo.
 *
 * The library asks iconv about every single character of a file that names its
 * charset, which is two thirds of its time, and keeps comments that only
 * translators read.  So it is not given the file but a copy in memory without
 * the two; that the bytes are UTF-8 is looked at here, once.  Not reentrant,
 * as the library is not.
 */
#ifndef LOCALES_READ_PO_H
#define LOCALES_READ_PO_H

#include <stddef.h>

#include "gateway/base/outcome.h"
#include "gateway/base/text.h"

/* An entry that is not obsolete; borrowed for the time of the call. */
struct po_read_entry {
	const char *id; /* msgctxt; NULL for the header */
	const char *source;
	const char *translation;
	int is_fuzzy;
	int is_stale; /* fuzzy, since the source has changed */
	int is_unneeded; /* see kept_po.h */
};

/* A file while it is read. */
struct po_reading {
	const char *path; /* what complaints name */
	struct text content; /* of the file; free it when all is read */
	int complaints;
	size_t last_line; /* of a complaint of libgettextpo */
	void (*take)(
	    struct po_reading *reading, const struct po_read_entry *entry);
	void *context; /* of take() */
};

/*
 * Reads the file and gives every entry to take(), in their order; none when
 * the file is wrong.  What take() complains about counts.
 *
 * DONE     there was nothing to complain about
 * REFUSED  there was; every complaint is in the log with file and line
 */
MUST_USE enum outcome po_read(struct po_reading *reading);

/* Says what is wrong with a line, and counts it. */
void po_complain(struct po_reading *reading, size_t line, const char *format,
    ...) __attribute__((format(printf, 3, 4)));

/* The line an entry begins on (its msgctxt, or msgid where it has none), for
 * complaints: slow. */
size_t po_line_of(
    const struct po_reading *reading, const struct po_read_entry *entry);

/* The line a field of the header stands on, or 1. */
size_t po_line_of_field(const struct po_reading *reading, const char *name);

#endif
