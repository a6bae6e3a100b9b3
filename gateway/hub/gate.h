/* The contact gate at the hub's door: the last question before a text goes to a
 * line, and what follows from its answer.
 *
 *   send     it goes to the number the caller wants texts on
 *   hold     it waits, held, until a safe hour or until the caller writes; when
 *            the talk has to be opened first, the neutral opening is added
 *   refuse   it has failed, with the gate's reason for the desk
 */
#ifndef GATEWAY_HUB_GATE_H
#define GATEWAY_HUB_GATE_H

#include "gateway/hub/state.h"
#include "store/contacts.h"

/*
 * Asks the gate about a text that was just taken (SENDING).
 *
 * DONE      it may go; row->number is where to
 * NOTHING   it may not go now: it is held or has failed
 * others    as the store says
 */
MUST_USE enum outcome gate_pass(
    struct hub *hub, struct outbox_row *row, int64_t now_utc_s);

/* Adds the opening before a talk about this request, unless one is on its way.
 * `overrides` are those of the text that waits for it. */
MUST_USE enum outcome gate_add_opening(struct hub *hub,
    const struct request *request, unsigned overrides, int64_t now_utc_s);

/* An opening will never arrive (the network refuses it, or it was tried too
 * often): what waits for it has failed too, and the talk is quiet again.
 * NOTHING when the text was something else. */
MUST_USE enum outcome gate_note_failed(
    struct hub *hub, struct outbox_id id, int64_t now_utc_s);

#endif
