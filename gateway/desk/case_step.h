/* What referrals, facts, erasing and exports share beside case_errand.h.  For
 * these files only; inside an errand's transaction. */
#ifndef GATEWAY_DESK_CASE_STEP_H
#define GATEWAY_DESK_CASE_STEP_H

#include "gateway/desk/case_errand.h"

/* What was typed, made clean, added to *words: DONE, or REFUSED (empty, longer
 * than most_bytes, not UTF-8). */
MUST_USE enum outcome case_step_read_typed(struct errand *errand,
    const char *typed, size_t most_bytes, struct text *words);

/* A row of the audit trail and, unless `event` is NULL, an event of the case's
 * history and a lease that begins anew.  `detail` may be NULL; nothing of the
 * caller's in either. */
MUST_USE enum outcome case_step_trace(const struct errand *errand,
    const char *event, const char *what, const char *detail);

#endif
