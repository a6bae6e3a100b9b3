/* May a text be sent again that may have gone?  A table by what it is for.
 *
 *   answer, cover      never: whoever got none writes again, and is shown the
 *                      question again (walks.is_unsure)
 *   reply, opening,    never by itself: twice, it alarms whoever holds the
 *   feedback,          phone; a caseworker sees "it may have arrived" and
 *   follow-up          decides
 *   alarm, staff       once: to a caseworker's own phone a double is a
 *                      nuisance, a lost one may cost somebody hours
 *
 * Pure.  A crash is a doubt too (store/outbox.h).
 */
#ifndef GATEWAY_TEXT_DOUBT_RULES_H
#define GATEWAY_TEXT_DOUBT_RULES_H

#include "gateway/text/contact_gate.h"

enum { DOUBT_WAIT_S = 30 }; /* before it is sent again */

/* How often at most. */
int doubt_repeats_most(enum contact_purpose purpose);

#endif
