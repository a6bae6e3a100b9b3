#include "gateway/desk/poke.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum outcome
poke_hub(const char *control_path)
{
	static const char words[] = "outbox\n";
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	enum outcome outcome = NOTHING;
	int fd;

	if (strlen(control_path) >= sizeof(address.sun_path))
		return (NOTHING);
	memcpy(address.sun_path, control_path, strlen(control_path));
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return (NOTHING);
	if (sendto(fd, words, sizeof(words) - 1, MSG_NOSIGNAL,
		(const struct sockaddr *)&address, sizeof(address)) >= 0 ||
	    errno == EAGAIN)
		outcome = DONE;
	close(fd);
	return (outcome);
}
