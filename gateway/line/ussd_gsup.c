/* The line on a local network: an External USSD Entity of its register.
 *
 * One process, one poll loop over the hub, the register and its control
 * interface.
 */
#include <errno.h>
#include <time.h>

#include "gateway/base/clock.h"
#include "gateway/base/confine.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/line/gsup_traffic.h"
#include "gateway/line/line.h"

enum {
	IDLE_S = 25, /* osmo-hlr's own guard is 30 */
	WINDOW = 1, /* no texts leave by this line */
	LAST_WORDS_MS = 1000, /* less than the hub waits for us */
	GATHER_LEAST = 16, /* dialogues */
	GATHER_NS = 200000,
};

enum { POLL_HUB, POLL_LINK, POLL_CONTROL, POLL_COUNT };

static int64_t
sooner(int64_t one_ms, int64_t other_ms)
{
	if (one_ms < 0)
		return (other_ms);
	return (other_ms < 0 || one_ms < other_ms ? one_ms : other_ms);
}

static int
timeout_ms(struct gsup_line *line, int64_t now_ms)
{
	int64_t at_ms = dialogues_next_ms(line->dialogues);

	/* First, since it may give up the link. */
	at_ms = sooner(at_ms, gsup_echo_tend(&line->echo, &line->link, now_ms));
	at_ms = sooner(at_ms, ipa_link_tend(&line->link, now_ms));
	at_ms = sooner(at_ms, ipa_link_tend(&line->control, now_ms));
	return (at_ms <= now_ms ? 0 : (int)(at_ms - now_ms));
}

/* With many callers at a time it reads what comes together: to wake for each
 * frame of each of them was measured to cost us a third of our time and the
 * register a seventh of its.  A few wait for nothing. */
static void
gather(const struct gsup_line *line)
{
	static const struct timespec moment = { .tv_nsec = GATHER_NS };

	if (dialogues_count(line->dialogues) >= GATHER_LEAST)
		nanosleep(&moment, NULL);
}

static void
turn(struct gsup_line *line)
{
	struct pollfd polls[POLL_COUNT];
	int timeout = timeout_ms(line, clock_monotonic_ms());
	int64_t now_ms;

	polls[POLL_HUB] =
	    (struct pollfd){ .fd = line->hub.socket, .events = POLLIN };
	polls[POLL_LINK] = peer_link_wish(&line->link.peer);
	polls[POLL_CONTROL] = peer_link_wish(&line->control.peer);
	gather(line);
	if (poll(polls, POLL_COUNT, timeout) < 0 && errno != EINTR) {
		log_err("cannot wait for dialogues: %s", strerror(errno));
		abort();
	}
	now_ms = clock_monotonic_ms();
	ipa_link_hear(&line->link, polls[POLL_LINK].revents, now_ms);
	ipa_link_hear(&line->control, polls[POLL_CONTROL].revents, now_ms);
	gsup_note_link(line);
	gsup_take_frames(line, now_ms);
	if (polls[POLL_HUB].revents != 0)
		gsup_listen_to_hub(line);
	gsup_end_what_is_due(line, now_ms);
	peer_link_flush(&line->link.peer, now_ms);
	peer_link_flush(&line->control.peer, now_ms);
	gsup_note_link(line);
}

static void
give_up_what_is_not_needed(const struct gsup_line *line)
{
	const int keep[] = { line->hub.socket };
	struct confinement confinement = { .may_use_sockets = 1 };

	confine_close_others(keep, COUNT_OF(keep));
	confine(&confinement);
}

static int
open_line(struct gsup_line *line, const struct line_arguments *arguments)
{
	if (hub_link_open(&line->hub, arguments->socket) != DONE)
		return (0);
	if (ipa_link_set(&line->link, "register", arguments->peer, 1) != DONE ||
	    ipa_link_set(&line->control, "register's numbers",
		arguments->control, 0) != DONE) {
		log_err("an address is not like 127.0.0.1:4222");
		return (0);
	}
	return (1);
}

int
line_run_gsup(const struct line_arguments *arguments)
{
	struct gsup_line *line = memory_new(1, sizeof(*line));
	struct text who = { 0 };
	int status = EXIT_FAILED;

	text_printf(&who, "line %s", arguments->name);
	log_open(text_string(&who), arguments->log_level);
	line->name = arguments->name;
	line->code = arguments->code;
	line->idle_ms =
	    1000 * (arguments->idle_s > 0 ? arguments->idle_s : IDLE_S);
	line->dialogues = dialogues_new();
	line->trouble = "";
	gsup_echo_set(&line->echo, arguments->name);
	line->link.peer.fd = -1;
	line->control.peer.fd = -1;
	line->hub.keeps_nothing = 1;
	if (open_line(line, arguments)) {
		give_up_what_is_not_needed(line);
		hub_link_say_hello(&line->hub, WINDOW);
		while (!line->hub.is_gone && !line->hub.is_stopped)
			turn(line);
		/* Nobody is left in silence. */
		gsup_end_all(line);
		peer_link_drain(&line->link.peer, LAST_WORDS_MS);
		status = EXIT_DONE;
	}
	peer_link_close(&line->link.peer);
	peer_link_close(&line->control.peer);
	dialogues_free(line->dialogues);
	free(line);
	log_open("waymark", arguments->log_level);
	text_free(&who);
	return (status);
}
