/* Findings, put down: for menu_check.c and its helpers.
 */
#ifndef MENUS_FINDING_H
#define MENUS_FINDING_H

#include "menus/menu_check.h"
#include "menus/menu_inside.h"

struct checking {
	const struct menus *menus;
	const struct corridor *corridor; /* the one being looked at */
	int64_t now_utc_s;
	struct check_findings *findings;
};

/* Where something is wrong. */
struct place {
	const char *file;
	int line;
};

/* `act` is what to do; the format says what is wrong. */
void finding_add(struct checking *checking, enum finding_severity severity,
    struct place place, const char *act, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* check_home.c: whether HELP stands where callers begin. */
void check_home(struct checking *checking);
/* check_lengths.c: what does not fit a channel. */
void check_lengths(struct checking *checking);
/* check_texts.c: words, translations and facts of a corridor. */
void check_texts(struct checking *checking);
/* check_facts.c: numbers of another country, facts that soon expire. */
void check_fact_rows(struct checking *checking);
/* Languages: drafts, and keywords that are missing or clash. */
void check_languages(struct checking *checking);

#endif
