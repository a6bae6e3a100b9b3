/* The contact gate in the whole helpline, run by the real program: what leaves
 * to whom, when, and what waits.
 *
 * The hub's clock is real; silence is made by moving back in the store when a
 * caller last wrote, and the safe hours are chosen around the clock of the
 * moment.
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

enum {
	QUIET_MS = 400, /* how long is listened for what must not come */
	LOOK_US = 50000,
	HOUR_S = 3600,
	DAY_S = 86400,
};

#define OWN     "+9779810000041"
#define OTHER   "+9779810000042"
#define OPENING "Hello, are you free to talk?"
#define COVER   "Sorry, wrong number."

/* A helpline, a caller with a request that a caseworker has claimed. */
struct scene {
	struct lab lab;
	struct caller_phone phone;
	struct text out;
	struct text heard;
	char ref[16];
};

static int
queue(struct scene *scene, const char *verb, const char *words,
    const char *despite)
{
	const char *arguments[16] = { "queue", verb, "--staff", LAB_STAFF,
		"--password-file", scene->lab.password_file, scene->ref };
	size_t count = 7;

	if (words != NULL)
		arguments[count++] = words;
	if (despite != NULL) {
		arguments[count++] = "--despite";
		arguments[count++] = despite;
	}
	text_clear(&scene->out);
	return (lab_run(&scene->lab, &scene->out, arguments));
}

static int
close_case(struct scene *scene)
{
	const char *arguments[] = { "queue", "close", scene->ref, "--staff",
		LAB_STAFF, "--password-file", scene->lab.password_file, NULL };

	text_clear(&scene->out);
	return (lab_run(&scene->lab, &scene->out, arguments));
}

static void
answer_all(struct scene *scene, const char *const *answers)
{
	for (; *answers != NULL; answers++)
		caller_ask(&scene->phone, *answers, &scene->heard);
}

/* Safe all day unless a test says otherwise. */
static void
open_scene(struct scene *scene, const char *rules, const char *const *answers)
{
	struct text config = { 0 };

	*scene = (struct scene){ 0 };
	lab_open(&scene->lab, NULL);
	text_printf(&config, "contact = { %s };\nlines = (", rules);
	lab_configure(&scene->lab, "lines = (", config.bytes);
	text_free(&config);
	lab_start(&scene->lab);
	caller_open(&scene->phone, &scene->lab, OWN);
	caller_expect(&scene->phone, "HELP", "Your number is");
	answer_all(scene, answers);
	expect(strstr(text_string(&scene->heard), "Thank you") != NULL,
	    "the help request ends with '%s'", text_string(&scene->heard));
	lab_query(&scene->lab, "SELECT ref FROM requests", &scene->out);
	snprintf(
	    scene->ref, sizeof(scene->ref), "%s", text_string(&scene->out));
	expect(queue(scene, "claim", NULL, NULL) == 0, "claim failed");
}

static void
close_scene(struct scene *scene)
{
	int status;

	caller_close(&scene->phone);
	status = lab_stop(&scene->lab, SIGTERM);
	expect(WIFEXITED(status) && WEXITSTATUS(status) == 0,
	    "the hub ended with status %#x", (unsigned)status);
	text_free(&scene->out);
	text_free(&scene->heard);
	lab_close(&scene->lab);
}

/* The caller wrote yesterday. */
static void
fall_silent(struct scene *scene)
{
	lab_query(&scene->lab,
	    "UPDATE contacts SET wrote_utc_s = wrote_utc_s - 86400",
	    &scene->out);
}

static void
expect_text(struct scene *scene, struct caller_phone *phone, const char *words)
{
	int came = caller_hear(phone, &scene->heard, CALLER_WAIT_MS);

	expect(came && strcmp(text_string(&scene->heard), words) == 0,
	    "'%s' came, not '%s'", text_string(&scene->heard), words);
}

static void
expect_silence(struct scene *scene, struct caller_phone *phone)
{
	expect(!caller_hear(phone, &scene->heard, QUIET_MS), "a text left: %s",
	    text_string(&scene->heard));
}

static int64_t
number_of(struct scene *scene, const char *sql)
{
	return (lab_query_integer(&scene->lab, sql));
}

/* How many rows are such as soon as there are any. */
static int64_t
wait_for_any(struct scene *scene, const char *table, const char *where)
{
	int64_t until_ms = clock_monotonic_ms() + CALLER_WAIT_MS;
	struct text sql = { 0 };
	int64_t count;

	text_printf(&sql, "SELECT count(*) FROM %s WHERE %s", table, where);
	do {
		usleep(LOOK_US);
		count = number_of(scene, sql.bytes);
	} while (count == 0 && clock_monotonic_ms() < until_ms);
	text_free(&sql);
	return (count);
}

#define ALL_DAY "unasked = \"00:00-24:00\""

/* safe, consent, danger, need, country, contact, code word */
static const char *const with_word[] = { "1", "1", "1", "2", "Qatar", "1",
	"bluebird", NULL };
static const char *const without_word[] = { "1", "1", "1", "2", "Qatar", "1",
	"1", NULL };
static const char *const wants_call[] = { "1", "1", "1", "2", "Qatar", "2", "1",
	NULL };
static const char *const will_write[] = { "1", "1", "1", "2", "Qatar", "3", "1",
	NULL };
static const char *const by_other[] = { "1", "1", "1", "2", "Qatar", "4",
	"9810000042", "bluebird", NULL };
static const char *const by_riddle[] = { "1", "1", "1", "2", "Qatar", "4",
	"my sister's", "1", NULL };
/* danger no, who, under 18, need, country, contact, time, word, name */
static const char *const in_morning[] = { "1", "1", "2", "1", "2", "2", "Qatar",
	"1", "1", "1", "1", NULL };

/* -- the code word ---------------------------------------------------------- */

static void
the_code_word_opens_the_rest(void)
{
	struct scene scene;

	open_scene(&scene, ALL_DAY, with_word);
	fall_silent(&scene);
	expect(queue(&scene, "reply", "Did you get your pay?", NULL) == 0,
	    "reply failed: %s", text_string(&scene.out));
	expect_text(&scene, &scene.phone, "bluebird " OPENING);
	expect_silence(&scene, &scene.phone);
	expect(queue(&scene, "reply", "And your passport?", NULL) == 0,
	    "a second reply failed: %s", text_string(&scene.out));
	expect_silence(&scene, &scene.phone);
	caller_text(&scene.phone, "Yes. BLUEBIRD!");
	expect_text(&scene, &scene.phone, "Did you get your pay?");
	expect_text(&scene, &scene.phone, "And your passport?");
	expect(queue(&scene, "reply", "Good.", NULL) == 0, "reply failed");
	expect_text(&scene, &scene.phone, "Good.");
	expect(queue(&scene, "show", NULL, NULL) == 0 &&
		strstr(text_string(&scene.out), "Yes. BLUEBIRD!") != NULL,
	    "the answer did not join the case: %s", text_string(&scene.out));
	expect(number_of(&scene,
		   "SELECT count(*) FROM outbox WHERE kind = 'opening'") == 1,
	    "not one opening");
	expect(!lab_finds(&scene.lab, "bluebird"), "the word stands in plain");
	close_scene(&scene);
}

static void
whoever_answers_without_it_hears_wrong_number_and_nothing_more(void)
{
	struct scene scene;

	open_scene(&scene, ALL_DAY, with_word);
	fall_silent(&scene);
	expect(queue(&scene, "reply", "Did you get your pay?", NULL) == 0,
	    "reply failed");
	expect_text(&scene, &scene.phone, "bluebird " OPENING);
	caller_ask(&scene.phone, "yes who are you", &scene.heard);
	expect(strcmp(text_string(&scene.heard), COVER) == 0,
	    "somebody else heard '%s'", text_string(&scene.heard));
	/* Even the word itself, which they have read, opens nothing now. */
	caller_text_taken(&scene.phone, "bluebird?");
	expect_silence(&scene, &scene.phone);
	expect(number_of(&scene,
		   "SELECT count(*) FROM events WHERE what ="
		   " 'somebody else answered'") == 1,
	    "the case does not say it");
	expect(queue(&scene, "reply", "hello?", NULL) == 1,
	    "a reply was taken without a reason");
	expect(queue(&scene, "reply", "Call us when you can.",
		   "she rang and says it was her sister") == 0,
	    "a reason is not enough: %s", text_string(&scene.out));
	expect_text(&scene, &scene.phone, "Call us when you can.");
	expect_silence(&scene, &scene.phone);
	close_scene(&scene);
}

static void
a_snooper_learns_no_more_than_a_stranger(void)
{
	struct scene scene;

	open_scene(&scene, ALL_DAY, with_word);
	fall_silent(&scene);
	expect(queue(&scene, "reply", "Did you get your pay?", NULL) == 0,
	    "reply failed");
	expect_text(&scene, &scene.phone, "bluebird " OPENING);
	caller_ask(&scene.phone, "MENU", &scene.heard);
	expect(strncmp(text_string(&scene.heard), "Work abroad info", 16) == 0,
	    "MENU was answered by '%s'", text_string(&scene.heard));
	caller_ask(&scene.phone, "3", &scene.heard);
	expect(scene.heard.length > 0, "the menu does not go on");
	expect_silence(&scene, &scene.phone);
	caller_ask(&scene.phone, "HELP", &scene.heard);
	expect(strstr(text_string(&scene.heard), "A person will read your") !=
		NULL,
	    "HELP was answered by '%s'", text_string(&scene.heard));
	expect(
	    number_of(&scene,
		"SELECT count(*) FROM events WHERE what = 'asked again'") == 1,
	    "HELP did not reach the case");
	/* And STOP stops. */
	caller_expect(&scene.phone, "STOP", "OK");
	expect(queue(&scene, "reply", "hello?", "a reason") == 1,
	    "a reply was taken after STOP");
	close_scene(&scene);
}

static int
refer(struct scene *scene, const char *verb, const char *words)
{
	const char *arguments[] = { "queue", "refer", "--staff", LAB_STAFF,
		"--password-file", scene->lab.password_file, scene->ref,
		"Asha House", verb, words, NULL };

	text_clear(&scene->out);
	return (lab_run(&scene->lab, &scene->out, arguments));
}

static int
add_partner(struct scene *scene)
{
	const char *arguments[] = { "partners", "add", "Asha House", "--staff",
		LAB_STAFF, "--password-file", scene->lab.password_file, NULL };

	return (lab_run(&scene->lab, &scene->out, arguments));
}

/* How many referrals come to be in this state; waited for. */
static int64_t
wait_for_referral(struct scene *scene, const char *where)
{
	return (wait_for_any(scene, "referrals", where));
}

/* They were asked to begin with it. */
static void
what_stands_behind_the_word_is_heard(void)
{
	struct scene scene;

	open_scene(&scene, ALL_DAY, with_word);
	expect(add_partner(&scene) == 0, "no partner");
	expect(refer(&scene, "ask", "May we tell Asha House?") == 0,
	    "not asked: %s", text_string(&scene.out));
	expect_text(&scene, &scene.phone, "May we tell Asha House?");
	caller_text(&scene.phone, "Bluebird: YES");
	expect(wait_for_referral(
		   &scene, "state = 'agreed' AND consent_by = 'text'") == 1,
	    "the code word hid a yes");
	caller_text(&scene.phone, "bluebird no");
	expect(wait_for_referral(
		   &scene, "is_in_doubt = 1 OR state <> 'agreed'") == 1,
	    "the code word hid a no");
	expect(queue(&scene, "show", NULL, NULL) == 0 &&
		strstr(text_string(&scene.out), "Bluebird: YES") != NULL,
	    "the case does not keep the whole text");
	caller_expect(&scene.phone, "bluebird STOP", "OK");
	expect(queue(&scene, "reply", "hello?", "a reason") == 1,
	    "the code word hid a STOP");
	close_scene(&scene);
}

static void
without_a_word_any_answer_opens(void)
{
	struct scene scene;

	open_scene(&scene, ALL_DAY, without_word);
	expect(
	    queue(&scene, "reply", "We are here.", NULL) == 0, "reply failed");
	expect_text(&scene, &scene.phone, "We are here.");
	fall_silent(&scene);
	expect(queue(&scene, "reply", "How is it today?", NULL) == 0,
	    "reply failed");
	expect_text(&scene, &scene.phone, OPENING);
	caller_text(&scene.phone, "yes, a little");
	expect_text(&scene, &scene.phone, "How is it today?");
	expect_silence(&scene, &scene.phone);
	close_scene(&scene);
}

static void
a_text_that_comes_by_itself_without_the_word_does_not_open(void)
{
	struct scene scene;

	open_scene(&scene, ALL_DAY, with_word);
	fall_silent(&scene);
	caller_text_taken(&scene.phone, "hello, who is this number?");
	expect_silence(&scene, &scene.phone);
	expect(queue(&scene, "reply", "The embassy is open.", NULL) == 0,
	    "reply failed");
	expect_text(&scene, &scene.phone, "bluebird " OPENING);
	expect_silence(&scene, &scene.phone);
	close_scene(&scene);
}

/* -- another number, a call, nothing at all ---------------------------------- */

static void
texts_go_to_the_other_number_and_its_stop_counts(void)
{
	struct caller_phone other;
	struct scene scene;

	open_scene(&scene, ALL_DAY, by_other);
	caller_open(&other, &scene.lab, OTHER);
	expect(queue(&scene, "reply", "We read your text.", NULL) == 0,
	    "reply failed: %s", text_string(&scene.out));
	expect_text(&scene, &other, "bluebird " OPENING);
	caller_text(&other, "bluebird it is me");
	expect_text(&scene, &other, "We read your text.");
	expect_silence(&scene, &scene.phone);
	expect(queue(&scene, "show", NULL, NULL) == 0 &&
		strstr(text_string(&scene.out), "bluebird it is me") != NULL,
	    "the other number's text did not join: %s",
	    text_string(&scene.out));
	expect(!lab_finds(&scene.lab, "9810000042"),
	    "the other number stands in plain");
	caller_expect(&other, "STOP", "OK");
	expect(queue(&scene, "reply", "hello?", "a reason") == 1,
	    "a reply was taken after STOP from the other number");
	caller_expect(&scene.phone, "FORGET", "erased");
	expect(number_of(&scene, "SELECT count(*) FROM contacts") == 0,
	    "a forgotten request keeps its contact");
	caller_close(&other);
	close_scene(&scene);
}

static void
a_number_that_cannot_be_read_gets_nothing(void)
{
	struct scene scene;

	open_scene(&scene, ALL_DAY, by_riddle);
	expect(queue(&scene, "reply", "hello", "a reason") == 1,
	    "a reply was taken for no number");
	expect_silence(&scene, &scene.phone);
	close_scene(&scene);
}

static void
whoever_wants_a_call_is_not_texted_without_a_reason(void)
{
	struct scene scene;

	open_scene(&scene, ALL_DAY, wants_call);
	expect(queue(&scene, "reply", "hello", NULL) == 1, "a reply was taken");
	expect_silence(&scene, &scene.phone);
	expect(queue(&scene, "reply", "We rang twice.",
		   "nobody answers our calls") == 0,
	    "a reason is not enough: %s", text_string(&scene.out));
	expect_text(&scene, &scene.phone, "We rang twice.");
	expect(number_of(&scene,
		   "SELECT count(*) FROM outbox WHERE overrides <> 0") == 1,
	    "the reason is not kept with the text");
	close_scene(&scene);
}

static void
nothing_leaves_until_they_write_when_they_said_so(void)
{
	struct scene scene;

	open_scene(&scene, ALL_DAY, will_write);
	fall_silent(&scene);
	expect(queue(&scene, "reply", "Here is the number.", NULL) == 0,
	    "reply failed: %s", text_string(&scene.out));
	expect_silence(&scene, &scene.phone);
	expect(wait_for_any(&scene, "outbox", "held = 'answer'") == 1,
	    "the reply does not wait");
	caller_text(&scene.phone, "I can talk now");
	expect_text(&scene, &scene.phone, "Here is the number.");
	close_scene(&scene);
}

/* -- hours ------------------------------------------------------------------ */

/* "HH:MM", so many hours from now. */
static void
add_time(struct text *rules, int64_t hours)
{
	int64_t minute = (clock_utc_s() + hours * HOUR_S) % DAY_S / 60;

	text_printf(rules, "%02d:%02d", (int)(minute / 60), (int)(minute % 60));
}

static void
texts_wait_for_the_hours_that_are_safe_where_the_caller_is(void)
{
	struct text rules = { 0 };
	struct scene scene;
	int64_t wait_s;

	/* By the clock of Qatar, three hours ahead of UTC: safe in an hour. */
	text_add(&rules, ALL_DAY "; morning = \"");
	add_time(&rules, 3 + 1);
	text_add(&rules, "-");
	add_time(&rules, 3 + 3);
	text_add(&rules, "\"");
	open_scene(&scene, rules.bytes, in_morning);
	/* While they write, they have the phone in hand. */
	expect(queue(&scene, "reply", "We are here.", NULL) == 0,
	    "reply failed: %s", text_string(&scene.out));
	expect_text(&scene, &scene.phone, "We are here.");
	fall_silent(&scene);
	expect(queue(&scene, "reply", "Any news?", NULL) == 0, "reply failed");
	expect_silence(&scene, &scene.phone);
	expect(wait_for_any(&scene, "outbox", "held = 'hours'") == 1,
	    "it does not wait for its hour");
	wait_s = number_of(&scene,
		     "SELECT next_utc_s FROM outbox WHERE held = 'hours'") -
	    clock_utc_s();
	expect(wait_s > HOUR_S - 120 && wait_s <= HOUR_S,
	    "it waits %" PRId64 " seconds", wait_s);
	expect(number_of(&scene,
		   "SELECT tries FROM outbox WHERE held = 'hours'") == 0,
	    "waiting counts as a try");
	/* A night passes, or the technician changes the hours. */
	lab_stop(&scene.lab, SIGTERM);
	caller_close(&scene.phone);
	lab_configure(
	    &scene.lab, rules.bytes, ALL_DAY "; morning = \"00:00-24:00\"");
	lab_start(&scene.lab);
	caller_open(&scene.phone, &scene.lab, OWN);
	expect_text(&scene, &scene.phone, OPENING);
	caller_text(&scene.phone, "yes");
	expect_text(&scene, &scene.phone, "Any news?");
	text_free(&rules);
	close_scene(&scene);
}

/* -- what the helpline asks by itself ----------------------------------------- */

static void
feedback_is_asked_once_and_a_follow_up_a_month_later(void)
{
	struct scene scene;

	open_scene(&scene, ALL_DAY, without_word);
	expect(close_case(&scene) == 0, "close failed: %s",
	    text_string(&scene.out));
	expect(caller_hear(
		   &scene.phone, &scene.heard, 2 * CALLER_WAIT_MS + 60000) &&
		strstr(text_string(&scene.heard), "useful") != NULL,
	    "no feedback was asked: '%s'", text_string(&scene.heard));
	caller_expect(&scene.phone, "1", "What will you do next?");
	caller_expect(&scene.phone, "3", "30 days");
	caller_expect(&scene.phone, "1", "Take care");
	expect(
	    number_of(&scene,
		"SELECT sum(count) FROM tallies WHERE what = 'feedback'") == 3,
	    "the answers are not counted");
	expect(
	    number_of(&scene,
		"SELECT count(*) FROM requests WHERE feedback = 'done'") == 1,
	    "the feedback is not done");
	expect(number_of(&scene,
		   "SELECT followup_utc_s - wrote_utc_s > 29 * 86400"
		   " FROM contacts") == 1,
	    "no follow-up is kept");
	/* A month passes. */
	fall_silent(&scene);
	lab_query(
	    &scene.lab, "UPDATE contacts SET followup_utc_s = 1", &scene.out);
	expect(caller_hear(
		   &scene.phone, &scene.heard, 2 * CALLER_WAIT_MS + 60000) &&
		strcmp(text_string(&scene.heard), OPENING) == 0,
	    "the follow-up opens with '%s'", text_string(&scene.heard));
	caller_ask(&scene.phone, "yes", &scene.heard);
	expect(strstr(text_string(&scene.heard), "how are you now?") != NULL,
	    "the follow-up is '%s'", text_string(&scene.heard));
	expect_silence(&scene, &scene.phone);
	close_scene(&scene);
}

static void
feedback_waits_for_the_code_word_of_somebody_silent(void)
{
	struct scene scene;

	open_scene(&scene, ALL_DAY, with_word);
	fall_silent(&scene);
	expect(close_case(&scene) == 0, "close failed: %s",
	    text_string(&scene.out));
	expect(caller_hear(
		   &scene.phone, &scene.heard, 2 * CALLER_WAIT_MS + 60000) &&
		strcmp(text_string(&scene.heard), "bluebird " OPENING) == 0,
	    "feedback opens with '%s'", text_string(&scene.heard));
	expect_silence(&scene, &scene.phone);
	caller_ask(&scene.phone, "bluebird", &scene.heard);
	expect(strstr(text_string(&scene.heard), "useful") != NULL,
	    "the word was answered by '%s'", text_string(&scene.heard));
	caller_expect(&scene.phone, "3", "What will you do next?");
	close_scene(&scene);
}

static const struct proof proofs[] = {
	{ "the_code_word_opens_the_rest", the_code_word_opens_the_rest },
	{ "whoever_answers_without_it_hears_wrong_number_and_nothing_more",
	    whoever_answers_without_it_hears_wrong_number_and_nothing_more },
	{ "a_snooper_learns_no_more_than_a_stranger",
	    a_snooper_learns_no_more_than_a_stranger },
	{ "what_stands_behind_the_word_is_heard",
	    what_stands_behind_the_word_is_heard },
	{ "without_a_word_any_answer_opens", without_a_word_any_answer_opens },
	{ "a_text_that_comes_by_itself_without_the_word_does_not_open",
	    a_text_that_comes_by_itself_without_the_word_does_not_open },
	{ "texts_go_to_the_other_number_and_its_stop_counts",
	    texts_go_to_the_other_number_and_its_stop_counts },
	{ "a_number_that_cannot_be_read_gets_nothing",
	    a_number_that_cannot_be_read_gets_nothing },
	{ "whoever_wants_a_call_is_not_texted_without_a_reason",
	    whoever_wants_a_call_is_not_texted_without_a_reason },
	{ "nothing_leaves_until_they_write_when_they_said_so",
	    nothing_leaves_until_they_write_when_they_said_so },
	{ "texts_wait_for_the_hours_that_are_safe_where_the_caller_is",
	    texts_wait_for_the_hours_that_are_safe_where_the_caller_is },
	{ "feedback_is_asked_once_and_a_follow_up_a_month_later",
	    feedback_is_asked_once_and_a_follow_up_a_month_later },
	{ "feedback_waits_for_the_code_word_of_somebody_silent",
	    feedback_waits_for_the_code_word_of_somebody_silent },
};

int
main(int argc, char **argv)
{
	return (proof_run(proofs, COUNT_OF(proofs), argc, argv));
}
