/* Caseworkers: who may open what is sealed, and how they are reached.
 *
 * Each has a pair of keys of their own.  The private half is wrapped under
 * their password (Argon2id); to the public half the team's secret is sealed.
 * Signing in opens the one and then the other into locked memory.  There is
 * no other copy of the team's secret than the recovery key's.
 *
 *            password ----> own private key ----> team's secret ----> epochs
 *        recovery key -----------------------------^
 *
 *   caseworker, lead   hold the team's secret
 *   technician         signs in, but holds none and sees no case
 *   disabled           holds nothing: wrapping and sealed secret are erased
 *
 * A row of before these keys existed (the password wraps the team's secret
 * itself) is changed to this form when its owner next signs in.
 *
 * Names are matched without regard to case.  What writes is called inside a
 * transaction unless it says otherwise; who may do what, and the audit trail
 * of it, is gateway/desk/people.h.
 */
#ifndef STORE_STAFF_H
#define STORE_STAFF_H

#include "store/store.h"

enum {
	STAFF_PASSWORD_MIN_BYTES = 8,
	STAFF_NAME_MAX_BYTES = 60,
	STAFF_DAY_MINUTES = 1440,
};

struct staff {
	int64_t id;
	char name[64];
	char role[16]; /* "caseworker", "lead", "technician" */
	int is_disabled;
	int is_on_duty;
	int duty_from_minute; /* of the office's day; the same as until: */
	int duty_until_minute; /* all day */
	int has_phone;
	int must_sign_in; /* the row's form is an old one */
	int64_t codes_left; /* one-time codes not yet used */
	int is_locked; /* too many wrong codes: make new ones */
};

/* -- looking ---------------------------------------------------------------- */

/* DONE or NOTHING.  Whoever keeps somebody signed in asks again before each
 * thing they do: they may be disabled by now. */
MUST_USE enum outcome staff_get(
    struct store *store, int64_t id, struct staff *staff_r);
MUST_USE enum outcome staff_find(
    struct store *store, const char *name, struct staff *staff_r);

/* Everybody, by name; the items are yours: free(). */
struct staff_list {
	struct staff *items;
	size_t count;
};
MUST_USE enum outcome staff_list(
    struct store *store, struct staff_list *list_r);

/* -- keys and passwords ----------------------------------------------------- */

/* Adds a person; needs the team's secret in hand (NULL will do for a
 * technician).  REFUSED when the name is taken, empty, too long, has control
 * characters, or the password is too short (the caller says so to the
 * person). */
MUST_USE enum outcome staff_add(struct store *store, const char *name,
    const char *role, const char *password, const struct team_secret *secret,
    int64_t now_utc_s);

/*
 * Signs in.  Not inside a transaction.
 *
 * DONE       *staff_r, and *secret_r is yours: NULL for a technician
 * REFUSED    a wrong name, a wrong password or somebody disabled: alike, after
 *            the same work
 * TRY_LATER  the store or the memory for Argon2id cannot be had just now
 */
MUST_USE enum outcome staff_sign_in(struct store *store, const char *name,
    const char *password, struct staff *staff_r, struct team_secret **secret_r);

/* Whether a secret that was opened some time ago still is the team's: DONE, or
 * REFUSED when it has been replaced and its holder must sign in again. */
MUST_USE enum outcome staff_check_secret(
    struct store *store, const struct team_secret *secret);

/* Gives a person new keys under a new password; also ends being disabled.
 * `role` NULL leaves the role.  `secret` may be NULL for a technician only.
 * NOTHING: no such person; REFUSED: the password is too short, or the role is
 * none. */
struct staff_renewal {
	int64_t staff;
	const char *role;
	const char *password;
	const struct team_secret *secret;
};
MUST_USE enum outcome staff_renew(
    struct store *store, const struct staff_renewal *renewal);

/* Changes what a person is; the secret goes to whoever becomes more than a
 * technician, and is taken, with duty and phone, from whoever becomes one.
 * NOTHING: no such person, or disabled; REFUSED: the last lead, no such role,
 * or a row of the old form. */
MUST_USE enum outcome staff_set_role(struct store *store, int64_t id,
    const char *role, const struct team_secret *secret);

/* Takes everything from a person that opens or reaches something: wrapping,
 * sealed secret, duty, phone, codes.  NOTHING: no such person, or disabled
 * already; REFUSED: the last lead. */
MUST_USE enum outcome staff_disable(struct store *store, int64_t id);

/* -- the recovery key ------------------------------------------------------- */

/* Stores the secret wrapped under the recovery key; one at most. */
MUST_USE enum outcome staff_set_recovery(struct store *store,
    const struct recovery_key *key, const struct team_secret *secret,
    int64_t now_utc_s);

/* The secret by the recovery key, however it was typed: DONE, REFUSED. */
MUST_USE enum outcome staff_recover(
    struct store *store, const char *key, struct team_secret **secret_r);

/* -- a new key for the team ------------------------------------------------- */

/* Everybody who must sign in once before the team's key can be replaced
 * without cutting them off. */
MUST_USE enum outcome staff_list_unready(
    struct store *store, struct staff_list *list_r);

/* What is to be written at once.  Free with staff_rotation_free(). */
struct staff_rotation;

/* Makes a new pair for the team, a new recovery key and its wrapping (a tenth of
 * a second); staff_rotate_go_on() then seals every epoch's key to the pair.
 * `secret` is borrowed until the rotation is freed.  DONE; REFUSED: the secret
 * in hand is not the team's any more. */
MUST_USE enum outcome staff_rotate_begin(struct store *store,
    const struct team_secret *secret, struct staff_rotation **rotation_r);

/* Seals the keys of some more epochs, `most` at most, each in a sixth of a
 * millisecond: 26,280 for three years.  Writes nothing and needs no
 * transaction, so that nobody waits for it; a process that serves others as
 * well goes on a little at a time.  DONE; NOTHING: all that the store has are
 * sealed. */
MUST_USE enum outcome staff_rotate_go_on(
    struct store *store, struct staff_rotation *rotation, size_t most);

/* Both at once, for who has nothing else to do. */
MUST_USE enum outcome staff_rotate_prepare(struct store *store,
    const struct team_secret *secret, struct staff_rotation **rotation_r);
void staff_rotation_free(struct staff_rotation *rotation);

/* Writes it, with what was added since: the new public key, all epochs' keys,
 * the new secret for each who holds one, the recovery wrapping.  Whoever is
 * still unready is disabled.  REFUSED when somebody replaced the key
 * meanwhile. */
MUST_USE enum outcome staff_rotate_write(
    struct store *store, struct staff_rotation *rotation, int64_t now_utc_s);

/* The new recovery key, to be printed; borrowed.  It opens nothing before the
 * commit, and the one before opens nothing after it. */
const struct recovery_key *staff_rotation_recovery(
    const struct staff_rotation *rotation);

/* -- duty and the phone in the field ---------------------------------------- */

/* NOTHING: no such person, or disabled. */
struct staff_duty {
	int is_on;
	int from_minute; /* 0 to STAFF_DAY_MINUTES - 1 */
	int until_minute;
};
MUST_USE enum outcome staff_set_duty(
    struct store *store, int64_t id, const struct staff_duty *duty);

/* A person's own phone, a technician's for alarms of lines alone; `number` NULL takes it away.  `line` is how it is to
 * be texted, "" for any.  Codes made before are void.  NOTHING: no such
 * person, or disabled; REFUSED: it is another caseworker's. */
MUST_USE enum outcome staff_set_phone(struct store *store, int64_t id,
    const struct number *number, const char *line);

/* Whose phone this is: DONE, or NOTHING.  Never somebody disabled. */
MUST_USE enum outcome staff_of_phone(
    struct store *store, const struct caller_key *phone, struct staff *staff_r);

/* Phones to be alarmed. */
struct staff_phone {
	int64_t staff;
	struct caller_key key;
	struct number number;
	char line[32]; /* "" for any */
};
struct staff_phones {
	struct staff_phone *items; /* yours: free() after explicit_bzero() */
	size_t count;
};
enum staff_reach {
	STAFF_ON_DUTY, /* at this minute of the office's day */
	STAFF_ON_DUTY_OR_LEAD, /* those, and every lead at any time */
	STAFF_TECHNICIANS, /* on duty; who is in no other of these */
	STAFF_LEADS, /* at any time */
};
MUST_USE enum outcome staff_list_phones(struct store *store,
    enum staff_reach reach, int minute, struct staff_phones *phones_r);
void staff_phones_free(struct staff_phones *phones);

/* -- one-time codes --------------------------------------------------------- */

enum {
	STAFF_CODE_SIGNS = 6,
	STAFF_CODES_MOST = 100,
	STAFF_WRONG_CODES_MOST = 8, /* then the list is locked */
};

/* As printed: signs without look-alikes. */
struct staff_code {
	char text[STAFF_CODE_SIGNS + 1];
};

/* Makes a list of new codes, of which only hashes keyed with the box key are
 * kept; those of before are void.  NOTHING: no such person, or disabled, or
 * without a phone. */
MUST_USE enum outcome staff_make_codes(
    struct store *store, int64_t id, struct staff_code *codes_r, size_t count);

/*
 * Takes a code, once.  `typed` in any case, with or without a hyphen.
 *
 * DONE     it was good and is used up now
 * NOTHING  it is no code in form, or one used before: nothing was counted
 * REFUSED  it is a wrong one, or the list is locked; *locked_r tells that it
 *          is this very one that locked it
 */
MUST_USE enum outcome staff_use_code(struct store *store, int64_t id,
    const char *typed, int64_t now_utc_s, int *locked_r);

#endif
