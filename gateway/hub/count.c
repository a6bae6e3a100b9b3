#include "gateway/hub/count.h"

#include <string.h>

#include "store/referrals.h"
#include "store/tallies.h"

static const char need[] = "need";
static const char feedback[] = "feedback_";

MUST_USE static enum outcome
count_opened(
    struct store *store, const struct count_who *who, const struct step *step)
{
	struct tally tally = {
		.what = TALLY_REQUEST,
		.corridor = who->corridor,
		.first =
		    request_urgency_name((enum request_urgency)step->urgency),
		.second = step->opened_by,
		.third = step->language,
		.caller = who->caller,
	};

	return (tallies_add(store, &tally, who->now_utc_s));
}

/* What an answer is counted as: 1, or 0 when it is not. */
static int
tally_of_answer(const struct step *step, struct tally *tally)
{
	if (strncmp(step->saved, feedback, sizeof(feedback) - 1) == 0) {
		tally->what = TALLY_FEEDBACK;
		tally->first = step->saved;
		tally->second = text_string(&step->saved_value);
		return (1);
	}
	if (strcmp(step->saved, need) == 0) {
		tally->what = TALLY_NEED;
		tally->first = text_string(&step->saved_value);
		return (1);
	}
	if (step->has_weight) {
		tally->what = TALLY_SIGN;
		tally->first = step->saved;
		return (1);
	}
	return (0);
}

enum outcome
count_step(
    struct store *store, const struct count_who *who, const struct step *step)
{
	struct tally answer = { .corridor = who->corridor,
		.caller = who->caller };
	struct tally recruiter = {
		.what = TALLY_RECRUITER,
		.corridor = who->corridor,
		.first = text_string(&step->recruiter),
		.caller = who->caller,
	};
	enum outcome outcome = DONE;

	if (who->is_opened)
		outcome = count_opened(store, who, step);
	if (outcome == DONE && step->is_saved_first &&
	    tally_of_answer(step, &answer))
		outcome = tallies_add(store, &answer, who->now_utc_s);
	if (outcome == DONE && step->recruiter.length > 0)
		outcome = tallies_add(store, &recruiter, who->now_utc_s);
	return (outcome);
}

enum outcome
count_consent(struct store *store, const struct step *step,
    const struct count_answer *answer)
{
	int is_yes = step->yes_or_no > 0;
	enum outcome outcome;

	if (step->yes_or_no == 0 || (is_yes && !answer->may_agree))
		return (DONE);
	outcome = referrals_hear(
	    store, answer->request, is_yes, answer->text, answer->now_utc_s);
	return (outcome == NOTHING ? DONE : outcome);
}
