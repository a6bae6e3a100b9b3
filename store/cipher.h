/* The one cipher of the store: XChaCha20-Poly1305, padded to 64 bytes.
 *
 * What comes out is nonce (24, random), the padded plain text encrypted, and
 * the tag (16).  The purpose and the row stand in the associated data.  Used
 * by seal.c and seal_team.c only.
 */
#ifndef STORE_CIPHER_H
#define STORE_CIPHER_H

#include "store/seal.h"

enum {
	CIPHER_KEY_BYTES = 32,
	CIPHER_PAD_BYTES = 64,
	CIPHER_ROW_MAX_BYTES = 64,
};

/* What a text is for and where it stands.  Borrowed. */
struct cipher_place {
	enum seal_purpose purpose;
	const void *row;	/* NULL for none */
	size_t row_length;
};

/* Adds the encrypted bytes to *out. */
void cipher_close(const unsigned char key[CIPHER_KEY_BYTES],
    const struct cipher_place *place, const void *plain, size_t length,
    struct text *out);

/* DONE and the plain bytes added to *plain, or REFUSED. */
MUST_USE enum outcome cipher_open(const unsigned char key[CIPHER_KEY_BYTES],
    const struct cipher_place *place, const void *bytes, size_t length,
    struct text *plain);

/* Locked, zeroed memory for a key, given back with sodium_free(); aborts when
 * there is none. */
void *cipher_key_memory(size_t size);

#endif
