#include "tests/sim/control.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "gateway/base/log.h"

enum {
	READ_BYTES = 16384,
	LINE_MOST_BYTES = 1 << 20,
	BACKLOG = 8,
};

enum outcome
control_start(struct control *control, struct modem *modem, const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	size_t i;

	*control =
	    (struct control){ .modem = modem, .listener = -1, .path = path };
	for (i = 0; i < CONTROL_CLIENTS_MOST; i++)
		control->clients[i].socket = -1;
	if (strlen(path) >= sizeof(address.sun_path)) {
		log_err("path of the control socket is too long");
		return (REFUSED);
	}
	memcpy(address.sun_path, path, strlen(path) + 1);
	(void)unlink(path);
	control->listener =
	    socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (control->listener < 0 ||
	    bind(control->listener, (const struct sockaddr *)&address,
		sizeof(address)) != 0 ||
	    listen(control->listener, BACKLOG) != 0) {
		log_err("cannot listen on '%s': %s", path, strerror(errno));
		return (REFUSED);
	}
	return (DONE);
}

static void
drop_client(struct client *client)
{
	close(client->socket);
	text_free(&client->in);
	text_free(&client->out);
	*client = (struct client){ .socket = -1 };
}

void
control_stop(struct control *control)
{
	size_t i;

	for (i = 0; i < CONTROL_CLIENTS_MOST; i++) {
		if (control->clients[i].socket >= 0)
			drop_client(&control->clients[i]);
	}
	if (control->listener >= 0) {
		close(control->listener);
		(void)unlink(control->path);
	}
}

nfds_t
control_polls(const struct control *control, struct pollfd *polls)
{
	const struct client *client;
	nfds_t count = 1;
	size_t i;

	polls[0] = (struct pollfd){ .fd = control->listener, .events = POLLIN };
	for (i = 0; i < CONTROL_CLIENTS_MOST; i++) {
		client = &control->clients[i];
		polls[count++] = (struct pollfd){
			.fd = client->socket,
			.events = (short)(POLLIN |
			    (client->out_at < client->out.length ? POLLOUT : 0))
		};
	}
	return (count);
}

static void
take_new_client(struct control *control)
{
	int socket = accept4(
	    control->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	size_t i;

	if (socket < 0)
		return;
	for (i = 0; i < CONTROL_CLIENTS_MOST; i++) {
		if (control->clients[i].socket < 0) {
			control->clients[i].socket = socket;
			return;
		}
	}
	close(socket);
}

/* 0 when the client has gone. */
static int
read_client(struct client *client)
{
	char bytes[READ_BYTES];
	ssize_t length;

	while ((length = read(client->socket, bytes, sizeof(bytes))) > 0)
		text_add_bytes(&client->in, bytes, (size_t)length);
	return (length < 0 && errno == EAGAIN &&
	    client->in.length - client->in_at < LINE_MOST_BYTES);
}

static void
run_line(struct control *control, struct client *client, char *line)
{
	struct fields fields;

	if (fields_split(line, &fields))
		control_run(control, client, &fields);
	else
		text_add(&client->out, "error\tbad fields\n");
}

static int
is_waiting(struct control *control, struct client *client)
{
	if (client->wait != NULL && client->wait(control, client))
		client->wait = NULL;
	return (client->wait != NULL);
}

/* Runs the lines that are there, up to one that has to wait. */
static void
run_lines(struct control *control, struct client *client)
{
	char *line;
	char *end;

	while (
	    !is_waiting(control, client) && client->in_at < client->in.length) {
		line = client->in.bytes + client->in_at;
		end = memchr(line, '\n', client->in.length - client->in_at);
		if (end == NULL)
			return;
		*end = '\0';
		client->in_at += (size_t)(end - line) + 1;
		run_line(control, client, line);
	}
	if (client->in_at == client->in.length) {
		text_clear(&client->in);
		client->in_at = 0;
	}
}

void
control_serve(struct control *control, const struct pollfd *polls, nfds_t count)
{
	struct client *client;
	nfds_t i;

	for (i = 1; i < count; i++) {
		client = &control->clients[i - 1];
		if (client->socket < 0 ||
		    (polls[i].revents & (POLLIN | POLLHUP | POLLERR)) == 0)
			continue;
		if (!read_client(client)) {
			/* What it asked for before it left is still done. */
			run_lines(control, client);
			drop_client(client);
		}
	}
	if ((polls[0].revents & POLLIN) != 0)
		take_new_client(control);
}

static void
show_sent(struct control *control, struct client *client)
{
	const struct network *network = &control->modem->network;

	if (client->follow_next == 0)
		return;
	while (client->follow_next <= network->sent_count)
		control_add_sent(
		    &client->out, network, client->follow_next++ - 1);
}

static void
write_client(struct client *client)
{
	struct text *out = &client->out;
	ssize_t length;

	while (client->out_at < out->length) {
		length = send(client->socket, out->bytes + client->out_at,
		    out->length - client->out_at, MSG_NOSIGNAL);
		if (length <= 0)
			return;
		client->out_at += (size_t)length;
	}
	text_clear(out);
	client->out_at = 0;
}

void
control_work(struct control *control)
{
	struct client *client;
	size_t i;

	for (i = 0; i < CONTROL_CLIENTS_MOST; i++) {
		client = &control->clients[i];
		if (client->socket < 0)
			continue;
		run_lines(control, client);
		show_sent(control, client);
		write_client(client);
	}
}
