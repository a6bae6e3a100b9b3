/* Callers: what must be known of a person between two texts.
 *
 * Found by the keyed hash of the number; the number itself is boxed, to answer
 * later.  FORGET erases everything of a caller here, in walks, outbox,
 * journal and requests, and leaves tombstones without a person.
 */
#ifndef STORE_CALLERS_H
#define STORE_CALLERS_H

#include "store/store.h"

struct caller {
	struct caller_key key;
	char line[32];		/* the line they last used */
	char corridor[32];
	char language[16];	/* BCP 47, "" not yet known */
	int is_stopped;		/* they said STOP */
	int is_zawgyi;		/* their phone shows Burmese by that font */
	int64_t last_utc_s;	/* when they last wrote */
};

/* DONE, or NOTHING: a caller we do not know. */
MUST_USE enum outcome callers_find(struct store *store,
    const struct caller_key *key, struct caller *caller_r);

/* Whether there is anything of a caller besides: most have nothing, and to look
 * for each of it would be a third of what a text of theirs asks of the store. */
struct caller_traces {
	int has_requests;	/* of theirs, whatever became of them */
	int is_named;		/* a request names them as another number */
	int is_apart;		/* store/distances.h knows them */
};
MUST_USE enum outcome callers_look(struct store *store,
    const struct caller_key *key, struct caller_traces *traces_r);

/* Writes a caller down, new or changed; `number` is boxed when new. */
MUST_USE enum outcome callers_put(struct store *store,
    const struct caller *caller, const struct number *number);

/* The number to answer: DONE, NOTHING (no such caller) or REFUSED (does not
 * open). */
MUST_USE enum outcome callers_number(struct store *store,
    const struct caller_key *key, struct number *number_r);

/* Erases everything of a caller.  Their requests, also closed ones, become
 * 'forgotten' and lose all their content; texts on their way are given up, or
 * unsure when a line has them.  DONE also when there was nothing. */
MUST_USE enum outcome callers_forget(struct store *store,
    const struct caller_key *key, int64_t now_utc_s);

/* -- walks: where a caller stands, boxed; the bytes are the menus' own ------ */

MUST_USE enum outcome walks_get(struct store *store,
    const struct caller_key *key, struct text *walk);
MUST_USE enum outcome walks_put(struct store *store,
    const struct caller_key *key, const void *walk, size_t length,
    int64_t now_utc_s);
/* DONE when the last answer to this caller is unsure: what the walk says they
 * stand on, they may never have seen.  NOTHING when it is not. */
MUST_USE enum outcome walks_find_unsure(struct store *store,
    const struct caller_key *key);
MUST_USE enum outcome walks_erase(struct store *store,
    const struct caller_key *key);

#endif
