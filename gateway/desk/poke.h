/* Telling the hub that something waits for it. */
#ifndef GATEWAY_DESK_POKE_H
#define GATEWAY_DESK_POKE_H

#include "gateway/base/outcome.h"
#include "gateway/base/text.h"

/*
 * Sends "outbox\n" to the hub's control socket (a unix datagram socket); never
 * waits.
 *
 * DONE     the hub was told, or has been told so often that it looks anyway
 * NOTHING  no hub listens: it looks by itself when it starts
 */
MUST_USE enum outcome poke_hub(const char *control_path);

/* Tells the hub that the team's key was replaced; as poke_hub(). */
MUST_USE enum outcome poke_keys(const char *control_path);

/* Asks the hub how its lines are; its answer is added to *answer: a line each,
 * "name<TAB>state<TAB>up|away<TAB>signal percent or -1<TAB>texts being sent" and
 * what gateway/hub/control.h tells behind that.
 * DONE, or NOTHING when no hub answers within POKE_ANSWER_WAIT_MS. */
enum { POKE_ANSWER_WAIT_MS = 1000 };
MUST_USE enum outcome poke_ask_lines(
    const char *control_path, struct text *answer);

/* The same without waiting: a socket to poll for the answer, or -1 when no hub
 * listens; close() it when done.  poke_take_lines() adds what has come: DONE,
 * or NOTHING. */
int poke_begin_lines(const char *control_path);
MUST_USE enum outcome poke_take_lines(int fd, struct text *answer);

/*
 * Asks the hub to load menus and languages anew.
 *
 * DONE     it did
 * REFUSED  it found mistakes in them and goes on with those it has
 * NOTHING  no hub answers within POKE_RELOAD_WAIT_MS
 */
enum { POKE_RELOAD_WAIT_MS = 10000 };
MUST_USE enum outcome poke_reload(const char *control_path);

#endif
