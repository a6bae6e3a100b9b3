/* What comes in: each arrival into the journal once, and handled once.
 *
 * A round has one transaction for everything that is waiting.  One bad message
 * does not hold up the rest: the round is made again with a savepoint for each,
 * it becomes WAITING, is tried again, and after JOURNAL_TRIES_MOST tries is set
 * aside for a person.  After a crash the first arrivals are taken carefully:
 * journalled with a commit of their own before they are handled, so that a
 * message which ends the process every time is counted too.
 */
#ifndef GATEWAY_HUB_ARRIVALS_H
#define GATEWAY_HUB_ARRIVALS_H

#include "gateway/hub/state.h"

/* The round's batch into the journal, handled where possible.  Inside the
 * round's transaction.  DONE; TRY_LATER: the batch is kept for later; or UNSURE:
 * one cannot be handled, has_savepoints is set, and the round is to be made
 * again. */
MUST_USE enum outcome arrivals_take(struct hub *hub, int64_t now_utc_s);

/* Long texts whose parts came late, then WAITING rows that are due, a few at a
 * time; own transactions.  Sets when to look again.  DONE or TRY_LATER. */
MUST_USE enum outcome arrivals_tend(struct hub *hub, int64_t now_utc_s);

#endif
