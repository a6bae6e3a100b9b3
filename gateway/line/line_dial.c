#include "gateway/line/line_dial.h"

#include <errno.h>
#include <getopt.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/settings.h"
#include "gateway/line/dial_code.h"

enum {
	ANSWER_MAX_BYTES = 16384,
	ANSWER_MOST_MS = 240000, /* the hub gives up before */
	BUSY_MOST_MS = 30000, /* a line that sends is asked again so long */
	BUSY_PAUSE_MS = 500,
	OPTION_FORCE = 256,
};

/* -- the hub ---------------------------------------------------------------- */

/* A socket that hears the hub alone; -1 when there is none. */
static int
connect_to_hub(const char *control_path)
{
	struct sockaddr_un unnamed = { .sun_family = AF_UNIX };
	struct sockaddr_un hub = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || strlen(control_path) >= sizeof(hub.sun_path))
		goto undo;
	memcpy(hub.sun_path, control_path, strlen(control_path));
	/* To be answered it needs an address; the kernel makes one up. */
	if (bind(fd, (const struct sockaddr *)&unnamed, sizeof(sa_family_t)) ==
		0 &&
	    connect(fd, (const struct sockaddr *)&hub, sizeof(hub)) == 0)
		return (fd);
undo:
	if (fd >= 0)
		close(fd);
	return (-1);
}

/* An answer: its word and the words for a person, both in `bytes`. */
struct answer {
	char bytes[ANSWER_MAX_BYTES];
	const char *words;
};

static int
hear(int fd, struct answer *answer)
{
	struct pollfd wait = { fd, POLLIN, 0 };
	ssize_t got;
	char *tab;

	if (poll(&wait, 1, ANSWER_MOST_MS) <= 0)
		return (0);
	got = recv(fd, answer->bytes, sizeof(answer->bytes) - 1, 0);
	if (got <= 0)
		return (0);
	answer->bytes[got] = '\0';
	tab = strchr(answer->bytes, '\t');
	if (tab == NULL)
		return (0);
	*tab = '\0';
	answer->words = tab + 1;
	return (1);
}

static int
is_word(const struct answer *answer, const char *word)
{
	return (strcmp(answer->bytes, word) == 0);
}

/* -- what is printed -------------------------------------------------------- */

static void
print_page(const char *words)
{
	size_t length = strlen(words);

	fputs(words, stdout);
	if (length > 0 && words[length - 1] != '\n')
		fputc('\n', stdout);
}

/* Answers up to the last: an exit status, or -1 for a line that is busy. */
static int
print_answers(int fd, const char *name)
{
	static struct answer answer;

	while (hear(fd, &answer)) {
		if (is_word(&answer, "busy"))
			return (-1);
		if (is_word(&answer, "page") || is_word(&answer, "last"))
			print_page(answer.words);
		else
			fprintf(
			    stderr, "waymark: %s: %s\n", name, answer.words);
		if (is_word(&answer, "last"))
			return (EXIT_DONE);
		if (is_word(&answer, "unknown"))
			return (EXIT_NOTHING_FOUND);
		if (is_word(&answer, "page"))
			fputs("--\n", stdout);
		else if (!is_word(&answer, "hint"))
			return (EXIT_FAILED);
		fflush(stdout);
	}
	fprintf(stderr, "waymark: %s: the helpline gave no answer\n", name);
	return (EXIT_FAILED);
}

static int
ask(const struct settings *settings, const char *name, const struct text *words)
{
	static const struct timespec pause = { .tv_nsec =
						   BUSY_PAUSE_MS * 1000000L };
	int64_t until_ms = clock_monotonic_ms() + BUSY_MOST_MS;
	int fd = connect_to_hub(settings->control_path);
	int status = EXIT_FAILED;

	do {
		if (fd < 0 ||
		    send(fd, words->bytes, words->length, MSG_NOSIGNAL) < 0) {
			fputs("waymark: no helpline runs here; `waymark serve`"
			      " starts it\n",
			    stderr);
			break;
		}
		status = print_answers(fd, name);
		if (status < 0)
			nanosleep(&pause, NULL);
	} while (status < 0 && clock_monotonic_ms() < until_ms);
	if (fd >= 0)
		close(fd);
	if (status >= 0)
		return (status);
	fprintf(
	    stderr, "waymark: %s: is busy sending; try again later\n", name);
	return (EXIT_FAILED);
}

/* -- the commands ----------------------------------------------------------- */

struct choice {
	const struct command *command;
	const char *config;
	int is_forced;
};

/* The options; the words stand from optind on.  0, or an exit status and 1. */
static int
read_options(int argc, char **argv, struct choice *choice, int *status_r)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "force", no_argument, NULL, OPTION_FORCE },
		{ 0 },
	};
	int option;

	*status_r = EXIT_DONE;
	if (command_asked_help(choice->command, argc, argv))
		return (1);
	optind = 1;
	opterr = 0;
	while ((option = getopt_long(argc, argv, ":c:", options, NULL)) != -1) {
		if (option == 'c') {
			choice->config = optarg;
		} else if (option == OPTION_FORCE &&
		    choice->command == &command_line_dial) {
			choice->is_forced = 1;
		} else {
			*status_r = command_wrong_use(choice->command,
			    "'%s' is not understood", argv[optind - 1]);
			return (1);
		}
	}
	return (0);
}

static int
ask_with_settings(
    const struct choice *choice, const char *name, const struct text *words)
{
	struct settings settings;
	int status;

	if (settings_load(settings_default_path(choice->config), &settings) !=
	    DONE)
		return (EXIT_FAILED);
	log_open("line", settings.log_level);
	status = ask(&settings, name, words);
	settings_free(&settings);
	return (status);
}

static int
run_dial(int argc, char **argv)
{
	struct choice choice = { .command = &command_line_dial };
	struct text words = { 0 };
	const char *harm;
	int status;

	if (read_options(argc, argv, &choice, &status))
		return (status);
	if (argc - optind != 2)
		return (command_wrong_use(&command_line_dial,
		    "say which line, and which code: modem-1 '*100#'"));
	if (!dial_code_is_sound(argv[optind + 1]))
		return (command_wrong_use(&command_line_dial,
		    "'%s' is no code; one looks like *100#, or *100#,1,2 to"
		    " answer a menu",
		    argv[optind + 1]));
	harm = dial_code_harm(argv[optind + 1]);
	if (harm != NULL && !choice.is_forced)
		return (command_wrong_use(&command_line_dial,
		    "'%s' is no question: it %s; --force dials it all the"
		    " same",
		    argv[optind + 1], harm));
	text_printf(&words, "dial\t%s\t%s%s", argv[optind], argv[optind + 1],
	    choice.is_forced ? "\tforce" : "");
	status = ask_with_settings(&choice, argv[optind], &words);
	text_free(&words);
	return (status);
}

static int
run_pushed(int argc, char **argv)
{
	struct choice choice = { .command = &command_line_pushed };
	struct text words = { 0 };
	int status;

	if (read_options(argc, argv, &choice, &status))
		return (status);
	if (argc - optind != 1)
		return (
		    command_wrong_use(&command_line_pushed, "say which line"));
	text_printf(&words, "pushed\t%s", argv[optind]);
	status = ask_with_settings(&choice, argv[optind], &words);
	text_free(&words);
	return (status);
}

const struct command command_line_dial = {
	.name = "line dial",
	.summary = "have a line's modem dial a code of its operator",
	.usage =
	    "Usage: waymark line dial [-c FILE] [--force] NAME CODE\n"
	    "\n"
	    "Has the modem of line NAME dial a USSD code of its operator, such\n"
	    "as '*100#' for the credit, and prints what the operator answers.\n"
	    "'*100#,1,2' answers the menu that comes with 1, and the next with\n"
	    "2; each page is printed.  The helpline must be running; nobody's\n"
	    "text is sent meanwhile.\n"
	    "\n"
	    "  -c, --config FILE  the configuration (waymark.conf)\n"
	    "      --force        also a code that forwards or bars calls, or\n"
	    "                     changes a PIN\n"
	    "\n"
	    "Quote the code: the shell has other uses for * and #.\n",
	.run = run_dial,
};

const struct command command_line_pushed = {
	.name = "line pushed",
	.summary = "what a line's operator last sent by itself",
	.usage =
	    "Usage: waymark line pushed [-c FILE] NAME\n"
	    "\n"
	    "Prints the USSD text that the operator of line NAME last sent\n"
	    "without being asked, if network_ussd = \"show\" is set for it.\n"
	    "\n"
	    "  -c, --config FILE  the configuration (waymark.conf)\n",
	.run = run_pushed,
};
