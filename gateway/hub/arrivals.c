#include "gateway/hub/arrivals.h"

#include <inttypes.h>

#include "gateway/base/log.h"
#include "gateway/base/marked_words.h"
#include "gateway/base/retry.h"
#include "gateway/hub/apply.h"
#include "gateway/hub/children.h"
#include "gateway/hub/departures.h"
#include "gateway/hub/guards.h"
#include "gateway/hub/missed_calls.h"
#include "gateway/text/number.h"
#include "store/guards.h"

enum {
	TEND_MOST = 16, /* waiting rows of one round */
	AGAIN_S = 1, /* grows by this with each try of a row that failed */
};

/* On the list of what stands aside for a person. */
#define CALL_BACK  WORDS("rang: to be called back")
#define UNREADABLE WORDS("cannot be read; its bytes are kept")
#define NOT_HAD    WORDS("is in the modem and cannot be had")

static const char *
kind_name(enum arrival_kind kind)
{
	static const char *const names[] = {
		[ARRIVAL_SMS] = "sms",
		[ARRIVAL_CALL] = "call",
		[ARRIVAL_BINARY] = "binary",
		[ARRIVAL_DIALLED] = "dialled",
		[ARRIVAL_TYPED] = "typed",
		[ARRIVAL_UNREADABLE] = "binary",
	};

	return (names[kind]);
}

/* An arrival with what its sender is. */
struct sorted {
	const struct batch_item *item;
	const struct line_settings *line;
	enum sender_kind sender_kind;
	struct number number;
	struct caller_key caller;
	struct journal_entry entry;
	int may_answer;
	int is_own; /* it came from one of our lines */
	int rang_again;
	const char *aside; /* why a person has to see to it, or NULL */
};

static void
sort(struct hub *hub, const struct batch_item *item, int64_t now_utc_s,
    struct sorted *sorted_r)
{
	const struct arrival *arrival = &item->arrival;
	const struct line_settings *line = hub->children[item->child].line;
	int is_number;

	sorted_r->item = item;
	sorted_r->is_own = 0;
	sorted_r->rang_again = 0;
	sorted_r->aside = NULL;
	if (arrival->kind == ARRIVAL_UNREADABLE)
		sorted_r->aside =
		    arrival->text[0] != '\0' ? UNREADABLE : NOT_HAD;
	sorted_r->line = line;
	sorted_r->sender_kind =
	    number_read(arrival->sender, line->country, &sorted_r->number);
	is_number = sorted_r->sender_kind == SENDER_NUMBER;
	if (is_number)
		seal_caller_key(
		    hub->box_key, &sorted_r->number, &sorted_r->caller);
	/* Two helplines on one box, or a SIM that texts itself, fall silent. */
	if (is_number)
		sorted_r->is_own = children_are_at(hub, &sorted_r->number);
	sorted_r->may_answer = is_number && !sorted_r->is_own &&
	    arrival->kind != ARRIVAL_BINARY &&
	    arrival->kind != ARRIVAL_UNREADABLE;
	sorted_r->entry = (struct journal_entry){
		.line = line->name,
		.kind = kind_name(arrival->kind),
		.sender_kind = sender_kind_name(sorted_r->sender_kind),
		.caller = is_number ? &sorted_r->caller : NULL,
		.number = is_number ? sorted_r->number.e164 : arrival->sender,
		.network_utc_s = arrival->network_utc_s,
		.arrived_utc_s = now_utc_s,
		.token = arrival->token,
		.is_again = (int)arrival->is_again,
		.join_reference =
		    arrival->parts > 1 ? arrival->join_reference : -1,
		.join_bits = arrival->join_bits,
		.part = arrival->part,
		.parts = arrival->parts,
		.text = arrival->text,
	};
}

/* What the line makes of a ring. */
static void
sort_call(struct hub *hub, struct sorted *sorted, int64_t now_utc_s)
{
	const struct batch_item *item = sorted->item;
	enum missed_call call = missed_calls_sort(hub, item->child,
	    sorted->entry.caller, item->arrival.token, now_utc_s);

	sorted->rang_again = call == MISSED_AGAIN && sorted->may_answer;
	if (call == MISSED_IGNORE || call == MISSED_AGAIN)
		sorted->may_answer = 0;
	if (call == MISSED_LIST && sorted->may_answer)
		sorted->aside = CALL_BACK;
}

/* Why it gets no answer: counted for who looks after the lines. */
MUST_USE static enum outcome
note_ignored(struct hub *hub, const struct sorted *sorted)
{
	static const enum guard_event events[] = {
		[SENDER_NUMBER] = GUARD_EVENTS,
		[SENDER_SHORT] = GUARD_SHORT_CODE,
		[SENDER_NAME] = GUARD_NAME,
		[SENDER_HIDDEN] = GUARD_HIDDEN,
		[SENDER_ODD] = GUARD_HIDDEN,
	};
	enum guard_event event = events[sorted->sender_kind];

	if (sorted->is_own)
		event = GUARD_OWN_NUMBER;
	else if (sorted->rang_again)
		event = GUARD_RANG_AGAIN;
	return (event == GUARD_EVENTS ? DONE : guards_note(hub->store, event));
}

static enum journal_state
first_state(const struct hub *hub, const struct sorted *sorted)
{
	if (sorted->aside != NULL)
		return (JOURNAL_WAITING);
	if (!sorted->may_answer)
		return (JOURNAL_IGNORED);
	if (sorted->item->arrival.parts > 1)
		return (JOURNAL_PART);
	return (hub->careful > 0 ? JOURNAL_WAITING : JOURNAL_HANDLED);
}

/* -- handling --------------------------------------------------------------- */

static size_t
child_of_line(const struct hub *hub, const char *name)
{
	for (size_t i = 0; i < hub->child_count; i++) {
		if (strcmp(hub->children[i].line->name, name) == 0)
			return (i);
	}
	return (SIZE_MAX);
}

/* What becomes of a row that was WAITING while its message was handled. */
MUST_USE static enum outcome
end_row(struct hub *hub, struct journal_id id, enum message_fate fate)
{
	enum outcome outcome;

	if (fate == FATE_LISTED_SPENT || fate == FATE_LISTED_SAME)
		return (journal_set_aside(hub->store, id, guards_cause(fate)));
	outcome = journal_move(hub->store, id, JOURNAL_WAITING,
	    fate == FATE_WITHHELD ? JOURNAL_IGNORED : JOURNAL_HANDLED);
	/* FORGET ends all rows of its caller, its own among them. */
	return (outcome == NOTHING ? DONE : outcome);
}

/* A journal row that is whole and ours: handled, and moved to HANDLED. */
MUST_USE static enum outcome
handle_row(struct hub *hub, const struct journal_row *row, int64_t now_utc_s)
{
	struct guard_count guard;
	enum message_fate fate;
	struct message message = {
		.child = child_of_line(hub, text_string(&row->line)),
		.is_call = strcmp(text_string(&row->kind), "call") == 0,
		.is_dialled = strcmp(text_string(&row->kind), "dialled") == 0,
		.dialogue = pages_recall(hub, row->id),
		.text = text_string(&row->text),
		.journal = row->id,
		.now_utc_s = now_utc_s,
		.guard = &guard,
	};
	enum outcome outcome;

	/* It could not be put there when it rang. */
	if (message.is_call && message.child != SIZE_MAX &&
	    missed_calls_are_listed(hub->children[message.child].line))
		return (journal_set_aside(hub->store, row->id, CALL_BACK));
	/* The line was taken out of the configuration meanwhile. */
	if (message.child == SIZE_MAX ||
	    number_read(text_string(&row->number), "", &message.number) !=
		SENDER_NUMBER)
		return (REFUSED);
	seal_caller_key(hub->box_key, &message.number, &message.caller);
	outcome = guards_load(hub, &message.caller, &guard);
	if (outcome == DONE)
		outcome = apply_message(hub, &message, &fate);
	return (outcome == DONE ? end_row(hub, row->id, fate) : outcome);
}

MUST_USE static enum outcome
handle_part(struct hub *hub, struct journal_id part, int64_t now_utc_s)
{
	struct journal_row whole = { 0 };
	enum outcome outcome = journal_join(hub->store, part, &whole);

	/* In careful times the whole text waits for its own commit. */
	if (outcome == DONE && hub->careful == 0)
		outcome = handle_row(hub, &whole, now_utc_s);
	journal_row_free(&whole);
	return (outcome == NOTHING ? DONE : outcome);
}

static struct dialogue_place
dialogue_of(const struct batch_item *item)
{
	return ((struct dialogue_place){
	    item->child, item->generation, item->arrival.dialogue });
}

/* What a line on USSD needs besides: the caller waits with the phone in their
 * hand. */
static void
note_dialogue(
    struct hub *hub, const struct sorted *sorted, struct journal_id journal)
{
	struct dialogue_place place = dialogue_of(sorted->item);

	if (place.id == 0)
		return;
	if (sorted->may_answer)
		pages_remember(hub, journal, &place);
	else
		pages_note_no_number(hub, &place, sorted->line->language);
}

/* DONE, or NOTHING: it is known already. */
MUST_USE static enum outcome
add_row(struct hub *hub, const struct sorted *sorted, enum journal_state state,
    struct journal_id *id_r)
{
	enum outcome outcome =
	    journal_add(hub->store, &sorted->entry, state, id_r);

	if (outcome == DONE || outcome == NOTHING)
		log_info("journal=%" PRId64 " line=%s: %s", id_r->row,
		    sorted->line->name,
		    outcome == DONE ? journal_state_name(state)
				    : "known already");
	return (outcome);
}

/* Handled at once; its text is kept meanwhile where it may get no answer. */
MUST_USE static enum outcome
handle_whole(
    struct hub *hub, const struct sorted *sorted, struct message *message)
{
	struct guard_count guard;
	enum message_fate fate;
	int is_watched;
	enum outcome outcome = guards_load(hub, &message->caller, &guard);

	if (outcome != DONE)
		return (outcome);
	message->guard = &guard;
	is_watched = guards_watch(hub, &guard, message->now_utc_s);
	outcome = add_row(hub, sorted,
	    is_watched ? JOURNAL_WAITING : JOURNAL_HANDLED, &message->journal);
	if (outcome != DONE)
		return (outcome == NOTHING ? DONE : outcome);
	outcome = apply_message(hub, message, &fate);
	if (outcome != DONE || !is_watched)
		return (outcome);
	return (end_row(hub, message->journal, fate));
}

MUST_USE static enum outcome
handle_new(struct hub *hub, const struct sorted *sorted,
    enum journal_state state, int64_t now_utc_s)
{
	struct message message = {
		.child = sorted->item->child,
		.number = sorted->number,
		.caller = sorted->caller,
		.is_call = sorted->item->arrival.kind == ARRIVAL_CALL,
		.is_dialled = sorted->item->arrival.kind == ARRIVAL_DIALLED,
		.dialogue = dialogue_of(sorted->item),
		.text = sorted->item->arrival.text,
		.now_utc_s = now_utc_s,
	};
	enum outcome outcome;

	if (state == JOURNAL_HANDLED)
		return (handle_whole(hub, sorted, &message));
	outcome = add_row(hub, sorted, state, &message.journal);
	if (outcome != DONE)
		return (outcome == NOTHING ? DONE : outcome);
	if (sorted->aside != NULL)
		return (journal_set_aside(
		    hub->store, message.journal, sorted->aside));
	note_dialogue(hub, sorted, message.journal);
	if (state == JOURNAL_IGNORED)
		return (note_ignored(hub, sorted));
	if (state == JOURNAL_PART)
		return (handle_part(hub, message.journal, now_utc_s));
	return (DONE);
}

/* What failed under its savepoint is kept as it came, to be tried again. */
MUST_USE static enum outcome
keep_for_later(struct hub *hub, const struct sorted *sorted)
{
	struct journal_id id;
	enum outcome outcome = journal_add(hub->store, &sorted->entry,
	    sorted->item->arrival.parts > 1 ? JOURNAL_PART : JOURNAL_WAITING,
	    &id);

	if (outcome == DONE)
		note_dialogue(hub, sorted, id);
	if (outcome == DONE)
		log_warning("journal=%" PRId64 " line=%s: could not be"
			    " handled; kept to be tried again",
		    id.row, sorted->line->name);
	return (outcome == NOTHING ? DONE : outcome);
}

MUST_USE static enum outcome
take_one(struct hub *hub, const struct batch_item *item, int64_t now_utc_s)
{
	struct sorted sorted;
	enum journal_state state;
	size_t mark = departures_mark(hub);
	enum outcome outcome;

	sort(hub, item, now_utc_s, &sorted);
	if (item->arrival.kind == ARRIVAL_CALL)
		sort_call(hub, &sorted, now_utc_s);
	state = first_state(hub, &sorted);
	outcome = hub->has_savepoints ? store_savepoint(hub->store) : DONE;
	if (outcome != DONE)
		return (outcome);
	outcome = handle_new(hub, &sorted, state, now_utc_s);
	if (outcome != DONE && outcome != TRY_LATER && !hub->has_savepoints) {
		hub->has_savepoints = 1;
		return (UNSURE);
	}
	if (outcome == DONE && hub->has_savepoints) {
		outcome = store_savepoint_release(hub->store);
	} else if (outcome != DONE && outcome != TRY_LATER) {
		store_savepoint_rollback(hub->store);
		departures_return_to(hub, mark);
		outcome = keep_for_later(hub, &sorted);
		hub->journal_due_utc_s = now_utc_s;
	}
	if (outcome == DONE)
		departures_note_release(hub, item);
	return (outcome);
}

enum outcome
arrivals_take(struct hub *hub, int64_t now_utc_s)
{
	for (size_t i = 0; i < hub->batch_count; i++) {
		enum outcome outcome = take_one(hub, &hub->batch[i], now_utc_s);

		if (outcome == UNSURE)
			return (UNSURE);
		if (outcome != DONE)
			return (outcome == TRY_LATER ? TRY_LATER : BROKEN);
		if (hub->batch[i].arrival.parts > 1 || hub->careful > 0)
			hub->journal_due_utc_s = now_utc_s;
	}
	return (DONE);
}

/* -- what waits ------------------------------------------------------------- */

/* Counts the try in a commit of its own, before it is made. */
MUST_USE static enum outcome
count_try(struct hub *hub, const struct journal_row *row, int64_t now_utc_s,
    int *tries_r)
{
	int64_t pause_s = AGAIN_S * (row->tries + 1);
	enum outcome outcome = store_begin(hub->store);

	if (outcome != DONE)
		return (outcome);
	outcome = journal_count_try(
	    hub->store, row->id, now_utc_s + pause_s, tries_r);
	if (outcome == DONE && *tries_r > JOURNAL_TRIES_MOST) {
		log_err("journal=%" PRId64 ": set aside for a person after %d"
			" tries",
		    row->id.row, JOURNAL_TRIES_MOST);
		outcome = journal_set_aside(
		    hub->store, row->id, WORDS("could not be handled"));
	}
	if (outcome == DONE)
		outcome = store_commit(hub->store);
	if (outcome != DONE)
		store_rollback(hub->store);
	return (outcome);
}

MUST_USE static enum outcome
try_row(struct hub *hub, const struct journal_row *row, int64_t now_utc_s)
{
	size_t mark = departures_mark(hub);
	int tries = 0;
	enum outcome outcome = count_try(hub, row, now_utc_s, &tries);

	if (outcome != DONE)
		return (outcome == TRY_LATER ? TRY_LATER : DONE);
	if (tries > JOURNAL_TRIES_MOST)
		return (DONE);
	outcome = store_begin(hub->store);
	if (outcome == DONE)
		outcome = handle_row(hub, row, now_utc_s);
	if (outcome == DONE)
		outcome = store_commit(hub->store);
	if (outcome == DONE)
		return (DONE);
	store_rollback(hub->store);
	departures_return_to(hub, mark);
	log_warning("journal=%" PRId64 ": try %d failed (%s)", row->id.row,
	    tries, outcome_name(outcome));
	return (outcome == TRY_LATER ? TRY_LATER : DONE);
}

MUST_USE static enum outcome
join_late(struct hub *hub, int64_t now_utc_s)
{
	struct journal_row whole = { 0 };
	enum outcome outcome = store_begin(hub->store);

	if (outcome == DONE)
		outcome = journal_join_late(
		    hub->store, now_utc_s, hub->settings.parts_wait_s, &whole);
	if (outcome == DONE)
		log_notice("journal=%" PRId64 ": goes on without all its parts",
		    whole.id.row);
	journal_row_free(&whole);
	if (outcome == DONE)
		return (store_commit(hub->store));
	store_rollback(hub->store);
	return (outcome);
}

enum outcome
arrivals_tend(struct hub *hub, int64_t now_utc_s)
{
	enum outcome outcome = DONE;

	if (hub->journal_due_utc_s < 0 || hub->journal_due_utc_s > now_utc_s)
		return (DONE);
	for (int i = 0; i < TEND_MOST && outcome == DONE; i++)
		outcome = join_late(hub, now_utc_s);
	if (outcome == TRY_LATER)
		return (TRY_LATER);
	for (int i = 0; i < TEND_MOST; i++) {
		struct journal_row row = { 0 };

		outcome = journal_next_waiting(hub->store, now_utc_s, &row);
		if (outcome == DONE)
			outcome = try_row(hub, &row, now_utc_s);
		journal_row_free(&row);
		if (outcome != DONE)
			break;
	}
	if (outcome == TRY_LATER)
		return (TRY_LATER);
	outcome = journal_next_due(
	    hub->store, hub->settings.parts_wait_s, &hub->journal_due_utc_s);
	if (outcome == NOTHING)
		hub->journal_due_utc_s = -1;
	return (outcome == NOTHING ? DONE : outcome);
}
