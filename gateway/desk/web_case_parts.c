/* What is known of a case: consent and safety, answers, thread, events. */
#include "gateway/desk/web_case_parts.h"

#include "gateway/desk/web_frame.h"
#include "store/contacts.h"

/* -- what must be in plain sight -------------------------------------------- */

enum look {
	LOOK_PLAIN,
	LOOK_GOOD,
	LOOK_CARE, /* must not be missed */
};

struct fact {
	const char *words; /* English */
	enum look look;
};

static void
add_fact(struct page *page, const char *name, const struct fact *fact)
{
	page_raw(page, "<div><dt>");
	page_say(page, name);
	if (fact->look == LOOK_CARE)
		page_raw(page, "</dt><dd class=\"care\">");
	else if (fact->look == LOOK_GOOD)
		page_raw(page, "</dt><dd class=\"good\">");
	else
		page_raw(page, "</dt><dd>");
	page_say(page, fact->words);
	page_raw(page, "</dd></div>\n");
}

static struct fact
risk_of(const struct request *request)
{
	return ((struct fact){ web_urgency_words(request->urgency),
	    request->urgency >= URGENCY_HIGH ? LOOK_CARE : LOOK_PLAIN });
}

static struct fact
consent_of(const struct request *request)
{
	if (strcmp(request->consent, "yes") == 0)
		return ((struct fact){
		    WORDS("agreed to be contacted"), LOOK_GOOD });
	if (strcmp(request->consent, "no") == 0)
		return ((struct fact){
		    WORDS("did not agree to be contacted"), LOOK_CARE });
	return ((struct fact){ WORDS("not asked yet"), LOOK_CARE });
}

static struct fact
safety_of(const struct case_sheet *sheet)
{
	if (sheet->is_stopped)
		return ((struct fact){
		    WORDS("said STOP: write nothing"), LOOK_CARE });
	if (sheet->request.is_on_hold)
		return ((struct fact){
		    WORDS("texting is not safe now"), LOOK_CARE });
	return ((struct fact){
	    WORDS("said it is safe to text, or was not asked"), LOOK_PLAIN });
}

/* How they want to be reached. */
static struct fact
way_of(const struct contact *contact)
{
	static const struct fact facts[] = {
		[CONTACT_BY_TEXT] = { WORDS("by text"), LOOK_PLAIN },
		[CONTACT_BY_CALL] = { WORDS("by a call: do not text"),
		    LOOK_CARE },
		[CONTACT_BY_SELF] = { WORDS("they write first: do not text"),
		    LOOK_CARE },
		[CONTACT_BY_OTHER] = { WORDS("by text, on another number"),
		    LOOK_CARE },
	};

	return (facts[contact->way]);
}

static struct fact
hours_of(const struct contact *contact)
{
	static const struct fact facts[] = {
		[HOURS_UNASKED] = { WORDS("not said"), LOOK_PLAIN },
		[HOURS_MORNING] = { WORDS("in the morning"), LOOK_CARE },
		[HOURS_NOON] = { WORDS("around noon"), LOOK_CARE },
		[HOURS_EVENING] = { WORDS("in the evening"), LOOK_CARE },
		[HOURS_NIGHT] = { WORDS("at night"), LOOK_CARE },
		[HOURS_ANY] = { WORDS("at any time"), LOOK_GOOD },
	};

	return (facts[contact->hours]);
}

static void
add_contact(struct web_visit *visit, const struct request *request)
{
	struct contact contact;
	struct fact fact;

	if (contacts_get(visit->web->store, request->id, &contact) != DONE)
		return;
	fact = way_of(&contact);
	add_fact(&visit->page, "Reach them", &fact);
	fact = hours_of(&contact);
	add_fact(&visit->page, "Safe times", &fact);
	if (contact.talk == CONTACT_WRONG) {
		fact =
		    (struct fact){ WORDS("somebody else answered: do not text"),
			    LOOK_CARE };
		add_fact(&visit->page, "The last answer", &fact);
	}
}

static void
add_owner(struct web_visit *visit, const struct request *request)
{
	struct page *page = &visit->page;

	page_raw(page, "<div><dt>");
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
		page_say(page, request->outcome);
		page_raw(page, "</bdi>");
	}
	page_raw(page, "</dd></div>\n");
}

/* How to write to them, while there is somebody to write to. */
static void
add_ways(struct web_visit *visit, const struct case_sheet *sheet)
{
	struct fact fact = consent_of(&sheet->request);

	add_fact(&visit->page, "Consent", &fact);
	fact = safety_of(sheet);
	add_fact(&visit->page, "Safety", &fact);
	add_contact(visit, &sheet->request);
}

static void
add_origin(struct page *page, const struct request *request)
{
	const char *const words[] = { request->corridor, request->language,
		request->line };

	page_raw(page, "<div><dt>");
	page_say(page, "Since");
	page_raw(page, "</dt><dd>");
	web_moment(page, request->opened_utc_s);
	page_raw(page, " UTC</dd></div>\n<div><dt>");
	page_say(page, "From");
	page_raw(page, "</dt><dd>");
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (i > 0 && words[i][0] != '\0')
			page_raw(page, " · ");
		page_text(page, words[i]);
	}
	page_raw(page, "</dd></div>\n");
}

void
web_case_add_facts(struct web_visit *visit, const struct case_sheet *sheet)
{
	const struct request *request = &sheet->request;
	struct page *page = &visit->page;
	struct fact fact = risk_of(request);

	page_raw(page, "<dl class=\"facts\">\n");
	add_fact(page, "Risk", &fact);
	add_owner(visit, request);
	if (!web_case_is_tombstone(request))
		add_ways(visit, sheet);
	add_origin(page, request);
	page_raw(page, "</dl>\n");
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
		if (text->carried_by[0] != '\0') {
			page_raw(page, " · ");
			page_say_one(page,
			    "by line {line}, since its own is away", "line",
			    text->carried_by);
		}
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
