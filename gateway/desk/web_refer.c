/* Referring a caller to a partner: consent, then what is ticked, then what the
 * partner said.  Each step is a form with the word of the step in it; what
 * becomes of it is web_refer_steps.c. */
#include "gateway/desk/case_referral.h"
#include "gateway/desk/web_case.h"
#include "gateway/desk/web_frame.h"
#include "gateway/desk/web_pages.h"
#include "gateway/desk/web_queue.h"
#include "store/partners.h"

enum {
	STATUS_NOT_FOUND = 404,
	WORDING_ROWS = 3,
};

/* -- forms ------------------------------------------------------------------ */

/* `partner` NULL: it is chosen in the form. */
static void
open_step(struct web_visit *visit, const char *step, const char *partner,
    const char *label)
{
	struct text path = { 0 };

	web_case_path(visit, "/refer", &path);
	web_form_open(visit, path.bytes, label);
	web_hidden(visit, "step", step);
	if (partner != NULL)
		web_hidden(visit, "partner", partner);
	text_free(&path);
}

static void
add_step_button(struct web_visit *visit, const char *step,
    const struct referral *referral, const char *english)
{
	open_step(visit, step, referral->partner_name, NULL);
	web_button(visit, english, "");
	web_form_close(visit);
}

static void
add_area(struct web_visit *visit, const char *name, const char *label,
    const char *hint)
{
	const struct web_input input = { .name = name,
		.label = label,
		.hint = hint,
		.value = web_given(visit, name),
		.rows = WORDING_ROWS,
		.is_required = strcmp(name, "words") != 0 };

	web_input(visit, &input);
}

/* -- one referral ----------------------------------------------------------- */

static const char *
state_words(const struct referral *referral)
{
	static const char *const words[] = {
		[REFERRAL_ASKED] = WORDS("the caller was asked; no answer yet"),
		[REFERRAL_AGREED] = WORDS("the caller agreed"),
		[REFERRAL_REFUSED] = WORDS("the caller said no"),
		[REFERRAL_PASSED] = WORDS("passed to the partner"),
		[REFERRAL_ACCEPTED] = WORDS("the partner accepted"),
		[REFERRAL_DECLINED] = WORDS("the partner declined"),
		[REFERRAL_WITHDRAWN] = WORDS("the caller took it back"),
		[REFERRAL_ENDED] = WORDS("ended with the case"),
	};

	return (words[referral->state]);
}

static void
add_field(struct web_visit *visit, const struct referral_field *field)
{
	struct page *page = &visit->page;
	struct text id = { 0 };

	if (field->value == NULL || field->value[0] == '\0')
		return;
	text_printf(&id, "field-%s", field->name);
	page_raw(page,
	    "<p class=\"field check\"><input type=\"checkbox\""
	    " name=\"field\"");
	page_attr(page, "id", id.bytes);
	page_attr(page, "value", field->name);
	page_raw(page, "><label");
	page_attr(page, "for", id.bytes);
	page_raw(page, ">");
	page_words_of_people(page, NULL, page_word(page, field->label));
	page_raw(page, ": ");
	/* The number itself is shown elsewhere, and audited. */
	if (strcmp(field->name, "number") == 0)
		page_say(page, "the caller's number");
	else
		page_words_of_people(page, NULL, field->value);
	page_raw(page, "</label></p>\n");
	text_free(&id);
}

static void
add_pass(struct web_visit *visit, const struct referral *referral)
{
	struct errand errand = web_case_errand(visit);
	struct referral_fields fields = { 0 };
	struct page *page = &visit->page;

	if (case_referral_fields(&errand, &fields) != DONE)
		return;
	open_step(visit, "pass", referral->partner_name, "Pass on");
	page_raw(page, "<fieldset><legend>");
	page_say(page, "What the partner needs to know, and no more");
	page_raw(page, "</legend>\n");
	for (size_t i = 0; i < fields.count; i++)
		add_field(visit, &fields.items[i]);
	page_raw(page, "</fieldset>\n");
	add_area(visit, "words", WORDS("In your own words"),
	    WORDS("It stands on the sheet."));
	page_raw(page, "<p class=\"buttons\">");
	web_button(visit, "Make a sheet to print", "main");
	page_raw(page, " <button name=\"form\" value=\"file\">");
	page_say(page, "Make a sealed file");
	page_raw(page, "</button></p>");
	web_form_close(visit);
	referral_fields_free(&fields);
}

static void
add_steps(struct web_visit *visit, const struct referral *referral)
{
	enum referral_state state = referral->state;
	int is_passed = state == REFERRAL_PASSED ||
	    state == REFERRAL_ACCEPTED || state == REFERRAL_DECLINED;

	page_raw(&visit->page, "<div class=\"buttons\">");
	if (referral->is_in_doubt)
		add_step_button(visit, "settle", referral,
		    "Their NO was about something else");
	if (state == REFERRAL_PASSED) {
		add_step_button(
		    visit, "accept", referral, "The partner accepted");
		add_step_button(
		    visit, "decline", referral, "The partner declined");
	}
	if (state == REFERRAL_ASKED || state == REFERRAL_AGREED || is_passed)
		add_step_button(
		    visit, "withdraw", referral, "The caller took it back");
	if (state == REFERRAL_WITHDRAWN && referral->passed_utc_s != 0 &&
	    referral->told_utc_s == 0)
		add_step_button(visit, "told", referral,
		    "The partner knows that it was taken back");
	page_raw(&visit->page, "</div>\n");
	if (!referral->is_in_doubt && (state == REFERRAL_AGREED || is_passed))
		add_pass(visit, referral);
}

/* The words of the consent, and the caller's own answer. */
static void
add_consent(struct web_visit *visit, const struct referral *referral)
{
	struct errand errand = web_case_errand(visit);
	struct text wording = { 0 };
	struct text answer = { 0 };
	struct page *page = &visit->page;

	if (case_referral_consent(&errand, referral, &wording, &answer) ==
	    DONE) {
		if (wording.length > 0) {
			page_raw(page, "<p class=\"bubble\">");
			page_words_of_people(page, NULL, wording.bytes);
			page_raw(page, "</p>");
		}
		if (answer.length > 0) {
			page_raw(page, "<p>");
			page_say(page, "Their answer:");
			page_raw(page, " ");
			page_words_of_people(page, NULL, answer.bytes);
			page_raw(page, "</p>");
		}
	}
	text_free(&wording);
	text_free(&answer);
}

static void
add_referral(struct web_visit *visit, const struct referral *referral)
{
	struct page *page = &visit->page;

	page_raw(page, "<section class=\"act next\"><h2><bdi>");
	page_text(page, referral->partner_name);
	page_raw(page, "</bdi></h2><p><strong>");
	page_say(page, state_words(referral));
	page_raw(page, "</strong>");
	if (referral->is_in_doubt) {
		page_raw(page, " ");
		page_say(page,
		    "They wrote NO since: ask what they meant before you go"
		    " on.");
	}
	page_raw(page, "</p>\n");
	if (referral->agreed_utc_s != 0) {
		page_raw(page, "<p>");
		page_say(page, "Agreed on:");
		page_raw(page, " ");
		web_moment(page, referral->agreed_utc_s);
		page_raw(page, " UTC</p>\n");
	}
	add_consent(visit, referral);
	add_steps(visit, referral);
	page_raw(page, "</section>\n");
}

/* -- a new one -------------------------------------------------------------- */

static void
add_partners(struct web_visit *visit, const char *id,
    const struct partner_list *partners)
{
	struct page *page = &visit->page;

	page_raw(page, "<p class=\"field\"><label");
	page_attr(page, "for", id);
	page_raw(page, ">");
	page_say(page, "Partner");
	page_raw(page, "</label><select name=\"partner\" required");
	page_attr(page, "id", id);
	page_raw(page, ">");
	for (size_t i = 0; i < partners->count; i++) {
		page_raw(page, "<option");
		page_attr(page, "value", partners->items[i].name);
		page_raw(page, ">");
		page_text(page, partners->items[i].name);
		page_raw(page, " · ");
		page_text(page, partners->items[i].kind);
		page_raw(page, "</option>");
	}
	page_raw(page, "</select></p>\n");
}

static void
add_new(struct web_visit *visit)
{
	struct partner_list partners = { 0 };
	struct page *page = &visit->page;

	if (partners_list(visit->web->store, 0, &partners) != DONE)
		partners.count = 0;
	page_raw(page, "<section class=\"acts\"><h2>");
	page_say(page, "A new referral");
	page_raw(page, "</h2>\n");
	if (partners.count == 0) {
		page_raw(page, "<p class=\"empty\">");
		page_say(page, "There are no partners yet; a lead adds them.");
		page_raw(page, "</p></section>\n");
		free(partners.items);
		return;
	}
	page_raw(page, "<details class=\"act\" id=\"ask\" open><summary>");
	page_say(page, "Ask the caller by text");
	page_raw(page, "</summary>");
	open_step(visit, "ask", NULL, "Ask the caller");
	add_partners(visit, "partner-asked", &partners);
	add_area(visit, "question",
	    WORDS("The question, in the caller's language"),
	    WORDS(
		"Say who it is and what they will be told. The caller answers YES"
		" or NO."));
	page_raw(page, "<p>");
	web_button(visit, "Send the question", "main");
	page_raw(page, "</p>");
	web_form_close(visit);
	page_raw(page,
	    "</details>\n<details class=\"act\" id=\"noted\">"
	    "<summary>");
	page_say(page, "They have agreed already, by voice or by text");
	page_raw(page, "</summary>");
	open_step(visit, "note", NULL, "They agreed");
	add_partners(visit, "partner-noted", &partners);
	add_area(visit, "wording", WORDS("What exactly they agreed to"),
	    WORDS("Their own words are best."));
	page_raw(page, "<p>");
	web_button(visit, "Keep their consent", "");
	page_raw(page, "</p>");
	web_form_close(visit);
	page_raw(page, "</details></section>\n");
	free(partners.items);
}

/* -- the page --------------------------------------------------------------- */

static void
write_page(struct web_visit *visit, const struct request *request,
    const struct referral_list *list)
{
	const struct web_frame frame = {
		.title = WORDS("Refer"), .kind = "case", .list = web_queue_add
	};
	struct page *page = &visit->page;

	visit->ref = request->ref;
	web_frame_open(visit, &frame);
	web_case_add_head(visit, WORDS("Refer"));
	page_raw(page, "<p>");
	page_say(page,
	    "Nothing is passed to anybody before the caller has agreed, and"
	    " then only what you tick.");
	page_raw(page, "</p>\n");
	for (size_t i = 0; i < list->count; i++)
		add_referral(visit, &list->items[i]);
	if (request->state == REQUEST_CLAIMED &&
	    request->claimed_by == visit->session->staff.id)
		add_new(visit);
	web_frame_close(visit);
}

void
web_refer_show(struct web_visit *visit)
{
	struct errand errand = web_case_errand(visit);
	struct referral_list list = { 0 };

	if (case_referral_list(&errand, &list) != DONE) {
		web_refuse(visit, STATUS_NOT_FOUND,
		    WORDS("This case is not to be had"),
		    case_reason_words(errand.why));
		return;
	}
	write_page(visit, &errand.request, &list);
	free(list.items);
}
