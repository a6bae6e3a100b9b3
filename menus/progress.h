/* How far the translation of a language is, corridor by corridor.
 *
 * Counted are the texts callers of the language may be sent, as the template
 * has them, against a PO file.  Pure.
 */
#ifndef MENUS_PROGRESS_H
#define MENUS_PROGRESS_H

#include "locales/kept_po.h"
#include "menus/template.h"

struct progress {
	size_t texts; /* all there are */
	size_t of_state[PO_STATE_COUNT];
	size_t safety_gaps; /* of those, what leads to a person and is
				   missing, fuzzy or stale */
};

/* The texts of one corridor with what it shares and what the helpline itself
 * says; with NULL all texts the language needs. */
void progress_count(const struct template *template,
    const struct corridor *corridor, const char *language, struct kept_po *file,
    struct progress *progress_r);

/* The words of the caseworkers' pages: the entries of their template, which have
 * no id but their English text, against a language's file (NULL: none yet). */
void progress_count_words(const struct kept_po *template,
    const struct kept_po *file, struct progress *progress_r);

/* The whole per cent that is translated or needs no translation; 100 only when
 * nothing is left to do. */
int progress_percent(const struct progress *progress);

#endif
