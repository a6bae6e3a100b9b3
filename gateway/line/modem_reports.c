/* What the network says became of a part that it took (SMS-STATUS-REPORT,
 * 3GPP TS 23.040 section 9.2.2.3).  Asked for only where the line is set to;
 * others' reports, and those of a process before this one, are dropped.
 *
 * A report names the reference the network gave when it took the part (TP-MR,
 * an octet that comes again every 256 parts) and the number it went to.
 */
#include "gateway/line/modem.h"

#include <ctype.h>

enum {
	DIGITS_COMPARED = 7, /* networks write numbers their own way */
	DELIVERED_MOST = 0x1f, /* TP-ST, 9.2.3.15 */
	TRYING_MOST = 0x3f,
};

void
modem_note_part(struct modem *modem, int part)
{
	struct modem_part *place;

	if (!modem->arguments->reports || modem->send_result.reference < 0)
		return;
	place = &modem->parts[modem->send_result.reference % MODEM_PARTS_KEPT];
	place->id = modem->to_send.id;
	place->part = part;
	snprintf(place->to, sizeof(place->to), "%s", modem->to_send.to);
}

/* Its last digits, from the last one on. */
static size_t
last_digits(const char *number, char digits[DIGITS_COMPARED])
{
	size_t count = 0;

	for (size_t at = strlen(number); at > 0 && count < DIGITS_COMPARED;
	     at--) {
		if (isdigit((unsigned char)number[at - 1]))
			digits[count++] = number[at - 1];
	}
	return (count);
}

static int
is_same_number(const char *one, const char *other)
{
	char of_one[DIGITS_COMPARED];
	char of_other[DIGITS_COMPARED];
	size_t count = last_digits(one, of_one);

	return (count == DIGITS_COMPARED &&
	    last_digits(other, of_other) == count &&
	    memcmp(of_one, of_other, count) == 0);
}

void
modem_note_report(struct modem *modem, const GSM_SMSMessage *sms)
{
	char to[PROTOCOL_SENDER_MAX_BYTES + 1];
	struct modem_part *part =
	    &modem->parts[sms->MessageReference % MODEM_PARTS_KEPT];
	unsigned status = sms->DeliveryStatus;

	modem_message_words(
	    sms->Number, sizeof(sms->Number), sizeof(to) - 1, to);
	/* Still on its way: another report will come. */
	if (part->id == 0 || !is_same_number(part->to, to) ||
	    (status > DELIVERED_MOST && status <= TRYING_MOST))
		return;
	if (modem->report_count < MODEM_REPORTS_MOST)
		modem->reports[modem->report_count++] =
		    (struct modem_report){ part->id, part->part,
			    status <= DELIVERED_MOST };
	part->id = 0;
}

void
modem_tell_reports(struct modem *modem)
{
	for (size_t i = 0; i < modem->report_count; i++) {
		struct line_message message = {
			.kind = LINE_REPORTED,
			.id = modem->reports[i].id,
			.part = modem->reports[i].part,
			.how = modem->reports[i].is_delivered ? DONE : REFUSED,
		};

		modem_tell(modem, &message);
	}
	modem->report_count = 0;
}
