/* Signing in and out, the account, and the few files the pages need. */
#include "gateway/base/clock.h"
#include "gateway/desk/people.h"
#include "gateway/desk/web_frame.h"
#include "gateway/desk/web_language.h"
#include "gateway/desk/web_pages.h"

enum {
	STATUS_NOT_MODIFIED = 304,
	STATUS_WRONG = 403,
	STATUS_TOO_MANY = 429,
	STATUS_BUSY = 503,
	NAME_MAX_BYTES = 200,
	PASSWORD_MAX_BYTES = 1024,
	MS_PER_S = 1000,
};

void
web_asset_show(struct web_visit *visit)
{
	const char *seen = visit->request->etag;

	for (size_t i = 0; i < web_asset_count; i++) {
		const struct web_asset *asset = &web_assets[i];

		if (strcmp(asset->path, visit->request->path) != 0)
			continue;
		visit->answer->type = asset->type;
		visit->answer->may_be_kept = 1;
		text_add(&visit->answer->etag, asset->etag);
		if (seen != NULL && strcmp(seen, asset->etag) == 0)
			visit->answer->status = STATUS_NOT_MODIFIED;
		else
			text_add_bytes(
			    &visit->answer->body, asset->bytes, asset->length);
	}
}

/* -- signing in ------------------------------------------------------------- */

/* `trouble` is English, or NULL on the first look. */
static void
write_form(struct web_visit *visit, const char *trouble, const char *name)
{
	const struct web_frame frame = { .title = WORDS("Sign in"),
		.kind = "plain" };
	const struct web_input name_input = { .name = "name",
		.label = WORDS("Name"),
		.value = name,
		.autocomplete = "username",
		.is_required = 1,
		.max_bytes = NAME_MAX_BYTES };
	const struct web_input password_input = { .name = "password",
		.label = WORDS("Password"),
		.type = "password",
		.autocomplete = "current-password",
		.is_required = 1,
		.max_bytes = PASSWORD_MAX_BYTES };

	web_frame_open(visit, &frame);
	page_raw(&visit->page, "<h1>");
	page_say(&visit->page, "Sign in");
	page_raw(&visit->page, "</h1>\n");
	if (trouble != NULL) {
		page_raw(&visit->page,
		    "<p class=\"notice refused\" role=\"alert\">");
		page_say(&visit->page, trouble);
		page_raw(&visit->page, "</p>\n");
	}
	web_form_open(visit, "/sign-in", "Sign in");
	web_input(visit, &name_input);
	web_input(visit, &password_input);
	page_raw(&visit->page, "<p>");
	web_button(visit, "Sign in", "main");
	page_raw(&visit->page, "</p>");
	web_form_close(visit);
	web_language_add_choice(visit);
	web_frame_close(visit);
}

void
web_sign_in_show(struct web_visit *visit)
{
	if (visit->session != NULL)
		web_go(visit, "/");
	else
		write_form(visit, NULL, NULL);
}

static void
begin(struct web_visit *visit, const struct staff *staff,
    struct team_secret *secret_take)
{
	struct web_session *session;

	if (visit->session != NULL)
		web_session_end(visit->session);
	session = web_sessions_begin(&visit->web->sessions, visit->web->store,
	    staff, secret_take, clock_monotonic_ms());
	session->worker.rules = &visit->web->rules;
	visit->session = session;
	text_printf(&visit->answer->cookie,
	    "__Host-waymark=%s; Path=/; Secure; HttpOnly; SameSite=Strict",
	    session->id);
	web_go(visit, "/");
}

/* Says how long to wait, before any work is done for the password. */
static void
refuse_try(struct web_visit *visit, const char *name)
{
	visit->answer->status = STATUS_TOO_MANY;
	visit->session = NULL;
	write_form(visit,
	    WORDS(
		"Too many wrong passwords. Wait a few minutes, then try again."),
	    name);
}

static void
refuse_password(struct web_visit *visit, enum outcome outcome, const char *name)
{
	visit->answer->status = outcome == REFUSED ? STATUS_WRONG : STATUS_BUSY;
	/* The session, if there was one, is somebody else's. */
	visit->session = NULL;
	write_form(visit,
	    outcome == REFUSED
		? WORDS("The name or the password is wrong.")
		: WORDS("The desk is busy. Try again in a moment."),
	    name);
}

/* Nobody is signed in of whom the audit trail does not know. */
MUST_USE static enum outcome
note(const struct web_visit *visit, int64_t staff, const char *what)
{
	return (people_note_sign_in(
	    visit->web->store, staff, what, "page", visit->now_utc_s));
}

void
web_sign_in_take(struct web_visit *visit)
{
	const char *name = web_given(visit, "name");
	const struct sign_in_try who = { name, visit->request->peer };
	struct sign_in_limit *limit = visit->web->limit;
	int64_t now_s = clock_monotonic_ms() / MS_PER_S;
	struct team_secret *secret = NULL;
	struct staff staff;
	enum outcome outcome;

	if (sign_in_limit_wait_s(limit, &who, now_s) > 0) {
		refuse_try(visit, name);
		return;
	}
	outcome = staff_sign_in(visit->web->store, name,
	    web_given(visit, "password"), &staff, &secret);
	if (outcome == REFUSED)
		sign_in_limit_failed(limit, &who, now_s);
	if (outcome == DONE)
		outcome = note(visit, staff.id, WORDS("signed in"));
	else if (outcome == REFUSED &&
	    note(visit, 0, WORDS("sign-in refused")) != DONE)
		outcome = TRY_LATER;
	if (outcome != DONE) {
		if (secret != NULL)
			team_secret_close(secret);
		refuse_password(visit, outcome, name);
		return;
	}
	sign_in_limit_worked(limit, &who, now_s);
	begin(visit, &staff, secret);
}

void
web_sign_out(struct web_visit *visit)
{
	/* Signing out works also when the store cannot take a note of it. */
	(void)!note(visit, visit->session->staff.id, WORDS("signed out"));
	web_session_end(visit->session);
	visit->session = NULL;
	text_add(&visit->answer->cookie,
	    "__Host-waymark=; Path=/; Secure; HttpOnly; SameSite=Strict;"
	    " Max-Age=0");
	web_go(visit, "/sign-in");
}
