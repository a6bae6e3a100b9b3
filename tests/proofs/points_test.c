/* Killed at every single point: before each write, each sync, each send, each
 * rename of each process of a helpline, while conversations go on.
 *
 *   points_test [--points N] [--workers N] [--seed N]
 *               [--only SCRIPT[:ROLE:POINT[:WAY]]]
 *
 * Every script of points_scripts.c is played undisturbed, which counts its
 * points.  Then it is played again from the first second for each of them: the
 * process is ended by SIGKILL there, all is started again, the conversation
 * goes on; what everybody heard and what the store holds must be what it was
 * undisturbed, but for texts that are marked unsure, or in doubt and sent again.
 *
 * The ways: "killed"; "power", where also what was not synced is taken back;
 * "again", where the hub is killed once more while it starts or goes on.
 * Each point is tried the first way before any is tried another; with fewer
 * points than that, a chance draw of all.
 */
#include <getopt.h>
#include <inttypes.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "store/seal.h"
#include "tests/proofs/points_script.h"

enum {
	POINTS_USUAL = 500,
	WORKERS_MOST = 8,
	AGAIN_WITHIN = 160, /* points of a hub's next life */
	SCRIPTS_MOST = 32,
	FAILURES_SHOWN = 20,
};

enum way { WAY_KILLED, WAY_POWER, WAY_AGAIN, WAYS };

static const char *const way_names[] = { "killed", "power", "again" };
static const char *const role_names[] = { "hub", "line", "command" };

/* One kill. */
struct kill_point {
	size_t script;
	enum points_role role;
	long at;
	enum way way;
};

/* What came of them, summed over all workers. */
struct sums {
	atomic_long killed[POINTS_ROLES][WAYS];
	atomic_long unreached;
	atomic_long failed;
	atomic_long heard_sent;
	atomic_long unsure;
	atomic_long restarts;
	atomic_long taken_back;
	atomic_long commands_again;
};

static struct {
	int64_t points;
	int64_t workers;
	int64_t seed;
	const char *only;
} wish = { POINTS_USUAL, 2, 0, NULL };

static struct sums *sums;
static struct points_play wanted[SCRIPTS_MOST];

/* -- which ------------------------------------------------------------------ */

static uint64_t chance_state;

static uint64_t
chance(uint64_t most)
{
	chance_state = chance_state * UINT64_C(6364136223846793005) +
	    UINT64_C(1442695040888963407);
	return ((chance_state >> 33) % most);
}

static void
shuffle(struct kill_point *list, size_t count)
{
	for (size_t i = count; i > 1; i--) {
		size_t other = (size_t)chance(i);
		struct kill_point kept = list[i - 1];

		list[i - 1] = list[other];
		list[other] = kept;
	}
}

/* The script of --only, or any. */
static int
is_wanted(size_t script)
{
	const char *name = points_scripts[script].name;

	return (wish.only == NULL ||
	    (strlen(name) == strcspn(wish.only, ":") &&
		strncmp(wish.only, name, strlen(name)) == 0));
}

/* The power goes for all of them at once; what a line or a command loses by it,
 * it loses by being killed. */
static int
has_way(enum points_role role, enum way way)
{
	return (way == WAY_KILLED || role == POINTS_HUB);
}

/* Every point of every script in every way; how many of them are to be tried
 * for certain once there is time for as many. */
static size_t
list_points(struct kill_point **list_r, size_t *first_r)
{
	struct kill_point *list = NULL;
	size_t count = 0, room = 0;

	for (enum way way = 0; way < WAYS; way++) {
		if (way == WAY_KILLED + 1)
			*first_r = count;
		for (size_t s = 0; s < points_script_count; s++) {
			if (!is_wanted(s))
				continue;
			for (int role = 0; role < POINTS_ROLES; role++) {
				long points = has_way(role, way)
				    ? wanted[s].points[role]
				    : 0;

				list = memory_grow(list, room,
				    room + (size_t)points, sizeof(*list));
				room += (size_t)points;
				for (long at = 1; at <= points; at++)
					list[count++] = (struct kill_point){ s,
						role, at, way };
			}
		}
	}
	*list_r = list;
	return (count);
}

/* -- one -------------------------------------------------------------------- */

static void
tell_failure(
    const struct kill_point *point, long number, const struct text *why)
{
	struct text words = { 0 };

	if (number > FAILURES_SHOWN)
		return;
	text_printf(&words, "  FAILED %s:%s:%ld:%s\n%s",
	    points_scripts[point->script].name, role_names[point->role],
	    point->at, way_names[point->way], text_string(why));
	/* In one piece: workers share the terminal. */
	(void)!write(STDOUT_FILENO, words.bytes, words.length);
	text_free(&words);
}

static void
add_up(const struct points_world *world, const struct points_play *play,
    const struct kill_point *point)
{
	if (atomic_load(&world->points->killed) == 0)
		atomic_fetch_add(&sums->unreached, 1);
	else
		atomic_fetch_add(&sums->killed[point->role][point->way], 1);
	atomic_fetch_add(&sums->heard_sent, play->sent);
	atomic_fetch_add(&sums->unsure, play->unsure);
	atomic_fetch_add(&sums->commands_again, play->commands_again);
}

/* Kills at one point: 1 when it was reached. */
static int
try_point(struct points_world *world, const struct kill_point *point)
{
	struct points_play play;
	struct text why = { 0 };
	int reached;

	points_world_reset(world);
	world->cuts_power = point->way == WAY_POWER;
	if (point->way == WAY_AGAIN)
		world->kill_again_at = 1 + (long)chance(AGAIN_WITHIN);
	points_world_arm(world, (int)point->role, point->at);
	points_play_script(world, &points_scripts[point->script], &play);
	if (!points_judge(world, &wanted[point->script], &play, &why))
		tell_failure(
		    point, atomic_fetch_add(&sums->failed, 1) + 1, &why);
	add_up(world, &play, point);
	reached = atomic_load(&world->points->killed) > 0;
	text_free(&why);
	points_play_free(&play);
	return (reached);
}

/* -- a worker --------------------------------------------------------------- */

/* Twice, since all else is held against it. */
static void
learn_one(struct points_world *world, size_t script)
{
	struct points_play again;
	struct text why = { 0 };

	points_world_reset(world);
	points_play_script(world, &points_scripts[script], &wanted[script]);
	points_world_reset(world);
	points_play_script(world, &points_scripts[script], &again);
	if (!points_judge(world, &wanted[script], &again, &why) ||
	    wanted[script].unsure != 0 ||
	    wanted[script].heard.count != again.heard.count)
		lab_fail("script '%s' does not hold even undisturbed:\n%s",
		    points_scripts[script].name, text_string(&why));
	points_play_free(&again);
	text_free(&why);
}

static void
learn(struct points_world *world)
{
	for (size_t s = 0; s < points_script_count; s++) {
		if (is_wanted(s))
			learn_one(world, s);
	}
}

static void
tell_scripts(void)
{
	for (size_t s = 0; s < points_script_count; s++) {
		if (wanted[s].store.length > 0)
			printf("  %-10s %4ld points of the hub, %4ld of lines,"
			       " %4ld of commands\n",
			    points_scripts[s].name,
			    wanted[s].points[POINTS_HUB],
			    wanted[s].points[POINTS_LINE],
			    wanted[s].points[POINTS_COMMAND]);
	}
}

/* The share of one worker: every so-manieth of the list, until it has killed as
 * often as it is to. */
static void
work(int64_t worker)
{
	struct points_world world;
	struct kill_point *list;
	int64_t left = (wish.points + wish.workers - 1 - worker) / wish.workers;
	size_t count, first;

	points_world_open(&world);
	learn(&world);
	if (worker == 0)
		tell_scripts();
	count = list_points(&list, &first);
	chance_state = (uint64_t)wish.seed;
	if ((size_t)wish.points < first)
		first = 0;
	shuffle(list, first);
	shuffle(list + first, count - first);
	chance_state += (uint64_t)worker;
	for (size_t i = (size_t)worker; i < count && left > 0;
	     i += (size_t)wish.workers)
		left -= try_point(&world, &list[i]);
	atomic_fetch_add(&sums->restarts, world.restarts);
	atomic_fetch_add(&sums->taken_back, world.taken_back);
	free(list);
	for (size_t s = 0; s < points_script_count; s++)
		points_play_free(&wanted[s]);
	points_world_close(&world);
}

/* -- all -------------------------------------------------------------------- */

static size_t
read_name(const char *word, size_t length, const char *const *names,
    size_t count, const char *what)
{
	for (size_t i = 0; i < count; i++) {
		if (strlen(names[i]) == length &&
		    memcmp(names[i], word, length) == 0)
			return (i);
	}
	lab_fail("there is no %s '%.*s'", what, (int)length, word);
}

/* SCRIPT:ROLE:POINT:WAY, as a failure is told. */
static void
try_only(void)
{
	struct points_world world;
	struct kill_point point = { .way = WAY_KILLED };
	const char *word = wish.only;
	size_t length = strcspn(word, ":");

	while (point.script < points_script_count && !is_wanted(point.script))
		point.script++;
	if (point.script == points_script_count)
		lab_fail("there is no such script: %s", word);
	points_world_open(&world);
	learn(&world);
	tell_scripts();
	word += length + 1;
	length = strcspn(word, ":");
	point.role = (enum points_role)read_name(
	    word, length, role_names, POINTS_ROLES, "role");
	point.at = strtol(word + length + 1, NULL, 10);
	if (strrchr(word, ':') != word + length)
		point.way = (enum way)read_name(strrchr(word, ':') + 1,
		    strlen(strrchr(word, ':') + 1), way_names, WAYS, "way");
	chance_state = (uint64_t)wish.seed;
	printf("  %s\n", try_point(&world, &point) ? "reached" : "not reached");
	if (atomic_load(&sums->failed) > 0) {
		printf("  the log:\n");
		(void)!execlp("cat", "cat", world.lab.log, (char *)NULL);
	}
	points_world_close(&world);
}

static long
sum_killed(int role, int way)
{
	return (atomic_load(&sums->killed[role][way]));
}

static void
tell_sums(int64_t began_ms)
{
	long all = 0;

	for (int role = 0; role < POINTS_ROLES; role++) {
		for (int way = 0; way < WAYS; way++) {
			if (sum_killed(role, way) > 0)
				printf("  %6ld times: the %s, %s\n",
				    sum_killed(role, way), role_names[role],
				    way_names[way]);
			all += sum_killed(role, way);
		}
	}
	printf("  %ld kill points in %" PRId64 " s, %ld not reached: %ld texts"
	       " sent, %ld unsure; %ld hubs started again, %ld writes taken"
	       " back, %ld commands given again; %ld failed\n",
	    all, (clock_monotonic_ms() - began_ms) / 1000,
	    atomic_load(&sums->unreached), atomic_load(&sums->heard_sent),
	    atomic_load(&sums->unsure), atomic_load(&sums->restarts),
	    atomic_load(&sums->taken_back), atomic_load(&sums->commands_again),
	    atomic_load(&sums->failed));
	if (all == 0)
		atomic_fetch_add(&sums->failed, 1);
}

static int
run_workers(void)
{
	pid_t pids[WORKERS_MOST];
	int status, ended_well = 1;

	for (int64_t i = 0; i < wish.workers; i++) {
		pids[i] = fork();
		if (pids[i] == 0) {
			work(i);
			fflush(stdout);
			_exit(0);
		}
	}
	for (int64_t i = 0; i < wish.workers; i++)
		ended_well &= waitpid(pids[i], &status, 0) == pids[i] &&
		    WIFEXITED(status) && WEXITSTATUS(status) == 0;
	return (ended_well);
}

static int
read_wishes(int argc, char **argv)
{
	static const struct option options[] = {
		{ "points", required_argument, NULL, 'p' },
		{ "workers", required_argument, NULL, 'w' },
		{ "seed", required_argument, NULL, 's' },
		{ "only", required_argument, NULL, 'o' },
		{ 0 },
	};
	int option;

	wish.seed = clock_utc_s();
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		int64_t *number = option == 'p' ? &wish.points
		    : option == 'w'             ? &wish.workers
						: &wish.seed;

		if (option == '?')
			return (0);
		if (option == 'o')
			wish.only = optarg;
		else if (!text_read_integer(optarg, 1,
			     option == 'w' ? WORKERS_MOST : INT32_MAX, number))
			return (0);
	}
	return (optind == argc);
}

int
main(int argc, char **argv)
{
	int64_t began_ms = clock_monotonic_ms();
	int ended_well = 1;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (!read_wishes(argc, argv) || points_script_count > SCRIPTS_MOST)
		return (EXIT_FAILURE);
	lab_prefer_fast();
	log_open("points_test", LOG_LEVEL_ERR);
	seal_start();
	sums = mmap(NULL, sizeof(*sums), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (sums == MAP_FAILED)
		lab_fail("no memory to share");
	printf("  seed %" PRId64 "\n", wish.seed);
	if (wish.only != NULL && strchr(wish.only, ':') != NULL)
		try_only();
	else
		ended_well = run_workers();
	tell_sums(began_ms);
	printf("%d passed, %d failed\n",
	    ended_well && atomic_load(&sums->failed) == 0,
	    !(ended_well && atomic_load(&sums->failed) == 0));
	return (ended_well && atomic_load(&sums->failed) == 0 ? EXIT_SUCCESS
							      : EXIT_FAILURE);
}
