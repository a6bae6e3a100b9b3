/* One partner: what they are, their key and its fingerprint; leads change it,
 * take in a key, remove the partner and bring it back. */
#include "gateway/desk/web_partner.h"

#include <inttypes.h>

#include "gateway/base/marked_words.h"
#include "gateway/desk/partner_book.h"
#include "gateway/desk/web_frame.h"
#include "gateway/desk/web_pages.h"

enum { STATUS_NOT_FOUND = 404, STATUS_CONFLICT = 409 };

/* The partner of the address: 1, or 0 and the page says that there is none. */
static int
find_partner(struct web_visit *visit, struct partner *partner_r)
{
	struct partner_list list = { 0 };
	enum partner_reason why = PARTNER_UNKNOWN;
	int64_t id;
	int is_found = 0;

	if (text_read_integer(visit->ref, 1, INT64_MAX, &id) &&
	    partner_book_list(&visit->session->worker, 1, &list, &why) ==
		DONE) {
		why = PARTNER_UNKNOWN;
		for (size_t i = 0; i < list.count && !is_found; i++) {
			is_found = list.items[i].id == id;
			if (is_found)
				*partner_r = list.items[i];
		}
	}
	free(list.items);
	if (!is_found)
		web_refuse(visit, STATUS_NOT_FOUND,
		    WORDS("This partner is not to be had"),
		    partner_reason_words(why));
	return (is_found);
}

static void
begin_form(struct web_visit *visit, const struct partner *partner,
    const char *behind, const char *label)
{
	struct text path = { 0 };

	text_printf(&path, "/partner/%" PRId64 "%s", partner->id, behind);
	web_form_open(visit, path.bytes, label);
	text_free(&path);
}

/* One whose form was refused stays open. */
static void
open_fold(struct web_visit *visit, const char *id, const char *field,
    const char *english)
{
	struct page *page = &visit->page;

	page_raw(page, "<details class=\"act\"");
	page_attr(page, "id", id);
	if (field != NULL && web_given(visit, field)[0] != '\0')
		page_raw(page, " open");
	page_raw(page, "><summary>");
	page_say(page, english);
	page_raw(page, "</summary>");
}

/* -- parts ------------------------------------------------------------------ */

static void
add_fingerprint(struct page *page, const struct partner *partner)
{
	struct text fingerprint = { 0 };

	if (!partner->has_key)
		return;
	sealed_file_fingerprint(&partner->key, &fingerprint);
	page_raw(page, "<section><h2>");
	page_say(page, "The fingerprint of their key");
	page_raw(page, "</h2><p class=\"fingerprint\"><bdi dir=\"ltr\">");
	page_text(page, fingerprint.bytes);
	page_raw(page, "</bdi></p><p class=\"hint\">");
	page_say(page,
	    "Ask the partner to read theirs to you, by voice. Only when both"
	    " are the same can nobody else open what you seal.");
	page_raw(page, "</p></section>\n");
	text_free(&fingerprint);
}

static void
add_change(struct web_visit *visit, const struct partner *partner)
{
	struct page *page = &visit->page;

	open_fold(visit, "change", "name", WORDS("Change this partner"));
	begin_form(visit, partner, "", WORDS("Partner"));
	web_partner_add_name(visit, partner->name);
	web_partner_add_fields(visit, partner);
	page_raw(page, "<p>");
	web_button(visit, "Keep the changes", "main");
	page_raw(page, "</p>");
	web_form_close(visit);
	page_raw(page, "</details>\n");
}

static void
add_key(struct web_visit *visit, const struct partner *partner)
{
	const struct web_input key = { .name = "key",
		.label = WORDS("The line the partner gave you"),
		.hint =
		    WORDS("It begins with waymark-public-; the partner makes"
			  " it with `waymark partners key`."),
		.autocomplete = "off",
		.is_required = 1 };
	struct page *page = &visit->page;

	open_fold(visit, "key-fold", "key",
	    partner->has_key ? WORDS("Another key for sealed files")
			     : WORDS("A key for sealed files"));
	begin_form(visit, partner, "/key", WORDS("Key"));
	web_input(visit, &key);
	page_raw(page, "<p>");
	web_button(visit, "Keep the key", "main");
	page_raw(page, "</p>");
	web_form_close(visit);
	if (partner->has_key) {
		begin_form(visit, partner, "/key", NULL);
		web_hidden(visit, "away", "1");
		web_button(visit, "Take the key away", "quiet");
		web_form_close(visit);
	}
	page_raw(page, "</details>\n");
}

static void
add_removal(struct web_visit *visit, const struct partner *partner)
{
	struct page *page = &visit->page;

	if (partner->is_removed) {
		begin_form(visit, partner, "/remove", NULL);
		web_hidden(visit, "back", "1");
		page_raw(page, "<p>");
		web_button(visit, "Bring this partner back", "main");
		page_raw(page, "</p>");
		web_form_close(visit);
		return;
	}
	open_fold(visit, "remove", NULL, WORDS("Remove this partner"));
	page_raw(page, "<p>");
	page_say(page,
	    "Nobody is referred to them any more; what was passed to them stays"
	    " noted. You can bring them back.");
	page_raw(page, "</p>\n");
	begin_form(visit, partner, "/remove", NULL);
	page_raw(page, "<p>");
	web_button(visit, "Remove the partner", "");
	page_raw(page, "</p>");
	web_form_close(visit);
	page_raw(page, "</details>\n");
}

static void
write_page(struct web_visit *visit, const struct partner *partner)
{
	const struct web_frame frame = {
		.title = WORDS("Partner"), .kind = "queue", .here = "/partners"
	};
	struct page *page = &visit->page;

	web_frame_open(visit, &frame);
	page_raw(page, "<p><a href=\"/partners\">");
	page_say(page, "Back to the partners");
	page_raw(page, "</a></p><h1><bdi>");
	page_text(page, partner->name);
	page_raw(page, "</bdi></h1>\n");
	if (partner->is_removed) {
		page_raw(page, "<p class=\"notice care\">");
		page_say(page, "This partner was removed.");
		page_raw(page, "</p>\n");
	}
	web_partner_add_details(page, partner);
	add_fingerprint(page, partner);
	if (web_may(visit, WEB_LEAD)) {
		page_raw(page, "<section class=\"acts\">\n");
		if (!partner->is_removed) {
			add_change(visit, partner);
			add_key(visit, partner);
		}
		add_removal(visit, partner);
		page_raw(page, "</section>\n");
	}
	web_frame_close(visit);
}

void
web_partner_show(struct web_visit *visit)
{
	struct partner partner;

	if (find_partner(visit, &partner))
		write_page(visit, &partner);
}

/* -- steps ------------------------------------------------------------------ */

/* Back to the partner with what was done (English), or why it was not. */
static void
finish(struct web_visit *visit, const struct partner *partner,
    enum partner_reason why, const char *done)
{
	char path[32];

	if (why != PARTNER_FINE) {
		web_tell(visit, WEB_TONE_REFUSED,
		    page_word(&visit->page, partner_reason_words(why)));
		write_page(visit, partner);
		visit->answer->status = STATUS_CONFLICT;
		return;
	}
	snprintf(path, sizeof(path), "/partner/%" PRId64, partner->id);
	web_tell(visit, WEB_TONE_DONE, page_word(&visit->page, done));
	web_go(visit, path);
}

static enum partner_reason
put(struct web_visit *visit, const struct partner_wish *wish)
{
	struct partner_trouble trouble = { .why = PARTNER_STORE };

	if (partner_book_put(&visit->session->worker, wish, 1, visit->now_utc_s,
		&trouble) == DONE)
		return (PARTNER_FINE);
	return (trouble.why);
}

void
web_partner_change(struct web_visit *visit)
{
	struct partner partner;
	struct partner_wish wish = {
		.new_name = web_given(visit, "name"),
		.kind = web_given(visit, "kind"),
		.place = web_given(visit, "place"),
		.reach = web_given(visit, "reach"),
		.languages = web_given(visit, "languages"),
		.serves = web_given(visit, "serves"),
	};

	if (!find_partner(visit, &partner))
		return;
	wish.name = partner.name;
	finish(
	    visit, &partner, put(visit, &wish), WORDS("The partner is kept."));
}

void
web_partner_key(struct web_visit *visit)
{
	int takes_away = web_given(visit, "away")[0] != '\0';
	const char *key = web_given(visit, "key");
	struct partner partner;
	struct partner_wish wish = { .key = takes_away ? "" : key };
	enum partner_reason why = PARTNER_BAD_KEY;

	if (!find_partner(visit, &partner))
		return;
	wish.name = partner.name;
	/* An empty field is no wish to have no key. */
	if (takes_away || key[0] != '\0')
		why = put(visit, &wish);
	finish(visit, &partner, why,
	    takes_away ? WORDS("The key is taken away.")
		       : WORDS("The key is kept: compare the fingerprint."));
}

void
web_partner_remove(struct web_visit *visit)
{
	int comes_back = web_given(visit, "back")[0] != '\0';
	struct partner partner;
	struct partner_wish wish = { 0 };
	enum partner_reason why = PARTNER_FINE;

	if (!find_partner(visit, &partner))
		return;
	wish.name = partner.name;
	if (comes_back)
		why = put(visit, &wish);
	else if (partner_book_remove(&visit->session->worker, partner.name,
		     visit->now_utc_s, &why) == DONE)
		why = PARTNER_FINE;
	finish(visit, &partner, why,
	    comes_back ? WORDS("The partner is back.")
		       : WORDS("The partner is removed."));
}
