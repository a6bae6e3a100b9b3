/* waymark queue: what is done with one case. */
#include <inttypes.h>

#include "gateway/base/clock.h"
#include "gateway/base/command.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_queue.h"
#include "gateway/desk/poke.h"
#include "gateway/text/segments.h"

struct errand
queue_errand(const struct session *session, const struct wish *wish)
{
	return ((struct errand){ .worker = &session->worker,
	    .ref = wish->ref,
	    .now_utc_s = clock_utc_s() });
}

/* What to do about it, where the words alone do not say. */
static void
tell_way_out(const struct errand *errand)
{
	if (case_takes_exception(errand->why))
		fputs("If you must write all the same, add --despite \"your"
		      " reason\"; the case keeps it.\n",
		    stderr);
	if (errand->why == CASE_MOVED_ON)
		fprintf(stderr, "waymark queue show %s\n", errand->request.ref);
}

int
queue_tell_failed(const struct errand *errand, enum outcome outcome)
{
	struct text shown = { 0 };

	cli_add_shown(
	    &shown, errand->was_found ? errand->request.ref : errand->ref);
	text_printf(&shown, ": %s", case_reason_words(errand->why));
	if (errand->why == CASE_TAKEN && errand->was_found &&
	    errand->request.claimed_by_name[0] != '\0') {
		text_add(&shown, " (");
		cli_add_shown(&shown, errand->request.claimed_by_name);
		text_add(&shown, ")");
	}
	cli_failed("queue", "%s", text_string(&shown));
	text_free(&shown);
	tell_way_out(errand);
	return (outcome == NOTHING && errand->why == CASE_NOT_FOUND
		? EXIT_NOTHING_FOUND
		: EXIT_FAILED);
}

int
queue_tell(const struct errand *errand, enum outcome outcome, const char *done)
{
	if (outcome != DONE)
		return (queue_tell_failed(errand, outcome));
	printf("%s: %s\n", errand->request.ref, done);
	return (EXIT_DONE);
}

int
queue_claim(const struct session *session, const struct wish *wish)
{
	struct errand errand = queue_errand(session, wish);
	enum outcome outcome = cases_claim(&errand);

	return (queue_tell(&errand, outcome, "claimed; it is yours"));
}

int
queue_next(const struct session *session, const struct wish *wish)
{
	struct errand errand = queue_errand(session, wish);
	enum outcome outcome = cases_claim_first(&errand);

	if (outcome == NOTHING) {
		fputs("Nobody waits just now.\n", stderr);
		return (EXIT_NOTHING_FOUND);
	}
	if (outcome != DONE)
		return (queue_tell_no_list(outcome));
	return (queue_tell(&errand, outcome, "claimed; it is yours"));
}

int
queue_reply(const struct session *session, const struct wish *wish)
{
	struct errand errand = queue_errand(session, wish);
	struct case_reply reply = { .text = text_string(&wish->text),
		.despite = wish->despite,
		.at_once = (wish->given & TAKES_AT_ONCE) != 0,
		.seen = wish->seen };
	struct text outlook = { 0 };
	struct case_cost cost;
	unsigned parts = 0;
	enum outcome outcome = cases_reply(&errand, &reply, &parts);

	if (outcome != DONE && errand.why == CASE_TOO_LONG && parts > 0) {
		cli_failed("queue", "%s: it takes %u parts, at most %d go",
		    errand.request.ref, parts, SEGMENTS_MOST);
		return (EXIT_FAILED);
	}
	if (outcome != DONE)
		return (queue_tell_failed(&errand, outcome));
	cost = cases_cost(&session->rules, text_string(&wish->text));
	case_add_outlook(&errand.outlook, &outlook);
	printf("%s: queued, %u %s%s%s; it %s\n", errand.request.ref, parts,
	    parts == 1 ? "part" : "parts", cost.cost[0] != '\0' ? ", " : "",
	    cost.cost, text_string(&outlook));
	text_free(&outlook);
	if (poke_hub(session->settings.control_path) != DONE)
		puts("The hub is not running: it goes out when it starts.");
	return (EXIT_DONE);
}

int
queue_note(const struct session *session, const struct wish *wish)
{
	struct errand errand = queue_errand(session, wish);
	enum outcome outcome = cases_note(&errand, text_string(&wish->text));

	return (queue_tell(&errand, outcome, "note kept"));
}

int
queue_give(const struct session *session, const struct wish *wish)
{
	struct errand errand = queue_errand(session, wish);
	enum outcome outcome = cases_give(&errand, text_string(&wish->text));

	return (queue_tell(&errand, outcome, "handed over"));
}

/* It waits for anybody again: should it be urgent, the hub rings now; it looks
 * by itself every minute. */
static int
tell_back(const struct session *session, const struct errand *errand,
    enum outcome outcome, const char *words)
{
	if (outcome == DONE)
		(void)!poke_hub(session->settings.control_path);
	return (queue_tell(errand, outcome, words));
}

int
queue_pass(const struct session *session, const struct wish *wish)
{
	struct errand errand = queue_errand(session, wish);
	enum outcome outcome = cases_pass(&errand);

	return (tell_back(
	    session, &errand, outcome, "passed on; nobody has claimed it"));
}

int
queue_snooze(const struct session *session, const struct wish *wish)
{
	struct errand errand = queue_errand(session, wish);
	struct text done = { 0 };
	enum outcome outcome;
	int64_t until_utc_s;
	int status;

	if (!case_read_time(
		text_string(&wish->text), errand.now_utc_s, &until_utc_s))
		return (cli_failed(
		    "queue", "%s", case_reason_words(CASE_BAD_TIME)));
	outcome =
	    cases_snooze(&errand, until_utc_s, (wish->given & TAKES_WAKE) != 0);
	text_printf(&done, "snoozed until %s UTC%s",
	    clock_date_time(until_utc_s).text,
	    wish->given & TAKES_WAKE ? ", or until the caller writes" : "");
	status = queue_tell(&errand, outcome, text_string(&done));
	text_free(&done);
	return (status);
}

int
queue_wake(const struct session *session, const struct wish *wish)
{
	struct errand errand = queue_errand(session, wish);
	enum outcome outcome = cases_wake(&errand);

	return (tell_back(session, &errand, outcome, "back in the queue"));
}

int
queue_label(const struct session *session, const struct wish *wish)
{
	struct errand errand = queue_errand(session, wish);
	enum outcome outcome = cases_label(&errand, text_string(&wish->text));

	return (queue_tell(&errand, outcome, "labelled"));
}

int
queue_unlabel(const struct session *session, const struct wish *wish)
{
	struct errand errand = queue_errand(session, wish);
	enum outcome outcome = cases_unlabel(&errand, text_string(&wish->text));

	return (queue_tell(&errand, outcome, "label taken off"));
}

int
queue_close(const struct session *session, const struct wish *wish)
{
	struct errand errand = queue_errand(session, wish);
	enum outcome outcome = cases_close(&errand, wish->outcome);

	/* It may have feedback to ask; it looks by itself every minute. */
	if (outcome == DONE)
		(void)!poke_hub(session->settings.control_path);
	return (queue_tell(&errand, outcome, "closed"));
}

int
queue_reopen(const struct session *session, const struct wish *wish)
{
	struct errand errand = queue_errand(session, wish);
	enum outcome outcome = cases_reopen(&errand);

	return (tell_back(
	    session, &errand, outcome, "open again; nobody has claimed it"));
}
