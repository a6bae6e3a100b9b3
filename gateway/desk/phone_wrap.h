/* Cutting a text into rows of a small screen.
 *
 * Widths are terminal columns and nothing falls apart that a person sees as
 * one character: a consonant stays with its vowel sign, an emoji family
 * together.  Pure.
 */
#ifndef GATEWAY_DESK_PHONE_WRAP_H
#define GATEWAY_DESK_PHONE_WRAP_H

#include <stddef.h>

/* A row is a piece of the text. */
struct phone_slice {
	size_t start;
	size_t length;
};

struct phone_slices {
	struct phone_slice *list;
	size_t count;
	size_t room;
};

enum phone_wrap_way {
	PHONE_WRAP_WORDS, /* between words; blanks at a cut vanish */
	PHONE_WRAP_ANYWHERE, /* as somebody types, every blank counts */
};

/* Fills *slices (emptied first) with the rows of a clean text; an empty text
 * is one empty row.  A character wider than `columns` has a row of its own. */
void phone_wrap(const char *utf8, size_t columns, enum phone_wrap_way way,
    struct phone_slices *slices);
void phone_slices_free(struct phone_slices *slices);

/* Bytes without the last character as a person counts them. */
size_t phone_without_last(const char *utf8);

#endif
