#include "gateway/desk/web_server.h"

#include <microhttpd.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/confine.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/desk/poke.h"
#include "gateway/desk/web_health.h"
#include "gateway/desk/web_listen.h"
#include "gateway/desk/web_send.h"
#include "gateway/desk/web_tls.h"

enum {
	CONNECTIONS_MOST = 200,
	CONNECTIONS_EACH_MOST = 64, /* of one address; browsers open six */
	CONNECTION_BYTES = 24576, /* headers in, headers out */
	IDLE_S = 20,
	REQUEST_MS = 30000, /* from one answer to the next one's end */
	HEALTH_MS = 5000, /* the hub is asked so often */
	HEALTH_PATIENCE_MS = 3000,
	TICK_MS = 1000,
	STATUS_BAD = 400,
	STATUS_NO_LENGTH = 411,
	STATUS_TOO_LARGE = 413,
};

/* A connection, from accept() to close(). */
struct caller_connection {
	struct caller_connection *next;
	struct caller_connection *before;
	int fd;
	int64_t since_ms; /* it began, or its last answer went out */
	struct MHD_Connection *waiting; /* for its answer, or NULL */
};

/* A request being read. */
struct exchange {
	struct text body;
	int has_waited;
};

struct server {
	struct web *web;
	struct MHD_Daemon *daemon;
	struct caller_connection *connections;
	int listener;
	int signals;
	int epoll;
	int hub; /* socket of a question to the hub, -1 none */
	int64_t hub_asked_ms;
	int has_work; /* that is done a little at a time */
};

/* -- requests --------------------------------------------------------------- */

static const char *
header(struct MHD_Connection *connection, const char *name)
{
	return (MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name));
}

static const char *
cookie(struct MHD_Connection *connection, const char *name)
{
	return (MHD_lookup_connection_value(connection, MHD_COOKIE_KIND, name));
}

static enum MHD_Result
take_query(
    void *into, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct form_fields *fields = into;

	(void)kind;
	if (fields->count == FORM_FIELDS_MOST)
		return (MHD_NO);
	fields->items[fields->count++] =
	    (struct form_field){ name, value != NULL ? value : "" };
	return (MHD_YES);
}

static struct web_address
peer_of(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);

	return (web_address_of(info->client_addr));
}

static struct web_address
local_of(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_CONNECTION_FD);

	return (web_address_local(info->connect_fd));
}

static struct caller_connection *
caller_of(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	return (info != NULL ? info->socket_context : NULL);
}

/* Nothing is sent yet; on_request() is called for it once more. */
static enum MHD_Result
let_wait(struct server *server, struct MHD_Connection *connection,
    struct exchange *exchange)
{
	exchange->has_waited = 1;
	server->has_work = 1;
	caller_of(connection)->waiting = connection;
	MHD_suspend_connection(connection);
	return (MHD_YES);
}

static void
end_waiting(const struct server *server)
{
	for (struct caller_connection *one = server->connections; one != NULL;
	     one = one->next) {
		if (one->waiting == NULL)
			continue;
		one->since_ms = clock_monotonic_ms();
		MHD_resume_connection(one->waiting);
		one->waiting = NULL;
	}
}

static enum MHD_Result
answer_request(struct server *server, struct MHD_Connection *connection,
    const char *method, const char *path, struct exchange *exchange)
{
	struct web_address peer = peer_of(connection);
	struct web_address local = local_of(connection);
	struct web_request request = {
		.method = strcmp(method, "HEAD") == 0 ? "GET" : method,
		.path = path,
		.peer = peer.text,
		.local = local.text,
		.host = header(connection, "Host"),
		.origin = header(connection, "Origin"),
		.referer = header(connection, "Referer"),
		.accept_language = header(connection, "Accept-Language"),
		.session = cookie(connection, "__Host-waymark"),
		.language = cookie(connection, "__Host-language"),
		.type = header(connection, "Content-Type"),
		.etag = header(connection, "If-None-Match"),
		.is_asked_again = exchange->has_waited,
	};
	struct text body = { 0 }; /* is cut apart, and may be read again */
	struct web_answer answer;
	enum MHD_Result result;

	MHD_get_connection_values(
	    connection, MHD_GET_ARGUMENT_KIND, take_query, &request.query);
	if (exchange->body.length > 0)
		text_add_bytes(
		    &body, exchange->body.bytes, exchange->body.length);
	request.body = body.bytes;
	web_answer(server->web, &request, &answer);
	result = answer.waits ? let_wait(server, connection, exchange)
			      : web_send(connection, &answer);
	web_answer_free(&answer);
	text_free(&body);
	return (result);
}

/* Headers are in, a body may follow.  A form whose length is not told or too
 * great is refused before it is read. */
static enum MHD_Result
check_length(struct MHD_Connection *connection, const char *method)
{
	const char *length = header(connection, "Content-Length");
	int64_t bytes = 0;

	if (header(connection, "Transfer-Encoding") != NULL)
		return (web_send_refusal(
		    connection, STATUS_NO_LENGTH, "Say how long it is.\n"));
	if (length == NULL)
		return (strcmp(method, "POST") == 0
			? web_send_refusal(connection, STATUS_NO_LENGTH,
			      "Say how long it is.\n")
			: MHD_YES);
	if (!text_read_integer(length, 0, INT64_MAX, &bytes))
		return (web_send_refusal(
		    connection, STATUS_BAD, "This is no length.\n"));
	if (bytes > WEB_BODY_MAX_BYTES)
		return (web_send_refusal(
		    connection, STATUS_TOO_LARGE, "This form is too long.\n"));
	return (MHD_YES);
}

/* libmicrohttpd calls it when the headers are in (*state is NULL), for each
 * piece of the body, and at the end. */
static enum MHD_Result
on_request(void *into, struct MHD_Connection *connection, const char *path,
    const char *method, const char *version, const char *piece,
    size_t *piece_bytes, void **state)
{
	struct exchange *exchange = *state;

	(void)version;
	if (exchange == NULL) {
		*state = memory_new(1, sizeof(struct exchange));
		return (check_length(connection, method));
	}
	if (*piece_bytes > 0) {
		if (exchange->body.length + *piece_bytes > WEB_BODY_MAX_BYTES)
			return (MHD_NO);
		text_add_bytes(&exchange->body, piece, *piece_bytes);
		*piece_bytes = 0;
		return (MHD_YES);
	}
	/* A NUL in a form would hide what follows it. */
	if (exchange->body.length > 0 &&
	    memchr(exchange->body.bytes, '\0', exchange->body.length) != NULL)
		return (web_send_refusal(
		    connection, STATUS_BAD, "This form cannot be read.\n"));
	return (answer_request(into, connection, method, path, exchange));
}

static void
on_completed(void *into, struct MHD_Connection *connection, void **state,
    enum MHD_RequestTerminationCode how)
{
	struct caller_connection *caller = caller_of(connection);
	struct exchange *exchange = *state;

	(void)into;
	(void)how;
	if (caller != NULL)
		caller->since_ms = clock_monotonic_ms();
	if (exchange != NULL)
		text_free(&exchange->body);
	free(exchange);
	*state = NULL;
}

/* -- connections ------------------------------------------------------------ */

static void
begin_connection(
    struct server *server, struct MHD_Connection *connection, void **context)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct caller_connection *begun = memory_new(1, sizeof(*begun));

	begun->fd = info->connect_fd;
	begun->since_ms = clock_monotonic_ms();
	begun->next = server->connections;
	if (begun->next != NULL)
		begun->next->before = begun;
	server->connections = begun;
	*context = begun;
}

static void
end_connection(struct server *server, void **context)
{
	struct caller_connection *ended = *context;

	if (ended == NULL)
		return;
	if (ended->before != NULL)
		ended->before->next = ended->next;
	else
		server->connections = ended->next;
	if (ended->next != NULL)
		ended->next->before = ended->before;
	free(ended);
	*context = NULL;
}

static void
on_connection(void *into, struct MHD_Connection *connection, void **context,
    enum MHD_ConnectionNotificationCode what)
{
	if (what == MHD_CONNECTION_NOTIFY_STARTED)
		begin_connection(into, connection, context);
	else
		end_connection(into, context);
}

/* libmicrohttpd's own time-out begins anew with every byte, so that somebody
 * who sends one now and then could stay for ever. */
static void
cut_slow_ones(const struct server *server)
{
	int64_t now_ms = clock_monotonic_ms();

	for (const struct caller_connection *one = server->connections;
	     one != NULL; one = one->next) {
		if (one->waiting == NULL && now_ms - one->since_ms > REQUEST_MS)
			shutdown(one->fd, SHUT_RDWR);
	}
}

/* -- the hub ---------------------------------------------------------------- */

static void
end_question(struct server *server, const char *answer)
{
	web_health_take(&server->web->health, answer);
	if (server->hub >= 0)
		close(server->hub);
	server->hub = -1;
}

/* Asks without waiting: a hub that hangs must not hold up the pages. */
static void
ask_hub(struct server *server)
{
	int64_t now_ms = clock_monotonic_ms();

	if (server->hub >= 0) {
		if (now_ms - server->hub_asked_ms > HEALTH_PATIENCE_MS)
			end_question(server, NULL);
		return;
	}
	if (server->hub_asked_ms != 0 &&
	    now_ms - server->hub_asked_ms < HEALTH_MS)
		return;
	server->hub_asked_ms = now_ms;
	server->hub = poke_begin_lines(server->web->settings.control_path);
	if (server->hub < 0)
		end_question(server, NULL);
}

static void
hear_hub(struct server *server)
{
	struct text answer = { 0 };

	if (poke_take_lines(server->hub, &answer) == DONE)
		end_question(server, text_string(&answer));
	else
		end_question(server, NULL);
	text_free(&answer);
}

/* -- the loop --------------------------------------------------------------- */

static void
on_library_words(void *into, const char *format, va_list arguments)
{
	/* libmicrohttpd's words may hold parts of requests, so that something
	 * went wrong is all the log tells. */
	(void)into;
	(void)arguments;
	log_debug("libmicrohttpd: %.40s", format);
}

MUST_USE static enum outcome
start(struct server *server, const struct text *certificate,
    const struct text *key)
{
	const union MHD_DaemonInfo *info;

	server->daemon = MHD_start_daemon(MHD_USE_EPOLL | MHD_USE_TLS |
		MHD_USE_ERROR_LOG | MHD_ALLOW_SUSPEND_RESUME,
	    0, NULL, NULL, on_request, server, MHD_OPTION_EXTERNAL_LOGGER,
	    on_library_words, NULL, MHD_OPTION_LISTEN_SOCKET, server->listener,
	    MHD_OPTION_HTTPS_MEM_CERT, certificate->bytes,
	    MHD_OPTION_HTTPS_MEM_KEY, key->bytes, MHD_OPTION_HTTPS_PRIORITIES,
	    "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2",
	    MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MOST,
	    MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)CONNECTIONS_EACH_MOST,
	    MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BYTES,
	    MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_NOTIFY_COMPLETED,
	    on_completed, server, MHD_OPTION_NOTIFY_CONNECTION, on_connection,
	    server, MHD_OPTION_END);
	if (server->daemon == NULL) {
		log_err("the desk cannot serve HTTPS: libmicrohttpd does not"
			" start");
		return (REFUSED);
	}
	info = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD);
	server->epoll = info->epoll_fd;
	return (DONE);
}

MUST_USE static enum outcome
open_signals(struct server *server)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	server->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (server->signals >= 0)
		return (DONE);
	log_err("cannot listen to signals");
	return (REFUSED);
}

/* Before the first word of a stranger is read: from then on the desk starts no
 * program and no process, looks into no other, and opens no socket but those to
 * the hub, so that the network is what it listens on already. */
static void
give_up(void)
{
	const struct confinement confinement = {
		.may_accept = 1,
		.may_use_local_sockets = 1,
		.may_use_files = 1,
	};

	confine(&confinement);
}

static int
wait_ms(const struct server *server)
{
	MHD_UNSIGNED_LONG_LONG library_ms;

	if (server->has_work)
		return (0);
	if (MHD_get_timeout(server->daemon, &library_ms) == MHD_YES &&
	    library_ms < TICK_MS)
		return ((int)library_ms);
	return (TICK_MS);
}

/* A little of what takes long, between the requests of others. */
static void
go_on(struct server *server)
{
	struct web *web = server->web;

	if (!server->has_work)
		return;
	server->has_work = web_sessions_go_on(&web->sessions, web->store);
	if (!server->has_work)
		end_waiting(server);
}

static void
loop(struct server *server)
{
	int64_t ticked_ms = 0;

	for (;;) {
		struct pollfd polls[] = {
			{ .fd = server->signals, .events = POLLIN },
			{ .fd = server->epoll, .events = POLLIN },
			{ .fd = server->hub, .events = POLLIN },
		};
		int64_t now_ms;

		(void)poll(polls, COUNT_OF(polls), wait_ms(server));
		if (polls[0].revents != 0)
			return;
		if (polls[2].revents != 0)
			hear_hub(server);
		MHD_run(server->daemon);
		go_on(server);
		now_ms = clock_monotonic_ms();
		if (now_ms - ticked_ms < TICK_MS)
			continue;
		ticked_ms = now_ms;
		ask_hub(server);
		cut_slow_ones(server);
		web_sessions_tidy(&server->web->sessions, now_ms);
	}
}

static void
stop(struct server *server)
{
	end_waiting(server);
	if (server->daemon != NULL)
		MHD_stop_daemon(server->daemon); /* closes the listener */
	else if (server->listener >= 0)
		close(server->listener);
	if (server->hub >= 0)
		close(server->hub);
	if (server->signals >= 0)
		close(server->signals);
}

enum outcome
web_serve(struct web *web)
{
	struct server server = {
		.web = web, .listener = -1, .signals = -1, .hub = -1
	};
	struct text certificate = { 0 };
	struct text key = { 0 };
	enum outcome outcome =
	    web_tls_load(&web->settings.desk, &certificate, &key);

	if (outcome == DONE)
		outcome = open_signals(&server);
	if (outcome == DONE)
		outcome = web_listen(
		    web->settings.desk.listen, &server.listener, &web->port);
	if (outcome == DONE)
		outcome = start(&server, &certificate, &key);
	if (outcome == DONE) {
		give_up();
		log_notice(
		    "the desk is at https://%s/", web->settings.desk.listen);
		loop(&server);
		log_notice("the desk ends; everybody is signed out");
	}
	stop(&server);
	text_free(&certificate);
	text_free(&key);
	return (outcome);
}
