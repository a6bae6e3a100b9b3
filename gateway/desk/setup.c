#include "gateway/desk/setup.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/file.h"
#include "gateway/base/memory.h"
#include "gateway/base/settings.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/web_tls.h"
#include "gateway/text/utf8.h"
#include "store/staff.h"

enum { FOLDER_MODE = 0700, SECRET_MODE = 0600 };

static const char command[] = "setup";

/* What a set-up is made of; the first three show that one is there.  The rest
 * is what SQLite and file_write() leave when they are stopped half way. */
enum { TELLING_FILES = 3 };
static const char *const files[] = { "waymark.conf", "waymark.db", "box.key",
	"waymark.conf.new", "waymark.db-wal", "waymark.db-shm",
	"waymark.db-journal", "waymark.db.lock", "box.key.new", "desk-key.pem",
	"desk-key.pem.new", "desk-certificate.pem",
	"desk-certificate.pem.new" };

/* What stands in the plan and on the disk while it is being made. */
struct making {
	const struct setup_plan *plan;
	char *folder; /* absolute */
	char *config_path;
	char *store_path;
	char *box_path;
	int made_folder;
	int made_box_key; /* nobody else makes a set-up here now */
	int made_recovery_file;
	struct recovery_key recovery;
	struct box_key *box;
	struct team_public team;
	struct team_secret *secret;
};

/* -- looking first ---------------------------------------------------------- */

static int
exists(const char *path)
{
	struct stat facts;

	return (lstat(path, &facts) == 0);
}

MUST_USE static enum outcome
check_word(const char *what, const char *word)
{
	if (word[0] != '\0' && utf8_is_clean(word, strlen(word)) &&
	    strchr(word, '\n') == NULL)
		return (DONE);
	cli_failed(
	    command, "%s is empty or has control characters in it", what);
	return (REFUSED);
}

MUST_USE static enum outcome
check_folder(const char *folder)
{
	for (size_t i = 0; i < TELLING_FILES; i++) {
		char *path = file_path(folder, files[i]);
		int is_there = exists(path);

		if (is_there)
			cli_failed(command,
			    "'%s' is there already: this folder holds a set-up,"
			    " and it stays as it is",
			    path);
		free(path);
		if (is_there)
			return (REFUSED);
	}
	return (DONE);
}

MUST_USE static enum outcome
check_modems(const struct setup_plan *plan)
{
	for (size_t i = 0; i < plan->modem_count; i++) {
		if (check_word("a modem's device", plan->modems[i]) != DONE)
			return (REFUSED);
		for (size_t k = 0; k < i; k++) {
			if (strcmp(plan->modems[i], plan->modems[k]) != 0)
				continue;
			cli_failed(command, "modem '%s' is named twice",
			    plan->modems[i]);
			return (REFUSED);
		}
	}
	return (DONE);
}

enum outcome
setup_check(const struct setup_plan *plan)
{
	if (check_word("the folder", plan->folder) != DONE ||
	    check_word("the corridor", plan->corridor) != DONE ||
	    check_modems(plan) != DONE || check_folder(plan->folder) != DONE)
		return (REFUSED);
	if (plan->recovery_file != NULL && exists(plan->recovery_file)) {
		cli_failed(command,
		    "'%s' is there already; name another recovery file",
		    plan->recovery_file);
		return (REFUSED);
	}
	return (DONE);
}

/* -- making ----------------------------------------------------------------- */

MUST_USE static enum outcome
make_folder(struct making *making)
{
	const char *folder = making->plan->folder;
	char *absolute;

	if (mkdir(folder, FOLDER_MODE) == 0) {
		making->made_folder = 1;
	} else if (errno != EEXIST) {
		cli_failed(
		    command, "cannot make '%s': %s", folder, strerror(errno));
		return (REFUSED);
	}
	absolute = realpath(folder, NULL);
	if (absolute == NULL) {
		cli_failed(
		    command, "cannot use '%s': %s", folder, strerror(errno));
		return (REFUSED);
	}
	making->folder = absolute;
	making->config_path = file_path(absolute, files[0]);
	making->store_path = file_path(absolute, files[1]);
	making->box_path = file_path(absolute, files[2]);
	return (DONE);
}

MUST_USE static enum outcome
make_keys(struct making *making)
{
	if (box_key_make(making->box_path) != DONE)
		return (REFUSED);
	making->made_box_key = 1;
	if (box_key_open(making->box_path, &making->box) != DONE)
		return (REFUSED);
	team_make(&making->team, &making->secret);
	recovery_key_make(&making->recovery);
	return (DONE);
}

MUST_USE static enum outcome
add_people(const struct making *making, struct store *store)
{
	const struct setup_plan *plan = making->plan;
	int64_t now_utc_s = clock_utc_s();
	enum outcome outcome = store_begin(store);

	if (outcome != DONE)
		return (outcome);
	outcome = staff_add(store, plan->staff, "lead", plan->password,
	    making->secret, now_utc_s);
	if (outcome == REFUSED)
		cli_failed(command,
		    "a name has 1 to %d bytes, a password %d or more",
		    STAFF_NAME_MAX_BYTES, STAFF_PASSWORD_MIN_BYTES);
	if (outcome == DONE)
		outcome = staff_set_recovery(
		    store, &making->recovery, making->secret, now_utc_s);
	if (outcome == DONE)
		outcome = store_commit(store);
	if (outcome != DONE)
		store_rollback(store);
	return (outcome);
}

MUST_USE static enum outcome
make_store(struct making *making)
{
	struct store *store = NULL;
	enum outcome outcome =
	    store_make(making->store_path, &making->team, making->box);

	if (outcome == DONE)
		outcome = store_open(
		    making->store_path, STORE_DESK, making->box, &store);
	if (outcome == DONE)
		outcome = add_people(making, store);
	if (store != NULL)
		store_close(store);
	return (outcome);
}

MUST_USE static enum outcome
write_recovery_file(struct making *making)
{
	struct text text = { 0 };
	enum outcome outcome;

	if (making->plan->recovery_file == NULL)
		return (DONE);
	text_printf(&text, "%s\n", making->recovery.text);
	making->made_recovery_file = 1;
	outcome = file_write(
	    making->plan->recovery_file, SECRET_MODE, text.bytes, text.length);
	text_free(&text);
	return (outcome);
}

/* The configuration, read back as the hub will read it, says where the
 * certificate goes. */
MUST_USE static enum outcome
write_config(struct making *making)
{
	struct text text = { 0 };
	struct settings settings;
	enum outcome outcome;

	setup_add_config(
	    making->plan, making->config_path, clock_utc_s(), &text);
	outcome = file_write(
	    making->config_path, SECRET_MODE, text.bytes, text.length);
	text_free(&text);
	if (outcome == DONE)
		outcome = settings_load(making->config_path, &settings);
	if (outcome != DONE)
		return (outcome);
	outcome = web_tls_make(&settings.desk);
	settings_free(&settings);
	/* A certificate that was there was put there by somebody. */
	return (outcome == NOTHING ? DONE : outcome);
}

static void
remove_files(const struct making *making)
{
	for (size_t i = 0; i < COUNT_OF(files); i++) {
		char *path = file_path(making->folder, files[i]);

		if (unlink(path) != 0 && errno != ENOENT)
			cli_failed(command, "cannot remove '%s': %s", path,
			    strerror(errno));
		free(path);
	}
}

/* Only what this run has made: another one may be at work in the same
 * folder. */
static void
remove_all(const struct making *making)
{
	if (making->made_box_key)
		remove_files(making);
	if (making->made_recovery_file)
		(void)unlink(making->plan->recovery_file);
	if (making->made_folder && rmdir(making->plan->folder) != 0)
		cli_failed(command, "cannot remove '%s': %s",
		    making->plan->folder, strerror(errno));
}

static void
forget(struct making *making)
{
	if (making->secret != NULL)
		team_secret_close(making->secret);
	if (making->box != NULL)
		box_key_close(making->box);
	explicit_bzero(&making->recovery, sizeof(making->recovery));
	free(making->folder);
	free(making->config_path);
	free(making->store_path);
	free(making->box_path);
}

enum outcome
setup_make(const struct setup_plan *plan, struct recovery_key *recovery_r,
    struct text *config_path)
{
	struct making making = { .plan = plan };
	enum outcome outcome = setup_check(plan);

	if (outcome != DONE)
		return (outcome);
	outcome = make_folder(&making);
	if (outcome == DONE)
		outcome = make_keys(&making);
	if (outcome == DONE)
		outcome = make_store(&making);
	if (outcome == DONE)
		outcome = write_recovery_file(&making);
	if (outcome == DONE)
		outcome = write_config(&making);
	if (outcome == DONE) {
		*recovery_r = making.recovery;
		text_add(config_path, making.config_path);
	} else {
		cli_failed(command, "nothing was set up");
		remove_all(&making);
	}
	forget(&making);
	return (outcome == DONE ? DONE : REFUSED);
}
