/* Plays a talk against a running helpline and checks it.
 */
#ifndef GATEWAY_DESK_PHONE_PLAY_H
#define GATEWAY_DESK_PHONE_PLAY_H

#include <stdint.h>

#include "gateway/base/outcome.h"
#include "gateway/desk/phone_link.h"
#include "gateway/desk/phone_talk.h"

/* A talk ends in this much silence, or somebody said more than it expects. */
enum { PHONE_QUIET_MS = 300 };

/*
 * Plays a talk over the link, as `number` until it says `from`, and prints the
 * conversation to standard output as it goes.  `wait_ms` is for each reply.
 *
 * DONE     it went as written
 * REFUSED  it did not: printed to standard error with file and line
 */
MUST_USE enum outcome phone_play(struct phone_link *link,
    const struct talk *talk, const char *number, int64_t wait_ms);

#endif
