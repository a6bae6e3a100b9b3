#include "gateway/line/line.h"

#include <getopt.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "gateway/base/text.h"
#include "gateway/line/line_dial.h"

static const struct {
	const char *name;
	int (*run)(const struct line_arguments *arguments);
} kinds[] = {
	{ "modem", line_run_modem },
	{ "demo", line_run_demo },
	{ "gsup", line_run_gsup },
	{ "ussd", line_run_ussd },
	{ "smpp", line_run_smpp },
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
	OPTION_CHECK,
	OPTION_ANSWER,
	OPTION_REST,
	OPTION_MAY_POWER,
	OPTION_REPORTS,
	OPTION_RUNG,
	OPTION_ROUNDS,
	OPTION_FALLS,
	OPTION_SUSPECTS,
	OPTION_CAREFUL,
	OPTION_LISTEN,
	OPTION_ADDRESS,
	OPTION_PROFILE,
	OPTION_ALLOW,
	OPTION_TOKEN_FILE,
	OPTION_PEER,
	OPTION_CONTROL,
	OPTION_CODE,
	OPTION_IDLE,
	OPTION_SYSTEM_ID,
	OPTION_SYSTEM_TYPE,
	OPTION_PASSWORD_FILE,
	OPTION_SOURCE,
	OPTION_SOURCE_TON,
	OPTION_SOURCE_NPI,
	OPTION_DEST_TON,
	OPTION_DEST_NPI,
	OPTION_RECEIPTS,
	OPTION_OPS,
	OPTION_SESSION,
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
	{ "check-s", required_argument, NULL, OPTION_CHECK },
	{ "answer-s", required_argument, NULL, OPTION_ANSWER },
	{ "rest-s", required_argument, NULL, OPTION_REST },
	{ "may-power", required_argument, NULL, OPTION_MAY_POWER },
	{ "reports", required_argument, NULL, OPTION_REPORTS },
	{ "rung", required_argument, NULL, OPTION_RUNG },
	{ "rounds", required_argument, NULL, OPTION_ROUNDS },
	{ "falls", required_argument, NULL, OPTION_FALLS },
	{ "suspects", required_argument, NULL, OPTION_SUSPECTS },
	{ "careful", required_argument, NULL, OPTION_CAREFUL },
	{ "listen", required_argument, NULL, OPTION_LISTEN },
	{ "address", required_argument, NULL, OPTION_ADDRESS },
	{ "profile", required_argument, NULL, OPTION_PROFILE },
	{ "allow", required_argument, NULL, OPTION_ALLOW },
	{ "token-file", required_argument, NULL, OPTION_TOKEN_FILE },
	{ "peer", required_argument, NULL, OPTION_PEER },
	{ "control", required_argument, NULL, OPTION_CONTROL },
	{ "code", required_argument, NULL, OPTION_CODE },
	{ "idle-s", required_argument, NULL, OPTION_IDLE },
	{ "system-id", required_argument, NULL, OPTION_SYSTEM_ID },
	{ "system-type", required_argument, NULL, OPTION_SYSTEM_TYPE },
	{ "password-file", required_argument, NULL, OPTION_PASSWORD_FILE },
	{ "source", required_argument, NULL, OPTION_SOURCE },
	{ "source-ton", required_argument, NULL, OPTION_SOURCE_TON },
	{ "source-npi", required_argument, NULL, OPTION_SOURCE_NPI },
	{ "dest-ton", required_argument, NULL, OPTION_DEST_TON },
	{ "dest-npi", required_argument, NULL, OPTION_DEST_NPI },
	{ "receipts", required_argument, NULL, OPTION_RECEIPTS },
	{ "ops", required_argument, NULL, OPTION_OPS },
	{ "session", required_argument, NULL, OPTION_SESSION },
	{ "log", required_argument, NULL, OPTION_LOG },
	{ 0 },
};

/* What a line is told by a number. */
static const struct {
	int option;
	size_t offset;
	int64_t min;
	int64_t max;
} numbers[] = {
	{ OPTION_SWEEP, offsetof(struct line_arguments, sweep_s), 1, 86400 },
	{ OPTION_PATIENCE, offsetof(struct line_arguments, patience_s), 1,
	    3600 },
	{ OPTION_PAUSE, offsetof(struct line_arguments, pause_ms), 0, 1000 },
	{ OPTION_CHECK, offsetof(struct line_arguments, check_s), 1, 3600 },
	{ OPTION_ANSWER, offsetof(struct line_arguments, answer_s), 1, 600 },
	{ OPTION_REST, offsetof(struct line_arguments, rest_s), 1, 3600 },
	{ OPTION_SOURCE_TON, offsetof(struct line_arguments, source_ton), 0,
	    255 },
	{ OPTION_SOURCE_NPI, offsetof(struct line_arguments, source_npi), 0,
	    255 },
	{ OPTION_DEST_TON, offsetof(struct line_arguments, dest_ton), 0, 255 },
	{ OPTION_DEST_NPI, offsetof(struct line_arguments, dest_npi), 0, 255 },
	{ OPTION_RECEIPTS, offsetof(struct line_arguments, receipts), 0, 1 },
	{ OPTION_REPORTS, offsetof(struct line_arguments, reports), 0, 1 },
	{ OPTION_MAY_POWER, offsetof(struct line_arguments, may_power), 0, 1 },
	{ OPTION_CAREFUL, offsetof(struct line_arguments, is_careful), 0, 1 },
};

/* What it is told by words. */
static const struct {
	int option;
	size_t offset;
} words[] = {
	{ OPTION_NAME, offsetof(struct line_arguments, name) },
	{ OPTION_DEVICE, offsetof(struct line_arguments, device) },
	{ OPTION_CONNECTION, offsetof(struct line_arguments, connection) },
	{ OPTION_MODEL, offsetof(struct line_arguments, model) },
	{ OPTION_LISTEN, offsetof(struct line_arguments, listen) },
	{ OPTION_ADDRESS, offsetof(struct line_arguments, address) },
	{ OPTION_PROFILE, offsetof(struct line_arguments, profile) },
	{ OPTION_ALLOW, offsetof(struct line_arguments, allow) },
	{ OPTION_TOKEN_FILE, offsetof(struct line_arguments, token_file) },
	{ OPTION_PEER, offsetof(struct line_arguments, peer) },
	{ OPTION_CONTROL, offsetof(struct line_arguments, control) },
	{ OPTION_CODE, offsetof(struct line_arguments, code) },
	{ OPTION_SYSTEM_ID, offsetof(struct line_arguments, system_id) },
	{ OPTION_SYSTEM_TYPE, offsetof(struct line_arguments, system_type) },
	{ OPTION_PASSWORD_FILE,
	    offsetof(struct line_arguments, password_file) },
	{ OPTION_SUSPECTS, offsetof(struct line_arguments, suspects) },
	{ OPTION_SOURCE, offsetof(struct line_arguments, source) },
	{ OPTION_OPS, offsetof(struct line_arguments, ops) },
	{ OPTION_SESSION, offsetof(struct line_arguments, session) },
};

/* 1 when the option was one of these. */
static int
take_words(struct line_arguments *arguments, int option, const char *value)
{
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (words[i].option == option) {
			*(const char **)(void *)((char *)arguments +
			    words[i].offset) = value;
			return (1);
		}
	}
	return (0);
}

/* 1 when the option was one of these, and taken. */
static int
take_number(struct line_arguments *arguments, int option, const char *value)
{
	for (size_t i = 0; i < COUNT_OF(numbers); i++) {
		if (numbers[i].option == option)
			return (text_read_integer(value, numbers[i].min,
			    numbers[i].max,
			    (int64_t *)(void *)((char *)arguments +
				numbers[i].offset)));
	}
	return (0);
}

static int
take_count(const char *value, int64_t most, int *count_r)
{
	int64_t number;

	if (!text_read_integer(value, 0, most, &number))
		return (0);
	*count_r = (int)number;
	return (1);
}

static int
take_rung(struct line_arguments *arguments, const char *value)
{
	int rung;

	if (!take_count(value, RUNG_COUNT - 1, &rung))
		return (0);
	arguments->ladder.rung = (enum ladder_rung)rung;
	return (1);
}

/* 1 when the option was taken. */
static int
take_option(struct line_arguments *arguments, int option, const char *value)
{
	int64_t number;

	switch (option) {
	case OPTION_SOCKET:
		if (!text_read_integer(value, 0, 1 << 20, &number))
			return (0);
		arguments->socket = (int)number;
		return (1);
	case OPTION_RUNG:
		return (take_rung(arguments, value));
	case OPTION_ROUNDS:
		return (take_count(
		    value, LADDER_COUNT_MOST, &arguments->ladder.rounds));
	case OPTION_FALLS:
		return (take_count(
		    value, LADDER_COUNT_MOST, &arguments->ladder.falls));
	case OPTION_IDLE:
		return (text_read_integer(value, 0, 600, &arguments->idle_s));
	case OPTION_LOG:
		return (log_level_read(value, &arguments->log_level));
	default:
		return (take_words(arguments, option, value) ||
		    take_number(arguments, option, value));
	}
}

static const struct line_arguments defaults = {
	.socket = -1,
	.device = "",
	.connection = "dku2at",
	.model = "",
	.suspects = "",
	.sweep_s = 300,
	.patience_s = 45,
	.check_s = 30,
	.answer_s = 30,
	.rest_s = 20,
	.pause_ms = 40,
	.listen = "",
	.address = "",
	.profile = "",
	.allow = "",
	.token_file = "",
	.peer = "",
	.control = "",
	.code = "",
	.system_id = "",
	.system_type = "",
	.password_file = "",
	.source = "",
	.ops = "1 2 17 18",
	.session = "its_session_info",
	.log_level = LOG_LEVEL_NOTICE,
};

static void
leave_signals_to_hub(void)
{
	/* If the hub dies without closing its end, so do we. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGPIPE, SIG_IGN);
	/* Ctrl-C, and the end of a service, may go to all processes at once:
	 * they are for the hub, which then says stop to its lines, so that
	 * each takes leave of its callers. */
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
}

static int
run(int argc, char **argv)
{
	struct line_arguments arguments = defaults;
	const char *kind = argc > 1 ? argv[1] : "";
	int option;

	if (strcmp(kind, "dial") == 0)
		return (command_line_dial.run(argc - 1, argv + 1));
	if (strcmp(kind, "pushed") == 0)
		return (command_line_pushed.run(argc - 1, argv + 1));
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
	leave_signals_to_hub();
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(kinds[i].name, kind) == 0)
			return (kinds[i].run(&arguments));
	}
	return (command_wrong_use(&command_line, "no kind of line '%s'", kind));
}

const struct command command_line = {
	.name = "line",
	.summary = "have a modem dial a code; and the lines' own processes",
	.usage =
	    "Usage: waymark line dial NAME CODE\n"
	    "       waymark line pushed NAME\n"
	    "       waymark line modem|demo|gsup|ussd|smpp --name NAME"
	    " --socket N [options]\n"
	    "\n"
	    "`waymark line dial` has a modem dial a code of its operator, and\n"
	    "`waymark line pushed` prints what the operator sent by itself; each\n"
	    "has a --help of its own.\n"
	    "\n"
	    "The rest is one process per line, started by `waymark serve` on one\n"
	    "end of a socket pair.  Nobody needs to run it by hand.\n"
	    "\n"
	    "  --name NAME         the line's name in waymark.conf\n"
	    "  --socket N          descriptor of the socket to the hub\n"
	    "  --device PATH       modem: libGammu's device\n"
	    "  --connection WORD   modem: libGammu's connection (dku2at)\n"
	    "  --model WORD        modem: libGammu's model\n"
	    "  --sweep-s N         modem: look through the SIM this often (300)\n"
	    "  --patience-s N      modem: end when one step takes longer (45)\n"
	    "  --pause-ms N        modem: cap on libGammu's pauses (40)\n"
	    "  --check-s N         modem: ask it how it is this often (30)\n"
	    "  --answer-s N        modem: wait for the network to take a text"
	    " (30)\n"
	    "  --rest-s N          modem: the longest rest before it is tried"
	    " again (20)\n"
	    "  --may-power 0|1     modem: the hub can turn its power off and"
	    " on\n"
	    "  --rung N, --rounds N, --falls N, --suspects LIST,"
	    " --careful 0|1\n"
	    "                      modem: how the processes before this one"
	    " ended\n"
	    "  --listen PATH       demo: unix socket to listen on\n"
	    "  --address ADDRESS   ussd: to listen on, 127.0.0.1:8081\n"
	    "  --profile FILE      ussd: how its provider speaks\n"
	    "  --allow LIST        ussd: addresses that may ask\n"
	    "  --token-file FILE   ussd: what they must know\n"
	    "  --peer ADDRESS      gsup: the register, 127.0.0.1:4222\n"
	    "  --control ADDRESS   gsup: its control interface, "
	    "127.0.0.1:4259\n"
	    "  --code CODE         gsup, smpp: the code that is ours, *384#\n"
	    "  --idle-s N          gsup, ussd, smpp: how long a page waits for"
	    " its answer\n"
	    "  --address ADDRESS   smpp: the message centre, 127.0.0.1:2775\n"
	    "  --system-id, --system-type WORD, --password-file FILE\n"
	    "                      smpp: who we are to it\n"
	    "  --source, --source-ton, --source-npi, --dest-ton, --dest-npi\n"
	    "                      smpp: our address, how it and callers' are"
	    " written\n"
	    "  --receipts 0|1      smpp: ask what becomes of texts\n"
	    "  --ops, --session    smpp: how it speaks USSD\n"
	    "  --log LEVEL         err, warning, notice, info or debug\n",
	.run = run,
};
