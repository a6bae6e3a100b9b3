/* Is a request meant for this desk, and does it come from its own pages?
 *
 * A browser can be led to send anything anywhere.  What it cannot be led to is
 * to name a wrong Host or Origin: a name that somebody else's DNS points at
 * this desk is not one of ours, and neither is the site a foreign form
 * was on.
 */
#ifndef GATEWAY_DESK_WEB_ORIGIN_H
#define GATEWAY_DESK_WEB_ORIGIN_H

#include "gateway/desk/web.h"

/* 1 when Host is the address the request came to, one of the names of the
 * configuration or, on the machine itself, "localhost"; with our port. */
int web_host_is_ours(const struct web *web, const struct web_request *request);

/* 1 when Origin, or without it Referer, is the same host.  A request with
 * neither is no browser's form and passes: it has the token or it has not. */
int web_origin_is_ours(const struct web_request *request);

#endif
