/* The talk with a caller: whose words a text is, and what it says of how they
 * may be reached.
 *
 * Between the menus, which know commands and screens, and the contact gate,
 * which knows when a text may leave: talk_find() tells the engine before its
 * step that an opening is out (so that whoever writes may be somebody else),
 * and whether the code word stands in the text; talk_apply() writes down what
 * the step made of it.
 *
 * A text from the other number that a caller gave belongs to their case while
 * we talk there: after our opening, or when it says the code word.  Before, and
 * after, that phone is a stranger's, who gets the menu.
 *
 * While a talk is guarded, what is answered in the menu changes nothing of the
 * case but the hold: neither how its caller is reached, nor their answers, nor
 * whether it is kept.  Why: gateway/text/contact_gate.h.
 */
#ifndef GATEWAY_HUB_TALK_H
#define GATEWAY_HUB_TALK_H

#include "gateway/hub/state.h"
#include "menus/menu_walk.h"
#include "store/contacts.h"

enum {
	TALK_GUARD_ENDED_S = 86400, /* how long an opening about a closed case
				       guards what that phone writes */
};

struct talk {
	int has_contact; /* the next are filled in */
	struct contact contact;
	struct request request;
	int is_other; /* the text came from the other number */
	int is_target; /* it came from where texts go to */
	int is_guarded;
	int was_warm; /* they wrote a short while before */
	int says_word;
	/* Not guarded: what the text says behind their code word, with which
	 * they were asked to begin; borrowed from it, NULL for none. */
	const char *behind_word;
};

/* A text and whose it is.  All borrowed. */
struct heard {
	const struct caller_key *caller; /* the number it came from */
	const struct number *number;
	const struct line_settings *line;
	const struct request *running; /* of this number; NULL for none */
	const char *text;
	int64_t now_utc_s;
};

/* What is known before the step.  DONE, also when there is no talk. */
MUST_USE enum outcome talk_find(
    struct hub *hub, const struct heard *heard, struct talk *talk_r);

/* Tells the engine of a guard. */
void talk_guard(const struct talk *talk, struct step_input *input);

/* Writes what the step says of the talk with `request` (row 0: there is none,
 * or none any more).  Inside the message's transaction. */
MUST_USE enum outcome talk_apply(struct hub *hub, struct talk *talk,
    const struct heard *heard, struct request_id request,
    const struct step *step);

/* What waits for this caller is looked at anew in this round. */
MUST_USE enum outcome talk_hurry(
    struct hub *hub, const struct caller_key *caller);

#endif
