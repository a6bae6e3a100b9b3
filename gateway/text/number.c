#include "gateway/text/number.h"

#include <unictype.h>
#include <unistr.h>

enum {
	MOST_DIGITS = 15, /* E.164 */
	LEAST_DIGITS = 7,
	MOST_SHORT_DIGITS = 6,
	LEAST_SHORT_DIGITS = 2,
	/* National numbers are shorter than this, so that one that begins with
	 * its own calling code and is so long was written without its plus. */
	LEAST_DIGITS_WITH_CODE = 11,
	KEPT_DIGITS = 31,
};

/* What stands in a raw sender. */
struct raw_number {
	char digits[KEPT_DIGITS + 1];
	size_t count; /* may be more than were kept */
	int has_plus;
	int has_letter;
	int has_other;
};

static int
is_separator(ucs4_t character)
{
	switch (character) {
	case '-':
	case '.':
	case '/':
	case '(':
	case ')':
	case 0x200e: /* left-to-right and right-to-left marks, which come */
	case 0x200f: /* along when a number is copied from a contact list */
	case 0xfeff:
		return (1);
	default:
		return (uc_is_property_white_space(character) ||
		    uc_is_general_category(character, UC_CATEGORY_Pd));
	}
}

static void
add_digit(struct raw_number *raw, int digit)
{
	if (raw->count < KEPT_DIGITS)
		raw->digits[raw->count] = (char)('0' + digit);
	raw->count++;
}

static void
add_character(struct raw_number *raw, ucs4_t character)
{
	int digit = uc_decimal_value(character);

	if (digit >= 0) {
		add_digit(raw, digit);
	} else if (character == '+' || character == 0xff0b) {
		raw->has_other |= raw->has_plus || raw->count > 0;
		raw->has_plus = 1;
	} else if (!is_separator(character)) {
		raw->has_letter |= uc_is_property_alphabetic(character);
		raw->has_other = 1;
	}
}

static struct raw_number
take_apart(const char *string)
{
	static const char trunk_zero[] = "(0)";
	const uint8_t *at = (const uint8_t *)string;
	const uint8_t *end = at + strlen(string);
	struct raw_number raw = { 0 };

	while (at < end) {
		ucs4_t character;

		/* "+44 (0)20 ...": people write both ways of dialling. */
		if (raw.has_plus &&
		    strncmp((const char *)at, trunk_zero,
			sizeof(trunk_zero) - 1) == 0) {
			at += sizeof(trunk_zero) - 1;
			continue;
		}
		at += u8_mbtouc(&character, at, (size_t)(end - at));
		add_character(&raw, character);
	}
	return (raw);
}

static enum sender_kind
finish(const char *country, const char *digits, struct number *number_r)
{
	char e164[sizeof(number_r->e164) + KEPT_DIGITS];

	(void)snprintf(e164, sizeof(e164), "+%s%s", country, digits);
	if (!number_is_e164(e164))
		return (SENDER_ODD);
	memcpy(number_r->e164, e164, strlen(e164) + 1);
	return (SENDER_NUMBER);
}

static int
begins_with_code(const struct raw_number *raw, const char *country)
{
	size_t length = strlen(country);

	return (raw->count >= LEAST_DIGITS_WITH_CODE &&
	    strncmp(raw->digits, country, length) == 0 &&
	    raw->digits[length] != '0');
}

enum sender_kind
number_read(const char *string, const char *country, struct number *number_r)
{
	struct raw_number raw = take_apart(string);

	*number_r = (struct number){ "" };
	if (raw.has_letter)
		return (SENDER_NAME);
	if (raw.count == 0 && !raw.has_other && !raw.has_plus)
		return (SENDER_HIDDEN);
	if (raw.has_other || raw.count == 0 || raw.count > KEPT_DIGITS)
		return (SENDER_ODD);
	if (raw.has_plus)
		return (finish("", raw.digits, number_r));
	if (raw.count <= MOST_SHORT_DIGITS)
		return (raw.count >= LEAST_SHORT_DIGITS ? SENDER_SHORT
							: SENDER_ODD);
	if (strncmp(raw.digits, "00", 2) == 0)
		return (finish("", raw.digits + 2, number_r));
	if (country[0] == '\0' || strlen(country) > 3)
		return (SENDER_ODD);
	if (begins_with_code(&raw, country))
		return (finish("", raw.digits, number_r));
	return (finish(country, raw.digits + (raw.digits[0] == '0'), number_r));
}

int
number_is_e164(const char *string)
{
	size_t digits;

	if (string[0] != '+' || string[1] == '0')
		return (0);
	digits = strspn(string + 1, "0123456789");
	return (digits >= LEAST_DIGITS && digits <= MOST_DIGITS &&
	    string[1 + digits] == '\0');
}

/* The length of the calling code that E.164 digits begin with (ITU-T list of
 * assigned country codes: one digit for zones 1 and 7, two for these, else
 * three). */
static size_t
calling_code_length(const char *digits)
{
	static const char two[] = "20 27 28 30 31 32 33 34 36 39 40 41 43 44 45"
				  " 46 47 48 49 51 52 53 54 55 56 57 58 60 61"
				  " 62 63 64 65 66 81 82 84 86 90 91 92 93 94"
				  " 95 98";

	if (digits[0] == '1' || digits[0] == '7')
		return (1);
	for (size_t i = 0; i < sizeof(two); i += 3) {
		if (memcmp(two + i, digits, 2) == 0)
			return (2);
	}
	return (3);
}

struct calling_code
number_calling_code(const struct number *number)
{
	struct calling_code code = { "" };
	size_t length;

	if (!number_is_e164(number->e164))
		return (code);
	length = calling_code_length(number->e164 + 1);
	memcpy(code.digits, number->e164 + 1, length);
	return (code);
}

struct number_mask
number_mask(const struct number *number)
{
	struct number_mask mask = { "..." };
	size_t length;

	if (number == NULL || !number_is_e164(number->e164))
		return (mask);
	length = strlen(number->e164);
	(void)snprintf(mask.text, sizeof(mask.text), "+%.*s...%s",
	    (int)calling_code_length(number->e164 + 1), number->e164 + 1,
	    number->e164 + length - 2);
	return (mask);
}

const char *
sender_kind_name(enum sender_kind kind)
{
	switch (kind) {
	case SENDER_NUMBER:
		return ("number");
	case SENDER_SHORT:
		return ("short");
	case SENDER_NAME:
		return ("name");
	case SENDER_HIDDEN:
		return ("hidden");
	case SENDER_ODD:
		return ("odd");
	}
	return ("odd");
}
