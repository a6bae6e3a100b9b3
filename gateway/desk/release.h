/* One release of tallies while it is made: for exports.c. */
#ifndef GATEWAY_DESK_RELEASE_H
#define GATEWAY_DESK_RELEASE_H

#include "gateway/desk/exports.h"

/* Requests, needs, signs, feedback: one table each.  Recruiters are not among
 * them: one caller may look up one as often as they like. */
enum { RELEASE_TABLES = 4 };

struct release {
	struct anonymous tables[RELEASE_TABLES];
};

/* Reads the tallies of the weeks and hides what must be.  Free afterwards,
 * whatever came of it. */
MUST_USE enum outcome release_read(struct store *store,
    const struct export_tallies *wish, struct release *release);
void release_free(struct release *release);

/* Lays it beside the ledger.  DONE: it may go; *is_repeat_r when the very same
 * went out before.  REFUSED with *why_r. */
MUST_USE enum outcome release_check(struct store *store,
    const struct export_tallies *wish, const struct release *release,
    int *is_repeat_r, enum export_reason *why_r);
/* Writes it into the ledger. */
MUST_USE enum outcome release_write(struct store *store, int64_t staff,
    const struct export_tallies *wish, const struct release *release);

size_t release_count_shown(const struct release *release);
/* Adds it as CSV or JSON. */
void release_print(const struct release *release,
    const struct export_tallies *wish, struct text *out);

#endif
