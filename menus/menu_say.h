/* One of the helpline's own texts (trees/system.cfg), outside of a walk.
 */
#ifndef MENUS_MENU_SAY_H
#define MENUS_MENU_SAY_H

#include "menus/menu.h"
#include "menus/system_texts.h"

/* Its words in a language, else in English; "" where the menus have left it
 * out.  Borrowed until the menus are reloaded. */
const char *menus_say(
    const struct menus *menus, const char *language, enum system_text text);

#endif
