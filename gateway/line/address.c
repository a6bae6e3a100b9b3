#include "gateway/line/address.h"

#include <arpa/inet.h>
#include <string.h>

#include "gateway/base/text.h"

enum outcome
address_read(const char *words, struct sockaddr_in *address_r)
{
	struct sockaddr_in address = { .sin_family = AF_INET };
	const char *colon = strrchr(words, ':');
	struct text host = { 0 };
	int64_t port;
	enum outcome outcome = REFUSED;

	if (colon == NULL || !text_read_integer(colon + 1, 1, 65535, &port))
		return (REFUSED);
	text_add_bytes(&host, words, (size_t)(colon - words));
	address.sin_port = htons((uint16_t)port);
	if (inet_pton(AF_INET, text_string(&host), &address.sin_addr) == 1) {
		*address_r = address;
		outcome = DONE;
	}
	text_free(&host);
	return (outcome);
}
