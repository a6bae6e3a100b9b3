/* The unix stream socket of a demo line.
 */
#ifndef GATEWAY_LINE_DEMO_LISTEN_H
#define GATEWAY_LINE_DEMO_LISTEN_H

#include "gateway/base/outcome.h"

/*
 * Listens at `path`, for this user only (mode 0600).  A socket that nobody
 * answers on any more (the process was killed) is replaced.
 *
 * DONE     *listener_r does not block and is yours to close
 * REFUSED  somebody answers there, it is not a socket, or it may not be made;
 *          logged
 */
MUST_USE enum outcome demo_listen(const char *path, int *listener_r);

#endif
