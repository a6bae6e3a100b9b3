/* waymark staff rotate, recover: the team's key and the printed one. */
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/base/file.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_staff.h"
#include "gateway/desk/poke.h"
#include "gateway/desk/sign_in.h"

enum { SECRET_MODE = 0600 };

/* Where the new recovery key goes. */
struct keeping {
	const char *path; /* NULL: the terminal */
	int is_written;
};

static int
keep_in_file(const char *path, const struct recovery_key *key)
{
	struct text text = { 0 };
	enum outcome outcome;

	text_printf(&text, "%s\n", key->text);
	outcome = file_write(path, SECRET_MODE, text.bytes, text.length);
	text_free(&text);
	return (outcome == DONE);
}

static int
show(const struct recovery_key *key)
{
	struct text words = { 0 };
	enum outcome outcome;

	text_printf(&words,
	    "\nThe new recovery key, shown this once.  Write it on paper, lock"
	    " the paper away\nand tear the old one up:\n\n    %s\n\n",
	    key->text);
	outcome = sign_in_show(text_string(&words));
	text_free(&words);
	return (outcome == DONE);
}

static int
keep(const struct recovery_key *key, void *into)
{
	struct keeping *keeping = into;

	if (keeping->path == NULL)
		return (show(key));
	keeping->is_written = keep_in_file(keeping->path, key);
	return (keeping->is_written);
}

static int
exists(const char *path)
{
	struct stat facts;

	return (lstat(path, &facts) == 0);
}

static int
check_keeping(const struct keeping *keeping)
{
	if (keeping->path == NULL && sign_in_show("") != DONE)
		return (cli_failed("staff",
		    "there is no terminal to show the recovery key on; give"
		    " --recovery-file"));
	if (keeping->path != NULL && exists(keeping->path))
		return (cli_failed("staff",
		    "'%s' is there already; name another recovery file",
		    keeping->path));
	return (EXIT_DONE);
}

/* Who was, or would have been, cut off. */
static void
tell_unready(const struct people_rotation *rotation, int is_done)
{
	FILE *out = is_done ? stdout : stderr;

	if (rotation->unready.count == 0)
		return;
	fputs(is_done ? "Disabled, since they had not signed in: "
		      : "They must sign in once before: ",
	    out);
	for (size_t i = 0; i < rotation->unready.count; i++)
		fprintf(out, "%s%s", i > 0 ? ", " : "",
		    rotation->unready.items[i].name);
	fputs(is_done ? "\n" : "\nWith --force they are disabled instead.\n",
	    out);
}

static int
tell_rotated(const struct session *session, const struct keeping *keeping)
{
	puts("The team's key is a new one.  Everybody goes on with the"
	     " password they have; who is\nsigned in on the pages signs in"
	     " again.  The old recovery key opens nothing now.");
	if (keeping->path != NULL)
		printf("The new recovery key is in %s.  Print it, lock the"
		       " paper away, erase the file.\n",
		    keeping->path);
	/* A hub that does not run seals with a new epoch when it starts. */
	(void)!(poke_keys(session->settings.control_path) == DONE);
	return (EXIT_DONE);
}

int
staff_run_rotate(struct session *session, const struct staff_wish *wish)
{
	struct people_errand errand = staff_errand_of(session, NULL);
	struct keeping keeping = { .path = wish->recovery_file };
	struct people_rotation rotation = {
		.may_cut_off = wish->may_cut_off,
		.keep = keep,
		.into = &keeping,
	};
	enum outcome outcome;
	int status = check_keeping(&keeping);

	if (status != EXIT_DONE)
		return (status);
	outcome = people_rotate(&errand, &rotation);
	if (outcome != DONE && keeping.is_written)
		(void)unlink(keeping.path);
	status = outcome == DONE ? tell_rotated(session, &keeping)
				 : staff_tell_failed(&errand, outcome);
	if (outcome != DONE && keeping.path == NULL &&
	    errand.why == PEOPLE_STORE)
		fputs("If a recovery key was shown, it is void; the one before"
		      " stays.\n",
		    stderr);
	if (outcome == DONE || errand.why == PEOPLE_UNREADY)
		tell_unready(&rotation, outcome == DONE);
	free(rotation.unready.items);
	/* What was there before is gone from the write-ahead log as well, now
	 * or when the hub is next quiet. */
	if (outcome == DONE && store_empty_log(session->store) != DONE)
		fputs("The hub clears away the rest of the old keys when it is"
		      " next quiet.\n",
		    stderr);
	return (status);
}

/* -- recover ---------------------------------------------------------------- */

MUST_USE static enum outcome
read_recovery(const struct staff_wish *wish, struct text *key)
{
	enum outcome outcome;

	if (wish->recovery_file != NULL)
		return (sign_in_read_file("staff", wish->recovery_file, key));
	outcome = sign_in_ask("Recovery key: ", 0, key);
	if (outcome == NOTHING)
		cli_failed("staff",
		    "there is no terminal to ask on; give --recovery-file");
	return (outcome);
}

int
staff_run_recover(struct session *session, const struct staff_wish *wish)
{
	struct people_errand errand = staff_errand_of(session, wish->words[0]);
	struct text key = { 0 };
	struct text password = { 0 };
	enum outcome outcome = read_recovery(wish, &key);
	int status = EXIT_FAILED;

	if (outcome == DONE)
		outcome = sign_in_read_new("staff", wish->new_password_file,
		    STAFF_PASSWORD_MIN_BYTES, &password);
	if (outcome == DONE) {
		outcome = people_recover(
		    &errand, text_string(&key), text_string(&password));
		status = outcome == DONE ? EXIT_DONE
					 : staff_tell_failed(&errand, outcome);
	}
	if (status == EXIT_DONE)
		printf("%s: has a new password.  The recovery key goes on"
		       " being good; lock it away again,\nor make a new one:"
		       " waymark staff rotate\n",
		    errand.whom.name);
	text_free(&key);
	text_free(&password);
	return (status);
}
