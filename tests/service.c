#include "tests/service.h"

#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "tests/proof.h"

enum { WAIT_MS = 30000 };

int
service_connect(int port)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int64_t until_ms = clock_monotonic_ms() + WAIT_MS;

	do {
		int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

		if (fd >= 0 &&
		    connect(fd, (const struct sockaddr *)&to, sizeof(to)) == 0)
			return (fd);
		close(fd);
		usleep(10000);
	} while (clock_monotonic_ms() < until_ms);
	lab_fail("nobody listens at %d", port);
}

void
service_end_hub(struct lab *lab)
{
	int status = lab_stop(lab, SIGTERM);

	expect(WIFEXITED(status) && WEXITSTATUS(status) == 0,
	    "the hub ended with %d", status);
}

void
service_signal_all(struct lab *lab)
{
	struct text command = { 0 };
	long pid;
	int lines = 0;
	FILE *out;

	text_printf(&command, "pgrep -P %d", (int)lab->hub);
	out = popen(command.bytes, "r");
	text_free(&command);
	while (out != NULL && fscanf(out, "%ld", &pid) == 1) {
		kill((pid_t)pid, SIGTERM);
		lines++;
	}
	if (out != NULL)
		pclose(out);
	expect(lines > 1, "the hub has %d lines", lines);
	lab_kill(lab, SIGTERM);
}

void
service_wait(struct lab *lab)
{
	int64_t until_ms = clock_monotonic_ms() + WAIT_MS;

	while (!lab_has_ended(lab)) {
		if (clock_monotonic_ms() > until_ms)
			lab_fail("the service does not end");
		usleep(5000);
	}
}

void
service_expect_no_texts(struct lab *lab)
{
	expect(lab_query_integer(lab, "SELECT count(*) FROM outbox") == 0,
	    "something of a USSD session went to the outbox");
}
