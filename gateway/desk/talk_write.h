/* What is said to the helpline and what it answers, written as a talk.
 */
#ifndef GATEWAY_DESK_TALK_WRITE_H
#define GATEWAY_DESK_TALK_WRITE_H

#include "gateway/desk/phone_talk.h"
#include "menus/menu_trial.h"

/* What stands before the first text; the day is that of start_utc_s, `page` as
 * in struct talk. */
void talk_write_head(struct text *out, const struct trial_line *line, int page);

/* "> words", "call", "wait 2 days" ... */
void talk_write_step(struct text *out, const struct talk_step *step);

/* "< words" for each line of the reply, or "-"; then the notes as comments.
 * The reference is left out of what is expected: it is another every time. */
void talk_write_result(
    struct text *out, const struct trial_result *result, int page);

#endif
