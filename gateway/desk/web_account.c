/* One's own account: the language of the pages and the password. */
#include "gateway/base/clock.h"
#include "gateway/desk/people.h"
#include "gateway/desk/web_frame.h"
#include "gateway/desk/web_language.h"
#include "gateway/desk/web_pages.h"

enum { STATUS_REFUSED = 409, PASSWORD_MAX_BYTES = 1024, MS_PER_S = 1000 };

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
	page_raw(page, "</section>\n<section><h2>");
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

/* A browser left open must not be enough to take somebody's place: the old
 * password is asked for, and guessing at it is as slow as at the door. */
MUST_USE static enum outcome
check_old(struct web_visit *visit)
{
	const struct staff *staff = &visit->session->staff;
	const struct sign_in_try who = { staff->name, visit->request->peer };
	struct sign_in_limit *limit = visit->web->limit;
	int64_t now_s = clock_monotonic_ms() / MS_PER_S;
	struct team_secret *secret = NULL;
	struct staff same;
	enum outcome outcome;

	if (sign_in_limit_wait_s(limit, &who, now_s) > 0)
		return (TRY_LATER);
	outcome = staff_sign_in(visit->web->store, staff->name,
	    web_given(visit, "old"), &same, &secret);
	if (secret != NULL)
		team_secret_close(secret);
	if (outcome == REFUSED)
		sign_in_limit_failed(limit, &who, now_s);
	return (outcome);
}

void
web_account_password(struct web_visit *visit)
{
	struct web_session *session = visit->session;
	struct people_errand errand = { .store = visit->web->store,
		.by = &session->staff,
		.secret = session->secret,
		.now_utc_s = visit->now_utc_s };
	const char *password = web_given(visit, "password");
	enum outcome outcome;

	if (strcmp(password, web_given(visit, "again")) != 0) {
		refuse(visit, WORDS("These were two different passwords."));
		return;
	}
	outcome = check_old(visit);
	if (outcome != DONE) {
		refuse(visit,
		    outcome == REFUSED
			? WORDS("Your password now is another one.")
			: WORDS(
			      "Too many wrong passwords. Wait a few minutes, then"
			      " try again."));
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
