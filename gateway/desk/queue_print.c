#include "gateway/desk/queue_print.h"

#include <inttypes.h>

#include "gateway/base/clock.h"
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

/* -- the list --------------------------------------------------------------- */

/* How long the caller waits for an answer; "-" nobody waits. */
static struct cli_age
waits(const struct request *request, int64_t now_utc_s)
{
	if (request->waits_since_utc_s == 0)
		return ((struct cli_age){ "-" });
	return (cli_age(now_utc_s - request->waits_since_utc_s));
}

/* They stand a line each. */
static void
add_labels(struct text *out, const char *labels)
{
	for (; *labels != '\0'; labels++) {
		if (*labels == '\n')
			text_add(out, ", ");
		else
			text_add_byte(out, *labels);
	}
}

static void
add_row(
    struct cli_table *table, const struct request *request, int64_t now_utc_s)
{
	struct text state = { 0 };
	struct text unread = { 0 };
	struct text labels = { 0 };

	text_printf(&state, "%s%s%s", request_state_name(request->state),
	    request->snoozed_until_utc_s != 0 ? ", snoozed" : "",
	    request->is_on_hold ? ", on hold" : "");
	text_printf(&unread, "%" PRId64, request->unread);
	cli_table_add(table, request->ref);
	cli_table_add(table, request_urgency_name(request->urgency));
	cli_table_add(table, cli_age(now_utc_s - request->opened_utc_s).text);
	cli_table_add(table, waits(request, now_utc_s).text);
	cli_table_add(table, or_dash(request->corridor));
	cli_table_add(table, or_dash(request->language));
	cli_table_add(table, state.bytes);
	cli_table_add(table, or_dash(request->claimed_by_name));
	cli_table_add(table, unread.bytes);
	add_labels(&labels, request->labels);
	cli_table_add(table, or_dash(text_string(&labels)));
	text_free(&labels);
	text_free(&state);
	text_free(&unread);
}

void
queue_print_list(
    const struct request_list *list, int64_t now_utc_s, struct text *out)
{
	static const char *const headings[] = { "REF", "URGENCY", "AGE",
		"WAITS", "CORRIDOR", "LANGUAGE", "STATE", "WHO", "UNREAD",
		"LABELS" };
	struct cli_table table = { .columns = COUNT_OF(headings) };

	for (size_t i = 0; i < COUNT_OF(headings); i++)
		cli_table_add(&table, headings[i]);
	for (size_t i = 0; i < list->count; i++)
		add_row(&table, &list->items[i], now_utc_s);
	cli_table_print(&table, out);
	cli_table_free(&table);
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

static void
add_shown_line(struct text *out, const char *heading, const char *words)
{
	if (words[0] == '\0')
		return;
	text_add(out, heading);
	cli_add_shown(out, words);
	text_add_byte(out, '\n');
}

static void
add_care(const struct request *request, int64_t now_utc_s, struct text *out)
{
	struct text labels = { 0 };

	if (request->waits_since_utc_s != 0)
		text_printf(out, "Waits     %s for an answer\n",
		    waits(request, now_utc_s).text);
	if (request->snoozed_until_utc_s != 0)
		text_printf(out, "Snoozed   until %s UTC%s\n",
		    clock_date_time(request->snoozed_until_utc_s).text,
		    request->wakes_on_reply ? ", or until the caller writes"
					    : "");
	add_labels(&labels, request->labels);
	add_shown_line(out, "Labels    ", text_string(&labels));
	add_shown_line(out, "Outcome   ", request->outcome);
	text_free(&labels);
}

/* How they want to be reached, and what would become of a reply now. */
static void
add_contact(const struct case_sheet *sheet, struct text *out)
{
	static const char *const ways[] = {
		[CONTACT_BY_TEXT] = "by text",
		[CONTACT_BY_CALL] = "by a call; texts need a reason",
		[CONTACT_BY_SELF] = "the caller writes first",
		[CONTACT_BY_OTHER] = "by text, on another number",
	};
	static const char *const hours[HOURS_KINDS] = {
		[HOURS_UNASKED] = "by day (not asked)",
		[HOURS_MORNING] = "in the morning",
		[HOURS_NOON] = "around noon",
		[HOURS_EVENING] = "in the evening",
		[HOURS_NIGHT] = "at night",
		[HOURS_ANY] = "at any time",
	};
	const struct contact *contact = &sheet->contact;
	char zone[ZONE_TEXT_BYTES];

	if (sheet->request.state == REQUEST_WITHDRAWN ||
	    sheet->request.state == REQUEST_FORGOTTEN)
		return;
	zone_write(&contact->zone, zone);
	text_printf(out, "Contact   %s, %s there (%s)%s\n", ways[contact->way],
	    hours[contact->hours], zone,
	    contact->has_word ? ", with a code word" : "");
	if (contact->way == CONTACT_BY_OTHER && !contact->has_other)
		text_add(out, "          the other number cannot be read\n");
	if (contact->talk == CONTACT_WRONG)
		text_add(
		    out, "          SOMEBODY ELSE ANSWERED at that number\n");
	text_add(out, "A reply   ");
	case_add_outlook(&sheet->outlook, out);
	text_add_byte(out, '\n');
}

/* What must not be overlooked comes first. */
static void
add_head(const struct case_sheet *sheet, int64_t now_utc_s, struct text *out)
{
	const struct request *request = &sheet->request;
	const char *who = request->claimed_by_name;

	text_printf(out, "%s   urgency %s   %s%s", request->ref,
	    request_urgency_name(request->urgency),
	    request_state_name(request->state), who[0] != '\0' ? " by " : "");
	cli_add_shown(out, who);
	text_add_byte(out, '\n');
	text_printf(out, "Consent   %s\n", consent_words(request->consent));
	if (request->is_on_hold)
		text_add(out,
		    "Hold      ON HOLD: texting is not safe for the"
		    " caller now\n");
	if (sheet->is_stopped)
		text_add(out, "Stop      THE CALLER SAID STOP\n");
	add_contact(sheet, out);
	if (request->menu_is_back)
		text_add(out,
		    "Menu      the caller asked for the menu; a reply"
		    " makes it silent again\n");
	text_printf(out, "Opened    %s UTC (%s), by %s\n",
	    clock_date_time(request->opened_utc_s).text,
	    cli_age(now_utc_s - request->opened_utc_s).text,
	    or_dash(request->opened_by));
	add_care(request, now_utc_s, out);
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
		text_printf(out,
		    "\nTexts and notes (to answer what you see here: --seen"
		    " %" PRId64 ")\n",
		    sheet->seen);
	for (size_t i = 0; i < sheet->thread.count; i++) {
		const struct case_text *item = &sheet->thread.items[i];
		const char *delivery = case_delivery_words(item->outbox_state);

		text_printf(out, "  %s  %s",
		    clock_date_time(item->at_utc_s).text,
		    kind_words[item->kind]);
		if (item->staff_name[0] != '\0') {
			text_add(out, " of ");
			cli_add_shown(out, item->staff_name);
		}
		if (delivery[0] != '\0')
			text_printf(out, " (%s%s%s)", delivery,
			    item->carried_by[0] != '\0' ? ", by line " : "",
			    item->carried_by);
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
		if (event->staff_name[0] != '\0') {
			text_add(out, ", ");
			cli_add_shown(out, event->staff_name);
		}
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

/* -- templates, health ------------------------------------------------------ */

void
queue_print_templates(const struct case_template_list *list, struct text *out)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct case_template *one = &list->items[i];

		text_printf(out, "%s   %u %s%s%s%s\n", one->id, one->cost.parts,
		    one->cost.parts == 1 ? "part" : "parts",
		    one->cost.cost[0] != '\0' ? ", " : "", one->cost.cost,
		    one->is_translated ? "" : ", not translated");
		cli_add_words(out, indent, one->text);
		if (strcmp(one->text, one->english) != 0)
			cli_add_words(out, indent, one->english);
	}
}

static const char *const light_words[] = {
	[CASE_LIGHT_GREEN] = "GREEN",
	[CASE_LIGHT_YELLOW] = "YELLOW",
	[CASE_LIGHT_RED] = "RED",
};

void
queue_print_health(const struct case_health *health, struct text *out)
{
	const struct request_health *counts = &health->counts;

	text_printf(out,
	    "%s   %" PRId64 " open, %" PRId64 " claimed, %" PRId64
	    " snoozed, %" PRId64 " unread",
	    light_words[health->light], counts->open, counts->claimed,
	    counts->snoozed, counts->unread);
	if (health->waits_s > 0)
		text_printf(out, "; the longest waits %s",
		    cli_age(health->waits_s).text);
	if (!health->hub_answers)
		text_add(out, "; the hub does not answer");
	else
		text_printf(out, "; %d of %d %s down", health->lines_down,
		    health->lines, health->lines == 1 ? "line" : "lines");
	text_add_byte(out, '\n');
}
