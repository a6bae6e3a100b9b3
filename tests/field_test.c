/* The phone in the field and alarms, on a helpline run by the real program. */
#include <inttypes.h>
#include <signal.h>

#include "gateway/base/clock.h"
#include "gateway/base/outcome.h"
#include "store/outbox.h"
#include "tests/team_lab.h"

enum { CODES = 20 };

/* -- the phone in the field ------------------------------------------------- */

struct codes {
	char signs[CODES][16];
	size_t used;
};

static void
make_codes(struct lab *lab, struct codes *codes)
{
	struct text out = { 0 };
	char place[16];

	expect(RUN(lab, HARI, &out, "staff", "codes", HARI) == 0, "no codes");
	for (int i = 0; i < CODES; i++) {
		const char *at;

		snprintf(place, sizeof(place), "%3d ", i + 1);
		at = strstr(text_string(&out), place);
		expect(at != NULL, "code %d is not printed", i + 1);
		if (at != NULL)
			snprintf(codes->signs[i], sizeof(codes->signs[i]),
			    "%.6s", at + strlen(place));
	}
	codes->used = 0;
	text_free(&out);
}

static const char *
next_code(struct codes *codes)
{
	return (codes->signs[codes->used++]);
}

static void
open_field(struct lab *lab, struct codes *codes)
{
	team_add_hari(lab);
	expect(RUN(lab, HARI, NULL, "staff", "phone", HARI, HARI_NUMBER) == 0,
	    "no phone");
	make_codes(lab, codes);
}

/* Texts "CODE order" and expects words in the answer. */
static void
order(struct caller_phone *phone, const char *code, const char *words,
    const char *expected)
{
	struct text text = { 0 };

	text_printf(&text, "%s %s", code, words);
	caller_expect(phone, text_string(&text), expected);
	text_free(&text);
}

/* The same, with a reference between the verb and the rest. */
static void
order_ref(struct caller_phone *phone, const char *code, const char *verb,
    const char *ref, const char *expected)
{
	struct text words = { 0 };

	text_printf(&words, "%s %s", verb, ref);
	order(phone, code, text_string(&words), expected);
	text_free(&words);
}

static void
a_caseworker_in_the_field_takes_answers_and_passes_a_request(void)
{
	static const char reply[] = "bluebird. Can you talk now?";
	struct caller_phone caller, hari;
	struct codes codes;
	struct text words = { 0 }, heard = { 0 };
	char ref[16];
	struct lab lab;

	lab_open(&lab, NULL);
	lab_configure(&lab, "level = \"notice\"", "level = \"debug\"");
	open_field(&lab, &codes);
	lab_start(&lab);
	caller_open(&caller, &lab, CALLER_NUMBER);
	caller_open(&hari, &lab, HARI_NUMBER);
	order(&hari, next_code(&codes), "next", "Nothing open.");
	team_walk_to_request(&caller);
	team_read_ref(&lab, ref);
	order(&hari, next_code(&codes), "NEXT ", ref);
	expect(lab_query_integer(&lab,
		   "SELECT count(*) FROM audit JOIN staff ON staff.id = staff"
		   " WHERE name = 'Hari' AND what = 'looked at'") == 1,
	    "the trail does not tell that the request was seen");
	order_ref(&hari, next_code(&codes), "reply", ref, "claim it first.");
	order_ref(&hari, next_code(&codes), "claim", "KKKKK", "not found.");
	order_ref(&hari, next_code(&codes), "Claim", ref, "yours.");
	order_ref(&hari, next_code(&codes), "reply", ref, "no words in it.");
	text_printf(&words, "reply %s: %s", ref, reply);
	order(&hari, next_code(&codes), text_string(&words), "on its way.");
	expect(caller_hear(&caller, &heard, CALLER_WAIT_MS) &&
		strcmp(text_string(&heard), reply) == 0,
	    "the caller heard '%s'", text_string(&heard));
	expect(team_shows(&lab, HARI, ref, reply),
	    "the reply is not in the thread");
	order_ref(&hari, next_code(&codes), "pass", ref, "passed on.");
	expect(lab_query_integer(&lab,
		   "SELECT count(*) FROM requests WHERE"
		   " state = 'open'") == 1,
	    "it is not open again");
	expect(lab_query_integer(&lab,
		   "SELECT count(*) FROM audit JOIN staff ON staff.id = staff"
		   " WHERE name = 'Hari' AND what IN ('claimed', 'replied',"
		   " 'passed on', 'given back', 'passed')") >= 3,
	    "the trail does not tell of it");
	/* Nothing of the phone, the words or the codes lies about. */
	expect(!lab_finds(&lab, HARI_NUMBER) && !lab_finds(&lab, reply) &&
		!lab_finds(&lab, codes.signs[0]) &&
		!lab_finds(&lab, codes.signs[CODES - 1]),
	    "the files hold a number, a code or a reply in plain");
	expect(lab_query_integer(&lab, "SELECT count(*) FROM callers") == 1,
	    "the caseworker's phone became a caller's");
	caller_close(&caller);
	caller_close(&hari);
	lab_stop(&lab, SIGTERM);
	text_free(&words);
	text_free(&heard);
	lab_close(&lab);
}

static void
nothing_tells_a_stranger_that_a_phone_is_a_caseworkers(void)
{
	/* What somebody may try who has the phone and no good code. */
	static const char *const tries[] = { "hello", "next", "AAAAAA next",
		"claim", "code next", "AAAAAA claim KM7P4", "1" };
	struct caller_phone hari, stranger;
	struct codes codes;
	struct text hers = { 0 }, theirs = { 0 };
	struct lab lab;

	lab_open(&lab, NULL);
	open_field(&lab, &codes);
	lab_start(&lab);
	caller_open(&hari, &lab, HARI_NUMBER);
	caller_open(&stranger, &lab, "+9779810000099");
	order(&hari, codes.signs[0], "next", "Nothing open.");
	for (size_t i = 0; i < COUNT_OF(tries); i++) {
		/* Two that cannot be read would lead to a person. */
		caller_ask(&hari, "MENU", &hers);
		caller_ask(&stranger, "MENU", &theirs);
		caller_ask(&hari, tries[i], &hers);
		caller_ask(&stranger, tries[i], &theirs);
		expect(strcmp(text_string(&hers), text_string(&theirs)) == 0,
		    "'%s' is answered '%s', a stranger '%s'", tries[i],
		    text_string(&hers), text_string(&theirs));
	}
	/* A used code, and a good one on another phone, are words as well. */
	order(&hari, codes.signs[0], "next", "");
	caller_ask(&hari, "MENU", &hers);
	order(&stranger, codes.signs[1], "next", "");
	caller_ask(&stranger, "MENU", &theirs);
	expect(strcmp(text_string(&hers), text_string(&theirs)) == 0,
	    "they stand elsewhere: '%s', '%s'", text_string(&hers),
	    text_string(&theirs));
	order(&hari, codes.signs[1], "next", "Nothing open.");
	caller_close(&hari);
	caller_close(&stranger);
	lab_stop(&lab, SIGTERM);
	text_free(&hers);
	text_free(&theirs);
	lab_close(&lab);
}

/* Two that cannot be read in a row would lead to a person. */
static void
guess(struct caller_phone *phone, int times)
{
	struct text answer = { 0 };

	for (int i = 0; i < times; i++) {
		caller_ask(phone, "MENU", &answer);
		caller_ask(phone, "AAAAAA next", &answer);
	}
	text_free(&answer);
}

static int
is_obeyed(struct caller_phone *phone, const char *code)
{
	struct text text = { 0 }, answer = { 0 };
	int is_obeyed;

	caller_ask(phone, "MENU", &answer);
	text_printf(&text, "%s next", code);
	caller_ask(phone, text_string(&text), &answer);
	is_obeyed = strcmp(text_string(&answer), "Nothing open.") == 0;
	text_free(&text);
	text_free(&answer);
	return (is_obeyed);
}

static void
too_many_wrong_codes_lock_the_list_until_a_new_one_is_made(void)
{
	struct caller_phone hari;
	struct codes codes;
	struct lab lab;

	lab_open(&lab, NULL);
	open_field(&lab, &codes);
	lab_start(&lab);
	caller_open(&hari, &lab, HARI_NUMBER);
	guess(&hari, 7);
	order(&hari, next_code(&codes), "next", "Nothing open.");
	guess(&hari, 8);
	expect(lab_query_integer(&lab,
		   "SELECT count(*) FROM audit WHERE what ="
		   " 'codes locked'") == 1,
	    "the trail does not tell that the list is locked");
	expect(!is_obeyed(&hari, next_code(&codes)), "a locked list is good");
	make_codes(&lab, &codes);
	expect(is_obeyed(&hari, next_code(&codes)), "a new list is not good");
	expect(RUN(&lab, NULL, NULL, "staff", "disable", HARI) == 0, "disable");
	expect(!is_obeyed(&hari, next_code(&codes)),
	    "the phone of somebody disabled was obeyed");
	caller_close(&hari);
	lab_stop(&lab, SIGTERM);
	lab_close(&lab);
}

/* -- alarms ----------------------------------------------------------------- */

static void
open_duty(struct lab *lab)
{
	lab_configure(lab, "log = {",
	    "alarms = { from = \"high\"; escalate_after_s = 6; };\nlog = {");
	team_add_hari(lab);
	expect(RUN(lab, NULL, NULL, "staff", "phone", HARI, HARI_NUMBER) == 0 &&
		RUN(lab, NULL, NULL, "staff", "phone", LAB_STAFF,
		    LEAD_NUMBER) == 0 &&
		RUN(lab, NULL, NULL, "staff", "duty", HARI, "on") == 0,
	    "no duty");
}

static void
a_zone_that_is_none_is_told_before_the_hub_runs(void)
{
	static const char *const arguments[] = { "serve", "--check-config",
		NULL };
	struct lab lab;

	lab_open(&lab, NULL);
	lab_configure(
	    &lab, "log = {", "alarms = { zone = \"UTC+3\"; };\nlog = {");
	expect(lab_run(&lab, NULL, arguments) == 0, "a zone was refused");
	lab_configure(&lab, "UTC+3", "Kathmandu");
	expect(lab_run(&lab, NULL, arguments) == 1 &&
		lab_finds(&lab, "zone 'Kathmandu' is none"),
	    "a zone that is none was taken");
	lab_close(&lab);
}

static void
an_urgent_request_rings_those_on_duty_and_then_the_leads(void)
{
	struct caller_phone caller, hari, lead;
	struct text heard = { 0 };
	char ref[16];
	struct lab lab;

	lab_open(&lab, NULL);
	open_duty(&lab);
	lab_start(&lab);
	caller_open(&caller, &lab, CALLER_NUMBER);
	caller_open(&hari, &lab, HARI_NUMBER);
	caller_open(&lead, &lab, LEAD_NUMBER);
	team_walk_to_request(&caller);
	team_read_ref(&lab, ref);
	expect(caller_hear(&hari, &heard, CALLER_WAIT_MS) &&
		strncmp(text_string(&heard), "New: ", 5) == 0 &&
		strstr(text_string(&heard), ref) != NULL &&
		strstr(text_string(&heard), "nepal-gulf") != NULL,
	    "Hari heard '%s'", text_string(&heard));
	expect(strpbrk(text_string(&heard), "+") == NULL &&
		strstr(text_string(&heard), "Qatar") == NULL,
	    "an alarm tells of the caller: '%s'", text_string(&heard));
	expect(!caller_hear(&lead, &heard, 100), "the lead heard it at once");
	expect(caller_hear(&lead, &heard, CALLER_WAIT_MS) &&
		strncmp(text_string(&heard), "Still open: ", 12) == 0 &&
		strstr(text_string(&heard), ref) != NULL,
	    "the lead heard '%s'", text_string(&heard));
	expect(caller_hear(&hari, &heard, CALLER_WAIT_MS) &&
		strncmp(text_string(&heard), "Still open: ", 12) == 0,
	    "Hari heard '%s'", text_string(&heard));
	expect(RUN(&lab, HARI, NULL, "queue", "claim", ref) == 0, "claim");
	expect(team_wait_for(&lab, "SELECT count(*) FROM alarms", 0) == 0,
	    "a claimed request still rings");
	/* Passed back it is as new as it was. */
	expect(RUN(&lab, HARI, NULL, "queue", "pass", ref) == 0, "pass");
	expect(caller_hear(&hari, &heard, CALLER_WAIT_MS) &&
		strncmp(text_string(&heard), "New: ", 5) == 0,
	    "passed back, Hari heard '%s'", text_string(&heard));
	caller_close(&caller);
	caller_close(&hari);
	caller_close(&lead);
	lab_stop(&lab, SIGTERM);
	text_free(&heard);
	lab_close(&lab);
}

/* Texts that wait, as a day without network leaves them. */
static void
fill_outbox(struct lab *lab, int count)
{
	struct box_key *box;
	struct store *store;
	char path[100];

	seal_start();
	snprintf(path, sizeof(path), "%s/h/box.key", lab->folder);
	if (box_key_open(path, &box) != DONE ||
	    store_open(lab->store, STORE_DESK, box, &store) != DONE ||
	    store_begin(store) != DONE)
		lab_fail("cannot open the store");
	for (int i = 0; i < count; i++) {
		struct number number;
		struct caller_key key;
		struct outbox_id id;
		struct outgoing outgoing = { .kind = OUTBOX_ANSWER,
			.line = "demo",
			.caller = &key,
			.number = &number,
			.text = "a text that waits",
			.now_utc_s = clock_utc_s() - 3600 };

		snprintf(number.e164, sizeof(number.e164), "+97798200%05u",
		    (unsigned)i % 100000);
		seal_caller_key(box, &number, &key);
		if (outbox_add(store, &outgoing, OUTBOX_QUEUED, &id) != DONE)
			lab_fail("cannot add a text");
	}
	if (store_commit(store) != DONE)
		lab_fail("cannot commit");
	store_close(store);
	box_key_close(box);
}

static void
an_alarm_goes_before_ten_thousand_texts(void)
{
	enum { TEXTS = 10000, ALARM_MOST_MS = 5000 };
	struct caller_phone caller, hari;
	struct text heard = { 0 };
	struct proof_watch watch;
	int64_t waited_ms, waiting;
	struct lab lab;

	lab_open(&lab, NULL);
	open_duty(&lab);
	lab_start(&lab);
	caller_open(&caller, &lab, CALLER_NUMBER);
	caller_open(&hari, &lab, HARI_NUMBER);
	team_walk_to_request(&caller);
	expect(caller_hear(&hari, &heard, CALLER_WAIT_MS), "no first alarm");
	lab_stop(&lab, SIGTERM);
	fill_outbox(&lab, TEXTS);
	lab_query(&lab, "DELETE FROM alarms", &heard);
	caller_close(&caller);
	caller_close(&hari);
	proof_watch_start(&watch);
	lab_start(&lab);
	caller_open(&hari, &lab, HARI_NUMBER);
	expect(caller_hear(&hari, &heard, CALLER_WAIT_MS), "no alarm at all");
	waited_ms = proof_watch_ms(&watch);
	waiting = lab_query_integer(&lab,
	    "SELECT count(*) FROM outbox WHERE state IN ('queued',"
	    " 'sending')");
	printf("alarm after %" PRId64 " ms, start included, %" PRId64
	       " of them not for a processor, with %" PRId64
	       " texts still waiting\n",
	    clock_monotonic_ms() - watch.began_ms, waited_ms, waiting);
	expect(waited_ms < ALARM_MOST_MS, "the alarm took %" PRId64 " ms",
	    waited_ms);
	caller_close(&hari);
	lab_stop(&lab, SIGTERM);
	text_free(&heard);
	lab_close(&lab);
}

/* The gate is the single door for staff as well. */
static void
a_caseworkers_phone_that_said_stop_is_texted_no_more(void)
{
	struct caller_phone hari;
	struct codes codes;
	struct text heard = { 0 }, words = { 0 };
	struct lab lab;

	lab_open(&lab, NULL);
	open_field(&lab, &codes);
	lab_start(&lab);
	caller_open(&hari, &lab, HARI_NUMBER);
	order(&hari, next_code(&codes), "next", "Nothing open.");
	caller_expect(&hari, "STOP", "OK");
	text_printf(&words, "%s next", next_code(&codes));
	caller_text(&hari, text_string(&words));
	expect(!caller_hear(&hari, &heard, 1500), "after STOP it heard '%s'",
	    text_string(&heard));
	expect(team_wait_for(&lab,
		   "SELECT count(*) FROM outbox WHERE kind = 'staff' AND"
		   " state = 'failed'",
		   1) == 1,
	    "the gate did not refuse");
	caller_close(&hari);
	lab_stop(&lab, SIGTERM);
	text_free(&heard);
	text_free(&words);
	lab_close(&lab);
}

static const struct proof proofs[] = {
	{ "a_caseworkers_phone_that_said_stop_is_texted_no_more",
	    a_caseworkers_phone_that_said_stop_is_texted_no_more },
	{ "a_caseworker_in_the_field_takes_answers_and_passes_a_request",
	    a_caseworker_in_the_field_takes_answers_and_passes_a_request },
	{ "nothing_tells_a_stranger_that_a_phone_is_a_caseworkers",
	    nothing_tells_a_stranger_that_a_phone_is_a_caseworkers },
	{ "too_many_wrong_codes_lock_the_list_until_a_new_one_is_made",
	    too_many_wrong_codes_lock_the_list_until_a_new_one_is_made },
	{ "a_zone_that_is_none_is_told_before_the_hub_runs",
	    a_zone_that_is_none_is_told_before_the_hub_runs },
	{ "an_urgent_request_rings_those_on_duty_and_then_the_leads",
	    an_urgent_request_rings_those_on_duty_and_then_the_leads },
	{ "an_alarm_goes_before_ten_thousand_texts",
	    an_alarm_goes_before_ten_thousand_texts },
};

int
main(int argc, char **argv)
{
	return (proof_run(proofs, COUNT_OF(proofs), argc, argv));
}
