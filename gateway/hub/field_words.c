#include "gateway/hub/field_words.h"

#include <assert.h>
#include <inttypes.h>
#include <strings.h>

/* -- reading ---------------------------------------------------------------- */

static const struct {
	const char *word;
	enum field_verb verb;
	int takes_ref;
	int takes_words;
} verbs[] = {
	{ "next", FIELD_NEXT, 0, 0 },
	{ "claim", FIELD_CLAIM, 1, 0 },
	{ "reply", FIELD_REPLY, 1, 1 },
	{ "pass", FIELD_PASS, 1, 0 },
};

static const char blanks[] = " \t\r\n";

/* Takes the next word, without marks at its end; "" when there is none, or it
 * is longer than any of ours. */
static const char *
take_word(const char *text, char word[FIELD_WORD_MAX_BYTES + 1])
{
	size_t length;
	const char *end;

	text += strspn(text, blanks);
	length = strcspn(text, blanks);
	end = text + length;
	while (length > 0 && strchr(".,:;!", text[length - 1]) != NULL)
		length--;
	word[0] = '\0';
	if (length <= FIELD_WORD_MAX_BYTES) {
		memcpy(word, text, length);
		word[length] = '\0';
	}
	return (end);
}

/* Its place in the table, or their count. */
static size_t
find_verb(const char *word)
{
	for (size_t i = 0; i < COUNT_OF(verbs); i++) {
		if (strcasecmp(word, verbs[i].word) == 0)
			return (i);
	}
	return (COUNT_OF(verbs));
}

int
field_read(const char *text, struct field_order *order_r)
{
	struct field_order order = { .words = "" };
	char word[FIELD_WORD_MAX_BYTES + 1];
	size_t i;

	text = take_word(text, order.code);
	text = take_word(text, word);
	i = find_verb(word);
	if (order.code[0] == '\0' || i == COUNT_OF(verbs))
		return (0);
	order.verb = verbs[i].verb;
	if (verbs[i].takes_ref)
		text = take_word(text, order.ref);
	text += strspn(text, blanks);
	if (verbs[i].takes_words)
		order.words = text;
	else if (text[0] != '\0')
		return (0);
	*order_r = order;
	return (1);
}

/* -- writing ---------------------------------------------------------------- */

/* Shorter than the desk's own words, and nothing in them of callers.  What is
 * not here speaks of the person: hold, consent, STOP. */
static const struct {
	enum case_reason why;
	const char *words;
} refusals[] = {
	{ CASE_NOT_FOUND, "not found" },
	{ CASE_UNCLAIMED, "claim it first" },
	{ CASE_TAKEN, "somebody else has it" },
	{ CASE_CLOSED, "closed" },
	{ CASE_WITHDRAWN, "ended" },
	{ CASE_FORGOTTEN, "ended" },
	{ CASE_EMPTY, "no words in it" },
	{ CASE_TOO_LONG, "too long" },
	{ CASE_NO_RIGHT, "ask the office" },
	{ CASE_STORE, "try again later" },
};

static const char *
words_of(enum case_reason why)
{
	for (size_t i = 0; i < COUNT_OF(refusals); i++) {
		if (refusals[i].why == why)
			return (refusals[i].words);
	}
	return ("not now, look at the desk");
}

static const char *
done_of(enum field_verb verb)
{
	static const char *const words[] = {
		[FIELD_NEXT] = "",
		[FIELD_CLAIM] = "yours",
		[FIELD_REPLY] = "on its way",
		[FIELD_PASS] = "passed on",
	};

	static_assert(
	    COUNT_OF(words) == FIELD_PASS + 1, "every verb has its word");
	return (words[verb]);
}

void
field_write(const struct field_order *order, const struct errand *errand,
    enum outcome outcome, struct text *answer)
{
	text_printf(answer, "%s: %s.",
	    errand->was_found ? errand->request.ref : order->ref,
	    outcome == DONE ? done_of(order->verb) : words_of(errand->why));
}

void
field_write_next(
    const struct request *request, int64_t now_utc_s, struct text *answer)
{
	enum { MINUTE_S = 60, HOUR_S = 3600 };
	int64_t age_s;

	if (request == NULL) {
		text_add(answer, "Nothing open.");
		return;
	}
	age_s = now_utc_s > request->opened_utc_s
	    ? now_utc_s - request->opened_utc_s
	    : 0;
	text_printf(answer, "%s %s, %s, %s, ", request->ref,
	    request_urgency_name(request->urgency), request->corridor,
	    request->language);
	if (age_s < 2 * HOUR_S)
		text_printf(answer, "%" PRId64 " min.", age_s / MINUTE_S);
	else
		text_printf(answer, "%" PRId64 " h.", age_s / HOUR_S);
}
