#include "gateway/hub/credit.h"

#include <ctype.h>
#include <regex.h>

enum {
	FRACTION_MOST = 2,
	HUNDRED = 100,
	AMOUNT_MOST = 1000000000,
	GROUPS = 2,
};

static const char *const usual[] = {
	"([0-9]+([., ][0-9]{3})*[.,][0-9]{1,2})([^0-9]|$)",
	"([0-9]+([., ][0-9]{3})*)",
};

/* Where the fraction begins: the last separator, with one or two digits behind
 * it up to the end. */
static size_t
place_of_fraction(const char *amount, size_t length)
{
	size_t digits = 0;

	while (digits < length &&
	    isdigit((unsigned char)amount[length - 1 - digits]))
		digits++;
	if (digits == 0 || digits > FRACTION_MOST || digits == length ||
	    (amount[length - 1 - digits] != '.' &&
		amount[length - 1 - digits] != ','))
		return (length);
	return (length - 1 - digits);
}

static enum outcome
read_amount(const char *amount, size_t length, int64_t *hundredths_r)
{
	size_t fraction_at = place_of_fraction(amount, length);
	int64_t whole = 0;
	int64_t fraction = 0;
	size_t fraction_digits =
	    length > fraction_at ? length - fraction_at - 1 : 0;
	size_t digits = 0;

	for (size_t i = 0; i < fraction_at; i++) {
		if (!isdigit((unsigned char)amount[i]))
			continue;
		whole = whole * 10 + (amount[i] - '0');
		digits++;
		if (whole > AMOUNT_MOST)
			return (NOTHING);
	}
	for (size_t i = fraction_at + 1; i < length; i++)
		fraction = fraction * 10 + (amount[i] - '0');
	if (fraction_digits == 1)
		fraction *= 10;
	if (digits == 0 && fraction_digits == 0)
		return (NOTHING);
	*hundredths_r = whole * HUNDRED + fraction;
	/* An account that is overdrawn. */
	if (length > 0 && amount[0] == '-')
		*hundredths_r = -*hundredths_r;
	return (DONE);
}

static enum outcome
try_pattern(const char *text, const char *pattern, int64_t *hundredths_r)
{
	regex_t regex;
	regmatch_t groups[GROUPS];
	enum outcome outcome = NOTHING;

	if (regcomp(&regex, pattern, REG_EXTENDED | REG_ICASE) != 0)
		return (REFUSED);
	if (regexec(&regex, text, GROUPS, groups, 0) == 0 &&
	    groups[1].rm_so >= 0) {
		regoff_t from = groups[1].rm_so;

		if (from > 0 && text[from - 1] == '-')
			from--;
		outcome = read_amount(text + from,
		    (size_t)(groups[1].rm_eo - from), hundredths_r);
	}
	regfree(&regex);
	return (outcome);
}

enum outcome
credit_read(const char *text, const char *pattern, int64_t *hundredths_r)
{
	enum outcome outcome = NOTHING;

	if (pattern[0] != '\0')
		return (try_pattern(text, pattern, hundredths_r));
	for (size_t i = 0; i < COUNT_OF(usual) && outcome == NOTHING; i++)
		outcome = try_pattern(text, usual[i], hundredths_r);
	return (outcome);
}

int
credit_pattern_is_sound(const char *pattern)
{
	regex_t regex;
	int is_sound;

	if (regcomp(&regex, pattern, REG_EXTENDED) != 0)
		return (0);
	is_sound = regex.re_nsub > 0;
	regfree(&regex);
	return (is_sound);
}
