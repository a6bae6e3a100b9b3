/* Letters of many scripts as plain Latin ones, near enough to compare how
 * names sound.
 *
 * Covers Latin with marks, Cyrillic (Ukrainian and Russian), Arabic, the
 * Indic blocks that share one layout (Devanagari, Bengali, Gurmukhi, Gujarati,
 * Oriya, Tamil, Telugu, Kannada, Malayalam), Burmese and Ethiopic.  What stands in another script is left out.  It is no
 * transliteration to show anybody.  Pure.
 */
#ifndef MENUS_SOUND_LETTERS_H
#define MENUS_SOUND_LETTERS_H

#include <stddef.h>

/* The letters of one folded word (UTF-8, `length` bytes) into `latin`, which
 * has `room` bytes and always ends in a NUL; what does not fit is cut. */
void sound_letters(const char *word, size_t length, char *latin, size_t room);

#endif
