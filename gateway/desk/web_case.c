#include "gateway/desk/web_case.h"

#include "gateway/desk/web_case_parts.h"
#include "gateway/desk/web_frame.h"
#include "gateway/desk/web_pages.h"
#include "gateway/desk/web_queue.h"

enum { STATUS_NOT_FOUND = 404, STATUS_BUSY = 503 };

void
web_case_path(
    const struct web_visit *visit, const char *behind, struct text *path)
{
	text_printf(path, "/case/%s%s", visit->ref, behind);
}

void
web_case_add_head(struct web_visit *visit, const char *title)
{
	struct page *page = &visit->page;
	struct text path = { 0 };

	web_case_path(visit, "", &path);
	page_raw(page, "<p class=\"to-case\"><a");
	page_url(page, "href", path.bytes);
	page_raw(page, ">");
	page_say(page, "Back to the case");
	page_raw(page, "</a></p><h1>");
	page_say(page, title);
	page_raw(page, " <span class=\"ref\">");
	page_text(page, visit->ref);
	page_raw(page, "</span></h1>\n");
	text_free(&path);
}

static void
add_number(struct web_visit *visit, const struct case_sheet *sheet)
{
	struct page *page = &visit->page;
	struct text path = { 0 };

	if (sheet->number.length > 0) {
		page_raw(page, "<p class=\"number\">");
		page_say(page, "The caller's number:");
		page_raw(page, " <bdi dir=\"ltr\">");
		page_text(page, sheet->number.bytes);
		page_raw(page, "</bdi></p>\n");
		return;
	}
	web_case_path(visit, "/number", &path);
	web_form_open(visit, path.bytes, NULL);
	page_raw(page, "<p class=\"number\">");
	web_button(visit, "Show the number", "quiet");
	page_raw(page, " <span class=\"hint\">");
	page_say(page, "The history keeps that you have seen it.");
	page_raw(page, "</span></p>");
	web_form_close(visit);
	text_free(&path);
}

/* What there is and what can be done while anything is kept. */
static void
write_living(struct web_visit *visit, const struct case_sheet *sheet,
    const struct web_case_wish *wish)
{
	web_case_add_erasure(visit, sheet);
	web_case_add_next(visit, sheet);
	web_case_add_thread(visit, sheet);
	if (sheet->allowed & CASE_MAY_REPLY)
		web_case_add_reply(visit, sheet, wish);
	web_case_add_answers(visit, sheet);
	web_case_add_folds(visit, sheet, wish);
	add_number(visit, sheet);
}

static void
write_case(struct web_visit *visit, const struct case_sheet *sheet,
    const struct web_case_wish *wish)
{
	const struct web_frame frame = {
		.title = WORDS("Case"), .kind = "case", .list = web_queue_add
	};
	struct page *page = &visit->page;

	visit->ref = sheet->request.ref;
	web_frame_open(visit, &frame);
	page_raw(page, "<p class=\"back\"><a href=\"/\">");
	page_say(page, "Back to the queue");
	page_raw(page, "</a></p><h1>");
	page_say(page, "Case");
	page_raw(page, " <span class=\"ref\">");
	page_text(page, sheet->request.ref);
	page_raw(page, "</span></h1>\n");
	web_case_add_facts(visit, sheet);
	if (web_case_is_tombstone(&sheet->request))
		web_case_add_tombstone(visit, sheet);
	else
		write_living(visit, sheet, wish);
	web_case_add_events(visit, sheet);
	web_frame_close(visit);
}

void
web_case_write(struct web_visit *visit, const struct web_case_wish *wish)
{
	struct errand errand = web_case_errand(visit);
	struct case_sheet sheet;

	if (cases_show(&errand, wish->with_number, &sheet) != DONE) {
		web_refuse(visit,
		    errand.why == CASE_NOT_FOUND ? STATUS_NOT_FOUND
						 : STATUS_BUSY,
		    WORDS("This case is not to be had"),
		    case_reason_words(errand.why));
		return;
	}
	write_case(visit, &sheet, wish);
	case_sheet_free(&sheet);
}

void
web_case_show(struct web_visit *visit)
{
	char *chosen = web_case_chosen_template(visit);
	const struct web_case_wish wish = { .reply = chosen,
		.shows_cost = chosen != NULL };

	web_case_write(visit, &wish);
	free(chosen);
}
