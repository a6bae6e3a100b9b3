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

/*
 * The day that stands in the pattern's second group: "31/12/2026", "31.12.26",
 * "2026-12-31", "31 Dec 2026", "20261231".  `order` is how day, month and year
 * follow each other, "dmy", "mdy" or "ymd"; a first number of four digits is a
 * year in any case, and a month written as a word is a month.
 *
 * DONE     *utc_s_r is that day's first second in UTC
 * NOTHING  the pattern has no second group, or no day stands there
 * REFUSED  the pattern is none
 */
MUST_USE enum outcome credit_read_expiry(
    const char *text, const char *pattern, const char *order, int64_t *utc_s_r);

/* Whether regcomp() takes it, with at least one group. */
int credit_pattern_is_sound(const char *pattern);

#endif
