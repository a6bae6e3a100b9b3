/* Telling the hub that something waits for it. */
#ifndef GATEWAY_DESK_POKE_H
#define GATEWAY_DESK_POKE_H

#include "gateway/base/outcome.h"

/*
 * Sends "outbox\n" to the hub's control socket (a unix datagram socket); never
 * waits.
 *
 * DONE     the hub was told, or has been told so often that it looks anyway
 * NOTHING  no hub listens: it looks by itself when it starts
 */
MUST_USE enum outcome poke_hub(const char *control_path);

#endif
