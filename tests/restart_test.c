/* Callers in the middle of a session on a dialled code while the helpline
 * around them is started again: the caseworkers' desk, the hub as it is told to
 * end, and the whole service as systemd ends it.
 */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/outcome.h"
#include "tests/lab.h"
#include "tests/mobile_centre.h"
#include "tests/proof.h"
#include "tests/service.h"

enum {
	SUBSCRIBERS = 520,
	MANY = 500,
	WAIT_MS = 30000,
	PAGES_MOST = 12,
	STEP_MOST_MS = 5000, /* what a gateway waits for, on a busy machine */
};

static struct network network;
static struct lab lab;
static struct shown shown;
static int desk_port;
static pid_t desk = -1;

/* -- the helpline ----------------------------------------------------------- */

static void
open_all(void)
{
	char words[800];

	network_open(&network, SUBSCRIBERS);
	lab_open(&lab, NULL);
	desk_port = 10000 + (int)(getpid() % 10000);
	snprintf(words, sizeof(words),
	    "lines = (\n { name = \"helpline\"; kind = \"gsup\"; peer ="
	    " \"%s:4222\"; control = \"%s:4259\"; code = \"" NETWORK_CODE "\";"
	    " corridor = \"nepal-gulf\"; texts_by = \"demo\"; },\n",
	    network.address, network.address);
	lab_configure(&lab, "lines = (\n", words);
	snprintf(words, sizeof(words), "127.0.0.1:%d", desk_port);
	lab_configure(&lab, "127.0.0.1:8443", words);
	lab_start(&lab);
}

static void
end_desk(int signal)
{
	if (desk > 0) {
		kill(desk, signal);
		waitpid(desk, NULL, 0);
	}
	desk = -1;
}

static void
close_all(void)
{
	end_desk(SIGKILL);
	lab_close(&lab);
	network_close(&network);
	text_free(&shown.text);
}

static void
start_desk(void)
{
	static const char *const arguments[] = { "desk", NULL };

	desk = lab_spawn(&lab, arguments);
	close(service_connect(desk_port));
}

/* -- what caseworkers see ---------------------------------------------------- */

/* How often a page of the desk, or what a command prints, has these words. */
static int
count_in(const char *words, const char *command)
{
	FILE *out = popen(command, "r");
	struct text all = { 0 };
	char block[4096];
	size_t got;
	int count = 0;

	while (out != NULL && (got = fread(block, 1, sizeof(block), out)) > 0)
		text_add_bytes(&all, block, got);
	if (out != NULL)
		pclose(out);
	for (const char *at = strstr(text_string(&all), words); at != NULL;
	     at = strstr(at + 1, words))
		count++;
	text_free(&all);
	return (count);
}

/* Signs in with a browser of its own and looks at the queue. */
static int
cases_on_the_desk(void)
{
	struct text command = { 0 };
	int count;

	text_printf(&command,
	    "cd '%s' && rm -f jar && curl -sk --max-time 30 -c jar -o /dev/null"
	    " -d name=" LAB_STAFF " --data-urlencode 'password=" LAB_PASSWORD
	    "' https://127.0.0.1:%d/sign-in && curl -sk --max-time 30 -b jar"
	    " https://127.0.0.1:%d/",
	    lab.folder, desk_port, desk_port);
	count = count_in("href=\"/case/", text_string(&command));
	text_free(&command);
	return (count);
}

static int64_t
requests(void)
{
	return (lab_query_integer(&lab, "SELECT count(*) FROM requests"));
}

/* -- a phone on the local network -------------------------------------------- */

static void
type(int i, uint32_t session, const char *text)
{
	int64_t begun_ms = clock_monotonic_ms();

	network_type(&network, i, session, text);
	network_hear(&network, &shown, WAIT_MS);
	expect(clock_monotonic_ms() - begun_ms < STEP_MOST_MS,
	    "a page took %lld ms",
	    (long long)(clock_monotonic_ms() - begun_ms));
}

/* Until the helpline answers: it may still be on its way to the register. */
static uint32_t
dial(int i)
{
	int64_t until_ms = clock_monotonic_ms() + WAIT_MS;
	uint32_t session;

	do {
		session = network_dial(&network, i, NETWORK_CODE);
		network_hear(&network, &shown, WAIT_MS);
		if (shown.kind != SHOWN_ERROR)
			return (session);
		usleep(20000);
	} while (clock_monotonic_ms() < until_ms);
	return (session);
}

static void
find_words(int i, uint32_t session, const char *words)
{
	for (int pages = 0; pages < PAGES_MOST; pages++) {
		if (strstr(text_string(&shown.text), words) != NULL ||
		    strstr(text_string(&shown.text), "9 ") == NULL ||
		    shown.kind != SHOWN_PAGE)
			break;
		type(i, session, "9");
	}
	expect(strstr(text_string(&shown.text), words) != NULL,
	    "'%s' is not in '%s'", words, text_string(&shown.text));
}

static uint32_t
dial_and_go_on(int i)
{
	uint32_t session = dial(i);

	find_words(i, session, "1 Continue");
	type(i, session, "1");
	return (session);
}

static const struct walk_step {
	const char *words; /* what is shown before the answer */
	const char *answer;
} steps[] = {
	{ "HELP", "HELP" },
	{ "safe for you to text", "1" },
	{ "we keep your answers", "1" },
	{ "danger right now", "2" },
	{ "Who needs help", "1" },
	{ "under 18", "2" },
	{ "help is needed most", "2" },
	{ "Which country", "Qatar" },
	{ "contact you", "1" },
	{ "When is it safe", "3" },
	{ "code word", "mango" },
	{ "name can we call", "Rita" },
};

enum { MIDDLE = 5 };

static void
walk(int i, uint32_t session, size_t from, size_t to)
{
	for (size_t n = from; n < to; n++) {
		find_words(i, session, steps[n].words);
		type(i, session, steps[n].answer);
	}
	if (to < COUNT_OF(steps))
		return;
	find_words(i, session, "Thank you. Your number is");
	expect(shown.kind == SHOWN_LAST, "the session goes on after the end");
}

static void
expect_whole_request(int64_t before)
{
	expect(requests() == before + 1, "%lld requests after %lld",
	    (long long)requests(), (long long)before);
	service_expect_no_texts(&lab);
}

/* -- proofs: the desk -------------------------------------------------------- */

static void
a_desk_that_is_killed_takes_nothing_from_who_is_dialling(void)
{
	int64_t before = requests();
	uint32_t session;

	start_desk();
	session = dial(1);
	walk(1, session, 0, MIDDLE);
	expect(cases_on_the_desk() == before + 1, "the desk shows %d cases",
	    cases_on_the_desk());
	end_desk(SIGKILL);
	walk(1, session, MIDDLE, MIDDLE + 2);
	start_desk();
	walk(1, session, MIDDLE + 2, COUNT_OF(steps));
	expect_whole_request(before);
	expect(cases_on_the_desk() == before + 1, "the desk shows %d cases",
	    cases_on_the_desk());
	end_desk(SIGKILL);
}

static void
a_desk_that_is_ended_before_the_request_shows_it_when_it_is_back(void)
{
	int64_t before = requests();
	uint32_t session;

	start_desk();
	session = dial(2);
	find_words(2, session, steps[0].words);
	end_desk(SIGTERM);
	walk(2, session, 0, COUNT_OF(steps));
	expect_whole_request(before);
	start_desk();
	expect(cases_on_the_desk() == before + 1, "the desk shows %d cases",
	    cases_on_the_desk());
	end_desk(SIGTERM);
}

/* -- proofs: the hub, on the local network ------------------------------------ */

/* Not silence, and no error: a page that says to dial again. */
static void
expect_leave(uint32_t session)
{
	network_hear(&network, &shown, WAIT_MS);
	expect(shown.kind == SHOWN_LAST && shown.session == session,
	    "kind %d: '%s'", shown.kind, text_string(&shown.text));
	expect(strstr(text_string(&shown.text), "dial again") != NULL,
	    "'%s' does not say to dial again", text_string(&shown.text));
}

static void
walk_through_restarts(int i, void (*end)(struct lab *of))
{
	int64_t before = requests();
	uint32_t session = dial(i);

	for (size_t n = 0; n < COUNT_OF(steps); n++) {
		find_words(i, session, steps[n].words);
		type(i, session, steps[n].answer);
		if (n + 1 == COUNT_OF(steps))
			break;
		end(&lab);
		expect_leave(session);
		lab_start(&lab);
		session = dial_and_go_on(i);
	}
	find_words(i, session, "Thank you. Your number is");
	expect(shown.kind == SHOWN_LAST, "the session goes on after the end");
	expect_whole_request(before);
}

static void
end_service(struct lab *of)
{
	service_signal_all(of);
	service_wait(of);
}

static void
a_hub_that_is_ended_after_each_answer_leaves_callers_their_place(void)
{
	long warnings = lab_log_count(&lab, "its process ended");

	walk_through_restarts(3, service_end_hub);
	expect(lab_log_count(&lab, "its process ended") == warnings,
	    "a line did not end as it was told");
}

static void
a_service_that_is_ended_after_each_answer_leaves_callers_their_place(void)
{
	walk_through_restarts(4, end_service);
}

static void
all_who_are_on_the_code_are_released(void)
{
	int released = 0;

	for (int i = 0; i < MANY; i++)
		network_dial(&network, SUBSCRIBERS - MANY + i, NETWORK_CODE);
	for (int i = 0; i < MANY; i++)
		network_hear(&network, &shown, WAIT_MS);
	end_service(&lab);
	for (int i = 0; i < MANY; i++) {
		network_hear(&network, &shown, WAIT_MS);
		released += shown.kind == SHOWN_LAST &&
		    strstr(text_string(&shown.text), "dial again") != NULL;
	}
	expect(released == MANY, "%d of %d were released", released, MANY);
	lab_start(&lab);
}

static const struct proof proofs[] = {
	{ "a_desk_that_is_killed_takes_nothing_from_who_is_dialling",
	    a_desk_that_is_killed_takes_nothing_from_who_is_dialling },
	{ "a_desk_that_is_ended_before_the_request_shows_it_when_it_is_back",
	    a_desk_that_is_ended_before_the_request_shows_it_when_it_is_back },
	{ "a_hub_that_is_ended_after_each_answer_leaves_callers_their_place",
	    a_hub_that_is_ended_after_each_answer_leaves_callers_their_place },
	{ "a_service_that_is_ended_after_each_answer_leaves_callers_their_place",
	    a_service_that_is_ended_after_each_answer_leaves_callers_their_place },
	{ "all_who_are_on_the_code_are_released",
	    all_who_are_on_the_code_are_released },
};

int
main(int argc, char **argv)
{
	int status;

	if (!network_can_run()) {
		printf("there is no osmo-hlr here\n0 passed, 0 failed,"
		       " %zu skipped\n",
		    COUNT_OF(proofs));
		return (EXIT_SUCCESS);
	}
	open_all();
	status = proof_run(proofs, COUNT_OF(proofs), argc, argv);
	close_all();
	return (status);
}
