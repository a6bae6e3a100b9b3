#include "gateway/hub/apply.h"

#include <inttypes.h>

#include "gateway/base/log.h"
#include "gateway/hub/field.h"
#include "gateway/hub/guards.h"
#include "gateway/hub/situation.h"
#include "gateway/hub/text_first.h"
#include "gateway/text/zawgyi.h"
#include "menus/system_texts.h"

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

/* A text from the number that a caller gave as their other one is about their
 * request while we talk there. */
MUST_USE static enum outcome
load_talk(struct hub *hub, struct situation *situation)
{
	struct heard heard = apply_heard(situation);
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
		snprintf(situation->ref, sizeof(situation->ref), "%s",
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

/* -- what the guard lets not happen ----------------------------------------- */

/* Whoever writes has a phone that is on, and is the one we talk with: what
 * waited for that goes on, though the menu stays where it is. */
MUST_USE static enum outcome
hear_only(struct hub *hub, struct situation *situation)
{
	struct heard heard = apply_heard(situation);
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
	outcome = apply_answer(hub, situation, &quiet);
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
		return (apply_step(hub, situation, step));
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
		? apply_step(hub, situation, step)
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
