/* A copy of the store while the helpline works, killed in the middle, put back.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/file.h"
#include "gateway/base/outcome.h"
#include "tests/team_lab.h"

enum {
	KILLS = 25,
	ROWS = 40000, /* to make a copy take a while */
	MODE_BITS = 07777,
};

struct world {
	struct lab lab;
	char copy[120];
	struct caller_phone phone;
};

static void
open_world(struct world *world)
{
	lab_open(&world->lab, NULL);
	snprintf(
	    world->copy, sizeof(world->copy), "%s/copy.db", world->lab.folder);
	lab_start(&world->lab);
	caller_open(&world->phone, &world->lab, CALLER_NUMBER);
}

static void
close_world(struct world *world)
{
	caller_close(&world->phone);
	(void)lab_stop(&world->lab, SIGTERM);
	lab_close(&world->lab);
}

/* The first column of the first row; "" when the copy cannot be read. */
static void
ask_copy(const char *path, const char *sql, struct text *out)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *statement = NULL;

	text_clear(out);
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) ==
		SQLITE_OK &&
	    sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK &&
	    sqlite3_step(statement) == SQLITE_ROW)
		text_add(out, (const char *)sqlite3_column_text(statement, 0));
	sqlite3_finalize(statement);
	sqlite3_close(db);
}

static int
is_sound(const char *path)
{
	struct text said = { 0 };
	int sound;

	ask_copy(path, "PRAGMA integrity_check", &said);
	sound = strcmp(text_string(&said), "ok") == 0;
	text_free(&said);
	return (sound);
}

static int
backup(struct world *world, const char *to, struct text *out)
{
	const char *arguments[] = { "backup", to, NULL };

	text_clear(out);
	return (lab_run(&world->lab, out, arguments));
}

static int
restore(struct world *world, const char *from, struct text *out)
{
	const char *arguments[] = { "restore", from, NULL };

	text_clear(out);
	return (lab_run(&world->lab, out, arguments));
}

static int
status_has(struct world *world, const char *words)
{
	const char *arguments[] = { "status", NULL };
	struct text out = { 0 };
	int has;

	(void)lab_run(&world->lab, &out, arguments);
	has = strstr(text_string(&out), words) != NULL;
	text_free(&out);
	return (has);
}

static void
a_copy_is_made_beside_a_running_hub_and_can_be_put_back(void)
{
	struct text out = { 0 };
	struct text content = { 0 };
	struct stat file;
	struct world world;

	open_world(&world);
	team_walk_to_request(&world.phone);
	expect(status_has(&world, "Copied    never"), "it was copied before?");
	expect(backup(&world, world.copy, &out) == 0, "it failed");
	expect(strstr(text_string(&out), "box.key") != NULL,
	    "it does not say where the key is");
	expect(is_sound(world.copy), "the copy is not sound");
	expect(status_has(&world, "Copied    ") &&
		!status_has(&world, "Copied    never"),
	    "status does not know");
	expect(
	    stat(world.copy, &file) == 0 && (file.st_mode & MODE_BITS) == 0600,
	    "others may read it");
	/* What is sealed there is sealed here. */
	expect(file_read(world.copy, 1 << 28, &content) == DONE &&
		memmem(content.bytes, content.length, "Qatar", 5) == NULL &&
		memmem(content.bytes, content.length, CALLER_NUMBER,
		    strlen(CALLER_NUMBER)) == NULL,
	    "the copy shows somebody");
	/* After the copy: a FORGET, and the disk of the store dies. */
	caller_text(&world.phone, "FORGET");
	(void)team_wait_for(&world.lab,
	    "SELECT count(*) FROM requests WHERE state = 'forgotten'", 1);
	(void)lab_stop(&world.lab, SIGTERM);
	expect(restore(&world, world.copy, &out) == 0, "it is not put back");
	expect(strstr(text_string(&out), "erase it once more") != NULL &&
		strstr(text_string(&out), ".before-") != NULL,
	    "it does not say what that means: %s", text_string(&out));
	lab_start(&world.lab);
	expect(lab_query_integer(&world.lab,
		   "SELECT count(*) FROM requests WHERE state = 'open'") == 1,
	    "the request is not there again");
	text_free(&out);
	text_free(&content);
	close_world(&world);
}

static void
what_cannot_be_a_copy_is_refused(void)
{
	struct text out = { 0 };
	struct world world;

	open_world(&world);
	expect(backup(&world, world.lab.store, &out) == 1,
	    "it was copied over itself");
	expect(backup(&world, "/nowhere/at/all.db", &out) == 1,
	    "into a folder that is not there");
	expect(backup(&world, world.lab.folder, &out) == 1, "over a folder");
	expect(lab_query_integer(
		   &world.lab, "SELECT backed_up_utc_s FROM meta") == 0,
	    "it says it was copied");
	text_free(&out);
	close_world(&world);
}

/* Starts `backup` or `restore` and kills it after so long: 1 when it was. */
static int
kill_command(struct world *world, const char *command, int64_t after_us)
{
	const char *program = getenv("WAYMARK_PROGRAM");
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		int nowhere = open("/dev/null", O_WRONLY);

		dup2(nowhere, STDOUT_FILENO);
		dup2(nowhere, STDERR_FILENO);
		execl(program != NULL ? program : "./waymark", "waymark",
		    command, "-c", world->lab.config, world->copy,
		    (char *)NULL);
		_exit(127);
	}
	usleep((useconds_t)after_us);
	kill(pid, SIGKILL);
	if (waitpid(pid, &status, 0) != pid)
		lab_fail("a copy does not end");
	return (WIFSIGNALED(status));
}

static void
a_copy_that_is_killed_leaves_the_one_before(void)
{
	struct text out = { 0 };
	struct text before = { 0 };
	struct world world;
	int64_t began_ms, takes_us;
	int killed = 0;

	open_world(&world);
	text_printf(&out,
	    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
	    " WHERE i < %d) INSERT INTO tallies (week, corridor, what,"
	    " first, second, third, count) SELECT '2020-W01', 'x' || i,"
	    " 'need', hex(randomblob(100)), '', '', 1 FROM n",
	    ROWS);
	lab_query(&world.lab, out.bytes, &before);
	began_ms = clock_monotonic_ms();
	expect(backup(&world, world.copy, &out) == 0, "it failed");
	takes_us = (clock_monotonic_ms() - began_ms) * 1000;
	ask_copy(world.copy, "SELECT count(*) FROM tallies", &before);
	expect(strcmp(text_string(&before), "40000") == 0, "%s rows",
	    text_string(&before));
	for (int i = 0; i < KILLS; i++) {
		/* The helpline goes on meanwhile. */
		caller_text(&world.phone, i % 2 ? "1" : "MENU");
		killed += kill_command(&world, "backup", takes_us * i / KILLS);
		expect(caller_hear(&world.phone, &out, CALLER_WAIT_MS),
		    "nobody answers while a copy is made");
		expect(is_sound(world.copy), "kill %d spoilt the copy", i);
		ask_copy(world.copy, "SELECT count(*) FROM tallies", &out);
		expect(strcmp(text_string(&out), "40000") == 0,
		    "kill %d: %s rows", i, text_string(&out));
	}
	expect(killed >= KILLS / 2, "only %d were killed in time", killed);
	expect(backup(&world, world.copy, &out) == 0,
	    "what was left in the way stays there: %s", text_string(&out));
	expect(is_sound(world.copy), "the copy is not sound");
	text_free(&out);
	text_free(&before);
	close_world(&world);
}

/* -- putting one back ------------------------------------------------------- */

static void
what_may_have_gone_since_the_copy_is_unsure_and_not_sent_again(void)
{
	struct text out = { 0 };
	struct world world;
	char ref[16];

	open_world(&world);
	team_walk_to_request(&world.phone);
	team_read_ref(&world.lab, ref);
	(void)lab_stop(&world.lab, SIGTERM);
	/* Two that wait while the copy is made, and leave after it. */
	expect(RUN(&world.lab, NULL, NULL, "queue", "claim", ref) == 0 &&
		RUN(&world.lab, NULL, NULL, "queue", "reply", ref,
		    "bluebird. one") == 0 &&
		RUN(&world.lab, NULL, NULL, "queue", "reply", ref,
		    "bluebird. two") == 0,
	    "no replies");
	expect(backup(&world, world.copy, &out) == 0, "no copy");
	lab_start(&world.lab);
	caller_close(&world.phone);
	caller_open(&world.phone, &world.lab, CALLER_NUMBER);
	expect(caller_hear(&world.phone, &out, CALLER_WAIT_MS) &&
		caller_hear(&world.phone, &out, CALLER_WAIT_MS),
	    "they do not leave");
	(void)lab_stop(&world.lab, SIGTERM);
	expect(restore(&world, world.copy, &out) == 0, "not put back");
	expect(strstr(text_string(&out), "2 texts waited") != NULL,
	    "it does not tell of them: %s", text_string(&out));
	lab_start(&world.lab);
	caller_close(&world.phone);
	caller_open(&world.phone, &world.lab, CALLER_NUMBER);
	expect(!caller_hear(&world.phone, &out, 2000), "it is sent twice: %s",
	    text_string(&out));
	expect(lab_query_integer(&world.lab,
		   "SELECT count(*) FROM outbox WHERE state = 'unsure'") == 2,
	    "they are not marked");
	caller_expect(&world.phone, "MENU", "Work abroad");
	text_free(&out);
	close_world(&world);
}

static void
write_copy(const char *path, const char *bytes, size_t length)
{
	if (file_write(path, 0600, bytes, length) != DONE)
		lab_fail("cannot write %s", path);
}

static void
what_is_no_sound_copy_is_not_put_back(void)
{
	struct text out = { 0 };
	struct text content = { 0 };
	struct world world;
	sqlite3 *db = NULL;
	char key[140];

	open_world(&world);
	caller_expect(&world.phone, "hello", "Work abroad");
	expect(backup(&world, world.copy, &out) == 0, "no copy");
	expect(restore(&world, world.copy, &out) == 1, "under a running hub");
	(void)lab_stop(&world.lab, SIGTERM);
	/* A desk, or anybody else who has it open. */
	if (sqlite3_open(world.lab.store, &db) != SQLITE_OK ||
	    sqlite3_exec(db, "SELECT * FROM meta", NULL, NULL, NULL) !=
		SQLITE_OK)
		lab_fail("cannot open the store");
	expect(restore(&world, world.copy, &out) == 1, "under a desk");
	sqlite3_close(db);
	expect(restore(&world, "/nowhere.db", &out) == 1, "of nothing");
	expect(restore(&world, world.lab.store, &out) == 1, "of itself");
	/* Half of it, and one with its middle spoilt. */
	expect(file_read(world.copy, 1 << 28, &content) == DONE, "no copy");
	write_copy(world.copy, content.bytes, content.length / 2);
	expect(restore(&world, world.copy, &out) == 1, "of half a copy");
	memset(content.bytes + content.length / 3, 0x5a, 8192);
	write_copy(world.copy, content.bytes, content.length);
	expect(restore(&world, world.copy, &out) == 1, "of a spoilt copy");
	write_copy(world.copy, "", 0);
	expect(restore(&world, world.copy, &out) == 1, "of an empty file");
	/* Another helpline's. */
	snprintf(key, sizeof(key), "%s/h/box.key", world.lab.folder);
	expect(backup(&world, world.copy, &out) == 0, "no copy");
	write_copy(key, "another key of thirty-two bytes.", 32);
	expect(restore(&world, world.copy, &out) == 1, "with another box key");
	expect(
	    lab_query_integer(&world.lab, "SELECT count(*) FROM callers") == 1,
	    "the store was touched");
	text_free(&out);
	text_free(&content);
	world.lab.hub = -1;
	caller_close(&world.phone);
	lab_close(&world.lab);
}

static void
a_putting_back_that_is_killed_can_be_given_again(void)
{
	struct text out = { 0 };
	struct world world;
	int64_t began_ms, takes_us;
	int killed = 0;

	open_world(&world);
	caller_expect(&world.phone, "hello", "Work abroad");
	expect(backup(&world, world.copy, &out) == 0, "no copy");
	(void)lab_stop(&world.lab, SIGTERM);
	began_ms = clock_monotonic_ms();
	expect(restore(&world, world.copy, &out) == 0, "not put back");
	takes_us = (clock_monotonic_ms() - began_ms) * 1000;
	for (int i = 0; i < KILLS; i++) {
		killed +=
		    kill_command(&world, "restore", takes_us * (i + 1) / KILLS);
		expect(is_sound(world.copy), "kill %d spoilt the copy", i);
	}
	expect(killed >= KILLS / 2, "only %d were killed in time", killed);
	expect(restore(&world, world.copy, &out) == 0,
	    "what was left in the way stays there");
	lab_start(&world.lab);
	expect(
	    lab_query_integer(&world.lab, "SELECT count(*) FROM callers") == 1,
	    "it is not the copy");
	text_free(&out);
	close_world(&world);
}

static const struct proof proofs[] = {
	{ "a_copy_is_made_beside_a_running_hub_and_can_be_put_back",
	    a_copy_is_made_beside_a_running_hub_and_can_be_put_back },
	{ "what_cannot_be_a_copy_is_refused",
	    what_cannot_be_a_copy_is_refused },
	{ "a_copy_that_is_killed_leaves_the_one_before",
	    a_copy_that_is_killed_leaves_the_one_before },
	{ "what_may_have_gone_since_the_copy_is_unsure_and_not_sent_again",
	    what_may_have_gone_since_the_copy_is_unsure_and_not_sent_again },
	{ "what_is_no_sound_copy_is_not_put_back",
	    what_is_no_sound_copy_is_not_put_back },
	{ "a_putting_back_that_is_killed_can_be_given_again",
	    a_putting_back_that_is_killed_can_be_given_again },
};

int
main(int argc, char **argv)
{
	return (proof_run(proofs, COUNT_OF(proofs), argc, argv));
}
