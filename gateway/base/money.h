/* Amounts of money as editors write them: "4", "4.50", "0.035".
 *
 * Exact: whole numbers of millionths.  Pure.
 */
#ifndef GATEWAY_BASE_MONEY_H
#define GATEWAY_BASE_MONEY_H

#include <stdint.h>

enum { MONEY_ONE = 1000000, MONEY_DIGITS_MOST = 6 };

struct money {
	int64_t millionths;
	int digits; /* behind the point that it is shown with, 2 at least */
};

/* 1 and *money_r, or 0 when it is no amount from 0 to a million. */
int money_read(const char *words, struct money *money_r);

/* So many times an amount, as "12.40". */
struct money_text {
	char text[40];
};
struct money_text money_times(const struct money *money, uint64_t count);

#endif
