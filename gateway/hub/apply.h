/* One message of a caller, all the way: known facts -> menu_step() -> rows.
 *
 * Runs inside the round's transaction, under a savepoint of its own; writes
 * the walk, the caller, the help request and the answer, and notes what must
 * be said to the lines after the commit.
 */
#ifndef GATEWAY_HUB_APPLY_H
#define GATEWAY_HUB_APPLY_H

#include "gateway/hub/pages.h"
#include "gateway/hub/state.h"
#include "gateway/text/number.h"

/* A message as it is to be handled: whole, from a number.  All borrowed. */
struct message {
	size_t child; /* the line it came by */
	struct number number;
	struct caller_key caller;
	int is_call;
	int is_dialled; /* a USSD session begins */
	struct dialogue_place dialogue; /* where its page goes, if USSD */
	const char *text; /* clean UTF-8 */
	struct journal_id journal;
	int64_t now_utc_s;
};

/*
 * DONE       everything is written
 * TRY_LATER  the store cannot write now
 * others     this message cannot be handled as it is; the savepoint is to be
 *            rolled back and the message kept
 */
MUST_USE enum outcome apply_message(
    struct hub *hub, const struct message *message);

#endif
