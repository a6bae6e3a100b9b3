/* Which client of the demo line a number is with.
 *
 * A client writes its number as people do ("9841234567", "+977 984-1234567");
 * the hub answers to E.164, and the line does not know the country.  So a
 * number is found when its digits are the same, or when what the client wrote,
 * without leading zeros, is the end of it and at least PHONES_TAIL_DIGITS long.
 * Where more than one fits, the same digits go before a tail and the one used
 * last goes first.
 *
 * Finding and noting take the same time however many numbers there are: the
 * table is keyed by the last digits, which both ways of writing share.  It
 * holds PHONES_MOST numbers; one more takes the place of the one that was not
 * used for longest.  Pure.
 */
#ifndef GATEWAY_LINE_DEMO_PHONES_H
#define GATEWAY_LINE_DEMO_PHONES_H

#include <stdint.h>

#include "gateway/base/outcome.h"

enum {
	PHONES_TAIL_DIGITS = 7,
	PHONES_MAX_DIGITS = 15,
	PHONES_MOST = 1 << 17,
};

struct demo_phones;

struct demo_phones *demo_phones_new(void);
void demo_phones_free(struct demo_phones *phones);

/* Notes that the number, as written and clean, is now with this client (a
 * handle of the caller's, not 0 and never reused).  What can never be answered (a name,
 * a short code, 25 digits) is not noted. */
void demo_phones_note(
    struct demo_phones *phones, const char *number, uint64_t client);

/* The client is gone: none of its numbers is found any more.  Looks at every
 * number in the table. */
void demo_phones_forget_client(struct demo_phones *phones, uint64_t client);

/* DONE and the client, or NOTHING. */
MUST_USE enum outcome demo_phones_find(
    struct demo_phones *phones, const char *e164, uint64_t *client_r);

#endif
