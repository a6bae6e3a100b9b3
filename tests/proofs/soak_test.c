/* Days in a minute: a helpline on a modem at work by the simulated clock, with
 * callers, caseworkers, alarms, retention, questions for credit, caps of a day,
 * a modem that restarts and is unplugged, and menus that are loaded anew.
 *
 *   soak_test [--days N]     3
 *
 * After the second day nothing may grow any more but by what is kept on
 * purpose: memory, descriptors, the store, its log; the helpline wakes up no
 * oftener than it says, and every text is handled and answered once.
 */
#include <dirent.h>
#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/outcome.h"
#include "tests/proof.h"
#include "tests/proofs/points_world.h"

enum {
	HOUR_S = 3600,
	DAY_MINUTES = 1440,
	CALLERS_A_DAY = 30,
	RELOADS_A_DAY = 2,
	CHECK_S = 300, /* of the modem */
	SETTLED_DAY = 2, /* from its end on nothing grows */
	DAYS_MOST = 400,
	IDLE_HOURS = 6,
	WAKEUPS_A_MINUTE = 6, /* of a hub nobody writes to */
	HUB_GROWS_KIB = 1024,
	RELOAD_GROWS_KIB = 8, /* what libgettextpo and libconfig keep */
	LINE_GROWS_KIB = 512,
	STORE_GROWS_A_DAY = 16 * 1024,
	STORE_GROWS = 128 * 1024, /* pages that are free for a while */
	LOG_MOST = 8 << 20, /* the store's write-ahead log */
};

#define DUTY_PHONE "+9779850000077"

/* What one day came to. */
struct day {
	long hub_kib;
	long hub_files;
	long line_kib;
	long line_files;
	int64_t store_bytes;
	int64_t log_bytes;
	int64_t hub_wakeups; /* in IDLE_HOURS without anybody */
	int64_t line_wakeups;
};

struct soak {
	struct points_world world;
	struct day days[DAYS_MOST];
	long said;
	long heard;
	long reloads;
};

static int days_wanted = 3;

/* -- looking ---------------------------------------------------------------- */

static long
resident_kib(pid_t pid)
{
	char path[40];
	long total, resident = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/statm", (int)pid);
	file = fopen(path, "r");
	if (file == NULL || fscanf(file, "%ld %ld", &total, &resident) != 2)
		lab_fail("cannot read %s", path);
	fclose(file);
	return (resident * (sysconf(_SC_PAGESIZE) / 1024));
}

static long
count_files(pid_t pid)
{
	char path[40];
	long count = 0;
	DIR *folder;

	snprintf(path, sizeof(path), "/proc/%d/fd", (int)pid);
	folder = opendir(path);
	if (folder == NULL)
		lab_fail("cannot read %s", path);
	while (readdir(folder) != NULL)
		count++;
	closedir(folder);
	return (count);
}

static int64_t
size_of(const char *path)
{
	struct stat status;

	return (stat(path, &status) == 0 ? (int64_t)status.st_size : 0);
}

static void
measure(struct soak *soak, struct day *day)
{
	struct lab *lab = &soak->world.lab;
	pid_t line = lab_line_process(lab, "modem");
	char log[120];

	if (line < 0)
		lab_fail("the modem has no line");
	snprintf(log, sizeof(log), "%s-wal", lab->store);
	day->hub_kib = resident_kib(lab->hub);
	day->hub_files = count_files(lab->hub);
	day->line_kib = resident_kib(line);
	day->line_files = count_files(line);
	day->store_bytes = size_of(lab->store);
	day->log_bytes = size_of(log);
}

/* -- what goes on ----------------------------------------------------------- */

static void
hear(void *into, const char *to, char *text)
{
	struct soak *soak = into;

	(void)to;
	soak->heard++;
	free(text);
}

static void
settle(struct soak *soak)
{
	points_world_settle(&soak->world, hear, soak);
	if (soak->world.trouble[0] != '\0')
		lab_fail("%s", soak->world.trouble);
}

static void
pass(struct soak *soak, int64_t seconds)
{
	points_world_pass(&soak->world, seconds, hear, soak);
	if (soak->world.trouble[0] != '\0')
		lab_fail("%s", soak->world.trouble);
}

static void
say(struct soak *soak, const char *number, const char *text)
{
	sim_ask(&soak->world.sim, "text", number, text, NULL);
	soak->said++;
	settle(soak);
}

static void
walk(struct soak *soak, const char *number, size_t script)
{
	static const char *const texts[][5] = {
		{ "hello", "1", "1.", "2", "1" },
		{ "namaste", "4", "1", "1.", "2" },
		{ "menu", "2", "1", "2", "0" },
		{ "hello", "3", "STOP", NULL },
		{ "HELP", "2", "FORGET", NULL },
	};
	const char *const *said = texts[script % COUNT_OF(texts)];

	for (size_t i = 0; i < COUNT_OF(texts[0]) && said[i] != NULL; i++)
		say(soak, number, said[i]);
}

static void
work_at_desk(struct soak *soak, const char *verb, const char *words)
{
	struct lab *lab = &soak->world.lab;
	struct text ref = { 0 };
	const char *arguments[] = { "queue", verb, "", "--staff", LAB_STAFF,
		"--password-file", lab->password_file, words, NULL };

	lab_query(lab, "SELECT ref FROM requests ORDER BY id DESC", &ref);
	arguments[2] = text_string(&ref);
	if (lab_run(lab, NULL, arguments) != 0)
		lab_fail("'queue %s' is refused: see %s", verb, lab->log);
	text_free(&ref);
	settle(soak);
}

/* From HELP to the end of its case: alarm, claim, replies, feedback. */
static void
ask_for_help(struct soak *soak, const char *number)
{
	static const char *const said[] = { "HELP", "1", "1.", "1", "2",
		"Qatar", "1", "bluebird" };

	for (size_t i = 0; i < COUNT_OF(said); i++)
		say(soak, number, said[i]);
	pass(soak, 10);
	work_at_desk(soak, "claim", NULL);
	work_at_desk(soak, "reply", "bluebird. How can we help?");
	say(soak, number, "bluebird he took my passport");
	work_at_desk(soak, "note", "call the embassy");
	work_at_desk(soak, "close", NULL);
	pass(soak, 120);
	say(soak, number, "1");
}

static void
reload(struct soak *soak)
{
	lab_kill(&soak->world.lab, SIGHUP);
	soak->reloads++;
	settle(soak);
}

/* What the modem was asked to show is forgotten, or it grows, not we. */
static void
begin_day(struct soak *soak)
{
	struct points_world *world = &soak->world;

	settle(soak);
	air_close(&world->air);
	sim_ask(&world->sim, "clear", NULL);
	air_open(&world->air, &world->sim);
}

/* Somebody trips over the cable and finds it again. */
static void
unplug(struct soak *soak)
{
	struct sim *sim = &soak->world.sim;

	settle(soak);
	sim_ask(sim, "fault", "unplug", NULL);
	pass(soak, HOUR_S / 2);
	sim_ask(sim, "heal", "unplug", NULL);
	pass(soak, HOUR_S / 2);
}

static void
live_a_day(struct soak *soak, int number)
{
	struct points_world *world = &soak->world;
	struct day *day = &soak->days[number];
	int64_t hub_before, line_before;
	char caller[24];

	begin_day(soak);
	for (int i = 0; i < CALLERS_A_DAY; i++) {
		/* Half of them wrote on other days, too. */
		snprintf(caller, sizeof(caller), "+97798%08d",
		    i % 2 == 0 ? i : (number + 1) * 1000 + i);
		walk(soak, caller, (size_t)(i + number));
		if (i % (CALLERS_A_DAY / RELOADS_A_DAY) == 0)
			reload(soak);
		if (i == CALLERS_A_DAY / 2)
			pass(soak, 4 * HOUR_S);
	}
	snprintf(caller, sizeof(caller), "+97797%08d", number);
	ask_for_help(soak, caller);
	sim_ask(&world->sim, "power", NULL);
	pass(soak, HOUR_S);
	unplug(soak);
	walk(soak, caller, 0);
	pass(soak, HOUR_S);
	hub_before = clock_hand_wakeups(&world->clock, 's');
	line_before = clock_hand_wakeups(&world->clock, 'l');
	pass(soak, (int64_t)IDLE_HOURS * HOUR_S);
	day->hub_wakeups = clock_hand_wakeups(&world->clock, 's') - hub_before;
	day->line_wakeups =
	    clock_hand_wakeups(&world->clock, 'l') - line_before;
	/* To the same hour of the next morning. */
	pass(soak,
	    world->began_utc_s + (number + 1) * INT64_C(86400) -
		clock_hand_utc_s(&world->clock));
	measure(soak, day);
	printf("  day %3d: hub %ld KiB, %ld files, line %ld KiB, %ld files,"
	       " store %" PRId64 " KiB, log %" PRId64 " KiB; idle %d h: hub"
	       " woke %" PRId64 " times, lines %" PRId64 "\n",
	    number + 1, day->hub_kib, day->hub_files, day->line_kib,
	    day->line_files, day->store_bytes / 1024, day->log_bytes / 1024,
	    IDLE_HOURS, day->hub_wakeups, day->line_wakeups);
}

/* -- what must hold --------------------------------------------------------- */

static void
open_helpline(struct soak *soak)
{
	struct points_world *world = &soak->world;
	struct lab *lab = &world->lab;
	const char *phone[] = { "staff", "phone", LAB_STAFF, DUTY_PHONE,
		"--line", "modem-1", "--staff", LAB_STAFF, "--password-file",
		lab->password_file, NULL };
	const char *duty[] = { "staff", "duty", LAB_STAFF, "on", "--staff",
		LAB_STAFF, "--password-file", lab->password_file, NULL };

	points_world_open(world);
	/* All menus and all languages, as a helpline has them. */
	setenv("WAYMARK_DATA", SOURCE_TREE, 1);
	lab_configure(lab, "# keep_s = 7776000;", "keep_s = 86400;");
	lab_configure(
	    lab, "log = {", "menus = { forget_after_s = 86400; };\nlog = {");
	lab_configure(lab, "check_s = 600; sweep_s = 3600",
	    "check_s = 300; sweep_s = 3600; balance_code = \"*100#\";"
	    " day_cap = 2000; part_price = \"0.05\"; spend_cap = \"200\"");
	points_world_reset(world);
	sim_ask(&world->sim, "ussd", "*100#", "Your balance is 250.00", NULL);
	if (lab_run(lab, NULL, phone) != 0 || lab_run(lab, NULL, duty) != 0)
		lab_fail("nobody is on duty");
	points_world_start(world);
	settle(soak);
}

static int
is_sanitized(void)
{
#ifdef SANITIZED
	return (getenv("WAYMARK_PROGRAM") == NULL);
#else
	return (0);
#endif
}

/* Sanitizers keep what was freed. */
static void
expect_memory(const struct soak *soak, const struct day *first,
    const struct day *last, int days)
{
	long reloads = (long)days * RELOADS_A_DAY;

	(void)soak;
	if (is_sanitized())
		return;
	printf("  from day %d on, %ld reloads: hub %+ld KiB, line %+ld KiB\n",
	    SETTLED_DAY, reloads, last->hub_kib - first->hub_kib,
	    last->line_kib - first->line_kib);
	expect(last->hub_kib - first->hub_kib <=
		HUB_GROWS_KIB + reloads * RELOAD_GROWS_KIB,
	    "the hub grows from %ld to %ld KiB", first->hub_kib, last->hub_kib);
	expect(last->line_kib - first->line_kib <= LINE_GROWS_KIB,
	    "the line grows from %ld to %ld KiB", first->line_kib,
	    last->line_kib);
}

static void
expect_flat(const struct soak *soak)
{
	const struct day *first = &soak->days[SETTLED_DAY - 1];
	const struct day *last = &soak->days[days_wanted - 1];
	int days = days_wanted - SETTLED_DAY;

	expect_memory(soak, first, last, days);
	expect(last->hub_files <= first->hub_files &&
		last->line_files <= first->line_files,
	    "more files are open: hub %ld, then %ld; line %ld, then %ld",
	    first->hub_files, last->hub_files, first->line_files,
	    last->line_files);
	expect(last->store_bytes - first->store_bytes <=
		STORE_GROWS + (int64_t)days * STORE_GROWS_A_DAY,
	    "the store grows from %" PRId64 " to %" PRId64 " bytes",
	    first->store_bytes, last->store_bytes);
	for (int i = 0; i < days_wanted; i++) {
		const struct day *day = &soak->days[i];

		expect(day->log_bytes <= LOG_MOST,
		    "day %d: the store's log has %" PRId64 " bytes", i + 1,
		    day->log_bytes);
		expect(day->hub_wakeups <=
			(int64_t)IDLE_HOURS * 60 * WAKEUPS_A_MINUTE,
		    "day %d: the hub wakes %" PRId64 " times in %d idle hours",
		    i + 1, day->hub_wakeups, IDLE_HOURS);
		expect(day->line_wakeups <=
			(int64_t)IDLE_HOURS * 60 * WAKEUPS_A_MINUTE,
		    "day %d: lines wake %" PRId64 " times in %d idle hours",
		    i + 1, day->line_wakeups, IDLE_HOURS);
	}
}

static void
expect_nothing_lost(struct soak *soak)
{
	struct lab *lab = &soak->world.lab;

	/* Who said FORGET has no rows any more; tallies and counts have. */
	expect(lab_query_integer(lab,
		   "SELECT count(*) FROM journal WHERE state IN ('waiting',"
		   " 'part', 'aside')") == 0,
	    "texts wait in the journal");
	expect(lab_query_integer(lab,
		   "SELECT count(*) FROM outbox WHERE state IN ('unsure',"
		   " 'failed', 'given up')") == 0,
	    "texts did not leave");
	expect(soak->world.air.repeated == 0, "parts went out twice");
}

static void
days_pass_and_nothing_grows(void)
{
	static struct soak soak;
	int64_t began_ms = clock_monotonic_ms();
	struct text answer = { 0 };

	open_helpline(&soak);
	for (int i = 0; i < days_wanted; i++)
		live_a_day(&soak, i);
	settle(&soak);
	expect_flat(&soak);
	expect_nothing_lost(&soak);
	printf("  %d days in %" PRId64 " s: %ld texts came, %ld left, %ld"
	       " reloads\n",
	    days_wanted, (clock_monotonic_ms() - began_ms) / 1000, soak.said,
	    soak.heard, soak.reloads);
	points_world_stop(&soak.world);
	expect(soak.world.restarts == 0 && soak.world.trouble[0] == '\0',
	    "the hub ended: %s", soak.world.trouble);
	lab_query(&soak.world.lab, "PRAGMA integrity_check", &answer);
	expect(strcmp(text_string(&answer), "ok") == 0, "the store: %s",
	    text_string(&answer));
	text_free(&answer);
	points_world_close(&soak.world);
}

static const struct proof proofs[] = {
	{ "days_pass_and_nothing_grows", days_pass_and_nothing_grows },
};

int
main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "days", required_argument, NULL, 'd' },
		{ 0 },
	};
	int64_t number;
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == '?' ||
		    !text_read_integer(optarg, SETTLED_DAY, DAYS_MOST, &number))
			return (EXIT_FAILURE);
		days_wanted = (int)number;
	}
	lab_prefer_fast();
	return (proof_run(proofs, COUNT_OF(proofs), 1, argv));
}
