#include "tests/desk_pages.h"

#include <check.h>

#include "gateway/base/clock.h"
#include "gateway/base/file.h"
#include "locales/catalog.h"
#include "menus/menu.h"

#define HOST "127.0.0.1:8443"

enum { PORT = 8443, IDLE_MS = 1000000 };

static void
load_settings(struct desk_pages *pages, const char *language)
{
	struct text config = { 0 };
	char *path = file_path(pages->world->folder, "waymark.conf");

	text_printf(&config,
	    "keys = { box = \"box.key\"; };\n"
	    "store = { path = \"waymark.db\"; };\n"
	    "desk = { listen = \"" HOST "\"; language = \"%s\"; };\n"
	    "menus = { path = \"" SOURCE_TREE "/menus\"; };\n"
	    "locales = { path = \"" SOURCE_TREE "/locales\"; };\n"
	    "lines = ( { name = \"demo\"; kind = \"demo\";"
	    " listen = \"demo.socket\"; corridor = \"nepal-gulf\";"
	    " language = \"ne\"; } );\n",
	    language);
	ck_assert_int_eq(
	    file_write(path, 0600, config.bytes, config.length), DONE);
	ck_assert_int_eq(settings_load(path, &pages->web.settings), DONE);
	text_free(&config);
	free(path);
}

void
pages_open(struct desk_pages *pages, struct world *world, const char *language)
{
	struct web *web = &pages->web;

	*pages = (struct desk_pages){ .world = world,
		.web = { .port = PORT, .store = world->store } };
	load_settings(pages, language);
	web->rules = case_rules_of(&web->settings);
	web->sessions.idle_ms = IDLE_MS;
	web->limit = sign_in_limit_new();
	ck_assert_int_eq(
	    catalog_load_words(SOURCE_TREE "/locales/desk", &web->catalog),
	    DONE);
	pages->session = web_sessions_begin(&web->sessions, world->store,
	    world->sita.staff, NULL, clock_monotonic_ms());
	pages->session->worker = world->sita;
	pages->session->worker.rules = &web->rules;
}

void
pages_close(struct desk_pages *pages)
{
	web_sessions_end_all(&pages->web.sessions);
	sign_in_limit_free(pages->web.limit);
	menus_free(pages->web.menus);
	catalog_free(pages->web.catalog);
	settings_free(&pages->web.settings);
}

/* An answer that waits for work comes when the work is done. */
static void
ask(struct web *web, struct web_request *request, const struct text *form,
    struct web_answer *answer_r)
{
	for (;;) {
		struct text body = { 0 }; /* is cut apart */

		text_add(&body, form->bytes);
		request->body = body.bytes;
		web_answer(web, request, answer_r);
		text_free(&body);
		if (!answer_r->waits)
			return;
		web_answer_free(answer_r);
		request->is_asked_again = 1;
		while (web_sessions_go_on(&web->sessions, web->store))
			;
	}
}

void
pages_ask(struct desk_pages *pages, const struct page_wish *wish,
    struct web_answer *answer_r)
{
	struct text form = { 0 };
	char query[200] = "";
	char place[200];
	struct web_request request = { .method = wish->method,
		.path = place,
		.peer = "127.0.0.1",
		.local = "127.0.0.1",
		.host = HOST,
		.session = pages->session->id,
		.type = "application/x-www-form-urlencoded" };

	snprintf(place, sizeof(place), "%s", wish->path);
	if (strchr(place, '?') != NULL) {
		snprintf(query, sizeof(query), "%s", strchr(place, '?') + 1);
		*strchr(place, '?') = '\0';
		ck_assert(form_read(query, strlen(query),
		    FORM_WRONG_CODES_REFUSED, &request.query));
	}
	text_printf(&form, "token=%s", pages->session->token);
	if (wish->form != NULL && wish->form[0] != '\0')
		text_printf(&form, "&%s", wish->form);
	ask(&pages->web, &request, &form, answer_r);
	text_free(&form);
}
