/* Dates and places as people type them.
 *
 * Pure.
 */
#ifndef MENUS_ANSWER_FORMS_H
#define MENUS_ANSWER_FORMS_H

#include <stdint.h>

#include "gateway/base/clock.h"
#include "gateway/base/text.h"

enum {
	DATE_YEAR_FIRST = 1920, /* somebody's birth */
	DATE_YEAR_LAST = 2060, /* a year of Bikram Sambat is later */
	PLACE_MAX_CHARACTERS = 40,
};

/*
 * Reads "21/11/2026", "21.11.26", "2026-11-21", "21 nov", "nov 21 2026" in
 * digits of any script; the day stands before the month.  Without a year it is
 * the one nearest to now.  Two digits of a year are of this century.  1 and
 * *date_r as 2026-11-21, or 0.
 *
 * Bikram Sambat and other calendars are not guessed: their years are out of
 * range, and what could be either is read as the Gregorian date.
 */
int answer_read_date(
    const char *utf8, int64_t now_utc_s, struct clock_text *date_r);

/* Adds a place, kept coarse: what stands before a second comma, without digits
 * (no house, no telephone), in one line of PLACE_MAX_CHARACTERS.  Adds nothing
 * when no letters are left. */
void answer_add_coarse_place(const char *utf8, struct text *place);

#endif
