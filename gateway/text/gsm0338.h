/* The GSM 7-bit default alphabet with its extension table (3GPP TS 23.038
 * sections 6.2.1 and 6.2.1.1).  National language tables are not used: old
 * phones do not have them.
 */
#ifndef GATEWAY_TEXT_GSM0338_H
#define GATEWAY_TEXT_GSM0338_H

#include <stddef.h>
#include <stdint.h>

/* Septets one character takes: 1, 2 (escape and extension), or 0 when it is
 * not in the alphabet. */
unsigned gsm0338_septets(uint32_t character);

/* Septets a whole clean UTF-8 text takes, or -1 when one of its characters is
 * not in the alphabet. */
long gsm0338_count(const char *utf8);

/* The character of a septet (after an escape if `escaped`), or 0xfffd. */
uint32_t gsm0338_character(uint8_t septet, int escaped);

/* Replaces what old phones send and type but the alphabet lacks, where nothing
 * is lost by it: curly quotes, dashes, ellipsis, non-breaking space, and
 * letters with diacritics that have a plain GSM twin only if `plain_letters`.
 * Adds to *text.  Used on texts we send, so that one curly quote does not
 * triple their price. */
struct text;
void gsm0338_add_simplified(struct text *text, const char *utf8,
    int plain_letters);

#endif
