/* The fields of a line, a row each: what the JSON and the page of health are
 * written from. */
#include <assert.h>

#include "gateway/base/marked_words.h"
#include "gateway/desk/status.h"

#define AT(field) offsetof(struct status_line, field)

const struct status_field status_fields[] = {
	{ "name", NULL, STATUS_NAME, AT(name), 0 },
	{ "state", NULL, STATUS_WORDS, AT(state), 0 },
	{ "up", NULL, STATUS_FLAG, AT(is_up), 0 },
	{ "signal_percent", WORDS("Signal"), STATUS_PERCENT, AT(signal_percent),
	    -1 },
	{ "in_flight", WORDS("Texts being sent"), STATUS_COUNT, AT(in_flight),
	    -1 },
	{ "rung", NULL, STATUS_WORDS, AT(rung), 0 },
	{ "needs_hand", NULL, STATUS_FLAG, AT(needs_hand), 0 },
	{ "storage_percent", WORDS("Memory in use"), STATUS_PERCENT,
	    AT(storage_percent), -1 },
	{ "network", WORDS("Network"), STATUS_NAME, AT(network), 0 },
	{ "credit", NULL, STATUS_WORDS, AT(credit), 0 },
	{ "credit_hundredths", NULL, STATUS_AMOUNT, AT(hundredths), 0 },
	{ "sent", WORDS("Sent since the hub started"), STATUS_COUNT, AT(sent),
	    -1 },
	{ "texts_a_minute", WORDS("Texts in the last minute"), STATUS_COUNT,
	    AT(pace), -1 },
	{ "hidden_calls", WORDS("Calls without a number"), STATUS_COUNT,
	    AT(hidden_calls), -1 },
	{ "away_seconds", NULL, STATUS_SECONDS, AT(away_s), 0 },
	{ "cause", NULL, STATUS_WORDS, AT(cause), 0 },
	{ "stand_in", WORDS("Its texts go by line"), STATUS_NAME, AT(stand_in),
	    0 },
	{ "credit_days", WORDS("Days until its credit expires"), STATUS_COUNT,
	    AT(credit_days), -1 },
	{ "texts_today", WORDS("Texts today"), STATUS_COUNT, AT(texts_today),
	    -1 },
	{ "parts_today", WORDS("SMS today"), STATUS_COUNT, AT(parts_today),
	    -1 },
	{ "spent_today_hundredths", WORDS("Spent today"), STATUS_AMOUNT,
	    AT(spent_today), 0 },
	{ "day_cap", WORDS("Texts a day at most"), STATUS_COUNT, AT(day_cap),
	    0 },
	{ "spend_cap_hundredths", WORDS("Spent a day at most"), STATUS_AMOUNT,
	    AT(spend_cap), 0 },
	{ "pace_per_minute", WORDS("Texts a minute at most"), STATUS_COUNT,
	    AT(pace_most), 0 },
	{ "cap_wait_seconds",
	    WORDS("A cap is reached; automatic answers wait for"),
	    STATUS_SECONDS, AT(cap_wait_s), 0 },
};
const size_t status_field_count = COUNT_OF(status_fields);

/* Each field takes as much room as a pointer or an int64_t. */
static_assert(sizeof(const char *) != sizeof(int64_t) ||
	COUNT_OF(status_fields) * sizeof(int64_t) == sizeof(struct status_line),
    "a field of struct status_line has no row here");

const char *
status_field_words(
    const struct status_field *field, const struct status_line *line)
{
	const char *words;

	memcpy(&words, (const char *)line + field->offset, sizeof(words));
	return (words);
}

int64_t
status_field_number(
    const struct status_field *field, const struct status_line *line)
{
	int64_t number;

	memcpy(&number, (const char *)line + field->offset, sizeof(number));
	return (number);
}
