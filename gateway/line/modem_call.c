#include <errno.h>
#include <sys/random.h>

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/line/modem.h"

enum {
	SILENCE_MS = 10000, /* phones ring every 3 to 6 s */
	LATE_MS = 2000, /* notices of a call that has just ended */
};

/* The ring of this number that is still going on, or a place for a new one. */
static struct modem_ring *
find_ring(
    struct modem *modem, const char *sender, int64_t now_ms, int *is_new_r)
{
	struct modem_ring *oldest = &modem->rings[0];

	for (size_t i = 0; i < MODEM_RINGS_KEPT; i++) {
		struct modem_ring *ring = &modem->rings[i];

		if (ring->over_at_ms > now_ms &&
		    strcmp(ring->sender, sender) == 0) {
			*is_new_r = 0;
			return (ring);
		}
		if (ring->over_at_ms < oldest->over_at_ms)
			oldest = ring;
	}
	*is_new_r = 1;
	return (oldest);
}

static void
note_end(struct modem *modem, int64_t now_ms)
{
	for (size_t i = 0; i < MODEM_RINGS_KEPT; i++) {
		struct modem_ring *ring = &modem->rings[i];

		ring->wants_hanging_up = 0;
		if (ring->over_at_ms > now_ms + LATE_MS)
			ring->over_at_ms = now_ms + LATE_MS;
	}
}

void
modem_note_call(GSM_StateMachine *machine, GSM_Call *call, void *data)
{
	struct modem *modem = data;
	int64_t now_ms = clock_monotonic_ms();
	char sender[PROTOCOL_SENDER_MAX_BYTES + 1];
	struct modem_ring *ring;
	int is_new;

	(void)machine;
	/* At the end of a call libGammu leaves the number unset. */
	if (call->Status == GSM_CALL_CallRemoteEnd ||
	    call->Status == GSM_CALL_CallLocalEnd ||
	    call->Status == GSM_CALL_CallEnd) {
		note_end(modem, now_ms);
		return;
	}
	if (call->Status != GSM_CALL_IncomingCall)
		return;
	modem_message_words(call->PhoneNumber, sizeof(call->PhoneNumber),
	    PROTOCOL_SENDER_MAX_BYTES, sender);
	ring = find_ring(modem, sender, now_ms, &is_new);
	if (is_new) {
		memcpy(ring->sender, sender, sizeof(sender));
		ring->wants_announcing = 1;
	}
	ring->wants_hanging_up = 1;
	ring->over_at_ms = now_ms + SILENCE_MS;
}

/* Two calls of one number differ in nothing that the network says. */
static uint64_t
new_token(void)
{
	uint64_t token = 0;

	while (getrandom(&token, sizeof(token), 0) != sizeof(token)) {
		if (errno != EINTR)
			abort();
	}
	return (token);
}

static void
announce(struct modem *modem, struct modem_ring *ring)
{
	struct line_message message = { .kind = LINE_ARRIVED };

	ring->wants_announcing = 0;
	message.arrived.kind = ARRIVAL_CALL;
	message.arrived.slot = ++modem->last_handle;
	message.arrived.token = new_token();
	message.arrived.join_reference = -1;
	message.arrived.part = 1;
	message.arrived.parts = 1;
	memcpy(message.arrived.sender, ring->sender, sizeof(ring->sender));
	modem_tell(modem, &message);
}

static void
hang_up(struct modem *modem)
{
	GSM_Error error;

	modem_settle(modem);
	if (modem->is_lost)
		return;
	error = GSM_CancelCall(modem->machine, 0, TRUE);
	if (error == ERR_NONE || modem_check(modem, error, "hang up"))
		return;
	/* libGammu believes from now on that it is hanging up and never would
	 * again. */
	log_info("cannot hang up: %s", GSM_ErrorName(error));
	modem_write_raw(modem, "ATH\r", SILENCE_MS / 10);
	modem_lose(modem, FOUND_SILENT, "a call could not be ended");
}

int
modem_handle_rings(struct modem *modem)
{
	int wants_hanging_up = 0;
	int is_any = 0;

	for (size_t i = 0; i < MODEM_RINGS_KEPT; i++) {
		wants_hanging_up |= modem->rings[i].wants_hanging_up;
		modem->rings[i].wants_hanging_up = 0;
		is_any |= modem->rings[i].wants_announcing;
	}
	if (wants_hanging_up)
		hang_up(modem);
	for (size_t i = 0; i < MODEM_RINGS_KEPT; i++) {
		if (modem->rings[i].wants_announcing)
			announce(modem, &modem->rings[i]);
	}
	return (is_any || wants_hanging_up);
}
