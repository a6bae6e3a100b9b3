#include "gateway/line/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/outcome.h"
#include "gateway/base/text.h"

enum {
	WRITE_MS = 300,
	TRIES = 2,
	ENDING_BYTES = 64, /* where to look for the end of an answer */
	ECHO_MAX_BYTES = 160,
	DROP_US = 300000,
	SPEED_MOST = 4000000,
};

/* The speed at the end of libGammu's connection word; modems on USB do not
 * mind it. */
static speed_t
speed_of(const char *connection)
{
	static const struct {
		int64_t number;
		speed_t speed;
	} speeds[] = { { 9600, B9600 }, { 19200, B19200 }, { 38400, B38400 },
		{ 57600, B57600 }, { 115200, B115200 }, { 230400, B230400 },
		{ 460800, B460800 }, { 921600, B921600 } };
	const char *digits = connection + strcspn(connection, "0123456789");
	int64_t number;

	/* "dku2at" has a digit that is no speed. */
	if (text_read_integer(digits, 0, SPEED_MOST, &number)) {
		for (size_t i = 0; i < COUNT_OF(speeds); i++) {
			if (speeds[i].number == number)
				return (speeds[i].speed);
		}
	}
	return (B115200);
}

static int
set_terminal(int wire, const char *connection)
{
	struct termios modes;

	if (tcgetattr(wire, &modes) != 0)
		return (0);
	cfmakeraw(&modes);
	modes.c_cflag |= CLOCAL | CREAD;
	/* Closing must not look like hanging up: libGammu opens it next. */
	modes.c_cflag &= (tcflag_t)~HUPCL;
	(void)cfsetspeed(&modes, speed_of(connection));
	return (tcsetattr(wire, TCSANOW, &modes) == 0 &&
	    tcflush(wire, TCIFLUSH) == 0);
}

static enum ladder_finding
finding_of_open(const char **cause_r)
{
	switch (errno) {
	case ENOENT:
	case ENODEV:
	case ENXIO:
	case ENOTDIR:
	case EIO:
		*cause_r = "there is no such device";
		return (FOUND_GONE);
	case EACCES:
	case EPERM:
		*cause_r = "not allowed to open the device";
		return (FOUND_BUSY);
	default:
		*cause_r = "another process holds the device";
		return (FOUND_BUSY);
	}
}

enum ladder_finding
wire_open(const char *device, const char *connection, int *wire_r,
    const char **cause_r)
{
	int wire = open(device, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);

	if (wire < 0)
		return (finding_of_open(cause_r));
	/* The lock that libGammu takes as well. */
	if (flock(wire, LOCK_EX | LOCK_NB) != 0) {
		*cause_r = "another process holds the device";
		close(wire);
		return (FOUND_BUSY);
	}
	if (!set_terminal(wire, connection)) {
		*cause_r = "the device is gone";
		close(wire);
		return (FOUND_GONE);
	}
	*wire_r = wire;
	return (FOUND_WELL);
}

void
wire_close(int wire)
{
	if (wire >= 0)
		close(wire);
}

void
wire_drop(int wire)
{
	int lines = TIOCM_DTR | TIOCM_RTS;

	/* What has no such lines says so, and nothing is lost. */
	if (ioctl(wire, TIOCMBIC, &lines) != 0)
		return;
	usleep(DROP_US);
	(void)ioctl(wire, TIOCMBIS, &lines);
}

int
wire_write(int wire, const char *line)
{
	struct pollfd device = { .fd = wire, .events = POLLOUT };
	size_t left = strlen(line);

	while (left > 0) {
		ssize_t written = write(wire, line, left);

		if (written > 0) {
			line += written;
			left -= (size_t)written;
		} else if (errno != EINTR &&
		    (errno != EAGAIN || poll(&device, 1, WRITE_MS) <= 0)) {
			return (0);
		}
	}
	return (1);
}

/* A NUL among the bytes would hide the rest. */
static void
hide_nuls(char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (bytes[i] == '\0')
			bytes[i] = ' ';
	}
}

/* 1 when the answer has come to its end, OK or not.  `before` is how much of it
 * was looked through already, and in front of `from` stands what is
 * another's. */
static int
has_ended(const char *answer, size_t before, size_t from, int *is_ok_r)
{
	size_t ending =
	    before > from + ENDING_BYTES ? before - ENDING_BYTES : from;

	const char *error = strstr(answer + ending, "ERROR");

	*is_ok_r = strstr(answer + ending, "\r\nOK\r\n") != NULL;
	/* Its code may still be on its way. */
	return (*is_ok_r || (error != NULL && strchr(error, '\r') != NULL));
}

/* Behind its echo; SIZE_MAX before that has come, 0 where none is waited for. */
static size_t
begin_of(const char *answer, const char *echo)
{
	const char *at = echo != NULL ? strstr(answer, echo) : answer;

	return (at != NULL ? (size_t)(at - answer) : SIZE_MAX);
}

static int
exchange(int wire, const char *line, const char *echo, int wait_ms,
    struct wire_answer *answer)
{
	int64_t end_ms = clock_monotonic_ms() + wait_ms;
	struct pollfd device = { .fd = wire, .events = POLLIN };
	size_t used = 0;
	int64_t left_ms;
	int is_ok = 0;

	answer->bytes[0] = '\0';
	if (!wire_write(wire, line))
		return (0);
	while (used + 1 < answer->size &&
	    (left_ms = end_ms - clock_monotonic_ms()) > 0 &&
	    poll(&device, 1, (int)left_ms) > 0) {
		ssize_t length =
		    read(wire, answer->bytes + used, answer->size - used - 1);
		size_t from;

		if (length <= 0)
			break;
		hide_nuls(answer->bytes + used, (size_t)length);
		used += (size_t)length;
		answer->bytes[used] = '\0';
		from = begin_of(answer->bytes, echo);
		if (from != SIZE_MAX &&
		    has_ended(
			answer->bytes, used - (size_t)length, from, &is_ok))
			break;
	}
	return (is_ok);
}

int
wire_exchange(
    int wire, const char *line, int wait_ms, char *answer_r, size_t size)
{
	struct wire_answer answer = { answer_r, size, 0 };

	return (exchange(wire, line, NULL, wait_ms, &answer));
}

/* What was read behind the end of an answer: of something else that comes, a
 * notice that is cut off maybe. */
static int
goes_on(const char *answer)
{
	static const char ok[] = "\r\nOK\r\n";
	const char *end = strstr(answer, ok);

	if (end != NULL)
		end += strlen(ok);
	else if ((end = strstr(answer, "ERROR")) != NULL)
		end += strcspn(end, "\r\n");
	return (end != NULL && end[strspn(end, "\r\n")] != '\0');
}

int
wire_ask(int wire, const char *line, int wait_ms, struct wire_answer *answer)
{
	char echo[ECHO_MAX_BYTES];
	size_t from;
	int is_ok;

	snprintf(echo, sizeof(echo), "%.*s", (int)strcspn(line, "\r"), line);
	is_ok = exchange(wire, line, echo, wait_ms, answer);
	from = begin_of(answer->bytes, echo);
	/* A notice of a message, whether before the echo or behind it.  Where
	 * only its beginning was read, nobody can make sense of the rest. */
	answer->has_notice = strstr(answer->bytes, "+CMT") != NULL ||
	    strstr(answer->bytes, "+CDS") != NULL ||
	    (from != SIZE_MAX && goes_on(answer->bytes + from));
	if (from == SIZE_MAX)
		answer->bytes[0] = '\0';
	else
		memmove(answer->bytes, answer->bytes + from,
		    strlen(answer->bytes + from) + 1);
	return (is_ok);
}

int
wire_answers(int wire)
{
	char answer[WIRE_ANSWER_MAX_BYTES];

	for (int i = 0; i < TRIES; i++) {
		(void)wire_write(wire, "\x1b\r");
		if (wire_exchange(wire, "AT\r", WIRE_SOON_MS / TRIES, answer,
			sizeof(answer)))
			return (1);
	}
	return (0);
}

int
wire_find(const char *answer, const char *name, char *words_r, size_t size)
{
	const char *at = strstr(answer, name);

	if (at == NULL)
		return (0);
	at += strlen(name);
	snprintf(words_r, size, "%.*s", (int)strcspn(at, "\r\n"), at);
	return (1);
}
