/* What is done with a case, and what comes of it. */
#include "gateway/base/clock.h"
#include "gateway/desk/poke.h"
#include "gateway/desk/web_case.h"
#include "gateway/desk/web_frame.h"
#include "gateway/desk/web_pages.h"

enum { STATUS_OK = 200, STATUS_CONFLICT = 409 };

struct errand
web_case_errand(const struct web_visit *visit)
{
	return ((struct errand){ .worker = &visit->session->worker,
	    .ref = visit->ref,
	    .now_utc_s = visit->now_utc_s });
}

/* Says why, and shows the case as it is now with what was typed. */
void
web_case_refuse(struct web_visit *visit, const struct errand *errand,
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
	if (visit->answer->status == STATUS_OK)
		visit->answer->status = STATUS_CONFLICT;
}

/* `done` is English. */
void
web_case_finish(struct web_visit *visit, const struct errand *errand,
    enum outcome outcome, const char *done)
{
	const struct web_case_wish nothing = { 0 };
	struct text path = { 0 };

	if (outcome != DONE) {
		web_case_refuse(visit, errand, &nothing);
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
	struct errand errand = web_case_errand(visit);
	enum outcome outcome = cases_claim(&errand);

	web_case_finish(visit, &errand, outcome, "It is yours now.");
}

/* It waits for anybody again: should it be urgent, the hub rings now; it looks
 * by itself every minute. */
static void
finish_back(struct web_visit *visit, struct errand *errand,
    enum outcome outcome, const char *words)
{
	if (outcome == DONE)
		(void)!poke_hub(visit->web->settings.control_path);
	web_case_finish(visit, errand, outcome, words);
}

void
web_case_pass(struct web_visit *visit)
{
	struct errand errand = web_case_errand(visit);
	enum outcome outcome = cases_pass(&errand);

	finish_back(visit, &errand, outcome, "It is back in the queue.");
}

void
web_case_reopen(struct web_visit *visit)
{
	struct errand errand = web_case_errand(visit);
	enum outcome outcome = cases_reopen(&errand);

	finish_back(visit, &errand, outcome, "It is open again, for anybody.");
}

void
web_case_close(struct web_visit *visit)
{
	const struct web_case_wish wish = { .open = "close" };
	const char *words = web_given(visit, "outcome");
	struct errand errand = web_case_errand(visit);
	enum outcome outcome;

	if (words[0] == '\0')
		words = web_given(visit, "chosen");
	outcome = cases_close(&errand, words[0] != '\0' ? words : NULL);
	if (outcome != DONE) {
		web_case_refuse(visit, &errand, &wish);
		return;
	}
	/* Feedback is asked at once, not at the hub's next look. */
	(void)!poke_hub(visit->web->settings.control_path);
	web_case_finish(visit, &errand, outcome, "It is closed.");
}

void
web_case_note(struct web_visit *visit)
{
	const struct web_case_wish wish = { .note = web_given(visit, "note"),
		.open = "notes" };
	struct errand errand = web_case_errand(visit);
	enum outcome outcome = cases_note(&errand, wish.note);

	if (outcome != DONE)
		web_case_refuse(visit, &errand, &wish);
	else
		web_case_finish(visit, &errand, outcome, "The note is kept.");
}

void
web_case_label(struct web_visit *visit)
{
	const struct web_case_wish wish = { .open = "labels" };
	struct errand errand = web_case_errand(visit);
	enum outcome outcome = cases_label(&errand, web_given(visit, "label"));

	if (outcome != DONE)
		web_case_refuse(visit, &errand, &wish);
	else
		web_case_finish(visit, &errand, outcome, "The label is on.");
}

void
web_case_unlabel(struct web_visit *visit)
{
	struct errand errand = web_case_errand(visit);
	enum outcome outcome =
	    cases_unlabel(&errand, web_given(visit, "label"));

	web_case_finish(visit, &errand, outcome, "The label is off.");
}

void
web_case_snooze(struct web_visit *visit)
{
	const struct web_case_wish wish = { .open = "later" };
	struct errand errand = web_case_errand(visit);
	int64_t until_utc_s = 0;
	enum outcome outcome;

	/* What is no time is refused as one that is over. */
	if (!case_read_time(
		web_given(visit, "until"), visit->now_utc_s, &until_utc_s))
		until_utc_s = 0;
	outcome = cases_snooze(
	    &errand, until_utc_s, web_given(visit, "wakes")[0] != '\0');
	if (outcome != DONE)
		web_case_refuse(visit, &errand, &wish);
	else
		web_case_finish(visit, &errand, outcome,
		    "It is put away and comes back by itself.");
}

void
web_case_wake(struct web_visit *visit)
{
	struct errand errand = web_case_errand(visit);
	enum outcome outcome = cases_wake(&errand);

	finish_back(visit, &errand, outcome, "It is back in the queue.");
}

void
web_case_give(struct web_visit *visit)
{
	const struct web_case_wish wish = { .open = "give" };
	struct errand errand = web_case_errand(visit);
	enum outcome outcome =
	    cases_give(&errand, web_given(visit, "colleague"));

	if (outcome != DONE)
		web_case_refuse(visit, &errand, &wish);
	else
		web_case_finish(visit, &errand, outcome, "It is handed over.");
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
		.shows_cost = errand->why == CASE_TOO_LONG,
	};

	/* A desk that died before it told the hub left that to us. */
	if (errand->why == CASE_SENT_ALREADY)
		(void)!poke_hub(visit->web->settings.control_path);
	web_case_refuse(visit, errand, &wish);
}

/* The gate holds it: say until when. */
static void
tell_held(struct web_visit *visit, const struct contact_decision *outlook)
{
	const struct clock_text until = clock_date_time(outlook->until_utc_s);
	const struct page_value time = { "time", until.text };
	struct text told = { 0 };

	text_add(&told, page_word(&visit->page, "Your text is kept. A reply:"));
	text_add_byte(&told, ' ');
	page_fill(&visit->page, case_outlook_words(outlook), &time, 1, &told);
	web_tell(visit, WEB_TONE_DONE, told.bytes);
	text_free(&told);
}

static void
tell_sent(struct web_visit *visit, const struct errand *errand, unsigned parts)
{
	char number[16];
	enum outcome outcome = poke_hub(visit->web->settings.control_path);

	snprintf(number, sizeof(number), "%u", parts);
	if (errand->outlook.verdict == CONTACT_HOLD)
		tell_held(visit, &errand->outlook);
	else if (outcome == DONE)
		web_tell_one(visit, WEB_TONE_DONE,
		    "Your text is on its way. Parts: {count}.", "count",
		    number);
	else
		web_tell(visit, WEB_TONE_DONE,
		    page_word(&visit->page,
			"Your text is kept and goes out when the hub runs"
			" again."));
}

/* Without the script the page counts when asked. */
static void
count_parts(struct web_visit *visit)
{
	const struct web_case_wish wish = {
		.reply = web_given(visit, "reply"),
		.shows_cost = 1,
	};

	web_case_write(visit, &wish);
}

static void
send_reply(struct web_visit *visit)
{
	struct case_reply reply = { .text = web_given(visit, "reply"),
		.at_once = web_given(visit, "at_once")[0] != '\0',
		.token = web_given(visit, "once") };
	struct errand errand = web_case_errand(visit);
	struct text path = { 0 };
	unsigned parts = 0;

	if (!text_read_integer(
		web_given(visit, "seen"), INT64_MIN, INT64_MAX, &reply.seen))
		reply.seen = 0;
	if (web_given(visit, "despite")[0] != '\0')
		reply.despite = web_given(visit, "despite");
	if (cases_reply(&errand, &reply, &parts) == DONE) {
		tell_sent(visit, &errand, parts);
		web_case_path(visit, "", &path);
		web_go(visit, path.bytes);
	} else {
		refuse_reply(visit, &errand);
	}
	text_free(&path);
}

void
web_case_reply(struct web_visit *visit)
{
	if (web_given(visit, "count")[0] != '\0')
		count_parts(visit);
	else
		send_reply(visit);
}
