/* Who may speak to a line over HTTP: an allow list of addresses, and a token
 * that the gateway's address for us ends with ("?token=...").
 *
 * Either may be missing; on an address that others can reach, both may not
 * (the configuration says so).
 */
#ifndef GATEWAY_LINE_USSD_ACCESS_H
#define GATEWAY_LINE_USSD_ACCESS_H

#include <netinet/in.h>

#include "gateway/base/outcome.h"
#include "gateway/base/text.h"

enum { USSD_ALLOWED_MOST = 64, USSD_TOKEN_MIN_BYTES = 16 };

struct ussd_network {
	uint32_t address; /* in the machine's own order */
	uint32_t mask;
};

struct ussd_access {
	struct ussd_network allowed[USSD_ALLOWED_MOST];
	size_t allowed_count; /* 0: everybody who can reach us */
	struct text token; /* empty: none is asked for */
};

/* `allow` is "10.1.2.3,192.168.0.0/16", or ""; `token_file` a path, or "": the
 * token is its first line.  DONE, or REFUSED; logged. */
MUST_USE enum outcome ussd_access_open(const char *allow,
    const char *token_file, struct ussd_access *access_r);
void ussd_access_close(struct ussd_access *access);

int ussd_access_allows(
    const struct ussd_access *access, const struct sockaddr *address);

/* 1 when it is the token, or none is asked for; takes the same time whatever
 * it is. */
int ussd_access_has_token(
    const struct ussd_access *access, const char *token);

#endif
