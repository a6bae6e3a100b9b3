/* A copy of the store put in its place, whatever is there now.
 *
 * The copy is read back whole and opened as a hub opens a store (version, box
 * key, upgrade) before anything is touched, and stays as it is.  What was in its
 * place is kept beside it under another name, since it may be all that is left.
 * Killed at any moment, it can be given again: either the store of before or the
 * new one stands there, or none and both beside it.
 *
 * What waited to be sent when the copy was made may have gone since: it is in
 * doubt, as after a crash (gateway/text/doubt_rules.h).
 */
#ifndef STORE_RESTORE_H
#define STORE_RESTORE_H

#include "gateway/base/outcome.h"
#include "gateway/base/text.h"
#include "store/seal.h"

enum restore_end {
	RESTORE_DONE,
	RESTORE_NO_COPY, /* there is no such file */
	RESTORE_IS_STORE, /* the copy is the store itself */
	RESTORE_IS_USED, /* a hub, the desk or a command has the store open */
	RESTORE_UNSOUND, /* damaged, or no store, or of a newer version, or of
			    another box key; in the log */
	RESTORE_FAILED, /* the disk; in the log */
};

/* What was put back. */
struct restored {
	struct text before; /* where the store of before is; "" none was */
	int64_t newest_utc_s; /* the last that came in or was done; 0 nothing */
	int64_t in_doubt; /* texts that may have gone since */
};
void restored_free(struct restored *restored);

enum restore_end store_restore(const char *copy, const char *path,
    const struct box_key *box, struct restored *restored_r);

#endif
