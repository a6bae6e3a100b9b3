/* What a step of the menu becomes: rows, counts, an answer. */
#include "gateway/hub/situation.h"

#include <inttypes.h>

#include "gateway/base/log.h"
#include "gateway/hub/count.h"
#include "gateway/hub/departures.h"
#include "gateway/hub/guards.h"
#include "gateway/hub/prompts.h"
#include "gateway/hub/text_first.h"
#include "gateway/text/zawgyi.h"
#include "menus/system_texts.h"
#include "store/distances.h"

enum {
	CALLER_TOUCH_S = 3600, /* how stale "last wrote" may be */
};

static void
copy_word(char *to, size_t room, const char *from)
{
	snprintf(to, room, "%s", from);
}

struct heard
apply_heard(const struct situation *situation)
{
	const struct message *message = situation->message;

	return ((struct heard){
	    .caller = &message->caller,
	    .number = &message->number,
	    .line = situation->line,
	    .running = situation->has_request ? &situation->request : NULL,
	    .text = message->text,
	    .now_utc_s = message->now_utc_s,
	});
}

MUST_USE static enum outcome
open_request(
    struct hub *hub, struct situation *situation, const struct step *step)
{
	const struct message *message = situation->message;
	struct request_opening opening = {
		.ref = situation->ref,
		.caller = &message->caller,
		.number = &message->number,
		.line = text_first_line(situation->line),
		.corridor = situation->line->corridor,
		.language = step->language,
		.opened_by = step->opened_by,
		.urgency = (enum request_urgency)step->urgency,
		.now_utc_s = message->now_utc_s,
	};
	struct request_id id;
	enum outcome outcome = requests_open(hub->store, &opening, &id);

	/* Taken by chance: the message is tried again with another. */
	if (outcome == REFUSED)
		return (UNSURE);
	if (outcome != DONE)
		return (outcome);
	log_notice("request=%s line=%s: opened", situation->ref,
	    situation->line->name);
	return (requests_of_caller(
	    hub->store, &message->caller, &situation->request));
}

/* Whoever writes while a talk is guarded may be somebody else: of what they
 * answer only "it is not safe to text me now" counts, and danger. */
MUST_USE static enum outcome
update_request(
    struct hub *hub, struct situation *situation, const struct step *step)
{
	const struct request *request = &situation->request;
	int64_t now_utc_s = situation->message->now_utc_s;
	enum request_urgency urgency = (enum request_urgency)step->urgency;

	if (!situation->talk.is_guarded)
		return (requests_update(hub->store, request->id, urgency,
		    step->consent, step->is_on_hold,
		    step->answers.length > 0 ? step->answers.bytes : NULL,
		    now_utc_s));
	if (urgency < request->urgency)
		urgency = request->urgency;
	return (
	    requests_update(hub->store, request->id, urgency, request->consent,
		request->is_on_hold || step->is_on_hold, NULL, now_utc_s));
}

MUST_USE static enum outcome
apply_to_request(
    struct hub *hub, struct situation *situation, const struct step *step)
{
	const struct message *message = situation->message;
	/* A caseworker's screen shows Unicode. */
	const char *words =
	    step->heard.length > 0 ? step->heard.bytes : message->text;
	struct request_id id;
	enum outcome outcome = DONE;

	if ((step->effects & EFFECT_OPEN_REQUEST) && !situation->has_request) {
		outcome = open_request(hub, situation, step);
		situation->has_request = outcome == DONE;
		situation->opened_request = outcome == DONE;
	}
	if (outcome != DONE || !situation->has_request)
		return (outcome);
	id = situation->request.id;
	if (step->effects & EFFECT_ASKED_AGAIN)
		outcome = requests_asked_again(hub->store, id,
		    (enum request_urgency)step->urgency, message->now_utc_s);
	if (outcome == DONE && (step->effects & EFFECT_UPDATE_REQUEST))
		outcome = update_request(hub, situation, step);
	if (outcome == DONE && (step->effects & EFFECT_JOIN_CASE))
		outcome = requests_add_text(hub->store, id, words,
		    message->journal, message->now_utc_s);
	if (outcome == DONE && (step->effects & EFFECT_JOIN_CASE))
		outcome = count_consent(hub->store, step,
		    &(struct count_answer){ id, words,
			!situation->talk.is_guarded, message->now_utc_s });
	if (outcome == DONE && (step->effects & EFFECT_MENU_BACK))
		outcome = requests_set_menu_back(hub->store, id, 1);
	if (outcome == DONE &&
	    strcmp(situation->request.language, step->language) != 0 &&
	    step->language[0] != '\0')
		outcome = requests_set_language(hub->store, id, step->language);
	if (outcome == DONE && (step->effects & EFFECT_WITHDRAW) &&
	    !situation->talk.is_guarded)
		outcome = requests_withdraw(hub->store, id, message->now_utc_s);
	return (outcome);
}

/* One text that can only be written the one way or the other decides. */
static void
note_spelling(const struct message *message, struct caller *caller)
{
	enum zawgyi_guess guess = zawgyi_guess(message->text);

	if (guess != ZAWGYI_UNKNOWN)
		caller->is_zawgyi = guess == ZAWGYI_YES;
}

MUST_USE static enum outcome
save_caller(
    struct hub *hub, struct situation *situation, const struct step *step)
{
	const struct message *message = situation->message;
	struct caller before = situation->caller;
	struct caller *caller = &situation->caller;

	copy_word(caller->line, sizeof(caller->line), situation->line->name);
	copy_word(caller->corridor, sizeof(caller->corridor),
	    situation->line->corridor);
	if (step->language[0] != '\0')
		copy_word(
		    caller->language, sizeof(caller->language), step->language);
	if (step->effects & EFFECT_STOP)
		caller->is_stopped = 1;
	if (step->effects & EFFECT_START)
		caller->is_stopped = 0;
	note_spelling(message, caller);
	/* A row is written when it says something new, not at every text. */
	if (situation->is_known && strcmp(before.line, caller->line) == 0 &&
	    strcmp(before.corridor, caller->corridor) == 0 &&
	    strcmp(before.language, caller->language) == 0 &&
	    before.is_stopped == caller->is_stopped &&
	    before.is_zawgyi == caller->is_zawgyi &&
	    message->now_utc_s - before.last_utc_s < CALLER_TOUCH_S)
		return (DONE);
	caller->last_utc_s = message->now_utc_s;
	return (callers_put(hub->store, caller, &message->number));
}

MUST_USE static enum outcome
save_walk(struct hub *hub, struct situation *situation, const struct step *step)
{
	struct text bytes = { 0 };
	enum outcome outcome;

	if (step->effects & EFFECT_ERASE_WALK)
		return (situation->had_walk
			? walks_erase(hub->store, &situation->caller.key)
			: DONE);
	text_add_bytes(&bytes, &situation->said, sizeof(situation->said));
	walk_write(&situation->walk, &bytes);
	outcome = walks_put(hub->store, &situation->caller.key, bytes.bytes,
	    bytes.length, situation->message->now_utc_s);
	text_free(&bytes);
	return (outcome);
}

/* What opens a help request is answered over every cap, what somebody writes
 * whose request is open out of the reserve. */
static enum outbox_need
need_of(const struct situation *situation)
{
	if (situation->opened_request)
		return (NEED_FIRST);
	return (situation->has_request ? NEED_PERSON : NEED_ORDINARY);
}

enum outcome
apply_answer(
    struct hub *hub, struct situation *situation, const struct step *step)
{
	const struct message *message = situation->message;
	struct departure departure = {
		.child = message->child,
		.kind = step->effects & EFFECT_TALK_WRONG ? OUTBOX_COVER
							  : OUTBOX_ANSWER,
		.caller = &message->caller,
		.number = &message->number,
		.keep_number = (step->effects & EFFECT_FORGET) != 0,
		.text = text_string(&step->reply),
		.need = need_of(situation),
		.journal = message->journal,
		.now_utc_s = message->now_utc_s,
	};

	if (message->dialogue.id != 0) {
		pages_note(hub, &message->dialogue, step,
		    step_ends_session(&situation->walk, step));
		return (DONE);
	}
	if (step->reply.length == 0)
		return (DONE);
	return (departures_add(hub, &departure));
}

/* Erased first, so that what follows leaves nothing behind. */
MUST_USE static enum outcome
forget(struct hub *hub, struct situation *situation, const struct step *step)
{
	const struct talk *talk = &situation->talk;
	enum outcome outcome = callers_forget(hub->store,
	    &situation->message->caller, situation->message->now_utc_s);

	if (outcome == DONE)
		guards_note_forgotten(hub, situation->message);
	/* Somebody's other number: what waits has no way any more. */
	if (outcome == DONE && talk->has_contact && talk->is_other)
		outcome = talk_hurry(hub, &talk->request.caller);
	return (outcome == DONE ? apply_answer(hub, situation, step) : outcome);
}

/* What the text says of the talk, and what waited for a text of theirs. */
MUST_USE static enum outcome
apply_to_talk(
    struct hub *hub, struct situation *situation, const struct step *step)
{
	struct heard heard = apply_heard(situation);
	struct request_id request = {
		situation->has_request ? situation->request.id.row : 0
	};
	enum outcome outcome =
	    talk_apply(hub, &situation->talk, &heard, request, step);

	if (outcome == DONE)
		outcome = prompts_note_answer(
		    hub, heard.caller, step, heard.now_utc_s);
	/* They have just shown that their phone is on. */
	if (outcome == DONE &&
	    hub->children[situation->message->child].has_backlog)
		outcome = talk_hurry(hub, &situation->caller.key);
	else if (outcome == DONE && situation->traces.is_apart)
		outcome = distances_end(hub->store, &situation->caller.key);
	return (outcome);
}

MUST_USE static enum outcome
count(struct hub *hub, const struct situation *situation,
    const struct step *step, int is_opened)
{
	const struct count_who who = { .caller = &situation->caller.key,
		.corridor = situation->line->corridor,
		.is_opened = is_opened,
		.now_utc_s = situation->message->now_utc_s };

	return (count_step(hub->store, &who, step));
}

enum outcome
apply_step(
    struct hub *hub, struct situation *situation, const struct step *step)
{
	enum outcome outcome;
	int had_request;

	if (step->effects & EFFECT_FORGET)
		return (forget(hub, situation, step));
	had_request = situation->has_request;
	outcome = save_caller(hub, situation, step);
	if (outcome == DONE)
		outcome = apply_to_request(hub, situation, step);
	if (outcome == DONE)
		outcome = count(hub, situation, step,
		    !had_request && situation->has_request);
	if (outcome == DONE)
		outcome = save_walk(hub, situation, step);
	if (outcome == DONE)
		outcome = apply_to_talk(hub, situation, step);
	if (outcome == DONE)
		outcome = apply_answer(hub, situation, step);
	/* After the page that says so. */
	if (outcome == DONE && (step->effects & EFFECT_TEXT_FIRST))
		outcome = text_first_send(
		    hub, situation->message, situation->line, &situation->walk);
	return (outcome);
}
