/* What the files of the outbox share.
 */
#ifndef STORE_OUTBOX_PARTS_H
#define STORE_OUTBOX_PARTS_H

#include "store/outbox.h"
#include "store/store_parts.h"

/* A caller's texts go out in their order: an earlier one that waits or is
 * being sent on the same line holds up the later ones, unless the gate or a
 * day's cap holds it.  The first answer to HELP waits only for what is being
 * sent. */
#define IS_FIRST_OF_CALLER \
	" AND NOT EXISTS (SELECT 1 FROM outbox AS earlier" \
	"  WHERE earlier.caller = one.caller" \
	"  AND earlier.line = one.line AND earlier.id < one.id" \
	"  AND earlier.held = '' AND earlier.is_capped = 0" \
	"  AND (one.need < 2 OR earlier.need = 2" \
	"   OR earlier.state = 'sending'))"

/* Ended: nothing of the text or the person is left in the row. */
#define END_COLUMNS "caller = NULL, content = NULL, ended_utc_s = :now"

/* SENDING to a state that is an end; NOTHING when it was not SENDING. */
MUST_USE enum outcome outbox_end_as(struct store *store, struct outbox_id id,
    enum outbox_state state, int64_t now_utc_s);

/* Reads number and text out of the box of a row whose caller is filled in;
 * REFUSED when it does not open. */
MUST_USE enum outcome outbox_unbox(struct store *store,
    const struct query *query, int column, struct outbox_row *row);
/* DONE, or BROKEN: the store has a kind that is none; logged. */
MUST_USE enum outcome outbox_read_kind(
    const struct query *query, int column, enum outbox_kind *kind_r);

#endif
