/* The team: who is there, and for a lead how to add somebody. */
#include <inttypes.h>

#include "gateway/desk/web_confirm.h"
#include "gateway/desk/web_frame.h"
#include "gateway/desk/web_pages.h"
#include "gateway/desk/web_person.h"
#include "gateway/desk/web_team.h"

enum { PASSWORD_MAX_BYTES = 1024 };

/* -- forms that pages of the team share ------------------------------------- */

void
web_team_add_roles(struct web_visit *visit, const char *chosen)
{
	static const char *const roles[] = { WORDS("caseworker"), WORDS("lead"),
		WORDS("technician") };
	struct page *page = &visit->page;

	page_raw(page, "<p class=\"field\"><label for=\"role\">");
	page_say(page, "Role");
	page_raw(page, "</label><span class=\"hint\" id=\"role-hint\">");
	page_say(page,
	    "A lead manages the team and sees the audit trail; a technician"
	    " sees no case.");
	page_raw(page,
	    "</span><select id=\"role\" name=\"role\""
	    " aria-describedby=\"role-hint\">");
	for (size_t i = 0; i < COUNT_OF(roles); i++) {
		page_raw(page, "<option");
		page_attr(page, "value", roles[i]);
		if (strcmp(roles[i], chosen) == 0)
			page_raw(page, " selected");
		page_raw(page, ">");
		page_say(page, roles[i]);
		page_raw(page, "</option>");
	}
	page_raw(page, "</select></p>\n");
}

void
web_team_add_password(struct web_visit *visit)
{
	static const struct web_input inputs[] = {
		{ .name = "password",
		    .label = WORDS("Their password"),
		    .hint =
			WORDS("Eight signs or more; a few words are best."
			      " Tell them face to face; they change it under"
			      " Account."),
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

	for (size_t i = 0; i < COUNT_OF(inputs); i++)
		web_input(visit, &inputs[i]);
}

const char *
web_team_password(struct web_visit *visit, const char *back)
{
	const char *password = web_given(visit, "password");

	if (strcmp(password, web_given(visit, "again")) == 0)
		return (password);
	web_tell(visit, WEB_TONE_REFUSED,
	    page_word(&visit->page, "These were two different passwords."));
	web_go(visit, back);
	return (NULL);
}

/* -- the list --------------------------------------------------------------- */

static void
add_name(struct web_visit *visit, const struct staff *staff)
{
	struct page *page = &visit->page;
	char path[40];

	snprintf(path, sizeof(path), "/team/%" PRId64, staff->id);
	page_raw(page, "<h2>");
	if (web_may(visit, WEB_LEAD)) {
		page_raw(page, "<a");
		page_url(page, "href", path);
		page_raw(page, ">");
	}
	page_raw(page, "<bdi>");
	page_text(page, staff->name);
	page_raw(page, "</bdi>");
	if (web_may(visit, WEB_LEAD))
		page_raw(page, "</a>");
	page_raw(page, "</h2>\n");
}

static void
add_list(struct web_visit *visit, const struct staff_list *list)
{
	struct page *page = &visit->page;

	page_raw(page, "<ul class=\"people\">\n");
	for (size_t i = 0; i < list->count; i++) {
		page_raw(page, "<li>");
		add_name(visit, &list->items[i]);
		web_person_add_facts(visit, &list->items[i]);
		page_raw(page, "</li>\n");
	}
	page_raw(page, "</ul>\n");
}

static void
add_new_person(struct web_visit *visit)
{
	static const struct web_input name = { .name = "name",
		.label = WORDS("Name"),
		.hint = WORDS("By which they sign in."),
		.autocomplete = "off",
		.is_required = 1,
		.max_bytes = STAFF_NAME_MAX_BYTES };

	web_fold_open(visit, "add", WORDS("Add somebody"));
	web_form_open(visit, "/team", WORDS("Add somebody"));
	web_input(visit, &name);
	web_team_add_roles(visit, "caseworker");
	web_team_add_password(visit);
	page_raw(&visit->page, "<p>");
	web_button(visit, WORDS("Add them"), "main");
	page_raw(&visit->page, "</p>");
	web_form_close(visit);
	web_fold_close(visit);
}

static void
add_for_lead(struct web_visit *visit)
{
	struct page *page = &visit->page;

	if (web_is_confirmed(visit)) {
		page_raw(page, "<div class=\"acts\">\n");
		add_new_person(visit);
		page_raw(page, "</div>\n");
	} else {
		web_confirm_add(visit, "/team");
	}
	page_raw(page, "<p class=\"more\"><a href=\"/team/key\">");
	page_say(page, "Replace the team's key");
	page_raw(page, "</a></p>\n");
}

void
web_team_show(struct web_visit *visit)
{
	const struct web_frame frame = {
		.title = WORDS("Team"), .kind = "queue", .here = "/team"
	};
	struct people_errand errand = web_people_errand(visit, NULL);
	struct staff_list list = { 0 };
	struct page *page = &visit->page;
	enum outcome outcome = people_list(&errand, &list);

	web_frame_open(visit, &frame);
	page_raw(page, "<h1>");
	page_say(page, "Team");
	page_raw(page, "</h1>\n");
	if (outcome == DONE) {
		add_list(visit, &list);
	} else {
		page_raw(page, "<p>");
		page_say(page, people_reason_words(errand.why));
		page_raw(page, "</p>\n");
	}
	free(list.items);
	if (web_may(visit, WEB_LEAD))
		add_for_lead(visit);
	web_frame_close(visit);
}

void
web_team_add(struct web_visit *visit)
{
	struct people_errand errand =
	    web_people_errand(visit, web_given(visit, "name"));
	const char *password;
	enum outcome outcome;

	if (!web_confirm_check(visit, "/team"))
		return;
	password = web_team_password(visit, "/team");
	if (password == NULL)
		return;
	outcome = people_add(&errand, web_given(visit, "role"), password);
	web_person_finish(visit, &errand, outcome,
	    WORDS("They are on the team. Tell them their password."), "/team");
}
