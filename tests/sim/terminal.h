/* The serial device of the simulated modem: a pseudo terminal, and a symbolic
 * link to it under a name that stays.
 *
 * The modem holds the far end open itself, so that a client may come and go
 * without the near end reporting a hang-up that would never end; whether
 * somebody has it open is learnt from inotify, which folds two openings in a
 * row into one: one client at a time, as on any serial line.  The terminal is
 * raw and does not echo: the modem does.
 */
#ifndef TESTS_SIM_TERMINAL_H
#define TESTS_SIM_TERMINAL_H

#include <stddef.h>

#include "gateway/base/outcome.h"
#include "gateway/base/text.h"

struct terminal {
	char *link_path;
	int near_end; /* ours; -1 while unplugged */
	int far_end; /* what clients open */
	int watch; /* inotify: opened, closed */
	int open_count;
	struct text out; /* not yet taken by the terminal */
	size_t out_at;
};

/* What a look at the device found. */
enum terminal_event {
	TERMINAL_SAME,
	TERMINAL_CLIENT_GONE, /* the last one closed it */
};

/*
 * Makes the pseudo terminal and the link; a link that is in the way is
 * replaced, anything else is not.
 *
 * DONE     clients can open link_path
 * REFUSED  it could not be made; logged
 */
MUST_USE enum outcome terminal_open(
    struct terminal *terminal, const char *link_path);

/* Unplugs: clients get a hang-up, the link is gone, what was not yet written
 * is lost.  Opening again plugs it in. */
void terminal_close(struct terminal *terminal);
int terminal_is_open(const struct terminal *terminal);

/* Adds what clients wrote to *input.  After TERMINAL_CLIENT_GONE all of it is
 * theirs who are gone. */
enum terminal_event terminal_read(
    struct terminal *terminal, struct text *input);

/* Drops what the last client left unread, so that the next one does not find
 * it. */
void terminal_forget(struct terminal *terminal);

/* Writes as much as goes; the rest when poll() says so.  Dropped while nobody
 * has the device open. */
void terminal_write(
    struct terminal *terminal, const char *bytes, size_t length);
void terminal_flush(struct terminal *terminal);
int terminal_wants_to_write(const struct terminal *terminal);

#endif
