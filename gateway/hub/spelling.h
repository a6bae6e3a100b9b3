/* Burmese for phones with the Zawgyi font, which would show Unicode as rubbish.
 *
 * Answers of the menus come in the phone's own spelling (menus/walk_zawgyi.c).
 * What a caseworker writes, and what is sent without the menus (openings,
 * follow-ups), is turned here, at the last moment, by what the phone it goes to
 * has written before: their row in the store keeps it (struct caller), also
 * when their walk is erased.  Every text that is taken from the outbox passes
 * here.
 */
#ifndef GATEWAY_HUB_SPELLING_H
#define GATEWAY_HUB_SPELLING_H

#include "gateway/hub/state.h"

/* Turns the row's text if its caller's phone needs that: DONE, else as
 * callers_find(). */
MUST_USE enum outcome spelling_fit(struct hub *hub, struct outbox_row *row);

#endif
