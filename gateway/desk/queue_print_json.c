/* What queue_print.h prints for programs. */
#include <inttypes.h>

#include "gateway/base/clock.h"
#include "gateway/base/json.h"
#include "gateway/base/memory.h"
#include "gateway/desk/queue_print.h"

static const char *const kind_words[] = {
	[CASE_TEXT_CALLER] = "caller",
	[CASE_TEXT_REPLY] = "reply",
	[CASE_TEXT_NOTE] = "note",
};

static const char *
or_null(const char *words)
{
	return (words[0] != '\0' ? words : NULL);
}

/* -- the list --------------------------------------------------------------- */

static void
add_labels_json(struct json *json, const char *labels)
{
	char *copy = memory_copy(labels);
	char *rest = copy[0] != '\0' ? copy : NULL;

	json_open_array(json, "labels");
	while (rest != NULL)
		json_string(json, NULL, strsep(&rest, "\n"));
	json_close_array(json);
	free(copy);
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
	if (request->waits_since_utc_s != 0)
		json_integer(json, "waits_seconds",
		    now_utc_s - request->waits_since_utc_s);
	else
		json_string(json, "waits_seconds", NULL);
	json_string(json, "snoozed_until",
	    request->snoozed_until_utc_s != 0
		? clock_iso(request->snoozed_until_utc_s).text
		: NULL);
	add_labels_json(json, request->labels);
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

void
queue_print_change_json(const char *change, const struct request *request,
    int64_t now_utc_s, struct text *out)
{
	struct json json = { 0 };

	json_open_object(&json, NULL);
	json_string(&json, "change", change);
	add_request_json(&json, request, now_utc_s);
	json_close_object(&json);
	take_json(&json, out);
}

/* -- a case ---------------------------------------------------------------- */

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
		json_integer(json, "id", item->row);
		json_string(json, "at", clock_iso(item->at_utc_s).text);
		json_string(json, "kind", kind_words[item->kind]);
		json_string(json, "staff", or_null(item->staff_name));
		json_string(json, "delivery", or_null(item->outbox_state));
		json_string(json, "by_line", or_null(item->carried_by));
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

static void
add_contact_json(struct json *json, const struct case_sheet *sheet)
{
	const struct contact *contact = &sheet->contact;
	char zone[ZONE_TEXT_BYTES];

	zone_write(&contact->zone, zone);
	json_open_object(json, "contact");
	json_string(json, "way", contact_way_name(contact->way));
	json_string(json, "hours", contact_hours_name(contact->hours));
	json_string(json, "zone", zone);
	json_boolean(json, "code_word", contact->has_word);
	json_string(json, "talk", contact_talk_name(contact->talk));
	json_string(json, "reply", contact_reason_name(sheet->outlook.why));
	json_string(json, "reply_at",
	    sheet->outlook.until_utc_s != 0
		? clock_iso(sheet->outlook.until_utc_s).text
		: NULL);
	json_close_object(json);
}

void
queue_print_sheet_json(
    const struct case_sheet *sheet, int64_t now_utc_s, struct text *out)
{
	struct json json = { 0 };

	json_open_object(&json, NULL);
	add_request_json(&json, &sheet->request, now_utc_s);
	json_boolean(&json, "stopped", sheet->is_stopped);
	add_contact_json(&json, sheet);
	json_boolean(&json, "menu_is_back", sheet->request.menu_is_back);
	json_integer(&json, "seen", sheet->seen);
	json_boolean(&json, "wakes_on_reply", sheet->request.wakes_on_reply);
	json_string(&json, "number", or_null(text_string(&sheet->number)));
	add_answers_json(&json, sheet);
	add_thread_json(&json, sheet);
	add_events_json(&json, sheet);
	json_close_object(&json);
	take_json(&json, out);
}

/* -- templates, health ------------------------------------------------------ */

void
queue_print_templates_json(
    const struct case_template_list *list, struct text *out)
{
	struct json json = { 0 };

	json_open_array(&json, NULL);
	for (size_t i = 0; i < list->count; i++) {
		const struct case_template *one = &list->items[i];

		json_open_object(&json, NULL);
		json_string(&json, "id", one->id);
		json_string(&json, "text", one->text);
		json_string(&json, "english", one->english);
		json_boolean(&json, "translated", one->is_translated);
		json_integer(&json, "parts", one->cost.parts);
		json_string(&json, "cost", or_null(one->cost.cost));
		json_close_object(&json);
	}
	json_close_array(&json);
	take_json(&json, out);
}

void
queue_print_health_json(const struct case_health *health, struct text *out)
{
	static const char *const lights[] = {
		[CASE_LIGHT_GREEN] = "green",
		[CASE_LIGHT_YELLOW] = "yellow",
		[CASE_LIGHT_RED] = "red",
	};
	const struct request_health *counts = &health->counts;
	struct json json = { 0 };

	json_open_object(&json, NULL);
	json_string(&json, "light", lights[health->light]);
	json_integer(&json, "open", counts->open);
	json_integer(&json, "claimed", counts->claimed);
	json_integer(&json, "snoozed", counts->snoozed);
	json_integer(&json, "unread", counts->unread);
	json_integer(&json, "waits_seconds", health->waits_s);
	json_boolean(&json, "hub_answers", health->hub_answers);
	json_integer(&json, "lines", health->lines);
	json_integer(&json, "lines_down", health->lines_down);
	json_close_object(&json);
	take_json(&json, out);
}
