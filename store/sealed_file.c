#include "store/sealed_file.h"

#include <sodium.h>
#include <string.h>

#include "gateway/base/memory.h"
#include "store/cipher.h"

static const char first_line[] = "waymark sealed file 1\n";
static const char public_word[] = "waymark-public-";
static const char secret_word[] = "waymark-secret-";

enum {
	PAD_BYTES = 256,
	KEY_BYTES = 32,
	CHECK_BYTES = 4,
	FINGERPRINT_BYTES = 16
};

_Static_assert(KEY_BYTES == crypto_box_PUBLICKEYBYTES &&
	KEY_BYTES == crypto_box_SECRETKEYBYTES,
    "both halves are 32 bytes");

/* -- keys as words ---------------------------------------------------------- */

/* Of word and key, so that a public half is never taken for a secret one. */
static void
hash_check(const char *word, const unsigned char key[KEY_BYTES],
    unsigned char check_r[CHECK_BYTES])
{
	unsigned char hash[crypto_generichash_BYTES];
	crypto_generichash_state state;

	crypto_generichash_init(&state, NULL, 0, sizeof(hash));
	crypto_generichash_update(
	    &state, (const unsigned char *)word, strlen(word));
	crypto_generichash_update(&state, key, KEY_BYTES);
	crypto_generichash_final(&state, hash, sizeof(hash));
	memcpy(check_r, hash, CHECK_BYTES);
}

static void
write_words(
    const char *word, const unsigned char key[KEY_BYTES], struct text *words)
{
	unsigned char check[CHECK_BYTES];
	char digits[2 * KEY_BYTES + 1];

	text_add(words, word);
	text_add(words, sodium_bin2hex(digits, sizeof(digits), key, KEY_BYTES));
	hash_check(word, key, check);
	text_add_byte(words, '-');
	text_add(
	    words, sodium_bin2hex(digits, sizeof(digits), check, CHECK_BYTES));
	explicit_bzero(digits, sizeof(digits));
}

/* Spaces and line ends around them come with copying. */
MUST_USE static enum outcome
read_words(const char *word, const char *words, unsigned char key_r[KEY_BYTES])
{
	unsigned char check[CHECK_BYTES];
	unsigned char written[CHECK_BYTES];
	size_t length;
	const char *at = words + strspn(words, " \t\r\n");

	if (strncmp(at, word, strlen(word)) != 0)
		return (REFUSED);
	at += strlen(word);
	if (strspn(at, "0123456789abcdefABCDEF") != 2 * (size_t)KEY_BYTES ||
	    sodium_hex2bin(key_r, KEY_BYTES, at, 2 * (size_t)KEY_BYTES, NULL,
		&length, NULL) != 0 ||
	    length != KEY_BYTES)
		return (REFUSED);
	at += 2 * (size_t)KEY_BYTES;
	if (*at++ != '-' ||
	    strspn(at, "0123456789abcdefABCDEF") != 2 * (size_t)CHECK_BYTES ||
	    sodium_hex2bin(written, CHECK_BYTES, at, 2 * (size_t)CHECK_BYTES,
		NULL, &length, NULL) != 0)
		return (REFUSED);
	at += 2 * (size_t)CHECK_BYTES;
	hash_check(word, key_r, check);
	if (at[strspn(at, " \t\r\n")] != '\0' ||
	    memcmp(check, written, CHECK_BYTES) != 0)
		return (REFUSED);
	return (DONE);
}

void
sealed_file_make_pair(
    struct sealed_file_public *public_r, struct text *secret_words)
{
	unsigned char *secret = cipher_key_memory(KEY_BYTES);

	crypto_box_keypair(public_r->bytes, secret);
	write_words(secret_word, secret, secret_words);
	sodium_free(secret);
}

void
sealed_file_write_public(
    const struct sealed_file_public *key, struct text *words)
{
	write_words(public_word, key->bytes, words);
}

void
sealed_file_fingerprint(
    const struct sealed_file_public *key, struct text *words)
{
	unsigned char hash[FINGERPRINT_BYTES];

	crypto_generichash(
	    hash, sizeof(hash), key->bytes, sizeof(key->bytes), NULL, 0);
	for (size_t i = 0; i < sizeof(hash); i += 2)
		text_printf(words, "%s%02X%02X", i > 0 ? " " : "", hash[i],
		    hash[i + 1]);
}

enum outcome
sealed_file_read_public(const char *words, struct sealed_file_public *key_r)
{
	struct sealed_file_public key;
	enum outcome outcome = read_words(public_word, words, key.bytes);

	if (outcome == DONE)
		*key_r = key;
	return (outcome);
}

/* -- files ------------------------------------------------------------------ */

enum outcome
sealed_file_seal(const struct sealed_file_public *key, const void *plain,
    size_t length, struct text *file)
{
	size_t padded = (length / PAD_BYTES + 1) * PAD_BYTES;
	size_t total = padded + crypto_box_SEALBYTES;
	unsigned char *room = memory_new(padded, 1);
	unsigned char *box = memory_new(total, 1);
	enum outcome outcome = REFUSED;

	if (length > 0)
		memcpy(room, plain, length);
	room[length] = 0x80; /* ISO/IEC 7816-4, as sodium_unpad() reads it */
	if (crypto_box_seal(box, room, padded, key->bytes) == 0) {
		text_add(file, first_line);
		text_add_bytes(file, box, total);
		outcome = DONE;
	}
	explicit_bzero(room, padded);
	free(room);
	free(box);
	return (outcome);
}

MUST_USE static enum outcome
open_box(const unsigned char *secret, const unsigned char *box, size_t length,
    struct text *plain)
{
	unsigned char public_half[KEY_BYTES];
	size_t padded = length - crypto_box_SEALBYTES;
	unsigned char *room = memory_new(padded, 1);
	size_t plain_length;
	enum outcome outcome = REFUSED;

	if (crypto_scalarmult_base(public_half, secret) == 0 &&
	    crypto_box_seal_open(room, box, length, public_half, secret) == 0 &&
	    sodium_unpad(&plain_length, room, padded, PAD_BYTES) == 0) {
		text_add_bytes(plain, room, plain_length);
		outcome = DONE;
	}
	explicit_bzero(room, padded);
	free(room);
	return (outcome);
}

enum outcome
sealed_file_open(const char *secret_words, const void *file, size_t length,
    struct text *plain, enum sealed_file_trouble *trouble_r)
{
	size_t head = sizeof(first_line) - 1;
	unsigned char *secret;
	enum outcome outcome;

	if (length < head + crypto_box_SEALBYTES + PAD_BYTES ||
	    memcmp(file, first_line, head) != 0) {
		*trouble_r = SEALED_FILE_IS_NONE;
		return (REFUSED);
	}
	secret = cipher_key_memory(KEY_BYTES);
	outcome = read_words(secret_word, secret_words, secret);
	*trouble_r = outcome != DONE ? SEALED_FILE_BAD_KEY : SEALED_FILE_FINE;
	if (outcome == DONE) {
		outcome = open_box(secret, (const unsigned char *)file + head,
		    length - head, plain);
		if (outcome != DONE)
			*trouble_r = SEALED_FILE_OTHER_KEY;
	}
	sodium_free(secret);
	return (outcome);
}
