/* Reading what a person answered, in any script and spelling.
 *
 * The text is folded: NFKC, case folding, digits of any script to ASCII,
 * joiners and marks at the edges removed, punctuation around words dropped,
 * spaces collapsed.  Lists of spellings ("help|sos|help me") are folded the
 * same way when matched, so editors write them as people do.  Pure.
 */
#ifndef GATEWAY_TEXT_ANSWER_H
#define GATEWAY_TEXT_ANSWER_H

#include <stddef.h>
#include <stdint.h>

#include "gateway/base/text.h"

enum {
	ANSWER_MAX_BYTES = 512,	/* folded; what is longer is not a choice */
	ANSWER_SHORT_WORDS = 3,	/* a text of at most so many words is short */
};

struct answer {
	char folded[ANSWER_MAX_BYTES];	/* "" when empty or too long */
	char first_word[64];		/* "" when there is none or too long */
	unsigned words;
	int is_empty;			/* nothing but blanks and marks */
	int has_number;			/* all of it is one: "1", "1.", "(1)",
					   "no. 1", "#1", "१", "1,500", "०" */
	int64_t number;
	int leading_zeros;		/* "00" is home, "0" is back */
};

/* `utf8` is clean.  *answer_r is always filled in. */
void answer_read(const char *utf8, struct answer *answer_r);

/* Folds a text as answer_read() does, adding to *folded. */
void answer_fold(const char *utf8, struct text *folded);

/* 1 when the whole answer is one of the spellings, separated by "|". */
int answer_is(const struct answer *answer, const char *spellings);

/* As answer_is(), or the first word of a short answer is one of them. */
int answer_starts_with(const struct answer *answer, const char *spellings);

/* The position from 1 of the spelling list that the answer names, among
 * `count` lists; 0 when none or more than one does.  Used for the words of
 * options and for number words ("one|1st", "two", ...).  An answer that is a
 * whole-word prefix of exactly one option ("passport" for "Passport and
 * papers") names it too. */
size_t answer_choose(const struct answer *answer,
    const char *const *spellings, size_t count);

#endif
