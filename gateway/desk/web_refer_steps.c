/* The steps of a referral, as web_refer.c's forms send them. */
#include "gateway/base/marked_words.h"
#include "gateway/desk/case_referral.h"
#include "gateway/desk/poke.h"
#include "gateway/desk/web_case.h"
#include "gateway/desk/web_frame.h"
#include "gateway/desk/web_pages.h"

enum { STATUS_CONFLICT = 409 };

static void
refuse(struct web_visit *visit, const struct referral_errand *step)
{
	const char *words = step->why != REFERRAL_FINE
	    ? referral_reason_words(step->why)
	    : case_reason_words(step->errand.why);

	web_tell(visit, WEB_TONE_REFUSED, page_word(&visit->page, words));
	web_refer_show(visit);
	visit->answer->status = STATUS_CONFLICT;
}

MUST_USE static enum outcome
ask(struct web_visit *visit, struct referral_errand *step)
{
	unsigned parts;
	enum outcome outcome =
	    case_referral_ask(step, web_given(visit, "question"), &parts);

	/* A hub that does not run sends it when it starts. */
	if (outcome == DONE)
		(void)!poke_hub(visit->web->settings.control_path);
	return (outcome);
}

MUST_USE static enum outcome
note(struct web_visit *visit, struct referral_errand *step)
{
	return (case_referral_note(step, web_given(visit, "wording")));
}

MUST_USE static enum outcome
accept_it(struct web_visit *visit, struct referral_errand *step)
{
	(void)visit;
	return (case_referral_answer(step, 1));
}

MUST_USE static enum outcome
decline(struct web_visit *visit, struct referral_errand *step)
{
	(void)visit;
	return (case_referral_answer(step, 0));
}

MUST_USE static enum outcome
withdraw(struct web_visit *visit, struct referral_errand *step)
{
	(void)visit;
	return (case_referral_withdraw(step));
}

MUST_USE static enum outcome
settle(struct web_visit *visit, struct referral_errand *step)
{
	(void)visit;
	return (case_referral_settle(step));
}

MUST_USE static enum outcome
told(struct web_visit *visit, struct referral_errand *step)
{
	(void)visit;
	return (case_referral_told(step));
}

static const struct {
	const char *name;
	enum outcome (*take)(
	    struct web_visit *visit, struct referral_errand *step);
	const char *done; /* English */
} steps[] = {
	{ "ask", ask, WORDS("The question is on its way.") },
	{ "note", note, WORDS("Their consent is kept.") },
	{ "accept", accept_it, WORDS("It is noted.") },
	{ "decline", decline, WORDS("It is noted.") },
	{ "withdraw", withdraw, WORDS("Nothing more is passed.") },
	{ "settle", settle, WORDS("You may go on.") },
	{ "told", told, WORDS("It is noted.") },
};

/* A sheet is a page to print; a sealed file is saved. */
static void
give_out(struct web_visit *visit, const struct referral_errand *step,
    const struct referral_pass *pass, struct text *made)
{
	const struct web_frame frame = { .title = WORDS("Sheet"),
		.kind = "plain" };
	struct page *page = &visit->page;

	if (pass->form == REFERRAL_FILE) {
		visit->answer->type = "application/octet-stream";
		text_printf(&visit->answer->file_name, "%s.waymark",
		    step->errand.request.ref);
		text_add_bytes(&visit->answer->body, made->bytes, made->length);
		return;
	}
	web_frame_open(visit, &frame);
	page_raw(page, "<h1>");
	page_say(page, "Sheet");
	page_raw(page, "</h1><p class=\"hint screen\">");
	page_say(page,
	    "Print this page, or copy it. It is not kept: the case holds what"
	    " was passed, when and to whom.");
	page_raw(page, "</p>\n<pre class=\"sheet\" dir=\"auto\">\n");
	page_text(page, text_string(made));
	page_raw(page, "</pre>\n");
	web_frame_close(visit);
}

static void
pass_on(struct web_visit *visit, struct referral_errand *step)
{
	const char *names[REFERRAL_FIELDS_MOST];
	struct referral_pass pass = { .form = REFERRAL_SHEET,
		.fields = names,
		.words = web_given(visit, "words"),
		.from = "" };
	struct text made = { 0 };

	if (strcmp(web_given(visit, "form"), "file") == 0)
		pass.form = REFERRAL_FILE;
	for (size_t i = 0; i < visit->form.count; i++) {
		if (strcmp(visit->form.items[i].name, "field") == 0 &&
		    pass.field_count < REFERRAL_FIELDS_MOST)
			names[pass.field_count++] = visit->form.items[i].value;
	}
	if (pass.words[0] == '\0')
		pass.words = NULL;
	if (case_referral_pass(step, &pass, &made) != DONE)
		refuse(visit, step);
	else
		give_out(visit, step, &pass, &made);
	text_free(&made);
}

void
web_refer_take(struct web_visit *visit)
{
	struct referral_errand step = { .errand = web_case_errand(visit),
		.partner = web_given(visit, "partner") };
	const char *name = web_given(visit, "step");
	struct text path = { 0 };

	if (strcmp(name, "pass") == 0) {
		pass_on(visit, &step);
		return;
	}
	for (size_t i = 0; i < COUNT_OF(steps); i++) {
		if (strcmp(steps[i].name, name) != 0)
			continue;
		if (steps[i].take(visit, &step) != DONE) {
			refuse(visit, &step);
			return;
		}
		web_tell(visit, WEB_TONE_DONE,
		    page_word(&visit->page, steps[i].done));
	}
	web_case_path(visit, "/refer", &path);
	web_go(visit, path.bytes);
	text_free(&path);
}
