/* The line by a message centre, from its start to its end.
 *
 * One process, one poll loop over the hub and the centre.
 */
#include <errno.h>
#include <stdlib.h>

#include "gateway/base/clock.h"
#include "gateway/base/confine.h"
#include "gateway/base/file.h"
#include "gateway/base/memory.h"
#include "gateway/line/smpp_line.h"

enum {
	IDLE_S = 90, /* operators let a page stand for two minutes or so */
	STOP_MOST_MS = 1500, /* for answers; the hub waits for two seconds */
	PASSWORD_FILE_MAX_BYTES = 1024,
	OPS = 4,
};

enum { POLL_HUB, POLL_LINK, POLL_COUNT };

/* -- to the hub ------------------------------------------------------------- */

static void
tell_health(struct smpp_line *line)
{
	char cause[PROTOCOL_WORDS_MAX_BYTES];

	line->trouble = line->link.peer.trouble;
	snprintf(cause, sizeof(cause), "%s%s",
	    line->is_up ? "" : "the message centre ", line->trouble);
	line->hub.said.needs_hand = line->link.is_refused;
	hub_link_tell_health(&line->hub, line->is_up, cause);
}

/* Tells the hub when the link came up or went, and what went with it; before
 * anything is added to a new one. */
static void
note_link(struct smpp_line *line)
{
	int is_up = smpp_link_is_up(&line->link);

	if (is_up == line->is_up && line->generation == line->link.generation) {
		if (!is_up && line->trouble != line->link.peer.trouble)
			tell_health(line);
		return;
	}
	line->is_up = is_up;
	tell_health(line);
	if (!is_up) {
		smpp_texts_settle(line);
		smpp_pages_forget_all(line);
	}
	line->generation = line->link.generation;
}

/* -- from the hub ----------------------------------------------------------- */

static void
release(void *line, const struct line_message *message)
{
	smpp_arrivals_release(
	    line, message->arrived.slot, clock_monotonic_ms());
}

static void
send_text(void *line, const struct line_message *message)
{
	smpp_texts_send(line, message, clock_monotonic_ms());
}

static void
show_page(void *line, const struct line_message *message)
{
	smpp_pages_show(line, message, clock_monotonic_ms());
}

static void
listen_to_hub(struct smpp_line *line, int64_t now_ms)
{
	static const struct hub_duties duties = { send_text, release,
		show_page };
	int was_stopped = line->hub.is_stopped;

	hub_link_listen(&line->hub, &duties, line);
	if (line->hub.is_stopped && !was_stopped)
		line->stop_ms = now_ms + STOP_MOST_MS;
}

/* -- from the centre -------------------------------------------------------- */

static void
take_pdu(struct smpp_line *line, const struct smpp_pdu *pdu, int64_t now_ms)
{
	if ((pdu->command & SMPP_ANSWER) != 0) {
		/* Else of a page, or of a text that ended without it. */
		if (!smpp_texts_hear(line, pdu, now_ms) &&
		    pdu->status != SMPP_OK)
			log_info("the centre refused a page: status 0x%x",
			    (unsigned)pdu->status);
		return;
	}
	if (pdu->command == SMPP_DELIVER)
		smpp_arrivals_take(line, pdu, now_ms);
	else if (pdu->command != SMPP_ALERT)
		smpp_add(&line->link.peer.out, SMPP_GENERIC_NACK,
		    SMPP_BAD_COMMAND, pdu->sequence);
}

/* -- the loop --------------------------------------------------------------- */

static int64_t
sooner(int64_t one_ms, int64_t other_ms)
{
	if (one_ms < 0)
		return (other_ms);
	return (other_ms < 0 || one_ms < other_ms ? one_ms : other_ms);
}

static int
timeout_ms(struct smpp_line *line, int64_t now_ms)
{
	int64_t at_ms = smpp_link_tend(&line->link, now_ms);

	at_ms = sooner(at_ms, dialogues_next_ms(line->dialogues));
	at_ms = sooner(at_ms, smpp_texts_next_ms(line));
	if (line->hub.is_stopped)
		at_ms = sooner(at_ms, line->stop_ms);
	return (at_ms <= now_ms ? 0 : (int)(at_ms - now_ms));
}

static void
turn(struct smpp_line *line)
{
	struct pollfd polls[POLL_COUNT];
	struct smpp_pdu pdu;
	int timeout = timeout_ms(line, clock_monotonic_ms());
	int64_t now_ms;

	note_link(line);
	polls[POLL_HUB] =
	    (struct pollfd){ .fd = line->hub.socket, .events = POLLIN };
	polls[POLL_LINK] = peer_link_wish(&line->link.peer);
	if (poll(polls, POLL_COUNT, timeout) < 0 && errno != EINTR) {
		log_err("cannot wait for the centre: %s", strerror(errno));
		abort();
	}
	now_ms = clock_monotonic_ms();
	/* While it is still known which link the answers went by. */
	smpp_arrivals_tidy(line, now_ms);
	smpp_link_hear(&line->link, polls[POLL_LINK].revents, now_ms);
	/* What came before the end of the link is heard all the same. */
	while (smpp_link_next(&line->link, now_ms, &pdu) == DONE) {
		note_link(line);
		take_pdu(line, &pdu, now_ms);
	}
	note_link(line);
	if (polls[POLL_HUB].revents != 0)
		listen_to_hub(line, now_ms);
	smpp_texts_end_what_is_due(line, now_ms);
	smpp_pages_end_what_is_due(line, now_ms);
	peer_link_flush(&line->link.peer, now_ms);
	note_link(line);
}

static int
goes_on(const struct smpp_line *line)
{
	if (line->hub.is_gone)
		return (0);
	return (!line->hub.is_stopped ||
	    (smpp_texts_count(line) > 0 &&
		clock_monotonic_ms() < line->stop_ms));
}

/* -- beginning -------------------------------------------------------------- */

static int
read_password(struct smpp_line *line, const char *path)
{
	enum outcome outcome;

	if (path[0] == '\0')
		return (1);
	outcome = file_read(path, PASSWORD_FILE_MAX_BYTES, &line->password);
	if (outcome == NOTHING)
		log_err("there is no password_file '%s'", path);
	if (outcome != DONE)
		return (0);
	text_cut(
	    &line->password, strcspn(text_string(&line->password), "\r\n"));
	if (line->password.length <= SMPP_WORD_MOST)
		return (1);
	log_err("password_file '%s': more than %d bytes", path, SMPP_WORD_MOST);
	return (0);
}

/* "1 2 17 18", or with 0x. */
static int
read_ops(const char *words, struct smpp_ops *ops)
{
	int *const places[OPS] = { &ops->dialled, &ops->page, &ops->last,
		&ops->typed };
	const char *at = words;

	for (size_t i = 0; i < OPS; i++) {
		char *end;
		unsigned long value = strtoul(at, &end, 0);

		if (end == at || value > UINT8_MAX)
			return (0);
		*places[i] = (int)value;
		at = end;
	}
	return (at[strspn(at, " ")] == '\0');
}

static int
open_line(struct smpp_line *line, const struct line_arguments *arguments)
{
	struct smpp_bind bind = { arguments->system_id, "",
		arguments->system_type };

	if (hub_link_open(&line->hub, arguments->socket) != DONE)
		return (0);
	if (!read_ops(arguments->ops, &line->ops)) {
		log_err("ops are not four numbers, such as \"1 2 17 18\"");
		return (0);
	}
	if (!read_password(line, arguments->password_file))
		return (0);
	bind.password = text_string(&line->password);
	if (smpp_link_set(&line->link, arguments->address, &bind) != DONE) {
		log_err("an address is not like 127.0.0.1:2775");
		return (0);
	}
	return (1);
}

static void
set_up(struct smpp_line *line, const struct line_arguments *arguments)
{
	line->arguments = arguments;
	line->link.peer.fd = -1;
	line->idle_ms =
	    1000 * (arguments->idle_s > 0 ? arguments->idle_s : IDLE_S);
	line->from.type = (uint8_t)arguments->source_ton;
	line->from.plan = (uint8_t)arguments->source_npi;
	snprintf(line->from.address, sizeof(line->from.address), "%s",
	    arguments->source);
	line->to.type = (uint8_t)arguments->dest_ton;
	line->to.plan = (uint8_t)arguments->dest_npi;
	line->session =
	    strcmp(arguments->session, "user_message_reference") == 0
	    ? SMPP_SESSION_REFERENCE
	    : SMPP_SESSION_INFO;
	line->deliveries =
	    memory_new(SMPP_DELIVERIES_MOST, sizeof(*line->deliveries));
	line->sent = memory_new(SMPP_SENT_KEPT, sizeof(*line->sent));
	line->dialogues = dialogues_new();
}

static void
give_up_what_is_not_needed(const struct smpp_line *line)
{
	const int keep[] = { line->hub.socket };
	struct confinement confinement = { .may_use_sockets = 1 };

	confine_close_others(keep, COUNT_OF(keep));
	confine(&confinement);
}

int
line_run_smpp(const struct line_arguments *arguments)
{
	struct smpp_line *line = memory_new(1, sizeof(*line));
	struct text who = { 0 };
	int status = EXIT_FAILED;

	text_printf(&who, "line %s", arguments->name);
	log_open(text_string(&who), arguments->log_level);
	set_up(line, arguments);
	if (open_line(line, arguments)) {
		give_up_what_is_not_needed(line);
		hub_link_say_hello(&line->hub, SMPP_WINDOW);
		while (goes_on(line))
			turn(line);
		/* Nobody is left in silence. */
		smpp_pages_close_all(line);
		smpp_link_close(&line->link);
		smpp_texts_settle(line);
		status = EXIT_DONE;
	}
	dialogues_free(line->dialogues);
	free(line->deliveries);
	free(line->sent);
	text_free(&line->password);
	free(line);
	log_open("waymark", arguments->log_level);
	text_free(&who);
	return (status);
}
