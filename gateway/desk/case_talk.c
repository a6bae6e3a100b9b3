/* What a caseworker writes: replies to the caller, notes for the team. */
#include "gateway/base/marked_words.h"
#include "gateway/desk/case_errand.h"
#include "gateway/base/money.h"
#include "gateway/text/segments.h"
#include "store/contacts.h"

MUST_USE static enum outcome
add_text(const struct errand *errand, enum case_text_kind kind,
    const char *text, struct outbox_id outbox)
{
	return (requests_add_staff_text(errand->worker->store,
	    errand->request.id, kind, errand->worker->staff->id, text, outbox,
	    errand->now_utc_s));
}

/* -- notes ------------------------------------------------------------------ */

MUST_USE static enum outcome
write_note(struct errand *errand, const char *text)
{
	enum outcome outcome = case_ready_to_seal(errand);

	if (outcome == DONE)
		outcome = add_text(
		    errand, CASE_TEXT_NOTE, text, (struct outbox_id){ 0 });
	if (outcome == DONE)
		outcome = case_add_event(errand, "note written");
	if (outcome == DONE)
		outcome = case_audit(errand, "note written", "");
	if (outcome == DONE)
		outcome = case_renew(errand);
	return (outcome);
}

enum outcome
cases_note(struct errand *errand, const char *typed)
{
	struct text note = { 0 };
	enum outcome outcome = case_errand_begin(errand);

	if (outcome != DONE)
		return (outcome);
	outcome = case_check_is_kept(errand);
	if (outcome == DONE)
		outcome = case_read_typed(errand, typed, &note);
	if (outcome == DONE)
		outcome = write_note(errand, text_string(&note));
	text_free(&note);
	return (case_errand_end(errand, outcome));
}

/* -- what stands against a reply -------------------------------------------- */

/* What the gate says, as the desk says it. */
static enum case_reason
reason_of(enum contact_reason why)
{
	static const enum case_reason reasons[CONTACT_REASONS] = {
		[CONTACT_FINE] = CASE_FINE,
		[CONTACT_UNKNOWN] = CASE_FORGOTTEN,
		[CONTACT_WITHDRAWN] = CASE_WITHDRAWN,
		[CONTACT_STOPPED] = CASE_STOPPED,
		[CONTACT_NO_CONSENT] = CASE_NO_CONSENT,
		[CONTACT_ON_HOLD] = CASE_ON_HOLD,
		[CONTACT_CALL_ME] = CASE_CALL_ME,
		[CONTACT_NO_NUMBER] = CASE_NO_NUMBER,
		[CONTACT_WRONG_PERSON] = CASE_WRONG_PERSON,
	};

	return (reasons[why]);
}

enum outcome
case_find_outlook(const struct errand *errand, unsigned overrides,
    struct contact_decision *decision_r)
{
	struct contact_question question = {
		.kind = OUTBOX_REPLY,
		.caller = &errand->request.caller,
		.request = errand->request.id,
		.overrides = overrides,
		.now_utc_s = errand->now_utc_s,
	};

	return (contacts_ask(errand->worker->store, &question, decision_r));
}

int
case_takes_exception(enum case_reason why)
{
	return (why == CASE_ON_HOLD || why == CASE_NO_CONSENT ||
	    why == CASE_CALL_ME || why == CASE_WRONG_PERSON);
}

static const char *
exception_words(unsigned override)
{
	static const struct {
		enum contact_override override;
		const char *words;
	} exceptions[] = {
		{ CONTACT_DESPITE_HOLD, WORDS("replied despite hold") },
		{ CONTACT_DESPITE_CONSENT, WORDS("replied without consent") },
		{ CONTACT_DESPITE_HOURS, WORDS("replied outside safe hours") },
		{ CONTACT_DESPITE_CALL, WORDS("replied despite: call me") },
		{ CONTACT_DESPITE_SELF,
		    WORDS("replied despite: I will write") },
		{ CONTACT_DESPITE_WORD,
		    WORDS("replied despite the code word") },
	};

	for (size_t i = 0; i < COUNT_OF(exceptions); i++) {
		if (exceptions[i].override == (enum contact_override) override)
			return (exceptions[i].words);
	}
	return (WORDS("replied despite an objection"));
}

/* The reason for an exception, as words in the thread, as an event and in the
 * trail. */
MUST_USE static enum outcome
write_exception(struct errand *errand, unsigned override, const char *typed)
{
	const char *event = exception_words(override);
	struct text reason = { 0 };
	struct text note = { 0 };
	enum outcome outcome = case_read_typed(errand, typed, &reason);

	if (outcome == DONE) {
		text_printf(&note, "%s: %s", event, reason.bytes);
		outcome = add_text(errand, CASE_TEXT_NOTE, note.bytes,
		    (struct outbox_id){ 0 });
	}
	if (outcome == DONE)
		outcome = case_add_event(errand, event);
	if (outcome == DONE)
		outcome = case_audit(errand, event, "");
	text_free(&reason);
	text_free(&note);
	return (outcome);
}

/* A caseworker has decided about a wrong answer: what this number says next may
 * open the talk again. */
MUST_USE static enum outcome
trust_again(const struct errand *errand, enum contact_reason why)
{
	if (why != CONTACT_WRONG_PERSON)
		return (DONE);
	return (contacts_set_talk(
	    errand->worker->store, errand->request.id, CONTACT_QUIET, 0));
}

/* *overrides_r: what a reason was given against, and kept.  One reason is for
 * all that stands against it; the hour and the neutral text do not, unless it
 * is to go at once. */
MUST_USE static enum outcome
check_objections(struct errand *errand, const struct case_reply *reply,
    unsigned *overrides_r)
{
	struct contact_decision decision;
	enum case_reason why;
	unsigned overrides = 0;
	enum outcome outcome;

	for (;;) {
		outcome = case_find_outlook(errand, overrides, &decision);
		if (outcome != DONE)
			return (outcome);
		why = reason_of(decision.why);
		if (why == CASE_FINE &&
		    (decision.lifted_by == 0 || !reply->at_once))
			break;
		if (reply->despite == NULL || decision.lifted_by == 0)
			return (case_refuse(
			    errand, why != CASE_FINE ? why : CASE_EMPTY));
		outcome =
		    write_exception(errand, decision.lifted_by, reply->despite);
		if (outcome == DONE)
			outcome = trust_again(errand, decision.why);
		if (outcome != DONE)
			return (outcome);
		overrides |= decision.lifted_by;
	}
	errand->outlook = decision;
	*overrides_r = overrides;
	return (DONE);
}

/* -- sent once, to what was seen -------------------------------------------- */

/* Taken in the reply's own transaction: a form that was refused may come
 * again. */
MUST_USE static enum outcome
take_token(struct errand *errand, const char *token)
{
	enum outcome outcome;

	if (token == NULL || token[0] == '\0')
		return (DONE);
	if (strlen(token) > CASE_TOKEN_MAX_BYTES)
		return (case_refuse(errand, CASE_TOO_LONG));
	outcome = requests_take_token(
	    errand->worker->store, errand->request.id, token);
	if (outcome == NOTHING)
		errand->why = CASE_SENT_ALREADY;
	return (outcome);
}

/* The transaction holds the store's only write lock: what is compared here is
 * what stands when the reply is written. */
MUST_USE static enum outcome
check_seen(struct errand *errand, int64_t seen)
{
	int64_t newest = 0;
	enum outcome outcome;

	if (seen == 0)
		return (DONE);
	outcome = requests_newest_text(errand->worker->store,
	    errand->request.id, errand->worker->staff->id, &newest);
	if (outcome == DONE && newest > seen)
		return (case_refuse(errand, CASE_MOVED_ON));
	return (outcome == NOTHING ? DONE : outcome);
}

/* -- reply ------------------------------------------------------------------ */

/* Read as a whole before anything but the token is written. */
MUST_USE static enum outcome
check_reply(struct errand *errand, const struct case_reply *reply,
    struct text *clean, unsigned *parts_r)
{
	enum alphabet alphabet;
	unsigned units;
	enum outcome outcome = take_token(errand, reply->token);

	if (outcome == DONE)
		outcome = case_check_is_own(errand);
	if (outcome == DONE)
		outcome = case_read_typed(errand, reply->text, clean);
	if (outcome != DONE)
		return (outcome);
	*parts_r = segments_count(clean->bytes, &alphabet, &units);
	if (*parts_r > SEGMENTS_MOST)
		return (case_refuse(errand, CASE_TOO_LONG));
	return (check_seen(errand, reply->seen));
}

MUST_USE static enum outcome
write_reply(const struct errand *errand, const char *text, unsigned overrides)
{
	struct store *store = errand->worker->store;
	const struct request *request = &errand->request;
	struct outgoing outgoing = {
		.kind = OUTBOX_REPLY,
		.line = request->line,
		.caller = &request->caller,
		.text = text,
		.request = request->id.row,
		.overrides = overrides,
		.now_utc_s = errand->now_utc_s,
	};
	struct outbox_id outbox;
	enum outcome outcome;

	outcome = outbox_add(store, &outgoing, OUTBOX_QUEUED, &outbox);
	if (outcome == DONE)
		outcome = add_text(errand, CASE_TEXT_REPLY, text, outbox);
	if (outcome == DONE && request->menu_is_back)
		outcome = requests_set_menu_back(store, request->id, 0);
	if (outcome == DONE)
		outcome = requests_answered(store, request->id);
	if (outcome == DONE)
		outcome = case_add_event(errand, "replied");
	if (outcome == DONE)
		outcome = case_audit(errand, "replied", "");
	if (outcome == DONE)
		outcome = case_renew(errand);
	return (outcome);
}

enum outcome
cases_reply(
    struct errand *errand, const struct case_reply *reply, unsigned *parts_r)
{
	struct text clean = { 0 };
	unsigned overrides = 0;
	enum outcome outcome = case_errand_begin(errand);

	if (outcome != DONE)
		return (outcome);
	outcome = check_reply(errand, reply, &clean, parts_r);
	if (outcome == DONE)
		outcome = case_ready_to_seal(errand);
	if (outcome == DONE)
		outcome = check_objections(errand, reply, &overrides);
	if (outcome == DONE)
		outcome = write_reply(errand, text_string(&clean), overrides);
	text_free(&clean);
	return (case_errand_end(errand, outcome));
}

/* -- cost ------------------------------------------------------------------- */

struct case_cost
cases_cost(const struct case_rules *rules, const char *text)
{
	struct case_cost cost = { 0 };
	enum alphabet alphabet;
	struct money price;

	cost.parts = segments_count(text, &alphabet, &cost.units);
	cost.is_gsm = alphabet == ALPHABET_GSM;
	if (rules != NULL && rules->part_price != NULL &&
	    money_read(rules->part_price, &price))
		snprintf(cost.cost, sizeof(cost.cost), "%s%s%s",
		    money_times(&price, cost.parts).text,
		    rules->currency != NULL && rules->currency[0] != '\0' ? " "
									  : "",
		    rules->currency != NULL ? rules->currency : "");
	return (cost);
}
