/* What a referral can pass, and the sheet it is passed on: for
 * case_referral.c. */
#ifndef GATEWAY_DESK_REFERRAL_SHEET_H
#define GATEWAY_DESK_REFERRAL_SHEET_H

#include "gateway/desk/case_referral.h"

/* All there is to tick, opened; inside the errand's transaction. */
MUST_USE enum outcome referral_fields_read(
    const struct errand *errand, struct referral_fields *fields_r);
/* By name, or NULL. */
const struct referral_field *referral_fields_find(
    const struct referral_fields *fields, const char *name);

/* What stands on a sheet.  All borrowed; `fields` are those ticked. */
struct referral_sheet {
	const char *ref;
	const char *from;
	const char *to;
	const char *words; /* the caseworker's own, or "" */
	int64_t agreed_utc_s;
	int64_t now_utc_s;
	const struct referral_field *const *fields;
	size_t field_count;
};

/* Adds the sheet as plain text, or as a page of HTML; pure. */
void referral_sheet_text(const struct referral_sheet *sheet, struct text *out);
void referral_sheet_html(const struct referral_sheet *sheet, struct text *out);

#endif
