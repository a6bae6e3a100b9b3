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

/* The septets of one character into septets_r (an escape first where it takes
 * two); how many, 0 when it is not in the alphabet. */
unsigned gsm0338_write(uint32_t character, uint8_t septets_r[2]);

/* The character of a septet (after an escape if `escaped`), or 0xfffd. */
uint32_t gsm0338_character(uint8_t septet, int escaped);

/* Adds to *text what old phones can show and one segment can carry: curly
 * quotes, dashes, bullets, ellipsis, odd spaces and decomposed letters become
 * what the alphabet has, nothing being lost by it, and with `plain_letters`
 * also letters with diacritics that it lacks become those without.
 *
 * A text that would need UCS-2 all the same is added as it is: its price would
 * not fall.  Used on texts we send, so that one curly quote does not triple
 * theirs. */
struct text;
void gsm0338_add_simplified(
    struct text *text, const char *utf8, int plain_letters);

#endif
