/* Messages that were set aside for a person: what a caseworker does with them.
 *
 * A message that could not be handled five times got no answer.  Somebody on
 * the team opens it, sees to its caller, and files it.  The same people may as
 * see cases (cases.h); a technician may not.
 */
#ifndef GATEWAY_DESK_ASIDES_H
#define GATEWAY_DESK_ASIDES_H

#include "gateway/desk/cases.h"
#include "store/journal.h"

/* At most `most`, oldest first; yours: free(list_r->items).  DONE also when
 * there is none; REFUSED for a technician; TRY_LATER or BROKEN: the store. */
MUST_USE enum outcome asides_list(const struct caseworker *worker, size_t most,
    struct journal_aside_list *list_r);

/* One message somebody sees to. */
struct aside_errand {
	const struct caseworker *worker;
	struct journal_id id;
	int64_t now_utc_s;
};

/* Opens one and adds its words and the sender's number, masked unless
 * `with_number`.  Each look leaves a row in the audit trail before anything is
 * shown, and so does each number.
 * NOTHING: none has this id; REFUSED: for a technician, or it does not open;
 * else as above. */
MUST_USE enum outcome asides_open(const struct aside_errand *errand,
    int with_number, struct text *number, struct text *text);

/* Somebody has seen to it: its words are erased and it is handled, and the
 * trail says who did that.  NOTHING: none has this id, or somebody was faster;
 * REFUSED for a technician; else as above. */
MUST_USE enum outcome asides_file(const struct aside_errand *errand);

#endif
