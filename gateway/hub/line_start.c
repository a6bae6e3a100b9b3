#include "gateway/hub/line_start.h"

#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/hub/providers.h"

enum {
	LINE_SOCKET = 3, /* the descriptor a line finds its socket on */
	ARGUMENTS_MOST = 96,
	NUMBERS_MOST = 24,
};

struct arguments {
	const char *list[ARGUMENTS_MOST + 1];
	size_t count;
	char numbers[NUMBERS_MOST][24];
	size_t number_count;
	char profile[PATH_MAX];
	struct text suspects;
};

static void
add(struct arguments *arguments, const char *option, const char *value)
{
	if (arguments->count + 2 > ARGUMENTS_MOST)
		abort();
	arguments->list[arguments->count++] = option;
	arguments->list[arguments->count++] = value;
}

static void
add_number(struct arguments *arguments, const char *option, int64_t value)
{
	char *words;

	if (arguments->number_count == NUMBERS_MOST)
		abort();
	words = arguments->numbers[arguments->number_count++];
	snprintf(words, sizeof(arguments->numbers[0]), "%" PRId64, value);
	add(arguments, option, words);
}

static void
add_ussd(struct arguments *arguments, const struct line_settings *line)
{
	provider_path(
	    line->profile, arguments->profile, sizeof(arguments->profile));
	add(arguments, "--address", line->address);
	add(arguments, "--profile", arguments->profile);
	add(arguments, "--allow", line->allow);
	add(arguments, "--token-file",
	    line->token_file != NULL ? line->token_file : "");
	add(arguments, "--peer", line->peer);
	add(arguments, "--control", line->control);
	add(arguments, "--code", line->code);
	add_number(arguments, "--idle-s", line->idle_s);
}

/* How the process before this one ended, and where its modem stood. */
static void
add_past(struct arguments *arguments, const struct child *child)
{
	add_number(arguments, "--rung", child->ladder.rung);
	add_number(arguments, "--rounds", child->ladder.rounds);
	add_number(arguments, "--falls", child->ladder.falls);
	add_number(arguments, "--careful", child->is_careful);
	suspects_write(
	    &child->suspects, clock_monotonic_ms(), &arguments->suspects);
	if (arguments->suspects.length > 0)
		add(arguments, "--suspects", arguments->suspects.bytes);
}

static void
add_smpp(struct arguments *arguments, const struct line_settings *line)
{
	add(arguments, "--system-id", line->system_id);
	add(arguments, "--system-type", line->system_type);
	add(arguments, "--password-file",
	    line->password_file != NULL ? line->password_file : "");
	add(arguments, "--source", line->source);
	add_number(arguments, "--source-ton", line->source_ton);
	add_number(arguments, "--source-npi", line->source_npi);
	add_number(arguments, "--dest-ton", line->dest_ton);
	add_number(arguments, "--dest-npi", line->dest_npi);
	add_number(arguments, "--receipts", line->receipts);
	add(arguments, "--ops", line->ops);
	add(arguments, "--session", line->session);
}

static void
add_all(struct arguments *arguments, const struct child *child)
{
	const struct line_settings *line = child->line;

	add(arguments, "line", line->kind);
	add(arguments, "--name", line->name);
	add_number(arguments, "--socket", LINE_SOCKET);
	add(arguments, "--device", line->device);
	add(arguments, "--connection", line->connection);
	add(arguments, "--model", line->model);
	add(arguments, "--listen", line->listen);
	add_ussd(arguments, line);
	add_smpp(arguments, line);
	add_number(arguments, "--sweep-s", line->sweep_s);
	add_number(arguments, "--patience-s", line->patience_s);
	add_number(arguments, "--pause-ms", line->pause_ms);
	add_number(arguments, "--check-s", line->check_s);
	add_number(arguments, "--answer-s", line->answer_s);
	add_number(arguments, "--rest-s", line->rest_s);
	add_number(arguments, "--reports", line->reports);
	add_number(arguments, "--may-power", line->power_cycle[0] != '\0');
	add_past(arguments, child);
}

void
line_start_become(
    const struct child *child, int socket, enum log_level log_level)
{
	struct arguments arguments = { .list = { "waymark" }, .count = 1 };
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (socket == LINE_SOCKET)
		fcntl(socket, F_SETFD, 0);
	else if (dup2(socket, LINE_SOCKET) < 0)
		_exit(EXIT_FAILURE);
	add_all(&arguments, child);
	add(&arguments, "--log", log_level_name(log_level));
	arguments.list[arguments.count] = NULL;
	execv("/proc/self/exe", (char *const *)(uintptr_t)arguments.list);
	_exit(EXIT_FAILURE);
}
