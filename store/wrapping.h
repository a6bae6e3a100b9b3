/* A private key under a password (Argon2id); for seal_team.c and sealed_file.c
 * only.
 *
 * The password's parameters and salt stand in front, so that a machine with
 * little memory can make wrappings that any other opens.
 */
#ifndef STORE_WRAPPING_H
#define STORE_WRAPPING_H

#include "store/seal.h"

enum { WRAPPING_SECRET_BYTES = 32, WRAPPING_BYTES = 94 };

/* What is wrapped; its first byte.  Never renumber. */
enum wrapped_kind {
	WRAPPED_TEAM = 1,
	WRAPPED_PERSON = 2,
	WRAPPED_PARTNER = 3,
};

/* Borrowed. */
struct wrapped {
	const void *bytes;
	size_t length;
};

/* Adds to *wrapped. */
void wrapping_close(enum wrapped_kind kind, const unsigned char *secret,
    const char *password, struct text *wrapped);

/* DONE and WRAPPING_SECRET_BYTES of secret; REFUSED: not this password,
 * another kind (after the same work), or damaged; TRY_LATER: not the memory
 * that Argon2id needs, logged. */
MUST_USE enum outcome wrapping_open(enum wrapped_kind kind,
    const struct wrapped *wrapped, const char *password,
    unsigned char *secret_r);

#endif
