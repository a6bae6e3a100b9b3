/* What leaves: from the outbox to the lines, and what became of it.
 *
 * Everything here runs inside the round's transaction.  A text is SENDING in
 * the store before a line hears of it; the hearing is noted in hub->after and
 * happens after the commit (departures_release_and_send()).
 */
#ifndef GATEWAY_HUB_DEPARTURES_H
#define GATEWAY_HUB_DEPARTURES_H

#include "gateway/hub/state.h"

/* A text to go out by a line.  All borrowed. */
struct departure {
	size_t child;
	enum outbox_kind kind;
	const struct caller_key *caller;
	const struct number *number;
	int keep_number; /* no caller row will know it */
	const char *text;
	enum outbox_need need;
	struct journal_id journal;
	int64_t now_utc_s;
};

/* Adds a text: SENDING at once if its line can take it and nothing of an
 * earlier time waits there, else QUEUED. */
MUST_USE enum outcome departures_add(
    struct hub *hub, const struct departure *departure);

/* Somebody has added a text: every line looks at the outbox next. */
void departures_expect(struct hub *hub);

/* The same for lines with a queued text that the hub does not know of: whoever
 * queued it was killed before they could say so. */
MUST_USE enum outcome departures_look(struct hub *hub);

/* Writes what became of texts (hub->results). */
MUST_USE enum outcome departures_settle(struct hub *hub, int64_t now_utc_s);

/* Takes queued texts that are due for every line with room. */
MUST_USE enum outcome departures_take(struct hub *hub, int64_t now_utc_s);

/* A word to a line, to be filled in; it is said after the commit. */
struct after *departures_note(struct hub *hub, size_t child);

/* Notes that a slot may be released after the commit. */
void departures_note_release(struct hub *hub, const struct batch_item *item);

/* After the commit: says what was noted.  After a rollback: forgets it. */
void departures_release_and_send(struct hub *hub, int64_t now_ms);
void departures_forget(struct hub *hub);

/* Keeps, or drops, what was noted since `mark` (for savepoints). */
size_t departures_mark(const struct hub *hub);
void departures_return_to(struct hub *hub, size_t mark);

#endif
