/* What left by each line on each day: for caps that a restart does not forget.
 *
 * A day is a number of days since 1970 in the line's own zone, and each day has
 * a row of its own: after a clock that jumped is right again, the counts of the
 * right day are still there.  The LINE_DAYS_KEPT youngest days of a line stay.
 * Counted when a text is handed to its line, taken back when it certainly did
 * not leave.
 */
#ifndef STORE_LINE_DAYS_H
#define STORE_LINE_DAYS_H

#include "store/store.h"

enum { LINE_DAYS_KEPT = 40 };

#define LINE_DAYS_ALL "" /* all lines together */

struct line_day {
	int64_t texts;
	int64_t parts;
	int64_t spent; /* millionths of the currency's unit */
	int64_t over; /* texts that went over a cap */
};

/* DONE; a day without a row has left nothing. */
MUST_USE enum outcome line_days_get(
    struct store *store, const char *line, int64_t day, struct line_day *day_r);

/* Adds, or with negative values takes back, but never below nothing. */
MUST_USE enum outcome line_days_add(struct store *store, const char *line,
    int64_t day, const struct line_day *more);

#endif
