#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/retry.h"
#include "gateway/base/text.h"
#include "gateway/line/modem.h"

enum {
	CHECK_FIRST = 6, /* 3.2 s between the first checks */
	ANSWER_MAX_BYTES = 512,
	ANSWER_MS = 1000,
	REGISTRATION_MOST = 10,
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
	char answer[ANSWER_MAX_BYTES];
	const char *at;
	char state[3] = "";
	int64_t registration;

	if (!modem_ask_raw(
		modem, "AT+CREG?\r", ANSWER_MS, answer, sizeof(answer)))
		return (NULL);
	at = strstr(answer, "+CREG: ");
	at = at != NULL ? strchr(at, ',') : NULL;
	if (at == NULL)
		return (NULL);
	at += 1 + strspn(at + 1, " ");
	snprintf(
	    state, sizeof(state), "%.*s", (int)strspn(at, "0123456789"), at);
	if (!text_read_integer(state, 0, REGISTRATION_MOST, &registration))
		return (NULL);
	return (reasons[registration]);
}

void
modem_check_network(struct modem *modem)
{
	GSM_SignalQuality signal = { .SignalPercent = -1 };
	const char *reason;

	modem->check_at_ms = INT64_MAX;
	modem_settle(modem);
	if (modem->is_lost ||
	    modem_check(modem, GSM_GetSignalQuality(modem->machine, &signal),
		"read the signal"))
		return;
	modem->signal_percent = signal.SignalPercent;
	reason = reason_of_no_network(modem);
	if (modem->is_lost)
		return;
	modem_tell_health(modem, reason == NULL, reason == NULL ? "" : reason);
	if (reason == NULL) {
		modem->checks = 0;
		return;
	}
	modem->checks++;
	modem->check_at_ms = clock_monotonic_ms() +
	    retry_start_wait_ms(CHECK_FIRST - 1 + modem->checks);
}
