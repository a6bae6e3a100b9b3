/* Which menus an action of `waymark menus` is about. */
#include <unistd.h>

#include "gateway/base/file.h"
#include "gateway/base/memory.h"
#include "gateway/base/settings.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_menus.h"

static char *
find_folder(const char *asked, const char *set, const char *name)
{
	if (asked != NULL)
		return (memory_copy(asked));
	if (set != NULL)
		return (memory_copy(set));
	return (file_path(settings_data_folder(), name));
}

enum outcome
menus_find_folders(
    const struct menus_asked *asked, struct menus_folders *folders_r)
{
	const char *config = settings_default_path(asked->config);
	struct settings settings = { 0 };

	if ((asked->menus == NULL || asked->locales == NULL) &&
	    (asked->config != NULL || access(config, F_OK) == 0) &&
	    settings_load(config, &settings) != DONE)
		return (REFUSED);
	folders_r->menus =
	    find_folder(asked->menus, settings.menus_path, "menus");
	folders_r->locales =
	    find_folder(asked->locales, settings.locales_path, "locales");
	settings_free(&settings);
	return (DONE);
}

void
menus_folders_free(struct menus_folders *folders)
{
	free(folders->menus);
	free(folders->locales);
	*folders = (struct menus_folders){ 0 };
}

/* The first of the two that is there; the second otherwise. */
static char *
first_there(char *path_take, const char *otherwise)
{
	if (access(path_take, F_OK) == 0)
		return (path_take);
	free(path_take);
	return (memory_copy(otherwise));
}

struct menus_folders
menus_folders_of(const char *folder, const char *locales)
{
	struct menus_folders folders;
	char *beside = file_path(folder, "../locales");
	char *otherwise;

	folders.menus = first_there(file_path(folder, "menus"), folder);
	otherwise = first_there(beside, locales != NULL ? locales : "locales");
	folders.locales = first_there(file_path(folder, "locales"), otherwise);
	free(otherwise);
	return (folders);
}

enum outcome
menus_load_asked(const struct menus_asked *asked, struct menus **menus_r)
{
	struct menus_folders folders;
	enum outcome outcome = menus_find_folders(asked, &folders);

	if (outcome != DONE)
		return (outcome);
	outcome = menus_load(folders.menus, folders.locales, menus_r);
	menus_folders_free(&folders);
	return (outcome);
}

const struct corridor *
menus_choose_corridor(
    const struct command *command, const struct menus *menus, const char *id)
{
	const struct corridor *corridor = NULL;
	struct text known = { 0 };

	if (id != NULL)
		corridor = menus_find_corridor(menus, id);
	else if (menus_corridor_count(menus) == 1)
		corridor = menus_corridor_at(menus, 0);
	if (corridor != NULL)
		return (corridor);
	for (size_t i = 0; i < menus_corridor_count(menus); i++)
		text_printf(&known, " %s", menus_corridor_at(menus, i)->id);
	if (id != NULL)
		(void)cli_failed(command->name,
		    "there is no corridor '%s'; there are:%s", id,
		    text_string(&known));
	else
		(void)cli_failed(command->name,
		    "say which corridor with --corridor:%s",
		    text_string(&known));
	text_free(&known);
	return (NULL);
}

int
menus_has_language(
    const struct command *command, const struct menus *menus, const char *tag)
{
	const struct catalog *catalog = menus_catalog(menus);
	struct text known = { 0 };

	if (tag == NULL || catalog_find_language(catalog, tag) != NULL)
		return (1);
	for (size_t i = 0; i < catalog_language_count(catalog); i++)
		text_printf(
		    &known, " %s", catalog_language_at(catalog, i)->tag);
	(void)cli_failed(command->name,
	    "there is no language '%s'; there are:%s", tag,
	    text_string(&known));
	text_free(&known);
	return (0);
}
