#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/base/retry.h"
#include "gateway/line/modem.h"

enum {
	DELETE_MS = 5000, /* SIM cards are slow */
	RETRY_FACTOR = 10,
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

uint64_t
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
	return (slot->handle);
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
modem_delete(struct modem *modem, GSM_MemoryType memory, int location)
{
	GSM_SMSMessage sms = {
		.Memory = memory,
		.Location = location,
		/* 0 lets libGammu find the memory from the location. */
		.Folder = memory == MEM_SR ? 1 : 0,
	};
	char line[32];
	GSM_Error error;

	modem_settle(modem);
	error = GSM_DeleteSMS(modem->machine, &sms);
	if (error == ERR_NONE)
		return (1);
	if (modem_check(modem, error, "delete a message") || memory == MEM_SR)
		return (0);
	/* libGammu reads before it deletes and does not delete what it cannot
	 * read.  By that it has chosen the memory. */
	snprintf(line, sizeof(line), "AT+CMGD=%d\r",
	    modem_location_index(modem, location));
	modem_write_raw(modem, line, DELETE_MS);
	if (modem->is_lost)
		return (0);
	error = modem_read_location(modem, location);
	if (modem_check(modem, error, "look after a deletion"))
		return (0);
	return (error == ERR_EMPTY || error == ERR_INVALIDLOCATION);
}

void
modem_slot_delete(struct modem *modem, struct modem_slot *slot)
{
	int location = slot->location;

	if (modem_delete(modem, 0, location)) {
		modem_slot_forget(modem, slot);
		return;
	}
	if (modem->is_lost)
		return;
	slot->tries++;
	slot->try_at_ms = clock_monotonic_ms() +
	    RETRY_FACTOR * retry_start_wait_ms(slot->tries);
	if (slot->tries == 1)
		log_warning("cannot delete the message at location %d; trying "
			    "again",
		    location);
}
