/* Screens as words: texts in a language with what is filled in, numbered
 * options, and pages where one answer cannot carry all.
 *
 * A body is put together from pieces and then said: whole where it fits the
 * channel, else page by page, cut between options or else between words, each
 * page but the last ending in the line "9 More".  The few choices of a question
 * stand on one page where they can: who reads "1 Yes" and "9 More" is asked
 * something else than who reads "2 No" as well.  Pure.
 */
#ifndef MENUS_SCREEN_TEXT_H
#define MENUS_SCREEN_TEXT_H

#include "menus/menu_inside.h"
#include "menus/menu_walk.h"
#include "menus/walk_values.h"

/* Which wording of a screen's text. */
enum wording {
	WORDING_NOW, /* the one that may be sent now */
	/* How long can it become?  With its facts, and the largest numbers and
	 * longest dates; and the same without its facts. */
	WORDING_LONGEST,
	WORDING_WITHOUT,
};

/* Who speaks to whom.  All borrowed. */
struct speaker {
	const struct menus *menus;
	const struct corridor *corridor;
	const char *language;
	const char *ref;
	const struct channel_limit *channel;
	int64_t now_utc_s;
	const struct walk_values *values; /* what {months} is worth; NULL fills
					     in long ones, every item done */
	enum wording wording;
};

enum { BODY_PIECES_MOST = 24 };

/* A text whose pieces should not be cut. */
struct body {
	struct text words; /* pieces joined by newlines */
	size_t ends[BODY_PIECES_MOST]; /* of pieces, in bytes */
	size_t count;
	size_t first_option; /* the piece it is, where there are options */
	size_t option_count; /* which follow each other */
};

/* Adds a text with {ref} and facts filled in. */
void speak_filled(
    const struct speaker *speaker, const char *words, struct text *out);
/* Adds a system text; {min} and {max} are those of `screen`, which may be
 * NULL. */
void speak_system(const struct speaker *speaker, enum system_text which,
    const struct screen *screen, struct text *out);

/* The text of a screen as it may be sent now: `text`, or `text_without` while
 * one of its facts may not. */
void speak_screen_text(const struct speaker *speaker,
    const struct screen *screen, struct text *out);

/* speak_date.c: adds a date ("2026-11-21") as the language says it, or as it
 * is where the language has no words for it. */
void speak_date(
    const struct speaker *speaker, const char *words, struct text *out);

void body_add(struct body *body, const char *words);
void body_add_option(struct body *body, unsigned number, const char *words);
void body_free(struct body *body);

/* What is said after an answer of a quiz. */
void speak_explanation(const struct speaker *speaker,
    const struct screen *screen, int is_right, struct text *out);

/* A whole screen: at home the notices in date, then its text, its options, and
 * Next or Skip. */
void speak_screen(const struct speaker *speaker, const struct screen *screen,
    struct body *body);

/* Adds `words` at the end of a body if that costs no further segment. */
void body_add_if_free(
    const struct speaker *speaker, struct body *body, const char *words);

/* 1 when the channel carries it in one answer. */
int text_fits(const struct speaker *speaker, const char *words);

/* Adds page `page` of a body to *out and returns 1 when more pages follow.  A
 * page behind the last one is the last one; *page_r is which it was. */
int speak_page(const struct speaker *speaker, const struct body *body, int page,
    struct text *out, int *page_r);

/* Adds what one answer carries of a body, always with "9 More" behind it, and
 * returns where the rest begins. */
size_t speak_first(
    const struct speaker *speaker, const struct body *body, struct text *out);

/* Adds as much of a text as the channel carries, with a mark where it was
 * cut. */
void speak_cut(
    const struct speaker *speaker, const char *words, struct text *out);

#endif
