/* What a caseworker may do with a help request: the one policy.
 *
 * Terminal, pages and phone are faces of these functions: they ask, print what
 * came of it, and decide nothing.  Each function is one decision and one
 * transaction: it reads the request, asks the policy, writes, and leaves an
 * event in the request's own history and a row in the audit trail.  It opens
 * the sealed parts only for the one who is signed in.
 *
 *   anybody on the team   looks, writes notes, labels, claims what is open,
 *                         snoozes and wakes what is open, reopens
 *   who has claimed it    replies, closes, snoozes, wakes, hands it over or
 *                         passes it back to the queue
 *   a lead                hands over and passes back what others have claimed
 *   a technician          sees no case at all
 *
 * A claim is a lease: everything its owner does renews it, and when nothing
 * happens for the set time the request is open again for anybody (what is
 * snoozed rests, and its lease begins anew when it wakes).  Somebody whose
 * lease has run out and whom nobody replaced yet may simply go on.
 *
 * Whether a reply may go, and when, the contact gate says, the same that the
 * hub asks when it leaves (gateway/text/contact_gate.h).  Against hold, missing
 * consent, a wish to be called and a wrong answer to the code word a reason
 * helps; it joins the case as a note, and history and trail say so.  Safe hours
 * and the neutral text before a silent caller only make a reply wait, unless
 * the reason is meant for them too.  STOP holds against everybody: no reason
 * lifts it.
 *
 * The queue and its lists stand in cases_list.h, ready-made texts in
 * case_templates.h.  Nothing here prints, polls or talks to the hub; after a
 * reply the face tells the hub (poke.h).
 */
#ifndef GATEWAY_DESK_CASES_H
#define GATEWAY_DESK_CASES_H

#include "gateway/base/settings.h"
#include "store/contacts.h"
#include "store/requests.h"
#include "store/staff.h"

enum {
	CASE_TEXT_MAX_BYTES = 16000, /* of a note */
	CASE_OUTCOME_MAX_BYTES = 47, /* words a case is closed with */
	CASE_LABEL_MAX_BYTES = REQUEST_LABEL_MAX_BYTES,
	CASE_LABELS_MOST = REQUEST_LABELS_MOST, /* of one case */
	CASE_TOKEN_MAX_BYTES = 64,
	CASE_SNOOZE_MOST_S = 90 * 86400,
	CASE_LEASE_USUAL_S = 24 * 3600,
};

/* What the helpline has set in its configuration (cases = { ... };); all
 * borrowed. */
struct case_rules {
	int64_t lease_s;
	const char *const *outcomes; /* to choose from when closing */
	size_t outcome_count;
	const char *part_price; /* of one SMS, "0.035"; "" not known */
	const char *currency; /* "USD"; "" not known */
};
struct case_rules case_rules_of(const struct settings *settings);

/* Somebody signed in, at work on a store opened with STORE_DESK.  All
 * borrowed. */
struct caseworker {
	struct store *store;
	const struct staff *staff;
	const struct team_secret *secret;
	const struct case_rules *rules; /* NULL: CASE_LEASE_USUAL_S and no
					   outcomes to choose from */
	int is_inside; /* the store's transaction is somebody else's: nothing
			  here begins or ends one, and after anything but DONE
			  or a reason of the policy they roll back */
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
	CASE_NOT_PLAIN, /* an outcome or label with digits or line ends */
	CASE_MOVED_ON, /* the caller or a colleague wrote meanwhile */
	CASE_SENT_ALREADY, /* this very form was sent before */
	CASE_NO_COLLEAGUE, /* nobody of this name may see cases */
	CASE_OWN_ALREADY, /* it is theirs already */
	CASE_BAD_TIME, /* not in the future, or too far in it */
	CASE_NOT_SNOOZED,
	CASE_LABELS_FULL, /* it has CASE_LABELS_MOST already */
	CASE_IN_DOUBT, /* the caller said no to a referral they agreed to */
	CASE_STORE, /* the store is busy, full or damaged */
};

/* One thing somebody wants to do, and how it went. */
struct errand {
	const struct caseworker *worker;
	const char *ref; /* as a person typed it */
	int64_t now_utc_s;

	enum case_reason why; /* CASE_FINE after DONE */
	int was_found; /* `request` is filled in */
	struct contact_decision outlook; /* after cases_reply(): when it goes */
	struct request request; /* as it stood before; a lease that had run
				   out is seen as given back */
};

/* 1 for caseworkers and leads who are not disabled. */
int cases_may_see(const struct staff *staff);

/* What this person may do with this request as it stands, so that a face
 * offers nothing that would be refused.  Pure; says nothing of consent. */
enum case_action {
	CASE_MAY_CLAIM = 1 << 0,
	CASE_MAY_REPLY = 1 << 1,
	CASE_MAY_NOTE = 1 << 2,
	CASE_MAY_LABEL = 1 << 3,
	CASE_MAY_SNOOZE = 1 << 4,
	CASE_MAY_WAKE = 1 << 5,
	CASE_MAY_GIVE = 1 << 6,
	CASE_MAY_PASS = 1 << 7,
	CASE_MAY_CLOSE = 1 << 8,
	CASE_MAY_REOPEN = 1 << 9,
};
unsigned cases_allowed(
    const struct caseworker *worker, const struct request *request);

/* What every function on an errand returns:
 *
 * DONE       it happened; errand->why is CASE_FINE
 * NOTHING    no such request; or somebody was faster (claiming); or it had
 *            happened before (a reply sent already, waking what is awake)
 * REFUSED    the policy says no; errand->why says which
 * TRY_LATER  the store could not; nothing was changed
 * BROKEN     the store is damaged; logged
 */

/* -- whose it is ------------------------------------------------------------ */

/* Open to claimed, awake.  DONE too when it is the worker's own already. */
MUST_USE enum outcome cases_claim(struct errand *errand);

/* The request to claim next: open, awake, the most urgent, then the oldest.
 * Fills in *request_r; the trail keeps the look as cases_show() does.  DONE;
 * NOTHING, there is none; REFUSED for a technician; TRY_LATER, BROKEN. */
MUST_USE enum outcome cases_next(const struct caseworker *worker,
    int64_t now_utc_s, struct request *request_r);

/* Hands it to a colleague, by name in any case: claimed by them, awake, with a
 * lease of its own.  By its owner or a lead; a lead may give what is open,
 * too. */
MUST_USE enum outcome cases_give(struct errand *errand, const char *colleague);

/* Claimed to open again, awake, for whoever claims it next.  By its owner or a
 * lead. */
MUST_USE enum outcome cases_pass(struct errand *errand);

/* Those a case can be handed to, by name: not the worker.  DONE also when there
 * is nobody; REFUSED for a technician.  Yours: free(). */
MUST_USE enum outcome cases_colleagues(const struct caseworker *worker,
    struct request_owner **colleagues_r, size_t *count_r);

/* -- texts and notes -------------------------------------------------------- */

/* What a writer says of a thread without entries that they saw. */
enum { CASE_SEEN_NONE = -1 };

/* A text to the caller. */
struct case_reply {
	const char *text; /* as typed; made clean and trimmed */
	const char *despite; /* reason to write all the same, or NULL */
	int at_once; /* the reason is also for the hour, and for not
			sending a neutral text first */
	int64_t seen; /* case_sheet.seen as the writer saw it; 0: do not
			 compare.  Whatever is newer and not the writer's own
			 note is CASE_MOVED_ON, and nothing is sent. */
	const char *token; /* of the form, unguessable, so that one sent
			      again is CASE_SENT_ALREADY (NOTHING) and
			      changes nothing; NULL or "": none */
};

/* Puts a reply into the outbox, for the line the caller used, and a sealed
 * copy into the thread; the caller's texts join the case again, and they wait
 * no longer.  *parts_r is how many SMS it takes (filled in with CASE_TOO_LONG
 * as well). */
MUST_USE enum outcome cases_reply(
    struct errand *errand, const struct case_reply *reply, unsigned *parts_r);

/* What a text takes and costs: pure.  `cost` is "" when no price is set. */
struct case_cost {
	unsigned parts;
	unsigned units; /* letters as the network counts them */
	int is_gsm; /* the cheap alphabet */
	char cost[48]; /* "0.07 USD" */
};
struct case_cost cases_cost(const struct case_rules *rules, const char *text);

/* A note for the team, sealed. */
MUST_USE enum outcome cases_note(struct errand *errand, const char *text);

/* -- later ------------------------------------------------------------------ */

/* Out of the queue until a time at most CASE_SNOOZE_MOST_S away; with
 * `wakes_on_reply` until the caller writes, if that is earlier.  HELP always
 * wakes it.  By anybody while it is open, by its owner when claimed. */
MUST_USE enum outcome cases_snooze(
    struct errand *errand, int64_t until_utc_s, int wakes_on_reply);
/* Back into the queue now.  CASE_NOT_SNOOZED (NOTHING) when it is there. */
MUST_USE enum outcome cases_wake(struct errand *errand);

/* Reads when a person means from `now`: "2026-11-30", "2026-11-30 14:00" (UTC),
 * or a span: "3h", "2d", "90m".  1 and *utc_s_r, or 0. */
int case_read_time(const char *words, int64_t now_utc_s, int64_t *utc_s_r);

/* -- labels ----------------------------------------------------------------- */

/* Adds or takes off a label: a few words without digits, matched without
 * regard to case.  They stand unsealed in the store.  DONE too when there is
 * nothing to add or to take off. */
MUST_USE enum outcome cases_label(struct errand *errand, const char *label);
MUST_USE enum outcome cases_unlabel(struct errand *errand, const char *label);

/* -- the end ---------------------------------------------------------------- */

/* Claimed to closed, with an outcome of the rules or a few words of one's own
 * such as "advice given", or NULL.  They are not sealed, so digits are
 * refused: numbers and names belong in a note.  The first close of a caller
 * who has agreed to be contacted makes `feedback` due; the hub asks.  REFUSED
 * while the caller's no to a referral waits to be seen to. */
MUST_USE enum outcome cases_close(struct errand *errand, const char *words);

/* Closed to open, for whoever claims it next. */
MUST_USE enum outcome cases_reopen(struct errand *errand);

/* -- one case --------------------------------------------------------------- */

/* An answer of the caller's; borrowed from its sheet. */
struct case_answer {
	const char *name;
	const char *question;
	const char *answer;
};

/* All that is known of one request.  Free with case_sheet_free(). */
struct case_sheet {
	struct request request;
	unsigned allowed; /* CASE_MAY_... */
	int is_stopped;
	struct contact contact; /* how they want to be reached */
	struct contact_decision outlook; /* what would become of a reply now */
	struct text answers_text; /* holds what `answers` points into */
	struct case_answer *answers;
	size_t answer_count;
	struct text number; /* "" unless asked for */
	struct case_thread thread;
	int64_t seen; /* for struct case_reply: the newest of the thread */
	struct request_event *events;
	size_t event_count;
};

/* Opens a request; the trail keeps that this person has looked at it, once a
 * day.  With `with_number` the caller's number as well, which
 * leaves an event.  What the worker has claimed counts as read then. */
MUST_USE enum outcome cases_show(
    struct errand *errand, int with_number, struct case_sheet *sheet_r);
void case_sheet_free(struct case_sheet *sheet);

/* -- words ------------------------------------------------------------------ */

/* When a reply goes, by the contact gate's own answer, to follow "A reply":
 * "goes at once", "waits until {time} UTC, ..."; English, to be looked up. */
const char *case_outlook_words(const struct contact_decision *outlook);

/* The same with the time in it, in English. */
void case_add_outlook(
    const struct contact_decision *outlook, struct text *words);

/* 1 when a reply with a reason of its own would go all the same. */
int case_takes_exception(enum case_reason why);

/* What a reason means and what to do, in plain words of the desk's language,
 * to follow a reference ("KM7P4: ..."). */
const char *case_reason_words(enum case_reason why);

/* What has become of a reply, from its state in the outbox or what its network
 * reported: "sent", "waiting", "unsure: it may have arrived" ... */
const char *case_delivery_words(const char *outbox_state);

#endif
