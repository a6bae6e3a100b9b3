/* The alphabets of SMS, for the simulated network: written from 3GPP TS 23.038
 * (6.2.1 default alphabet and its extension, 6.1.2.1.1 packing, 6.2.3 UCS2)
 * and sharing nothing with gateway/text, so that each proves the other.
 *
 * Septets stand one a byte in a struct text, an escape and what follows it as
 * two; UCS2 stands as octets, two a unit, big endian.
 */
#ifndef TESTS_SIM_ALPHABET_H
#define TESTS_SIM_ALPHABET_H

#include <stddef.h>
#include <stdint.h>

#include "gateway/base/text.h"

/* The next character of a UTF-8 text; *at moves past it.  What is not UTF-8
 * is U+FFFD, one byte long.  0 at the end. */
uint32_t alphabet_next(const char *utf8, size_t *at);
void alphabet_add_utf8(struct text *utf8, uint32_t character);

/* Adds the text as septets.  1, or 0 when a character is not in the alphabet
 * (what came before it was added). */
int alphabet_add_septets(struct text *septets, const char *utf8);

/* Adds the text as UCS2 with surrogate pairs. */
void alphabet_add_ucs2(struct text *octets, const char *utf8);

/* The other way: lone surrogates, a lone escape and codes the extension lacks
 * become U+FFFD, so that a test sees them. */
void alphabet_read_septets(
    struct text *utf8, const char *septets, size_t count);
void alphabet_read_ucs2(struct text *utf8, const char *octets, size_t length);

/* Packs septets behind `fill_bits` zero bits, and unpacks `count` of them. */
void alphabet_pack(
    struct text *octets, const char *septets, size_t count, unsigned fill_bits);
void alphabet_unpack(
    struct text *septets, const char *octets, size_t count, unsigned fill_bits);

/* Upper-case hexadecimal; reading gives 0 when it is not that. */
void alphabet_add_hex(struct text *hex, const char *octets, size_t length);
int alphabet_read_hex(struct text *octets, const char *hex);

#endif
