/* Texts that come together are handled in one transaction: what becomes of the
 * others when one of them cannot be.
 */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/outcome.h"
#include "tests/caller.h"
#include "tests/proof.h"

enum {
	PHONES = 9,
	BAD = PHONES / 2,
	TOGETHER_US = 300000,
	QUIET_MS = 300,
	LOOK_US = 50000,
};

static struct lab lab;
static struct caller_phone phones[PHONES];

static void
run_sql(const char *sql)
{
	struct text nothing = { 0 };

	lab_query(&lab, sql, &nothing);
	text_free(&nothing);
}

static int64_t
wait_for(const char *sql, int64_t wanted)
{
	int64_t until_ms = clock_monotonic_ms() + CALLER_WAIT_MS;
	int64_t found;

	while ((found = lab_query_integer(&lab, sql)) != wanted &&
	    clock_monotonic_ms() < until_ms)
		usleep(LOOK_US);
	return (found);
}

static void
open_phones(void)
{
	for (int i = 0; i < PHONES; i++) {
		char number[32];

		snprintf(number, sizeof(number), "+97798100000%d", 30 + i);
		caller_open(&phones[i], &lab, number);
		caller_expect(&phones[i], "hello", "1 ");
	}
}

/* The hub finds all of it at once when it goes on. */
static void
say_together(void)
{
	kill(lab.hub, SIGSTOP);
	for (int i = 0; i < PHONES; i++)
		caller_text(&phones[i], i == BAD ? "HELP heron" : "1");
	usleep(TOGETHER_US);
	kill(lab.hub, SIGCONT);
}

static void
hear_each_once(void)
{
	struct text heard = { 0 };

	for (int i = 0; i < PHONES; i++) {
		if (i == BAD)
			continue;
		expect(caller_hear(&phones[i], &heard, CALLER_WAIT_MS) &&
			strstr(text_string(&heard), "licence") != NULL,
		    "phone %d: '%s'", i, text_string(&heard));
	}
	for (int i = 0; i < PHONES; i++)
		expect(!caller_hear(&phones[i], &heard, QUIET_MS),
		    "phone %d was answered once more: '%s'", i,
		    text_string(&heard));
	text_free(&heard);
}

static void
a_text_that_fails_takes_none_with_it_that_came_together(void)
{
	struct caller_phone first;
	int status;

	lab_open(&lab, NULL);
	lab_start(&lab);
	/* The store itself will not take another help request. */
	caller_open(&first, &lab, "+9779810000020");
	caller_expect(&first, "HELP", "Your number is");
	run_sql("CREATE UNIQUE INDEX trouble ON requests (opened_by)");
	open_phones();
	say_together();
	hear_each_once();
	expect(lab_query_integer(&lab,
		   "SELECT count(*) FROM journal WHERE state = 'handled'") ==
		2 * PHONES,
	    "not each text is written down once");
	expect(wait_for("SELECT count(*) FROM journal WHERE state = 'aside'",
		   1) == 1,
	    "the text was not set aside");
	expect(!lab_finds(&lab, "heron"), "what was set aside is in plain");
	for (int i = 0; i < PHONES; i++)
		caller_close(&phones[i]);
	caller_close(&first);
	status = lab_stop(&lab, SIGTERM);
	expect(WIFEXITED(status) && WEXITSTATUS(status) == 0,
	    "the hub ended with status %#x", (unsigned)status);
	lab_close(&lab);
}

static const struct proof proofs[] = {
	{ "a_text_that_fails_takes_none_with_it_that_came_together",
	    a_text_that_fails_takes_none_with_it_that_came_together },
};

int
main(int argc, char **argv)
{
	return (proof_run(proofs, COUNT_OF(proofs), argc, argv));
}
