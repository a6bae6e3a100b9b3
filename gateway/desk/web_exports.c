/* Data that may leave: counts and cases in the standard's words, for leads, and
 * what was released so far; a caller's own record, from the case's page. */
#include "gateway/base/marked_words.h"
#include "gateway/desk/exports.h"
#include "gateway/desk/web_case.h"
#include "gateway/desk/web_case_parts.h"
#include "gateway/desk/web_frame.h"
#include "gateway/desk/web_pages.h"

#include <inttypes.h>

enum {
	STATUS_CONFLICT = 409,
	WEEK_S = 7 * 86400,
	QUARTER_WEEKS = 13,
	NUMBER_BYTES = 24,
};

static const char csv_type[] = "text/csv; charset=utf-8; header=present";
static const char json_type[] = "application/json";
static const char text_type[] = "text/plain; charset=utf-8";

/* -- handing out ------------------------------------------------------------ */

/* What was made is saved, not shown; takes what stands in *made. */
static void
give_out(struct web_visit *visit, const char *type, struct text *made)
{
	visit->answer->type = type;
	visit->answer->body = *made;
	*made = (struct text){ 0 };
	text_clear(&visit->page.html);
}

static int
wants_json(const struct web_visit *visit)
{
	return (strcmp(web_given(visit, "form"), "json") == 0);
}

/* -- the page --------------------------------------------------------------- */

/* The weeks that one would release next: a quarter that is over. */
static void
add_week(struct web_visit *visit, const char *name, const char *label,
    int64_t weeks_ago)
{
	const char *typed = web_given(visit, name);
	struct tally_week week =
	    tally_week_of(visit->now_utc_s - weeks_ago * WEEK_S);
	const struct web_input input = { .name = name,
		.label = label,
		.hint = WORDS("Year and week, such as 2026-W13."),
		.value = typed[0] != '\0' ? typed : week.text,
		.type = "week",
		.is_required = 1 };

	web_input(visit, &input);
}

static void
add_number_field(
    struct web_visit *visit, const char *name, const char *label, int64_t usual)
{
	const char *typed = web_given(visit, name);
	char number[NUMBER_BYTES];
	const struct web_input input = { .name = name,
		.label = label,
		.value = typed[0] != '\0' ? typed : number,
		.type = "number",
		.is_required = 1 };

	snprintf(number, sizeof(number), "%" PRId64, usual);
	web_input(visit, &input);
}

static void
add_save(struct web_visit *visit)
{
	struct page *page = &visit->page;

	page_raw(page, "<p class=\"buttons\">");
	web_button(visit, "Save as a table (CSV)", "");
	page_raw(
	    page, " <button class=\"quiet\" name=\"form\" value=\"json\">");
	page_say(page, "Save as JSON");
	page_raw(page, "</button></p>");
}

static void
add_tallies(struct web_visit *visit)
{
	const struct data_rules *rules = &visit->web->settings.data;
	struct page *page = &visit->page;

	page_raw(page, "<section class=\"act next\"><h2>");
	page_say(page, "Counts of people");
	page_raw(page, "</h2><p>");
	page_say(page,
	    "How many people asked for help, with what and from where, all of"
	    " these weeks together. Small counts are hidden and the others"
	    " rounded down, so that nobody can be singled out.");
	page_raw(page, "</p>\n");
	web_form_open(visit, "/exports/tallies", WORDS("Counts of people"));
	page_raw(page, "<div class=\"pair\">");
	add_week(visit, "from", WORDS("From week"), QUARTER_WEEKS);
	add_week(visit, "to", WORDS("To week"), 1);
	page_raw(page, "</div>\n<details><summary>");
	page_say(page, "More people behind each count");
	page_raw(page, "</summary><div class=\"pair\">");
	add_number_field(visit, "least", WORDS("At least so many people"),
	    rules->least_people);
	add_number_field(
	    visit, "rounding", WORDS("Rounded down to"), rules->rounding);
	page_raw(page, "</div></details>\n");
	add_save(visit);
	web_form_close(visit);
	page_raw(page, "</section>\n");
}

static void
add_htcds(struct web_visit *visit)
{
	struct page *page = &visit->page;

	page_raw(page, "<section class=\"act next\"><h2>");
	page_say(page, "Cases in the words of the standard (HTCDS)");
	page_raw(page, "</h2><p>");
	page_say(page,
	    "The facts that caseworkers have set, of those cases only whose"
	    " caller agreed (Consent: yes). No reference, no number, no text of"
	    " anybody, in an order by chance.");
	page_raw(page, "</p>\n");
	web_form_open(visit, "/exports/htcds", WORDS("Cases"));
	add_save(visit);
	web_form_close(visit);
	page_raw(page, "</section>\n");
}

static void
add_release(struct page *page, const struct release_entry *entry)
{
	page_raw(page, "<tr><td>");
	page_text(page, entry->first_week);
	page_raw(page, "</td><td>");
	page_text(page, entry->last_week);
	page_raw(page, "</td><td>");
	web_moment(page, entry->made_utc_s);
	page_raw(page, "</td></tr>\n");
}

static void
add_ledger(struct web_visit *visit)
{
	static const char *const heads[] = { WORDS("From week"),
		WORDS("To week"), WORDS("When (UTC)") };
	struct page *page = &visit->page;
	struct release_ledger ledger = { 0 };

	if (exports_ledger(&visit->session->worker, &ledger) != DONE)
		ledger.count = 0;
	page_raw(page, "<section><h2>");
	page_say(page, "Counts that went out");
	page_raw(page, "</h2>\n");
	if (ledger.count == 0) {
		page_raw(page, "<p class=\"empty\">");
		page_say(page, "None so far.");
		page_raw(page, "</p></section>\n");
		free(ledger.items);
		return;
	}
	page_raw(page, "<div class=\"scroll\" tabindex=\"0\" role=\"region\"");
	page_attr(page, "aria-label", page_word(page, "Counts that went out"));
	page_raw(page, "><table><thead><tr>");
	for (size_t i = 0; i < COUNT_OF(heads); i++) {
		page_raw(page, "<th scope=\"col\">");
		page_say(page, heads[i]);
		page_raw(page, "</th>");
	}
	page_raw(page, "</tr></thead><tbody>\n");
	for (size_t i = ledger.count; i > 0; i--)
		add_release(page, &ledger.items[i - 1]);
	page_raw(page, "</tbody></table></div></section>\n");
	free(ledger.items);
}

void
web_exports_show(struct web_visit *visit)
{
	const struct web_frame frame = {
		.title = WORDS("Exports"), .kind = "queue", .here = "/exports"
	};
	struct page *page = &visit->page;

	web_frame_open(visit, &frame);
	page_raw(page, "<h1>");
	page_say(page, "Exports");
	page_raw(page, "</h1><p>");
	page_say(page,
	    "What may leave the helpline. The audit trail keeps each export"
	    " and who made it.");
	page_raw(page, "</p>\n");
	add_tallies(visit);
	add_htcds(visit);
	add_ledger(visit);
	web_frame_close(visit);
}

static void
refuse(struct web_visit *visit, enum export_reason why)
{
	web_tell(visit, WEB_TONE_REFUSED,
	    page_word(&visit->page, export_reason_words(why)));
	web_exports_show(visit);
	visit->answer->status = STATUS_CONFLICT;
}

/* 0: what is no number is refused with the rule's own words. */
static int64_t
number_of(const struct web_visit *visit, const char *name)
{
	const char *typed = web_given(visit, name);
	int64_t number = 0;

	if (typed[0] != '\0' &&
	    !text_read_integer(typed, 1, INT32_MAX, &number))
		return (-1);
	return (number);
}

void
web_exports_tallies(struct web_visit *visit)
{
	struct export_tallies wish = {
		.first_week = web_given(visit, "from"),
		.last_week = web_given(visit, "to"),
		.rule = { number_of(visit, "least"),
		    number_of(visit, "rounding") },
		.form = wants_json(visit) ? EXPORT_JSON : EXPORT_CSV,
		.now_utc_s = visit->now_utc_s,
	};
	struct text made = { 0 };
	enum export_reason why;

	exports_set_rule(&wish, &visit->web->settings.data);
	if (exports_tallies(&visit->session->worker, &wish, &made, &why) !=
	    DONE) {
		refuse(visit, why);
	} else {
		text_printf(&visit->answer->file_name, "tallies-%s-%s.%s",
		    wish.first_week, wish.last_week,
		    wants_json(visit) ? "json" : "csv");
		give_out(
		    visit, wants_json(visit) ? json_type : csv_type, &made);
	}
	text_free(&made);
}

void
web_exports_htcds(struct web_visit *visit)
{
	struct export_htcds wish = {
		.form = wants_json(visit) ? EXPORT_JSON : EXPORT_CSV,
		.now_utc_s = visit->now_utc_s,
	};
	struct text made = { 0 };
	enum export_reason why;

	if (exports_htcds(&visit->session->worker, &wish, &made, &why) !=
	    DONE) {
		refuse(visit, why);
	} else {
		text_add(&visit->answer->file_name,
		    wants_json(visit) ? "htcds.json" : "htcds.csv");
		give_out(
		    visit, wants_json(visit) ? json_type : csv_type, &made);
	}
	text_free(&made);
}

/* -- a caller's own record -------------------------------------------------- */

void
web_case_add_own_record(struct web_visit *visit, const struct case_sheet *sheet)
{
	struct page *page = &visit->page;
	struct text path = { 0 };

	if (!exports_may_case(&visit->session->worker, &sheet->request))
		return;
	page_raw(page, "<details class=\"act\" id=\"own-record\"><summary>");
	page_say(page, "The caller's own record");
	page_raw(page, "</summary><p>");
	page_say(page,
	    "Everything kept of this case, for the caller who asks for it."
	    " Look through it before you hand it over: it holds the team's"
	    " notes, too. The history keeps that it was made.");
	page_raw(page, "</p>\n");
	web_case_path(visit, "/record", &path);
	web_form_open(visit, path.bytes, WORDS("The caller's own record"));
	page_raw(page, "<p class=\"buttons\">");
	web_button(visit, "Save the record", "");
	page_raw(
	    page, " <button class=\"quiet\" name=\"form\" value=\"json\">");
	page_say(page, "Save as JSON");
	page_raw(page, "</button></p>");
	web_form_close(visit);
	page_raw(page, "</details>\n");
	text_free(&path);
}

void
web_case_record(struct web_visit *visit)
{
	const struct web_case_wish wish = { .open = "own-record" };
	struct errand errand = web_case_errand(visit);
	int is_json = wants_json(visit);
	struct text made = { 0 };

	if (exports_case(&errand, is_json ? EXPORT_CASE_JSON : EXPORT_CASE_TEXT,
		&made) != DONE) {
		web_case_refuse(visit, &errand, &wish);
	} else {
		text_printf(&visit->answer->file_name, "%s.%s",
		    errand.request.ref, is_json ? "json" : "txt");
		give_out(visit, is_json ? json_type : text_type, &made);
	}
	text_free(&made);
}
