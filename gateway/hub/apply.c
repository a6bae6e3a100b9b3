#include "gateway/hub/apply.h"

#include <inttypes.h>

#include "gateway/base/log.h"
#include "gateway/hub/count.h"
#include "gateway/hub/departures.h"
#include "gateway/hub/field.h"
#include "gateway/hub/guards.h"
#include "gateway/hub/prompts.h"
#include "gateway/hub/talk.h"
#include "gateway/hub/text_first.h"
#include "gateway/text/zawgyi.h"
#include "menus/menu_walk.h"
#include "menus/system_texts.h"
#include "store/callers.h"
#include "store/distances.h"
#include "store/requests.h"

enum {
	CALLER_TOUCH_S = 3600, /* how stale "last wrote" may be */
};

/* What is known before the step and what it becomes. */
struct situation {
	const struct message *message;
	const struct line_settings *line;
	struct caller_traces traces;
	int is_known;
	struct caller caller;
	int has_request;
	int opened_request; /* by this very text */
	struct request request;
	char ref[sizeof(((struct request *)0)->ref)];
	struct talk talk;
	struct walk walk;
	int had_walk;
	struct dedupe_key said; /* this text, hashed */
	int repeats; /* an unsure answer, and the same text again */
};

static void
copy_word(char *to, size_t room, const char *from)
{
	snprintf(to, room, "%s", from);
}

/*
 * Whoever gets no answer sends the same text again.  If we cannot be sure that
 * the last answer reached them, that text is no answer to a question they may
 * never have seen: they are shown it again.  A box of a walk begins with the
 * hash of the text that led there.
 */
MUST_USE static enum outcome
notice_repeat(struct hub *hub, struct situation *situation, const char *said)
{
	enum outcome outcome;

	if (situation->has_request &&
	    situation->request.state == REQUEST_CLAIMED)
		return (DONE);
	if (memcmp(said, &situation->said, sizeof(situation->said)) != 0)
		return (DONE);
	outcome = walks_find_unsure(hub->store, &situation->caller.key);
	situation->repeats = outcome == DONE;
	return (outcome == NOTHING ? DONE : outcome);
}

MUST_USE static enum outcome
load_walk(struct hub *hub, struct situation *situation)
{
	size_t before = sizeof(situation->said);
	struct text boxed = { 0 };
	enum outcome outcome =
	    walks_get(hub->store, &situation->caller.key, &boxed);

	if (outcome == DONE) {
		situation->had_walk = 1;
		/* A walk of another age that no longer reads starts afresh;
		 * the caller notices only that the menu is back at home. */
		if (boxed.length < before ||
		    walk_read(boxed.bytes + before, boxed.length - before,
			&situation->walk) != DONE)
			log_warning("journal=%" PRId64 ": the walk does not"
				    " read; it starts again",
			    situation->message->journal.row);
		else
			outcome = notice_repeat(hub, situation, boxed.bytes);
	}
	text_free(&boxed);
	return (outcome == NOTHING ? DONE : outcome);
}

MUST_USE static enum outcome
load(struct hub *hub, struct situation *situation)
{
	const struct message *message = situation->message;
	enum outcome outcome =
	    callers_look(hub->store, &message->caller, &situation->traces);

	if (outcome == DONE)
		outcome = callers_find(
		    hub->store, &message->caller, &situation->caller);
	seal_dedupe_key(hub->box_key, message->text, strlen(message->text),
	    &situation->said);
	if (outcome != DONE && outcome != NOTHING)
		return (outcome);
	situation->is_known = outcome == DONE;
	if (!situation->is_known) {
		situation->caller = (struct caller){ .key = message->caller };
		return (DONE);
	}
	outcome = situation->traces.has_requests
	    ? requests_of_caller(
		  hub->store, &message->caller, &situation->request)
	    : NOTHING;
	if (outcome != DONE && outcome != NOTHING)
		return (outcome);
	situation->has_request = outcome == DONE;
	return (load_walk(hub, situation));
}

static struct heard
heard_in(const struct situation *situation)
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

/* A text from the number that a caller gave as their other one is about their
 * request while we talk there. */
MUST_USE static enum outcome
load_talk(struct hub *hub, struct situation *situation)
{
	struct heard heard = heard_in(situation);
	enum outcome outcome;

	situation->talk = (struct talk){ 0 };
	if (!situation->traces.has_requests && !situation->traces.is_named)
		return (DONE);
	outcome = talk_find(hub, &heard, &situation->talk);
	if (outcome != DONE || !situation->talk.has_contact ||
	    !situation->talk.is_other)
		return (outcome);
	situation->request = situation->talk.request;
	situation->has_request = situation->request.state == REQUEST_OPEN ||
	    situation->request.state == REQUEST_CLAIMED;
	return (DONE);
}

static void
choose_ref(struct situation *situation)
{
	if (situation->has_request)
		copy_word(situation->ref, sizeof(situation->ref),
		    situation->request.ref);
	else
		seal_random_signs(situation->ref, REQUEST_REF_SIGNS);
}

/* A code that is dialled asks for the menu; what a call shows is where the
 * caller stands. */
static enum input_kind
input_kind(const struct situation *situation)
{
	if (situation->message->is_dialled)
		return (INPUT_DIALLED);
	return (situation->message->is_call || situation->repeats ? INPUT_CALL
								  : INPUT_TEXT);
}

/* On USSD, and where nobody else may be holding the phone. */
static int
may_text(const struct hub *hub, const struct situation *situation)
{
	return (situation->message->dialogue.id != 0 &&
	    !situation->talk.is_guarded &&
	    text_first_child(hub, situation->line) != SIZE_MAX);
}

/* Callers were asked to begin with their code word: "bluebird NO" is a no.  The
 * case keeps the whole text. */
static const char *
words_to_read(const struct situation *situation)
{
	const struct talk *talk = &situation->talk;

	return (talk->has_contact && talk->behind_word != NULL
		? talk->behind_word
		: situation->message->text);
}

static void
take_step(struct hub *hub, struct situation *situation, struct step *step_r)
{
	const struct message *message = situation->message;
	struct step_input input = {
		.kind = input_kind(situation),
		.text = words_to_read(situation),
		.channel = message->dialogue.id != 0
		    ? pages_channel(situation->line)
		    : &channel_sms,
		.now_utc_s = message->now_utc_s,
		.resume_after_s = hub->settings.resume_after_s,
		.corridor = situation->line->corridor,
		.line_language = situation->line->language,
		.known_language = situation->caller.language,
		.may_text = may_text(hub, situation),
		.is_stopped = situation->caller.is_stopped,
		.has_request = situation->has_request,
		.is_claimed = situation->has_request &&
		    situation->request.state == REQUEST_CLAIMED,
		.menu_is_back =
		    situation->has_request && situation->request.menu_is_back,
		.recruiters = hub->recruiters,
		.ref = situation->ref,
	};

	choose_ref(situation);
	/* A walk that was erased leaves the phone what it is. */
	if (!situation->had_walk)
		situation->walk.is_zawgyi = situation->caller.is_zawgyi;
	talk_guard(&situation->talk, &input);
	menu_step(hub->menus, &situation->walk, &input, step_r);
}

/* -- effects to rows -------------------------------------------------------- */

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

MUST_USE static enum outcome
answer(struct hub *hub, struct situation *situation, const struct step *step)
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
	return (outcome == DONE ? answer(hub, situation, step) : outcome);
}

/* What the text says of the talk, and what waited for a text of theirs. */
MUST_USE static enum outcome
apply_to_talk(
    struct hub *hub, struct situation *situation, const struct step *step)
{
	struct heard heard = heard_in(situation);
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

MUST_USE static enum outcome
apply(struct hub *hub, struct situation *situation, const struct step *step)
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
		outcome = answer(hub, situation, step);
	/* After the page that says so. */
	if (outcome == DONE && (step->effects & EFFECT_TEXT_FIRST))
		outcome = text_first_send(
		    hub, situation->message, situation->line, &situation->walk);
	return (outcome);
}

/* -- what the guard lets not happen ----------------------------------------- */

/* Whoever writes has a phone that is on, and is the one we talk with: what
 * waited for that goes on, though the menu stays where it is. */
MUST_USE static enum outcome
hear_only(struct hub *hub, struct situation *situation)
{
	struct heard heard = heard_in(situation);
	struct step nothing = { 0 };
	struct request_id request = {
		situation->has_request ? situation->request.id.row : 0
	};

	if (!situation->talk.has_contact)
		return (DONE);
	return (talk_apply(hub, &situation->talk, &heard, request, &nothing));
}

/* The words instead of an answer, or the last page of a session. */
MUST_USE static enum outcome
say_quiet(struct hub *hub, struct situation *situation, const struct step *step)
{
	const char *words = menus_say(hub->menus, step->language,
	    situation->message->dialogue.id != 0 ? SAY_CLOSED : SAY_QUIET);
	struct step quiet = { .effects = EFFECT_ERASE_WALK };
	enum outcome outcome;

	memcpy(quiet.language, step->language, sizeof(quiet.language));
	if (situation->walk.is_zawgyi)
		zawgyi_from_unicode(words, &quiet.reply);
	else
		text_add(&quiet.reply, words);
	outcome = answer(hub, situation, &quiet);
	step_free(&quiet);
	return (outcome);
}

/* A step that is not answered. */
MUST_USE static enum outcome
withhold(struct hub *hub, struct situation *situation, struct step *step,
    enum guard_verdict verdict, enum message_fate *fate_r)
{
	const struct message *message = situation->message;
	enum outcome outcome;

	if (verdict != GUARD_TELL && guards_must_apply(step) &&
	    message->dialogue.id == 0) {
		text_clear(&step->reply);
		return (apply(hub, situation, step));
	}
	outcome = hear_only(hub, situation);
	if (outcome == DONE &&
	    (verdict == GUARD_TELL || message->dialogue.id != 0))
		outcome = say_quiet(hub, situation, step);
	if (outcome == DONE)
		outcome = guards_end(hub, message, verdict, fate_r);
	return (outcome);
}

MUST_USE static enum outcome
guard_and_apply(struct hub *hub, struct situation *situation, struct step *step,
    enum message_fate *fate_r)
{
	enum guard_verdict verdict;
	enum outcome outcome =
	    guards_judge(hub, situation->message, step, &verdict);

	if (outcome != DONE)
		return (outcome);
	return (verdict == GUARD_ANSWER
		? apply(hub, situation, step)
		: withhold(hub, situation, step, verdict, fate_r));
}

enum outcome
apply_message(
    struct hub *hub, const struct message *message, enum message_fate *fate_r)
{
	/* Static, being large; one message is handled at a time. */
	static struct situation situation;
	struct step step = { 0 };
	enum outcome outcome = field_take(hub, message);

	*fate_r = FATE_HANDLED;
	if (outcome != NOTHING)
		return (outcome);
	situation.message = message;
	situation.line = hub->children[message->child].line;
	situation.is_known = 0;
	situation.has_request = 0;
	situation.opened_request = 0;
	situation.had_walk = 0;
	situation.repeats = 0;
	outcome = load(hub, &situation);
	if (outcome == DONE)
		outcome = load_talk(hub, &situation);
	if (outcome == DONE) {
		take_step(hub, &situation, &step);
		outcome = guard_and_apply(hub, &situation, &step, fate_r);
	}
	step_free(&step);
	walk_free(&situation.walk);
	explicit_bzero(&situation, sizeof(situation));
	return (outcome);
}
