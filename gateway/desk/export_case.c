/* All that is kept of one case, for the caller who asks: exports_case().
 * Names of caseworkers stay inside. */
#include "gateway/base/clock.h"
#include "gateway/base/json.h"
#include "gateway/desk/case_facts_set.h"
#include "gateway/desk/case_referral.h"
#include "gateway/desk/case_step.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/exports.h"

/* What there is. */
struct record {
	struct case_sheet sheet;
	struct case_facts facts;
	struct referral_list referrals;
};

static void
record_free(struct record *record)
{
	case_sheet_free(&record->sheet);
	case_facts_free(&record->facts);
	free(record->referrals.items);
}

static const char *
who_wrote(enum case_text_kind kind)
{
	static const char *const words[] = {
		[CASE_TEXT_CALLER] = "you",
		[CASE_TEXT_REPLY] = "we",
		[CASE_TEXT_NOTE] = "our note",
	};

	return (words[kind]);
}

static const char indent[] = "    ";

/* -- text ------------------------------------------------------------------- */

static void
add_head(const struct record *record, struct text *out)
{
	const struct request *request = &record->sheet.request;

	text_printf(out,
	    "What we keep about help request %s\n\nOpened: %s UTC\n"
	    "Language: %s\nRoute: %s\nMay we contact you: %s\n",
	    request->ref, clock_date_time(request->opened_utc_s).text,
	    request->language, request->corridor, request->consent);
	if (record->sheet.number.length > 0)
		text_printf(out, "Number: %s\n", record->sheet.number.bytes);
}

static void
add_answers(const struct record *record, struct text *out)
{
	const struct case_sheet *sheet = &record->sheet;

	if (sheet->answer_count > 0)
		text_add(out, "\nYour answers\n");
	for (size_t i = 0; i < sheet->answer_count; i++) {
		cli_add_words(out, "  ", sheet->answers[i].question);
		cli_add_words(out, indent, sheet->answers[i].answer);
	}
}

static void
add_thread(const struct record *record, struct text *out)
{
	const struct case_thread *thread = &record->sheet.thread;

	if (thread->count > 0)
		text_add(out, "\nTexts and notes\n");
	for (size_t i = 0; i < thread->count; i++) {
		const struct case_text *item = &thread->items[i];

		text_printf(out, "  %s  %s\n",
		    clock_date_time(item->at_utc_s).text,
		    who_wrote(item->kind));
		cli_add_words(out, indent,
		    item->text != NULL ? item->text : "(cannot be opened)");
	}
}

/* In words: the caller knows nothing of the standard. */
static void
add_value(const struct case_fact *fact, struct text *out)
{
	const char *at = fact->value;

	if (fact->field->kind == HTCDS_CHECKBOX) {
		text_add(out, strcmp(at, "TRUE") == 0 ? "yes" : "no");
		return;
	}
	while (*at != '\0') {
		const char *words = htcds_value_words(fact->field, at);
		size_t has = strcspn(at, ";");

		if (words != NULL)
			text_add(out, words);
		else
			text_add_bytes(out, at, has);
		at += has;
		if (*at == ';') {
			text_add(out, ", ");
			at++;
		}
	}
}

static void
add_facts(const struct record *record, struct text *out)
{
	if (record->facts.count > 0)
		text_add(out, "\nNoted for statistics\n");
	for (size_t i = 0; i < record->facts.count; i++) {
		text_printf(out, "  %s: ", record->facts.items[i].field->label);
		add_value(&record->facts.items[i], out);
		text_add_byte(out, '\n');
	}
}

static void
add_referrals(const struct record *record, struct text *out)
{
	if (record->referrals.count > 0)
		text_add(out, "\nWhom we told about you\n");
	for (size_t i = 0; i < record->referrals.count; i++) {
		const struct referral *referral = &record->referrals.items[i];

		text_printf(out, "  %s: %s", referral->partner_name,
		    referral_state_name(referral->state));
		if (referral->passed_utc_s != 0)
			text_printf(out, ", passed on %s",
			    clock_date(referral->passed_utc_s).text);
		text_add_byte(out, '\n');
	}
}

static void
add_events(const struct record *record, struct text *out)
{
	if (record->sheet.event_count > 0)
		text_add(out, "\nWhat happened\n");
	for (size_t i = 0; i < record->sheet.event_count; i++)
		text_printf(out, "  %s  %s\n",
		    clock_date_time(record->sheet.events[i].at_utc_s).text,
		    record->sheet.events[i].what);
}

static void
print_text(const struct record *record, struct text *out)
{
	add_head(record, out);
	add_answers(record, out);
	add_facts(record, out);
	add_referrals(record, out);
	add_thread(record, out);
	add_events(record, out);
}

/* -- JSON ------------------------------------------------------------------- */

static void
add_sheet_json(const struct case_sheet *sheet, struct json *json)
{
	json_open_array(json, "answers");
	for (size_t i = 0; i < sheet->answer_count; i++) {
		json_open_object(json, NULL);
		json_string(json, "question", sheet->answers[i].question);
		json_string(json, "answer", sheet->answers[i].answer);
		json_close_object(json);
	}
	json_close_array(json);
	json_open_array(json, "texts");
	for (size_t i = 0; i < sheet->thread.count; i++) {
		const struct case_text *item = &sheet->thread.items[i];

		json_open_object(json, NULL);
		json_string(json, "at", clock_iso(item->at_utc_s).text);
		json_string(json, "who", who_wrote(item->kind));
		json_string(json, "text", item->text);
		json_close_object(json);
	}
	json_close_array(json);
	json_open_array(json, "events");
	for (size_t i = 0; i < sheet->event_count; i++) {
		json_open_object(json, NULL);
		json_string(
		    json, "at", clock_iso(sheet->events[i].at_utc_s).text);
		json_string(json, "what", sheet->events[i].what);
		json_close_object(json);
	}
	json_close_array(json);
}

static void
add_rest_json(const struct record *record, struct json *json)
{
	json_open_object(json, "facts");
	for (size_t i = 0; i < record->facts.count; i++)
		json_string(json, record->facts.items[i].field->name,
		    record->facts.items[i].value);
	json_close_object(json);
	json_open_array(json, "referrals");
	for (size_t i = 0; i < record->referrals.count; i++) {
		const struct referral *referral = &record->referrals.items[i];

		json_open_object(json, NULL);
		json_string(json, "partner", referral->partner_name);
		json_string(
		    json, "state", referral_state_name(referral->state));
		json_string(json, "passed_at",
		    referral->passed_utc_s != 0
			? clock_iso(referral->passed_utc_s).text
			: NULL);
		json_close_object(json);
	}
	json_close_array(json);
}

static void
print_json(const struct record *record, struct text *out)
{
	const struct request *request = &record->sheet.request;
	struct json json = { 0 };

	json_open_object(&json, NULL);
	json_string(&json, "ref", request->ref);
	json_string(&json, "opened_at", clock_iso(request->opened_utc_s).text);
	json_string(&json, "language", request->language);
	json_string(&json, "corridor", request->corridor);
	json_string(&json, "consent", request->consent);
	json_string(&json, "number", text_string(&record->sheet.number));
	add_sheet_json(&record->sheet, &json);
	add_rest_json(record, &json);
	json_close_object(&json);
	text_add_bytes(out, text_string(&json.text), json.text.length);
	text_add_byte(out, '\n');
	json_free(&json);
}

/* -- the policy ------------------------------------------------------------- */

/* By whoever has claimed it, or a lead; told before anything is read. */
MUST_USE static enum outcome
allow(struct errand *errand)
{
	enum outcome outcome = case_errand_begin(errand);

	if (outcome != DONE)
		return (outcome);
	if (exports_may(errand->worker->staff))
		outcome = case_check_is_kept(errand);
	else
		outcome = case_check_is_own(errand);
	if (outcome == DONE)
		outcome = case_step_trace(
		    errand, "record exported", "record exported", NULL);
	return (case_errand_end(errand, outcome));
}

enum outcome
exports_case(
    struct errand *errand, enum export_case_form form, struct text *out)
{
	struct record record = { 0 };
	enum outcome outcome = allow(errand);

	if (outcome == DONE)
		outcome = cases_show(errand, 1, &record.sheet);
	if (outcome == DONE)
		outcome = cases_facts(errand, &record.facts);
	if (outcome == DONE)
		outcome = case_referral_list(errand, &record.referrals);
	if (outcome == DONE && form == EXPORT_CASE_JSON)
		print_json(&record, out);
	else if (outcome == DONE)
		print_text(&record, out);
	record_free(&record);
	return (outcome);
}
