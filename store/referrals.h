/* Referrals: that a caller agreed to be told of to a partner, what was passed,
 * and what came of it.
 *
 *   asked ---> agreed ---> passed ---> accepted
 *     |  (the caller's YES,   \------> declined
 *     |   or noted)
 *     +-> refused (the caller's NO)
 *   asked, agreed, passed, accepted, declined --> withdrawn
 *   any of these --> ended (the case was erased by its clock)
 *
 * Withdrawing is not left to anybody's memory: triggers of the schema do it in
 * the same transaction when the caller says STOP or FORGET, wants nothing
 * kept, or says no to being contacted.  A NO of the caller's while a referral
 * is agreed puts it in doubt: nothing more is passed until a caseworker has
 * asked what it meant.
 *
 * The wording of the question, the caller's answer and the names of the fields
 * passed are sealed; states, times and who did it are plain.
 */
#ifndef STORE_REFERRALS_H
#define STORE_REFERRALS_H

#include "store/partners.h"
#include "store/requests.h"

struct referral_id {
	int64_t row;
};

enum referral_state {
	REFERRAL_ASKED,
	REFERRAL_AGREED,
	REFERRAL_REFUSED,
	REFERRAL_PASSED,
	REFERRAL_ACCEPTED,
	REFERRAL_DECLINED,
	REFERRAL_WITHDRAWN,
	REFERRAL_ENDED,
};

/* How the caller's consent is known. */
enum referral_consent {
	CONSENT_NONE,
	CONSENT_NOTED, /* a caseworker heard it and wrote it down */
	CONSENT_BY_TEXT, /* the caller's own text */
};

/* "asked", "agreed" ... */
const char *referral_state_name(enum referral_state state);

struct referral {
	struct referral_id id;
	char ref[8]; /* of the request */
	int64_t partner;
	char partner_name[104];
	enum referral_state state;
	enum referral_consent consent;
	char staff_name[64]; /* who asked, or wrote the consent down */
	int64_t asked_utc_s;
	int64_t agreed_utc_s; /* 0 not yet; so for the others */
	int64_t passed_utc_s;
	char passed_as[8]; /* "sheet", "file" or "" */
	int64_t ended_utc_s;
	int64_t told_utc_s; /* the partner knows of the withdrawal */
	int is_in_doubt;
};

struct referral_list {
	struct referral *items; /* yours: free() */
	size_t count;
};

/* Parts that are sealed. */
enum referral_part {
	REFERRAL_WORDING, /* what the caller was asked, or agreed to */
	REFERRAL_ANSWER, /* the caller's own text */
	REFERRAL_FIELDS, /* names of what was passed, a line each */
};

/* Whatever writes is called inside a transaction, with an epoch. */

/* A referral begun: asked (the question is on its way) or, with
 * CONSENT_NOTED, agreed.  REFUSED when one to this partner is running, or the
 * caller was asked of another and has not answered: a YES must say to whom. */
struct referral_begin {
	struct request_id request;
	int64_t partner;
	int64_t staff;
	enum referral_consent consent; /* CONSENT_NONE: asked */
	const char *wording;
	int64_t now_utc_s;
};
MUST_USE enum outcome referrals_begin(struct store *store,
    const struct referral_begin *begin, struct referral_id *id_r);

/* The caller's own yes or no.  A yes: asked to agreed, unless the question was
 * not sent yet, or something else was written to the caller after it: it may
 * then answer that.  A
 * no: asked to refused, and what is agreed or passed is in doubt.  `text` is kept sealed
 * with each referral it changed.  DONE; NOTHING when none was touched. */
MUST_USE enum outcome referrals_hear(struct store *store,
    struct request_id request, int is_yes, const char *text, int64_t now_utc_s);

/* The running referral of a request to a partner, else the newest: DONE or
 * NOTHING. */
MUST_USE enum outcome referrals_find(struct store *store,
    struct request_id request, int64_t partner, struct referral *referral_r);

/* Agreed (and not in doubt) to passed; passing again what was passed or
 * accepted keeps its state.  NOTHING when it may not be. */
MUST_USE enum outcome referrals_pass(struct store *store, struct referral_id id,
    const char *passed_as, const char *fields, int64_t now_utc_s);
/* Passed to accepted or declined.  NOTHING when it was not passed. */
MUST_USE enum outcome referrals_answer(struct store *store,
    struct referral_id id, int is_accepted, int64_t now_utc_s);
/* By a caseworker who was told so.  NOTHING when there is nothing to take
 * back. */
MUST_USE enum outcome referrals_withdraw(
    struct store *store, struct referral_id id, int64_t now_utc_s);
/* The caller meant something else: no longer in doubt. */
MUST_USE enum outcome referrals_settle_doubt(
    struct store *store, struct referral_id id);
/* The partner was told of a withdrawal. */
MUST_USE enum outcome referrals_mark_told(
    struct store *store, struct referral_id id, int64_t now_utc_s);

/* Of a request, oldest first; of all that partners have still to be told of.
 * DONE also when there are none. */
MUST_USE enum outcome referrals_of_request(struct store *store,
    struct request_id request, struct referral_list *list_r);
MUST_USE enum outcome referrals_to_tell(
    struct store *store, struct referral_list *list_r);

/* The parts of a kind, opened, the oldest first, a line each; added to *plain: a
 * yes is not lost behind a later no.  NOTHING when there is none (or it was
 * erased). */
MUST_USE enum outcome referrals_unseal(struct store *store,
    const struct team_secret *secret, struct referral_id id,
    enum referral_part part, struct text *plain);

#endif
