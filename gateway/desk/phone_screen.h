/* The phone drawn in a terminal: a small screen, what one types below it, and
 * keys under that where there is room.  Only built with ncursesw
 * (HAVE_CURSES).
 */
#ifndef GATEWAY_DESK_PHONE_SCREEN_H
#define GATEWAY_DESK_PHONE_SCREEN_H

#include "gateway/desk/phone_plain.h"

/* Runs until the person leaves it; an exit status.  Takes the link.  When the
 * helpline goes away it says "No network" and looks for it every second. */
int phone_screen_run(
    struct phone_link *link_take, const struct phone_setup *setup);

#endif
