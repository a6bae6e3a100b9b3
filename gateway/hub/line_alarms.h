/* Alarms of lines: when a line, or the box itself, needs a hand, those who can
 * give one are texted, by another line.
 *
 * A trouble is told once and then after growing times (line_alarm_wait_s()) until
 * it is over; then one text says so.  What was told stands in the store
 * (store/troubles.h), so a restart tells nobody anew.  Several at a time share
 * a text.  It goes by a line that is well; where there is none, as in a box
 * with one modem, by one that can still send though its credit is low or its
 * cap reached; else it waits, untold: the desk and `waymark status` show it all
 * the same, and of an hour away and more a text tells when the line is back.
 *
 * Who: `alarms.lines_to`: technicians on duty (`waymark staff phone, duty`);
 * leads where none of them is to be had.  A text names lines and what is wrong
 * with them, and holds nothing of a caller.
 */
#ifndef GATEWAY_HUB_LINE_ALARMS_H
#define GATEWAY_HUB_LINE_ALARMS_H

#include "gateway/hub/state.h"
#include "store/troubles.h"

enum {
	LINE_ALARMS_LOOK_MS = 5000,
	LINE_ALARMS_STEADY_S = 60, /* well again only after so long */
	LINE_ALARMS_UNTOLD_S = 3600, /* so long away is told afterwards, too */
	LINE_STORAGE_WELL_PERCENT = 70, /* of one that was over the alarm's */
};

/* -- pure ---------------------------------------------------------------------- */

/* Seconds until it is told again, after so many rounds. */
int64_t line_alarm_wait_s(int rounds);

/* What is seen of one trouble. */
enum sight {
	SIGHT_UNKNOWN, /* neither begins nor ends one */
	SIGHT_WELL,
	SIGHT_TROUBLE,
};

/* What is known of a line for its troubles. */
struct line_sight {
	int64_t away_s; /* 0 while it is up */
	int64_t well_s; /* 0 while it is not */
	int64_t away_most_s; /* alarms.line_away_s */
	int needs_hand;
	enum sim_state sim;
	const char *credit; /* line_credit_word() */
	int64_t credit_days; /* until it expires; -1 unknown */
	int64_t credit_days_least; /* balance_days; 0 never told */
	int64_t storage_percent; /* -1 unknown */
	int is_spent;
};
enum sight line_alarm_see(
    const struct line_sight *line, enum trouble_kind kind);

/* One trouble with what its text needs. */
struct told_trouble {
	struct trouble trouble;
	const char *cause; /* of AWAY: the line's own words, or "" */
	int64_t credit_days; /* of EXPIRY */
	int64_t since_s; /* how long */
};
/* The words about these, which are all over or all not; at most two SMS. */
void line_alarm_write(const struct told_trouble *troubles, size_t count,
    int are_over, struct text *words);

/* -- at work --------------------------------------------------------------------- */

/* Looks, when it is time; own transaction.  DONE, TRY_LATER or BROKEN. */
MUST_USE enum outcome line_alarms_tend(struct hub *hub, int64_t now_utc_s);

#endif
