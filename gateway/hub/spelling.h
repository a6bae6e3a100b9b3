/* Burmese for phones with the Zawgyi font, which would show Unicode as rubbish.
 *
 * Answers of the menus come in the phone's own spelling (menus/walk_zawgyi.c).
 * What a caseworker writes, and what is sent without the menus, is turned here,
 * at the last moment, by what the caller's walk knows of the phone.
 */
#ifndef GATEWAY_HUB_SPELLING_H
#define GATEWAY_HUB_SPELLING_H

#include "gateway/hub/state.h"

/* Turns the row's text if its caller's phone needs that: DONE, else as
 * walks_get(). */
MUST_USE enum outcome spelling_fit(struct hub *hub, struct outbox_row *row);

#endif
