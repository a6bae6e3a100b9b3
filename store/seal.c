#include "store/seal.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sodium.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/base/log.h"
#include "store/cipher.h"

enum { FILE_KEY_BYTES = 32 };

/* The file's key is never used itself: each use has a key derived from it. */
enum subkey {
	SUBKEY_BOX = 1,
	SUBKEY_CALLER = 2,
	SUBKEY_DEDUPE = 3,
	SUBKEY_FINGERPRINT = 4,
	SUBKEY_CODE = 5,
};
static const char subkey_context[crypto_kdf_CONTEXTBYTES] = "waymark1";

struct box_key {
	unsigned char box[CIPHER_KEY_BYTES];
	unsigned char caller[CIPHER_KEY_BYTES];
	unsigned char dedupe[CIPHER_KEY_BYTES];
	unsigned char code[CIPHER_KEY_BYTES];
	unsigned char fingerprint[crypto_kdf_BYTES_MIN];
};

static const char alphabet[] = "ACDEFGHJKMNPQRTWXY34679";

/* A process with keys in it leaves no image of itself behind and is looked
 * into by nobody else.  Both are needed: the limit does not hold where cores
 * are piped to a program, and the flag is gone in a process that it starts. */
static void
leave_no_core(void)
{
	const struct rlimit none = { 0, 0 };

	if (setrlimit(RLIMIT_CORE, &none) != 0)
		log_warning("core dumps are possible: %s", strerror(errno));
#ifndef SANITIZED
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		log_warning("core dumps are possible: %s", strerror(errno));
#endif
}

void
seal_start(void)
{
	leave_no_core();
	if (sodium_init() < 0) {
		log_err("cannot start libsodium");
		abort();
	}
}

static struct box_key *
derive(const unsigned char file_key[FILE_KEY_BYTES])
{
	struct box_key *key = cipher_key_memory(sizeof(*key));

	crypto_kdf_derive_from_key(
	    key->box, sizeof(key->box), SUBKEY_BOX, subkey_context, file_key);
	crypto_kdf_derive_from_key(key->caller, sizeof(key->caller),
	    SUBKEY_CALLER, subkey_context, file_key);
	crypto_kdf_derive_from_key(key->dedupe, sizeof(key->dedupe),
	    SUBKEY_DEDUPE, subkey_context, file_key);
	crypto_kdf_derive_from_key(key->code, sizeof(key->code), SUBKEY_CODE,
	    subkey_context, file_key);
	crypto_kdf_derive_from_key(key->fingerprint, sizeof(key->fingerprint),
	    SUBKEY_FINGERPRINT, subkey_context, file_key);
	return (key);
}

/* Whether an open file can be a box key; logs what is wrong. */
static int
is_fit(int fd, const char *path)
{
	struct stat facts;

	if (fstat(fd, &facts) != 0) {
		log_err(
		    "cannot look at box key '%s': %s", path, strerror(errno));
		return (0);
	}
	if (!S_ISREG(facts.st_mode) || facts.st_size != FILE_KEY_BYTES) {
		log_err("'%s' is no box key: a file of %d bytes is wanted",
		    path, FILE_KEY_BYTES);
		return (0);
	}
	if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
		log_err("others may read the box key '%s': chmod 600 it, and"
			" make a new one if somebody could have copied it",
		    path);
		return (0);
	}
	return (1);
}

enum outcome
box_key_open(const char *path, struct box_key **key_r)
{
	unsigned char file_key[FILE_KEY_BYTES];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	enum outcome outcome = REFUSED;
	ssize_t got;

	if (fd < 0 && errno == ENOENT)
		return (NOTHING);
	if (fd < 0) {
		log_err("cannot open box key '%s': %s", path, strerror(errno));
		return (REFUSED);
	}
	if (!is_fit(fd, path))
		goto out;
	got = read(fd, file_key, sizeof(file_key));
	if (got != FILE_KEY_BYTES) {
		log_err("cannot read box key '%s': %s", path,
		    got < 0 ? strerror(errno) : "it is too short");
		goto out;
	}
	*key_r = derive(file_key);
	outcome = DONE;
out:
	explicit_bzero(file_key, sizeof(file_key));
	close(fd);
	return (outcome);
}

enum outcome
box_key_make(const char *path)
{
	unsigned char file_key[FILE_KEY_BYTES];
	int fd = open(
	    path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
	int is_written;

	if (fd < 0) {
		log_err("cannot make box key '%s': %s", path, strerror(errno));
		return (REFUSED);
	}
	randombytes_buf(file_key, sizeof(file_key));
	is_written = fchmod(fd, S_IRUSR | S_IWUSR) == 0 &&
	    write(fd, file_key, sizeof(file_key)) == FILE_KEY_BYTES &&
	    fsync(fd) == 0;
	explicit_bzero(file_key, sizeof(file_key));
	if (!is_written)
		log_err("cannot write box key '%s': %s", path, strerror(errno));
	if (close(fd) != 0 || !is_written) {
		unlink(path);
		return (REFUSED);
	}
	return (DONE);
}

void
box_key_close(struct box_key *key)
{
	sodium_free(key);
}

void
box_key_fingerprint(const struct box_key *key, unsigned char fingerprint_r[8])
{
	memcpy(fingerprint_r, key->fingerprint, 8);
}

void
seal_caller_key(const struct box_key *key, const struct number *number,
    struct caller_key *key_r)
{
	crypto_generichash(key_r->bytes, sizeof(key_r->bytes),
	    (const unsigned char *)number->e164, strlen(number->e164),
	    key->caller, sizeof(key->caller));
}

void
seal_dedupe_key(const struct box_key *key, const void *facts, size_t length,
    struct dedupe_key *key_r)
{
	crypto_generichash(key_r->bytes, sizeof(key_r->bytes), facts, length,
	    key->dedupe, sizeof(key->dedupe));
}

void
seal_code_key(const struct box_key *key, int64_t staff, const char *signs,
    struct code_key *key_r)
{
	struct text facts = { 0 };

	/* The person first, so that nobody's code is another's. */
	text_printf(&facts, "%" PRId64 " %s", staff, signs);
	crypto_generichash(key_r->bytes, sizeof(key_r->bytes),
	    (const unsigned char *)facts.bytes, facts.length, key->code,
	    sizeof(key->code));
	text_free(&facts);
}

void
seal_box(const struct box_key *key, enum seal_purpose purpose, const void *row,
    size_t row_length, const void *plain, size_t length, struct text *box)
{
	struct cipher_place place = { purpose, row, row_length };

	cipher_close(key->box, &place, plain, length, box);
}

enum outcome
seal_unbox(const struct box_key *key, enum seal_purpose purpose,
    const void *row, size_t row_length, const void *box, size_t length,
    struct text *plain)
{
	struct cipher_place place = { purpose, row, row_length };

	return (cipher_open(key->box, &place, box, length, plain));
}

void
seal_random_signs(char *signs_r, size_t count)
{
	enum { SIGNS = sizeof(alphabet) - 1, MASK = 31, AT_A_TIME = 32 };
	unsigned char random[AT_A_TIME];
	size_t left = 0;

	static_assert(SIGNS <= MASK + 1, "a mask reaches every sign");
	/* What lies above the alphabet is thrown away, so that each sign is as
	 * likely as any other; the kernel is asked once for many. */
	for (size_t i = 0; i < count;) {
		unsigned sign;

		if (left == 0) {
			randombytes_buf(random, sizeof(random));
			left = sizeof(random);
		}
		sign = random[--left] & MASK;
		if (sign < SIGNS)
			signs_r[i++] = alphabet[sign];
	}
	explicit_bzero(random, sizeof(random));
}

void
recovery_key_make(struct recovery_key *key_r)
{
	enum { GROUPS = 8, SIGNS = 5 };
	char *at = key_r->text;

	static_assert(GROUPS * (SIGNS + 1) == sizeof(key_r->text),
	    "a recovery key fills its struct");
	for (int group = 0; group < GROUPS; group++) {
		seal_random_signs(at, SIGNS);
		at += SIGNS;
		*at++ = group < GROUPS - 1 ? '-' : '\0';
	}
}
