#include "gateway/hub/credit.h"

#include <ctype.h>
#include <regex.h>

#include "gateway/base/clock.h"

enum {
	DATE_FIELDS = 3,
	DATE_GROUPS = 3, /* all, the amount, the day */
	DIGITS_OF_DATE = 8,
	YEAR_DIGITS = 4,
	CENTURY = 100,
	THIS_CENTURY = 2000,
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

/* -- the day it expires ------------------------------------------------------- */

static const char *const months[] = { "jan", "feb", "mar", "apr", "may", "jun",
	"jul", "aug", "sep", "oct", "nov", "dec" };

/* Three fields of a date as they stand; a month in words is its number. */
struct date_fields {
	int64_t value[DATE_FIELDS];
	size_t digits[DATE_FIELDS]; /* 0: it was a word */
	size_t count;
};

static int
month_of(const char *word)
{
	for (size_t i = 0; i < COUNT_OF(months); i++) {
		if (strncasecmp(word, months[i], strlen(months[i])) == 0)
			return ((int)i + 1);
	}
	return (0);
}

/* One run of letters or digits: 1, or 0 when it cannot be of a date. */
static int
add_field(struct date_fields *fields, const char *run, size_t length)
{
	size_t at = fields->count;

	if (at == DATE_FIELDS)
		return (0);
	fields->digits[at] = isdigit((unsigned char)*run) ? length : 0;
	fields->value[at] = 0;
	if (fields->digits[at] == 0) {
		fields->value[at] = month_of(run);
		if (fields->value[at] == 0)
			return (0);
	}
	if (length > YEAR_DIGITS && fields->digits[at] != 0)
		return (0);
	for (size_t i = 0; i < fields->digits[at]; i++)
		fields->value[at] = fields->value[at] * 10 + (run[i] - '0');
	fields->count++;
	return (1);
}

/* "20261231": a date without anything between. */
static int
is_run_together(const char *words)
{
	return (strspn(words, "0123456789") == DIGITS_OF_DATE &&
	    words[DIGITS_OF_DATE] == '\0');
}

static int
read_fields(const char *words, struct date_fields *fields)
{
	if (is_run_together(words))
		return (add_field(fields, words, 4) &&
		    add_field(fields, words + 4, 2) &&
		    add_field(fields, words + 6, 2));
	while (*words != '\0') {
		int is_digit = isdigit((unsigned char)*words) != 0;
		size_t length = 0;

		while (is_digit ? isdigit((unsigned char)words[length])
				: isalpha((unsigned char)words[length]))
			length++;
		if (length > 0 && !add_field(fields, words, length))
			return (0);
		words += length > 0 ? length : 1;
	}
	return (fields->count == DATE_FIELDS);
}

/* Where the year, the month and the day stand. */
static const char *
order_of(const struct date_fields *fields, const char *order)
{
	if (fields->digits[0] == YEAR_DIGITS)
		return ("ymd");
	if (fields->digits[1] == 0)
		return ("dmy");
	return (fields->digits[0] == 0 ? "mdy" : order);
}

static enum outcome
read_day(const char *words, const char *order, int64_t *utc_s_r)
{
	struct date_fields fields = { 0 };
	int64_t year, month, day;
	char written[40];

	if (!read_fields(words, &fields))
		return (NOTHING);
	order = order_of(&fields, order);
	year = fields.value[strchr(order, 'y') - order];
	month = fields.value[strchr(order, 'm') - order];
	day = fields.value[strchr(order, 'd') - order];
	if (year < CENTURY)
		year += THIS_CENTURY;
	snprintf(written, sizeof(written), "%04lld-%02lld-%02lld",
	    (long long)year, (long long)month, (long long)day);
	return (clock_read_date(written, utc_s_r) ? DONE : NOTHING);
}

enum outcome
credit_read_expiry(
    const char *text, const char *pattern, const char *order, int64_t *utc_s_r)
{
	enum { WORDS_BYTES = 64 };
	regex_t regex;
	regmatch_t groups[DATE_GROUPS];
	char words[WORDS_BYTES];
	enum outcome outcome = NOTHING;

	if (pattern[0] == '\0')
		return (NOTHING);
	if (regcomp(&regex, pattern, REG_EXTENDED | REG_ICASE) != 0)
		return (REFUSED);
	if (regex.re_nsub >= 2 &&
	    regexec(&regex, text, DATE_GROUPS, groups, 0) == 0 &&
	    groups[2].rm_so >= 0 &&
	    groups[2].rm_eo - groups[2].rm_so < WORDS_BYTES) {
		snprintf(words, sizeof(words), "%.*s",
		    (int)(groups[2].rm_eo - groups[2].rm_so),
		    text + groups[2].rm_so);
		outcome = read_day(words, order, utc_s_r);
	}
	regfree(&regex);
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
