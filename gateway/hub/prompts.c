#include "gateway/hub/prompts.h"

#include <inttypes.h>

#include "gateway/base/log.h"
#include "gateway/hub/gate.h"
#include "menus/system_texts.h"
#include "store/callers.h"

enum {
	PROMPTS_MOST = 16, /* of one round */
	FOLLOWUP_S = 30 * 86400,
	SAID_BYTES = sizeof(struct dedupe_key), /* before a walk: apply.c */
};

static const char prefix[] = "feedback_";
static const char answer_useful[] = "feedback_useful";
static const char answer_followup[] = "feedback_followup";

/* Whom something is asked. */
struct asked {
	struct request request;
	struct contact contact;
	const struct caller_key *target; /* whose walk it is */
	const struct line_settings *line;
};

static const struct line_settings *
line_of(const struct hub *hub, const char *name)
{
	return (settings_find_line(&hub->settings, name));
}

MUST_USE static enum outcome
find_asked(struct hub *hub, struct request_id id, struct asked *asked)
{
	enum outcome outcome = requests_get(hub->store, id, &asked->request);

	if (outcome == DONE)
		outcome = contacts_get(hub->store, id, &asked->contact);
	if (outcome != DONE)
		return (outcome);
	asked->target =
	    asked->contact.way == CONTACT_BY_OTHER && asked->contact.has_other
	    ? &asked->contact.other
	    : &asked->request.caller;
	asked->line = line_of(hub, asked->request.line);
	return (DONE);
}

/* Whoever has another request open is asked nothing about the last. */
MUST_USE static enum outcome
is_busy(struct hub *hub, const struct asked *asked, int *is_busy_r)
{
	struct request other;
	enum outcome outcome =
	    requests_of_caller(hub->store, &asked->request.caller, &other);

	*is_busy_r = outcome == DONE;
	return (outcome == NOTHING ? DONE : outcome);
}

MUST_USE static enum outcome
queue(struct hub *hub, const struct asked *asked, enum outbox_kind kind,
    const char *text, int64_t now_utc_s)
{
	struct outgoing outgoing = {
		.kind = kind,
		.line = asked->request.line,
		.caller = &asked->request.caller,
		.text = text,
		.request = asked->request.id.row,
		.now_utc_s = now_utc_s,
	};
	struct outbox_id id;

	for (size_t i = 0; i < hub->child_count; i++) {
		hub->children[i].has_backlog = 1;
		hub->children[i].backlog_utc_s = 0;
	}
	return (outbox_add(hub->store, &outgoing, OUTBOX_QUEUED, &id));
}

/* -- feedback --------------------------------------------------------------- */

MUST_USE static enum outcome
load_walk(struct hub *hub, const struct caller_key *target, struct walk *walk)
{
	struct text boxed = { 0 };
	struct caller caller = { 0 };
	enum outcome outcome = walks_get(hub->store, target, &boxed);

	/* One that does not read starts afresh, as it does in apply.c. */
	if (outcome == DONE && boxed.length >= SAID_BYTES)
		(void)!walk_read(
		    boxed.bytes + SAID_BYTES, boxed.length - SAID_BYTES, walk);
	text_free(&boxed);
	if (outcome == NOTHING)
		outcome = callers_find(hub->store, target, &caller);
	if (outcome == DONE && caller.is_zawgyi)
		walk->is_zawgyi = 1;
	return (outcome == NOTHING ? DONE : outcome);
}

MUST_USE static enum outcome
save_walk(struct hub *hub, const struct caller_key *target,
    const struct walk *walk, int64_t now_utc_s)
{
	static const struct dedupe_key nothing_said;
	struct text bytes = { 0 };
	enum outcome outcome;

	text_add_bytes(&bytes, &nothing_said, sizeof(nothing_said));
	walk_write(walk, &bytes);
	outcome =
	    walks_put(hub->store, target, bytes.bytes, bytes.length, now_utc_s);
	text_free(&bytes);
	return (outcome);
}

MUST_USE static enum outcome
settle(struct hub *hub, const struct asked *asked, const char *to)
{
	return (
	    requests_set_feedback(hub->store, asked->request.id, "due", to));
}

/* The question, into the caller's walk and the outbox. */
MUST_USE static enum outcome
begin_feedback(struct hub *hub, const struct asked *asked, int64_t now_utc_s)
{
	/* Static, being large; one is begun at a time. */
	static struct walk walk;
	struct step step = { 0 };
	struct step_input input = {
		.kind = INPUT_PROMPT,
		.text = "",
		.screen = MENU_FEEDBACK_SCREEN,
		.channel = &channel_sms,
		.now_utc_s = now_utc_s,
		.resume_after_s = hub->settings.resume_after_s,
		.corridor = asked->line->corridor,
		.line_language = asked->line->language,
		.known_language = asked->request.language,
		.ref = asked->request.ref,
	};
	enum outcome outcome;

	walk = (struct walk){ 0 };
	outcome = load_walk(hub, asked->target, &walk);
	if (outcome == DONE)
		menu_step(hub->menus, &walk, &input, &step);
	if (outcome == DONE && step.reply.length == 0) {
		outcome = settle(hub, asked, "none");
	} else if (outcome == DONE) {
		outcome = save_walk(hub, asked->target, &walk, now_utc_s);
		if (outcome == DONE)
			outcome = queue(hub, asked, OUTBOX_FEEDBACK,
			    step.reply.bytes, now_utc_s);
		if (outcome == DONE)
			outcome = settle(hub, asked, "asked");
	}
	step_free(&step);
	walk_free(&walk);
	return (outcome);
}

MUST_USE static enum outcome
hold_feedback(struct hub *hub, const struct asked *asked,
    const struct contact_decision *decision, int64_t now_utc_s)
{
	int64_t until_utc_s = decision->until_utc_s != 0 ? decision->until_utc_s
							 : CONTACT_NEVER_UTC_S;
	enum outcome outcome = DONE;

	if (decision->why == CONTACT_OPENS_FIRST)
		outcome = gate_add_opening(hub, &asked->request, 0, now_utc_s);
	if (outcome == DONE)
		outcome = contacts_set_feedback_time(
		    hub->store, asked->request.id, until_utc_s);
	return (outcome);
}

MUST_USE static enum outcome
ask_feedback(struct hub *hub, struct request_id id, int64_t now_utc_s)
{
	struct asked asked;
	struct contact_question question = {
		.kind = OUTBOX_FEEDBACK,
		.caller = &asked.request.caller,
		.request = id,
		.now_utc_s = now_utc_s,
	};
	struct contact_decision decision;
	int busy = 0;
	enum outcome outcome = find_asked(hub, id, &asked);

	if (outcome == DONE)
		outcome = is_busy(hub, &asked, &busy);
	if (outcome == DONE)
		outcome = contacts_ask(hub->store, &question, &decision);
	if (outcome != DONE)
		return (outcome);
	if (busy || asked.line == NULL || decision.verdict == CONTACT_REFUSE)
		return (settle(hub, &asked, "none"));
	if (decision.verdict == CONTACT_HOLD)
		return (hold_feedback(hub, &asked, &decision, now_utc_s));
	return (begin_feedback(hub, &asked, now_utc_s));
}

/* -- the follow-up ---------------------------------------------------------- */

MUST_USE static enum outcome
send_followup(struct hub *hub, struct request_id id, int64_t now_utc_s)
{
	struct asked asked;
	int busy = 0;
	enum outcome outcome = find_asked(hub, id, &asked);

	if (outcome == DONE)
		outcome = is_busy(hub, &asked, &busy);
	if (outcome == DONE)
		outcome = contacts_set_followup(hub->store, id, 0);
	if (outcome != DONE || busy || asked.line == NULL ||
	    asked.request.state != REQUEST_CLOSED)
		return (outcome);
	return (queue(hub, &asked, OUTBOX_FOLLOWUP,
	    menus_say(hub->menus, asked.request.language, SAY_FOLLOWUP),
	    now_utc_s));
}

/* -- the round -------------------------------------------------------------- */

enum outcome
prompts_tend(struct hub *hub, int64_t now_utc_s)
{
	struct request_id id;
	enum outcome outcome = DONE;
	int more = 1;

	if (hub->prompts_due_utc_s > now_utc_s)
		return (DONE);
	for (int i = 0; i < PROMPTS_MOST && more; i++) {
		more = 0;
		outcome = contacts_next_feedback(hub->store, now_utc_s, &id);
		if (outcome == DONE) {
			more = 1;
			outcome = ask_feedback(hub, id, now_utc_s);
		}
		if (outcome == DONE || outcome == NOTHING)
			outcome =
			    contacts_next_followup(hub->store, now_utc_s, &id);
		if (outcome == DONE) {
			more = 1;
			outcome = send_followup(hub, id, now_utc_s);
		}
		if (outcome != DONE && outcome != NOTHING)
			return (outcome);
	}
	hub->prompts_due_utc_s = more ? now_utc_s : now_utc_s + PROMPTS_S;
	return (DONE);
}

enum outcome
prompts_look_again(struct hub *hub, const struct request *request)
{
	if (strcmp(request->feedback, "due") != 0)
		return (DONE);
	hub->prompts_due_utc_s = 0;
	return (contacts_set_feedback_time(hub->store, request->id, 0));
}

MUST_USE static enum outcome
note_followup(struct hub *hub, struct request_id id, const struct step *step,
    int64_t now_utc_s)
{
	int is_yes = strcmp(text_string(&step->saved_value), "yes") == 0;

	return (contacts_set_followup(
	    hub->store, id, is_yes ? now_utc_s + FOLLOWUP_S : 0));
}

enum outcome
prompts_note_answer(struct hub *hub, const struct caller_key *caller,
    const struct step *step, int64_t now_utc_s)
{
	struct contact contact;
	enum outcome outcome = DONE;

	if (strncmp(step->saved, prefix, sizeof(prefix) - 1) != 0)
		return (DONE);
	outcome = contacts_of_number(hub->store, caller, &contact);
	if (outcome == DONE && strcmp(step->saved, answer_useful) == 0)
		outcome = requests_set_feedback(
		    hub->store, contact.request, "asked", "done");
	else if (outcome == DONE && strcmp(step->saved, answer_followup) == 0)
		outcome = note_followup(hub, contact.request, step, now_utc_s);
	return (outcome == NOTHING ? DONE : outcome);
}
