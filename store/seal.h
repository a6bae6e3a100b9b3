/* Keys and sealing (libsodium): what of a person stands in the store stands
 * there boxed or sealed.
 *
 * Two kinds of secrecy:
 *
 *   boxed    with the box key, a 32-byte file outside the store, which the hub
 *            holds: the running conversation (numbers to answer, walks, the
 *            outbox).  Erased when the conversation is over.
 *   sealed   with the epoch key, which the hub makes at every start and every
 *            hour, keeps in locked memory and stores only sealed to the team's
 *            public key (crypto_box_seal).  The hub cannot open what an
 *            earlier epoch sealed; a signed-in caseworker can.
 *
 * Both are XChaCha20-Poly1305 with the purpose (and, for boxes, the row's own
 * key) as associated data, so that a box moved to another row or column does
 * not open, and padded to 64 bytes, so that lengths say little.  Callers are
 * found by a keyed BLAKE2b hash of their number.
 *
 * Keys live in sodium_malloc() memory.  Nothing here touches the store.
 */
#ifndef STORE_SEAL_H
#define STORE_SEAL_H

#include <stddef.h>
#include <stdint.h>

#include "gateway/base/outcome.h"
#include "gateway/base/text.h"
#include "gateway/text/number.h"

struct box_key;		/* opaque */
struct epoch_key;	/* opaque */
struct team_secret;	/* opaque: the team's private key, unwrapped */
struct person_secret;	/* opaque: a caseworker's own private key, unwrapped */

struct caller_key {
	unsigned char bytes[32];
};
struct dedupe_key {
	unsigned char bytes[16];
};
struct team_public {
	unsigned char bytes[32];
};
struct person_public {
	unsigned char bytes[32];
};
struct code_key {
	unsigned char bytes[32];
};

/* What a box is for; part of its associated data.  Never renumber. */
enum seal_purpose {
	SEAL_NUMBER = 1,	/* callers.number */
	SEAL_WALK = 2,		/* walks.walk */
	SEAL_OUTBOX = 3,	/* outbox.text and outbox.number */
	SEAL_JOURNAL = 4,	/* journal.text while it waits */
	SEAL_ANSWERS = 5,	/* requests.answers, sealed */
	SEAL_CASE_TEXT = 6,	/* case_texts.text, sealed */
	SEAL_CASE_NUMBER = 7,	/* requests.number, sealed */
	SEAL_ASIDE = 8,		/* journal.aside, sealed */
	SEAL_CONTACT_WORD = 16,	/* contacts.word */
	SEAL_CONTACT_NUMBER = 17,	/* contacts.other_number */
	SEAL_CASE_FACTS = 20,	/* case_facts.content, sealed */
	SEAL_REFERRAL = 21,	/* referral_parts.content, sealed */
	SEAL_ERASURE = 22,	/* erasures.reason, sealed */
	SEAL_STAFF_PHONE = 32,	/* staff.phone */
};

/* Once per process, before anything else here; aborts when libsodium cannot
 * start.  From here on a crash leaves no core, in which keys and people's words
 * would stand (under sanitizers only the limit is set). */
void seal_start(void);

/* -- the box key ------------------------------------------------------------ */

/*
 * DONE     *key_r is yours until box_key_close()
 * NOTHING  there is no such file
 * REFUSED  unreadable, of a wrong size, or readable by others; logged
 */
MUST_USE enum outcome box_key_open(const char *path, struct box_key **key_r);

/* Makes a new key file (0600).  REFUSED when one is there already. */
MUST_USE enum outcome box_key_make(const char *path);
void box_key_close(struct box_key *key);

/* Eight bytes that tell whether a store and a box key belong together. */
void box_key_fingerprint(const struct box_key *key,
    unsigned char fingerprint_r[8]);

void seal_caller_key(const struct box_key *key, const struct number *number,
    struct caller_key *key_r);

/* A keyed hash of what tells two arrivals apart; the bytes are the caller's
 * own encoding of those facts. */
void seal_dedupe_key(const struct box_key *key, const void *facts,
    size_t length, struct dedupe_key *key_r);

/* A keyed hash of a one-time code of a caseworker's; signs as printed. */
void seal_code_key(const struct box_key *key, int64_t staff, const char *signs,
    struct code_key *key_r);

/* Adds a box to *box.  `row` tells where it stands (a caller key, an id). */
void seal_box(const struct box_key *key, enum seal_purpose purpose,
    const void *row, size_t row_length, const void *plain, size_t length,
    struct text *box);

/* DONE and the plain bytes added to *plain, or REFUSED: another key, another
 * place or damaged. */
MUST_USE enum outcome seal_unbox(const struct box_key *key,
    enum seal_purpose purpose, const void *row, size_t row_length,
    const void *box, size_t length, struct text *plain);

/* -- epochs ----------------------------------------------------------------- */

/* A new epoch key, yours until epoch_key_close(). */
struct epoch_key *epoch_key_make(void);
void epoch_key_close(struct epoch_key *key);

/* The key sealed to the team, for the store; adds to *sealed. */
void epoch_key_wrap(const struct epoch_key *key,
    const struct team_public *team, struct text *sealed);

/* What the team's secret makes of a wrapped key.  DONE or REFUSED. */
MUST_USE enum outcome epoch_key_unwrap(const void *sealed, size_t length,
    const struct team_public *team, const struct team_secret *secret,
    struct epoch_key **key_r);

void seal_text(const struct epoch_key *key, enum seal_purpose purpose,
    const void *plain, size_t length, struct text *sealed);
MUST_USE enum outcome seal_open(const struct epoch_key *key,
    enum seal_purpose purpose, const void *sealed, size_t length,
    struct text *plain);

/* -- the team --------------------------------------------------------------- */

void team_make(struct team_public *public_r, struct team_secret **secret_r);
void team_secret_close(struct team_secret *secret);

/* The public half that belongs to a secret. */
void team_secret_public(
    const struct team_secret *secret, struct team_public *public_r);

/* Wraps the secret under a password (Argon2id, its parameters inside the
 * wrapping, 64 MiB and 2 passes unless memory is short); adds to *wrapped.
 * Takes about a tenth of a second. */
void team_secret_wrap(const struct team_secret *secret, const char *password,
    struct text *wrapped);

/* DONE and *secret_r is yours; REFUSED: not this password, or damaged;
 * TRY_LATER: not the memory Argon2id needs just now, logged. */
MUST_USE enum outcome team_secret_unwrap(const void *wrapped, size_t length,
    const char *password, struct team_secret **secret_r);

/* -- people ----------------------------------------------------------------- */

/* A caseworker's own pair: what is sealed to the public half opens with the
 * private one, which is wrapped under their password as the team's secret is
 * under the recovery key. */
void person_make(
    struct person_public *public_r, struct person_secret **secret_r);
void person_secret_close(struct person_secret *secret);
void person_secret_wrap(const struct person_secret *secret,
    const char *password, struct text *wrapped);
/* As team_secret_unwrap(); a wrapped team's secret is REFUSED, after the same
 * work. */
MUST_USE enum outcome person_secret_unwrap(const void *wrapped, size_t length,
    const char *password, struct person_secret **secret_r);

/* The team's secret for one person; adds to *sealed. */
void team_secret_seal(const struct team_secret *secret,
    const struct person_public *person, struct text *sealed);
/* DONE and *secret_r is yours, or REFUSED: not this person's, or damaged. */
MUST_USE enum outcome team_secret_unseal(const void *sealed, size_t length,
    const struct person_secret *person, struct team_secret **secret_r);

/* A recovery key as a person types it: 8 groups of 5 look-alike-free signs
 * ("AC7KM-..."), 160 bits and more.  It is used as a password. */
struct recovery_key {
	char text[48];
};
void recovery_key_make(struct recovery_key *key_r);

/* `count` random signs of the alphabet in which no two look alike
 * ("ACDEFGHJKMNPQRTWXY34679"), for references people read out. */
void seal_random_signs(char *signs_r, size_t count);

#endif
