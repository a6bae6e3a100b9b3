/* Data that may leave the helpline: the policy.
 *
 *   htcds     what caseworkers have set of cases, in the words of the
 *             standard, of those cases only whose caller agreed to it
 *             (con_Consent TRUE); no reference, no free text, no date of the
 *             helpline's own, in an order by chance
 *   tallies   counts of whole weeks that have ended, as anonymous.h shows
 *             them; each release is written into a ledger, and one that could
 *             be laid beside an earlier one to single somebody out is refused
 *   case      everything kept of one case, for the caller who asks for it
 *
 * The first two are for leads; a case for whoever has claimed it, or a lead.
 * Each leaves a row in the audit trail in the transaction in which it is read:
 * nothing leaves untold.
 */
#ifndef GATEWAY_DESK_EXPORTS_H
#define GATEWAY_DESK_EXPORTS_H

#include "gateway/desk/anonymous.h"
#include "gateway/desk/cases.h"
#include "store/releases.h"
#include "store/tallies.h"

enum export_reason {
	EXPORT_FINE,
	EXPORT_NOT_LEAD,
	EXPORT_BAD_WEEKS, /* not two weeks in order */
	EXPORT_NOT_OVER, /* the last of them still runs */
	EXPORT_BAD_RULE, /* k or base out of their limits */
	EXPORT_UNDER_HOUSE, /* k under what the helpline has set */
	EXPORT_OTHER_FORM, /* these very weeks went out in another form */
	EXPORT_OVERLAPS, /* with too many earlier releases, or halfway */
	EXPORT_SINGLES_OUT, /* beside an earlier one it would */
	EXPORT_EMPTY, /* there is nothing to show */
	EXPORT_STORE,
};
const char *export_reason_words(enum export_reason why);

/* 1 for leads who are not disabled: tallies and htcds are for them. */
int exports_may(const struct staff *staff);

/* 1 for a lead, and for whoever has claimed it, while anything is kept: so that
 * a face offers no record that would be refused.  Pure. */
int exports_may_case(
    const struct caseworker *worker, const struct request *request);

/* What went out so far, the oldest first, for leads: DONE, or REFUSED.  Free
 * ledger_r->items. */
MUST_USE enum outcome exports_ledger(
    const struct caseworker *worker, struct release_ledger *ledger_r);

enum export_form { EXPORT_CSV, EXPORT_JSON };

/*
 * What each returns:
 *
 * DONE     added to *out
 * NOTHING  EXPORT_EMPTY
 * REFUSED  *why_r says why
 * others   EXPORT_STORE
 */

struct export_tallies {
	const char *first_week; /* "2026-W01" */
	const char *last_week;
	struct anonymous_rule rule;
	int64_t least_people; /* what the helpline has set: k is never less */
	enum export_form form;
	int64_t now_utc_s;
};
/* Fills in what the helpline has set, where nothing (0) was wished. */
void exports_set_rule(
    struct export_tallies *wish, const struct data_rules *house);

MUST_USE enum outcome exports_tallies(const struct caseworker *worker,
    const struct export_tallies *wish, struct text *out,
    enum export_reason *why_r);

struct export_htcds {
	enum export_form form;
	int64_t now_utc_s;
	size_t left_out; /* filled in: cases with facts, but without the
			    caller's consent to this */
};
MUST_USE enum outcome exports_htcds(const struct caseworker *worker,
    struct export_htcds *wish, struct text *out, enum export_reason *why_r);

/* As cases.h says of errands.  Text for people, or JSON. */
enum export_case_form { EXPORT_CASE_TEXT, EXPORT_CASE_JSON };
MUST_USE enum outcome exports_case(
    struct errand *errand, enum export_case_form form, struct text *out);

#endif
