/* The guard of callers at the hub's door: gateway/text/caller_guard.h says who
 * is answered, this counts it in the store and knows what a step is about.
 *
 * A step that is not answered is not made either: the caller stands where the
 * last answer left them.  What cannot wait for an answer is done all the same:
 * a help request is opened and added to, a text joins its case, STOP and FORGET
 * are obeyed.
 *
 * The first text of a day that got no answer is set aside for a person with its
 * number (`waymark queue aside`), so that somebody real who was silenced is
 * found.
 */
#ifndef GATEWAY_HUB_GUARDS_H
#define GATEWAY_HUB_GUARDS_H

#include "gateway/hub/apply.h"
#include "menus/menu_walk.h"

/* What is counted of a caller.  DONE; else as the store says. */
MUST_USE enum outcome guards_load(struct hub *hub,
    const struct caller_key *caller, struct guard_count *count_r);

/* 1 when the answer may have to be withheld, so that the text has to be kept
 * until that is known. */
int guards_watch(
    const struct hub *hub, struct guard_count *count, int64_t now_utc_s);

/* Judges the answer of a step and counts it.  DONE; else as the store says. */
MUST_USE enum outcome guards_judge(struct hub *hub,
    const struct message *message, const struct step *step,
    enum guard_verdict *verdict_r);

/* 1 when a step is written down even though nobody is answered. */
int guards_must_apply(const struct step *step);

/* Of a message that was not answered: whether a person is to be told. */
MUST_USE enum outcome guards_end(struct hub *hub, const struct message *message,
    enum guard_verdict verdict, enum message_fate *fate_r);

/* Their row is erased: what was counted stays in memory. */
void guards_note_forgotten(struct hub *hub, const struct message *message);

/* Why a message stands aside: for the list. */
const char *guards_cause(enum message_fate fate);

#endif
