#include "gateway/base/guard_rules.h"

#include "gateway/base/config.h"

enum { SPENT_LEAST = 5, SPENT_MOST = 1000000 };

static const struct config_option options[] = {
	{ "answers_an_hour", OPTION_NUMBER,
	    offsetof(struct guard_rules, answers_an_hour), "60",
	    .min = SPENT_LEAST, .max = SPENT_MOST,
	    .help = "automatic answers that one caller gets in an hour" },
	{ "answers_a_day", OPTION_NUMBER,
	    offsetof(struct guard_rules, answers_a_day), "200",
	    .min = SPENT_LEAST, .max = SPENT_MOST, .help = "and in a day" },
	{ "help_answers_a_day", OPTION_NUMBER,
	    offsetof(struct guard_rules, help_answers_a_day), "30",
	    .min = SPENT_LEAST, .max = SPENT_MOST,
	    .help = "more answers in a day for whoever asks for help when"
		    " these are spent" },
	{ "pages_an_hour", OPTION_NUMBER,
	    offsetof(struct guard_rules, pages_an_hour), "1000",
	    .min = SPENT_LEAST, .max = SPENT_MOST,
	    .help = "pages that one caller gets in an hour on a dialled code" },
};

void
guard_rules_read(struct config *config, struct guard_rules *rules_r)
{
	*rules_r = (struct guard_rules){ 0 };
	config_read_group(
	    config, "guards", options, COUNT_OF(options), rules_r);
}
