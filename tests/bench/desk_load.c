#include "tests/bench/desk_load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <gnutls/gnutls.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "gateway/base/memory.h"
#include "tests/lab.h"

enum {
	HEAD_MAX_BYTES = 8192,
	BLOCK_BYTES = 16384,
	TIMES_MOST = 1 << 20,
	US_PER_S = 1000000,
	US_PER_MS = 1000,
};

struct connection {
	gnutls_session_t tls;
	int fd;
	int is_waiting; /* for an answer */
	int64_t due_us; /* when it was to be asked */
	char head[HEAD_MAX_BYTES];
	size_t head_bytes;
	int head_is_read;
	size_t body_left;
};

struct load {
	gnutls_certificate_credentials_t credentials;
	struct connection connections[LOAD_CONNECTIONS_MOST];
	size_t count;
	int64_t *times_us;
	size_t time_count;
	struct load_result result;
};

static int64_t
now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return ((int64_t)now.tv_sec * US_PER_S + now.tv_nsec / US_PER_MS);
}

static int
connect_to(int port)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	const int yes = 1;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 ||
	    connect(fd, (const struct sockaddr *)&address, sizeof(address)) !=
		0)
		lab_fail("no connection to the desk: %s", strerror(errno));
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
	return (fd);
}

static void
open_connection(struct load *load, struct connection *connection, int port)
{
	connection->fd = connect_to(port);
	gnutls_init(&connection->tls, GNUTLS_CLIENT);
	gnutls_set_default_priority(connection->tls);
	gnutls_credentials_set(
	    connection->tls, GNUTLS_CRD_CERTIFICATE, load->credentials);
	gnutls_transport_set_int(connection->tls, connection->fd);
	if (gnutls_handshake(connection->tls) < 0)
		lab_fail("the TLS handshake failed");
	fcntl(connection->fd, F_SETFL, O_NONBLOCK);
}

struct load *
load_open(int port, size_t connections)
{
	struct load *load = memory_new(1, sizeof(*load));

	gnutls_certificate_allocate_credentials(&load->credentials);
	load->count = connections;
	load->times_us = memory_new(TIMES_MOST, sizeof(*load->times_us));
	for (size_t i = 0; i < connections; i++)
		open_connection(load, &load->connections[i], port);
	return (load);
}

void
load_close(struct load *load)
{
	for (size_t i = 0; i < load->count; i++) {
		gnutls_deinit(load->connections[i].tls);
		close(load->connections[i].fd);
	}
	gnutls_certificate_free_credentials(load->credentials);
	free(load->times_us);
	free(load);
}

/* -- asking ----------------------------------------------------------------- */

static void
ask(struct connection *connection, const char *request, int64_t due_us)
{
	size_t length = strlen(request);

	/* A request is one small record, which the socket always takes. */
	if (gnutls_record_send(connection->tls, request, length) !=
	    (ssize_t)length)
		lab_fail("a request could not be sent");
	connection->is_waiting = 1;
	connection->due_us = due_us;
	connection->head_bytes = 0;
	connection->head_is_read = 0;
}

static void
end_answer(struct load *load, struct connection *connection)
{
	connection->is_waiting = 0;
	load->result.answers++;
	if (strncmp(connection->head, "HTTP/1.1 200 ", 13) != 0)
		load->result.bad++;
	if (load->time_count < TIMES_MOST)
		load->times_us[load->time_count++] =
		    now_us() - connection->due_us;
}

/* Bytes of the head until it ends; the rest is the body's. */
static void
take_head(struct load *load, struct connection *connection, const char *bytes,
    size_t length)
{
	static const char field[] = "Content-Length: ";
	const char *end;
	const char *at;
	int64_t body = 0;

	if (connection->head_bytes + length >= HEAD_MAX_BYTES)
		length = HEAD_MAX_BYTES - 1 - connection->head_bytes;
	memcpy(connection->head + connection->head_bytes, bytes, length);
	connection->head_bytes += length;
	connection->head[connection->head_bytes] = '\0';
	end = strstr(connection->head, "\r\n\r\n");
	at = strcasestr(connection->head, field);
	if (end == NULL)
		return;
	if (at == NULL)
		lab_fail("an answer does not say how long it is");
	for (at += sizeof(field) - 1; *at >= '0' && *at <= '9'; at++)
		body = body * 10 + (*at - '0');
	load->result.body_bytes = (size_t)body;
	connection->head_is_read = 1;
	connection->body_left = (size_t)body;
}

static void
take(struct load *load, struct connection *connection, const char *bytes,
    size_t length)
{
	if (!connection->head_is_read) {
		size_t before = connection->head_bytes;
		const char *end;

		take_head(load, connection, bytes, length);
		if (!connection->head_is_read)
			return;
		end = strstr(connection->head, "\r\n\r\n") + 4;
		length -= (size_t)(end - connection->head) - before;
	}
	if (length > connection->body_left)
		lab_fail("an answer is longer than it says");
	connection->body_left -= length;
	if (connection->body_left == 0)
		end_answer(load, connection);
}

static void
hear(struct load *load, struct connection *connection)
{
	char block[BLOCK_BYTES];
	ssize_t got;

	while (connection->is_waiting &&
	    (got = gnutls_record_recv(connection->tls, block, sizeof(block))) !=
		GNUTLS_E_AGAIN) {
		if (got == GNUTLS_E_INTERRUPTED)
			continue;
		if (got <= 0)
			lab_fail("a connection was closed: %s",
			    gnutls_strerror((int)got));
		take(load, connection, block, (size_t)got);
	}
}

/* -- a run ------------------------------------------------------------------ */

static int
compare(const void *left, const void *right)
{
	const int64_t *a = left;
	const int64_t *b = right;

	return (*a < *b ? -1 : *a > *b);
}

static int64_t
share(const struct load *load, size_t percent)
{
	if (load->time_count == 0)
		return (0);
	return (load->times_us[(load->time_count - 1) * percent / 100]);
}

static void
wait_for_answers(struct load *load, int wait_ms)
{
	struct pollfd polls[LOAD_CONNECTIONS_MOST];

	for (size_t i = 0; i < load->count; i++)
		polls[i] =
		    (struct pollfd){ load->connections[i].fd, POLLIN, 0 };
	if (poll(polls, load->count, wait_ms) <= 0)
		return;
	for (size_t i = 0; i < load->count; i++) {
		if (polls[i].revents != 0)
			hear(load, &load->connections[i]);
	}
}

/* Asks on every free connection that is due. */
static void
ask_what_is_due(
    struct load *load, const struct load_plan *plan, int64_t *next_us)
{
	for (size_t i = 0; i < load->count; i++) {
		struct connection *connection = &load->connections[i];
		int64_t now = now_us();

		if (connection->is_waiting)
			continue;
		if (plan->pace_per_s == 0) {
			ask(connection, plan->request, now);
		} else if (*next_us <= now) {
			/* Counted from when it was due, not from when a
			 * connection was free for it. */
			ask(connection, plan->request, *next_us);
			*next_us += US_PER_S / plan->pace_per_s;
		}
	}
}

static int
is_waiting(const struct load *load)
{
	for (size_t i = 0; i < load->count; i++) {
		if (load->connections[i].is_waiting)
			return (1);
	}
	return (0);
}

struct load_result
load_run(struct load *load, const struct load_plan *plan)
{
	int64_t began_us = now_us();
	int64_t next_us = began_us;

	load->time_count = 0;
	load->result = (struct load_result){ 0 };
	while (now_us() - began_us < plan->run_ms * US_PER_MS) {
		ask_what_is_due(load, plan, &next_us);
		wait_for_answers(load, plan->pace_per_s == 0 ? 100 : 0);
	}
	load->result.took_us = now_us() - began_us;
	while (is_waiting(load))
		wait_for_answers(load, 100);
	qsort(
	    load->times_us, load->time_count, sizeof(*load->times_us), compare);
	load->result.p50_us = share(load, 50);
	load->result.p99_us = share(load, 99);
	return (load->result);
}

void
load_ask(int port, const char *request, struct text *answer)
{
	struct load *load = load_open(port, 1);
	gnutls_session_t tls = load->connections[0].tls;
	char block[BLOCK_BYTES];
	ssize_t got = GNUTLS_E_AGAIN;

	ask(&load->connections[0], request, 0);
	/* The request asks for the connection to be closed after it. */
	while (
	    got > 0 || got == GNUTLS_E_AGAIN || got == GNUTLS_E_INTERRUPTED) {
		struct pollfd wait = { load->connections[0].fd, POLLIN, 0 };

		got = gnutls_record_recv(tls, block, sizeof(block));
		if (got > 0)
			text_add_bytes(answer, block, (size_t)got);
		else if (got == GNUTLS_E_AGAIN)
			(void)poll(&wait, 1, 1000);
	}
	load_close(load);
}
