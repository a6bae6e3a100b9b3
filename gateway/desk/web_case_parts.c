/* What is known of a case: consent and safety, answers, thread, events. */
#include "gateway/desk/web_case_parts.h"

#include "gateway/desk/web_frame.h"

/* -- what must be in plain sight -------------------------------------------- */

static void
add_fact(struct page *page, const char *name, const char *value)
{
	page_raw(page, "<dt>");
	page_say(page, name);
	page_raw(page, "</dt><dd>");
	page_say(page, value);
	page_raw(page, "</dd>\n");
}

static const char *
consent_words(const struct request *request)
{
	if (strcmp(request->consent, "yes") == 0)
		return ("agreed to be contacted");
	if (strcmp(request->consent, "no") == 0)
		return ("did not agree to be contacted");
	return ("not asked yet");
}

static const char *
safety_words(const struct case_sheet *sheet)
{
	if (sheet->is_stopped)
		return ("said STOP: write nothing");
	if (sheet->request.is_on_hold)
		return ("texting is not safe now");
	return ("nothing known against texting");
}

static void
add_owner(struct web_visit *visit, const struct request *request)
{
	struct page *page = &visit->page;

	page_raw(page, "<dt>");
	page_say(page, "Case");
	page_raw(page, "</dt><dd>");
	if (request->state != REQUEST_CLAIMED)
		page_say(page, web_state_words(request->state));
	else if (request->claimed_by == visit->session->staff.id)
		page_say(page, "yours");
	else
		page_say_one(
		    page, "with {name}", "name", request->claimed_by_name);
	if (request->state == REQUEST_CLOSED && request->outcome[0] != '\0') {
		page_raw(page, ": <bdi>");
		page_text(page, request->outcome);
		page_raw(page, "</bdi>");
	}
	page_raw(page, "</dd>\n");
}

void
web_case_add_facts(struct web_visit *visit, const struct case_sheet *sheet)
{
	const struct request *request = &sheet->request;
	struct page *page = &visit->page;

	page_raw(page, "<dl class=\"facts\">\n");
	add_fact(page, "Risk", web_urgency_words(request->urgency));
	add_owner(visit, request);
	add_fact(page, "Consent", consent_words(request));
	add_fact(page, "Safety", safety_words(sheet));
	page_raw(page, "<dt>");
	page_say(page, "Since");
	page_raw(page, "</dt><dd>");
	web_moment(page, request->opened_utc_s);
	page_raw(page, " UTC</dd>\n<dt>");
	page_say(page, "From");
	page_raw(page, "</dt><dd>");
	page_text(page, request->corridor);
	page_raw(page, " · ");
	page_text(page, request->language);
	page_raw(page, " · ");
	page_text(page, request->line);
	page_raw(page, "</dd>\n</dl>\n");
}

/* -- answers ---------------------------------------------------------------- */

void
web_case_add_answers(struct web_visit *visit, const struct case_sheet *sheet)
{
	struct page *page = &visit->page;

	if (sheet->answer_count == 0)
		return;
	page_raw(page, "<section class=\"answers\"><h2>");
	page_say(page, "What they answered");
	page_raw(page, "</h2><dl>\n");
	for (size_t i = 0; i < sheet->answer_count; i++) {
		const struct case_answer *answer = &sheet->answers[i];

		page_raw(page, "<dt>");
		page_words_of_people(page, NULL,
		    answer->question[0] != '\0' ? answer->question
						: answer->name);
		page_raw(page, "</dt><dd>");
		page_words_of_people(page, NULL, answer->answer);
		page_raw(page, "</dd>\n");
	}
	page_raw(page, "</dl></section>\n");
}

/* -- the thread ------------------------------------------------------------- */

static void
add_text_head(struct web_visit *visit, const struct case_text *text)
{
	struct page *page = &visit->page;

	page_raw(page, "<p class=\"by\">");
	if (text->kind == CASE_TEXT_CALLER) {
		page_say(page, "Caller");
	} else {
		page_raw(page, "<bdi>");
		page_text(page, text->staff_name);
		page_raw(page, "</bdi>");
		if (text->kind == CASE_TEXT_NOTE) {
			page_raw(page, " · ");
			page_say(page, "note for the team");
		}
	}
	page_raw(page, " · ");
	web_moment(page, text->at_utc_s);
	if (text->kind == CASE_TEXT_REPLY) {
		page_raw(page, " · <span class=\"delivery\">");
		page_say(page, case_delivery_words(text->outbox_state));
		page_raw(page, "</span>");
	}
	page_raw(page, "</p>");
}

static void
add_text(
    struct web_visit *visit, const struct case_text *text, const char *language)
{
	struct page *page = &visit->page;

	switch (text->kind) {
	case CASE_TEXT_CALLER:
		page_raw(page, "<li class=\"text caller\">");
		break;
	case CASE_TEXT_REPLY:
		page_raw(page, "<li class=\"text reply\">");
		break;
	case CASE_TEXT_NOTE:
		page_raw(page, "<li class=\"text note\">");
		break;
	}
	add_text_head(visit, text);
	page_raw(page, "<div class=\"bubble\">");
	if (text->text != NULL)
		page_words_of_people(page,
		    text->kind == CASE_TEXT_NOTE ? NULL : language, text->text);
	else
		page_say(page, "(this text does not open)");
	page_raw(page, "</div></li>\n");
}

void
web_case_add_thread(struct web_visit *visit, const struct case_sheet *sheet)
{
	struct page *page = &visit->page;

	page_raw(page, "<section class=\"thread\"><h2>");
	page_say(page, "Texts and notes");
	page_raw(page, "</h2>\n");
	if (sheet->thread.count == 0) {
		page_raw(page, "<p class=\"empty\">");
		page_say(page, "No texts yet.");
		page_raw(page, "</p>");
	} else {
		page_raw(page, "<ol class=\"texts\">\n");
		for (size_t i = 0; i < sheet->thread.count; i++)
			add_text(visit, &sheet->thread.items[i],
			    sheet->request.language);
		page_raw(page, "</ol>\n");
	}
	page_raw(page, "</section>\n");
}

/* -- events ----------------------------------------------------------------- */

void
web_case_add_events(struct web_visit *visit, const struct case_sheet *sheet)
{
	struct page *page = &visit->page;

	page_raw(page, "<details class=\"events\"><summary>");
	page_say(page, "What happened");
	page_raw(page, "</summary><ol>\n");
	for (size_t i = 0; i < sheet->event_count; i++) {
		const struct request_event *event = &sheet->events[i];

		page_raw(page, "<li>");
		web_moment(page, event->at_utc_s);
		page_raw(page, " ");
		page_say(page, event->what);
		if (event->staff_name[0] != '\0') {
			page_raw(page, " · <bdi>");
			page_text(page, event->staff_name);
			page_raw(page, "</bdi>");
		}
		page_raw(page, "</li>\n");
	}
	page_raw(page, "</ol></details>\n");
}
