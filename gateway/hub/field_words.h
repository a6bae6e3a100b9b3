/* What a caseworker texts from the field: a pure reading of one text.
 *
 *   CODE next
 *   CODE claim REF
 *   CODE reply REF words
 *   CODE pass REF
 *
 * In any case, with spaces anywhere between the words; a mark after a word
 * ("KM7P4:") is left out.  Whatever has another form is no errand.
 */
#ifndef GATEWAY_HUB_FIELD_WORDS_H
#define GATEWAY_HUB_FIELD_WORDS_H

#include "gateway/desk/cases.h"

enum field_verb {
	FIELD_NEXT,
	FIELD_CLAIM,
	FIELD_REPLY,
	FIELD_PASS,
};

enum { FIELD_WORD_MAX_BYTES = 15 };

struct field_order {
	char code[FIELD_WORD_MAX_BYTES + 1]; /* as typed */
	enum field_verb verb;
	char ref[FIELD_WORD_MAX_BYTES + 1]; /* as typed; "" for next */
	const char *words; /* of a reply; borrowed from the text */
};

/* 1 when the text has the form of an errand, and *order_r is filled in. */
int field_read(const char *text, struct field_order *order_r);

/* What came of one, for a small screen that somebody else may see: adds words
 * that name a reference and no person, no number and no helpline. */
void field_write(const struct field_order *order, const struct errand *errand,
    enum outcome outcome, struct text *answer);

/* The request to claim next, or NULL when nothing waits. */
void field_write_next(
    const struct request *request, int64_t now_utc_s, struct text *answer);

#endif
