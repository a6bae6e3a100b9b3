/* The whole helpline, run by the real program, met by callers on the demo
 * line.
 */
#include <inttypes.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/file.h"
#include "gateway/base/outcome.h"
#include "tests/caller.h"
#include "tests/lab.h"
#include "tests/proof.h"

/* Sends SIGTERM and expects a clean end. */
static void
stop_cleanly(struct lab *lab)
{
	int status = lab_stop(lab, SIGTERM);

	expect(WIFEXITED(status) && WEXITSTATUS(status) == 0,
	    "the hub ended with status %#x", (unsigned)status);
}

static int64_t
requests(struct lab *lab)
{
	return (lab_query_integer(lab, "SELECT count(*) FROM requests"));
}

/* Waits until a query gives this number; the number it gave last. */
static int64_t
wait_for(struct lab *lab, const char *sql, int64_t value)
{
	int64_t until_ms = clock_monotonic_ms() + CALLER_WAIT_MS;
	int64_t found;

	do {
		found = lab_query_integer(lab, sql);
		if (found == value)
			return (found);
		usleep(20000);
	} while (clock_monotonic_ms() < until_ms);
	return (found);
}

/* -- HELP ------------------------------------------------------------------- */

static const struct {
	const char *help;
	const char *before[6];
} help_cases[] = {
	{ "HELP", { NULL } },
	{ "help!", { "hello", NULL } },
	{ "sos", { "hello", "1", NULL } },
	{ "मद्दत", { NULL } },
	{ "मद्दत", { "hello", "2", NULL } },
	{ "maddat", { NULL } },
	{ "Maddat.", { "namaste", "3", NULL } },
	{ "maddat", { "hello", "language", NULL } },
	{ "HELP", { "hello", "qqqq", "zzzz", NULL } },
	{ "HELP", { "hello", "STOP", NULL } },
	{ "मद्दत", { "hello", "STOP", "1", NULL } },
	{ "HELP", { "hello", "FORGET", NULL } },
	{ "help", { "hello", "1", "1", "1", "00", NULL } },
};

static void
every_help_makes_one_request(void)
{
	struct text answer = { 0 };
	struct lab lab;

	lab_open(&lab, NULL);
	lab_start(&lab);
	for (size_t i = 0; i < COUNT_OF(help_cases); i++) {
		struct caller_phone phone;
		char number[24];

		snprintf(number, sizeof(number), "+97798100000%02zu", i);
		caller_open(&phone, &lab, number);
		for (size_t j = 0; help_cases[i].before[j] != NULL; j++) {
			caller_text(&phone, help_cases[i].before[j]);
			/* After STOP nothing comes; everything else answers. */
			caller_hear(&phone, &answer,
			    j > 0 &&
				    strcmp(help_cases[i].before[j - 1],
					"STOP") == 0
				? 300
				: CALLER_WAIT_MS);
		}
		caller_ask(&phone, help_cases[i].help, &answer);
		expect(answer.length > 0, "case %zu: HELP met silence", i);
		expect(requests(&lab) == (int64_t)i + 1,
		    "case %zu: %" PRId64 " requests", i, requests(&lab));
		caller_ask(&phone, help_cases[i].help, &answer);
		expect(
		    answer.length > 0, "case %zu: HELP twice met silence", i);
		expect(requests(&lab) == (int64_t)i + 1,
		    "case %zu: a second HELP opened a second request", i);
		caller_close(&phone);
	}
	stop_cleanly(&lab);
	text_free(&answer);
	lab_close(&lab);
}

/* -- nothing of a person in plain ------------------------------------------- */

static void
the_store_and_the_log_hold_nothing_of_a_caller(void)
{
	static const char *const secrets[] = { "+9779812345678", "9812345678",
		"zebrafish quarrel", "Lalitpur marmalade", "मद्दतमार्मलेड",
		"xylophone" };
	static const char *const texts[] = { "hello zebrafish quarrel", "HELP",
		"1", "1", "1", "zebrafish quarrel", "1", "Lalitpur marmalade",
		"1", "xylophone", "मद्दतमार्मलेड" };
	struct text answer = { 0 };
	struct caller_phone phone;
	struct lab lab;

	lab_open(&lab, NULL);
	lab_configure(&lab, "level = \"notice\"", "level = \"debug\"");
	lab_start(&lab);
	caller_open(&phone, &lab, "+9779812345678");
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		caller_ask(&phone, texts[i], &answer);
		for (size_t j = 0; j < COUNT_OF(secrets); j++)
			expect(!lab_finds(&lab, secrets[j]),
			    "after '%s' the files hold '%s'", texts[i],
			    secrets[j]);
	}
	caller_close(&phone);
	stop_cleanly(&lab);
	for (size_t j = 0; j < COUNT_OF(secrets); j++)
		expect(!lab_finds(&lab, secrets[j]),
		    "at the end the files hold '%s'", secrets[j]);
	expect(
	    lab_query_integer(&lab,
		"SELECT count(*) FROM requests WHERE answers IS NOT NULL") == 1,
	    "the request has no answers");
	text_free(&answer);
	lab_close(&lab);
}

/* -- bad input -------------------------------------------------------------- */

static void
odd_texts_are_answered_and_harm_nobody(void)
{
	static const char *const texts[] = { "", " ", "\xf0\x9f\x98\x80",
		"\xff\xfe\x80", "a\x01\x02\x1b[2J", "مرحبا",
		("\xe2\x80\xae"
		 "evil"),
		"\\", "%s%n%d", "'; DROP TABLE journal; --", "{ref}" };
	struct text answer = { 0 };
	struct text longest = { 0 };
	struct caller_phone phone;
	struct lab lab;

	lab_open(&lab, NULL);
	lab_start(&lab);
	caller_open(&phone, &lab, "+9779810000001");
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		caller_ask(&phone, texts[i], &answer);
		expect(answer.length > 0, "text %zu met silence", i);
	}
	for (int i = 0; i < 1500; i++)
		text_add_byte(&longest, 'a' + i % 26);
	caller_ask(&phone, longest.bytes, &answer);
	expect(answer.length > 0, "1,500 characters met silence");
	caller_raw(&phone, "sms\t+9779810000001\thi\0there\n", 29);
	expect(
	    caller_hear(&phone, &answer, CALLER_WAIT_MS), "a NUL met silence");
	caller_close(&phone);
	stop_cleanly(&lab);
	text_free(&longest);
	text_free(&answer);
	lab_close(&lab);
}

static void
names_and_short_codes_are_journalled_and_never_answered(void)
{
	static const char *const senders[] = { "INFO", "1234", "NTC Offer", "",
		"1234567890123456789012345", "+12" };
	struct text answer = { 0 };
	struct lab lab;

	lab_open(&lab, NULL);
	lab_start(&lab);
	for (size_t i = 0; i < COUNT_OF(senders); i++) {
		struct caller_phone phone;

		caller_open(&phone, &lab, senders[i]);
		caller_text(&phone, "HELP");
		expect(!caller_hear(&phone, &answer, 200), "'%s' was answered",
		    senders[i]);
		caller_close(&phone);
	}
	expect(wait_for(&lab,
		   "SELECT count(*) FROM journal WHERE state = 'ignored'",
		   COUNT_OF(senders)) == COUNT_OF(senders),
	    "not all were journalled");
	expect(lab_query_integer(&lab, "SELECT count(*) FROM outbox") == 0,
	    "something was put into the outbox");
	stop_cleanly(&lab);
	text_free(&answer);
	lab_close(&lab);
}

static void
a_sim_of_our_own_is_never_answered(void)
{
	struct text answer = { 0 };
	struct caller_phone own;
	struct lab lab;

	lab_open(&lab, NULL);
	lab_configure(&lab, "name = \"demo\";",
	    "name = \"demo\"; number = \"+9779801000000\"; country = \"977\";");
	lab_start(&lab);
	caller_open(&own, &lab, "+9779801000000");
	caller_text(&own, "Work abroad info. Reply with a number.");
	expect(!caller_hear(&own, &answer, 300), "we talk with ourselves: %s",
	    text_string(&answer));
	expect(
	    wait_for(&lab,
		"SELECT count(*) FROM journal WHERE state = 'ignored'", 1) == 1,
	    "it was not journalled");
	caller_close(&own);
	stop_cleanly(&lab);
	text_free(&answer);
	lab_close(&lab);
}

/* -- going on --------------------------------------------------------------- */

static void
a_walk_goes_on_after_a_clean_stop_and_after_a_kill(void)
{
	struct caller_phone phone;
	struct text first = { 0 };
	struct text again = { 0 };
	struct lab lab;

	lab_open(&lab, NULL);
	lab_start(&lab);
	caller_open(&phone, &lab, "+9779810000002");
	caller_expect(&phone, "hello", "1 ");
	caller_ask(&phone, "1", &first);
	stop_cleanly(&lab);
	caller_close(&phone);
	lab_start(&lab);
	caller_open(&phone, &lab, "+9779810000002");
	/* An answer that cannot be read shows the same screen again. */
	caller_ask(&phone, "qqqq", &again);
	expect(strstr(text_string(&again), "Not sure") != NULL,
	    "after a stop the walk is at '%s'", text_string(&again));
	lab_stop(&lab, SIGKILL);
	caller_close(&phone);
	lab_start(&lab);
	caller_open(&phone, &lab, "+9779810000002");
	caller_ask(&phone, "1", &again);
	expect(strcmp(text_string(&first), text_string(&again)) != 0 &&
		again.length > 0,
	    "after a kill the walk does not go on");
	caller_close(&phone);
	stop_cleanly(&lab);
	text_free(&first);
	text_free(&again);
	lab_close(&lab);
}

static void
a_line_that_dies_is_started_again(void)
{
	struct caller_phone phone;
	struct lab lab;
	pid_t line;

	lab_open(&lab, NULL);
	lab_start(&lab);
	line = lab_line_process(&lab, "demo");
	expect(line > 0, "no process for the demo line");
	kill(line, SIGKILL);
	for (int i = 0; i < 500; i++) {
		pid_t now = lab_line_process(&lab, "demo");

		if (now > 0 && now != line)
			break;
		usleep(20000);
	}
	usleep(300000);
	caller_open(&phone, &lab, "+9779810000003");
	caller_expect(&phone, "hello", "1 ");
	caller_close(&phone);
	stop_cleanly(&lab);
	lab_close(&lab);
}

static void
two_hubs_on_one_store_are_refused(void)
{
	static const char *const serve[] = { "serve", NULL };
	struct caller_phone phone;
	struct lab lab;

	lab_open(&lab, NULL);
	lab_start(&lab);
	expect(
	    lab_run(&lab, NULL, serve) == 1, "the second hub was not refused");
	caller_open(&phone, &lab, "+9779810000004");
	caller_expect(&phone, "hello", "1 ");
	caller_close(&phone);
	stop_cleanly(&lab);
	lab_close(&lab);
}

/* -- a message that cannot be handled --------------------------------------- */

static void
run_sql(struct lab *lab, const char *sql)
{
	struct text nothing = { 0 };

	lab_query(lab, sql, &nothing);
	text_free(&nothing);
}

static void
a_message_that_fails_five_times_is_set_aside_and_the_rest_goes_on(void)
{
	struct caller_phone bad;
	struct caller_phone good;
	struct text answer = { 0 };
	struct lab lab;

	lab_open(&lab, NULL);
	lab_start(&lab);
	caller_open(&bad, &lab, "+9779810000009");
	caller_open(&good, &lab, "+9779810000010");
	caller_expect(&bad, "hello", "1 ");
	caller_expect(&good, "hello", "1 ");
	/* The store itself will not take another help request. */
	caller_expect(&good, "HELP", "Your number is");
	run_sql(&lab, "CREATE UNIQUE INDEX trouble ON requests (opened_by)");
	caller_text(&bad, "HELP pelican");
	caller_expect(&good, "1", "keep your answers");
	expect(
	    wait_for(&lab, "SELECT count(*) FROM journal WHERE state = 'aside'",
		1) == 1,
	    "the message was not set aside");
	caller_expect(&good, "0", "safe");
	expect(!lab_finds(&lab, "pelican"), "what was set aside is in plain");
	run_sql(&lab, "DROP INDEX trouble");
	caller_ask(&bad, "HELP", &answer);
	expect(strstr(text_string(&answer), "Your number is") != NULL,
	    "the caller gets no help afterwards: '%s'", text_string(&answer));
	caller_close(&bad);
	caller_close(&good);
	stop_cleanly(&lab);
	text_free(&answer);
	lab_close(&lab);
}

/* -- a full disk ------------------------------------------------------------ */

static size_t
count_in_log(const struct lab *lab, const char *words)
{
	struct text log = { 0 };
	size_t count = 0;
	const char *at;

	if (file_read(lab->log, 64 << 20, &log) != DONE)
		lab_fail("no log");
	for (at = strstr(text_string(&log), words); at != NULL;
	     at = strstr(at + 1, words))
		count++;
	text_free(&log);
	return (count);
}

static void
a_full_disk_loses_nothing_and_service_returns_by_itself(void)
{
	struct rlimit limit = { RLIM_INFINITY, RLIM_INFINITY };
	struct text answer = { 0 };
	struct caller_phone phone;
	struct lab lab;

	lab_open(&lab, NULL);
	lab_start(&lab);
	caller_open(&phone, &lab, "+9779810000005");
	caller_expect(&phone, "hello", "1 ");
	/* No file grows, and none is overwritten, behind its first page. */
	limit.rlim_cur = 4096;
	if (prlimit(lab.hub, RLIMIT_FSIZE, &limit, NULL) != 0)
		lab_fail("cannot limit the hub's files");
	for (int i = 0; i < 40; i++)
		caller_text(&phone, i % 2 == 0 ? "1" : "0");
	for (int i = 0; i < 40; i++) {
		if (!caller_hear(&phone, &answer, 1500) &&
		    count_in_log(&lab, "cannot") >= 1)
			break;
	}
	expect(count_in_log(&lab, "cannot") >= 1, "the log says nothing");
	expect(count_in_log(&lab, "disk") + count_in_log(&lab, "full") <= 4,
	    "the log says it again and again");
	limit.rlim_cur = RLIM_INFINITY;
	prlimit(lab.hub, RLIMIT_FSIZE, &limit, NULL);
	expect(wait_for(&lab,
		   "SELECT count(*) FROM journal WHERE state = 'handled'",
		   41) == 41,
	    "not every text was handled once the disk had room");
	expect(wait_for(&lab,
		   "SELECT count(*) FROM outbox WHERE state ="
		   " 'sent'",
		   41) == 41,
	    "not every text was answered once the disk had room");
	caller_close(&phone);
	stop_cleanly(&lab);
	text_free(&answer);
	lab_close(&lab);
}

/* -- reloading -------------------------------------------------------------- */

static void
copy_menus(struct lab *lab)
{
	struct text command = { 0 };
	struct text lines = { 0 };

	text_printf(
	    &command, "cp -r '%s/menus' '%s/menus'", SOURCE_TREE, lab->folder);
	if (system(command.bytes) != 0)
		lab_fail("cannot copy the menus");
	text_printf(&lines, "menus = { path = \"%s/menus\"; };\nstore = {",
	    lab->folder);
	lab_configure(lab, "store = {", lines.bytes);
	text_free(&command);
	text_free(&lines);
}

/* Replaces words in the corridor's file. */
static void
edit_menus(struct lab *lab, const char *from, const char *to)
{
	struct text command = { 0 };

	text_printf(&command,
	    "sed -i 's/%s/%s/' '%s/menus/trees/nepal-gulf.cfg'", from, to,
	    lab->folder);
	if (system(command.bytes) != 0)
		lab_fail("cannot edit the menus");
	text_free(&command);
	kill(lab->hub, SIGHUP);
}

static void
wait_for_log(struct lab *lab, const char *words, size_t times)
{
	int64_t until_ms = clock_monotonic_ms() + CALLER_WAIT_MS;

	while (
	    count_in_log(lab, words) < times && clock_monotonic_ms() < until_ms)
		usleep(20000);
	expect(count_in_log(lab, words) >= times, "the log does not say '%s'",
	    words);
}

static void
a_reload_takes_good_menus_and_refuses_bad_ones(void)
{
	struct caller_phone phone;
	struct lab lab;

	lab_open(&lab, NULL);
	copy_menus(&lab);
	lab_start(&lab);
	caller_open(&phone, &lab, "+9779810000006");
	caller_expect(&phone, "hello", "Work abroad info");
	edit_menus(&lab, "Work abroad info", "Marmot abroad info");
	wait_for_log(&lab, "loaded anew", 1);
	caller_expect(&phone, "menu", "Marmot abroad info");
	edit_menus(&lab, "id = \"welcome\";", "id = \"welcome;");
	wait_for_log(&lab, "the ones in use stay", 1);
	expect(count_in_log(&lab, "nepal-gulf.cfg:") >= 1,
	    "the log names no file and line");
	caller_expect(&phone, "menu", "Marmot abroad info");
	caller_close(&phone);
	stop_cleanly(&lab);
	lab_close(&lab);
}

/* -- stops and starts ------------------------------------------------------- */

static void
a_clean_stop_is_remembered(void)
{
	struct lab lab;

	lab_open(&lab, NULL);
	lab_start(&lab);
	stop_cleanly(&lab);
	lab_start(&lab);
	stop_cleanly(&lab);
	expect(access(lab.demo_socket, F_OK) != 0,
	    "the demo line's socket was left behind");
	expect(count_in_log(&lab, "ended cleanly") == 2,
	    "the log does not say twice that the hub ended cleanly");
	expect(count_in_log(&lab, "going on carefully") == 0,
	    "a clean stop was taken for a crash");
	lab_start(&lab);
	lab_stop(&lab, SIGKILL);
	lab_start(&lab);
	expect(count_in_log(&lab, "going on carefully") == 1,
	    "a crash was taken for a clean stop");
	stop_cleanly(&lab);
	lab_close(&lab);
}

static void
forget_is_kept_right_after_a_kill(void)
{
	struct caller_phone phone;
	struct lab lab;

	lab_open(&lab, NULL);
	lab_start(&lab);
	caller_open(&phone, &lab, "+9779810000011");
	caller_expect(&phone, "hello", "1 ");
	caller_expect(&phone, "HELP", "Your number is");
	lab_stop(&lab, SIGKILL);
	caller_close(&phone);
	lab_start(&lab);
	caller_open(&phone, &lab, "+9779810000011");
	caller_expect(&phone, "FORGET", "erased");
	expect(lab_query_integer(&lab, "SELECT count(*) FROM callers") == 0,
	    "the caller was not erased");
	expect(count_in_log(&lab, "failed") == 0,
	    "FORGET was tried and failed first");
	caller_close(&phone);
	stop_cleanly(&lab);
	lab_close(&lab);
}

static const struct proof proofs[] = {
	{ "every_help_makes_one_request", every_help_makes_one_request },
	{ "the_store_and_the_log_hold_nothing_of_a_caller",
	    the_store_and_the_log_hold_nothing_of_a_caller },
	{ "odd_texts_are_answered_and_harm_nobody",
	    odd_texts_are_answered_and_harm_nobody },
	{ "names_and_short_codes_are_journalled_and_never_answered",
	    names_and_short_codes_are_journalled_and_never_answered },
	{ "a_sim_of_our_own_is_never_answered",
	    a_sim_of_our_own_is_never_answered },
	{ "a_walk_goes_on_after_a_clean_stop_and_after_a_kill",
	    a_walk_goes_on_after_a_clean_stop_and_after_a_kill },
	{ "a_line_that_dies_is_started_again",
	    a_line_that_dies_is_started_again },
	{ "two_hubs_on_one_store_are_refused",
	    two_hubs_on_one_store_are_refused },
	{ "a_message_that_fails_five_times_is_set_aside_and_the_rest_goes_on",
	    a_message_that_fails_five_times_is_set_aside_and_the_rest_goes_on },
	{ "a_full_disk_loses_nothing_and_service_returns_by_itself",
	    a_full_disk_loses_nothing_and_service_returns_by_itself },
	{ "a_reload_takes_good_menus_and_refuses_bad_ones",
	    a_reload_takes_good_menus_and_refuses_bad_ones },
	{ "a_clean_stop_is_remembered", a_clean_stop_is_remembered },
	{ "forget_is_kept_right_after_a_kill",
	    forget_is_kept_right_after_a_kill },
};

int
main(int argc, char **argv)
{
	return (proof_run(proofs, COUNT_OF(proofs), argc, argv));
}
