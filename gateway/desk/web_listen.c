#include "gateway/desk/web_listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <unistd.h>

#include "gateway/base/log.h"
#include "gateway/base/text.h"

enum { BACKLOG = 128, HOST_MAX_BYTES = 64 };

union any_address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

/* Cuts the host out of "host:port" or "[host]:port": 1, or 0. */
static int
read_listen(const char *listen, char host[HOST_MAX_BYTES], int64_t *port_r)
{
	int is_bracketed = listen[0] == '[';
	const char *start = listen + is_bracketed;
	const char *end =
	    is_bracketed ? strchr(start, ']') : strrchr(start, ':');

	if (end == NULL || end == start || end - start >= HOST_MAX_BYTES)
		return (0);
	memcpy(host, start, (size_t)(end - start));
	host[end - start] = '\0';
	end += is_bracketed;
	return (*end == ':' && text_read_integer(end + 1, 1, 65535, port_r));
}

static socklen_t
fill_address(const char *host, int64_t port, union any_address *address_r)
{
	union any_address address = { 0 };

	if (inet_pton(AF_INET, host, &address.v4.sin_addr) == 1) {
		address.v4.sin_family = AF_INET;
		address.v4.sin_port = htons((uint16_t)port);
		*address_r = address;
		return (sizeof(address.v4));
	}
	if (inet_pton(AF_INET6, host, &address.v6.sin6_addr) == 1) {
		address.v6.sin6_family = AF_INET6;
		address.v6.sin6_port = htons((uint16_t)port);
		*address_r = address;
		return (sizeof(address.v6));
	}
	return (0);
}

enum outcome
web_listen(const char *listen_on, int *fd_r, int *port_r)
{
	union any_address address;
	char host[HOST_MAX_BYTES];
	const int yes = 1;
	int64_t port;
	socklen_t length = 0;
	int fd;

	if (read_listen(listen_on, host, &port))
		length = fill_address(host, port, &address);
	if (length == 0) {
		log_err("desk: listen = \"%s\" is no address with a port, such"
			" as \"127.0.0.1:8443\"",
		    listen_on);
		return (REFUSED);
	}
	fd = socket(address.any.sa_family,
	    SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0 ||
	    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) != 0 ||
	    bind(fd, &address.any, length) != 0 || listen(fd, BACKLOG) != 0) {
		log_err("cannot listen on %s: %s", listen_on, strerror(errno));
		if (fd >= 0)
			close(fd);
		return (REFUSED);
	}
	*fd_r = fd;
	*port_r = (int)port;
	return (DONE);
}

struct web_address
web_address_of(const struct sockaddr *address)
{
	struct web_address words = { "" };
	const void *bytes;
	static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };
	int family = AF_INET;

	if (address->sa_family == AF_INET) {
		bytes = &((const struct sockaddr_in *)(const void *)address)
			     ->sin_addr;
	} else if (address->sa_family == AF_INET6) {
		const struct in6_addr *long_one =
		    &((const struct sockaddr_in6 *)(const void *)address)
			 ->sin6_addr;
		int is_mapped = memcmp(long_one, mapped, sizeof(mapped)) == 0;

		family = is_mapped ? AF_INET : AF_INET6;
		bytes = is_mapped ? long_one->s6_addr + sizeof(mapped)
				  : long_one->s6_addr;
	} else {
		return (words);
	}
	if (inet_ntop(family, bytes, words.text, sizeof(words.text)) == NULL)
		words.text[0] = '\0';
	return (words);
}

struct web_address
web_address_local(int fd)
{
	union any_address address = { 0 };
	socklen_t length = sizeof(address);

	if (getsockname(fd, &address.any, &length) != 0)
		return ((struct web_address){ "" });
	return (web_address_of(&address.any));
}
