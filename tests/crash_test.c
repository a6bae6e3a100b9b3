/* Killed anywhere, started again: every text that came in was answered exactly
 * once, or is plainly marked unsure; nothing is lost, nothing asked twice.
 *
 *   crash_test [--kills N] [--conversations N] [--seed N]
 *
 * Callers text a helpline through libGammu and a simulated modem while hub and
 * line are ended by SIGKILL at random instants.  What each conversation must
 * hear is taken from one that nobody disturbed.  At the end what went over the
 * air is held against the store.  Then the same with the power: the hub is
 * killed, and what it had written and not synced is taken back.
 */
#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/memory.h"
#include "gateway/base/outcome.h"
#include "tests/lab.h"
#include "tests/power.h"
#include "tests/proof.h"
#include "tests/proofs/air.h"

enum {
	TEXTS_MOST = 8,
	AT_ONCE = 24, /* conversations that run side by side */
	PATIENCE_MS = 3000, /* then we look whether an answer can come */
	KILL_EVERY_MS = 150, /* on average */
	LONGEST_MS = 900000,
};

/* No text twice in a row: whoever repeats a text after an answer that is
 * unsure is shown the question again. */
static const char *const scripts[][TEXTS_MOST] = {
	{ "hello", "1", "1.", "2", "1", "2", "00", "3" },
	{ "namaste", "4", "1", "1.", "2", "1", "2", "2." },
	{ "HELP", "1", "1.", "2", "2.", "1", "Qatar", "1" },
	{ "मद्दत", "1", "1.", "1", "1.", "कतार", "2", "गुलाब" },
	{ "menu", "2", "1", "2", "1", "2", "0", "00" },
};

enum { SCRIPTS = sizeof(scripts) / sizeof(scripts[0]) };

/* What each text of each script is answered by, references masked. */
static char *wanted[SCRIPTS][TEXTS_MOST];

struct conversation {
	size_t script;
	char number[40];
	size_t next; /* the text that waits for its answer */
	int is_open;
	int64_t asked_ms;
	long missing;
	long wrong;
};

struct crash {
	struct lab lab;
	struct sim sim;
	struct air air;
	struct conversation *conversations;
	size_t count;
	long answers;
	int kills_left;
	int64_t next_kill_ms;
	int power_goes; /* instead of a process */
	long taken_back; /* writes that a power cut threw away */
};

/* -- a helpline on a modem --------------------------------------------------- */

static void
open_all(struct crash *crash)
{
	struct text device = { 0 };

	lab_open(&crash->lab, "device-to-come");
	crash->lab.forgets_unsynced = crash->power_goes;
	sim_start(&crash->sim, "./modem_sim", crash->lab.folder);
	text_printf(&device, "device = \"%s\"; pause_ms = 0; sweep_s = 5",
	    crash->sim.device);
	lab_configure(&crash->lab, "device = \"device-to-come\"", device.bytes);
	text_free(&device);
	sim_ask(&crash->sim, "places", "250", NULL);
	air_open(&crash->air, &crash->sim);
	lab_start(&crash->lab);
}

static void
close_all(struct crash *crash)
{
	air_close(&crash->air);
	sim_stop(&crash->sim);
	lab_close(&crash->lab);
}

/* -- what must be heard ------------------------------------------------------ */

static void
learn(void)
{
	struct crash crash = { 0 };

	open_all(&crash);
	for (size_t script = 0; script < SCRIPTS; script++) {
		char number[40];
		char to[AIR_NUMBER_BYTES];

		snprintf(number, sizeof(number), "+97798400000%02zu", script);
		for (size_t i = 0; i < TEXTS_MOST; i++) {
			sim_ask(&crash.sim, "text", number, scripts[script][i],
			    NULL);
			if (!air_hear(
				&crash.air, 20000, to, &wanted[script][i]))
				lab_fail("'%s' of script %zu is not answered"
					 " even undisturbed",
				    scripts[script][i], script);
		}
	}
	close_all(&crash);
}

/* -- conversations ----------------------------------------------------------- */

static void
say_next(struct crash *crash, struct conversation *conversation)
{
	if (conversation->next == TEXTS_MOST) {
		conversation->is_open = 0;
		return;
	}
	sim_ask(&crash->sim, "text", conversation->number,
	    scripts[conversation->script][conversation->next], NULL);
	conversation->asked_ms = clock_monotonic_ms();
}

static struct conversation *
find_conversation(struct crash *crash, const char *number)
{
	for (size_t i = 0; i < crash->count; i++) {
		if (strcmp(crash->conversations[i].number, number) == 0)
			return (&crash->conversations[i]);
	}
	lab_fail("a text went to somebody who never wrote");
}

static void
take_answer(struct crash *crash, const char *to, const char *text)
{
	struct conversation *conversation = find_conversation(crash, to);
	char *const *answers = wanted[conversation->script];

	crash->answers++;
	if (conversation->is_open &&
	    strcmp(answers[conversation->next], text) == 0) {
		conversation->next++;
		say_next(crash, conversation);
		return;
	}
	conversation->wrong++;
	printf("  script %zu, text %zu: heard '%s', wanted '%s'\n",
	    conversation->script, conversation->next, text,
	    conversation->is_open ? answers[conversation->next] : "nothing");
}

/* Nothing is under way anywhere: what is not here now does not come. */
static int
is_quiet(struct crash *crash)
{
	sim_ask(&crash->sim, "stored", NULL);
	if (sim_answer_number(&crash->sim, 1) != 0 ||
	    sim_answer_number(&crash->sim, 2) != 0)
		return (0);
	return (lab_query_integer(&crash->lab,
		    "SELECT (SELECT count(*) FROM outbox WHERE state IN"
		    " ('queued', 'sending')) + (SELECT count(*) FROM journal"
		    " WHERE state IN ('waiting', 'part'))") == 0);
}

/* Everything that is in the air by now. */
static void
hear_all(struct crash *crash, int wait_ms)
{
	char to[AIR_NUMBER_BYTES];
	char *text;

	while (air_hear(&crash->air, wait_ms, to, &text)) {
		take_answer(crash, to, text);
		free(text);
		wait_ms = 0;
	}
}

static int
has_waited(const struct conversation *conversation)
{
	return (conversation->is_open &&
	    clock_monotonic_ms() - conversation->asked_ms >= PATIENCE_MS);
}

static void
give_up_waiting(struct crash *crash)
{
	size_t waiting = 0;

	for (size_t i = 0; i < crash->count; i++)
		waiting += has_waited(&crash->conversations[i]) != 0;
	if (waiting == 0 || !is_quiet(crash))
		return;
	/* What went out before the quiet may still be unread here. */
	hear_all(crash, 0);
	for (size_t i = 0; i < crash->count; i++) {
		struct conversation *conversation = &crash->conversations[i];

		if (!has_waited(conversation))
			continue;
		conversation->missing++;
		conversation->next++;
		say_next(crash, conversation);
	}
}

/* -- killing ----------------------------------------------------------------- */

/* The modem has its own battery: what went out is out. */
static void
cut_power(struct crash *crash)
{
	struct lab *lab = &crash->lab;
	char wal[120], shm[120];

	lab_stop(lab, SIGKILL);
	snprintf(wal, sizeof(wal), "%s-wal", lab->store);
	snprintf(shm, sizeof(shm), "%s-shm", lab->store);
	crash->taken_back += power_cut(lab->store, lab->folder);
	if (access(wal, F_OK) == 0)
		crash->taken_back += power_cut(wal, lab->folder);
	unlink(shm);
	lab_start(lab);
}

static void
kill_something(struct crash *crash)
{
	int64_t now_ms = clock_monotonic_ms();

	if (crash->kills_left == 0 || now_ms < crash->next_kill_ms)
		return;
	crash->kills_left--;
	if (crash->lab.forgets_unsynced) {
		cut_power(crash);
	} else if (rand() % 100 < 60) {
		lab_stop(&crash->lab, SIGKILL);
		lab_start(&crash->lab);
	} else {
		pid_t line = lab_line_process(&crash->lab, "modem");

		if (line > 0)
			kill(line, SIGKILL);
	}
	crash->next_kill_ms =
	    clock_monotonic_ms() + rand() % (2 * KILL_EVERY_MS);
}

static void
converse(struct crash *crash)
{
	int64_t until_ms = clock_monotonic_ms() + LONGEST_MS;
	size_t opened = 0;
	size_t open = 1;

	while (open > 0 || opened < crash->count) {
		open = 0;
		for (size_t i = 0; i < opened; i++)
			open += crash->conversations[i].is_open != 0;
		while (open < AT_ONCE && opened < crash->count) {
			crash->conversations[opened].is_open = 1;
			say_next(crash, &crash->conversations[opened++]);
			open++;
		}
		hear_all(crash, 20);
		kill_something(crash);
		give_up_waiting(crash);
		if (clock_monotonic_ms() > until_ms)
			lab_fail("the conversations do not end");
	}
}

/* -- what must hold ---------------------------------------------------------- */

/* What became of the last texts is written a moment after they went out. */
static void
wait_for_quiet(struct crash *crash)
{
	int64_t until_ms = clock_monotonic_ms() + PATIENCE_MS * 10;

	while (!is_quiet(crash)) {
		if (clock_monotonic_ms() > until_ms)
			lab_fail("the helpline does not come to rest");
		usleep(20000);
	}
	hear_all(crash, 0);
}

static void
judge(struct crash *crash, int kills)
{
	struct lab *lab = &crash->lab;
	int64_t injected = (int64_t)crash->count * TEXTS_MOST;
	int64_t sent;
	int64_t unsure;
	long missing = 0;
	long wrong = 0;
	long callers_of_help = 0;

	for (size_t i = 0; i < crash->count; i++) {
		missing += crash->conversations[i].missing;
		wrong += crash->conversations[i].wrong;
		callers_of_help += crash->conversations[i].script >= 1 &&
		    crash->conversations[i].script <= 3;
	}
	sent = lab_query_integer(
	    lab, "SELECT count(*) FROM outbox WHERE state = 'sent'");
	unsure = lab_query_integer(
	    lab, "SELECT count(*) FROM outbox WHERE state = 'unsure'");
	printf("  %d kills, %" PRId64 " texts, %ld answers heard, %" PRId64
	       " sent, %" PRId64 " unsure, %ld missing\n",
	    kills, injected, crash->answers, sent, unsure, missing);
	expect(wrong == 0, "%ld answers were wrong or repeated", wrong);
	expect(crash->air.repeated == 0, "%ld segments went out twice: %s",
	    crash->air.repeated, crash->air.last_repeated);
	expect(lab_query_integer(lab,
		   "SELECT count(*) FROM journal WHERE state = 'handled'") ==
		injected,
	    "not every text was handled once");
	expect(sent + unsure == injected, "not every text has its answer");
	expect(
	    crash->answers >= sent, "texts are marked sent that nobody heard");
	expect(crash->answers + missing == injected,
	    "answers and gaps do not add up");
	expect(missing <= unsure, "%ld answers are missing and not marked",
	    missing - (long)unsure);
	expect(lab_query_integer(lab, "SELECT count(*) FROM requests") ==
		callers_of_help,
	    "not one help request for each who asked");
	sim_ask(&crash->sim, "stored", NULL);
	expect(sim_answer_number(&crash->sim, 1) == 0, "the SIM is not empty");
	expect(kills == 0 || unsure < injected / 2,
	    "most texts are unsure: this proves little");
}

static int kills_wanted = 100;
static int conversations_wanted = 200;

/* Conversations while hub and line, or the power, go away again and again. */
static void
converse_and_judge(struct crash *crash, int kills)
{
	learn();
	crash->count = (size_t)conversations_wanted;
	crash->conversations =
	    memory_new(crash->count, sizeof(*crash->conversations));
	for (size_t i = 0; i < crash->count; i++) {
		crash->conversations[i].script = i % SCRIPTS;
		snprintf(crash->conversations[i].number,
		    sizeof(crash->conversations[i].number), "+97798500%05zu",
		    i);
	}
	open_all(crash);
	crash->kills_left = kills;
	crash->next_kill_ms = clock_monotonic_ms() + KILL_EVERY_MS;
	converse(crash);
	wait_for_quiet(crash);
	judge(crash, kills - crash->kills_left);
	expect(crash->kills_left < kills, "nothing was killed");
	close_all(crash);
	free(crash->conversations);
	for (size_t script = 0; script < SCRIPTS; script++) {
		for (size_t i = 0; i < TEXTS_MOST; i++)
			free(wanted[script][i]);
	}
}

static void
killed_anywhere_every_text_is_answered_once_or_marked_unsure(void)
{
	struct crash crash = { .taken_back = 0 };

	converse_and_judge(&crash, kills_wanted);
}

static void
without_power_every_text_is_answered_once_or_marked_unsure(void)
{
	struct crash crash = { .power_goes = 1 };

	converse_and_judge(&crash, kills_wanted / 2);
	printf(
	    "  %ld writes that were not synced are gone\n", crash.taken_back);
	expect(crash.taken_back > 0, "nothing was lost: this proves little");
}

static const struct proof proofs[] = {
	{ "killed_anywhere_every_text_is_answered_once_or_marked_unsure",
	    killed_anywhere_every_text_is_answered_once_or_marked_unsure },
	{ "without_power_every_text_is_answered_once_or_marked_unsure",
	    without_power_every_text_is_answered_once_or_marked_unsure },
};

static const struct option long_options[] = {
	{ "kills", required_argument, NULL, 'k' },
	{ "conversations", required_argument, NULL, 'c' },
	{ "seed", required_argument, NULL, 's' },
	{ 0 },
};

int
main(int argc, char **argv)
{
	int64_t seed = clock_utc_s();
	int64_t number;
	int option;

	while (
	    (option = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
		if (option == '?' ||
		    !text_read_integer(optarg, 0, INT32_MAX, &number))
			return (EXIT_FAILURE);
		if (option == 'k')
			kills_wanted = (int)number;
		else if (option == 'c')
			conversations_wanted = (int)number;
		else
			seed = number;
	}
	printf("  seed %" PRId64 "\n", seed);
	srand((unsigned)seed);
	return (proof_run(proofs, COUNT_OF(proofs), 1, argv));
}
