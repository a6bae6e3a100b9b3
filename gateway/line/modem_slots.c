#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/base/retry.h"
#include "gateway/line/modem.h"

enum {
	DELETE_MS = 5000, /* SIM cards are slow */
	RETRY_FACTOR = 10,
	UNKNOWN_MOST = 2, /* tries */
};

struct modem_slot *
modem_slot_find(struct modem *modem, int location)
{
	for (size_t i = 0; i < modem->slot_count; i++) {
		if (modem->slots[i].location == location)
			return (&modem->slots[i]);
	}
	return (NULL);
}

struct modem_slot *
modem_slot_add(struct modem *modem, int location, enum modem_slot_state state)
{
	struct modem_slot *slot;

	modem->slots = memory_grow(modem->slots, modem->slot_count,
	    modem->slot_count + 1, sizeof(*modem->slots));
	slot = &modem->slots[modem->slot_count++];
	memset(slot, 0, sizeof(*slot));
	/* Never used twice in one process, so that a late release of what lay
	 * at a location before cannot delete what lies there now. */
	slot->handle = ++modem->last_handle;
	slot->state = state;
	slot->location = location;
	return (slot);
}

void
modem_slot_forget(struct modem *modem, struct modem_slot *slot)
{
	*slot = modem->slots[--modem->slot_count];
}

void
modem_slot_release(struct modem *modem, uint64_t handle)
{
	for (size_t i = 0; i < modem->slot_count; i++) {
		struct modem_slot *slot = &modem->slots[i];

		if (slot->handle != handle || slot->state != SLOT_ANNOUNCED)
			continue;
		if (slot->location == 0)
			modem_slot_forget(modem, slot);
		else
			slot->state = SLOT_RELEASED;
		return;
	}
	/* Of a connection before this one, or a call. */
	log_debug("slot %llu is not held any more", (unsigned long long)handle);
}

struct modem_slot *
modem_slot_due(struct modem *modem, int64_t now_ms, int64_t *at_ms_r)
{
	int64_t at_ms = INT64_MAX;

	for (size_t i = 0; i < modem->slot_count; i++) {
		struct modem_slot *slot = &modem->slots[i];

		if (slot->state != SLOT_RELEASED)
			continue;
		if (slot->try_at_ms <= now_ms)
			return (slot);
		if (slot->try_at_ms < at_ms)
			at_ms = slot->try_at_ms;
	}
	if (at_ms < *at_ms_r)
		*at_ms_r = at_ms;
	return (NULL);
}

int
modem_delete_report(struct modem *modem, int location)
{
	GSM_SMSMessage sms = {
		.Memory = MEM_SR,
		.Location = location,
		.Folder = 1,
	};
	GSM_Error error;

	modem_settle(modem);
	error = GSM_DeleteSMS(modem->machine, &sms);
	(void)modem_check(modem, error, "delete a status report");
	return (error == ERR_NONE);
}

/* What lies at a slot's place now. */
enum left {
	LEFT_IT,
	LEFT_ANOTHER, /* which nobody has read yet */
	LEFT_NOTHING,
	LEFT_UNKNOWN,
};

static int
is_empty(struct modem *modem, int location)
{
	struct text pdu = { 0 };
	enum modem_raw raw = modem_raw_read(modem, location, &pdu);

	modem_raw_end(modem);
	text_free(&pdu);
	return (raw == RAW_EMPTY && !modem->is_lost);
}

static enum left
look_after(struct modem *modem, const struct modem_slot *slot)
{
	GSM_Error error;

	modem_settle(modem);
	error = modem_read_location(modem, slot->location);
	if (modem_check(modem, error, "look after a deletion"))
		return (LEFT_UNKNOWN);
	/* libGammu also takes some errors for an empty place. */
	if (error == ERR_EMPTY || error == ERR_INVALIDLOCATION)
		return (is_empty(modem, slot->location) ? LEFT_NOTHING
							: LEFT_UNKNOWN);
	if (error != ERR_NONE)
		return (LEFT_UNKNOWN);
	return (modem_message_print(&modem->batch->SMS[0]) == slot->print
		? LEFT_IT
		: LEFT_ANOTHER);
}

static enum left
delete_past_library(struct modem *modem, const struct modem_slot *slot)
{
	if (modem_raw_delete(modem, slot->location, slot->print))
		return (LEFT_NOTHING);
	return (LEFT_IT);
}

/* An answer that was garbled does not say whether the deletion was done, and
 * what waits in the network comes in at once: nothing is deleted a second
 * time before it is known to be the same. */
static enum left
delete_message(struct modem *modem, const struct modem_slot *slot)
{
	/* With folder 0 libGammu finds the memory from the location. */
	GSM_SMSMessage sms = { .Location = slot->location };
	char line[32];
	GSM_Error error;
	enum left left = LEFT_IT;

	if (slot->is_raw)
		return (delete_past_library(modem, slot));
	if (slot->tries > 0)
		left = look_after(modem, slot);
	if (left != LEFT_IT)
		return (left);
	modem_settle(modem);
	error = GSM_DeleteSMS(modem->machine, &sms);
	if (error == ERR_NONE)
		return (LEFT_NOTHING);
	if (modem_check(modem, error, "delete a message"))
		return (LEFT_UNKNOWN);
	left = look_after(modem, slot);
	if (left != LEFT_IT)
		return (left);
	/* By reading it libGammu has chosen the memory. */
	snprintf(line, sizeof(line), "AT+CMGD=%d\r",
	    modem_location_index(modem, slot->location));
	modem_write_raw(modem, line, DELETE_MS);
	return (modem->is_lost ? LEFT_UNKNOWN : look_after(modem, slot));
}

void
modem_slot_delete(struct modem *modem, struct modem_slot *slot)
{
	int location = slot->location;
	enum left left = delete_message(modem, slot);

	if (modem->is_lost)
		return;
	/* What cannot be told for long is read anew; the journal knows it. */
	if (left == LEFT_ANOTHER ||
	    (left == LEFT_UNKNOWN && slot->tries >= UNKNOWN_MOST)) {
		modem_slot_forget(modem, slot);
		modem_sweep_soon(modem);
		return;
	}
	if (left == LEFT_NOTHING) {
		modem_slot_forget(modem, slot);
		modem_note_read_well(modem, location);
		return;
	}
	slot->tries++;
	slot->try_at_ms = clock_monotonic_ms() +
	    RETRY_FACTOR * retry_start_wait_ms(slot->tries);
	if (slot->tries == 1)
		log_warning("cannot delete the message at location %d; trying "
			    "again",
		    location);
}

int
modem_slots_are_raw(const struct modem *modem)
{
	for (size_t i = 0; i < modem->slot_count; i++) {
		if (modem->slots[i].is_raw && modem->slots[i].location > 0)
			return (1);
	}
	return (0);
}
