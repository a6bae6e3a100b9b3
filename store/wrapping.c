#include "store/wrapping.h"

#include <sodium.h>

#include "gateway/base/log.h"
#include "store/cipher.h"

/* A wrapping: what it is, passes, KiB of memory (big endian), salt; these are the
 * associated data of nonce, encrypted secret and tag, which follow. */
enum {
	WRAP_PASSES_AT = 1,
	WRAP_MEMORY_AT = 2,
	WRAP_SALT_AT = 6,
	WRAP_NONCE_AT = WRAP_SALT_AT + crypto_pwhash_SALTBYTES,
	WRAP_SECRET_AT =
	    WRAP_NONCE_AT + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	WRAP_BYTES = WRAP_SECRET_AT + WRAPPING_SECRET_BYTES +
	    crypto_aead_xchacha20poly1305_ietf_ABYTES,

	/* What a damaged or planted wrapping may ask for at most. */
	WRAP_PASSES_MOST = 10,
	WRAP_MEMORY_MOST_KIB = 1024 * 1024,
	WRAP_MEMORY_LEAST_KIB = 8 * 1024,
};

_Static_assert(
    (int)WRAP_BYTES == (int)WRAPPING_BYTES, "the header says how long it is");

/* Tried from the top while the machine has not that much memory: RFC 9106
 * trades memory for passes. */
static const struct work {
	unsigned char passes;
	uint32_t memory_kib;
} works[] = {
	{ 2, 64 * 1024 },
	{ 3, 32 * 1024 },
	{ 5, 16 * 1024 },
};

MUST_USE static enum outcome
password_key(const char *password, const unsigned char *salt,
    const struct work *work, unsigned char key_r[CIPHER_KEY_BYTES])
{
	if (crypto_pwhash(key_r, CIPHER_KEY_BYTES, password, strlen(password),
		salt, work->passes, (size_t)work->memory_kib * 1024,
		crypto_pwhash_ALG_ARGON2ID13) != 0)
		return (TRY_LATER);
	return (DONE);
}

static void
write_head(
    unsigned char *wrapping, enum wrapped_kind kind, const struct work *work)
{
	wrapping[0] = (unsigned char)kind;
	wrapping[WRAP_PASSES_AT] = work->passes;
	for (int i = 0; i < 4; i++)
		wrapping[WRAP_MEMORY_AT + i] =
		    (unsigned char)(work->memory_kib >> (24 - 8 * i));
}

MUST_USE static enum outcome
read_head(const struct wrapped *wrapped, struct work *work_r)
{
	const unsigned char *wrapping = wrapped->bytes;
	struct work work = { 0 };

	if (wrapped->length != WRAP_BYTES)
		return (REFUSED);
	work.passes = wrapping[WRAP_PASSES_AT];
	for (int i = 0; i < 4; i++)
		work.memory_kib =
		    work.memory_kib << 8 | wrapping[WRAP_MEMORY_AT + i];
	if (work.passes < 1 || work.passes > WRAP_PASSES_MOST ||
	    work.memory_kib < WRAP_MEMORY_LEAST_KIB ||
	    work.memory_kib > WRAP_MEMORY_MOST_KIB)
		return (REFUSED);
	*work_r = work;
	return (DONE);
}

void
wrapping_close(enum wrapped_kind kind, const unsigned char *secret,
    const char *password, struct text *wrapped)
{
	unsigned char wrapping[WRAP_BYTES];
	unsigned char *key = cipher_key_memory(CIPHER_KEY_BYTES);
	size_t i = 0;

	randombytes_buf(wrapping + WRAP_SALT_AT, WRAP_SECRET_AT - WRAP_SALT_AT);
	while (password_key(
		   password, wrapping + WRAP_SALT_AT, &works[i], key) != DONE) {
		if (++i == COUNT_OF(works)) {
			log_err("out of memory for a password");
			abort();
		}
	}
	write_head(wrapping, kind, &works[i]);
	crypto_aead_xchacha20poly1305_ietf_encrypt(wrapping + WRAP_SECRET_AT,
	    NULL, secret, WRAPPING_SECRET_BYTES, wrapping, WRAP_NONCE_AT, NULL,
	    wrapping + WRAP_NONCE_AT, key);
	text_add_bytes(wrapped, wrapping, sizeof(wrapping));
	sodium_free(key);
}

enum outcome
wrapping_open(enum wrapped_kind kind, const struct wrapped *wrapped,
    const char *password, unsigned char *secret_r)
{
	const unsigned char *wrapping = wrapped->bytes;
	unsigned char *key;
	struct work work;
	enum outcome outcome = read_head(wrapped, &work);

	if (outcome != DONE)
		return (outcome);
	key = cipher_key_memory(CIPHER_KEY_BYTES);
	outcome = password_key(password, wrapping + WRAP_SALT_AT, &work, key);
	if (outcome != DONE)
		log_err("not enough memory to check a password: %u KiB",
		    (unsigned)work.memory_kib);
	/* The kind is asked after the work, which then is always the same. */
	else if (wrapping[0] != kind ||
	    crypto_aead_xchacha20poly1305_ietf_decrypt(secret_r, NULL, NULL,
		wrapping + WRAP_SECRET_AT, WRAP_BYTES - WRAP_SECRET_AT,
		wrapping, WRAP_NONCE_AT, wrapping + WRAP_NONCE_AT, key) != 0)
		outcome = REFUSED;
	sodium_free(key);
	return (outcome);
}
