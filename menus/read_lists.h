/* The lists of a tree file besides its screens: computed values and notices.
 */
#ifndef MENUS_READ_LISTS_H
#define MENUS_READ_LISTS_H

#include "menus/menu_load.h"
#include "menus/read_screen.h"

/* `compute = ( { name; value; round; }, ... );` of a file. */
void read_computed(struct screen_reader *reader, struct tree *tree);
void computed_free(struct computed *computed, size_t count);

/* `notices = ( { id; text; from; until; }, ... );` of a corridor. */
void read_notices(
    struct tree_file *file, struct node *group, struct corridor *corridor);
void notices_free(struct notice *notices, size_t count);

#endif
