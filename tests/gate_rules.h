/* What may leave, said a second time and in another way: against it the gate is
 * held in check_contact_gate.c and check_departures.c.
 */
#ifndef TESTS_GATE_RULES_H
#define TESTS_GATE_RULES_H

#include "gateway/text/contact_gate.h"

/* 1 when nothing that a person said stands against this text now. */
static inline int
rules_let_it_go(enum contact_purpose purpose, const struct contact_facts *facts,
    int64_t now_utc_s)
{
	int despite_hold = (facts->overrides & 1) != 0;
	int despite_consent = (facts->overrides & 2) != 0;
	int despite_hours = (facts->overrides & 4) != 0;
	int despite_call = (facts->overrides & 8) != 0;
	int despite_self = (facts->overrides & 16) != 0;
	int despite_word = (facts->overrides & 32) != 0;
	int64_t local_s = now_utc_s + zone_offset_s(&facts->zone, now_utc_s);
	int minute = (int)(((local_s % 86400) + 86400) % 86400 / 60);
	int from = facts->hours.from_minute, until = facts->hours.until_minute;
	int is_safe = from == until ||
	    (from < until ? from <= minute && minute < until
			  : from <= minute || minute < until);
	int is_warm = facts->wrote_utc_s > 0 &&
	    now_utc_s >= facts->wrote_utc_s &&
	    now_utc_s < facts->wrote_utc_s + facts->warm_s;
	int is_open = is_warm && facts->talk == CONTACT_OPEN;

	if (purpose == CONTACT_ANSWER)
		return (1);
	if (facts->is_stopped)
		return (0);
	if (purpose == CONTACT_COVER)
		return (1);
	if (!facts->is_known)
		return (0);
	if (purpose == CONTACT_ALARM || purpose == CONTACT_STAFF)
		return (1);
	if (facts->is_withdrawn || (!facts->has_consent && !despite_consent) ||
	    (facts->is_on_hold && !despite_hold))
		return (0);
	if ((facts->way == CONTACT_BY_CALL && !despite_call) ||
	    (facts->way == CONTACT_BY_SELF && !is_warm && !despite_self) ||
	    (facts->way == CONTACT_BY_OTHER && !facts->has_other))
		return (0);
	if (!is_open && !is_safe && !despite_hours)
		return (0);
	if (purpose == CONTACT_OPENING)
		return (!is_open && facts->talk != CONTACT_WRONG);
	return (is_open || despite_word);
}

#endif
