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
	struct guard_count *guard; /* of the caller (guards.h); apply_message()
				      goes on counting in it */
};

/* What becomes of the message's row in the journal. */
enum message_fate {
	FATE_HANDLED,
	FATE_WITHHELD, /* not answered, and nothing came of it */
	FATE_LISTED_SPENT, /* the same, and a person is to look at it, since */
	FATE_LISTED_SAME, /* ... */
};

/*
 * DONE       everything is written; *fate_r says what becomes of its row
 * TRY_LATER  the store cannot write now
 * others     this message cannot be handled as it is; the savepoint is to be
 *            rolled back and the message kept
 */
MUST_USE enum outcome apply_message(
    struct hub *hub, const struct message *message, enum message_fate *fate_r);

#endif
