/* waymark status: is it alive, and does anything wait? */
#include "gateway/base/log.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_options.h"
#include "gateway/desk/desk.h"
#include "gateway/desk/status.h"

/* -- the command line ------------------------------------------------------- */

enum manner {
	AS_TEXT,
	AS_JSON,
	AS_PROMETHEUS,
};

static int
show(const char *config, enum manner manner)
{
	static void (*const ways[])(
	    const struct status *status, struct text *out) = {
		[AS_TEXT] = status_add_text,
		[AS_JSON] = status_add_json,
		[AS_PROMETHEUS] = status_add_prometheus,
	};
	struct settings settings;
	struct status facts;
	struct text out = { 0 };
	enum outcome outcome;

	if (settings_load(settings_default_path(config), &settings) != DONE)
		return (EXIT_FAILED);
	log_open("status", settings.log_level);
	seal_start();
	outcome = status_read(&settings, &facts);
	settings_free(&settings);
	if (outcome != DONE)
		return (cli_failed("status", "the store cannot be read"));
	ways[manner](&facts, &out);
	status_free(&facts);
	return (cli_put("status", &out));
}

enum { OPTION_JSON = 256, OPTION_PROMETHEUS };

static const struct cli_option options[] = {
	{ "config", 1, 'c' },
	{ "json", 0, OPTION_JSON },
	{ "prometheus", 0, OPTION_PROMETHEUS },
};

struct wish {
	const char *config;
	enum manner manner;
};

static int
take_option(int id, char *value, void *into)
{
	struct wish *wish = into;

	if (id == OPTION_JSON)
		wish->manner = AS_JSON;
	else if (id == OPTION_PROMETHEUS)
		wish->manner = AS_PROMETHEUS;
	else
		wish->config = value;
	return (EXIT_DONE);
}

static int
run(int argc, char **argv)
{
	struct wish wish = { 0 };
	struct cli_reading reading = { &command_status, options,
		COUNT_OF(options), take_option, &wish };
	int first;
	int status;

	if (command_asked_help(&command_status, argc, argv))
		return (EXIT_DONE);
	status = cli_read_options(&reading, argc, argv, &first);
	if (status != EXIT_DONE)
		return (status);
	if (first < argc)
		return (command_wrong_use(
		    &command_status, "'%s' is one word too many", argv[first]));
	return (show(wish.config, wish.manner));
}

const struct command command_status = {
	.name = "status",
	.summary = "is the hub running, and does anything wait",
	.usage =
	    "Usage: waymark status [-c FILE] [--json | --prometheus]\n"
	    "\n"
	    "Says whether the hub runs, how its lines are (network, signal,"
	    " memory, credit,\n"
	    "what is being done about a modem that is away) and how much"
	    " waits: help requests,\n"
	    "texts on their way out, messages that came in.  Counts only: it"
	    " needs no password\n"
	    "and shows nobody.\n"
	    "\n"
	    "  -c, --config FILE   the configuration; else $WAYMARK_CONFIG,"
	    " else\n"
	    "                      /etc/waymark/waymark.conf\n"
	    "  --json              for programs\n"
	    "  --prometheus        for a monitoring program, in its text"
	    " format\n",
	.run = run,
};
