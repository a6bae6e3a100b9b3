#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/line/modem.h"

enum {
	READS_MOST = 3, /* before a message counts as unreadable */
	SOON_MS = 2000,
	DIRECT_MOST = 256,
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
	/* A status report that comes whole is kept by nobody; one that lies
	 * somewhere is read there. */
	if (sms->PDU == SMS_Status_Report && sms->Memory == 0)
		modem_note_report(modem, sms);
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
	return (modem_message_believe(
	    GSM_GetSMS(modem->machine, modem->batch), sms));
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
		if (modem_check(modem, error, "read a message")) {
			if (error == ERR_TIMEOUT)
				(void)suspects_note_wait(&modem->suspects,
				    location, clock_monotonic_ms());
			return (TRY_LATER);
		}
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
		modem_note_not_had(modem, location);
		return (TRY_LATER);
	}
}

static void
read_at(struct modem *modem, int location)
{
	switch (read_surely(modem, location)) {
	case DONE:
		modem_take(modem, location);
		return;
	case REFUSED:
		modem_take_by_bytes(modem, location, 1);
		return;
	case NOTHING:
	case TRY_LATER:
	case UNSURE:
	case BROKEN:
		modem_sweep_soon(modem);
		return;
	}
}

void
modem_read_notice(struct modem *modem)
{
	struct modem_notice notice = modem->notices[0];
	struct modem_slot *slot;

	memmove(&modem->notices[0], &modem->notices[1],
	    --modem->notice_count * sizeof(notice));
	if (notice.memory == MEM_SR) {
		if (!modem_delete_report(modem, notice.location))
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
	if (suspects_find(&modem->suspects, notice.location) != NULL)
		modem_sweep_soon(modem);
	else
		read_at(modem, notice.location);
}

void
modem_read_again(struct modem *modem, int location)
{
	switch (read_surely(modem, location)) {
	case DONE:
		modem_take(modem, location);
		break;
	case REFUSED:
	case NOTHING:
		/* The list had it: an empty PDU also reads as nothing. */
		modem_take_by_bytes(modem, location, 1);
		break;
	case TRY_LATER:
	case UNSURE:
	case BROKEN:
		modem_sweep_soon(modem);
		break;
	}
}

void
modem_read_suspect(struct modem *modem, struct suspect *suspect)
{
	int location = (int)suspect->location;

	/* Until the next sweep has seen it there again. */
	suspect->is_there = 0;
	if (modem_slot_find(modem, location) != NULL)
		return;
	if (suspect_is_given_up(suspect))
		modem_take_by_bytes(modem, location, 0);
	else
		modem_read_again(modem, location);
}
