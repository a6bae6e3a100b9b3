#include "gateway/desk/cases.h"

#include "gateway/desk/case_errand.h"
#include "gateway/text/segments.h"
#include "gateway/text/utf8.h"
#include "store/contacts.h"

/* The hub changes its key each hour; a desk that stays open does the same. */
enum { EPOCH_LASTS_S = 3600 };

MUST_USE static enum outcome
refuse(struct errand *errand, enum case_reason why)
{
	errand->why = why;
	return (REFUSED);
}

int
cases_may_see(const struct staff *staff)
{
	return (!staff->is_disabled &&
	    (strcmp(staff->role, "caseworker") == 0 ||
		strcmp(staff->role, "lead") == 0));
}

enum outcome
case_errand_begin(struct errand *errand)
{
	struct store *store = errand->worker->store;
	enum outcome outcome;

	errand->why = CASE_STORE;
	errand->was_found = 0;
	if (!cases_may_see(errand->worker->staff))
		return (refuse(errand, CASE_NO_RIGHT));
	outcome = store_begin(store);
	if (outcome != DONE)
		return (outcome);
	outcome = requests_find(store, errand->ref, &errand->request);
	if (outcome == NOTHING)
		errand->why = CASE_NOT_FOUND;
	if (outcome != DONE)
		store_rollback(store);
	else
		errand->was_found = 1;
	return (outcome);
}

enum outcome
case_errand_end(struct errand *errand, enum outcome outcome)
{
	struct store *store = errand->worker->store;

	if (outcome == DONE)
		outcome = store_commit(store);
	if (outcome == DONE)
		errand->why = CASE_FINE;
	else
		store_rollback(store);
	return (outcome);
}

/* Gives the desk a key of its own to seal with. */
MUST_USE static enum outcome
ready_to_seal(const struct errand *errand)
{
	struct store *store = errand->worker->store;
	int64_t age_s = errand->now_utc_s - store_epoch_began_utc_s(store);

	if (store_epoch(store) != 0 && age_s >= 0 && age_s < EPOCH_LASTS_S)
		return (DONE);
	return (store_begin_epoch(store, errand->now_utc_s));
}

/* Nobody may do anything more with what the caller took back. */
MUST_USE static enum outcome
check_is_kept(struct errand *errand)
{
	if (errand->request.state == REQUEST_WITHDRAWN)
		return (refuse(errand, CASE_WITHDRAWN));
	if (errand->request.state == REQUEST_FORGOTTEN)
		return (refuse(errand, CASE_FORGOTTEN));
	return (DONE);
}

MUST_USE static enum outcome
check_is_own(struct errand *errand)
{
	const struct request *request = &errand->request;
	enum outcome outcome = check_is_kept(errand);

	if (outcome != DONE)
		return (outcome);
	if (request->state == REQUEST_OPEN)
		return (refuse(errand, CASE_UNCLAIMED));
	if (request->state == REQUEST_CLOSED)
		return (refuse(errand, CASE_CLOSED));
	if (request->claimed_by != errand->worker->staff->id)
		return (refuse(errand, CASE_TAKEN));
	return (DONE);
}

/* -- what people type ------------------------------------------------------- */

static void
trim(struct text *text)
{
	size_t start = 0;
	struct text kept = { 0 };

	while (text->length > 0 &&
	    strchr(" \n", text->bytes[text->length - 1]) != NULL)
		text_cut(text, text->length - 1);
	while (
	    start < text->length && strchr(" \n", text->bytes[start]) != NULL)
		start++;
	text_add_bytes(&kept, text_string(text) + start, text->length - start);
	text_free(text);
	*text = kept;
}

/* Fills *clean from what was typed; what was not UTF-8 is refused, since a
 * caller can do nothing with question marks. */
MUST_USE static enum outcome
read_typed(struct errand *errand, const char *typed, struct text *clean)
{
	static const char replacement[] = "\xef\xbf\xbd";

	utf8_add_clean(clean, typed, strlen(typed));
	trim(clean);
	if (clean->length == 0)
		return (refuse(errand, CASE_EMPTY));
	if (clean->length > CASE_TEXT_MAX_BYTES)
		return (refuse(errand, CASE_TOO_LONG));
	if (strstr(clean->bytes, replacement) != NULL)
		return (refuse(errand, CASE_NOT_TEXT));
	return (DONE);
}

/* -- claim, close, reopen, note --------------------------------------------- */

MUST_USE static enum outcome
claim(struct errand *errand)
{
	const struct request *request = &errand->request;
	int64_t staff = errand->worker->staff->id;
	enum outcome outcome = check_is_kept(errand);

	if (outcome != DONE)
		return (outcome);
	if (request->state == REQUEST_CLOSED)
		return (refuse(errand, CASE_CLOSED));
	if (request->state == REQUEST_CLAIMED && request->claimed_by == staff)
		return (DONE);
	if (request->state == REQUEST_CLAIMED) {
		errand->why = CASE_TAKEN;
		return (NOTHING);
	}
	outcome = requests_claim(
	    errand->worker->store, request->id, staff, errand->now_utc_s);
	if (outcome == NOTHING)
		errand->why = CASE_TAKEN;
	return (outcome);
}

enum outcome
cases_claim(struct errand *errand)
{
	enum outcome outcome = case_errand_begin(errand);

	if (outcome != DONE)
		return (outcome);
	return (case_errand_end(errand, claim(errand)));
}

/* The words stand in the store as they are: nothing that looks like a number
 * may be among them. */
MUST_USE static enum outcome
check_words(struct errand *errand, const char *typed, struct text *words)
{
	enum outcome outcome;

	if (typed == NULL)
		return (DONE);
	outcome = read_typed(errand, typed, words);
	if (outcome != DONE)
		return (outcome);
	if (words->length > CASE_OUTCOME_MAX_BYTES)
		return (refuse(errand, CASE_TOO_LONG));
	if (strpbrk(words->bytes, "0123456789\n@") != NULL)
		return (refuse(errand, CASE_NOT_PLAIN));
	return (DONE);
}

enum outcome
cases_close(struct errand *errand, const char *typed)
{
	struct text words = { 0 };
	enum outcome outcome = case_errand_begin(errand);

	if (outcome != DONE)
		return (outcome);
	outcome = check_is_own(errand);
	if (outcome == DONE)
		outcome = check_words(errand, typed, &words);
	if (outcome == DONE)
		outcome = requests_close(errand->worker->store,
		    errand->request.id, errand->worker->staff->id,
		    text_string(&words), errand->now_utc_s);
	text_free(&words);
	return (case_errand_end(errand, outcome));
}

enum outcome
cases_pass(struct errand *errand)
{
	enum outcome outcome = case_errand_begin(errand);

	if (outcome != DONE)
		return (outcome);
	outcome = check_is_own(errand);
	if (outcome == DONE)
		outcome = requests_give_back(errand->worker->store,
		    errand->request.id, errand->worker->staff->id,
		    errand->now_utc_s);
	return (case_errand_end(errand, outcome));
}

MUST_USE static enum outcome
reopen(struct errand *errand)
{
	struct store *store = errand->worker->store;
	struct request other;
	enum outcome outcome = check_is_kept(errand);

	if (outcome != DONE)
		return (outcome);
	if (errand->request.state != REQUEST_CLOSED)
		return (refuse(errand, CASE_NOT_CLOSED));
	outcome = requests_of_caller(store, &errand->request.caller, &other);
	if (outcome == DONE)
		return (refuse(errand, CASE_HAS_ANOTHER));
	if (outcome != NOTHING)
		return (outcome);
	return (requests_reopen(store, errand->request.id,
	    errand->worker->staff->id, errand->now_utc_s));
}

enum outcome
cases_reopen(struct errand *errand)
{
	enum outcome outcome = case_errand_begin(errand);

	if (outcome != DONE)
		return (outcome);
	return (case_errand_end(errand, reopen(errand)));
}

MUST_USE static enum outcome
add_text(const struct errand *errand, enum case_text_kind kind,
    const char *text, struct outbox_id outbox)
{
	return (requests_add_staff_text(errand->worker->store,
	    errand->request.id, kind, errand->worker->staff->id, text, outbox,
	    errand->now_utc_s));
}

MUST_USE static enum outcome
add_event(const struct errand *errand, const char *what)
{
	return (requests_add_event(errand->worker->store, errand->request.id,
	    errand->worker->staff->id, what, errand->now_utc_s));
}

enum outcome
cases_note(struct errand *errand, const char *typed)
{
	struct text note = { 0 };
	enum outcome outcome = case_errand_begin(errand);

	if (outcome != DONE)
		return (outcome);
	outcome = check_is_kept(errand);
	if (outcome == DONE)
		outcome = read_typed(errand, typed, &note);
	if (outcome == DONE)
		outcome = ready_to_seal(errand);
	if (outcome == DONE)
		outcome = add_text(errand, CASE_TEXT_NOTE, text_string(&note),
		    (struct outbox_id){ 0 });
	if (outcome == DONE)
		outcome = add_event(errand, "note written");
	text_free(&note);
	return (case_errand_end(errand, outcome));
}

/* -- reply ------------------------------------------------------------------ */

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

/* What stands against writing to this caller now; CASE_FINE when nothing but
 * the hour, or a talk that has to be opened first. */
MUST_USE static enum outcome
find_objection(const struct errand *errand, unsigned overrides,
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

/* The reason for an exception, as words in the thread and as an event. */
MUST_USE static enum outcome
write_exception(struct errand *errand, enum case_reason why, const char *typed)
{
	const char *event = why == CASE_ON_HOLD ? "replied despite hold"
	    : why == CASE_CALL_ME               ? "replied despite: call me"
	    : why == CASE_WRONG_PERSON          ? "replied despite wrong word"
						: "replied without consent";
	struct text reason = { 0 };
	struct text note = { 0 };
	enum outcome outcome = read_typed(errand, typed, &reason);

	if (outcome == DONE) {
		text_printf(&note, "%s: %s", event, reason.bytes);
		outcome = add_text(errand, CASE_TEXT_NOTE, note.bytes,
		    (struct outbox_id){ 0 });
	}
	if (outcome == DONE)
		outcome = add_event(errand, event);
	text_free(&reason);
	text_free(&note);
	return (outcome);
}

/* Read as a whole before anything is written. */
MUST_USE static enum outcome
check_reply(struct errand *errand, const struct case_reply *reply,
    struct text *clean, unsigned *parts_r)
{
	enum alphabet alphabet;
	unsigned units;
	enum outcome outcome = check_is_own(errand);

	if (outcome == DONE)
		outcome = read_typed(errand, reply->text, clean);
	if (outcome != DONE)
		return (outcome);
	*parts_r = segments_count(clean->bytes, &alphabet, &units);
	if (*parts_r > SEGMENTS_MOST)
		return (refuse(errand, CASE_TOO_LONG));
	return (DONE);
}

/* *overrides_r: what a reason was given against, and kept.  One reason is for
 * all that stands against it. */
MUST_USE static enum outcome
check_objections(
    struct errand *errand, const char *despite, unsigned *overrides_r)
{
	struct contact_decision decision;
	enum case_reason why;
	unsigned overrides = 0;
	enum outcome outcome;

	for (;;) {
		outcome = find_objection(errand, overrides, &decision);
		if (outcome != DONE)
			return (outcome);
		why = reason_of(decision.why);
		if (why == CASE_FINE)
			break;
		if (despite == NULL || !case_takes_exception(why))
			return (refuse(errand, why));
		outcome = write_exception(errand, why, despite);
		if (outcome != DONE)
			return (outcome);
		overrides |= decision.lifted_by;
	}
	*overrides_r = overrides;
	return (DONE);
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
		outcome = add_event(errand, "replied");
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
		outcome = ready_to_seal(errand);
	if (outcome == DONE)
		outcome = check_objections(errand, reply->despite, &overrides);
	if (outcome == DONE)
		outcome = write_reply(errand, text_string(&clean), overrides);
	text_free(&clean);
	return (case_errand_end(errand, outcome));
}
