/* waymark backup: a copy of the store, while the helpline goes on. */
#include <errno.h>

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/settings.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_options.h"
#include "gateway/desk/desk.h"
#include "store/backup.h"
#include "store/store.h"

/* Without the box key the copy is made, and nobody notes it. */
static void
note(const struct settings *settings)
{
	struct box_key *box = NULL;
	enum outcome outcome = box_key_open(settings->box_key_path, &box);

	if (outcome == DONE)
		outcome =
		    store_note_backup(settings->store_path, box, clock_utc_s());
	if (outcome != DONE)
		fputs("waymark backup: the copy is made, but the store could"
		      " not note it: `waymark status` does not know of it\n",
		    stderr);
	box_key_close(box);
}

static int
make(const struct settings *settings, const char *file)
{
	struct text out = { 0 };

	switch (store_backup(settings->store_path, file)) {
	case BACKUP_MADE:
		note(settings);
		text_printf(&out,
		    "The store is copied to %s.\n"
		    "The box key is not in it: keep a copy of %s elsewhere.\n",
		    file, settings->box_key_path);
		return (cli_put("backup", &out));
	case BACKUP_IS_STORE:
		return (cli_failed("backup",
		    "'%s' is the store itself: name another file", file));
	case BACKUP_IS_RUNNING:
		return (cli_failed("backup",
		    "another `waymark backup` writes '%s' just now", file));
	case BACKUP_NO_FILE:
		return (cli_failed("backup", "'%s' cannot be made: %s", file,
		    strerror(errno)));
	case BACKUP_UNSOUND:
		return (cli_failed("backup",
		    "what was written to '%s' does not read back: the disk or"
		    " the store is damaged; the copy of before is kept",
		    file));
	case BACKUP_FAILED:
		break;
	}
	return (cli_failed("backup",
	    "the store could not be copied; is there room at '%s'?  The copy of"
	    " before is kept",
	    file));
}

static int
run(int argc, char **argv)
{
	const char *config;
	struct settings settings;
	int first, status;

	if (command_asked_help(&command_backup, argc, argv))
		return (EXIT_DONE);
	status = cli_read_config(&command_backup, argc, argv, &config, &first);
	if (status != EXIT_DONE)
		return (status);
	if (argc - first != 1)
		return (command_wrong_use(
		    &command_backup, "name the file that the copy goes to"));
	if (settings_load(settings_default_path(config), &settings) != DONE)
		return (EXIT_FAILED);
	log_open("backup", settings.log_level);
	seal_start();
	status = make(&settings, argv[first]);
	settings_free(&settings);
	return (status);
}

const struct command command_backup = {
	.name = "backup",
	.summary = "copy the store while the helpline goes on",
	.usage =
	    "Usage: waymark backup [-c FILE] COPY\n"
	    "\n"
	    "Copies the store as it stands at one moment to COPY, over what was"
	    " there, while\n"
	    "the hub goes on.  A copy that is interrupted leaves the one of"
	    " before as it was.\n"
	    "What is sealed stays sealed, and no key is in the copy: keep the"
	    " box key and the\n"
	    "printed recovery key elsewhere.  waymark-backup(1) says how"
	    " erased cases and old\n"
	    "copies go together, and how a copy is put back.\n"
	    "\n"
	    "  -c, --config FILE   the configuration; else $WAYMARK_CONFIG,"
	    " else\n"
	    "                      /etc/waymark/waymark.conf\n",
	.run = run,
};
