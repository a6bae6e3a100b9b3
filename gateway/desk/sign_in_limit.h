/* How soon somebody may try to sign in again: a pure engine.
 *
 * Every wrong password makes the next try wait longer, counted by the name
 * that was typed and by the address it came from:
 *
 *   by name      only together with the address: somebody who guesses at
 *                Sita's password from elsewhere does not lock Sita out
 *   by address   over all names, so that guessing many names is slow too; of
 *                IPv6 the first 64 bits count, since whoever has one of them
 *                has them all
 *
 * A right password forgives what was typed wrong under its name at that
 * address, nothing else.  What has been quiet for SIGN_IN_FORGET_S is forgotten.  Memory is
 * bounded: when the table is full, what has failed least and longest ago
 * makes room, so that a flood from 10,000 addresses costs nobody else
 * anything.
 *
 * A caller asks first, checks the password only when the wait is 0, and then
 * notes what came of it.  Time is a parameter; a clock that jumps back counts
 * as no time at all.
 */
#ifndef GATEWAY_DESK_SIGN_IN_LIMIT_H
#define GATEWAY_DESK_SIGN_IN_LIMIT_H

#include <stddef.h>
#include <stdint.h>

enum {
	SIGN_IN_FREE_TRIES = 3, /* of one name: a slip costs nothing */
	SIGN_IN_FREE_TRIES_ADDRESS = 10, /* an office behind one address */
	SIGN_IN_WAIT_FIRST_S = 1, /* doubles with each further one */
	SIGN_IN_WAIT_MOST_S = 300,
	SIGN_IN_FORGET_S = 3600,
	SIGN_IN_KEPT_MOST = 1024, /* names and addresses remembered */
};

struct sign_in_limit;

struct sign_in_limit *sign_in_limit_new(void);
void sign_in_limit_free(struct sign_in_limit *limit);

/* Who tries.  `address` as the network says it, without the port; "" for a
 * terminal.  Borrowed. */
struct sign_in_try {
	const char *name;
	const char *address;
};

/* Seconds until this one may try; 0: now. */
int64_t sign_in_limit_wait_s(const struct sign_in_limit *limit,
    const struct sign_in_try *who, int64_t now_s);

/* What came of a try that was let through. */
void sign_in_limit_failed(struct sign_in_limit *limit,
    const struct sign_in_try *who, int64_t now_s);
void sign_in_limit_worked(struct sign_in_limit *limit,
    const struct sign_in_try *who, int64_t now_s);

/* How many names and addresses are remembered. */
size_t sign_in_limit_count(const struct sign_in_limit *limit);

#endif
