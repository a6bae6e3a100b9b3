/* The partner's own side of sealed files: a key of their own, a password on
 * it, and opening what was sealed to it.  No store, and nobody signs in. */
#include <unistd.h>

#include "gateway/base/file.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_partners.h"
#include "gateway/desk/desk.h"
#include "gateway/desk/sign_in.h"
#include "store/sealed_file.h"
#include "store/staff.h"

/* -- making ----------------------------------------------------------------- */

/* Puts the words of a secret half under a password: DONE and *secret holds the
 * locked words, or REFUSED (told). */
MUST_USE static enum outcome
lock(const struct partners_wish *wish, struct text *secret)
{
	struct text password = { 0 };
	struct text locked = { 0 };
	enum outcome outcome = sign_in_read_new("partners",
	    wish->new_password_file, STAFF_PASSWORD_MIN_BYTES, &password);

	if (outcome == DONE) {
		outcome = sealed_file_lock(
		    text_string(secret), text_string(&password), &locked);
		if (outcome != DONE)
			cli_failed(
			    "partners", "'%s' holds no secret key", wish->word);
	}
	if (outcome == DONE) {
		text_clear(secret);
		text_add(secret, locked.bytes);
	}
	text_free(&password);
	text_free(&locked);
	return (outcome);
}

/* An exit status; told when it is none of success. */
static int
write_secret(const struct partners_wish *wish, struct text *secret)
{
	text_add_byte(secret, '\n');
	if (file_write(wish->word, 0600, secret->bytes, secret->length) != DONE)
		return (
		    cli_failed("partners", "cannot write '%s'", wish->word));
	return (EXIT_DONE);
}

static int
tell_key(const struct partners_wish *wish, const struct sealed_file_public *key)
{
	struct text words = { 0 };
	struct text fingerprint = { 0 };

	sealed_file_write_public(key, &words);
	text_add_byte(&words, '\n');
	sealed_file_fingerprint(key, &fingerprint);
	fprintf(stderr,
	    "Keep '%s' where only you can read it; whoever has it%s opens what"
	    " is sent to you.\nIts fingerprint, which the helpline compares"
	    " with you by voice: %s\nGive the helpline this line:\n",
	    wish->word, wish->given & TAKES_LOCK ? " and your password" : "",
	    fingerprint.bytes);
	text_free(&fingerprint);
	return (cli_put("partners", &words));
}

int
partners_run_key(const struct partners_wish *wish)
{
	struct sealed_file_public key;
	struct text secret = { 0 };
	int status = EXIT_FAILED;

	if (access(wish->word, F_OK) == 0)
		return (cli_failed("partners",
		    "there is a file '%s' already; a key is never replaced",
		    wish->word));
	seal_start();
	sealed_file_make_pair(&key, &secret);
	if ((wish->given & TAKES_LOCK) == 0 || lock(wish, &secret) == DONE)
		status = write_secret(wish, &secret);
	text_free(&secret);
	return (status == EXIT_DONE ? tell_key(wish, &key) : status);
}

int
partners_run_lock(const struct partners_wish *wish)
{
	struct text secret = { 0 };
	int status = EXIT_FAILED;

	seal_start();
	if (file_read(wish->word, PARTNERS_FILE_MOST_BYTES, &secret) != DONE)
		status = cli_failed("partners", "cannot read '%s'", wish->word);
	else if (sealed_file_is_locked(text_string(&secret)))
		status = cli_failed(
		    "partners", "'%s' has a password already", wish->word);
	else if (lock(wish, &secret) == DONE)
		status = write_secret(wish, &secret);
	if (status == EXIT_DONE)
		printf("%s: opens with your password only; nobody can find it"
		       " again for you\n",
		    wish->word);
	text_free(&secret);
	return (status);
}

/* -- opening ---------------------------------------------------------------- */

MUST_USE static enum outcome
ask_password(struct text *password)
{
	enum outcome outcome =
	    sign_in_ask("Password of your key: ", 1, password);

	if (outcome == NOTHING)
		cli_failed("partners",
		    "the key has a password, and there is no terminal to ask"
		    " for it: --password-file");
	return (outcome);
}

/* The words of the secret half, after its password where it has one: DONE, or
 * REFUSED (told). */
MUST_USE static enum outcome
unlock(const struct partners_wish *wish, struct text *secret)
{
	struct text password = { 0 };
	struct text words = { 0 };
	enum outcome outcome;

	if (!sealed_file_is_locked(text_string(secret)))
		return (DONE);
	if (wish->who.password_file != NULL)
		outcome = sign_in_read_file(
		    "partners", wish->who.password_file, &password);
	else
		outcome = ask_password(&password);
	if (outcome == DONE) {
		outcome = sealed_file_unlock(
		    text_string(secret), text_string(&password), &words);
		if (outcome != DONE)
			cli_failed("partners",
			    "'%s' does not open with this password",
			    wish->partner.key);
	}
	if (outcome == DONE) {
		text_clear(secret);
		text_add(secret, words.bytes);
	}
	text_free(&password);
	text_free(&words);
	return (outcome == DONE ? DONE : REFUSED);
}

static int
open_file(const struct partners_wish *wish, const struct text *file,
    const struct text *secret)
{
	static const char *const words[] = {
		[SEALED_FILE_FINE] = "done",
		[SEALED_FILE_IS_NONE] = "is no sealed file of the helpline",
		[SEALED_FILE_BAD_KEY] = "is sealed, but the key file holds no"
					" secret key",
		[SEALED_FILE_OTHER_KEY] = "was sealed to another key, or is"
					  " damaged",
	};
	struct text plain = { 0 };
	enum sealed_file_trouble trouble;

	if (sealed_file_open(text_string(secret), text_string(file),
		file->length, &plain, &trouble) != DONE)
		return (cli_failed(
		    "partners", "'%s' %s", wish->word, words[trouble]));
	return (cli_put("partners", &plain));
}

int
partners_run_open(const struct partners_wish *wish)
{
	struct text file = { 0 };
	struct text secret = { 0 };
	int status;

	seal_start();
	if (wish->partner.key == NULL)
		return (command_wrong_use(
		    &command_partners, "say which key: --key FILE"));
	if (file_read(wish->word, PARTNERS_FILE_MOST_BYTES, &file) != DONE)
		status = cli_failed("partners", "cannot read '%s'", wish->word);
	else if (file_read(wish->partner.key, PARTNERS_FILE_MOST_BYTES,
		     &secret) != DONE)
		status = cli_failed(
		    "partners", "cannot read '%s'", wish->partner.key);
	else if (unlock(wish, &secret) != DONE)
		status = EXIT_FAILED;
	else
		status = open_file(wish, &file, &secret);
	text_free(&secret);
	text_free(&file);
	return (status);
}
