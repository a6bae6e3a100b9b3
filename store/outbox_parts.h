/* What the files of the outbox share.
 */
#ifndef STORE_OUTBOX_PARTS_H
#define STORE_OUTBOX_PARTS_H

#include "store/outbox.h"
#include "store/store_parts.h"

/* A caller's texts go out in their order: an earlier one that waits or is
 * being sent on the same line holds up the later ones, unless the gate holds
 * it. */
#define IS_FIRST_OF_CALLER \
	" AND NOT EXISTS (SELECT 1 FROM outbox AS earlier" \
	"  WHERE earlier.caller = one.caller" \
	"  AND earlier.line = one.line AND earlier.id < one.id" \
	"  AND earlier.held = '')"

/* Ended: nothing of the text or the person is left in the row. */
#define END_COLUMNS "caller = NULL, content = NULL, ended_utc_s = :now"

const char *outbox_kind_name(enum outbox_kind kind);
/* DONE, or BROKEN: the store has a kind that is none; logged. */
MUST_USE enum outcome outbox_read_kind(
    const struct query *query, int column, enum outbox_kind *kind_r);

#endif
