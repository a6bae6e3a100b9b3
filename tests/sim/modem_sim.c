/* modem_sim: a GSM modem, its SIM and the network behind it, for tests.
 *
 *   modem_sim --device LINK --control SOCKET [--profile NAME]
 *
 * It makes LINK a symbolic link to a terminal that speaks AT in PDU mode,
 * listens on SOCKET (control.h says what for), prints "ready" and runs until
 * it is told to stop, by the socket, SIGTERM or SIGINT, or until its parent
 * dies when started with --with-parent.
 */
#include <errno.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "gateway/base/command.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "tests/sim/control.h"

enum {
	POLL_SIGNALS,
	POLL_TERMINAL,
	POLL_WATCH,
	POLL_CONTROL,
	POLLS_MOST = POLL_CONTROL + 1 + CONTROL_CLIENTS_MOST,
};

struct options {
	const char *device;
	const char *control;
	const char *profile;
	int with_parent;
};

static const char usage[] =
    "usage: modem_sim --device LINK --control SOCKET [--profile NAME]\n"
    "                 [--with-parent]\n";

static int
read_options(int argc, char **argv, struct options *options)
{
	static const struct option names[] = {
		{ "device", required_argument, NULL, 'd' },
		{ "control", required_argument, NULL, 'c' },
		{ "profile", required_argument, NULL, 'p' },
		{ "with-parent", no_argument, NULL, 'w' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "", names, NULL)) != -1) {
		if (option == 'd')
			options->device = optarg;
		else if (option == 'c')
			options->control = optarg;
		else if (option == 'p')
			options->profile = optarg;
		else if (option == 'w')
			options->with_parent = 1;
		else
			return (0);
	}
	return (optind == argc && options->device != NULL &&
	    options->control != NULL);
}

static int
open_signals(void)
{
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	return (signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC));
}

static nfds_t
fill_polls(struct pollfd *polls, int signals, const struct modem *modem,
    const struct control *control)
{
	const struct terminal *terminal = &modem->terminal;
	short events = POLLIN;

	if (terminal_wants_to_write(terminal))
		events |= POLLOUT;
	polls[POLL_SIGNALS] =
	    (struct pollfd){ .fd = signals, .events = POLLIN };
	polls[POLL_TERMINAL] =
	    (struct pollfd){ .fd = terminal->near_end, .events = events };
	polls[POLL_WATCH] =
	    (struct pollfd){ .fd = terminal->watch, .events = POLLIN };
	return (POLL_CONTROL + control_polls(control, polls + POLL_CONTROL));
}

static void
run(int signals, struct modem *modem, struct control *control)
{
	struct pollfd polls[POLLS_MOST];
	nfds_t count;

	while (!control->is_stopping) {
		count = fill_polls(polls, signals, modem, control);
		if (poll(polls, count, modem_wait_ms(modem)) < 0 &&
		    errno != EINTR)
			return;
		if (polls[POLL_SIGNALS].revents != 0)
			return;
		if (polls[POLL_TERMINAL].revents != 0 ||
		    polls[POLL_WATCH].revents != 0)
			modem_read(modem);
		control_serve(
		    control, polls + POLL_CONTROL, count - POLL_CONTROL);
		modem_work(modem);
		control_work(control);
	}
}

int
main(int argc, char **argv)
{
	struct options options = { .profile = "generic" };
	struct modem *modem = memory_new(1, sizeof(*modem));
	struct control *control = memory_new(1, sizeof(*control));
	const struct profile *profile;
	int signals = open_signals();
	int status = EXIT_FAILED;

	if (!read_options(argc, argv, &options) ||
	    (profile = profile_find(options.profile)) == NULL) {
		fputs(usage, stderr);
		return (EXIT_WRONG_USE);
	}
	if (options.with_parent)
		(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
	log_open("modem_sim", LOG_LEVEL_NOTICE);
	if (modem_start(modem, profile, options.device) == DONE &&
	    control_start(control, modem, options.control) == DONE) {
		puts("ready");
		fflush(stdout);
		run(signals, modem, control);
		control_stop(control);
		status = EXIT_DONE;
	}
	modem_stop(modem);
	close(signals);
	free(control);
	free(modem);
	return (status);
}
