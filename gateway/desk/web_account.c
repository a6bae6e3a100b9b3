/* One's own account: the language of the pages, duty and phone, and the
 * password. */
#include "gateway/desk/web_confirm.h"
#include "gateway/desk/web_frame.h"
#include "gateway/desk/web_language.h"
#include "gateway/desk/web_pages.h"
#include "gateway/desk/web_person.h"

enum { STATUS_REFUSED = 409, PASSWORD_MAX_BYTES = 1024 };

static void
add_password_form(struct web_visit *visit)
{
	static const struct web_input inputs[] = {
		{ .name = "old",
		    .label = WORDS("Your password now"),
		    .type = "password",
		    .autocomplete = "current-password",
		    .is_required = 1,
		    .max_bytes = PASSWORD_MAX_BYTES },
		{ .name = "password",
		    .label = WORDS("The new password"),
		    .hint = WORDS("Eight signs or more; a few words are best."),
		    .type = "password",
		    .autocomplete = "new-password",
		    .is_required = 1,
		    .max_bytes = PASSWORD_MAX_BYTES },
		{ .name = "again",
		    .label = WORDS("The same again"),
		    .type = "password",
		    .autocomplete = "new-password",
		    .is_required = 1,
		    .max_bytes = PASSWORD_MAX_BYTES },
	};

	web_form_open(visit, "/account/password", "Password");
	for (size_t i = 0; i < COUNT_OF(inputs); i++)
		web_input(visit, &inputs[i]);
	page_raw(&visit->page, "<p>");
	web_button(visit, "Change the password", "");
	page_raw(&visit->page, "</p>");
	web_form_close(visit);
}

static struct web_person
own_person(const struct web_visit *visit)
{
	return ((struct web_person){
	    &visit->session->staff, "/account", "/account" });
}

/* Everybody's: a technician on duty is told of lines that need a hand. */
static void
add_field(struct web_visit *visit)
{
	const struct web_person own = own_person(visit);
	struct page *page = &visit->page;

	page_raw(page, "<section><h2>");
	page_say(page, "Duty and phone");
	page_raw(page, "</h2>\n");
	web_person_add_facts(visit, own.staff);
	page_raw(page, "<div class=\"acts\">\n");
	web_person_add_duty(visit, &own);
	if (web_is_confirmed(visit))
		web_person_add_phone(visit, &own);
	if (!web_is_confirmed(visit)) {
		web_fold_open(visit, "confirm", WORDS("Your phone"));
		web_confirm_add(visit, "/account");
		web_fold_close(visit);
	}
	page_raw(page, "</div></section>\n");
}

void
web_account_duty(struct web_visit *visit)
{
	const struct web_person own = own_person(visit);

	web_person_take_duty(visit, &own);
}

void
web_account_phone(struct web_visit *visit)
{
	const struct web_person own = own_person(visit);

	web_person_take_phone(visit, &own);
}

void
web_account_codes(struct web_visit *visit)
{
	const struct web_person own = own_person(visit);

	web_person_take_codes(visit, &own);
}

void
web_account_show(struct web_visit *visit)
{
	const struct web_frame frame = {
		.title = WORDS("Account"), .kind = "plain", .here = "/account"
	};
	struct page *page = &visit->page;

	web_frame_open(visit, &frame);
	page_raw(page, "<h1>");
	page_say(page, "Account");
	page_raw(page, "</h1><p>");
	page_say_one(page, "You are signed in as {name}.", "name",
	    visit->session->staff.name);
	page_raw(page, "</p>\n<section><h2>");
	page_say(page, "Language of these pages");
	page_raw(page, "</h2>");
	web_language_add_choice(visit);
	page_raw(page, "</section>\n");
	add_field(visit);
	page_raw(page, "<section><h2>");
	page_say(page, "Password");
	page_raw(page, "</h2>");
	add_password_form(visit);
	page_raw(page, "</section>\n");
	web_frame_close(visit);
}

static void
refuse(struct web_visit *visit, const char *english)
{
	web_tell(visit, WEB_TONE_REFUSED, page_word(&visit->page, english));
	web_account_show(visit);
	visit->answer->status = STATUS_REFUSED;
}

void
web_account_password(struct web_visit *visit)
{
	struct web_session *session = visit->session;
	struct people_errand errand = web_people_errand(visit, NULL);
	const char *password = web_given(visit, "password");
	enum outcome outcome;

	if (strcmp(password, web_given(visit, "again")) != 0) {
		refuse(visit, WORDS("These were two different passwords."));
		return;
	}
	outcome = web_check_password(visit, web_given(visit, "old"));
	if (outcome != DONE) {
		refuse(visit, web_password_words(outcome));
		return;
	}
	if (people_set_password(&errand, password) != DONE) {
		refuse(visit, people_reason_words(errand.why));
		return;
	}
	web_sessions_end_of(&visit->web->sessions, session->staff.id, session);
	web_tell(visit, WEB_TONE_DONE,
	    page_word(&visit->page,
		"The password is changed; everywhere else you are signed"
		" out."));
	web_go(visit, "/account");
}
