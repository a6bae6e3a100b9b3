/* `{ref}`, `{fact:fee}` and the like in texts.
 *
 * Pure.
 */
#ifndef MENUS_PLACEHOLDERS_H
#define MENUS_PLACEHOLDERS_H

#include "gateway/base/text.h"

/* One placeholder: where it stands and what is between its braces. */
struct placeholder {
	const char *start; /* the opening brace */
	const char *name;
	size_t name_length;
	const char *end; /* behind the closing brace */
};

/* The next one from `at` on: 1, 0 when there is none, -1 when a brace has no
 * partner (start is then the brace). */
int placeholder_next(const char *at, struct placeholder *placeholder_r);

/* 1 when it is {name}. */
int placeholder_is_named(
    const struct placeholder *placeholder, const char *name);

/* 1 when it is "fact:NAME" or "fact:NAME:date"; the name goes to *fact_r. */
int placeholder_is_fact(const struct placeholder *placeholder,
    const char **fact_r, size_t *length_r, int *is_date_r);

/* 1 when every placeholder of a text is one of these words (separated by
 * spaces); else the first wrong one is added to *wrong. */
int placeholders_are(
    const char *words, const char *allowed, struct text *wrong);

#endif
