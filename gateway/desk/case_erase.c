#include "gateway/desk/case_erase.h"

#include "gateway/base/marked_words.h"
#include "gateway/desk/case_step.h"

MUST_USE static enum outcome
ask(struct errand *errand, enum erase_result *result_r)
{
	enum outcome outcome = erasures_ask(errand->worker->store,
	    errand->request.id, errand->worker->staff->id, errand->now_utc_s);

	*result_r = ERASE_ASKED;
	if (outcome == DONE)
		outcome = case_step_trace(
		    errand, "erasure asked", "erasure asked", NULL);
	return (outcome);
}

MUST_USE static enum outcome
confirm(struct errand *errand, const struct erasure *erasure,
    enum erase_result *result_r)
{
	const struct caseworker *worker = errand->worker;
	enum outcome outcome;

	if (erasure->staff == worker->staff->id) {
		*result_r = ERASE_OWN;
		errand->why = CASE_FINE;
		return (REFUSED);
	}
	*result_r = ERASE_DONE;
	outcome = retention_erase(worker->store, errand->request.id,
	    worker->staff->id, WORDS("erased"), errand->now_utc_s);
	if (outcome == DONE)
		outcome = case_step_trace(
		    errand, NULL, WORDS("erased"), erasure->staff_name);
	return (outcome);
}

MUST_USE static enum outcome
erase(struct errand *errand, enum erase_result *result_r)
{
	struct erasure erasure;
	enum outcome outcome = case_check_is_kept(errand);

	if (outcome != DONE)
		return (outcome);
	outcome = erasures_find(errand->worker->store, errand->request.id,
	    errand->now_utc_s, &erasure);
	if (outcome == NOTHING)
		return (ask(errand, result_r));
	return (
	    outcome == DONE ? confirm(errand, &erasure, result_r) : outcome);
}

enum outcome
cases_erase(struct errand *errand, enum erase_result *result_r)
{
	enum outcome outcome = case_errand_begin(errand);

	*result_r = ERASE_NOBODY_ASKED;
	if (outcome != DONE)
		return (outcome);
	return (case_errand_end(errand, erase(errand, result_r)));
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

enum outcome
cases_erasure(struct errand *errand, struct erasure *erasure_r)
{
	enum outcome outcome = case_errand_begin(errand);
	enum outcome found;

	if (outcome != DONE)
		return (outcome);
	found = erasures_find(errand->worker->store, errand->request.id,
	    errand->now_utc_s, erasure_r);
	outcome = case_errand_end(errand, found == NOTHING ? DONE : found);
	return (outcome == DONE ? found : outcome);
}
