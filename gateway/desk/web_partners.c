/* The partners a caller can be referred to; leads add to them. */
#include "gateway/desk/partner_book.h"
#include "gateway/desk/web_frame.h"
#include "gateway/desk/web_pages.h"

enum { STATUS_CONFLICT = 409 };

static void
add_detail(struct page *page, const char *name, const char *words)
{
	if (words[0] == '\0')
		return;
	page_raw(page, "<div><dt>");
	page_say(page, name);
	page_raw(page, "</dt><dd>");
	page_words_of_people(page, NULL, words);
	page_raw(page, "</dd></div>");
}

static void
add_partner(struct page *page, const struct partner *partner)
{
	page_raw(page, "<section><h2><bdi>");
	page_text(page, partner->name);
	page_raw(page, "</bdi></h2><dl class=\"facts\">");
	add_detail(page, "Kind of help", partner->kind);
	add_detail(page, "Place", partner->place);
	add_detail(page, "How to reach them", partner->reach);
	add_detail(page, "Languages", partner->languages);
	add_detail(page, "Whom they serve", partner->serves);
	page_raw(page, "<div><dt>");
	page_say(page, "Sealed files");
	page_raw(page, "</dt><dd>");
	page_say(page,
	    partner->has_key ? WORDS("they have a key") : WORDS("no key yet"));
	page_raw(page, "</dd></div></dl>");
	if (partner->to_tell > 0) {
		page_raw(page, "<p class=\"notice refused\">");
		page_say(
		    page, "A caller took a referral back: tell this partner.");
		page_raw(page, "</p>");
	}
	page_raw(page, "</section>\n");
}

static void
add_form(struct web_visit *visit)
{
	static const struct web_input inputs[] = {
		{ .name = "name", .label = WORDS("Name"), .is_required = 1 },
		{ .name = "kind",
		    .label = WORDS("Kind of help"),
		    .hint = WORDS("Such as: shelter, lawyer, doctor.") },
		{ .name = "place",
		    .label = WORDS("Place"),
		    .hint = WORDS("As coarse as is useful.") },
		{ .name = "reach", .label = WORDS("How to reach them") },
		{ .name = "languages", .label = WORDS("Languages") },
		{ .name = "serves", .label = WORDS("Whom they serve") },
	};

	page_raw(&visit->page, "<details class=\"act next\"><summary>");
	page_say(&visit->page, "Add a partner, or change one");
	page_raw(&visit->page, "</summary>");
	web_form_open(visit, "/partners", "Partner");
	for (size_t i = 0; i < COUNT_OF(inputs); i++)
		web_input(visit, &inputs[i]);
	page_raw(&visit->page, "<p>");
	web_button(visit, "Keep the partner", "main");
	page_raw(&visit->page, "</p>");
	web_form_close(visit);
	page_raw(&visit->page, "</details>\n");
}

void
web_partners_show(struct web_visit *visit)
{
	const struct web_frame frame = {
		.title = WORDS("Partners"), .kind = "queue", .here = "/partners"
	};
	struct partner_list list = { 0 };
	enum partner_reason why = PARTNER_FINE;
	struct page *page = &visit->page;

	web_frame_open(visit, &frame);
	page_raw(page, "<h1>");
	page_say(page, "Partners");
	page_raw(page, "</h1>\n");
	if (partner_book_list(&visit->session->worker, 0, &list, &why) !=
	    DONE) {
		list.count = 0;
		page_raw(page, "<p>");
		page_say(page, partner_reason_words(why));
		page_raw(page, "</p>");
	} else if (list.count == 0) {
		page_raw(page, "<p class=\"empty\">");
		page_say(page, "There are no partners yet; a lead adds them.");
		page_raw(page, "</p>\n");
	}
	for (size_t i = 0; i < list.count; i++)
		add_partner(page, &list.items[i]);
	free(list.items);
	if (web_may(visit, WEB_LEAD))
		add_form(visit);
	web_frame_close(visit);
}

/* What is left empty stays as it was. */
static const char *
wish(const struct web_visit *visit, const char *name)
{
	const char *value = web_given(visit, name);

	return (value[0] != '\0' ? value : NULL);
}

void
web_partners_put(struct web_visit *visit)
{
	const struct partner_wish partner = {
		.name = web_given(visit, "name"),
		.kind = wish(visit, "kind"),
		.place = wish(visit, "place"),
		.reach = wish(visit, "reach"),
		.languages = wish(visit, "languages"),
		.serves = wish(visit, "serves"),
	};
	struct partner_trouble trouble = { .why = PARTNER_STORE };

	if (partner_book_put(&visit->session->worker, &partner, 1,
		visit->now_utc_s, &trouble) == DONE) {
		web_tell(visit, WEB_TONE_DONE,
		    page_word(&visit->page, "The partner is kept."));
		web_go(visit, "/partners");
		return;
	}
	web_tell(visit, WEB_TONE_REFUSED,
	    page_word(&visit->page, partner_reason_words(trouble.why)));
	web_partners_show(visit);
	visit->answer->status = STATUS_CONFLICT;
}
