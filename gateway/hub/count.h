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

/* Counts a step, inside the message's transaction.  `is_opened`: a request was
 * opened in it. */
MUST_USE enum outcome count_step(struct store *store, const char *corridor,
    const struct step *step, int is_opened, int64_t now_utc_s);

/* A caller's yes or no to being referred (store/referrals.h), when the step
 * says the text is one: DONE also when nothing was asked. */
MUST_USE enum outcome count_consent(struct store *store,
    struct request_id request, const struct step *step, const char *text,
    int64_t now_utc_s);

#endif
