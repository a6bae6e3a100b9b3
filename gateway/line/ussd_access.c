#include "gateway/line/ussd_access.h"

#include <arpa/inet.h>
#include <string.h>

#include "gateway/base/file.h"
#include "gateway/base/log.h"

enum { TOKEN_FILE_MAX_BYTES = 4096, ADDRESS_BITS = 32 };

/* "192.168.0.0/16" */
MUST_USE static enum outcome
read_network(const char *at, size_t length, struct ussd_network *network_r)
{
	struct text word = { 0 };
	struct in_addr address;
	int64_t bits = ADDRESS_BITS;
	char *slash;
	enum outcome outcome = REFUSED;

	text_add_bytes(&word, at, length);
	slash = strchr(text_string(&word), '/');
	if (slash != NULL)
		*slash = '\0';
	if (inet_pton(AF_INET, text_string(&word), &address) == 1 &&
	    (slash == NULL ||
		text_read_integer(slash + 1, 0, ADDRESS_BITS, &bits))) {
		network_r->mask =
		    bits == 0 ? 0 : UINT32_MAX << (ADDRESS_BITS - bits);
		network_r->address = ntohl(address.s_addr) & network_r->mask;
		outcome = DONE;
	}
	text_free(&word);
	return (outcome);
}

MUST_USE static enum outcome
read_allowed(const char *allow, struct ussd_access *access)
{
	while (*allow != '\0') {
		size_t length = strcspn(allow, ", ");

		if (length == 0) {
			allow++;
			continue;
		}
		if (access->allowed_count == USSD_ALLOWED_MOST ||
		    read_network(allow, length,
			&access->allowed[access->allowed_count]) != DONE) {
			log_err("allow: '%.*s' is not an address such as"
				" 10.1.2.3 or 10.1.0.0/16, or one too many",
			    (int)length, allow);
			return (REFUSED);
		}
		access->allowed_count++;
		allow += length;
	}
	return (DONE);
}

MUST_USE static enum outcome
read_token(const char *path, struct ussd_access *access)
{
	enum outcome outcome;

	if (path[0] == '\0')
		return (DONE);
	outcome = file_read(path, TOKEN_FILE_MAX_BYTES, &access->token);
	if (outcome == NOTHING)
		log_err("there is no token_file '%s'", path);
	if (outcome != DONE)
		return (REFUSED);
	text_cut(&access->token, strcspn(text_string(&access->token), "\r\n"));
	if (access->token.length >= USSD_TOKEN_MIN_BYTES)
		return (DONE);
	log_err("token_file '%s': the token is shorter than %d bytes", path,
	    USSD_TOKEN_MIN_BYTES);
	return (REFUSED);
}

enum outcome
ussd_access_open(
    const char *allow, const char *token_file, struct ussd_access *access_r)
{
	struct ussd_access access = { .allowed_count = 0 };

	if (read_allowed(allow, &access) != DONE ||
	    read_token(token_file, &access) != DONE) {
		ussd_access_close(&access);
		return (REFUSED);
	}
	*access_r = access;
	return (DONE);
}

void
ussd_access_close(struct ussd_access *access)
{
	text_free(&access->token);
}

int
ussd_access_allows(
    const struct ussd_access *access, const struct sockaddr *address)
{
	const struct sockaddr_in *from = (const struct sockaddr_in *)address;
	uint32_t number;

	if (access->allowed_count == 0)
		return (1);
	if (address->sa_family != AF_INET)
		return (0);
	number = ntohl(from->sin_addr.s_addr);
	for (size_t i = 0; i < access->allowed_count; i++) {
		if ((number & access->allowed[i].mask) ==
		    access->allowed[i].address)
			return (1);
	}
	return (0);
}

int
ussd_access_has_token(const struct ussd_access *access, const char *token)
{
	size_t length = strlen(token);
	unsigned differs = length != access->token.length;

	if (access->token.length == 0)
		return (1);
	for (size_t i = 0; i < access->token.length; i++)
		differs |= (unsigned)(access->token.bytes[i] ^
		    (length > 0 ? token[i % length] : 0));
	return (differs == 0);
}
