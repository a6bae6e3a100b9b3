/* What can be done with a case: the forms, and what comes of them. */
#include "gateway/desk/poke.h"
#include "gateway/desk/web_case_parts.h"
#include "gateway/desk/web_frame.h"
#include "gateway/desk/web_pages.h"
#include "gateway/text/segments.h"

enum { STATUS_CONFLICT = 409, REPLY_ROWS = 4, NOTE_ROWS = 3 };

/* -- the forms -------------------------------------------------------------- */

static void
open_form(struct web_visit *visit, const char *behind, const char *label)
{
	struct text path = { 0 };

	web_case_path(visit, behind, &path);
	web_form_open(visit, path.bytes, label);
	text_free(&path);
}

/* A form that is one button. */
static void
add_button_form(struct web_visit *visit, const char *behind,
    const char *english, const char *look)
{
	open_form(visit, behind, NULL);
	page_raw(&visit->page, "<p>");
	web_button(visit, english, look);
	page_raw(&visit->page, "</p>");
	web_form_close(visit);
}

/* What makes a reply go once, and only to what its writer has seen. */
static void
add_marks(struct web_visit *visit, const struct case_sheet *sheet)
{
	const struct web_once once = web_once_make();
	struct page *page = &visit->page;

	page_raw(page, "<input type=\"hidden\" name=\"once\"");
	page_attr(page, "value", once.signs);
	page_raw(page, "><input type=\"hidden\" name=\"seen\" value=\"");
	page_integer(page, sheet->seen);
	page_raw(page, "\">");
}

static void
add_reply_form(struct web_visit *visit, const struct case_sheet *sheet,
    const struct web_case_wish *wish)
{
	const struct web_input text = { .name = "reply",
		.label = "Your text to the caller",
		.hint = "It goes to their phone as an SMS.",
		.value = wish->reply,
		.rows = REPLY_ROWS,
		.is_required = 1 };
	const struct web_input reason = { .name = "despite",
		.label = "Your reason to write all the same",
		.hint = "The case keeps it.",
		.is_required = 1 };

	page_raw(&visit->page, "<section class=\"act next\"><h2>");
	page_say(&visit->page, "Reply");
	page_raw(&visit->page, "</h2>");
	open_form(visit, "/reply", "Reply");
	add_marks(visit, sheet);
	web_input(visit, &text);
	if (wish->asks_reason)
		web_input(visit, &reason);
	page_raw(&visit->page, "<p>");
	web_button(visit, "Send", "main");
	page_raw(&visit->page, "</p>");
	web_form_close(visit);
	page_raw(&visit->page, "</section>\n");
}

static void
add_note_form(struct web_visit *visit, const struct web_case_wish *wish)
{
	const struct web_input text = { .name = "note",
		.label = "A note for the team",
		.hint = "Callers never see it.",
		.value = wish->note,
		.rows = NOTE_ROWS,
		.is_required = 1 };

	open_form(visit, "/note", "Note");
	web_input(visit, &text);
	page_raw(&visit->page, "<p>");
	web_button(visit, "Keep the note", "");
	page_raw(&visit->page, "</p>");
	web_form_close(visit);
}

static void
add_close_form(struct web_visit *visit)
{
	const struct web_input words = { .name = "outcome",
		.label = "How did it end?",
		.hint = "A few plain words without digits, such as: advice"
			" given.",
		.max_bytes = CASE_OUTCOME_MAX_BYTES };

	open_form(visit, "/close", "Close");
	web_input(visit, &words);
	page_raw(&visit->page, "<p>");
	web_button(visit, "Close the case", "");
	page_raw(&visit->page, "</p>");
	web_form_close(visit);
}

static void
add_owner_acts(struct web_visit *visit, const struct case_sheet *sheet,
    const struct web_case_wish *wish)
{
	add_reply_form(visit, sheet, wish);
	page_raw(&visit->page, "<section class=\"act\"><h2>");
	page_say(&visit->page, "Close or pass on");
	page_raw(&visit->page, "</h2>");
	add_close_form(visit);
	add_button_form(visit, "/pass", "Give it back to the queue", "quiet");
	page_raw(&visit->page, "</section>\n");
}

void
web_case_add_acts(struct web_visit *visit, const struct case_sheet *sheet,
    const struct web_case_wish *wish)
{
	const struct request *request = &sheet->request;
	struct page *page = &visit->page;

	if (request->state == REQUEST_OPEN) {
		page_raw(page, "<section class=\"act next\"><h2>");
		page_say(page, "Nobody has it yet");
		page_raw(page, "</h2>");
		add_button_form(visit, "/claim", "Claim it", "main");
		page_raw(page, "</section>\n");
	} else if (request->state == REQUEST_CLAIMED &&
	    request->claimed_by == visit->session->staff.id) {
		add_owner_acts(visit, sheet, wish);
	} else if (request->state == REQUEST_CLOSED) {
		page_raw(page, "<section class=\"act\"><h2>");
		page_say(page, "It is closed");
		page_raw(page, "</h2>");
		add_button_form(visit, "/reopen", "Open it again", "");
		page_raw(page, "</section>\n");
	}
	if (request->state == REQUEST_WITHDRAWN ||
	    request->state == REQUEST_FORGOTTEN)
		return;
	page_raw(page, "<section class=\"act\"><h2>");
	page_say(page, "Note");
	page_raw(page, "</h2>");
	add_note_form(visit, wish);
	page_raw(page, "</section>\n");
}

/* -- what comes of them ----------------------------------------------------- */

static struct errand
errand_of(const struct web_visit *visit)
{
	return ((struct errand){ .worker = &visit->session->worker,
	    .ref = visit->ref,
	    .now_utc_s = visit->now_utc_s });
}

/* Says why, and shows the case as it is now with what was typed. */
static void
refuse(struct web_visit *visit, const struct errand *errand,
    const struct web_case_wish *wish)
{
	const struct page *page = &visit->page;

	if (errand->why == CASE_TAKEN && errand->was_found &&
	    errand->request.claimed_by_name[0] != '\0')
		web_tell_one(visit, WEB_TONE_REFUSED,
		    "{name} has claimed it. Nothing was changed.", "name",
		    errand->request.claimed_by_name);
	else
		web_tell(visit, WEB_TONE_REFUSED,
		    page_word(page, case_reason_words(errand->why)));
	web_case_write(visit, wish);
	if (visit->answer->status == 200)
		visit->answer->status = STATUS_CONFLICT;
}

/* `done` is English. */
static void
finish(struct web_visit *visit, const struct errand *errand,
    enum outcome outcome, const char *done)
{
	const struct web_case_wish nothing = { 0 };
	struct text path = { 0 };

	if (outcome != DONE) {
		refuse(visit, errand, &nothing);
		return;
	}
	web_tell(visit, WEB_TONE_DONE, page_word(&visit->page, done));
	web_case_path(visit, "", &path);
	web_go(visit, path.bytes);
	text_free(&path);
}

void
web_case_claim(struct web_visit *visit)
{
	struct errand errand = errand_of(visit);
	enum outcome outcome = cases_claim(&errand);

	finish(visit, &errand, outcome, "It is yours now.");
}

void
web_case_pass(struct web_visit *visit)
{
	struct errand errand = errand_of(visit);
	enum outcome outcome = cases_pass(&errand);

	finish(visit, &errand, outcome, "It is back in the queue.");
}

void
web_case_reopen(struct web_visit *visit)
{
	struct errand errand = errand_of(visit);
	enum outcome outcome = cases_reopen(&errand);

	finish(visit, &errand, outcome, "It is open again, for anybody.");
}

void
web_case_close(struct web_visit *visit)
{
	const char *words = web_given(visit, "outcome");
	struct errand errand = errand_of(visit);
	enum outcome outcome =
	    cases_close(&errand, words[0] != '\0' ? words : NULL);

	finish(visit, &errand, outcome, "It is closed.");
}

void
web_case_note(struct web_visit *visit)
{
	const struct web_case_wish wish = { .note = web_given(visit, "note") };
	struct errand errand = errand_of(visit);
	enum outcome outcome = cases_note(&errand, wish.note);

	if (outcome != DONE)
		refuse(visit, &errand, &wish);
	else
		finish(visit, &errand, outcome, "The note is kept.");
}

void
web_case_number(struct web_visit *visit)
{
	const struct web_case_wish wish = { .with_number = 1 };

	web_case_write(visit, &wish);
}

/* -- the reply -------------------------------------------------------------- */

static void
refuse_reply(struct web_visit *visit, const struct errand *errand)
{
	const struct web_case_wish wish = {
		/* What went out already is no draft any more. */
		.reply = errand->why == CASE_SENT_ALREADY
		    ? NULL
		    : web_given(visit, "reply"),
		.asks_reason = case_takes_exception(errand->why),
	};

	refuse(visit, errand, &wish);
}

static void
tell_sent(struct web_visit *visit, unsigned parts)
{
	char number[16];

	snprintf(number, sizeof(number), "%u", parts);
	if (poke_hub(visit->web->settings.control_path) == DONE)
		web_tell_one(visit, WEB_TONE_DONE,
		    "Your text is on its way. Parts: {count}.", "count",
		    number);
	else
		web_tell(visit, WEB_TONE_DONE,
		    page_word(&visit->page,
			"Your text is kept and goes out when the hub runs"
			" again."));
}

void
web_case_reply(struct web_visit *visit)
{
	struct case_reply reply = { .text = web_given(visit, "reply"),
		.despite = web_field(&visit->form, "despite"),
		.token = web_given(visit, "once") };
	struct errand errand = errand_of(visit);
	struct text path = { 0 };
	unsigned parts = 0;

	if (!text_read_integer(
		web_given(visit, "seen"), INT64_MIN, INT64_MAX, &reply.seen))
		reply.seen = 0;
	if (cases_reply(&errand, &reply, &parts) == DONE) {
		tell_sent(visit, parts);
		web_case_path(visit, "", &path);
		web_go(visit, path.bytes);
	} else {
		refuse_reply(visit, &errand);
	}
	text_free(&path);
}
