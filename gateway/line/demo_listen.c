#include "gateway/line/demo_listen.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "gateway/base/log.h"

enum { WAITING_CLIENTS = 64, NOBODY_ELSE = 0177 };

/* 1 when the path is a socket that a process listens on. */
static int
somebody_answers(const struct sockaddr_un *address)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	int answers;

	if (fd < 0)
		return (1);
	answers = connect(fd, (const struct sockaddr *)address,
		      sizeof(*address)) == 0 ||
	    errno != ECONNREFUSED;
	close(fd);
	return (answers);
}

MUST_USE static enum outcome
remove_stale(const struct sockaddr_un *address)
{
	struct stat status;

	if (lstat(address->sun_path, &status) != 0)
		return (errno == ENOENT ? DONE : REFUSED);
	if (!S_ISSOCK(status.st_mode)) {
		log_err("cannot listen on '%s': there is a file that is not a"
			" socket; remove it or change `listen`",
		    address->sun_path);
		return (REFUSED);
	}
	if (somebody_answers(address)) {
		log_err("cannot listen on '%s': another line listens there;"
			" change `listen` or stop the other one",
		    address->sun_path);
		return (REFUSED);
	}
	if (unlink(address->sun_path) != 0) {
		log_err("cannot remove the old socket '%s': %s",
		    address->sun_path, strerror(errno));
		return (REFUSED);
	}
	return (DONE);
}

/* The mode has to be right from the first moment, so not by chmod(). */
static int
bind_for_us_only(int fd, const struct sockaddr_un *address)
{
	mode_t before = umask(NOBODY_ELSE);
	int result =
	    bind(fd, (const struct sockaddr *)address, sizeof(*address));

	umask(before);
	return (result);
}

enum outcome
demo_listen(const char *path, int *listener_r)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd;

	if (strlen(path) >= sizeof(address.sun_path)) {
		log_err("cannot listen on '%s': a socket's path has at most"
			" %zu bytes; change `listen`",
		    path, sizeof(address.sun_path) - 1);
		return (REFUSED);
	}
	memcpy(address.sun_path, path, strlen(path) + 1);
	if (remove_stale(&address) != DONE)
		return (REFUSED);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0 || bind_for_us_only(fd, &address) != 0 ||
	    listen(fd, WAITING_CLIENTS) != 0) {
		log_err("cannot listen on '%s': %s", path, strerror(errno));
		if (fd >= 0)
			close(fd);
		return (REFUSED);
	}
	*listener_r = fd;
	return (DONE);
}
