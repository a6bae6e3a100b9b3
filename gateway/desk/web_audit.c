/* The audit trail, newest first, for leads. */
#include <inttypes.h>

#include "gateway/desk/web_frame.h"
#include "gateway/desk/web_pages.h"
#include "store/audit.h"
#include "store/requests.h"

enum { AUDIT_MOST = 100, REF_MAX_BYTES = 16 };

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

/* `ref` NULL: of every case. */
static void
add_older(struct web_visit *visit, const char *ref, int64_t id)
{
	struct page *page = &visit->page;
	struct text path = { 0 };

	text_printf(&path, "/audit?before=%" PRId64, id);
	if (ref != NULL) {
		text_add_byte(&path, '&');
		page_add_query(&path, "ref", ref);
	}
	page_raw(page, "<p class=\"more\"><a");
	page_url(page, "href", path.bytes);
	page_raw(page, ">");
	page_say(page, "Show older ones");
	page_raw(page, "</a></p>\n");
	text_free(&path);
}

/* Who has seen and done what with one case: what a lead needs when something
 * of it has got out. */
static void
add_choice(struct web_visit *visit, const char *ref)
{
	const struct web_input input = { .name = "ref",
		.label = WORDS("Case"),
		.value = ref,
		.autocomplete = "off",
		.max_bytes = REF_MAX_BYTES };
	struct page *page = &visit->page;

	page_raw(page,
	    "<form class=\"screen narrow\" method=\"get\""
	    " action=\"/audit\">");
	web_input(visit, &input);
	page_raw(page, "<p>");
	web_button(visit, WORDS("Look again"), "");
	page_raw(page, "</p></form>\n");
}

static void
add_table(struct web_visit *visit, const struct audit_list *list)
{
	struct page *page = &visit->page;

	page_raw(page, "<div class=\"scroll\" tabindex=\"0\" role=\"region\"");
	page_attr(page, "aria-label", page_word(page, "Audit"));
	page_raw(page, "><table>");
	add_heads(page);
	page_raw(page, "<tbody>\n");
	for (size_t i = 0; i < list->count; i++)
		add_row(page, &list->items[i]);
	page_raw(page, "</tbody></table></div>\n");
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
	const char *typed = form_value(&visit->request->query, "ref");
	const struct request_ref ref =
	    request_ref_read(typed != NULL ? typed : "");
	struct audit_list list = { 0 };
	struct page *page = &visit->page;

	if (before != NULL &&
	    !text_read_integer(before, 1, INT64_MAX, &filter.before_id))
		filter.before_id = 0;
	if (ref.signs[0] != '\0')
		filter.ref = ref.signs;
	web_frame_open(visit, &frame);
	page_raw(page, "<h1>");
	page_say(page, "Audit");
	page_raw(page, "</h1><p>");
	page_say(page,
	    "Who did what. Nobody can change it unseen: `waymark audit verify`"
	    " checks the chain.");
	page_raw(page, "</p>\n");
	add_choice(visit, filter.ref);
	if (audit_read(visit->web->store, &filter, &list) != DONE)
		list.count = 0;
	add_table(visit, &list);
	if (list.count == AUDIT_MOST)
		add_older(visit, filter.ref, list.items[list.count - 1].id);
	free(list.items);
	web_frame_close(visit);
}
