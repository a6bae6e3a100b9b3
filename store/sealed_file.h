/* Sealed files: what is passed to a partner so that only they can open it.
 *
 * A partner has a key pair of their own, made by `waymark partners key`: the
 * public half stands in the partners' list, the secret half is a file that
 * never leaves the partner.  A sealed file is a line that says what it is and
 * a libsodium sealed box (X25519, XSalsa20-Poly1305) of the padded text: it
 * tells neither who sent it nor how long the text is to 256 bytes.
 *
 * Both halves are written as words a person can copy:
 * "waymark-public-" or "waymark-secret-", 64 hexadecimal digits, "-" and 8
 * digits of their hash, so that a slip is found.  A secret half can stand
 * under a password of its owner's ("waymark-locked-").
 */
#ifndef STORE_SEALED_FILE_H
#define STORE_SEALED_FILE_H

#include "gateway/base/outcome.h"
#include "gateway/base/text.h"

struct sealed_file_public {
	unsigned char bytes[32];
};

/* Makes a pair: the public half, and the words of the secret half added to
 * *secret_words. */
void sealed_file_make_pair(
    struct sealed_file_public *public_r, struct text *secret_words);

/* The words of a public half, added to *words, and back: DONE, or REFUSED
 * (mistyped, or not such words). */
void sealed_file_write_public(
    const struct sealed_file_public *key, struct text *words);
MUST_USE enum outcome sealed_file_read_public(
    const char *words, struct sealed_file_public *key_r);

/* What two people read to each other to know that it is the same public half,
 * "4F2A 91C0 ...": eight groups of four; added to *words. */
void sealed_file_fingerprint(
    const struct sealed_file_public *key, struct text *words);

/* -- a secret half under a password ----------------------------------------- */

/* "waymark-locked-...": the secret half under a password (Argon2id), as the
 * team's own keys are.  Added to *locked; REFUSED when `secret_words` are no
 * secret half. */
MUST_USE enum outcome sealed_file_lock(
    const char *secret_words, const char *password, struct text *locked);
/* 1 when the words begin like a locked secret half. */
int sealed_file_is_locked(const char *words);
/* DONE and the secret half added to *secret_words; REFUSED: not this password,
 * or damaged; TRY_LATER: not the memory that Argon2id needs. */
MUST_USE enum outcome sealed_file_unlock(
    const char *locked, const char *password, struct text *secret_words);

/* -- files ------------------------------------------------------------------ */

/* Adds the bytes of a sealed file; REFUSED when the key is none that can be
 * sealed to. */
MUST_USE enum outcome sealed_file_seal(const struct sealed_file_public *key,
    const void *plain, size_t length, struct text *file);

enum sealed_file_trouble {
	SEALED_FILE_FINE,
	SEALED_FILE_IS_NONE, /* the file is no sealed file */
	SEALED_FILE_BAD_KEY, /* the words are no secret half */
	SEALED_FILE_OTHER_KEY, /* sealed to another key, or damaged */
};

/* DONE and the plain bytes added to *plain; REFUSED and why in *trouble_r. */
MUST_USE enum outcome sealed_file_open(const char *secret_words,
    const void *file, size_t length, struct text *plain,
    enum sealed_file_trouble *trouble_r);

#endif
