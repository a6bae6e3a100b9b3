/* The guards on a helpline run by the real program: who is answered, how often,
 * and that nobody waits behind somebody who writes too much.
 */
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/outcome.h"
#include "gateway/text/caller_guard.h"
#include "tests/team_lab.h"

enum {
	SILENCE_MS = 1000, /* in which an answer would have come */
	OUR_SILENCE_MS = 3000,
	BUDGET = 6,
};

#define OTHER_NUMBER "+9779810000008"

/* What says that the answers are spent. */
static const char quiet[] = "We cannot answer more just now.";

static void
open_lab(struct lab *lab, const char *guards)
{
	struct text words = { 0 };

	lab_open(lab, NULL);
	text_printf(&words, "guards = { %s };\nlog = {", guards);
	lab_configure(lab, "log = {", words.bytes);
	text_free(&words);
	lab_start(lab);
}

static void
close_lab(struct lab *lab)
{
	int status = lab_stop(lab, SIGTERM);

	expect(status == 0, "the hub ended with status %d", status);
	lab_close(lab);
}

static void
expect_silence(struct caller_phone *phone, const char *text)
{
	struct text heard = { 0 };

	caller_text_taken(phone, text);
	expect(!caller_hear(phone, &heard, SILENCE_MS),
	    "'%s' was answered by '%s'", text, text_string(&heard));
	text_free(&heard);
}

/* Texts until it is silent, at most `most` times, never the same twice running:
 * how many were answered before the words that say it is spent. */
static int
spend(struct caller_phone *phone, int most)
{
	struct text heard = { 0 };
	int answered = 0;

	for (int i = 0; i < most; i++) {
		caller_ask(phone, i % 2 == 0 ? "MENU" : "1", &heard);
		if (strstr(text_string(&heard), quiet) != NULL)
			break;
		answered += heard.length > 0;
	}
	text_free(&heard);
	return (answered);
}

/* -- the budget ------------------------------------------------------------- */

static void
whoever_has_had_all_answers_is_told_once_and_still_gets_help(void)
{
	struct caller_phone caller, other;
	struct lab lab;

	open_lab(&lab, "answers_an_hour = 6;");
	caller_open(&caller, &lab, CALLER_NUMBER);
	caller_open(&other, &lab, OTHER_NUMBER);
	expect(spend(&caller, 3 * BUDGET) == BUDGET, "the budget is not %d",
	    BUDGET);
	expect_silence(&caller, "MENU");
	expect_silence(&caller, "are you there?");
	/* Nobody else is meant. */
	caller_expect(&other, "hello", "1 ");
	/* All of it is journalled, and one text stands where a person looks. */
	expect(lab_query_integer(&lab, "SELECT count(*) FROM journal") ==
		BUDGET + 4,
	    "not everything was journalled");
	expect(lab_query_integer(&lab,
		   "SELECT count(*) FROM journal WHERE state = 'aside' AND"
		   " cause LIKE 'not answered: too many%'") == 1,
	    "nobody can find who was silenced");
	/* HELP, and what it asks. */
	team_walk_to_request(&caller);
	expect(lab_query_integer(&lab,
		   "SELECT count(*) FROM requests WHERE state = 'open' AND"
		   " consent = 'yes'") == 1,
	    "there is no request");
	/* Where they stood before is gone, but they are somewhere: a text joins
	 * the case without an answer from the budget. */
	caller_expect(&caller, "STOP", "OK");
	expect(lab_query_integer(&lab,
		   "SELECT is_stopped FROM callers ORDER BY last_utc_s DESC"
		   " LIMIT 1") == 1,
	    "STOP was not obeyed");
	caller_close(&caller);
	caller_close(&other);
	close_lab(&lab);
}

static void
who_was_silenced_is_found_by_a_caseworker(void)
{
	struct caller_phone caller;
	struct text out = { 0 };
	char id[24];
	struct lab lab;

	open_lab(&lab, "answers_an_hour = 6;");
	caller_open(&caller, &lab, CALLER_NUMBER);
	spend(&caller, BUDGET);
	caller_expect(&caller, "please my boss is here", quiet);
	expect(RUN(&lab, NULL, &out, "queue", "aside") == 0 &&
		strstr(text_string(&out), "not answered: too many") != NULL,
	    "the list says '%s'", text_string(&out));
	lab_query(&lab, "SELECT id FROM journal WHERE state = 'aside'", &out);
	snprintf(id, sizeof(id), "%s", text_string(&out));
	expect(RUN(&lab, NULL, &out, "queue", "aside", id, "--number") == 0 &&
		strstr(text_string(&out), CALLER_NUMBER) != NULL &&
		strstr(text_string(&out), "please my boss is here") != NULL,
	    "it opens as '%s'", text_string(&out));
	expect(lab_finds(&lab, "not answered") &&
		!lab_finds(&lab, CALLER_NUMBER) && !lab_finds(&lab, "my boss"),
	    "the files hold a number or a text in plain");
	caller_close(&caller);
	text_free(&out);
	close_lab(&lab);
}

static void
forget_and_a_restart_are_no_way_round_a_budget(void)
{
	struct caller_phone caller;
	struct lab lab;

	open_lab(&lab, "answers_an_hour = 6; help_answers_a_day = 5;");
	caller_open(&caller, &lab, CALLER_NUMBER);
	for (int i = 0; i < BUDGET / 2; i++) {
		caller_expect(&caller, "hello", "1 ");
		caller_expect(&caller, "FORGET", "erased");
	}
	expect(lab_query_integer(&lab, "SELECT count(*) FROM guards") == 0,
	    "FORGET leaves what was counted on the disk");
	caller_expect(&caller, "hello", quiet);
	expect_silence(&caller, "1");
	caller_close(&caller);
	lab_stop(&lab, SIGKILL);
	lab_start(&lab);
	caller_open(&caller, &lab, CALLER_NUMBER);
	expect_silence(&caller, "1");
	caller_close(&caller);
	close_lab(&lab);
}

/* -- the same again --------------------------------------------------------- */

static void
the_same_exchange_is_made_three_times_and_not_a_fourth(void)
{
	struct caller_phone caller;
	struct text first = { 0 }, again = { 0 };
	struct lab lab;

	open_lab(&lab, "");
	caller_open(&caller, &lab, CALLER_NUMBER);
	caller_ask(&caller, "MENU", &first);
	for (int i = 1; i < GUARD_SAME_MOST; i++) {
		caller_ask(&caller, "MENU", &again);
		expect(strcmp(text_string(&first), text_string(&again)) == 0,
		    "MENU is '%s'", text_string(&again));
	}
	expect_silence(&caller, "MENU");
	expect_silence(&caller, "MENU");
	/* They stand where the last answer left them. */
	caller_ask(&caller, "1", &again);
	expect(again.length > 0 &&
		strcmp(text_string(&first), text_string(&again)) != 0,
	    "'1' is answered by '%s'", text_string(&again));
	caller_ask(&caller, "MENU", &again);
	expect(strcmp(text_string(&first), text_string(&again)) == 0,
	    "another text does not bring the menu back");
	caller_close(&caller);
	text_free(&first);
	text_free(&again);
	close_lab(&lab);
}

static void
a_real_person_goes_through_a_checklist_by_ones(void)
{
	struct caller_phone caller;
	struct text heard = { 0 };
	struct lab lab;

	open_lab(&lab, "");
	caller_open(&caller, &lab, CALLER_NUMBER);
	caller_expect(&caller, "hello", "1 ");
	for (int i = 0; i < 8; i++) {
		caller_ask(&caller, "1", &heard);
		expect(heard.length > 0, "the %d. '1' is not answered", i + 1);
	}
	caller_close(&caller);
	text_free(&heard);
	close_lab(&lab);
}

static void
help_is_answered_however_often_it_comes(void)
{
	struct caller_phone caller;
	struct lab lab;

	open_lab(&lab, "");
	caller_open(&caller, &lab, CALLER_NUMBER);
	for (int i = 0; i < 3 * GUARD_SAME_MOST; i++)
		caller_expect(&caller, "HELP", "");
	expect(lab_query_integer(
		   &lab, "SELECT count(*) FROM outbox WHERE kind = 'answer'") ==
		3 * GUARD_SAME_MOST,
	    "a HELP was not answered");
	expect(lab_query_integer(&lab, "SELECT count(*) FROM requests") == 1,
	    "it is not one request");
	caller_close(&caller);
	close_lab(&lab);
}

/* -- machines --------------------------------------------------------------- */

struct side {
	struct lab lab;
	struct caller_phone phone; /* that is the other helpline */
	int texts; /* it sent */
};

/* One text of `from` to `to`: 1, or 0 when it is silent. */
static int
carry(struct side *from, struct side *to, int wait_ms)
{
	struct text heard = { 0 };
	int has_text = caller_hear(&from->phone, &heard, wait_ms);

	if (has_text) {
		from->texts++;
		caller_text(&to->phone, text_string(&heard));
	}
	text_free(&heard);
	return (has_text);
}

static int64_t
told(struct lab *lab)
{
	return (lab_query_integer(lab,
	    "SELECT (SELECT count(*) FROM journal WHERE state = 'aside' AND"
	    " cause LIKE 'not answered%') + (SELECT count(*) FROM requests"
	    " WHERE state = 'open')"));
}

static void
two_helplines_pointed_at_each_other_fall_silent(void)
{
	enum { MOST = 100 };
	struct side one = { 0 }, two = { 0 };

	open_lab(&one.lab, "");
	open_lab(&two.lab, "");
	caller_open(&one.phone, &one.lab, OTHER_NUMBER);
	caller_open(&two.phone, &two.lab, CALLER_NUMBER);
	/* Somebody's mistake begins it. */
	caller_text(&one.phone, "hello");
	while (one.texts + two.texts < 1000 &&
	    (carry(&one, &two, OUR_SILENCE_MS) |
		carry(&two, &one, OUR_SILENCE_MS)))
		;
	printf("two helplines sent each other %d and %d texts and were"
	       " silent\n",
	    one.texts, two.texts);
	expect(one.texts > 1 && one.texts <= MOST, "one sent %d", one.texts);
	expect(two.texts <= MOST, "the other sent %d", two.texts);
	/* On the list, or as a request that somebody reads. */
	expect(told(&one.lab) + told(&two.lab) >= 1,
	    "nobody is told that it happened");
	/* A person's words still reach both. */
	caller_close(&one.phone);
	caller_open(&one.phone, &one.lab, "+9779810000077");
	caller_expect(&one.phone, "hello", "1 ");
	caller_close(&one.phone);
	caller_close(&two.phone);
	close_lab(&one.lab);
	close_lab(&two.lab);
}

/* An operator's machine that answers every text, each time with other words. */
static int
answer_machine(struct lab *lab, const char *words)
{
	struct caller_phone machine;
	struct text heard = { 0 }, says = { 0 };
	int texts = 0;

	caller_open(&machine, lab, CALLER_NUMBER);
	text_printf(&says, words, 1);
	caller_text(&machine, text_string(&says));
	while (texts < 1000 && caller_hear(&machine, &heard, OUR_SILENCE_MS)) {
		texts++;
		text_clear(&says);
		text_printf(&says, words, texts + 1);
		caller_text(&machine, text_string(&says));
	}
	caller_close(&machine);
	text_free(&heard);
	text_free(&says);
	return (texts);
}

static void
a_machine_that_answers_every_text_is_left_alone(void)
{
	static const char *const machines[] = {
		"You have won prize no. %d! Call us now.",
		"Dear customer, your request %d is being worked on.", "%d",
		"HELP is on its way, ticket %d"
	};

	for (size_t i = 0; i < COUNT_OF(machines); i++) {
		struct lab lab;
		int texts;

		open_lab(&lab, "");
		texts = answer_machine(&lab, machines[i]);
		printf("a machine that says '%s' was sent %d texts\n",
		    machines[i], texts);
		expect(texts >= 3 && texts <= 60 + 30 + 1, "%d texts to '%s'",
		    texts, machines[i]);
		close_lab(&lab);
	}
}

/* -- what is told of it ----------------------------------------------------- */

static void
status_counts_what_guards_did(void)
{
	static const char *const json[] = { "status", "--json", NULL };
	static const char *const figures[] = { "status", "--prometheus", NULL };
	struct caller_phone code, name, caller;
	struct text out = { 0 };
	struct lab lab;

	open_lab(&lab, "answers_an_hour = 6;");
	caller_open(&code, &lab, "1234");
	caller_open(&name, &lab, "INFO");
	caller_open(&caller, &lab, CALLER_NUMBER);
	expect_silence(&code, "You have won");
	expect_silence(&name, "Dear customer");
	spend(&caller, 3 * BUDGET);
	expect_silence(&caller, "MENU");
	expect(lab_run(&lab, &out, json) == 0 &&
		strstr(text_string(&out),
		    "\"guards\":{\"short_code\":1,\"name\":1,") != NULL &&
		strstr(text_string(&out), "\"withheld_spent\":1") != NULL &&
		strstr(text_string(&out), "\"silenced_callers\":1") != NULL,
	    "status says '%s'", text_string(&out));
	text_clear(&out);
	expect(lab_run(&lab, &out, figures) == 0 &&
		strstr(text_string(&out),
		    "waymark_guards_total{what=\"told_spent\"} 1\n") != NULL &&
		strstr(text_string(&out), "waymark_silenced_callers 1\n") !=
		    NULL,
	    "the figures are '%s'", text_string(&out));
	caller_close(&code);
	caller_close(&name);
	caller_close(&caller);
	text_free(&out);
	close_lab(&lab);
}

static const struct proof proofs[] = {
	{ "status_counts_what_guards_did", status_counts_what_guards_did },
	{ "whoever_has_had_all_answers_is_told_once_and_still_gets_help",
	    whoever_has_had_all_answers_is_told_once_and_still_gets_help },
	{ "who_was_silenced_is_found_by_a_caseworker",
	    who_was_silenced_is_found_by_a_caseworker },
	{ "forget_and_a_restart_are_no_way_round_a_budget",
	    forget_and_a_restart_are_no_way_round_a_budget },
	{ "the_same_exchange_is_made_three_times_and_not_a_fourth",
	    the_same_exchange_is_made_three_times_and_not_a_fourth },
	{ "a_real_person_goes_through_a_checklist_by_ones",
	    a_real_person_goes_through_a_checklist_by_ones },
	{ "help_is_answered_however_often_it_comes",
	    help_is_answered_however_often_it_comes },
	{ "two_helplines_pointed_at_each_other_fall_silent",
	    two_helplines_pointed_at_each_other_fall_silent },
	{ "a_machine_that_answers_every_text_is_left_alone",
	    a_machine_that_answers_every_text_is_left_alone },
};

int
main(int argc, char **argv)
{
	return (proof_run(proofs, COUNT_OF(proofs), argc, argv));
}
