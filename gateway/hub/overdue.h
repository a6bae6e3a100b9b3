/* A caseworker's text that has waited too long is not sent any more.
 *
 * What the gate holds (until the caller writes, until a safe hour) could else
 * leave weeks later, into another life, with words nobody would say now.  After
 * `contact.held_days` it is returned: FAILED ('expired'), an event in its case
 * and one more unread, so that a person sees it and decides anew.  It is looked
 * for in the same transaction that would send it and before it, so that none
 * leaves late.
 */
#ifndef GATEWAY_HUB_OVERDUE_H
#define GATEWAY_HUB_OVERDUE_H

#include "gateway/hub/state.h"

/* Returns what is overdue; hub->overdue_utc_s is when to look again.  Inside
 * the round's transaction.  DONE, else as the store says. */
MUST_USE enum outcome overdue_tend(struct hub *hub, int64_t now_utc_s);

#endif
