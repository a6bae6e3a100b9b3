#include "gateway/desk/web_origin.h"

#include <strings.h>

enum { HTTPS_PORT = 443 };

/* A host with its port, cut apart. */
struct place {
	char host[256];
	int64_t port;
};

/* Reads "host", "host:port" or "[::1]:port": 1, or 0. */
static int
read_place(const char *words, struct place *place_r)
{
	const char *end = words[0] == '[' ? strchr(words, ']') : words;
	const char *colon;
	struct place place = { .port = HTTPS_PORT };
	size_t length;

	if (end == NULL)
		return (0);
	colon = strchr(end, ':');
	length = colon != NULL ? (size_t)(colon - words) : strlen(words);
	if (length == 0 || length >= sizeof(place.host))
		return (0);
	if (colon != NULL &&
	    !text_read_integer(colon + 1, 1, 65535, &place.port))
		return (0);
	memcpy(place.host, words, length);
	*place_r = place;
	return (1);
}

/* Against one name of the configuration, which needs no port when it is the
 * one we listen on. */
static int
is_named(const struct web *web, const char *name, const struct place *place)
{
	struct place named;
	int has_port;

	if (!read_place(name, &named))
		return (0);
	has_port = name[0] == '[' ? strstr(name, "]:") != NULL
				  : strchr(name, ':') != NULL;
	if (!has_port)
		named.port = web->port;
	return (strcasecmp(named.host, place->host) == 0 &&
	    named.port == place->port);
}

static int
is_configured(const struct web *web, const struct place *place)
{
	char *names = strdup(web->settings.desk.names);
	char *rest = names;
	int found = 0;

	while (names != NULL && rest != NULL) {
		const char *name = strsep(&rest, " ,");

		if (name[0] != '\0' && is_named(web, name, place))
			found = 1;
	}
	free(names);
	return (found);
}

static int
is_address(const char *host, const char *address)
{
	size_t length = strlen(address);

	if (strcasecmp(host, address) == 0)
		return (1);
	return (host[0] == '[' && strncasecmp(host + 1, address, length) == 0 &&
	    strcmp(host + 1 + length, "]") == 0);
}

static int
is_loopback(const char *address)
{
	return (
	    strncmp(address, "127.", 4) == 0 || strcmp(address, "::1") == 0);
}

int
web_host_is_ours(const struct web *web, const struct web_request *request)
{
	struct place place;

	if (request->host == NULL || !read_place(request->host, &place))
		return (0);
	if (is_configured(web, &place))
		return (1);
	if (place.port != web->port)
		return (0);
	return (is_address(place.host, request->local) ||
	    (is_loopback(request->local) &&
		strcasecmp(place.host, "localhost") == 0));
}

/* 1 when an address on the web begins with https:// and our own Host. */
static int
is_from(const char *address, const char *host)
{
	static const char scheme[] = "https://";
	size_t length = strlen(host);

	if (strncasecmp(address, scheme, sizeof(scheme) - 1) != 0)
		return (0);
	address += sizeof(scheme) - 1;
	return (strncasecmp(address, host, length) == 0 &&
	    (address[length] == '\0' || address[length] == '/'));
}

int
web_origin_is_ours(const struct web_request *request)
{
	if (request->origin != NULL)
		return (is_from(request->origin, request->host));
	if (request->referer != NULL)
		return (is_from(request->referer, request->host));
	return (1);
}
