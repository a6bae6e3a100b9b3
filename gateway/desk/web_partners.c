/* The partners a caller can be referred to; leads add to them.  One of them by
 * itself is web_partner.c. */
#include "gateway/desk/partner_book.h"
#include "gateway/desk/web_frame.h"
#include "gateway/desk/web_pages.h"
#include "gateway/desk/web_partner.h"

#include <inttypes.h>

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

void
web_partner_add_details(struct page *page, const struct partner *partner)
{
	page_raw(page, "<dl class=\"facts\">");
	add_detail(page, WORDS("Kind of help"), partner->kind);
	add_detail(page, WORDS("Place"), partner->place);
	add_detail(page, WORDS("How to reach them"), partner->reach);
	add_detail(page, WORDS("Languages"), partner->languages);
	add_detail(page, WORDS("Whom they serve"), partner->serves);
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
}

static void
add_name(struct page *page, const struct partner *partner)
{
	char path[32];

	snprintf(path, sizeof(path), "/partner/%" PRId64, partner->id);
	page_raw(page, "<a");
	page_url(page, "href", path);
	page_raw(page, "><bdi>");
	page_text(page, partner->name);
	page_raw(page, "</bdi></a>");
}

static void
add_partner(struct page *page, const struct partner *partner)
{
	page_raw(page, "<section><h2>");
	add_name(page, partner);
	page_raw(page, "</h2>");
	web_partner_add_details(page, partner);
	page_raw(page, "</section>\n");
}

static size_t
count_removed(const struct partner_list *list)
{
	size_t removed = 0;

	for (size_t i = 0; i < list->count; i++)
		removed += list->items[i].is_removed != 0;
	return (removed);
}

static void
add_removed(struct page *page, const struct partner_list *list)
{
	if (count_removed(list) == 0)
		return;
	page_raw(page, "<details class=\"act\"><summary>");
	page_say(page, "Partners that were removed");
	page_raw(page, "</summary><ul>\n");
	for (size_t i = 0; i < list->count; i++) {
		if (!list->items[i].is_removed)
			continue;
		page_raw(page, "<li>");
		add_name(page, &list->items[i]);
		page_raw(page, "</li>\n");
	}
	page_raw(page, "</ul></details>\n");
}

void
web_partner_add_name(struct web_visit *visit, const char *name)
{
	const char *typed = web_given(visit, "name");
	const struct web_input input = { .name = "name",
		.label = WORDS("Name"),
		.value = typed[0] != '\0' ? typed : name,
		.is_required = 1 };

	web_input(visit, &input);
}

void
web_partner_add_fields(struct web_visit *visit, const struct partner *partner)
{
	const struct web_input inputs[] = {
		{ .name = "kind",
		    .label = WORDS("Kind of help"),
		    .hint = WORDS("Such as: shelter, lawyer, doctor."),
		    .value = partner->kind },
		{ .name = "place",
		    .label = WORDS("Place"),
		    .hint = WORDS("As coarse as is useful."),
		    .value = partner->place },
		{ .name = "reach",
		    .label = WORDS("How to reach them"),
		    .value = partner->reach },
		{ .name = "languages",
		    .label = WORDS("Languages"),
		    .value = partner->languages },
		{ .name = "serves",
		    .label = WORDS("Whom they serve"),
		    .value = partner->serves },
	};

	for (size_t i = 0; i < COUNT_OF(inputs); i++) {
		struct web_input input = inputs[i];
		const char *typed = web_given(visit, input.name);

		/* What was refused is still there to be mended. */
		if (typed[0] != '\0')
			input.value = typed;
		web_input(visit, &input);
	}
}

static void
add_form(struct web_visit *visit)
{
	static const struct partner nobody;

	page_raw(&visit->page, "<details class=\"act\"");
	/* One whose form was refused stays open. */
	if (web_given(visit, "name")[0] != '\0')
		page_raw(&visit->page, " open");
	page_raw(&visit->page, "><summary>");
	page_say(&visit->page, "Add a partner");
	page_raw(&visit->page, "</summary>");
	web_form_open(visit, "/partners", WORDS("Partner"));
	web_partner_add_name(visit, "");
	web_partner_add_fields(visit, &nobody);
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
	if (partner_book_list(&visit->session->worker, 1, &list, &why) !=
	    DONE) {
		list.count = 0;
		page_raw(page, "<p>");
		page_say(page, partner_reason_words(why));
		page_raw(page, "</p>");
	} else if (list.count == count_removed(&list)) {
		page_raw(page, "<p class=\"empty\">");
		page_say(page, "There are no partners yet; a lead adds them.");
		page_raw(page, "</p>\n");
	}
	for (size_t i = 0; i < list.count; i++) {
		if (!list.items[i].is_removed)
			add_partner(page, &list.items[i]);
	}
	if (web_may(visit, WEB_LEAD)) {
		page_raw(page, "<section class=\"acts\">\n");
		add_form(visit);
		add_removed(page, &list);
		page_raw(page, "</section>\n");
	}
	free(list.items);
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
