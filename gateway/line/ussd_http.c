/* USSD from an operator or an aggregator over HTTP: the only code of the lines
 * that knows libmicrohttpd.
 *
 * One process, one thread, one poll loop over the hub and libmicrohttpd's own
 * epoll.  It serves whoever is on the allow list and has the token, as far as
 * they are set; TLS is a reverse proxy's work.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/confine.h"
#include "gateway/base/file.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/line/address.h"
#include "gateway/line/hub_link.h"
#include "gateway/line/line.h"
#include "gateway/line/ussd_access.h"
#include "gateway/line/ussd_calls.h"
#include "gateway/line/ussd_reply.h"
#include "gateway/line/ussd_xml.h"
#include "gateway/text/form.h"

enum {
	BODY_MAX_BYTES = 8192,
	BODY_HEARD_MOST_BYTES = 16
	    << 20, /* of one that is too long, so that who
					     sends it reads why */
	CONNECTIONS_MOST = 512, /* of one address too: gateways have few */
	CONNECTION_BYTES = 16384,
	REQUEST_MOST_S = 15, /* of silence; and of all of it */
	IDLE_S = 180, /* the longest that a provider keeps a session */
	WINDOW = 1, /* no texts leave by this line */
	LISTEN_MOST = 128,
	LAST_WORDS_MS = 500, /* for answers that are under way at the end */
};

struct http_line {
	struct hub_link hub;
	int listener;
	struct MHD_Daemon *daemon;
	struct ussd_profile profile;
	struct ussd_access access;
	struct ussd_calls calls;
	size_t open_count; /* of requests that are not answered to the end */
};

static void
tell_step(void *context, const struct dialogue *dialogue,
    enum arrival_kind kind, const char *text)
{
	struct http_line *line = context;

	hub_link_tell_step(&line->hub, dialogue, kind, text);
}

/* -- answers ---------------------------------------------------------------- */

static enum MHD_Result
put_response(struct MHD_Connection *connection, unsigned status,
    const struct ussd_reply *reply, const struct ussd_profile *profile)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(
	    reply->body.length, (void *)(uintptr_t)text_string(&reply->body),
	    MHD_RESPMEM_MUST_COPY);
	enum MHD_Result result;

	if (response == NULL)
		return (MHD_NO);
	MHD_add_response_header(
	    response, MHD_HTTP_HEADER_CONTENT_TYPE, reply->content_type);
	MHD_add_response_header(
	    response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
	if (reply->header[0] != '\0')
		MHD_add_response_header(
		    response, reply->header, reply->header_value);
	for (size_t i = 0; profile != NULL && i < profile->header_count; i++)
		MHD_add_response_header(response, profile->headers[i].name,
		    profile->headers[i].value);
	result = MHD_queue_response(connection, status, response);
	MHD_destroy_response(response);
	return (result);
}

static enum MHD_Result
refuse(struct MHD_Connection *connection, unsigned status)
{
	struct ussd_reply reply = { .content_type = "text/plain",
		.header = "" };
	enum MHD_Result result;

	text_add(&reply.body, "refused\n");
	result = put_response(connection, status, &reply, NULL);
	text_free(&reply.body);
	return (result);
}

static enum MHD_Result
put_page(struct http_line *line, struct MHD_Connection *connection,
    const struct ussd_call *call)
{
	const struct ussd_page page = {
		.words = call->is_over ? NULL : text_string(&call->page),
		.is_last = call->is_last,
	};
	struct ussd_reply reply;
	enum MHD_Result result;

	ussd_reply_make(&line->profile, &call->fields, &page, &reply);
	result = put_response(connection, MHD_HTTP_OK, &reply,
	    call->is_over ? NULL : &line->profile);
	text_free(&reply.body);
	return (result);
}

static void
wake(void *context, struct ussd_call *call)
{
	(void)context;
	if (!call->is_suspended)
		return;
	call->is_suspended = 0;
	MHD_resume_connection(call->connection);
}

/* -- requests --------------------------------------------------------------- */

static enum MHD_Result
take_argument(void *context, enum MHD_ValueKind kind, const char *name,
    size_t name_length, const char *value, size_t length)
{
	struct ussd_call *call = context;

	(void)kind;
	(void)name_length;
	if (ussd_fields_add(&call->fields, name, value != NULL ? value : "",
		value != NULL ? length : 0) != DONE)
		call->refused = MHD_HTTP_BAD_REQUEST;
	return (MHD_YES);
}

static void
take_form(struct ussd_call *call)
{
	struct form_fields form = { 0 };

	if (call->body.length > 0 &&
	    !form_read(call->body.bytes, call->body.length,
		FORM_WRONG_CODES_KEPT, &form))
		call->refused = MHD_HTTP_BAD_REQUEST;
	for (size_t i = 0; i < form.count; i++) {
		const struct form_field *field = &form.items[i];

		if (ussd_fields_add(&call->fields, field->name, field->value,
			strlen(field->value)) != DONE)
			call->refused = MHD_HTTP_BAD_REQUEST;
	}
}

/* All of the request is here. */
static void
read_call(struct http_line *line, struct MHD_Connection *connection,
    struct ussd_call *call)
{
	const char *token;

	MHD_get_connection_values_n(
	    connection, MHD_GET_ARGUMENT_KIND, take_argument, call);
	token = ussd_fields_get(&call->fields, "token");
	if (!ussd_access_has_token(&line->access, token))
		call->refused = MHD_HTTP_FORBIDDEN;
	else if (strcmp(line->profile.takes, "json") == 0 &&
	    ussd_fields_add_json(&call->fields, text_string(&call->body),
		call->body.length) != DONE)
		call->refused = MHD_HTTP_BAD_REQUEST;
	else if (strcmp(line->profile.takes, "xml") == 0 &&
	    ussd_fields_add_xml(&call->fields, text_string(&call->body),
		call->body.length) != DONE)
		call->refused = MHD_HTTP_BAD_REQUEST;
	else if (strcmp(line->profile.takes, "form") == 0)
		take_form(call);
	if (call->refused == 0)
		ussd_calls_take(&line->calls, call, clock_monotonic_ms());
}

/* Its requests may carry all of it in their address. */
static int
has_no_body(const struct ussd_profile *profile)
{
	return (strcmp(profile->takes, "json") != 0 &&
	    strcmp(profile->takes, "xml") != 0);
}

static unsigned
look_at_head(struct http_line *line, struct MHD_Connection *connection,
    const char *path, const char *method, struct ussd_call *call)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	int is_post = strcmp(method, MHD_HTTP_METHOD_POST) == 0 ||
	    (strcmp(method, MHD_HTTP_METHOD_PUT) == 0 &&
		strcmp(line->profile.takes, "json") == 0);
	int is_get = strcmp(method, MHD_HTTP_METHOD_GET) == 0;

	if (info == NULL ||
	    !ussd_access_allows(&line->access, info->client_addr))
		return (MHD_HTTP_FORBIDDEN);
	if (ussd_profile_match(&line->profile, path, &call->fields) != DONE)
		return (MHD_HTTP_NOT_FOUND);
	if (!is_post && !(is_get && has_no_body(&line->profile)))
		return (MHD_HTTP_METHOD_NOT_ALLOWED);
	return (0);
}

/* A piece of a body: MHD_NO closes the connection. */
static enum MHD_Result
take_piece(struct ussd_call *call, const char *piece, size_t length)
{
	call->heard_bytes += length;
	if (call->heard_bytes <= BODY_MAX_BYTES)
		text_add_bytes(&call->body, piece, length);
	else
		call->refused = MHD_HTTP_CONTENT_TOO_LARGE;
	/* Slowly, without an end: it holds a place that others need. */
	if (call->heard_bytes > BODY_HEARD_MOST_BYTES ||
	    clock_monotonic_ms() - call->begun_ms > 1000 * REQUEST_MOST_S)
		return (MHD_NO);
	return (MHD_YES);
}

/* libmicrohttpd calls it with the head, with each piece of the body, with its
 * end, and once more when a call that waited is answered. */
static enum MHD_Result
serve(void *context, struct MHD_Connection *connection, const char *path,
    const char *method, const char *version, const char *body,
    size_t *body_length, void **call_of_connection)
{
	struct http_line *line = context;
	struct ussd_call *call = *call_of_connection;

	(void)version;
	if (call == NULL) {
		call = memory_new(1, sizeof(*call));
		line->open_count++;
		call->connection = connection;
		call->begun_ms = clock_monotonic_ms();
		call->refused =
		    look_at_head(line, connection, path, method, call);
		*call_of_connection = call;
		return (MHD_YES);
	}
	if (*body_length > 0) {
		size_t length = *body_length;

		*body_length = 0;
		return (take_piece(call, body, length));
	}
	if (call->refused == 0 && !call->is_read)
		read_call(line, connection, call);
	if (call->refused != 0)
		return (refuse(connection, call->refused));
	if (call->is_answered)
		return (put_page(line, connection, call));
	call->is_suspended = 1;
	MHD_suspend_connection(connection);
	return (MHD_YES);
}

static void
finish(void *context, struct MHD_Connection *connection,
    void **call_of_connection, enum MHD_RequestTerminationCode how)
{
	struct http_line *line = context;
	struct ussd_call *call = *call_of_connection;

	(void)connection;
	(void)how;
	if (call == NULL)
		return;
	ussd_calls_forget(&line->calls, call);
	free(call);
	line->open_count--;
	*call_of_connection = NULL;
}

/* -- from the hub ----------------------------------------------------------- */

static void
show_page(void *of_line, const struct line_message *message)
{
	struct http_line *line = of_line;

	ussd_calls_show(&line->calls, message, clock_monotonic_ms());
}

static const struct hub_duties duties = { .page = show_page };

/* -- the process ------------------------------------------------------------ */

static int
timeout_ms(const struct http_line *line, int64_t now_ms)
{
	int64_t at_ms = dialogues_next_ms(line->calls.dialogues);
	MHD_UNSIGNED_LONG_LONG http_ms;
	int64_t wait_ms = -1;

	if (at_ms >= 0)
		wait_ms = at_ms > now_ms ? at_ms - now_ms : 0;
	if (MHD_get_timeout(line->daemon, &http_ms) == MHD_YES &&
	    (wait_ms < 0 || (int64_t)http_ms < wait_ms))
		wait_ms = (int64_t)http_ms;
	return (wait_ms > INT32_MAX ? INT32_MAX : (int)wait_ms);
}

static void
turn(struct http_line *line)
{
	const union MHD_DaemonInfo *info =
	    MHD_get_daemon_info(line->daemon, MHD_DAEMON_INFO_EPOLL_FD);
	struct pollfd polls[] = {
		{ .fd = line->hub.socket, .events = POLLIN },
		{ .fd = info->epoll_fd, .events = POLLIN },
	};

	if (poll(polls, COUNT_OF(polls),
		timeout_ms(line, clock_monotonic_ms())) < 0 &&
	    errno != EINTR) {
		log_err("cannot wait for requests: %s", strerror(errno));
		abort();
	}
	if (polls[0].revents != 0)
		hub_link_listen(&line->hub, &duties, line);
	ussd_calls_end_what_is_due(&line->calls, clock_monotonic_ms());
	MHD_run(line->daemon);
}

MUST_USE static enum outcome
open_listener(struct http_line *line, const char *address)
{
	struct sockaddr_in at;
	int on = 1;

	if (address_read(address, &at) != DONE) {
		log_err("listen '%s' is not like 127.0.0.1:8081", address);
		return (REFUSED);
	}
	line->listener =
	    socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (line->listener < 0 ||
	    setsockopt(line->listener, SOL_SOCKET, SO_REUSEADDR, &on,
		sizeof(on)) != 0 ||
	    bind(line->listener, (const struct sockaddr *)&at, sizeof(at)) !=
		0 ||
	    listen(line->listener, LISTEN_MOST) != 0) {
		log_err("cannot listen on '%s': %s", address, strerror(errno));
		return (REFUSED);
	}
	return (DONE);
}

MUST_USE static enum outcome
start_daemon(struct http_line *line)
{
	line->daemon =
	    MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL,
		NULL, serve, line, MHD_OPTION_LISTEN_SOCKET, line->listener,
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MOST,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BYTES,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)REQUEST_MOST_S,
		MHD_OPTION_NOTIFY_COMPLETED, finish, line, MHD_OPTION_END);
	if (line->daemon == NULL) {
		log_err("cannot serve HTTP");
		return (REFUSED);
	}
	return (DONE);
}

MUST_USE static enum outcome
open_line(struct http_line *line, const struct line_arguments *arguments)
{
	line->hub.keeps_nothing = 1;
	if (hub_link_open(&line->hub, arguments->socket) != DONE)
		return (REFUSED);
	if (ussd_profile_load(arguments->profile, &line->profile) != DONE ||
	    ussd_access_open(arguments->allow, arguments->token_file,
		&line->access) != DONE ||
	    open_listener(line, arguments->address) != DONE)
		return (REFUSED);
	line->calls = (struct ussd_calls){
		.profile = &line->profile,
		.dialogues = dialogues_new(),
		.idle_ms =
		    1000 * (arguments->idle_s > 0 ? arguments->idle_s : IDLE_S),
		.tell = tell_step,
		.wake = wake,
		.context = line,
	};
	return (start_daemon(line));
}

static void
give_up_what_is_not_needed(const struct http_line *line)
{
	const union MHD_DaemonInfo *info =
	    MHD_get_daemon_info(line->daemon, MHD_DAEMON_INFO_EPOLL_FD);
	const int keep[] = { line->hub.socket, line->listener, info->epoll_fd };
	struct confinement confinement = { .may_accept = 1 };

	confine_close_others(keep, COUNT_OF(keep));
	confine(&confinement);
}

/* Nobody is left in silence: a gateway whose request gets no answer shows its
 * caller an error. */
static void
say_last_words(struct http_line *line)
{
	const union MHD_DaemonInfo *info =
	    MHD_get_daemon_info(line->daemon, MHD_DAEMON_INFO_EPOLL_FD);
	struct pollfd wait = { .fd = info->epoll_fd, .events = POLLIN };
	int64_t now_ms = clock_monotonic_ms();
	int64_t until_ms = now_ms + LAST_WORDS_MS;

	/* Who comes now finds nobody listening. */
	close(MHD_quiesce_daemon(line->daemon));
	line->listener = -1;
	for (;;) {
		ussd_calls_end_all(&line->calls);
		(void)MHD_run(line->daemon);
		now_ms = clock_monotonic_ms();
		if (line->open_count == 0 || now_ms >= until_ms)
			return;
		(void)!poll(&wait, 1, (int)(until_ms - now_ms));
	}
}

static void
close_line(struct http_line *line)
{
	if (line->daemon != NULL)
		MHD_stop_daemon(line->daemon);
	else if (line->listener >= 0)
		close(line->listener);
	dialogues_free(line->calls.dialogues);
	ussd_profile_free(&line->profile);
	ussd_access_close(&line->access);
}

int
line_run_ussd(const struct line_arguments *arguments)
{
	struct http_line *line = memory_new(1, sizeof(*line));
	struct text who = { 0 };
	int status = EXIT_FAILED;

	text_printf(&who, "line %s", arguments->name);
	log_open(text_string(&who), arguments->log_level);
	line->listener = -1;
	if (open_line(line, arguments) == DONE) {
		give_up_what_is_not_needed(line);
		hub_link_say_hello(&line->hub, WINDOW);
		hub_link_tell_health(&line->hub, 1, "");
		while (!line->hub.is_gone && !line->hub.is_stopped)
			turn(line);
		say_last_words(line);
		status = EXIT_DONE;
	}
	close_line(line);
	free(line);
	log_open("waymark", arguments->log_level);
	text_free(&who);
	return (status);
}
