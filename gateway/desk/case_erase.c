#include "gateway/desk/case_erase.h"

#include <assert.h>

#include "gateway/base/marked_words.h"
#include "gateway/desk/case_step.h"
#include "store/retention.h"

/* What a look at what was asked comes to. */
MUST_USE static enum outcome
refuse(
    enum erase_result why, struct errand *errand, enum erase_result *result_r)
{
	*result_r = why;
	errand->why = CASE_FINE;
	return (REFUSED);
}

MUST_USE static enum outcome
ask(struct errand *errand, const char *typed, enum erase_result *result_r)
{
	struct text reason = { 0 };
	struct erasure_wish wish = { .request = errand->request.id,
		.staff = errand->worker->staff->id,
		.now_utc_s = errand->now_utc_s };
	enum outcome outcome = case_step_read_typed(
	    errand, typed, ERASE_REASON_MAX_BYTES, &reason);

	if (outcome == DONE)
		outcome = case_ready_to_seal(errand);
	wish.reason = text_string(&reason);
	if (outcome == DONE)
		outcome = erasures_ask(errand->worker->store, &wish);
	if (outcome == DONE)
		outcome = case_step_trace(
		    errand, "erasure asked", "erasure asked", NULL);
	*result_r = ERASE_ASKED;
	text_free(&reason);
	return (outcome);
}

MUST_USE static enum outcome
confirm(struct errand *errand, const struct erasure *erasure,
    enum erase_result *result_r)
{
	const struct caseworker *worker = errand->worker;
	enum outcome outcome =
	    retention_erase(worker->store, errand->request.id,
		worker->staff->id, WORDS("erased"), errand->now_utc_s);

	*result_r = ERASE_DONE;
	if (outcome == DONE)
		outcome = case_step_trace(
		    errand, NULL, WORDS("erased"), erasure->staff_name);
	return (outcome);
}

MUST_USE static enum outcome
erase(struct errand *errand, const char *reason, enum erase_result *result_r)
{
	int asks = reason != NULL && reason[0] != '\0';
	struct erasure erasure;
	enum outcome outcome = case_check_is_kept(errand);

	if (outcome != DONE)
		return (outcome);
	outcome = erasures_find(errand->worker->store, errand->request.id,
	    errand->now_utc_s, &erasure);
	if (outcome == NOTHING && asks)
		return (ask(errand, reason, result_r));
	if (outcome == NOTHING)
		return (refuse(ERASE_NOBODY_ASKED, errand, result_r));
	if (outcome != DONE)
		return (outcome);
	if (erasure.staff == errand->worker->staff->id)
		return (refuse(ERASE_OWN, errand, result_r));
	if (asks)
		return (refuse(ERASE_ASKED_ALREADY, errand, result_r));
	return (confirm(errand, &erasure, result_r));
}

enum outcome
cases_erase(
    struct errand *errand, const char *reason, enum erase_result *result_r)
{
	enum outcome outcome = case_errand_begin(errand);

	*result_r = ERASE_NOBODY_ASKED;
	if (outcome != DONE)
		return (outcome);
	return (case_errand_end(errand, erase(errand, reason, result_r)));
}

enum outcome
cases_keep(struct errand *errand, enum erase_result *result_r)
{
	enum outcome outcome = case_errand_begin(errand);

	*result_r = ERASE_NOBODY_ASKED;
	if (outcome != DONE)
		return (outcome);
	outcome = erasures_take_back(errand->worker->store, errand->request.id);
	if (outcome == NOTHING)
		errand->why = CASE_FINE;
	if (outcome == DONE) {
		*result_r = ERASE_TAKEN_BACK;
		outcome = case_step_trace(
		    errand, "erasure taken back", "erasure taken back", NULL);
	}
	return (case_errand_end(errand, outcome));
}

MUST_USE static enum outcome
read_erasure(
    struct errand *errand, struct erasure *erasure_r, struct text *reason)
{
	struct store *store = errand->worker->store;
	struct request_id id = errand->request.id;
	enum outcome outcome =
	    erasures_find(store, id, errand->now_utc_s, erasure_r);

	if (outcome != DONE)
		return (outcome);
	outcome = erasures_reason(store, errand->worker->secret, id, reason);
	/* One that was not kept, or does not open, hides nobody's wish. */
	return (outcome == NOTHING || outcome == REFUSED ? DONE : outcome);
}

enum outcome
cases_erasure(
    struct errand *errand, struct erasure *erasure_r, struct text *reason)
{
	enum outcome outcome = case_errand_begin(errand);
	enum outcome found;

	if (outcome != DONE)
		return (outcome);
	found = read_erasure(errand, erasure_r, reason);
	if (found == DONE)
		found = case_note_look(errand);
	outcome = case_errand_end(errand, found == NOTHING ? DONE : found);
	return (outcome == DONE ? found : outcome);
}

enum outcome
cases_erasures(const struct caseworker *worker, int64_t now_utc_s,
    struct erasure_list *list_r)
{
	if (!cases_may_see(worker->staff))
		return (REFUSED);
	return (erasures_list(worker->store, now_utc_s, list_r));
}

/* -- words ------------------------------------------------------------------ */

static const char *const result_words[] = {
	[ERASE_ASKED] =
	    WORDS("Erasing is asked for; somebody else has to confirm it"
		  " within a week."),
	[ERASE_DONE] =
	    WORDS("It is erased; a reference without content is left."
		  " Tell the partners who have something."),
	[ERASE_OWN] =
	    WORDS("You asked for it yourself; somebody else has to confirm"
		  " it."),
	[ERASE_ASKED_ALREADY] =
	    WORDS("Somebody else has asked already; read why, then"
		  " confirm it or keep the case."),
	[ERASE_TAKEN_BACK] = WORDS("It is kept."),
	[ERASE_NOBODY_ASKED] =
	    WORDS("Nobody asked to erase it, or that was more than"
		  " a week ago; say why it should be."),
};
static_assert(COUNT_OF(result_words) == ERASE_NOBODY_ASKED + 1,
    "every result has its words");

const char *
erase_result_words(enum erase_result result)
{
	return (result_words[result]);
}
