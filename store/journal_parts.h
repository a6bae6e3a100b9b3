/* What journal.c and journal_join.c share; for nobody else.
 *
 * The number and the text of a row that waits stand in one box, number first,
 * a NUL between, bound to the row by its dedupe key.
 */
#ifndef STORE_JOURNAL_PARTS_H
#define STORE_JOURNAL_PARTS_H

#include "store/journal.h"
#include "store/store_parts.h"

/* A row to insert: what both arrivals and joined texts have. */
struct journal_insert {
	const struct journal_entry *entry;
	enum journal_state state;
	const struct dedupe_key *dedupe;
	const void *caller;	/* NULL for none */
	size_t caller_length;
	int is_partial;
};

/* DONE and the new id, or NOTHING: the dedupe key is there already. */
MUST_USE enum outcome journal_insert(struct store *store,
    const struct journal_insert *insert, struct journal_id *id_r);

void journal_box_content(struct store *store, const struct dedupe_key *dedupe,
    const char *number, const char *text, struct text *box);

/* DONE, both texts added to; or REFUSED, logged. */
MUST_USE enum outcome journal_unbox_content(struct store *store,
    const struct query *query, int dedupe_column, int content_column,
    struct journal_row *row);

#endif
