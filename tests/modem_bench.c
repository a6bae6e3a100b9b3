#include "tests/modem_bench.h"

#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/line/line.h"

enum {
	START_MS = 60000,
	STORED_MS = 30000,
	STEP_US = 10000,
};

void
bench_expect(struct bench *bench, int is_true, const char *words,
    const char *file, int line)
{
	if (is_true)
		return;
	bench->failures++;
	fprintf(stderr, "%s:%d: in %s: not so: %s\n", file, line, bench->test,
	    words);
}

void
bench_start_modem(struct bench *bench, const char *profile)
{
	snprintf(bench->directory, sizeof(bench->directory),
	    "/tmp/modem-line.XXXXXX");
	if (mkdtemp(bench->directory) == NULL) {
		perror("mkdtemp");
		abort();
	}
	sim_start_named(
	    &bench->sim, bench->program, bench->directory, "modem", profile);
	bench->is_simulated = 1;
	bench->line = -1;
	bench->socket = -1;
}

static int
run_line(const struct bench *bench, int socket)
{
	struct line_arguments arguments = {
		.name = "north",
		.socket = socket,
		.device = bench->sim.device,
		.connection = "dku2at",
		.model = "",
		.listen = "",
		.sweep_s = 300,
		.pause_ms = bench->pause_ms,
		.patience_s = bench->patience_s,
		.check_s = bench->check_s,
		.answer_s = 30,
		.rest_s = 5,
		.may_power = bench->may_power,
		.ladder = bench->ladder,
		.suspects = bench->suspects != NULL ? bench->suspects : "",
		.is_careful = bench->is_careful,
		.log_level = LOG_LEVEL_ERR,
	};

	if (getenv("VERBOSE") != NULL)
		arguments.log_level = LOG_LEVEL_DEBUG;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGPIPE, SIG_IGN);
	return (line_run_modem(&arguments));
}

void
bench_start_line(struct bench *bench)
{
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends) != 0) {
		perror("socketpair");
		abort();
	}
	fflush(NULL);
	bench->line = fork();
	if (bench->line < 0) {
		perror("fork");
		abort();
	}
	if (bench->line == 0) {
		close(ends[0]);
		exit(run_line(bench, ends[1]));
	}
	close(ends[1]);
	bench->socket = ends[0];
	EXPECT(bench, bench_hear(bench, LINE_HELLO, START_MS));
	EXPECT(bench, bench->heard.version == PROTOCOL_VERSION);
	EXPECT(bench, bench->heard.window == 1);
}

void
bench_start(struct bench *bench)
{
	bench_start_modem(bench, NULL);
	bench_start_line(bench);
	EXPECT(bench, bench_hear_health(bench, 1, START_MS));
}

static void
close_socket(struct bench *bench)
{
	if (bench->socket >= 0)
		close(bench->socket);
	bench->socket = -1;
}

void
bench_kill_line(struct bench *bench)
{
	if (bench->line > 0) {
		kill(bench->line, SIGKILL);
		waitpid(bench->line, NULL, 0);
	}
	bench->line = -1;
	close_socket(bench);
}

int
bench_wait_line(struct bench *bench, int wait_ms)
{
	int64_t end_ms = clock_monotonic_ms() + wait_ms;
	int status;

	while (waitpid(bench->line, &status, WNOHANG) == 0) {
		if (clock_monotonic_ms() > end_ms)
			return (-1);
		usleep(STEP_US);
	}
	bench->line = -1;
	return (
	    WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

void
bench_stop(struct bench *bench)
{
	char command[128];

	bench_kill_line(bench);
	if (!bench->is_simulated)
		return;
	sim_stop(&bench->sim);
	bench->is_simulated = 0;
	snprintf(command, sizeof(command), "%s/modem", bench->directory);
	unlink(command);
	rmdir(bench->directory);
}

int
bench_hear(struct bench *bench, enum line_message_kind kind, int wait_ms)
{
	int64_t end_ms = clock_monotonic_ms() + wait_ms;
	struct pollfd line = { .fd = bench->socket, .events = POLLIN };
	int was_garbage;

	for (;;) {
		int64_t left_ms = end_ms - clock_monotonic_ms();

		if (left_ms < 0 || poll(&line, 1, (int)left_ms) <= 0)
			return (0);
		if (protocol_receive(
			bench->socket, &bench->heard, &was_garbage) != DONE)
			return (0);
		if (bench->heard.kind == kind)
			return (1);
	}
}

int
bench_hear_health(struct bench *bench, int is_up, int wait_ms)
{
	int64_t end_ms = clock_monotonic_ms() + wait_ms;

	while (clock_monotonic_ms() < end_ms &&
	    bench_hear(
		bench, LINE_HEALTH, (int)(end_ms - clock_monotonic_ms()))) {
		if (bench->heard.is_up == is_up)
			return (1);
	}
	return (0);
}

static void
say(struct bench *bench, const struct line_message *message)
{
	EXPECT(bench, protocol_send(bench->socket, message) == DONE);
}

void
bench_release(struct bench *bench, uint64_t slot)
{
	struct line_message message = {
		.kind = HUB_RELEASE,
		.arrived = { .slot = slot },
	};

	say(bench, &message);
}

void
bench_send(struct bench *bench, uint64_t id, const char *to, const char *text,
    int reference, int first_part)
{
	struct line_message message = {
		.kind = HUB_SEND,
		.id = id,
		.reference = reference,
		.first_part = first_part,
	};

	snprintf(message.to, sizeof(message.to), "%s", to);
	snprintf(message.text, sizeof(message.text), "%s", text);
	say(bench, &message);
}

void
bench_say(struct bench *bench, enum line_message_kind kind)
{
	bench_say_words(bench, kind, "");
}

void
bench_say_words(
    struct bench *bench, enum line_message_kind kind, const char *words)
{
	struct line_message message = { .kind = kind };

	snprintf(message.text, sizeof(message.text), "%s", words);
	say(bench, &message);
}

long
bench_count(struct bench *bench, const char *name)
{
	struct sim_connection *connection = &bench->sim.connection;
	const char *command[] = { "stats" };
	struct fields fields;
	long count = -1;

	sim_send(connection, command, COUNT_OF(command));
	while (sim_read_line(connection, STORED_MS, &fields) &&
	    strcmp(fields.list[0], "stat") == 0) {
		if (strcmp(fields.list[1], name) == 0)
			count = strtol(fields.list[2], NULL, 10);
	}
	return (count);
}

int
bench_stored(struct bench *bench, long count)
{
	int64_t end_ms = clock_monotonic_ms() + STORED_MS;

	do {
		sim_ask(&bench->sim, "stored", NULL);
		if (sim_answer_number(&bench->sim, 1) == count &&
		    sim_answer_number(&bench->sim, 2) == 0)
			return (1);
		usleep(STEP_US);
	} while (clock_monotonic_ms() < end_ms);
	return (0);
}

static void
copy_sent(const struct fields *fields, struct bench_sent *sent)
{
	const struct {
		char *to;
		size_t size;
		size_t field;
	} places[] = {
		{ sent->to, sizeof(sent->to), 2 },
		{ sent->join_reference, sizeof(sent->join_reference), 4 },
		{ sent->parts, sizeof(sent->parts), 5 },
		{ sent->part, sizeof(sent->part), 6 },
		{ sent->alphabet, sizeof(sent->alphabet), 7 },
		{ sent->text, sizeof(sent->text), 8 },
	};

	for (size_t i = 0; i < COUNT_OF(places); i++)
		snprintf(places[i].to, places[i].size, "%s",
		    fields->list[places[i].field]);
}

int
bench_sent(struct bench *bench, long n, struct bench_sent *sent_r)
{
	struct sim_connection *connection = &bench->sim.connection;
	const char *command[] = { "sent", NULL };
	struct fields fields;
	char number[24];
	int is_found = 0;

	memset(sent_r, 0, sizeof(*sent_r));
	snprintf(number, sizeof(number), "%ld", n);
	command[1] = number;
	sim_send(connection, command, COUNT_OF(command));
	while (sim_read_line(connection, STORED_MS, &fields) &&
	    strcmp(fields.list[0], "sent") == 0) {
		if (!is_found)
			copy_sent(&fields, sent_r);
		is_found = 1;
	}
	return (is_found);
}
