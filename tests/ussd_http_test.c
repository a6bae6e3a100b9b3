/* The helpline behind providers of USSD, over HTTP: the real line, asked as
 * they ask.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gateway/base/file.h"
#include "tests/lab.h"
#include "tests/proof.h"
#include "tests/service.h"

enum {
	WAIT_MS = 20000,
	RETRY_US = 1300000, /* longer than a retry is guessed from the clock */
	BIG_BYTES = 10 << 20,
	STUCK_BYTES = 100000,
	STATUS_MAX_BYTES = 65536,
	GROWTH_MOST_KIB = 2048,
};

#define TOKEN "a-token-of-32-bytes-for-the-tests"

static struct lab lab;
static int port;

/* -- asking ----------------------------------------------------------------- */

static void
hear_all(int fd, struct text *answer)
{
	char block[4096];
	struct pollfd readable = { .fd = fd, .events = POLLIN };
	ssize_t got;

	text_clear(answer);
	while (poll(&readable, 1, WAIT_MS) > 0 &&
	    (got = recv(fd, block, sizeof(block), 0)) > 0)
		text_add_bytes(answer, block, (size_t)got);
}

/* A whole request, and its whole answer. */
static void
ask_raw(int at, const struct text *request, struct text *answer)
{
	int fd = service_connect(at);

	if (send(fd, request->bytes, request->length, MSG_NOSIGNAL) < 0)
		text_clear(answer);
	hear_all(fd, answer);
	close(fd);
}

static void
ask(const char *method, const char *path, const char *type, const char *body,
    struct text *answer)
{
	struct text request = { 0 };

	text_printf(&request,
	    "%s %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
	    "Content-Type: %s\r\nContent-Length: %zu\r\n\r\n%s",
	    method, path, type, strlen(body), body);
	ask_raw(port, &request, answer);
	text_free(&request);
}

static const char *
body_of(const struct text *answer)
{
	const char *body = strstr(text_string(answer), "\r\n\r\n");

	return (body != NULL ? body + 4 : "");
}

#define FORM "application/x-www-form-urlencoded"

/* Africa's Talking: the text is all answers. */
static void
at(const char *session, const char *number, const char *text,
    struct text *answer)
{
	struct text body = { 0 };

	text_printf(&body,
	    "sessionId=%s&serviceCode=%%2A384%%23&phoneNumber=%s&"
	    "networkCode=63902&text=%s",
	    session, number, text);
	ask("POST", "/ussd?token=" TOKEN, FORM, body.bytes, answer);
	text_free(&body);
}

static void
expect_body(const struct text *answer, const char *begins, const char *words)
{
	const char *body = body_of(answer);

	expect(strncmp(body, begins, strlen(begins)) == 0,
	    "'%s' does not begin with '%s'", body, begins);
	expect(strstr(body, words) != NULL, "'%s' is not in '%s'", words, body);
}

static void
expect_status(const struct text *answer, const char *status)
{
	expect(strncmp(text_string(answer), status, strlen(status)) == 0,
	    "'%.40s' is not %s", text_string(answer), status);
}

/* -- the helpline ----------------------------------------------------------- */

static void
start_with_more(const char *profile, const char *more)
{
	char line[500];

	lab_open(&lab, NULL);
	port = 20000 + (int)(getpid() % 20000);
	snprintf(line, sizeof(line),
	    "lines = (\n { name = \"codes\"; kind = \"ussd\"; profile = \"%s\";"
	    " address = \"127.0.0.1:%d\"; token_file = \"token\"; corridor ="
	    " \"nepal-gulf\"; country = \"254\"; texts_by = \"demo\"; %s},\n",
	    profile, port, more);
	lab_configure(&lab, "lines = (\n", line);
	snprintf(line, sizeof(line), "%s/h/token", lab.folder);
	if (file_write(line, 0600, TOKEN "\n", sizeof(TOKEN)) != DONE)
		lab_fail("cannot write the token");
	lab_start(&lab);
}

static void
start_with(const char *profile)
{
	start_with_more(profile, "");
}

/* -- too much --------------------------------------------------------------- */

/* What the line's process has in memory. */
static long
line_kib(void)
{
	struct text path = { 0 };
	struct text content = { 0 };
	const char *at;
	long kib = -1;

	text_printf(
	    &path, "/proc/%d/status", (int)lab_line_process(&lab, "ussd"));
	if (file_read(path.bytes, STATUS_MAX_BYTES, &content) == DONE &&
	    (at = strstr(text_string(&content), "VmRSS:")) != NULL)
		kib = strtol(at + strlen("VmRSS:"), NULL, 10);
	expect(kib > 0, "the line's memory cannot be read");
	text_free(&path);
	text_free(&content);
	return (kib);
}

/* A request that is stuck in the middle of its 10 MB. */
static int
begin_ten_megabytes_of(const char *type, const struct text *body)
{
	struct text request = { 0 };
	int fd = service_connect(port);

	text_printf(&request,
	    "POST /ussd?token=" TOKEN " HTTP/1.1\r\nHost: x\r\n"
	    "Content-Type: %s\r\nContent-Length: %zu\r\n\r\n",
	    type, body->length);
	text_add_bytes(&request, body->bytes, STUCK_BYTES);
	expect(send(fd, request.bytes, request.length, MSG_NOSIGNAL) ==
		(ssize_t)request.length,
	    "half a request was not taken");
	text_free(&request);
	return (fd);
}

/* Bodies of 10 MB are refused, are never held, and end no process; others are
 * answered while one of them is under way. */
static void
refuse_ten_megabytes_of(const char *type, const char *begins, const char *ends)
{
	struct text body = { 0 };
	struct text answer = { 0 };
	pid_t process = lab_line_process(&lab, "ussd");
	long before = line_kib();
	int stuck;

	text_add(&body, begins);
	while (body.length < BIG_BYTES)
		text_add(&body,
		    "0123456789abcdef0123456789abcdef"
		    "0123456789abcdef0123456789abcdef");
	text_add(&body, ends);
	stuck = begin_ten_megabytes_of(type, &body);
	for (int i = 0; i < 3; i++) {
		ask("POST", "/ussd?token=" TOKEN, type, body.bytes, &answer);
		expect_status(&answer, "HTTP/1.1 413");
	}
	close(stuck);
	expect(line_kib() - before < GROWTH_MOST_KIB,
	    "the line grew from %ld to %ld KiB", before, line_kib());
	expect(lab_line_process(&lab, "ussd") == process,
	    "the line was started again");
	text_free(&body);
	text_free(&answer);
}

/* -- proofs ----------------------------------------------------------------- */

static void
requests_from_elsewhere_are_refused_whatever_they_know(void)
{
	struct text answer = { 0 };

	start_with_more("africastalking", "allow = \"10.0.0.0/8\"; ");
	at("s1", "%2B254711000001", "", &answer);
	expect_status(&answer, "HTTP/1.1 403");
	expect(lab_query_integer(&lab, "SELECT count(*) FROM journal") == 0,
	    "it came as far as the journal");
	lab_close(&lab);
	start_with_more("africastalking", "allow = \"127.0.0.0/8\"; ");
	at("s1", "%2B254711000001", "", &answer);
	expect_body(&answer, "CON ", "HELP");
	lab_close(&lab);
	text_free(&answer);
}

static void
a_session_with_all_answers_in_one_text_is_walked(void)
{
	struct text answer = { 0 };

	start_with("africastalking");
	at("s1", "%2B254711000001", "", &answer);
	expect_status(&answer, "HTTP/1.1 200");
	expect_body(&answer, "CON ", "HELP");
	at("s1", "%2B254711000001", "help", &answer);
	expect_body(&answer, "CON ", "A person will read this");
	at("s1", "%2B254711000001", "help*1", &answer);
	expect_body(&answer, "CON ", "we keep your answers");
	/* Asked three times: answered three times, moved once. */
	for (int i = 0; i < 3; i++) {
		at("s1", "%2B254711000001", "help*1*1", &answer);
		expect_body(&answer, "CON ", "danger right now");
	}
	at("s1", "%2B254711000001", "help*1*1*2", &answer);
	expect_body(&answer, "CON ", "Who needs help");
	expect(lab_query_integer(&lab,
		   "SELECT count(*) FROM requests WHERE"
		   " line = 'demo'") == 1,
	    "no request, or more than one");
	/* A new session of the same phone goes on. */
	at("s2", "%2B254711000001", "", &answer);
	expect_body(&answer, "CON ", "Continue");
	at("s2", "%2B254711000001", "1", &answer);
	expect_body(&answer, "CON ", "Who needs help");
	/* Another phone with that session's id is another caller. */
	at("s2", "%2B254711000002", "1*1", &answer);
	expect_body(&answer, "CON ", "HELP");
	at("s3", "%2B254711000003", "", &answer);
	at("s3", "%2B254711000003", "STOP", &answer);
	expect_body(&answer, "END ", "OK");
	at("s3", "%2B254711000003", "STOP", &answer);
	expect_body(&answer, "END ", "OK");
	expect(!lab_finds(&lab, "254711000001"), "a number is in a file");
	text_free(&answer);
}

static void
a_hub_that_dies_leaves_the_caller_where_they_were(void)
{
	struct text answer = { 0 };

	at("s4", "%2B254711000004", "", &answer);
	at("s4", "%2B254711000004", "help", &answer);
	at("s4", "%2B254711000004", "help*1", &answer);
	lab_stop(&lab, SIGKILL);
	lab_start(&lab);
	/* The gateway goes on as if nothing had happened. */
	at("s4", "%2B254711000004", "help*1*1", &answer);
	expect_body(&answer, "CON ", "Continue");
	at("s4", "%2B254711000004", "help*1*1*1", &answer);
	expect_body(&answer, "CON ", "we keep your answers");
	text_free(&answer);
}

static void
who_is_not_the_gateway_is_refused(void)
{
	struct text answer = { 0 };
	struct text request = { 0 };

	ask("POST", "/ussd", FORM, "sessionId=1&phoneNumber=2&text=", &answer);
	expect_status(&answer, "HTTP/1.1 403");
	ask("POST", "/ussd?token=guess", FORM, "sessionId=1", &answer);
	expect_status(&answer, "HTTP/1.1 403");
	ask("POST", "/?token=" TOKEN, FORM, "", &answer);
	expect_status(&answer, "HTTP/1.1 404");
	ask("PUT", "/ussd?token=" TOKEN, FORM, "", &answer);
	expect_status(&answer, "HTTP/1.1 405");
	ask("POST", "/ussd?token=" TOKEN, FORM, "text=1", &answer);
	expect_status(&answer, "HTTP/1.1 400");
	refuse_ten_megabytes_of(FORM, "text=", "");
	refuse_ten_megabytes_of(FORM, "a=1&b=2&c=3&", "");
	text_add(&request, "GARBAGE\r\n\r\n");
	ask_raw(port, &request, &answer);
	expect(strncmp(text_string(&answer), "HTTP/1.1 200", 12) != 0,
	    "garbage was served");
	/* And the line serves the others as before. */
	at("s5", "%2B254711000005", "", &answer);
	expect_body(&answer, "CON ", "HELP");
	text_free(&request);
	text_free(&answer);
}

enum { DROPPED = 300 };

static void
requests_that_nobody_waits_for_harm_nobody(void)
{
	struct text answer = { 0 };

	for (int i = 0; i < DROPPED; i++) {
		struct text request = { 0 };
		char body[200];
		int fd = service_connect(port);

		snprintf(body, sizeof(body),
		    "sessionId=d%d&phoneNumber=%%2B2547220%05d&text=", i, i);
		text_printf(&request,
		    "POST /ussd?token=" TOKEN " HTTP/1.1\r\nHost: x\r\n"
		    "Content-Type: " FORM "\r\nContent-Length: %zu\r\n\r\n%s",
		    strlen(body), body);
		(void)!send(fd, request.bytes, request.length, MSG_NOSIGNAL);
		close(fd);
		text_free(&request);
	}
	at("s6", "%2B254711000006", "", &answer);
	expect_body(&answer, "CON ", "HELP");
	text_free(&answer);
	lab_close(&lab);
}

static void
a_session_with_the_last_answer_only_is_walked(void)
{
	struct text answer = { 0 };
	const char *all =
	    "/ussd?token=" TOKEN "&SessionID=9&MSISDN=254711000001&MSC=1&";
	struct text path = { 0 };

	start_with("flares");
	text_printf(&path, "%sinput=384", all);
	ask("GET", path.bytes, "", "", &answer);
	expect_body(&answer, "", "HELP");
	expect(strstr(text_string(&answer), "\r\nFreeflow: FC\r\n") != NULL,
	    "no header in '%s'", text_string(&answer));
	text_clear(&path);
	text_printf(&path, "%sinput=help", all);
	for (int i = 0; i < 2; i++) {
		/* At once again: a retry, and no second HELP. */
		ask("GET", path.bytes, "", "", &answer);
		expect_body(&answer, "", "A person will read this");
	}
	text_clear(&path);
	text_printf(&path, "%sclean=1&error=0", all);
	ask("GET", path.bytes, "", "", &answer);
	expect_status(&answer, "HTTP/1.1 200");
	text_free(&path);
	text_free(&answer);
	lab_close(&lab);
}

static void
a_session_in_json_is_walked(void)
{
	static const char *const types[] = { "Initiation", "Response" };
	static const char *const said[] = { "*711#", "help" };
	static const char *const shown[] = { "HELP",
		"A person will read this" };
	struct text answer = { 0 };

	start_with("hubtel");
	for (size_t i = 0; i < 3 * COUNT_OF(said); i++) {
		size_t step = i / 3;
		char body[300];

		snprintf(body, sizeof(body),
		    "{\"Mobile\":\"254711000001\",\"SessionId\":\"3c\","
		    "\"Type\":\"%s\",\"Message\":\"%s\",\"Sequence\":%zu,"
		    "\"ClientState\":\"kept\"}",
		    types[step], said[step], step);
		/* Tried three times, slowly; moved once. */
		if (i % 3 == 2)
			usleep(RETRY_US);
		ask("POST", "/ussd?token=" TOKEN, "application/json", body,
		    &answer);
		expect_body(&answer,
		    "{\"SessionId\":\"3c\",\"Type\":\"response\",\"Message\":\"",
		    shown[step]);
		expect_body(&answer, "{", "\"ClientState\":\"kept\"");
	}
	refuse_ten_megabytes_of("application/json", "{\"Message\":\"", "\"}");
	refuse_ten_megabytes_of("application/json", "[[[[[[[[", "]");
	ask("POST", "/ussd?token=" TOKEN, "application/json", "{{{", &answer);
	expect_status(&answer, "HTTP/1.1 400");
	text_free(&answer);
	lab_close(&lab);
}

/* What a gateway of RestComm's would have to send next: the answer, and of our
 * answer before what it gives back. */
static void
xml_go_on(
    int page, const char *typed, const struct text *before, struct text *answer)
{
	static const char object[] = " userObject=\"";
	const char *at = strstr(body_of(before), object);
	struct text body = { 0 };

	text_add(&body,
	    "<dialog type=\"Continue\" localId=\"12\" remoteId=\"13\""
	    " mapMessagesSize=\"1\"");
	if (at != NULL)
		text_add_bytes(&body, at,
		    strcspn(at + strlen(object), "\"") + sizeof(object));
	text_printf(&body,
	    "><unstructuredSSRequest_Response invokeId=\"%d\""
	    " dataCodingScheme=\"15\" string=\"%s\"/></dialog>",
	    page, typed);
	ask("POST", "/ussd?token=" TOKEN, "text/xml", body.bytes, answer);
	text_free(&body);
}

static void
xml_begin(struct text *answer)
{
	static const char begin[] =
	    "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>"
	    "<dialog type=\"Begin\" localId=\"12\" remoteId=\"13\""
	    " mapMessagesSize=\"1\"><processUnstructuredSSRequest_Request"
	    " invokeId=\"3\" dataCodingScheme=\"15\" string=\"*384#\">"
	    "<msisdn nai=\"international_number\" npi=\"ISDN\""
	    " number=\"254711000001\"/>"
	    "</processUnstructuredSSRequest_Request></dialog>";

	ask("POST", "/ussd?token=" TOKEN, "text/xml", begin, answer);
	expect_body(answer,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n"
	    "<dialog mapMessagesSize=\"1\" userObject=\"",
	    "HELP");
}

static void
a_session_in_xml_is_walked(void)
{
	static const char hostile[] =
	    "<!DOCTYPE a [<!ENTITY b \"cccccccccc\">"
	    "<!ENTITY d \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>"
	    "<dialog type=\"Begin\" localId=\"&d;\"/>";
	struct text first = { 0 };
	struct text answer = { 0 };

	start_with("restcomm");
	xml_begin(&first);
	for (int i = 0; i < 3; i++) {
		/* Tried three times, slowly; moved once. */
		if (i == 2)
			usleep(RETRY_US);
		xml_go_on(0, "help", &first, &answer);
		expect_body(&answer, "<?xml", "A person will read this");
	}
	/* The same again is another answer, at once, to another page. */
	xml_go_on(1, "1", &first, &answer);
	expect_body(&answer, "<?xml", "we keep your answers");
	xml_go_on(2, "1", &first, &answer);
	expect_body(&answer, "<?xml", "danger right now");
	xml_go_on(3, "STOP", &first, &answer);
	expect_body(&answer, "<?xml", "prearrangedEnd=\"false\"");
	expect_body(&answer, "<?xml", "_Response invokeId=\"3\"");
	refuse_ten_megabytes_of("text/xml", "<dialog localId=\"", "\"/>");
	ask("POST", "/ussd?token=" TOKEN, "text/xml", hostile, &answer);
	expect_status(&answer, "HTTP/1.1 400");
	text_free(&first);
	text_free(&answer);
	lab_close(&lab);
}

/* Only the first request says whose session it is, and what knew it is gone;
 * but the gateway gives back what we said. */
static void
a_session_in_xml_goes_on_after_the_line_was_started_again(void)
{
	static const struct text nothing = { 0 };
	struct text before = { 0 };
	struct text answer = { 0 };

	start_with("restcomm");
	xml_begin(&before);
	xml_go_on(0, "help", &before, &answer);
	expect_body(&answer, "<?xml", "A person will read this");
	lab_stop(&lab, SIGKILL);
	lab_start(&lab);
	xml_go_on(1, "1", &answer, &before);
	expect_body(&before, "<?xml", "Continue");
	xml_go_on(2, "1", &before, &answer);
	expect_body(&answer, "<?xml", "safe for you to text");
	expect(lab_query_integer(&lab, "SELECT count(*) FROM requests") == 1,
	    "no request, or more than one");
	xml_go_on(3, "STOP", &answer, &before);
	expect_body(&before, "<?xml", "_Response invokeId=\"3\"");
	/* A gateway that gives nothing back: nobody knows whose that was. */
	lab_stop(&lab, SIGKILL);
	lab_start(&lab);
	xml_go_on(4, "1", &nothing, &answer);
	expect_status(&answer, "HTTP/1.1 400");
	expect(!lab_finds(&lab, "254711000001"), "a number is in a file");
	text_free(&before);
	text_free(&answer);
	lab_close(&lab);
}

/* Session and event stand in the path, and the end is said by PUT. */
static void
the_end_of_a_session_is_heard(void)
{
	static const char said[] =
	    "{\"msisdn\":\"254711000001\",\"text\":\"%s\"}";
	struct text answer = { 0 };
	char body[200];

	start_with("infobip");
	snprintf(body, sizeof(body), said, "*123#");
	ask("POST", "/session/1/start?token=" TOKEN, "application/json", body,
	    &answer);
	expect_body(&answer, "{\"shouldClose\":false,\"ussdMenu\":\"", "HELP");
	ask("PUT", "/session/1/end?token=" TOKEN, "application/json",
	    "{\"reason\":\"ok\",\"exitCode\":0}", &answer);
	expect_body(
	    &answer, "{\"responseExitCode\":200,\"responseMessage\":\"\"}", "");
	/* An answer to a page that is gone is taken where the caller is. */
	snprintf(body, sizeof(body), said, "help");
	ask("POST", "/session/1/response?token=" TOKEN, "application/json",
	    body, &answer);
	expect_body(&answer, "{\"shouldClose\":false,\"ussdMenu\":\"",
	    "A person will read this");
	text_free(&answer);
	lab_close(&lab);
}

static const struct proof proofs[] = {
	{ "requests_from_elsewhere_are_refused_whatever_they_know",
	    requests_from_elsewhere_are_refused_whatever_they_know },
	{ "a_session_with_all_answers_in_one_text_is_walked",
	    a_session_with_all_answers_in_one_text_is_walked },
	{ "a_hub_that_dies_leaves_the_caller_where_they_were",
	    a_hub_that_dies_leaves_the_caller_where_they_were },
	{ "who_is_not_the_gateway_is_refused",
	    who_is_not_the_gateway_is_refused },
	{ "requests_that_nobody_waits_for_harm_nobody",
	    requests_that_nobody_waits_for_harm_nobody },
	{ "a_session_with_the_last_answer_only_is_walked",
	    a_session_with_the_last_answer_only_is_walked },
	{ "a_session_in_json_is_walked", a_session_in_json_is_walked },
	{ "a_session_in_xml_is_walked", a_session_in_xml_is_walked },
	{ "a_session_in_xml_goes_on_after_the_line_was_started_again",
	    a_session_in_xml_goes_on_after_the_line_was_started_again },
	{ "the_end_of_a_session_is_heard", the_end_of_a_session_is_heard },
};

int
main(int argc, char **argv)
{
	return (proof_run(proofs, COUNT_OF(proofs), argc, argv));
}
