/* Replacing the team's key, for leads, in two steps: the new recovery key is
 * shown, and nothing is written before its last signs were typed back, so that
 * no team is ever without a printed key that opens something. */
#include <ctype.h>

#include "gateway/desk/poke.h"
#include "gateway/desk/web_confirm.h"
#include "gateway/desk/web_frame.h"
#include "gateway/desk/web_pages.h"
#include "gateway/desk/web_person.h"

enum {
	STATUS_CONFLICT = 409,
	LAST_SIGNS = 5, /* one group, as the key is printed */
	LAST_MAX_BYTES = 80,
};

/* -- parts of the pages ----------------------------------------------------- */

static void
add_paragraph(struct web_visit *visit, const char *english)
{
	page_raw(&visit->page, "<p>");
	page_say(&visit->page, english);
	page_raw(&visit->page, "</p>\n");
}

static void
add_names(struct page *page, const struct staff_list *list)
{
	page_raw(page, "<ul>\n");
	for (size_t i = 0; i < list->count; i++) {
		page_raw(page, "<li><bdi>");
		page_text(page, list->items[i].name);
		page_raw(page, "</bdi></li>\n");
	}
	page_raw(page, "</ul>\n");
}

/* Who would be cut off, and the tick that lets it happen. */
static void
add_unready(struct web_visit *visit, const struct staff_list *list)
{
	struct page *page = &visit->page;

	if (list->count == 0)
		return;
	page_raw(page, "<div class=\"notice care\"><p>");
	page_say(page,
	    "These people must sign in once before, or they are disabled by"
	    " it:");
	page_raw(page, "</p>\n");
	add_names(page, list);
	page_raw(page, "</div>\n");
}

static void
add_force(struct web_visit *visit, const struct staff_list *list)
{
	struct page *page = &visit->page;

	if (list->count == 0)
		return;
	page_raw(page,
	    "<p class=\"field check\"><input type=\"checkbox\""
	    " id=\"force\" name=\"force\" value=\"1\">"
	    "<label for=\"force\">");
	page_say(page, "Disable those who have not signed in");
	page_raw(page, "</label></p>\n");
}

static void
add_last(struct web_visit *visit, const struct staff_list *unready)
{
	static const struct web_input last = { .name = "last",
		.label = WORDS("The last five signs of the new key"),
		.hint = WORDS("As they stand on your paper."),
		.autocomplete = "off",
		.is_required = 1,
		.max_bytes = LAST_MAX_BYTES };

	web_form_open(visit, "/team/key/take", WORDS("The new key"));
	web_input(visit, &last);
	add_force(visit, unready);
	page_raw(&visit->page, "<p>");
	web_button(
	    visit, WORDS("It is on paper: replace the team's key"), "main");
	page_raw(&visit->page, "</p>");
	web_form_close(visit);
	web_form_open(visit, "/team/key/drop", NULL);
	page_raw(&visit->page, "<p>");
	web_button(visit, WORDS("Keep the old key after all"), "quiet");
	page_raw(&visit->page, "</p>");
	web_form_close(visit);
}

/* -- the pages -------------------------------------------------------------- */

static void
open_page(struct web_visit *visit)
{
	const struct web_frame frame = { .title = WORDS("The team's key"),
		.kind = "plain",
		.here = "/team" };
	struct page *page = &visit->page;

	web_frame_open(visit, &frame);
	page_raw(page, "<p class=\"back\"><a href=\"/team\">");
	page_say(page, "Back to the team");
	page_raw(page, "</a></p><h1>");
	page_say(page, "The team's key");
	page_raw(page, "</h1>\n");
}

static void
add_offer(struct web_visit *visit)
{
	web_form_open(visit, "/team/key/make", WORDS("Make a new key"));
	page_raw(&visit->page, "<p>");
	web_button(visit, WORDS("Make a new key"), "");
	page_raw(&visit->page, "</p>");
	web_form_close(visit);
}

void
web_team_key_show(struct web_visit *visit)
{
	struct people_errand errand = web_people_errand(visit, NULL);
	struct staff_list unready = { 0 };

	/* What cannot be read now is asked again when it is written. */
	if (people_list_unready(&errand, &unready) != DONE)
		unready.count = 0;
	open_page(visit);
	add_paragraph(visit,
	    WORDS("Replace it when somebody who left may have a copy of the"
		  " store, or when the printed recovery key may have been"
		  " seen. Everybody goes on with the password they have; old"
		  " cases stay readable. Who is signed in on the pages signs"
		  " in again, and the old recovery key opens nothing any"
		  " more."));
	add_unready(visit, &unready);
	if (!web_is_confirmed(visit)) {
		web_confirm_add(visit, "/team/key");
	} else if (visit->session->rotation_is_made) {
		add_paragraph(visit,
		    WORDS("A new key was made and shown. It is in force when"
			  " its last signs are typed here."));
		add_last(visit, &unready);
		add_offer(visit);
	} else {
		add_paragraph(visit,
		    WORDS("Have paper and a pen ready: the new recovery key is"
			  " shown in the next step. Nothing is replaced"
			  " before you have typed its end."));
		add_offer(visit);
	}
	free(unready.items);
	web_frame_close(visit);
}

/* Shows the key that is not in force yet. */
static void
show_key(struct web_visit *visit)
{
	struct people_errand errand = web_people_errand(visit, NULL);
	struct page *page = &visit->page;
	struct staff_list unready = { 0 };

	if (people_list_unready(&errand, &unready) != DONE)
		unready.count = 0;
	open_page(visit);
	add_paragraph(visit,
	    WORDS("Write this down on paper, lock the paper away, and tear the"
		  " old one up once this one is in force. Keep no file and no"
		  " picture of it."));
	page_raw(page, "<p class=\"key\"><bdi dir=\"ltr\">");
	page_text(
	    page, staff_rotation_recovery(visit->session->rotation)->text);
	page_raw(page, "</bdi></p>\n");
	add_unready(visit, &unready);
	add_last(visit, &unready);
	free(unready.items);
	web_frame_close(visit);
}

static void
drop(struct web_session *session)
{
	staff_rotation_free(session->rotation);
	session->rotation = NULL;
	session->rotation_is_made = 0;
}

/* It was dropped meanwhile, on another page, or could not be made. */
static void
say_none(struct web_visit *visit)
{
	web_tell(visit, WEB_TONE_REFUSED,
	    page_word(&visit->page, "There is no new key any more: make one."));
	web_go(visit, "/team/key");
}

/* The new key is made while others are served: the answer waits for it. */
void
web_team_key_make(struct web_visit *visit)
{
	struct people_errand errand = web_people_errand(visit, NULL);
	struct web_session *session = visit->session;
	int is_new = !visit->request->is_asked_again;

	if (!web_confirm_check(visit, "/team/key"))
		return;
	if (is_new)
		drop(session);
	if (is_new &&
	    people_rotate_begin(&errand, &session->rotation) != DONE) {
		session->rotation = NULL;
		web_person_finish(visit, &errand, REFUSED, "", "/team/key");
	} else if (session->rotation == NULL)
		say_none(visit);
	else if (session->rotation_is_made)
		show_key(visit);
	else
		visit->answer->waits = 1;
}

void
web_team_key_drop(struct web_visit *visit)
{
	drop(visit->session);
	web_tell(visit, WEB_TONE_DONE,
	    page_word(&visit->page,
		"The old key stays; tear up what you wrote down of the new"
		" one."));
	web_go(visit, "/team/key");
}

/* -- putting it in force ---------------------------------------------------- */

static struct text
signs_of(const char *words)
{
	struct text signs = { 0 };

	for (; *words != '\0'; words++) {
		if (isalnum((unsigned char)*words))
			text_add_byte(&signs, toupper((unsigned char)*words));
	}
	return (signs);
}

/* For struct people_rotation: the lead has it when they know its end. */
static int
is_kept(const struct recovery_key *key, void *into)
{
	const char *typed = into;
	struct text whole = signs_of(key->text);
	struct text end = signs_of(typed);
	int is_same = end.length >= LAST_SIGNS && end.length <= whole.length &&
	    strcmp(whole.bytes + whole.length - end.length, end.bytes) == 0;

	text_free(&whole);
	text_free(&end);
	return (is_same);
}

/* Nobody is signed in any more. */
static void
show_done(struct web_visit *visit, const struct staff_list *disabled)
{
	struct page *page = &visit->page;

	web_sessions_end_all(&visit->web->sessions);
	visit->session = NULL;
	open_page(visit);
	add_paragraph(visit,
	    WORDS("The team's key is a new one. Everybody goes on with the"
		  " password they have, and signs in again. The old recovery"
		  " key opens nothing now: tear it up."));
	if (disabled->count > 0) {
		add_paragraph(
		    visit, WORDS("Disabled, since they had not signed in:"));
		add_names(page, disabled);
	}
	page_raw(page, "<p><a class=\"button main\" href=\"/sign-in\">");
	page_say(page, "Sign in");
	page_raw(page, "</a></p>\n");
	web_frame_close(visit);
}

static void
refuse(struct web_visit *visit, const struct people_errand *errand)
{
	web_tell(visit, WEB_TONE_REFUSED,
	    page_word(&visit->page,
		errand->why == PEOPLE_NOT_KEPT
		    ? WORDS("These are not the last five signs. Nothing was"
			    " replaced; look at your paper again.")
		    : people_reason_words(errand->why)));
	show_key(visit);
	visit->answer->status = STATUS_CONFLICT;
}

void
web_team_key_take(struct web_visit *visit)
{
	struct people_errand errand = web_people_errand(visit, NULL);
	struct web_session *session = visit->session;
	char typed[LAST_MAX_BYTES + 1];
	struct people_rotation wish = {
		.may_cut_off = web_given(visit, "force")[0] != '\0',
		.keep = is_kept,
		.into = typed,
	};

	if (!web_confirm_check(visit, "/team/key"))
		return;
	if (!session->rotation_is_made) {
		say_none(visit);
		return;
	}
	snprintf(typed, sizeof(typed), "%s", web_given(visit, "last"));
	if (people_rotate_write(&errand, session->rotation, &wish) == DONE) {
		/* A hub that does not run seals with a new epoch when it
		 * starts; what stands in the log goes when it is quiet. */
		(void)!(poke_keys(visit->web->settings.control_path) == DONE);
		(void)!(store_empty_log(visit->web->store) == DONE);
		show_done(visit, &wish.unready);
	} else {
		refuse(visit, &errand);
	}
	explicit_bzero(typed, sizeof(typed));
	free(wish.unready.items);
}
