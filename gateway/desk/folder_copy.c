#include "gateway/desk/folder_copy.h"

#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/base/file.h"
#include "gateway/base/log.h"

enum {
	FILE_MODE = 0644,
	FOLDER_MODE = 0755,
	FILE_MAX_BYTES = 64 << 20,
	DEPTH_MOST = 8,
	OPEN_MOST = 16,
};

static int
is_wanted(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name);

	return (entry->d_name[0] != '.' && entry->d_name[length - 1] != '~');
}

MUST_USE static enum outcome
copy_file(const char *from, const char *to)
{
	struct text content = { 0 };
	enum outcome outcome = file_read(from, FILE_MAX_BYTES, &content);

	if (outcome == DONE)
		outcome =
		    file_write(to, FILE_MODE, content.bytes, content.length);
	text_free(&content);
	return (outcome == DONE ? DONE : TRY_LATER);
}

MUST_USE static enum outcome copy_level(
    const char *from, const char *to, int depth);

MUST_USE static enum outcome
copy_entry(const char *from, const char *to, int depth)
{
	struct stat found;

	if (stat(from, &found) != 0) {
		log_err("cannot look at '%s': %s", from, strerror(errno));
		return (TRY_LATER);
	}
	if (S_ISDIR(found.st_mode))
		return (copy_level(from, to, depth + 1));
	return (S_ISREG(found.st_mode) ? copy_file(from, to) : DONE);
}

MUST_USE static enum outcome
copy_level(const char *from, const char *to, int depth)
{
	struct dirent **entries = NULL;
	enum outcome outcome = DONE;
	int count;

	if (depth > DEPTH_MOST) {
		log_err("'%s': folders are nested too deep", from);
		return (TRY_LATER);
	}
	count = scandir(from, &entries, is_wanted, alphasort);
	if (count < 0 || (mkdir(to, FOLDER_MODE) != 0 && errno != EEXIST)) {
		log_err("cannot copy the folder '%s' to '%s': %s", from, to,
		    strerror(errno));
		outcome = TRY_LATER;
	}
	for (int i = 0; i < count; i++) {
		char *source = file_path(from, entries[i]->d_name);
		char *target = file_path(to, entries[i]->d_name);

		if (outcome == DONE)
			outcome = copy_entry(source, target, depth);
		free(source);
		free(target);
		free(entries[i]);
	}
	free(entries);
	return (outcome);
}

enum outcome
folder_copy(const char *from, const char *to)
{
	return (copy_level(from, to, 0));
}

static int
remove_one(
    const char *path, const struct stat *found, int kind, struct FTW *place)
{
	(void)found;
	(void)kind;
	(void)place;
	return (remove(path));
}

void
folder_remove(const char *path)
{
	if (nftw(path, remove_one, OPEN_MOST, FTW_DEPTH | FTW_PHYS) != 0 &&
	    errno != ENOENT)
		log_err("cannot remove '%s': %s", path, strerror(errno));
}
