/* Every fault that a modem is known to have, alone and in pairs, put on a
 * helpline that runs: how long after the fault's end somebody who writes gets
 * an answer, and whether anything was lost or sent twice.
 *
 *   modem_faults [--pairs N | --all] [--no-errors] [--lanes N] [--seed N]
 *                [--as-set-up] [NAME]
 *
 * Each fault once, each error at each command, and some pairs; --all every
 * pair there is (some hours of one modem).  They are shared out to --lanes
 * helplines side by side, each with a modem of its own.  --as-set-up leaves
 * the waits as they are in the field.  NAME: only what holds these words.
 *
 * Prints a table.  What must hold: service within 90 s of the end of the
 * fault, or of the ladder's whole climb where nothing else ends it within
 * 180 s (on a machine that does other things besides, without --all: three
 * times that, and those that took longer are counted); every text journalled once; every answer sent once, or marked
 * unsure, or still in the queue; every message that nobody can read journalled
 * with its bytes and deleted, and no other.
 */
#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/memory.h"
#include "gateway/base/outcome.h"
#include "tests/fault_cases.h"

enum {
	PROMISED_MS = 90000,
	MENDED_MS = 180000, /* of what has no end but the ladder's */
	BUSY_TIMES = 3, /* as long on a busy machine */
	HOLD_MS = 1500,
	PAIRS_USUAL = 12,
	LANES_USUAL = 6,
	LANES_MOST = 16,
	NAME_MAX_BYTES = 120,
};

/* One fault, or two that meet. */
struct trial {
	const struct fault_case *one;
	const struct fault_case *other; /* or NULL */
};

struct plan {
	struct trial *trials;
	size_t count;
	const char *words; /* only what holds these, or NULL */
};

/* What the lanes, processes of their own, share. */
struct shared {
	_Atomic size_t next;
	_Atomic long passed;
	_Atomic long failed;
	_Atomic long slowest_ms;
	_Atomic long slow; /* longer than promised */
	_Atomic long texts;
	_Atomic long answered;
	_Atomic long unsure;
	_Atomic long aside;
};

struct wishes {
	long pairs;
	int all_pairs;
	int with_errors;
	int as_set_up;
	long lanes;
	uint64_t seed;
};

/* -- the plan ----------------------------------------------------------------- */

static void
name_of(const struct trial *trial, char *name)
{
	snprintf(name, NAME_MAX_BYTES, "%s%s%s", trial->one->name,
	    trial->other != NULL ? " + " : "",
	    trial->other != NULL ? trial->other->name : "");
}

static void
add_trial(struct plan *plan, const struct fault_case *one,
    const struct fault_case *other)
{
	struct trial trial = { one, other };
	char name[NAME_MAX_BYTES];

	name_of(&trial, name);
	if (plan->words != NULL && strstr(name, plan->words) == NULL)
		return;
	plan->trials = memory_grow(
	    plan->trials, plan->count, plan->count + 1, sizeof(*plan->trials));
	plan->trials[plan->count++] = trial;
}

static size_t
count_cases(void)
{
	size_t count = 0;

	while (fault_cases[count].name != NULL)
		count++;
	return (count);
}

static const struct fault_case *
find_case(const char *name)
{
	const struct fault_case *fault = fault_cases;

	while (fault->name != NULL &&
	    strncmp(fault->name, name, strlen(name)) != 0)
		fault++;
	if (fault->name == NULL)
		lab_fail("no fault '%s'", name);
	return (fault);
}

/* What shows only together. */
static void
plan_named_pairs(struct plan *plan)
{
	static const char *const names[][2] = {
		{ "stuck until restarted", "stuck until its power" },
		{ "PIN", "unplugged" },
		{ "no SIM", "unplugged" },
		{ "no notices of texts", "slow answers" },
		{ "a deadly message", "hang" },
		{ "SIM full", "deleted, called an error" },
	};

	for (size_t i = 0; i < COUNT_OF(names); i++)
		add_trial(plan, find_case(names[i][0]), find_case(names[i][1]));
}

static void
plan_all_pairs(struct plan *plan)
{
	size_t count = count_cases();

	for (size_t i = 0; i < count; i++) {
		for (size_t k = i + 1; k < count; k++) {
			if (fault_cases_are_a_pair(
				&fault_cases[i], &fault_cases[k]))
				add_trial(
				    plan, &fault_cases[i], &fault_cases[k]);
		}
	}
}

static void
plan_pairs(struct plan *plan, long pairs, uint64_t seed)
{
	struct fault_world chance = { .chance = seed };
	size_t count = count_cases();

	while (pairs > 0) {
		const struct fault_case *one =
		    &fault_cases[fault_world_chance(&chance, count)];
		const struct fault_case *other =
		    &fault_cases[fault_world_chance(&chance, count)];

		if (!fault_cases_are_a_pair(one, other))
			continue;
		add_trial(plan, one, other);
		pairs--;
	}
}

static void
make_plan(struct plan *plan, const struct wishes *wishes)
{
	if (plan->words == NULL || strchr(plan->words, '+') != NULL)
		plan_named_pairs(plan);
	for (size_t i = 0; fault_cases[i].name != NULL; i++)
		add_trial(plan, &fault_cases[i], NULL);
	if (wishes->all_pairs)
		plan_all_pairs(plan);
	else if (plan->words == NULL)
		plan_pairs(plan, wishes->pairs, wishes->seed);
	for (size_t i = 0; wishes->with_errors && i < fault_errors_count(); i++)
		add_trial(plan, fault_errors_at(i), NULL);
}

/* -- one trial ------------------------------------------------------------------ */

static void
print_row(const struct trial *trial, int64_t ms)
{
	char name[NAME_MAX_BYTES];

	name_of(trial, name);
	if (ms < 0)
		printf("  %-72s NOT BACK\n", name);
	else
		printf("  %-72s %6.1f s\n", name, (double)ms / 1000);
	fflush(stdout);
}

static int64_t
run_trial(struct fault_world *world, const struct trial *trial,
    struct shared *shared, int times)
{
	const struct fault_case *both[] = { trial->one, trial->other };
	int mends_itself = 0;
	int64_t promised_ms, ms;

	fault_world_write(world, "hello");
	for (size_t i = 0; i < COUNT_OF(both) && both[i] != NULL; i++)
		fault_case_begin(world, both[i]);
	fault_world_write(world, "hello");
	fault_world_write(world, "hello");
	usleep(HOLD_MS * 1000);
	for (size_t i = 0; i < COUNT_OF(both) && both[i] != NULL; i++) {
		if (fault_case_mends_itself(both[i]))
			mends_itself = 1;
		else
			fault_case_heal(world, both[i]);
	}
	promised_ms = mends_itself ? MENDED_MS : PROMISED_MS;
	ms = fault_world_time_service(world, times * promised_ms);
	shared->slow += ms > promised_ms;
	sim_ask(&world->sim, "heal", NULL);
	return (ms);
}

/* -- lanes ---------------------------------------------------------------------- */

static void
add_account(struct shared *shared, const struct fault_account *account)
{
	shared->texts += account->texts;
	shared->answered += account->answered;
	shared->unsure += account->unsure;
	shared->aside += account->aside;
}

static void
run_lane(
    const struct plan *plan, const struct wishes *wishes, struct shared *shared)
{
	static struct fault_world world;
	struct fault_account account;
	size_t n;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	fault_world_open(&world, wishes->as_set_up);
	while ((n = shared->next++) < plan->count) {
		int64_t ms = run_trial(&world, &plan->trials[n], shared,
		    wishes->all_pairs ? 1 : BUSY_TIMES);

		print_row(&plan->trials[n], ms);
		if (ms > shared->slowest_ms)
			shared->slowest_ms = (long)ms;
		if (ms < 0)
			world.failures++;
		else
			shared->passed++;
	}
	fault_world_settle(&world, &account);
	add_account(shared, &account);
	shared->failed += world.failures;
	shared->passed += world.failures == 0;
	fault_world_close(&world);
}

static void
run_lanes(
    const struct plan *plan, const struct wishes *wishes, struct shared *shared)
{
	int status;

	for (long i = 0; i < wishes->lanes; i++) {
		pid_t lane = fork();

		if (lane < 0)
			lab_fail("no process for a lane");
		if (lane == 0) {
			run_lane(plan, wishes, shared);
			fflush(stdout);
			_exit(EXIT_SUCCESS);
		}
	}
	while (wait(&status) > 0) {
		if (!WIFEXITED(status) || WEXITSTATUS(status) != EXIT_SUCCESS)
			shared->failed++;
	}
}

static int
read_wishes(struct wishes *wishes, int argc, char **argv)
{
	static const struct option options[] = {
		{ "all", no_argument, NULL, 'a' },
		{ "as-set-up", no_argument, NULL, 'u' },
		{ "lanes", required_argument, NULL, 'l' },
		{ "no-errors", no_argument, NULL, 'e' },
		{ "pairs", required_argument, NULL, 'p' },
		{ "seed", required_argument, NULL, 's' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'a')
			wishes->all_pairs = 1;
		else if (option == 'u')
			wishes->as_set_up = 1;
		else if (option == 'e')
			wishes->with_errors = 0;
		else if (option == 'l')
			wishes->lanes = strtol(optarg, NULL, 10);
		else if (option == 'p')
			wishes->pairs = strtol(optarg, NULL, 10);
		else if (option == 's')
			wishes->seed = strtoull(optarg, NULL, 10);
		else
			return (0);
	}
	return (wishes->lanes > 0 && wishes->lanes <= LANES_MOST);
}

int
main(int argc, char **argv)
{
	struct wishes wishes = {
		.pairs = PAIRS_USUAL,
		.with_errors = 1,
		.lanes = LANES_USUAL,
		.seed = (uint64_t)clock_utc_s(),
	};
	struct shared *shared = mmap(NULL, sizeof(*shared),
	    PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct plan plan = { 0 };

	if (shared == MAP_FAILED || !read_wishes(&wishes, argc, argv))
		return (EXIT_FAILURE);
	plan.words = optind < argc ? argv[optind] : NULL;
	make_plan(&plan, &wishes);
	if (wishes.lanes > (long)plan.count)
		wishes.lanes = (long)plan.count;
	printf("seed %" PRIu64 "\nseconds from the end of the fault to an"
	       " answer\n",
	    wishes.seed);
	fflush(stdout);
	run_lanes(&plan, &wishes, shared);
	printf("\n  %zu faults and pairs; %ld texts, %ld answered whole, %ld"
	       " unsure; %ld unreadable set aside; slowest %.1f s, %ld slower"
	       " than promised\n",
	    plan.count, shared->texts, shared->answered, shared->unsure,
	    shared->aside, (double)shared->slowest_ms / 1000, shared->slow);
	printf("%ld passed, %ld failed\n", shared->passed, shared->failed);
	free(plan.trials);
	return (shared->failed == 0 && shared->passed > 0 ? EXIT_SUCCESS
							  : EXIT_FAILURE);
}
