/* One person of the team, for leads: duty, phone, codes, role, password,
 * disabling and enabling. */
#include <inttypes.h>

#include "gateway/desk/web_confirm.h"
#include "gateway/desk/web_frame.h"
#include "gateway/desk/web_pages.h"
#include "gateway/desk/web_person.h"
#include "gateway/desk/web_team.h"

enum { STATUS_NOT_FOUND = 404, PATH_MAX_BYTES = 40 };

/* Whom the path names. */
struct whom {
	struct staff staff;
	char path[PATH_MAX_BYTES];
	struct web_person person; /* borrows from the fields above */
};

/* Somebody of the list: 1; 0: a page says that there is nobody. */
static int
find(struct web_visit *visit, struct whom *whom)
{
	struct people_errand errand = web_people_errand(visit, NULL);
	struct staff_list list = { 0 };
	int64_t id;
	int is_found = 0;

	if (text_read_integer(visit->ref, 1, INT64_MAX, &id) &&
	    people_list(&errand, &list) == DONE) {
		for (size_t i = 0; i < list.count && !is_found; i++) {
			is_found = list.items[i].id == id;
			if (is_found)
				whom->staff = list.items[i];
		}
	}
	free(list.items);
	if (!is_found) {
		web_refuse(visit, STATUS_NOT_FOUND,
		    WORDS("There is nobody here"),
		    WORDS("The address may have been mistyped."));
		return (0);
	}
	snprintf(whom->path, sizeof(whom->path), "/team/%" PRId64, id);
	whom->person = (struct web_person){ &whom->staff, whom->path, "/team" };
	return (1);
}

/* -- the page --------------------------------------------------------------- */

static void
open_whom_form(struct web_visit *visit, const struct whom *whom,
    const char *behind, const char *label)
{
	char path[PATH_MAX_BYTES + 16];

	snprintf(path, sizeof(path), "%s%s", whom->path, behind);
	web_form_open(visit, path, label);
}

static void
close_button_form(struct web_visit *visit, const char *english)
{
	page_raw(&visit->page, "<p>");
	web_button(visit, english, "");
	page_raw(&visit->page, "</p>");
	web_form_close(visit);
}

static void
add_role(struct web_visit *visit, const struct whom *whom)
{
	web_fold_open(visit, "roles", WORDS("Role"));
	open_whom_form(visit, whom, "/role", WORDS("Role"));
	web_team_add_roles(visit, whom->staff.role);
	close_button_form(visit, WORDS("Give this role"));
	web_fold_close(visit);
}

static void
add_password(struct web_visit *visit, const struct whom *whom)
{
	web_fold_open(visit, "passwords", WORDS("Another password"));
	open_whom_form(visit, whom, "/password", WORDS("Another password"));
	web_team_add_password(visit);
	close_button_form(visit, WORDS("Give this password"));
	web_fold_close(visit);
}

static void
add_disabling(struct web_visit *visit, const struct whom *whom)
{
	struct page *page = &visit->page;

	web_fold_open(visit, "disabling", WORDS("Disable"));
	page_raw(page, "<p>");
	page_say(page,
	    "They are signed out at once, their password opens nothing any"
	    " more, and their cases go back to the queue. What they have seen"
	    " they know: if they may have a copy of the store, replace the"
	    " team's key too.");
	page_raw(page, "</p>");
	open_whom_form(visit, whom, "/disable", WORDS("Disable"));
	close_button_form(visit, WORDS("Disable this person"));
	web_fold_close(visit);
}

static void
add_enabling(struct web_visit *visit, const struct whom *whom)
{
	web_fold_open(visit, "enabling", WORDS("Enable again"));
	open_whom_form(visit, whom, "/enable", WORDS("Enable again"));
	web_team_add_roles(visit, whom->staff.role);
	web_team_add_password(visit);
	close_button_form(visit, WORDS("Enable this person"));
	web_fold_close(visit);
}

static void
add_acts(struct web_visit *visit, const struct whom *whom)
{
	page_raw(&visit->page, "<div class=\"acts\">\n");
	if (whom->staff.is_disabled) {
		add_enabling(visit, whom);
	} else {
		/* A technician's are for alarms of lines. */
		web_person_add_duty(visit, &whom->person);
		web_person_add_phone(visit, &whom->person);
		add_role(visit, whom);
		add_password(visit, whom);
		add_disabling(visit, whom);
	}
	page_raw(&visit->page, "</div>\n");
}

void
web_team_person_show(struct web_visit *visit)
{
	const struct web_frame frame = {
		.title = WORDS("Team"), .kind = "plain", .here = "/team"
	};
	struct page *page = &visit->page;
	struct whom whom;

	if (!find(visit, &whom))
		return;
	visit->ref = "";
	web_frame_open(visit, &frame);
	page_raw(page, "<p class=\"back\"><a href=\"/team\">");
	page_say(page, "Back to the team");
	page_raw(page, "</a></p><h1><bdi>");
	page_text(page, whom.staff.name);
	page_raw(page, "</bdi></h1>\n");
	web_person_add_facts(visit, &whom.staff);
	if (web_is_confirmed(visit))
		add_acts(visit, &whom);
	else
		web_confirm_add(visit, whom.path);
	web_frame_close(visit);
}

/* -- what is done ----------------------------------------------------------- */

/* The person, for a lead who has given their password: 1, or 0 and they were
 * sent elsewhere. */
static int
begin(struct web_visit *visit, struct whom *whom)
{
	return (find(visit, whom) && web_confirm_check(visit, whom->path));
}

void
web_team_duty(struct web_visit *visit)
{
	struct whom whom;

	if (begin(visit, &whom))
		web_person_take_duty(visit, &whom.person);
}

void
web_team_phone(struct web_visit *visit)
{
	struct whom whom;

	if (begin(visit, &whom))
		web_person_take_phone(visit, &whom.person);
}

void
web_team_codes(struct web_visit *visit)
{
	struct whom whom;

	if (begin(visit, &whom))
		web_person_take_codes(visit, &whom.person);
}

/* Joins what is told already: how many cases went back to the queue. */
static void
tell_given_back(struct web_visit *visit, size_t given_back)
{
	struct text *notice = &visit->session->notice;
	struct page_value value = { .name = "count" };
	char count[24];

	if (given_back == 0)
		return;
	snprintf(count, sizeof(count), "%zu", given_back);
	value.words = count;
	text_add_byte(notice, ' ');
	page_fill(&visit->page, "Cases back in the queue: {count}.", &value, 1,
	    notice);
}

void
web_team_role(struct web_visit *visit)
{
	struct people_errand errand;
	struct whom whom;
	size_t given_back = 0;
	enum outcome outcome;

	if (!begin(visit, &whom))
		return;
	errand = web_people_errand(visit, whom.staff.name);
	outcome =
	    people_set_role(&errand, web_given(visit, "role"), &given_back);
	web_person_finish(visit, &errand, outcome,
	    WORDS("They have another role now, and sign in again."), whom.path);
	if (outcome == DONE)
		tell_given_back(visit, given_back);
}

void
web_team_password_take(struct web_visit *visit)
{
	struct people_errand errand;
	const char *password;
	struct whom whom;
	enum outcome outcome;

	if (!begin(visit, &whom))
		return;
	password = web_team_password(visit, whom.path);
	if (password == NULL)
		return;
	errand = web_people_errand(visit, whom.staff.name);
	outcome = people_set_password(&errand, password);
	if (outcome == DONE)
		web_sessions_end_of(
		    &visit->web->sessions, whom.staff.id, visit->session);
	web_person_finish(visit, &errand, outcome,
	    WORDS("They have another password, and are signed out."),
	    whom.path);
}

void
web_team_disable(struct web_visit *visit)
{
	struct people_errand errand;
	struct whom whom;
	size_t given_back = 0;
	enum outcome outcome;

	if (!begin(visit, &whom))
		return;
	errand = web_people_errand(visit, whom.staff.name);
	outcome = people_disable(&errand, &given_back);
	web_person_finish(visit, &errand, outcome,
	    WORDS("Disabled; their password opens nothing any more."),
	    whom.path);
	if (outcome == DONE)
		tell_given_back(visit, given_back);
}

void
web_team_enable(struct web_visit *visit)
{
	struct people_errand errand;
	const char *password;
	struct whom whom;
	enum outcome outcome;

	if (!begin(visit, &whom))
		return;
	password = web_team_password(visit, whom.path);
	if (password == NULL)
		return;
	errand = web_people_errand(visit, whom.staff.name);
	outcome = people_enable(&errand, web_given(visit, "role"), password);
	web_person_finish(visit, &errand, outcome,
	    WORDS("Enabled. Tell them their password."), whom.path);
}
