#include "gateway/base/alarm_rules.h"

#include "gateway/base/config.h"

enum { DAY_S = 86400 };

static const struct config_option options[] = {
	{ "from", OPTION_WORD, offsetof(struct alarm_rules, from), "high",
	    .words = "high now off",
	    .help = "from which urgency on a request rings the phones of those"
		    " on duty" },
	{ "escalate_after_s", OPTION_NUMBER,
	    offsetof(struct alarm_rules, escalate_after_s), "600", .min = 5,
	    .max = DAY_S,
	    .help = "when nobody claims it so long, the leads' phones too" },
	{ "zone", OPTION_TEXT, offsetof(struct alarm_rules, zone), "UTC+0",
	    .help = "the office's time, for hours of duty: \"UTC+5:45\"" },
	{ "lines_to", OPTION_WORD, offsetof(struct alarm_rules, lines_to),
	    "technicians", .words = "technicians leads both off",
	    .help = "who is texted when a line needs a hand" },
	{ "line_away_s", OPTION_NUMBER,
	    offsetof(struct alarm_rules, line_away_s), "900", .min = 5,
	    .max = DAY_S,
	    .help = "a line that is away so long needs a hand" },
	{ "disk_free_mb", OPTION_NUMBER,
	    offsetof(struct alarm_rules, disk_free_mb), "500", .min = 0,
	    .max = 1000000,
	    .help = "with less left on the store's disk somebody is told; 0"
		    " never" },
};

void
alarm_rules_read(struct config *config, struct alarm_rules *rules_r)
{
	*rules_r = (struct alarm_rules){ 0 };
	config_read_group(
	    config, "alarms", options, COUNT_OF(options), rules_r);
}

void
alarm_rules_free(struct alarm_rules *rules)
{
	config_free_values(options, COUNT_OF(options), rules);
}
