#include "gateway/hub/gate.h"

#include <inttypes.h>

#include "gateway/base/log.h"
#include "menus/system_texts.h"

/* -- the opening ------------------------------------------------------------ */

/* "mango Hello, are you free to talk?" */
MUST_USE static enum outcome
make_opening(struct hub *hub, const struct request *request, struct text *text)
{
	enum outcome outcome = contacts_word(hub->store, request->id, text);

	if (outcome != DONE && outcome != NOTHING)
		return (outcome);
	if (outcome == DONE)
		text_add_byte(text, ' ');
	text_add(text, menus_say(hub->menus, request->language, SAY_OPENING));
	return (DONE);
}

static void
look_again(struct hub *hub)
{
	for (size_t i = 0; i < hub->child_count; i++) {
		hub->children[i].has_backlog = 1;
		hub->children[i].backlog_utc_s = 0;
	}
}

enum outcome
gate_add_opening(struct hub *hub, const struct request *request,
    unsigned overrides, int64_t now_utc_s)
{
	struct text text = { 0 };
	struct outgoing outgoing = {
		.kind = OUTBOX_OPENING,
		.line = request->line,
		.caller = &request->caller,
		.request = request->id.row,
		.overrides = overrides,
		.now_utc_s = now_utc_s,
	};
	struct outbox_id id;
	enum outcome outcome =
	    outbox_find_of_request(hub->store, request->id.row, OUTBOX_OPENING);

	if (outcome != NOTHING)
		return (outcome);
	outcome = make_opening(hub, request, &text);
	if (outcome == DONE) {
		outgoing.text = text_string(&text);
		outcome = outbox_add(hub->store, &outgoing, OUTBOX_QUEUED, &id);
	}
	text_free(&text);
	if (outcome == DONE)
		look_again(hub);
	return (outcome);
}

/* -- the answer ------------------------------------------------------------- */

/* Texts of a request go where its caller wants them. */
MUST_USE static enum outcome
send_to_target(struct hub *hub, struct outbox_row *row, int64_t now_utc_s)
{
	struct request_id request = { row->request };
	enum outcome outcome;

	if (row->request == 0 || row->kind == OUTBOX_ANSWER ||
	    row->kind == OUTBOX_COVER || row->kind == OUTBOX_ALARM ||
	    row->kind == OUTBOX_STAFF)
		return (DONE);
	outcome = contacts_find_target(hub->store, request, &row->number);
	if (outcome == NOTHING)
		outcome = DONE;
	if (outcome == DONE && row->kind == OUTBOX_OPENING)
		outcome = contacts_note_asked(hub->store, request, now_utc_s);
	return (outcome);
}

MUST_USE static enum outcome
hold(struct hub *hub, const struct outbox_row *row,
    const struct contact_decision *decision, int64_t now_utc_s)
{
	struct request request;
	enum outcome outcome =
	    outbox_hold(hub->store, row->id, decision->until_utc_s);

	log_info("outbox=%" PRId64 ": held: %s", row->id.row,
	    contact_reason_name(decision->why));
	if (outcome != DONE || decision->why != CONTACT_OPENS_FIRST)
		return (outcome);
	outcome = requests_get(
	    hub->store, (struct request_id){ row->request }, &request);
	if (outcome == DONE)
		outcome =
		    gate_add_opening(hub, &request, row->overrides, now_utc_s);
	return (outcome);
}

MUST_USE static enum outcome
ask(struct hub *hub, const struct outbox_row *row, int64_t now_utc_s,
    struct contact_decision *decision_r)
{
	struct contact_question question = {
		.kind = row->kind,
		.caller = &row->caller,
		.request = { row->request },
		.overrides = row->overrides,
		.now_utc_s = now_utc_s,
	};

	/* Nothing that could be known stands against an answer. */
	if (row->kind == OUTBOX_ANSWER) {
		*decision_r =
		    (struct contact_decision){ .verdict = CONTACT_SEND };
		return (DONE);
	}
	return (contacts_ask(hub->store, &question, decision_r));
}

enum outcome
gate_pass(struct hub *hub, struct outbox_row *row, int64_t now_utc_s)
{
	struct contact_decision decision;
	enum outcome outcome = ask(hub, row, now_utc_s, &decision);

	if (outcome != DONE)
		return (outcome == NOTHING ? BROKEN : outcome);
	switch (decision.verdict) {
	case CONTACT_SEND:
		outcome = send_to_target(hub, row, now_utc_s);
		return (outcome == NOTHING ? BROKEN : outcome);
	case CONTACT_HOLD:
		outcome = hold(hub, row, &decision, now_utc_s);
		return (outcome == DONE ? NOTHING : outcome);
	case CONTACT_REFUSE:
		log_notice("outbox=%" PRId64 ": not sent: %s", row->id.row,
		    contact_reason_name(decision.why));
		outcome =
		    outbox_refuse(hub->store, row->id, decision.why, now_utc_s);
		return (outcome == DONE ? NOTHING : outcome);
	}
	return (BROKEN);
}

enum outcome
gate_note_failed(struct hub *hub, struct outbox_id id, int64_t now_utc_s)
{
	struct request_id request;
	enum outbox_kind kind;
	enum outcome outcome =
	    outbox_find_failed(hub->store, id, &kind, &request.row);

	if (outcome != DONE || kind != OUTBOX_OPENING)
		return (outcome == DONE ? NOTHING : outcome);
	log_notice("outbox=%" PRId64 ": the opening cannot be sent", id.row);
	outcome = outbox_fail_held(hub->store, request.row, now_utc_s);
	if (outcome == DONE)
		outcome =
		    contacts_set_talk(hub->store, request, CONTACT_QUIET, 0);
	if (outcome == DONE)
		outcome = requests_add_event(
		    hub->store, request, 0, "opening not sent", now_utc_s);
	return (outcome);
}
