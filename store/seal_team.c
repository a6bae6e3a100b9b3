/* Epoch keys, the team's secret and people's own: the sealed half of
 * store/seal.h. */
#include <sodium.h>

#include "gateway/base/log.h"
#include "store/cipher.h"
#include "store/seal.h"
#include "store/wrapping.h"

struct epoch_key {
	unsigned char bytes[CIPHER_KEY_BYTES];
};

struct team_secret {
	unsigned char bytes[crypto_box_SECRETKEYBYTES];
	struct team_public team; /* the half that belongs to it */
};

struct person_secret {
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

	crypto_box_keypair(secret->team.bytes, secret->bytes);
	*public_r = secret->team;
	*secret_r = secret;
}

void
team_secret_public(
    const struct team_secret *secret, struct team_public *public_r)
{
	*public_r = secret->team;
}

void
team_secret_close(struct team_secret *secret)
{
	sodium_free(secret);
}

void
team_secret_wrap(const struct team_secret *secret, const char *password,
    struct text *wrapped)
{
	wrapping_close(WRAPPED_TEAM, secret->bytes, password, wrapped);
}

/* Whose bytes have just been had. */
MUST_USE static enum outcome
know_public(struct team_secret *secret, enum outcome outcome,
    struct team_secret **secret_r)
{
	if (outcome == DONE &&
	    crypto_scalarmult_base(secret->team.bytes, secret->bytes) != 0)
		outcome = REFUSED;
	if (outcome == DONE)
		*secret_r = secret;
	else
		team_secret_close(secret);
	return (outcome);
}

enum outcome
team_secret_unwrap(const void *wrapped, size_t length, const char *password,
    struct team_secret **secret_r)
{
	const struct wrapped what = { wrapped, length };
	struct team_secret *secret = cipher_key_memory(sizeof(*secret));
	enum outcome outcome =
	    wrapping_open(WRAPPED_TEAM, &what, password, secret->bytes);

	return (know_public(secret, outcome, secret_r));
}

/* -- people ----------------------------------------------------------------- */

void
person_make(struct person_public *public_r, struct person_secret **secret_r)
{
	struct person_secret *secret = cipher_key_memory(sizeof(*secret));

	crypto_box_keypair(public_r->bytes, secret->bytes);
	*secret_r = secret;
}

void
person_secret_close(struct person_secret *secret)
{
	sodium_free(secret);
}

void
person_secret_wrap(const struct person_secret *secret, const char *password,
    struct text *wrapped)
{
	wrapping_close(WRAPPED_PERSON, secret->bytes, password, wrapped);
}

enum outcome
person_secret_unwrap(const void *wrapped, size_t length, const char *password,
    struct person_secret **secret_r)
{
	const struct wrapped what = { wrapped, length };
	struct person_secret *secret = cipher_key_memory(sizeof(*secret));
	enum outcome outcome =
	    wrapping_open(WRAPPED_PERSON, &what, password, secret->bytes);

	if (outcome == DONE)
		*secret_r = secret;
	else
		person_secret_close(secret);
	return (outcome);
}

void
team_secret_seal(const struct team_secret *secret,
    const struct person_public *person, struct text *sealed)
{
	unsigned char box[sizeof(secret->bytes) + crypto_box_SEALBYTES];

	if (crypto_box_seal(box, secret->bytes, sizeof(secret->bytes),
		person->bytes) != 0) {
		log_err("a caseworker's public key is not one");
		abort();
	}
	text_add_bytes(sealed, box, sizeof(box));
}

enum outcome
team_secret_unseal(const void *sealed, size_t length,
    const struct person_secret *person, struct team_secret **secret_r)
{
	unsigned char public[crypto_box_PUBLICKEYBYTES];
	struct team_secret *secret;
	enum outcome outcome = REFUSED;

	if (length != sizeof(secret->bytes) + crypto_box_SEALBYTES ||
	    crypto_scalarmult_base(public, person->bytes) != 0)
		return (REFUSED);
	secret = cipher_key_memory(sizeof(*secret));
	if (crypto_box_seal_open(
		secret->bytes, sealed, length, public, person->bytes) == 0)
		outcome = DONE;
	return (know_public(secret, outcome, secret_r));
}
