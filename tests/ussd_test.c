/* The helpline on a dialled code, through the real osmo-hlr.
 */
#include <signal.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/text/segments.h"
#include "tests/lab.h"
#include "tests/mobile_centre.h"
#include "tests/proof.h"

enum {
	SUBSCRIBERS = 600,
	WAIT_MS = 30000,
	IDLE_S = 5,
	TOLD_MOST_MS = 12000, /* of another client of its name */
	RIVALS_MOST = 5,
	SOON_MS = 1000,
	STRANGER = SUBSCRIBERS + 7, /* a subscriber the register lacks */
};

static struct network network;
static struct lab lab;
static struct shown shown;

static void
open_both(void)
{
	char line[400];

	network_open(&network, SUBSCRIBERS);
	lab_open(&lab, NULL);
	snprintf(line, sizeof(line),
	    "lines = (\n { name = \"helpline\"; kind = \"gsup\"; peer ="
	    " \"%s:4222\"; control = \"%s:4259\"; code = \"" NETWORK_CODE "\";"
	    " corridor = \"nepal-gulf\"; texts_by = \"demo\"; idle_s = %d; },\n",
	    network.address, network.address, IDLE_S);
	lab_configure(&lab, "lines = (\n", line);
	lab_start(&lab);
}

static void
close_both(void)
{
	lab_close(&lab);
	network_close(&network);
	text_free(&shown.text);
}

/* Dials until the helpline answers: it may still be on its way to the
 * register. */
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
		usleep(50000);
	} while (clock_monotonic_ms() < until_ms);
	return (session);
}

static void
expect_page(enum shown_kind kind, const char *words)
{
	enum alphabet alphabet;
	unsigned units;

	expect(shown.kind == kind, "kind %d instead of %d: '%s'", shown.kind,
	    kind, text_string(&shown.text));
	expect(strstr(text_string(&shown.text), words) != NULL,
	    "'%s' is not in '%s'", words, text_string(&shown.text));
	segments_count(text_string(&shown.text), &alphabet, &units);
	expect(units <= (alphabet == ALPHABET_GSM ? 128u : 56u),
	    "a page of %u: '%s'", units, text_string(&shown.text));
}

/* Pages on with 9 until these words are shown; a page that has no more and
 * lacks them is a failure. */
static void
find_words(int i, uint32_t session, const char *words)
{
	for (int pages = 0; pages < 12; pages++) {
		if (strstr(text_string(&shown.text), words) != NULL ||
		    strstr(text_string(&shown.text), "9 ") == NULL ||
		    shown.kind != SHOWN_PAGE)
			break;
		network_type(&network, i, session, "9");
		network_hear(&network, &shown, WAIT_MS);
	}
	expect_page(shown.kind, words);
}

static void
type(int i, uint32_t session, const char *text)
{
	network_type(&network, i, session, text);
	network_hear(&network, &shown, WAIT_MS);
}

/* -- proofs ----------------------------------------------------------------- */

struct walk_step {
	const char *words; /* what is shown before the answer */
	const char *answer;
};

static const struct walk_step english[] = {
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

static const struct walk_step nepali[] = {
	{ "HELP", "मद्दत" },
	{ "सुरक्षित छ?", "१" },
	{ "हाम्रा सहयोगीले मात्र", "हो" },
	{ "खतरामा", "२" },
	{ "मद्दत कसलाई", "१" },
	{ "18 वर्ष", "२" },
	{ "के चाहिन्छ?", "२" },
	{ "कुन देश?", "कतार" },
	{ "कसरी सम्पर्क", "१" },
	{ "कुन बेला", "३" },
	{ "गोप्य शब्द", "आँप" },
	{ "के नामले", "रीता" },
};

static void
walk(int i, const struct walk_step *steps, size_t count, const char *thanks)
{
	uint32_t session = dial(i);

	for (size_t n = 0; n < count; n++) {
		find_words(i, session, steps[n].words);
		type(i, session, steps[n].answer);
	}
	find_words(i, session, thanks);
	expect(shown.kind == SHOWN_LAST, "the session goes on after the end");
}

static void
a_caller_walks_to_a_help_request(void)
{
	char number[17];

	walk(1, english, COUNT_OF(english), "Thank you. Your number is");
	walk(2, nepali, COUNT_OF(nepali), "धन्यवाद");
	expect(lab_query_integer(&lab,
		   "SELECT count(*) FROM requests WHERE line = 'demo'") == 2,
	    "two requests whose texts leave by the demo line");
	expect(lab_query_integer(&lab, "SELECT count(*) FROM outbox") == 0,
	    "something of a USSD session went to the outbox");
	network_number(1, number);
	expect(!lab_finds(&lab, number) && !lab_finds(&lab, number + 4),
	    "the number stands in a file");
	expect(!lab_finds(&lab, "Rita"), "the name stands in a file");
}

static void
who_falls_out_dials_again_and_goes_on(void)
{
	uint32_t session = dial(3);

	find_words(3, session, "HELP");
	type(3, session, "HELP");
	find_words(3, session, "safe for you to text");
	type(3, session, "1");
	find_words(3, session, "we keep your answers");
	network_hang_up(&network, 3, session);
	session = dial(3);
	expect_page(SHOWN_PAGE, "Continue");
	type(3, session, "1");
	find_words(3, session, "we keep your answers");
	network_hang_up(&network, 3, session);
	session = dial(3);
	find_words(3, session, "Start again");
	type(3, session, "2");
	find_words(3, session, "HELP");
	network_hang_up(&network, 3, session);
}

static void
who_does_not_answer_reads_a_closing_page(void)
{
	uint32_t session = dial(4);

	expect(shown.kind == SHOWN_PAGE, "no page");
	network_hear(&network, &shown, WAIT_MS);
	expect(shown.session == session, "another session ended");
	expect_page(SHOWN_LAST, "dial again");
	/* An answer to a page that is gone. */
	type(4, session, "1");
	expect(shown.kind == SHOWN_ERROR, "kind %d", shown.kind);
}

static void
without_a_number_the_caller_is_told(void)
{
	/* The register routes for whom it does not know, or says so itself. */
	network_dial(&network, STRANGER, NETWORK_CODE);
	network_hear(&network, &shown, WAIT_MS);
	if (shown.kind == SHOWN_LAST)
		expect_page(SHOWN_LAST, "cannot see your phone number");
	else
		expect(shown.kind == SHOWN_ERROR, "kind %d", shown.kind);
}

static void
another_code_is_not_ours(void)
{
	network_dial(&network, 5, "*99#");
	network_hear(&network, &shown, WAIT_MS);
	expect(shown.kind == SHOWN_ERROR, "kind %d", shown.kind);
}

static void
a_session_id_used_twice_begins_anew(void)
{
	uint32_t session = dial(6);

	find_words(6, session, "HELP");
	/* Answers of others to this session are nobody's. */
	network_type(&network, 7, session, "HELP");
	network_hear(&network, &shown, WAIT_MS);
	expect(shown.subscriber == 7 && shown.kind == SHOWN_ERROR,
	    "subscriber %d, kind %d", shown.subscriber, shown.kind);
	type(6, session, "HELP");
	find_words(6, session, "safe for you to text");
	network_hang_up(&network, 6, session);
}

static void
the_line_dies_and_its_callers_are_released(void)
{
	uint32_t session = dial(8);
	pid_t line = lab_line_process(&lab, "gsup");

	find_words(8, session, "HELP");
	expect(line > 0, "no process of the line");
	kill(line, SIGKILL);
	/* What is typed into the moment of its death is lost with the socket;
	 * the caller's next answer meets a line that knows of no session. */
	usleep(1500 * 1000);
	network_type(&network, 8, session, "HELP");
	network_hear(&network, &shown, WAIT_MS);
	expect(shown.kind == SHOWN_ERROR, "kind %d", shown.kind);
	session = dial(8);
	find_words(8, session, "HELP");
	network_hang_up(&network, 8, session);
}

static void
the_register_dies_and_the_line_finds_it_again(void)
{
	uint32_t session = dial(9);

	find_words(9, session, "HELP");
	network_stop_register(&network);
	network_start_register(&network);
	session = dial(9);
	find_words(9, session, "HELP");
	network_hang_up(&network, 9, session);
}

enum { DIALOGUES = 500 };

static void
the_hub_dies_in_the_middle_of_500_dialogues(void)
{
	uint32_t sessions[DIALOGUES];
	int found = 0;

	for (int i = 0; i < DIALOGUES; i++)
		sessions[i] = network_dial(&network, 50 + i, NETWORK_CODE);
	for (int i = 0; i < DIALOGUES; i++)
		network_hear(&network, &shown, WAIT_MS);
	for (int i = 0; i < DIALOGUES; i++)
		network_type(&network, 50 + i, sessions[i], "HELP");
	/* Half of them have read their page when it happens. */
	for (int i = 0; i < DIALOGUES / 2; i++)
		network_hear(&network, &shown, WAIT_MS);
	lab_stop(&lab, SIGKILL);
	lab_start(&lab);
	do {
		network_hear(&network, &shown, 200);
	} while (shown.kind != SHOWN_NOTHING);
	for (int i = 0; i < DIALOGUES; i++) {
		uint32_t session = dial(50 + i);

		/* Who was asked something goes on there; whose HELP was still
		 * with the line is at the beginning. */
		if (shown.kind == SHOWN_PAGE &&
		    strstr(text_string(&shown.text), "Continue") != NULL) {
			found++;
			if (i % 50 == 0) {
				type(50 + i, session, "1");
				find_words(
				    50 + i, session, "safe for you to text");
			}
		} else {
			expect_page(SHOWN_PAGE, "");
		}
		network_hang_up(&network, 50 + i, session);
	}
	expect(found >= DIALOGUES / 2, "%d found their place", found);
	expect(
	    lab_query_integer(&lab, "SELECT count(*) FROM requests") >= found,
	    "a caller who goes on has no request");
}

static void
what_is_no_message_costs_nobody_a_session(void)
{
	uint32_t session = dial(10);
	uint32_t random = 7;

	find_words(10, session, "HELP");
	for (int round = 0; round < 300; round++) {
		uint8_t payload[64];
		size_t length = (size_t)(round % 60) + 1;

		for (size_t n = 0; n < length; n++) {
			random = random * 1664525 + 1013904223;
			payload[n] = (uint8_t)(random >> 24);
		}
		/* A request to the helpline, of this subscriber or none. */
		payload[0] = 0x20;
		network_say(&network, payload, length);
	}
	type(10, session, "HELP");
	for (int n = 0; n < 400 && shown.subscriber != 10; n++)
		network_hear(&network, &shown, WAIT_MS);
	find_words(10, session, "safe for you to text");
}

static void
another_client_of_its_name_takes_nothing_from_it(void)
{
	int rival = network_open_rival(&network, "EUSE-helpline");
	uint32_t session;

	usleep(200 * 1000);
	session = dial(11);
	find_words(11, session, "HELP");
	type(11, session, "HELP");
	find_words(11, session, "safe for you to text");
	network_hang_up(&network, 11, session);
	close(rival);
}

/* Somebody may have our name before us: a client that we were, dead, or a
 * mistake in a configuration.  The register sends us nothing then, and says
 * nothing either. */
static int
is_told_of_another(int64_t until_ms)
{
	const char *const ask[] = { "status", NULL };
	struct text status = { 0 };
	int is_told = 0;

	while (!is_told && clock_monotonic_ms() < until_ms) {
		usleep(200 * 1000);
		text_clear(&status);
		(void)lab_run(&lab, &status, ask);
		is_told = strstr(text_string(&status),
			      "another client of our name") != NULL;
	}
	text_free(&status);
	return (is_told);
}

/* In the moment between two processes of the line; -1 when it was too late. */
static int
take_its_name(void)
{
	pid_t line = lab_line_process(&lab, "gsup");
	int rival;

	kill(line, SIGKILL);
	while (kill(line, 0) == 0)
		usleep(1000);
	rival = network_open_rival(&network, "EUSE-helpline");
	if (is_told_of_another(clock_monotonic_ms() + TOLD_MOST_MS))
		return (rival);
	close(rival);
	return (-1);
}

static void
who_had_its_name_first_is_told_of_and_followed(void)
{
	int64_t until_ms;
	int rival = -1;
	uint32_t session;

	for (int i = 0; i < RIVALS_MOST && rival < 0; i++)
		rival = take_its_name();
	expect(rival >= 0, "nobody is told of another client");
	close(rival);
	until_ms = clock_monotonic_ms() + WAIT_MS;
	do {
		/* What was dialled in that moment nobody answers. */
		session = network_dial(&network, 12, NETWORK_CODE);
		network_hear(&network, &shown, SOON_MS);
	} while (shown.kind != SHOWN_PAGE && clock_monotonic_ms() < until_ms);
	find_words(12, session, "HELP");
	network_hang_up(&network, 12, session);
}

enum { DROPPED = 10000, PATIENT = SUBSCRIBERS - 1 };

/* Last, since they use up what a caller is answered in an hour. */
static void
ten_thousand_sessions_begun_and_dropped_hold_nobody_up(void)
{
	int64_t begun_ms = clock_monotonic_ms();
	uint32_t session;

	for (int i = 0; i < DROPPED; i++) {
		int caller = 50 + i % DIALOGUES;

		session = network_dial(&network, caller, NETWORK_CODE);
		network_hang_up(&network, caller, session);
		if (i % 100 == 99)
			network_hear(&network, &shown, 0);
	}
	do {
		network_hear(&network, &shown, 500);
	} while (shown.kind != SHOWN_NOTHING);
	printf("%d sessions dropped in %lld ms\n", DROPPED,
	    (long long)(clock_monotonic_ms() - begun_ms));
	session = dial(PATIENT);
	find_words(PATIENT, session, "HELP");
	type(PATIENT, session, "");
	type(PATIENT, session, "HELP");
	find_words(PATIENT, session, "safe for you to text");
	network_hang_up(&network, PATIENT, session);
}

static const struct proof proofs[] = {
	{ "a_caller_walks_to_a_help_request",
	    a_caller_walks_to_a_help_request },
	{ "who_falls_out_dials_again_and_goes_on",
	    who_falls_out_dials_again_and_goes_on },
	{ "who_does_not_answer_reads_a_closing_page",
	    who_does_not_answer_reads_a_closing_page },
	{ "without_a_number_the_caller_is_told",
	    without_a_number_the_caller_is_told },
	{ "another_code_is_not_ours", another_code_is_not_ours },
	{ "a_session_id_used_twice_begins_anew",
	    a_session_id_used_twice_begins_anew },
	{ "the_line_dies_and_its_callers_are_released",
	    the_line_dies_and_its_callers_are_released },
	{ "the_register_dies_and_the_line_finds_it_again",
	    the_register_dies_and_the_line_finds_it_again },
	{ "what_is_no_message_costs_nobody_a_session",
	    what_is_no_message_costs_nobody_a_session },
	{ "the_hub_dies_in_the_middle_of_500_dialogues",
	    the_hub_dies_in_the_middle_of_500_dialogues },
	{ "another_client_of_its_name_takes_nothing_from_it",
	    another_client_of_its_name_takes_nothing_from_it },
	{ "who_had_its_name_first_is_told_of_and_followed",
	    who_had_its_name_first_is_told_of_and_followed },
	{ "ten_thousand_sessions_begun_and_dropped_hold_nobody_up",
	    ten_thousand_sessions_begun_and_dropped_hold_nobody_up },
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
	open_both();
	status = proof_run(proofs, COUNT_OF(proofs), argc, argv);
	close_both();
	return (status);
}
