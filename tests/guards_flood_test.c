/* A flood of texts on a helpline run by the real program, in the inbox and on a
 * full SIM: nobody else waits for it.  And what a modem knows besides: its own
 * number, and what became of texts.
 */
#include <inttypes.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/outcome.h"
#include "tests/sim/sim_client.h"
#include "tests/team_lab.h"

#define OTHER_NUMBER "+9779810000008"

/* -- a flood ---------------------------------------------------------------- */

enum {
	FLOOD = 10000,
	SIM_FLOOD = 300,
	OTHERS_MOST = 100, /* a budget, what it tells, and some room */
};

static void
open_duty(struct lab *lab, const char *modem)
{
	lab_open(lab, modem);
	lab_configure(
	    lab, "log = {", "alarms = { from = \"high\"; };\nlog = {");
	team_add_hari(lab);
	expect(RUN(lab, NULL, NULL, "staff", "phone", HARI, HARI_NUMBER) == 0 &&
		RUN(lab, NULL, NULL, "staff", "duty", HARI, "on") == 0,
	    "no duty");
}

/* In a process of its own, since the line takes what it can. */
static pid_t
start_flood(const struct lab *lab)
{
	struct caller_phone phone;
	struct text lines = { 0 };
	pid_t process = fork();

	if (process != 0)
		return (process);
	caller_open(&phone, lab, OTHER_NUMBER);
	for (int i = 0; i < FLOOD; i++)
		text_printf(&lines, "sms\t" OTHER_NUMBER "\tflood %d\n", i);
	caller_raw(&phone, lines.bytes, lines.length);
	pause();
	_exit(0);
}

static void
ten_thousand_texts_in_the_inbox_delay_nobody_else(void)
{
	struct caller_phone caller, hari;
	struct text heard = { 0 };
	int64_t began_ms, journalled, before;
	pid_t flood;
	struct lab lab;

	open_duty(&lab, NULL);
	lab_start(&lab);
	caller_open(&caller, &lab, CALLER_NUMBER);
	caller_open(&hari, &lab, HARI_NUMBER);
	flood = start_flood(&lab);
	while (lab_query_integer(&lab, "SELECT count(*) FROM journal") < 200)
		usleep(2000);
	began_ms = clock_monotonic_ms();
	team_walk_to_request(&caller);
	journalled = lab_query_integer(&lab, "SELECT count(*) FROM journal");
	expect(caller_hear(&hari, &heard, CALLER_WAIT_MS), "no alarm");
	printf("behind a flood of %d texts, %" PRId64 " of them taken: eight"
	       " answers and the alarm in %" PRId64 " ms\n",
	    FLOOD, journalled, clock_monotonic_ms() - began_ms);
	before = lab_query_integer(&lab,
	    "SELECT count(*) FROM outbox WHERE kind = 'answer' AND id <"
	    " (SELECT min(id) FROM outbox WHERE kind = 'alarm')");
	expect(before <= OTHERS_MOST + 8,
	    "%" PRId64 " answers left before the alarm", before);
	expect(team_wait_for(
		   &lab, "SELECT count(*) >= 10008 FROM journal", 1) == 1,
	    "not all of the flood is journalled");
	expect(lab_query_integer(
		   &lab, "SELECT count(*) FROM outbox WHERE kind = 'answer'") <=
		OTHERS_MOST + 8,
	    "the flood was answered");
	kill(flood, SIGKILL);
	waitpid(flood, NULL, 0);
	caller_close(&caller);
	caller_close(&hari);
	text_free(&heard);
	lab_stop(&lab, SIGTERM);
	lab_close(&lab);
}

static void
a_full_sim_delays_nobody_who_is_on_it(void)
{
	struct text words = { 0 };
	int64_t began_ms, waited_ms = 0;
	struct sim sim;
	struct lab lab;

	open_duty(&lab, "device-to-come");
	sim_start_named(&sim, "./modem_sim", lab.folder, "modem", NULL);
	text_printf(&words, "device = \"%s\"; pause_ms = 0", sim.device);
	lab_configure(&lab, "device = \"device-to-come\"", words.bytes);
	/* The SIM is full of one number's texts, one of another's among them,
	 * and the network holds more. */
	for (int i = 0; i < SIM_FLOOD; i++) {
		text_clear(&words);
		text_printf(&words, "flood %d", i);
		sim_ask(&sim, "text", i == 15 ? CALLER_NUMBER : OTHER_NUMBER,
		    i == 15 ? "HELP" : text_string(&words), NULL);
	}
	lab_start(&lab);
	began_ms = clock_monotonic_ms();
	expect(team_wait_for(&lab,
		   "SELECT count(*) FROM requests WHERE opened_by = 'help'",
		   1) == 1,
	    "there is no request");
	waited_ms = clock_monotonic_ms() - began_ms;
	printf("with a full SIM the request stands after %" PRId64 " ms, its"
	       " line's start included, %" PRId64 " texts read\n",
	    waited_ms, lab_query_integer(&lab, "SELECT count(*) FROM journal"));
	expect(team_wait_for(&lab,
		   "SELECT count(*) >= 300 FROM journal WHERE kind = 'sms'",
		   1) == 1,
	    "the SIM is not emptied");
	expect(lab_query_integer(
		   &lab, "SELECT count(*) FROM outbox WHERE kind = 'answer'") <=
		OTHERS_MOST,
	    "the flood was answered");
	text_free(&words);
	lab_stop(&lab, SIGTERM);
	sim_stop(&sim);
	lab_close(&lab);
}

/* -- what the modem knows --------------------------------------------------- */

static void
open_modem(struct lab *lab, struct sim *sim, const char *settings)
{
	struct text words = { 0 };

	lab_open(lab, "device-to-come");
	sim_start_named(sim, "./modem_sim", lab->folder, "modem", NULL);
	text_printf(&words, "device = \"%s\"; pause_ms = 0; check_s = 1; %s",
	    sim->device, settings);
	lab_configure(lab, "device = \"device-to-come\"", words.bytes);
	text_free(&words);
}

static void
close_modem(struct lab *lab, struct sim *sim)
{
	lab_stop(lab, SIGTERM);
	sim_stop(sim);
	lab_close(lab);
}

static void
what_the_network_reports_of_a_text_is_noted(void)
{
	static const char *const reports[][3] = {
		/* Of the n-th text, TP-ST, what is noted. */
		{ "1", "0", "delivered" },
		{ "2", "65", "not delivered" },
	};
	struct text report = { 0 };
	struct sim sim;
	struct lab lab;

	open_modem(&lab, &sim, "reports = true");
	lab_start(&lab);
	for (size_t i = 0; i < COUNT_OF(reports); i++) {
		sim_ask(
		    &sim, "text", CALLER_NUMBER, i == 0 ? "hello" : "1", NULL);
		sim_ask(&sim, "sent-wait", reports[i][0], NULL);
		expect(team_wait_for(&lab,
			   "SELECT count(*) FROM outbox WHERE state ="
			   " 'sending'",
			   0) == 0,
		    "it is still being sent");
		/* Still on its way, then for good. */
		sim_ask(&sim, "report", reports[i][0], "48", NULL);
		sim_ask(&sim, "report", reports[i][0], reports[i][1], NULL);
		sim_ask(&sim, "report-unknown", "99", NULL);
		team_wait_for(&lab,
		    "SELECT count(*) FROM outbox WHERE report <> ''",
		    (int64_t)i + 1);
		lab_query(&lab,
		    "SELECT report FROM outbox ORDER BY id DESC LIMIT 1",
		    &report);
		expect(strcmp(text_string(&report), reports[i][2]) == 0,
		    "'%s' is noted, not '%s'", text_string(&report),
		    reports[i][2]);
	}
	text_free(&report);
	close_modem(&lab, &sim);
}

static void
a_number_learnt_from_the_sim_is_not_answered(void)
{
	struct sim sim;
	struct lab lab;

	open_modem(&lab, &sim, "reports = false");
	sim_ask(&sim, "own-number", "+9779801000009", NULL);
	lab_start(&lab);
	/* By the time it answers one it has told its number. */
	sim_ask(&sim, "text", CALLER_NUMBER, "hello", NULL);
	sim_ask(&sim, "sent-wait", "1", NULL);
	for (int i = 0; i < 500 && !lab_finds(&lab, "its number is"); i++)
		usleep(20000);
	sim_ask(&sim, "text", "+9779801000009", "1 Check a job", NULL);
	expect(team_wait_for(&lab,
		   "SELECT coalesce(sum(count), 0) FROM guard_counts"
		   " WHERE what = 'own_number'",
		   1) == 1,
	    "our own SIM is taken for a caller");
	expect(lab_query_integer(&lab, "SELECT count(*) FROM outbox") == 1,
	    "we talk with ourselves");
	close_modem(&lab, &sim);
}

static const struct proof proofs[] = {
	{ "ten_thousand_texts_in_the_inbox_delay_nobody_else",
	    ten_thousand_texts_in_the_inbox_delay_nobody_else },
	{ "a_full_sim_delays_nobody_who_is_on_it",
	    a_full_sim_delays_nobody_who_is_on_it },
	{ "what_the_network_reports_of_a_text_is_noted",
	    what_the_network_reports_of_a_text_is_noted },
	{ "a_number_learnt_from_the_sim_is_not_answered",
	    a_number_learnt_from_the_sim_is_not_answered },
};

int
main(int argc, char **argv)
{
	return (proof_run(proofs, COUNT_OF(proofs), argc, argv));
}
