/* A corridor as a drawing: source for graphviz's `dot`.
 *
 * Each screen is a box with its id, its first words and its options; arrows
 * leave from the option that leads there.  Screens of a part stand together; a
 * way into another part is its screen's id in words, since arrows across the
 * whole sheet are read by nobody.  Pure.
 */
#ifndef MENUS_MENU_GRAPH_H
#define MENUS_MENU_GRAPH_H

#include "gateway/base/text.h"
#include "menus/menu.h"

/* Adds the source, with the texts of this language. */
void menu_graph_add(const struct menus *menus, const struct corridor *corridor,
    const char *language, struct text *dot);

#endif
