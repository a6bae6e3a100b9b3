#include "tests/proofs/points_world.h"

#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/file.h"
#include "gateway/base/outcome.h"
#include "tests/power.h"

enum {
	REST_MOST_MS = 120000, /* of the machine's time, until all wait */
	START_MOST_MS = 120000,
	STARTS_MOST = 3,
	SETTLE_MOST_S = 3 * 3600, /* of simulated time, until all is quiet */
	DUE_SOON_MS = 150,
	SOON_S = 600, /* what is queued for later than that may wait */
	BEGIN_HOUR = 6, /* mid-day in Nepal, morning in the Gulf */
	DAY_S = 86400,
	STORE_MOST_BYTES = 64 << 20,
};

#define PRELOAD "./tests/points.so:./tests/simulated.so"

/* -- making ----------------------------------------------------------------- */

/* One corridor and its languages: a hub that starts ten thousand times need not
 * read them all. */
static void
make_data(const struct points_world *world)
{
	struct text command = { 0 };
	char data[120];

	snprintf(data, sizeof(data), "%s/data", world->lab.folder);
	text_printf(&command,
	    "cd '%s' && mkdir -p '%s/menus/trees' '%s/locales' &&"
	    " cp -r menus/facts menus/directory menus/templates.cfg"
	    " '%s/menus' && cp -r menus/trees/shared menus/trees/system.cfg"
	    " menus/trees/nepal-gulf.cfg '%s/menus/trees' &&"
	    " rm -f $(ls -d '%s'/menus/facts/* '%s'/menus/directory/* |"
	    " grep -v nepal) && cp -r locales/desk locales/ne*.po"
	    " locales/hi.po '%s/locales'",
	    SOURCE_TREE, data, data, data, data, data, data, data);
	if (system(command.bytes) != 0)
		lab_fail("cannot copy the menus of one corridor");
	text_free(&command);
	setenv("WAYMARK_DATA", data, 1);
}

static void
share_points(struct points_world *world)
{
	char path[120];
	int fd;

	snprintf(path, sizeof(path), "%s/points", world->lab.folder);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0 || ftruncate(fd, sizeof(*world->points)) != 0)
		lab_fail("cannot make %s", path);
	world->points = mmap(NULL, sizeof(*world->points),
	    PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	if (world->points == MAP_FAILED)
		lab_fail("cannot map %s", path);
	setenv(POINTS_ENVIRONMENT, path, 1);
}

static void
copy(const struct points_world *world, const char *from, const char *to)
{
	struct text bytes = { 0 };
	char from_path[200], to_path[200];

	snprintf(
	    from_path, sizeof(from_path), "%s/%s", world->lab.folder, from);
	snprintf(to_path, sizeof(to_path), "%s/%s", world->lab.folder, to);
	if (file_read(from_path, STORE_MOST_BYTES, &bytes) != DONE ||
	    file_write(to_path, 0600, bytes.bytes, bytes.length) != DONE)
		lab_fail("cannot copy %s to %s", from_path, to_path);
	text_free(&bytes);
}

void
points_world_open(struct points_world *world)
{
	struct text device = { 0 };

	*world = (struct points_world){ 0 };
	/* Set up by what it runs with: passwords are quick (points.c). */
	setenv("LD_PRELOAD", "./tests/points.so", 1);
	setenv("ASAN_OPTIONS", "verify_asan_link_order=0", 1);
	lab_open(&world->lab, "device-to-come");
	unsetenv("LD_PRELOAD");
	make_data(world);
	world->lab.preload = PRELOAD;
	share_points(world);
	clock_hand_open(&world->clock, world->lab.folder);
	world->began_utc_s =
	    (clock_utc_s() / DAY_S + 1) * DAY_S + BEGIN_HOUR * 3600;
	/* The modem keeps the same time, and is waited for. */
	setenv("LD_PRELOAD", "./tests/simulated.so", 1);
	sim_start(&world->sim, "./modem_sim", world->lab.folder);
	unsetenv("LD_PRELOAD");
	text_printf(&device,
	    "device = \"%s\"; pause_ms = 0; check_s = 600;"
	    " sweep_s = 3600",
	    world->sim.device);
	lab_configure(&world->lab, "device = \"device-to-come\"", device.bytes);
	text_free(&device);
	lab_configure(
	    &world->lab, "log = {", "retention = { days = 1; };\nlog = {");
	sim_ask(&world->sim, "places", "250", NULL);
	copy(world, "h/waymark.db", "first.db");
}

void
points_world_close(struct points_world *world)
{
	if (world->lab.hub > 0)
		lab_stop(&world->lab, SIGKILL);
	if (world->listens)
		air_close(&world->air);
	sim_stop(&world->sim);
	munmap(world->points, sizeof(*world->points));
	clock_hand_close(&world->clock);
	lab_close(&world->lab);
}

static void
remove_beside_store(const struct points_world *world, const char *ending)
{
	char path[200];

	snprintf(path, sizeof(path), "%s%s", world->lab.store, ending);
	unlink(path);
}

/* What unsynced.so noted of an earlier run. */
static void
remove_notes(const struct points_world *world)
{
	static const char *const names[] = { "waymark.db.undo",
		"waymark.db-wal.undo" };
	char path[200];

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		snprintf(
		    path, sizeof(path), "%s/%s", world->lab.folder, names[i]);
		unlink(path);
	}
}

void
points_world_reset(struct points_world *world)
{
	if (world->lab.hub > 0)
		lab_stop(&world->lab, SIGKILL);
	copy(world, "first.db", "h/waymark.db");
	remove_beside_store(world, "-wal");
	remove_beside_store(world, "-shm");
	remove_notes(world);
	if (world->listens)
		air_close(&world->air);
	sim_ask(&world->sim, "clear", NULL);
	air_open(&world->air, &world->sim);
	world->listens = 1;
	atomic_store(&world->clock.shared->ahead_ms,
	    (world->began_utc_s - clock_utc_s()) * 1000);
	for (int i = 0; i < POINTS_ROLES; i++)
		atomic_store(&world->points->count[i], 0);
	points_world_arm(world, -1, 0);
	atomic_store(&world->points->killed, 0);
	world->lab.forgets_unsynced = 0;
	world->cuts_power = 0;
	world->kill_again_at = 0;
	world->unsure = 0;
	world->trouble[0] = '\0';
}

void
points_world_arm(struct points_world *world, int role, long at)
{
	atomic_store(&world->points->kill_role, -1);
	atomic_store(&world->points->kill_at, at);
	atomic_store(&world->points->kill_role, role);
}

/* -- a hub that is killed ------------------------------------------------------ */

static void
take_back(struct points_world *world)
{
	char wal[120];

	snprintf(wal, sizeof(wal), "%s-wal", world->lab.store);
	world->taken_back += power_cut(world->lab.store, world->lab.folder);
	if (access(wal, F_OK) == 0)
		world->taken_back += power_cut(wal, world->lab.folder);
	remove_beside_store(world, "-shm");
}

static void
launch(struct points_world *world)
{
	if (world->cuts_power)
		world->lab.forgets_unsynced = 1;
	lab_launch(&world->lab);
}

/* The hub was killed: what it leaves, and its next life. */
static void
begin_again(struct points_world *world)
{
	world->restarts++;
	if (world->cuts_power)
		take_back(world);
	if (world->kill_again_at > 0) {
		atomic_store(&world->points->count[POINTS_HUB], 0);
		points_world_arm(world, POINTS_HUB, world->kill_again_at);
		world->kill_again_at = 0;
	}
	launch(world);
}

static void
wait_until_it_listens(struct points_world *world)
{
	int64_t until_ms = clock_monotonic_ms() + START_MOST_MS;
	int starts = 0;

	/* A line of the hub before may begin to listen when that is dead. */
	while (!lab_listens(&world->lab) ||
	    !clock_hand_has_waited(&world->clock, world->lab.hub)) {
		if (lab_has_ended(&world->lab)) {
			/* Killed twice at most; else it ends by itself. */
			if (++starts > STARTS_MOST)
				lab_fail("the hub does not start: see %s",
				    world->lab.log);
			begin_again(world);
		}
		if (clock_monotonic_ms() > until_ms)
			lab_fail("the demo line does not listen");
		usleep(500);
	}
}

void
points_world_start(struct points_world *world)
{
	launch(world);
	wait_until_it_listens(world);
}

/* Ended by a signal, it was killed. */
static int
wait_for_end(struct points_world *world)
{
	int64_t until_ms = clock_monotonic_ms() + REST_MOST_MS;
	int64_t due_ms;
	int status;

	while (waitpid(world->lab.hub, &status, WNOHANG) != world->lab.hub) {
		/* A line that takes its time is waited for by the clock. */
		if (clock_hand_rests(&world->clock, 20, &due_ms) && due_ms > 0)
			clock_hand_move_to(&world->clock, due_ms);
		if (clock_monotonic_ms() > until_ms)
			lab_fail("the hub does not end");
	}
	world->lab.hub = -1;
	while (lab_listens(&world->lab))
		usleep(500);
	return (status);
}

void
points_world_stop(struct points_world *world)
{
	for (;;) {
		int status;

		lab_kill(&world->lab, SIGTERM);
		status = wait_for_end(world);
		if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
			return;
		if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL) {
			snprintf(world->trouble, sizeof(world->trouble),
			    "the hub ended with status %#x", (unsigned)status);
			return;
		}
		begin_again(world);
		wait_until_it_listens(world);
	}
}

/* -- time ------------------------------------------------------------------- */

static void
listen_to_air(struct points_world *world, points_heard *heard, void *into)
{
	char to[AIR_NUMBER_BYTES];
	char *text;

	while (air_hear(&world->air, 0, to, &text))
		heard(into, to, text);
}

/* Nothing is under way: not at the modem, not in the store. */
static int
is_quiet(struct points_world *world)
{
	struct text found = { 0 };
	char sql[500];
	int64_t pending = 1, unsure = 0;
	char *space;

	sim_ask(&world->sim, "stored", NULL);
	if (sim_answer_number(&world->sim, 1) != 0 ||
	    sim_answer_number(&world->sim, 2) != 0)
		return (0);
	snprintf(sql, sizeof(sql),
	    "SELECT ((SELECT count(*) FROM outbox WHERE state = 'sending' OR"
	    " (state = 'queued' AND next_utc_s <= %" PRId64 ")) +"
	    " (SELECT count(*) FROM journal WHERE state = 'waiting')) || ' ' ||"
	    " (SELECT count(*) FROM outbox WHERE state = 'unsure')",
	    clock_hand_utc_s(&world->clock) + SOON_S);
	lab_query(&world->lab, sql, &found);
	space = strchr(text_string(&found), ' ');
	if (space == NULL || !text_read_integer(space, 0, INT64_MAX, &unsure))
		lab_fail("the store says '%s'", text_string(&found));
	*space = '\0';
	if (!text_read_integer(found.bytes, 0, INT64_MAX, &pending))
		lab_fail("the store says '%s'", found.bytes);
	text_free(&found);
	if (unsure > world->unsure)
		world->unsure = unsure;
	return (pending == 0);
}

/* Until all wait: 1 and when the first of them is due. */
static int
rest(struct points_world *world, int64_t *due_ms_r)
{
	int64_t until_ms = clock_monotonic_ms() + REST_MOST_MS;

	while (!clock_hand_rests(&world->clock, 50, due_ms_r)) {
		if (lab_has_ended(&world->lab)) {
			begin_again(world);
			wait_until_it_listens(world);
		}
		if (clock_monotonic_ms() > until_ms) {
			snprintf(world->trouble, sizeof(world->trouble),
			    "somebody works without end");
			return (0);
		}
	}
	if (!lab_has_ended(&world->lab))
		return (1);
	begin_again(world);
	wait_until_it_listens(world);
	return (rest(world, due_ms_r));
}

/* Then there is no need to ask the store whether that was all. */
static int
is_due_soon(const struct points_world *world, int64_t due_ms)
{
	return (
	    due_ms >= 0 && due_ms - clock_hand_ms(&world->clock) < DUE_SOON_MS);
}

/* What it is that does not end. */
static void
note_unrest(struct points_world *world)
{
	struct text what = { 0 };

	lab_query(&world->lab,
	    "SELECT group_concat(what, ', ') FROM (SELECT 'outbox ' || kind ||"
	    " ' ' || state || ' tries ' || tries || ' line ' || line AS what"
	    " FROM outbox WHERE state IN ('queued', 'sending') UNION ALL"
	    " SELECT 'journal ' || state || ' tries ' || tries FROM journal"
	    " WHERE state = 'waiting')",
	    &what);
	snprintf(world->trouble, sizeof(world->trouble),
	    "the helpline does not come to rest: %s, modem %ld %ld",
	    text_string(&what), sim_answer_number(&world->sim, 1),
	    sim_answer_number(&world->sim, 2));
	text_free(&what);
}

void
points_world_settle(struct points_world *world, points_heard *heard, void *into)
{
	int64_t until_ms =
	    clock_hand_ms(&world->clock) + SETTLE_MOST_S * INT64_C(1000);
	int64_t due_ms;

	while (world->trouble[0] == '\0' && rest(world, &due_ms)) {
		listen_to_air(world, heard, into);
		if (!is_due_soon(world, due_ms) && is_quiet(world)) {
			/* On a busy machine the last of it may have been done
			 * since we listened. */
			listen_to_air(world, heard, into);
			return;
		}
		if (due_ms < 0 || due_ms > until_ms)
			note_unrest(world);
		else
			clock_hand_move_to(&world->clock, due_ms);
	}
}

void
points_world_pass(struct points_world *world, int64_t seconds,
    points_heard *heard, void *into)
{
	int64_t until_ms = clock_hand_ms(&world->clock) + seconds * 1000;
	int64_t due_ms;

	while (clock_hand_ms(&world->clock) < until_ms &&
	    world->trouble[0] == '\0' && rest(world, &due_ms)) {
		listen_to_air(world, heard, into);
		clock_hand_move_to(&world->clock,
		    due_ms < 0 || due_ms > until_ms ? until_ms : due_ms);
	}
	points_world_settle(world, heard, into);
}

void
points_world_jump(struct points_world *world, int64_t seconds)
{
	clock_hand_move_to(
	    &world->clock, clock_hand_ms(&world->clock) + seconds * 1000);
}
