/* A Burmese letter with all that hangs on it: for zawgyi*.c.
 */
#ifndef GATEWAY_TEXT_ZAWGYI_LETTER_H
#define GATEWAY_TEXT_ZAWGYI_LETTER_H

#include <stdint.h>

#include "gateway/base/text.h"

/* Signs in the order Unicode writes them. */
enum zawgyi_sign {
	SIGN_YA,
	SIGN_RA,
	SIGN_WA,
	SIGN_HA,
	SIGN_E,
	SIGN_I,
	SIGN_II,
	SIGN_AI,
	SIGN_U,
	SIGN_UU,
	SIGN_TALL_AA,
	SIGN_AA,
	SIGN_ANUSVARA,
	SIGN_DOT,
	SIGN_ASAT,
	SIGN_VISARGA,
	SIGN_COUNT,
};

#define HAS(letter, sign) (((letter)->signs & 1u << (sign)) != 0)

struct zawgyi_letter {
	uint32_t base; /* 0: signs without a letter */
	uint32_t stacked; /* below it, or 0 */
	int has_kinzi;
	unsigned signs; /* bits of enum zawgyi_sign */
};

/* The sign of a Unicode code point, or SIGN_COUNT. */
enum zawgyi_sign zawgyi_sign_of(uint32_t code);
uint32_t zawgyi_sign_code(enum zawgyi_sign sign);

/* 1 for consonants and independent vowels of Burmese. */
int zawgyi_is_base(uint32_t code);
int zawgyi_is_consonant(uint32_t code);

void zawgyi_add_code(struct text *out, uint32_t code);

/* Writes a letter the one way or the other. */
void zawgyi_write_unicode(const struct zawgyi_letter *letter, struct text *out);
void zawgyi_write_zawgyi(const struct zawgyi_letter *letter, struct text *out);

/* What a code point means in Zawgyi: 1, or 0 when nothing of its own. */
struct zawgyi_meaning {
	uint32_t code;
	uint32_t base;
	uint32_t stacked;
	int has_kinzi;
	unsigned signs;
};
const struct zawgyi_meaning *zawgyi_meaning_of(uint32_t code);

#endif
