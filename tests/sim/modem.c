#include "tests/sim/modem.h"

#include <fcntl.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "tests/sim/command.h"
#include "tests/sim/input.h"

enum {
	MODEM_PLACES = 100,
	CHATTER_MS = 700,
};

static void
forget_settings(struct modem *modem)
{
	modem->settings = (struct settings){
		.echo = 1,
		.centre = "+9779800000000",
	};
	modem->read_memory = MEMORY_SIM;
	modem->write_memory = MEMORY_SIM;
	modem->receive_memory = modem->profile->receives_in;
}

enum outcome
modem_start(
    struct modem *modem, const struct profile *profile, const char *link_path)
{
	*modem = (struct modem){
		.profile = profile,
		.link_path = memory_copy(link_path),
		.now_ms = clock_monotonic_ms(),
		.spare = -1,
		.network = { .registration = NETWORK_HOME },
		.cards = {
			[MEMORY_SIM] = { .name = "SM",
			    .size = profile->card_places },
			[MEMORY_MODEM] = { .name = "ME",
			    .size = MODEM_PLACES },
		},
	};
	forget_settings(modem);
	return (terminal_open(&modem->terminal, link_path));
}

void
modem_stop(struct modem *modem)
{
	int i;

	fault_end_all(modem);
	terminal_close(&modem->terminal);
	input_drop_pending(modem);
	for (i = 0; i < MEMORY_COUNT; i++)
		card_clear(&modem->cards[i]);
	network_free(&modem->network);
	text_free(&modem->input);
	text_free(&modem->line);
	text_free(&modem->held);
	text_free(&modem->notices);
	text_free(&modem->late_ussd);
	free(modem->link_path);
}

void
modem_say(struct modem *modem, const char *bytes, size_t length)
{
	if (!modem->is_hung && terminal_is_open(&modem->terminal))
		terminal_write(&modem->terminal, bytes, length);
}

void
modem_notice(struct modem *modem, const char *format, ...)
{
	struct text line = { 0 };
	va_list arguments;
	char *words;

	va_start(arguments, format);
	if (vasprintf(&words, format, arguments) < 0)
		abort();
	va_end(arguments);
	answer_line(&line, "%s", words);
	free(words);
	modem->counts.notices++;
	if (modem->mode == MODE_COMMAND)
		modem_say(modem, line.bytes, line.length);
	else
		text_add_bytes(&modem->notices, line.bytes, line.length);
	text_free(&line);
}

/* What the dead client began is forgotten; a text that is on its way goes
 * out all the same. */
static void
client_gone(struct modem *modem)
{
	modem->counts.clients_gone++;
	if (terminal_is_open(&modem->terminal))
		terminal_forget(&modem->terminal);
	input_forget_line(modem);
	text_clear(&modem->held);
	text_clear(&modem->notices);
	text_clear(&modem->late_ussd);
}

void
modem_read(struct modem *modem)
{
	enum terminal_event event;

	if (!terminal_is_open(&modem->terminal))
		return;
	event = terminal_read(&modem->terminal, &modem->input);
	modem_work(modem);
	if (event == TERMINAL_CLIENT_GONE)
		client_gone(modem);
}

static void
announce(struct modem *modem, const struct network_arrival *arrival, int place)
{
	const struct settings *settings = &modem->settings;
	int wanted = arrival->is_report ? settings->notice_report == 2
					: settings->notice_text == 1;

	if (settings->notice_mode == 0 || !wanted || modem->gives_no_notice)
		return;
	modem_notice(modem, "%s: \"%s\",%d",
	    arrival->is_report ? "+CDSI" : "+CMTI",
	    modem->cards[modem->receive_memory].name,
	    place + modem->profile->first_place);
}

/* Straight to the client, past the memory: 1 when it was. */
static int
hand_over(struct modem *modem, const struct network_arrival *arrival)
{
	const struct settings *settings = &modem->settings;
	int wanted = arrival->is_report ? settings->notice_report == 1
					: settings->notice_text == 2;

	if (settings->notice_mode == 0 || !wanted ||
	    modem->terminal.open_count == 0)
		return (0);
	modem_notice(modem, "%s%zu\r\n%s",
	    arrival->is_report ? "+CDS: " : "+CMT: ,", pdu_length(arrival->hex),
	    arrival->hex);
	return (1);
}

static void
receive(struct modem *modem)
{
	const struct network_arrival *arrival;
	int place;

	if (modem->is_hung || modem->needs_pin || modem->has_no_sim ||
	    !terminal_is_open(&modem->terminal) ||
	    modem->network.registration != NETWORK_HOME)
		return;
	while ((arrival = network_first(&modem->network)) != NULL) {
		if (!hand_over(modem, arrival)) {
			if (card_put(&modem->cards[modem->receive_memory],
				arrival->hex, CARD_UNREAD, &place) != DONE)
				return;
			announce(modem, arrival, place);
		}
		network_drop_first(&modem->network);
	}
}

/* The network takes its time to answer a code. */
static void
show_late_ussd(struct modem *modem)
{
	if (modem->late_ussd.length == 0 || modem->is_held ||
	    modem->mode != MODE_COMMAND || modem->late_ussd_ms > modem->now_ms)
		return;
	modem_say(modem, modem->late_ussd.bytes, modem->late_ussd.length);
	text_clear(&modem->late_ussd);
}

/* Lines of its own, as its family throws them in. */
static void
chatter(struct modem *modem)
{
	const char *line = modem->profile->chatter;

	if (line == NULL || modem->terminal.open_count == 0 ||
	    modem->mode != MODE_COMMAND || modem->is_held ||
	    modem->now_ms < modem->chatter_ms)
		return;
	for (unsigned nth = modem->chatter_at++; nth > 0; nth--) {
		line = strchr(line, '|');
		line = line != NULL ? line + 1 : modem->profile->chatter;
	}
	modem->chatter_ms = modem->now_ms + CHATTER_MS;
	modem_notice(modem, "%.*s", (int)strcspn(line, "|"), line);
}

void
modem_work(struct modem *modem)
{
	modem->now_ms = clock_monotonic_ms();
	fault_work(modem);
	if (modem->is_held && modem->held_until_ms <= modem->now_ms)
		input_end_held(modem);
	input_work(modem);
	show_late_ussd(modem);
	chatter(modem);
	receive(modem);
	if (terminal_is_open(&modem->terminal))
		terminal_flush(&modem->terminal);
}

/* The nearer of two waits, of which -1 is none. */
static int64_t
nearer(int64_t wait_ms, int64_t until_ms, int64_t now_ms)
{
	int64_t left_ms = until_ms > now_ms ? until_ms - now_ms : 0;

	return (wait_ms < 0 || left_ms < wait_ms ? left_ms : wait_ms);
}

int
modem_wait_ms(const struct modem *modem)
{
	int64_t now_ms = clock_monotonic_ms();
	int64_t wait_ms = fault_wait_ms(modem);

	if (modem->is_held)
		wait_ms = nearer(wait_ms, modem->held_until_ms, now_ms);
	else if (modem->late_ussd.length > 0 && modem->mode == MODE_COMMAND)
		wait_ms = nearer(wait_ms, modem->late_ussd_ms, now_ms);
	if (modem->profile->chatter != NULL && modem->terminal.open_count > 0 &&
	    modem->mode == MODE_COMMAND && !modem->is_held)
		wait_ms = nearer(wait_ms, modem->chatter_ms, now_ms);
	return (wait_ms > INT32_MAX ? INT32_MAX : (int)wait_ms);
}

void
modem_restart(struct modem *modem)
{
	modem->counts.restarts++;
	forget_settings(modem);
	input_forget_line(modem);
	text_clear(&modem->notices);
	text_clear(&modem->late_ussd);
	modem->is_ringing = 0;
	modem->radio_is_off = 0;
}

void
modem_unplug(struct modem *modem)
{
	terminal_close(&modem->terminal);
	/* Whoever comes back must find another name than the old one. */
	if (modem->spare < 0)
		modem->spare = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	input_drop_pending(modem);
	forget_settings(modem);
	input_forget_line(modem);
	text_clear(&modem->input);
	modem->input_at = 0;
	text_clear(&modem->held);
	modem->is_held = 0;
	text_clear(&modem->notices);
	text_clear(&modem->late_ussd);
	modem->is_ringing = 0;
}

void
modem_plug_in(struct modem *modem, const char *link_path)
{
	if (terminal_is_open(&modem->terminal))
		return;
	if (link_path[0] != '\0') {
		free(modem->link_path);
		modem->link_path = memory_copy(link_path);
	}
	if (terminal_open(&modem->terminal, modem->link_path) != DONE)
		log_err("modem stays unplugged");
	if (modem->spare >= 0)
		close(modem->spare);
	modem->spare = -1;
}

void
modem_ring(struct modem *modem, const char *number)
{
	modem->is_ringing = 1;
	modem_notice(
	    modem, "%s", modem->settings.long_ring ? "+CRING: VOICE" : "RING");
	if (modem->settings.show_caller)
		modem_notice(modem, "+CLIP: \"%s\",%d,,,,0", number,
		    number[0] == '+' ? 145 : 129);
}

void
modem_caller_gives_up(struct modem *modem)
{
	if (modem->is_ringing)
		modem_notice(modem, "NO CARRIER");
	modem->is_ringing = 0;
}

void
modem_ussd_notice(struct modem *modem, int mode, const char *utf8)
{
	struct text words = { 0 };

	charset_add(&words, modem->settings.charset, utf8);
	if (utf8[0] == '\0')
		modem_notice(modem, "+CUSD: %d", mode);
	else
		modem_notice(
		    modem, "+CUSD: %d,\"%s\",15", mode, text_string(&words));
	text_free(&words);
}
