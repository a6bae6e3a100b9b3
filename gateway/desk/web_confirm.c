#include "gateway/desk/web_confirm.h"

#include "gateway/base/clock.h"
#include "gateway/desk/people.h"
#include "gateway/desk/web_frame.h"
#include "gateway/desk/web_pages.h"

enum { PASSWORD_MAX_BYTES = 1024, MS_PER_S = 1000 };

enum outcome
web_check_password(struct web_visit *visit, const char *typed)
{
	const struct staff *staff = &visit->session->staff;
	const struct sign_in_try who = { staff->name, visit->request->peer };
	struct sign_in_limit *limit = visit->web->limit;
	struct store *store = visit->web->store;
	int64_t now_s = clock_monotonic_ms() / MS_PER_S;
	struct team_secret *secret = NULL;
	struct staff same;
	enum outcome outcome;

	if (sign_in_limit_wait_s(limit, &who, now_s) > 0)
		return (TRY_LATER);
	outcome = staff_sign_in(store, staff->name, typed, &same, &secret);
	if (secret != NULL)
		team_secret_close(secret);
	if (outcome == DONE)
		sign_in_limit_worked(limit, &who, now_s);
	if (outcome != REFUSED)
		return (outcome);
	sign_in_limit_failed(limit, &who, now_s);
	outcome = people_note_sign_in(store, staff->id,
	    WORDS("password refused"), "page", visit->now_utc_s);
	return (outcome == DONE ? REFUSED : outcome);
}

const char *
web_password_words(enum outcome outcome)
{
	if (outcome == REFUSED)
		return (WORDS("Your password now is another one."));
	return (WORDS("Too many wrong passwords. Wait a few minutes, then try"
		      " again."));
}

int
web_is_confirmed(const struct web_visit *visit)
{
	const struct web_session *session = visit->session;

	return (session->confirmed_ms != 0 &&
	    clock_monotonic_ms() - session->confirmed_ms < WEB_CONFIRMED_MS);
}

void
web_confirm_add(struct web_visit *visit, const char *back)
{
	static const struct web_input own = { .name = "own",
		.label = WORDS("Your own password"),
		.type = "password",
		.autocomplete = "current-password",
		.is_required = 1,
		.max_bytes = PASSWORD_MAX_BYTES };
	struct page *page = &visit->page;

	page_raw(page, "<section class=\"act next\"><p>");
	page_say(page,
	    "To change anything here, give your own password once more. It"
	    " counts for ten minutes.");
	page_raw(page, "</p>");
	web_form_open(visit, "/confirm", WORDS("Your own password"));
	web_hidden(visit, "back", back);
	web_input(visit, &own);
	page_raw(page, "<p>");
	web_button(visit, WORDS("Go on"), "main");
	page_raw(page, "</p>");
	web_form_close(visit);
	page_raw(page, "</section>\n");
}

int
web_confirm_check(struct web_visit *visit, const char *back)
{
	if (web_is_confirmed(visit))
		return (1);
	web_tell(visit, WEB_TONE_REFUSED,
	    page_word(&visit->page,
		"Nothing was changed: give your own password first."));
	web_go(visit, back);
	return (0);
}

/* A page of the desk's own that asks for passwords: nothing a form made
 * elsewhere could lead astray. */
static int
is_place(const char *path)
{
	static const char *const places[] = { "/team", "/account" };
	static const char signs[] = "abcdefghijklmnopqrstuvwxyz0123456789/";

	if (path[strspn(path, signs)] != '\0')
		return (0);
	for (size_t i = 0; i < COUNT_OF(places); i++) {
		size_t length = strlen(places[i]);

		if (strncmp(path, places[i], length) == 0 &&
		    (path[length] == '\0' || path[length] == '/'))
			return (1);
	}
	return (0);
}

void
web_confirm_take(struct web_visit *visit)
{
	const char *back = web_given(visit, "back");
	enum outcome outcome =
	    web_check_password(visit, web_given(visit, "own"));

	if (outcome == DONE)
		visit->session->confirmed_ms = clock_monotonic_ms();
	else
		web_tell(visit, WEB_TONE_REFUSED,
		    page_word(&visit->page, web_password_words(outcome)));
	web_go(visit, is_place(back) ? back : "/");
}
