#include "store/sealed_file.h"

#include <sodium.h>
#include <string.h>

#include "gateway/base/memory.h"
#include "store/cipher.h"
#include "store/wrapping.h"

static const char first_line[] = "waymark sealed file 1\n";

enum {
	PAD_BYTES = 256,
	KEY_BYTES = 32,
	CHECK_BYTES = 4,
	FINGERPRINT_BYTES = 16
};

_Static_assert(KEY_BYTES == crypto_box_PUBLICKEYBYTES &&
	KEY_BYTES == crypto_box_SECRETKEYBYTES &&
	(int)KEY_BYTES == (int)WRAPPING_SECRET_BYTES,
    "both halves are 32 bytes");

/* -- keys as words ---------------------------------------------------------- */

/* Bytes that are written as words: what they are, and how many. */
struct spelling {
	const char *word;
	size_t length;
};
static const struct spelling public_spelling = { "waymark-public-", KEY_BYTES };
static const struct spelling secret_spelling = { "waymark-secret-", KEY_BYTES };
static const struct spelling locked_spelling = { "waymark-locked-",
	WRAPPING_BYTES };

/* Of word and bytes, so that a public half is never taken for a secret one. */
static void
hash_check(const struct spelling *spelling, const unsigned char *bytes,
    unsigned char check_r[CHECK_BYTES])
{
	unsigned char hash[crypto_generichash_BYTES];
	crypto_generichash_state state;

	crypto_generichash_init(&state, NULL, 0, sizeof(hash));
	crypto_generichash_update(&state, (const unsigned char *)spelling->word,
	    strlen(spelling->word));
	crypto_generichash_update(&state, bytes, spelling->length);
	crypto_generichash_final(&state, hash, sizeof(hash));
	memcpy(check_r, hash, CHECK_BYTES);
}

static void
write_words(const struct spelling *spelling, const unsigned char *bytes,
    struct text *words)
{
	unsigned char check[CHECK_BYTES];
	char digits[2 * WRAPPING_BYTES + 1];

	text_add(words, spelling->word);
	text_add(words,
	    sodium_bin2hex(digits, sizeof(digits), bytes, spelling->length));
	hash_check(spelling, bytes, check);
	text_add_byte(words, '-');
	text_add(
	    words, sodium_bin2hex(digits, sizeof(digits), check, CHECK_BYTES));
	explicit_bzero(digits, sizeof(digits));
}

/* So many bytes in hexadecimal, and no digit more; *at goes past them. */
MUST_USE static enum outcome
read_digits(const char **at, size_t length, unsigned char *bytes_r)
{
	size_t got;

	if (strspn(*at, "0123456789abcdefABCDEF") != 2 * length ||
	    sodium_hex2bin(
		bytes_r, length, *at, 2 * length, NULL, &got, NULL) != 0 ||
	    got != length)
		return (REFUSED);
	*at += 2 * length;
	return (DONE);
}

/* Spaces and line ends around them come with copying. */
MUST_USE static enum outcome
read_words(
    const struct spelling *spelling, const char *words, unsigned char *bytes_r)
{
	unsigned char check[CHECK_BYTES];
	unsigned char written[CHECK_BYTES];
	const char *at = words + strspn(words, " \t\r\n");

	if (strncmp(at, spelling->word, strlen(spelling->word)) != 0)
		return (REFUSED);
	at += strlen(spelling->word);
	if (read_digits(&at, spelling->length, bytes_r) != DONE ||
	    *at++ != '-' || read_digits(&at, CHECK_BYTES, written) != DONE)
		return (REFUSED);
	hash_check(spelling, bytes_r, check);
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
	write_words(&secret_spelling, secret, secret_words);
	sodium_free(secret);
}

void
sealed_file_write_public(
    const struct sealed_file_public *key, struct text *words)
{
	write_words(&public_spelling, key->bytes, words);
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
	enum outcome outcome = read_words(&public_spelling, words, key.bytes);

	if (outcome == DONE)
		*key_r = key;
	return (outcome);
}

/* -- a secret half under a password ----------------------------------------- */

enum outcome
sealed_file_lock(
    const char *secret_words, const char *password, struct text *locked)
{
	unsigned char *secret = cipher_key_memory(KEY_BYTES);
	struct text wrapped = { 0 };
	enum outcome outcome =
	    read_words(&secret_spelling, secret_words, secret);

	if (outcome == DONE) {
		wrapping_close(WRAPPED_PARTNER, secret, password, &wrapped);
		write_words(&locked_spelling,
		    (const unsigned char *)wrapped.bytes, locked);
	}
	text_free(&wrapped);
	sodium_free(secret);
	return (outcome);
}

int
sealed_file_is_locked(const char *words)
{
	return (strncmp(words + strspn(words, " \t\r\n"), locked_spelling.word,
		    strlen(locked_spelling.word)) == 0);
}

enum outcome
sealed_file_unlock(
    const char *locked, const char *password, struct text *secret_words)
{
	unsigned char bytes[WRAPPING_BYTES];
	const struct wrapped wrapped = { bytes, sizeof(bytes) };
	unsigned char *secret = cipher_key_memory(KEY_BYTES);
	enum outcome outcome = read_words(&locked_spelling, locked, bytes);

	if (outcome == DONE)
		outcome =
		    wrapping_open(WRAPPED_PARTNER, &wrapped, password, secret);
	if (outcome == DONE)
		write_words(&secret_spelling, secret, secret_words);
	sodium_free(secret);
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
	outcome = read_words(&secret_spelling, secret_words, secret);
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
