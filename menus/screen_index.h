/* The screens and names of a corridor by hash, so that a step of the engine
 * does not search two thousand screens.
 */
#ifndef MENUS_SCREEN_INDEX_H
#define MENUS_SCREEN_INDEX_H

#include "menus/menu.h"
#include "menus/menu_link.h"

struct screen_index *screen_index_new(const struct corridor *corridor);
void screen_index_free(struct screen_index *index);

const struct screen *screen_index_find(
    const struct screen_index *index, const char *id);

/* Names of answers and scores; the first kind said of a name stays. */
enum name_kind screen_index_name(
    const struct screen_index *index, const char *name);

#endif
