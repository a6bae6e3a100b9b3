#include "gateway/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/base/log.h"
#include "gateway/base/memory.h"

MUST_USE static enum outcome
read_all(int fd, const char *path, size_t max_bytes, struct text *text)
{
	size_t before = text->length;
	enum outcome outcome = DONE;
	char block[32768];
	ssize_t got;

	while ((got = read(fd, block, sizeof(block))) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			log_err("cannot read '%s': %s", path, strerror(errno));
			outcome = REFUSED;
			break;
		}
		text_add_bytes(text, block, (size_t)got);
		if (text->length - before > max_bytes) {
			log_err("cannot read '%s': larger than %zu bytes", path,
			    max_bytes);
			outcome = REFUSED;
			break;
		}
	}
	explicit_bzero(block, sizeof(block));
	return (outcome);
}

enum outcome
file_read(const char *path, size_t max_bytes, struct text *text)
{
	size_t before = text->length;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	enum outcome outcome;
	struct stat facts;

	if (fd < 0 && errno == ENOENT)
		return (NOTHING);
	if (fd < 0) {
		log_err("cannot open '%s': %s", path, strerror(errno));
		return (REFUSED);
	}
	if (fstat(fd, &facts) == 0 && facts.st_size > 0 &&
	    (size_t)facts.st_size <= max_bytes)
		text_reserve(text, (size_t)facts.st_size);
	outcome = read_all(fd, path, max_bytes, text);
	if (outcome != DONE)
		text_cut(text, before);
	close(fd);
	return (outcome);
}

static int
write_all(int fd, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t put = write(fd, bytes, length);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return (-1);
		bytes += put;
		length -= (size_t)put;
	}
	return (0);
}

int
file_sync_folder(const char *path)
{
	char *folder = file_folder(path);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int result = -1;

	if (fd >= 0) {
		result = fsync(fd);
		close(fd);
	}
	free(folder);
	return (result);
}

enum outcome
file_write(const char *path, mode_t mode, const void *bytes, size_t length)
{
	struct text temporary = { 0 };
	int fd = -1;

	text_printf(&temporary, "%s.new", path);
	fd = open(
	    temporary.bytes, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
	if (fd < 0 || fchmod(fd, mode) != 0 ||
	    write_all(fd, bytes, length) != 0 || fsync(fd) != 0)
		goto undo;
	if (close(fd) != 0) {
		fd = -1;
		goto undo;
	}
	fd = -1;
	if (rename(temporary.bytes, path) != 0 || file_sync_folder(path) != 0)
		goto undo;
	text_free(&temporary);
	return (DONE);
undo:
	log_err("cannot write '%s': %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	unlink(temporary.bytes);
	text_free(&temporary);
	return (TRY_LATER);
}

char *
file_path(const char *folder, const char *name)
{
	struct text path = { 0 };

	if (name[0] == '/' || folder[0] == '\0')
		return (memory_copy(name));
	text_printf(&path, "%s/%s", folder, name);
	return (text_take(&path));
}

char *
file_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	struct text folder = { 0 };

	if (slash == NULL)
		return (memory_copy("."));
	if (slash == path)
		return (memory_copy("/"));
	text_add_bytes(&folder, path, (size_t)(slash - path));
	return (text_take(&folder));
}
