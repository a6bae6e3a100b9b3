/* What a technician sets about guards: `guards = { ... };` of waymark.conf.
 * What they are for: gateway/text/caller_guard.h.
 */
#ifndef GATEWAY_BASE_GUARD_RULES_H
#define GATEWAY_BASE_GUARD_RULES_H

#include <stdint.h>

struct config;

struct guard_rules {
	int64_t answers_an_hour; /* automatic ones, to one caller */
	int64_t answers_a_day;
	int64_t help_answers_a_day; /* over these, to whoever asks for help */
	int64_t pages_an_hour; /* of USSD, to one caller */
};

/* Reads the group, or what stands in for it; complaints are counted by the
 * configuration. */
void guard_rules_read(struct config *config, struct guard_rules *rules_r);

#endif
