/* The national language tables of the GSM 7-bit alphabet (3GPP TS 23.038,
 * sections 6.2.1.2 and annex A): with them a text in Turkish, Hindi, Bengali,
 * Urdu ... takes seven bits a letter.  The sender's phone names a language for
 * the plain septets (locking shift), for those behind an escape (single
 * shift), or for both, in the header of each part.
 *
 * For reading only: phones that callers have may not know them, so nothing of
 * ours is written with them.
 */
#ifndef GATEWAY_TEXT_GSM_NATIONAL_H
#define GATEWAY_TEXT_GSM_NATIONAL_H

#include <stddef.h>
#include <stdint.h>

#include "gateway/base/text.h"

/* National language identifiers, 6.2.1.2.4. */
enum gsm_language {
	GSM_DEFAULT = 0,
	GSM_TURKISH,
	GSM_SPANISH,
	GSM_PORTUGUESE,
	GSM_BENGALI,
	GSM_GUJARATI,
	GSM_HINDI,
	GSM_KANNADA,
	GSM_MALAYALAM,
	GSM_ORIYA,
	GSM_PUNJABI,
	GSM_TAMIL,
	GSM_TELUGU,
	GSM_URDU,
};

/* The character of a septet by the locking (or, behind an escape, the single)
 * shift table of a language, or 0xfffd where that has none.  A language that
 * is not known, or has no such table, is read by the default one. */
uint32_t gsm_national_character(
    uint8_t septet, int is_escaped, unsigned language);

/* How a text names its languages. */
struct gsm_shifts {
	unsigned locking;
	unsigned single;
};

/*
 * Adds septets, one a byte, as UTF-8.  An escape followed by a septet that the
 * single shift table does not have gives the septet's plain character
 * (6.2.1.1); a lone escape at the end is a space; what no table has, U+FFFD.
 */
void gsm_national_add(struct text *text, const uint8_t *septets, size_t count,
    const struct gsm_shifts *shifts);

#endif
