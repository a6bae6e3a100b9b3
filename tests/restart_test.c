/* Callers in the middle of a session on a dialled code while the helpline
 * around them is started again: the caseworkers' desk, the hub as it is told to
 * end, and the whole service as systemd ends it.
 */
#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/file.h"
#include "tests/lab.h"
#include "tests/mobile_centre.h"
#include "tests/proof.h"

enum {
	SUBSCRIBERS = 520,
	MANY = 500,
	WAIT_MS = 30000,
	PAGES_MOST = 12,
	STEP_MOST_MS = 5000, /* what a gateway waits for, on a busy machine */
	PATH_ROOM = 200,
};

#define TOKEN "a-token-of-32-bytes-for-the-tests"

static struct network network;
static struct lab lab;
static struct shown shown;
static int http_port;
static int desk_port;
static pid_t desk = -1;

/* -- the helpline ----------------------------------------------------------- */

static void
open_all(void)
{
	char path[PATH_ROOM];
	char words[800];

	network_open(&network, SUBSCRIBERS);
	lab_open(&lab, NULL);
	http_port = 20000 + (int)(getpid() % 20000);
	desk_port = http_port + 20001;
	snprintf(words, sizeof(words),
	    "lines = (\n { name = \"helpline\"; kind = \"gsup\"; peer ="
	    " \"%s:4222\"; control = \"%s:4259\"; code = \"" NETWORK_CODE "\";"
	    " corridor = \"nepal-gulf\"; texts_by = \"demo\"; },\n"
	    " { name = \"codes\"; kind = \"ussd\"; profile ="
	    " \"africastalking\"; address = \"127.0.0.1:%d\"; token_file ="
	    " \"token\"; corridor = \"nepal-gulf\"; country = \"254\";"
	    " texts_by = \"demo\"; },\n",
	    network.address, network.address, http_port);
	lab_configure(&lab, "lines = (\n", words);
	snprintf(words, sizeof(words), "127.0.0.1:%d", desk_port);
	lab_configure(&lab, "127.0.0.1:8443", words);
	snprintf(path, sizeof(path), "%s/h/token", lab.folder);
	if (file_write(path, 0600, TOKEN "\n", sizeof(TOKEN)) != DONE)
		lab_fail("cannot write the token");
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

static int
connect_to(int port)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int64_t until_ms = clock_monotonic_ms() + WAIT_MS;

	do {
		int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

		if (fd >= 0 &&
		    connect(fd, (const struct sockaddr *)&to, sizeof(to)) == 0)
			return (fd);
		close(fd);
		usleep(10000);
	} while (clock_monotonic_ms() < until_ms);
	lab_fail("nobody listens at %d", port);
}

static void
start_desk(void)
{
	static const char *const arguments[] = { "desk", NULL };

	desk = lab_spawn(&lab, arguments);
	close(connect_to(desk_port));
}

/* The signal to all processes of the service at once, as the control group of
 * one that has no KillMode of its own. */
static void
signal_all(int signal)
{
	static const char *const kinds[] = { "gsup", "ussd", "demo" };

	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		pid_t line = lab_line_process(&lab, kinds[i]);

		expect(line > 0, "no process of the line %s", kinds[i]);
		if (line > 0)
			kill(line, signal);
	}
	lab_kill(&lab, signal);
}

static int
wait_for_end(void)
{
	int64_t until_ms = clock_monotonic_ms() + WAIT_MS;

	while (!lab_has_ended(&lab)) {
		if (clock_monotonic_ms() > until_ms)
			return (0);
		usleep(5000);
	}
	return (1);
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

static void
expect_no_texts(void)
{
	expect(lab_query_integer(&lab, "SELECT count(*) FROM outbox") == 0,
	    "something of a USSD session went to the outbox");
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

/* The whole walk was kept: all answers stand on the case. */
static void
expect_whole_request(int64_t before)
{
	expect(requests() == before + 1, "%lld requests after %lld",
	    (long long)requests(), (long long)before);
	expect_no_texts();
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
walk_through_restarts(int i, void (*end)(void))
{
	int64_t before = requests();
	uint32_t session = dial(i);

	for (size_t n = 0; n < COUNT_OF(steps); n++) {
		find_words(i, session, steps[n].words);
		type(i, session, steps[n].answer);
		if (n + 1 == COUNT_OF(steps))
			break;
		end();
		expect_leave(session);
		lab_start(&lab);
		session = dial_and_go_on(i);
	}
	find_words(i, session, "Thank you. Your number is");
	expect(shown.kind == SHOWN_LAST, "the session goes on after the end");
	expect_whole_request(before);
}

static void
end_hub(void)
{
	int status = lab_stop(&lab, SIGTERM);

	expect(WIFEXITED(status) && WEXITSTATUS(status) == 0,
	    "the hub ended with %d", status);
}

static void
end_service(void)
{
	signal_all(SIGTERM);
	expect(wait_for_end(), "the service does not end");
}

static void
a_hub_that_is_ended_after_each_answer_leaves_callers_their_place(void)
{
	long warnings = lab_log_count(&lab, "its process ended");

	walk_through_restarts(3, end_hub);
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
	end_service();
	for (int i = 0; i < MANY; i++) {
		network_hear(&network, &shown, WAIT_MS);
		released += shown.kind == SHOWN_LAST &&
		    strstr(text_string(&shown.text), "dial again") != NULL;
	}
	expect(released == MANY, "%d of %d were released", released, MANY);
	lab_start(&lab);
}

/* -- proofs: the hub, behind a provider -------------------------------------- */

/* Asks, and does not wait: the connection. */
static int
ask(const char *session, const char *text)
{
	struct text body = { 0 };
	struct text request = { 0 };
	int fd = connect_to(http_port);

	text_printf(&body,
	    "sessionId=%s&serviceCode=%%2A384%%23&phoneNumber=%%2B2547110000%s"
	    "&networkCode=63902&text=%s",
	    session, session, text);
	text_printf(&request,
	    "POST /ussd?token=" TOKEN " HTTP/1.1\r\nHost: x\r\n"
	    "Connection: close\r\nContent-Type:"
	    " application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n"
	    "%s",
	    body.length, body.bytes);
	(void)!send(fd, request.bytes, request.length, MSG_NOSIGNAL);
	text_free(&request);
	text_free(&body);
	return (fd);
}

static void
expect_answer(int fd, const char *begins, const char *words)
{
	struct pollfd readable = { .fd = fd, .events = POLLIN };
	struct text answer = { 0 };
	char block[4096];
	const char *body;
	ssize_t got;

	while (poll(&readable, 1, WAIT_MS) > 0 &&
	    (got = recv(fd, block, sizeof(block), 0)) > 0)
		text_add_bytes(&answer, block, (size_t)got);
	close(fd);
	body = strstr(text_string(&answer), "\r\n\r\n");
	body = body != NULL ? body + 4 : "";
	expect(strncmp(text_string(&answer), "HTTP/1.1 200", 12) == 0,
	    "the gateway gets '%.40s'", text_string(&answer));
	expect(strncmp(body, begins, strlen(begins)) == 0,
	    "'%s' does not begin with '%s'", body, begins);
	expect(strstr(body, words) != NULL, "'%s' is not in '%s'", words, body);
	text_free(&answer);
}

/* The gateway's own session outlives ours: it goes on as if nothing had
 * happened, and so does a new one. */
static void
behind_a_provider(const char *id, void (*end)(void))
{
	int64_t before = requests();

	expect_answer(ask(id, ""), "CON ", "HELP");
	expect_answer(ask(id, "help"), "CON ", "A person will read this");
	expect_answer(ask(id, "help*1"), "CON ", "we keep your answers");
	end();
	lab_start(&lab);
	expect_answer(ask(id, "help*1*1"), "CON ", "1 Continue");
	expect_answer(ask(id, "help*1*1*1"), "CON ", "we keep your answers");
	expect_answer(ask(id, "help*1*1*1*1"), "CON ", "danger right now");
	expect_whole_request(before);
}

static void
a_provider_s_session_goes_on_after_the_hub_was_ended(void)
{
	behind_a_provider("31", end_hub);
}

static void
a_provider_s_session_goes_on_after_the_service_was_ended(void)
{
	behind_a_provider("32", end_service);
}

/* The hub ends with a request in its hands: the gateway gets a page, whichever
 * was first, and what it says is true. */
static void
a_request_that_meets_the_end_is_answered(void)
{
	int64_t before = requests();
	int fd;

	expect_answer(ask("33", ""), "CON ", "HELP");
	lab_kill(&lab, SIGSTOP);
	fd = ask("33", "help");
	usleep(300 * 1000);
	signal_all(SIGTERM);
	lab_kill(&lab, SIGCONT);
	expect(wait_for_end(), "the service does not end");
	expect_answer(fd, "", requests() > before ? "A person will read" : "");
	lab_start(&lab);
	expect_answer(ask("34", ""), "CON ", "HELP");
	expect_no_texts();
}

/* The hub hangs and is killed, and its line ends with it. */
static void
a_request_that_the_hub_never_sees_has_an_end(void)
{
	int fd;

	expect_answer(ask("35", ""), "CON ", "HELP");
	lab_kill(&lab, SIGSTOP);
	fd = ask("35", "help");
	expect_answer(fd, "END ", "dial again");
	lab_kill(&lab, SIGCONT);
	expect_answer(ask("36", ""), "CON ", "HELP");
	expect_no_texts();
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
	{ "a_provider_s_session_goes_on_after_the_hub_was_ended",
	    a_provider_s_session_goes_on_after_the_hub_was_ended },
	{ "a_provider_s_session_goes_on_after_the_service_was_ended",
	    a_provider_s_session_goes_on_after_the_service_was_ended },
	{ "a_request_that_meets_the_end_is_answered",
	    a_request_that_meets_the_end_is_answered },
	{ "a_request_that_the_hub_never_sees_has_an_end",
	    a_request_that_the_hub_never_sees_has_an_end },
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
