#include "tests/sim/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "gateway/base/log.h"
#include "gateway/base/memory.h"

enum {
	READ_BYTES = 4096,
	UNREAD_MOST_BYTES = 1 << 20,
};

static void
close_one(int *descriptor)
{
	if (*descriptor >= 0)
		close(*descriptor);
	*descriptor = -1;
}

static int
make_raw(int descriptor)
{
	struct termios modes;

	if (tcgetattr(descriptor, &modes) != 0)
		return (0);
	cfmakeraw(&modes);
	return (tcsetattr(descriptor, TCSANOW, &modes) == 0);
}

static int
make_pair(struct terminal *terminal, char *name, size_t size)
{
	terminal->near_end =
	    posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (terminal->near_end < 0 || grantpt(terminal->near_end) != 0 ||
	    unlockpt(terminal->near_end) != 0 ||
	    ptsname_r(terminal->near_end, name, size) != 0)
		return (0);
	terminal->far_end = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (terminal->far_end < 0 || !make_raw(terminal->far_end))
		return (0);
	terminal->watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	return (terminal->watch >= 0 &&
	    inotify_add_watch(terminal->watch, name, IN_OPEN | IN_CLOSE) >= 0);
}

/* In one step, so that a client never finds the name missing or half made. */
static int
make_link(const char *device, const char *link_path)
{
	struct text beside = { 0 };
	char old[2];
	int is_made;

	if (readlink(link_path, old, sizeof(old)) < 0 && errno == EINVAL) {
		errno = EEXIST;
		return (0);
	}
	text_printf(&beside, "%s.%ld", link_path, (long)getpid());
	(void)unlink(beside.bytes);
	is_made = symlink(device, beside.bytes) == 0 &&
	    rename(beside.bytes, link_path) == 0;
	text_free(&beside);
	return (is_made);
}

enum outcome
terminal_open(struct terminal *terminal, const char *link_path)
{
	char device[64];

	*terminal =
	    (struct terminal){ .near_end = -1, .far_end = -1, .watch = -1 };
	if (!make_pair(terminal, device, sizeof(device)) ||
	    !make_link(device, link_path)) {
		log_err("cannot make terminal '%s': %s", link_path,
		    strerror(errno));
		terminal_close(terminal);
		return (REFUSED);
	}
	terminal->link_path = memory_copy(link_path);
	return (DONE);
}

void
terminal_close(struct terminal *terminal)
{
	if (terminal->link_path != NULL)
		(void)unlink(terminal->link_path);
	free(terminal->link_path);
	terminal->link_path = NULL;
	close_one(&terminal->watch);
	close_one(&terminal->far_end);
	close_one(&terminal->near_end);
	text_free(&terminal->out);
	terminal->out_at = 0;
	terminal->open_count = 0;
}

int
terminal_is_open(const struct terminal *terminal)
{
	return (terminal->near_end >= 0);
}

static void
count_event(struct terminal *terminal, uint32_t mask)
{
	if ((mask & IN_OPEN) != 0)
		terminal->open_count++;
	if ((mask & IN_CLOSE) != 0 && terminal->open_count > 0)
		terminal->open_count--;
	/* A real port forgets at its last close that it was to be exclusive;
	 * ours is never closed for good, since we hold it as well. */
	if ((mask & IN_CLOSE) != 0)
		(void)ioctl(terminal->far_end, TIOCNXCL);
}

/* 1 when somebody opened or closed the device since the last look. */
static int
look(struct terminal *terminal)
{
	_Alignas(struct inotify_event) char bytes[READ_BYTES];
	const struct inotify_event *event;
	int has_seen = 0;
	ssize_t length;
	ssize_t at;

	while ((length = read(terminal->watch, bytes, sizeof(bytes))) > 0) {
		has_seen = 1;
		for (at = 0; at < length;
		     at += (ssize_t)(sizeof(*event) + event->len)) {
			event = (const void *)(bytes + at);
			count_event(terminal, event->mask);
		}
	}
	return (has_seen);
}

static int
read_all(struct terminal *terminal, struct text *input)
{
	char bytes[READ_BYTES];
	int has_read = 0;
	ssize_t length;

	while ((length = read(terminal->near_end, bytes, sizeof(bytes))) > 0) {
		text_add_bytes(input, bytes, (size_t)length);
		has_read = 1;
	}
	return (has_read);
}

/* One look before reading, so that a new client is there before it is
 * answered, and one after, so that what was read belongs to those who are
 * known: a client that came only then is not taken for a dead one. */
enum terminal_event
terminal_read(struct terminal *terminal, struct text *input)
{
	int has_seen = look(terminal);
	int has_read = read_all(terminal, input);

	has_seen |= look(terminal);
	/* inotify folds two equal events into one; who writes is there. */
	if (has_read && !has_seen && terminal->open_count == 0)
		terminal->open_count = 1;
	return (has_seen && terminal->open_count == 0 ? TERMINAL_CLIENT_GONE
						      : TERMINAL_SAME);
}

void
terminal_forget(struct terminal *terminal)
{
	(void)tcflush(terminal->far_end, TCIFLUSH);
	text_clear(&terminal->out);
	terminal->out_at = 0;
}

void
terminal_write(struct terminal *terminal, const char *bytes, size_t length)
{
	size_t unread = terminal->out.length - terminal->out_at;

	if (terminal->open_count == 0 || unread > UNREAD_MOST_BYTES)
		return;
	text_add_bytes(&terminal->out, bytes, length);
}

void
terminal_flush(struct terminal *terminal)
{
	struct text *out = &terminal->out;
	ssize_t length;

	while (terminal->out_at < out->length) {
		length =
		    write(terminal->near_end, out->bytes + terminal->out_at,
			out->length - terminal->out_at);
		if (length <= 0)
			return;
		terminal->out_at += (size_t)length;
	}
	text_clear(out);
	terminal->out_at = 0;
}

int
terminal_wants_to_write(const struct terminal *terminal)
{
	return (terminal->out_at < terminal->out.length);
}
