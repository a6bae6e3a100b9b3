/* What callers ask for, week by week: plots with the table beside each. */
#include "gateway/desk/trends.h"

#include <inttypes.h>

#include "gateway/desk/web_frame.h"
#include "gateway/desk/web_pages.h"

static void
add_trend(struct web_visit *visit, const struct trend *trend, size_t number)
{
	struct page *page = &visit->page;
	struct text title = { 0 };
	struct text made = { 0 };
	char id[32];

	snprintf(id, sizeof(id), "plot-%zu", number);
	page_raw(page, "<section><h2>");
	trend_title(page, trend, &title);
	page_text(page, title.bytes);
	page_raw(page, "</h2><p>");
	trend_html_sentences(page, trend, &made);
	page_markup(page, &made);
	page_raw(page, "</p>\n<figure>");
	text_clear(&made);
	trend_svg(page, trend, id, &made);
	page_markup(page, &made);
	page_raw(page, "</figure>\n<details><summary>");
	page_say(page, "The same as a table");
	page_raw(page,
	    "</summary><div class=\"scroll\" tabindex=\"0\" role=\"region\"");
	page_attr(page, "aria-label", title.bytes);
	page_raw(page, ">");
	text_clear(&made);
	trend_html_table(page, trend, &made);
	page_markup(page, &made);
	page_raw(page, "</div></details></section>\n");
	text_free(&made);
	text_free(&title);
}

void
web_trends_show(struct web_visit *visit)
{
	const struct web_frame frame = {
		.title = WORDS("Trends"), .kind = "queue", .here = "/trends"
	};
	const char *corridor = form_value(&visit->request->query, "corridor");
	const char *by_word = form_value(&visit->request->query, "words");
	const struct trends_wish wish = { .now_utc_s = visit->now_utc_s,
		.weeks = TRENDS_WEEKS_DEFAULT,
		.corridor = corridor,
		.by_word = by_word != NULL };
	struct trends trends = { 0 };
	struct page *page = &visit->page;

	web_frame_open(visit, &frame);
	page_raw(page, "<h1>");
	page_say(page, "Trends");
	page_raw(page, "</h1><p>");
	page_say(page,
	    "Counts by week, without anybody's name. Small counts are hidden.");
	page_raw(page, "</p>\n");
	if (trends_read(visit->web->store, &wish, &trends) != DONE)
		trends.count = 0;
	for (size_t i = 0; i < trends.count; i++)
		add_trend(visit, &trends.items[i], i);
	if (trends.count == 0) {
		page_raw(page, "<p class=\"empty\">");
		page_say(page, "Nothing was counted yet.");
		page_raw(page, "</p>");
	} else if (by_word == NULL) {
		page_raw(page, "<p><a href=\"/trends?words=1\">");
		page_say(page, "Each sign and recruiter by itself");
		page_raw(page, "</a></p>");
	}
	trends_free(&trends);
	web_frame_close(visit);
}
