#include "gateway/base/contact_rules.h"

#include "gateway/base/config.h"

enum { DAY_S = 86400 };

/* As the table fills it in, before the hours are read. */
struct raw_rules {
	int64_t warm_s;
	int64_t held_days;
	char *hours[HOURS_ANY];
};

static const struct config_option options[] = {
	{ "warm_s", OPTION_NUMBER, offsetof(struct raw_rules, warm_s), "1800",
	    .min = 60, .max = DAY_S,
	    .help = "a talk stays open for so long after a caller's text; later"
		    " a neutral text goes first" },
	{ "held_days", OPTION_NUMBER, offsetof(struct raw_rules, held_days),
	    "14", .min = 1, .max = 365,
	    .help = "a caseworker's text that has waited so long is not sent"
		    " any more; it is unread in its case" },
	{ "unasked", OPTION_TEXT,
	    offsetof(struct raw_rules, hours[HOURS_UNASKED]), "08:00-20:00",
	    .help = "when who did not say may be texted" },
	{ "morning", OPTION_TEXT,
	    offsetof(struct raw_rules, hours[HOURS_MORNING]), "06:00-11:00",
	    .help = "what callers mean by it, by their own clock" },
	{ "noon", OPTION_TEXT, offsetof(struct raw_rules, hours[HOURS_NOON]),
	    "11:00-15:00", .help = "the same" },
	{ "evening", OPTION_TEXT,
	    offsetof(struct raw_rules, hours[HOURS_EVENING]), "17:00-21:00",
	    .help = "the same" },
	{ "night", OPTION_TEXT, offsetof(struct raw_rules, hours[HOURS_NIGHT]),
	    "21:00-01:00", .help = "the same; may run past midnight" },
};

static const char *const hours_names[HOURS_KINDS] = {
	[HOURS_UNASKED] = "unasked",
	[HOURS_MORNING] = "morning",
	[HOURS_NOON] = "noon",
	[HOURS_EVENING] = "evening",
	[HOURS_NIGHT] = "night",
	[HOURS_ANY] = "any",
};

const char *
contact_hours_name(enum contact_hours hours)
{
	return (hours_names[hours]);
}

void
contact_rules_read(struct config *config, struct contact_rules *rules_r)
{
	struct raw_rules raw = { 0 };

	*rules_r = (struct contact_rules){ 0 };
	config_read_group(config, "contact", options, COUNT_OF(options), &raw);
	rules_r->warm_s = raw.warm_s;
	rules_r->held_s = raw.held_days * DAY_S;
	for (int i = 0; i < HOURS_ANY; i++) {
		if (raw.hours[i] != NULL &&
		    day_span_read(raw.hours[i], &rules_r->hours[i]) != DONE)
			config_complain(config, "contact", (size_t)-1,
			    "%s '%s' must be two times of the day, such as"
			    " \"06:00-11:00\"",
			    hours_names[i], raw.hours[i]);
	}
	config_free_values(options, COUNT_OF(options), &raw);
}
