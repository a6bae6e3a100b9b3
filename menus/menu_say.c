#include "menus/menu_say.h"

#include "locales/catalog.h"
#include "menus/menu_inside.h"

const char *
menus_say(
    const struct menus *menus, const char *language, enum system_text text)
{
	const struct system_line *line = &menus->system.texts[text];

	if (line->words == NULL)
		return ("");
	return (catalog_text(menus->catalog, language, line->id, line->words));
}
