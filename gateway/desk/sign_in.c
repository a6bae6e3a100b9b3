#include "gateway/desk/sign_in.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "gateway/base/file.h"
#include "gateway/desk/cli.h"

enum { CONTROL_C = 3 };

static void
warn_if_others_read(const char *command, const char *path)
{
	struct stat facts;

	if (stat(path, &facts) == 0 && S_ISREG(facts.st_mode) &&
	    (facts.st_mode & (S_IRGRP | S_IROTH)) != 0)
		fprintf(stderr,
		    "waymark %s: others can read '%s'; mend it with: chmod 600"
		    " '%s'\n",
		    command, path, path);
}

enum outcome
sign_in_read_file(const char *command, const char *path, struct text *password)
{
	enum outcome outcome =
	    file_read(path, SIGN_IN_ANSWER_MAX_BYTES, password);

	if (outcome == NOTHING)
		cli_failed(command, "there is no password file '%s'", path);
	if (outcome != DONE)
		return (REFUSED);
	warn_if_others_read(command, path);
	text_cut(password, strcspn(text_string(password), "\r\n"));
	if (password->length == 0) {
		cli_failed(command, "the first line of '%s' is empty", path);
		return (REFUSED);
	}
	return (DONE);
}

/* No echo, and Ctrl-C as a character that ends the line: a signal would leave
 * the terminal mute. */
static int
go_quiet(int fd, struct termios *before)
{
	struct termios quiet;

	if (tcgetattr(fd, before) != 0)
		return (-1);
	quiet = *before;
	quiet.c_lflag &= ~(tcflag_t)(ECHO | ISIG);
	quiet.c_lflag |= ECHONL | ICANON;
	quiet.c_cc[VEOL] = CONTROL_C;
	return (tcsetattr(fd, TCSAFLUSH, &quiet));
}

MUST_USE static enum outcome
read_line(int fd, struct text *answer)
{
	char byte = '\0';
	ssize_t got;

	while ((got = read(fd, &byte, 1)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 || byte == CONTROL_C)
			return (REFUSED);
		if (byte == '\n')
			return (DONE);
		if (answer->length == SIGN_IN_ANSWER_MAX_BYTES)
			return (REFUSED);
		text_add_byte(answer, byte);
	}
	return (REFUSED);
}

static int
put(int fd, const char *words)
{
	return (write(fd, words, strlen(words)) == (ssize_t)strlen(words));
}

enum outcome
sign_in_ask(const char *question, int is_secret, struct text *answer)
{
	int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
	enum outcome outcome = NOTHING;
	struct termios before;

	if (fd < 0)
		return (NOTHING);
	if (is_secret && go_quiet(fd, &before) != 0)
		goto out;
	if (put(fd, question))
		outcome = read_line(fd, answer);
	if (is_secret && tcsetattr(fd, TCSAFLUSH, &before) != 0)
		outcome = REFUSED;
	if (outcome == REFUSED && !put(fd, "\n"))
		outcome = NOTHING;
out:
	close(fd);
	return (outcome);
}

MUST_USE static enum outcome
ask_twice(const char *command, struct text *password)
{
	struct text again = { 0 };
	enum outcome outcome = sign_in_ask("New password: ", 1, password);

	if (outcome == DONE)
		outcome = sign_in_ask("The same again: ", 1, &again);
	if (outcome == NOTHING)
		cli_failed(command,
		    "there is no terminal to ask on; give"
		    " --new-password-file");
	if (outcome == DONE &&
	    strcmp(text_string(password), text_string(&again)) != 0) {
		cli_failed(command, "these were two different passwords");
		outcome = REFUSED;
	}
	text_free(&again);
	return (outcome == DONE ? DONE : REFUSED);
}

enum outcome
sign_in_read_new(const char *command, const char *path, size_t least_bytes,
    struct text *password)
{
	enum outcome outcome = path != NULL
	    ? sign_in_read_file(command, path, password)
	    : ask_twice(command, password);

	if (outcome == DONE && password->length < least_bytes) {
		cli_failed(
		    command, "a password has %zu signs or more", least_bytes);
		return (REFUSED);
	}
	return (outcome);
}

enum outcome
sign_in_show(const char *words)
{
	int fd = open("/dev/tty", O_WRONLY | O_CLOEXEC | O_NOCTTY);
	int was_shown;

	if (fd < 0)
		return (NOTHING);
	was_shown = put(fd, words);
	close(fd);
	return (was_shown ? DONE : NOTHING);
}
