/* Whom a line has served in this round: fairness between callers.
 *
 * The oldest text first alone is not fair: who has two hundred texts waiting
 * would have all of them sent before somebody's first.  So each caller who
 * waits gets one text in a round; a round is over when everybody who waits has
 * had one.  Every SERVED_BY_AGE-th text goes by age alone, so that newcomers who
 * never end starve nobody who waits for a second text.
 *
 * In memory, a line's own; forgotten with the process, which costs nobody more
 * than one turn.  Callers are told apart by eight octets of their keyed hash:
 * two that share them cost one of them a turn.  With more than SERVED_MOST in a
 * round the first of them may have a second turn early.
 */
#ifndef STORE_SERVED_H
#define STORE_SERVED_H

#include "store/seal.h"

enum { SERVED_MOST = 1024, SERVED_BY_AGE = 4 };

struct served {
	uint64_t callers[SERVED_MOST];
	size_t count;
	size_t next;
	unsigned texts; /* taken, of all rounds */
};

/* 1 when the next text goes to whoever has waited longest. */
int served_is_by_age(const struct served *served);

/* 1 when a caller has had a text in this round. */
int served_has(const struct served *served, const struct caller_key *caller);

/* They have had one now. */
void served_note(struct served *served, const struct caller_key *caller);

/* Everybody who waits has had one. */
void served_begin_round(struct served *served);

#endif
