#include "gateway/desk/web.h"

#include <strings.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/file.h"
#include "gateway/desk/web_frame.h"
#include "gateway/desk/web_language.h"
#include "gateway/desk/web_origin.h"
#include "locales/catalog.h"
#include "menus/menu.h"

enum {
	STATUS_OK = 200,
	STATUS_SEE_OTHER = 303,
	STATUS_BAD = 400,
	STATUS_FORBIDDEN = 403,
	STATUS_NOT_FOUND = 404,
	STATUS_NOT_THIS_METHOD = 405,
	STATUS_WRONG_TYPE = 415,
	MS_PER_S = 1000,
};

/* -- the desk --------------------------------------------------------------- */

/* An NGO's own folder of translations need not hold the desk's. */
MUST_USE static enum outcome
load_words(struct web *web)
{
	char *folder = file_path(web->settings.locales_path, "desk");
	enum outcome outcome;

	if (access(folder, F_OK) != 0) {
		free(folder);
		folder = file_path(settings_data_folder(), "locales/desk");
	}
	outcome = catalog_load_words(folder, &web->catalog);

	free(folder);
	return (outcome);
}

enum outcome
web_open(struct web *web)
{
	const struct settings *settings = &web->settings;

	web->rules = case_rules_of(settings);
	web->limit = sign_in_limit_new();
	web->sessions.idle_ms = settings->desk.idle_s * MS_PER_S;
	if (box_key_open(settings->box_key_path, &web->box) != DONE ||
	    store_open(settings->store_path, STORE_DESK, web->box,
		&web->store) != DONE ||
	    load_words(web) != DONE)
		return (REFUSED);
	return (DONE);
}

void
web_close(struct web *web)
{
	web_sessions_end_all(&web->sessions);
	text_free(&web->health.lines);
	text_free(&web->health.answer);
	sign_in_limit_free(web->limit);
	web->limit = NULL;
	menus_free(web->menus);
	web->menus = NULL;
	catalog_free(web->catalog);
	web->catalog = NULL;
	if (web->store != NULL)
		store_close(web->store);
	web->store = NULL;
	if (web->box != NULL)
		box_key_close(web->box);
	web->box = NULL;
}

void
web_answer_free(struct web_answer *answer)
{
	text_free(&answer->body);
	text_free(&answer->location);
	text_free(&answer->cookie);
	text_free(&answer->language_cookie);
	text_free(&answer->etag);
	text_free(&answer->file_name);
}

/* -- for the pages ---------------------------------------------------------- */

const char *
web_given(const struct web_visit *visit, const char *name)
{
	const char *value = form_value(&visit->form, name);

	return (value != NULL ? value : "");
}

void
web_go(struct web_visit *visit, const char *path)
{
	visit->answer->status = STATUS_SEE_OTHER;
	text_clear(&visit->answer->location);
	text_add(&visit->answer->location, path);
	text_clear(&visit->page.html);
}

int
web_may(const struct web_visit *visit, enum web_role role)
{
	const struct staff *staff;

	if (role == WEB_ANYBODY)
		return (1);
	if (visit->session == NULL)
		return (0);
	staff = &visit->session->staff;
	if (role == WEB_CASEWORKER)
		return (cases_may_see(staff));
	if (role == WEB_LEAD)
		return (
		    cases_may_see(staff) && strcmp(staff->role, "lead") == 0);
	return (1);
}

/* -- finding the page ------------------------------------------------------- */

enum { REF_MAX_BYTES = 64 };

/* 1 when a path is of this pattern; what stands for "*" goes to ref. */
static int
matches(const char *pattern, const char *path, char ref[REF_MAX_BYTES])
{
	const char *star = strchr(pattern, '*');
	size_t head = star != NULL ? (size_t)(star - pattern) : 0;
	size_t length;

	if (star == NULL)
		return (strcmp(pattern, path) == 0);
	if (strncmp(pattern, path, head) != 0)
		return (0);
	length = strcspn(path + head, "/");
	if (length == 0 || length >= REF_MAX_BYTES ||
	    strcmp(path + head + length, star + 1) != 0)
		return (0);
	memcpy(ref, path + head, length);
	ref[length] = '\0';
	return (1);
}

/* The row of a method and path; *is_known_r when another method has one. */
static const struct web_route *
find_route(
    const struct web_request *request, char ref[REF_MAX_BYTES], int *is_known_r)
{
	*is_known_r = 0;
	for (size_t i = 0; i < web_route_count; i++) {
		const struct web_route *route = &web_routes[i];

		if (!matches(route->path, request->path, ref))
			continue;
		*is_known_r = 1;
		if (strcmp(route->method, request->method) == 0)
			return (route);
	}
	ref[0] = '\0';
	return (NULL);
}

/* -- the checks ------------------------------------------------------------- */

static int
is_post(const struct web_visit *visit)
{
	return (strcmp(visit->request->method, "POST") == 0);
}

/* 1 when the form is one and has been read. */
static int
read_form(struct web_visit *visit)
{
	static const char form[] = "application/x-www-form-urlencoded";
	const struct web_request *request = visit->request;

	if (request->type == NULL ||
	    strncasecmp(request->type, form, sizeof(form) - 1) != 0) {
		web_refuse(visit, STATUS_WRONG_TYPE, WORDS("This is no form"),
		    "The desk reads forms of its own pages only.");
		return (0);
	}
	if (request->body != NULL &&
	    !form_read(request->body, strlen(request->body),
		FORM_WRONG_CODES_REFUSED, &visit->form)) {
		web_refuse(visit, STATUS_BAD, WORDS("This form cannot be read"),
		    "Go back, load the page again and try once more.");
		return (0);
	}
	return (1);
}

/* Before anybody's session is looked at: 1 when it may go on. */
static int
check_sender(struct web_visit *visit)
{
	if (!web_host_is_ours(visit->web, visit->request)) {
		visit->page.catalog = NULL;
		web_refuse(visit, STATUS_FORBIDDEN, WORDS("Not by this name"),
		    "This desk does not answer to the name in the address bar."
		    " Ask whoever looks after the machine for its address.");
		return (0);
	}
	if (is_post(visit) && !web_origin_is_ours(visit->request)) {
		web_refuse(visit, STATUS_FORBIDDEN, WORDS("Not from elsewhere"),
		    "This form came from another site. Nothing was done.");
		return (0);
	}
	return (1);
}

/* 1 when this person may have this page by this form. */
static int
check_page(struct web_visit *visit, int is_known)
{
	if (visit->route == NULL && is_known) {
		web_refuse(visit, STATUS_NOT_THIS_METHOD,
		    WORDS("Not in this way"),
		    "Go back and use the buttons of the page.");
		return (0);
	}
	if (visit->route == NULL) {
		web_refuse(visit, STATUS_NOT_FOUND,
		    WORDS("There is no such page"),
		    "The address may have been mistyped.");
		return (0);
	}
	if (!web_may(visit, visit->route->role)) {
		web_refuse(visit, STATUS_FORBIDDEN, WORDS("Not for your role"),
		    "Ask a lead when you need this page.");
		return (0);
	}
	if (!is_post(visit))
		return (1);
	if (!read_form(visit))
		return (0);
	/* Whoever signs in has no token yet. */
	if (visit->route->role != WEB_ANYBODY &&
	    !web_same_secret(
		visit->session->token, web_given(visit, "token"))) {
		web_refuse(visit, STATUS_FORBIDDEN,
		    WORDS("This form is too old"),
		    "Nothing was done. Load the page again and try once more.");
		return (0);
	}
	return (1);
}

/* -- answering -------------------------------------------------------------- */

/* Somebody may have been disabled, given another role, or the team's key
 * replaced since they signed in.  Looked up once for every state of the
 * store. */
static int
still_belongs(struct web_visit *visit)
{
	struct web_session *session = visit->session;
	struct store *store = visit->web->store;
	struct store_changes changes;
	struct staff staff;

	if (store_changes(store, &changes) != DONE)
		return (1); /* busy: the page will say so */
	if (changes.by_others == session->checked.by_others &&
	    changes.by_us == session->checked.by_us)
		return (1);
	if (staff_get(store, session->staff.id, &staff) != DONE ||
	    staff.is_disabled ||
	    (session->secret != NULL &&
		staff_check_secret(store, session->secret) == REFUSED))
		return (0);
	/* Who became a caseworker has no secret until they sign in again. */
	if (strcmp(staff.role, session->staff.role) != 0)
		return (0);
	session->staff = staff;
	session->checked = changes;
	return (1);
}

static void
find_person(struct web_visit *visit)
{
	int64_t now_ms = clock_monotonic_ms();
	int is_quiet = visit->route != NULL && visit->route->is_quiet;

	visit->session = web_sessions_find(
	    &visit->web->sessions, visit->request->session, now_ms);
	if (visit->session != NULL && !still_belongs(visit)) {
		web_session_end(visit->session);
		visit->session = NULL;
	}
	if (visit->session != NULL && !is_quiet)
		visit->session->used_ms = now_ms;
}

static void
serve(struct web_visit *visit, char ref[REF_MAX_BYTES])
{
	int is_known;

	if (!check_sender(visit))
		return;
	visit->route = find_route(visit->request, ref, &is_known);
	find_person(visit);
	if (visit->session == NULL &&
	    (visit->route == NULL || visit->route->role != WEB_ANYBODY)) {
		web_go(visit, "/sign-in");
		return;
	}
	visit->ref = ref;
	if (check_page(visit, is_known))
		visit->route->handle(visit);
}

void
web_answer(struct web *web, const struct web_request *request,
    struct web_answer *answer_r)
{
	struct web_answer answer = {
		.status = STATUS_OK,
		.type = "text/html; charset=utf-8",
	};
	struct web_visit visit = {
		.web = web,
		.request = request,
		.ref = "",
		.now_utc_s = clock_utc_s(),
		.page.catalog = web->catalog,
		.page.language = web_language_choose(web, request),
		.answer = &answer,
	};
	char ref[REF_MAX_BYTES] = "";

	serve(&visit, ref);
	if (visit.page.html.length > 0) {
		text_free(&answer.body);
		answer.body = visit.page.html;
	} else {
		page_free(&visit.page);
	}
	*answer_r = answer;
}
