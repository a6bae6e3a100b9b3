/* What the files behind people.h share: the transaction around an errand, and
 * the checks of most of them.  For gateway/desk/people*.c only. */
#ifndef GATEWAY_DESK_PEOPLE_ERRAND_H
#define GATEWAY_DESK_PEOPLE_ERRAND_H

#include "gateway/base/marked_words.h"
#include "gateway/desk/people.h"

/* Whose business an errand is. */
enum people_right {
	RIGHT_OF_LEADS,
	RIGHT_OF_LEADS_OR_OWN,
};

/*
 * Begins the transaction, with errand->whom in hand.
 *
 * DONE     the transaction is open; people_end() ends it
 * others   it is not, and errand->why says why
 */
MUST_USE enum outcome people_begin(
    struct people_errand *errand, enum people_right right);

/* Commits after DONE; whatever else is undone as a whole.  Returns what the
 * errand then came to. */
MUST_USE enum outcome people_end(
    struct people_errand *errand, enum outcome outcome);

/* REFUSED, and errand->why says why. */
MUST_USE enum outcome people_refuse(
    struct people_errand *errand, enum people_reason why);

/* Who asks, as they stand now: DONE; REFUSED, they are disabled or gone. */
MUST_USE enum outcome people_look_again(
    struct people_errand *errand, struct staff *by_r);

int people_is_lead(const struct staff *staff);

MUST_USE enum outcome people_check_is_enabled(struct people_errand *errand);

/* New keys for errand->whom under a new password, in the transaction; `role`
 * NULL leaves it as it was. */
MUST_USE enum outcome people_renew(
    struct people_errand *errand, const char *role, const char *password);

/* Adds a row to the trail; one that names who it was done to. */
MUST_USE enum outcome people_audit(const struct people_errand *errand,
    const char *what, const char *ref, const char *detail);
MUST_USE enum outcome people_audit_whom(
    const struct people_errand *errand, const char *what);

#endif
