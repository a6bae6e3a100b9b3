/* The network, calls and USSD. */
#include "tests/sim/command.h"

enum {
	USSD_DONE = 0,
	USSD_ENDED = 2,
	USSD_NOT_SUPPORTED = 4,
	USSD_CANCEL = 2,
	FORMAT_NUMERIC = 2,
	CODE_SIZE = 800,
	/* A network's answer never comes in one piece with the OK. */
	USSD_WAIT_MS = 50,
};

static struct result
ok(void)
{
	return ((struct result){ RESULT_OK, 0 });
}

static int
is_registered(const struct modem *modem)
{
	return (modem->network.registration == NETWORK_HOME);
}

static struct result
run_signal(struct modem *modem, const struct call *call, struct text *answer)
{
	(void)call;
	answer_line(answer, "+CSQ: %d,0", is_registered(modem) ? 20 : 99);
	return (ok());
}

/* +CREG and +CGREG. */
static struct result
run_registration(
    struct modem *modem, const struct call *call, struct text *answer)
{
	int report = modem->settings.report_registration;

	if (call->ask != ASK_READ) {
		modem->settings.report_registration =
		    (int)value_number(call->value, 0, 0);
		return (ok());
	}
	if (report == 2 && is_registered(modem))
		answer_line(answer, "%s: 2,%d,\"00C3\",\"1A2B\"", call->name,
		    modem->network.registration);
	else
		answer_line(answer, "%s: %d,%d", call->name, report,
		    modem->network.registration);
	return (ok());
}

static struct result
run_operator(struct modem *modem, const struct call *call, struct text *answer)
{
	if (call->ask == ASK_SET && value_number(call->value, 0, 0) == 3)
		modem->settings.operator_format =
		    (int)value_number(call->value, 1, 0);
	if (call->ask != ASK_READ)
		return (ok());
	if (!is_registered(modem))
		answer_line(answer, "+COPS: 0");
	else if (modem->settings.operator_format == FORMAT_NUMERIC)
		answer_line(answer, "+COPS: 0,2,\"42901\"");
	else
		answer_line(answer, "+COPS: 0,%d,\"Simulated\"",
		    modem->settings.operator_format);
	return (ok());
}

static struct result
run_show_caller(
    struct modem *modem, const struct call *call, struct text *answer)
{
	if (call->ask == ASK_READ)
		answer_line(answer, "+CLIP: %d,1", modem->settings.show_caller);
	else
		modem->settings.show_caller =
		    value_number(call->value, 0, 0) == 1;
	return (ok());
}

static struct result
run_long_ring(struct modem *modem, const struct call *call, struct text *answer)
{
	if (call->ask == ASK_READ)
		answer_line(answer, "+CRC: %d", modem->settings.long_ring);
	else
		modem->settings.long_ring =
		    value_number(call->value, 0, 0) == 1;
	return (ok());
}

static struct result
run_packet_state(
    struct modem *modem, const struct call *call, struct text *answer)
{
	if (call->ask == ASK_READ)
		answer_line(answer, "+CGATT: %d", is_registered(modem));
	return (ok());
}

/* AT+CHUP and ATH. */
static struct result
run_hang_up(struct modem *modem, const struct call *call, struct text *answer)
{
	(void)call;
	(void)answer;
	modem->counts.hung_up += (uint64_t)modem->is_ringing;
	modem->is_ringing = 0;
	return (ok());
}

/* The network's answer to a code comes after the OK. */
static struct result
dial_code(struct modem *modem, const char *code)
{
	const struct network_ussd *ussd =
	    network_find_ussd(&modem->network, code);
	struct text words = { 0 };

	if (!is_registered(modem))
		return ((struct result){ RESULT_CME, CME_NO_NETWORK });
	modem->late_ussd_ms = modem->now_ms + USSD_WAIT_MS;
	if (ussd == NULL) {
		answer_line(&modem->late_ussd, "+CUSD: %d", USSD_NOT_SUPPORTED);
		return (ok());
	}
	charset_add(&words, modem->settings.charset, ussd->answer);
	answer_line(&modem->late_ussd, "+CUSD: %d,\"%s\",15", ussd->mode,
	    text_string(&words));
	text_free(&words);
	return (ok());
}

static struct result
run_ussd(struct modem *modem, const struct call *call, struct text *answer)
{
	struct text code = { 0 };
	char word[CODE_SIZE];
	struct result result;

	if (call->ask == ASK_READ) {
		answer_line(answer, "+CUSD: %d", modem->settings.show_ussd);
		return (ok());
	}
	modem->settings.show_ussd = (int)value_number(call->value, 0, 0);
	if (modem->settings.show_ussd == USSD_CANCEL) {
		modem->settings.show_ussd = 0;
		return (ok());
	}
	if (value_word(call->value, 1, word, sizeof(word)) < 0)
		return (ok());
	charset_read(&code, modem->settings.charset, word);
	result = dial_code(modem, text_string(&code));
	text_free(&code);
	return (result);
}

/* ATD: a code is USSD, a number is called and nobody answers. */
static struct result
run_dial(struct modem *modem, const struct call *call, struct text *answer)
{
	if (strpbrk(call->value, "*#") != NULL)
		return (dial_code(modem, call->value));
	answer_line(answer, "NO ANSWER");
	answer_send(modem, answer, 0);
	return ((struct result){ RESULT_OPEN, 0 });
}

const struct at_command commands_phone[] = {
	{ "+CSQ", "(0-31,99),(99)", run_signal },
	{ "+CREG", "(0-2)", run_registration },
	{ "+CGREG", "(0-2)", run_registration },
	{ "+CGATT", "(0,1)", run_packet_state },
	{ "+COPS", "(2,\"Simulated\",\"Sim\",\"42901\"),,(0,1,3),(0,2)",
	    run_operator },
	{ "+CLIP", "(0,1)", run_show_caller },
	{ "+CRC", "(0,1)", run_long_ring },
	{ "+CCWA", "(0,1)", NULL },
	{ "+CHUP", "", run_hang_up },
	{ "H", NULL, run_hang_up },
	{ "D", NULL, run_dial },
	{ "+CUSD", "(0-2)", run_ussd },
	{ NULL, NULL, NULL },
};
