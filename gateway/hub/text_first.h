/* From USSD to texts, for those who wish it: the first text.
 *
 * Nothing of what is said on USSD leaves by SMS.  Whoever falls out of a session
 * and dials again may choose to go on by texts; they are asked whether a text
 * is safe in their phone, and if so one goes to them that tells nothing
 * (the words that a helper's first text has).  What they answer to it finds
 * the question whether to go on where they were.
 */
#ifndef GATEWAY_HUB_TEXT_FIRST_H
#define GATEWAY_HUB_TEXT_FIRST_H

#include "gateway/hub/apply.h"
#include "menus/menu_walk.h"

/* The name of the line that texts of this line's callers leave by. */
const char *text_first_line(const struct line_settings *line);

/* The line that can text a caller of this line at once, or SIZE_MAX: a text
 * that waits for a modem would come when nobody knows whether it is safe, and
 * by a line of another corridor nobody could go on where they stand. */
size_t text_first_child(
    const struct hub *hub, const struct line_settings *line);

/* The first text, as an answer to the message: DONE, also when one is on its
 * way already, or the line is away by now. */
MUST_USE enum outcome text_first_send(struct hub *hub,
    const struct message *message, const struct line_settings *line,
    const struct walk *walk);

#endif
