/* Reading what a person answered, in any script and spelling.
 *
 * The text is folded: NFKC, case folding, digits of any script to ASCII,
 * joiners and other invisible characters left out (wherever they stand, since
 * phones put them in by themselves), punctuation and pictures around words
 * dropped, apostrophes within them too, spaces collapsed.  Arabic loses its
 * vowel signs and tatweel, and its alefs, yehs and kafs become one each, as
 * keyboards mix them.  A text of nothing but pictures keeps them, so that a
 * raised thumb can be a spelling of yes.
 *
 * Lists of spellings ("help|sos|help me") are folded the same way when
 * matched, so editors write them as people do.  Folding costs about a
 * microsecond a spelling; who matches the same lists again and again folds
 * them once with answer_fold_spellings() and hands those in.
 *
 * Nothing is guessed: "o" is no zero, "1.500" no number (dinars have
 * thousandths), a keyword within a sentence no keyword.  Pure.
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

	/* All of it is one number: "1", "1.", "(1)", "#1", "१", "1,500",
	 * "1 500", "15,00,000", "1500.00", "0 0"; also behind one of the words
	 * no, nr, number and option: "No. 1", "option 1".  At most 18
	 * digits. */
	int has_number;
	int64_t number;
	int leading_zeros;		/* "00" is home and has 1, "0" is back */
	int has_lead_word;		/* such a word stood in front; "no 1"
					   may then also mean no */

	/* The number that a choice may be read from: `number`, or the number
	 * at the front of a short text without another digit: "1 yes",
	 * "2) No".  Never an amount: "2 lakh" has a 2 here. */
	int has_leading_number;
	int64_t leading_number;
};

/* `utf8` is clean.  *answer_r is always filled in. */
void answer_read(const char *utf8, struct answer *answer_r);

/* Folds a text as answer_read() does, adding to *folded. */
void answer_fold(const char *utf8, struct text *folded);

/* Adds a list of spellings as the three functions below have it after folding.
 * They take both kinds of lists; the folded one is not for people. */
void answer_fold_spellings(const char *spellings, struct text *folded);

/* 1 when the whole answer is one of the spellings, separated by "|". */
int answer_is(const struct answer *answer, const char *spellings);

/* As answer_is(), or a short answer begins with the words of one of them:
 * "help me please" with "help" and with "help me". */
int answer_starts_with(const struct answer *answer, const char *spellings);

/* The position from 1 of the spelling list that the answer names, among
 * `count` lists; 0 when none or more than one does.  Used for the words of
 * options and for number words ("one|1st", "two", ...).  An answer that is a
 * whole-word prefix of spellings of exactly one option ("passport" for
 * "Passport and papers"), and has three bytes at least, names it too, unless
 * it is word for word in a list.
 *
 * "Yes please" is not chosen by "yes": neither is "no idea" a no.  Where the
 * first word is enough, use answer_starts_with(). */
size_t answer_choose(const struct answer *answer,
    const char *const *spellings, size_t count);

#endif
