/* The desk's certificate.
 *
 * An NGO may bring its own; else the desk makes one: ECDSA on P-256, signed by
 * itself, for ten years, in the name of the machine and the addresses it
 * listens on.  Nobody vouches for it, so whoever opens the desk for the first
 * time compares its SHA-256 fingerprint with the one printed at set-up.
 */
#ifndef GATEWAY_DESK_WEB_TLS_H
#define GATEWAY_DESK_WEB_TLS_H

#include "gateway/base/settings.h"
#include "gateway/base/text.h"

/*
 * Makes certificate and key (0600) when neither is there.
 *
 * DONE     they were made
 * NOTHING  they were there
 * REFUSED  only one of them is there, or they cannot be made; logged
 */
MUST_USE enum outcome web_tls_make(const struct desk_settings *desk);

/* The certificate and its key as PEM.  DONE, or REFUSED: missing, unreadable,
 * not a pair, or a key that others may read; logged. */
MUST_USE enum outcome web_tls_load(const struct desk_settings *desk,
    struct text *certificate, struct text *key);

/* "3F:A2:..." of a certificate file, as browsers show it: DONE, or REFUSED
 * (logged). */
struct web_fingerprint {
	char text[96];
};
MUST_USE enum outcome web_tls_fingerprint(
    const char *path, struct web_fingerprint *fingerprint_r);

#endif
