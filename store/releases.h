/* The ledger of releases: which counts were given out, of which weeks and in
 * which form, so that a later one is not made that can be laid beside an
 * earlier one to single somebody out (gateway/desk/release.h decides).
 *
 * Never erased: what is out stays out.  Holds counts of k and more only.
 */
#ifndef STORE_RELEASES_H
#define STORE_RELEASES_H

#include "store/store.h"

struct release_entry {
	int64_t id;
	int64_t made_utc_s;
	int64_t staff;
	char first_week[9];
	char last_week[9];
	char form[64]; /* what it was made with: "k=11 base=5 ..." */
};

struct release_ledger {
	struct release_entry *items; /* yours: free() */
	size_t count;
};

/* All there are, oldest first.  DONE also when there is none. */
MUST_USE enum outcome releases_list(
    struct store *store, struct release_ledger *ledger_r);

/* The counts of a release behind what was shown, cell by cell. */
MUST_USE enum outcome releases_cells(struct store *store, int64_t release,
    void (*take)(const char *cell, int64_t count, void *into), void *into);

/* Writes one down, inside a transaction; its cells follow one by one. */
MUST_USE enum outcome releases_add(
    struct store *store, const struct release_entry *entry, int64_t *id_r);
MUST_USE enum outcome releases_add_cell(
    struct store *store, int64_t release, const char *cell, int64_t count);

#endif
