/* The hub's control socket: unix datagrams, a word each.
 *
 *   outbox    the desk queued a text: look now
 *   status    answered to the sender's address, one line a line:
 *             NAME<TAB>STATE<TAB>up|away<TAB>SIGNAL<TAB>IN-FLIGHT
 *   keys      the team's key was replaced: seal with a new epoch from now on
 *   reload    menus and languages anew, as SIGHUP does; answered to the
 *             sender's address by "loaded" or "refused"
 *
 * Whoever may open the socket's folder may speak; there is nothing to read
 * here that the log would not tell.
 */
#ifndef GATEWAY_HUB_CONTROL_H
#define GATEWAY_HUB_CONTROL_H

#include "gateway/hub/state.h"

/* DONE, or REFUSED: it cannot be made; logged. */
MUST_USE enum outcome control_open(struct hub *hub);
void control_close(struct hub *hub);

/* Takes what is there. */
void control_hear(struct hub *hub);

#endif
