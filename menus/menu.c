#include "menus/menu.h"

#include <dirent.h>
#include <errno.h>

#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/base/text.h"
#include "menus/menu_inside.h"
#include "menus/menu_link.h"
#include "menus/screen_index.h"

enum { CORRIDORS_MOST = 500 };

static int
is_corridor_file(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name);

	return (entry->d_name[0] != '.' && length > 4 &&
	    strcmp(entry->d_name + length - 4, ".cfg") == 0 &&
	    strcmp(entry->d_name, "system.cfg") != 0);
}

static int
load_corridor(
    struct menus *menus, struct link_context *context, const char *name)
{
	struct corridor *corridor = &menus->corridors[menus->corridor_count++];
	struct text path = { 0 };
	int wrong;

	text_printf(&path, "%s/trees/%s", menus->folder, name);
	wrong = corridor_link(context, text_string(&path), corridor) != DONE;
	text_free(&path);
	for (size_t i = 0; !wrong && i + 1 < menus->corridor_count; i++) {
		const struct corridor *other = &menus->corridors[i];

		if (other->id == NULL || strcmp(other->id, corridor->id) != 0)
			continue;
		log_err("%s:%d: the corridor '%s' stands already in %s",
		    corridor->file, corridor->line, corridor->id, other->file);
		wrong = 1;
	}
	return (wrong);
}

static int
load_corridors(struct menus *menus)
{
	struct link_context context = {
		.menus_folder = menus->folder,
		.tree = { menus->expressions, &menus->system },
		.catalog = menus->catalog,
	};
	struct text folder = { 0 };
	struct dirent **names = NULL;
	int wrong = 0;
	int count;

	text_printf(&folder, "%s/trees", menus->folder);
	count =
	    scandir(text_string(&folder), &names, is_corridor_file, alphasort);
	if (count < 0) {
		log_err("cannot read the folder of menus '%s': %s",
		    text_string(&folder), strerror(errno));
		wrong = 1;
	} else if (count == 0 || count > CORRIDORS_MOST) {
		log_err("%s: there are %d corridors here; there must be 1 to"
			" %d",
		    text_string(&folder), count, CORRIDORS_MOST);
		wrong = 1;
	}
	menus->corridors = memory_new(
	    count > 0 ? (size_t)count : 1, sizeof(*menus->corridors));
	for (int i = 0; i < count; i++) {
		wrong |= load_corridor(menus, &context, names[i]->d_name);
		free(names[i]);
	}
	/* Links into a corridor that could not be read would all be blamed. */
	if (!wrong)
		wrong = corridors_link(
			    menus->corridors, menus->corridor_count) != DONE;
	free(names);
	text_free(&folder);
	text_free(&context.told);
	return (wrong);
}

enum outcome
menus_load(const char *menus_folder, const char *locales_folder,
    struct menus **menus_r)
{
	struct menus *menus = memory_new(1, sizeof(*menus));
	struct text path = { 0 };
	int wrong = 0;

	menus->folder = memory_copy(menus_folder);
	menus->expressions = expression_home_open();
	text_printf(&path, "%s/trees/system.cfg", menus_folder);
	wrong |= system_texts_load(text_string(&path), &menus->system) != DONE;
	text_clear(&path);
	text_printf(&path, "%s/templates.cfg", menus_folder);
	wrong |=
	    reply_templates_load(text_string(&path), &menus->replies) != DONE;
	text_free(&path);
	if (catalog_load(locales_folder, &menus->catalog) != DONE)
		wrong = 1;
	else
		wrong |= load_corridors(menus);
	if (wrong) {
		menus_free(menus);
		return (REFUSED);
	}
	menus->keywords = keywords_new(menus->catalog, &menus->system);
	*menus_r = menus;
	return (DONE);
}

void
menus_free(struct menus *menus)
{
	if (menus == NULL)
		return;
	for (size_t i = 0; i < menus->corridor_count; i++)
		link_free(&menus->corridors[i]);
	free(menus->corridors);
	keywords_free(menus->keywords);
	system_texts_free(&menus->system);
	reply_templates_free(&menus->replies);
	catalog_free(menus->catalog);
	expression_home_close(menus->expressions);
	free(menus->folder);
	free(menus);
}

const struct catalog *
menus_catalog(const struct menus *menus)
{
	return (menus->catalog);
}

size_t
menus_corridor_count(const struct menus *menus)
{
	return (menus->corridor_count);
}

const struct corridor *
menus_corridor_at(const struct menus *menus, size_t index)
{
	return (&menus->corridors[index]);
}

const struct corridor *
menus_find_corridor(const struct menus *menus, const char *id)
{
	for (size_t i = 0; i < menus->corridor_count; i++)
		if (strcmp(menus->corridors[i].id, id) == 0)
			return (&menus->corridors[i]);
	return (NULL);
}

const struct screen *
corridor_find_screen(const struct corridor *corridor, const char *id)
{
	return (screen_index_find(corridor->index, id));
}

int
screen_has_next(const struct screen *screen)
{
	return (
	    (screen->kind == SCREEN_INFO || screen->kind == SCREEN_CHECKLIST) &&
	    screen->way_count > 0);
}

const char *
menus_say(
    const struct menus *menus, const char *language, enum system_text text)
{
	const struct system_line *line = &menus->system.texts[text];

	if (line->words == NULL)
		return ("");
	return (catalog_text(menus->catalog, language, line->id, line->words));
}
