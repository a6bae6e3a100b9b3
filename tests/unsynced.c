/* A disk that forgets what was not synced, for LD_PRELOAD.
 *
 * Of files whose name ends in .db or .db-wal it writes down, before each
 * write, what stood there; once a file is synced its notes are thrown away.
 * Who kills the process then plays the notes backwards (unsynced_undo() in
 * tests/power.c) and has what a power cut would have left.
 *
 * And a disk that is full: while $UNSYNCED_FOLDER/full says "AFTER COUNT", so
 * many writes of such files succeed, and then so many fail; the first that
 * fails leaves $UNSYNCED_FOLDER/full-met.
 *
 * The notes of FILE are $UNSYNCED_FOLDER/NAME.undo, a row of struct note and its
 * bytes each.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/power.h"

enum { FILES_MOST = 1024 };

static int notes_of[FILES_MOST]; /* by descriptor: 0 none, else theirs + 1 */

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int
ends_in(const char *path, const char *end)
{
	size_t length = strlen(path);

	return (length > strlen(end) &&
	    strcmp(path + length - strlen(end), end) == 0);
}

static void
note_open(int fd, const char *path)
{
	const char *folder = getenv("UNSYNCED_FOLDER");
	const char *slash = strrchr(path, '/');
	char notes[4096];
	int opened;

	if (fd < 0 || fd >= FILES_MOST)
		return;
	notes_of[fd] = 0;
	if (folder == NULL ||
	    !(ends_in(path, ".db") || ends_in(path, ".db-wal")))
		return;
	snprintf(notes, sizeof(notes), "%s/%s.undo", folder,
	    slash != NULL ? slash + 1 : path);
	opened =
	    REAL(open)(notes, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (opened >= 0)
		notes_of[fd] = opened + 1;
}

static void
put(int notes, const void *bytes, size_t length)
{
	/* In one piece or not at all: a note is shorter than what a killed
	 * process can leave half of. */
	if (REAL(write)(notes, bytes, length) != (ssize_t)length)
		abort();
}

/* What stands at a place, and how long the file is. */
static void
note_write(int fd, off_t offset, size_t length)
{
	struct stat status;
	struct note note;
	char *row;
	ssize_t got;

	if (fd < 0 || fd >= FILES_MOST || notes_of[fd] == 0 ||
	    fstat(fd, &status) != 0)
		return;
	row = malloc(sizeof(note) + length);
	if (row == NULL)
		abort();
	got = REAL(pread64)(fd, row + sizeof(note), length, offset);
	note = (struct note){ .offset = offset,
		.length = got > 0 ? (uint64_t)got : 0,
		.size = status.st_size };
	memcpy(row, &note, sizeof(note));
	put(notes_of[fd] - 1, row, sizeof(note) + note.length);
	free(row);
}

static void
forget_notes(int fd)
{
	if (fd >= 0 && fd < FILES_MOST && notes_of[fd] != 0 &&
	    ftruncate64(notes_of[fd] - 1, 0) != 0)
		abort();
}

/* -- a full disk ------------------------------------------------------------ */

static void
note_full(const char *folder)
{
	char path[4096];
	int met;

	snprintf(path, sizeof(path), "%s/full-met", folder);
	met = REAL(open)(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	if (met >= 0)
		close(met);
}

/* 1 when this write is one of those that find no room. */
static int
is_full(int fd)
{
	static long after = -1, count;
	const char *folder = getenv("UNSYNCED_FOLDER");
	char path[4096], words[64] = "";
	int told;

	if (fd < 0 || fd >= FILES_MOST || notes_of[fd] == 0 || folder == NULL)
		return (0);
	if (after < 0) {
		snprintf(path, sizeof(path), "%s/full", folder);
		told = REAL(open)(path, O_RDONLY | O_CLOEXEC, 0);
		if (told < 0)
			return (0);
		if (read(told, words, sizeof(words) - 1) <= 0 ||
		    sscanf(words, "%ld %ld", &after, &count) != 2)
			abort();
		close(told);
	}
	if (after > 0) {
		after--;
		return (0);
	}
	if (count == 0)
		return (0);
	count--;
	note_full(folder);
	errno = ENOSPC;
	return (1);
}

/* -- what SQLite calls ------------------------------------------------------ */

int
open64(const char *path, int flags, ...)
{
	__builtin_va_list more;
	unsigned mode;
	int fd;

	__builtin_va_start(more, flags);
	mode = __builtin_va_arg(more, unsigned);
	__builtin_va_end(more);
	fd = REAL(open64)(path, flags, mode);
	note_open(fd, path);
	return (fd);
}

int
open(const char *path, int flags, ...)
{
	__builtin_va_list more;
	unsigned mode;
	int fd;

	__builtin_va_start(more, flags);
	mode = __builtin_va_arg(more, unsigned);
	__builtin_va_end(more);
	fd = REAL(open)(path, flags, mode);
	note_open(fd, path);
	return (fd);
}

ssize_t
pwrite64(int fd, const void *bytes, size_t length, off64_t offset)
{
	if (is_full(fd))
		return (-1);
	note_write(fd, offset, length);
	return (REAL(pwrite64)(fd, bytes, length, offset));
}

ssize_t
pwrite(int fd, const void *bytes, size_t length, off_t offset)
{
	if (is_full(fd))
		return (-1);
	note_write(fd, offset, length);
	return (REAL(pwrite)(fd, bytes, length, offset));
}

ssize_t
write(int fd, const void *bytes, size_t length)
{
	if (is_full(fd))
		return (-1);
	if (fd >= 0 && fd < FILES_MOST && notes_of[fd] != 0)
		note_write(fd, lseek(fd, 0, SEEK_CUR), length);
	return (REAL(write)(fd, bytes, length));
}

/* What is cut off is noted as if it were written over. */
int
ftruncate64(int fd, off64_t length)
{
	struct stat status;

	if (fd >= 0 && fd < FILES_MOST && notes_of[fd] != 0 &&
	    fstat(fd, &status) == 0 && status.st_size > length)
		note_write(fd, length, (size_t)(status.st_size - length));
	return (REAL(ftruncate64)(fd, length));
}

int
fsync(int fd)
{
	int result = REAL(fsync)(fd);

	if (result == 0)
		forget_notes(fd);
	return (result);
}

int
fdatasync(int fd)
{
	int result = REAL(fdatasync)(fd);

	if (result == 0)
		forget_notes(fd);
	return (result);
}
