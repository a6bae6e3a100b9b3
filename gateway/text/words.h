/* The words of a text, to look for a name or a code word in it.
 */
#ifndef GATEWAY_TEXT_WORDS_H
#define GATEWAY_TEXT_WORDS_H

#include "gateway/base/text.h"

/* Adds the words of a text (clean UTF-8) to *words, folded (capitals, wide and
 * ligature forms are as their plain letters), with a space before the first,
 * between them and after the last: " red mango ".  Punctuation parts words,
 * joiners that cannot be seen do not; " " when there are none. */
void words_add(const char *string, struct text *words);
/* The same of so many bytes, which end with a whole character. */
void words_add_bytes(const char *bytes, size_t length, struct text *words);

#endif
