/* A copy of the store, made while a hub runs on it.
 *
 * The copy is one file as the store stood at one moment (SQLite's online
 * backup in one step, which keeps nobody from writing), read back whole before
 * it takes its name: a copy that was killed, or met a full disk, leaves the one
 * before as it was.  It holds what the store holds, sealed and boxed as there;
 * the box key and everybody's passwords are elsewhere.
 */
#ifndef STORE_BACKUP_H
#define STORE_BACKUP_H

#include <stdint.h>

#include "gateway/base/outcome.h"

struct box_key;

enum backup_end {
	BACKUP_MADE,
	BACKUP_IS_STORE, /* the copy would be the store itself */
	BACKUP_IS_RUNNING, /* somebody else is making this very file */
	BACKUP_NO_FILE, /* the file cannot be made; errno says why */
	BACKUP_UNSOUND, /* what was written does not read back */
	BACKUP_FAILED, /* disk or store; in the log */
};

/* Copies the store at `from` to `to` (0600), over what was there. */
enum backup_end store_backup(const char *from, const char *to);

/* Notes in the store when it was last copied, for `waymark status`; own
 * transaction.  DONE, or what the store says. */
MUST_USE enum outcome store_note_backup(
    const char *path, const struct box_key *box, int64_t now_utc_s);

/* When, or 0: DONE, or what the store says. */
struct store;
MUST_USE enum outcome store_last_backup(
    struct store *store, int64_t *utc_s_r);

#endif
