#include "gateway/text/answer_number.h"

#include <unictype.h>
#include <unistr.h>

#include "gateway/base/outcome.h"

static const char DIGITS[] = "0123456789";

/* Marks that people put before and behind a number.  Not among those before
 * it are : ; < =, which are the eyes of faces: "<3" is not the third option. */
static const char MARKS_BEFORE[] = "([{#*.-+\"',$";
static const char MARKS_BEHIND[] = ")]}#*.-\"',!?:;/$";

enum {
	MOST_DIGITS = 18, /* every such number fits an int64_t */
	GROUP = 3, /* 1,500,000 */
	INDIAN_GROUP = 2, /* 15,00,000 */
};

/* The digits of one number, gathered from its groups. */
struct digits {
	char string[MOST_DIGITS + 1];
	size_t count;
	int is_too_long;
};

static size_t
digits_at(const char *at)
{
	return (strspn(at, DIGITS));
}

static void
gather(struct digits *digits, const char *at, size_t count)
{
	if (digits->count + count > MOST_DIGITS) {
		digits->is_too_long = 1;
		return;
	}
	memcpy(digits->string + digits->count, at, count);
	digits->count += count;
	digits->string[digits->count] = '\0';
}

/* The bytes of a mark beyond ASCII: punctuation, a currency, a picture. */
static size_t
wide_mark_at(const char *at)
{
	const uint8_t *start = (const uint8_t *)at;
	ucs4_t character;
	const uint8_t *end = u8_next(&character, start);

	if (end == NULL)
		return (0);
	if (uc_is_general_category_withtable(character,
		UC_CATEGORY_MASK_P | UC_CATEGORY_MASK_Sc | UC_CATEGORY_MASK_So |
		    UC_CATEGORY_MASK_Sk))
		return ((size_t)(end - start));
	return (0);
}

/* The bytes of a blank or a mark, or 0. */
static size_t
mark_at(const char *at, const char *marks)
{
	if (*at == '\0')
		return (0);
	if ((unsigned char)*at >= 0x80)
		return (wide_mark_at(at));
	return (*at == ' ' || strchr(marks, *at) != NULL);
}

static const char *
skip_marks(const char *at, const char *marks)
{
	size_t bytes;

	while ((bytes = mark_at(at, marks)) > 0)
		at += bytes;
	return (at);
}

/* Behind "no. " in "no. 1", or `at` itself.  A comma is not let through: "no,
 * 1" says no. */
static const char *
skip_lead_word(const char *at)
{
	static const char *const words[] = { "option", "number", "no", "nr" };

	for (size_t i = 0; i < COUNT_OF(words); i++) {
		size_t length = strlen(words[i]);
		const char *behind = at + length;

		if (strncmp(at, words[i], length) != 0)
			continue;
		behind += strspn(behind, " .:#-");
		if (digits_at(behind) > 0)
			return (behind);
	}
	return (at);
}

static int
has_another_group(const char *at, char separator)
{
	return (*at == separator && digits_at(at + 1) > 0);
}

/* Behind all groups of a number such as 1,500 and 1 500, or NULL when they are
 * not grouped as people do. */
static const char *
read_groups(const char *at, char separator, struct digits *digits)
{
	size_t count = digits_at(at);

	if (count > GROUP || *at == '0')
		return (NULL);
	gather(digits, at, count);
	at += count;
	while (has_another_group(at, separator)) {
		const char *next;

		count = digits_at(at + 1);
		next = at + 1 + count;
		if (count != GROUP &&
		    !(count == INDIAN_GROUP && separator == ',' &&
			has_another_group(next, separator)))
			return (NULL);
		gather(digits, at + 1, count);
		at = next;
	}
	return (at);
}

/* Behind "0 0", which can only mean 00, or NULL. */
static const char *
read_zeros(const char *at, struct digits *digits)
{
	size_t count = strspn(at, "0");

	while (count > 0 && digits_at(at) == count) {
		gather(digits, at, count);
		at += count;
		if (!has_another_group(at, ' '))
			return (at);
		at++;
		count = strspn(at, "0");
	}
	return (NULL);
}

static const char *
read_digits(const char *at, struct digits *digits_r)
{
	size_t count = digits_at(at);
	char separator = at[count];
	const char *end = NULL;

	*digits_r = (struct digits){ 0 };
	if ((separator == ',' || separator == ' ' || separator == '\'') &&
	    has_another_group(at + count, separator)) {
		end = read_groups(at, separator, digits_r);
		if (end == NULL && separator == ' ') {
			*digits_r = (struct digits){ 0 };
			end = read_zeros(at, digits_r);
		}
	}
	if (end == NULL) {
		*digits_r = (struct digits){ 0 };
		gather(digits_r, at, count);
		end = at + count;
	}
	/* An amount to the cent, as "1500.00".  Three noughts may be the
	 * thousandths of a dinar, or thousands: not ours to say. */
	if (strncmp(end, ".00", 3) == 0 && digits_at(end + 3) == 0)
		end += 3;
	return (end);
}

static int64_t
value_of(const struct digits *digits)
{
	int64_t value = 0;

	for (size_t i = 0; i < digits->count; i++)
		value = value * 10 + (digits->string[i] - '0');
	return (value);
}

static int
zeros_in_front(const struct digits *digits)
{
	size_t zeros = strspn(digits->string, "0");

	return ((int)(zeros == digits->count ? zeros - 1 : zeros));
}

void
answer_number_read(const char *plain, struct answer *answer)
{
	const char *start = skip_marks(plain, MARKS_BEFORE);
	const char *first = skip_lead_word(start);
	const char *behind;
	struct digits digits;
	int is_set_off;

	if (digits_at(first) == 0)
		return;
	behind = read_digits(first, &digits);
	if (digits.is_too_long)
		return;
	is_set_off = mark_at(behind, MARKS_BEHIND) > 0;
	behind = skip_marks(behind, MARKS_BEHIND);
	if (*behind == '\0') {
		answer->has_number = 1;
		answer->has_lead_word = first != start;
		answer->number = value_of(&digits);
		answer->leading_zeros = zeros_in_front(&digits);
	} else if (first != start || !is_set_off ||
	    strpbrk(behind, DIGITS) != NULL) {
		return;
	}
	answer->has_leading_number = 1;
	answer->leading_number = value_of(&digits);
}
