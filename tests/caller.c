#include "tests/caller.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/text/phone_wire.h"
#include "tests/proof.h"

enum { TAKEN_LOOK_US = 20000 };

static void
send_line(
    struct caller_phone *phone, enum phone_line_kind kind, const char *text)
{
	struct text line = { 0 };

	phone_wire_add(&line, kind, phone->number, text);
	caller_raw(phone, line.bytes, line.length);
	text_free(&line);
}

void
caller_open(
    struct caller_phone *phone, const struct lab *lab, const char *number)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };

	*phone = (struct caller_phone){ .lab = lab };
	snprintf(phone->number, sizeof(phone->number), "%s", number);
	snprintf(
	    address.sun_path, sizeof(address.sun_path), "%s", lab->demo_socket);
	phone->socket = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (connect(phone->socket, (const struct sockaddr *)&address,
		sizeof(address)) != 0)
		lab_fail("no demo line: %s", strerror(errno));
	send_line(phone, PHONE_ON, "");
}

void
caller_close(struct caller_phone *phone)
{
	close(phone->socket);
	text_free(&phone->in);
}

void
caller_raw(struct caller_phone *phone, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t put = send(phone->socket, bytes, length, MSG_NOSIGNAL);

		if (put < 0)
			return;
		bytes += put;
		length -= (size_t)put;
	}
}

void
caller_text(struct caller_phone *phone, const char *text)
{
	send_line(phone, PHONE_SMS, text);
}

static int64_t
last_taken(const struct caller_phone *phone)
{
	return (lab_query_integer(phone->lab,
	    "SELECT coalesce(max(id), 0) FROM journal WHERE state <>"
	    " 'waiting'"));
}

void
caller_text_taken(struct caller_phone *phone, const char *text)
{
	int64_t until_ms = clock_monotonic_ms() + CALLER_WAIT_MS;
	int64_t before = last_taken(phone);

	caller_text(phone, text);
	while (last_taken(phone) == before) {
		if (clock_monotonic_ms() > until_ms)
			lab_fail("'%s' is not taken", text);
		usleep(TAKEN_LOOK_US);
	}
}

void
caller_ring(struct caller_phone *phone)
{
	send_line(phone, PHONE_CALL, "");
}

/* Takes one whole line off what was read: 1 when it was a text. */
static int
take_line(struct caller_phone *phone, struct text *text)
{
	struct phone_line line = { 0 };
	char *end = memchr(text_string(&phone->in), '\n', phone->in.length);
	struct text rest = { 0 };
	int is_text = 0;

	if (end == NULL)
		return (-1);
	if (phone_wire_read(phone->in.bytes, (size_t)(end - phone->in.bytes),
		&line) == DONE) {
		is_text = line.kind == PHONE_SMS;
		text_clear(text);
		text_add(text, text_string(&line.text));
		phone_line_free(&line);
	}
	text_add(&rest, end + 1);
	text_free(&phone->in);
	phone->in = rest;
	return (is_text);
}

int
caller_hear(struct caller_phone *phone, struct text *text, int wait_ms)
{
	int64_t until_ms = clock_monotonic_ms() + wait_ms;
	char block[4096];

	text_clear(text);
	for (;;) {
		struct pollfd wait = { phone->socket, POLLIN, 0 };
		int64_t left_ms = until_ms - clock_monotonic_ms();
		int taken = take_line(phone, text);
		ssize_t got;

		if (taken == 1)
			return (1);
		if (taken == 0)
			continue;
		text_clear(text);
		if (poll(&wait, 1, left_ms > 0 ? (int)left_ms : 0) <= 0)
			return (0);
		got = recv(phone->socket, block, sizeof(block), 0);
		if (got <= 0)
			return (0);
		text_add_bytes(&phone->in, block, (size_t)got);
	}
}

void
caller_ask(struct caller_phone *phone, const char *text, struct text *answer)
{
	caller_text(phone, text);
	caller_hear(phone, answer, CALLER_WAIT_MS);
}

void
caller_expect(struct caller_phone *phone, const char *text, const char *words)
{
	struct text answer = { 0 };

	caller_ask(phone, text, &answer);
	expect(strstr(text_string(&answer), words) != NULL,
	    "'%s' was answered by '%s', not '%s'", text, text_string(&answer),
	    words);
	text_free(&answer);
}
