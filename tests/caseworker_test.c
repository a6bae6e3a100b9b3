/* A caseworker at work in the terminal, on a helpline run by the real program,
 * and the callers who meet the answers.
 */
#include <inttypes.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/outcome.h"
#include "tests/caller.h"
#include "tests/lab.h"
#include "tests/proof.h"

enum { LOOKS_MOST = 1200, LOOK_US = 100000 };

/* Sends SIGTERM and expects a clean end. */
static void
stop_cleanly(struct lab *lab)
{
	int status = lab_stop(lab, SIGTERM);

	expect(WIFEXITED(status) && WEXITSTATUS(status) == 0,
	    "the hub ended with status %#x", (unsigned)status);
}

static int
queue(struct lab *lab, struct text *out, const char *verb, const char *ref,
    const char *words)
{
	const char *arguments[12] = { "queue", verb, "--staff", LAB_STAFF,
		"--password-file", lab->password_file };
	size_t count = 6;

	if (ref != NULL)
		arguments[count++] = ref;
	if (words != NULL)
		arguments[count++] = words;
	if (out != NULL)
		text_clear(out);
	return (lab_run(lab, out, arguments));
}

static void
walk_to_request(struct caller_phone *phone)
{
	static const char *const answers[] = { "1", "1", "1", "2", "Qatar", "1",
		"bluebird" };
	struct text answer = { 0 };

	caller_expect(phone, "HELP", "Your number is");
	for (size_t i = 0; i < COUNT_OF(answers); i++)
		caller_ask(phone, answers[i], &answer);
	expect(strstr(text_string(&answer), "Thank you") != NULL,
	    "the help request ends with '%s'", text_string(&answer));
	text_free(&answer);
}

static void
a_caseworker_claims_talks_and_closes(void)
{
	struct caller_phone phone;
	struct text out = { 0 };
	struct text heard = { 0 };
	char ref[16] = "";
	struct lab lab;

	lab_open(&lab, NULL);
	lab_start(&lab);
	expect(queue(&lab, &out, "list", NULL, NULL) == 3,
	    "an empty queue is not status 3");
	caller_open(&phone, &lab, "+9779810000007");
	walk_to_request(&phone);
	lab_query(&lab, "SELECT ref FROM requests", &out);
	snprintf(ref, sizeof(ref), "%s", text_string(&out));
	expect(queue(&lab, &out, "list", NULL, NULL) == 0 &&
		strstr(text_string(&out), ref) != NULL,
	    "the list does not show %s: %s", ref, text_string(&out));
	expect(queue(&lab, &out, "show", ref, NULL) == 0 &&
		strstr(text_string(&out), "Qatar") != NULL &&
		strstr(text_string(&out), "bluebird") != NULL,
	    "show does not open the answers: %s", text_string(&out));
	expect(queue(&lab, &out, "reply", ref, "too early") == 1,
	    "a reply without a claim was taken");
	expect(queue(&lab, &out, "claim", ref, NULL) == 0, "claim failed: %s",
	    text_string(&out));
	expect(queue(&lab, &out, "reply", ref,
		   "bluebird. Hello, how are you?") == 0,
	    "reply failed: %s", text_string(&out));
	expect(caller_hear(&phone, &heard, CALLER_WAIT_MS) &&
		strcmp(text_string(&heard), "bluebird. Hello, how are you?") ==
		    0,
	    "the caller heard '%s'", text_string(&heard));
	caller_text_taken(&phone, "he took my passport");
	expect(!caller_hear(&phone, &heard, 300),
	    "the menu spoke while the request was claimed: %s",
	    text_string(&heard));
	expect(queue(&lab, &out, "show", ref, NULL) == 0 &&
		strstr(text_string(&out), "he took my passport") != NULL,
	    "the text did not join the case: %s", text_string(&out));
	caller_expect(&phone, "MENU", "Work abroad info");
	expect(queue(&lab, &out, "note", ref, "call the embassy") == 0,
	    "note failed");
	expect(queue(&lab, &out, "close", ref, NULL) == 0, "close failed: %s",
	    text_string(&out));
	expect(queue(&lab, &out, "reopen", ref, NULL) == 0, "reopen failed");
	expect(!lab_finds(&lab, "call the embassy") &&
		!lab_finds(&lab, "he took my passport") &&
		!lab_finds(&lab, "how are you?"),
	    "the thread stands in plain");
	caller_close(&phone);
	stop_cleanly(&lab);
	text_free(&heard);
	text_free(&out);
	lab_close(&lab);
}

static void
no_answer_and_no_reply_leaves_after_stop_or_forget(void)
{
	struct caller_phone phone;
	struct text heard = { 0 };
	struct text out = { 0 };
	char ref[16] = "";
	struct lab lab;

	lab_open(&lab, NULL);
	lab_start(&lab);
	caller_open(&phone, &lab, "+9779810000008");
	walk_to_request(&phone);
	lab_query(&lab, "SELECT ref FROM requests", &out);
	snprintf(ref, sizeof(ref), "%s", text_string(&out));
	expect(queue(&lab, &out, "claim", ref, NULL) == 0, "claim failed");
	caller_expect(&phone, "STOP", "OK");
	queue(&lab, &out, "reply", ref, "are you there?");
	expect(!caller_hear(&phone, &heard, 500), "a reply left after STOP: %s",
	    text_string(&heard));
	caller_expect(&phone, "FORGET", "erased");
	expect(lab_query_integer(&lab, "SELECT count(*) FROM callers") == 0,
	    "the caller was not erased");
	expect(
	    lab_query_integer(&lab,
		"SELECT count(*) FROM requests WHERE state = 'forgotten'") == 1,
	    "the request was not forgotten");
	caller_close(&phone);
	stop_cleanly(&lab);
	text_free(&heard);
	text_free(&out);
	lab_close(&lab);
}

static void
only_a_reason_makes_a_reply_leave_while_texting_is_not_safe(void)
{
	const char *despite[] = { "queue", "reply", "", "are you well?",
		"--despite", "she rang us", "--staff", LAB_STAFF,
		"--password-file", "", NULL };
	struct caller_phone phone;
	struct text heard = { 0 };
	struct text out = { 0 };
	char ref[16] = "";
	struct lab lab;

	lab_open(&lab, NULL);
	lab_start(&lab);
	caller_open(&phone, &lab, "+9779810000012");
	walk_to_request(&phone);
	lab_query(&lab, "SELECT ref FROM requests", &out);
	snprintf(ref, sizeof(ref), "%s", text_string(&out));
	expect(queue(&lab, NULL, "claim", ref, NULL) == 0, "claim failed");
	caller_close(&phone);
	stop_cleanly(&lab);
	/* It was safe when the reply was queued, and is not when the hub
	 * starts. */
	expect(queue(&lab, NULL, "reply", ref, "hello") == 0, "reply failed");
	lab_query(&lab, "UPDATE requests SET is_on_hold = 1", &out);
	lab_start(&lab);
	caller_open(&phone, &lab, "+9779810000012");
	expect(!caller_hear(&phone, &heard, 500), "a reply left: %s",
	    text_string(&heard));
	for (int i = 0;
	     i < LOOKS_MOST && strstr(text_string(&out), "not sent") == NULL;
	     i++) {
		usleep(LOOK_US);
		(void)queue(&lab, &out, "show", ref, NULL);
	}
	expect(strstr(text_string(&out), "not sent") != NULL,
	    "the caseworker does not learn it: %s", text_string(&out));
	despite[2] = ref;
	despite[9] = lab.password_file;
	expect(lab_run(&lab, NULL, despite) == 0, "no reason is enough");
	expect(caller_hear(&phone, &heard, CALLER_WAIT_MS) &&
		strcmp(text_string(&heard), "are you well?") == 0,
	    "with a reason the caller heard '%s'", text_string(&heard));
	caller_close(&phone);
	stop_cleanly(&lab);
	text_free(&heard);
	text_free(&out);
	lab_close(&lab);
}

static void
what_was_set_aside_is_read_and_filed(void)
{
	struct caller_phone phone;
	struct caller_phone other;
	struct text out = { 0 };
	char id[24] = "";
	struct lab lab;

	lab_open(&lab, NULL);
	lab_start(&lab);
	expect(queue(&lab, NULL, "aside", NULL, NULL) == 3,
	    "something stands aside in a new store");
	caller_open(&phone, &lab, "+9779810000013");
	caller_open(&other, &lab, "+9779810000014");
	caller_expect(&other, "HELP", "Your number is");
	/* The store itself will not take another help request. */
	lab_query(
	    &lab, "CREATE UNIQUE INDEX trouble ON requests (opened_by)", &out);
	expect(lab_query_integer(&lab,
		   "SELECT count(*) FROM sqlite_schema WHERE name ="
		   " 'trouble'") == 1,
	    "the index could not be made");
	caller_text(&phone, "HELP pelican");
	/* Five tries with growing pauses, on a machine that may be busy. */
	for (int i = 0; i < LOOKS_MOST && id[0] == '\0'; i++) {
		usleep(LOOK_US);
		lab_query(
		    &lab, "SELECT id FROM journal WHERE state = 'aside'", &out);
		snprintf(id, sizeof(id), "%s", text_string(&out));
	}
	expect(queue(&lab, &out, "aside", NULL, NULL) == 0 &&
		strstr(text_string(&out), id) != NULL,
	    "the list does not show it: %s", text_string(&out));
	expect(queue(&lab, &out, "aside", id, NULL) == 0 &&
		strstr(text_string(&out), "HELP pelican") != NULL &&
		strstr(text_string(&out), "+9779810000013") == NULL,
	    "it does not open, or shows the number: %s", text_string(&out));
	expect(queue(&lab, &out, "aside", id, "--number") == 0 &&
		strstr(text_string(&out), "+9779810000013") != NULL,
	    "it does not show the number: %s", text_string(&out));
	expect(queue(&lab, NULL, "aside", id, "--done") == 0, "not filed");
	expect(queue(&lab, NULL, "aside", id, NULL) == 3, "still there");
	expect(lab_query_integer(&lab,
		   "SELECT count(*) FROM journal WHERE aside IS NOT NULL") == 0,
	    "its words were not erased");
	caller_close(&other);
	caller_close(&phone);
	stop_cleanly(&lab);
	text_free(&out);
	lab_close(&lab);
}

/* "I want to go home", as a phone with the Zawgyi font writes it and as
 * everything else does; and a caseworker's answer, likewise. */
static const char wish_zawgyi[] = "အိမ္ျပန္ခ်င္တယ္";
static const char wish[] = "အိမ်ပြန်ချင်တယ်";
static const char reply[] = "မြန်မာနိုင်ငံ ပြန်နိုင်ပါတယ်";
static const char reply_zawgyi[] = "ျမန္မာႏိုင္ငံ ျပန္ႏိုင္ပါတယ္";

static void
a_zawgyi_phone_and_a_caseworker_read_each_other(void)
{
	struct caller_phone phone;
	struct text out = { 0 };
	struct text heard = { 0 };
	char ref[16] = "";
	struct lab lab;

	lab_open(&lab, NULL);
	lab_start(&lab);
	caller_open(&phone, &lab, "+9779810000017");
	/* The way of the phone is known before the conversation ends. */
	caller_ask(&phone, wish_zawgyi, &heard);
	walk_to_request(&phone);
	lab_query(&lab, "SELECT ref FROM requests", &out);
	snprintf(ref, sizeof(ref), "%s", text_string(&out));
	expect(queue(&lab, NULL, "claim", ref, NULL) == 0, "claim failed");
	caller_text_taken(&phone, wish_zawgyi);
	expect(!caller_hear(&phone, &heard, 300), "the menu spoke");
	expect(queue(&lab, &out, "show", ref, NULL) == 0 &&
		strstr(text_string(&out), wish) != NULL,
	    "the caseworker does not read Unicode: %s", text_string(&out));
	text_clear(&out);
	text_printf(&out, "bluebird. %s", reply);
	expect(queue(&lab, NULL, "reply", ref, text_string(&out)) == 0,
	    "reply failed");
	expect(caller_hear(&phone, &heard, CALLER_WAIT_MS) &&
		strstr(text_string(&heard), reply_zawgyi) != NULL,
	    "the phone shows '%s'", text_string(&heard));
	caller_close(&phone);
	stop_cleanly(&lab);
	text_free(&heard);
	text_free(&out);
	lab_close(&lab);
}

static const struct proof proofs[] = {
	{ "a_caseworker_claims_talks_and_closes",
	    a_caseworker_claims_talks_and_closes },
	{ "no_answer_and_no_reply_leaves_after_stop_or_forget",
	    no_answer_and_no_reply_leaves_after_stop_or_forget },
	{ "only_a_reason_makes_a_reply_leave_while_texting_is_not_safe",
	    only_a_reason_makes_a_reply_leave_while_texting_is_not_safe },
	{ "a_zawgyi_phone_and_a_caseworker_read_each_other",
	    a_zawgyi_phone_and_a_caseworker_read_each_other },
	{ "what_was_set_aside_is_read_and_filed",
	    what_was_set_aside_is_read_and_filed },
};

int
main(int argc, char **argv)
{
	return (proof_run(proofs, COUNT_OF(proofs), argc, argv));
}
