/* `waymark queue aside`: messages set aside, in the terminal. */
#ifndef GATEWAY_DESK_CLI_ASIDE_H
#define GATEWAY_DESK_CLI_ASIDE_H

#include "gateway/desk/session.h"

/* What is asked: without an id the list, with one the message or, with
 * is_done, that it be filed. */
struct aside_wish {
	const char *id; /* as typed, or NULL */
	int is_done;
	int with_number;
	int as_json;
	size_t most;
};

/* An exit status; told. */
int cli_aside(const struct session *session, const struct aside_wish *wish);

#endif
