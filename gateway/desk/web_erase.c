/* Erasing a case on the word of two: asking for it on the case's page, the list
 * of what waits for somebody else, and what is left afterwards. */
#include "gateway/base/marked_words.h"
#include "gateway/base/memory.h"
#include "gateway/desk/case_erase.h"
#include "gateway/desk/web_case.h"
#include "gateway/desk/web_case_parts.h"
#include "gateway/desk/web_frame.h"
#include "gateway/desk/web_pages.h"

enum { STATUS_CONFLICT = 409, STATUS_BUSY = 503, REASON_ROWS = 2 };

/* -- one that was asked for ------------------------------------------------- */

/* `step` is what is to be done: "ask", "confirm" or "keep". */
static void
open_step(struct web_visit *visit, const char *ref, const char *step)
{
	struct text path = { 0 };

	text_printf(&path, "/case/%s/erase", ref);
	web_form_open(visit, path.bytes, NULL);
	web_hidden(visit, "step", step);
	text_free(&path);
}

static void
add_step(struct web_visit *visit, const char *ref, const char *step,
    const char *english)
{
	open_step(visit, ref, step);
	web_button(visit, english, "");
	web_form_close(visit);
}

static void
add_asked(struct web_visit *visit, const char *ref,
    const struct erasure *erasure, const struct text *reason)
{
	struct page *page = &visit->page;
	int is_own = erasure->staff == visit->session->staff.id;

	page_raw(page, "<p>");
	page_say_one(page, "{name} asked that this case be erased:", "name",
	    erasure->staff_name);
	page_raw(page, " ");
	web_moment(page, erasure->asked_utc_s);
	page_raw(page, " UTC</p>\n");
	if (reason->length > 0) {
		page_raw(page, "<blockquote>");
		page_words_of_people(page, NULL, reason->bytes);
		page_raw(page, "</blockquote>\n");
	}
	page_raw(page, "<p class=\"hint\">");
	if (is_own)
		page_say(
		    page, "Somebody else has to confirm it within a week.");
	else
		page_say(page,
		    "Erasing cannot be undone. It takes the number, answers,"
		    " texts, notes and facts.");
	page_raw(page, "</p>\n<div class=\"buttons\">");
	if (!is_own)
		add_step(visit, ref, "confirm", WORDS("Erase it for good"));
	add_step(visit, ref, "keep",
	    is_own ? WORDS("Take it back") : WORDS("Keep the case"));
	page_raw(page, "</div>\n");
}

/* -- on the case's page ----------------------------------------------------- */

static void
add_ask(struct web_visit *visit, const struct case_sheet *sheet,
    const struct web_case_wish *wish)
{
	const struct web_input reason = { .name = "reason",
		.label = WORDS("Why should it be erased?"),
		.hint = WORDS("For whoever confirms it; it is erased with the"
			      " case."),
		.value = web_given(visit, "reason"),
		.rows = REASON_ROWS,
		.is_required = 1,
		.max_bytes = ERASE_REASON_MAX_BYTES };
	struct page *page = &visit->page;

	page_raw(page, "<details class=\"act\" id=\"erase\"");
	if (wish->open != NULL && strcmp(wish->open, "erase") == 0)
		page_raw(page, " open");
	page_raw(page, "><summary>");
	page_say(page, "Erase the case");
	page_raw(page, "</summary><p>");
	page_say(page,
	    "One person asks and somebody else confirms within a week. Then"
	    " nothing of the caller is left, and no button brings it back.");
	page_raw(page, "</p>\n");
	open_step(visit, sheet->request.ref, "ask");
	web_input(visit, &reason);
	page_raw(page, "<p>");
	web_button(visit, "Ask to erase it", "");
	page_raw(page, "</p>");
	web_form_close(visit);
	page_raw(page, "</details>\n");
}

int
web_case_is_tombstone(const struct request *request)
{
	return (request->state == REQUEST_WITHDRAWN ||
	    request->state == REQUEST_FORGOTTEN);
}

void
web_case_add_erase(struct web_visit *visit, const struct case_sheet *sheet,
    const struct web_case_wish *wish)
{
	struct errand errand = web_case_errand(visit);
	struct erasure erasure;
	struct text reason = { 0 };
	enum outcome outcome;

	if (web_case_is_tombstone(&sheet->request))
		return;
	outcome = cases_erasure(&errand, &erasure, &reason);
	if (outcome == NOTHING)
		add_ask(visit, sheet, wish);
	text_free(&reason);
}

void
web_case_add_erasure(struct web_visit *visit, const struct case_sheet *sheet)
{
	struct errand errand = web_case_errand(visit);
	struct page *page = &visit->page;
	struct erasure erasure;
	struct text reason = { 0 };

	if (!web_case_is_tombstone(&sheet->request) &&
	    cases_erasure(&errand, &erasure, &reason) == DONE) {
		page_raw(page, "<section class=\"act next erasure\"><h2>");
		page_say(page, "Shall it be erased?");
		page_raw(page, "</h2>\n");
		add_asked(visit, sheet->request.ref, &erasure, &reason);
		page_raw(page, "</section>\n");
	}
	text_free(&reason);
}

void
web_case_add_tombstone(struct web_visit *visit, const struct case_sheet *sheet)
{
	struct page *page = &visit->page;
	struct text path = { 0 };

	if (!web_case_is_tombstone(&sheet->request))
		return;
	web_case_path(visit, "/refer", &path);
	page_raw(page, "<section class=\"tombstone\"><h2>");
	page_say(page, "Nothing of the caller is left");
	page_raw(page, "</h2><p>");
	page_say(page,
	    "Erased: the number, the answers, the texts, the notes, the facts"
	    " and what was passed on. Kept: the reference, how urgent it was,"
	    " where it came from, when it began and ended, and who did what.");
	page_raw(page, "</p><p>");
	page_say(page,
	    "A partner who was told of this case is to be told to destroy what"
	    " they have.");
	page_raw(page, "</p><p><a class=\"button\"");
	page_url(page, "href", path.bytes);
	page_raw(page, ">");
	page_say(page, "What was passed to partners");
	page_raw(page, "</a></p></section>\n");
	text_free(&path);
}

/* -- the steps -------------------------------------------------------------- */

static void
refuse(struct web_visit *visit, const struct errand *errand,
    enum erase_result result)
{
	const struct web_case_wish wish = { .open = "erase" };

	if (errand->why != CASE_FINE) {
		web_case_refuse(visit, errand, &wish);
		return;
	}
	web_tell(visit, WEB_TONE_REFUSED,
	    page_word(&visit->page, erase_result_words(result)));
	web_case_write(visit, &wish);
	visit->answer->status = STATUS_CONFLICT;
}

void
web_erase_take(struct web_visit *visit)
{
	const char *step = web_given(visit, "step");
	int asks = strcmp(step, "ask") == 0;
	struct errand errand = web_case_errand(visit);
	enum erase_result result = ERASE_NOBODY_ASKED;
	enum outcome outcome = REFUSED;

	if (strcmp(step, "keep") == 0)
		outcome = cases_keep(&errand, &result);
	else if (asks && web_given(visit, "reason")[0] == '\0')
		errand.why = CASE_EMPTY;
	else
		outcome = cases_erase(
		    &errand, asks ? web_given(visit, "reason") : NULL, &result);
	if (outcome != DONE)
		refuse(visit, &errand, result);
	else
		web_case_finish(
		    visit, &errand, outcome, erase_result_words(result));
}

/* -- the list --------------------------------------------------------------- */

static void
add_entry(struct web_visit *visit, const struct erasure_entry *entry)
{
	struct errand errand = { .worker = &visit->session->worker,
		.ref = entry->ref,
		.now_utc_s = visit->now_utc_s };
	struct page *page = &visit->page;
	struct erasure erasure;
	struct text reason = { 0 };
	struct text path = { 0 };

	if (cases_erasure(&errand, &erasure, &reason) == DONE) {
		text_printf(&path, "/case/%s", entry->ref);
		page_raw(
		    page, "<section class=\"act next\"><h2><a class=\"ref\"");
		page_url(page, "href", path.bytes);
		page_raw(page, ">");
		page_text(page, entry->ref);
		page_raw(page, "</a></h2>\n");
		add_asked(visit, entry->ref, &erasure, &reason);
		page_raw(page, "</section>\n");
	}
	text_free(&reason);
	text_free(&path);
}

void
web_erasures_show(struct web_visit *visit)
{
	const struct web_frame frame = {
		.title = WORDS("Erasures"), .kind = "queue", .here = "/erasures"
	};
	struct page *page = &visit->page;
	struct erasure_list list = { 0 };

	if (cases_erasures(&visit->session->worker, visit->now_utc_s, &list) !=
	    DONE) {
		web_refuse(visit, STATUS_BUSY, WORDS("This is not to be had"),
		    case_reason_words(CASE_STORE));
		return;
	}
	web_frame_open(visit, &frame);
	page_raw(page, "<h1>");
	page_say(page, "Erasures");
	page_raw(page, "</h1><p>");
	page_say(page,
	    "What somebody asked to erase. Somebody else confirms it within a"
	    " week, or the case is kept.");
	page_raw(page, "</p>\n");
	for (size_t i = 0; i < list.count; i++)
		add_entry(visit, &list.items[i]);
	if (list.count == 0) {
		page_raw(page, "<p class=\"empty\">");
		page_say(page, "Nothing waits to be erased.");
		page_raw(page, "</p>\n");
	}
	free(list.items);
	web_frame_close(visit);
}
