/* What holds a joined corridor together: ways lead to screens, conditions
 * name answers, facts are in the file, nothing goes in a circle.
 */
#ifndef MENUS_LINK_CHECK_H
#define MENUS_LINK_CHECK_H

#include "menus/menu.h"

/* Fills in the targets of ways and options and the facts of texts; returns how
 * many mistakes went to the log. */
int link_check(
    struct corridor *corridor, const struct catalog *catalog, int consent_line);

#endif
