#include "tests/sim/modem.h"

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "tests/sim/command.h"

enum {
	LINE_MOST_BYTES = 1024,
	CTRL_Z = 0x1a,
	ESCAPE = 0x1b,
	BACKSPACE = 0x08,
	MODEM_PLACES = 100,
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
	modem->receive_memory = MEMORY_SIM;
}

static void
forget_line(struct modem *modem)
{
	text_clear(&modem->line);
	modem->line_is_too_long = 0;
	modem->mode = MODE_COMMAND;
}

static void
drop_pending(struct modem *modem)
{
	if (modem->has_pending)
		pdu_submit_free(&modem->pending);
	free(modem->pending_hex);
	modem->pending_hex = NULL;
	modem->has_pending = 0;
}

enum outcome
modem_start(
    struct modem *modem, const struct profile *profile, const char *link_path)
{
	*modem = (struct modem){
		.profile = profile,
		.link_path = memory_copy(link_path),
		.now_ms = clock_monotonic_ms(),
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
	drop_pending(modem);
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

static void
say(struct modem *modem, const char *bytes, size_t length)
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
		say(modem, line.bytes, line.length);
	else
		text_add_bytes(&modem->notices, line.bytes, line.length);
	text_free(&line);
}

/* The network has taken the text whose answer was held. */
static void
end_pending(struct modem *modem)
{
	if (!modem->has_pending)
		return;
	(void)network_take_sent(
	    &modem->network, &modem->pending, modem->pending_hex);
	modem->counts.sends++;
	drop_pending(modem);
}

static void
end_held(struct modem *modem)
{
	modem->is_held = 0;
	end_pending(modem);
	say(modem, text_string(&modem->held), modem->held.length);
	text_clear(&modem->held);
	say(modem, text_string(&modem->late_ussd), modem->late_ussd.length);
	text_clear(&modem->late_ussd);
	say(modem, text_string(&modem->notices), modem->notices.length);
	text_clear(&modem->notices);
}

void
answer_send(struct modem *modem, struct text *answer, int64_t wait_ms)
{
	fault_on_answer(modem, answer, &wait_ms);
	text_clear(&modem->held);
	text_add_bytes(&modem->held, text_string(answer), answer->length);
	modem->is_held = 1;
	modem->held_until_ms = modem->now_ms + wait_ms;
	if (wait_ms == 0)
		end_held(modem);
}

static void
run_line(struct modem *modem)
{
	struct text line = modem->line;
	int is_too_long = modem->line_is_too_long;

	modem->line = (struct text){ 0 };
	forget_line(modem);
	if (line.length > 0) {
		modem->counts.commands++;
		command_line_run(modem, is_too_long ? "AT+" : line.bytes);
	}
	text_free(&line);
}

static void
end_pdu(struct modem *modem)
{
	struct text hex = modem->line;
	enum modem_mode mode = modem->mode;

	modem->line = (struct text){ 0 };
	forget_line(modem);
	if (mode == MODE_SEND)
		commands_text_send(modem, text_string(&hex));
	else
		commands_text_store(modem, text_string(&hex));
	text_free(&hex);
}

static void
abandon_pdu(struct modem *modem)
{
	struct text answer = { 0 };

	forget_line(modem);
	answer_end(modem, &answer, (struct result){ RESULT_OK, 0 });
	text_free(&answer);
}

static void
take_command_byte(struct modem *modem, char byte)
{
	switch (byte) {
	case '\r':
		run_line(modem);
		return;
	case '\n':
		return;
	case ESCAPE:
		/* Clients begin with it; what a dead one left is dropped. */
		forget_line(modem);
		return;
	case BACKSPACE:
		if (modem->line.length > 0)
			text_cut(&modem->line, modem->line.length - 1);
		return;
	default:
		break;
	}
	if (byte == '\0')
		return;
	if (modem->line.length < LINE_MOST_BYTES)
		text_add_byte(&modem->line, byte);
	else
		modem->line_is_too_long = 1;
}

static void
take_pdu_byte(struct modem *modem, char byte)
{
	if (byte == CTRL_Z)
		end_pdu(modem);
	else if (byte == ESCAPE)
		abandon_pdu(modem);
	else if (byte != '\r' && byte != '\n' && byte != '\0' &&
	    modem->line.length < LINE_MOST_BYTES)
		text_add_byte(&modem->line, byte);
}

static void
take_byte(struct modem *modem, char byte)
{
	if (modem->settings.echo && !modem->cannot_echo)
		say(modem, &byte, 1);
	if (modem->mode == MODE_COMMAND)
		take_command_byte(modem, byte);
	else
		take_pdu_byte(modem, byte);
}

static void
take_input(struct modem *modem)
{
	struct text *input = &modem->input;

	if (modem->is_hung)
		modem->input_at = input->length;
	while (modem->input_at < input->length && !modem->is_held)
		take_byte(modem, input->bytes[modem->input_at++]);
	if (modem->input_at == input->length) {
		text_clear(input);
		modem->input_at = 0;
	}
}

/* What the dead client began is forgotten; a text that is on its way goes
 * out all the same. */
static void
client_gone(struct modem *modem)
{
	modem->counts.clients_gone++;
	forget_line(modem);
	text_clear(&modem->held);
	text_clear(&modem->notices);
	text_clear(&modem->late_ussd);
}

void
modem_read(struct modem *modem)
{
	if (!terminal_is_open(&modem->terminal))
		return;
	terminal_read(&modem->terminal, &modem->input);
	modem_work(modem);
	if (terminal_look(&modem->terminal) == TERMINAL_CLIENT_GONE)
		client_gone(modem);
}

static void
announce(struct modem *modem, const struct network_arrival *arrival, int place)
{
	const struct settings *settings = &modem->settings;
	int wanted = arrival->is_report ? settings->notice_report == 2
					: settings->notice_text == 1;

	if (settings->notice_mode == 0 || !wanted)
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

	if (modem->is_hung || modem->needs_pin ||
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

void
modem_work(struct modem *modem)
{
	modem->now_ms = clock_monotonic_ms();
	fault_work(modem);
	if (modem->is_held && modem->held_until_ms <= modem->now_ms)
		end_held(modem);
	take_input(modem);
	receive(modem);
	if (terminal_is_open(&modem->terminal))
		terminal_flush(&modem->terminal);
}

int
modem_wait_ms(const struct modem *modem)
{
	int64_t wait_ms = fault_wait_ms(modem);
	int64_t held_ms;

	if (modem->is_held) {
		held_ms = modem->held_until_ms - clock_monotonic_ms();
		if (held_ms < 0)
			held_ms = 0;
		if (wait_ms < 0 || held_ms < wait_ms)
			wait_ms = held_ms;
	}
	return (wait_ms > INT32_MAX ? INT32_MAX : (int)wait_ms);
}

void
modem_unplug(struct modem *modem)
{
	terminal_close(&modem->terminal);
	drop_pending(modem);
	forget_settings(modem);
	forget_line(modem);
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
