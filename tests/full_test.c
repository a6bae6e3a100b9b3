/* The disk is full at every single write: the n-th write of the store finds no
 * room, and the ones after it neither, for a while.  Each time the conversation
 * goes on by itself, every text is handled once and answered once.
 *
 * And at each write of a caseworker's commands: the person is told, and nothing
 * is half done.
 *
 *   full_test [--writes N | --all]
 *
 * At each of the first N writes (16), or until no write is left.
 */
#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/file.h"
#include "gateway/base/outcome.h"
#include "tests/team_lab.h"

enum {
	FAILURES_MOST = 7,
	FOR_EVER = 1000000,
	WAIT_MS = 60000,
	WRITES_MOST = 100000,
	SAID_MOST_BYTES = 1 << 24,
};

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

/* Room again: 1 when somebody had met the full disk. */
static int
forget_full(const struct lab *lab)
{
	struct text path = { 0 };
	int was_met;

	text_printf(&path, "%s/full", lab->folder);
	unlink(path.bytes);
	text_add(&path, "-met");
	was_met = unlink(path.bytes) == 0;
	text_free(&path);
	return (was_met);
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

/* 1 when there was such a write. */
static int
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
	return (forget_full(lab));
}

static void
a_disk_that_is_full_at_any_write_loses_nothing(void)
{
	struct lab lab;
	int writes = 0;

	lab_open(&lab, NULL);
	lab.forgets_unsynced = 1;
	while (writes < writes_wanted && talk_while_full(&lab, writes))
		writes++;
	printf("  full at each of %d writes of the hub\n", writes);
	expect(writes > 0, "the disk was never full");
	lab_close(&lab);
}

/* -- a caseworker's commands -------------------------------------------------- */

/* One of the things people do on the desk, and how its traces are counted. */
struct deed {
	const char *verb;
	const char *words; /* or NULL */
	const char *sql;
	const char *undo; /* a command that has it done again; or NULL */
};

static const struct deed deeds[] = {
	{ "claim", NULL,
	    "SELECT (SELECT count(*) FROM events WHERE what = 'claimed')"
	    " * 1000 + (SELECT count(*) FROM audit WHERE what = 'claimed')",
	    "pass" },
	{ "note", "call the embassy",
	    "SELECT (SELECT count(*) FROM case_texts WHERE kind = 'note')"
	    " * 1000 + (SELECT count(*) FROM audit WHERE what LIKE '%note%')",
	    NULL },
	{ "reply", "bluebird. How can we help?",
	    "SELECT (SELECT count(*) FROM case_texts WHERE kind = 'reply')"
	    " * 1000000 + (SELECT count(*) FROM outbox WHERE kind = 'reply')"
	    " * 1000 + (SELECT count(*) FROM audit WHERE what = 'replied')",
	    NULL },
	{ "close", NULL,
	    "SELECT (SELECT count(*) FROM events WHERE what = 'closed')"
	    " * 1000 + (SELECT count(*) FROM audit WHERE what = 'closed')",
	    "reopen" },
};

/* What one deed leaves: one in each of the counts of its query. */
static int64_t
one_of(const struct deed *deed)
{
	return (strcmp(deed->verb, "reply") == 0 ? 1001001 : 1001);
}

static size_t
log_length(const struct lab *lab)
{
	struct text log = { 0 };
	size_t length;

	if (file_read(lab->log, SAID_MOST_BYTES, &log) != DONE)
		lab_fail("cannot read %s", lab->log);
	length = log.length;
	text_free(&log);
	return (length);
}

static int
work(struct lab *lab, const char *verb, const char *ref, const char *words)
{
	return (words != NULL ? RUN(lab, NULL, NULL, "queue", verb, ref, words)
			      : RUN(lab, NULL, NULL, "queue", verb, ref));
}

static void
claim(struct lab *lab, const char *ref)
{
	expect(work(lab, "claim", ref, NULL) == 0, "cannot claim again");
}

/* Does it while the disk is full from this write on: 1 when it was. */
static int
do_while_full(
    struct lab *lab, const struct deed *deed, const char *ref, int after)
{
	int64_t before = lab_query_integer(lab, deed->sql);
	size_t told = log_length(lab);
	struct text sound = { 0 };
	int64_t done;
	int status, was_met;

	tell_full(lab, after, FOR_EVER);
	status = work(lab, deed->verb, ref, deed->words);
	was_met = forget_full(lab);
	done = lab_query_integer(lab, deed->sql) - before;
	expect(status == 0 || status == 1, "'%s', write %d: status %d",
	    deed->verb, after, status);
	expect(done == (status == 0 ? one_of(deed) : 0),
	    "'%s', write %d, status %d: %" PRId64 " was left", deed->verb,
	    after, status, done);
	expect(status == 0 || log_length(lab) > told,
	    "'%s', write %d: nobody was told", deed->verb, after);
	lab_query(lab, "PRAGMA integrity_check", &sound);
	expect(strcmp(text_string(&sound), "ok") == 0, "'%s', write %d: %s",
	    deed->verb, after, text_string(&sound));
	text_free(&sound);
	if (status == 0 && deed->undo != NULL)
		expect(work(lab, deed->undo, ref, NULL) == 0, "cannot %s",
		    deed->undo);
	if (status == 0 && strcmp(deed->verb, "close") == 0)
		claim(lab, ref);
	return (was_met);
}

static void
a_caseworker_is_told_of_a_full_disk_and_nothing_is_half_done(void)
{
	struct caller_phone phone;
	char ref[16];
	struct lab lab;

	lab_open(&lab, NULL);
	lab_start(&lab);
	caller_open(&phone, &lab, CALLER_NUMBER);
	team_walk_to_request(&phone);
	team_read_ref(&lab, ref);
	caller_close(&phone);
	/* So that it is their writes that are counted, and theirs alone. */
	lab_stop(&lab, SIGTERM);
	lab.forgets_unsynced = 1;
	for (size_t i = 0; i < COUNT_OF(deeds); i++) {
		int writes = 0;

		if (strcmp(deeds[i].verb, "note") == 0)
			claim(&lab, ref);
		/* There are four of them, and half as much to see. */
		while (writes < (writes_wanted + 1) / 2 &&
		    do_while_full(&lab, &deeds[i], ref, writes))
			writes++;
		printf("  full at each of %d writes of '%s'\n", writes,
		    deeds[i].verb);
		expect(writes > 0, "'%s' never met a full disk", deeds[i].verb);
	}
	lab_close(&lab);
}

static const struct proof proofs[] = {
	{ "a_disk_that_is_full_at_any_write_loses_nothing",
	    a_disk_that_is_full_at_any_write_loses_nothing },
	{ "a_caseworker_is_told_of_a_full_disk_and_nothing_is_half_done",
	    a_caseworker_is_told_of_a_full_disk_and_nothing_is_half_done },
};

static const struct option long_options[] = {
	{ "writes", required_argument, NULL, 'w' },
	{ "all", no_argument, NULL, 'a' },
	{ 0 },
};

int
main(int argc, char **argv)
{
	int64_t number;
	int option;

	while (
	    (option = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
		if (option == 'a')
			number = WRITES_MOST;
		else if (option == '?' ||
		    !text_read_integer(optarg, 1, WRITES_MOST, &number))
			return (EXIT_FAILURE);
		writes_wanted = (int)number;
	}
	return (proof_run(proofs, COUNT_OF(proofs), 1, argv));
}
