/* A code that a technician has a line dial, over the control socket, and what
 * an operator's network sends by itself.
 *
 *   dial<TAB>NAME<TAB>CODES[<TAB>force]    CODES as in HUB_DIAL
 *   pushed<TAB>NAME
 *
 * are answered by datagrams of a word, a tab and words for a person, line
 * breaks and all:
 *
 *   page      the operator's page; its answer was typed and more comes
 *   last      the last page, and nothing more comes
 *   hint      what is to be known of it besides; comes before `last`
 *   busy      the line sends just now, or dials for somebody else: ask again
 *   unknown   there is no such line
 *   refused   the code or the line is not for that
 *   failed    it was dialled, or could not be, and there is no answer
 *
 * What was dialled and what came back never stands in the log.
 */
#ifndef GATEWAY_HUB_LINE_DIAL_H
#define GATEWAY_HUB_LINE_DIAL_H

#include "gateway/hub/state.h"

/* The words behind "dial<TAB>", and behind "pushed<TAB>". */
void line_dial_ask(
    struct hub *hub, const struct asker *asker, char *words, int64_t now_ms);
void line_dial_tell_pushed(
    const struct hub *hub, const struct asker *asker, const char *name);

/* What became of a code: 1 when a technician waited for it. */
int line_dial_hear(
    struct hub *hub, struct child *child, const struct line_message *message);

/* The network sent something by itself. */
void line_dial_hear_pushed(
    struct child *child, const struct line_message *message);

/* Tells whoever waits that nothing will come any more; when to look again in
 * monotonic milliseconds, -1 never. */
int64_t line_dial_tend(struct hub *hub, struct child *child, int64_t now_ms);

#endif
