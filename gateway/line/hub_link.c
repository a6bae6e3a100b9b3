#include "gateway/line/hub_link.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "gateway/base/log.h"
#include "gateway/text/utf8.h"

enum { MESSAGES_A_TURN = 512 };

uint64_t
hub_link_random(void)
{
	uint64_t number = 0;

	if (getrandom(&number, sizeof(number), 0) != (ssize_t)sizeof(number)) {
		log_err("cannot get random bytes: %s", strerror(errno));
		abort();
	}
	return (number);
}

enum outcome
hub_link_open(struct hub_link *hub, int socket)
{
	int flags = fcntl(socket, F_GETFL);

	hub->socket = socket;
	hub->said.signal_percent = -1;
	hub->said.storage_percent = -1;
	/* Half of them, so that counting on never comes round to 0. */
	hub->tokens = hub_link_random() >> 1;
	if (flags >= 0 && fcntl(socket, F_SETFL, flags | O_NONBLOCK) == 0)
		return (DONE);
	log_err("cannot use the hub's socket: %s", strerror(errno));
	return (REFUSED);
}

/* -- saying ----------------------------------------------------------------- */

void
hub_link_tell(struct hub_link *hub)
{
	struct pollfd room = { .fd = hub->socket, .events = POLLOUT };
	enum outcome outcome;

	if (hub->is_gone)
		return;
	while ((outcome = protocol_send(hub->socket, &hub->said)) == TRY_LATER)
		poll(&room, 1, -1);
	if (outcome != DONE)
		hub->is_gone = 1;
}

void
hub_link_say_hello(struct hub_link *hub, int64_t window)
{
	hub->said.kind = LINE_HELLO;
	hub->said.version = PROTOCOL_VERSION;
	hub->said.window = window;
	hub_link_tell(hub);
}

void
hub_link_tell_health(struct hub_link *hub, int is_up, const char *cause)
{
	hub->said.kind = LINE_HEALTH;
	hub->said.is_up = is_up;
	snprintf(hub->said.cause, sizeof(hub->said.cause), "%s", cause);
	hub_link_tell(hub);
}

struct arrival *
hub_link_begin_arrival(struct hub_link *hub, enum arrival_kind kind)
{
	struct arrival *arrival = &hub->said.arrived;

	hub->said.kind = LINE_ARRIVED;
	arrival->slot = hub->keeps_nothing ? 0 : ++hub->slots;
	arrival->kind = kind;
	arrival->sender[0] = '\0';
	arrival->network_utc_s = 0;
	arrival->is_again = 0;
	arrival->token = ++hub->tokens;
	arrival->join_reference = -1;
	arrival->join_bits = 0;
	arrival->part = 1;
	arrival->parts = 1;
	arrival->flash = 0;
	arrival->dialogue = 0;
	arrival->text[0] = '\0';
	return (arrival);
}

void
hub_link_tell_step(struct hub_link *hub, const struct dialogue *dialogue,
    enum arrival_kind kind, const char *text)
{
	struct arrival *arrival = hub_link_begin_arrival(hub, kind);
	size_t length = utf8_cut(text, sizeof(arrival->text) - 1);

	arrival->dialogue = dialogue->handle;
	snprintf(
	    arrival->sender, sizeof(arrival->sender), "%s", dialogue->number);
	memcpy(arrival->text, text, length);
	arrival->text[length] = '\0';
	hub_link_tell(hub);
}

void
hub_link_tell_failed(
    struct hub_link *hub, uint64_t id, enum outcome how, const char *cause)
{
	hub->said.kind = LINE_FAILED;
	hub->said.id = id;
	hub->said.how = how;
	snprintf(hub->said.cause, sizeof(hub->said.cause), "%s", cause);
	hub_link_tell(hub);
}

/* -- hearing ---------------------------------------------------------------- */

static void
send_text(struct hub_link *hub, const struct hub_duties *duties, void *line)
{
	if (duties->send != NULL)
		duties->send(line, &hub->heard);
	else
		hub_link_tell_failed(
		    hub, hub->heard.id, REFUSED, "this line carries no texts");
}

static void
obey(struct hub_link *hub, const struct hub_duties *duties, void *line)
{
	switch (hub->heard.kind) {
	case HUB_SEND:
		send_text(hub, duties, line);
		return;
	case HUB_RELEASE:
		if (duties->release != NULL)
			duties->release(line, &hub->heard);
		return;
	case HUB_PAGE:
		if (duties->page != NULL)
			duties->page(line, &hub->heard);
		return;
	case HUB_STOP:
		hub->is_stopped = 1;
		return;
	case HUB_DIAL:
	case HUB_UNLOCK:
		log_info("this line has no SIM");
		return;
	case LINE_HELLO:
	case LINE_ARRIVED:
	case LINE_PART_SENT:
	case LINE_SENT:
	case LINE_FAILED:
	case LINE_UNSURE:
	case LINE_HEALTH:
	case LINE_WORKS:
	case LINE_RETURNED:
	case LINE_DIALLED:
	case LINE_REPORTED:
	case LINE_PUSHED:
		break;
	}
	log_err("the hub said '%s', which only lines say",
	    line_message_kind_name(hub->heard.kind));
}

void
hub_link_listen(
    struct hub_link *hub, const struct hub_duties *duties, void *line)
{
	for (int i = 0; i < MESSAGES_A_TURN && !hub->is_gone; i++) {
		int was_garbage = 0;
		enum outcome outcome =
		    protocol_receive(hub->socket, &hub->heard, &was_garbage);

		if (outcome == NOTHING)
			return;
		if (outcome == DONE)
			obey(hub, duties, line);
		else if (was_garbage)
			log_err("the hub said what is not a message");
		else
			hub->is_gone = 1;
	}
}
