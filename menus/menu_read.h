/* One tree file, a corridor or a shared part, as structs.
 *
 * Reads and checks what can be said of a file alone; menu_link.c joins the
 * files of a corridor.  Every mistake goes to the log with file and line.
 */
#ifndef MENUS_MENU_READ_H
#define MENUS_MENU_READ_H

#include "menus/expression.h"
#include "menus/menu.h"
#include "menus/system_texts.h"

struct include {
	char *name; /* "shared/help" */
	int line;
};

struct tree {
	char *path;
	char *part; /* id of the corridor or the part */
	int is_corridor;
	struct corridor corridor; /* without its screens */
	char *facts_name;
	int consent_line;
	struct computed *computed; /* goes into the corridor */
	size_t computed_count;
	struct include *includes;
	size_t include_count;
	struct screen *screens;
	size_t screen_count;
};

/* What reading needs besides the file. */
struct tree_context {
	struct expression_home *expressions;
	const struct system_texts *system;
};

/* Fills in *tree_r (zeroed): DONE, or REFUSED.  Free in both cases. */
MUST_USE enum outcome tree_read(
    const char *path, const struct tree_context *context, struct tree *tree_r);
void tree_free(struct tree *tree);

void screen_free(struct screen *screen);
void corridor_free(struct corridor *corridor);

#endif
