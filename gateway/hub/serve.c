#include <getopt.h>

#include "gateway/base/memory.h"
#include "gateway/hub/alarms.h"
#include "gateway/hub/hub.h"
#include "gateway/hub/open.h"
#include "gateway/hub/providers.h"
#include "gateway/text/utf8.h"

enum option_id {
	OPTION_CHECK = 256,
};

static const struct option long_options[] = {
	{ "config", required_argument, NULL, 'c' },
	{ "check-config", no_argument, NULL, OPTION_CHECK },
	{ 0 },
};

static enum exit_status
check_config(const char *path)
{
	struct settings settings;

	enum exit_status status = EXIT_FAILED;

	if (settings_load(path, &settings) != DONE)
		return (EXIT_FAILED);
	if (alarms_check(&settings) == DONE &&
	    providers_read(&settings) == DONE &&
	    hub_check_menus(&settings) == DONE) {
		status = EXIT_DONE;
		printf("%s: right\n", path);
	}
	for (size_t i = 0; i < settings.line_count && status == EXIT_DONE; i++)
		printf("  line %-12s %s, corridor %s\n", settings.lines[i].name,
		    settings.lines[i].kind, settings.lines[i].corridor);
	if (status == EXIT_DONE)
		printf("  desk https://%s/\n", settings.desk.listen);
	settings_free(&settings);
	return (status);
}

static enum exit_status
serve(const char *path)
{
	struct hub *hub = memory_new(1, sizeof(*hub));
	enum exit_status status = EXIT_FAILED;

	seal_start();
	if (hub_open(hub, path) == DONE)
		status = hub_run(hub);
	hub_close(hub);
	free(hub);
	return (status);
}

static int
run(int argc, char **argv)
{
	const char *path = NULL;
	int check = 0;
	int option;

	if (command_asked_help(&command_serve, argc, argv))
		return (EXIT_DONE);
	opterr = 0;
	while ((option = getopt_long(argc, argv, ":c:", long_options, NULL)) !=
	    -1) {
		if (option == 'c')
			path = optarg;
		else if (option == OPTION_CHECK)
			check = 1;
		else if (option == ':')
			return (command_wrong_use(&command_serve,
			    "'%s' needs a value", argv[optind - 1]));
		else
			return (command_wrong_use(&command_serve,
			    "there is no option '%s'", argv[optind - 1]));
	}
	if (optind < argc)
		return (command_wrong_use(
		    &command_serve, "'%s' is one word too many", argv[optind]));
	path = settings_default_path(path);
	return (check ? check_config(path) : serve(path));
}

const struct command command_serve = {
	.name = "serve",
	.summary = "run the helpline",
	.usage =
	    "Usage: waymark serve [-c FILE] [--check-config]\n"
	    "\n"
	    "Runs the helpline: takes what the lines bring, answers from the\n"
	    "menus and keeps help requests for caseworkers.  Stays in the\n"
	    "foreground and logs to standard error.\n"
	    "\n"
	    "  -c, --config FILE   waymark.conf; else $WAYMARK_CONFIG, else\n"
	    "                      /etc/waymark/waymark.conf\n"
	    "      --check-config  say whether configuration and menus are right\n"
	    "      --help          this text\n"
	    "\n"
	    "SIGHUP loads menus and languages anew (a set with mistakes never\n"
	    "replaces a good one); SIGTERM ends cleanly.\n"
	    "\n"
	    "Exit status: 0 ended cleanly, 1 could not run, 2 wrong use.\n",
	.run = run,
};
