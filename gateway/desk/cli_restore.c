/* waymark restore: a copy of the store put back in its place. */
#include <inttypes.h>

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/settings.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_options.h"
#include "gateway/desk/desk.h"
#include "store/restore.h"

static int
tell(const struct settings *settings, const struct restored *restored)
{
	struct text out = { 0 };

	text_printf(
	    &out, "The copy is now the store '%s'.\n", settings->store_path);
	if (restored->newest_utc_s > 0)
		text_printf(&out,
		    "The last thing in it is of %s UTC: what came after that is"
		    " not in it.\n",
		    clock_date_time(restored->newest_utc_s).text);
	if (restored->in_doubt > 0)
		text_printf(&out,
		    "%" PRId64 " texts waited to be sent then and may have gone"
		    " since: they are marked unsure.\n",
		    restored->in_doubt);
	text_add(&out,
	    "What callers or the team have erased since is in it again: erase"
	    " it once more.\n");
	if (restored->before.length > 0)
		text_printf(&out,
		    "The store of before is kept as '%s' (with its -wal):"
		    " destroy it when all is well.\n",
		    restored->before.bytes);
	text_add(&out, "Start the hub and the desk again.\n");
	return (cli_put("restore", &out));
}

static int
put_back(const struct settings *settings, const struct box_key *box,
    const char *copy)
{
	struct restored restored;
	int status = EXIT_FAILED;

	switch (store_restore(copy, settings->store_path, box, &restored)) {
	case RESTORE_DONE:
		status = tell(settings, &restored);
		break;
	case RESTORE_NO_COPY:
		cli_failed("restore", "there is no copy '%s'", copy);
		break;
	case RESTORE_IS_STORE:
		cli_failed(
		    "restore", "'%s' is the store itself: name the copy", copy);
		break;
	case RESTORE_IS_USED:
		cli_failed("restore",
		    "the store is in use: stop the hub and the desk first"
		    " (`systemctl stop waymark-desk waymark`)");
		break;
	case RESTORE_UNSOUND:
		cli_failed("restore",
		    "'%s' cannot be put back, and nothing was changed: the"
		    " lines above say why",
		    copy);
		break;
	case RESTORE_FAILED:
		cli_failed("restore",
		    "'%s' could not be put back; is there room beside '%s'? "
		    " Nothing is lost: give the command again",
		    copy, settings->store_path);
		break;
	}
	restored_free(&restored);
	return (status);
}

static int
run(int argc, char **argv)
{
	const char *config;
	struct box_key *box = NULL;
	struct settings settings;
	int first, status;

	if (command_asked_help(&command_restore, argc, argv))
		return (EXIT_DONE);
	status = cli_read_config(&command_restore, argc, argv, &config, &first);
	if (status != EXIT_DONE)
		return (status);
	if (argc - first != 1)
		return (command_wrong_use(
		    &command_restore, "name the copy that is put back"));
	if (settings_load(settings_default_path(config), &settings) != DONE)
		return (EXIT_FAILED);
	log_open("restore", settings.log_level);
	seal_start();
	if (box_key_open(settings.box_key_path, &box) == DONE)
		status = put_back(&settings, box, argv[first]);
	else
		status = cli_failed("restore",
		    "the box key '%s' cannot be read: without it no copy can"
		    " be used",
		    settings.box_key_path);
	box_key_close(box);
	settings_free(&settings);
	return (status);
}

const struct command command_restore = {
	.name = "restore",
	.summary = "put a copy of the store back",
	.usage =
	    "Usage: waymark restore [-c FILE] COPY\n"
	    "\n"
	    "Makes COPY, which `waymark backup` wrote, the store; the hub and"
	    " the desk must be\n"
	    "stopped.  COPY is read back whole and tried with the box key"
	    " before anything is\n"
	    "touched, and stays as it is.  The store of before is kept beside"
	    " it.\n"
	    "Texts that waited when COPY was made may have gone since: they are"
	    " unsure then,\n"
	    "and are not sent again by themselves.  What was erased since is"
	    " there again:\n"
	    "erase it once more (waymark-backup(1)).\n"
	    "\n"
	    "  -c, --config FILE   the configuration; else $WAYMARK_CONFIG,"
	    " else\n"
	    "                      /etc/waymark/waymark.conf\n",
	.run = run,
};
