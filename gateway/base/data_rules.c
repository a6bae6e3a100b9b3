#include "gateway/base/data_rules.h"

#include <stdlib.h>
#include <strings.h>

#include "gateway/base/config.h"
#include "gateway/base/memory.h"

/* Five years: the same in store/retention.h, which no configuration passes. */
#define DAYS_MOST 1826

static const char outcomes[] = "retention.outcomes";

static const struct config_option retention_options[] = {
	{ "days", OPTION_NUMBER, offsetof(struct data_rules, keep_days), "365",
	    .min = 1, .max = DAYS_MOST,
	    .help = "how long a closed case is kept; at most five years" },
};

static const struct config_option outcome_options[] = {
	{ "words", OPTION_TEXT, offsetof(struct retention_outcome, words), NULL,
	    1, .help = "what cases are closed with" },
	{ "days", OPTION_NUMBER, offsetof(struct retention_outcome, days), NULL,
	    1, .min = 1, .max = DAYS_MOST,
	    .help = "how long such a case is kept" },
};

static const struct config_option export_options[] = {
	{ "least_people", OPTION_NUMBER,
	    offsetof(struct data_rules, least_people), "11", .min = 11,
	    .max = 1000,
	    .help = "a count of fewer is never exported; 11 or more" },
	{ "rounding", OPTION_NUMBER, offsetof(struct data_rules, rounding), "5",
	    .min = 5, .max = 100,
	    .help = "exported counts are rounded down to a multiple of it" },
};

/* One outcome has one clock. */
static void
check_outcome(
    struct config *config, const struct data_rules *rules, size_t index)
{
	const char *words = rules->outcomes[index].words;

	for (size_t i = 0; i < index && words != NULL; i++) {
		if (rules->outcomes[i].words != NULL &&
		    strcasecmp(rules->outcomes[i].words, words) == 0)
			config_complain(config, outcomes, index,
			    "'%s' has a clock already", words);
	}
}

void
data_rules_read(struct config *config, struct data_rules *rules_r)
{
	struct data_rules rules = { 0 };

	config_read_group(config, "retention", retention_options,
	    COUNT_OF(retention_options), &rules);
	rules.outcome_count = config_list_length(config, outcomes);
	rules.outcomes =
	    memory_new(rules.outcome_count, sizeof(*rules.outcomes));
	for (size_t i = 0; i < rules.outcome_count; i++) {
		config_read_item(config, outcomes, i, outcome_options,
		    COUNT_OF(outcome_options), &rules.outcomes[i]);
		check_outcome(config, &rules, i);
	}
	config_read_group(
	    config, "export", export_options, COUNT_OF(export_options), &rules);
	*rules_r = rules;
}

void
data_rules_free(struct data_rules *rules)
{
	for (size_t i = 0; i < rules->outcome_count; i++)
		config_free_values(outcome_options, COUNT_OF(outcome_options),
		    &rules->outcomes[i]);
	free(rules->outcomes);
	*rules = (struct data_rules){ 0 };
}
