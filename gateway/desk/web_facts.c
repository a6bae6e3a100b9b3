/* Facts of a case for the record, in the words of the standard: what is set on
 * the case's page, and a page to set one.  First the field is chosen, then its
 * value from its own list, so that it works without a script. */
#include "gateway/base/marked_words.h"
#include "gateway/desk/case_facts_set.h"
#include "gateway/desk/web_case.h"
#include "gateway/desk/web_case_parts.h"
#include "gateway/desk/web_fact_form.h"
#include "gateway/desk/web_frame.h"
#include "gateway/desk/web_pages.h"
#include "gateway/desk/web_queue.h"

enum { STATUS_NOT_FOUND = 404, STATUS_CONFLICT = 409 };

/* -- what is set ------------------------------------------------------------ */

static void
add_fact_row(struct page *page, const struct case_fact *fact)
{
	page_raw(page, "<div><dt>");
	page_say(page, fact->field->label);
	page_raw(page, "</dt><dd>");
	web_fact_say_value(page, fact->field, fact->value);
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
		page_say(page, fields[i].label);
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
			web_fact_add_form(
			    visit, chosen, value_of(facts, chosen));
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
