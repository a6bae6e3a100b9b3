/* One message being handled, for apply.c and apply_step.c only. */
#ifndef GATEWAY_HUB_SITUATION_H
#define GATEWAY_HUB_SITUATION_H

#include "gateway/hub/apply.h"
#include "gateway/hub/talk.h"
#include "menus/menu_walk.h"
#include "store/callers.h"
#include "store/requests.h"

/* What is known before the step and what it becomes. */
struct situation {
	const struct message *message;
	const struct line_settings *line;
	struct caller_traces traces;
	int is_known;
	struct caller caller;
	int has_request;
	int opened_request; /* by this very text */
	struct request request;
	char ref[sizeof(((struct request *)0)->ref)];
	struct talk talk;
	struct walk walk;
	int had_walk;
	struct dedupe_key said; /* this text, hashed */
	int repeats; /* an unsure answer, and the same text again */
};

/* What was heard, for the talk. */
struct heard apply_heard(const struct situation *situation);

/* A step to rows, and its answer to the line or the page: DONE, or as
 * apply_message(). */
MUST_USE enum outcome apply_step(
    struct hub *hub, struct situation *situation, const struct step *step);
/* Its answer alone. */
MUST_USE enum outcome apply_answer(
    struct hub *hub, struct situation *situation, const struct step *step);

#endif
