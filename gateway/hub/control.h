/* The hub's control socket: unix datagrams, a word each.
 *
 *   outbox    the desk queued a text: look now
 *   status    answered to the sender's address, one line a line:
 *             NAME STATE up|away SIGNAL IN-FLIGHT RUNG HAND STORAGE NETWORK
 *             CREDIT HUNDREDTHS SENT PACE HIDDEN AWAY CAUSE STAND-IN DAYS
 *             TEXTS PARTS SPENT DAY-CAP SPEND-CAP PACE-MOST CAP-WAIT
 *             with tabs between: the rung of the ladder, 1 when it needs a
 *             hand, percent of the fullest memory (-1 unknown), the
 *             operator's name, line_credit_word() and the amount, texts sent
 *             since the start and in the last whole minute, hidden numbers
 *             that called, seconds it has been away, and why; the line that
 *             carries its texts ("" none), days until its credit expires (-1
 *             unknown), today's texts, segments and hundredths spent, the caps
 *             of the day and of a minute (0 none), and, when one is reached,
 *             seconds until its next day
 *   keys      the team's key was replaced: seal with a new epoch from now on
 *   dial, pushed    what a technician has a line dial: line_dial.h
 *   reload    menus and languages anew, as SIGHUP does; answered to the
 *             sender's address by "loaded" or "refused"
 *
 * Whoever may open the socket's folder may speak; there is nothing to read
 * here that the log would not tell.
 */
#ifndef GATEWAY_HUB_CONTROL_H
#define GATEWAY_HUB_CONTROL_H

#include "gateway/hub/state.h"

/* DONE, or REFUSED: it cannot be made; logged. */
MUST_USE enum outcome control_open(struct hub *hub);
void control_close(struct hub *hub);

/* Takes what is there. */
void control_hear(struct hub *hub);

/* Answers whoever asked; somebody who went away meanwhile hears nothing. */
void control_answer(
    const struct hub *hub, const struct asker *asker, const char *words);

#endif
