#include "gateway/desk/case_referral.h"

#include "gateway/base/marked_words.h"
#include "gateway/desk/case_step.h"
#include "gateway/desk/referral_sheet.h"

/* -- in front of a step ----------------------------------------------------- */

MUST_USE static enum outcome
refuse(struct referral_errand *step, enum referral_reason why)
{
	step->why = why;
	step->errand.why = CASE_FINE;
	return (REFUSED);
}

MUST_USE static enum outcome
begin(struct referral_errand *step)
{
	step->why = REFERRAL_FINE;
	step->field = NULL;
	return (case_errand_begin(&step->errand));
}

/* Ends the errand and leaves the reason of our own in sight. */
MUST_USE static enum outcome
end(struct referral_errand *step, enum outcome outcome)
{
	return (case_errand_end(&step->errand, outcome));
}

MUST_USE static enum outcome
find_partner(struct referral_errand *step, struct partner *partner_r)
{
	enum outcome outcome =
	    partners_find(step->errand.worker->store, step->partner, partner_r);

	return (
	    outcome == NOTHING ? refuse(step, REFERRAL_NO_PARTNER) : outcome);
}

/* For what begins something new. */
MUST_USE static enum outcome
find_open_partner(struct referral_errand *step, struct partner *partner_r)
{
	enum outcome outcome = find_partner(step, partner_r);

	if (outcome == DONE && partner_r->is_removed)
		return (refuse(step, REFERRAL_NO_PARTNER));
	return (outcome);
}

/* The partner and the referral to them. */
MUST_USE static enum outcome
find_referral(struct referral_errand *step, struct partner *partner_r)
{
	enum outcome outcome = find_partner(step, partner_r);

	if (outcome == DONE)
		outcome = referrals_find(step->errand.worker->store,
		    step->errand.request.id, partner_r->id, &step->referral);
	return (outcome == NOTHING ? refuse(step, REFERRAL_NONE) : outcome);
}

/* As it stands after the step. */
MUST_USE static enum outcome
read_again(struct referral_errand *step)
{
	return (referrals_find(step->errand.worker->store,
	    step->errand.request.id, step->referral.partner, &step->referral));
}

MUST_USE static enum outcome
trace(struct referral_errand *step, const char *event, const char *partner)
{
	return (case_step_trace(&step->errand, event, event, partner));
}

/* -- consent ---------------------------------------------------------------- */

static int
is_running(enum referral_state state)
{
	return (state == REFERRAL_ASKED || state == REFERRAL_AGREED ||
	    state == REFERRAL_PASSED || state == REFERRAL_ACCEPTED);
}

/* REFUSED when one to this partner is running, or (for a question) the caller
 * owes an answer about another. */
MUST_USE static enum outcome
check_may_begin(
    struct referral_errand *step, const struct partner *partner, int is_asking)
{
	struct referral_list list;
	enum outcome outcome = referrals_of_request(
	    step->errand.worker->store, step->errand.request.id, &list);

	if (outcome != DONE)
		return (outcome);
	for (size_t i = 0; i < list.count && outcome == DONE; i++) {
		const struct referral *other = &list.items[i];

		if (other->partner == partner->id && is_running(other->state))
			outcome = refuse(step, REFERRAL_RUNS);
		else if (is_asking && other->state == REFERRAL_ASKED)
			outcome = refuse(step, REFERRAL_WAITS);
	}
	free(list.items);
	return (outcome);
}

/* Everything that stands against it is found before anything is sent. */
MUST_USE static enum outcome
check_question(struct referral_errand *step, const char *wording,
    struct text *words, struct partner *partner_r)
{
	enum outcome outcome = case_check_is_own(&step->errand);

	if (outcome == DONE)
		outcome = find_open_partner(step, partner_r);
	if (outcome == DONE)
		outcome = check_may_begin(step, partner_r, 1);
	if (outcome == DONE)
		outcome = case_step_read_typed(
		    &step->errand, wording, REFERRAL_WORDING_MAX_BYTES, words);
	return (outcome);
}

MUST_USE static enum outcome
begin_referral(struct referral_errand *step, const struct partner *partner,
    enum referral_consent consent, const char *wording)
{
	struct errand *errand = &step->errand;
	struct referral_begin begin = {
		.request = errand->request.id,
		.partner = partner->id,
		.staff = errand->worker->staff->id,
		.consent = consent,
		.wording = wording,
		.now_utc_s = errand->now_utc_s,
	};
	struct referral_id id;
	enum outcome outcome = case_ready_to_seal(errand);

	if (outcome == DONE)
		outcome = referrals_begin(errand->worker->store, &begin, &id);
	if (outcome == REFUSED)
		return (refuse(step, REFERRAL_RUNS));
	if (outcome == DONE)
		outcome = trace(step,
		    consent == CONSENT_NOTED ? WORDS("referral agreed")
					     : WORDS("referral asked"),
		    partner->name);
	step->referral.partner = partner->id;
	return (outcome == DONE ? read_again(step) : outcome);
}

/* Puts the question into the outbox, inside the transaction that is open. */
MUST_USE static enum outcome
reply_inside(struct errand *errand, const struct text *words, unsigned *parts_r)
{
	struct case_reply reply = { .text = text_string(words) };
	const struct caseworker *worker = errand->worker;
	struct caseworker inside = *worker;
	enum outcome outcome;

	inside.is_inside = 1;
	errand->worker = &inside;
	outcome = cases_reply(errand, &reply, parts_r);
	errand->worker = worker;
	return (outcome);
}

/* The question and what it asks are one: else a YES might be taken for an
 * answer to something never asked, or for a text like any other. */
enum outcome
case_referral_ask(
    struct referral_errand *step, const char *wording, unsigned *parts_r)
{
	struct text words = { 0 };
	struct partner partner;
	enum outcome outcome = begin(step);

	if (outcome != DONE)
		return (outcome);
	outcome = check_question(step, wording, &words, &partner);
	if (outcome == DONE)
		outcome = reply_inside(&step->errand, &words, parts_r);
	if (outcome == DONE)
		outcome = begin_referral(
		    step, &partner, CONSENT_NONE, text_string(&words));
	text_free(&words);
	return (end(step, outcome));
}

enum outcome
case_referral_note(struct referral_errand *step, const char *wording)
{
	struct text words = { 0 };
	struct partner partner;
	enum outcome outcome = begin(step);

	if (outcome != DONE)
		return (outcome);
	outcome = case_check_is_own(&step->errand);
	if (outcome == DONE)
		outcome = find_open_partner(step, &partner);
	if (outcome == DONE)
		outcome = check_may_begin(step, &partner, 0);
	if (outcome == DONE)
		outcome = case_step_read_typed(
		    &step->errand, wording, REFERRAL_WORDING_MAX_BYTES, &words);
	if (outcome == DONE)
		outcome = begin_referral(
		    step, &partner, CONSENT_NOTED, text_string(&words));
	text_free(&words);
	return (end(step, outcome));
}

/* -- passing ---------------------------------------------------------------- */

MUST_USE static enum outcome
check_agreed(struct referral_errand *step)
{
	switch (step->referral.state) {
	case REFERRAL_ASKED:
		return (refuse(step, REFERRAL_NO_CONSENT));
	case REFERRAL_REFUSED:
	case REFERRAL_WITHDRAWN:
		return (refuse(step, REFERRAL_TAKEN_BACK));
	case REFERRAL_DECLINED:
	case REFERRAL_ENDED:
		return (refuse(step, REFERRAL_NONE));
	case REFERRAL_AGREED:
	case REFERRAL_PASSED:
	case REFERRAL_ACCEPTED:
		break;
	}
	if (step->referral.is_in_doubt)
		return (refuse(step, REFERRAL_IN_DOUBT));
	return (DONE);
}

/* A pass while it is made. */
struct passing {
	const struct referral_pass *pass;
	struct partner partner;
	struct referral_fields fields;
	const struct referral_field *ticked[REFERRAL_FIELDS_MOST];
	struct text names; /* a line each */
	struct text words;
};

static void
passing_free(struct passing *passing)
{
	referral_fields_free(&passing->fields);
	text_free(&passing->names);
	text_free(&passing->words);
}

MUST_USE static enum outcome
tick(struct referral_errand *step, struct passing *passing)
{
	const struct referral_pass *pass = passing->pass;

	if (pass->field_count == 0 || pass->field_count > REFERRAL_FIELDS_MOST)
		return (refuse(step, REFERRAL_NO_FIELDS));
	for (size_t i = 0; i < pass->field_count; i++) {
		passing->ticked[i] =
		    referral_fields_find(&passing->fields, pass->fields[i]);
		if (passing->ticked[i] == NULL) {
			step->field = pass->fields[i];
			return (refuse(step, REFERRAL_NO_FIELD));
		}
		text_printf(&passing->names, "%s\n", pass->fields[i]);
	}
	if (pass->words != NULL && pass->words[0] != '\0')
		return (case_step_read_typed(&step->errand, pass->words,
		    REFERRAL_WORDS_MAX_BYTES, &passing->words));
	return (DONE);
}

MUST_USE static enum outcome
write_sheet(const struct referral_errand *step, const struct passing *passing,
    struct text *out)
{
	const struct referral_pass *pass = passing->pass;
	struct referral_sheet sheet = {
		.ref = step->errand.request.ref,
		.from = pass->from != NULL ? pass->from : "",
		.to = passing->partner.name,
		.words = text_string(&passing->words),
		.agreed_utc_s = step->referral.agreed_utc_s,
		.now_utc_s = step->errand.now_utc_s,
		.fields = passing->ticked,
		.field_count = pass->field_count,
	};
	struct text plain = { 0 };
	enum outcome outcome;

	if (pass->form == REFERRAL_SHEET_HTML) {
		referral_sheet_html(&sheet, out);
		return (DONE);
	}
	referral_sheet_text(
	    &sheet, pass->form == REFERRAL_SHEET ? out : &plain);
	if (pass->form == REFERRAL_SHEET)
		return (DONE);
	outcome = sealed_file_seal(
	    &passing->partner.key, plain.bytes, plain.length, out);
	text_free(&plain);
	return (outcome);
}

/* The audit trail says how much was passed, the case itself what. */
MUST_USE static enum outcome
write_passed(struct referral_errand *step, const struct passing *passing)
{
	const char *as =
	    passing->pass->form == REFERRAL_FILE ? "file" : "sheet";
	struct text detail = { 0 };
	enum outcome outcome = case_ready_to_seal(&step->errand);

	if (outcome == DONE)
		outcome = referrals_pass(step->errand.worker->store,
		    step->referral.id, as, text_string(&passing->names),
		    step->errand.now_utc_s);
	text_printf(&detail, "%s, %s, fields: %zu", passing->partner.name, as,
	    passing->pass->field_count);
	if (outcome == DONE)
		outcome = trace(step, WORDS("referral passed"), detail.bytes);
	text_free(&detail);
	return (outcome);
}

MUST_USE static enum outcome
pass(struct referral_errand *step, struct passing *passing, struct text *out)
{
	enum outcome outcome = case_check_is_own(&step->errand);

	if (outcome == DONE)
		outcome = find_referral(step, &passing->partner);
	if (outcome == DONE && passing->partner.is_removed)
		outcome = refuse(step, REFERRAL_NO_PARTNER);
	if (outcome == DONE)
		outcome = check_agreed(step);
	if (outcome == DONE && passing->pass->form == REFERRAL_FILE &&
	    !passing->partner.has_key)
		outcome = refuse(step, REFERRAL_NO_KEY);
	if (outcome == DONE)
		outcome = referral_fields_read(&step->errand, &passing->fields);
	if (outcome == DONE)
		outcome = tick(step, passing);
	if (outcome == DONE)
		outcome = write_sheet(step, passing, out);
	if (outcome == DONE)
		outcome = write_passed(step, passing);
	return (outcome == DONE ? read_again(step) : outcome);
}

enum outcome
case_referral_pass(struct referral_errand *step,
    const struct referral_pass *wish, struct text *out)
{
	struct passing passing = { .pass = wish };
	struct text made = { 0 };
	enum outcome outcome = begin(step);

	if (outcome != DONE)
		return (outcome);
	/* Committed before anything is handed out: nothing leaves untold. */
	outcome = end(step, pass(step, &passing, &made));
	if (outcome == DONE)
		text_add_bytes(out, text_string(&made), made.length);
	text_free(&made);
	passing_free(&passing);
	return (outcome);
}

/* -- what came of it -------------------------------------------------------- */

/* Partners often answer when the case is closed: then anybody notes it. */
MUST_USE static enum outcome
check_may_note_answer(struct errand *errand)
{
	return (errand->request.state == REQUEST_CLOSED
		? DONE
		: case_check_is_own(errand));
}

MUST_USE static enum outcome
answer(struct referral_errand *step, int is_accepted)
{
	struct partner partner;
	enum outcome outcome = check_may_note_answer(&step->errand);

	if (outcome == DONE)
		outcome = find_referral(step, &partner);
	if (outcome == DONE && step->referral.state == REFERRAL_WITHDRAWN)
		outcome = refuse(step, REFERRAL_TAKEN_BACK);
	if (outcome != DONE)
		return (outcome);
	outcome = referrals_answer(step->errand.worker->store,
	    step->referral.id, is_accepted, step->errand.now_utc_s);
	if (outcome == NOTHING)
		return (refuse(step, REFERRAL_NOT_PASSED));
	if (outcome == DONE)
		outcome = trace(step,
		    is_accepted ? WORDS("referral accepted")
				: WORDS("referral declined"),
		    partner.name);
	return (outcome == DONE ? read_again(step) : outcome);
}

enum outcome
case_referral_answer(struct referral_errand *step, int is_accepted)
{
	enum outcome outcome = begin(step);

	if (outcome != DONE)
		return (outcome);
	return (end(step, answer(step, is_accepted)));
}

/* A move that whoever sees the case may make, since each is on the caller's
 * side or says what was done for them. */
MUST_USE static enum outcome
move(struct referral_errand *step, const char *event,
    enum outcome (*how)(struct store *, struct referral_id, int64_t))
{
	struct partner partner;
	enum outcome outcome = find_referral(step, &partner);

	if (outcome != DONE)
		return (outcome);
	outcome = how(step->errand.worker->store, step->referral.id,
	    step->errand.now_utc_s);
	if (outcome == NOTHING)
		return (refuse(step, REFERRAL_NONE));
	if (outcome == DONE)
		outcome = trace(step, event, partner.name);
	return (outcome == DONE ? read_again(step) : outcome);
}

enum outcome
case_referral_withdraw(struct referral_errand *step)
{
	enum outcome outcome = begin(step);

	if (outcome != DONE)
		return (outcome);
	outcome = case_check_is_kept(&step->errand);
	if (outcome == DONE)
		outcome =
		    move(step, WORDS("referral withdrawn"), referrals_withdraw);
	return (end(step, outcome));
}

MUST_USE static enum outcome
settle(struct store *store, struct referral_id id, int64_t now_utc_s)
{
	(void)now_utc_s;
	return (referrals_settle_doubt(store, id));
}

enum outcome
case_referral_settle(struct referral_errand *step)
{
	enum outcome outcome = begin(step);

	if (outcome != DONE)
		return (outcome);
	outcome = case_check_is_own(&step->errand);
	if (outcome == DONE)
		outcome = move(step, WORDS("referral still agreed"), settle);
	return (end(step, outcome));
}

enum outcome
case_referral_told(struct referral_errand *step)
{
	enum outcome outcome = begin(step);

	if (outcome != DONE)
		return (outcome);
	return (
	    end(step, move(step, WORDS("partner told"), referrals_mark_told)));
}
