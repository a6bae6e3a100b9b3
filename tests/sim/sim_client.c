#include "tests/sim/sim_client.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/base/clock.h"

enum {
	READ_BYTES = 16384,
	ANSWER_WAIT_MS = 120000,
	ARGUMENTS_MOST = 12,
};

static void
give_up(const char *words)
{
	fprintf(stderr, "simulated modem: %s: %s\n", words, strerror(errno));
	abort();
}

static char *
joined(const char *directory, const char *name, const char *ending)
{
	struct text path = { 0 };

	text_printf(&path, "%s/%s%s", directory, name, ending);
	return (text_take(&path));
}

static void
run_program(
    const struct sim *sim, const char *program, const char *profile, int output)
{
	char *arguments[ARGUMENTS_MOST] = {
		strdup(program),
		strdup("--with-parent"),
		strdup("--device"),
		sim->device,
		strdup("--control"),
		sim->control,
		strdup("--profile"),
		strdup(profile != NULL ? profile : "generic"),
		NULL,
	};

	(void)dup2(output, STDOUT_FILENO);
	execv(program, arguments);
	perror(program);
	_exit(127);
}

static void
wait_until_ready(int output)
{
	static const char word[] = "ready\n";
	char read_so_far[sizeof(word)] = { 0 };
	size_t length = 0;
	ssize_t more;

	while (length < sizeof(word) - 1) {
		more = read(
		    output, read_so_far + length, sizeof(word) - 1 - length);
		if (more <= 0)
			give_up("ended before it was ready");
		length += (size_t)more;
	}
}

void
sim_start_named(struct sim *sim, const char *program, const char *directory,
    const char *name, const char *profile)
{
	int pipe_ends[2];

	*sim = (struct sim){ .device = joined(directory, name, ""),
		.control = joined(directory, name, ".control") };
	if (pipe(pipe_ends) != 0)
		give_up("no pipe");
	sim->process = fork();
	if (sim->process < 0)
		give_up("no process");
	if (sim->process == 0)
		run_program(sim, program, profile, pipe_ends[1]);
	close(pipe_ends[1]);
	wait_until_ready(pipe_ends[0]);
	close(pipe_ends[0]);
	sim_connect(&sim->connection, sim->control);
}

void
sim_start(struct sim *sim, const char *program, const char *directory)
{
	sim_start_named(sim, program, directory, "modem", NULL);
}

void
sim_stop(struct sim *sim)
{
	sim_disconnect(&sim->connection);
	(void)kill(sim->process, SIGTERM);
	(void)waitpid(sim->process, NULL, 0);
	free(sim->device);
	free(sim->control);
	*sim = (struct sim){ 0 };
}

void
sim_connect(struct sim_connection *connection, const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };

	*connection = (struct sim_connection){ 0 };
	if (strlen(path) >= sizeof(address.sun_path))
		give_up("path of the control socket is too long");
	memcpy(address.sun_path, path, strlen(path) + 1);
	connection->socket = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (connection->socket < 0 ||
	    connect(connection->socket, (const struct sockaddr *)&address,
		sizeof(address)) != 0)
		give_up("cannot connect to its control socket");
}

void
sim_disconnect(struct sim_connection *connection)
{
	close(connection->socket);
	text_free(&connection->in);
	text_free(&connection->line);
	connection->socket = -1;
}

void
sim_send(
    struct sim_connection *connection, const char *const *fields, size_t count)
{
	struct text line = { 0 };
	size_t at = 0;
	ssize_t length;

	fields_add_line(&line, fields, count);
	while (at < line.length) {
		length = send(connection->socket, line.bytes + at,
		    line.length - at, MSG_NOSIGNAL);
		if (length <= 0)
			give_up("its control socket is gone");
		at += (size_t)length;
	}
	text_free(&line);
}

/* Moves the next line out of what was read: 1, or 0 when none is complete. */
static int
next_line(struct sim_connection *connection)
{
	struct text *in = &connection->in;
	const char *line;
	const char *end;

	if (connection->in_at == in->length)
		return (0);
	line = in->bytes + connection->in_at;
	end = memchr(line, '\n', in->length - connection->in_at);
	if (end == NULL)
		return (0);
	text_clear(&connection->line);
	text_add_bytes(&connection->line, line, (size_t)(end - line));
	connection->in_at += (size_t)(end - line) + 1;
	if (connection->in_at == in->length) {
		text_clear(in);
		connection->in_at = 0;
	}
	return (1);
}

static int
read_more(struct sim_connection *connection, int64_t wait_ms)
{
	struct pollfd one = { .fd = connection->socket, .events = POLLIN };
	char bytes[READ_BYTES];
	ssize_t length;

	if (wait_ms < 0 || poll(&one, 1, (int)wait_ms) <= 0)
		return (0);
	length = read(connection->socket, bytes, sizeof(bytes));
	if (length <= 0)
		return (0);
	text_add_bytes(&connection->in, bytes, (size_t)length);
	return (1);
}

int
sim_read_line(
    struct sim_connection *connection, int wait_ms, struct fields *fields_r)
{
	int64_t until_ms = clock_monotonic_ms() + wait_ms;

	while (!next_line(connection)) {
		if (!read_more(connection, until_ms - clock_monotonic_ms()))
			return (0);
	}
	return (fields_split(connection->line.bytes, fields_r));
}

void
sim_ask(struct sim *sim, const char *command, ...)
{
	const char *list[FIELDS_MOST] = { command };
	size_t count = 1;
	va_list fields;

	va_start(fields, command);
	while (count < FIELDS_MOST &&
	    (list[count] = va_arg(fields, const char *)) != NULL)
		count++;
	va_end(fields);
	sim_send(&sim->connection, list, count);
	do {
		if (!sim_read_line(
			&sim->connection, ANSWER_WAIT_MS, &sim->answer)) {
			errno = ETIMEDOUT;
			give_up(command);
		}
		if (strcmp(sim->answer.list[0], "error") == 0) {
			errno = EINVAL;
			give_up(sim->answer.list[1]);
		}
	} while (strcmp(sim->answer.list[0], "ok") != 0);
}

long
sim_answer_number(const struct sim *sim, size_t n)
{
	int64_t number = 0;

	if (n >= sim->answer.count ||
	    !text_read_integer(
		sim->answer.list[n], INT32_MIN, INT32_MAX, &number))
		give_up("its answer is no number");
	return ((long)number);
}
