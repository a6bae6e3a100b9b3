/* Callers behind a provider of USSD, in the middle of a session while the
 * helpline is ended and started again, and while it is busy with them.
 */
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gateway/base/file.h"
#include "tests/lab.h"
#include "tests/proof.h"
#include "tests/service.h"

enum {
	WAIT_MS = 30000,
	PATH_ROOM = 200,
};

#define TOKEN "a-token-of-32-bytes-for-the-tests"

static struct lab lab;
static int port;

static void
open_helpline(void)
{
	char path[PATH_ROOM];
	char words[400];

	lab_open(&lab, NULL);
	port = 20000 + (int)(getpid() % 20000);
	snprintf(words, sizeof(words),
	    "lines = (\n { name = \"codes\"; kind = \"ussd\"; profile ="
	    " \"africastalking\"; address = \"127.0.0.1:%d\"; token_file ="
	    " \"token\"; corridor = \"nepal-gulf\"; country = \"254\";"
	    " texts_by = \"demo\"; },\n",
	    port);
	lab_configure(&lab, "lines = (\n", words);
	snprintf(path, sizeof(path), "%s/h/token", lab.folder);
	if (file_write(path, 0600, TOKEN "\n", sizeof(TOKEN)) != DONE)
		lab_fail("cannot write the token");
	lab_start(&lab);
}

static int64_t
requests(void)
{
	return (lab_query_integer(&lab, "SELECT count(*) FROM requests"));
}

static void
end_service(struct lab *of)
{
	service_signal_all(of);
	service_wait(of);
}

/* -- asking ----------------------------------------------------------------- */

/* Asks, and does not wait: the connection. */
static int
ask(const char *session, const char *text)
{
	struct text body = { 0 };
	struct text request = { 0 };
	int fd = service_connect(port);

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
behind_a_provider(const char *id, void (*end)(struct lab *of))
{
	int64_t before = requests();

	expect_answer(ask(id, ""), "CON ", "HELP");
	expect_answer(ask(id, "help"), "CON ", "A person will read this");
	expect_answer(ask(id, "help*1"), "CON ", "we keep your answers");
	end(&lab);
	lab_start(&lab);
	expect_answer(ask(id, "help*1*1"), "CON ", "1 Continue");
	expect_answer(ask(id, "help*1*1*1"), "CON ", "we keep your answers");
	expect_answer(ask(id, "help*1*1*1*1"), "CON ", "danger right now");
	expect(requests() == before + 1, "%lld requests after %lld",
	    (long long)requests(), (long long)before);
	service_expect_no_texts(&lab);
}

static void
a_provider_s_session_goes_on_after_the_hub_was_ended(void)
{
	behind_a_provider("31", service_end_hub);
}

static void
a_provider_s_session_goes_on_after_the_service_was_ended(void)
{
	behind_a_provider("32", end_service);
}

/* A gateway that is in a hurry: the same request thrice, before there is a page. */
static void
who_asks_thrice_at_once_is_answered_alike_and_moved_once(void)
{
	int fds[3];

	expect_answer(ask("37", ""), "CON ", "HELP");
	lab_kill(&lab, SIGSTOP);
	for (size_t i = 0; i < COUNT_OF(fds); i++)
		fds[i] = ask("37", "help");
	usleep(300 * 1000);
	lab_kill(&lab, SIGCONT);
	for (size_t i = 0; i < COUNT_OF(fds); i++)
		expect_answer(fds[i], "CON ", "A person will read this");
	expect_answer(ask("37", "help*1"), "CON ", "we keep your answers");
	/* A star is a sign like others. */
	expect_answer(ask("37", "help*1*1"), "CON ", "danger right now");
	expect_answer(ask("37", "help*1*1*2"), "CON ", "Who needs help");
	expect_answer(ask("37", "help*1*1*2*1"), "CON ", "under 18");
	expect_answer(ask("37", "help*1*1*2*1*2"), "CON ", "needed most");
	expect_answer(ask("37", "help*1*1*2*1*2*2"), "CON ", "Which country");
	expect_answer(
	    ask("37", "help*1*1*2*1*2*2*Qa*tar"), "CON ", "contact you");
	expect_answer(
	    ask("37", "help*1*1*2*1*2*2*Qa*tar*1"), "CON ", "When is it");
	service_expect_no_texts(&lab);
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
	service_signal_all(&lab);
	lab_kill(&lab, SIGCONT);
	service_wait(&lab);
	expect_answer(fd, "", requests() > before ? "A person will read" : "");
	lab_start(&lab);
	expect_answer(ask("34", ""), "CON ", "HELP");
	service_expect_no_texts(&lab);
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
	service_expect_no_texts(&lab);
}

static const struct proof proofs[] = {
	{ "a_provider_s_session_goes_on_after_the_hub_was_ended",
	    a_provider_s_session_goes_on_after_the_hub_was_ended },
	{ "a_provider_s_session_goes_on_after_the_service_was_ended",
	    a_provider_s_session_goes_on_after_the_service_was_ended },
	{ "who_asks_thrice_at_once_is_answered_alike_and_moved_once",
	    who_asks_thrice_at_once_is_answered_alike_and_moved_once },
	{ "a_request_that_meets_the_end_is_answered",
	    a_request_that_meets_the_end_is_answered },
	{ "a_request_that_the_hub_never_sees_has_an_end",
	    a_request_that_the_hub_never_sees_has_an_end },
};

int
main(int argc, char **argv)
{
	int status;

	open_helpline();
	status = proof_run(proofs, COUNT_OF(proofs), argc, argv);
	lab_close(&lab);
	return (status);
}
