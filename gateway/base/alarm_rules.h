/* What a technician sets about alarms: `alarms = { ... };` of waymark.conf.
 */
#ifndef GATEWAY_BASE_ALARM_RULES_H
#define GATEWAY_BASE_ALARM_RULES_H

#include <stdint.h>

struct config;

struct alarm_rules {
	char *from; /* "high", "now" or "off" */
	int64_t escalate_after_s; /* unclaimed so long: the leads too */
	char *zone; /* of the office's day, "UTC+5:45" */
	char *lines_to; /* troubles of lines: "technicians", "leads", "both"
			   or "off" */
	int64_t line_away_s; /* away so long is a trouble */
	int64_t disk_free_mb; /* less is a trouble */
};

/* Reads the group, or what stands in for it; complaints are counted by the
 * configuration. */
void alarm_rules_read(struct config *config, struct alarm_rules *rules_r);
void alarm_rules_free(struct alarm_rules *rules);

#endif
