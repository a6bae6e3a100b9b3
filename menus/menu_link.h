/* The files of a corridor joined into one: included parts, overrides, ways,
 * facts, names.
 */
#ifndef MENUS_MENU_LINK_H
#define MENUS_MENU_LINK_H

#include "gateway/base/text.h"
#include "menus/menu_read.h"

struct link_context {
	const char *menus_folder;
	struct tree_context tree;
	const struct catalog *catalog;
	struct text told; /* paths whose mistakes are in the log already,
				   one a line: several corridors include them */
};

/*
 * Reads `trees/<name>.cfg` and all it includes.
 *
 * DONE     *corridor_r is complete; free it with link_free()
 * REFUSED  every mistake is in the log
 */
MUST_USE enum outcome corridor_link(struct link_context *context,
    const char *path, struct corridor *corridor_r);

/* Finds what the screens of kind corridor lead to, when all are there: DONE,
 * or REFUSED with every mistake in the log. */
MUST_USE enum outcome corridors_link(struct corridor *corridors, size_t count);
void link_free(struct corridor *corridor);

/* What an answer's or a score's name stands for in a corridor. */
enum name_kind {
	NAME_UNKNOWN,
	NAME_WORDS, /* an answer in words */
	NAME_NUMBER, /* an answer to a question for a number */
	NAME_SCORE,
	NAME_COMPUTED, /* a number made from the others */
};
enum name_kind corridor_name_kind(
    const struct corridor *corridor, const char *name);

#endif
