/* What a code does that somebody wants a modem to dial.  Pure.
 *
 * A code of the operator's own menus ("*100#") harms nobody.  But the same keys
 * also order the network to forward every call of this SIM to somebody, to bar
 * its calls, or the SIM to change its PIN (3GPP TS 22.030 section 6.5 and annex
 * B): such a code is refused unless whoever dials insists.
 */
#ifndef GATEWAY_LINE_DIAL_CODE_H
#define GATEWAY_LINE_DIAL_CODE_H

#include "gateway/base/outcome.h"

/* Codes as HUB_DIAL takes them: "*100#", or "*100#,1,2", where what stands
 * behind a comma answers a menu. */
int dial_code_is_sound(const char *codes);

/* NULL when the first of the codes only asks; else what it orders, in words
 * that go on after "it ...". */
const char *dial_code_harm(const char *codes);

#endif
