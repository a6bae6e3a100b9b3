/* Erasing a case at once: one asks, somebody else confirms.
 *
 * Whoever may see cases may ask, and says why; any other who may see cases
 * confirms within a week, or takes it back.  Then the case is a tombstone, as
 * when the caller says FORGET: what was passed to partners is withdrawn, and
 * they are to be told.  The caller is not stopped and may write again.
 */
#ifndef GATEWAY_DESK_CASE_ERASE_H
#define GATEWAY_DESK_CASE_ERASE_H

#include "gateway/desk/cases.h"
#include "store/erasures.h"

enum { ERASE_REASON_MAX_BYTES = 400 };

enum erase_result {
	ERASE_ASKED, /* waits for somebody else */
	ERASE_DONE, /* it is erased */
	ERASE_OWN, /* the same person asked: somebody else must confirm */
	ERASE_ASKED_ALREADY, /* somebody else did: confirm that instead */
	ERASE_TAKEN_BACK,
	ERASE_NOBODY_ASKED, /* there is nothing to confirm or to take back */
};
/* What came of it in plain words of the desk's language. */
const char *erase_result_words(enum erase_result result);

/* With a reason it asks: DONE with ERASE_ASKED.  Without one (NULL or "") it
 * confirms what somebody else asked: DONE with ERASE_DONE.  REFUSED as cases.h
 * says of errands, or with errand->why CASE_FINE and ERASE_OWN,
 * ERASE_ASKED_ALREADY or ERASE_NOBODY_ASKED: so nobody confirms what they did
 * not know of. */
MUST_USE enum outcome cases_erase(
    struct errand *errand, const char *reason, enum erase_result *result_r);

/* DONE with ERASE_TAKEN_BACK; NOTHING with ERASE_NOBODY_ASKED. */
MUST_USE enum outcome cases_keep(
    struct errand *errand, enum erase_result *result_r);

/* Who has asked, if anybody has, and why ("" when it does not open), added to
 * *reason: DONE or NOTHING; for pages that show it. */
MUST_USE enum outcome cases_erasure(
    struct errand *errand, struct erasure *erasure_r, struct text *reason);

/* All that wait for somebody, the oldest first; for whoever may see cases.
 * REFUSED for a technician.  Free list_r->items. */
MUST_USE enum outcome cases_erasures(const struct caseworker *worker,
    int64_t now_utc_s, struct erasure_list *list_r);

#endif
