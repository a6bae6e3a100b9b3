/* The desk's policy: who may do what with a help request, on a real store. */
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/desk/cases_list.h"
#include "tests/check_main.h"
#include "tests/desk_world.h"

#define REF         "KM7P4"
#define OTHER_REF   "Q3QAC"
#define OTHER_PHONE "+9779807654321"

static struct world world;

static void
open_world(void)
{
	world_open(&world);
	world_add_request(&world, REF, WORLD_NUMBER);
}

static void
close_world(void)
{
	world_close(&world);
}

static void
claim_as(const struct caseworker *worker, const char *ref)
{
	ck_assert_int_eq(cases_claim(world_errand(&world, worker, ref)), DONE);
}

MUST_USE static enum outcome
reply_as(const struct caseworker *worker, const char *text, const char *despite)
{
	struct case_reply reply = { .text = text, .despite = despite };
	unsigned parts;

	return (cases_reply(world_errand(&world, worker, REF), &reply, &parts));
}

static void
close_as(const struct caseworker *worker, const char *ref)
{
	ck_assert_int_eq(
	    cases_close(world_errand(&world, worker, ref), "advice given"),
	    DONE);
}

static void
show_as(
    const struct caseworker *worker, int with_number, struct case_sheet *sheet)
{
	ck_assert_int_eq(
	    cases_show(world_errand(&world, worker, REF), with_number, sheet),
	    DONE);
}

/* What the hub does with a request, in one transaction. */
static void
update(const char *consent, int is_on_hold, enum request_urgency urgency)
{
	struct request request = world_request(&world, REF);

	ck_assert_int_eq(store_begin(world.store), DONE);
	ck_assert_int_eq(requests_update(world.store, request.id, urgency,
			     consent, is_on_hold, NULL, WORLD_NOW_UTC_S),
	    DONE);
	ck_assert_int_eq(store_commit(world.store), DONE);
}

static void
stop_caller(void)
{
	struct request request = world_request(&world, REF);
	struct number number;
	struct caller caller;

	ck_assert_int_eq(store_begin(world.store), DONE);
	ck_assert_int_eq(
	    callers_find(world.store, &request.caller, &caller), DONE);
	ck_assert_int_eq(
	    callers_number(world.store, &request.caller, &number), DONE);
	caller.is_stopped = 1;
	ck_assert_int_eq(callers_put(world.store, &caller, &number), DONE);
	ck_assert_int_eq(store_commit(world.store), DONE);
}

static void
end_request(enum request_state state)
{
	struct request request = world_request(&world, REF);

	ck_assert_int_eq(store_begin(world.store), DONE);
	if (state == REQUEST_WITHDRAWN)
		ck_assert_int_eq(
		    requests_withdraw(world.store, request.id, WORLD_NOW_UTC_S),
		    DONE);
	else
		ck_assert_int_eq(callers_forget(world.store, &request.caller,
				     WORLD_NOW_UTC_S),
		    DONE);
	ck_assert_int_eq(store_commit(world.store), DONE);
}

/* -- claiming --------------------------------------------------------------- */

START_TEST(a_claimed_request_has_an_owner)
{
	claim_as(&world.sita, REF);
	ck_assert_int_eq(world.errand.why, CASE_FINE);
	ck_assert_int_eq(world_request(&world, REF).state, REQUEST_CLAIMED);
	ck_assert_str_eq(world_request(&world, REF).claimed_by_name, "Sita");
}
END_TEST

START_TEST(a_reference_is_read_in_small_letters_too)
{
	claim_as(&world.sita, "km7p4");
	ck_assert_str_eq(world.errand.request.ref, REF);
}
END_TEST

START_TEST(an_unknown_reference_is_nothing)
{
	struct errand *errand = world_errand(&world, &world.sita, "AAAAA");

	ck_assert_int_eq(cases_claim(errand), NOTHING);
	ck_assert_int_eq(errand->why, CASE_NOT_FOUND);
	ck_assert_int_eq(errand->was_found, 0);
}
END_TEST

START_TEST(a_claim_is_passed_on_by_its_owner_only)
{
	claim_as(&world.sita, REF);
	ck_assert_int_eq(
	    cases_pass(world_errand(&world, &world.ram, REF)), REFUSED);
	ck_assert_int_eq(world.errand.why, CASE_TAKEN);
	ck_assert_int_eq(
	    cases_pass(world_errand(&world, &world.sita, REF)), DONE);
	ck_assert_int_eq(world_request(&world, REF).state, REQUEST_OPEN);
	ck_assert_int_eq(
	    cases_pass(world_errand(&world, &world.sita, REF)), REFUSED);
	ck_assert_int_eq(world.errand.why, CASE_UNCLAIMED);
	claim_as(&world.ram, REF);
	ck_assert_str_eq(world_request(&world, REF).claimed_by_name, "Ram");
}
END_TEST

START_TEST(the_second_to_claim_learns_who_was_first)
{
	struct errand *errand;

	claim_as(&world.sita, REF);
	errand = world_errand(&world, &world.ram, REF);
	ck_assert_int_eq(cases_claim(errand), NOTHING);
	ck_assert_int_eq(errand->why, CASE_TAKEN);
	ck_assert_str_eq(errand->request.claimed_by_name, "Sita");
}
END_TEST

/* Claims over a connection of its own once the pipe closes; exits with the
 * outcome. */
static pid_t
start_claiming(const struct caseworker *as, int go_fd, int other_fd)
{
	pid_t pid = fork();
	struct caseworker worker = *as;
	struct errand errand = {
		.worker = &worker, .ref = REF, .now_utc_s = WORLD_NOW_UTC_S
	};
	char byte;

	ck_assert_int_ge(pid, 0);
	if (pid > 0)
		return (pid);
	close(other_fd);
	worker.store = world_connect(&world);
	while (read(go_fd, &byte, 1) > 0)
		;
	_exit((int)cases_claim(&errand));
}

static enum outcome
end_of(pid_t pid)
{
	int status;

	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFEXITED(status));
	return ((enum outcome)WEXITSTATUS(status));
}

START_TEST(two_who_claim_at_once_leave_one_owner)
{
	int go[2];
	pid_t sita;
	pid_t ram;
	enum outcome one;
	enum outcome other;

	/* A connection must not live on in a child. */
	store_close(world.store);
	ck_assert_int_eq(pipe(go), 0);
	sita = start_claiming(&world.sita, go[0], go[1]);
	ram = start_claiming(&world.ram, go[0], go[1]);
	close(go[1]);
	one = end_of(sita);
	other = end_of(ram);
	close(go[0]);
	world.store = world_connect(&world);
	ck_assert((one == DONE && other == NOTHING) ||
	    (one == NOTHING && other == DONE));
	ck_assert_str_eq(world_request(&world, REF).claimed_by_name,
	    one == DONE ? "Sita" : "Ram");
	ck_assert_int_eq(world_count_events(&world, REF, "claimed"), 1);
}
END_TEST

START_TEST(claiming_what_is_ones_own_changes_nothing)
{
	claim_as(&world.sita, REF);
	claim_as(&world.sita, REF);
	ck_assert_int_eq(world_count_events(&world, REF, "claimed"), 1);
}
END_TEST

/* -- replies ---------------------------------------------------------------- */

START_TEST(a_reply_needs_a_claim)
{
	ck_assert_int_eq(reply_as(&world.sita, "Hello", NULL), REFUSED);
	ck_assert_int_eq(world.errand.why, CASE_UNCLAIMED);
	ck_assert_int_eq(world_count_outbox(&world), 0);
}
END_TEST

START_TEST(a_reply_needs_ones_own_claim)
{
	claim_as(&world.ram, REF);
	ck_assert_int_eq(reply_as(&world.sita, "Hello", NULL), REFUSED);
	ck_assert_int_eq(world.errand.why, CASE_TAKEN);
	ck_assert_int_eq(world_count_outbox(&world), 0);
}
END_TEST

START_TEST(a_reply_goes_to_the_callers_own_number_by_their_line)
{
	struct outbox_turn turn = { WORLD_LINE, WORLD_NOW_UTC_S, 1, 0 };
	struct outbox_row row;
	size_t count;

	claim_as(&world.sita, REF);
	ck_assert_int_eq(
	    reply_as(&world.sita, " Are you safe?\r\n", NULL), DONE);
	ck_assert_int_eq(store_begin(world.store), DONE);
	ck_assert_int_eq(outbox_take(world.store, &turn, &row, &count), DONE);
	ck_assert_int_eq(store_commit(world.store), DONE);
	ck_assert_uint_eq(count, 1);
	ck_assert_str_eq(row.number.e164, WORLD_NUMBER);
	ck_assert_str_eq(row.text.bytes, "Are you safe?");
	ck_assert_int_eq(row.kind, OUTBOX_REPLY);
	ck_assert_int_eq(row.request, world_request(&world, REF).id.row);
	outbox_row_free(&row);
}
END_TEST

START_TEST(a_reply_stands_in_the_thread_and_says_that_it_waits)
{
	struct case_sheet sheet;

	claim_as(&world.sita, REF);
	ck_assert_int_eq(reply_as(&world.sita, "Are you safe?", NULL), DONE);
	show_as(&world.ram, 0, &sheet);
	ck_assert_uint_eq(sheet.thread.count, 1);
	ck_assert_int_eq(sheet.thread.items[0].kind, CASE_TEXT_REPLY);
	ck_assert_str_eq(sheet.thread.items[0].staff_name, "Sita");
	ck_assert_str_eq(sheet.thread.items[0].text, "Are you safe?");
	ck_assert_int_eq(world_count_events(&world, REF, "replied"), 1);
	ck_assert_str_eq(
	    case_delivery_words(sheet.thread.items[0].outbox_state), "waiting");
	case_sheet_free(&sheet);
}
END_TEST

START_TEST(a_reply_makes_the_menu_silent_again)
{
	struct request request = world_request(&world, REF);

	claim_as(&world.sita, REF);
	ck_assert_int_eq(store_begin(world.store), DONE);
	ck_assert_int_eq(
	    requests_set_menu_back(world.store, request.id, 1), DONE);
	ck_assert_int_eq(store_commit(world.store), DONE);
	ck_assert_int_eq(world_request(&world, REF).menu_is_back, 1);
	ck_assert_int_eq(reply_as(&world.sita, "Are you safe?", NULL), DONE);
	ck_assert_int_eq(world_request(&world, REF).menu_is_back, 0);
}
END_TEST

static const struct {
	const char *consent;
	int is_on_hold;
	enum case_reason why;
	const char *event;
} objections[] = {
	{ "no", 0, CASE_NO_CONSENT, "replied without consent" },
	{ "unasked", 0, CASE_NO_CONSENT, "replied without consent" },
	{ "yes", 1, CASE_ON_HOLD, "replied despite hold" },
	{ "no", 1, CASE_NO_CONSENT, "replied without consent" },
};

/* Whether the one text in the outbox goes out although texting is on hold. */
static unsigned
queued_text_overrides(void)
{
	struct outbox_turn turn = { WORLD_LINE, WORLD_NOW_UTC_S, 1, 0 };
	struct outbox_row row;
	size_t count = 0;
	unsigned overrides;

	ck_assert_int_eq(store_begin(world.store), DONE);
	ck_assert_int_eq(outbox_take(world.store, &turn, &row, &count), DONE);
	ck_assert_uint_eq(count, 1);
	overrides = row.overrides;
	outbox_row_free(&row);
	store_rollback(world.store);
	return (overrides);
}

START_TEST(a_caller_who_may_not_be_written_to_is_not)
{
	update(
	    objections[_i].consent, objections[_i].is_on_hold, URGENCY_NORMAL);
	claim_as(&world.sita, REF);
	ck_assert_int_eq(reply_as(&world.sita, "Hello", NULL), REFUSED);
	ck_assert_int_eq(world.errand.why, objections[_i].why);
	ck_assert_int_eq(world_count_outbox(&world), 0);
}
END_TEST

START_TEST(an_exception_keeps_its_reason)
{
	struct case_sheet sheet;

	update(
	    objections[_i].consent, objections[_i].is_on_hold, URGENCY_NORMAL);
	claim_as(&world.sita, REF);
	ck_assert_int_eq(
	    reply_as(&world.sita, "Hello", "she rang us herself"), DONE);
	ck_assert_int_eq(world_count_outbox(&world), 1);
	ck_assert_int_eq(
	    world_count_events(&world, REF, objections[_i].event), 1);
	ck_assert_uint_eq(queued_text_overrides(),
	    (strcmp(objections[_i].consent, "yes") != 0
		    ? CONTACT_DESPITE_CONSENT
		    : 0) |
		(objections[_i].is_on_hold ? CONTACT_DESPITE_HOLD : 0));
	show_as(&world.sita, 0, &sheet);
	ck_assert_uint_ge(sheet.thread.count, 2);
	ck_assert_int_eq(sheet.thread.items[0].kind, CASE_TEXT_NOTE);
	ck_assert_ptr_nonnull(
	    strstr(sheet.thread.items[0].text, "she rang us herself"));
	case_sheet_free(&sheet);
}
END_TEST

START_TEST(no_reason_lifts_a_stop)
{
	struct case_sheet sheet;

	stop_caller();
	claim_as(&world.sita, REF);
	ck_assert_int_eq(reply_as(&world.sita, "Hello", NULL), REFUSED);
	ck_assert_int_eq(world.errand.why, CASE_STOPPED);
	ck_assert_int_eq(reply_as(&world.sita, "Hello", "urgent"), REFUSED);
	ck_assert_int_eq(world.errand.why, CASE_STOPPED);
	ck_assert_int_eq(world_count_outbox(&world), 0);
	show_as(&world.sita, 0, &sheet);
	ck_assert_int_eq(sheet.is_stopped, 1);
	ck_assert_uint_eq(sheet.thread.count, 0);
	case_sheet_free(&sheet);
}
END_TEST

START_TEST(an_exception_without_a_reason_leaves_nothing_behind)
{
	update("no", 0, URGENCY_NORMAL);
	claim_as(&world.sita, REF);
	ck_assert_int_eq(reply_as(&world.sita, "Hello", " \n"), REFUSED);
	ck_assert_int_eq(world.errand.why, CASE_EMPTY);
	ck_assert_int_eq(world_count_outbox(&world), 0);
	ck_assert_int_eq(
	    world_count_events(&world, REF, "replied without consent"), 0);
}
END_TEST

START_TEST(a_reason_is_not_written_when_none_was_needed)
{
	struct case_sheet sheet;

	claim_as(&world.sita, REF);
	ck_assert_int_eq(reply_as(&world.sita, "Hello", "to be sure"), DONE);
	show_as(&world.sita, 0, &sheet);
	ck_assert_uint_eq(sheet.thread.count, 1);
	case_sheet_free(&sheet);
}
END_TEST

static const struct {
	const char *typed;
	enum case_reason why;
} unusable[] = {
	{ "", CASE_EMPTY },
	{ " \t\r\n ", CASE_EMPTY },
	{ "\x01\x02", CASE_EMPTY },
	{ "caf\xe9", CASE_NOT_TEXT },
	{ "\xed\xa0\x80", CASE_NOT_TEXT },
};

START_TEST(a_text_that_cannot_be_read_is_refused)
{
	claim_as(&world.sita, REF);
	ck_assert_int_eq(
	    reply_as(&world.sita, unusable[_i].typed, NULL), REFUSED);
	ck_assert_int_eq(world.errand.why, unusable[_i].why);
	ck_assert_int_eq(cases_note(world_errand(&world, &world.sita, REF),
			     unusable[_i].typed),
	    REFUSED);
	ck_assert_int_eq(world.errand.why, unusable[_i].why);
	ck_assert_int_eq(world_count_outbox(&world), 0);
}
END_TEST

START_TEST(a_reply_has_at_most_sixteen_parts)
{
	static const size_t most = 16 * 153;
	char *text = calloc(1, most + 2);
	struct case_reply reply = { .text = text };
	unsigned parts = 0;

	claim_as(&world.sita, REF);
	memset(text, 'a', most + 1);
	ck_assert_int_eq(
	    cases_reply(world_errand(&world, &world.sita, REF), &reply, &parts),
	    REFUSED);
	ck_assert_int_eq(world.errand.why, CASE_TOO_LONG);
	ck_assert_uint_eq(parts, 17);
	text[most] = '\0';
	ck_assert_int_eq(
	    cases_reply(world_errand(&world, &world.sita, REF), &reply, &parts),
	    DONE);
	ck_assert_uint_eq(parts, 16);
	free(text);
}
END_TEST

/* -- notes and secrets ------------------------------------------------------ */

START_TEST(a_note_is_kept_for_the_team_and_never_sent)
{
	struct case_sheet sheet;

	ck_assert_int_eq(cases_note(world_errand(&world, &world.ram, REF),
			     "Call the embassy"),
	    DONE);
	show_as(&world.sita, 0, &sheet);
	ck_assert_uint_eq(sheet.thread.count, 1);
	ck_assert_int_eq(sheet.thread.items[0].kind, CASE_TEXT_NOTE);
	ck_assert_str_eq(sheet.thread.items[0].text, "Call the embassy");
	case_sheet_free(&sheet);
	ck_assert_int_eq(world_count_outbox(&world), 0);
}
END_TEST

START_TEST(what_people_wrote_stands_nowhere_in_the_files)
{
	claim_as(&world.sita, REF);
	world_add_text(&world, REF, "marigold-of-the-caller");
	ck_assert_int_eq(
	    reply_as(&world.sita, "marigold-of-the-reply", NULL), DONE);
	ck_assert_int_eq(cases_note(world_errand(&world, &world.sita, REF),
			     "marigold-of-the-note"),
	    DONE);
	ck_assert(!world_holds(&world, "marigold"));
	ck_assert(!world_holds(&world, "9841234567"));
	ck_assert(world_holds(&world, REF));
}
END_TEST

START_TEST(a_sheet_has_answers_texts_and_events)
{
	struct case_sheet sheet;

	world_add_text(&world, REF, "They took my passport");
	show_as(&world.sita, 0, &sheet);
	ck_assert_uint_eq(sheet.answer_count, 1);
	ck_assert_str_eq(sheet.answers[0].name, "danger");
	ck_assert_str_eq(sheet.answers[0].question, "Are you in danger now?");
	ck_assert_str_eq(sheet.answers[0].answer, "no");
	ck_assert_uint_eq(sheet.thread.count, 1);
	ck_assert_int_eq(sheet.thread.items[0].kind, CASE_TEXT_CALLER);
	ck_assert_str_eq(sheet.thread.items[0].text, "They took my passport");
	ck_assert_uint_ge(sheet.event_count, 1);
	case_sheet_free(&sheet);
}
END_TEST

START_TEST(the_number_is_shown_on_demand_only_and_leaves_an_event)
{
	struct case_sheet sheet;

	show_as(&world.sita, 0, &sheet);
	ck_assert_uint_eq(sheet.number.length, 0);
	case_sheet_free(&sheet);
	ck_assert_int_eq(world_count_events(&world, REF, "number shown"), 0);
	show_as(&world.sita, 1, &sheet);
	ck_assert_str_eq(text_string(&sheet.number), WORLD_NUMBER);
	case_sheet_free(&sheet);
	ck_assert_int_eq(world_count_events(&world, REF, "number shown"), 1);
}
END_TEST

START_TEST(texts_count_as_read_when_the_owner_looks)
{
	struct case_sheet sheet;

	claim_as(&world.sita, REF);
	world_add_text(&world, REF, "Hello?");
	ck_assert_int_gt(world_request(&world, REF).unread, 0);
	show_as(&world.ram, 0, &sheet);
	case_sheet_free(&sheet);
	ck_assert_int_gt(world_request(&world, REF).unread, 0);
	show_as(&world.sita, 0, &sheet);
	case_sheet_free(&sheet);
	ck_assert_int_eq(world_request(&world, REF).unread, 0);
}
END_TEST

/* -- closing and opening again ---------------------------------------------- */

START_TEST(only_the_owner_closes)
{
	struct errand *errand = world_errand(&world, &world.ram, REF);

	ck_assert_int_eq(cases_close(errand, "advice given"), REFUSED);
	ck_assert_int_eq(errand->why, CASE_UNCLAIMED);
	claim_as(&world.sita, REF);
	errand = world_errand(&world, &world.ram, REF);
	ck_assert_int_eq(cases_close(errand, "advice given"), REFUSED);
	ck_assert_int_eq(errand->why, CASE_TAKEN);
	close_as(&world.sita, REF);
	ck_assert_int_eq(world_request(&world, REF).state, REQUEST_CLOSED);
}
END_TEST

static const struct {
	const char *words;
	enum case_reason why;
} bad_outcomes[] = {
	{ NULL, CASE_FINE },
	{ "", CASE_EMPTY },
	{ "call 9841234567", CASE_NOT_PLAIN },
	{ "one\ntwo", CASE_NOT_PLAIN },
	{ "a very long story about what happened to a girl", CASE_FINE },
	{ "a very long story about what happened to a girl!", CASE_TOO_LONG },
};

START_TEST(an_outcome_is_a_few_plain_words)
{
	struct errand *errand;
	enum outcome outcome;

	claim_as(&world.sita, REF);
	errand = world_errand(&world, &world.sita, REF);
	outcome = cases_close(errand, bad_outcomes[_i].words);
	ck_assert_int_eq(errand->why, bad_outcomes[_i].why);
	ck_assert_int_eq(
	    outcome, bad_outcomes[_i].why == CASE_FINE ? DONE : REFUSED);
}
END_TEST

START_TEST(what_was_closed_is_open_again_for_anybody)
{
	struct errand *errand;

	claim_as(&world.sita, REF);
	errand = world_errand(&world, &world.ram, REF);
	ck_assert_int_eq(cases_reopen(errand), REFUSED);
	ck_assert_int_eq(errand->why, CASE_NOT_CLOSED);
	close_as(&world.sita, REF);
	errand = world_errand(&world, &world.ram, REF);
	ck_assert_int_eq(cases_claim(errand), REFUSED);
	ck_assert_int_eq(errand->why, CASE_CLOSED);
	ck_assert_int_eq(
	    cases_reopen(world_errand(&world, &world.ram, REF)), DONE);
	ck_assert_int_eq(world_request(&world, REF).state, REQUEST_OPEN);
	claim_as(&world.ram, REF);
}
END_TEST

START_TEST(a_closed_request_stays_closed_when_its_caller_has_a_newer_one)
{
	struct errand *errand;

	claim_as(&world.sita, REF);
	close_as(&world.sita, REF);
	world_add_request(&world, OTHER_REF, WORLD_NUMBER);
	errand = world_errand(&world, &world.sita, REF);
	ck_assert_int_eq(cases_reopen(errand), REFUSED);
	ck_assert_int_eq(errand->why, CASE_HAS_ANOTHER);
	ck_assert_int_eq(world_request(&world, REF).state, REQUEST_CLOSED);
}
END_TEST

static const struct {
	enum request_state state;
	enum case_reason why;
} endings[] = {
	{ REQUEST_WITHDRAWN, CASE_WITHDRAWN },
	{ REQUEST_FORGOTTEN, CASE_FORGOTTEN },
};

START_TEST(nobody_touches_what_the_caller_took_back)
{
	enum case_reason why = endings[_i].why;

	claim_as(&world.sita, REF);
	end_request(endings[_i].state);
	ck_assert_int_eq(
	    cases_claim(world_errand(&world, &world.sita, REF)), REFUSED);
	ck_assert_int_eq(world.errand.why, why);
	ck_assert_int_eq(reply_as(&world.sita, "Hello", "why not"), REFUSED);
	ck_assert_int_eq(world.errand.why, why);
	ck_assert_int_eq(
	    cases_note(world_errand(&world, &world.sita, REF), "a note"),
	    REFUSED);
	ck_assert_int_eq(world.errand.why, why);
	ck_assert_int_eq(
	    cases_close(world_errand(&world, &world.sita, REF), "gone"),
	    REFUSED);
	ck_assert_int_eq(world.errand.why, why);
	ck_assert_int_eq(
	    cases_reopen(world_errand(&world, &world.sita, REF)), REFUSED);
	ck_assert_int_eq(world.errand.why, why);
}
END_TEST

START_TEST(what_the_caller_took_back_has_no_content)
{
	struct case_sheet sheet;

	world_add_text(&world, REF, "They took my passport");
	end_request(endings[_i].state);
	show_as(&world.sita, 1, &sheet);
	ck_assert_uint_eq(sheet.answer_count, 0);
	ck_assert_uint_eq(sheet.thread.count, 0);
	case_sheet_free(&sheet);
}
END_TEST

/* -- the queue -------------------------------------------------------------- */

static void
list_as(const struct caseworker *worker, const struct case_filter *filter,
    struct request_list *list)
{
	ck_assert_int_eq(
	    cases_list(worker, filter, WORLD_NOW_UTC_S, list), DONE);
}

START_TEST(the_queue_has_the_most_urgent_first_then_the_oldest)
{
	struct case_filter filter = { .most = 10 };
	struct request_list list;

	world_add_request(&world, OTHER_REF, OTHER_PHONE);
	claim_as(&world.sita, REF);
	list_as(&world.ram, &filter, &list);
	ck_assert_uint_eq(list.count, 2);
	ck_assert_str_eq(list.items[0].ref, REF);
	free(list.items);
	update("yes", 0, URGENCY_LOW);
	list_as(&world.ram, &filter, &list);
	ck_assert_uint_eq(list.count, 2);
	ck_assert_str_eq(list.items[0].ref, OTHER_REF);
	ck_assert_str_eq(list.items[1].claimed_by_name, "Sita");
	free(list.items);
	filter.most = 1;
	list_as(&world.ram, &filter, &list);
	ck_assert_uint_eq(list.count, 1);
	ck_assert_str_eq(list.items[0].ref, OTHER_REF);
	free(list.items);
}
END_TEST

START_TEST(the_queue_leaves_out_what_has_ended_unless_asked)
{
	struct case_filter filter = { .most = 10 };
	struct request_list list;

	claim_as(&world.sita, REF);
	close_as(&world.sita, REF);
	list_as(&world.sita, &filter, &list);
	ck_assert_uint_eq(list.count, 0);
	free(list.items);
	filter.shelf = SHELF_ANY;
	list_as(&world.sita, &filter, &list);
	ck_assert_uint_eq(list.count, 1);
	free(list.items);
}
END_TEST

START_TEST(the_queue_can_show_ones_own_only)
{
	struct case_filter filter = { .only_mine = 1, .most = 10 };
	struct request_list list;

	world_add_request(&world, OTHER_REF, OTHER_PHONE);
	claim_as(&world.sita, REF);
	list_as(&world.sita, &filter, &list);
	ck_assert_uint_eq(list.count, 1);
	ck_assert_str_eq(list.items[0].ref, REF);
	free(list.items);
	list_as(&world.ram, &filter, &list);
	ck_assert_uint_eq(list.count, 0);
	free(list.items);
}
END_TEST

/* -- roles ------------------------------------------------------------------ */

static const struct {
	const char *role;
	int is_disabled;
} strangers[] = { { "technician", 0 }, { "lead", 1 }, { "", 0 } };

START_TEST(a_technician_and_who_is_disabled_sees_no_case)
{
	struct staff staff = { .id = 1,
		.name = "Hari",
		.is_disabled = strangers[_i].is_disabled };
	struct caseworker worker = { .store = world.store,
		.staff = &staff,
		.secret = world.sita.secret };
	struct case_filter filter = { .most = 10 };
	struct request_list list;
	struct case_sheet sheet;

	snprintf(staff.role, sizeof(staff.role), "%s", strangers[_i].role);
	ck_assert_int_eq(
	    cases_list(&worker, &filter, WORLD_NOW_UTC_S, &list), REFUSED);
	ck_assert_int_eq(
	    cases_claim(world_errand(&world, &worker, REF)), REFUSED);
	ck_assert_int_eq(world.errand.why, CASE_NO_RIGHT);
	ck_assert_int_eq(
	    cases_show(world_errand(&world, &worker, REF), 0, &sheet), REFUSED);
	ck_assert_int_eq(
	    cases_note(world_errand(&world, &worker, REF), "x"), REFUSED);
	ck_assert_int_eq(world_request(&world, REF).state, REQUEST_OPEN);
}
END_TEST

static Suite *
suite_of_cases(void)
{
	Suite *suite = suite_create("cases");
	TCase *tcase = tcase_create("cases");

	suite_add_tcase(suite, tcase);
	tcase_set_timeout(tcase, 60);
	tcase_add_unchecked_fixture(tcase, world_make_once, world_remove);
	tcase_add_checked_fixture(tcase, open_world, close_world);
	tcase_add_test(tcase, a_claimed_request_has_an_owner);
	tcase_add_test(tcase, a_reference_is_read_in_small_letters_too);
	tcase_add_test(tcase, an_unknown_reference_is_nothing);
	tcase_add_test(tcase, a_claim_is_passed_on_by_its_owner_only);
	tcase_add_test(tcase, the_second_to_claim_learns_who_was_first);
	tcase_add_loop_test(tcase, two_who_claim_at_once_leave_one_owner, 0, 8);
	tcase_add_test(tcase, claiming_what_is_ones_own_changes_nothing);
	tcase_add_test(tcase, a_reply_needs_a_claim);
	tcase_add_test(tcase, a_reply_needs_ones_own_claim);
	tcase_add_test(
	    tcase, a_reply_goes_to_the_callers_own_number_by_their_line);
	tcase_add_test(
	    tcase, a_reply_stands_in_the_thread_and_says_that_it_waits);
	tcase_add_test(tcase, a_reply_makes_the_menu_silent_again);
	tcase_add_loop_test(tcase, a_caller_who_may_not_be_written_to_is_not, 0,
	    COUNT_OF(objections));
	tcase_add_loop_test(
	    tcase, an_exception_keeps_its_reason, 0, COUNT_OF(objections));
	tcase_add_test(tcase, no_reason_lifts_a_stop);
	tcase_add_test(
	    tcase, an_exception_without_a_reason_leaves_nothing_behind);
	tcase_add_test(tcase, a_reason_is_not_written_when_none_was_needed);
	tcase_add_loop_test(tcase, a_text_that_cannot_be_read_is_refused, 0,
	    COUNT_OF(unusable));
	tcase_add_test(tcase, a_reply_has_at_most_sixteen_parts);
	tcase_add_test(tcase, a_note_is_kept_for_the_team_and_never_sent);
	tcase_add_test(tcase, what_people_wrote_stands_nowhere_in_the_files);
	tcase_add_test(tcase, a_sheet_has_answers_texts_and_events);
	tcase_add_test(
	    tcase, the_number_is_shown_on_demand_only_and_leaves_an_event);
	tcase_add_test(tcase, texts_count_as_read_when_the_owner_looks);
	tcase_add_test(tcase, only_the_owner_closes);
	tcase_add_loop_test(
	    tcase, an_outcome_is_a_few_plain_words, 0, COUNT_OF(bad_outcomes));
	tcase_add_test(tcase, what_was_closed_is_open_again_for_anybody);
	tcase_add_test(tcase,
	    a_closed_request_stays_closed_when_its_caller_has_a_newer_one);
	tcase_add_loop_test(tcase, nobody_touches_what_the_caller_took_back, 0,
	    COUNT_OF(endings));
	tcase_add_loop_test(tcase, what_the_caller_took_back_has_no_content, 0,
	    COUNT_OF(endings));
	tcase_add_test(
	    tcase, the_queue_has_the_most_urgent_first_then_the_oldest);
	tcase_add_test(tcase, the_queue_leaves_out_what_has_ended_unless_asked);
	tcase_add_test(tcase, the_queue_can_show_ones_own_only);
	tcase_add_loop_test(tcase,
	    a_technician_and_who_is_disabled_sees_no_case, 0,
	    COUNT_OF(strangers));
	return (suite);
}

CHECK_MAIN(suite_of_cases);
