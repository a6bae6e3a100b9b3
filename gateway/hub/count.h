/* Counting what callers do, without them: one step of the engine becomes
 * tallies (store/tallies.h).
 *
 *   a request opened      urgency, how it was opened, language
 *   the need told         once a question
 *   a warning sign        an answer that carries a weight; an answer taken
 *                         back and given anew counts once more
 *   a recruiter looked up whose entry was shown
 *   feedback              answers whose name begins with "feedback_"
 *
 * Words a caller typed are never counted: values of numbers and free text are
 * not among these.
 */
#ifndef GATEWAY_HUB_COUNT_H
#define GATEWAY_HUB_COUNT_H

#include "menus/menu_walk.h"
#include "store/requests.h"

/* Whose step it was, and when. */
struct count_who {
	const struct caller_key *caller; /* so that many times are one person */
	const char *corridor;
	int is_opened; /* a request was opened in it */
	int64_t now_utc_s;
};
/* Counts a step, inside the message's transaction, once the caller is kept. */
MUST_USE enum outcome count_step(struct store *store,
    const struct count_who *who, const struct step *step);

/* A text that joined a case, where it may be an answer to being referred
 * (store/referrals.h). */
struct count_answer {
	struct request_id request;
	const char *text;
	int may_agree; /* 0: it may be somebody else who writes; only a no
			  counts then */
	int64_t now_utc_s;
};
/* Takes the yes or no that the step says the text is: DONE also when nothing
 * was asked. */
MUST_USE enum outcome count_consent(struct store *store,
    const struct step *step, const struct count_answer *answer);

#endif
