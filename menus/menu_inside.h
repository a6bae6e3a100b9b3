/* What stands behind `struct menus`: for the files of menus/ only.
 */
#ifndef MENUS_MENU_INSIDE_H
#define MENUS_MENU_INSIDE_H

#include "menus/expression.h"
#include "menus/keywords.h"
#include "menus/menu.h"
#include "menus/reply_templates.h"
#include "menus/system_texts.h"

struct menus {
	char *folder;
	struct catalog *catalog;
	struct system_texts system;
	struct reply_templates replies;
	struct keywords *keywords;
	struct expression_home *expressions;
	struct corridor *corridors;
	size_t corridor_count;
};

#endif
