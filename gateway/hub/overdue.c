#include "gateway/hub/overdue.h"

#include <inttypes.h>

#include "gateway/base/log.h"
#include "store/outbox.h"
#include "store/requests.h"

enum { LOOK_S = 3600, MOST = 64 /* of one round */ };

MUST_USE static enum outcome
give_back(struct hub *hub, const struct outbox_overdue *text, int64_t now_utc_s)
{
	struct request_id request = { text->request };
	enum outcome outcome = outbox_expire(hub->store, text->id, now_utc_s);

	if (outcome == DONE)
		outcome = requests_note_unsent(hub->store, request, now_utc_s);
	if (outcome == DONE)
		log_notice("outbox=%" PRId64 ": waited too long: not sent",
		    text->id.row);
	/* Its case has ended without a caller: nobody is to be told. */
	return (outcome == NOTHING ? DONE : outcome);
}

enum outcome
overdue_tend(struct hub *hub, int64_t now_utc_s)
{
	int64_t held_s = hub->settings.contact.held_s;
	struct outbox_overdue text;
	enum outcome outcome = DONE;
	int64_t oldest_utc_s;

	if (held_s == 0 || hub->overdue_utc_s > now_utc_s)
		return (DONE);
	for (int i = 0; i < MOST && outcome == DONE; i++) {
		outcome =
		    outbox_find_overdue(hub->store, now_utc_s - held_s, &text);
		if (outcome == DONE)
			outcome = give_back(hub, &text, now_utc_s);
	}
	if (outcome == NOTHING)
		outcome = outbox_oldest_reply(hub->store, &oldest_utc_s);
	if (outcome != DONE && outcome != NOTHING)
		return (outcome);
	/* What is added later is due later than that. */
	hub->overdue_utc_s = now_utc_s + LOOK_S;
	if (outcome == DONE && oldest_utc_s + held_s < hub->overdue_utc_s)
		hub->overdue_utc_s = oldest_utc_s + held_s;
	return (DONE);
}
