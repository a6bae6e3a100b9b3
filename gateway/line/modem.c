#include <fcntl.h>
#include <poll.h>
#include <strings.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/line/confine.h"
#include "gateway/line/modem.h"

enum {
	/* One text at a time: whatever is handed over and not ended when this
	 * process is killed becomes unsure, and the hub answers a SENT with the
	 * next text in less time than a modem needs to say OK. */
	WINDOW = 1,
	HUB_MESSAGES_MOST = 64, /* in one go, then the modem's turn */
	WAIT_MOST_MS = 3600000,
};

void
modem_tell(struct modem *modem, const struct line_message *message)
{
	struct pollfd hub = {
		.fd = modem->arguments->socket,
		.events = POLLOUT,
	};
	enum outcome outcome;

	if (modem->is_over)
		return;
	/* Something was done: the rest of this step gets its own patience. */
	alarm((unsigned)modem->arguments->patience_s);
	outcome = protocol_send(hub.fd, message);
	while (outcome == TRY_LATER) {
		if (poll(&hub, 1, -1) < 0)
			continue;
		outcome = protocol_send(hub.fd, message);
	}
	if (outcome != DONE)
		modem->is_over = 1;
}

void
modem_tell_health(struct modem *modem, int is_up, const char *cause)
{
	struct line_message message = {
		.kind = LINE_HEALTH,
		.is_up = is_up,
		.signal_percent = is_up ? modem->signal_percent : -1,
	};

	if (modem->told_health && modem->is_up == is_up &&
	    strcmp(modem->cause, cause) == 0)
		return;
	modem->told_health = 1;
	modem->is_up = is_up;
	snprintf(modem->cause, sizeof(modem->cause), "%s", cause);
	snprintf(message.cause, sizeof(message.cause), "%s", cause);
	modem_tell(modem, &message);
}

static void
fail_send(struct modem *modem, uint64_t id, const char *cause)
{
	struct line_message message = {
		.kind = LINE_FAILED,
		.id = id,
		.how = TRY_LATER,
	};

	snprintf(message.cause, sizeof(message.cause), "%s", cause);
	modem_tell(modem, &message);
}

/* The whole of USSD is not offered by this line yet, and a code dialled without
 * anybody reading the answer would block the modem's one session. */
static void
refuse_to_dial(struct modem *modem)
{
	struct line_message message = {
		.kind = LINE_HEALTH,
		.is_up = modem->is_up,
		.signal_percent = modem->is_up ? modem->signal_percent : -1,
	};

	log_warning("dial is not offered by this line");
	snprintf(message.cause, sizeof(message.cause),
	    "dial is not offered by this line");
	modem_tell(modem, &message);
}

static void
take_hub_message(struct modem *modem, const struct line_message *message)
{
	switch ((int)message->kind) {
	case HUB_RELEASE:
		modem_slot_release(modem, message->arrived.slot);
		break;
	case HUB_SEND:
		if (modem->has_to_send) {
			fail_send(modem, message->id, "one text at a time");
			break;
		}
		modem->to_send = *message;
		modem->has_to_send = 1;
		break;
	case HUB_DIAL:
		refuse_to_dial(modem);
		break;
	case HUB_STOP:
		modem->is_over = 1;
		break;
	default:
		log_err("the hub sent what only lines send: %s",
		    line_message_kind_name(message->kind));
		break;
	}
}

static void
listen_to_hub(struct modem *modem)
{
	struct pollfd hub = {
		.fd = modem->arguments->socket,
		.events = POLLIN,
	};
	struct line_message message;
	int was_garbage;

	for (int i = 0; i < HUB_MESSAGES_MOST && !modem->is_over; i++) {
		if (poll(&hub, 1, 0) <= 0)
			return;
		was_garbage = 0;
		switch (protocol_receive(hub.fd, &message, &was_garbage)) {
		case DONE:
			take_hub_message(modem, &message);
			break;
		case NOTHING:
			return;
		case TRY_LATER:
		case REFUSED:
		case UNSURE:
		case BROKEN:
			if (was_garbage)
				log_err("the hub sent what is no message");
			else
				modem->is_over = 1;
			break;
		}
	}
}

/* 1 when there was something to do: then there may be more. */
static int
work_while_gone(struct modem *modem)
{
	if (modem->has_to_send) {
		modem->has_to_send = 0;
		fail_send(modem, modem->to_send.id, "the modem is gone");
		return (1);
	}
	if (clock_monotonic_ms() < modem->retry_at_ms)
		return (0);
	modem_connect(modem);
	return (1);
}

/*
 * One step, the most urgent first: a telephone rings, a message waits for its
 * answer, an answer for the network; the SIM is tidied up when nobody waits.
 */
static int
work(struct modem *modem)
{
	int64_t now_ms = clock_monotonic_ms();
	int64_t later_ms = INT64_MAX;
	struct modem_slot *slot;

	if (modem->is_lost) {
		modem_disconnect(modem);
		modem->is_lost = 0;
		return (1);
	}
	if (modem->machine == NULL)
		return (work_while_gone(modem));
	if (modem_handle_rings(modem))
		return (1);
	if (modem->direct_count > 0)
		modem_announce_direct(modem);
	else if (modem->notice_count > 0)
		modem_read_notice(modem);
	else if (modem->has_to_send)
		modem_send(modem);
	else if (modem->sweep_at_ms <= now_ms) {
		modem_sweep(modem);
		modem->check_at_ms = 0;
	} else if (modem->check_at_ms <= now_ms)
		modem_check_network(modem);
	else if ((slot = modem_slot_due(modem, now_ms, &later_ms)) != NULL)
		modem_slot_delete(modem, slot);
	else
		return (0);
	return (1);
}

/* Until when nothing is to be done unless somebody speaks; -1 is for ever. */
static int
wait_ms(struct modem *modem)
{
	int64_t now_ms = clock_monotonic_ms();
	int64_t at_ms = INT64_MAX;

	if (modem->machine == NULL) {
		at_ms = modem->retry_at_ms;
	} else {
		(void)modem_slot_due(modem, now_ms, &at_ms);
		if (modem->sweep_at_ms < at_ms)
			at_ms = modem->sweep_at_ms;
		if (modem->check_at_ms < at_ms)
			at_ms = modem->check_at_ms;
	}
	if (at_ms <= now_ms)
		return (0);
	if (at_ms - now_ms > WAIT_MOST_MS)
		return (at_ms == INT64_MAX ? -1 : WAIT_MOST_MS);
	return ((int)(at_ms - now_ms));
}

static void
run(struct modem *modem)
{
	int is_busy = 1;

	while (!modem->is_over) {
		struct pollfd files[2] = {
			{ .fd = modem->arguments->socket, .events = POLLIN },
			/* poll() passes over -1. */
			{ .fd = modem->descriptor, .events = POLLIN },
		};

		if (poll(files, 2, is_busy ? 0 : wait_ms(modem)) < 0)
			continue;
		if (files[0].revents != 0)
			listen_to_hub(modem);
		if (files[1].revents != 0)
			modem_read_ready(modem, files[1].revents);
		/* libGammu's calls wait up to 500 s for a modem that does not
		 * answer and cannot be stopped from inside.  The alarm ends
		 * this process, and the hub starts it again. */
		alarm((unsigned)modem->arguments->patience_s);
		if (!modem->is_over)
			is_busy = work(modem);
		alarm(0);
	}
}

/* libGammu's connections that are no device file: bluetooth, infrared, and a
 * program that speaks for the modem. */
static int
needs_sockets(const struct line_arguments *arguments)
{
	static const char *const beginnings[] = { "blue", "irda", "proxy" };

	for (size_t i = 0; i < COUNT_OF(beginnings); i++) {
		if (strncasecmp(arguments->connection, beginnings[i],
			strlen(beginnings[i])) == 0)
			return (1);
	}
	return (0);
}

/* A modem that is unplugged comes back under another name, so that the folder
 * of devices has to stay open; what in it may be opened is up to the user this
 * runs as. */
static void
confine_line(const struct line_arguments *arguments)
{
	static const char *const paths[] = { "/dev" };
	struct confinement confinement = {
		.paths = paths,
		.path_count = COUNT_OF(paths),
		.may_connect = needs_sockets(arguments),
	};

	fcntl(arguments->socket, F_SETFD, FD_CLOEXEC);
	confine_close_others(&arguments->socket, 1);
	confine(&confinement);
}

int
line_run_modem(const struct line_arguments *arguments)
{
	struct line_message hello = {
		.kind = LINE_HELLO,
		.version = PROTOCOL_VERSION,
		.window = WINDOW,
	};
	struct modem *modem;
	static char who[64]; /* the log borrows it for ever */

	snprintf(who, sizeof(who), "line %s", arguments->name);
	log_open(who, arguments->log_level);
	if (arguments->device[0] == '\0') {
		log_err("a modem line needs a device");
		return (EXIT_WRONG_USE);
	}
	confine_line(arguments);
	modem_pause_cap(arguments->pause_ms);
	modem = memory_new(1, sizeof(*modem));
	modem->batch = memory_new(1, sizeof(*modem->batch));
	modem->arguments = arguments;
	modem->descriptor = -1;
	modem->signal_percent = -1;
	modem_tell(modem, &hello);
	run(modem);
	modem_disconnect(modem);
	free(modem->direct);
	free(modem->slots);
	free(modem->batch);
	free(modem);
	return (EXIT_DONE);
}
