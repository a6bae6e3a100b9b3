/* Facts of a case for the record, in the words of the standard: what is set on
 * the case's page, and a page to set one.  First the field is chosen, then its
 * value from its own list, so that it works without a script. */
#include "gateway/base/marked_words.h"
#include "gateway/desk/case_facts_set.h"
#include "gateway/desk/web_case.h"
#include "gateway/desk/web_case_parts.h"
#include "gateway/desk/web_frame.h"
#include "gateway/desk/web_pages.h"
#include "gateway/desk/web_queue.h"

enum { STATUS_NOT_FOUND = 404, STATUS_CONFLICT = 409 };

/* -- what is set ------------------------------------------------------------ */

static void
say_value(struct page *page, const struct htcds_field *field, const char *value)
{
	struct text words = { 0 };

	if (field->kind == HTCDS_CHECKBOX) {
		page_say(page,
		    strcmp(value, "TRUE") == 0 ? WORDS("yes") : WORDS("no"));
		return;
	}
	htcds_add_value_words(field, value, &words);
	page_raw(page, "<bdi lang=\"en\">");
	page_text(page, text_string(&words));
	page_raw(page, "</bdi>");
	text_free(&words);
}

static void
say_label(struct page *page, const struct htcds_field *field)
{
	page_say(page, field->label);
}

static void
add_fact_row(struct page *page, const struct case_fact *fact)
{
	page_raw(page, "<div><dt>");
	say_label(page, fact->field);
	page_raw(page, "</dt><dd>");
	say_value(page, fact->field, fact->value);
	if (fact->at_utc_s > 0) {
		page_raw(page, " <span class=\"hint\"><bdi>");
		page_text(page, fact->by);
		page_raw(page, "</bdi> · ");
		web_moment(page, fact->at_utc_s);
		page_raw(page, "</span>");
	}
	page_raw(page, "</dd></div>\n");
}

static void
add_set(struct page *page, const struct case_facts *facts)
{
	if (facts->count == 0) {
		page_raw(page, "<p class=\"empty\">");
		page_say(page, "No fact is set.");
		page_raw(page, "</p>\n");
		return;
	}
	page_raw(page, "<dl class=\"record\">\n");
	for (size_t i = 0; i < facts->count; i++)
		add_fact_row(page, &facts->items[i]);
	page_raw(page, "</dl>\n");
}

static const char *
value_of(const struct case_facts *facts, const struct htcds_field *field)
{
	for (size_t i = 0; i < facts->count; i++) {
		if (facts->items[i].field == field)
			return (facts->items[i].value);
	}
	return ("");
}

/* -- choosing a field ------------------------------------------------------- */

static void
add_fields(struct page *page, const struct htcds_field *chosen)
{
	size_t count;
	const struct htcds_field *fields = htcds_fields(&count);
	const char *group = "";

	for (size_t i = 0; i < count; i++) {
		if (strcmp(group, htcds_group(&fields[i])) != 0) {
			if (group[0] != '\0')
				page_raw(page, "</optgroup>");
			group = htcds_group(&fields[i]);
			page_raw(page, "<optgroup");
			page_attr(page, "label", page_word(page, group));
			page_raw(page, ">\n");
		}
		page_raw(page, "<option");
		page_attr(page, "value", fields[i].name);
		if (&fields[i] == chosen)
			page_raw(page, " selected");
		page_raw(page, ">");
		say_label(page, &fields[i]);
		page_raw(page, "</option>\n");
	}
	page_raw(page, "</optgroup>");
}

/* It changes nothing, so it asks with GET. */
static void
add_chooser(struct web_visit *visit, const struct htcds_field *chosen)
{
	struct page *page = &visit->page;
	struct text path = { 0 };

	web_case_path(visit, "/facts", &path);
	page_raw(page, "<form class=\"screen\" method=\"get\"");
	page_url(page, "action", path.bytes);
	page_raw(page, "><p class=\"field\"><label for=\"field\">");
	page_say(page, "Which fact");
	page_raw(page, "</label><select id=\"field\" name=\"field\">\n");
	add_fields(page, chosen);
	page_raw(page, "</select></p><p>");
	web_button(visit, "Choose this fact", chosen == NULL ? "main" : "");
	page_raw(page, "</p></form>\n");
	text_free(&path);
}

/* -- choosing a value ------------------------------------------------------- */

static void
add_choice(struct page *page, const struct htcds_field *field,
    const char *value, int is_set)
{
	int is_some = field->kind == HTCDS_PICK_SOME;
	struct text id = { 0 };

	text_printf(&id, "value-%s", value);
	page_raw(page, "<p class=\"field check\"><input");
	page_attr(page, "type", is_some ? "checkbox" : "radio");
	page_raw(page, " name=\"value\"");
	page_attr(page, "id", id.bytes);
	page_attr(page, "value", value);
	if (is_set)
		page_raw(page, " checked");
	if (!is_some)
		page_raw(page, " required");
	page_raw(page, "><label");
	page_attr(page, "for", id.bytes);
	page_raw(page, ">");
	say_value(page, field, value);
	page_raw(page, "</label></p>\n");
	text_free(&id);
}

/* 1 when `value` stands among those between semicolons. */
static int
is_among(const char *set, const char *value, size_t length)
{
	for (const char *at = set; *at != '\0';) {
		size_t has = strcspn(at, ";");

		if (has == length && strncmp(at, value, length) == 0)
			return (1);
		at += has + (at[has] == ';');
	}
	return (0);
}

static void
add_choices(struct page *page, const struct htcds_field *field, const char *set)
{
	const char *values =
	    field->values != NULL ? field->values : "TRUE\nFALSE";

	page_raw(page, "<fieldset><legend class=\"hidden\">");
	say_label(page, field);
	page_raw(page, "</legend>\n");
	for (const char *at = values; *at != '\0';) {
		size_t has = strcspn(at, "\n");
		struct text value = { 0 };

		text_add_bytes(&value, at, has);
		add_choice(page, field, value.bytes, is_among(set, at, has));
		text_free(&value);
		at += has + (at[has] == '\n');
	}
	page_raw(page, "</fieldset>\n");
}

/* What may stand in a field without a list; English. */
static const char *
hint_of(enum htcds_kind kind)
{
	static const char *const hints[] = {
		[HTCDS_PICK] = NULL,
		[HTCDS_PICK_SOME] = NULL,
		[HTCDS_CHECKBOX] = NULL,
		[HTCDS_DATE] = WORDS("A date, such as 2026-11-21."),
		[HTCDS_LANGUAGE] = WORDS("The letters of ISO 639 for a"
					 " language, such as nep."),
		[HTCDS_COUNTRY] = WORDS("The two letters of ISO 3166 for a"
					" country, such as NP."),
		[HTCDS_COUNTRIES] = WORDS("The two letters of ISO 3166 for"
					  " each country, such as NP;IN."),
	};

	return (hints[kind]);
}

static void
add_value(
    struct web_visit *visit, const struct htcds_field *field, const char *set)
{
	const struct web_input input = { .name = "value",
		.label = field->label,
		.hint = hint_of(field->kind),
		.value = set,
		.type = field->kind == HTCDS_DATE ? "date" : "text",
		.is_required = 1 };

	if (input.hint != NULL)
		web_input(visit, &input);
	else
		add_choices(&visit->page, field, set);
}

static void
open_form(
    struct web_visit *visit, const struct htcds_field *field, const char *label)
{
	struct text path = { 0 };

	web_case_path(visit, "/facts", &path);
	web_form_open(visit, path.bytes, label);
	web_hidden(visit, "field", field->name);
	text_free(&path);
}

static void
add_setter(
    struct web_visit *visit, const struct htcds_field *field, const char *set)
{
	struct page *page = &visit->page;

	page_raw(page, "<section class=\"act next\" id=\"set\"><h2>");
	say_label(page, field);
	page_raw(page, "</h2><p class=\"hint\">");
	page_say(page, htcds_group(field));
	page_raw(page, " · <span lang=\"en\">");
	page_text(page, field->name);
	page_raw(page, "</span></p>\n");
	open_form(visit, field, WORDS("Set a fact"));
	add_value(visit, field, set);
	page_raw(page, "<p>");
	web_button(visit, "Keep this fact", "main");
	page_raw(page, "</p>");
	web_form_close(visit);
	if (set[0] != '\0') {
		open_form(visit, field, WORDS("Take a fact away"));
		web_hidden(visit, "away", "1");
		page_raw(page, "<p>");
		web_button(visit, "Take this fact away", "quiet");
		page_raw(page, "</p>");
		web_form_close(visit);
	}
	page_raw(page, "</section>\n");
}

/* -- the page --------------------------------------------------------------- */

static int
is_own(const struct web_visit *visit, const struct request *request)
{
	return (request->state == REQUEST_CLAIMED &&
	    request->claimed_by == visit->session->staff.id);
}

static void
write_page(struct web_visit *visit, const struct request *request,
    const struct case_facts *facts, const struct htcds_field *chosen)
{
	const struct web_frame frame = { .title = WORDS("Facts for the record"),
		.kind = "case",
		.list = web_queue_add };
	struct page *page = &visit->page;

	visit->ref = request->ref;
	web_frame_open(visit, &frame);
	web_case_add_head(visit, WORDS("Facts for the record"));
	page_raw(page, "<p>");
	page_say(page,
	    "Only what you set stands here; nothing is filled in by itself."
	    " It leaves the helpline in statistics alone, and only when the"
	    " caller agreed to that (Consent: yes).");
	page_raw(page, "</p>\n<section>");
	add_set(page, facts);
	page_raw(page, "</section>\n");
	if (!is_own(visit, request)) {
		page_raw(page, "<p>");
		page_say(page, "Whoever has claimed the case sets its facts.");
		page_raw(page, "</p>\n");
	} else {
		if (chosen != NULL)
			add_setter(visit, chosen, value_of(facts, chosen));
		add_chooser(visit, chosen);
	}
	web_frame_close(visit);
}

static void
show(struct web_visit *visit, const char *name)
{
	struct errand errand = web_case_errand(visit);
	struct case_facts facts = { 0 };

	if (cases_facts(&errand, &facts) != DONE) {
		web_refuse(visit, STATUS_NOT_FOUND,
		    WORDS("This case is not to be had"),
		    case_reason_words(errand.why));
		return;
	}
	write_page(visit, &errand.request, &facts,
	    name != NULL ? htcds_find(name) : NULL);
	case_facts_free(&facts);
}

void
web_facts_show(struct web_visit *visit)
{
	show(visit, form_value(&visit->request->query, "field"));
}

/* Of some values, with a semicolon between; of one, itself. */
static void
join_values(const struct web_visit *visit, struct text *typed)
{
	for (size_t i = 0; i < visit->form.count; i++) {
		if (strcmp(visit->form.items[i].name, "value") != 0)
			continue;
		if (typed->length > 0)
			text_add_byte(typed, ';');
		text_add(typed, visit->form.items[i].value);
	}
}

static void
refuse(struct web_visit *visit, const struct errand *errand, const char *name)
{
	web_tell(visit, WEB_TONE_REFUSED,
	    page_word(&visit->page,
		errand->why == CASE_FINE
		    ? WORDS("This cannot stand there: choose from the list, or"
			    " write it as the example says.")
		    : case_reason_words(errand->why)));
	show(visit, name);
	visit->answer->status = STATUS_CONFLICT;
}

void
web_facts_set(struct web_visit *visit)
{
	struct errand errand = web_case_errand(visit);
	const char *name = web_given(visit, "field");
	int takes_away = web_given(visit, "away")[0] != '\0';
	struct text typed = { 0 };
	struct text trouble = { 0 };
	struct text path = { 0 };
	enum outcome outcome = REFUSED;

	join_values(visit, &typed);
	/* Nothing ticked is a slip; taking away has a button of its own. */
	if (takes_away || typed.length > 0)
		outcome = cases_set_fact(&errand, name,
		    takes_away ? "" : text_string(&typed), &trouble);
	if (outcome == DONE) {
		web_tell(visit, WEB_TONE_DONE,
		    page_word(&visit->page,
			takes_away ? WORDS("The fact is taken away.")
				   : WORDS("The fact is kept.")));
		web_case_path(visit, "/facts", &path);
		web_go(visit, path.bytes);
	} else {
		refuse(visit, &errand, name);
	}
	text_free(&typed);
	text_free(&trouble);
	text_free(&path);
}

/* -- on the case's page ----------------------------------------------------- */

void
web_case_add_record(struct web_visit *visit, const struct case_sheet *sheet)
{
	struct errand errand = web_case_errand(visit);
	struct page *page = &visit->page;
	struct case_facts facts = { 0 };
	struct text path = { 0 };

	if (cases_facts(&errand, &facts) != DONE)
		return;
	page_raw(page, "<details class=\"act\" id=\"facts\"><summary>");
	page_say(page, "Facts for the record");
	page_raw(page, "</summary>\n");
	add_set(page, &facts);
	if (is_own(visit, &sheet->request)) {
		web_case_path(visit, "/facts", &path);
		page_raw(page, "<p><a class=\"button\"");
		page_url(page, "href", path.bytes);
		page_raw(page, ">");
		page_say(page, "Set or change facts");
		page_raw(page, "</a></p>");
	}
	page_raw(page, "</details>\n");
	case_facts_free(&facts);
	text_free(&path);
}
