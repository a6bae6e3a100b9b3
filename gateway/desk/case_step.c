#include "gateway/desk/case_step.h"

enum outcome
case_step_read_typed(struct errand *errand, const char *typed,
    size_t most_bytes, struct text *words)
{
	struct text clean = { 0 };
	enum outcome outcome = case_read_typed(errand, typed, &clean);

	if (outcome == DONE && clean.length > most_bytes)
		outcome = case_refuse(errand, CASE_TOO_LONG);
	if (outcome == DONE)
		text_add_bytes(words, clean.bytes, clean.length);
	text_free(&clean);
	return (outcome);
}

enum outcome
case_step_trace(const struct errand *errand, const char *event,
    const char *what, const char *detail)
{
	enum outcome outcome = DONE;

	if (event != NULL)
		outcome = case_add_event(errand, event);
	if (outcome == DONE && event != NULL)
		outcome = case_renew(errand);
	if (outcome != DONE)
		return (outcome);
	return (case_audit(errand, what, detail != NULL ? detail : ""));
}
