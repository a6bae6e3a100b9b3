/* The page of health: what wants a person and what to do about it, how each
 * line is, what waits, and the disk.  Counts and times only: it shows nobody,
 * and so is for technicians too. */
#include <inttypes.h>

#include "gateway/desk/status.h"
#include "gateway/desk/web_frame.h"
#include "gateway/desk/web_pages.h"

enum {
	STATUS_BUSY = 503,
	MEBIBYTE = 1 << 20,
	HUNDRED = 100,
};

/* Words of the status that stand for themselves nowhere else; English. */
struct pair {
	const char *from;
	const char *to;
};

/* How a line's modem is being mended. */
static const struct pair rungs[] = {
	{ "again", WORDS("it is asked again") },
	{ "initialise", WORDS("its settings are made anew") },
	{ "radio", WORDS("its radio is turned off and on") },
	{ "reopen", WORDS("it is looked for and opened anew") },
	{ "power", WORDS("its power is turned off and on") },
	{ "rest", WORDS("it is left alone for a while") },
};

static const struct pair credits[] = {
	{ "unknown", WORDS("not known yet") },
	{ "unread", WORDS("not understood") },
	{ "low", WORDS("low") },
	{ "enough", WORDS("enough") },
};

static const struct pair states[] = {
	{ "open", WORDS("not claimed") },
	{ "claimed", WORDS("claimed") },
	{ "closed", WORDS("closed") },
	{ "withdrawn", WORDS("withdrawn") },
	{ "forgotten", WORDS("forgotten") },
	{ "queued", WORDS("waiting to go") },
	{ "sending", WORDS("being sent") },
	{ "sent", WORDS("sent") },
	{ "unsure", WORDS("may have arrived") },
	{ "failed", WORDS("failed") },
	{ "given up", WORDS("given up") },
	{ "waiting", WORDS("waiting to be handled") },
	{ "part", WORDS("parts of longer texts") },
	{ "handled", WORDS("handled") },
	{ "joined", WORDS("joined to one text") },
	{ "ignored", WORDS("ignored") },
	{ "aside", WORDS("set aside") },
};

/* What has no pair is shown as it is. */
static const char *
find(const struct pair *pairs, size_t count, const char *from)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(pairs[i].from, from) == 0)
			return (pairs[i].to);
	}
	return (from);
}

/* -- one figure ------------------------------------------------------------- */

static void
open_figure(struct page *page, const char *english)
{
	page_raw(page, "<div><dt>");
	page_say(page, english);
	page_raw(page, "</dt><dd>");
}

static void
close_figure(struct page *page)
{
	page_raw(page, "</dd></div>\n");
}

static void
add_number(struct page *page, const char *english, int64_t number)
{
	open_figure(page, english);
	page_integer(page, number);
	close_figure(page);
}

static void
add_megabytes(struct page *page, const char *english, int64_t bytes)
{
	char number[24];

	snprintf(number, sizeof(number), "%" PRId64, bytes / MEBIBYTE);
	open_figure(page, english);
	page_say_one(page, "{count} MB", "count", number);
	close_figure(page);
}

/* Since when the oldest waits; nothing when none does. */
static void
add_oldest(struct page *page, const struct status *status, int64_t utc_s)
{
	if (utc_s <= 0)
		return;
	open_figure(page, WORDS("the oldest has waited"));
	web_age(page, status_age_s(status, utc_s));
	close_figure(page);
}

/* -- what to do ------------------------------------------------------------- */

static void
add_advice(struct page *page, const struct status_advice *advice)
{
	if (advice->weight == STATUS_BAD)
		page_raw(page, "<li class=\"bad\">");
	else
		page_raw(page, "<li class=\"unwell\">");
	if (advice->line[0] != '\0') {
		page_say(page, "Line");
		page_raw(page, " <bdi>");
		page_text(page, advice->line);
		page_raw(page, "</bdi> ");
	}
	page_say(page, advice->what);
	page_raw(page, " <span class=\"mend\">");
	page_say(page, advice->mend);
	page_raw(page, "</span></li>\n");
}

static void
add_advices(struct page *page, const struct status *status)
{
	struct status_advices advices;

	status_advise(status, &advices);
	page_raw(page, "<section><h2>");
	page_say(page, "What to do");
	page_raw(page, "</h2><ul class=\"health todo\">\n");
	for (size_t i = 0; i < advices.count; i++)
		add_advice(page, &advices.items[i]);
	if (advices.count == 0) {
		page_raw(page, "<li class=\"well\">");
		page_say(page, "All is well: nothing wants a person.");
		page_raw(page, "</li>\n");
	}
	page_raw(page, "</ul></section>\n");
	free(advices.items);
}

/* -- lines ------------------------------------------------------------------ */

static void
add_state(struct page *page, const struct status_line *line)
{
	open_figure(page, WORDS("State"));
	if (line->is_up) {
		page_say(page, "in its network");
	} else {
		page_say(page, "away for");
		page_raw(page, " ");
		web_age(page, line->away_s);
	}
	close_figure(page);
	if (line->is_up)
		return;
	if (line->cause[0] != '\0') {
		open_figure(page, WORDS("Why"));
		page_say(page, line->cause);
		close_figure(page);
	}
	open_figure(page, WORDS("How it is being mended"));
	page_say(page,
	    line->needs_hand ? WORDS("it needs a hand")
			     : find(rungs, COUNT_OF(rungs), line->rung));
	close_figure(page);
}

static void
add_credit(struct page *page, const struct status_line *line)
{
	int is_known = strcmp(line->credit, "low") == 0 ||
	    strcmp(line->credit, "enough") == 0;
	int64_t size =
	    line->hundredths < 0 ? -line->hundredths : line->hundredths;
	char amount[32];

	if (strcmp(line->credit, "none") == 0)
		return;
	open_figure(page, WORDS("Credit"));
	page_say(page, find(credits, COUNT_OF(credits), line->credit));
	if (is_known) {
		snprintf(amount, sizeof(amount), "%s%" PRId64 ".%02" PRId64,
		    line->hundredths < 0 ? "-" : "", size / HUNDRED,
		    size % HUNDRED);
		page_raw(page, " <bdi>");
		page_text(page, amount);
		page_raw(page, "</bdi>");
	}
	close_figure(page);
}

static void
add_value(struct page *page, const struct status_field *field,
    const struct status_line *line)
{
	char number[24];

	if (field->kind == STATUS_NAME || field->kind == STATUS_WORDS) {
		page_raw(page, "<bdi>");
		page_say(page, status_field_words(field, line));
		page_raw(page, "</bdi>");
		return;
	}
	if (field->kind == STATUS_FLAG) {
		page_say(page,
		    status_field_number(field, line) ? WORDS("yes")
						     : WORDS("no"));
		return;
	}
	if (field->kind == STATUS_SECONDS) {
		web_age(page, status_field_number(field, line));
		return;
	}
	if (field->kind == STATUS_AMOUNT) {
		snprintf(number, sizeof(number), "%" PRId64 ".%02" PRId64,
		    status_field_number(field, line) / HUNDRED,
		    status_field_number(field, line) % HUNDRED);
		page_text(page, number);
		return;
	}
	snprintf(number, sizeof(number), "%" PRId64,
	    status_field_number(field, line));
	if (field->kind == STATUS_PERCENT)
		page_say_one(page, "{count} %", "count", number);
	else
		page_text(page, number);
}

/* 1 when there is something to show of a field. */
static int
is_known(const struct status_field *field, const struct status_line *line)
{
	if (field->label == NULL)
		return (0);
	if (field->kind == STATUS_NAME || field->kind == STATUS_WORDS)
		return (status_field_words(field, line)[0] != '\0');
	return (status_field_number(field, line) != field->unknown);
}

static void
add_line(struct page *page, const struct status_line *line)
{
	page_raw(page, "<h3><bdi>");
	page_text(page, line->name);
	page_raw(page, "</bdi></h3><dl class=\"facts figures\">\n");
	add_state(page, line);
	add_credit(page, line);
	for (size_t i = 0; i < status_field_count; i++) {
		const struct status_field *field = &status_fields[i];

		if (!is_known(field, line))
			continue;
		open_figure(page, field->label);
		add_value(page, field, line);
		close_figure(page);
	}
	page_raw(page, "</dl>\n");
}

static void
add_lines(struct page *page, const struct status *status)
{
	page_raw(page, "<section><h2>");
	page_say(page, "Lines");
	page_raw(page, "</h2>\n");
	if (status->line_count == 0) {
		page_raw(page, "<p class=\"empty\">");
		page_say(page, "The hub tells of none just now.");
		page_raw(page, "</p>\n");
	}
	for (size_t i = 0; i < status->line_count; i++)
		add_line(page, &status->lines[i]);
	page_raw(page, "</section>\n");
}

/* What waits, by what it is for. */
static void
add_kinds(struct page *page, const struct status *status)
{
	static const char *const kinds[OUTBOX_KINDS] = {
		[OUTBOX_ANSWER] = WORDS("automatic answers"),
		[OUTBOX_REPLY] = WORDS("caseworkers' texts"),
		[OUTBOX_OPENING] = WORDS("neutral texts before them"),
		[OUTBOX_COVER] = WORDS("cover texts"),
		[OUTBOX_FEEDBACK] = WORDS("questions about closed cases"),
		[OUTBOX_FOLLOWUP] = WORDS("follow-ups"),
		[OUTBOX_ALARM] = WORDS("alarms"),
		[OUTBOX_STAFF] = WORDS("answers to phones in the field"),
	};

	for (int kind = 0; kind < OUTBOX_KINDS; kind++) {
		if (status->queues[kind].count > 0)
			add_number(
			    page, kinds[kind], status->queues[kind].count);
	}
}

/* -- queues and the machine ------------------------------------------------- */

static void
open_figures(struct page *page, const char *english)
{
	page_raw(page, "<section><h2>");
	page_say(page, english);
	page_raw(page, "</h2><dl class=\"facts figures\">\n");
}

static void
close_figures(struct page *page)
{
	page_raw(page, "</dl></section>\n");
}

static const char *
state_words(const char *state)
{
	return (find(states, COUNT_OF(states), state));
}

static void
add_queues(struct page *page, const struct status *status)
{
	open_figures(page, WORDS("Help requests"));
	for (int i = 0; i <= REQUEST_FORGOTTEN; i++)
		add_number(page,
		    state_words(request_state_name((enum request_state)i)),
		    status->requests.by_state[i]);
	if (status->requests.by_state[REQUEST_OPEN] > 0)
		add_oldest(page, status, status->requests.oldest_open_utc_s);
	close_figures(page);
	open_figures(page, WORDS("Texts on their way out"));
	for (int i = 0; i <= OUTBOX_GIVEN_UP; i++)
		add_number(page,
		    state_words(outbox_state_name((enum outbox_state)i)),
		    status->outbox[i]);
	add_kinds(page, status);
	add_oldest(page, status, status->ages.outbox_utc_s);
	close_figures(page);
	open_figures(page, WORDS("Messages that came in"));
	for (int i = 0; i <= JOURNAL_ASIDE; i++)
		add_number(page,
		    state_words(journal_state_name((enum journal_state)i)),
		    status->journal[i]);
	add_oldest(page, status, status->ages.journal_utc_s);
	close_figures(page);
}

static void
add_machine(struct page *page, const struct status *status)
{
	open_figures(page, WORDS("The machine"));
	open_figure(page, WORDS("Hub"));
	page_say(
	    page, status->hub_runs ? WORDS("running") : WORDS("not running"));
	close_figure(page);
	add_megabytes(page, WORDS("Size of the store"), status->store_bytes);
	if (status->free_bytes >= 0)
		add_megabytes(
		    page, WORDS("Left on its disk"), status->free_bytes);
	add_number(page, WORDS("Version of the store"), store_version());
	open_figure(page, WORDS("Last copy of the store"));
	if (status->backed_up_utc_s > 0)
		web_age(page, status_age_s(status, status->backed_up_utc_s));
	else
		page_say(page, WORDS("never (waymark backup)"));
	close_figure(page);
	close_figures(page);
}

void
web_health_show(struct web_visit *visit)
{
	const struct web_frame frame = {
		.title = WORDS("Health"), .kind = "queue", .here = "/health"
	};
	const struct web_health *known = &visit->web->health;
	struct page *page = &visit->page;
	struct status status;

	if (status_read_kept(visit->web->store, &visit->web->settings,
		known->hub_answers ? text_string(&known->answer) : NULL,
		&status) != DONE) {
		web_refuse(visit, STATUS_BUSY, WORDS("This is not to be had"),
		    WORDS("The store is busy or damaged: try again, then look"
			  " at the desk's log."));
		return;
	}
	web_frame_open(visit, &frame);
	page_raw(page, "<h1>");
	page_say(page, "Health");
	page_raw(page, "</h1>\n<p class=\"screen\"><a href=\"/health\">");
	page_say(page, "Look again");
	page_raw(page, "</a></p>\n");
	add_advices(page, &status);
	add_lines(page, &status);
	add_queues(page, &status);
	add_machine(page, &status);
	web_frame_close(visit);
	status_free(&status);
}
