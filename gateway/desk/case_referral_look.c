/* The reading half of case_referral.h, and its words. */
#include <assert.h>

#include "gateway/base/marked_words.h"
#include "gateway/desk/case_errand.h"
#include "gateway/desk/case_referral.h"
#include "gateway/desk/referral_sheet.h"

/* -- looking ---------------------------------------------------------------- */

enum outcome
case_referral_fields(struct errand *errand, struct referral_fields *fields_r)
{
	struct referral_fields fields = { 0 };
	enum outcome outcome = case_errand_begin(errand);

	if (outcome != DONE)
		return (outcome);
	outcome = case_check_is_own(errand);
	if (outcome == DONE)
		outcome = case_note_look(errand);
	if (outcome == DONE)
		outcome = referral_fields_read(errand, &fields);
	outcome = case_errand_end(errand, outcome);
	if (outcome == DONE)
		*fields_r = fields;
	else
		referral_fields_free(&fields);
	return (outcome);
}

enum outcome
case_referral_list(struct errand *errand, struct referral_list *list_r)
{
	struct referral_list list = { 0 };
	enum outcome outcome = case_errand_begin(errand);

	if (outcome != DONE)
		return (outcome);
	outcome = case_errand_end(errand,
	    referrals_of_request(
		errand->worker->store, errand->request.id, &list));
	if (outcome == DONE)
		*list_r = list;
	else
		free(list.items);
	return (outcome);
}

MUST_USE static enum outcome
unseal(const struct errand *errand, const struct referral *referral,
    enum referral_part part, struct text *plain)
{
	enum outcome outcome = referrals_unseal(errand->worker->store,
	    errand->worker->secret, referral->id, part, plain);

	return (outcome == NOTHING ? DONE : outcome);
}

enum outcome
case_referral_consent(struct errand *errand, const struct referral *referral,
    struct text *wording, struct text *answered)
{
	enum outcome outcome = case_errand_begin(errand);

	if (outcome != DONE)
		return (outcome);
	if (strcmp(errand->request.ref, referral->ref) != 0)
		outcome = case_refuse(errand, CASE_NOT_FOUND);
	if (outcome == DONE)
		outcome = case_note_look(errand);
	if (outcome == DONE)
		outcome = unseal(errand, referral, REFERRAL_WORDING, wording);
	if (outcome == DONE)
		outcome = unseal(errand, referral, REFERRAL_ANSWER, answered);
	return (case_errand_end(errand, outcome));
}

/* -- words ------------------------------------------------------------------ */

static const char *const reason_words[] = {
	[REFERRAL_FINE] = WORDS("done"),
	[REFERRAL_NO_PARTNER] = WORDS("there is no such partner; see `waymark"
				      " partners list`"),
	[REFERRAL_RUNS] =
	    WORDS("a referral to this partner is running already"),
	[REFERRAL_WAITS] =
	    WORDS("the caller was asked about another partner and has"
		  " not answered; wait, or withdraw that one"),
	[REFERRAL_NONE] = WORDS("there is nothing to do that to; ask the caller"
				" first"),
	[REFERRAL_NO_CONSENT] =
	    WORDS("the caller was asked and has not said yes;"
		  " nothing was passed"),
	[REFERRAL_IN_DOUBT] =
	    WORDS("the caller wrote NO since they agreed; nothing"
		  " was passed. Ask what they meant, then note it"
		  " with `withdraw` or `still-agrees`"),
	[REFERRAL_TAKEN_BACK] = WORDS("the caller does not agree; nothing was"
				      " passed"),
	[REFERRAL_NOT_PASSED] = WORDS("nothing was passed to them yet"),
	[REFERRAL_NO_FIELD] = WORDS("this case has no such field; nothing was"
				    " passed"),
	[REFERRAL_NO_FIELDS] = WORDS("say what to pass, field by field, at most"
				     " thirty-two; nothing was passed"),
	[REFERRAL_NO_KEY] =
	    WORDS("this partner has no key for sealed files; print a"
		  " sheet, or add their key"),
};
static_assert(COUNT_OF(reason_words) == REFERRAL_NO_KEY + 1,
    "every reason has its words");

const char *
referral_reason_words(enum referral_reason why)
{
	return (reason_words[why]);
}
