/* Draws the phone with ncursesw (HAVE_CURSES); phone_screen.c says what.
 */
#ifndef GATEWAY_DESK_PHONE_DRAW_H
#define GATEWAY_DESK_PHONE_DRAW_H

#include "gateway/base/text.h"
#include "gateway/desk/phone_frame.h"
#include "gateway/desk/phone_view.h"

/* What is to be seen. */
struct phone_picture {
	const struct phone_frame *frame;
	const struct phone_view *view;
	const char *typed; /* clean */
	int has_network;
};

/* Once, after initscr(). */
void phone_draw_start(void);

/* The whole phone, and the cursor where one types. */
void phone_draw(const struct phone_picture *picture);

#endif
