/* The repertoire: one row a fault. */
#include "tests/sim/command.h"

enum {
	CMS_UNKNOWN_ERROR = 500,
};

static enum outcome
needs_number(struct modem *modem, struct fault *fault)
{
	(void)modem;
	return (fault->number >= 0 ? DONE : REFUSED);
}

static enum outcome
needs_word(struct modem *modem, struct fault *fault)
{
	(void)modem;
	return (fault->word[0] != '\0' ? DONE : REFUSED);
}

static enum outcome
begin_echo_off(struct modem *modem, struct fault *fault)
{
	(void)fault;
	modem->cannot_echo = 1;
	return (DONE);
}

static void
end_echo_off(struct modem *modem, struct fault *fault)
{
	(void)fault;
	modem->cannot_echo = 0;
}

static enum fault_verdict
answer_slowly(struct modem *modem, struct fault *fault, struct text *answer,
    int64_t *wait_ms)
{
	(void)modem;
	(void)answer;
	*wait_ms += fault->number;
	return (FAULT_TAKEN);
}

/* Ends of the answers to AT+CMGS when something is wrong with them. */
static void
take_over_air(struct modem *modem, const char *hex)
{
	struct pdu_submit submit;

	if (pdu_read_submit(hex, modem->announced_length, &submit) != DONE)
		return;
	(void)network_take_sent(&modem->network, &submit, hex);
	modem->counts.sends++;
}

static enum fault_verdict
send_silently(struct modem *modem, struct fault *fault, const char *hex)
{
	(void)fault;
	take_over_air(modem, hex);
	return (FAULT_TAKEN);
}

static enum fault_verdict
lose_silently(struct modem *modem, struct fault *fault, const char *hex)
{
	(void)modem;
	(void)fault;
	(void)hex;
	return (FAULT_TAKEN);
}

static enum fault_verdict
refuse_send(struct modem *modem, struct fault *fault, const char *hex)
{
	struct text answer = { 0 };
	int code = fault->number >= 0 ? (int)fault->number : CMS_UNKNOWN_ERROR;

	(void)hex;
	modem->counts.send_errors++;
	answer_end(modem, &answer, (struct result){ RESULT_CMS, code });
	text_free(&answer);
	return (FAULT_TAKEN);
}

/* Sent, and called an error: the worst lie there is. */
static enum fault_verdict
send_and_refuse(struct modem *modem, struct fault *fault, const char *hex)
{
	take_over_air(modem, hex);
	return (refuse_send(modem, fault, hex));
}

static enum fault_verdict
give_no_prompt(struct modem *modem, struct fault *fault, const char *line)
{
	(void)modem;
	(void)fault;
	return (strncmp(line, "AT+CMGS=", 8) == 0 ? FAULT_TAKEN : FAULT_PASS);
}

static int
concerns(const struct fault *fault, const char *line)
{
	return (strncmp(line, fault->word, strlen(fault->word)) == 0);
}

/* The second word is the final line: "ERROR", "+CME ERROR: 14" ... */
static enum fault_verdict
refuse_command(struct modem *modem, struct fault *fault, const char *line)
{
	struct text answer = { 0 };

	if (!concerns(fault, line))
		return (FAULT_PASS);
	answer_line(
	    &answer, "%s", fault->second[0] != '\0' ? fault->second : "ERROR");
	answer_send(modem, &answer, 0);
	text_free(&answer);
	return (FAULT_TAKEN);
}

static enum fault_verdict
ignore_command(struct modem *modem, struct fault *fault, const char *line)
{
	(void)modem;
	return (concerns(fault, line) ? FAULT_TAKEN : FAULT_PASS);
}

static enum outcome
begin_no_network(struct modem *modem, struct fault *fault)
{
	(void)fault;
	modem->network.registration = NETWORK_SEARCHING;
	if (modem->settings.report_registration != 0)
		modem_notice(modem, "+CREG: %d", NETWORK_SEARCHING);
	return (DONE);
}

static void
end_no_network(struct modem *modem, struct fault *fault)
{
	(void)fault;
	modem->network.registration = NETWORK_HOME;
	if (modem->settings.report_registration != 0)
		modem_notice(modem, "+CREG: %d", NETWORK_HOME);
}

static enum outcome
begin_sim_full(struct modem *modem, struct fault *fault)
{
	(void)fault;
	modem->cards[MEMORY_SIM].is_jammed = 1;
	return (DONE);
}

static void
end_sim_full(struct modem *modem, struct fault *fault)
{
	(void)fault;
	modem->cards[MEMORY_SIM].is_jammed = 0;
}

static enum outcome
begin_pin(struct modem *modem, struct fault *fault)
{
	(void)fault;
	modem->needs_pin = 1;
	return (DONE);
}

static void
end_pin(struct modem *modem, struct fault *fault)
{
	(void)fault;
	modem->needs_pin = 0;
}

static enum outcome
begin_hang(struct modem *modem, struct fault *fault)
{
	(void)fault;
	modem->is_hung = 1;
	return (DONE);
}

static void
end_hang(struct modem *modem, struct fault *fault)
{
	(void)fault;
	modem->is_hung = 0;
}

static enum outcome
begin_unplug(struct modem *modem, struct fault *fault)
{
	(void)fault;
	modem_unplug(modem);
	return (DONE);
}

static void
end_unplug(struct modem *modem, struct fault *fault)
{
	modem_plug_in(modem, fault->word);
}

/* Behind the first line of the answer, where a notice may really come. */
static enum fault_verdict
notice_inside(struct modem *modem, struct fault *fault, struct text *answer,
    int64_t *wait_ms)
{
	struct text whole = { 0 };
	const char *second;
	size_t before = 0;

	(void)modem;
	(void)wait_ms;
	second = strstr(text_string(answer) + 1, "\r\n\r\n");
	if (second != NULL)
		before = (size_t)(second + 2 - answer->bytes);
	text_add_bytes(&whole, text_string(answer), before);
	answer_line(&whole, "%s", fault->word);
	text_add_bytes(
	    &whole, text_string(answer) + before, answer->length - before);
	text_clear(answer);
	text_add_bytes(answer, whole.bytes, whole.length);
	text_free(&whole);
	return (FAULT_TAKEN);
}

static enum fault_verdict
garbage_before(struct modem *modem, struct fault *fault, struct text *answer,
    int64_t *wait_ms)
{
	static const char garbage[] = "\xff\x00\x7f\x1b@\xa5\x10";
	struct text whole = { 0 };

	(void)modem;
	(void)fault;
	(void)wait_ms;
	text_add_bytes(&whole, garbage, sizeof(garbage) - 1);
	text_add_bytes(&whole, text_string(answer), answer->length);
	text_clear(answer);
	text_add_bytes(answer, whole.bytes, whole.length);
	text_free(&whole);
	return (FAULT_TAKEN);
}

static enum fault_verdict
cut_answer(struct modem *modem, struct fault *fault, struct text *answer,
    int64_t *wait_ms)
{
	(void)modem;
	(void)wait_ms;
	text_cut(answer, (size_t)fault->number);
	return (FAULT_TAKEN);
}

const struct fault_kind fault_kinds[] = {
	{ .name = "echo-off",
	    .what = "never echoes, whatever ATE says",
	    .begin = begin_echo_off,
	    .end = end_echo_off },
	{ .name = "slow",
	    .usage = "MS",
	    .what = "every answer comes that much later",
	    .begin = needs_number,
	    .on_answer = answer_slowly },
	{ .name = "silent-send",
	    .what = "a text goes out and is never answered",
	    .on_pdu = send_silently },
	{ .name = "lost-send",
	    .what = "a text does not go out and is never answered",
	    .on_pdu = lose_silently },
	{ .name = "send-error",
	    .usage = "[CODE]",
	    .what = "a text does not go out: +CMS ERROR",
	    .on_pdu = refuse_send },
	{ .name = "lying-error",
	    .usage = "[CODE]",
	    .what = "a text goes out and is answered by +CMS ERROR",
	    .on_pdu = send_and_refuse },
	{ .name = "no-prompt",
	    .what = "AT+CMGS is not answered",
	    .on_line = give_no_prompt },
	{ .name = "command-error",
	    .usage = "BEGINNING [LINE]",
	    .what = "commands that begin so end in ERROR or that line",
	    .begin = needs_word,
	    .on_line = refuse_command },
	{ .name = "command-silent",
	    .usage = "BEGINNING",
	    .what = "commands that begin so are not answered",
	    .begin = needs_word,
	    .on_line = ignore_command },
	{ .name = "no-network",
	    .what = "not registered: texts wait, sending fails",
	    .begin = begin_no_network,
	    .end = end_no_network },
	{ .name = "sim-full",
	    .what = "the SIM says it is full: texts wait in the network",
	    .begin = begin_sim_full,
	    .end = end_sim_full },
	{ .name = "pin",
	    .what = "the SIM wants its PIN, which is 1234",
	    .begin = begin_pin,
	    .end = end_pin },
	{ .name = "hang",
	    .what = "hears nothing and says nothing",
	    .begin = begin_hang,
	    .end = end_hang },
	{ .name = "unplug",
	    .usage = "[LINK]",
	    .what = "gone until it ends; back, perhaps under another name",
	    .begin = begin_unplug,
	    .end = end_unplug },
	{ .name = "notice-inside",
	    .usage = "LINE",
	    .what = "the line stands in the middle of answers",
	    .begin = needs_word,
	    .on_answer = notice_inside },
	{ .name = "garbage",
	    .what = "bytes that mean nothing come before answers",
	    .on_answer = garbage_before },
	{ .name = "cut-answer",
	    .usage = "BYTES",
	    .what = "answers end after so many bytes",
	    .begin = needs_number,
	    .on_answer = cut_answer },
	{ .name = NULL },
};
