/* What becomes of a message that was read, or that cannot be: announced to the
 * hub, and kept on the SIM until the hub has it.
 */
#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/line/modem.h"

enum {
	READS_MOST = 3,
	RAW_MS = 5000,
	RAW_MAX_BYTES = 2048,
};

/* `print` is how it is known again before it is deleted. */
static void
announce(
    struct modem *modem, int location, struct arrival *arrival, uint64_t print)
{
	struct line_message message = { .kind = LINE_ARRIVED };
	struct modem_slot *slot =
	    modem_slot_add(modem, location, SLOT_ANNOUNCED);

	slot->print = print;
	slot->is_raw = arrival->kind == ARRIVAL_UNREADABLE;
	arrival->slot = slot->handle;
	message.arrived = *arrival;
	modem_tell(modem, &message);
}

/* The PDU, which stands on the line behind +CMGR, into `answer`: borrowed, or
 * NULL when the modem did not give it.  libGammu has just read there, so that
 * the memory is chosen. */
static const char *
read_pdu(struct modem *modem, int location, char *answer, size_t size)
{
	char line[32];
	char *pdu;

	snprintf(line, sizeof(line), "AT+CMGR=%d\r",
	    modem_location_index(modem, location));
	if (!modem_ask_raw(modem, line, RAW_MS, answer, size))
		return (NULL);
	pdu = strstr(answer, "+CMGR: ");
	pdu = pdu != NULL ? strchr(pdu, '\n') : NULL;
	if (pdu == NULL)
		return (NULL);
	pdu[1 + strcspn(pdu + 1, "\r\n")] = '\0';
	return (pdu + 1);
}

static enum outcome
read_by_tables(struct modem *modem, int location, struct text *text)
{
	char answer[RAW_MAX_BYTES];
	const char *pdu = read_pdu(modem, location, answer, sizeof(answer));
	enum outcome outcome = TRY_LATER;

	if (pdu != NULL)
		outcome = modem_pdu_read_national(pdu, text);
	explicit_bzero(answer, sizeof(answer));
	return (outcome);
}

/* libGammu reads letters of the national language tables as others. */
static void
correct_letters(
    struct modem *modem, int location, const char *pdu, struct arrival *arrival)
{
	const GSM_UDHHeader *header = &modem->batch->SMS[0].UDH;
	struct text text = { 0 };
	enum outcome outcome = TRY_LATER;

	if (arrival->kind != ARRIVAL_SMS || header->Length < 1 ||
	    !modem_pdu_names_tables(header->Text, (size_t)header->Length))
		return;
	if (pdu != NULL)
		outcome = modem_pdu_read_national(pdu, &text);
	for (int i = 0; i < READS_MOST && outcome == TRY_LATER; i++)
		outcome = read_by_tables(modem, location, &text);
	if (outcome == DONE && text.length < sizeof(arrival->text))
		memcpy(arrival->text, text_string(&text), text.length + 1);
	else if (outcome != NOTHING)
		log_warning("the letters of the message at location %d may be "
			    "wrong",
		    location);
	text_free(&text);
}

void
modem_note_read_well(struct modem *modem, int location)
{
	if (suspects_find(&modem->suspects, location) == NULL)
		return;
	suspects_clear(&modem->suspects, location);
	modem_tell_work(modem, WORK_READ_WELL, (uint64_t)location);
}

/* 1 when what was read, into modem->batch, is known for what it is.  `pdu` is
 * NULL when only libGammu has seen it. */
static int
take_read(struct modem *modem, int location, const char *pdu)
{
	GSM_SMSMessage *sms = &modem->batch->SMS[0];
	struct arrival arrival;
	struct modem_slot *slot;

	switch (modem_message_read(sms, &arrival)) {
	case MESSAGE_ARRIVAL:
		if (arrival.kind == ARRIVAL_UNREADABLE)
			return (0);
		correct_letters(modem, location, pdu, &arrival);
		announce(modem, location, &arrival, modem_message_print(sms));
		break;
	case MESSAGE_REPORT:
		modem_note_report(modem, sms);
		slot = modem_slot_add(modem, location, SLOT_RELEASED);
		slot->print = modem_message_print(sms);
		break;
	case MESSAGE_OWN:
		/* What was written or sent from this SIM may hold somebody's
		 * words, and fills it. */
		slot = modem_slot_add(modem, location, SLOT_RELEASED);
		slot->print = modem_message_print(sms);
		break;
	}
	modem_note_read_well(modem, location);
	return (1);
}

/* Somebody has to hear of it; it stays where it is. */
static void
tell_that_it_is_not_had(struct modem *modem, struct suspect *suspect)
{
	struct arrival arrival;

	suspect->is_told = 1;
	log_err("the message at location %lld cannot be had from the modem;"
		" it stays there and is tried again",
	    (long long)suspect->location);
	modem_message_unreadable((int)suspect->location, "", &arrival);
	announce(modem, 0, &arrival, 0);
}

void
modem_note_not_had(struct modem *modem, int location)
{
	struct suspect *suspect = suspects_note_wait(
	    &modem->suspects, location, clock_monotonic_ms());

	suspect->is_there = 1;
	if (!suspect->is_told &&
	    (suspect_is_given_up(suspect) ||
		suspect->waits >= SUSPECT_WAITS_TOLD))
		tell_that_it_is_not_had(modem, suspect);
}

static void
take_bytes(struct modem *modem, int location, const char *pdu, int may_decode)
{
	struct arrival arrival;

	/* What libGammu could not read of a line that was garbled may yet be a
	 * text: it is unreadable only when its own bytes say so. */
	if (may_decode && modem_raw_decode(modem, pdu, &modem->batch->SMS[0])) {
		modem->batch->SMS[0].Location = location;
		if (take_read(modem, location, pdu))
			return;
	}
	log_notice("the message at location %d cannot be read", location);
	modem_message_unreadable(location, pdu, &arrival);
	announce(modem, location, &arrival, modem_message_print_of(pdu));
	/* What ended processes stays marked until it is gone. */
	if (may_decode)
		modem_note_read_well(modem, location);
}

void
modem_take_by_bytes(struct modem *modem, int location, int may_decode)
{
	struct text pdu = { 0 };

	modem_tell_work(modem, WORK_READ, (uint64_t)location);
	switch (modem_raw_read(modem, location, &pdu)) {
	case RAW_READ:
		modem_raw_end(modem);
		take_bytes(modem, location, text_string(&pdu), may_decode);
		break;
	case RAW_EMPTY:
		modem_note_read_well(modem, location);
		break;
	case RAW_NOT_HAD:
		if (!modem->is_lost)
			modem_note_not_had(modem, location);
		break;
	}
	if (pdu.length > 0)
		explicit_bzero(pdu.bytes, pdu.length);
	text_free(&pdu);
	modem_raw_end(modem);
}

void
modem_take(struct modem *modem, int location)
{
	if (!take_read(modem, location, NULL))
		modem_take_by_bytes(modem, location, 0);
}

void
modem_announce_direct(struct modem *modem)
{
	for (size_t i = 0; i < modem->direct_count; i++)
		announce(modem, 0, &modem->direct[i], 0);
	free(modem->direct);
	modem->direct = NULL;
	modem->direct_count = 0;
	modem_tell_reports(modem);
}
