/* The queue: risk first and then age, how things stand, and the one thing to
 * do next. */
#include "gateway/desk/web_queue.h"

#include <inttypes.h>

#include "gateway/desk/cases_list.h"
#include "gateway/desk/web_frame.h"
#include "gateway/desk/web_health.h"
#include "gateway/desk/web_kept.h"
#include "gateway/desk/web_pages.h"

enum {
	LIST_MOST = 50,
	LIST_MOST_EVER = 1000,
};

/* -- one entry -------------------------------------------------------------- */

static void
add_class(struct page *page, const struct request *request, int is_here)
{
	static const char *const urgency[] = {
		[URGENCY_LOW] = "low",
		[URGENCY_NORMAL] = "normal",
		[URGENCY_HIGH] = "high",
		[URGENCY_NOW] = "now",
	};

	page_raw(page, "<li class=\"entry ");
	page_text(page, urgency[request->urgency]);
	if (is_here)
		page_raw(page, " here");
	page_raw(page, "\">");
}

static void
add_owner(struct web_visit *visit, const struct request *request)
{
	struct page *page = &visit->page;

	if (request->state != REQUEST_CLAIMED)
		page_say(page, web_state_words(request->state));
	else if (request->claimed_by == visit->session->staff.id)
		page_say(page, "yours");
	else
		page_say_one(
		    page, "with {name}", "name", request->claimed_by_name);
}

static void
add_unread(struct page *page, int64_t unread)
{
	char number[24];

	if (unread == 0)
		return;
	snprintf(number, sizeof(number), "%" PRId64, unread);
	page_raw(page, " <strong class=\"unread\">");
	page_say_one(page, "{count} unread", "count", number);
	page_raw(page, "</strong>");
}

/* Labels, and when it wakes. */
static void
add_marks(struct web_visit *visit, const struct request *request)
{
	struct page *page = &visit->page;
	const char *at = request->labels;

	if (*at == '\0' && request->snoozed_until_utc_s == 0)
		return;
	page_raw(page, "<span class=\"marks\">");
	if (request->snoozed_until_utc_s != 0) {
		page_say(page, "away until");
		page_raw(page, " ");
		web_moment(page, request->snoozed_until_utc_s);
		page_raw(page, " ");
	}
	while (*at != '\0') {
		struct text label = { 0 };
		size_t length = strcspn(at, "\n");

		text_add_bytes(&label, at, length);
		page_raw(page, "<bdi>");
		page_text(page, label.bytes);
		page_raw(page, "</bdi> ");
		text_free(&label);
		at += length + (at[length] == '\n');
	}
	page_raw(page, "</span>");
}

static void
add_entry(
    struct web_visit *visit, const struct request *request, const char *here)
{
	struct page *page = &visit->page;
	int is_here = strcmp(request->ref, here) == 0;
	char path[sizeof(request->ref) + 8];

	snprintf(path, sizeof(path), "/case/%s", request->ref);
	add_class(page, request, is_here);
	page_raw(page, "<a");
	page_url(page, "href", path);
	if (is_here)
		page_raw(page, " aria-current=\"page\"");
	page_raw(page, "><span class=\"ref\">");
	page_text(page, request->ref);
	page_raw(page, "</span> <span class=\"urgency\">");
	page_say(page, web_urgency_words(request->urgency));
	page_raw(page, "</span> <span class=\"age\">");
	web_age(page, visit->now_utc_s - request->opened_utc_s);
	page_raw(page, "</span> <span class=\"state\">");
	add_owner(visit, request);
	page_raw(page, "</span> <span class=\"from\">");
	page_text(page, request->corridor);
	page_raw(page, " · ");
	page_text(page, request->language);
	page_raw(page, "</span>");
	add_unread(page, request->unread);
	add_marks(visit, request);
	page_raw(page, "</a></li>\n");
}

/* -- the list --------------------------------------------------------------- */

/* A word of the query, or NULL when it is not there or empty. */
static const char *
wish(const struct web_visit *visit, const char *name)
{
	const char *value = form_value(&visit->request->query, name);

	return (value != NULL && value[0] != '\0' ? value : NULL);
}

/* What the address asks for. */
static struct case_filter
read_filter(const struct web_visit *visit, enum request_shelf shelf)
{
	struct case_filter filter = {
		.shelf = shelf,
		.corridor = wish(visit, "corridor"),
		.language = wish(visit, "language"),
		.label = wish(visit, "label"),
		.most = LIST_MOST,
	};
	const char *after = wish(visit, "after");
	const char *most = wish(visit, "most");
	int64_t number;

	if (after != NULL && !case_place_read(after, &filter.after))
		filter.after = (struct request_place){ 0 };
	if (most != NULL && text_read_integer(most, 1, LIST_MOST_EVER, &number))
		filter.most = (size_t)number;
	return (filter);
}

static void
add_wish(struct text *path, const char *name, const char *value)
{
	if (value == NULL)
		return;
	text_add_byte(path, '&');
	page_add_query(path, name, value);
}

/* A link to what comes after the last of this list. */
static void
add_more(struct web_visit *visit, const struct case_filter *filter,
    const struct request *last)
{
	const struct request_place place = request_place_of(last);
	struct text path = { 0 };

	text_add(&path, visit->ref[0] != '\0' ? "/" : visit->request->path);
	text_add_byte(&path, '?');
	page_add_query(&path, "after", case_place_write(&place).text);
	add_wish(&path, "corridor", filter->corridor);
	add_wish(&path, "language", filter->language);
	add_wish(&path, "label", filter->label);
	page_raw(&visit->page, "<p class=\"more\"><a");
	page_url(&visit->page, "href", path.bytes);
	page_raw(&visit->page, ">");
	page_say(&visit->page, "Show more");
	page_raw(&visit->page, "</a></p>\n");
	text_free(&path);
}

static void
add_entries(
    struct web_visit *visit, const struct request_list *list, const char *here)
{
	struct page *page = &visit->page;

	if (list->count == 0) {
		page_raw(page, "<p class=\"empty\">");
		page_say(page, "Nothing is here.");
		page_raw(page, "</p>\n");
		return;
	}
	page_raw(page, "<ol class=\"queue\">\n");
	for (size_t i = 0; i < list->count; i++)
		add_entry(visit, &list->items[i], here);
	page_raw(page, "</ol>\n");
}

static void
add_list(
    struct web_visit *visit, const struct case_filter *filter, const char *here)
{
	struct page *page = &visit->page;
	struct request_list list = { 0 };

	if (cases_list(&visit->session->worker, filter, visit->now_utc_s,
		&list) != DONE) {
		page_raw(page, "<p>");
		page_say(page, case_reason_words(CASE_STORE));
		page_raw(page, "</p>");
		return;
	}
	add_entries(visit, &list, here);
	if (list.has_more && list.count > 0)
		add_more(visit, filter, &list.items[list.count - 1]);
	free(list.items);
}

void
web_queue_add(struct web_visit *visit, const char *here)
{
	const struct case_filter filter = { .most = LIST_MOST };
	struct page *page = &visit->page;

	page_raw(page, "<nav class=\"list\"");
	page_attr(page, "aria-label", page_word(page, "The queue"));
	page_raw(page, "><div id=\"live\"");
	page_attr(page, "data-here", here);
	page_raw(page, ">");
	add_list(visit, &filter, here);
	page_raw(page, "</div></nav>\n");
}

/* -- the pages -------------------------------------------------------------- */

static void
write_page(struct web_visit *visit, const struct web_frame *frame,
    const struct case_filter *filter)
{
	struct page *page = &visit->page;

	web_frame_open(visit, frame);
	page_raw(page, "<h1>");
	page_say(page, frame->title);
	page_raw(page, "</h1>\n");
	web_health_add(visit);
	web_form_open(visit, "/next", NULL);
	page_raw(page, "<p class=\"buttons\">");
	web_button(visit, "Take the next one", "main");
	page_raw(page, " <a class=\"again\"");
	page_url(page, "href", visit->request->path);
	page_raw(page, ">");
	page_say(page, "Look again");
	page_raw(page, "</a></p>");
	web_form_close(visit);
	if (strcmp(visit->request->path, "/") == 0)
		page_raw(page, "<div id=\"live\" data-here=\"\">");
	else
		page_raw(page, "<div>");
	add_list(visit, filter, "");
	page_raw(page, "</div>\n");
	web_frame_close(visit);
}

void
web_queue_show(struct web_visit *visit)
{
	const struct web_frame frame = {
		.title = WORDS("Queue"), .kind = "queue", .here = "/"
	};
	const struct case_filter filter = read_filter(visit, SHELF_QUEUE);

	/* A technician sees no case, and starts elsewhere. */
	if (!web_may(visit, WEB_CASEWORKER)) {
		web_go(visit, "/health");
		return;
	}
	if (web_kept_use(visit))
		return;
	write_page(visit, &frame, &filter);
	web_kept_put(visit);
}

void
web_queue_show_mine(struct web_visit *visit)
{
	const struct web_frame frame = {
		.title = WORDS("Mine"), .kind = "queue", .here = "/mine"
	};
	struct case_filter filter = read_filter(visit, SHELF_ANY);

	filter.only_mine = 1;
	write_page(visit, &frame, &filter);
}

void
web_queue_show_snoozed(struct web_visit *visit)
{
	const struct web_frame frame = {
		.title = WORDS("Later"), .kind = "queue", .here = "/later"
	};
	const struct case_filter filter = read_filter(visit, SHELF_SNOOZED);

	write_page(visit, &frame, &filter);
}

void
web_queue_show_ended(struct web_visit *visit)
{
	const struct web_frame frame = {
		.title = WORDS("Ended"), .kind = "queue", .here = "/ended"
	};
	const struct case_filter filter = read_filter(visit, SHELF_ENDED);

	write_page(visit, &frame, &filter);
}

void
web_queue_live(struct web_visit *visit)
{
	const char *here = wish(visit, "here");
	const struct case_filter filter = read_filter(visit, SHELF_QUEUE);

	add_list(visit, &filter, here != NULL ? here : "");
}

/* Claims what is first among those that nobody has. */
void
web_queue_next(struct web_visit *visit)
{
	struct errand errand = { .worker = &visit->session->worker,
		.now_utc_s = visit->now_utc_s };
	struct text path = { 0 };

	if (cases_claim_first(&errand) == DONE)
		text_printf(&path, "/case/%s", errand.request.ref);
	if (path.length == 0)
		web_tell(visit, WEB_TONE_DONE,
		    page_word(&visit->page, "Nobody waits just now."));
	else
		web_tell(visit, WEB_TONE_DONE,
		    page_word(&visit->page, "It is yours now."));
	web_go(visit, path.length > 0 ? path.bytes : "/");
	text_free(&path);
}
