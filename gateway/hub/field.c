#include "gateway/hub/field.h"

#include <inttypes.h>

#include "gateway/base/log.h"
#include "gateway/base/marked_words.h"
#include "gateway/hub/departures.h"
#include "gateway/hub/field_words.h"
#include "store/audit.h"
#include "store/staff.h"

MUST_USE static enum outcome
note_locked(struct hub *hub, const struct staff *staff, int64_t now_utc_s)
{
	struct audit_entry entry = {
		.at_utc_s = now_utc_s,
		.what = WORDS("codes locked"),
		.ref = "",
		.detail = staff->name,
	};

	log_warning("staff=%" PRId64 ": too many wrong codes; the list is"
		    " locked",
	    staff->id);
	return (audit_add(hub->store, &entry));
}

/* DONE: the code was good and is used up; NOTHING: this is no errand. */
MUST_USE static enum outcome
use_code(struct hub *hub, const struct staff *staff,
    const struct field_order *order, int64_t now_utc_s)
{
	int has_locked = 0;
	enum outcome outcome = staff_use_code(
	    hub->store, staff->id, order->code, now_utc_s, &has_locked);

	if (outcome != REFUSED)
		return (outcome);
	outcome = has_locked ? note_locked(hub, staff, now_utc_s) : DONE;
	return (outcome == DONE ? NOTHING : outcome);
}

/* -- the errands ------------------------------------------------------------ */

MUST_USE static enum outcome
run(struct errand *errand, const struct field_order *order)
{
	struct case_reply reply = { .text = order->words };
	unsigned parts = 0;

	switch (order->verb) {
	case FIELD_CLAIM:
		return (cases_claim(errand));
	case FIELD_PASS:
		return (cases_pass(errand));
	case FIELD_REPLY:
		return (cases_reply(errand, &reply, &parts));
	case FIELD_NEXT:
		break;
	}
	return (BROKEN);
}

MUST_USE static enum outcome
run_next(
    const struct caseworker *worker, int64_t now_utc_s, struct text *answer)
{
	struct request request;
	enum outcome outcome = cases_next(worker, now_utc_s, &request);

	if (outcome != DONE && outcome != NOTHING)
		return (outcome);
	field_write_next(outcome == DONE ? &request : NULL, now_utc_s, answer);
	return (DONE);
}

/* Fills in the answer; a refusal of the policy is an answer too. */
MUST_USE static enum outcome
run_order(struct hub *hub, const struct staff *staff,
    const struct field_order *order, int64_t now_utc_s, struct text *answer)
{
	struct case_rules rules = case_rules_of(&hub->settings);
	struct caseworker worker = { .store = hub->store,
		.staff = staff,
		.rules = &rules,
		.is_inside = 1 };
	struct errand errand = {
		.worker = &worker, .ref = order->ref, .now_utc_s = now_utc_s
	};
	enum outcome outcome;

	if (order->verb == FIELD_NEXT)
		return (run_next(&worker, now_utc_s, answer));
	outcome = run(&errand, order);
	if (outcome == TRY_LATER || outcome == BROKEN)
		return (outcome);
	field_write(order, &errand, outcome, answer);
	return (DONE);
}

/* Into the outbox, never straight to the line: the contact gate is asked when
 * it leaves. */
MUST_USE static enum outcome
send_answer(struct hub *hub, const struct message *message, const char *words)
{
	struct outgoing outgoing = {
		.kind = OUTBOX_STAFF,
		.line = hub->children[message->child].line->name,
		.caller = &message->caller,
		.number = &message->number,
		.text = words,
		.journal = message->journal,
		.now_utc_s = message->now_utc_s,
	};
	struct outbox_id id;
	enum outcome outcome =
	    outbox_add(hub->store, &outgoing, OUTBOX_QUEUED, &id);

	if (outcome == DONE)
		departures_expect(hub);
	return (outcome);
}

enum outcome
field_take(struct hub *hub, const struct message *message)
{
	struct field_order order;
	struct staff staff;
	struct text answer = { 0 };
	enum outcome outcome;

	/* The form first: most texts have not got it, and cost no look into
	 * the store. */
	if (message->is_call || message->dialogue.id != 0 ||
	    !field_read(message->text, &order))
		return (NOTHING);
	outcome = staff_of_phone(hub->store, &message->caller, &staff);
	if (outcome == DONE)
		outcome = use_code(hub, &staff, &order, message->now_utc_s);
	if (outcome == DONE)
		outcome =
		    run_order(hub, &staff, &order, message->now_utc_s, &answer);
	if (outcome == DONE)
		outcome = send_answer(hub, message, text_string(&answer));
	if (outcome == DONE)
		log_info("journal=%" PRId64 " staff=%" PRId64 ": an errand",
		    message->journal.row, staff.id);
	text_free(&answer);
	explicit_bzero(&order, sizeof(order));
	return (outcome);
}
