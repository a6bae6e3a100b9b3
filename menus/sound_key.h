/* How the words of a name sound, roughly: for finding a name that was heard
 * and written down by somebody else, in other letters or misspelt.
 *
 * "Bikash Oversees Pvt. Ltd." and "Vikas Overseas" give the same keys, and so
 * does the name in Devanagari.  Letters become Latin ones (sound_letters.h);
 * then what ears and spellings mix up is one: v, w and b; ph and f; aa and a;
 * e and i; o and u; c, k and q; sh, s; doubled letters; most h.  Words every
 * company has (private, limited) are left out.  Pure.
 */
#ifndef MENUS_SOUND_KEY_H
#define MENUS_SOUND_KEY_H

#include <stddef.h>
#include <stdint.h>

enum { SOUND_WORD_MAX_BYTES = 31, SOUND_WORDS_MOST = 12 };

/* A word's key, of small letters and digits; never empty. */
struct sound_word {
	char key[SOUND_WORD_MAX_BYTES + 1];
	unsigned char length;
	uint32_t consonants; /* that are in it, a bit each */
};

struct sound_name {
	struct sound_word words[SOUND_WORDS_MOST];
	size_t count;
};

/* Fills in *name_r; words beyond the most are left out.  `utf8` is clean. */
void sound_name_of(const char *utf8, struct sound_name *name_r);

/* How alike two keys are: 1 the same, 0 nothing in common.  A vowel more or
 * less costs little, letters of like sound cost half. */
double sound_likeness(const struct sound_word *a, const struct sound_word *b);

/* How much words tell that every company has, such as "limited", and that
 * sound_name_of() leaves out; misspelt they come through. */
int sound_is_like_empty_word(const struct sound_word *word, double least);

/* Both words as one; cut where it is too long. */
struct sound_word sound_joined(
    const struct sound_word *a, const struct sound_word *b);

#endif
