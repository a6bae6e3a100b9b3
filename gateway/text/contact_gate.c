#include "gateway/text/contact_gate.h"

#include "gateway/base/text.h"
#include "gateway/text/words.h"

enum { MINUTE_S = 60 };

/* -- what stands against a text --------------------------------------------- */

/* The facts and the moment, for the questions of the table. */
struct question {
	const struct contact_facts *facts;
	int64_t now_utc_s;
};

static int
wrote_lately(const struct contact_facts *facts, int64_t now_utc_s)
{
	int64_t age_s = now_utc_s - facts->wrote_utc_s;

	/* A clock that jumped back says nothing of how long ago it was. */
	return (facts->wrote_utc_s > 0 && age_s >= 0 && age_s < facts->warm_s);
}

int
contact_is_open(const struct contact_facts *facts, int64_t now_utc_s)
{
	return (facts->talk == CONTACT_OPEN && wrote_lately(facts, now_utc_s));
}

static int
is_unknown(const struct question *question)
{
	return (!question->facts->is_known);
}

static int
is_withdrawn(const struct question *question)
{
	return (question->facts->is_withdrawn);
}

static int
is_stopped(const struct question *question)
{
	return (question->facts->is_stopped);
}

static int
lacks_consent(const struct question *question)
{
	return (!question->facts->has_consent);
}

static int
is_on_hold(const struct question *question)
{
	return (question->facts->is_on_hold);
}

static int
wants_call(const struct question *question)
{
	return (question->facts->way == CONTACT_BY_CALL);
}

static int
lacks_number(const struct question *question)
{
	return (question->facts->way == CONTACT_BY_OTHER &&
	    !question->facts->has_other);
}

static int
needs_no_opening(const struct question *question)
{
	enum contact_talk talk = question->facts->talk;

	return (talk == CONTACT_WRONG ||
	    contact_is_open(question->facts, question->now_utc_s));
}

static int
was_answered_wrongly(const struct question *question)
{
	return (question->facts->talk == CONTACT_WRONG);
}

static int
will_write(const struct question *question)
{
	return (question->facts->way == CONTACT_BY_SELF &&
	    !wrote_lately(question->facts, question->now_utc_s));
}

/* Who wrote a moment ago and is who they say they are has the phone in hand:
 * the hours are for texts that come by themselves. */
static int
is_late(const struct question *question)
{
	const struct contact_facts *facts = question->facts;
	int minute = zone_minute_of_day(&facts->zone, question->now_utc_s);

	return (!contact_is_open(facts, question->now_utc_s) &&
	    !day_span_has(&facts->hours, minute));
}

static int
awaits_answer(const struct question *question)
{
	int64_t age_s = question->now_utc_s - question->facts->asked_utc_s;

	return (question->facts->talk == CONTACT_ASKED &&
	    age_s < CONTACT_ASK_AGAIN_S);
}

static int
needs_opening(const struct question *question)
{
	return (!contact_is_open(question->facts, question->now_utc_s));
}

#define BIT(purpose) (1u << (purpose))
enum {
	UNASKED = BIT(CONTACT_REPLY) | BIT(CONTACT_OPENING) |
	    BIT(CONTACT_FEEDBACK) | BIT(CONTACT_FOLLOWUP),
	WORDS =
	    BIT(CONTACT_REPLY) | BIT(CONTACT_FEEDBACK) | BIT(CONTACT_FOLLOWUP),
	OWN_STAFF = BIT(CONTACT_ALARM) | BIT(CONTACT_STAFF),
};

/* In the order of enum contact_reason; the first that holds decides. */
static const struct rule {
	enum contact_reason why;
	unsigned purposes;
	enum contact_verdict verdict;
	unsigned lifted_by;
	int (*holds)(const struct question *);
} rules[] = {
	{ CONTACT_UNKNOWN, UNASKED | OWN_STAFF, CONTACT_REFUSE, 0, is_unknown },
	{ CONTACT_WITHDRAWN, UNASKED, CONTACT_REFUSE, 0, is_withdrawn },
	{ CONTACT_STOPPED, UNASKED | OWN_STAFF | BIT(CONTACT_COVER),
	    CONTACT_REFUSE, 0, is_stopped },
	{ CONTACT_NO_CONSENT, UNASKED, CONTACT_REFUSE, CONTACT_DESPITE_CONSENT,
	    lacks_consent },
	{ CONTACT_ON_HOLD, UNASKED, CONTACT_REFUSE, CONTACT_DESPITE_HOLD,
	    is_on_hold },
	{ CONTACT_CALL_ME, UNASKED, CONTACT_REFUSE, CONTACT_DESPITE_CALL,
	    wants_call },
	{ CONTACT_NO_NUMBER, UNASKED, CONTACT_REFUSE, 0, lacks_number },
	{ CONTACT_NOT_NEEDED, BIT(CONTACT_OPENING), CONTACT_REFUSE, 0,
	    needs_no_opening },
	{ CONTACT_WRONG_PERSON, WORDS, CONTACT_HOLD, CONTACT_DESPITE_WORD,
	    was_answered_wrongly },
	{ CONTACT_WILL_WRITE, UNASKED, CONTACT_HOLD, CONTACT_DESPITE_SELF,
	    will_write },
	{ CONTACT_HOURS, UNASKED, CONTACT_HOLD, CONTACT_DESPITE_HOURS,
	    is_late },
	{ CONTACT_AWAITS_ANSWER, WORDS, CONTACT_HOLD, CONTACT_DESPITE_WORD,
	    awaits_answer },
	{ CONTACT_OPENS_FIRST, WORDS, CONTACT_HOLD, CONTACT_DESPITE_WORD,
	    needs_opening },
};

struct contact_decision
contact_gate(enum contact_purpose purpose, const struct contact_facts *facts,
    int64_t now_utc_s)
{
	struct question question = { facts, now_utc_s };
	struct contact_decision decision = { 0 };

	for (size_t i = 0; i < COUNT_OF(rules); i++) {
		const struct rule *rule = &rules[i];

		if ((rule->purposes & BIT(purpose)) == 0 ||
		    (rule->lifted_by & facts->overrides) != 0 ||
		    !rule->holds(&question))
			continue;
		decision.verdict = rule->verdict;
		decision.why = rule->why;
		decision.lifted_by = rule->lifted_by;
		if (rule->why == CONTACT_HOURS)
			decision.until_utc_s = contact_next_safe_utc_s(
			    &facts->hours, &facts->zone, now_utc_s);
		return (decision);
	}
	return (decision);
}

/* Minute by minute, at most two days: so no change of the clock in between can
 * lead it astray. */
int64_t
contact_next_safe_utc_s(
    const struct day_span *hours, const struct zone *zone, int64_t now_utc_s)
{
	int64_t at_utc_s = now_utc_s;

	for (int i = 0; i < 2 * DAY_MINUTES; i++) {
		if (day_span_has(hours, zone_minute_of_day(zone, at_utc_s)))
			return (at_utc_s);
		at_utc_s += MINUTE_S - at_utc_s % MINUTE_S;
	}
	return (at_utc_s);
}

/* -- the talk --------------------------------------------------------------- */

enum contact_talk
contact_talk_after(enum contact_talk talk, int was_warm, int says_word)
{
	switch (talk) {
	case CONTACT_WRONG:
		return (CONTACT_WRONG);
	case CONTACT_ASKED:
		return (says_word ? CONTACT_OPEN : CONTACT_WRONG);
	case CONTACT_OPEN:
		return (was_warm || says_word ? CONTACT_OPEN : CONTACT_QUIET);
	case CONTACT_QUIET:
		return (says_word ? CONTACT_OPEN : CONTACT_QUIET);
	}
	return (CONTACT_QUIET);
}

int
contact_says_word(const char *text, const char *word)
{
	enum { SPACE_ALONE = 1 };
	struct text said = { 0 };
	struct text wanted = { 0 };
	int says;

	words_add(text, &said);
	words_add(word, &wanted);
	/* A code word of signs alone has no letters to look for. */
	says = wanted.length <= SPACE_ALONE
	    ? strstr(text, word) != NULL
	    : strstr(text_string(&said), text_string(&wanted)) != NULL;
	text_free(&said);
	text_free(&wanted);
	return (says);
}

/* Folding changes lengths, so that the end of the word is looked for: the
 * longest beginning of the text that holds this word and no other. */
static size_t
end_of_word(const char *text, const struct text *wanted)
{
	struct text said = { 0 };
	size_t end = 0;

	for (size_t i = 1; text[i - 1] != '\0'; i++) {
		int is_it;

		if (((unsigned char)text[i] & 0xc0) == 0x80)
			continue; /* between the bytes of a character */
		text_clear(&said);
		words_add_bytes(text, i, &said);
		is_it = said.length == wanted->length &&
		    memcmp(said.bytes, wanted->bytes, said.length) == 0;
		if (is_it)
			end = i;
		else if (end > 0 || said.length > wanted->length)
			break;
	}
	text_free(&said);
	return (end);
}

const char *
contact_behind_word(const char *text, const char *word)
{
	struct text said = { 0 };
	struct text wanted = { 0 };
	size_t end = 0;

	words_add(text, &said);
	words_add(word, &wanted);
	if (wanted.length > 1 && said.length > wanted.length &&
	    memcmp(said.bytes, wanted.bytes, wanted.length) == 0)
		end = end_of_word(text, &wanted);
	text_free(&said);
	text_free(&wanted);
	return (end > 0 && text[end] != '\0' ? text + end : NULL);
}

/* -- names ------------------------------------------------------------------ */

const char *
contact_reason_name(enum contact_reason why)
{
	static const char *const names[CONTACT_REASONS] = {
		[CONTACT_FINE] = "fine",
		[CONTACT_UNKNOWN] = "unknown",
		[CONTACT_WITHDRAWN] = "withdrawn",
		[CONTACT_STOPPED] = "stopped",
		[CONTACT_NO_CONSENT] = "no consent",
		[CONTACT_ON_HOLD] = "on hold",
		[CONTACT_CALL_ME] = "call me",
		[CONTACT_NO_NUMBER] = "no number",
		[CONTACT_NOT_NEEDED] = "not needed",
		[CONTACT_WRONG_PERSON] = "wrong person",
		[CONTACT_WILL_WRITE] = "will write",
		[CONTACT_HOURS] = "hours",
		[CONTACT_AWAITS_ANSWER] = "awaits answer",
		[CONTACT_OPENS_FIRST] = "opens first",
	};

	return (names[why]);
}

const char *
contact_way_name(enum contact_way way)
{
	static const char *const names[] = {
		[CONTACT_BY_TEXT] = "text",
		[CONTACT_BY_CALL] = "call",
		[CONTACT_BY_SELF] = "self",
		[CONTACT_BY_OTHER] = "other",
	};

	return (names[way]);
}

const char *
contact_talk_name(enum contact_talk talk)
{
	static const char *const names[] = {
		[CONTACT_QUIET] = "quiet",
		[CONTACT_ASKED] = "asked",
		[CONTACT_OPEN] = "open",
		[CONTACT_WRONG] = "wrong",
	};

	return (names[talk]);
}
