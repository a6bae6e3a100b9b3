/* The versions of the store: store/schema/NNNN-*.sql, built into the program.
 *
 * schema.c is made from those files by the build.  Each brings a store from
 * the version before to its own, in one transaction in which it also sets
 * user_version.
 */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

#include <stddef.h>

#include "gateway/base/outcome.h"
#include "store/statement.h"

/* The lines of one file, ended by NULL. */
struct schema {
	const char *const *lines;
};

/* In order; the first is version 1. */
extern const struct schema schemas[];
extern const size_t schema_count;

/* "WYMK": what PRAGMA application_id says of a store of ours. */
enum { SCHEMA_APPLICATION_ID = 0x57594d4b };

/*
 * Brings a database from its version up to `count`.
 *
 * DONE       it has that version
 * REFUSED    it is newer; logged
 * TRY_LATER  the disk fails; it has the version of the last step that was
 *            committed
 * BROKEN     a step is wrong; the same
 */
MUST_USE enum outcome schema_upgrade(struct database *database,
    const struct schema *steps, size_t count);

#endif
