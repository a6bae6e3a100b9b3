/* What may be done with the people of the team: the one policy.
 *
 * Terminal and pages are faces of these functions, as of cases.h.  Each is one
 * decision and one transaction, and leaves a row in the audit trail.
 *
 *   anybody signed in   sees the list, changes their own password, duty,
 *                       phone and codes
 *   a lead              all that for everybody; adds, disables, enables,
 *                       replaces the team's key
 *
 * Whoever signed in long ago is looked up again first: a lead who has been
 * disabled meanwhile changes nothing any more.
 *
 * Nothing here prints, asks or talks to the hub.
 */
#ifndef GATEWAY_DESK_PEOPLE_H
#define GATEWAY_DESK_PEOPLE_H

#include "gateway/base/settings.h"
#include "store/staff.h"

/* Why something was not done. */
enum people_reason {
	PEOPLE_FINE,
	PEOPLE_NO_RIGHT, /* only a lead may */
	PEOPLE_NOT_FOUND,
	PEOPLE_NAME_TAKEN,
	PEOPLE_UNFIT_NAME,
	PEOPLE_SHORT_PASSWORD,
	PEOPLE_NO_ROLE, /* there is no such role */
	PEOPLE_DISABLED, /* enable them first */
	PEOPLE_NOT_DISABLED,
	PEOPLE_LAST_LEAD,
	PEOPLE_NO_CASES, /* a technician works on no case */
	PEOPLE_NO_PHONE, /* give them a phone first */
	PEOPLE_PHONE_TAKEN, /* it is another caseworker's */
	PEOPLE_NO_NUMBER, /* what was typed is no phone number */
	PEOPLE_NO_LINE, /* the helpline has no such line */
	PEOPLE_BAD_HOURS, /* hours that are none, or without duty */
	PEOPLE_MUST_SIGN_IN, /* once, to have keys of their own */
	PEOPLE_UNREADY, /* some would be cut off */
	PEOPLE_KEY_REPLACED, /* sign in again */
	PEOPLE_WRONG_RECOVERY,
	PEOPLE_NOT_LEAD, /* the recovery key is for leads */
	PEOPLE_NOT_KEPT, /* the new recovery key could not be kept */
	PEOPLE_STORE, /* the store is busy, full or damaged */
};

/* One thing somebody wants to do, and how it went.  All borrowed. */
struct people_errand {
	struct store *store;
	const struct staff *by; /* signed in */
	const struct team_secret *secret; /* theirs; NULL: a technician's */
	const char *name; /* of whom, as typed; NULL: of themselves */
	int64_t now_utc_s;

	enum people_reason why; /* PEOPLE_FINE after DONE */
	struct staff whom; /* as they stood before; id 0: not found */
};

/* What every function on an errand returns:
 *
 * DONE       it happened; errand->why is PEOPLE_FINE
 * NOTHING    there is nobody of this name
 * REFUSED    the policy says no; errand->why says which
 * TRY_LATER  the store could not; nothing was changed
 * BROKEN     the store is damaged; logged
 */

/* Adds errand->name. */
MUST_USE enum outcome people_add(
    struct people_errand *errand, const char *role, const char *password);

/* Takes from a person all they could open; their cases go back to the queue,
 * *given_back_r of them. */
MUST_USE enum outcome people_disable(
    struct people_errand *errand, size_t *given_back_r);

/* Gives a disabled person new keys; `role` NULL leaves it as it was. */
MUST_USE enum outcome people_enable(
    struct people_errand *errand, const char *role, const char *password);

/* Makes a lead, caseworker or technician of somebody; of a technician the
 * cases go back to the queue. */
MUST_USE enum outcome people_set_role(
    struct people_errand *errand, const char *role, size_t *given_back_r);

MUST_USE enum outcome people_set_password(
    struct people_errand *errand, const char *password);

/* `hours` as typed, "08:00-20:00"; NULL or "": at any hour.  Nobody without a
 * phone is reached (errand->whom.has_phone), on duty or not. */
MUST_USE enum outcome people_set_duty(
    struct people_errand *errand, int is_on, const char *hours);

/* The number as typed: international, or as it is dialled in the country of its
 * line.  `line` is the one by which the phone is texted; "" for any.  Codes of
 * before are void. */
MUST_USE enum outcome people_set_phone(struct people_errand *errand,
    const struct settings *settings, const char *typed, const char *line);
MUST_USE enum outcome people_take_phone(struct people_errand *errand);

enum { PEOPLE_CODES_USUAL = 20 };
MUST_USE enum outcome people_make_codes(
    struct people_errand *errand, struct staff_code *codes_r, size_t count);

/* Everybody, for anybody who is signed in; the items are yours: free(). */
MUST_USE enum outcome people_list(
    struct people_errand *errand, struct staff_list *list_r);

/* -- the team's key --------------------------------------------------------- */

/* How the key is to be replaced. */
struct people_rotation {
	int may_cut_off; /* also when somebody must sign in first */
	/* Keeps the new recovery key: prints or writes it; called just before
	 * the commit, so that no team is ever without one.  Returning 0 leaves
	 * everything as it was. */
	int (*keep)(const struct recovery_key *key, void *into);
	void *into;
	struct staff_list unready; /* out: who would be, or was, cut off;
				      yours: free() the items */
};

/* Replaces it.  The caller then tells the hub (poke_keys()). */
MUST_USE enum outcome people_rotate(
    struct people_errand *errand, struct people_rotation *rotation);

/* The same in steps, for a face that shows the new recovery key and asks for it
 * back before anything is written, and that serves others meanwhile.  The first
 * gives what staff_rotation_free() frees.  The second takes the seconds, a
 * hundredth of one each time, and is called until it says NOTHING; the two write
 * nothing, and what is added to the store before the third is not lost.  The
 * third asks wish->keep as above. */
MUST_USE enum outcome people_rotate_begin(
    struct people_errand *errand, struct staff_rotation **rotation_r);
MUST_USE enum outcome people_rotate_go_on(
    struct store *store, struct staff_rotation *rotation);
MUST_USE enum outcome people_rotate_write(struct people_errand *errand,
    struct staff_rotation *rotation, struct people_rotation *wish);

/* Who must sign in once before, or is cut off; for leads.  Yours: free() the
 * items. */
MUST_USE enum outcome people_list_unready(
    struct people_errand *errand, struct staff_list *list_r);

/* Gives the lead errand->name a new password by the printed key; nobody is
 * signed in (errand->by and ->secret are NULL). */
MUST_USE enum outcome people_recover(struct people_errand *errand,
    const char *recovery_key, const char *password);

/* -- signing in ------------------------------------------------------------- */

/* Writes into the audit trail that somebody signed in or out, or was refused
 * (`staff` 0: the name that was typed may be a password).  Own transaction.
 * `where` is "terminal", "page" ... */
MUST_USE enum outcome people_note_sign_in(struct store *store, int64_t staff,
    const char *what, const char *where, int64_t now_utc_s);

/* -- words ------------------------------------------------------------------ */

/* "active", "must sign in", "disabled". */
const char *people_state_words(const struct staff *staff);

/* "no", "always", "08:00-20:00". */
struct people_duty_text {
	char text[24];
};
struct people_duty_text people_duty_words(const struct staff *staff);

/* What a phone in the field may text: behind a code, and what it does. */
struct people_order {
	const char *order;
	const char *does;
};
extern const struct people_order people_orders[];
extern const size_t people_order_count;

/* What a reason means and what to do, in plain words, to follow a name. */
const char *people_reason_words(enum people_reason why);

#endif
