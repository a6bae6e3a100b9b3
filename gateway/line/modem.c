#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/confine.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
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
	modem_be_patient(modem, 0);
	outcome = protocol_send(hub.fd, message);
	while (outcome == TRY_LATER) {
		if (poll(&hub, 1, -1) < 0)
			continue;
		outcome = protocol_send(hub.fd, message);
	}
	if (outcome != DONE)
		modem->is_over = 1;
}

/* The cause and the numbers; what is behind the NULs does not count. */
static int
is_same_health(const struct modem_health *one, const struct modem_health *other)
{
	return (one->is_up == other->is_up &&
	    one->signal_percent == other->signal_percent &&
	    one->storage_percent == other->storage_percent &&
	    one->ladder.rung == other->ladder.rung &&
	    one->ladder.rounds == other->ladder.rounds &&
	    one->ladder.falls == other->ladder.falls &&
	    one->needs_hand == other->needs_hand && one->sim == other->sim &&
	    strcmp(one->own, other->own) == 0 &&
	    strcmp(one->network, other->network) == 0 &&
	    strcmp(one->cause, other->cause) == 0);
}

void
modem_tell_health(struct modem *modem, int is_up, const char *cause)
{
	struct modem_health *health = &modem->health;
	struct line_message message = { .kind = LINE_HEALTH };

	health->is_up = is_up;
	health->ladder = modem->ladder;
	health->needs_hand =
	    !is_up && ladder_needs_hand(&modem->ladder, modem->finding);
	health->sim = modem->sim;
	snprintf(health->cause, sizeof(health->cause), "%s", cause);
	if (!is_up)
		health->signal_percent = -1;
	if (modem->has_told_health && is_same_health(health, &modem->told))
		return;
	modem->has_told_health = 1;
	modem->told = *health;
	message.is_up = is_up;
	message.signal_percent = health->signal_percent;
	message.storage_percent = health->storage_percent;
	message.needs_hand = health->needs_hand;
	message.rung = health->ladder.rung;
	message.rounds = health->ladder.rounds;
	message.falls = health->ladder.falls;
	message.sim = health->sim;
	memcpy(message.own, health->own, sizeof(message.own));
	memcpy(message.network, health->network, sizeof(message.network));
	memcpy(message.cause, health->cause, sizeof(message.cause));
	modem_tell(modem, &message);
}

void
modem_tell_work(struct modem *modem, enum line_work work, uint64_t id)
{
	struct line_message message = {
		.kind = LINE_WORKS,
		.work = work,
		.id = id,
	};

	if (modem->work == work && modem->work_id == id)
		return;
	modem->work = work;
	modem->work_id = id;
	modem_tell(modem, &message);
}

void
modem_be_patient(const struct modem *modem, int64_t extra_s)
{
	alarm((unsigned)(modem->arguments->patience_s + extra_s));
}

/* It was not begun, so that it has not been tried either. */
static void
return_send(struct modem *modem, uint64_t id)
{
	struct line_message message = { .kind = LINE_RETURNED, .id = id };

	modem_tell(modem, &message);
}

static void
take_pin(struct modem *modem, const char *pin)
{
	snprintf(modem->pin, sizeof(modem->pin), "%.*s",
	    (int)sizeof(modem->pin) - 1, pin);
	modem->retry_at_ms = 0;
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
			return_send(modem, message->id);
			break;
		}
		modem->to_send = *message;
		modem->has_to_send = 1;
		break;
	case HUB_DIAL:
		snprintf(modem->codes, sizeof(modem->codes), "%.*s",
		    PROTOCOL_CODES_MAX_BYTES, message->text);
		break;
	case HUB_STOP:
		modem->is_over = 1;
		break;
	case HUB_UNLOCK:
		take_pin(modem, message->text);
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
		return_send(modem, modem->to_send.id);
		return (1);
	}
	if (modem->codes[0] != '\0') {
		modem_dial(modem);
		return (1);
	}
	return (modem_mend(modem));
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
	struct suspect *suspect;

	if (modem->is_lost) {
		modem_disconnect(modem);
		modem->is_lost = 0;
		return (1);
	}
	if (modem->machine == NULL)
		return (work_while_gone(modem));
	if (modem->counts_from_zero)
		modem_count_from_zero(modem);
	if (modem_handle_rings(modem))
		return (1);
	if (modem_filter_pushed() != NULL) {
		modem_take_pushed(modem);
		return (1);
	}
	if (modem->direct_count > 0 || modem->report_count > 0)
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
	else if ((suspect = suspects_due(
		      &modem->suspects, now_ms, &later_ms)) != NULL)
		modem_read_suspect(modem, suspect);
	else if (modem->codes[0] != '\0')
		modem_dial(modem);
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
		if (suspects_due(&modem->suspects, now_ms, &at_ms) != NULL)
			return (0);
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
		modem_be_patient(modem, 0);
		if (!modem->is_over)
			is_busy = work(modem);
		modem_tell_work(modem, WORK_NONE, 0);
		alarm(0);
	}
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
		.may_connect = !modem_has_wire(arguments),
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
		.says_work = 1,
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
	modem->health.signal_percent = -1;
	modem->health.storage_percent = -1;
	modem->ladder = arguments->ladder;
	modem->has_to_mend = modem->ladder.rung != RUNG_WELL;
	modem->finding = FOUND_SILENT;
	modem->is_careful = (int)arguments->is_careful;
	(void)suspects_read(
	    arguments->suspects, clock_monotonic_ms(), &modem->suspects);
	modem_tell(modem, &hello);
	run(modem);
	modem_disconnect(modem);
	explicit_bzero(modem->pin, sizeof(modem->pin));
	free(modem->direct);
	free(modem->slots);
	free(modem->batch);
	free(modem);
	return (EXIT_DONE);
}
