#include "gateway/desk/web_person.h"

#include <inttypes.h>

#include "gateway/desk/web_confirm.h"
#include "gateway/desk/web_frame.h"

enum { TIME_SIGNS = 5, NUMBER_MAX_BYTES = 40 };

struct people_errand
web_people_errand(const struct web_visit *visit, const char *name)
{
	return ((struct people_errand){ .store = visit->web->store,
	    .by = &visit->session->staff,
	    .secret = visit->session->secret,
	    .name = name,
	    .now_utc_s = visit->now_utc_s });
}

void
web_person_finish(struct web_visit *visit, const struct people_errand *errand,
    enum outcome outcome, const char *done, const char *path)
{
	if (outcome == DONE)
		web_tell(visit, WEB_TONE_DONE, page_word(&visit->page, done));
	else
		web_tell_one(visit, WEB_TONE_REFUSED,
		    "Nothing was changed: {why}.", "why",
		    page_word(&visit->page, people_reason_words(errand->why)));
	web_go(visit, path);
}

void
web_fold_open(struct web_visit *visit, const char *id, const char *english)
{
	struct page *page = &visit->page;

	page_raw(page, "<details class=\"act\"");
	page_attr(page, "id", id);
	page_raw(page, "><summary>");
	page_say(page, english);
	page_raw(page, "</summary>");
}

void
web_fold_close(struct web_visit *visit)
{
	page_raw(&visit->page, "</details>\n");
}

/* -- how they stand --------------------------------------------------------- */

static void
open_term(struct page *page, const char *english)
{
	page_raw(page, "<div><dt>");
	page_say(page, english);
	page_raw(page, "</dt><dd>");
}

static void
close_term(struct page *page)
{
	page_raw(page, "</dd></div>\n");
}

static int
works_on_cases(const struct staff *staff)
{
	return (strcmp(staff->role, "technician") != 0);
}

/* A technician's is alarmed and asks for nothing. */
static const char *
phone_words(const struct staff *staff)
{
	return (works_on_cases(staff) ? WORDS("Phone in the field")
				      : WORDS("Phone for alarms"));
}

static void
add_codes_left(struct page *page, const struct staff *staff)
{
	open_term(page, WORDS("Codes left"));
	page_integer(page, staff->codes_left);
	if (staff->is_locked) {
		page_raw(page, " <strong class=\"care\">");
		page_say(page, "locked: too many wrong ones");
		page_raw(page, "</strong>");
	}
	close_term(page);
}

void
web_person_add_facts(struct web_visit *visit, const struct staff *staff)
{
	struct page *page = &visit->page;

	page_raw(page, "<dl class=\"facts figures\">\n");
	open_term(page, WORDS("Role"));
	page_say(page, staff->role);
	close_term(page);
	open_term(page, WORDS("State"));
	page_say(page, people_state_words(staff));
	close_term(page);
	open_term(page, WORDS("On duty"));
	page_raw(page, "<bdi>");
	page_say(page, people_duty_words(staff).text);
	page_raw(page, "</bdi>");
	close_term(page);
	open_term(page, phone_words(staff));
	page_say(page, staff->has_phone ? WORDS("yes") : WORDS("no"));
	close_term(page);
	if (staff->has_phone && works_on_cases(staff))
		add_codes_left(page, staff);
	page_raw(page, "</dl>\n");
}

/* -- duty ------------------------------------------------------------------- */

static void
open_path_form(struct web_visit *visit, const struct web_person *person,
    const char *behind, const char *label)
{
	struct text path = { 0 };

	text_printf(&path, "%s%s", person->path, behind);
	web_form_open(visit, path.bytes, label);
	text_free(&path);
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
add_on_duty(struct page *page, const struct staff *staff)
{
	page_raw(page,
	    "<p class=\"field check\"><input type=\"checkbox\""
	    " id=\"on\" name=\"on\" value=\"1\"");
	if (staff->is_on_duty)
		page_raw(page, " checked");
	page_raw(page, "><label for=\"on\">");
	page_say(page,
	    works_on_cases(staff)
		? WORDS("On duty: urgent requests are told by SMS")
		: WORDS("On duty: a line that needs a hand is told by SMS"));
	page_raw(page, "</label></p>");
}

void
web_person_add_duty(struct web_visit *visit, const struct web_person *person)
{
	const struct staff *staff = person->staff;
	struct people_duty_text duty = people_duty_words(staff);
	struct web_input from = { .name = "from",
		.label = WORDS("From"),
		.hint = WORDS("Hours of the office's clock; leave both empty"
			      " for the whole day. They may go past midnight."),
		.type = "time" };
	struct web_input until = {
		.name = "until", .label = WORDS("Until"), .type = "time"
	};

	if (strlen(duty.text) == 2 * TIME_SIGNS + 1) {
		duty.text[TIME_SIGNS] = '\0';
		from.value = duty.text;
		until.value = duty.text + TIME_SIGNS + 1;
	}
	web_fold_open(visit, "duty", WORDS("Duty"));
	open_path_form(visit, person, "/duty", WORDS("Duty"));
	add_on_duty(&visit->page, staff);
	web_input(visit, &from);
	web_input(visit, &until);
	close_button_form(visit, WORDS("Keep the hours"));
	web_fold_close(visit);
}

void
web_person_take_duty(struct web_visit *visit, const struct web_person *person)
{
	struct people_errand errand =
	    web_people_errand(visit, person->staff->name);
	const char *from = web_given(visit, "from");
	const char *until = web_given(visit, "until");
	int is_on = web_given(visit, "on")[0] != '\0';
	struct text hours = { 0 };
	const char *done = WORDS("Off duty.");
	enum outcome outcome;

	/* The hours still stand in the form when the tick is taken off. */
	if (is_on && (from[0] != '\0' || until[0] != '\0'))
		text_printf(&hours, "%s-%s", from, until);
	outcome = people_set_duty(&errand, is_on, text_string(&hours));
	text_free(&hours);
	if (outcome == DONE && is_on)
		done = errand.whom.has_phone
		    ? WORDS("On duty.")
		    : WORDS("On duty, but without a phone, so no alarm comes:"
			    " give the phone's number below.");
	web_person_finish(visit, &errand, outcome, done, person->path);
}

/* -- phone ------------------------------------------------------------------ */

static void
add_lines(struct web_visit *visit)
{
	const struct settings *settings = &visit->web->settings;
	struct page *page = &visit->page;

	page_raw(page, "<p class=\"field\"><label for=\"line\">");
	page_say(page, "Texted by");
	page_raw(page,
	    "</label><select id=\"line\" name=\"line\"><option value=\"\">");
	page_say(page, "any line");
	page_raw(page, "</option>");
	for (size_t i = 0; i < settings->line_count; i++) {
		page_raw(page, "<option");
		page_attr(page, "value", settings->lines[i].name);
		page_raw(page, ">");
		page_text(page, settings->lines[i].name);
		page_raw(page, "</option>");
	}
	page_raw(page, "</select></p>\n");
}

static void
add_codes_form(struct web_visit *visit, const struct web_person *person)
{
	struct page *page = &visit->page;

	page_raw(page, "<p>");
	page_say(page,
	    "One-time codes are shown once, on a page to print. Codes of"
	    " before are void then.");
	page_raw(page, "</p>");
	open_path_form(visit, person, "/codes", WORDS("One-time codes"));
	web_hidden(visit, "once", web_once_make().signs);
	close_button_form(visit, WORDS("Make new codes"));
}

static void
add_no_phone_form(struct web_visit *visit, const struct web_person *person)
{
	open_path_form(visit, person, "/phone", phone_words(person->staff));
	web_hidden(visit, "none", "1");
	close_button_form(visit, WORDS("Take the phone away"));
}

void
web_person_add_phone(struct web_visit *visit, const struct web_person *person)
{
	static const struct web_input number = { .name = "number",
		.label = WORDS("Number"),
		.hint = WORDS("It is kept sealed and not shown again."),
		.type = "tel",
		.autocomplete = "off",
		.is_required = 1,
		.max_bytes = NUMBER_MAX_BYTES };
	const struct staff *staff = person->staff;

	web_fold_open(visit, "phone", phone_words(staff));
	if (staff->has_phone && works_on_cases(staff))
		add_codes_form(visit, person);
	if (staff->has_phone)
		add_no_phone_form(visit, person);
	open_path_form(visit, person, "/phone",
	    staff->has_phone ? WORDS("Another phone") : WORDS("A phone"));
	web_input(visit, &number);
	add_lines(visit);
	close_button_form(visit, WORDS("Keep the phone"));
	web_fold_close(visit);
}

/* What was done, and what comes next. */
static const char *
phone_done_words(const struct staff *staff, int is_none)
{
	if (!works_on_cases(staff))
		return (is_none ? WORDS("The phone is taken away.")
				: WORDS("The phone is kept; alarms come to it"
					" while its owner is on duty."));
	return (is_none ? WORDS("The phone is taken away; its codes are void.")
			: WORDS("The phone is kept. Now make codes for it."));
}

void
web_person_take_phone(struct web_visit *visit, const struct web_person *person)
{
	struct people_errand errand =
	    web_people_errand(visit, person->staff->name);
	int is_none = web_given(visit, "none")[0] != '\0';
	enum outcome outcome;

	if (!web_confirm_check(visit, person->path))
		return;
	outcome = is_none
	    ? people_take_phone(&errand)
	    : people_set_phone(&errand, &visit->web->settings,
		  web_given(visit, "number"), web_given(visit, "line"));
	web_person_finish(visit, &errand, outcome,
	    phone_done_words(person->staff, is_none), person->path);
}

/* -- codes ------------------------------------------------------------------ */

static void
add_orders(struct page *page)
{
	page_raw(page, "<dl class=\"orders\">\n");
	for (size_t i = 0; i < people_order_count; i++) {
		page_raw(page, "<div><dt><bdi dir=\"ltr\">");
		page_text(page, people_orders[i].order);
		page_raw(page, "</bdi></dt><dd>");
		page_say(page, people_orders[i].does);
		page_raw(page, "</dd></div>\n");
	}
	page_raw(page, "</dl>\n");
}

static void
write_codes(struct web_visit *visit, const struct web_person *person,
    const struct staff_code *codes, size_t count)
{
	const struct web_frame frame = { .title = WORDS("One-time codes"),
		.kind = "plain",
		.here = person->here };
	struct page *page = &visit->page;

	web_frame_open(visit, &frame);
	page_raw(page, "<h1>");
	page_say_one(
	    page, "One-time codes of {name}", "name", person->staff->name);
	page_raw(page, "</h1>\n<p class=\"notice care screen\">");
	page_say(
	    page, "Print this page now (Ctrl and P): it is not shown again.");
	page_raw(page, "</p>\n<p>");
	page_say(page,
	    "Each is good for one text, from this phone only. Write to the"
	    " helpline's number:");
	page_raw(page, "</p>\n");
	add_orders(page);
	page_raw(page, "<p>");
	page_say(page, "Cross out what you have used.");
	page_raw(page, "</p>\n<ol class=\"codes\">\n");
	for (size_t i = 0; i < count; i++) {
		page_raw(page, "<li><bdi dir=\"ltr\">");
		page_text(page, codes[i].text);
		page_raw(page, "</bdi></li>\n");
	}
	page_raw(page, "</ol>\n<p class=\"screen\"><a");
	page_url(page, "href", person->path);
	page_raw(page, ">");
	page_say(page, "They are printed: go back");
	page_raw(page, "</a></p>\n");
	web_frame_close(visit);
}

/* The same form sent again, by reloading the page, would make what was just
 * printed void. */
static int
was_sent_before(struct web_visit *visit)
{
	struct web_session *session = visit->session;
	const char *once = web_given(visit, "once");

	if (strlen(once) != WEB_ONCE_SIGNS ||
	    strcmp(session->codes_once, once) == 0)
		return (1);
	snprintf(session->codes_once, sizeof(session->codes_once), "%s", once);
	return (0);
}

void
web_person_take_codes(struct web_visit *visit, const struct web_person *person)
{
	struct people_errand errand =
	    web_people_errand(visit, person->staff->name);
	struct staff_code codes[PEOPLE_CODES_USUAL];
	enum outcome outcome;

	if (!web_confirm_check(visit, person->path))
		return;
	if (was_sent_before(visit)) {
		web_tell(visit, WEB_TONE_REFUSED,
		    page_word(&visit->page,
			"These codes were shown before, and are good. Make"
			" new ones if they were not printed."));
		web_go(visit, person->path);
		return;
	}
	outcome = people_make_codes(&errand, codes, COUNT_OF(codes));
	if (outcome == DONE)
		write_codes(visit, person, codes, COUNT_OF(codes));
	else
		web_person_finish(visit, &errand, outcome, "", person->path);
	explicit_bzero(codes, sizeof(codes));
}
