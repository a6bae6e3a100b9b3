#include "gateway/desk/talks_check.h"

#include <dirent.h>
#include <errno.h>

#include "gateway/base/file.h"
#include "gateway/base/log.h"
#include "gateway/desk/talk_try.h"

static int
is_talk(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name);

	return (length > 5 && entry->d_name[0] != '.' &&
	    strcmp(entry->d_name + length - 5, ".talk") == 0);
}

static int
is_visible(const struct dirent *entry)
{
	return (entry->d_name[0] != '.');
}

static void
check_talk(const struct menus *menus, const struct corridor *corridor,
    const char *path, int64_t today_utc_s)
{
	struct talk talk;
	struct trial_line line;
	struct text told = { 0 };

	if (talk_load(path, &talk) != DONE)
		return;
	line = talk_line(&talk, menus, corridor, today_utc_s);
	if (talk_try(&talk, &line, NULL, &told) != DONE)
		log_err("%s", text_string(&told));
	text_free(&told);
	talk_free(&talk);
}

static void
check_corridor(const struct menus *menus, const struct corridor *corridor,
    const char *talks_folder, int64_t today_utc_s)
{
	char *folder = file_path(talks_folder, corridor->id);
	struct dirent **entries = NULL;
	int count = scandir(folder, &entries, is_talk, alphasort);

	if (count < 0 && errno != ENOENT)
		log_err("cannot read '%s': %s", folder, strerror(errno));
	if (count < TALKS_LEAST)
		log_warning("%s:%d: the corridor '%s' has %d talks in %s, not"
			    " %d; save more with `waymark menus try --save`",
		    corridor->file, corridor->line, corridor->id,
		    count < 0 ? 0 : count, folder, TALKS_LEAST);
	for (int i = 0; i < count; i++) {
		char *path = file_path(folder, entries[i]->d_name);

		check_talk(menus, corridor, path, today_utc_s);
		free(path);
		free(entries[i]);
	}
	free(entries);
	free(folder);
}

static void
check_strangers(const struct menus *menus, const char *talks_folder)
{
	struct dirent **entries = NULL;
	int count = scandir(talks_folder, &entries, is_visible, alphasort);

	for (int i = 0; i < count; i++) {
		if (menus_find_corridor(menus, entries[i]->d_name) == NULL)
			log_warning("%s/%s: there is no corridor of this name;"
				    " nobody plays these talks",
			    talks_folder, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
}

void
talks_check(
    const struct menus *menus, const char *menus_folder, int64_t today_utc_s)
{
	char *folder = file_path(menus_folder, "talks");

	for (size_t i = 0; i < menus_corridor_count(menus); i++)
		check_corridor(
		    menus, menus_corridor_at(menus, i), folder, today_utc_s);
	check_strangers(menus, folder);
	free(folder);
}
