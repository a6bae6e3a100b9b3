#include "gateway/desk/poke.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { ANSWER_MAX_BYTES = 16384 };

/* A socket that can hear an answer, or -1.  The kernel gives it an abstract
 * name of its own: nothing is left behind in any folder. */
static int
open_socket(void)
{
	struct sockaddr_un unnamed = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return (-1);
	if (bind(fd, (const struct sockaddr *)&unnamed,
		sizeof(unnamed.sun_family)) != 0) {
		close(fd);
		return (-1);
	}
	return (fd);
}

/* 1 when the words are on their way.  A connected socket hears its peer alone,
 * so that nobody else can answer for the hub. */
static int
tell(int fd, const char *control_path, const char *words)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };

	if (strlen(control_path) >= sizeof(address.sun_path))
		return (0);
	memcpy(address.sun_path, control_path, strlen(control_path));
	if (connect(fd, (const struct sockaddr *)&address, sizeof(address)) !=
	    0)
		return (0);
	return (send(fd, words, strlen(words), MSG_NOSIGNAL) >= 0 ||
	    errno == EAGAIN);
}

MUST_USE static enum outcome
say(const char *control_path, const char *word)
{
	int fd = open_socket();
	int was_told;

	if (fd < 0)
		return (NOTHING);
	was_told = tell(fd, control_path, word);
	close(fd);
	return (was_told ? DONE : NOTHING);
}

enum outcome
poke_hub(const char *control_path)
{
	return (say(control_path, "outbox\n"));
}

enum outcome
poke_keys(const char *control_path)
{
	return (say(control_path, "keys\n"));
}

MUST_USE static enum outcome
take_answer(int fd, struct text *answer)
{
	char block[ANSWER_MAX_BYTES];
	ssize_t got = recv(fd, block, sizeof(block), 0);

	if (got < 0)
		return (NOTHING);
	text_add_bytes(answer, block, (size_t)got);
	return (DONE);
}

int
poke_begin_lines(const char *control_path)
{
	int fd = open_socket();

	if (fd >= 0 && tell(fd, control_path, "status\n"))
		return (fd);
	if (fd >= 0)
		close(fd);
	return (-1);
}

enum outcome
poke_take_lines(int fd, struct text *answer)
{
	return (take_answer(fd, answer));
}

/* Says a word and adds what the hub answers: DONE, or NOTHING. */
MUST_USE static enum outcome
ask(const char *control_path, const char *word, int wait_ms,
    struct text *answer)
{
	struct pollfd wait = { .fd = open_socket(), .events = POLLIN };
	enum outcome outcome = NOTHING;

	if (wait.fd < 0)
		return (NOTHING);
	if (tell(wait.fd, control_path, word) && poll(&wait, 1, wait_ms) == 1)
		outcome = take_answer(wait.fd, answer);
	close(wait.fd);
	return (outcome);
}

enum outcome
poke_ask_lines(const char *control_path, struct text *answer)
{
	return (ask(control_path, "status\n", POKE_ANSWER_WAIT_MS, answer));
}

enum outcome
poke_reload(const char *control_path)
{
	struct text answer = { 0 };
	enum outcome outcome =
	    ask(control_path, "reload\n", POKE_RELOAD_WAIT_MS, &answer);

	if (outcome == DONE && strcmp(text_string(&answer), "loaded\n") != 0)
		outcome = REFUSED;
	text_free(&answer);
	return (outcome);
}
