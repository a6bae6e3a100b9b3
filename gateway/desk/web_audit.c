/* The audit trail, newest first, for leads. */
#include <inttypes.h>

#include "gateway/desk/web_frame.h"
#include "gateway/desk/web_pages.h"
#include "store/audit.h"

enum { AUDIT_MOST = 100 };

static void
add_row(struct page *page, const struct audit_row *row)
{
	page_raw(page, "<tr><td>");
	web_moment(page, row->at_utc_s);
	page_raw(page, "</td><td><bdi>");
	page_text(page, row->staff_name);
	page_raw(page, "</bdi></td><td>");
	page_say(page, row->what);
	page_raw(page, "</td><td>");
	page_text(page, row->ref);
	page_raw(page, "</td><td><bdi>");
	page_text(page, row->detail);
	page_raw(page, "</bdi></td></tr>\n");
}

static void
add_heads(struct page *page)
{
	static const char *const heads[] = { WORDS("When (UTC)"), WORDS("Who"),
		WORDS("What"), WORDS("Case"), WORDS("More") };

	page_raw(page, "<thead><tr>");
	for (size_t i = 0; i < COUNT_OF(heads); i++) {
		page_raw(page, "<th scope=\"col\">");
		page_say(page, heads[i]);
		page_raw(page, "</th>");
	}
	page_raw(page, "</tr></thead>\n");
}

static void
add_older(struct web_visit *visit, int64_t id)
{
	struct page *page = &visit->page;
	char path[48];

	snprintf(path, sizeof(path), "/audit?before=%" PRId64, id);
	page_raw(page, "<p class=\"more\"><a");
	page_url(page, "href", path);
	page_raw(page, ">");
	page_say(page, "Show older ones");
	page_raw(page, "</a></p>\n");
}

void
web_audit_show(struct web_visit *visit)
{
	const struct web_frame frame = {
		.title = WORDS("Audit"), .kind = "wide", .here = "/audit"
	};
	struct audit_filter filter = { .since_utc_s = INT64_MIN,
		.most = AUDIT_MOST };
	const char *before = form_value(&visit->request->query, "before");
	struct audit_list list = { 0 };
	struct page *page = &visit->page;

	if (before != NULL &&
	    !text_read_integer(before, 1, INT64_MAX, &filter.before_id))
		filter.before_id = 0;
	web_frame_open(visit, &frame);
	page_raw(page, "<h1>");
	page_say(page, "Audit");
	page_raw(page, "</h1><p>");
	page_say(page,
	    "Who did what. Nobody can change it unseen: `waymark audit verify`"
	    " checks the chain.");
	page_raw(
	    page, "</p>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\"");
	page_attr(page, "aria-label", page_word(page, "Audit"));
	page_raw(page, "><table>");
	add_heads(page);
	page_raw(page, "<tbody>\n");
	if (audit_read(visit->web->store, &filter, &list) != DONE)
		list.count = 0;
	for (size_t i = 0; i < list.count; i++)
		add_row(page, &list.items[i]);
	page_raw(page, "</tbody></table></div>\n");
	if (list.count == AUDIT_MOST)
		add_older(visit, list.items[list.count - 1].id);
	free(list.items);
	web_frame_close(visit);
}
