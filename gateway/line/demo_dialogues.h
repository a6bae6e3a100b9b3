/* USSD on a demo line: what phones dial and type, and the pages they get.
 *
 * As on a network, a phone has one session at a time, and what is typed
 * without one begins it.
 */
#ifndef GATEWAY_LINE_DEMO_DIALOGUES_H
#define GATEWAY_LINE_DEMO_DIALOGUES_H

#include "gateway/line/demo_traffic.h"

/* A phone with this number dials, or answers its page; both clean. */
void demo_take_ussd(struct demo *demo, struct demo_client *client,
    const char *number, const char *text);

/* It hangs up. */
void demo_hang_up(struct demo *demo, const char *number);

/* A page of the hub's, to the phone that waits for it. */
void demo_show_page(struct demo *demo, const struct line_message *message);

/* Ends what nobody answered in time, with its closing words. */
void demo_end_dialogues(struct demo *demo, int64_t now_ms);

#endif
