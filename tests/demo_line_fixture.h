/* The demo line as a process of its own, with this test as the hub and as the
 * phones.
 */
#ifndef TESTS_DEMO_LINE_FIXTURE_H
#define TESTS_DEMO_LINE_FIXTURE_H

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/line/demo_arrivals.h"
#include "gateway/line/line.h"
#include "gateway/line/protocol.h"
#include "tests/check_main.h"

enum { WAIT_MS = 30000, A_MOMENT_MS = 150 };

static char folder[64];
static char path[96];
static int hub = -1;
static pid_t child = -1;
static struct line_message said;
static struct line_message heard;

static inline void
start_line_at(const char *listen_path)
{
	struct line_arguments arguments = {
		.name = "demo",
		.listen = listen_path,
		.log_level = LOG_LEVEL_ERR,
	};
	int pair[2];

	ck_assert_int_eq(
	    socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair), 0);
	child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		close(pair[0]);
		arguments.socket = pair[1];
		signal(SIGPIPE, SIG_IGN);
		exit(line_run_demo(&arguments));
	}
	close(pair[1]);
	hub = pair[0];
}

/* Waits until the hub has something to read; 0 when the time is over. */
static inline int
hub_is_readable(int wait_ms)
{
	struct pollfd wish = { .fd = hub, .events = POLLIN };

	return (poll(&wish, 1, wait_ms) > 0);
}

static inline void
hear(enum line_message_kind kind)
{
	int was_garbage = 0;

	ck_assert_msg(hub_is_readable(WAIT_MS), "the line says nothing");
	memset(&heard, 0xa5, sizeof(heard));
	ck_assert_int_eq(protocol_receive(hub, &heard, &was_garbage), DONE);
	ck_assert_str_eq(
	    line_message_kind_name(heard.kind), line_message_kind_name(kind));
}

static inline void
hear_arrival(const char *sender, const char *text)
{
	hear(LINE_ARRIVED);
	ck_assert_str_eq(heard.arrived.sender, sender);
	ck_assert_str_eq(heard.arrived.text, text);
}

static inline void
say_release(uint64_t slot)
{
	said.kind = HUB_RELEASE;
	said.arrived.slot = slot;
	ck_assert_int_eq(protocol_send(hub, &said), DONE);
}

static inline void
say_send(uint64_t id, const char *to, const char *text)
{
	said.kind = HUB_SEND;
	said.id = id;
	said.reference = 0;
	said.first_part = 1;
	snprintf(said.to, sizeof(said.to), "%s", to);
	snprintf(said.text, sizeof(said.text), "%s", text);
	ck_assert_int_eq(protocol_send(hub, &said), DONE);
}

static inline void
hear_sent(uint64_t id)
{
	hear(LINE_SENT);
	ck_assert_uint_eq(heard.id, id);
}

/* Of any text, sent or not yet. */
static inline void
hear_end(void)
{
	int was_garbage = 0;

	ck_assert_msg(hub_is_readable(WAIT_MS), "a text is not ended");
	ck_assert_int_eq(protocol_receive(hub, &heard, &was_garbage), DONE);
	if (heard.kind == LINE_FAILED)
		ck_assert_str_eq(heard.cause, "phone takes no more texts");
	else
		ck_assert_int_eq(heard.kind, LINE_SENT);
}

static inline void
hear_failed(uint64_t id, const char *cause)
{
	hear(LINE_FAILED);
	ck_assert_uint_eq(heard.id, id);
	ck_assert_int_eq(heard.how, TRY_LATER);
	ck_assert_str_eq(heard.cause, cause);
}

static inline int
switch_on(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	memcpy(address.sun_path, path, strlen(path) + 1);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(
	    connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	return (fd);
}

static inline void
put_bytes(int fd, const void *bytes, size_t length)
{
	ck_assert_int_eq(
	    send(fd, bytes, length, MSG_NOSIGNAL), (ssize_t)length);
}

static inline void
put(int fd, const char *words)
{
	put_bytes(fd, words, strlen(words));
}

/* One line that the phone gets. */
static inline void
check_gets(int fd, const char *line)
{
	struct pollfd wish = { .fd = fd, .events = POLLIN };
	char got[1024] = "";
	size_t length = 0;

	while (length == 0 || got[length - 1] != '\n') {
		ck_assert_int_lt(length, sizeof(got) - 1);
		ck_assert_msg(poll(&wish, 1, WAIT_MS) > 0, "nothing comes");
		ck_assert_int_eq(read(fd, got + length, 1), 1);
		length++;
	}
	got[length] = '\0';
	ck_assert_str_eq(got, line);
}

static inline void
start(void)
{
	snprintf(folder, sizeof(folder), "/tmp/check_demo_line.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/demo.socket", folder);
	start_line_at(path);
	hear(LINE_HELLO);
	ck_assert_int_eq(heard.version, PROTOCOL_VERSION);
	ck_assert_int_ge(heard.window, 64);
	hear(LINE_HEALTH);
	ck_assert_int_eq(heard.is_up, 1);
}

static inline int
wait_for_end(void)
{
	int status = -1;

	ck_assert_int_eq(waitpid(child, &status, 0), child);
	child = -1;
	return (WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

static inline void
stop(void)
{
	close(hub);
	if (child > 0)
		ck_assert_int_eq(wait_for_end(), EXIT_DONE);
	unlink(path);
	ck_assert_int_eq(rmdir(folder), 0);
}

#endif
