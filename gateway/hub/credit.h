/* The amount in an operator's answer to "what is my credit?".  Pure. */
#ifndef GATEWAY_HUB_CREDIT_H
#define GATEWAY_HUB_CREDIT_H

#include <stdint.h>

#include "gateway/base/outcome.h"

/*
 * `pattern` is an extended regular expression (regex(7)) whose first group is
 * the amount; "" takes the first number, one with a fraction before one
 * without.  Points, commas, spaces and apostrophes inside an amount are told
 * apart: a last one with one or two digits behind it begins the fraction, the
 * others part thousands.
 *
 * DONE     *hundredths_r is the amount in hundredths
 * NOTHING  the text has no amount there
 * REFUSED  the pattern is none
 */
MUST_USE enum outcome credit_read(
    const char *text, const char *pattern, int64_t *hundredths_r);

/* Whether regcomp() takes it, with at least one group. */
int credit_pattern_is_sound(const char *pattern);

#endif
