/* The office's first page, and the way about in it. */
#include "gateway/desk/web_office.h"

#include "gateway/desk/web_frame.h"
#include "gateway/desk/web_pages.h"

/* Its pages; name and words are English. */
static const struct {
	const char *path;
	const char *name;
	const char *words; /* what somebody finds there */
	enum web_role role;
} rooms[] = {
	{ "/team", WORDS("Team"),
	    WORDS("Who is there, who is on duty, phones and codes."),
	    WEB_SIGNED_IN },
	{ "/health", WORDS("Health"),
	    WORDS("Lines, credit, what waits, the disk, and what to do."),
	    WEB_SIGNED_IN },
	{ "/exports", WORDS("Exports"), WORDS("Data that may leave."),
	    WEB_LEAD },
	{ "/erasures", WORDS("Erasures"),
	    WORDS("Cases that somebody asked to erase."), WEB_CASEWORKER },
	{ "/audit", WORDS("Audit"), WORDS("Who did what, and when."),
	    WEB_LEAD },
};

int
web_office_has(const char *here)
{
	if (here == NULL)
		return (0);
	if (strcmp(here, "/office") == 0)
		return (1);
	for (size_t i = 0; i < COUNT_OF(rooms); i++) {
		if (strcmp(here, rooms[i].path) == 0)
			return (1);
	}
	return (0);
}

void
web_office_add_ways(struct web_visit *visit, const char *here)
{
	struct page *page = &visit->page;

	/* The first page says the same with more words. */
	if (!web_office_has(here) || strcmp(here, "/office") == 0)
		return;
	page_raw(page, "<nav class=\"ways office\"");
	page_attr(page, "aria-label", page_word(page, "Office"));
	page_raw(page, "><ul>");
	for (size_t i = 0; i < COUNT_OF(rooms); i++) {
		if (!web_may(visit, rooms[i].role))
			continue;
		page_raw(page, "<li><a");
		page_url(page, "href", rooms[i].path);
		if (strcmp(here, rooms[i].path) == 0)
			page_raw(page, " aria-current=\"page\"");
		page_raw(page, ">");
		page_say(page, rooms[i].name);
		page_raw(page, "</a></li>");
	}
	page_raw(page, "</ul></nav>\n");
}

void
web_office_show(struct web_visit *visit)
{
	const struct web_frame frame = {
		.title = WORDS("Office"), .kind = "queue", .here = "/office"
	};
	struct page *page = &visit->page;

	web_frame_open(visit, &frame);
	page_raw(page, "<h1>");
	page_say(page, "Office");
	page_raw(page, "</h1>\n<ul class=\"rooms\">\n");
	for (size_t i = 0; i < COUNT_OF(rooms); i++) {
		if (!web_may(visit, rooms[i].role))
			continue;
		page_raw(page, "<li><a");
		page_url(page, "href", rooms[i].path);
		page_raw(page, "><strong>");
		page_say(page, rooms[i].name);
		page_raw(page, "</strong> <span class=\"hint\">");
		page_say(page, rooms[i].words);
		page_raw(page, "</span></a></li>\n");
	}
	page_raw(page, "</ul>\n");
	web_frame_close(visit);
}
