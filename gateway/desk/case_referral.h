/* Referring a caller to a partner: the policy, as cases.h is for the rest.
 *
 *   1. consent: the caller is asked by text (case_referral_ask), and their own
 *      YES is the consent; or a caseworker heard it and writes down the exact
 *      wording (case_referral_note).
 *   2. only then a sheet or a sealed file with the fields the caseworker named
 *      one by one (case_referral_pass).  Nothing is ticked to begin with.
 *   3. the partner accepts or declines (case_referral_answer).
 *
 * The caller takes consent back by STOP or FORGET, or by telling the
 * caseworker (case_referral_withdraw); a NO by text in between puts the
 * referral in doubt and stops everything until a caseworker has asked.  After
 * that nothing can be passed, and the partner stands in the list of those to
 * be told.  Whoever has claimed the case does all this; everybody on the team
 * may look, notes what a partner answered when the case is closed, and may
 * withdraw.  Each step is in the case's history and in the audit trail.
 */
#ifndef GATEWAY_DESK_CASE_REFERRAL_H
#define GATEWAY_DESK_CASE_REFERRAL_H

#include "gateway/desk/cases.h"
#include "store/referrals.h"

enum {
	REFERRAL_FIELDS_MOST = 32, /* on one sheet */
	REFERRAL_WORDING_MAX_BYTES = 1000,
	REFERRAL_WORDS_MAX_BYTES = 4000, /* of a caseworker's on a sheet */
};

/* Why a referral was not done, beside the errand's own reasons (errand->why
 * is CASE_FINE when one of these is the cause). */
enum referral_reason {
	REFERRAL_FINE,
	REFERRAL_NO_PARTNER, /* no such partner, or removed */
	REFERRAL_RUNS, /* one to this partner is running */
	REFERRAL_WAITS, /* the caller was asked of another, no answer yet */
	REFERRAL_NONE, /* there is none yet: ask first */
	REFERRAL_NO_CONSENT, /* asked, but not agreed */
	REFERRAL_IN_DOUBT, /* the caller wrote NO since */
	REFERRAL_TAKEN_BACK, /* withdrawn or refused */
	REFERRAL_NOT_PASSED, /* nothing was passed yet */
	REFERRAL_NO_FIELD, /* no such field in this case; `field` says which */
	REFERRAL_NO_FIELDS, /* none was ticked */
	REFERRAL_NO_KEY, /* the partner has no key for sealed files */
};
const char *referral_reason_words(enum referral_reason why);

/* One step of a referral.  `partner` as a person typed it; `errand` says whose
 * case.  All borrowed. */
struct referral_errand {
	struct errand errand;
	const char *partner;

	enum referral_reason why;
	const char *field; /* with REFERRAL_NO_FIELD; borrowed */
	struct referral referral; /* as it stands after DONE */
};

/* What each returns: as cases.h says of errands. */

/* Sends the question to the caller as a reply and waits for their YES.
 * *parts_r is how many SMS it takes. */
MUST_USE enum outcome case_referral_ask(
    struct referral_errand *step, const char *wording, unsigned *parts_r);

/* The caller agreed by voice or in their own words: `wording` is exactly what
 * they agreed to. */
MUST_USE enum outcome case_referral_note(
    struct referral_errand *step, const char *wording);

/* A thing that can be passed, and what it says of this case; "" when the case
 * does not have it. */
struct referral_field {
	char name[64];
	char label[128];
	char *value;
};
struct referral_fields {
	struct referral_field *items;
	size_t count;
};

/* What there is to tick: "number", "language", "corridor", "urgency", then the
 * caller's answers and the case facts by name.  Leaves no event: nothing goes
 * anywhere.  For the case's owner. */
MUST_USE enum outcome case_referral_fields(
    struct errand *errand, struct referral_fields *fields_r);
void referral_fields_free(struct referral_fields *fields);

enum referral_form {
	REFERRAL_SHEET, /* plain text */
	REFERRAL_SHEET_HTML, /* a page to print, whole in itself */
	REFERRAL_FILE, /* sealed to the partner's key */
};

/* What to pass: the names ticked, and a few words of the caseworker's own or
 * NULL. */
struct referral_pass {
	enum referral_form form;
	const char *const *fields;
	size_t field_count;
	const char *words;
	const char *from; /* the organisation, as the sheet names it, or "" */
};

/* Makes the sheet or file and writes down that it was passed; the bytes are
 * added to *out only after DONE. */
MUST_USE enum outcome case_referral_pass(struct referral_errand *step,
    const struct referral_pass *pass, struct text *out);

MUST_USE enum outcome case_referral_answer(
    struct referral_errand *step, int is_accepted);
MUST_USE enum outcome case_referral_withdraw(struct referral_errand *step);
/* The NO was about something else. */
MUST_USE enum outcome case_referral_settle(struct referral_errand *step);
/* The partner was told of the withdrawal; also long after the case ended. */
MUST_USE enum outcome case_referral_told(struct referral_errand *step);

/* A case's referrals, oldest first; free(list_r->items). */
MUST_USE enum outcome case_referral_list(
    struct errand *errand, struct referral_list *list_r);

/* The wording a referral was agreed with and the caller's own answer, for
 * whoever may see the case; each "" when there is none. */
MUST_USE enum outcome case_referral_consent(struct errand *errand,
    const struct referral *referral, struct text *wording, struct text *answer);

#endif
