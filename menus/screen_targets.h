/* Where a screen can lead, whatever the caller answers.
 */
#ifndef MENUS_SCREEN_TARGETS_H
#define MENUS_SCREEN_TARGETS_H

#include "menus/menu.h"

/* One way out: an option's (then `option` is set), or one of the ways, which
 * may have a condition.  With several of both, options come first. */
struct screen_exit {
	const struct screen *target;
	const struct screen_option *option; /* NULL for a way */
	const struct way *way; /* NULL for an option */
};

size_t screen_exit_count(const struct screen *screen);
/* The exit at a place; its target is NULL where an option leads nowhere of
 * its own (the ways are then taken). */
struct screen_exit screen_exit_at(const struct screen *screen, size_t index);

/* 1 when a caller stands on it and answers; 0 when it is gone through at
 * once (branches, the opening of a help request). */
int screen_waits(const struct screen *screen);

/* 1 when it leads to no other screen. */
int screen_is_last(const struct screen *screen);

/* "menu", "ask" ...: as an editor writes the kind. */
const char *screen_kind_name(const struct screen *screen);

#endif
