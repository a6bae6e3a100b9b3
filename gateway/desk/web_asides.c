/* Messages set aside: somebody opens each, sees to its caller and files it. */
#include <inttypes.h>

#include "gateway/desk/asides.h"
#include "gateway/desk/web_frame.h"
#include "gateway/desk/web_pages.h"

enum { ASIDES_MOST = 200, STATUS_NOT_FOUND = 404 };

static void
add_aside(struct web_visit *visit, const struct journal_aside *aside)
{
	struct page *page = &visit->page;
	char path[40];

	snprintf(path, sizeof(path), "/aside/%" PRId64, aside->id.row);
	page_raw(page, "<li class=\"entry\"><a");
	page_url(page, "href", path);
	page_raw(page, "><span class=\"ref\">");
	page_integer(page, aside->id.row);
	page_raw(page, "</span> <span class=\"why\">");
	page_say(page, aside->cause);
	page_raw(page, "</span> <span class=\"age\">");
	web_age(page, visit->now_utc_s - aside->arrived_utc_s);
	page_raw(page, "</span> <span class=\"from\">");
	page_text(page, aside->line);
	page_raw(page, "</span></a></li>\n");
}

void
web_asides_show(struct web_visit *visit)
{
	const struct web_frame frame = {
		.title = WORDS("Set aside"), .kind = "queue", .here = "/asides"
	};
	struct journal_aside_list list = { 0 };
	struct page *page = &visit->page;

	web_frame_open(visit, &frame);
	page_raw(page, "<h1>");
	page_say(page, "Set aside");
	page_raw(page, "</h1><p>");
	page_say(page,
	    "Nobody has answered these: messages that could not be handled,"
	    " callers who had all automatic answers, calls to return, answers"
	    " that could not be sent. Open each, see to its caller, then file"
	    " it.");
	page_raw(page, "</p>\n");
	if (asides_list(&visit->session->worker, ASIDES_MOST, &list) != DONE)
		page_say(page, case_reason_words(CASE_STORE));
	if (list.count == 0) {
		page_raw(page, "<p class=\"empty\">");
		page_say(page, "Nothing is here.");
		page_raw(page, "</p>");
	} else {
		page_raw(page, "<ol class=\"queue\">\n");
		for (size_t i = 0; i < list.count; i++)
			add_aside(visit, &list.items[i]);
		page_raw(page, "</ol>\n");
	}
	free(list.items);
	web_frame_close(visit);
}

/* The id in the path: 1, or 0. */
static int
read_id(const struct web_visit *visit, struct journal_id *id_r)
{
	return (text_read_integer(visit->ref, 1, INT64_MAX, &id_r->row));
}

static struct aside_errand
errand_of(const struct web_visit *visit)
{
	return ((struct aside_errand){
	    .worker = &visit->session->worker, .now_utc_s = visit->now_utc_s });
}

static void
add_form(struct web_visit *visit, const char *behind, const char *english,
    const char *look)
{
	struct text path = { 0 };

	text_printf(&path, "/aside/%s%s", visit->ref, behind);
	web_form_open(visit, path.bytes, NULL);
	page_raw(&visit->page, "<p>");
	web_button(visit, english, look);
	page_raw(&visit->page, "</p>");
	web_form_close(visit);
	text_free(&path);
}

static void
write_aside(struct web_visit *visit, const char *text, const char *number,
    int with_number)
{
	const struct web_frame frame = {
		.title = WORDS("Set aside"), .kind = "plain", .here = "/asides"
	};
	struct page *page = &visit->page;

	web_frame_open(visit, &frame);
	page_raw(page, "<h1>");
	page_say(page, "Set aside");
	page_raw(page, " ");
	page_text(page, visit->ref);
	page_raw(page, "</h1>\n<div class=\"bubble\">");
	page_words_of_people(page, NULL, text);
	page_raw(page, "</div>\n");
	page_raw(page, "<p class=\"number\">");
	page_say(page, "The caller's number:");
	page_raw(page, " <bdi dir=\"ltr\">");
	page_text(page, number);
	page_raw(page, "</bdi></p>\n");
	if (!with_number)
		add_form(visit, "/number", "Show the number", "quiet");
	add_form(visit, "/file", "It is seen to: file it", "main");
	web_frame_close(visit);
}

static void
show(struct web_visit *visit, int with_number)
{
	struct text number = { 0 };
	struct text text = { 0 };
	struct aside_errand errand = errand_of(visit);

	if (!read_id(visit, &errand.id) ||
	    asides_open(&errand, with_number, &number, &text) != DONE)
		web_refuse(visit, STATUS_NOT_FOUND, WORDS("It is not here"),
		    "Somebody has filed it, or it does not open.");
	else
		write_aside(visit, text_string(&text), text_string(&number),
		    with_number);
	text_free(&number);
	text_free(&text);
}

void
web_aside_show(struct web_visit *visit)
{
	show(visit, 0);
}

void
web_aside_number(struct web_visit *visit)
{
	show(visit, 1);
}

void
web_aside_file(struct web_visit *visit)
{
	struct aside_errand errand = errand_of(visit);

	if (read_id(visit, &errand.id) && asides_file(&errand) == DONE)
		web_tell(visit, WEB_TONE_DONE,
		    page_word(&visit->page, "Filed; its words are erased."));
	else
		web_tell(visit, WEB_TONE_REFUSED,
		    page_word(&visit->page, "Somebody was faster."));
	web_go(visit, "/asides");
}
