/* What the files behind cases.h share: the transaction around an errand, and
 * the checks every move makes.  For gateway/desk/case*.c only. */
#ifndef GATEWAY_DESK_CASE_ERRAND_H
#define GATEWAY_DESK_CASE_ERRAND_H

#include "gateway/desk/cases.h"

/*
 * Begins the transaction with the errand's request in hand, after what time
 * has done to it.
 *
 * DONE     the transaction is open; case_errand_end() ends it
 * others   it is not, and errand->why says why
 */
MUST_USE enum outcome case_errand_begin(struct errand *errand);

/* Commits after DONE; whatever else is undone as a whole.  Returns what the
 * errand then came to. */
MUST_USE enum outcome case_errand_end(
    struct errand *errand, enum outcome outcome);

/* REFUSED, and errand->why says why. */
MUST_USE enum outcome case_refuse(struct errand *errand, enum case_reason why);

/* DONE, or REFUSED: what the caller took back, what is not the worker's own. */
MUST_USE enum outcome case_check_is_kept(struct errand *errand);
MUST_USE enum outcome case_check_is_own(struct errand *errand);
/* Open, or the worker's own. */
MUST_USE enum outcome case_check_is_free_or_own(struct errand *errand);

/* Adds to *clean what was typed, made clean and trimmed.  REFUSED: nothing in
 * it, longer than CASE_TEXT_MAX_BYTES, or not UTF-8, since a caller can do
 * nothing with question marks. */
MUST_USE enum outcome case_read_typed(
    struct errand *errand, const char *typed, struct text *clean);

/* Words that stand in the store as they are: at most so many bytes, and
 * nothing among them that looks like a number. */
MUST_USE enum outcome case_read_words(struct errand *errand, const char *typed,
    size_t max_bytes, struct text *words);

/* Writes the worker's event into the case; a row into the audit trail. */
MUST_USE enum outcome case_add_event(
    const struct errand *errand, const char *what);
MUST_USE enum outcome case_audit(
    const struct errand *errand, const char *what, const char *detail);

/* The trail keeps who has seen a case, once for every person, case and day:
 * what a lead needs when something has got out.  Whatever shows more of a case
 * than its line in a list calls it inside its transaction. */
MUST_USE enum outcome case_note_look(const struct errand *errand);

/* The lease of the worker's own case begins anew; others' stays. */
MUST_USE enum outcome case_renew(const struct errand *errand);

/* Gives the desk a key of its own to seal with. */
MUST_USE enum outcome case_ready_to_seal(const struct errand *errand);

/* How long a claim lasts by the rules of this worker's helpline. */
int64_t case_lease_s(const struct caseworker *worker);

/* What the contact gate would say to a reply now, with these reasons given. */
MUST_USE enum outcome case_find_outlook(const struct errand *errand,
    unsigned overrides, struct contact_decision *decision_r);

#endif
