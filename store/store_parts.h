/* The inside of a struct store, for the modules of this folder only.
 */
#ifndef STORE_STORE_PARTS_H
#define STORE_STORE_PARTS_H

#include "store/statement.h"
#include "store/store.h"

/* An epoch that seals: `key` is NULL and `id` 0 before the first. */
struct epoch {
	struct epoch_key *key;
	int64_t id;
	int64_t began_utc_s;
};

struct store {
	struct database *database;
	const struct box_key *box;
	enum store_use use;
	int lock_fd;
	int was_clean;
	struct epoch epoch;
	struct epoch epoch_before;	/* kept until the commit */
	int epoch_is_new;		/* not committed yet */
	int has_savepoint;
};

/* DONE when an epoch runs to seal with, else BROKEN; logged. */
MUST_USE enum outcome store_check_epoch(const struct store *store);

/* The lock a hub takes (store_lock.c): DONE and *fd_r, REFUSED (another hub
 * runs; logged with its process) or TRY_LATER. */
MUST_USE enum outcome store_lock(const char *path, int *fd_r);

#endif
