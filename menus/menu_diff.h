/* What is different for callers between two sets of menus.
 *
 * Not what is different in the files: a comment, the order of screens or a
 * part moved to another file are nothing to a caller.  Pure.
 */
#ifndef MENUS_MENU_DIFF_H
#define MENUS_MENU_DIFF_H

#include "menus/menu.h"

/* One difference.  Old and new are "" where there is nothing to show. */
struct menu_change {
	char *corridors; /* "nepal-gulf, bangladesh-gulf"; "" for what is
			    said and heard everywhere */
	char *where; /* "screen 'welcome'", "keyword 'help' (ne)" */
	char *what; /* "text", "option 'check' leads to" */
	char *before;
	char *after;
};

/* Zeroed it is empty. */
struct menu_changes {
	struct menu_change *list;
	size_t count;
};

/* Adds all differences.  Texts are compared in `language`, a tag; NULL for
 * the English source and every language that either has. */
void menus_diff(const struct menus *before, const struct menus *after,
    const char *language, struct menu_changes *changes);
void menu_changes_free(struct menu_changes *changes);

#endif
