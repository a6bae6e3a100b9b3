/* The desk's pages over HTTPS: the only code that knows libmicrohttpd.
 *
 * One thread and one poll loop: the connections, the hub's word about its
 * lines, and signals.  What strangers may do to it is bounded: so many
 * connections, so many from one address, headers and forms of so many bytes,
 * and so many seconds for a request from its first byte to the last of the
 * answer, however slowly either side goes about it.
 */
#ifndef GATEWAY_DESK_WEB_SERVER_H
#define GATEWAY_DESK_WEB_SERVER_H

#include "gateway/desk/web.h"

/* Listens as the settings say and answers until SIGTERM or SIGINT.  DONE after
 * a clean end; REFUSED when it cannot listen or load its certificate;
 * logged. */
MUST_USE enum outcome web_serve(struct web *web);

#endif
