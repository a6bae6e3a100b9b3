#include "gateway/desk/phone_link.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/memory.h"

enum { LINK_MAX_BYTES = 1 << 20 };

struct phone_link {
	int fd;
	struct text in;
	size_t start; /* what is before it was taken */
};

static enum outcome
fail(int fd)
{
	int cause = errno;

	if (fd >= 0)
		close(fd);
	errno = cause;
	return (cause == ENOENT || cause == ECONNREFUSED ? TRY_LATER : REFUSED);
}

enum outcome
phone_link_open(const char *path, struct phone_link **link_r)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	struct phone_link *link;
	int fd;

	if (strlen(path) >= sizeof(address.sun_path)) {
		errno = ENAMETOOLONG;
		return (REFUSED);
	}
	memcpy(address.sun_path, path, strlen(path) + 1);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 ||
	    connect(fd, (struct sockaddr *)&address, sizeof(address)) != 0)
		return (fail(fd));
	link = memory_new(1, sizeof(*link));
	link->fd = fd;
	*link_r = link;
	return (DONE);
}

void
phone_link_close(struct phone_link *link)
{
	if (link == NULL)
		return;
	close(link->fd);
	text_free(&link->in);
	free(link);
}

int
phone_link_fd(const struct phone_link *link)
{
	return (link->fd);
}

enum outcome
phone_link_say(struct phone_link *link, enum phone_line_kind kind,
    const char *number, const char *text)
{
	struct text out = { 0 };
	size_t done = 0;

	phone_wire_add(&out, kind, number, text);
	while (done < out.length) {
		ssize_t put = send(link->fd, out.bytes + done,
		    out.length - done, MSG_NOSIGNAL);

		if (put < 0 && errno != EINTR)
			break;
		if (put > 0)
			done += (size_t)put;
	}
	done = out.length - done;
	text_free(&out);
	return (done == 0 ? DONE : REFUSED);
}

/* Takes the first whole line that makes sense out of what was read. */
static enum outcome
take_line(struct phone_link *link, struct phone_line *line_r)
{
	while (link->start < link->in.length) {
		const char *bytes = link->in.bytes + link->start;
		const char *newline =
		    memchr(bytes, '\n', link->in.length - link->start);

		if (newline == NULL)
			return (NOTHING);
		link->start += (size_t)(newline - bytes) + 1;
		if (phone_wire_read(bytes, (size_t)(newline - bytes), line_r) ==
		    DONE)
			return (DONE);
	}
	return (NOTHING);
}

static void
drop_taken(struct phone_link *link)
{
	size_t left = link->in.length - link->start;

	if (link->start == 0)
		return;
	memmove(link->in.bytes, link->in.bytes + link->start, left);
	text_cut(&link->in, left);
	link->start = 0;
}

static enum outcome
read_more(struct phone_link *link)
{
	char block[4096];
	ssize_t got;

	drop_taken(link);
	got = recv(link->fd, block, sizeof(block), MSG_DONTWAIT);
	if (got < 0 && (errno == EINTR || errno == EAGAIN))
		return (DONE);
	if (got <= 0 || link->in.length > LINK_MAX_BYTES)
		return (REFUSED);
	text_add_bytes(&link->in, block, (size_t)got);
	explicit_bzero(block, (size_t)got);
	return (DONE);
}

enum outcome
phone_link_receive(
    struct phone_link *link, int64_t wait_ms, struct phone_line *line_r)
{
	int64_t until_ms = clock_monotonic_ms() + wait_ms;

	while (take_line(link, line_r) != DONE) {
		struct pollfd wish = { .fd = link->fd, .events = POLLIN };
		int64_t left_ms = until_ms - clock_monotonic_ms();
		int ready = poll(&wish, 1, left_ms > 0 ? (int)left_ms : 0);

		if (ready == 0)
			return (NOTHING);
		if (ready > 0 && read_more(link) != DONE)
			return (REFUSED);
	}
	return (DONE);
}
