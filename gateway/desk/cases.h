/* What a caseworker may do with a help request: the one policy.
 *
 * Terminal, pages and phone are faces of these functions: they ask, print what
 * came of it, and decide nothing.  Each function is one decision and one
 * transaction: it reads the request, asks the policy, writes, and leaves an
 * event in the request's own history.  It opens the sealed parts only for the
 * one who is signed in.
 *
 *   anybody on the team   looks, writes notes, claims what is open, reopens
 *   who has claimed it    replies, closes, or passes it on
 *   a technician          sees no case at all
 *
 * A reply to somebody who is on hold or has not agreed to be contacted needs a
 * reason; the reason joins the case as a note and the history says so.  STOP
 * holds against everybody: no reason lifts it.
 *
 * Nothing here prints, polls or talks to the hub; after a reply the face tells
 * the hub (poke.h).
 */
#ifndef GATEWAY_DESK_CASES_H
#define GATEWAY_DESK_CASES_H

#include "store/requests.h"
#include "store/staff.h"

enum {
	CASE_TEXT_MAX_BYTES = 16000, /* of a note */
	CASE_OUTCOME_MAX_BYTES = 47, /* words a case is closed with */
};

/* Somebody signed in, at work on a store opened with STORE_DESK.  All
 * borrowed. */
struct caseworker {
	struct store *store;
	const struct staff *staff;
	const struct team_secret *secret;
};

/* Why something was not done. */
enum case_reason {
	CASE_FINE,
	CASE_NO_RIGHT, /* technicians and the disabled see no case */
	CASE_NOT_FOUND,
	CASE_UNCLAIMED, /* claim it first */
	CASE_TAKEN, /* somebody else has it */
	CASE_CLOSED, /* reopen it first */
	CASE_NOT_CLOSED, /* only what is closed can be reopened */
	CASE_WITHDRAWN, /* the caller wanted nothing kept */
	CASE_FORGOTTEN, /* the caller said FORGET */
	CASE_HAS_ANOTHER, /* the caller has a newer one open */
	CASE_ON_HOLD, /* texting is not safe now */
	CASE_NO_CONSENT,
	CASE_STOPPED, /* the caller said STOP */
	CASE_CALL_ME, /* the caller wants to be called */
	CASE_NO_NUMBER, /* on another number, which cannot be read */
	CASE_WRONG_PERSON, /* somebody else answered */
	CASE_EMPTY,
	CASE_TOO_LONG,
	CASE_NOT_TEXT, /* not UTF-8 */
	CASE_NOT_PLAIN, /* an outcome with digits or line ends */
	CASE_STORE, /* the store is busy, full or damaged */
};

/* One thing somebody wants to do, and how it went. */
struct errand {
	const struct caseworker *worker;
	const char *ref; /* as a person typed it */
	int64_t now_utc_s;

	enum case_reason why; /* CASE_FINE after DONE */
	int was_found; /* `request` is filled in */
	struct request request; /* as it stood before */
};

/* 1 for caseworkers and leads who are not disabled. */
int cases_may_see(const struct staff *staff);

/* What every function on an errand returns:
 *
 * DONE       it happened; errand->why is CASE_FINE
 * NOTHING    no such request, or (claiming) somebody was faster
 * REFUSED    the policy says no; errand->why says which
 * TRY_LATER  the store could not; nothing was changed
 * BROKEN     the store is damaged; logged
 */

/* Open to claimed.  DONE too when it is the worker's own already. */
MUST_USE enum outcome cases_claim(struct errand *errand);

/* A text to the caller. */
struct case_reply {
	const char *text; /* as typed; made clean and trimmed */
	const char *despite; /* reason to write all the same, or NULL */
};

/* Puts a reply into the outbox, for the line the caller used, and a sealed copy into
 * the thread; the caller's texts join the case again.  *parts_r is how many
 * SMS it takes (filled in with CASE_TOO_LONG as well). */
MUST_USE enum outcome cases_reply(
    struct errand *errand, const struct case_reply *reply, unsigned *parts_r);

/* A note for the team, sealed. */
MUST_USE enum outcome cases_note(struct errand *errand, const char *text);

/* Claimed to closed, with a few words such as "advice given", or NULL.  They
 * are not sealed, so digits are refused: numbers and names belong in a note. */
MUST_USE enum outcome cases_close(struct errand *errand, const char *words);

/* Claimed to open again, for whoever claims it next. */
MUST_USE enum outcome cases_pass(struct errand *errand);

/* Closed to open, for whoever claims it next. */
MUST_USE enum outcome cases_reopen(struct errand *errand);

/* An answer of the caller's; borrowed from its sheet. */
struct case_answer {
	const char *name;
	const char *question;
	const char *answer;
};

/* All that is known of one request.  Free with case_sheet_free(). */
struct case_sheet {
	struct request request;
	int is_stopped;
	struct text answers_text; /* holds what `answers` points into */
	struct case_answer *answers;
	size_t answer_count;
	struct text number; /* "" unless asked for */
	struct case_thread thread;
	struct request_event *events;
	size_t event_count;
};

/* Opens a request.  With `with_number` the caller's number as well, which
 * leaves an event.  What the worker has claimed counts as read then. */
MUST_USE enum outcome cases_show(
    struct errand *errand, int with_number, struct case_sheet *sheet_r);
void case_sheet_free(struct case_sheet *sheet);

/* Which requests a list holds. */
struct case_filter {
	int with_ended; /* closed, withdrawn and forgotten too */
	int only_mine; /* claimed by the one who asks */
	size_t most;
};

/* The queue: most urgent first, then oldest.  At most filter->most; DONE also when
 * there is none, REFUSED for a technician.  The items are yours: free(). */
MUST_USE enum outcome cases_list(const struct caseworker *worker,
    const struct case_filter *filter, struct request_list *list_r);

/* 1 when a reply with a reason of its own would go all the same. */
int case_takes_exception(enum case_reason why);

/* What a reason means and what to do, in plain words of the desk's language,
 * to follow a reference ("KM7P4: ..."). */
const char *case_reason_words(enum case_reason why);

/* What has become of a reply, from its state in the outbox: "sent",
 * "waiting", "unsure: it may have arrived" ... */
const char *case_delivery_words(const char *outbox_state);

#endif
