#include "gateway/hub/stale.h"

#include <inttypes.h>

#include "gateway/base/clock.h"
#include "gateway/base/log.h"

enum { HOUR_S = 3600 };

#define STALE_KIND  "unsent"
#define STALE_CAUSE "an answer could not be sent in time"

/* For a person: whom it was for and what it said. */
MUST_USE static enum outcome
set_aside(struct hub *hub, const struct outbox_row *row, int64_t added_utc_s)
{
	const struct journal_entry entry = {
		.line = row->line,
		.kind = STALE_KIND,
		.sender_kind = "number",
		.caller = &row->caller,
		.number = row->number.e164,
		.network_utc_s = added_utc_s,
		.arrived_utc_s = added_utc_s,
		.token = (uint64_t)row->id.row,
		.join_reference = -1,
		.part = 1,
		.parts = 1,
		.text = text_string(&row->text),
	};
	struct journal_id id;
	enum outcome outcome;

	if (row->number.e164[0] == '\0')
		return (DONE);
	outcome = journal_find_aside(hub->store, &row->caller, STALE_KIND);
	if (outcome != NOTHING)
		return (outcome);
	outcome = journal_add(hub->store, &entry, JOURNAL_WAITING, &id);
	if (outcome == DONE)
		outcome = journal_set_aside(hub->store, id, STALE_CAUSE);
	return (outcome == NOTHING ? DONE : outcome);
}

/* DONE: one more is given up; NOTHING: no more are stale. */
MUST_USE static enum outcome
give_up_one(struct hub *hub, int64_t now_utc_s)
{
	int64_t before_utc_s = now_utc_s - hub->settings.stale_after_h * HOUR_S;
	struct outbox_row row;
	int64_t added_utc_s;
	enum outcome outcome =
	    outbox_next_stale(hub->store, before_utc_s, &row, &added_utc_s);

	if (outcome != DONE)
		return (outcome);
	outcome = outbox_end_stale(hub->store, row.id, now_utc_s);
	if (outcome == DONE)
		outcome = set_aside(hub, &row, added_utc_s);
	log_notice("outbox=%" PRId64 " line=%s: too old to be sent", row.id.row,
	    row.line);
	outbox_row_free(&row);
	return (outcome == NOTHING ? BROKEN : outcome);
}

enum outcome
stale_tend(struct hub *hub, int64_t now_utc_s)
{
	int64_t now_ms = clock_monotonic_ms();
	struct outbox_row row;
	int64_t added_utc_s;
	enum outcome outcome;

	if (now_ms < hub->stale_ms)
		return (DONE);
	hub->stale_ms = now_ms + STALE_LOOK_MS;
	outcome = outbox_next_stale(hub->store,
	    now_utc_s - hub->settings.stale_after_h * HOUR_S, &row,
	    &added_utc_s);
	if (outcome != DONE)
		return (outcome == NOTHING ? DONE : outcome);
	outbox_row_free(&row);
	outcome = store_begin(hub->store);
	for (int i = 0; i < STALE_MOST && outcome == DONE; i++)
		outcome = give_up_one(hub, now_utc_s);
	if (outcome == DONE)
		hub->stale_ms = now_ms; /* there may be more */
	if (outcome == NOTHING || outcome == DONE)
		outcome = store_commit(hub->store);
	if (outcome != DONE)
		store_rollback(hub->store);
	return (outcome);
}
