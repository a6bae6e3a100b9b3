/* Epoch keys and the team's secret: the sealed half of store/seal.h. */
#include <sodium.h>

#include "gateway/base/log.h"
#include "store/cipher.h"
#include "store/seal.h"

struct epoch_key {
	unsigned char bytes[CIPHER_KEY_BYTES];
};

struct team_secret {
	unsigned char bytes[crypto_box_SECRETKEYBYTES];
};

/* -- epochs ----------------------------------------------------------------- */

struct epoch_key *
epoch_key_make(void)
{
	struct epoch_key *key = cipher_key_memory(sizeof(*key));

	randombytes_buf(key->bytes, sizeof(key->bytes));
	return (key);
}

void
epoch_key_close(struct epoch_key *key)
{
	sodium_free(key);
}

void
epoch_key_wrap(const struct epoch_key *key, const struct team_public *team,
    struct text *sealed)
{
	unsigned char box[sizeof(key->bytes) + crypto_box_SEALBYTES];

	if (crypto_box_seal(box, key->bytes, sizeof(key->bytes), team->bytes) !=
	    0) {
		log_err("the team's public key is not one");
		abort();
	}
	text_add_bytes(sealed, box, sizeof(box));
}

enum outcome
epoch_key_unwrap(const void *sealed, size_t length,
    const struct team_public *team, const struct team_secret *secret,
    struct epoch_key **key_r)
{
	struct epoch_key *key;

	if (length != sizeof(key->bytes) + crypto_box_SEALBYTES)
		return (REFUSED);
	key = cipher_key_memory(sizeof(*key));
	if (crypto_box_seal_open(
		key->bytes, sealed, length, team->bytes, secret->bytes) != 0) {
		epoch_key_close(key);
		return (REFUSED);
	}
	*key_r = key;
	return (DONE);
}

void
seal_text(const struct epoch_key *key, enum seal_purpose purpose,
    const void *plain, size_t length, struct text *sealed)
{
	struct cipher_place place = { purpose, NULL, 0 };

	cipher_close(key->bytes, &place, plain, length, sealed);
}

enum outcome
seal_open(const struct epoch_key *key, enum seal_purpose purpose,
    const void *sealed, size_t length, struct text *plain)
{
	struct cipher_place place = { purpose, NULL, 0 };

	return (cipher_open(key->bytes, &place, sealed, length, plain));
}

/* -- the team --------------------------------------------------------------- */

void
team_make(struct team_public *public_r, struct team_secret **secret_r)
{
	struct team_secret *secret = cipher_key_memory(sizeof(*secret));

	crypto_box_keypair(public_r->bytes, secret->bytes);
	*secret_r = secret;
}

void
team_secret_close(struct team_secret *secret)
{
	sodium_free(secret);
}

/* A wrapping: version, passes, KiB of memory (big endian), salt; these are the
 * associated data of nonce, encrypted secret and tag, which follow. */
enum {
	WRAP_VERSION = 1,
	WRAP_PASSES_AT = 1,
	WRAP_MEMORY_AT = 2,
	WRAP_SALT_AT = 6,
	WRAP_NONCE_AT = WRAP_SALT_AT + crypto_pwhash_SALTBYTES,
	WRAP_SECRET_AT =
	    WRAP_NONCE_AT + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	WRAP_BYTES = WRAP_SECRET_AT + crypto_box_SECRETKEYBYTES +
	    crypto_aead_xchacha20poly1305_ietf_ABYTES,

	/* What a damaged or planted wrapping may ask for at most. */
	WRAP_PASSES_MOST = 10,
	WRAP_MEMORY_MOST_KIB = 1024 * 1024,
	WRAP_MEMORY_LEAST_KIB = 8 * 1024,
};

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
write_head(unsigned char *wrapping, const struct work *work)
{
	wrapping[0] = WRAP_VERSION;
	wrapping[WRAP_PASSES_AT] = work->passes;
	for (int i = 0; i < 4; i++)
		wrapping[WRAP_MEMORY_AT + i] =
		    (unsigned char)(work->memory_kib >> (24 - 8 * i));
}

MUST_USE static enum outcome
read_head(const unsigned char *wrapping, size_t length, struct work *work_r)
{
	struct work work = { 0 };

	if (length != WRAP_BYTES || wrapping[0] != WRAP_VERSION)
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
team_secret_wrap(const struct team_secret *secret, const char *password,
    struct text *wrapped)
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
	write_head(wrapping, &works[i]);
	crypto_aead_xchacha20poly1305_ietf_encrypt(wrapping + WRAP_SECRET_AT,
	    NULL, secret->bytes, sizeof(secret->bytes), wrapping, WRAP_NONCE_AT,
	    NULL, wrapping + WRAP_NONCE_AT, key);
	text_add_bytes(wrapped, wrapping, sizeof(wrapping));
	sodium_free(key);
}

enum outcome
team_secret_unwrap(const void *wrapped, size_t length, const char *password,
    struct team_secret **secret_r)
{
	const unsigned char *wrapping = wrapped;
	struct team_secret *secret = NULL;
	unsigned char *key;
	struct work work;
	enum outcome outcome = read_head(wrapping, length, &work);

	if (outcome != DONE)
		return (outcome);
	key = cipher_key_memory(CIPHER_KEY_BYTES);
	outcome = password_key(password, wrapping + WRAP_SALT_AT, &work, key);
	if (outcome != DONE) {
		log_err("not enough memory to check a password: %u KiB",
		    (unsigned)work.memory_kib);
		goto out;
	}
	secret = cipher_key_memory(sizeof(*secret));
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(secret->bytes, NULL,
		NULL, wrapping + WRAP_SECRET_AT, WRAP_BYTES - WRAP_SECRET_AT,
		wrapping, WRAP_NONCE_AT, wrapping + WRAP_NONCE_AT, key) != 0) {
		team_secret_close(secret);
		outcome = REFUSED;
		goto out;
	}
	*secret_r = secret;
out:
	sodium_free(key);
	return (outcome);
}
