/* The demo line: phones in a terminal instead of a network.
 *
 * One process, one poll loop.  In a turn it does what the hub says, then takes
 * what clients wrote, then writes what goes out, so that many messages share a
 * system call.
 */
#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/confine.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/line/demo_dialogues.h"
#include "gateway/line/demo_listen.h"
#include "gateway/line/demo_traffic.h"
#include "gateway/line/line.h"

enum {
	STALL_MOST_MS = 2000, /* a client that takes nothing for so long is
				   hung up on: its texts hold up the window */
	POLL_HUB = 0,
	POLL_LISTENER = 1,
	POLL_CLIENTS = 2,
	POLL_COUNT = POLL_CLIENTS + DEMO_CLIENTS_MOST,
};

/* What to wait for from a client.  It is read while it has room of its own, also
 * when there is no slot: its next line must not wait until another's room is
 * empty.  One that has hung up is not asked at all while there is no room for
 * what it wrote: the hang-up would wake us for nothing again and again. */
static struct pollfd
wish(const struct demo_client *client)
{
	struct pollfd wish = { .fd = -1 };

	if (client == NULL)
		return (wish);
	if (!client->read_ended && demo_client_has_room(client))
		wish.events |= POLLIN;
	if (demo_client_has_output(client))
		wish.events |= POLLOUT;
	if (wish.events != 0 || (client->read_ended && !client->write_ended))
		wish.fd = client->fd;
	return (wish);
}

static int64_t
sooner(int64_t one_ms, int64_t other_ms)
{
	if (one_ms < 0)
		return (other_ms);
	return (other_ms < 0 || one_ms < other_ms ? one_ms : other_ms);
}

/* -1 unless a client stalls or the hub owes us a release. */
static int
timeout_ms(const struct demo *demo, int64_t now_ms)
{
	int64_t at_ms = sooner(demo_arrivals_next_ms(demo->arrivals),
	    dialogues_next_ms(demo->dialogues));

	for (size_t i = 0; i < DEMO_CLIENTS_MOST; i++) {
		const struct demo_client *client = demo->clients[i];

		if (client != NULL && client->stalled_since_ms >= 0)
			at_ms = sooner(
			    at_ms, client->stalled_since_ms + STALL_MOST_MS);
	}
	if (at_ms < 0)
		return (-1);
	return (at_ms <= now_ms ? 0 : (int)(at_ms - now_ms));
}

static void
read_client(struct demo_client *client, short events)
{
	if ((events & (POLLIN | POLLHUP | POLLERR)) == 0)
		return;
	if (!client->read_ended)
		demo_client_read(client);
	/* It hung up both ways; POLLIN alone may be its writing side only. */
	if (client->read_ended && (events & (POLLHUP | POLLERR)) != 0)
		client->write_ended = 1;
}

/* A line of each in turn: one client that never pauses takes no more slots than
 * the others. */
static void
take_all_lines(struct demo *demo, size_t first)
{
	int taken;

	do {
		taken = 0;
		for (size_t i = 0; i < DEMO_CLIENTS_MOST; i++) {
			struct demo_client *client =
			    demo->clients[(first + i) % DEMO_CLIENTS_MOST];

			if (client != NULL)
				taken |= demo_take_line(demo, client);
		}
	} while (taken);
}

/* A client is over when it is gone and all it wrote is with the hub. */
static void
finish_client(struct demo *demo, struct demo_client *client, int64_t now_ms)
{
	demo_flush_client(demo, client);
	if (client->stalled_since_ms >= 0 &&
	    client->stalled_since_ms + STALL_MOST_MS <= now_ms)
		demo_drop_client(demo, client, "phone takes no more texts");
	else if (client->write_ended && client->read_ended &&
	    !demo_arrivals_are_full(demo->arrivals))
		demo_drop_client(demo, client, "phone is off");
}

static void
turn(struct demo *demo, struct pollfd polls[POLL_COUNT], size_t first)
{
	int64_t now_ms = clock_monotonic_ms();

	polls[POLL_HUB] =
	    (struct pollfd){ .fd = demo->hub.socket, .events = POLLIN };
	polls[POLL_LISTENER] = (struct pollfd){
		.fd = demo->accept_pauses ? -1 : demo->listener,
		.events = POLLIN,
	};
	for (size_t i = 0; i < DEMO_CLIENTS_MOST; i++)
		polls[POLL_CLIENTS + i] = wish(demo->clients[i]);
	if (poll(polls, POLL_COUNT, timeout_ms(demo, now_ms)) < 0 &&
	    errno != EINTR) {
		log_err("cannot wait for phones: %s", strerror(errno));
		abort();
	}
	now_ms = clock_monotonic_ms();
	if (polls[POLL_HUB].revents != 0)
		demo_listen_to_hub(demo);
	for (size_t i = 0; i < DEMO_CLIENTS_MOST; i++) {
		if (demo->clients[i] != NULL)
			read_client(
			    demo->clients[i], polls[POLL_CLIENTS + i].revents);
	}
	if (polls[POLL_LISTENER].revents != 0)
		demo_accept_clients(demo);
	demo_tell_again(demo, now_ms);
	demo_end_dialogues(demo, now_ms);
	take_all_lines(demo, first);
	for (size_t i = 0; i < DEMO_CLIENTS_MOST; i++) {
		if (demo->clients[i] != NULL)
			finish_client(demo, demo->clients[i], now_ms);
	}
}

static void
run_until_over(struct demo *demo)
{
	struct pollfd *polls = memory_new(POLL_COUNT, sizeof(*polls));

	demo_say_hello(demo);
	for (size_t first = 0; !demo->hub.is_gone && !demo->hub.is_stopped;
	     first++)
		turn(demo, polls, first % DEMO_CLIENTS_MOST);
	for (size_t i = 0; i < DEMO_CLIENTS_MOST; i++) {
		if (demo->clients[i] != NULL)
			demo_drop_client(demo, demo->clients[i], "line stops");
	}
	free(polls);
}

static void
give_up_what_is_not_needed(const struct demo *demo)
{
	const int keep[] = { demo->hub.socket, demo->listener };
	struct confinement confinement = { .may_accept = 1 };

	confine_close_others(keep, COUNT_OF(keep));
	confine(&confinement);
}

int
line_run_demo(const struct line_arguments *arguments)
{
	struct demo *demo;
	struct text who = { 0 };
	int status = EXIT_FAILED;

	text_printf(&who, "line %s", arguments->name);
	log_open(text_string(&who), arguments->log_level);
	demo = memory_new(1, sizeof(*demo));
	demo->listener = -1;
	if (hub_link_open(&demo->hub, arguments->socket) != DONE)
		goto out;
	if (demo_listen(arguments->listen, &demo->listener) != DONE)
		goto out;
	demo->phones = demo_phones_new();
	demo->arrivals = demo_arrivals_new(hub_link_random());
	demo->dialogues = dialogues_new();
	give_up_what_is_not_needed(demo);
	run_until_over(demo);
	/* What forbids new files may forbid this; then the hub does it. */
	unlink(arguments->listen);
	status = EXIT_DONE;
out:
	if (demo->listener >= 0)
		close(demo->listener);
	demo_phones_free(demo->phones);
	demo_arrivals_free(demo->arrivals);
	dialogues_free(demo->dialogues);
	free(demo);
	log_open("waymark", arguments->log_level);
	text_free(&who);
	return (status);
}
