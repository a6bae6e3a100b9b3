/* From a telephone to the helpline and back over libGammu: a caller's phone is
 * a second simulated modem in the hands of Debian's gammu program, and between
 * the two this test is the network: what one submits (SMS-SUBMIT), it hands to
 * the other (SMS-DELIVER, 3GPP TS 23.040 section 9.2.2), user data untouched.
 */
#include <signal.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/file.h"
#include "gateway/base/outcome.h"
#include "tests/lab.h"
#include "tests/proof.h"
#include "tests/sim/sim_client.h"

#define CALLER   "+9779841000001"
#define HELPLINE "9779801000000"

struct path {
	struct lab lab;
	struct sim helpline;
	struct sim phone;
	struct sim_connection from_helpline;
	struct sim_connection from_phone;
};

static void
write_gammurc(struct path *path)
{
	struct text words = { 0 };
	struct text name = { 0 };

	text_printf(&words, "[gammu]\ndevice = %s\nconnection = dku2at\n",
	    path->phone.device);
	text_printf(&name, "%s/gammurc", path->lab.folder);
	if (file_write(name.bytes, 0600, words.bytes, words.length) != DONE)
		lab_fail("cannot write %s", name.bytes);
	text_free(&words);
	text_free(&name);
}

static void
open_path(struct path *path)
{
	struct text words = { 0 };

	lab_open(&path->lab, "device-to-come");
	sim_start_named(
	    &path->helpline, "./modem_sim", path->lab.folder, "helpline", NULL);
	sim_start_named(
	    &path->phone, "./modem_sim", path->lab.folder, "phone", NULL);
	text_printf(
	    &words, "device = \"%s\"; pause_ms = 0", path->helpline.device);
	lab_configure(&path->lab, "device = \"device-to-come\"", words.bytes);
	write_gammurc(path);
	sim_connect(&path->from_helpline, path->helpline.control);
	sim_send(
	    &path->from_helpline, (const char *const[]){ "follow", "1" }, 2);
	sim_connect(&path->from_phone, path->phone.control);
	sim_send(&path->from_phone, (const char *const[]){ "follow", "1" }, 2);
	lab_start(&path->lab);
	text_free(&words);
}

static void
close_path(struct path *path)
{
	expect(lab_stop(&path->lab, SIGTERM) == 0, "the hub ended badly");
	sim_disconnect(&path->from_helpline);
	sim_disconnect(&path->from_phone);
	sim_stop(&path->helpline);
	sim_stop(&path->phone);
	lab_close(&path->lab);
}

/* Runs gammu on the caller's phone; what it printed. */
static void
gammu(struct path *path, const char *words, struct text *out)
{
	struct text command = { 0 };
	char block[4096];
	size_t got;
	FILE *pipe;

	text_printf(&command,
	    "LC_ALL=C.UTF-8 timeout 60 gammu -c '%s/gammurc'"
	    " %s 2>&1",
	    path->lab.folder, words);
	text_clear(out);
	pipe = popen(command.bytes, "r");
	while (pipe != NULL && (got = fread(block, 1, sizeof(block), pipe)) > 0)
		text_add_bytes(out, block, got);
	if (pipe != NULL)
		pclose(pipe);
	text_free(&command);
}

/* -- the network ------------------------------------------------------------- */

static unsigned
octet(const char *hex, size_t index)
{
	unsigned value = 0;

	if (sscanf(hex + 2 * index, "%2x", &value) != 1)
		lab_fail("a PDU is too short");
	return (value);
}

/* SMS-SUBMIT (9.2.2.2) to SMS-DELIVER (9.2.2.1); hexadecimal with the service
 * centre in front. */
static void
submit_to_deliver(const char *submit, struct text *deliver)
{
	static const unsigned period_octets[] = { 0, 7, 1, 7 };
	size_t at = 1 + octet(submit, 0);
	unsigned first = octet(submit, at);
	unsigned digits = octet(submit, at + 2);
	unsigned with_header = first & 0x40;
	unsigned period = period_octets[first >> 3 & 3];
	size_t protocol_at = at + 4 + (digits + 1) / 2;

	/* DELIVER, no more messages, and whether there is a header. */
	text_printf(deliver, "00%02X0D91", 0x04 | with_header);
	for (size_t i = 0; i < 14; i += 2) {
		static const char number[] = HELPLINE "F";

		text_add_byte(deliver, number[i + 1]);
		text_add_byte(deliver, number[i]);
	}
	text_add_bytes(deliver, submit + 2 * protocol_at, 4);
	text_add(deliver, "62112200000000");
	text_add(deliver, submit + 2 * (protocol_at + 2 + period));
}

/* Hands one text of the helpline to the caller's phone; returns how many parts
 * it has. */
static long
deliver_next(struct path *path)
{
	struct text deliver = { 0 };
	struct fields sent;
	long parts;

	do {
		if (!sim_read_line(&path->from_helpline, 60000, &sent))
			lab_fail("the helpline sends nothing");
	} while (strcmp(sent.list[0], "sent") != 0);
	expect(
	    strcmp(sent.list[2], CALLER) == 0, "an answer to %s", sent.list[2]);
	parts = strtol(sent.list[5], NULL, 10);
	submit_to_deliver(sent.list[9], &deliver);
	sim_ask(&path->phone, "pdu", deliver.bytes, NULL);
	text_free(&deliver);
	return (parts);
}

/* The caller types a text; the network brings it to the helpline and the whole
 * answer back; what gammu reads on the phone then. */
static void
converse(struct path *path, const char *gammu_words, struct text *read)
{
	struct fields sent;
	long parts = 1;

	gammu(path, "deleteallsms 1", read);
	gammu(path, gammu_words, read);
	do {
		if (!sim_read_line(&path->from_phone, 60000, &sent))
			lab_fail("gammu sent nothing: %s", text_string(read));
	} while (strcmp(sent.list[0], "sent") != 0);
	sim_ask(&path->helpline, "text", CALLER, sent.list[8], NULL);
	for (long i = 0; i < parts; i++)
		parts = deliver_next(path);
	gammu(path, "getallsms", read);
}

static int
has_gammu(void)
{
	return (system("command -v gammu >/dev/null 2>&1") == 0);
}

static void
a_phone_in_gammus_hands_walks_to_a_help_request(void)
{
	static const struct {
		const char *says;
		const char *hears;
	} steps[] = {
		{ "sendsms TEXT " HELPLINE " -text hello",
		    "Check a job offer" },
		{ "sendsms TEXT " HELPLINE " -text 1", "licence" },
		{ "sendsms TEXT " HELPLINE " -text language", "नेपाली" },
		{ "sendsms TEXT " HELPLINE " -text 2", "लाइसेन्स" },
		{ "sendsms TEXT " HELPLINE " -unicode -text मद्दत", "सुरक्षित" },
		{ "sendsms TEXT " HELPLINE " -unicode -text १", "मन्जुर" },
	};
	struct text read = { 0 };
	struct path path;

	if (!has_gammu()) {
		proof_skip("gammu is not installed");
		return;
	}
	open_path(&path);
	for (size_t i = 0; i < COUNT_OF(steps); i++) {
		converse(&path, steps[i].says, &read);
		expect(strstr(text_string(&read), steps[i].hears) != NULL,
		    "after '%s' gammu reads: %s", steps[i].says,
		    text_string(&read));
	}
	expect(
	    lab_query_integer(&path.lab, "SELECT count(*) FROM requests") == 1,
	    "no help request waits");
	sim_ask(&path.helpline, "stored-wait", "0", NULL);
	expect(lab_query_integer(&path.lab,
		   "SELECT count(*) FROM journal WHERE state = 'handled'") ==
		(int64_t)COUNT_OF(steps),
	    "the journal does not hold each text once");
	text_free(&read);
	close_path(&path);
}

static void
long_texts_come_together_whatever_the_order_of_their_parts(void)
{
	struct text answer = { 0 };
	struct fields sent;
	struct path path;

	open_path(&path);
	sim_ask(&path.helpline, "text", CALLER, "HELP", NULL);
	deliver_next(&path);
	/* Not an answer to the question: it joins the case, as one text. */
	sim_ask(
	    &path.helpline, "part", CALLER, "77", "3", "3", " is gone", NULL);
	sim_ask(&path.helpline, "part", "+9779841000002", "77", "3", "1",
	    "somebody else", NULL);
	sim_ask(&path.helpline, "part", CALLER, "77", "3", "1", "my passport",
	    NULL);
	sim_ask(&path.helpline, "part", CALLER, "77", "3", "1", "my passport",
	    NULL);
	sim_ask(&path.helpline, "part", CALLER, "77", "3", "2", " the blue one",
	    NULL);
	do {
		if (!sim_read_line(&path.from_helpline, 60000, &sent))
			lab_fail("the long text is not answered");
	} while (strcmp(sent.list[0], "sent") != 0);
	sim_ask(&path.helpline, "stored-wait", "0", NULL);
	lab_query(&path.lab,
	    "SELECT count(*) || ' ' || sum(state = 'part') || ' ' ||"
	    " sum(state = 'joined') FROM journal",
	    &answer);
	/* HELP, three parts, the whole, and the other's lone part; the copy is
	 * known. */
	expect(strcmp(text_string(&answer), "6 1 3") == 0,
	    "the journal holds %s", text_string(&answer));
	text_free(&answer);
	close_path(&path);
}

/* What the helpline sends next, whole. */
static void
next_answer(struct path *path, struct text *answer)
{
	long parts = 1;

	text_clear(answer);
	for (long i = 0; i < parts; i++) {
		struct fields sent;

		do {
			if (!sim_read_line(&path->from_helpline, 60000, &sent))
				lab_fail("the helpline sends nothing");
		} while (strcmp(sent.list[0], "sent") != 0);
		parts = strtol(sent.list[5], NULL, 10);
		text_add(answer, sent.list[8]);
	}
}

static void
wait_for_one(struct path *path, const char *state)
{
	struct text sql = { 0 };

	text_printf(
	    &sql, "SELECT count(*) FROM outbox WHERE state = '%s'", state);
	for (int i = 0; i < 1500; i++) {
		if (lab_query_integer(&path->lab, sql.bytes) == 1)
			break;
		usleep(20000);
	}
	expect(lab_query_integer(&path->lab, sql.bytes) == 1,
	    "no text becomes %s", state);
	text_free(&sql);
}

/* Nobody answers a question that they may never have seen. */
static void
who_repeats_a_text_after_an_unsure_answer_is_asked_again(void)
{
	struct text first = { 0 };
	struct text again = { 0 };
	struct path path;

	open_path(&path);
	sim_ask(&path.helpline, "text", CALLER, "hello", NULL);
	next_answer(&path, &first);
	sim_ask(&path.helpline, "pace", "4000", NULL);
	sim_ask(&path.helpline, "text", CALLER, "1", NULL);
	/* The answer is on its way, and the line dies. */
	wait_for_one(&path, "sending");
	usleep(1000000);
	kill(lab_line_process(&path.lab, "modem"), SIGKILL);
	wait_for_one(&path, "unsure");
	sim_ask(&path.helpline, "pace", "0", NULL);
	next_answer(&path, &first);
	sim_ask(&path.helpline, "text", CALLER, "1", NULL);
	next_answer(&path, &again);
	expect(strcmp(text_string(&first), text_string(&again)) == 0,
	    "'1' was taken as an answer: %s", text_string(&again));
	sim_ask(&path.helpline, "text", CALLER, "1", NULL);
	next_answer(&path, &again);
	expect(strcmp(text_string(&first), text_string(&again)) != 0,
	    "the walk does not go on: %s", text_string(&again));
	text_free(&first);
	text_free(&again);
	close_path(&path);
}

static const struct proof proofs[] = {
	{ "a_phone_in_gammus_hands_walks_to_a_help_request",
	    a_phone_in_gammus_hands_walks_to_a_help_request },
	{ "long_texts_come_together_whatever_the_order_of_their_parts",
	    long_texts_come_together_whatever_the_order_of_their_parts },
	{ "who_repeats_a_text_after_an_unsure_answer_is_asked_again",
	    who_repeats_a_text_after_an_unsure_answer_is_asked_again },
};

int
main(int argc, char **argv)
{
	return (proof_run(proofs, COUNT_OF(proofs), argc, argv));
}
