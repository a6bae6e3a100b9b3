#include "gateway/hub/talk.h"

#include <inttypes.h>

#include "gateway/base/log.h"
#include "gateway/hub/children.h"
#include "gateway/hub/prompts.h"
#include "gateway/text/utf8.h"

enum {
	WORD_MAX_BYTES = 60, /* of a code word; longer is cut */
	TALK_TOUCH_S = 30, /* how stale "wrote last" may be: a talk stays warm
			      for minutes and more */
};

/* -- before the step -------------------------------------------------------- */

static int
is_key(const struct caller_key *one, const struct caller_key *other)
{
	return (memcmp(one, other, sizeof(*one)) == 0);
}

static int
is_running(const struct request *request)
{
	return (request->state == REQUEST_OPEN ||
	    request->state == REQUEST_CLAIMED);
}

static int
wrote_lately(struct hub *hub, const struct contact *contact, int64_t now_utc_s)
{
	int64_t age_s = now_utc_s - contact->wrote_utc_s;

	return (contact->wrote_utc_s > 0 && age_s >= 0 &&
	    age_s < hub->settings.contact.warm_s);
}

/* An opening about a case that has ended guards for a day; then that phone is
 * anybody's again. */
static int
is_guarded(const struct talk *talk, int64_t now_utc_s)
{
	enum contact_talk state = talk->contact.talk;

	if (!talk->is_target ||
	    (state != CONTACT_ASKED && state != CONTACT_WRONG))
		return (0);
	return (is_running(&talk->request) ||
	    now_utc_s - talk->contact.asked_utc_s < TALK_GUARD_ENDED_S);
}

MUST_USE static enum outcome
find_word(struct hub *hub, const struct heard *heard, struct talk *talk)
{
	struct text word = { 0 };
	enum outcome outcome;

	talk->says_word = !talk->contact.has_word;
	if (!talk->contact.has_word || !talk->is_target)
		return (DONE);
	outcome = contacts_word(hub->store, talk->contact.request, &word);
	/* A box that does not open is no word: nobody can say it. */
	if (outcome == DONE)
		talk->says_word =
		    contact_says_word(heard->text, text_string(&word));
	if (outcome == DONE && !talk->is_guarded)
		talk->behind_word =
		    contact_behind_word(heard->text, text_string(&word));
	text_free(&word);
	return (outcome == TRY_LATER || outcome == BROKEN ? outcome : DONE);
}

/* Whether the text belongs to the case at all. */
static int
is_of_case(const struct talk *talk)
{
	int is_open = talk->contact.talk == CONTACT_OPEN && talk->was_warm;

	if (talk->is_other)
		return (talk->is_guarded ||
		    (is_open && is_running(&talk->request)) ||
		    (talk->contact.has_word && talk->says_word &&
			is_running(&talk->request)));
	return (is_running(&talk->request) || talk->is_guarded);
}

/* Their own request that runs comes before all others. */
MUST_USE static enum outcome
find_contact(struct hub *hub, const struct heard *heard, struct talk *talk)
{
	enum outcome outcome;

	if (heard->running != NULL) {
		talk->request = *heard->running;
		return (
		    contacts_get(hub->store, talk->request.id, &talk->contact));
	}
	outcome = contacts_of_number(hub->store, heard->caller, &talk->contact);
	if (outcome != DONE)
		return (outcome);
	return (
	    requests_get(hub->store, talk->contact.request, &talk->request));
}

enum outcome
talk_find(struct hub *hub, const struct heard *heard, struct talk *talk_r)
{
	struct talk talk = { 0 };
	enum outcome outcome = find_contact(hub, heard, &talk);

	*talk_r = (struct talk){ 0 };
	if (outcome != DONE)
		return (outcome == NOTHING ? DONE : outcome);
	talk.is_other = !is_key(heard->caller, &talk.request.caller);
	talk.is_target = talk.contact.way == CONTACT_BY_OTHER
	    ? talk.contact.has_other &&
		is_key(heard->caller, &talk.contact.other)
	    : !talk.is_other;
	talk.was_warm = wrote_lately(hub, &talk.contact, heard->now_utc_s);
	talk.is_guarded = is_guarded(&talk, heard->now_utc_s);
	outcome = find_word(hub, heard, &talk);
	talk.has_contact = is_of_case(&talk);
	if (outcome == DONE && talk.has_contact)
		*talk_r = talk;
	return (outcome);
}

void
talk_guard(const struct talk *talk, struct step_input *input)
{
	if (!talk->has_contact || !talk->is_guarded)
		return;
	input->is_guarded = 1;
	input->was_wrong = talk->contact.talk == CONTACT_WRONG;
	input->says_word = talk->says_word;
	input->guarded_since_utc_s = talk->contact.asked_utc_s;
}

/* -- what they wish --------------------------------------------------------- */

/* The value of one of the lines "name<TAB>value<LF>": 1 when there is one; a
 * question that was skipped has "". */
static int
find_value(const struct text *values, const char *name, struct text *value)
{
	size_t length = strlen(name);
	const char *at = text_string(values);
	int found = 0;

	text_clear(value);
	while (*at != '\0' && !found) {
		size_t line = strcspn(at, "\n");

		found = strncmp(at, name, length) == 0 && at[length] == '\t';
		if (found)
			text_add_bytes(
			    value, at + length + 1, line - length - 1);
		at += line + (at[line] == '\n');
	}
	if (strcmp(text_string(value), "skip") == 0)
		text_clear(value);
	return (found);
}

static enum contact_way
read_way(const char *value)
{
	for (int way = CONTACT_BY_TEXT; way <= CONTACT_BY_OTHER; way++) {
		if (strcmp(value, contact_way_name((enum contact_way)way)) == 0)
			return ((enum contact_way)way);
	}
	return (CONTACT_BY_TEXT);
}

static enum contact_hours
read_hours(const char *value)
{
	for (int hours = HOURS_UNASKED; hours < HOURS_KINDS; hours++) {
		if (strcmp(value,
			contact_hours_name((enum contact_hours)hours)) == 0)
			return ((enum contact_hours)hours);
	}
	return (HOURS_UNASKED);
}

/* Written the national way it is of the country of their own SIM: read with
 * the line's, a Qatari number would be somebody's in Nepal.  Our own lines are
 * nobody's other number. */
static int
read_other(const struct hub *hub, const char *value, const struct number *own,
    struct number *other)
{
	struct calling_code country = number_calling_code(own);

	if (number_read(value, country.digits, other) != SENDER_NUMBER)
		return (0);
	return (!children_are_at(hub, other));
}

static struct zone
zone_of(struct hub *hub, const struct line_settings *line, const char *country)
{
	const struct corridor *corridor =
	    menus_find_corridor(hub->menus, line->corridor);
	struct zone zone = { 0 };

	if (zone_of_country(country, &zone) != DONE && corridor != NULL)
		zone = corridor->zone;
	return (zone);
}

/* A wish with what its pointers point to. */
struct wish {
	struct contact_wish contact;
	struct text word;
	struct number other;
};

/* What was said before stays until it is said anew. */
MUST_USE static enum outcome
load_wish(struct hub *hub, const struct contact *contact, struct wish *wish)
{
	enum outcome outcome = DONE;

	wish->contact.way = contact->way;
	wish->contact.hours = contact->hours;
	wish->contact.zone = contact->zone;
	if (contact->has_other) {
		wish->contact.other = &wish->other;
		outcome = contacts_other_number(
		    hub->store, contact->request, &wish->other);
	}
	if (outcome == DONE)
		outcome =
		    contacts_word(hub->store, contact->request, &wish->word);
	return (outcome == NOTHING ? DONE : outcome);
}

static void
read_wish(struct hub *hub, const struct heard *heard, const struct text *values,
    struct wish *wish)
{
	struct contact_wish *contact = &wish->contact;
	struct text value = { 0 };

	if (find_value(values, "contact", &value))
		contact->way = read_way(text_string(&value));
	if (find_value(values, "time", &value))
		contact->hours = read_hours(text_string(&value));
	(void)find_value(values, "country", &value);
	contact->zone = zone_of(hub, heard->line, text_string(&value));
	if (find_value(values, "other_number", &value))
		contact->other = read_other(hub, text_string(&value),
				     heard->number, &wish->other)
		    ? &wish->other
		    : NULL;
	if (contact->way != CONTACT_BY_OTHER)
		contact->other = NULL;
	if (find_value(values, "codeword", &value)) {
		text_clear(&wish->word);
		text_add_bytes(&wish->word, value.bytes,
		    utf8_cut(text_string(&value), WORD_MAX_BYTES));
	}
	text_free(&value);
}

MUST_USE static enum outcome
put_wish(struct hub *hub, const struct talk *talk, const struct heard *heard,
    const struct text *values, enum contact_way *way_r)
{
	struct wish wish = { 0 };
	enum outcome outcome = load_wish(hub, &talk->contact, &wish);

	if (outcome == DONE) {
		read_wish(hub, heard, values, &wish);
		wish.contact.word = text_string(&wish.word);
		outcome = contacts_put_wish(
		    hub->store, talk->contact.request, &wish.contact);
		*way_r = wish.contact.way;
	}
	text_free(&wish.word);
	explicit_bzero(&wish, sizeof(wish));
	return (outcome);
}

/* -- after the step --------------------------------------------------------- */

static enum contact_talk
state_after(const struct talk *talk, const struct step *step)
{
	enum contact_talk before = talk->contact.talk;

	if (step->effects & EFFECT_TALK_OPENED)
		return (CONTACT_OPEN);
	if (step->effects & EFFECT_TALK_WRONG)
		return (CONTACT_WRONG);
	/* A command, or the menu: it opens only what has no word. */
	if (talk->is_guarded)
		return (before == CONTACT_ASKED && talk->says_word
			? CONTACT_OPEN
			: before);
	/* A guard that has lapsed. */
	if (before == CONTACT_ASKED || before == CONTACT_WRONG)
		before = CONTACT_QUIET;
	return (contact_talk_after(before, talk->was_warm, talk->says_word));
}

MUST_USE static enum outcome
note_wrong(struct hub *hub, const struct talk *talk, int64_t now_utc_s)
{
	log_notice("request=%s: somebody else answered", talk->request.ref);
	return (requests_add_event(hub->store, talk->contact.request, 0,
	    "somebody else answered", now_utc_s));
}

enum outcome
talk_hurry(struct hub *hub, const struct caller_key *caller)
{
	for (size_t i = 0; i < hub->child_count; i++)
		hub->children[i].backlog_utc_s = 0;
	return (outbox_hurry(hub->store, caller));
}

/* A new request has a talk with whoever opened it. */
MUST_USE static enum outcome
begin(struct hub *hub, struct request_id request, struct talk *talk)
{
	enum outcome outcome;

	*talk = (struct talk){
		.has_contact = 1,
		.is_target = 1,
		.says_word = 1,
	};
	outcome = contacts_get(hub->store, request, &talk->contact);
	if (outcome == DONE)
		outcome = requests_get(hub->store, request, &talk->request);
	return (outcome);
}

/* A row is written when it says something new, not at every text. */
static int
is_noted(const struct talk *talk, enum contact_talk after, int64_t now_utc_s)
{
	int64_t age_s = now_utc_s - talk->contact.wrote_utc_s;

	return (
	    talk->contact.talk == after && age_s >= 0 && age_s < TALK_TOUCH_S);
}

MUST_USE static enum outcome
move_talk(struct hub *hub, struct talk *talk, const struct heard *heard,
    const struct step *step)
{
	struct request_id request = talk->contact.request;
	enum contact_talk after = state_after(talk, step);
	enum outcome outcome = DONE;

	if (!is_noted(talk, after, heard->now_utc_s))
		outcome = contacts_set_talk(
		    hub->store, request, after, heard->now_utc_s);
	/* NOTHING: taken back or forgotten in this very step. */
	if (outcome != DONE)
		return (outcome == NOTHING ? DONE : outcome);
	if (step->effects & EFFECT_TALK_WRONG)
		outcome = note_wrong(hub, talk, heard->now_utc_s);
	if (outcome == DONE && after == CONTACT_OPEN)
		outcome = prompts_look_again(hub, &talk->request);
	return (outcome);
}

enum outcome
talk_apply(struct hub *hub, struct talk *talk, const struct heard *heard,
    struct request_id request, const struct step *step)
{
	enum contact_way way = talk->contact.way;
	enum outcome outcome = DONE;

	if (!talk->has_contact && request.row != 0)
		outcome = begin(hub, request, talk);
	if (outcome != DONE || !talk->has_contact)
		return (outcome);
	if (step->values.length > 0 && !talk->is_guarded && !talk->is_other &&
	    (step->effects & EFFECT_UPDATE_REQUEST))
		outcome = put_wish(hub, talk, heard, &step->values, &way);
	/* From here on texts go to another number, which has not written. */
	if (way == CONTACT_BY_OTHER && !talk->is_other)
		talk->is_target = 0;
	if ((outcome == DONE || outcome == NOTHING) && talk->is_target)
		outcome = move_talk(hub, talk, heard, step);
	if (outcome == DONE || outcome == NOTHING)
		outcome = talk_hurry(hub, &talk->request.caller);
	return (outcome);
}
