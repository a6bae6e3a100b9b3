/* UTF-8 that came from strangers, made fit to keep and to show.
 *
 * Inside Waymark every text is valid UTF-8 without NUL, without control
 * characters other than newline and without hidden direction marks.  These functions are the only way in.
 */
#ifndef GATEWAY_TEXT_UTF8_H
#define GATEWAY_TEXT_UTF8_H

#include <stddef.h>
#include <stdint.h>

#include "gateway/base/text.h"

/* 1 when the bytes are valid UTF-8 (RFC 3629) as Waymark keeps it. */
int utf8_is_clean(const char *bytes, size_t length);

/* How many bytes from the front on are valid UTF-8, clean or not. */
size_t utf8_valid_bytes(const char *bytes, size_t length);

/* Adds the bytes to *text, made clean: what is not UTF-8 becomes U+FFFD, CR LF
 * and CR become newline, tabs become spaces, other control characters (C0, C1,
 * DEL, NUL) and the invisible direction marks U+202A-202E and U+2066-2069, with
 * which a text can be made to show something else than it says, are left out.
 * Never fails. */
void utf8_add_clean(struct text *text, const void *bytes, size_t length);

/* UTF-16 big endian, as PDUs and libGammu carry it (3GPP TS 23.038 section
 * 6.2.3, with surrogate pairs as phones send them).  `units` counts 16-bit
 * units.  Lone surrogates become U+FFFD.  The result is clean. */
void utf8_add_from_utf16be(struct text *text, const void *bytes, size_t units);

/* The other way; adds bytes to *text, two a unit.  The input is clean. */
void utf8_add_as_utf16be(struct text *text, const char *utf8);

/* The bytes of the first character as a person counts them (a grapheme
 * cluster: an emoji family, a flag, a consonant with its vowel sign, a
 * conjunct of the Indic scripts); 0 at the end.  The input is clean. */
size_t utf8_character_bytes(const char *utf8);

/* How many such characters, and how many terminal columns. */
size_t utf8_count_characters(const char *utf8);
size_t utf8_count_columns(const char *utf8);

/* The longest prefix of at most max_bytes that does not cut a grapheme
 * cluster; in bytes.  0 when the first one is longer than that already. */
size_t utf8_cut(const char *utf8, size_t max_bytes);

/* The text without regard to case and ways of writing it (Unicode case folding,
 * NFKC), to compare names by; yours to free.  The input is clean. */
char *utf8_fold(const char *utf8);

/* 1 when a letter that is written from right to left stands in it.  The input
 * is clean. */
int utf8_has_right_to_left(const char *utf8);

/* 1 when a digit of any script stands in it.  The input is clean. */
int utf8_has_digit(const char *utf8);

/* The script most letters of a text stand in, as an ISO 15924 name ("Deva",
 * "Latn", "Arab", "Ethi", "Mymr", "Beng", "Cyrl"), or "" when it has no
 * letters.  A constant string.  Where two scripts have as many letters it is
 * not Latin; letters of scripts that nobody here writes in do not count. */
const char *utf8_main_script(const char *utf8);

#endif
