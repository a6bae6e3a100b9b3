#include "store/cipher.h"

#include <sodium.h>

#include "gateway/base/log.h"
#include "gateway/base/memory.h"

enum {
	NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	TAG_BYTES = crypto_aead_xchacha20poly1305_ietf_ABYTES,
	/* What fits is worked on here, without asking for memory: most texts
	 * and walks. */
	SMALL_BYTES = 2048,
};

struct facts {
	unsigned char bytes[1 + CIPHER_ROW_MAX_BYTES];
	size_t length;
};

static struct facts
facts_of(const struct cipher_place *place)
{
	struct facts facts = { { 0 }, 0 };

	if (place->row_length > CIPHER_ROW_MAX_BYTES) {
		log_err("a row's key of %zu bytes is too long for a box",
		    place->row_length);
		abort();
	}
	facts.bytes[0] = (unsigned char)place->purpose;
	if (place->row_length > 0)
		memcpy(facts.bytes + 1, place->row, place->row_length);
	facts.length = 1 + place->row_length;
	return (facts);
}

void
cipher_close(const unsigned char key[CIPHER_KEY_BYTES],
    const struct cipher_place *place, const void *plain, size_t length,
    struct text *out)
{
	struct facts facts = facts_of(place);
	size_t padded = (length / CIPHER_PAD_BYTES + 1) * CIPHER_PAD_BYTES;
	size_t total = NONCE_BYTES + padded + TAG_BYTES;
	unsigned char small[SMALL_BYTES];
	unsigned char *room =
	    total <= sizeof(small) ? small : memory_new(total, 1);
	unsigned char *body = room + NONCE_BYTES;

	randombytes_buf(room, NONCE_BYTES);
	if (length > 0)
		memcpy(body, plain, length);
	body[length] = 0x80; /* ISO/IEC 7816-4, as sodium_unpad() reads it */
	memset(body + length + 1, 0, padded - length - 1);
	crypto_aead_xchacha20poly1305_ietf_encrypt(body, NULL, body, padded,
	    facts.bytes, facts.length, NULL, room, key);
	text_add_bytes(out, room, total);
	if (room != small)
		free(room);
}

enum outcome
cipher_open(const unsigned char key[CIPHER_KEY_BYTES],
    const struct cipher_place *place, const void *bytes, size_t length,
    struct text *plain)
{
	struct facts facts = facts_of(place);
	const unsigned char *nonce = bytes;
	unsigned char small[SMALL_BYTES];
	unsigned char *room;
	size_t padded, plain_length;
	enum outcome outcome = REFUSED;

	if (length < NONCE_BYTES + CIPHER_PAD_BYTES + TAG_BYTES ||
	    (length - NONCE_BYTES - TAG_BYTES) % CIPHER_PAD_BYTES != 0)
		return (REFUSED);
	padded = length - NONCE_BYTES - TAG_BYTES;
	room = padded <= sizeof(small) ? small : memory_new(padded, 1);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(room, NULL, NULL,
		nonce + NONCE_BYTES, padded + TAG_BYTES, facts.bytes,
		facts.length, nonce, key) == 0 &&
	    sodium_unpad(&plain_length, room, padded, CIPHER_PAD_BYTES) == 0) {
		text_add_bytes(plain, room, plain_length);
		outcome = DONE;
	}
	explicit_bzero(room, padded);
	if (room != small)
		free(room);
	return (outcome);
}

void *
cipher_key_memory(size_t size)
{
	void *memory = sodium_malloc(size);

	if (memory == NULL) {
		log_err("out of memory for keys");
		abort();
	}
	memset(memory, 0, size);
	return (memory);
}
