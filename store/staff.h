/* Caseworkers: who may open what is sealed.
 *
 * Each holds the team's private key wrapped under their own password; there is
 * no copy without a password but the recovery key's.  Signing in opens it into
 * locked memory.  Names are matched without regard to case.
 */
#ifndef STORE_STAFF_H
#define STORE_STAFF_H

#include "store/store.h"

enum { STAFF_PASSWORD_MIN_BYTES = 8, STAFF_NAME_MAX_BYTES = 60 };

struct staff {
	int64_t id;
	char name[64];
	char role[16];		/* "caseworker", "lead", "technician" */
	int is_disabled;
};

/* Adds a caseworker; needs the team's secret in hand.  REFUSED when the name
 * is taken, empty, too long or the password too short (the caller says so to
 * the person). */
MUST_USE enum outcome staff_add(struct store *store, const char *name,
    const char *role, const char *password, const struct team_secret *secret,
    int64_t now_utc_s);

/* Stores the secret wrapped under the recovery key; one at most. */
MUST_USE enum outcome staff_set_recovery(struct store *store,
    const struct recovery_key *key, const struct team_secret *secret,
    int64_t now_utc_s);

/* Signs in: DONE, *staff_r and *secret_r (yours); REFUSED for a wrong name or
 * password alike, after the same work. */
MUST_USE enum outcome staff_sign_in(struct store *store, const char *name,
    const char *password, struct staff *staff_r,
    struct team_secret **secret_r);

/* The secret by the recovery key: DONE, REFUSED. */
MUST_USE enum outcome staff_recover(struct store *store, const char *key,
    struct team_secret **secret_r);

#endif
