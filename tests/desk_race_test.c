/* Desks that really run at once, and desks that are killed: what the store
 * holds afterwards must be a history that could have happened one thing after
 * the other.
 *
 *   SEED=7 ACTIONS=20000 KILLS=500 tests/desk_race_test
 */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "store/audit.h"
#include "tests/check_main.h"
#include "tests/desk_world.h"

enum {
	CASES = 6,
	WORKERS = 2, /* Sita and Ram, each at both desks */
	DESKS = 2,
	HOUR_S = 3600,
	LONGEST_LIFE_US = 30000,
};

static const char *const refs[CASES] = { "KAAAA", "KAAAB", "KAAAC", "KAAAD",
	"KAAAE", "KAAAF" };

static struct world world;
static uint64_t random_state;

/* -- the set-up ------------------------------------------------------------- */

static int64_t
number_from_environment(const char *name, int64_t otherwise)
{
	const char *words = getenv(name);
	int64_t value = otherwise;

	if (words != NULL && !text_read_integer(words, 1, INT64_MAX, &value))
		ck_abort_msg("%s=%s is no number", name, words);
	return (value);
}

/* From 0 up to below `most` (xorshift64). */
static int
chance(int most)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return ((int)(random_state % (uint64_t)most));
}

static void
open_world(void)
{
	random_state = (uint64_t)number_from_environment("SEED", 20261122);
	world_open(&world);
	for (int i = 0; i < CASES; i++) {
		char number[32];

		snprintf(number, sizeof(number), "+97798000%05d", i);
		world_add_request(&world, refs[i], number);
	}
}

static void
close_world(void)
{
	world_close(&world);
}

/* Another process with a connection of its own; SQLite allows none to live on
 * in a child, so ours is closed meanwhile. */
static pid_t
start(uint64_t seed, void (*run)(void))
{
	pid_t pid = fork();

	ck_assert_int_ge(pid, 0);
	if (pid > 0)
		return (pid);
	random_state = seed;
	world.store = world_connect(&world);
	world.sita.store = world.store;
	world.ram.store = world.store;
	run();
	store_close(world.store);
	_exit(0);
}

static void
reconnect(void)
{
	world.store = world_connect(&world);
	world.sita.store = world.store;
	world.ram.store = world.store;
}

/* -- what a desk does ------------------------------------------------------- */

static int64_t
last_seen(struct errand errand)
{
	struct case_sheet sheet;
	int64_t seen;

	if (cases_show(&errand, 0, &sheet) != DONE)
		return (0);
	seen = sheet.seen;
	case_sheet_free(&sheet);
	return (seen);
}

MUST_USE static enum outcome
reply_to(struct errand *errand, int64_t seen)
{
	char token[48];
	struct case_reply reply = {
		.text = "Hello", .seen = seen, .token = token
	};
	unsigned parts;

	snprintf(token, sizeof(token), "%d-%d", (int)getpid(), chance(1 << 30));
	return (cases_reply(errand, &reply, &parts));
}

MUST_USE static enum outcome
act(struct errand *errand, int what)
{
	switch (what) {
	case 0:
		return (cases_pass(errand));
	case 1:
		return (cases_give(errand, chance(2) ? "Sita" : "Ram"));
	case 2:
		return (cases_close(errand, NULL));
	case 3:
		return (cases_reopen(errand));
	case 4:
		return (cases_snooze(errand,
		    errand->now_utc_s + (1 + chance(20)) * HOUR_S, chance(2)));
	case 5:
		return (cases_wake(errand));
	case 6:
		return (cases_label(errand, chance(2) ? "agent" : "minor"));
	case 7:
		return (cases_note(errand, "a note"));
	case 8:
	case 9:
	case 10:
		return (reply_to(errand, last_seen(*errand)));
	default:
		return (cases_claim(errand));
	}
}

static void
work_at_desk(void)
{
	int64_t actions = number_from_environment("ACTIONS", 3000) / DESKS;
	int64_t now_utc_s = WORLD_NOW_UTC_S;

	for (int64_t i = 0; i < actions; i++) {
		struct errand errand = {
			.worker = chance(WORKERS) ? &world.sita : &world.ram,
			.ref = refs[chance(CASES)],
		};

		now_utc_s += chance(50) == 0 ? chance(30 * HOUR_S) : 1;
		errand.now_utc_s = now_utc_s;
		if (act(&errand, chance(14)) == BROKEN)
			_exit(1);
	}
}

static void
write_as_callers(void)
{
	int64_t texts = number_from_environment("ACTIONS", 3000) / 10;

	for (int64_t i = 0; i < texts; i++) {
		struct request request =
		    world_request(&world, refs[chance(CASES)]);

		enum outcome outcome;

		/* Two desks that never rest may keep the lock for long. */
		while ((outcome = store_begin(world.store)) == TRY_LATER)
			;
		ck_assert_int_eq(outcome, DONE);
		if (store_epoch(world.store) == 0)
			ck_assert_int_eq(
			    store_begin_epoch(world.store, WORLD_NOW_UTC_S),
			    DONE);
		ck_assert_int_eq(
		    requests_add_text(world.store, request.id, "Hello?",
			(struct journal_id){ 0 }, WORLD_NOW_UTC_S),
		    DONE);
		ck_assert_int_eq(store_commit(world.store), DONE);
	}
}

/* -- what must hold --------------------------------------------------------- */

/* Who had a case after each event of its history. */
struct history {
	const char *ref;
	char owner[64];
	long replies;
};

static void
expect_owner(
    const struct history *history, const struct request_event *event, int is)
{
	int has = strcmp(history->owner, event->staff_name) == 0;

	ck_assert_msg(has == is, "%s: %s by %s while it was '%s's",
	    history->ref, event->what, event->staff_name, history->owner);
}

static void
expect_nobody(const struct history *history, const struct request_event *event)
{
	ck_assert_msg(history->owner[0] == '\0',
	    "%s: %s by %s while it was '%s's", history->ref, event->what,
	    event->staff_name, history->owner);
}

static int
is(const struct request_event *event, const char *what)
{
	return (strcmp(event->what, what) == 0);
}

static void
follow(struct history *history, const struct request_event *event)
{
	if (is(event, "claimed") || is(event, "reopened"))
		expect_nobody(history, event);
	if (is(event, "given back") || is(event, "closed") ||
	    is(event, "replied") || is(event, "lease ran out"))
		expect_owner(history, event, 1);
	if (is(event, "taken back"))
		expect_owner(history, event, 0);
	if (is(event, "claimed") || is(event, "taken over"))
		snprintf(history->owner, sizeof(history->owner), "%s",
		    event->staff_name);
	if (is(event, "given back") || is(event, "closed") ||
	    is(event, "taken back") || is(event, "lease ran out"))
		history->owner[0] = '\0';
	history->replies += is(event, "replied");
}

static long
count_audit(const char *ref, const char *what)
{
	struct audit_filter filter = {
		.ref = ref, .since_utc_s = INT64_MIN, .most = 1000000
	};
	struct audit_list list;
	long count = 0;

	ck_assert_int_eq(audit_read(world.store, &filter, &list), DONE);
	for (size_t i = 0; i < list.count; i++)
		count += strcmp(list.items[i].what, what) == 0;
	free(list.items);
	return (count);
}

static long
count_replies(struct request_id id)
{
	struct case_thread thread;
	long count = 0;

	ck_assert_int_eq(
	    requests_unseal_thread(world.store, world.sita.secret, id, &thread),
	    DONE);
	for (size_t i = 0; i < thread.count; i++)
		count += thread.items[i].kind == CASE_TEXT_REPLY;
	case_thread_free(&thread);
	return (count);
}

/* Follows one case; how many replies it had. */
static long
check_case(const char *ref)
{
	struct history history = { .ref = ref };
	struct request request = world_request(&world, ref);
	struct request_event *events;
	size_t count;

	ck_assert_int_eq(
	    requests_events(world.store, request.id, &events, &count), DONE);
	for (size_t i = 0; i < count; i++)
		follow(&history, &events[i]);
	free(events);
	if (request.state == REQUEST_CLAIMED)
		ck_assert_str_eq(history.owner, request.claimed_by_name);
	else
		ck_assert_str_eq(history.owner, "");
	ck_assert_int_eq(count_replies(request.id), history.replies);
	ck_assert_int_eq(count_audit(ref, "replied"), history.replies);
	return (history.replies);
}

/* Every case has one history; every reply is in it, in the thread, in the
 * trail and in the outbox, once. */
static long
check_all(void)
{
	struct audit_verdict verdict;
	long replies = 0;

	for (int i = 0; i < CASES; i++)
		replies += check_case(refs[i]);
	ck_assert_int_eq(world_count_outbox(&world), replies);
	ck_assert_int_eq(audit_verify(world.store, NULL, &verdict), DONE);
	return (replies);
}

/* -- the plays -------------------------------------------------------------- */

START_TEST(two_desks_and_the_callers_at_once_make_one_history)
{
	pid_t pids[DESKS + 1];

	store_close(world.store);
	for (int i = 0; i < DESKS; i++)
		pids[i] = start((uint64_t)(chance(1 << 30) + 1), work_at_desk);
	pids[DESKS] = start((uint64_t)chance(1 << 30) + 1, write_as_callers);
	for (int i = 0; i <= DESKS; i++) {
		int status = -1;

		ck_assert_int_eq(waitpid(pids[i], &status, 0), pids[i]);
		ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0,
		    "process %d ended with status %#x", i, (unsigned)status);
	}
	reconnect();
	ck_assert_int_gt(check_all(), 20);
}
END_TEST

static void
reply_for_ever(void)
{
	for (;;) {
		struct errand errand = { .worker = &world.sita,
			.ref = refs[chance(CASES)],
			.now_utc_s = WORLD_NOW_UTC_S };

		if (reply_to(&errand, 0) != DONE)
			_exit(1);
	}
}

START_TEST(a_desk_killed_while_it_replies_leaves_a_whole_reply_or_nothing)
{
	int64_t kills = number_from_environment("KILLS", 60);

	for (int i = 0; i < CASES; i++)
		ck_assert_int_eq(
		    cases_claim(world_errand(&world, &world.sita, refs[i])),
		    DONE);
	store_close(world.store);
	for (int64_t i = 0; i < kills; i++) {
		pid_t pid =
		    start((uint64_t)chance(1 << 30) + 1, reply_for_ever);
		int status = -1;

		usleep((useconds_t)chance(LONGEST_LIFE_US));
		ck_assert_int_eq(kill(pid, SIGKILL), 0);
		ck_assert_int_eq(waitpid(pid, &status, 0), pid);
		ck_assert_msg(WIFSIGNALED(status), "a reply was refused");
	}
	reconnect();
	ck_assert_int_gt(check_all(), kills / 2);
}
END_TEST

static Suite *
suite_of_desk_race(void)
{
	Suite *suite = suite_create("desk race");
	TCase *tcase = tcase_create("desk race");

	suite_add_tcase(suite, tcase);
	tcase_set_timeout(tcase, 1200);
	tcase_add_unchecked_fixture(tcase, world_make_once, world_remove);
	tcase_add_checked_fixture(tcase, open_world, close_world);
	tcase_add_test(
	    tcase, two_desks_and_the_callers_at_once_make_one_history);
	tcase_add_test(tcase,
	    a_desk_killed_while_it_replies_leaves_a_whole_reply_or_nothing);
	return (suite);
}

CHECK_MAIN(suite_of_desk_race);
