/* The talks of a corridor are its tests: `talks/<corridor>/` and every file
 * in it that ends in .talk.
 */
#ifndef GATEWAY_DESK_TALKS_CHECK_H
#define GATEWAY_DESK_TALKS_CHECK_H

#include "menus/menu.h"

/* Fewer than this leave too much untried. */
enum { TALKS_LEAST = 10 };

/* Plays them all; what goes otherwise than written is in the log with file
 * and line as an error, too few talks and folders of no corridor as a
 * warning. */
void talks_check(
    const struct menus *menus, const char *menus_folder, int64_t today_utc_s);

#endif
