/* The outbox: texts on their way out.
 *
 *             +------------------ TRY_LATER (next_utc_s by retry.h) --+
 *             v                                                      |
 *   queued -----> sending ----+--> sent
 *     |   ^           |       +--> unsure     may have gone; a person decides
 *     |   +-- held ---+       +--> failed     the network will never take it,
 *     |    (the gate)         |               or the contact gate refuses it
 *     +--> given_up           +--> given_up   RETRY_TEXT_MOST tries
 *
 * A text is `sending` (committed) before a line hears of it, so a text that a
 * crash finds there is unsure, never sent twice.  A text that ended (sent,
 * failed, given up, unsure) is erased from its row, with its number and the
 * caller's key; ids, times and state stay.  What a caseworker wrote is still
 * in the thread of the case, sealed.
 *
 * The contact gate may hold a text: until an hour that is safe, or until the
 * caller writes.  It is queued then, counts no try, and holds up nothing else
 * of its caller; outbox_hurry() lets the gate look at it again.
 *
 * A text has a line it belongs to: the one its caller texts.  Another line may
 * carry it while that one is away (outbox_fail_over()); own_line says then
 * which it belongs to, also when it has been sent.  What waits for the next
 * day of its line's caps is queued until then, too, and holds up nothing of
 * more need.
 *
 * Four classes leave by turns, so that none starves and an alarm goes next
 * but one however long the queue is: see outbox_take().
 */
#ifndef STORE_OUTBOX_H
#define STORE_OUTBOX_H

#include "gateway/text/contact_gate.h"
#include "store/journal.h"
#include "store/served.h"
#include "store/store.h"

struct outbox_id {
	int64_t row;
};

enum outbox_state {
	OUTBOX_QUEUED,
	OUTBOX_SENDING,
	OUTBOX_SENT,
	OUTBOX_UNSURE,
	OUTBOX_FAILED,
	OUTBOX_GIVEN_UP,
};

/* What a text is for; the gate's purposes, and in their order. */
enum outbox_kind {
	OUTBOX_ANSWER = CONTACT_ANSWER,
	OUTBOX_REPLY = CONTACT_REPLY,
	OUTBOX_OPENING = CONTACT_OPENING,
	OUTBOX_COVER = CONTACT_COVER,
	OUTBOX_FEEDBACK = CONTACT_FEEDBACK,
	OUTBOX_FOLLOWUP = CONTACT_FOLLOWUP,
	OUTBOX_ALARM = CONTACT_ALARM,
	OUTBOX_STAFF = CONTACT_STAFF,
	OUTBOX_KINDS = CONTACT_PURPOSES
};

/* How far a text may go into a day's cap. */
enum outbox_need {
	NEED_ORDINARY,
	NEED_PERSON,	/* a caseworker's, an alarm, a help request's: the
			   reserve is for these */
	NEED_FIRST,	/* the first answer to HELP: over every cap */
};

/* A text to add.  All borrowed. */
struct outgoing {
	enum outbox_kind kind;
	enum outbox_need need;		/* at least; caseworkers' texts and
					   alarms are NEED_PERSON by kind */
	const char *line;
	const struct caller_key *caller;
	const struct number *number;	/* kept, boxed, in the row itself; NULL:
					   the caller's own at sending time */
	const char *text;
	struct journal_id journal;	/* what it answers; row 0: none */
	int64_t request;		/* the help request; 0: none */
	unsigned overrides;		/* of a reply: what the desk had a
					   reason against, bits of
					   enum contact_override */
	int64_t now_utc_s;
};

/* Adds a text as QUEUED, or as SENDING when its line can take it now. */
MUST_USE enum outcome outbox_add(struct store *store,
    const struct outgoing *outgoing, enum outbox_state state,
    struct outbox_id *id_r);

/* A text to hand to a line; text and number are unboxed.  Free with
 * outbox_row_free(). */
struct outbox_row {
	struct outbox_id id;
	enum outbox_kind kind;
	struct caller_key caller;
	struct number number;
	struct text text;
	int reference;		/* 0 to 255, the same at every try */
	int first_part;		/* the segment to begin with, from 1 */
	int parts;		/* the segments of the whole text */
	enum outbox_need need;
	int is_carried;		/* by another line than its own */
	char line[32];		/* of outbox_next_stale() only */
	int tries;
	int64_t request;
	unsigned overrides;
	int64_t journal;
};
void outbox_row_free(struct outbox_row *row);

/* Which texts to take.  `turn` counts the texts a line has taken; 0 at first. */
struct outbox_turn {
	const char *line;
	int64_t now_utc_s;
	size_t most;
	unsigned turn;
	struct served *served;	/* the line's own; NULL: by age alone */
};

/* QUEUED to SENDING for up to `most` due texts of a line, longest due first,
 * callers in turn (served.h) and one text of a caller at a time (in their
 * order), since one caller's ten thousand texts must not hold up others.  A text is not taken while
 * an earlier one of its caller waits for its next try or is SENDING on that
 * line (one that the gate holds does not count).
 *
 * Of eight turns, two are first offered to answers and covers (of these, to
 * first answers to HELP), four to alarms and texts to staff, one to replies and
 * openings, one to feedback and follow-ups; a turn nobody of its class wants
 * goes to the first of these, in this order, that does.
 *
 * Fills rows_r (yours to free each); *count_r may be 0.  A row whose
 * number cannot be had becomes FAILED and is skipped.  On anything but DONE
 * nothing is in rows_r, and the transaction is to be rolled back. */
MUST_USE enum outcome outbox_take(struct store *store,
    const struct outbox_turn *turn, struct outbox_row *rows_r,
    size_t *count_r);

/* The end of a try, from SENDING.  NOTHING when it was not SENDING.
 *
 * In doubt, a text goes back to QUEUED where its kind allows that
 * (gateway/text/doubt_rules.h), else it is UNSURE. */
MUST_USE enum outcome outbox_sent(struct store *store, struct outbox_id id,
    int64_t now_utc_s);
MUST_USE enum outcome outbox_unsure(struct store *store, struct outbox_id id,
    int64_t now_utc_s);
/* how: TRY_LATER back to QUEUED by retry.h's times or GIVEN_UP; REFUSED to
 * FAILED.  Whatever else goes to that number waits as long (distances.h).  An
 * answer that will never arrive is listed for a person with the number
 * (journal_list_aside()). */
MUST_USE enum outcome outbox_failed(struct store *store, struct outbox_id id,
    enum outcome how, int64_t now_utc_s);
/* Segments up to this one are out: the next try begins after it.  NOTHING also
 * for one that the text does not have, or that was out before: a line may be
 * wrong, and no try may begin where there is no segment. */
MUST_USE enum outcome outbox_part_sent(struct store *store,
    struct outbox_id id, int part);
/* What the network says of one more of its parts: it is on the phone, or never
 * will be.  A hint for people (case_texts), never logic.  NOTHING: no such text
 * left by this line. */
MUST_USE enum outcome outbox_reported(struct store *store, struct outbox_id id,
    const char *line, int is_delivered);
/* SENDING to QUEUED, held by the gate, until next_utc_s (0: until
 * outbox_hurry()); counts no try. */
MUST_USE enum outcome outbox_hold(struct store *store, struct outbox_id id,
    int64_t next_utc_s);
/* SENDING to FAILED, because the gate refuses; `why` is its reason, for the
 * desk. */
MUST_USE enum outcome outbox_refuse(struct store *store, struct outbox_id id,
    enum contact_reason why, int64_t now_utc_s);
/* Back to QUEUED without counting a try: it never reached its line. */
MUST_USE enum outcome outbox_return(struct store *store, struct outbox_id id);

/* Everything SENDING becomes UNSURE, or QUEUED where its kind allows that, and what was held until a safe hour is
 * looked at again: when a hub starts. */
MUST_USE enum outcome outbox_settle_crash(struct store *store,
    int64_t now_utc_s, int64_t *count_r);

/* Makes a caller's queued texts due now, held ones too: they have just shown
 * that their phone is on, or what the gate knows of them has changed. */
MUST_USE enum outcome outbox_hurry(struct store *store,
    const struct caller_key *caller);

/* Whether a text of this caller still waits, QUEUED and not held or SENDING, on
 * this line: DONE, or NOTHING.  A new one is then to be added as QUEUED, since
 * it must not overtake. */
MUST_USE enum outcome outbox_find_waiting(struct store *store,
    const char *line, const struct caller_key *caller);

/* When the next QUEUED text of a line that outbox_take() would take is due;
 * NOTHING when there is none. */
MUST_USE enum outcome outbox_next_due(struct store *store, const char *line,
    int64_t *utc_s_r);

/* Whether any text of this line is QUEUED, whatever it waits for: DONE, or
 * NOTHING. */
MUST_USE enum outcome outbox_find_queued(
    struct store *store, const char *line);

/* Whether a text of this kind of a request is QUEUED or SENDING: DONE or
 * NOTHING. */
MUST_USE enum outcome outbox_find_of_request(struct store *store,
    int64_t request, enum outbox_kind kind);

/* The kind of a text that will never be sent (FAILED, GIVEN_UP), and the
 * request it belongs to: DONE or NOTHING. */
MUST_USE enum outcome outbox_find_failed(struct store *store,
    struct outbox_id id, enum outbox_kind *kind_r, int64_t *request_r);
/* A text that ended badly: FAILED, GIVEN_UP or UNSURE.  DONE or NOTHING. */
struct outbox_ended {
	enum outbox_state state;
	enum outbox_kind kind;
	int64_t request;
};
MUST_USE enum outcome outbox_find_ended(struct store *store,
    struct outbox_id id, struct outbox_ended *ended_r);
/* What waits, held, for the caller of a request to write is FAILED: nothing
 * will ask them. */
MUST_USE enum outcome outbox_fail_held(
    struct store *store, int64_t request, int64_t now_utc_s);

/* -- what waits too long ---------------------------------------------------- */

/* A caseworker's text that is QUEUED, whatever it waits for, and was added at
 * this time or before; the oldest.  One that has gone out in part is none:
 * its rest goes as usual.  DONE or NOTHING. */
struct outbox_overdue {
	struct outbox_id id;
	int64_t request;
};
MUST_USE enum outcome outbox_find_overdue(struct store *store,
    int64_t added_utc_s, struct outbox_overdue *text_r);
/* When the oldest of those was added: DONE or NOTHING. */
MUST_USE enum outcome outbox_oldest_reply(
    struct store *store, int64_t *added_utc_s_r);
/* QUEUED to FAILED, the cause being 'expired': DONE or NOTHING. */
MUST_USE enum outcome outbox_expire(
    struct store *store, struct outbox_id id, int64_t now_utc_s);

/* How many rows are in each state, indexed by enum outbox_state. */
MUST_USE enum outcome outbox_count(struct store *store, int64_t counts_r[6]);

/* -- many lines (outbox_routes.c) ------------------------------------------- */

/* What is to be carried by another line.  All borrowed. */
struct outbox_detour {
	const char *from;
	const char *to;
	const char *corridor;	/* of the callers whose texts may go; NULL: only
				   alarms and texts to staff go */
	size_t most;
};
/* QUEUED texts of a line, in their order, to another: what is due or waits for
 * its next try, never one whose first segments are out, that the gate holds, or
 * whose caller has a text SENDING on the line. */
MUST_USE enum outcome outbox_fail_over(struct store *store,
    const struct outbox_detour *detour, int64_t *count_r);
/* The line is back: what belongs to it and has not begun returns to it. */
MUST_USE enum outcome outbox_come_back(
    struct store *store, const char *line, int64_t *count_r);
/* SENDING to QUEUED on another line, which is its own from now on; counts no
 * try. */
MUST_USE enum outcome outbox_reroute(
    struct store *store, struct outbox_id id, const char *line);

/* What waits for a cap.  All borrowed. */
struct outbox_cap {
	const char *line;
	enum outbox_need below; /* texts of less need wait */
	int64_t now_utc_s;
	int64_t until_utc_s;
};
/* Due texts of less need are QUEUED until then. */
MUST_USE enum outcome outbox_wait_for_cap(
    struct store *store, const struct outbox_cap *cap, int64_t *count_r);
/* One that was taken: SENDING to QUEUED until then; counts no try. */
MUST_USE enum outcome outbox_cap_one(
    struct store *store, struct outbox_id id, int64_t until_utc_s);
/* What waits for the cap of a line is due. */
MUST_USE enum outcome outbox_uncap(
    struct store *store, const char *line, int64_t *count_r);

/* What of a text was handed to its line and has not left: for a try that
 * failed.  NOTHING when it is not SENDING. */
struct outbox_left {
	char line[32];
	int parts;
};
MUST_USE enum outcome outbox_find_left(struct store *store,
    struct outbox_id id, struct outbox_left *left_r);

/* How many texts of a line were sent, or may have been, since; among the last
 * some thousand. */
MUST_USE enum outcome outbox_count_recent(struct store *store,
    const char *line, int64_t since_utc_s, int64_t *count_r);

/* An automatic answer (not the first to HELP) that has been QUEUED since before
 * a time: DONE, and yours to free; its number is "" when it cannot be had.
 * NOTHING when there is none. */
MUST_USE enum outcome outbox_next_stale(
    struct store *store, int64_t before_utc_s, struct outbox_row *row_r,
    int64_t *added_utc_s_r);
/* Such a one is GIVEN_UP, "stale"; its walk is in doubt. */
MUST_USE enum outcome outbox_end_stale(
    struct store *store, struct outbox_id id, int64_t now_utc_s);

/* What waits, by kind. */
struct outbox_queue {
	int64_t count;		/* QUEUED and SENDING */
	int64_t held;		/* of them, by the gate */
	int64_t capped;		/* of them, until the next day of a cap */
	int64_t carried;	/* of them, by another line than its own */
	int64_t oldest_utc_s;	/* of those neither held nor capped; 0: none */
};
MUST_USE enum outcome outbox_queues(
    struct store *store, struct outbox_queue queues_r[OUTBOX_KINDS]);

/* The lines that QUEUED texts wait for, by name; one may be gone from the
 * configuration. */
enum { WAITED_LINES_MOST = 32 };
struct waited_line {
	char name[32];
	int64_t count;
};
MUST_USE enum outcome outbox_lines_waited_for(struct store *store,
    struct waited_line lines_r[WAITED_LINES_MOST], size_t *count_r);

/* The reference that joins the segments of a text (3GPP TS 23.040 section
 * 9.2.3.24.1): the same at every try. */
int outbox_reference(struct outbox_id id);

const char *outbox_state_name(enum outbox_state state);
const char *outbox_kind_name(enum outbox_kind kind);

#endif
