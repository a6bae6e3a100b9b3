/* What of a case may be set as a fact, in the words of the Human Trafficking
 * Case Data Standard, version 2 (International Organization for Migration,
 * CC BY 4.0; standards/README.md).
 *
 * Names and values stand exactly as in the standard.  Only fields without free
 * text, names, numbers or places smaller than a country are here; what the
 * standard lacks for a helpline, and ages as bands where it wants years, has
 * the prefix "wmk_".  Pure.
 */
#ifndef GATEWAY_DESK_HTCDS_H
#define GATEWAY_DESK_HTCDS_H

#include <stddef.h>

#include "gateway/base/text.h"

enum htcds_kind {
	HTCDS_PICK, /* one of `values` */
	HTCDS_PICK_SOME, /* some of them, ";" between */
	HTCDS_CHECKBOX, /* TRUE or FALSE */
	HTCDS_DATE, /* 2026-11-21 */
	HTCDS_LANGUAGE, /* ISO 639: two or three small letters */
	HTCDS_COUNTRY, /* ISO 3166: two capitals */
	HTCDS_COUNTRIES, /* some of them, ";" between */
};

struct htcds_field {
	const char *name; /* "vic_MethodOfRecruitment" */
	const char *label; /* for people */
	enum htcds_kind kind;
	const char *values; /* a line each, or NULL */
};

/* All fields in the order of the standard, ours last. */
const struct htcds_field *htcds_fields(size_t *count_r);
/* By its name, without regard to case; NULL when there is none. */
const struct htcds_field *htcds_find(const char *name);

/* The section of the standard it stands in, in plain English for people; ""
 * when there is none. */
const char *htcds_group(const struct htcds_field *field);

/* One value for people, up to its end, a semicolon or a line end: "Debt bondage",
 * English; NULL for what is the same in every language (a date, a code of a
 * country, the name of a website). */
const char *htcds_value_words(
    const struct htcds_field *field, const char *value);

/* 1 when the value may stand there; it is then added to *value as the standard
 * writes it (its capitals, one order, nothing twice).  0: *why is a sentence
 * that says what may. */
int htcds_read_value(const struct htcds_field *field, const char *typed,
    struct text *value, struct text *why);

#endif
