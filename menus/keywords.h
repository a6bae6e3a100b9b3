/* The words the helpline listens to, folded once at load.
 *
 * For each language there is a hash table from folded spelling to the keywords
 * it stands for.  Read only after loading.
 */
#ifndef MENUS_KEYWORDS_H
#define MENUS_KEYWORDS_H

#include <stdint.h>

#include "gateway/text/answer.h"
#include "locales/catalog.h"
#include "menus/system_texts.h"

struct keywords;

/* A set of keywords is a uint32_t with bit 1 << keyword. */
_Static_assert(KEYWORD_COUNT <= 32, "a set of keywords is 32 bits");

struct keywords *keywords_new(
    const struct catalog *catalog, const struct system_texts *system);
void keywords_free(struct keywords *keywords);

/* What a whole answer stands for in a language, and what a short one begins
 * with (the whole counts as well); 0 nothing.  The longest beginning that is a
 * spelling counts alone: "ji na bhai" is no, since "ji na" is, though "ji" is
 * yes.  But who begins with a word for help means it. */
struct keyword_match {
	uint32_t whole;
	uint32_t first;
	size_t first_bytes; /* of that beginning, folded */
};
struct keyword_match keywords_match(const struct keywords *keywords,
    const char *language, const struct answer *answer);

/* Calls `tell` for each spelling that stands for more than one keyword of a
 * language. */
void keywords_find_clashes(const struct keywords *keywords,
    void (*tell)(void *context, const char *language, const char *spelling,
	uint32_t bits),
    void *context);

#endif
