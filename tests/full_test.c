/* The disk is full at every single write: the n-th write of the store finds no
 * room, and the ones after it neither, for a while.  Each time the conversation
 * goes on by itself, every text is handled once and answered once.
 *
 *   full_test [--writes N]     at each of the first N writes (16)
 */
#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/file.h"
#include "tests/caller.h"
#include "tests/lab.h"
#include "tests/proof.h"

enum { FAILURES_MOST = 7, WAIT_MS = 60000 };

static const char *const said[] = { "hello", "HELP", "1", "1" };
static const char *const heard[] = { "HELP", "A person will read this",
	"we keep your answers", "danger right now" };

enum { SAID = sizeof(said) / sizeof(said[0]) };

static int writes_wanted = 16;

static void
tell_full(const struct lab *lab, int after, int count)
{
	struct text path = { 0 }, words = { 0 };

	text_printf(&path, "%s/full", lab->folder);
	text_printf(&words, "%d %d", after, count);
	if (file_write(path.bytes, 0600, words.bytes, words.length) != DONE)
		lab_fail("cannot write %s", path.bytes);
	text_free(&path);
	text_free(&words);
}

static void
forget_full(const struct lab *lab)
{
	struct text path = { 0 };

	text_printf(&path, "%s/full", lab->folder);
	unlink(path.bytes);
	text_free(&path);
}

/* What became of the last text is written a moment later. */
static int64_t
wait_for(struct lab *lab, const char *sql, int64_t wanted)
{
	int64_t until_ms = clock_monotonic_ms() + WAIT_MS;
	int64_t found;

	while ((found = lab_query_integer(lab, sql)) != wanted &&
	    clock_monotonic_ms() < until_ms)
		usleep(20000);
	return (found);
}

static void
talk_while_full(struct lab *lab, int after)
{
	struct caller_phone phone;
	struct text answer = { 0 };
	char number[24], sql[200];

	snprintf(number, sizeof(number), "+9779812%06d", after);
	lab_start(lab);
	tell_full(lab, after, 1 + after % FAILURES_MOST);
	caller_open(&phone, lab, number);
	for (size_t i = 0; i < SAID; i++) {
		caller_text(&phone, said[i]);
		expect(caller_hear(&phone, &answer, WAIT_MS),
		    "write %d: '%s' is not answered", after, said[i]);
		expect(strstr(text_string(&answer), heard[i]) != NULL,
		    "write %d: '%s' is answered by '%s'", after, said[i],
		    text_string(&answer));
	}
	expect(!caller_hear(&phone, &answer, 0), "write %d: '%s' besides",
	    after, text_string(&answer));
	snprintf(sql, sizeof(sql),
	    "SELECT count(*) FROM journal WHERE state = 'handled'");
	expect(wait_for(lab, sql, (int64_t)SAID * (after + 1)) ==
		(int64_t)SAID * (after + 1),
	    "write %d: %" PRId64 " texts were handled", after,
	    lab_query_integer(lab, sql));
	expect(lab_query_integer(lab, "SELECT count(*) FROM requests") ==
		after + 1,
	    "write %d: not one request each", after);
	caller_close(&phone);
	text_free(&answer);
	lab_stop(lab, SIGTERM);
	forget_full(lab);
}

static void
a_disk_that_is_full_at_any_write_loses_nothing(void)
{
	struct lab lab;

	lab_open(&lab, NULL);
	lab.forgets_unsynced = 1;
	for (int after = 0; after < writes_wanted; after++)
		talk_while_full(&lab, after);
	printf("  full at each of %d writes\n", writes_wanted);
	lab_close(&lab);
}

static const struct proof proofs[] = {
	{ "a_disk_that_is_full_at_any_write_loses_nothing",
	    a_disk_that_is_full_at_any_write_loses_nothing },
};

static const struct option long_options[] = {
	{ "writes", required_argument, NULL, 'w' },
	{ 0 },
};

int
main(int argc, char **argv)
{
	int64_t number;
	int option;

	while (
	    (option = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
		if (option == '?' ||
		    !text_read_integer(optarg, 1, INT32_MAX, &number))
			return (EXIT_FAILURE);
		writes_wanted = (int)number;
	}
	return (proof_run(proofs, COUNT_OF(proofs), 1, argv));
}
