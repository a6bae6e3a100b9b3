#include "store/backup.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/base/file.h"
#include "gateway/base/log.h"
#include "store/store_parts.h"

/* Under this name until it is whole. */
#define UNFINISHED ".part"

enum sql { SQL_NOTE, SQL_LAST, SQL_COUNT };

static const char *const sql_text[] = {
	[SQL_NOTE] = "UPDATE meta SET backed_up_utc_s = :now"
		     " WHERE only_row = 1",
	[SQL_LAST] = ("SELECT backed_up_utc_s FROM meta WHERE only_row = 1"),
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_BACKUP, SQL_COUNT, sql_text };

/* A copy is one file: no log beside it, and nothing in memory is worth one
 * while it is made. */
static const struct pragma pragmas[] = {
	{ "PRAGMA journal_mode = MEMORY", "PRAGMA journal_mode", "memory" },
	{ "PRAGMA synchronous = FULL", "PRAGMA synchronous", "2" },
	{ "PRAGMA cell_size_check = ON", "PRAGMA cell_size_check", "1" },
};
static const struct pragma as_one_file[] = {
	{ "PRAGMA journal_mode = DELETE", "PRAGMA journal_mode", "delete" },
};

static int
is_same_file(const char *one, const char *other)
{
	struct stat a, b;

	return (stat(one, &a) == 0 && stat(other, &b) == 0 &&
	    a.st_dev == b.st_dev && a.st_ino == b.st_ino);
}

/* What one that was killed left beside its file. */
static void
remove_rests(const char *path)
{
	static const char *const ends[] = { "-journal", "-wal", "-shm" };

	for (size_t i = 0; i < COUNT_OF(ends); i++) {
		struct text name = { 0 };

		text_printf(&name, "%s%s", path, ends[i]);
		unlink(name.bytes);
		text_free(&name);
	}
}

/* The unfinished file, empty and ours: a descriptor, or -1. */
static int
begin_file(const char *path, enum backup_end *end_r)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

	*end_r = BACKUP_NO_FILE;
	if (fd < 0)
		return (-1);
	if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		*end_r =
		    errno == EWOULDBLOCK ? BACKUP_IS_RUNNING : BACKUP_NO_FILE;
	} else if (fchmod(fd, 0600) == 0 && ftruncate(fd, 0) == 0) {
		remove_rests(path);
		return (fd);
	}
	close(fd);
	return (-1);
}

/* DONE; REFUSED: it does not read back. */
MUST_USE static enum outcome
check_whole(struct database *copy)
{
	struct text said = { 0 };
	enum outcome outcome =
	    database_text(copy, "PRAGMA integrity_check(1)", &said);

	if (outcome == DONE && strcmp(text_string(&said), "ok") != 0)
		outcome = REFUSED;
	text_free(&said);
	return (outcome);
}

MUST_USE static enum outcome
fill(const char *from, const char *path)
{
	struct database *source = NULL;
	struct database *copy = NULL;
	enum outcome outcome = database_open(from, DATABASE_READ, &source);

	if (outcome == DONE)
		outcome = database_open(path, DATABASE_MAKE, &copy);
	if (outcome == DONE)
		outcome = database_set(copy, pragmas, COUNT_OF(pragmas));
	if (outcome == DONE)
		outcome = database_copy(source, copy);
	if (outcome == DONE)
		outcome =
		    database_set(copy, as_one_file, COUNT_OF(as_one_file));
	if (outcome == DONE)
		outcome = check_whole(copy);
	database_close(copy);
	database_close(source);
	return (outcome);
}

/* On the disk, under its name, and the name on the disk. */
MUST_USE static enum outcome
put_in_place(int fd, const char *path, const char *to)
{
	char *folder = file_folder(to);
	int folder_fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int is_done = folder_fd >= 0 && fsync(fd) == 0 &&
	    rename(path, to) == 0 && fsync(folder_fd) == 0;

	if (!is_done)
		log_err("cannot put the copy '%s' in its place: %s", to,
		    strerror(errno));
	if (folder_fd >= 0)
		close(folder_fd);
	free(folder);
	return (is_done ? DONE : TRY_LATER);
}

enum backup_end
store_backup(const char *from, const char *to)
{
	struct text path = { 0 };
	enum backup_end end = BACKUP_IS_STORE;
	enum outcome outcome;
	int fd = -1;

	text_printf(&path, "%s" UNFINISHED, to);
	if (!is_same_file(from, to) && !is_same_file(from, path.bytes))
		fd = begin_file(path.bytes, &end);
	if (fd >= 0) {
		outcome = fill(from, path.bytes);
		if (outcome == DONE)
			outcome = put_in_place(fd, path.bytes, to);
		if (outcome != DONE)
			unlink(path.bytes);
		end = outcome == DONE    ? BACKUP_MADE
		    : outcome == REFUSED ? BACKUP_UNSOUND
					 : BACKUP_FAILED;
		close(fd);
	}
	text_free(&path);
	return (end);
}

enum outcome
store_note_backup(
    const char *path, const struct box_key *box, int64_t now_utc_s)
{
	struct store *store = NULL;
	struct query query;
	enum outcome outcome = store_open(path, STORE_DESK, box, &store);

	if (outcome != DONE)
		return (outcome);
	outcome = store_begin(store);
	if (outcome == DONE) {
		query = query_of(store->database, &sql, SQL_NOTE);
		query_integer(&query, ":now", now_utc_s);
		outcome = query_move(&query);
	}
	if (outcome == DONE)
		outcome = store_commit(store);
	if (outcome != DONE)
		store_rollback(store);
	store_close(store);
	return (outcome);
}

enum outcome
store_last_backup(struct store *store, int64_t *utc_s_r)
{
	struct query query = query_of(store->database, &sql, SQL_LAST);
	enum outcome outcome = query_next(&query);

	if (outcome != DONE)
		return (outcome);
	*utc_s_r = query_get_integer(&query, 0);
	query_end(&query);
	return (DONE);
}
