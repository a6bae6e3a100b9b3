/* The network, calls and USSD. */
#include "tests/sim/alphabet.h"
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

/* Nothing where the operator has not written it on the SIM. */
static struct result
run_own_number(
    struct modem *modem, const struct call *call, struct text *answer)
{
	(void)call;
	if (modem->own_number[0] != '\0')
		answer_line(
		    answer, "+CNUM: \"own\",\"%s\",145", modem->own_number);
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

static void
add_packed(struct text *out, const char *utf8)
{
	struct text septets = { 0 };
	struct text octets = { 0 };

	(void)alphabet_add_septets(&septets, utf8);
	alphabet_pack(&octets, text_string(&septets), septets.length, 0);
	/* Seven free bits at the end are filled up. */
	if (septets.length % 8 == 7)
		octets.bytes[octets.length - 1] |= (char)('\r' << 1);
	alphabet_add_hex(out, text_string(&octets), octets.length);
	text_free(&septets);
	text_free(&octets);
}

static void
add_ucs2(struct text *out, const char *utf8, const char *before)
{
	struct text octets = { 0 };

	text_add(&octets, before);
	alphabet_add_ucs2(&octets, utf8);
	alphabet_add_hex(out, text_string(&octets), octets.length);
	text_free(&octets);
}

/* As the style says; an own one is, of some makers' modems, packed septets in
 * hexadecimal where that can be.  Returns the coding scheme, or -1. */
static int
add_ussd_words(struct text *out, const struct modem *modem,
    const struct network_ussd *ussd)
{
	struct text septets = { 0 };
	int can_pack = alphabet_add_septets(&septets, ussd->answer);

	text_free(&septets);
	switch (ussd->style) {
	case USSD_OWN:
	case USSD_STYLES:
		break;
	case USSD_PLAIN:
		text_add(out, ussd->answer);
		return (-1);
	case USSD_UCS2:
		add_ucs2(out, ussd->answer, "");
		return (72);
	case USSD_UCS2_15:
		add_ucs2(out, ussd->answer, "");
		return (15);
	case USSD_UCS2_17:
		add_ucs2(out, ussd->answer, "en");
		return (17);
	case USSD_PACKED:
		add_packed(out, ussd->answer);
		return (15);
	case USSD_PACKED_0:
		add_packed(out, ussd->answer);
		return (0);
	}
	if (modem->profile->packs_ussd && can_pack)
		add_packed(out, ussd->answer);
	else
		charset_add(out, modem->settings.charset, ussd->answer);
	return (15);
}

static void
read_ussd_code(struct text *code, const struct modem *modem, const char *word)
{
	struct text septets = { 0 };
	struct text octets = { 0 };
	size_t count;

	if (modem->profile->packs_ussd && !alphabet_read_hex(&octets, word)) {
		/* Not understood; nobody has such a code. */
		text_clear(code);
	} else if (!modem->profile->packs_ussd) {
		charset_read(code, modem->settings.charset, word);
	} else {
		count = octets.length * 8 / 7;
		alphabet_unpack(&septets, text_string(&octets), count, 0);
		/* Seven bits left over look like an "@" or are filled up. */
		if (count > 0 &&
		    (septets.bytes[count - 1] == 0 ||
			septets.bytes[count - 1] == '\r'))
			count--;
		alphabet_read_septets(code, text_string(&septets), count);
	}
	text_free(&septets);
	text_free(&octets);
}

/* The network's answer to a code comes after the OK. */
static struct result
dial_code(struct modem *modem, const char *code)
{
	const struct network_ussd *ussd =
	    network_find_ussd(&modem->network, code);
	struct text words = { 0 };
	int coding;

	if (!is_registered(modem))
		return ((struct result){ RESULT_CME, CME_NO_NETWORK });
	modem->late_ussd_ms = modem->now_ms + USSD_WAIT_MS;
	if (ussd == NULL) {
		answer_line(&modem->late_ussd, "+CUSD: %d", USSD_NOT_SUPPORTED);
		return (ok());
	}
	coding = add_ussd_words(&words, modem, ussd);
	if (coding < 0)
		answer_line(&modem->late_ussd, "+CUSD: %d,\"%s\"", ussd->mode,
		    text_string(&words));
	else
		answer_line(&modem->late_ussd, "+CUSD: %d,\"%s\",%d",
		    ussd->mode, text_string(&words), coding);
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
	read_ussd_code(&code, modem, word);
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
	{ "+CNUM", "", run_own_number },
	{ "+CLIP", "(0,1)", run_show_caller },
	{ "+CRC", "(0,1)", run_long_ring },
	{ "+CCWA", "(0,1)", NULL },
	{ "+CHUP", "", run_hang_up },
	{ "H", NULL, run_hang_up },
	{ "D", NULL, run_dial },
	{ "+CUSD", "(0-2)", run_ussd },
	{ NULL, NULL, NULL },
};
