/* What a screen of kind `lookup` has of its own: its list, and which part of
 * it.
 */
#ifndef MENUS_READ_LOOKUP_H
#define MENUS_READ_LOOKUP_H

#include "menus/read_screen.h"

void read_lookup(
    struct screen_reader *reader, struct node *node, struct screen *screen);

#endif
