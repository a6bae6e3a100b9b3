/* Erasing a case at once: one asks, somebody else confirms.
 *
 * Whoever may see cases may ask; any other who may see cases confirms within
 * a week, or takes it back.  Then the case is a tombstone, as when the caller
 * says FORGET: what was passed to partners is withdrawn, and they are to be
 * told.  The caller is not stopped and may write again.
 */
#ifndef GATEWAY_DESK_CASE_ERASE_H
#define GATEWAY_DESK_CASE_ERASE_H

#include "gateway/desk/cases.h"
#include "store/retention.h"

enum erase_result {
	ERASE_ASKED, /* waits for somebody else */
	ERASE_DONE, /* it is erased */
	ERASE_OWN, /* the same person asked: somebody else must confirm */
	ERASE_TAKEN_BACK,
	ERASE_NOBODY_ASKED, /* there is nothing to take back */
};

/* Asks, or confirms what somebody else asked.  DONE with ERASE_ASKED or
 * ERASE_DONE; REFUSED with ERASE_OWN (errand->why CASE_FINE) or as cases.h
 * says of errands. */
MUST_USE enum outcome cases_erase(
    struct errand *errand, enum erase_result *result_r);

/* DONE with ERASE_TAKEN_BACK; NOTHING with ERASE_NOBODY_ASKED. */
MUST_USE enum outcome cases_keep(
    struct errand *errand, enum erase_result *result_r);

/* Who has asked, if anybody has: DONE or NOTHING; for pages that show it. */
MUST_USE enum outcome cases_erasure(
    struct errand *errand, struct erasure *erasure_r);

#endif
