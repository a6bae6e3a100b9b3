#include "store/restore.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/file.h"
#include "gateway/base/log.h"
#include "store/backup.h"
#include "store/store_parts.h"

/* Under this name until it takes the store's. */
#define NEW ".restored"

enum sql { SQL_DOUBT, SQL_NEWEST, SQL_COUNT };

static const char *const sql_text[] = {
	[SQL_DOUBT] = "UPDATE outbox SET state = 'sending', held = ''"
		      " WHERE state = 'queued'",
	[SQL_NEWEST] =
	    ("SELECT max(coalesce((SELECT max(arrived_utc_s) FROM journal), 0),"
	     " coalesce((SELECT max(at_utc_s) FROM audit), 0))"),
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_RESTORE, SQL_COUNT, sql_text };

/* A store in WAL mode is these files. */
static const char *const parts[] = { "", "-wal", "-shm" };

void
restored_free(struct restored *restored)
{
	text_free(&restored->before);
}

/* Whether any process has the file open as a database: every connection to one
 * in WAL mode holds a shared lock on it (SQLite's file format, "file locking
 * and concurrency", SHARED_FIRST and SHARED_SIZE of os.h). */
static int
is_open_elsewhere(const char *path)
{
	enum { SHARED_FIRST = 0x40000002, SHARED_SIZE = 510 };
	struct flock lock = { .l_type = F_WRLCK,
		.l_whence = SEEK_SET,
		.l_start = SHARED_FIRST,
		.l_len = SHARED_SIZE };
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int is_open = 0;

	if (fd < 0)
		return (0);
	is_open = fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
	close(fd);
	return (is_open);
}

static void
remove_new(const char *new_path)
{
	static const char *const rests[] = { "", "-wal", "-shm", ".lock",
		".part" };

	for (size_t i = 0; i < COUNT_OF(rests); i++) {
		struct text name = { 0 };

		text_printf(&name, "%s%s", new_path, rests[i]);
		unlink(name.bytes);
		text_free(&name);
	}
}

/* -- the new store ------------------------------------------------------------- */

MUST_USE static enum outcome
doubt(struct store *store, struct restored *restored)
{
	struct query query;
	enum outcome outcome = store_begin(store);

	if (outcome == DONE) {
		query = query_of(store->database, &sql, SQL_DOUBT);
		outcome = query_run(&query, &restored->in_doubt);
	}
	if (outcome == NOTHING)
		outcome = DONE;
	if (outcome == DONE)
		outcome = store_commit(store);
	if (outcome != DONE)
		store_rollback(store);
	return (outcome);
}

MUST_USE static enum outcome
find_newest(struct store *store, struct restored *restored)
{
	struct query query = query_of(store->database, &sql, SQL_NEWEST);
	enum outcome outcome = query_next(&query);

	if (outcome != DONE)
		return (outcome);
	restored->newest_utc_s = query_get_integer(&query, 0);
	query_end(&query);
	return (DONE);
}

/* As the hub will open it. */
MUST_USE static enum outcome
make_ready(
    const char *new_path, const struct box_key *box, struct restored *restored)
{
	struct store *store = NULL;
	enum outcome outcome = store_open(new_path, STORE_HUB, box, &store);

	if (outcome != DONE)
		return (outcome);
	outcome = find_newest(store, restored);
	if (outcome == DONE)
		outcome = doubt(store, restored);
	if (outcome == DONE)
		outcome = store_empty_log(store);
	store_close(store);
	return (outcome);
}

static enum restore_end
make_new(const char *copy, const char *new_path, const struct box_key *box,
    struct restored *restored)
{
	enum outcome outcome;

	remove_new(new_path);
	switch (store_backup(copy, new_path)) {
	case BACKUP_MADE:
		break;
	case BACKUP_UNSOUND:
		return (RESTORE_UNSOUND);
	case BACKUP_IS_STORE:
	case BACKUP_IS_RUNNING:
	case BACKUP_NO_FILE:
	case BACKUP_FAILED:
		return (RESTORE_FAILED);
	}
	outcome = make_ready(new_path, box, restored);
	if (outcome == DONE)
		return (RESTORE_DONE);
	return (outcome == TRY_LATER ? RESTORE_FAILED : RESTORE_UNSOUND);
}

/* -- in its place -------------------------------------------------------------- */

/* "waymark.db.before-2026-11-22-1405", or with a number behind it. */
static void
name_before(const char *path, struct text *before)
{
	struct clock_text now = clock_date_time(clock_utc_s());
	struct text stem = { 0 };

	text_printf(&stem, "%s.before-%s", path, now.text);
	for (char *c = stem.bytes; *c != '\0'; c++) {
		if (*c == ' ' || *c == ':')
			*c = '-';
	}
	text_add(before, stem.bytes);
	for (int i = 2; access(before->bytes, F_OK) == 0; i++) {
		text_clear(before);
		text_printf(before, "%s-%d", stem.bytes, i);
	}
	text_free(&stem);
}

static int
move(const char *from, const char *to, const char *part)
{
	struct text old = { 0 };
	struct text new = { 0 };
	int is_done;

	text_printf(&old, "%s%s", from, part);
	text_printf(&new, "%s%s", to, part);
	is_done = rename(old.bytes, new.bytes) == 0 || errno == ENOENT;
	if (!is_done)
		log_err("cannot move '%s' to '%s': %s", old.bytes, new.bytes,
		    strerror(errno));
	text_free(&old);
	text_free(&new);
	return (is_done);
}

static int
is_any_there(const char *path)
{
	int is_there = 0;

	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		struct text name = { 0 };

		text_printf(&name, "%s%s", path, parts[i]);
		is_there |= access(name.bytes, F_OK) == 0;
		text_free(&name);
	}
	return (is_there);
}

/* All of the old one goes first: a log that stayed would be taken for the new
 * one's. */
static enum restore_end
swap(const char *new_path, const char *path, struct restored *restored)
{
	int is_done = 1;

	if (is_any_there(path))
		name_before(path, &restored->before);
	for (size_t i = 0;
	     i < COUNT_OF(parts) && is_done && restored->before.length > 0; i++)
		is_done = move(path, restored->before.bytes, parts[i]);
	is_done =
	    is_done && move(new_path, path, "") && file_sync_folder(path) == 0;
	return (is_done ? RESTORE_DONE : RESTORE_FAILED);
}

enum restore_end
store_restore(const char *copy, const char *path, const struct box_key *box,
    struct restored *restored_r)
{
	struct text new_path = { 0 };
	struct stat a, b;
	enum restore_end end;
	int lock_fd = -1;

	*restored_r = (struct restored){ 0 };
	if (stat(copy, &a) != 0 || !S_ISREG(a.st_mode))
		return (RESTORE_NO_COPY);
	if (stat(path, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino)
		return (RESTORE_IS_STORE);
	if (store_lock(path, &lock_fd) != DONE)
		return (RESTORE_IS_USED);
	text_printf(&new_path, "%s" NEW, path);
	if (is_open_elsewhere(path))
		end = RESTORE_IS_USED;
	else
		end = make_new(copy, new_path.bytes, box, restored_r);
	if (end == RESTORE_DONE)
		end = swap(new_path.bytes, path, restored_r);
	remove_new(new_path.bytes);
	close(lock_fd);
	text_free(&new_path);
	return (end);
}
