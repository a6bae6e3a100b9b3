#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/line/modem.h"
#include "gateway/text/segments.h"

enum {
	MS = 1000,
};

void
modem_note_sent(
    GSM_StateMachine *machine, int status, int reference, void *data)
{
	struct modem *modem = data;

	(void)machine;
	modem->send_result.is_known = 1;
	modem->send_result.status = status;
	modem->send_result.reference = reference;
}

/* How one segment ended, for the hub. */
struct ending {
	enum outcome how;
	const char *cause;
};

/* libGammu returned before the end of the PDU: nothing was sent, whatever the
 * modem says. */
static struct ending
not_sent(struct modem *modem, GSM_Error error)
{
	struct ending ending = { TRY_LATER, "the modem did not take the text" };

	if (modem->send_result.is_known) {
		ending.how =
		    modem_cause_read(modem->send_result.status, &ending.cause);
		if (ending.how != REFUSED)
			ending.how = TRY_LATER;
		/* It typed an escape, to which modems say what they like. */
		modem->unexplained_bytes++;
		return (ending);
	}
	log_info("cannot send: %s", GSM_ErrorName(error));
	if (!modem_check(modem, error, "send"))
		modem_lose(modem, FOUND_SILENT, ending.cause);
	return (ending);
}

static struct ending
answered(struct modem *modem)
{
	const struct modem_send_result *result = &modem->send_result;
	struct ending ending = { DONE, "" };

	if (!result->is_known) {
		ending = (struct ending){ UNSURE, "no answer to a send" };
		/* Any other command's OK would now count as this one's. */
		modem_lose(modem, FOUND_SILENT, ending.cause);
	} else if (result->status == 0 && result->reference < 0) {
		ending = (struct ending){ UNSURE,
			"an answer without a "
			"reference" };
		modem_lose(modem, FOUND_SILENT, ending.cause);
	} else if (result->status != 0) {
		ending.how = modem_cause_read(result->status, &ending.cause);
		modem->check_at_ms = 0;
	}
	return (ending);
}

/* NOTHING: the modem was not even asked. */
static struct ending
send_segment(struct modem *modem, const struct modem_segment *segment)
{
	GSM_SMSMessage sms;
	GSM_Error error;
	int64_t end_ms;
	int64_t left_ms;

	modem_settle(modem);
	if (!modem->is_lost && modem->smsc[0] == 0 && modem->smsc[1] == 0)
		modem_read_smsc(modem);
	if (modem->is_lost)
		return ((struct ending){ NOTHING, "the modem is gone" });
	if (modem->smsc[0] == 0 && modem->smsc[1] == 0)
		return ((struct ending){
		    TRY_LATER, "the SIM has no number of a service centre" });
	modem_message_write(segment, modem->smsc, &sms);
	if (modem->arguments->reports)
		sms.PDU = SMS_Status_Report;
	modem_tell_work(modem, WORK_SEND, modem->to_send.id);
	modem->send_result = (struct modem_send_result){ .reference = -1 };
	error = GSM_SendSMS(modem->machine, &sms);
	if (error != ERR_NONE)
		return (not_sent(modem, error));
	modem_be_patient(modem, modem->arguments->answer_s);
	end_ms = clock_monotonic_ms() + modem->arguments->answer_s * MS;
	while (!modem->send_result.is_known && !modem->is_lost &&
	    (left_ms = end_ms - clock_monotonic_ms()) > 0)
		(void)modem_pump(modem, (int)left_ms);
	modem->unexplained_bytes = 0;
	return (answered(modem));
}

static void
tell_end(struct modem *modem, uint64_t id, const struct ending *ending)
{
	struct line_message message = { .id = id };

	if (ending->how == DONE)
		message.kind = LINE_SENT;
	else if (ending->how == UNSURE)
		message.kind = LINE_UNSURE;
	else if (ending->how == NOTHING)
		message.kind = LINE_RETURNED;
	else
		message.kind = LINE_FAILED;
	message.how = ending->how;
	snprintf(message.cause, sizeof(message.cause), "%s", ending->cause);
	modem_tell(modem, &message);
}

static void
tell_part(struct modem *modem, uint64_t id, int part)
{
	struct line_message message = {
		.kind = LINE_PART_SENT,
		.id = id,
		.part = part,
		.network_reference = modem->send_result.reference,
	};

	modem_tell(modem, &message);
}

/* A text of many segments takes a minute; nobody's message or call waits for
 * the end of it. */
static void
attend(struct modem *modem)
{
	if (!modem->is_lost)
		(void)modem_handle_rings(modem);
	while (!modem->is_lost && modem->notice_count > 0)
		modem_read_notice(modem);
	modem_announce_direct(modem);
}

void
modem_send(struct modem *modem)
{
	const struct line_message *send = &modem->to_send;
	struct ending ending = { DONE, "" };
	struct segments segments;
	struct modem_segment segment = {
		.to = send->to,
		.reference = (int)send->reference,
		.part = (int)send->first_part,
	};

	modem->has_to_send = 0;
	if (segments_cut(send->text, &segments) != DONE) {
		ending = (struct ending){ REFUSED, "too long" };
		tell_end(modem, send->id, &ending);
		return;
	}
	segment.total = (int)segments.count;
	segment.is_unicode = segments.alphabet == ALPHABET_UCS2;
	for (; segment.part <= segment.total; segment.part++) {
		segment.utf8 = segments.list[segment.part - 1].utf8;
		ending = send_segment(modem, &segment);
		if (ending.how != DONE)
			break;
		modem_note_part(modem, segment.part);
		tell_part(modem, send->id, segment.part);
		if (segment.part < segment.total)
			attend(modem);
	}
	tell_end(modem, send->id, &ending);
	memset(&modem->to_send, 0, sizeof(modem->to_send));
}
