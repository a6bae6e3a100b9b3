#include "store/store.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "store/schema.h"
#include "tests/store_fixture.h"

/* -- helpers ---------------------------------------------------------------- */

/* Runs SQL on the store's file behind its back. */
static void
tamper(const char *script)
{
	struct database *database;

	MUST(database_open(fixture_store_path, DATABASE_WRITE, &database));
	MUST(database_script(database, script));
	database_close(database);
}

static void
close_store(void)
{
	store_close(fixture_store);
	fixture_store = NULL;
}

static enum outcome
open_as(enum store_use use)
{
	return (
	    store_open(fixture_store_path, use, fixture_box, &fixture_store));
}

static mode_t
mode_of(const char *end)
{
	struct text path = { 0 };
	struct stat facts;

	text_printf(&path, "%s%s", fixture_store_path, end);
	ck_assert_int_eq(stat(path.bytes, &facts), 0);
	text_free(&path);
	return (facts.st_mode & 0777);
}

/* What a child process made of it; 100 when it did not end by itself. */
static int
verdict_of(pid_t child)
{
	int status = 0;

	ck_assert_int_eq(waitpid(child, &status, 0), child);
	return (WIFEXITED(status) ? WEXITSTATUS(status) : 100);
}

static int
put_walk(int n, size_t length)
{
	struct person person = person_of(n);
	char *walk = memory_new(length, 1);
	enum outcome outcome =
	    walks_put(fixture_store, &person.key, walk, length, 1);

	free(walk);
	return ((int)outcome);
}

/* -- making and opening ----------------------------------------------------- */

START_TEST(a_store_is_private_and_made_once)
{
	struct team_public team;

	ck_assert_uint_eq(mode_of(""), 0600);
	ck_assert_uint_eq(mode_of("-wal"), 0600);
	ck_assert_uint_eq(mode_of("-shm"), 0600);
	ck_assert_uint_eq(mode_of(".lock"), 0600);
	ck_assert_int_eq(
	    store_make(fixture_store_path, &fixture_team, fixture_box),
	    REFUSED);
	memset(&team, 0xa5, sizeof(team));
	MUST(store_team(fixture_store, &team));
	ck_assert_mem_eq(&team, &fixture_team, sizeof(team));
	ck_assert_ptr_eq(store_box_key(fixture_store), fixture_box);
	ck_assert_int_eq(store_make("/nonexistent/folder/waymark.db",
			     &fixture_team, fixture_box),
	    REFUSED);
}
END_TEST

START_TEST(a_store_others_could_read_is_made_private)
{
	close_store();
	ck_assert_int_eq(chmod(fixture_store_path, 0644), 0);
	MUST(open_as(STORE_DESK));
	ck_assert_uint_eq(mode_of(""), 0600);
}
END_TEST

START_TEST(a_missing_store_is_nothing)
{
	close_store();
	ck_assert_int_eq(unlink(fixture_store_path), 0);
	ck_assert_int_eq(open_as((enum store_use)_i), NOTHING);
	ck_assert_ptr_null(fixture_store);
}
END_TEST

START_TEST(a_store_of_a_newer_version_is_refused_and_untouched)
{
	struct database *database;
	int64_t version = 0;

	close_store();
	tamper("PRAGMA user_version = 99");
	ck_assert_int_eq(open_as((enum store_use)_i), REFUSED);
	MUST(database_open(fixture_store_path, DATABASE_READ, &database));
	MUST(database_integer(database, "PRAGMA user_version", &version));
	ck_assert_int_eq(version, 99);
	database_close(database);
}
END_TEST

START_TEST(a_file_that_is_no_store_of_ours_is_refused)
{
	int fd;

	close_store();
	if (_i == 0)
		tamper("PRAGMA application_id = 1");
	else {
		fd = open(fixture_store_path, O_WRONLY | O_TRUNC);
		ck_assert_int_ge(fd, 0);
		if (_i == 1)
			ck_assert_int_eq(
			    write(fd,
				"not a database at all, but"
				" a letter to somebody, long enough to be looked"
				" at as a header of one hundred bytes .......",
				100),
			    100);
		close(fd);
	}
	ck_assert_int_eq(open_as(STORE_HUB), REFUSED);
	ck_assert_int_eq(open_as(STORE_READ), REFUSED);
}
END_TEST

START_TEST(a_damaged_store_is_refused)
{
	char junk[4096];
	int fd;

	close_store();
	memset(junk, 0x5a, sizeof(junk));
	fd = open(fixture_store_path, O_RDWR);
	ck_assert_int_ge(fd, 0);
	if (_i == 0) /* cut short */
		ck_assert_int_eq(ftruncate(fd, 8192), 0);
	else /* pages overwritten, all but the first */
		for (off_t at = 4096; at < lseek(fd, 0, SEEK_END); at += 4096)
			ck_assert_int_eq(pwrite(fd, junk, 4096, at), 4096);
	close(fd);
	ck_assert_int_eq(open_as(STORE_HUB), REFUSED);
	ck_assert_ptr_null(fixture_store);
}
END_TEST

START_TEST(another_box_key_is_refused)
{
	char *path = file_path(fixture_folder, "other.key");
	struct box_key *other;

	close_store();
	MUST(box_key_make(path));
	MUST(box_key_open(path, &other));
	ck_assert_int_eq(
	    store_open(fixture_store_path, STORE_HUB, other, &fixture_store),
	    REFUSED);
	MUST(store_open(fixture_store_path, STORE_READ, NULL, &fixture_store));
	box_key_close(other);
	free(path);
}
END_TEST

START_TEST(a_second_hub_is_refused_and_a_killed_one_leaves_nothing)
{
	pid_t child;

	close_store();
	child = fork();
	if (child == 0) {
		if (open_as(STORE_HUB) == DONE)
			raise(SIGKILL);
		_exit(1);
	}
	ck_assert_int_eq(verdict_of(child), 100);
	MUST(open_as(STORE_HUB));
	ck_assert_int_eq(store_was_clean(fixture_store), 0);
	child = fork();
	if (child == 0) {
		struct store *second = NULL;
		enum outcome hub = store_open(
		    fixture_store_path, STORE_HUB, fixture_box, &second);
		enum outcome desk = store_open(
		    fixture_store_path, STORE_DESK, fixture_box, &second);

		_exit(hub == REFUSED && desk == DONE ? 0 : 1);
	}
	ck_assert_int_eq(verdict_of(child), 0);
}
END_TEST

START_TEST(a_clean_end_is_told_from_a_crash)
{
	fixture_reopen();
	ck_assert_int_eq(store_was_clean(fixture_store), 0);
	MUST(store_mark_clean(fixture_store));
	fixture_reopen();
	ck_assert_int_eq(store_was_clean(fixture_store), 1);
	fixture_reopen();
	ck_assert_int_eq(store_was_clean(fixture_store), 0);
}
END_TEST

START_TEST(a_folder_that_cannot_be_written_is_refused_or_tried_later)
{
	pid_t child;

	close_store();
	ck_assert_int_eq(chmod(fixture_folder, 0555), 0);
	child = fork();
	if (child == 0) {
		enum outcome made, opened;

		if (geteuid() == 0 && setuid(65534) != 0)
			_exit(2);
		made =
		    store_make("/proc/waymark.db", &fixture_team, fixture_box);
		opened = open_as(STORE_HUB);
		_exit(made == REFUSED && opened != DONE ? 0 : 1);
	}
	ck_assert_int_eq(verdict_of(child), 0);
	ck_assert_int_eq(chmod(fixture_folder, 0755), 0);
}
END_TEST

/* -- versions --------------------------------------------------------------- */

static const char *const step_1[] = { "CREATE TABLE a (x INTEGER) STRICT;\n",
	"PRAGMA user_version = 1;\n", NULL };
static const char *const step_2[] = { "ALTER TABLE a ADD COLUMN y INTEGER;\n",
	"PRAGMA user_version = 2;\n", NULL };
static const char *const step_wrong[] = { "PRAGMA user_version = 3;\n",
	"CREATE TABLE b (x INTEGER) STRICT;\n", "CREATE NONSENSE;\n", NULL };
static const char *const step_forgetful[] = {
	"CREATE TABLE c (x INTEGER) STRICT;\n", NULL
};

START_TEST(each_version_is_one_transaction)
{
	static const struct schema steps[] = { { step_1 }, { step_2 },
		{ step_wrong } };
	static const struct schema forgetful[] = { { step_1 }, { step_2 },
		{ step_forgetful } };
	char *path = file_path(fixture_folder, "ladder.db");
	struct database *database;
	int64_t version = 0, tables = 0;
	int fd = open(path, O_RDWR | O_CREAT, 0600);

	ck_assert_int_ge(fd, 0);
	close(fd);
	MUST(database_open(path, DATABASE_MAKE, &database));
	MUST(schema_upgrade(database, steps, 1));
	MUST(schema_upgrade(database, steps, 2));
	MUST(schema_upgrade(database, steps, 2));
	ck_assert_int_eq(schema_upgrade(database, steps, 3), BROKEN);
	ck_assert_int_eq(schema_upgrade(database, forgetful, 3), BROKEN);
	ck_assert_int_eq(schema_upgrade(database, steps, 1), REFUSED);
	MUST(database_integer(database, "PRAGMA user_version", &version));
	ck_assert_int_eq(version, 2);
	MUST(database_integer(
	    database, "SELECT count(*) FROM sqlite_schema", &tables));
	ck_assert_int_eq(tables, 1);
	database_close(database);
	free(path);
}
END_TEST

/* The schema as text, without what SQLite adds by itself. */
static void
read_schema(const char *path, struct text *schema)
{
	struct database *database;

	MUST(database_open(path, DATABASE_READ, &database));
	MUST(database_text(database,
	    "SELECT group_concat(sql, char(10)) FROM (SELECT sql FROM"
	    " sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name)",
	    schema));
	database_close(database);
}

START_TEST(a_store_of_every_released_version_becomes_like_a_new_one)
{
	struct text script = { 0 }, schema = { 0 }, fresh = { 0 };
	char *old_path = file_path(fixture_folder, "old.db");
	char *key_path = file_path(fixture_folder, "old.key");
	struct database *database;
	struct store *old = NULL;
	struct box_key *key;
	struct request request;
	struct request_event *events;
	struct person person;
	struct number number;
	struct journal_row row;
	size_t count;
	unsigned char key_bytes[32];
	int fd;

	for (size_t i = 0; i < sizeof(key_bytes); i++)
		key_bytes[i] = (unsigned char)i;
	MUST(file_write(key_path, 0600, key_bytes, sizeof(key_bytes)));
	MUST(box_key_open(key_path, &key));
	MUST(file_read(
	    SOURCE_TREE "/tests/data/store-v1.sql", 1 << 20, &script));
	fd = open(old_path, O_RDWR | O_CREAT, 0600);
	ck_assert_int_ge(fd, 0);
	close(fd);
	MUST(database_open(old_path, DATABASE_MAKE, &database));
	MUST(database_script(database, script.bytes));
	database_close(database);

	MUST(store_open(old_path, STORE_HUB, key, &old));
	read_schema(old_path, &schema);
	read_schema(fixture_store_path, &fresh);
	ck_assert_str_eq(schema.bytes, fresh.bytes);

	memset(&person, 0, sizeof(person));
	memcpy(person.number.e164, "+9779800000001", 15);
	seal_caller_key(key, &person.number, &person.key);
	MUST(callers_number(old, &person.key, &number));
	ck_assert_str_eq(number.e164, "+9779800000001");
	MUST(journal_next_waiting(old, 5000, &row));
	ck_assert_str_eq(text_string(&row.text), "a text that waits");
	MUST(requests_find(old, "KM7P4", &request));
	ck_assert_int_eq(request.state, REQUEST_OPEN);
	MUST(requests_events(old, request.id, &events, &count));
	ck_assert_uint_eq(count, 1);
	ck_assert_str_eq(events[0].what, "opened");
	free(events);
	journal_row_free(&row);
	store_close(old);
	box_key_close(key);
	text_free(&script);
	text_free(&schema);
	text_free(&fresh);
	free(old_path);
	free(key_path);
}
END_TEST

/* -- transactions ----------------------------------------------------------- */

START_TEST(a_write_outside_of_a_transaction_does_not_happen)
{
	ck_assert_int_eq(put_walk(1, 10), BROKEN);
	ck_assert_int_eq(store_commit(fixture_store), BROKEN);
	ck_assert_int_eq(store_savepoint(fixture_store), BROKEN);
	store_rollback(fixture_store);
	MUST(store_begin(fixture_store));
	ck_assert_int_eq(store_begin(fixture_store), BROKEN);
	ck_assert_int_eq(put_walk(1, 10), DONE);
}
END_TEST

START_TEST(a_savepoint_takes_back_one_arrival_only)
{
	struct person one = person_of(1), two = person_of(2);
	struct text walk = { 0 };

	MUST(store_begin(fixture_store));
	MUST(store_savepoint(fixture_store));
	ck_assert_int_eq(store_savepoint(fixture_store), BROKEN);
	ck_assert_int_eq(put_walk(1, 10), DONE);
	MUST(store_savepoint_release(fixture_store));
	MUST(store_savepoint(fixture_store));
	ck_assert_int_eq(put_walk(2, 10), DONE);
	store_savepoint_rollback(fixture_store);
	MUST(store_commit(fixture_store));
	fixture_reopen();
	MUST(walks_get(fixture_store, &one.key, &walk));
	ck_assert_int_eq(walks_get(fixture_store, &two.key, &walk), NOTHING);
	text_free(&walk);
}
END_TEST

START_TEST(what_was_not_committed_is_gone_after_a_crash)
{
	struct person one = person_of(1), two = person_of(2);
	struct text walk = { 0 };
	pid_t child;

	close_store();
	child = fork();
	if (child == 0) {
		if (open_as(STORE_HUB) != DONE ||
		    store_begin(fixture_store) != DONE ||
		    put_walk(1, 10) != DONE ||
		    store_commit(fixture_store) != DONE ||
		    store_begin(fixture_store) != DONE ||
		    put_walk(2, 10) != DONE)
			_exit(1);
		raise(SIGKILL);
	}
	ck_assert_int_eq(verdict_of(child), 100);
	MUST(open_as(STORE_HUB));
	MUST(walks_get(fixture_store, &one.key, &walk));
	ck_assert_int_eq(walks_get(fixture_store, &two.key, &walk), NOTHING);
	text_free(&walk);
}
END_TEST

START_TEST(a_desk_beside_a_hub_sees_and_writes)
{
	struct store *desk = NULL, *reader = NULL;
	struct person person = person_of(1);
	struct text walk = { 0 };

	MUST(store_open(fixture_store_path, STORE_DESK, fixture_box, &desk));
	MUST(store_open(fixture_store_path, STORE_READ, NULL, &reader));
	MUST(store_begin(desk));
	MUST(walks_put(desk, &person.key, "w", 1, 1));
	MUST(store_commit(desk));
	MUST(walks_get(fixture_store, &person.key, &walk));
	ck_assert_int_eq(store_mark_clean(reader), TRY_LATER);
	store_close(desk);
	store_close(reader);
	text_free(&walk);
}
END_TEST

/* A child whose files may not grow: 0 when it met TRY_LATER, went on to
 * nothing by halves, and works again with room. */
static int
live_on_a_full_disk(void)
{
	struct rlimit small = { 400 * 1024, RLIM_INFINITY };
	struct rlimit large = { RLIM_INFINITY, RLIM_INFINITY };
	int outcome = DONE;

	signal(SIGXFSZ, SIG_IGN);
	if (open_as(STORE_HUB) != DONE || setrlimit(RLIMIT_FSIZE, &small) != 0)
		return (1);
	for (int i = 0; i < 100 && outcome == DONE; i++) {
		outcome = (int)store_begin(fixture_store);
		for (int n = 0; n < 8 && outcome == DONE; n++)
			outcome = put_walk(100 + 8 * i + n, 3000);
		if (outcome == DONE)
			outcome = (int)store_commit(fixture_store);
	}
	if (outcome != TRY_LATER)
		return (2);
	store_rollback(fixture_store);
	if (store_begin(fixture_store) == DONE) {
		outcome = put_walk(1, 300000);
		if (outcome == DONE)
			outcome = (int)store_commit(fixture_store);
		store_rollback(fixture_store);
		if (outcome != TRY_LATER)
			return (3);
	}
	if (setrlimit(RLIMIT_FSIZE, &large) != 0 ||
	    store_begin(fixture_store) != DONE || put_walk(1, 100) != DONE ||
	    store_commit(fixture_store) != DONE)
		return (4);
	return (0);
}

START_TEST(a_full_disk_is_tried_later_and_service_returns_by_itself)
{
	struct person person = person_of(1);
	struct text walk = { 0 };
	pid_t child;

	close_store();
	child = fork();
	if (child == 0)
		_exit(live_on_a_full_disk());
	ck_assert_int_eq(verdict_of(child), 0);
	MUST(open_as(STORE_HUB));
	MUST(walks_get(fixture_store, &person.key, &walk));
	ck_assert_uint_eq(walk.length, 100);
	text_free(&walk);
}
END_TEST

/* -- epochs ----------------------------------------------------------------- */

START_TEST(every_epoch_opens_what_it_sealed)
{
	struct text first = { 0 }, second = { 0 }, plain = { 0 };
	int64_t epoch = store_epoch(fixture_store);

	ck_assert_int_eq(store_epoch_began_utc_s(fixture_store), 1000);
	store_seal(fixture_store, SEAL_ANSWERS, "one", 3, &first);
	fixture_begin_epoch(2000);
	ck_assert_int_ne(store_epoch(fixture_store), epoch);
	ck_assert_int_eq(store_epoch_began_utc_s(fixture_store), 2000);
	store_seal(fixture_store, SEAL_ANSWERS, "two", 3, &second);
	ck_assert_int_eq(store_unseal(fixture_store, fixture_secret, epoch,
			     SEAL_ANSWERS, second.bytes, second.length, &plain),
	    REFUSED);
	ck_assert_int_eq(store_unseal(fixture_store, fixture_secret, 999,
			     SEAL_ANSWERS, first.bytes, first.length, &plain),
	    NOTHING);
	MUST(store_unseal(fixture_store, fixture_secret, epoch, SEAL_ANSWERS,
	    first.bytes, first.length, &plain));
	MUST(store_unseal(fixture_store, fixture_secret,
	    store_epoch(fixture_store), SEAL_ANSWERS, second.bytes,
	    second.length, &plain));
	ck_assert_str_eq(plain.bytes, "onetwo");
	text_free(&first);
	text_free(&second);
	text_free(&plain);
}
END_TEST

START_TEST(an_epoch_that_was_rolled_back_seals_nothing)
{
	struct text sealed = { 0 }, plain = { 0 };
	int64_t epoch = store_epoch(fixture_store);

	MUST(store_begin(fixture_store));
	MUST(store_begin_epoch(fixture_store, 2000));
	ck_assert_int_ne(store_epoch(fixture_store), epoch);
	ck_assert_int_eq(store_begin_epoch(fixture_store, 2000), BROKEN);
	store_rollback(fixture_store);
	ck_assert_int_eq(store_epoch(fixture_store), epoch);
	store_seal(fixture_store, SEAL_ANSWERS, "one", 3, &sealed);
	MUST(store_unseal(fixture_store, fixture_secret, epoch, SEAL_ANSWERS,
	    sealed.bytes, sealed.length, &plain));
	text_free(&sealed);
	text_free(&plain);
}
END_TEST

static Suite *
suite_of_store(void)
{
	Suite *suite = suite_create("store");
	TCase *tests = tcase_create("store");

	tcase_add_checked_fixture(tests, fixture_open, fixture_close);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, a_store_is_private_and_made_once);
	tcase_add_test(tests, a_store_others_could_read_is_made_private);
	tcase_add_loop_test(tests, a_missing_store_is_nothing, 0, 3);
	tcase_add_loop_test(
	    tests, a_store_of_a_newer_version_is_refused_and_untouched, 0, 3);
	tcase_add_loop_test(
	    tests, a_file_that_is_no_store_of_ours_is_refused, 0, 3);
	tcase_add_loop_test(tests, a_damaged_store_is_refused, 0, 2);
	tcase_add_test(tests, another_box_key_is_refused);
	tcase_add_test(
	    tests, a_second_hub_is_refused_and_a_killed_one_leaves_nothing);
	tcase_add_test(tests, a_clean_end_is_told_from_a_crash);
	tcase_add_test(
	    tests, a_folder_that_cannot_be_written_is_refused_or_tried_later);
	tcase_add_test(tests, each_version_is_one_transaction);
	tcase_add_test(
	    tests, a_store_of_every_released_version_becomes_like_a_new_one);
	tcase_add_test(tests, a_write_outside_of_a_transaction_does_not_happen);
	tcase_add_test(tests, a_savepoint_takes_back_one_arrival_only);
	tcase_add_test(tests, what_was_not_committed_is_gone_after_a_crash);
	tcase_add_test(tests, a_desk_beside_a_hub_sees_and_writes);
	tcase_add_test(
	    tests, a_full_disk_is_tried_later_and_service_returns_by_itself);
	tcase_add_test(tests, every_epoch_opens_what_it_sealed);
	tcase_add_test(tests, an_epoch_that_was_rolled_back_seals_nothing);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_store);
