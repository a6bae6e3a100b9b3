/* The address the desk listens on.
 */
#ifndef GATEWAY_DESK_WEB_LISTEN_H
#define GATEWAY_DESK_WEB_LISTEN_H

#include <sys/socket.h>

#include "gateway/base/outcome.h"

/* Opens a listening socket on "127.0.0.1:8443" or "[::]:8443": DONE, *fd_r and
 * its port, or REFUSED; logged. */
MUST_USE enum outcome web_listen(const char *listen, int *fd_r, int *port_r);

/* An address in words, without port; an IPv4 one that came over an IPv6 socket
 * as IPv4.  "" when it is neither. */
struct web_address {
	char text[64];
};
struct web_address web_address_of(const struct sockaddr *address);
/* The address a connection came to. */
struct web_address web_address_local(int fd);

#endif
