#include "gateway/desk/web_frame.h"

#include <inttypes.h>

#include "gateway/base/clock.h"
#include "gateway/desk/web_language.h"
#include "gateway/desk/web_office.h"

/* Where the way about leads. */
static const struct {
	const char *path;
	const char *name; /* English */
	enum web_role role;
} ways[] = {
	{ "/", WORDS("Queue"), WEB_CASEWORKER },
	{ "/mine", WORDS("Mine"), WEB_CASEWORKER },
	{ "/later", WORDS("Later"), WEB_CASEWORKER },
	{ "/ended", WORDS("Ended"), WEB_CASEWORKER },
	{ "/asides", WORDS("Set aside"), WEB_CASEWORKER },
	{ "/partners", WORDS("Partners"), WEB_CASEWORKER },
	{ "/trends", WORDS("Trends"), WEB_SIGNED_IN },
	{ "/office", WORDS("Office"), WEB_SIGNED_IN },
	{ "/account", WORDS("Account"), WEB_SIGNED_IN },
};

static void
add_head(struct web_visit *visit, const struct web_frame *frame)
{
	struct page *page = &visit->page;

	page_raw(page, "<!DOCTYPE html>\n<html");
	page_attr(page, "lang", page->language);
	page_attr(page, "dir", web_language_direction(page));
	page_raw(page,
	    "><head><meta charset=\"utf-8\">"
	    "<meta name=\"viewport\" content=\"width=device-width,"
	    " initial-scale=1\">"
	    "<meta name=\"color-scheme\" content=\"light dark\">"
	    "<title>");
	page_say(page, frame->title);
	if (visit->ref[0] != '\0') {
		page_raw(page, " ");
		page_text(page, visit->ref);
	}
	page_raw(page,
	    " · Waymark</title>"
	    "<link rel=\"icon\" href=\"/desk.svg\">"
	    "<link rel=\"stylesheet\" href=\"/desk.css\">"
	    "<script src=\"/desk.js\" defer></script></head>\n<body");
	page_attr(page, "class", frame->kind);
	page_raw(page, ">\n<a class=\"skip\" href=\"#main\">");
	page_say(page, "Skip to the page");
	page_raw(page, "</a>\n");
}

static void
add_ways(struct web_visit *visit, const char *here)
{
	struct page *page = &visit->page;

	page_raw(page, "<nav class=\"ways\"");
	page_attr(page, "aria-label", page_word(page, "Pages"));
	page_raw(page, "><ul>");
	for (size_t i = 0; i < COUNT_OF(ways); i++) {
		if (!web_may(visit, ways[i].role))
			continue;
		page_raw(page, "<li><a");
		page_url(page, "href", ways[i].path);
		if (here != NULL && strcmp(here, ways[i].path) == 0)
			page_raw(page, " aria-current=\"page\"");
		else if (web_office_has(here) &&
		    strcmp(ways[i].path, "/office") == 0)
			page_raw(page, " aria-current=\"true\"");
		page_raw(page, ">");
		page_say(page, ways[i].name);
		page_raw(page, "</a></li>");
	}
	page_raw(page, "</ul></nav>");
}

static void
add_top(struct web_visit *visit, const char *here)
{
	struct page *page = &visit->page;

	page_raw(page,
	    "<header class=\"top\"><p class=\"name\">"
	    "<a href=\"/\">Waymark</a></p>");
	if (visit->session != NULL) {
		add_ways(visit, here);
		page_raw(page, "<div class=\"who\"><span class=\"person\">");
		page_raw(page, "<bdi>");
		page_text(page, visit->session->staff.name);
		page_raw(page, "</bdi></span>");
		web_form_open(visit, "/sign-out", NULL);
		web_button(visit, "Sign out", "quiet");
		web_form_close(visit);
		page_raw(page, "</div>");
	}
	page_raw(page, "</header>\n");
}

/* What was to be told is told once. */
static void
add_notice(struct web_visit *visit)
{
	struct page *page = &visit->page;
	struct web_session *session = visit->session;

	if (session == NULL || session->notice.length == 0)
		return;
	if (session->notice_tone == WEB_TONE_DONE)
		page_raw(page, "<p class=\"notice done\" role=\"status\">");
	else
		page_raw(page, "<p class=\"notice refused\" role=\"alert\">");
	page_text(page, session->notice.bytes);
	page_raw(page, "</p>\n");
	text_clear(&session->notice);
}

void
web_frame_open(struct web_visit *visit, const struct web_frame *frame)
{
	add_head(visit, frame);
	add_top(visit, frame->here);
	web_office_add_ways(visit, frame->here);
	page_raw(&visit->page, "<div class=\"room\">\n");
	if (frame->list != NULL)
		frame->list(visit, visit->ref);
	page_raw(&visit->page, "<main id=\"main\" tabindex=\"-1\">\n");
	add_notice(visit);
}

void
web_frame_close(struct web_visit *visit)
{
	page_raw(&visit->page, "</main>\n</div>\n</body></html>\n");
}

/* -- forms ------------------------------------------------------------------ */

void
web_form_open(struct web_visit *visit, const char *path, const char *label)
{
	struct page *page = &visit->page;

	page_raw(page, "<form method=\"post\"");
	page_url(page, "action", path);
	if (label != NULL)
		page_attr(page, "aria-label", page_word(page, label));
	page_raw(page, ">");
	if (visit->session != NULL)
		web_hidden(visit, "token", visit->session->token);
}

void
web_hidden(struct web_visit *visit, const char *name, const char *value)
{
	struct page *page = &visit->page;

	page_raw(page, "<input type=\"hidden\"");
	page_attr(page, "name", name);
	page_attr(page, "value", value);
	page_raw(page, ">");
}

void
web_form_close(struct web_visit *visit)
{
	page_raw(&visit->page, "</form>\n");
}

void
web_button(struct web_visit *visit, const char *english, const char *look)
{
	struct page *page = &visit->page;

	page_raw(page, "<button");
	if (look[0] != '\0')
		page_attr(page, "class", look);
	page_raw(page, ">");
	page_say(page, english);
	page_raw(page, "</button>");
}

static void
add_number(struct page *page, const char *name, unsigned number)
{
	char words[16];

	if (number == 0)
		return;
	snprintf(words, sizeof(words), "%u", number);
	page_attr(page, name, words);
}

static void
add_input_attributes(struct page *page, const struct web_input *input)
{
	page_attr(page, "id", input->name);
	page_attr(page, "name", input->name);
	add_number(page, "maxlength", input->max_bytes);
	if (input->autocomplete != NULL)
		page_attr(page, "autocomplete", input->autocomplete);
	if (input->is_required)
		page_raw(page, " required");
	if (input->hint != NULL) {
		page_raw(page, " aria-describedby=\"");
		page_text(page, input->name);
		page_raw(page, "-hint\"");
	}
}

void
web_input(struct web_visit *visit, const struct web_input *input)
{
	struct page *page = &visit->page;
	const char *value = input->value != NULL ? input->value : "";

	page_raw(page, "<p class=\"field\"><label");
	page_attr(page, "for", input->name);
	page_raw(page, ">");
	page_say(page, input->label);
	page_raw(page, "</label>");
	if (input->hint != NULL) {
		page_raw(page, "<span class=\"hint\" id=\"");
		page_text(page, input->name);
		page_raw(page, "-hint\">");
		page_say(page, input->hint);
		page_raw(page, "</span>");
	}
	if (input->rows > 0) {
		page_raw(page, "<textarea dir=\"auto\"");
		add_input_attributes(page, input);
		add_number(page, "rows", input->rows);
		/* A first line end would be eaten. */
		page_raw(page, ">\n");
		page_text(page, value);
		page_raw(page, "</textarea></p>\n");
		return;
	}
	page_raw(page, "<input dir=\"auto\"");
	add_input_attributes(page, input);
	page_attr(page, "type", input->type != NULL ? input->type : "text");
	if (value[0] != '\0')
		page_attr(page, "value", value);
	page_raw(page, "></p>\n");
}

/* -- telling ---------------------------------------------------------------- */

void
web_tell(struct web_visit *visit, enum web_tone tone, const char *words)
{
	if (visit->session == NULL)
		return;
	text_clear(&visit->session->notice);
	text_add(&visit->session->notice, words);
	visit->session->notice_tone = tone;
}

void
web_tell_one(struct web_visit *visit, enum web_tone tone, const char *english,
    const char *name, const char *words)
{
	const struct page_value value = { name, words };
	struct text told = { 0 };

	page_fill(&visit->page, english, &value, 1, &told);
	web_tell(visit, tone, text_string(&told));
	text_free(&told);
}

void
web_refuse(struct web_visit *visit, unsigned status, const char *title,
    const char *words)
{
	const struct web_frame frame = { .title = title, .kind = "plain" };
	struct page *page = &visit->page;

	visit->answer->status = status;
	visit->ref = "";
	text_clear(&page->html);
	web_frame_open(visit, &frame);
	page_raw(page, "<h1>");
	page_say(page, title);
	page_raw(page, "</h1><p>");
	page_say(page, words);
	page_raw(page, "</p><p><a href=\"/\">");
	page_say(page, "To the first page");
	page_raw(page, "</a></p>");
	web_frame_close(visit);
}

/* -- small words ------------------------------------------------------------ */

enum { MINUTE_S = 60, HOUR_S = 3600, DAY_S = 86400 };

void
web_age(struct page *page, int64_t seconds)
{
	char number[24];
	int64_t count;
	const char *words;

	/* A clock that was set back makes nobody wait less than nothing. */
	if (seconds < MINUTE_S) {
		page_say(page, "just now");
		return;
	}
	if (seconds < HOUR_S) {
		count = seconds / MINUTE_S;
		words = WORDS("{count} min");
	} else if (seconds < 2 * DAY_S) {
		count = seconds / HOUR_S;
		words = WORDS("{count} h");
	} else {
		count = seconds / DAY_S;
		words = WORDS("{count} days");
	}
	snprintf(number, sizeof(number), "%" PRId64, count);
	page_say_one(page, words, "count", number);
}

void
web_moment(struct page *page, int64_t utc_s)
{
	page_raw(page, "<time");
	page_attr(page, "datetime", clock_iso(utc_s).text);
	page_raw(page, ">");
	page_text(page, clock_date_time(utc_s).text);
	page_raw(page, "</time>");
}

const char *
web_urgency_words(enum request_urgency urgency)
{
	static const char *const words[] = {
		[URGENCY_LOW] = WORDS("low"),
		[URGENCY_NORMAL] = WORDS("normal"),
		[URGENCY_HIGH] = WORDS("high"),
		[URGENCY_NOW] = WORDS("danger now"),
	};

	return (words[urgency]);
}

const char *
web_state_words(enum request_state state)
{
	static const char *const words[] = {
		[REQUEST_OPEN] = WORDS("waits"),
		[REQUEST_CLAIMED] = WORDS("claimed"),
		[REQUEST_CLOSED] = WORDS("closed"),
		[REQUEST_WITHDRAWN] = WORDS("withdrawn"),
		[REQUEST_FORGOTTEN] = WORDS("forgotten"),
	};

	return (words[state]);
}
