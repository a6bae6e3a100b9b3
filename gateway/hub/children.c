#include "gateway/hub/children.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/base/retry.h"
#include "gateway/hub/line_care.h"
#include "gateway/hub/line_credit.h"
#include "gateway/hub/line_dial.h"
#include "gateway/hub/line_start.h"

enum {
	STOP_WAIT_MS = 2000,
	SOCKET_BYTES = 1 << 20,
	MINUTE_MS = 60000,
	/* A line that says so much that cannot be has lost its mind, and would
	 * fill the log. */
	ODD_WORDS_MOST = 50,
};

const char *
child_state_name(enum child_state state)
{
	static const char *const names[] = {
		[CHILD_RESTING] = "resting",
		[CHILD_STARTING] = "starting",
		[CHILD_UP] = "up",
	};

	return (names[state]);
}

void
children_open(struct hub *hub)
{
	hub->child_count = hub->settings.line_count;
	hub->children = memory_new(hub->child_count, sizeof(*hub->children));
	for (size_t i = 0; i < hub->child_count; i++) {
		struct child *child = &hub->children[i];

		child->line = &hub->settings.lines[i];
		(void)number_read(
		    child->line->number, child->line->country, &child->own);
		child->pid = -1;
		child->socket = -1;
		child->power = -1;
		child->storage_percent = -1;
		child->has_backlog = 1; /* of an earlier run, perhaps */
	}
}

int
children_are_at(const struct hub *hub, const struct number *number)
{
	for (size_t i = 0; i < hub->child_count; i++) {
		const struct child *child = &hub->children[i];

		if (strcmp(child->own.e164, number->e164) == 0 ||
		    strcmp(child->learnt.e164, number->e164) == 0)
			return (1);
	}
	return (0);
}

/* -- starting --------------------------------------------------------------- */

static void
rest(struct child *child, int64_t now_ms)
{
	int64_t wait_ms;

	if (child->up_since_ms > 0 &&
	    now_ms - child->up_since_ms >= CHILD_STEADY_MS)
		child->failures = 0;
	child->failures++;
	child->state = CHILD_RESTING;
	child->up_since_ms = 0;
	wait_ms = retry_start_wait_ms(child->failures);
	if (wait_ms > CHILD_REST_MOST_MS)
		wait_ms = CHILD_REST_MOST_MS;
	child->start_at_ms = now_ms + wait_ms;
}

static void
start(struct hub *hub, struct child *child, int64_t now_ms)
{
	int bytes = SOCKET_BYTES;
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
		log_err("line=%s: cannot make its socket: %s",
		    child->line->name, strerror(errno));
		rest(child, now_ms);
		return;
	}
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	setsockopt(ends[0], SOL_SOCKET, SO_SNDBUF, &bytes, sizeof(bytes));
	setsockopt(ends[1], SOL_SOCKET, SO_SNDBUF, &bytes, sizeof(bytes));
	/* All it said has been heard. */
	if (child->has_died)
		line_care_note_death(child, child->died_status, now_ms);
	child->has_died = 0;
	child->pid = fork();
	if (child->pid == 0)
		line_start_become(child, ends[1], hub->settings.log_level);
	close(ends[1]);
	if (child->pid < 0) {
		log_err("line=%s: cannot start its process: %s",
		    child->line->name, strerror(errno));
		close(ends[0]);
		rest(child, now_ms);
		return;
	}
	child->socket = ends[0];
	child->generation++;
	child->state = CHILD_STARTING;
	child->progress_ms = now_ms;
	child->device_is_up = 0;
	child->signal_percent = -1;
	child->says_work = 0;
	child->odd_words = 0;
	child->begun = 0;
	child->credit.is_asking = 0;
	child->sim = SIM_UNKNOWN;
}

/* -- ending ----------------------------------------------------------------- */

static void
add_result(struct hub *hub, enum line_message_kind kind, uint64_t id)
{
	if (hub->result_count >= RESULTS_MOST)
		abort();
	hub->results[hub->result_count++] = (struct result){
		.kind = kind,
		.id = { (int64_t)id },
	};
}

/* Whether it was. */
static int
forget_in_flight(struct child *child, uint64_t id)
{
	for (size_t i = 0; i < child->in_flight_count; i++) {
		if (child->in_flight[i] != id)
			continue;
		child->in_flight[i] =
		    child->in_flight[--child->in_flight_count];
		return (1);
	}
	return (0);
}

/* Texts still in our own queue certainly never left; all others may have. */
static void
settle_in_flight(struct hub *hub, struct child *child)
{
	for (size_t i = 0; i < child->waiting_count; i++) {
		struct line_message message;

		/* One that its line said had ended, has. */
		if (protocol_read(child->waiting[i].bytes,
			child->waiting[i].length, &message) == DONE &&
		    message.kind == HUB_SEND &&
		    forget_in_flight(child, message.id))
			add_result(hub, HUB_SEND, message.id);
		text_free(&child->waiting[i]);
	}
	child->waiting_count = 0;
	/* A line that says what it begins has not sent what it did not. */
	for (size_t i = 0; i < child->in_flight_count; i++)
		add_result(hub,
		    child->says_work && child->in_flight[i] != child->begun
			? HUB_SEND
			: LINE_UNSURE,
		    child->in_flight[i]);
	child->in_flight_count = 0;
	child->has_backlog = 1;
}

static void
let_go(struct hub *hub, struct child *child, int64_t now_ms)
{
	if (child->socket >= 0)
		close(child->socket);
	child->socket = -1;
	child->device_is_up = 0;
	settle_in_flight(hub, child);
	if (child->state != CHILD_RESTING)
		rest(child, now_ms);
}

/* Whether a line's ending can be noted now: its texts need room among the
 * results, which the next commit makes. */
static int
has_room_to_let_go(const struct hub *hub, const struct child *child)
{
	return (hub->result_count + child->in_flight_count <= RESULTS_MOST);
}

static void
end_line(struct hub *hub, struct child *child, int64_t now_ms)
{
	if (!has_room_to_let_go(hub, child))
		return;
	if (child->pid > 0)
		kill(child->pid, SIGKILL);
	let_go(hub, child, now_ms);
}

/* A line may make no new files and so cannot remove its socket either.  Only
 * after hello: before it, the socket may be somebody else's. */
static void
note_gone(struct child *child)
{
	child->pid = -1;
	if (child->has_listened && unlink(child->line->listen) != 0 &&
	    errno != ENOENT)
		log_warning("line=%s: cannot remove its socket: %s",
		    child->line->name, strerror(errno));
	child->has_listened = 0;
}

void
children_reap(struct hub *hub, int64_t now_ms)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		if (line_care_reap(hub, pid, status))
			continue;
		for (size_t i = 0; i < hub->child_count; i++) {
			struct child *child = &hub->children[i];

			if (child->pid != pid)
				continue;
			note_gone(child);
			child->has_died = 1;
			child->died_status = status;
			if (hub->is_stopping)
				continue;
			log_warning("line=%s: its process ended (%s %d)",
			    child->line->name,
			    WIFSIGNALED(status) ? "signal" : "status",
			    WIFSIGNALED(status) ? WTERMSIG(status)
						: WEXITSTATUS(status));
			/* What it said last is still in the socket: the
			 * end of that is what lets it go. */
			if (child->socket < 0 && child->state != CHILD_RESTING)
				rest(child, now_ms);
		}
	}
}

void
children_close(struct hub *hub)
{
	static const struct line_message stop = { .kind = HUB_STOP };
	int64_t until_ms = clock_monotonic_ms() + STOP_WAIT_MS;

	for (size_t i = 0; i < hub->child_count; i++) {
		if (hub->children[i].socket >= 0)
			child_speak(&hub->children[i], &stop);
	}
	for (size_t i = 0; i < hub->child_count; i++) {
		struct child *child = &hub->children[i];

		while (child->pid > 0 && clock_monotonic_ms() < until_ms) {
			struct pollfd wait = { child->socket, POLLIN, 0 };

			poll(&wait, 1, 20);
			if (child->socket >= 0)
				children_hear(hub, i, clock_monotonic_ms());
			children_reap(hub, clock_monotonic_ms());
		}
		if (child->socket >= 0)
			children_hear(hub, i, clock_monotonic_ms());
		end_line(hub, child, clock_monotonic_ms());
		free(child->in_flight);
		free(child->waiting);
	}
	for (size_t i = 0; i < hub->child_count; i++) {
		struct child *child = &hub->children[i];

		if (child->pid > 0 && waitpid(child->pid, NULL, 0) > 0)
			note_gone(child);
	}
}

/* -- tending ---------------------------------------------------------------- */

static int64_t
earlier(int64_t a, int64_t b)
{
	if (a < 0)
		return (b);
	return (b < 0 || a < b ? a : b);
}

static int64_t
tend(struct hub *hub, struct child *child, int64_t now_ms)
{
	int64_t limit_ms;

	if (child->state == CHILD_RESTING) {
		/* An old process still holds the device until it is gone. */
		if (child->pid > 0)
			return (-1);
		if (now_ms >= child->start_at_ms)
			start(hub, child, now_ms);
		else
			return (child->start_at_ms);
	}
	if (child->state == CHILD_STARTING)
		limit_ms = child->progress_ms + CHILD_HELLO_MOST_MS;
	else if (child->in_flight_count > 0)
		limit_ms = child->progress_ms + CHILD_SEND_MOST_MS;
	else
		return (
		    child->state == CHILD_RESTING ? child->start_at_ms : -1);
	if (now_ms < limit_ms)
		return (limit_ms);
	log_warning(
	    "line=%s: hangs; ended to be started again", child->line->name);
	end_line(hub, child, now_ms);
	return (child->start_at_ms);
}

/* Since when, whatever it is that is not up. */
static void
note_wellness(struct child *child, int64_t now_ms)
{
	int is_well = child_is_well(child);

	if (!is_well)
		child->well_since_ms = 0;
	else if (child->well_since_ms == 0)
		child->well_since_ms = now_ms;
	if (is_well)
		child->unwell_since_ms = 0;
	else if (child->unwell_since_ms == 0)
		child->unwell_since_ms = now_ms;
}

int64_t
children_tend(struct hub *hub, int64_t now_ms)
{
	int64_t next_ms = -1;

	for (size_t i = 0; i < hub->child_count; i++) {
		struct child *child = &hub->children[i];

		note_wellness(child, now_ms);
		next_ms = earlier(next_ms, tend(hub, child, now_ms));
		next_ms = earlier(next_ms, line_care_tend(child, now_ms));
		next_ms = earlier(next_ms, line_credit_tend(child, now_ms));
		next_ms = earlier(next_ms, line_dial_tend(hub, child, now_ms));
	}
	return (next_ms);
}

/* -- hearing ---------------------------------------------------------------- */

static void
hear_hello(
    struct child *child, const struct line_message *message, int64_t now_ms)
{
	int64_t window =
	    child->line->window > 0 ? child->line->window : message->window;

	if (message->version != PROTOCOL_VERSION ||
	    child->state != CHILD_STARTING)
		return;
	child->state = CHILD_UP;
	child->has_listened = strcmp(child->line->kind, "demo") == 0;
	child->up_since_ms = now_ms;
	child->window = window;
	child->says_work = (int)message->says_work;
	free(child->in_flight);
	child->in_flight = memory_new((size_t)window, sizeof(uint64_t));
	child->in_flight_count = 0;
	log_notice("line=%s: up", child->line->name);
}

static void
note_sent(struct child *child, int64_t now_ms)
{
	int64_t minute = now_ms / MINUTE_MS;

	child->sent_count++;
	child->credit.sent++;
	if (child->pace_minute != minute) {
		child->pace_last =
		    child->pace_minute == minute - 1 ? child->pace_now : 0;
		child->pace_now = 0;
		child->pace_minute = minute;
	}
	child->pace_now++;
}

int
child_pace(const struct child *child, int64_t now_ms)
{
	int64_t minute = now_ms / MINUTE_MS;

	if (child->pace_minute == minute)
		return (child->pace_last);
	return (child->pace_minute == minute - 1 ? child->pace_now : 0);
}

static void
hear_result(struct hub *hub, struct child *child,
    const struct line_message *message, int64_t now_ms)
{
	struct result *result = &hub->results[hub->result_count];
	size_t i = 0;

	while (i < child->in_flight_count && child->in_flight[i] != message->id)
		i++;
	/* A line can only end what it was given. */
	if (i == child->in_flight_count) {
		log_warning("line=%s: ended a text it was not given",
		    child->line->name);
		child->odd_words++;
		return;
	}
	child->progress_ms = now_ms;
	*result = (struct result){
		/* What was not begun goes back as if it had never left. */
		.kind =
		    message->kind == LINE_RETURNED ? HUB_SEND : message->kind,
		.id = { (int64_t)message->id },
		.how = message->how,
		.part = message->part,
	};
	hub->result_count++;
	if (message->kind != LINE_PART_SENT)
		child_note_ended(child, message->id, now_ms);
	if (message->kind == LINE_SENT) {
		note_sent(child, now_ms);
	}
	if (message->kind == LINE_FAILED || message->kind == LINE_UNSURE)
		log_info("outbox=%" PRIu64 " line=%s: %s: %s", message->id,
		    child->line->name, line_message_kind_name(message->kind),
		    message->cause);
}

/* Which text it is, the store knows: it left some time ago. */
static void
hear_reported(struct hub *hub, size_t index, const struct line_message *message)
{
	hub->results[hub->result_count++] = (struct result){
		.kind = LINE_REPORTED,
		.id = { (int64_t)message->id },
		.how = message->how,
		.part = message->part,
		.child = index,
	};
}

static void
hear_arrival(struct hub *hub, size_t index, const struct line_message *message)
{
	struct batch_item *item = &hub->batch[hub->batch_count++];

	item->child = index;
	item->generation = hub->children[index].generation;
	item->arrival = message->arrived;
}

static void
hear(struct hub *hub, size_t index, const struct line_message *message,
    int64_t now_ms)
{
	struct child *child = &hub->children[index];

	switch (message->kind) {
	case LINE_HELLO:
		hear_hello(child, message, now_ms);
		return;
	case LINE_ARRIVED:
		hear_arrival(hub, index, message);
		return;
	case LINE_PART_SENT:
	case LINE_SENT:
	case LINE_FAILED:
	case LINE_UNSURE:
	case LINE_RETURNED:
		hear_result(hub, child, message, now_ms);
		return;
	case LINE_REPORTED:
		hear_reported(hub, index, message);
		return;
	case LINE_HEALTH:
		line_care_hear_health(hub, child, message, now_ms);
		return;
	case LINE_WORKS:
		line_care_hear_works(child, message);
		return;
	case LINE_DIALLED:
		if (!line_dial_hear(hub, child, message) && message->is_last)
			line_credit_hear(child, message, now_ms);
		return;
	case LINE_PUSHED:
		line_dial_hear_pushed(child, message);
		return;
	case HUB_RELEASE:
	case HUB_SEND:
	case HUB_DIAL:
	case HUB_STOP:
	case HUB_PAGE:
	case HUB_UNLOCK:
		break;
	}
	log_warning("line=%s: said '%s', which is the hub's word",
	    child->line->name, line_message_kind_name(message->kind));
	child->odd_words++;
}

void
children_hear(struct hub *hub, size_t index, int64_t now_ms)
{
	static struct line_message message;
	struct child *child = &hub->children[index];

	while (child->socket >= 0 && hub->batch_count < BATCH_MOST &&
	    hub->result_count + child->in_flight_count < RESULTS_MOST) {
		int was_garbage = 0;
		enum outcome outcome =
		    protocol_receive(child->socket, &message, &was_garbage);

		if (outcome == DONE) {
			hear(hub, index, &message, now_ms);
			if (child->odd_words < ODD_WORDS_MOST)
				continue;
			log_err("line=%s: says what cannot be; ended",
			    child->line->name);
			end_line(hub, child, now_ms);
			return;
		}
		if (outcome == NOTHING)
			return;
		if (was_garbage)
			log_err("line=%s: said what is not a message; ended",
			    child->line->name);
		end_line(hub, child, now_ms);
		return;
	}
}

void
child_note_ended(struct child *child, uint64_t id, int64_t now_ms)
{
	child->progress_ms = now_ms;
	(void)forget_in_flight(child, id);
}
