#include "gateway/base/money.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "gateway/base/text.h"

enum { MONEY_MOST = 1000000, DIGITS_LEAST = 2 };

/* The digits behind the point, filled up to millionths: 1, or 0. */
static int
read_fraction(const char *digits, int64_t *millionths_r)
{
	char filled[MONEY_DIGITS_MOST + 1] = "000000";
	size_t length = strlen(digits);

	if (length == 0 || length > MONEY_DIGITS_MOST ||
	    strspn(digits, "0123456789") != length)
		return (0);
	memcpy(filled, digits, length);
	return (text_read_integer(filled, 0, MONEY_ONE - 1, millionths_r));
}

int
money_read(const char *words, struct money *money_r)
{
	char whole[16] = "";
	size_t length = strspn(words, "0123456789");
	int64_t units;
	int64_t millionths = 0;
	int digits = DIGITS_LEAST;

	if (length == 0 || length >= sizeof(whole))
		return (0);
	memcpy(whole, words, length);
	if (!text_read_integer(whole, 0, MONEY_MOST, &units))
		return (0);
	words += length;
	if (*words == '.') {
		if (!read_fraction(words + 1, &millionths))
			return (0);
		if ((int)strlen(words + 1) > digits)
			digits = (int)strlen(words + 1);
	} else if (*words != '\0') {
		return (0);
	}
	*money_r = (struct money){ units * MONEY_ONE + millionths, digits };
	return (1);
}

struct money_text
money_times(const struct money *money, uint64_t count)
{
	uint64_t all = (uint64_t)money->millionths * count;
	struct money_text text;
	size_t length;

	snprintf(text.text, sizeof(text.text), "%" PRIu64 ".%06" PRIu64,
	    all / MONEY_ONE, all % MONEY_ONE);
	length = strlen(text.text);
	text.text[length - (size_t)(MONEY_DIGITS_MOST - money->digits)] = '\0';
	return (text);
}
