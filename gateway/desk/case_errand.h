/* What the two halves of cases.h share: the transaction around an errand.
 * For gateway/desk/case*.c only. */
#ifndef GATEWAY_DESK_CASE_ERRAND_H
#define GATEWAY_DESK_CASE_ERRAND_H

#include "gateway/desk/cases.h"

/*
 * Begins the transaction with the errand's request in hand.
 *
 * DONE     the transaction is open; case_errand_end() ends it
 * others   it is not, and errand->why says why
 */
MUST_USE enum outcome case_errand_begin(struct errand *errand);

/* Commits after DONE; whatever else is undone as a whole.  Returns what the
 * errand then came to. */
MUST_USE enum outcome case_errand_end(
    struct errand *errand, enum outcome outcome);

#endif
