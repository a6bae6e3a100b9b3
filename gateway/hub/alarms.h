/* Alarms: an urgent request rings the phones of those on duty.
 *
 * Round by round: the first goes at once to those on duty; when nobody has
 * claimed the request within alarms.escalate_after_s, the next goes to them
 * and to every lead, and again after twice that time, up to ALARM_ROUNDS_MOST.
 * Where nobody is on duty the first round goes to the leads.  A text holds
 * references, urgency and corridor, nothing of a caller, and says no more to
 * somebody else who reads it.
 *
 * Alarms look at the store, not at what just came in: a request that a
 * caseworker passes back or whose lease runs out rings as well, and a crash
 * loses none.  They are looked after every few seconds; when none is due soon,
 * only after a round that wrote something, and once a minute.  Many requests at once
 * share texts, and no phone gets more than ALARM_BURST_MOST texts a minute.
 */
#ifndef GATEWAY_HUB_ALARMS_H
#define GATEWAY_HUB_ALARMS_H

#include "gateway/hub/state.h"
#include "store/alarms.h"

enum {
	ALARM_LOOK_MS = 2000, /* how often it is looked */
	ALARM_REST_S = 60, /* when nothing is due within that time */
	ALARM_BURST_MOST = 6, /* rounds in ALARM_BURST_S */
	ALARM_BURST_S = 60,
	ALARM_NAMED_MOST = 3, /* requests that one text names */
};

/* Whether what the configuration says of alarms can be used: DONE, or REFUSED
 * with the cause in the log. */
MUST_USE enum outcome alarms_check(const struct settings *settings);

/* Looks, when it is time; own transaction.  DONE, TRY_LATER or BROKEN. */
MUST_USE enum outcome alarms_tend(struct hub *hub, int64_t now_utc_s);

/* Something was written: looks as soon as the last look is old enough. */
void alarms_expect(struct hub *hub);
/* The minute of the office's day, for duty. */
int alarms_minute(const struct hub *hub, int64_t now_utc_s);

/* Seconds from one round to the next: pure. */
int64_t alarms_wait_s(int rounds, int64_t escalate_after_s);

/* The words of one text: pure. */
void alarms_write(const struct alarm *alarms, size_t count, struct text *text);

#endif
