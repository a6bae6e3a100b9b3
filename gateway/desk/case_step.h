/* What the policies beside cases.c share: the checks in front of a step and
 * the traces behind it.  For gateway/desk/case_*.c and exports only; inside an
 * errand's transaction (case_errand.h). */
#ifndef GATEWAY_DESK_CASE_STEP_H
#define GATEWAY_DESK_CASE_STEP_H

#include "gateway/desk/case_errand.h"

/* Sets errand->why and returns REFUSED. */
MUST_USE enum outcome case_step_refuse(
    struct errand *errand, enum case_reason why);

/* DONE, or REFUSED: the caller took it back, or was forgotten. */
MUST_USE enum outcome case_step_check_kept(struct errand *errand);
/* DONE, or REFUSED: not claimed by the one who asks. */
MUST_USE enum outcome case_step_check_own(struct errand *errand);

/* An epoch to seal with, younger than an hour. */
MUST_USE enum outcome case_step_ready_to_seal(const struct errand *errand);

/* What was typed, made clean, added to *words: DONE, or REFUSED (empty, longer
 * than most_bytes, not UTF-8). */
MUST_USE enum outcome case_step_read_typed(struct errand *errand,
    const char *typed, size_t most_bytes, struct text *words);

/* A row of the audit trail and, unless `event` is NULL, an event of the case's
 * history.  `detail` may be NULL; nothing of the caller's in either. */
MUST_USE enum outcome case_step_trace(const struct errand *errand,
    const char *event, const char *what, const char *detail);

#endif
