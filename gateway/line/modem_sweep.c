/* Looking through the whole memory: after a connection, now and then, and
 * whenever a notice may have been lost.
 *
 * Mostly by libGammu, which lists and reads in one go.  What it would not
 * survive, or what ended a process before this one, would be read by that as
 * well: then the places are listed past it, and read one by one, those that
 * are suspected last of all and when nobody waits (modem_read_suspect()).
 */
#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/line/modem.h"

enum {
	UNREADABLE_MOST = 64, /* in one sweep; the next takes the rest */
	SWEEP_STEPS_MOST = 100000,
	MS = 1000,
};

/* What the sweep could not read is read by itself, since the list that it came
 * from may have been garbled. */
static void
look_again(struct modem *modem, const int *locations, size_t count)
{
	for (size_t i = 0; i < count && !modem->is_lost; i++)
		modem_read_again(modem, locations[i]);
}

static void
sweep_by_library(struct modem *modem)
{
	GSM_SMSMessage *sms = &modem->batch->SMS[0];
	int unreadable[UNREADABLE_MOST];
	size_t count = 0;
	gboolean is_start = TRUE;
	int last = 0;

	memset(sms, 0, sizeof(*sms));
	for (int i = 0; i < SWEEP_STEPS_MOST && !modem->is_lost; i++) {
		GSM_Error error;

		modem_tell_work(modem, WORK_SWEEP, (uint64_t)last);
		error = modem_message_believe(
		    GSM_GetNextSMS(modem->machine, modem->batch, is_start),
		    sms);

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
			modem_take(modem, last);
		else if (count < UNREADABLE_MOST)
			unreadable[count++] = last;
	}
	look_again(modem, unreadable, count);
}

/* Suspects that do not lie there any more are none. */
static void
look_for_suspects(struct modem *modem, const struct modem_places *places)
{
	for (size_t i = modem->suspects.count; i > 0; i--) {
		struct suspect *suspect = &modem->suspects.list[i - 1];

		suspect->is_there = 0;
		for (size_t k = 0; k < places->count; k++) {
			if (places->list[k].location == suspect->location)
				suspect->is_there = 1;
		}
		if (!suspect->is_there)
			modem_note_read_well(modem, (int)suspect->location);
	}
}

static void
read_places(struct modem *modem, const struct modem_places *places)
{
	for (size_t i = 0; i < places->count && !modem->is_lost; i++) {
		const struct modem_place *place = &places->list[i];

		if (modem_slot_find(modem, place->location) != NULL)
			continue;
		if (place->is_deadly)
			modem_take_by_bytes(modem, place->location, 0);
		else if (suspects_find(&modem->suspects, place->location) ==
		    NULL)
			modem_read_again(modem, place->location);
	}
}

static int
has_deadly(const struct modem_places *places)
{
	for (size_t i = 0; i < places->count; i++) {
		if (places->list[i].is_deadly)
			return (1);
	}
	return (0);
}

/* Without a list they are believed to lie where they were: taken by their bytes
 * before libGammu looks again.  1 when there are any. */
static int
expect_given_up(struct modem *modem)
{
	int are_any = 0;

	for (size_t i = 0; i < modem->suspects.count; i++) {
		struct suspect *suspect = &modem->suspects.list[i];

		if (suspect_is_given_up(suspect)) {
			suspect->is_there = 1;
			are_any = 1;
		}
	}
	if (are_any)
		modem_sweep_soon(modem);
	return (are_any);
}

/* 1 when libGammu may look by itself. */
static int
sweep_with_care(struct modem *modem)
{
	struct modem_places places;
	int is_listed = modem_raw_list(modem, &places);
	int is_safe = is_listed;

	if (is_listed) {
		look_for_suspects(modem, &places);
		is_safe = !modem->is_careful && modem->suspects.count == 0 &&
		    !has_deadly(&places);
		if (!is_safe)
			read_places(modem, &places);
		if (!modem->is_lost)
			modem->is_careful = 0;
		modem->was_scanned = 1;
	} else if (!modem->is_lost) {
		/* Some modems have no such list; nothing else would be read. */
		is_safe = !expect_given_up(modem);
	}
	free(places.list);
	return (is_safe && !modem->is_lost);
}

void
modem_sweep(struct modem *modem)
{
	modem->sweep_at_ms =
	    clock_monotonic_ms() + modem->arguments->sweep_s * MS;
	modem_flush(modem);
	if (modem->is_lost)
		return;
	if ((modem->was_scanned && !modem->is_careful &&
		modem->suspects.count == 0 && !modem_slots_are_raw(modem)) ||
	    sweep_with_care(modem))
		sweep_by_library(modem);
}
