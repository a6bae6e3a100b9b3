/* Partners: the organisations a caller can be referred to.
 *
 * Kept by the NGO, for caseworkers' eyes: nothing of a partner is ever said to
 * a caller by the program, so that no shelter's address leaves by SMS (the
 * directory callers read is a file of the menus).  A partner may have a public
 * key, for files only they can open (sealed_file.h).  Names are matched
 * without regard to case; who is removed stays in the list of what was passed
 * to them, and comes back when added again.
 */
#ifndef STORE_PARTNERS_H
#define STORE_PARTNERS_H

#include "store/sealed_file.h"
#include "store/store.h"

struct partner {
	int64_t id;
	char name[104]; /* at most 100 bytes, and so on */
	char kind[64]; /* of help: "shelter", "lawyer", "doctor" ... */
	char place[104]; /* town or region, as coarse as is useful */
	char reach[204]; /* how caseworkers reach them */
	char languages[64]; /* "ne hi en" */
	char serves[204]; /* who may be served: "women and children" */
	int has_key;
	struct sealed_file_public key;
	int is_removed;
	int64_t to_tell; /* withdrawn referrals they were not yet told of */
};

struct partner_list {
	struct partner *items; /* yours: free() */
	size_t count;
};

/* Adds a partner, or changes the one of this name: by a name alone what they
 * are stays as it was, see `keeps_key`.  Own transaction for none: inside one.
 * DONE and *id_r; REFUSED when the name is empty. */
MUST_USE enum outcome partners_put(struct store *store,
    const struct partner *partner, int64_t now_utc_s, int64_t *id_r);

/* Another name for a partner: referrals to them are still theirs.  NOTHING when
 * there is no such partner; REFUSED when the name is empty, or another
 * partner's, also of one who was removed. */
MUST_USE enum outcome partners_rename(
    struct store *store, int64_t id, const char *name, int64_t now_utc_s);

/* NOTHING when there is none of this name. */
MUST_USE enum outcome partners_remove(
    struct store *store, const char *name, int64_t now_utc_s);

/* By name; also one who was removed.  DONE or NOTHING. */
MUST_USE enum outcome partners_find(
    struct store *store, const char *name, struct partner *partner_r);

/* In order of name; with `with_removed` also those.  DONE also when there are
 * none. */
MUST_USE enum outcome partners_list(
    struct store *store, int with_removed, struct partner_list *list_r);

#endif
