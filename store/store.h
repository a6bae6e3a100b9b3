/* The store: one SQLite file in WAL mode, synchronous=FULL.
 *
 * The hub is the only writer of messages; the desk writes claims, notes and
 * replies over a connection of its own, in short transactions.  Every pragma
 * is read back after it is set.  The schema stands in store/schema/, one file
 * a version; a hub that opens a store upgrades it inside one transaction a
 * version; a store of a newer version is refused.  Tables, states and what is erased when:
 * store/README.md.
 *
 * Whatever writes is called between store_begin() and store_commit(), but for
 * the few that say they have a transaction of their own; outside of one it is
 * BROKEN and does not happen.  When a full disk made SQLite end a transaction,
 * everything up to the commit is TRY_LATER.
 *
 * A struct store belongs to one thread.  Whatever returns TRY_LATER has met a
 * full or failing disk or a lock held too long: the transaction is to be
 * rolled back and tried again later; the cause is in the log once until it
 * has passed.  BROKEN is a mistake of ours or a damaged file; logged.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdint.h>

#include "gateway/base/outcome.h"
#include "store/seal.h"

struct store;

enum store_use {
	STORE_HUB,	/* takes the hub's lock: a second hub is REFUSED */
	STORE_DESK,	/* reads and writes beside a hub */
	STORE_READ,	/* only reads (status, menus try) */
};

/*
 * Makes a new, empty store (0600) with the team's public key in it.
 *
 * DONE     it is there
 * REFUSED  there is a file already, or it cannot be made; logged
 */
MUST_USE enum outcome store_make(const char *path,
    const struct team_public *team, const struct box_key *box);

/*
 * Opens, checks and if need be upgrades a store.  `box` is borrowed for the
 * store's life and may be NULL only for STORE_READ.
 *
 * DONE       *store_r is yours until store_close()
 * NOTHING    there is no such file; logged
 * REFUSED    of a newer version, of an older one (unless as STORE_HUB, which
 *            upgrades), not a store of ours, damaged, another box key, or (as
 *            STORE_HUB) another hub runs on it; logged with what to do
 * TRY_LATER  the disk fails
 */
MUST_USE enum outcome store_open(const char *path, enum store_use use,
    const struct box_key *box, struct store **store_r);
void store_close(struct store *store);

/* 1 when a hub holds the lock of the store at this path.  Takes no lock, so it
 * never keeps one out.  Not for the hub's own process, whose lock it would
 * drop (fcntl() locks end with the first close of the file). */
int store_hub_runs(const char *path);

/* The newest version this program knows. */
int store_version(void);

/* The team's public key as it stands now: staff_rotate_write() replaces it,
 * also under a hub that runs.  DONE, or TRY_LATER. */
MUST_USE enum outcome store_team(
    struct store *store, struct team_public *team_r);
const struct box_key *store_box_key(const struct store *store);

/* BEGIN IMMEDIATE, COMMIT, ROLLBACK.  A rollback always succeeds. */
MUST_USE enum outcome store_begin(struct store *store);
MUST_USE enum outcome store_commit(struct store *store);
void store_rollback(struct store *store);

/* One savepoint at a time, inside a transaction. */
MUST_USE enum outcome store_savepoint(struct store *store);
MUST_USE enum outcome store_savepoint_release(struct store *store);
void store_savepoint_rollback(struct store *store);

/* Begins an epoch: makes a key, stores it wrapped, keeps it for sealing.
 * Once inside a transaction, outside of savepoints; a rollback brings the
 * epoch before back.  Each handle has its own, so a desk that seals begins one
 * too. */
MUST_USE enum outcome store_begin_epoch(struct store *store,
    int64_t now_utc_s);

/* The epoch that seals now (0 before the first) and when it began. */
int64_t store_epoch(const struct store *store);
int64_t store_epoch_began_utc_s(const struct store *store);

/* Seals with the running epoch; adds to *sealed.  Aborts when there is none
 * (what seals for others, such as requests_open(), is BROKEN then). */
void store_seal(struct store *store, enum seal_purpose purpose,
    const void *plain, size_t length, struct text *sealed);

/* Opens what any epoch sealed, for someone signed in.  DONE, NOTHING (no such
 * epoch), REFUSED (damaged or not this team) or TRY_LATER. */
MUST_USE enum outcome store_unseal(struct store *store,
    const struct team_secret *secret, int64_t epoch,
    enum seal_purpose purpose, const void *sealed, size_t length,
    struct text *plain);

/* Two numbers that are the same again only when nothing was written in
 * between, by other connections and by this one: for whoever keeps what it has
 * read.  Cheap.  Outside of transactions.  DONE, or TRY_LATER. */
struct store_changes {
	int64_t by_others;
	int64_t by_us;
};
MUST_USE enum outcome store_changes(
    struct store *store, struct store_changes *changes_r);

/* Whether the hub before us ended cleanly, and the mark that says so: set to
 * 0 by store_open(STORE_HUB), to 1 by store_mark_clean(), which has its own
 * transaction. */
int store_was_clean(const struct store *store);
MUST_USE enum outcome store_mark_clean(struct store *store);

/* Empties the write-ahead log, so that what was erased is gone from it as
 * well (secure_delete does not reach there).  For idle moments.  DONE, or
 * TRY_LATER when somebody reads just now. */
MUST_USE enum outcome store_empty_log(struct store *store);

/* Erases what is past its time: handled journal rows and ended outbox rows
 * older than keep_s, walks silent for forget_s, and callers silent for keep_s
 * who have no request, no text on its way and nothing waiting (of those who
 * said STOP only the number: they must stay known), what guards counted and
 * numbers kept apart for a day.  Own transaction. */
MUST_USE enum outcome store_tidy(struct store *store, int64_t now_utc_s,
    int64_t keep_s, int64_t forget_s);

#endif
