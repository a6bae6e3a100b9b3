/* What can be done with a case: its forms.  One of them, the next thing to do,
 * stands open; the others unfold. */
#include "gateway/desk/web_case_parts.h"

#include <inttypes.h>

#include "gateway/base/clock.h"
#include "gateway/desk/web_frame.h"

enum { REPLY_ROWS = 4, NOTE_ROWS = 3 };

static void
open_form(struct web_visit *visit, const char *behind, const char *label)
{
	struct text path = { 0 };

	web_case_path(visit, behind, &path);
	web_form_open(visit, path.bytes, label);
	text_free(&path);
}

static void
close_form(struct web_visit *visit, const char *button, const char *look)
{
	page_raw(&visit->page, "<p>");
	web_button(visit, button, look);
	page_raw(&visit->page, "</p>");
	web_form_close(visit);
}

/* A form that is one button. */
static void
add_button_form(struct web_visit *visit, const char *behind,
    const char *english, const char *look)
{
	open_form(visit, behind, NULL);
	close_form(visit, english, look);
}

/* Unfolds when its name is the one asked for. */
static void
open_fold(struct web_visit *visit, const struct web_case_wish *wish,
    const char *name, const char *english)
{
	struct page *page = &visit->page;

	page_raw(page, "<details class=\"act\"");
	page_attr(page, "id", name);
	if (wish->open != NULL && strcmp(wish->open, name) == 0)
		page_raw(page, " open");
	page_raw(page, "><summary>");
	page_say(page, english);
	page_raw(page, "</summary>");
}

static void
close_fold(struct web_visit *visit)
{
	page_raw(&visit->page, "</details>\n");
}

/* -- the reply -------------------------------------------------------------- */

/* What makes a reply go once, and only to what its writer has seen. */
static void
add_marks(struct web_visit *visit, const struct case_sheet *sheet)
{
	const struct web_once once = web_once_make();
	char seen[24];

	snprintf(seen, sizeof(seen), "%" PRId64, sheet->seen);
	web_hidden(visit, "once", once.signs);
	web_hidden(visit, "seen", seen);
}

static void
add_cost(struct web_visit *visit, const struct web_case_wish *wish)
{
	struct page *page = &visit->page;
	const struct case_rules *rules = &visit->web->rules;
	struct case_cost cost;
	char parts[16];

	page_raw(page, "<p class=\"cost\" id=\"cost\" aria-live=\"polite\"");
	/* For the script, which counts while one types. */
	page_attr(page, "data-price", rules->part_price);
	page_attr(page, "data-currency", rules->currency);
	page_attr(page, "data-words", page_word(page, "Parts: {count}."));
	page_raw(page, ">");
	if (wish->shows_cost && wish->reply != NULL) {
		cost = cases_cost(rules, wish->reply);
		snprintf(parts, sizeof(parts), "%u", cost.parts);
		page_say_one(page, "Parts: {count}.", "count", parts);
		if (cost.cost[0] != '\0') {
			page_raw(page, " <bdi>");
			page_text(page, cost.cost);
			page_raw(page, "</bdi>");
		}
	}
	page_raw(page, "</p>\n");
}

/* What the contact gate would say of a reply now: better known before one
 * writes. */
static void
add_outlook(struct web_visit *visit, const struct contact_decision *outlook)
{
	struct page *page = &visit->page;

	if (outlook->verdict == CONTACT_SEND)
		return;
	page_raw(page, "<p class=\"notice care\">");
	page_say(page, "A reply:");
	page_raw(page, " ");
	page_say_one(page, case_outlook_words(outlook), "time",
	    clock_date_time(outlook->until_utc_s).text);
	page_raw(page, "</p>\n");
}

/* A reason lifts what the gate holds back, where anything does. */
static void
add_reason(struct web_visit *visit, const struct contact_decision *outlook,
    const struct web_case_wish *wish)
{
	int is_refused = outlook->verdict == CONTACT_REFUSE;
	const struct web_input reason = { .name = "despite",
		.label = WORDS("Your reason to write all the same"),
		.hint = WORDS("The case keeps it, and the audit trail does."),
		.is_required = wish->asks_reason || is_refused };

	if (!wish->asks_reason &&
	    (outlook->verdict == CONTACT_SEND || outlook->lifted_by == 0))
		return;
	web_input(visit, &reason);
	if (outlook->verdict != CONTACT_HOLD)
		return;
	page_raw(&visit->page,
	    "<p class=\"field check\"><input type=\"checkbox\""
	    " id=\"at-once\" name=\"at_once\" value=\"1\">"
	    "<label for=\"at-once\">");
	page_say(&visit->page, "Send it at once, for this reason");
	page_raw(&visit->page, "</label></p>\n");
}

void
web_case_add_reply(struct web_visit *visit, const struct case_sheet *sheet,
    const struct web_case_wish *wish)
{
	struct page *page = &visit->page;
	const struct web_input text = { .name = "reply",
		.label = WORDS("Your text to the caller"),
		.value = wish->reply,
		.rows = REPLY_ROWS,
		.is_required = 1 };

	page_raw(page, "<section class=\"act next\"><h2>");
	page_say(page, "Reply");
	page_raw(page, "</h2>");
	add_outlook(visit, &sheet->outlook);
	open_form(visit, "/reply", "Reply");
	add_marks(visit, sheet);
	web_input(visit, &text);
	add_cost(visit, wish);
	add_reason(visit, &sheet->outlook, wish);
	page_raw(page, "<p class=\"buttons\">");
	web_button(visit, "Send", "main");
	page_raw(page,
	    " <button name=\"count\" value=\"1\" class=\"quiet\""
	    " formnovalidate>");
	page_say(page, "Count the parts");
	page_raw(page, "</button></p>");
	web_form_close(visit);
	web_case_add_templates(visit, sheet);
	page_raw(page, "</section>\n");
}

/* -- notes and labels ------------------------------------------------------- */

static void
add_note(struct web_visit *visit, const struct web_case_wish *wish)
{
	const struct web_input text = { .name = "note",
		.label = WORDS("A note for the team"),
		.hint = WORDS("Callers never see it."),
		.value = wish->note,
		.rows = NOTE_ROWS,
		.is_required = 1 };

	open_fold(visit, wish, "notes", "Write a note");
	open_form(visit, "/note", "Note");
	web_input(visit, &text);
	close_form(visit, "Keep the note", "");
	close_fold(visit);
}

static void
add_label(struct web_visit *visit, const char *label, size_t length)
{
	struct page *page = &visit->page;
	struct text one = { 0 };

	text_add_bytes(&one, label, length);
	page_raw(page, "<li>");
	open_form(visit, "/unlabel", NULL);
	web_hidden(visit, "label", one.bytes);
	page_raw(page, "<button class=\"label\"");
	page_attr(page, "title", page_word(page, "Take this label off"));
	page_raw(page, "><bdi>");
	page_text(page, one.bytes);
	page_raw(page,
	    "</bdi> <span aria-hidden=\"true\">×</span>"
	    "<span class=\"hidden\"> ");
	page_say(page, "Take this label off");
	page_raw(page, "</span></button>");
	web_form_close(visit);
	page_raw(page, "</li>");
	text_free(&one);
}

static void
add_labels(struct web_visit *visit, const struct request *request,
    const struct web_case_wish *wish)
{
	const struct web_input label = { .name = "label",
		.label = WORDS("A label"),
		.hint =
		    WORDS("A few words without digits; it stands in the list."),
		.is_required = 1,
		.max_bytes = CASE_LABEL_MAX_BYTES };
	const char *at = request->labels;

	open_fold(visit, wish, "labels", "Labels");
	if (*at != '\0')
		page_raw(&visit->page, "<ul class=\"labels\">");
	while (*at != '\0') {
		size_t length = strcspn(at, "\n");

		add_label(visit, at, length);
		at += length + (at[length] == '\n');
	}
	if (request->labels[0] != '\0')
		page_raw(&visit->page, "</ul>");
	open_form(visit, "/label", "Label");
	web_input(visit, &label);
	close_form(visit, "Add the label", "");
	close_fold(visit);
}

/* -- later, somebody else, the end ------------------------------------------ */

static void
add_option(struct page *page, const char *value, const char *english)
{
	page_raw(page, "<option");
	page_attr(page, "value", value);
	page_raw(page, ">");
	page_say(page, english);
	page_raw(page, "</option>");
}

static void
add_snooze(struct web_visit *visit, const struct web_case_wish *wish)
{
	struct page *page = &visit->page;

	open_fold(visit, wish, "later", "Put it away until later");
	open_form(visit, "/snooze", "Later");
	page_raw(page, "<p class=\"field\"><label for=\"until\">");
	page_say(page, "Until");
	page_raw(page, "</label><select id=\"until\" name=\"until\">");
	add_option(page, "1h", "in an hour");
	add_option(page, "3h", "in three hours");
	add_option(page, "1d", "tomorrow");
	add_option(page, "3d", "in three days");
	add_option(page, "7d", "in a week");
	add_option(page, "30d", "in a month");
	page_raw(page,
	    "</select></p><p class=\"field check\"><input type=\"checkbox\""
	    " id=\"wakes\" name=\"wakes\" value=\"1\" checked>"
	    "<label for=\"wakes\">");
	page_say(page, "Bring it back when the caller writes");
	page_raw(page, "</label></p>");
	close_form(visit, "Put it away", "");
	close_fold(visit);
}

static void
add_colleagues(struct web_visit *visit)
{
	struct page *page = &visit->page;
	struct request_owner *colleagues = NULL;
	size_t count = 0;

	if (cases_colleagues(&visit->session->worker, &colleagues, &count) !=
	    DONE)
		count = 0;
	for (size_t i = 0; i < count; i++) {
		page_raw(page, "<option");
		page_attr(page, "value", colleagues[i].name);
		page_raw(page, ">");
		page_text(page, colleagues[i].name);
		page_raw(page, " (");
		page_integer(page, colleagues[i].claimed);
		page_raw(page, ")</option>");
	}
	free(colleagues);
}

static void
add_give(struct web_visit *visit, const struct case_sheet *sheet,
    const struct web_case_wish *wish)
{
	struct page *page = &visit->page;

	open_fold(visit, wish, "give", "Hand it over");
	if (sheet->allowed & CASE_MAY_GIVE) {
		open_form(visit, "/give", "Hand over");
		page_raw(page, "<p class=\"field\"><label for=\"colleague\">");
		page_say(page, "To");
		page_raw(page,
		    "</label><select id=\"colleague\" name=\"colleague\""
		    " required>");
		add_colleagues(visit);
		page_raw(page, "</select></p>");
		close_form(visit, "Hand it over", "");
	}
	if (sheet->allowed & CASE_MAY_PASS)
		add_button_form(
		    visit, "/pass", "Give it back to the queue", "");
	close_fold(visit);
}

static void
add_outcomes(struct web_visit *visit)
{
	const struct case_rules *rules = &visit->web->rules;
	struct page *page = &visit->page;

	if (rules->outcome_count == 0)
		return;
	page_raw(page, "<p class=\"field\"><label for=\"chosen\">");
	page_say(page, WORDS("How did it end?"));
	page_raw(page, "</label><select id=\"chosen\" name=\"chosen\">");
	add_option(page, "", "choose, or write below");
	for (size_t i = 0; i < rules->outcome_count; i++)
		/* The store keeps the words of the configuration. */
		add_option(page, rules->outcomes[i], rules->outcomes[i]);
	page_raw(page, "</select></p>");
}

static void
add_close(struct web_visit *visit, const struct web_case_wish *wish)
{
	int has_choice = visit->web->rules.outcome_count > 0;
	const struct web_input words = { .name = "outcome",
		.label = has_choice ? WORDS("In your own words")
				    : WORDS("How did it end?"),
		.hint =
		    WORDS("A few plain words without digits, such as: advice"
			  " given."),
		.max_bytes = CASE_OUTCOME_MAX_BYTES };

	open_fold(visit, wish, "close", "Close the case");
	open_form(visit, "/close", "Close");
	add_outcomes(visit);
	web_input(visit, &words);
	close_form(visit, "Close it", "");
	close_fold(visit);
}

static void
add_refer_link(struct web_visit *visit)
{
	struct page *page = &visit->page;
	struct text path = { 0 };

	web_case_path(visit, "/refer", &path);
	page_raw(page, "<p><a class=\"button\"");
	page_url(page, "href", path.bytes);
	page_raw(page, ">");
	page_say(page, "Refer to a partner");
	page_raw(page, "</a></p>\n");
	text_free(&path);
}

/* -- all of them ------------------------------------------------------------ */

void
web_case_add_next(struct web_visit *visit, const struct case_sheet *sheet)
{
	struct page *page = &visit->page;

	if (sheet->allowed & CASE_MAY_CLAIM &&
	    sheet->request.state == REQUEST_OPEN) {
		page_raw(page, "<section class=\"act next claim\"><h2>");
		page_say(page, "Nobody has claimed it");
		page_raw(page, "</h2>");
		add_button_form(visit, "/claim", "Claim it", "main");
		page_raw(page, "</section>\n");
	} else if (sheet->allowed & CASE_MAY_REOPEN) {
		page_raw(page, "<section class=\"act next\"><h2>");
		page_say(page, "It is closed");
		page_raw(page, "</h2>");
		add_button_form(visit, "/reopen", "Open it again", "");
		page_raw(page, "</section>\n");
	}
	if (sheet->allowed & CASE_MAY_WAKE)
		add_button_form(visit, "/wake", "Back into the queue now", "");
}

void
web_case_add_folds(struct web_visit *visit, const struct case_sheet *sheet,
    const struct web_case_wish *wish)
{
	unsigned allowed = sheet->allowed;

	page_raw(&visit->page, "<section class=\"acts\"><h2>");
	page_say(&visit->page, "What else you can do");
	page_raw(&visit->page, "</h2>\n");
	add_refer_link(visit);
	if (allowed & CASE_MAY_CLOSE)
		add_close(visit, wish);
	if (allowed & CASE_MAY_NOTE)
		add_note(visit, wish);
	if (allowed & CASE_MAY_LABEL)
		add_labels(visit, &sheet->request, wish);
	if (allowed & CASE_MAY_SNOOZE)
		add_snooze(visit, wish);
	if (allowed & (CASE_MAY_GIVE | CASE_MAY_PASS))
		add_give(visit, sheet, wish);
	web_case_add_record(visit, sheet);
	web_case_add_own_record(visit, sheet);
	web_case_add_erase(visit, sheet, wish);
	page_raw(&visit->page, "</section>\n");
}
