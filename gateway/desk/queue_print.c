#include "gateway/desk/queue_print.h"

#include <inttypes.h>

#include "gateway/base/clock.h"
#include "gateway/base/json.h"
#include "gateway/desk/cli.h"

/* Where people's words begin, under the line that says whose they are. */
static const char indent[] = "      ";

static const char *const kind_words[] = {
	[CASE_TEXT_CALLER] = "caller",
	[CASE_TEXT_REPLY] = "reply",
	[CASE_TEXT_NOTE] = "note",
};

static const char unopened[] = "(does not open: sealed for another team, or"
			       " damaged)";

static const char *
or_dash(const char *words)
{
	return (words[0] != '\0' ? words : "-");
}

static const char *
or_null(const char *words)
{
	return (words[0] != '\0' ? words : NULL);
}

/* -- the list --------------------------------------------------------------- */

static void
add_row(
    struct cli_table *table, const struct request *request, int64_t now_utc_s)
{
	struct text state = { 0 };
	struct text unread = { 0 };

	text_printf(&state, "%s%s", request_state_name(request->state),
	    request->is_on_hold ? ", on hold" : "");
	text_printf(&unread, "%" PRId64, request->unread);
	cli_table_add(table, request->ref);
	cli_table_add(table, request_urgency_name(request->urgency));
	cli_table_add(table, cli_age(now_utc_s - request->opened_utc_s).text);
	cli_table_add(table, or_dash(request->corridor));
	cli_table_add(table, or_dash(request->language));
	cli_table_add(table, state.bytes);
	cli_table_add(table, or_dash(request->claimed_by_name));
	cli_table_add(table, unread.bytes);
	text_free(&state);
	text_free(&unread);
}

void
queue_print_list(
    const struct request_list *list, int64_t now_utc_s, struct text *out)
{
	static const char *const headings[] = { "REF", "URGENCY", "AGE",
		"CORRIDOR", "LANGUAGE", "STATE", "WHO", "UNREAD" };
	struct cli_table table = { .columns = COUNT_OF(headings) };

	for (size_t i = 0; i < COUNT_OF(headings); i++)
		cli_table_add(&table, headings[i]);
	for (size_t i = 0; i < list->count; i++)
		add_row(&table, &list->items[i], now_utc_s);
	cli_table_print(&table, out);
	cli_table_free(&table);
}

static void
add_request_json(
    struct json *json, const struct request *request, int64_t now_utc_s)
{
	const char *who = request->claimed_by_name;

	json_string(json, "ref", request->ref);
	json_string(json, "state", request_state_name(request->state));
	json_string(json, "urgency", request_urgency_name(request->urgency));
	json_string(json, "corridor", request->corridor);
	json_string(json, "language", request->language);
	json_string(json, "line", request->line);
	json_string(json, "opened_at", clock_iso(request->opened_utc_s).text);
	json_integer(json, "age_seconds", now_utc_s - request->opened_utc_s);
	json_string(json, "claimed_by", who[0] != '\0' ? who : NULL);
	json_integer(json, "unread", request->unread);
	json_string(json, "consent", request->consent);
	json_boolean(json, "on_hold", request->is_on_hold);
	json_string(json, "opened_by", request->opened_by);
	json_string(json, "outcome", or_null(request->outcome));
}

static void
take_json(struct json *json, struct text *out)
{
	text_add_bytes(out, text_string(&json->text), json->text.length);
	text_add_byte(out, '\n');
	json_free(json);
}

void
queue_print_list_json(
    const struct request_list *list, int64_t now_utc_s, struct text *out)
{
	struct json json = { 0 };

	json_open_array(&json, NULL);
	for (size_t i = 0; i < list->count; i++) {
		json_open_object(&json, NULL);
		add_request_json(&json, &list->items[i], now_utc_s);
		json_close_object(&json);
	}
	json_close_array(&json);
	take_json(&json, out);
}

/* -- a case ----------------------------------------------------------------- */

static const char *
consent_words(const char *consent)
{
	if (strcmp(consent, "yes") == 0)
		return ("yes, we may write to them");
	if (strcmp(consent, "no") == 0)
		return ("NO, they said we may not write to them");
	return ("NOT ASKED YET");
}

/* What must not be overlooked comes first. */
static void
add_head(const struct case_sheet *sheet, int64_t now_utc_s, struct text *out)
{
	const struct request *request = &sheet->request;
	const char *who = request->claimed_by_name;

	text_printf(out, "%s   urgency %s   %s%s%s\n", request->ref,
	    request_urgency_name(request->urgency),
	    request_state_name(request->state), who[0] != '\0' ? " by " : "",
	    who);
	text_printf(out, "Consent   %s\n", consent_words(request->consent));
	if (request->is_on_hold)
		text_add(out,
		    "Hold      ON HOLD: texting is not safe for the"
		    " caller now\n");
	if (sheet->is_stopped)
		text_add(out, "Stop      THE CALLER SAID STOP\n");
	if (request->menu_is_back)
		text_add(out,
		    "Menu      the caller asked for the menu; a reply"
		    " makes it silent again\n");
	text_printf(out, "Opened    %s UTC (%s), by %s\n",
	    clock_date_time(request->opened_utc_s).text,
	    cli_age(now_utc_s - request->opened_utc_s).text,
	    or_dash(request->opened_by));
	if (request->outcome[0] != '\0')
		text_printf(out, "Outcome   %s\n", request->outcome);
	text_printf(out, "From      corridor %s, language %s, line %s\n",
	    or_dash(request->corridor), or_dash(request->language),
	    or_dash(request->line));
	if (sheet->number.length > 0)
		text_printf(out, "Number    %s\n", sheet->number.bytes);
}

static void
add_answers(const struct case_sheet *sheet, struct text *out)
{
	if (sheet->answer_count == 0)
		return;
	text_add(out, "\nAnswers\n");
	for (size_t i = 0; i < sheet->answer_count; i++) {
		if (sheet->answers[i].question[0] != '\0')
			cli_add_words(out, "  ", sheet->answers[i].question);
		cli_add_words(out, indent, sheet->answers[i].answer);
	}
}

static void
add_thread(const struct case_sheet *sheet, struct text *out)
{
	if (sheet->thread.count > 0)
		text_add(out, "\nTexts and notes\n");
	for (size_t i = 0; i < sheet->thread.count; i++) {
		const struct case_text *item = &sheet->thread.items[i];
		const char *delivery = case_delivery_words(item->outbox_state);

		text_printf(out, "  %s  %s",
		    clock_date_time(item->at_utc_s).text,
		    kind_words[item->kind]);
		if (item->staff_name[0] != '\0')
			text_printf(out, " of %s", item->staff_name);
		if (delivery[0] != '\0')
			text_printf(out, " (%s)", delivery);
		text_add_byte(out, '\n');
		cli_add_words(
		    out, indent, item->text != NULL ? item->text : unopened);
	}
}

static void
add_events(const struct case_sheet *sheet, struct text *out)
{
	if (sheet->event_count > 0)
		text_add(out, "\nWhat happened\n");
	for (size_t i = 0; i < sheet->event_count; i++) {
		const struct request_event *event = &sheet->events[i];

		text_printf(out, "  %s  %s",
		    clock_date_time(event->at_utc_s).text, event->what);
		if (event->staff_name[0] != '\0')
			text_printf(out, ", %s", event->staff_name);
		text_add_byte(out, '\n');
	}
}

void
queue_print_sheet(
    const struct case_sheet *sheet, int64_t now_utc_s, struct text *out)
{
	add_head(sheet, now_utc_s, out);
	add_answers(sheet, out);
	add_thread(sheet, out);
	add_events(sheet, out);
}

/* -- a case as JSON --------------------------------------------------------- */

static void
add_answers_json(struct json *json, const struct case_sheet *sheet)
{
	json_open_array(json, "answers");
	for (size_t i = 0; i < sheet->answer_count; i++) {
		json_open_object(json, NULL);
		json_string(json, "name", sheet->answers[i].name);
		json_string(json, "question", sheet->answers[i].question);
		json_string(json, "answer", sheet->answers[i].answer);
		json_close_object(json);
	}
	json_close_array(json);
}

static void
add_thread_json(struct json *json, const struct case_sheet *sheet)
{
	json_open_array(json, "thread");
	for (size_t i = 0; i < sheet->thread.count; i++) {
		const struct case_text *item = &sheet->thread.items[i];

		json_open_object(json, NULL);
		json_string(json, "at", clock_iso(item->at_utc_s).text);
		json_string(json, "kind", kind_words[item->kind]);
		json_string(json, "staff", or_null(item->staff_name));
		json_string(json, "delivery", or_null(item->outbox_state));
		json_string(json, "text", item->text);
		json_close_object(json);
	}
	json_close_array(json);
}

static void
add_events_json(struct json *json, const struct case_sheet *sheet)
{
	json_open_array(json, "events");
	for (size_t i = 0; i < sheet->event_count; i++) {
		const struct request_event *event = &sheet->events[i];

		json_open_object(json, NULL);
		json_string(json, "at", clock_iso(event->at_utc_s).text);
		json_string(json, "what", event->what);
		json_string(json, "staff", or_null(event->staff_name));
		json_close_object(json);
	}
	json_close_array(json);
}

void
queue_print_sheet_json(
    const struct case_sheet *sheet, int64_t now_utc_s, struct text *out)
{
	struct json json = { 0 };

	json_open_object(&json, NULL);
	add_request_json(&json, &sheet->request, now_utc_s);
	json_boolean(&json, "stopped", sheet->is_stopped);
	json_boolean(&json, "menu_is_back", sheet->request.menu_is_back);
	json_string(&json, "number", or_null(text_string(&sheet->number)));
	add_answers_json(&json, sheet);
	add_thread_json(&json, sheet);
	add_events_json(&json, sheet);
	json_close_object(&json);
	take_json(&json, out);
}
