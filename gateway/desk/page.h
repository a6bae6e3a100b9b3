/* A page of HTML being written.
 *
 * What people wrote cannot become markup, since nothing goes out but through
 * these functions: page_raw() takes string literals alone, everything else is
 * escaped.  Hidden direction marks (U+202A and its like), with which a text
 * can be made to show something else than it says, and control characters come
 * out as words in brackets: harmless, and seen.
 *
 * A page speaks one language.  Its words are written in English in the
 * code and looked up in the catalog of the desk; what has no translation stays
 * English.
 */
#ifndef GATEWAY_DESK_PAGE_H
#define GATEWAY_DESK_PAGE_H

#include "gateway/base/text.h"
#include "gateway/base/marked_words.h"

struct catalog;

struct page {
	struct text html;
	const struct catalog *catalog; /* borrowed; NULL: English */
	const char *language; /* "en", "ne"; borrowed */
};

void page_free(struct page *page);

/* Markup of our own, as a literal: anything else does not compile. */
#define page_raw(page, literal) \
	page_add_literal((page), "" literal "", sizeof(literal) - 1)
void page_add_literal(struct page *page, const char *literal, size_t length);

/* Markup that another module of ours has made, and made safe (trend_svg()). */
void page_markup(struct page *page, const struct text *markup);

/* Words of people, or numbers. */
void page_text(struct page *page, const char *words);
void page_integer(struct page *page, int64_t number);

/* ` name="value"`; the name is one of ours. */
void page_attr(struct page *page, const char *name, const char *value);

/* ` name="/path"`: a place on this desk, whatever stands in `path`.  What a
 * path may not hold is percent-encoded. */
void page_url(struct page *page, const char *name, const char *path);

/* `name=value` for behind the "?" or "&" of a path; adds to *path. */
void page_add_query(struct text *path, const char *name, const char *value);

/* -- words of ours ---------------------------------------------------------- */

/* The page's language for an English text; borrowed from the catalog, or the
 * text itself. */
const char *page_word(const struct page *page, const char *english);

/* The same, written out. */
void page_say(struct page *page, const char *english);

/* The same with {placeholders} filled in; each value stands isolated, so that
 * a name from right to left moves nothing about. */
struct page_value {
	const char *name;
	const char *words;
};
void page_say_with(struct page *page, const char *english,
    const struct page_value *values, size_t count);
/* With one of them. */
void page_say_one(struct page *page, const char *english, const char *name,
    const char *words);

/* The same into a plain text, for where it becomes an attribute. */
void page_fill(const struct page *page, const char *english,
    const struct page_value *values, size_t count, struct text *out);

/* Words that somebody wrote, in the direction of their own script, with their
 * line ends; `lang` is their language or NULL. */
void page_words_of_people(
    struct page *page, const char *lang, const char *words);

#endif
