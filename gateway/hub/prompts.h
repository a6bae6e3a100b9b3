/* What the helpline asks by itself: feedback after a case is closed, and one
 * follow-up a month later.
 *
 * Both pass the contact gate as everything else does: to somebody who is
 * silent the neutral opening goes first, and the question follows their
 * answer.  Feedback is asked once a request; its answers are counted without a
 * person (count.h).  The follow-up needs their yes in the feedback.
 */
#ifndef GATEWAY_HUB_PROMPTS_H
#define GATEWAY_HUB_PROMPTS_H

#include "gateway/hub/state.h"
#include "menus/menu_walk.h"
#include "store/contacts.h"

/* Asks what is due, a few at a time.  Inside the round's transaction; looks no
 * oftener than every PROMPTS_S, unless hub->prompts_due_utc_s is set. */
enum { PROMPTS_S = 60 };
MUST_USE enum outcome prompts_tend(struct hub *hub, int64_t now_utc_s);

/* The talk about this request is open: feedback that waited for it is asked in
 * this round. */
MUST_USE enum outcome prompts_look_again(
    struct hub *hub, const struct request *request);

/* Notes what a step answered to a question of ours.  `caller` is the number
 * that answered. */
MUST_USE enum outcome prompts_note_answer(struct hub *hub,
    const struct caller_key *caller, const struct step *step,
    int64_t now_utc_s);

#endif
