#include "tests/sim/terminal_client.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "gateway/base/clock.h"

enum {
	READ_BYTES = 4096,
	ANSWER_WAIT_MS = 60000,
};

int
terminal_client_open(struct terminal_client *client, const char *path)
{
	*client = (struct terminal_client){ 0 };
	client->device = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	return (client->device >= 0);
}

void
terminal_client_close(struct terminal_client *client)
{
	if (client->device >= 0)
		close(client->device);
	client->device = -1;
	text_free(&client->heard);
}

void
terminal_client_say(struct terminal_client *client, const char *bytes)
{
	struct pollfd one = { .fd = client->device, .events = POLLOUT };
	size_t left = strlen(bytes);
	ssize_t length;

	text_clear(&client->heard);
	while (left > 0 && poll(&one, 1, ANSWER_WAIT_MS) > 0) {
		length = write(client->device, bytes, left);
		if (length <= 0)
			return;
		bytes += length;
		left -= (size_t)length;
	}
}

static int
has_heard(const struct terminal_client *client, const char *wanted)
{
	return (client->heard.length > 0 &&
	    memmem(client->heard.bytes, client->heard.length, wanted,
		strlen(wanted)) != NULL);
}

int
terminal_client_hears(
    struct terminal_client *client, const char *wanted, int wait_ms)
{
	struct pollfd one = { .fd = client->device, .events = POLLIN };
	int64_t until_ms = clock_monotonic_ms() + wait_ms;
	char bytes[READ_BYTES];
	int64_t left_ms;
	ssize_t length;

	while (!has_heard(client, wanted)) {
		left_ms = until_ms - clock_monotonic_ms();
		if (poll(&one, 1, left_ms > 0 ? (int)left_ms : 0) <= 0)
			return (0);
		length = read(client->device, bytes, sizeof(bytes));
		if (length <= 0)
			return (0);
		text_add_bytes(&client->heard, bytes, (size_t)length);
	}
	return (1);
}

int
terminal_client_asks(
    struct terminal_client *client, const char *bytes, const char *wanted)
{
	terminal_client_say(client, bytes);
	return (terminal_client_hears(client, wanted, ANSWER_WAIT_MS));
}
