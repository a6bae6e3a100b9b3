#include "gateway/desk/case_facts_set.h"

#include <inttypes.h>

#include "gateway/base/marked_words.h"
#include "gateway/base/memory.h"
#include "gateway/desk/case_step.h"
#include "store/case_facts.h"

/* -- reading ---------------------------------------------------------------- */

static void
read_facts(const struct text *opened, struct case_facts *facts)
{
	size_t count;
	const struct htcds_field *fields = htcds_fields(&count);

	facts->items = memory_new(count, sizeof(*facts->items));
	for (size_t i = 0; i < count; i++) {
		struct case_fact_line line;

		if (case_facts_find(text_string(opened), fields[i].name, &line))
			facts->items[facts->count++] =
			    (struct case_fact){ .field = &fields[i],
				    .value = line.value,
				    .by = line.by,
				    .at_utc_s = line.at_utc_s };
	}
}

MUST_USE static enum outcome
open_facts(const struct errand *errand, struct case_facts *facts)
{
	struct text opened = { 0 };
	enum outcome outcome = case_facts_unseal(errand->worker->store,
	    errand->worker->secret, errand->request.id, &opened);

	if (outcome == DONE || outcome == NOTHING)
		read_facts(&opened, facts);
	text_free(&opened);
	return (outcome == NOTHING ? DONE : outcome);
}

enum outcome
cases_facts(struct errand *errand, struct case_facts *facts_r)
{
	struct case_facts facts = { 0 };
	enum outcome outcome = case_errand_begin(errand);

	if (outcome != DONE)
		return (outcome);
	outcome = case_note_look(errand);
	if (outcome == DONE)
		outcome = open_facts(errand, &facts);
	outcome = case_errand_end(errand, outcome);
	if (outcome == DONE)
		*facts_r = facts;
	else
		case_facts_free(&facts);
	return (outcome);
}

void
case_facts_free(struct case_facts *facts)
{
	for (size_t i = 0; i < facts->count; i++) {
		char *value = facts->items[i].value;

		explicit_bzero(value, strlen(value));
		free(value);
		free(facts->items[i].by);
	}
	free(facts->items);
	*facts = (struct case_facts){ 0 };
}

/* -- setting ---------------------------------------------------------------- */

static void
add_line(struct text *all, const struct case_fact *fact)
{
	text_printf(all, "%s\t%s", fact->field->name, fact->value);
	if (fact->at_utc_s > 0)
		text_printf(all, "\t%s\t%" PRId64, fact->by, fact->at_utc_s);
	text_add_byte(all, '\n');
}

/* A name as it stands in a line of such facts. */
static void
add_name(struct text *words, const char *name)
{
	for (; *name != '\0'; name++)
		text_add_byte(
		    words, *name == '\t' || *name == '\n' ? ' ' : *name);
}

/* Everything as it was, but for one field. */
MUST_USE static enum outcome
replace(
    struct errand *errand, const struct htcds_field *field, const char *value)
{
	struct case_facts facts = { 0 };
	struct text all = { 0 };
	struct text by = { 0 };
	enum outcome outcome = open_facts(errand, &facts);

	for (size_t i = 0; i < facts.count; i++) {
		if (facts.items[i].field != field)
			add_line(&all, &facts.items[i]);
	}
	add_name(&by, errand->worker->staff->name);
	if (value[0] != '\0')
		add_line(&all,
		    &(struct case_fact){ .field = field,
			.value = (char *)(uintptr_t)value,
			.by = by.bytes,
			.at_utc_s = errand->now_utc_s });
	if (outcome == DONE)
		outcome = case_facts_put(errand->worker->store,
		    errand->request.id, text_string(&all), errand->now_utc_s);
	case_facts_free(&facts);
	text_free(&all);
	text_free(&by);
	return (outcome);
}

/* Which fact it was stays sealed: the trail says only that one was set. */
MUST_USE static enum outcome
set(struct errand *errand, const struct htcds_field *field, const char *value)
{
	const char *what =
	    value[0] != '\0' ? WORDS("fact set") : WORDS("fact taken away");
	enum outcome outcome = case_check_is_own(errand);

	if (outcome == DONE)
		outcome = case_ready_to_seal(errand);
	if (outcome == DONE)
		outcome = replace(errand, field, value);
	if (outcome == DONE)
		outcome = case_step_trace(errand, what, what, NULL);
	return (outcome);
}

enum outcome
cases_set_fact(struct errand *errand, const char *name, const char *typed,
    struct text *trouble)
{
	const struct htcds_field *field = htcds_find(name);
	struct text value = { 0 };
	enum outcome outcome;

	errand->why = CASE_FINE;
	errand->was_found = 0;
	if (field == NULL) {
		text_add(trouble,
		    "there is no such fact; `waymark queue fact` lists them");
		return (REFUSED);
	}
	if (typed[0] != '\0' &&
	    !htcds_read_value(field, typed, &value, trouble)) {
		text_free(&value);
		return (REFUSED);
	}
	outcome = case_errand_begin(errand);
	if (outcome == DONE)
		outcome = case_errand_end(
		    errand, set(errand, field, text_string(&value)));
	text_free(&value);
	return (outcome);
}
