/* The phone in the field: a text of a registered caseworker's with a one-time
 * code is an errand.
 *
 * Looked at before the menus.  Whatever is no errand (another phone, no code,
 * a wrong or used one, no such order) is left to the menus, exactly as any
 * caller's text, so that neither a stolen phone nor somebody who guesses
 * learns that there is anything else.  An errand touches no walk and no caller
 * row of that phone.
 *
 * Runs inside the round's transaction: the code is used up, the errand done
 * (by the desk's own policy, gateway/desk/cases.h) and its answer in the
 * outbox, or nothing of it.
 */
#ifndef GATEWAY_HUB_FIELD_H
#define GATEWAY_HUB_FIELD_H

#include "gateway/hub/apply.h"

/*
 * DONE       it was an errand and is done, or was refused and answered
 * NOTHING    it is none: the menus are to answer
 * TRY_LATER  the store cannot write now
 * BROKEN     the transaction, or its savepoint, is to be rolled back
 */
MUST_USE enum outcome field_take(
    struct hub *hub, const struct message *message);

#endif
