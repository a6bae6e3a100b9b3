/* Addresses as a configuration writes them: "127.0.0.1:4222".  Numbers only,
 * so that no line ever asks a name server. */
#ifndef GATEWAY_LINE_ADDRESS_H
#define GATEWAY_LINE_ADDRESS_H

#include <netinet/in.h>

#include "gateway/base/outcome.h"

/* An IPv4 address and a port: DONE or REFUSED. */
MUST_USE enum outcome address_read(
    const char *words, struct sockaddr_in *address_r);

#endif
