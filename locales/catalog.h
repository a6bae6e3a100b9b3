/* The catalog: every text in every language, by language and id.
 *
 * Reads gettext PO files (`locales/<tag>.po`, the tag in BCP 47: "ne",
 * "ne-Latn") as they are with libgettextpo at start and reload; an editor
 * compiles nothing.  msgctxt is the id ("rights/r2/text", "system/unreadable",
 * "keyword/help", "language/name"), msgid the English source.  A translation
 * that is fuzzy, empty, or made from another source text is not used: the
 * source stands in, and the gap is counted and reported.  An empty one with the
 * translator's comment "no translation needed" is no gap: the source is its
 * translation.  The lists of keywords and the language's name are no translations
 * and hold whatever the English ones have become.  A translation whose
 * placeholders differ from the source's is not used either and is reported as
 * an error with its line.  A file that does not parse, or whose Language header
 * is not its name, is refused, and the whole catalog with it.
 *
 * gettext() itself is not used: it is per process and needs the system's
 * locales.  Read only after loading; owns all its strings.
 */
#ifndef LOCALES_CATALOG_H
#define LOCALES_CATALOG_H

#include <stddef.h>

#include "gateway/base/outcome.h"
#include "locales/review.h"

struct catalog;

/* What a PO header says of its language. */
struct catalog_language {
	const char *tag; /* "ne-Latn" */
	const char *script; /* ISO 15924, from X-Script: "Deva" */
	int is_draft; /* X-Review: draft (until a native speaker has
				   signed: "native-checked", and survivors:
				   "survivor-reviewed") */
	const char *review; /* the header's words */
	enum review_state review_state;
	const char *reviewed_by; /* "" for a draft, as is the date */
	const char *reviewed_on; /* "2026-11-21" */
	size_t translated; /* entries in use */
	size_t unneeded; /* "no translation needed": the source is right */
	size_t gaps; /* entries the source stands in for: the sum of */
	size_t missing; /* empty ones */
	size_t fuzzy; /* guesses */
	size_t stale; /* those whose source has changed */
	size_t unfit; /* and those that must not be shown */
};

/*
 * Reads every PO file of a folder.  English ("en", "Latn") is always there,
 * being the source.
 *
 * DONE     *catalog_r is yours until catalog_free()
 * REFUSED  a file is wrong; every complaint is in the log with file and line
 */
MUST_USE enum outcome catalog_load(
    const char *folder, struct catalog **catalog_r);

/* The same for words of pages (`locales/desk`): they have no msgctxt, and the
 * English source is the id. */
MUST_USE enum outcome catalog_load_words(
    const char *folder, struct catalog **catalog_r);
void catalog_free(struct catalog *catalog);

size_t catalog_language_count(const struct catalog *catalog);
const struct catalog_language *catalog_language_at(
    const struct catalog *catalog, size_t index);
const struct catalog_language *catalog_find_language(
    const struct catalog *catalog, const char *tag);

/* The text of an id in a language, or `source` itself; borrowed, never NULL.
 * A regional or script tag falls back to nothing but the source: a reader of
 * romanised Nepali may not read Devanagari. */
const char *catalog_text(const struct catalog *catalog, const char *tag,
    const char *id, const char *source);

/* 1 when the language has a usable translation of this id and source. */
int catalog_has(const struct catalog *catalog, const char *tag, const char *id,
    const char *source);

#endif
