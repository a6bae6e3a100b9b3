#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/line/modem.h"

enum {
	READS_MOST = 3, /* before a message counts as unreadable */
	UNREADABLE_MOST = 64, /* in one sweep; the next takes the rest */
	SWEEP_STEPS_MOST = 100000,
	SOON_MS = 2000,
	DIRECT_MOST = 256,
	RAW_MS = 5000,
	RAW_MAX_BYTES = 2048,
};

int
modem_location_index(struct modem *modem, int location)
{
	int index = location % GSM_PHONE_MAXSMSINFOLDER;

	/* libGammu counts from 1 also where the modem counts from 0. */
	if (GSM_IsPhoneFeatureAvailable(
		GSM_GetModelInfo(modem->machine), F_SMS_LOCATION_0))
		index--;
	return (index);
}

static int
knows_zero(GSM_StateMachine *machine)
{
	return (GSM_IsPhoneFeatureAvailable(
	    GSM_GetModelInfo(machine), F_SMS_LOCATION_0));
}

void
modem_count_from_zero(struct modem *modem)
{
	modem->counts_from_zero = 0;
	log_info("the modem counts its places from 0");
	if (knows_zero(modem->machine))
		return;
	if (!GSM_AddPhoneFeature(
		GSM_GetModelInfo(modem->machine), F_SMS_LOCATION_0))
		log_warning("the modem's first place cannot be read");
	/* Every location was one too low. */
	modem->slot_count = 0;
	modem->notice_count = 0;
	modem->sweep_at_ms = 0;
}

/* A message that comes whole, mostly of class 0: nothing keeps it but we. */
static void
note_direct(struct modem *modem, GSM_SMSMessage *sms)
{
	struct arrival *arrival;

	if (modem->direct_count >= DIRECT_MOST) {
		log_err("messages come faster than they can be announced; one "
			"that is not stored is lost");
		return;
	}
	modem->direct = memory_grow(modem->direct, modem->direct_count,
	    modem->direct_count + 1, sizeof(*modem->direct));
	arrival = &modem->direct[modem->direct_count];
	sms->Location = 0; /* libGammu leaves it unset */
	if (modem_message_read(sms, arrival) == MESSAGE_ARRIVAL)
		modem->direct_count++;
}

void
modem_note_sms(GSM_StateMachine *machine, GSM_SMSMessage *sms, void *data)
{
	struct modem *modem = data;
	struct modem_notice *notice;
	int index = sms->Location;

	if (sms->PDU == SMS_Deliver) {
		note_direct(modem, sms);
		return;
	}
	/* A status report that comes whole is not kept by anybody. */
	if (sms->Memory == 0 || index < 0 || index >= GSM_PHONE_MAXSMSINFOLDER)
		return;
	modem->explained_bytes +=
	    snprintf(NULL, 0, "\r\n+CMTI: \"SM\",%d\r\n", index);
	if (index == 0 && sms->Memory != MEM_SR && !knows_zero(machine)) {
		modem->counts_from_zero = 1;
		return;
	}
	if (modem->notice_count == MODEM_NOTICES_MOST) {
		modem->sweep_at_ms = 0;
		return;
	}
	notice = &modem->notices[modem->notice_count++];
	notice->memory = sms->Memory;
	notice->is_report = sms->PDU == SMS_Status_Report;
	notice->location = index;
	if (sms->Memory == MEM_SR)
		return;
	/* The notice has the modem's own number; reading takes libGammu's. */
	if (GSM_IsPhoneFeatureAvailable(
		GSM_GetModelInfo(machine), F_SMS_LOCATION_0))
		notice->location++;
	if (sms->Folder > 2)
		notice->location += GSM_PHONE_MAXSMSINFOLDER;
}

void
modem_sweep_soon(struct modem *modem)
{
	int64_t soon_ms = clock_monotonic_ms() + SOON_MS;

	if (modem->sweep_at_ms > soon_ms)
		modem->sweep_at_ms = soon_ms;
}

GSM_Error
modem_read_location(struct modem *modem, int location)
{
	GSM_SMSMessage *sms = &modem->batch->SMS[0];

	memset(sms, 0, sizeof(*sms));
	modem->batch->Number = 0;
	sms->Location = location;
	return (GSM_GetSMS(modem->machine, modem->batch));
}

/*
 * Reads a location, again and past any garbage if it must: whoever calls a
 * message unreadable has it deleted in the end.
 *
 * DONE       it is in modem->batch
 * NOTHING    nothing lies there (or an empty PDU)
 * REFUSED    libGammu cannot read what lies there
 * TRY_LATER  the modem is the trouble
 */
static enum outcome
read_surely(struct modem *modem, int location)
{
	GSM_Error error = ERR_NONE;

	modem_settle(modem);
	modem_tell_work(modem, WORK_READ, (uint64_t)location);
	for (int i = 0; i < READS_MOST; i++) {
		if (i > 0)
			modem_flush(modem);
		if (modem->is_lost)
			return (TRY_LATER);
		error = modem_read_location(modem, location);
		if (error == ERR_NONE)
			return (DONE);
		if (modem_check(modem, error, "read a message"))
			return (TRY_LATER);
	}
	switch ((int)error) {
	case ERR_EMPTY:
	case ERR_INVALIDLOCATION:
		return (NOTHING);
	case ERR_NOTSUPPORTED:
	case ERR_UNKNOWN:
	case ERR_CORRUPTED:
		return (REFUSED);
	default:
		log_warning("cannot read a message: %s", GSM_ErrorName(error));
		return (TRY_LATER);
	}
}

static void
announce(struct modem *modem, int location, struct arrival *arrival)
{
	struct line_message message = { .kind = LINE_ARRIVED };

	arrival->slot = modem_slot_add(modem, location, SLOT_ANNOUNCED);
	message.arrived = *arrival;
	modem_tell(modem, &message);
}

/* The PDU, which stands on the line behind +CMGR, into `answer`: borrowed, or
 * NULL when the modem did not give it. */
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
correct_letters(struct modem *modem, int location, struct arrival *arrival)
{
	const GSM_UDHHeader *header = &modem->batch->SMS[0].UDH;
	struct text text = { 0 };
	enum outcome outcome = TRY_LATER;

	if (arrival->kind != ARRIVAL_SMS || header->Length < 1 ||
	    !modem_pdu_names_tables(header->Text, (size_t)header->Length))
		return;
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

/* Announces what was read into modem->batch. */
static void
take(struct modem *modem, int location)
{
	struct arrival arrival;

	switch (modem_message_read(&modem->batch->SMS[0], &arrival)) {
	case MESSAGE_ARRIVAL:
		correct_letters(modem, location, &arrival);
		announce(modem, location, &arrival);
		return;
	case MESSAGE_REPORT:
	case MESSAGE_OWN:
		/* Reports are asked for by nobody here; what was written or sent
		 * from this SIM may hold somebody's words.  Both fill the SIM. */
		modem_slot_add(modem, location, SLOT_RELEASED);
		return;
	}
}

static void
take_unreadable(struct modem *modem, int location)
{
	char answer[RAW_MAX_BYTES];
	const char *pdu = read_pdu(modem, location, answer, sizeof(answer));
	struct arrival arrival;

	log_notice("the message at location %d cannot be read", location);
	modem_message_unreadable(location, pdu != NULL ? pdu : "", &arrival);
	explicit_bzero(answer, sizeof(answer));
	announce(modem, location, &arrival);
}

void
modem_announce_direct(struct modem *modem)
{
	for (size_t i = 0; i < modem->direct_count; i++)
		announce(modem, 0, &modem->direct[i]);
	free(modem->direct);
	modem->direct = NULL;
	modem->direct_count = 0;
}

void
modem_read_notice(struct modem *modem)
{
	struct modem_notice notice = modem->notices[0];
	struct modem_slot *slot;

	memmove(&modem->notices[0], &modem->notices[1],
	    --modem->notice_count * sizeof(notice));
	if (notice.memory == MEM_SR) {
		if (!modem_delete(modem, MEM_SR, notice.location))
			log_info("cannot delete a status report");
		return;
	}
	slot = modem_slot_find(modem, notice.location);
	/* The sweep was quicker; unless a deletion that seemed to fail has made
	 * room there for another. */
	if (slot != NULL && (slot->state == SLOT_ANNOUNCED || slot->tries == 0))
		return;
	if (slot != NULL)
		modem_slot_forget(modem, slot);
	switch (read_surely(modem, notice.location)) {
	case DONE:
		take(modem, notice.location);
		return;
	case REFUSED:
		take_unreadable(modem, notice.location);
		return;
	case NOTHING:
	case TRY_LATER:
	case UNSURE:
	case BROKEN:
		modem_sweep_soon(modem);
		return;
	}
}

/* What the sweep could not read is read by itself, since the list that it came
 * from may have been garbled. */
static void
look_again(struct modem *modem, const int *locations, size_t count)
{
	for (size_t i = 0; i < count && !modem->is_lost; i++) {
		switch (read_surely(modem, locations[i])) {
		case DONE:
			take(modem, locations[i]);
			break;
		case REFUSED:
		case NOTHING:
			take_unreadable(modem, locations[i]);
			break;
		case TRY_LATER:
		case UNSURE:
		case BROKEN:
			modem_sweep_soon(modem);
			break;
		}
	}
}

void
modem_sweep(struct modem *modem)
{
	GSM_SMSMessage *sms = &modem->batch->SMS[0];
	int unreadable[UNREADABLE_MOST];
	size_t count = 0;
	gboolean is_start = TRUE;
	int last = 0;

	modem->sweep_at_ms =
	    clock_monotonic_ms() + modem->arguments->sweep_s * 1000;
	modem_flush(modem);
	if (!modem->was_scanned && !modem->is_lost) {
		modem_scan(modem);
		modem->was_scanned = 1;
	}
	memset(sms, 0, sizeof(*sms));
	for (int i = 0; i < SWEEP_STEPS_MOST && !modem->is_lost; i++) {
		GSM_Error error;

		modem_tell_work(modem, WORK_SWEEP, (uint64_t)last);
		error = GSM_GetNextSMS(modem->machine, modem->batch, is_start);

		if (modem_check(modem, error, "look through the memory"))
			return;
		/* An empty PDU also says ERR_EMPTY; only the end stands still. */
		if (error != ERR_NONE && sms->Location == last) {
			if (error == ERR_EMPTY)
				break;
			log_warning("cannot look through the memory: %s",
			    GSM_ErrorName(error));
			modem_sweep_soon(modem);
			break;
		}
		if (sms->Location == 0) {
			modem->counts_from_zero = 1;
			break;
		}
		is_start = FALSE;
		last = sms->Location;
		if (modem_slot_find(modem, last) != NULL)
			continue;
		if (error == ERR_NONE)
			take(modem, last);
		else if (count < UNREADABLE_MOST)
			unreadable[count++] = last;
	}
	look_again(modem, unreadable, count);
}
