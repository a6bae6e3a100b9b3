#include "gateway/desk/publish.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/file.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/base/settings.h"
#include "gateway/desk/folder_copy.h"

enum { FOLDER_MODE = 0755, SAME_SECOND_MOST = 9 };

static char *
path_of(const char *config_folder, const char *name)
{
	char *published = file_path(config_folder, SETTINGS_PUBLISHED);
	char *path = file_path(published, name);

	free(published);
	return (path);
}

char *
publish_folder(const char *config_folder, const char *name)
{
	char *versions = path_of(config_folder, "versions");
	char *path = file_path(versions, name);

	free(versions);
	return (path);
}

/* -- listing ---------------------------------------------------------------- */

/* "20261122T004512Z", maybe with -2 behind it for a second one of the same
 * second: 1 and when it was. */
static int
read_name(const char *name, int64_t *utc_s_r)
{
	char date[11];
	char digits[7];
	int64_t day_s;
	int64_t clock;

	if (strlen(name) < 16 || strlen(name) > PUBLISH_NAME_MAX_BYTES ||
	    name[8] != 'T' || name[15] != 'Z')
		return (0);
	snprintf(
	    date, sizeof(date), "%.4s-%.2s-%.2s", name, name + 4, name + 6);
	snprintf(digits, sizeof(digits), "%.6s", name + 9);
	if (!clock_read_date(date, &day_s) ||
	    !text_read_integer(digits, 0, 235959, &clock))
		return (0);
	*utc_s_r =
	    day_s + clock / 10000 * 3600 + clock / 100 % 100 * 60 + clock % 100;
	return (1);
}

static int
is_version(const struct dirent *entry)
{
	int64_t utc_s;

	return (read_name(entry->d_name, &utc_s));
}

/* The name of the version in use; "" when there is none. */
static void
read_current(const char *config_folder, char *name, size_t room)
{
	char *link = path_of(config_folder, "current");
	char target[PATH_MAX];
	ssize_t length = readlink(link, target, sizeof(target) - 1);
	const char *slash, *found;

	free(link);
	name[0] = '\0';
	if (length < 0)
		return;
	target[length] = '\0';
	slash = strrchr(target, '/');
	found = slash != NULL ? slash + 1 : target;
	/* Whatever is longer is no version of ours. */
	if (strlen(found) < room)
		memcpy(name, found, strlen(found) + 1);
}

enum outcome
publish_list(const char *config_folder, struct publish_versions *versions_r)
{
	char *folder = path_of(config_folder, "versions");
	struct dirent **entries = NULL;
	int count = scandir(folder, &entries, is_version, alphasort);
	char current[PUBLISH_NAME_MAX_BYTES + 1];

	*versions_r = (struct publish_versions){ 0 };
	if (count < 0 && errno != ENOENT) {
		log_err("cannot read '%s': %s", folder, strerror(errno));
		free(folder);
		return (REFUSED);
	}
	read_current(config_folder, current, sizeof(current));
	versions_r->list = memory_new(
	    count > 0 ? (size_t)count : 1, sizeof(*versions_r->list));
	while (count-- > 0) {
		struct publish_version *version =
		    &versions_r->list[versions_r->count++];

		snprintf(version->name, sizeof(version->name), "%.*s",
		    PUBLISH_NAME_MAX_BYTES, entries[count]->d_name);
		(void)read_name(version->name, &version->published_utc_s);
		version->is_current = strcmp(version->name, current) == 0;
		free(entries[count]);
	}
	free(entries);
	free(folder);
	return (DONE);
}

void
publish_versions_free(struct publish_versions *versions)
{
	free(versions->list);
	*versions = (struct publish_versions){ 0 };
}

/* -- adding ----------------------------------------------------------------- */

/* Makes the folders there must be; an open lock, or -1. */
static int
lock(const char *config_folder)
{
	char *published = file_path(config_folder, SETTINGS_PUBLISHED);
	char *versions = path_of(config_folder, "versions");
	int fd = -1;

	if ((mkdir(published, FOLDER_MODE) != 0 && errno != EEXIST) ||
	    (mkdir(versions, FOLDER_MODE) != 0 && errno != EEXIST))
		log_err("cannot make '%s': %s", versions, strerror(errno));
	else
		fd = open(versions, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0) {
		log_err("somebody else is publishing just now");
		close(fd);
		fd = -1;
	}
	free(published);
	free(versions);
	return (fd);
}

/* A name that is not taken: 1, or 0. */
static int
choose_name(const char *config_folder, struct publish_version *version)
{
	char stamp[24];
	size_t length = 0;
	struct clock_text text = clock_iso(version->published_utc_s);

	for (const char *at = text.text; *at != '\0'; at++)
		if (*at != '-' && *at != ':' && length + 1 < sizeof(stamp))
			stamp[length++] = *at;
	stamp[length] = '\0';
	for (int i = 1; i <= SAME_SECOND_MOST; i++) {
		char *folder;
		int is_free;

		snprintf(version->name, sizeof(version->name),
		    i == 1 ? "%s" : "%s-%d", stamp, i);
		folder = publish_folder(config_folder, version->name);
		is_free = access(folder, F_OK) != 0;
		free(folder);
		if (is_free)
			return (1);
	}
	return (0);
}

MUST_USE static enum outcome
copy_both(const char *menus, const char *locales, const char *to)
{
	char *menus_to = file_path(to, "menus");
	char *locales_to = file_path(to, "locales");
	enum outcome outcome = TRY_LATER;

	if (mkdir(to, FOLDER_MODE) != 0)
		log_err("cannot make '%s': %s", to, strerror(errno));
	else
		outcome = folder_copy(menus, menus_to);
	if (outcome == DONE)
		outcome = folder_copy(locales, locales_to);
	free(menus_to);
	free(locales_to);
	return (outcome);
}

enum outcome
publish_add(const char *config_folder, const char *menus, const char *locales,
    int64_t now_utc_s, struct publish_version *version_r)
{
	struct publish_version version = { .published_utc_s = now_utc_s };
	int fd = lock(config_folder);
	char *making = publish_folder(config_folder, ".new");
	char *folder = NULL;
	enum outcome outcome = TRY_LATER;

	if (fd < 0)
		goto out;
	/* What a power cut left. */
	folder_remove(making);
	outcome = copy_both(menus, locales, making);
	if (outcome == DONE && !choose_name(config_folder, &version))
		outcome = TRY_LATER;
	folder = publish_folder(config_folder, version.name);
	if (outcome == DONE &&
	    (rename(making, folder) != 0 || fsync(fd) != 0)) {
		log_err("cannot make '%s': %s", folder, strerror(errno));
		outcome = TRY_LATER;
	}
	if (outcome == DONE)
		*version_r = version;
	else
		folder_remove(making);
out:
	free(folder);
	free(making);
	if (fd >= 0)
		close(fd);
	return (outcome);
}

/* -- using ------------------------------------------------------------------ */

enum outcome
publish_use(const char *config_folder, const char *name)
{
	char *link = path_of(config_folder, "current");
	char *making = path_of(config_folder, "current.new");
	struct text target = { 0 };
	enum outcome outcome = DONE;

	if (name == NULL) {
		if (unlink(link) != 0 && errno != ENOENT)
			outcome = TRY_LATER;
	} else {
		text_printf(&target, "versions/%s", name);
		(void)!unlink(making);
		if (symlink(text_string(&target), making) != 0 ||
		    rename(making, link) != 0)
			outcome = TRY_LATER;
	}
	if (outcome != DONE)
		log_err("cannot change '%s': %s", link, strerror(errno));
	else if (file_sync_folder(link) != 0)
		log_warning("cannot sync the folder of '%s': %s", link,
		    strerror(errno));
	text_free(&target);
	free(link);
	free(making);
	return (outcome);
}

void
publish_remove(const char *config_folder, const char *name)
{
	char *folder = publish_folder(config_folder, name);

	folder_remove(folder);
	free(folder);
}

void
publish_tidy(const char *config_folder)
{
	struct publish_versions versions;

	if (publish_list(config_folder, &versions) != DONE)
		return;
	for (size_t i = PUBLISH_KEPT; i < versions.count; i++) {
		if (!versions.list[i].is_current)
			publish_remove(config_folder, versions.list[i].name);
	}
	publish_versions_free(&versions);
}
