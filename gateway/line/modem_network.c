#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/text.h"
#include "gateway/line/modem.h"
#include "gateway/line/wire.h"
#include "gateway/text/number.h"

enum {
	ANSWER_MS = 3000,
	REGISTRATION_MOST = 10,
	SIGNAL_MOST = 31, /* of +CSQ; 99 is unknown */
	MEMORIES = 3, /* of +CPMS */
	MS = 1000,
	DELETE = 0x7f,
};

/* <stat> of +CREG, 3GPP TS 27.007 section 7.2, where it means that nothing can
 * be sent. */
static const char *const reasons[REGISTRATION_MOST + 1] = {
	[0] = "no network",
	[2] = "no network",
	[3] = "the network refuses the SIM",
	[8] = "only emergency calls",
};

void
modem_read_smsc(struct modem *modem)
{
	GSM_SMSC smsc = { .Location = 1 };
	GSM_Error error = GSM_GetSMSC(modem->machine, &smsc);

	memset(modem->smsc, 0, sizeof(modem->smsc));
	if (error == ERR_NONE)
		CopyUnicodeString(modem->smsc, smsc.Number);
	else if (!modem_check(modem, error, "read the SMSC's number"))
		log_warning(
		    "cannot read the SMSC's number: %s", GSM_ErrorName(error));
}

/*
 * Why nothing can be sent, or NULL.  A modem that does not tell is taken at its
 * best.  Asked past libGammu: its GSM_GetNetworkInfo() puts nine questions, and
 * gives up at the first that a modem without packet data does not know, before
 * it comes to this one.
 */
static const char *
reason_of_no_network(struct modem *modem)
{
	char answer[WIRE_ANSWER_MAX_BYTES];
	char words[64];
	char state[3] = "";
	const char *at;
	int64_t registration;

	if (!modem_ask_raw(
		modem, "AT+CREG?\r", ANSWER_MS, answer, sizeof(answer)) ||
	    !wire_find(answer, "+CREG: ", words, sizeof(words)))
		return (NULL);
	at = strchr(words, ',');
	if (at == NULL)
		return (NULL);
	at += 1 + strspn(at + 1, " ");
	snprintf(
	    state, sizeof(state), "%.*s", (int)strspn(at, "0123456789"), at);
	if (!text_read_integer(state, 0, REGISTRATION_MOST, &registration))
		return (NULL);
	return (reasons[registration]);
}

/* 1 when it answered. */
static int
ask_signal(struct modem *modem)
{
	char answer[WIRE_ANSWER_MAX_BYTES];
	char words[16];
	int64_t level;

	if (!modem_ask_raw(
		modem, "AT+CSQ\r", ANSWER_MS, answer, sizeof(answer)))
		return (0);
	modem->health.signal_percent = -1;
	if (!wire_find(answer, "+CSQ: ", words, sizeof(words)))
		return (1);
	words[strspn(words, "0123456789")] = '\0';
	if (text_read_integer(words, 0, SIGNAL_MOST, &level))
		modem->health.signal_percent = (int)(level * 100 / SIGNAL_MOST);
	return (1);
}

/* The number behind the n-th comma (from 0), or -1. */
static int64_t
number_at(const char *words, int n)
{
	char digits[12];
	int64_t number;

	for (; n > 0 && words != NULL; n--) {
		words = strchr(words, ',');
		words = words != NULL ? words + 1 : NULL;
	}
	if (words == NULL)
		return (-1);
	snprintf(digits, sizeof(digits), "%.*s",
	    (int)strspn(words, "0123456789"), words);
	return (text_read_integer(digits, 0, INT32_MAX, &number) ? number : -1);
}

/* +CPMS: "SM",2,20,"SM",2,20,"ME",0,100 - for reading, writing, receiving. */
static void
ask_storage(struct modem *modem)
{
	char answer[WIRE_ANSWER_MAX_BYTES];
	char words[128];
	int64_t held = 0;
	int percent = -1;

	if (!modem_ask_raw(
		modem, "AT+CPMS?\r", ANSWER_MS, answer, sizeof(answer)) ||
	    !wire_find(answer, "+CPMS: ", words, sizeof(words)))
		return;
	for (int i = 0; i < MEMORIES; i++) {
		int64_t used = number_at(words, 3 * i + 1);
		int64_t size = number_at(words, 3 * i + 2);

		if (used < 0 || size <= 0)
			continue;
		if ((int)(used * 100 / size) > percent)
			percent = (int)(used * 100 / size);
		held = used > held ? used : held;
	}
	modem->health.storage_percent = percent < 100 ? percent : 100;
	/* More than we know of: a notice got lost. */
	if (held > (int64_t)(modem->slot_count + modem->suspects.count))
		modem_sweep_soon(modem);
}

/* 1 when a modem that gave notices does not any more: it has started anew by
 * itself, and everything that it was told is forgotten. */
static int
has_forgotten(struct modem *modem)
{
	char answer[WIRE_ANSWER_MAX_BYTES];
	char words[64];

	if (!modem->gives_notices ||
	    !modem_ask_raw(
		modem, "AT+CNMI?\r", ANSWER_MS, answer, sizeof(answer)) ||
	    !wire_find(answer, "+CNMI: ", words, sizeof(words)))
		return (0);
	return (number_at(words, 1) == 0);
}

/* An operator's name goes to people and programs: letters of ASCII only. */
static void
ask_name(struct modem *modem)
{
	char answer[WIRE_ANSWER_MAX_BYTES];
	char words[128];
	char *name;
	size_t used = 0;

	modem->health.network[0] = '\0';
	if (!modem_ask_raw(
		modem, "AT+COPS?\r", ANSWER_MS, answer, sizeof(answer)) ||
	    !wire_find(answer, "+COPS: ", words, sizeof(words)) ||
	    (name = strchr(words, '"')) == NULL)
		return;
	for (name++;
	     *name != '"' && *name != '\0' && used < PROTOCOL_NETWORK_MAX_BYTES;
	     name++) {
		if (*name >= ' ' && *name < DELETE)
			modem->health.network[used++] = *name;
	}
	modem->health.network[used] = '\0';
}

/* +CNUM: "name","+9779801000001",145 - where the operator has written it on the
 * SIM, which most have not. */
static void
ask_own(struct modem *modem)
{
	char answer[WIRE_ANSWER_MAX_BYTES];
	char words[128];
	const char *number;
	size_t length;

	if (modem->has_asked_own)
		return;
	modem->has_asked_own = 1;
	modem->health.own[0] = '\0';
	if (!modem_ask_raw(
		modem, "AT+CNUM\r", ANSWER_MS, answer, sizeof(answer)) ||
	    !wire_find(answer, "+CNUM: ", words, sizeof(words)) ||
	    (number = strstr(words, "\"+")) == NULL)
		return;
	length = strcspn(number + 1, "\"");
	if (length >= sizeof(modem->health.own))
		return;
	memcpy(modem->health.own, number + 1, length);
	modem->health.own[length] = '\0';
	if (!number_is_e164(modem->health.own))
		modem->health.own[0] = '\0';
}

static void
found_no_network(struct modem *modem, const char *reason)
{
	modem->health.network[0] = '\0';
	modem_find(modem, FOUND_NO_NETWORK, reason);
	if (!modem->has_to_mend || modem->ladder.rung == RUNG_AGAIN ||
	    modem->ladder.rung == RUNG_REST) {
		modem->has_to_mend = 0;
		modem->check_at_ms = modem->retry_at_ms;
		return;
	}
	/* What the rung says is done without libGammu. */
	modem->is_lost = 1;
}

void
modem_check_network(struct modem *modem)
{
	const char *reason;

	modem->check_at_ms =
	    clock_monotonic_ms() + modem->arguments->check_s * MS;
	/* Once more on a line that was only garbled. */
	if (!ask_signal(modem) && !modem->is_lost) {
		modem_flush(modem);
		if (!modem->is_lost && !ask_signal(modem))
			modem_lose(
			    modem, FOUND_SILENT, "the modem does not answer");
	}
	if (modem->is_lost)
		return;
	reason = reason_of_no_network(modem);
	if (!modem->is_lost)
		ask_storage(modem);
	if (!modem->is_lost && has_forgotten(modem))
		modem_lose(
		    modem, FOUND_SILENT, "the modem has started by itself");
	if (modem->is_lost)
		return;
	if (reason != NULL) {
		found_no_network(modem, reason);
		return;
	}
	if (modem->health.network[0] == '\0')
		ask_name(modem);
	if (!modem->is_lost)
		ask_own(modem);
	if (!modem->is_lost)
		modem_find(modem, FOUND_WELL, "");
}
