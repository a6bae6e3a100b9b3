#include "gateway/line/line.h"

#include <getopt.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "gateway/base/text.h"

static const struct {
	const char *name;
	int (*run)(const struct line_arguments *arguments);
} kinds[] = {
	{ "modem", line_run_modem },
	{ "demo", line_run_demo },
	{ "gsup", line_run_gsup },
	{ "ussd", line_run_ussd },
};

enum option_id {
	OPTION_NAME = 256,
	OPTION_SOCKET,
	OPTION_DEVICE,
	OPTION_CONNECTION,
	OPTION_MODEL,
	OPTION_SWEEP,
	OPTION_PATIENCE,
	OPTION_PAUSE,
	OPTION_LISTEN,
	OPTION_ADDRESS,
	OPTION_PROFILE,
	OPTION_ALLOW,
	OPTION_TOKEN_FILE,
	OPTION_PEER,
	OPTION_CONTROL,
	OPTION_CODE,
	OPTION_IDLE,
	OPTION_LOG,
};

static const struct option long_options[] = {
	{ "name", required_argument, NULL, OPTION_NAME },
	{ "socket", required_argument, NULL, OPTION_SOCKET },
	{ "device", required_argument, NULL, OPTION_DEVICE },
	{ "connection", required_argument, NULL, OPTION_CONNECTION },
	{ "model", required_argument, NULL, OPTION_MODEL },
	{ "sweep-s", required_argument, NULL, OPTION_SWEEP },
	{ "patience-s", required_argument, NULL, OPTION_PATIENCE },
	{ "pause-ms", required_argument, NULL, OPTION_PAUSE },
	{ "listen", required_argument, NULL, OPTION_LISTEN },
	{ "address", required_argument, NULL, OPTION_ADDRESS },
	{ "profile", required_argument, NULL, OPTION_PROFILE },
	{ "allow", required_argument, NULL, OPTION_ALLOW },
	{ "token-file", required_argument, NULL, OPTION_TOKEN_FILE },
	{ "peer", required_argument, NULL, OPTION_PEER },
	{ "control", required_argument, NULL, OPTION_CONTROL },
	{ "code", required_argument, NULL, OPTION_CODE },
	{ "idle-s", required_argument, NULL, OPTION_IDLE },
	{ "log", required_argument, NULL, OPTION_LOG },
	{ 0 },
};

/* 1 when the option was taken. */
static int
take_option(struct line_arguments *arguments, int option, const char *value)
{
	int64_t number;

	switch (option) {
	case OPTION_NAME:
		arguments->name = value;
		return (1);
	case OPTION_SOCKET:
		if (!text_read_integer(value, 0, 1 << 20, &number))
			return (0);
		arguments->socket = (int)number;
		return (1);
	case OPTION_DEVICE:
		arguments->device = value;
		return (1);
	case OPTION_CONNECTION:
		arguments->connection = value;
		return (1);
	case OPTION_MODEL:
		arguments->model = value;
		return (1);
	case OPTION_SWEEP:
		return (
		    text_read_integer(value, 1, 86400, &arguments->sweep_s));
	case OPTION_PATIENCE:
		return (
		    text_read_integer(value, 1, 3600, &arguments->patience_s));
	case OPTION_PAUSE:
		return (
		    text_read_integer(value, 0, 1000, &arguments->pause_ms));
	case OPTION_LISTEN:
		arguments->listen = value;
		return (1);
	case OPTION_ADDRESS:
		arguments->address = value;
		return (1);
	case OPTION_PROFILE:
		arguments->profile = value;
		return (1);
	case OPTION_ALLOW:
		arguments->allow = value;
		return (1);
	case OPTION_TOKEN_FILE:
		arguments->token_file = value;
		return (1);
	case OPTION_PEER:
		arguments->peer = value;
		return (1);
	case OPTION_CONTROL:
		arguments->control = value;
		return (1);
	case OPTION_CODE:
		arguments->code = value;
		return (1);
	case OPTION_IDLE:
		return (text_read_integer(value, 0, 600, &arguments->idle_s));
	case OPTION_LOG:
		return (log_level_read(value, &arguments->log_level));
	default:
		return (0);
	}
}

static int
run(int argc, char **argv)
{
	struct line_arguments arguments = {
		.socket = -1,
		.device = "",
		.connection = "dku2at",
		.model = "",
		.sweep_s = 300,
		.patience_s = 90,
		.pause_ms = 50,
		.listen = "",
		.address = "",
		.profile = "",
		.allow = "",
		.token_file = "",
		.peer = "",
		.control = "",
		.code = "",
		.log_level = LOG_LEVEL_NOTICE,
	};
	const char *kind = argc > 1 ? argv[1] : "";
	int option;

	if (command_asked_help(&command_line, argc, argv))
		return (EXIT_DONE);
	optind = 2;
	while (
	    (option = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
		if (!take_option(&arguments, option, optarg))
			return (command_wrong_use(&command_line,
			    "an option is unknown or out of range"));
	}
	if (arguments.socket < 0 || arguments.name == NULL)
		return (command_wrong_use(
		    &command_line, "lines are started by `waymark serve`"));
	/* If the hub dies without closing its end, so do we. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGPIPE, SIG_IGN);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(kinds[i].name, kind) == 0)
			return (kinds[i].run(&arguments));
	}
	return (command_wrong_use(&command_line, "no kind of line '%s'", kind));
}

const struct command command_line = {
	.name = "line",
	.summary = "one line's process; `waymark serve` starts these",
	.usage =
	    "Usage: waymark line modem|demo|gsup|ussd --name NAME --socket N"
	    " [options]\n"
	    "\n"
	    "One process per line, started by `waymark serve` on one end of a\n"
	    "socket pair.  Nobody needs to run it by hand.\n"
	    "\n"
	    "  --name NAME         the line's name in waymark.conf\n"
	    "  --socket N          descriptor of the socket to the hub\n"
	    "  --device PATH       modem: libGammu's device\n"
	    "  --connection WORD   modem: libGammu's connection (dku2at)\n"
	    "  --model WORD        modem: libGammu's model\n"
	    "  --sweep-s N         modem: look through the SIM this often (300)\n"
	    "  --patience-s N      modem: end when one step takes longer (90)\n"
	    "  --pause-ms N        modem: cap on libGammu's pauses (50)\n"
	    "  --listen PATH       demo: unix socket to listen on\n"
	    "  --address ADDRESS   ussd: to listen on, 127.0.0.1:8081\n"
	    "  --profile FILE      ussd: how its provider speaks\n"
	    "  --allow LIST        ussd: addresses that may ask\n"
	    "  --token-file FILE   ussd: what they must know\n"
	    "  --peer ADDRESS      gsup: the register, 127.0.0.1:4222\n"
	    "  --control ADDRESS   gsup: its control interface, "
	    "127.0.0.1:4259\n"
	    "  --code CODE         gsup: the code that is ours, *384#\n"
	    "  --idle-s N          gsup, ussd: how long a page waits for its "
	    "answer\n"
	    "  --log LEVEL         err, warning, notice, info or debug\n",
	.run = run,
};
