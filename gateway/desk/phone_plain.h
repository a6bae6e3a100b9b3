/* The phone without a screen: for scripts, pipes and terminals that cannot
 * draw.
 */
#ifndef GATEWAY_DESK_PHONE_PLAIN_H
#define GATEWAY_DESK_PHONE_PLAIN_H

#include <stdint.h>

#include "gateway/desk/phone_link.h"

/* Which phone this is. */
struct phone_setup {
	const char *socket_path;
	const char *number;
	const char *code; /* to dial, or NULL: it texts */
	int64_t wait_ms; /* for a reply */
};

/* Sends one text (or, with NULL, rings once), prints what comes back until
 * nothing more does, and returns an exit status: EXIT_NOTHING_FOUND when no
 * reply came in time. */
int phone_plain_send(
    struct phone_link *link, const struct phone_setup *setup, const char *text);

/* Dials setup->code, prints the page, and answers each page by a line of
 * standard input until the session ends; an exit status. */
int phone_plain_dial(
    struct phone_link *link, const struct phone_setup *setup);

/* Sends every line of standard input and prints replies; an exit status. */
int phone_plain_run(struct phone_link *link, const struct phone_setup *setup);

#endif
