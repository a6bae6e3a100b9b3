#include "gateway/hub/departures.h"

#include <inttypes.h>

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/hub/children.h"
#include "gateway/hub/fail_over.h"
#include "gateway/hub/gate.h"
#include "gateway/hub/spelling.h"
#include "gateway/hub/spending.h"
#include "gateway/hub/unsent.h"
#include "gateway/text/segments.h"

/* Texts noted for a line in this round: they count against its window. */
static size_t
noted_for(const struct hub *hub, size_t child)
{
	size_t count = 0;

	for (size_t i = 0; i < hub->after_count; i++) {
		if (hub->after[i].child == child && hub->after[i].id.row != 0)
			count++;
	}
	return (count);
}

static size_t
room_of(const struct hub *hub, size_t index)
{
	const struct child *child = &hub->children[index];
	size_t used, room;

	if (!child_can_send(child))
		return (0);
	used = child->in_flight_count + noted_for(hub, index);
	room = pace_room(&child->caps.pace, clock_monotonic_ms());
	if (used >= (size_t)child->window)
		return (0);
	return (room < (size_t)child->window - used
		? room
		: (size_t)child->window - used);
}

struct after *
departures_note(struct hub *hub, size_t child)
{
	struct after *after;

	if (hub->after_count >= AFTER_MOST)
		abort();
	after = &hub->after[hub->after_count++];
	*after = (struct after){
		.child = child,
		.generation = hub->children[child].generation,
	};
	return (after);
}

static void
note_send(struct hub *hub, size_t child, const struct outbox_row *row)
{
	struct after *after = departures_note(hub, child);

	after->id = row->id;
	after->to = row->number;
	after->reference = row->reference;
	after->first_part = row->first_part;
	after->text = memory_copy(text_string(&row->text));
}

void
departures_note_release(struct hub *hub, const struct batch_item *item)
{
	struct after *after;

	if (item->arrival.slot == 0)
		return;
	after = departures_note(hub, item->child);
	after->generation = item->generation;
	after->is_release = 1;
	after->slot = item->arrival.slot;
}

/* Whether a text would overtake others.  What waits for later (a retry, a safe
 * hour) holds up nobody but its own caller. */
MUST_USE static enum outcome
find_queue(struct hub *hub, const struct departure *departure)
{
	const struct child *child = &hub->children[departure->child];

	if (!child->has_backlog)
		return (NOTHING);
	if (child->backlog_utc_s <= departure->now_utc_s)
		return (DONE);
	return (outbox_find_waiting(
	    hub->store, child->line->name, departure->caller));
}

/* DONE when a text need not wait: neither for others, nor for its line, nor for
 * a cap; else NOTHING. */
MUST_USE static enum outcome
may_leave(struct hub *hub, const struct departure *departure,
    const struct cap_text *size)
{
	int64_t until_utc_s;
	enum outcome queued = find_queue(hub, departure);

	if (queued != NOTHING)
		return (queued == DONE ? NOTHING : queued);
	if (room_of(hub, departure->child) == 0)
		return (NOTHING);
	return (spending_ask(
	    hub, departure->child, size, departure->now_utc_s, &until_utc_s));
}

static struct cap_text
size_of(const char *text, enum outbox_need need)
{
	enum alphabet alphabet;
	unsigned units;

	return ((struct cap_text){
	    need, (int)segments_count(text, &alphabet, &units) });
}

enum outcome
departures_add(struct hub *hub, const struct departure *departure)
{
	struct child *child = &hub->children[departure->child];
	struct cap_text size = size_of(departure->text, departure->need);
	enum outcome leaves = may_leave(hub, departure, &size);
	int now = leaves == DONE;
	struct outgoing outgoing = {
		.kind = departure->kind,
		.need = departure->need,
		.line = child->line->name,
		.caller = departure->caller,
		.number = departure->keep_number ? departure->number : NULL,
		.text = departure->text,
		.journal = departure->journal,
		.now_utc_s = departure->now_utc_s,
	};
	struct outbox_id id;
	struct after *after;
	enum outcome outcome;

	if (leaves != DONE && leaves != NOTHING)
		return (leaves);
	outcome = outbox_add(
	    hub->store, &outgoing, now ? OUTBOX_SENDING : OUTBOX_QUEUED, &id);
	if (outcome != DONE)
		return (outcome);
	if (!now) {
		child->has_backlog = 1;
		child->backlog_utc_s = 0;
		return (DONE);
	}
	after = departures_note(hub, departure->child);
	after->id = id;
	after->to = *departure->number;
	after->reference = outbox_reference(id);
	after->first_part = 1;
	after->text = memory_copy(departure->text);
	return (
	    spending_note(hub, departure->child, &size, departure->now_utc_s));
}

void
departures_expect(struct hub *hub)
{
	for (size_t i = 0; i < hub->child_count; i++) {
		hub->children[i].has_backlog = 1;
		hub->children[i].backlog_utc_s = 0;
	}
}

enum outcome
departures_look(struct hub *hub)
{
	for (size_t i = 0; i < hub->child_count; i++) {
		struct child *child = &hub->children[i];
		int64_t due_utc_s;
		enum outcome outcome =
		    outbox_next_due(hub->store, child->line->name, &due_utc_s);

		if (outcome != DONE && outcome != NOTHING)
			return (outcome);
		if (outcome == NOTHING ||
		    (child->has_backlog && child->backlog_utc_s <= due_utc_s))
			continue;
		child->has_backlog = 1;
		child->backlog_utc_s = due_utc_s;
	}
	return (DONE);
}

/* -- results ---------------------------------------------------------------- */

MUST_USE static enum outcome
settle_returned(struct hub *hub, const struct result *result, int64_t now_utc_s)
{
	enum outcome outcome = spending_take_back(hub, result->id, now_utc_s);

	return (
	    outcome == DONE ? outbox_return(hub->store, result->id) : outcome);
}

MUST_USE static enum outcome
settle_failed(struct hub *hub, const struct result *result, int64_t now_utc_s)
{
	enum outcome outcome = spending_take_back(hub, result->id, now_utc_s);

	if (outcome == DONE)
		outcome = outbox_failed(
		    hub->store, result->id, result->how, now_utc_s);
	if (outcome != DONE)
		return (outcome);
	outcome = gate_note_failed(hub, result->id, now_utc_s);
	return (outcome == NOTHING ? unsent_note(hub, result->id, now_utc_s)
				   : outcome);
}

MUST_USE static enum outcome
settle_unsure(struct hub *hub, const struct result *result, int64_t now_utc_s)
{
	enum outcome outcome = outbox_unsure(hub->store, result->id, now_utc_s);

	return (outcome == DONE ? unsent_note(hub, result->id, now_utc_s)
				: outcome);
}

MUST_USE static enum outcome
settle(struct hub *hub, const struct result *result, int64_t now_utc_s)
{
	switch (result->kind) {
	case LINE_PART_SENT:
		return (outbox_part_sent(
		    hub->store, result->id, (int)result->part));
	case LINE_SENT:
		return (outbox_sent(hub->store, result->id, now_utc_s));
	case LINE_FAILED:
		return (settle_failed(hub, result, now_utc_s));
	case LINE_UNSURE:
		return (settle_unsure(hub, result, now_utc_s));
	case LINE_REPORTED:
		return (outbox_reported(hub->store, result->id,
		    hub->children[result->child].line->name,
		    result->how == DONE));
	case HUB_SEND:
		return (settle_returned(hub, result, now_utc_s));
	case LINE_HELLO:
	case LINE_ARRIVED:
	case LINE_HEALTH:
	case LINE_WORKS:
	case LINE_RETURNED:
	case LINE_DIALLED:
	case LINE_PUSHED:
	case HUB_RELEASE:
	case HUB_DIAL:
	case HUB_STOP:
	case HUB_PAGE:
	case HUB_UNLOCK:
		break;
	}
	return (BROKEN);
}

/* After a text's end others may be due: it itself, when it comes back, and what
 * waited for it. */
static void
note_ended(struct hub *hub, enum line_message_kind kind)
{
	int comes_back =
	    kind == LINE_FAILED || kind == LINE_UNSURE || kind == HUB_SEND;

	for (size_t i = 0; i < hub->child_count; i++) {
		struct child *child = &hub->children[i];

		if (!comes_back && !child->is_blocked)
			continue;
		child->has_backlog = 1;
		child->backlog_utc_s = 0;
	}
}

enum outcome
departures_settle(struct hub *hub, int64_t now_utc_s)
{
	for (size_t i = 0; i < hub->result_count; i++) {
		enum outcome outcome = settle(hub, &hub->results[i], now_utc_s);

		/* NOTHING: it was settled before, or erased by FORGET. */
		if (outcome != DONE && outcome != NOTHING)
			return (outcome);
		if (hub->results[i].kind != LINE_PART_SENT &&
		    hub->results[i].kind != LINE_REPORTED)
			note_ended(hub, hub->results[i].kind);
	}
	return (DONE);
}

/* -- the queue -------------------------------------------------------------- */

MUST_USE static enum outcome
hand_over(
    struct hub *hub, size_t child, struct outbox_row *row, int64_t now_utc_s)
{
	struct number own = row->number;
	struct cap_text size = { row->need, row->parts - row->first_part + 1 };
	int64_t until_utc_s;
	enum outcome outcome =
	    spending_ask(hub, child, &size, now_utc_s, &until_utc_s);

	if (outcome == NOTHING)
		return (outbox_cap_one(hub->store, row->id, until_utc_s));
	if (outcome == DONE)
		outcome = gate_pass(hub, row, now_utc_s);
	/* A safer phone than the caller's own may know another line. */
	if (outcome == DONE && strcmp(own.e164, row->number.e164) != 0)
		outcome = fail_over_route(hub, child, row);
	if (outcome == DONE)
		outcome = spelling_fit(hub, row);
	if (outcome == DONE)
		outcome = spending_note(hub, child, &size, now_utc_s);
	if (outcome == DONE)
		note_send(hub, child, row);
	return (outcome == NOTHING ? DONE : outcome);
}

/* Nothing more is due now: when will it be?  What waits for an earlier text of
 * its caller is due when that has ended. */
MUST_USE static enum outcome
find_next_due(struct hub *hub, struct child *child)
{
	enum outcome outcome = outbox_next_due(
	    hub->store, child->line->name, &child->backlog_utc_s);

	child->has_backlog = outcome == DONE;
	child->is_blocked = 0;
	if (outcome != NOTHING)
		return (outcome);
	outcome = outbox_find_queued(hub->store, child->line->name);
	child->is_blocked = outcome == DONE;
	return (outcome == NOTHING ? DONE : outcome);
}

MUST_USE static enum outcome
take_for(struct hub *hub, size_t index, int64_t now_utc_s)
{
	struct child *child = &hub->children[index];
	struct outbox_row rows[BATCH_MOST] = { 0 };
	size_t room = room_of(hub, index);
	struct outbox_turn turn = {
		.line = child->line->name,
		.now_utc_s = now_utc_s,
		.most = room < BATCH_MOST ? room : BATCH_MOST,
		.turn = child->turn,
		.served = &child->served,
	};
	size_t count = 0;
	enum outcome outcome;

	if (turn.most > AFTER_MOST - hub->after_count)
		turn.most = AFTER_MOST - hub->after_count;
	if (turn.most == 0)
		return (DONE);
	outcome = spending_hold(hub, index, now_utc_s);
	if (outcome == DONE)
		outcome = outbox_take(hub->store, &turn, rows, &count);
	child->turn += (unsigned)count;
	for (size_t i = 0; i < count; i++) {
		if (outcome == DONE)
			outcome = hand_over(hub, index, &rows[i], now_utc_s);
		outbox_row_free(&rows[i]);
	}
	/* These may have reached a cap, which is told at once. */
	if (outcome == DONE && count > 0)
		outcome = spending_hold(hub, index, now_utc_s);
	if (outcome != DONE || count == turn.most)
		return (outcome);
	return (find_next_due(hub, child));
}

enum outcome
departures_take(struct hub *hub, int64_t now_utc_s)
{
	for (size_t i = 0; i < hub->child_count; i++) {
		struct child *child = &hub->children[i];
		enum outcome outcome;

		if (!child->has_backlog || child->backlog_utc_s > now_utc_s)
			continue;
		outcome = take_for(hub, i, now_utc_s);
		if (outcome != DONE)
			return (outcome);
	}
	return (DONE);
}

/* -- after the commit ------------------------------------------------------- */

static void
say(struct hub *hub, const struct after *after, int64_t now_ms)
{
	static struct line_message message;
	struct child *child = &hub->children[after->child];

	/* The line of that time is gone: its slots with it, and the text never
	 * left the hub. */
	if (child->generation != after->generation || child->socket < 0) {
		if (after->id.row != 0 && hub->result_count < RESULTS_MOST)
			hub->results[hub->result_count++] = (struct result){
				.kind = HUB_SEND,
				.id = after->id,
			};
		return;
	}
	if (after->is_release) {
		message.kind = HUB_RELEASE;
		message.arrived.slot = after->slot;
	} else if (after->dialogue != 0) {
		message.kind = HUB_PAGE;
		message.id = after->dialogue;
		message.is_last = after->is_last;
		snprintf(message.text, sizeof(message.text), "%s", after->text);
		snprintf(message.closing, sizeof(message.closing), "%s",
		    after->closing);
	} else {
		message.kind = HUB_SEND;
		message.id = (uint64_t)after->id.row;
		snprintf(message.to, sizeof(message.to), "%s", after->to.e164);
		message.reference = after->reference;
		message.first_part = after->first_part;
		snprintf(message.text, sizeof(message.text), "%s", after->text);
		child_note_handed(child, after->id, now_ms);
	}
	child_queue(child, &message);
}

void
departures_release_and_send(struct hub *hub, int64_t now_ms)
{
	for (size_t i = 0; i < hub->after_count; i++)
		say(hub, &hub->after[i], now_ms);
	for (size_t i = 0; i < hub->child_count; i++) {
		if (hub->children[i].waiting_count > 0)
			child_flush(&hub->children[i]);
	}
	departures_forget(hub);
}

void
departures_forget(struct hub *hub)
{
	departures_return_to(hub, 0);
}

size_t
departures_mark(const struct hub *hub)
{
	return (hub->after_count);
}

void
departures_return_to(struct hub *hub, size_t mark)
{
	while (hub->after_count > mark) {
		struct after *after = &hub->after[--hub->after_count];

		if (after->text != NULL)
			explicit_bzero(after->text, strlen(after->text));
		free(after->text);
		free(after->closing);
	}
}
