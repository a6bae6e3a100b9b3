#include "tests/sim/input.h"

#include "tests/sim/command.h"

enum {
	LINE_MOST_BYTES = 1024,
	CTRL_Z = 0x1a,
	ESCAPE = 0x1b,
	BACKSPACE = 0x08,
};

void
input_forget_line(struct modem *modem)
{
	text_clear(&modem->line);
	modem->line_is_too_long = 0;
	modem->mode = MODE_COMMAND;
}

void
input_drop_pending(struct modem *modem)
{
	if (modem->has_pending)
		pdu_submit_free(&modem->pending);
	free(modem->pending_hex);
	modem->pending_hex = NULL;
	modem->has_pending = 0;
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
	input_drop_pending(modem);
}

void
input_end_held(struct modem *modem)
{
	modem->is_held = 0;
	end_pending(modem);
	modem_say(modem, text_string(&modem->held), modem->held.length);
	text_clear(&modem->held);
	modem_say(modem, text_string(&modem->notices), modem->notices.length);
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
		input_end_held(modem);
}

static void
run_line(struct modem *modem)
{
	struct text line = modem->line;
	int is_too_long = modem->line_is_too_long;

	modem->line = (struct text){ 0 };
	input_forget_line(modem);
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
	input_forget_line(modem);
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

	input_forget_line(modem);
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
		input_forget_line(modem);
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
		modem_say(modem, &byte, 1);
	if (modem->mode == MODE_COMMAND)
		take_command_byte(modem, byte);
	else
		take_pdu_byte(modem, byte);
}

void
input_work(struct modem *modem)
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
