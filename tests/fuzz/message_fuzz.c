/* A PDU from the SIM as a line reads it: past what is known to kill libGammu,
 * through libGammu, into our words.  libGammu itself is not instrumented: what
 * is found in it kills the line, no more, and joins modem_pdu_is_deadly(). */
#include "gateway/base/memory.h"
#include "gateway/line/modem.h"
#include "gateway/text/utf8.h"
#include "tests/fuzz/target.h"

enum { PDU_MOST = 250, SPARE = 64 };

static void
check(const struct arrival *arrival)
{
	if (!utf8_is_clean(arrival->text, strlen(arrival->text)) ||
	    !utf8_is_clean(arrival->sender, strlen(arrival->sender)) ||
	    arrival->part > arrival->parts)
		abort();
}

static int
is_deadly(const uint8_t *octets, size_t length)
{
	static const char digits[] = "0123456789ABCDEF";
	char hex[2 * PDU_MOST + 1] = "";

	for (size_t i = 0; i < length; i++) {
		hex[2 * i] = digits[octets[i] >> 4];
		hex[2 * i + 1] = digits[octets[i] & 0xf];
	}
	return (modem_pdu_is_deadly(hex));
}

static void
one(const uint8_t *octets, size_t length)
{
	static GSM_SMSMessage sms;
	static struct arrival arrival;
	/* As modem_raw.c has it: more room than libGammu reads. */
	unsigned char room[PDU_MOST + SPARE] = { 0 };
	size_t used = 0;

	if (length == 0 || length > PDU_MOST || is_deadly(octets, length))
		return;
	memcpy(room, octets, length);
	memset(&sms, 0, sizeof(sms));
	GSM_SetDefaultReceivedSMSData(&sms);
	if (GSM_DecodePDUFrame(GSM_GetGlobalDebug(), &sms, room, length, &used,
		TRUE) != ERR_NONE)
		return;
	if (modem_message_read(&sms, &arrival) == MESSAGE_ARRIVAL)
		check(&arrival);
	modem_message_print(&sms);
}
