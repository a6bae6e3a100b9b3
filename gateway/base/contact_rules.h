/* What a technician sets about reaching callers: `contact = { ... };` of
 * waymark.conf.
 */
#ifndef GATEWAY_BASE_CONTACT_RULES_H
#define GATEWAY_BASE_CONTACT_RULES_H

#include <stdint.h>

#include "gateway/base/day_span.h"

struct config;

/* Which part of the day somebody called safe. */
enum contact_hours {
	HOURS_UNASKED, /* they were not asked, or did not say */
	HOURS_MORNING,
	HOURS_NOON,
	HOURS_EVENING,
	HOURS_NIGHT,
	HOURS_ANY,
	HOURS_KINDS
};

struct contact_rules {
	int64_t warm_s; /* how long a talk stays open after a text */
	int64_t held_s; /* how long a caseworker's text may wait to leave */
	struct day_span hours[HOURS_KINDS]; /* ANY is the whole day */
};

/* Reads the group, or what stands in for it; complaints are counted by the
 * configuration. */
void contact_rules_read(struct config *config, struct contact_rules *rules_r);

/* "unasked", "morning" ... */
const char *contact_hours_name(enum contact_hours hours);

#endif
