/* Making and opening a store: files, pragmas, version, keys, locks. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/file.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "store/schema.h"
#include "store/store_parts.h"

enum { PRIVATE_MODE = S_IRUSR | S_IWUSR };

/* Only before the first table.  4096 is the block of the file systems below,
 * and a walk fits a page; 1024 was measured: less to write, more to compute. */
static const struct pragma pragmas_when_made[] = {
	{ "PRAGMA page_size = 4096", "PRAGMA page_size", "4096" },
};

/* An unknown pragma is obeyed as nothing, so each is read back. */
static const struct pragma pragmas[] = {
	{ "PRAGMA journal_mode = WAL", "PRAGMA journal_mode", "wal" },
	{ "PRAGMA synchronous = FULL", "PRAGMA synchronous", "2" },
	{ "PRAGMA foreign_keys = ON", "PRAGMA foreign_keys", "1" },
	{ "PRAGMA secure_delete = ON", "PRAGMA secure_delete", "1" },
	{ "PRAGMA cell_size_check = ON", "PRAGMA cell_size_check", "1" },
	{ "PRAGMA trusted_schema = OFF", "PRAGMA trusted_schema", "0" },
	{ "", "PRAGMA busy_timeout", "5000" },
	/* Sorting must not leave anybody's rows in /tmp. */
	{ "PRAGMA temp_store = MEMORY", "PRAGMA temp_store", "2" },
	/* 2 MiB of cache was measured to be enough for a million callers. */
	{ "PRAGMA cache_size = -2048", "PRAGMA cache_size", "-2048" },
	/* The log goes into the file when the helpline is quiet, and under load
	 * every 4 MiB.  It is then written over from its beginning, which was
	 * measured to cost the disk half of what a log that grows does; and
	 * what moves then is little enough for nobody to wait for it: every
	 * 40 MiB, one step of USSD in a hundred took 12 to 14 ms, not 5 to 9.
	 * A burst leaves no large file behind. */
	{ "PRAGMA wal_autocheckpoint = 1000", "PRAGMA wal_autocheckpoint",
	    "1000" },
	{ "PRAGMA journal_size_limit = 10485760", "PRAGMA journal_size_limit",
	    "10485760" },
};

enum sql { SQL_WRITE_META, SQL_READ_META, SQL_SET_CLEAN, SQL_COUNT };

static const char *const sql_text[] = {
	[SQL_WRITE_META] =
	    "INSERT INTO meta (only_row, team_public, box_fingerprint,"
	    " created_on, is_clean)"
	    " VALUES (1, :team, :fingerprint, :today, 1)",
	[SQL_READ_META] =
	    ("SELECT team_public, box_fingerprint, is_clean FROM meta"
	     " WHERE only_row = 1"),
	[SQL_SET_CLEAN] =
	    "UPDATE meta SET is_clean = :is_clean WHERE only_row = 1",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_STORE, SQL_COUNT, sql_text };

/* -- making ----------------------------------------------------------------- */

static void
remove_files(const char *path)
{
	static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
	struct text name = { 0 };

	for (size_t i = 0; i < COUNT_OF(ends); i++) {
		text_cut(&name, 0);
		text_printf(&name, "%s%s", path, ends[i]);
		unlink(name.bytes);
	}
	text_free(&name);
}

MUST_USE static enum outcome
write_meta(struct database *database, const struct team_public *team,
    const struct box_key *box)
{
	struct clock_text today = clock_date(clock_utc_s());
	unsigned char fingerprint[8];
	struct query query;
	enum outcome outcome = database_begin(database);

	if (outcome != DONE)
		return (outcome);
	box_key_fingerprint(box, fingerprint);
	query = query_of(database, &sql, SQL_WRITE_META);
	query_bytes(&query, ":team", team->bytes, sizeof(team->bytes));
	query_bytes(&query, ":fingerprint", fingerprint, sizeof(fingerprint));
	query_text(&query, ":today", today.text);
	outcome = query_move(&query);
	if (outcome != DONE) {
		database_rollback(database);
		return (outcome);
	}
	return (database_commit(database));
}

MUST_USE static enum outcome
fill(
    const char *path, const struct team_public *team, const struct box_key *box)
{
	struct database *database = NULL;
	enum outcome outcome = database_open(path, DATABASE_MAKE, &database);

	if (outcome == DONE)
		outcome = database_set(
		    database, pragmas_when_made, COUNT_OF(pragmas_when_made));
	if (outcome == DONE)
		outcome = database_set(database, pragmas, COUNT_OF(pragmas));
	if (outcome == DONE)
		outcome = schema_upgrade(database, schemas, schema_count);
	if (outcome == DONE)
		outcome = write_meta(database, team, box);
	/* Only the file itself is moved into place. */
	if (outcome == DONE)
		outcome = database_empty_log(database);
	database_close(database);
	return (outcome);
}

enum outcome
store_make(
    const char *path, const struct team_public *team, const struct box_key *box)
{
	struct text new_path = { 0 };
	enum outcome outcome = REFUSED;
	int fd;

	/* Made under another name and linked when it is whole, so that a crash
	 * leaves no half store and an old store is never touched. */
	text_printf(&new_path, "%s.new", path);
	if (access(path, F_OK) == 0) {
		log_err("there is a file '%s' already", path);
		goto out;
	}
	remove_files(new_path.bytes);
	fd = open(new_path.bytes, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC,
	    PRIVATE_MODE);
	if (fd < 0 || fchmod(fd, PRIVATE_MODE) != 0) {
		log_err("cannot make store '%s': %s", path, strerror(errno));
		if (fd >= 0)
			close(fd);
		goto out;
	}
	close(fd);
	if (fill(new_path.bytes, team, box) != DONE) {
		log_err("cannot make store '%s'", path);
	} else if (link(new_path.bytes, path) != 0 ||
	    file_sync_folder(path) != 0) {
		log_err("cannot make store '%s': %s", path, strerror(errno));
	} else {
		outcome = DONE;
	}
	remove_files(new_path.bytes);
out:
	text_free(&new_path);
	return (outcome);
}

/* -- opening ---------------------------------------------------------------- */

/* Takes from others what they may not read; `path` may be missing.  By name
 * and not by a descriptor, since closing one would drop SQLite's locks of
 * another connection in this process. */
MUST_USE static enum outcome
make_private(const char *path, const char *end)
{
	struct text name = { 0 };
	struct stat facts;
	enum outcome outcome = DONE;

	text_printf(&name, "%s%s", path, end);
	if (stat(name.bytes, &facts) != 0) {
		outcome = errno == ENOENT ? NOTHING : REFUSED;
	} else if (!S_ISREG(facts.st_mode)) {
		errno = EINVAL;
		outcome = REFUSED;
	} else if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
		log_warning(
		    "others could read '%s'; that is over now", name.bytes);
		if (chmod(name.bytes, PRIVATE_MODE) != 0)
			outcome = REFUSED;
	}
	if (outcome == REFUSED)
		log_err("cannot use '%s': %s", name.bytes, strerror(errno));
	text_free(&name);
	return (outcome);
}

MUST_USE static enum outcome
check_files(const char *path, enum store_use use)
{
	enum outcome outcome;

	if (use == STORE_READ)
		outcome = access(path, F_OK) == 0 ? DONE : NOTHING;
	else
		outcome = make_private(path, "");
	if (outcome == NOTHING)
		log_err("there is no store '%s': make one with `waymark"
			" setup`",
		    path);
	if (outcome != DONE || use == STORE_READ)
		return (outcome);
	if (make_private(path, "-wal") == REFUSED ||
	    make_private(path, "-shm") == REFUSED)
		return (REFUSED);
	return (DONE);
}

/* Whether the file is a store, and of which version, before anything in it
 * is touched. */
MUST_USE static enum outcome
check_version(struct database *database, const char *path, enum store_use use)
{
	int64_t application = 0, version = 0;
	enum outcome outcome =
	    database_integer(database, "PRAGMA application_id", &application);

	if (outcome == DONE)
		outcome =
		    database_integer(database, "PRAGMA user_version", &version);
	if (outcome == TRY_LATER)
		return (TRY_LATER);
	if (outcome != DONE || application != SCHEMA_APPLICATION_ID ||
	    version < 1) {
		log_err("'%s' is not a store of waymark's, or is damaged:"
			" check the path, or put a copy back with"
			" `waymark restore`",
		    path);
		return (REFUSED);
	}
	if (version > store_version()) {
		log_err("store '%s' has version %lld and was written by a"
			" newer waymark; this one knows versions up to %d:"
			" install the newer waymark again",
		    path, (long long)version, store_version());
		return (REFUSED);
	}
	/* Only the hub upgrades: a newer desk must not pull the store away
	 * from under an older hub that runs. */
	if (version < store_version() && use != STORE_HUB) {
		log_err("store '%s' has the older version %lld: start"
			" `waymark serve` once, it upgrades it",
		    path, (long long)version);
		return (REFUSED);
	}
	return (DONE);
}

MUST_USE static enum outcome
read_meta(struct store *store, const char *path)
{
	struct query query = query_of(store->database, &sql, SQL_READ_META);
	unsigned char fingerprint[8];
	const void *kept;
	size_t team_length, kept_length;
	enum outcome outcome = query_next(&query);

	if (outcome != DONE)
		return (outcome == TRY_LATER ? TRY_LATER : REFUSED);
	(void)query_get_bytes(&query, 0, &team_length);
	kept = query_get_bytes(&query, 1, &kept_length);
	store->was_clean = (int)query_get_integer(&query, 2);
	if (team_length != sizeof(struct team_public) ||
	    kept_length != sizeof(fingerprint)) {
		outcome = REFUSED;
		goto out;
	}
	if (store->box != NULL) {
		box_key_fingerprint(store->box, fingerprint);
		if (memcmp(fingerprint, kept, sizeof(fingerprint)) != 0) {
			log_err("store '%s' was made with another box key:"
				" set keys.box to that one",
			    path);
			outcome = REFUSED;
		}
	}
out:
	query_end(&query);
	return (outcome);
}

MUST_USE static enum outcome
set_clean(struct store *store, int is_clean)
{
	struct query query;
	enum outcome outcome = store_begin(store);

	if (outcome != DONE)
		return (outcome);
	query = query_of(store->database, &sql, SQL_SET_CLEAN);
	query_integer(&query, ":is_clean", is_clean);
	outcome = query_move(&query);
	if (outcome != DONE) {
		store_rollback(store);
		return (outcome == NOTHING ? BROKEN : outcome);
	}
	return (store_commit(store));
}

enum outcome
store_mark_clean(struct store *store)
{
	return (set_clean(store, 1));
}

/* After a power cut the file is looked through before the hub trusts it. */
MUST_USE static enum outcome
look_through(struct store *store, const char *path)
{
	struct text verdict = { 0 };
	enum outcome outcome = DONE;

	if (!store->was_clean)
		outcome = database_text(
		    store->database, "PRAGMA quick_check(1)", &verdict);
	if (outcome == DONE && !store->was_clean &&
	    strcmp(text_string(&verdict), "ok") != 0)
		outcome = BROKEN;
	text_free(&verdict);
	if (outcome == DONE)
		outcome = set_clean(store, 0);
	if (outcome == BROKEN)
		log_err("store '%s' is damaged: put a copy back with"
			" `waymark restore`",
		    path);
	return (outcome == BROKEN ? REFUSED : outcome);
}

MUST_USE static enum outcome
open_database(struct store *store, const char *path)
{
	enum outcome outcome = database_open(path,
	    store->use == STORE_READ ? DATABASE_READ : DATABASE_WRITE,
	    &store->database);

	if (outcome == DONE)
		outcome = check_version(store->database, path, store->use);
	if (outcome == DONE)
		outcome =
		    database_set(store->database, pragmas, COUNT_OF(pragmas));
	if (outcome == DONE && store->use == STORE_HUB)
		outcome =
		    schema_upgrade(store->database, schemas, schema_count);
	if (outcome == DONE)
		outcome = read_meta(store, path);
	if (outcome == DONE && store->use == STORE_HUB)
		outcome = look_through(store, path);
	return (outcome == TRY_LATER || outcome == DONE ? outcome : REFUSED);
}

enum outcome
store_open(const char *path, enum store_use use, const struct box_key *box,
    struct store **store_r)
{
	struct store *store;
	enum outcome outcome;

	if (box == NULL && use != STORE_READ) {
		log_err("a store is opened without a box key");
		abort();
	}
	outcome = check_files(path, use);
	if (outcome != DONE)
		return (outcome);
	store = memory_new(1, sizeof(*store));
	store->use = use;
	store->box = box;
	store->lock_fd = -1;
	if (use == STORE_HUB)
		outcome = store_lock(path, &store->lock_fd);
	if (outcome == DONE)
		outcome = open_database(store, path);
	if (outcome != DONE) {
		store_close(store);
		return (outcome);
	}
	*store_r = store;
	return (DONE);
}

void
store_close(struct store *store)
{
	if (store == NULL)
		return;
	if (store->database != NULL)
		store_rollback(store);
	database_close(store->database);
	if (store->epoch.key != NULL)
		epoch_key_close(store->epoch.key);
	if (store->lock_fd >= 0)
		close(store->lock_fd);
	free(store);
}
