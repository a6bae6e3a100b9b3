/* Dates as a language says them: "21 Nov 2026", with its own months and, where
 * its texts use them, its own digits. */
#include "menus/placeholders.h"
#include "menus/screen_text.h"

enum { MONTHS = 12, DIGITS = 10, DATE_BYTES = 10 };

struct date {
	int year;
	int month;
	int day;
};

/* "2026-11-21": 1, or 0 when it is no such date. */
static int
read_date(const char *words, struct date *date)
{
	static const char form[] = "dddd-dd-dd";

	for (size_t i = 0; i < DATE_BYTES; i++)
		if (form[i] == 'd' ? words[i] < '0' || words[i] > '9'
				   : words[i] != form[i])
			return (0);
	date->year = (words[0] - '0') * 1000 + (words[1] - '0') * 100 +
	    (words[2] - '0') * 10 + words[3] - '0';
	date->month = (words[5] - '0') * 10 + words[6] - '0';
	date->day = (words[8] - '0') * 10 + words[9] - '0';
	return (words[DATE_BYTES] == '\0' && date->month >= 1 &&
	    date->month <= MONTHS);
}

/* A text in the speaker's own language, or NULL. */
static const char *
own(const struct speaker *speaker, enum system_text which)
{
	const struct system_line *line = &speaker->menus->system.texts[which];

	if (line->words == NULL || line->words[0] == '\0')
		return (NULL);
	if (strcmp(speaker->language, "en") != 0 &&
	    !catalog_has(speaker->menus->catalog, speaker->language, line->id,
		line->words))
		return (NULL);
	return (menus_say(speaker->menus, speaker->language, which));
}

static size_t
sign_bytes(const char *sign)
{
	size_t bytes = *sign != '\0';

	while (bytes > 0 && ((unsigned char)sign[bytes] & 0xc0) == 0x80)
		bytes++;
	return (bytes);
}

/* A number in the ten digits of the language, or in 0 to 9. */
static void
add_number(const struct speaker *speaker, int number, struct text *out)
{
	const char *digits = own(speaker, SAY_DIGITS);
	const char *signs[DIGITS + 1] = { digits };
	char plain[12];
	int count = 0;

	while (digits != NULL && count < DIGITS && *signs[count] != '\0') {
		signs[count + 1] = signs[count] + sign_bytes(signs[count]);
		count++;
	}
	snprintf(plain, sizeof(plain), "%d", number);
	if (count < DIGITS || *signs[DIGITS] != '\0') {
		text_add(out, plain);
		return;
	}
	for (const char *at = plain; *at != '\0'; at++) {
		const char *const *sign = &signs[*at - '0'];

		text_add_bytes(out, sign[0], (size_t)(sign[1] - sign[0]));
	}
}

/* The month's name; of the longest of all where it is asked how long a text
 * can become.  NULL when the language lacks one. */
static const char *
find_month(const struct speaker *speaker, int month)
{
	const char *found = NULL;

	for (int i = 0; i < MONTHS; i++) {
		const char *name =
		    own(speaker, (enum system_text)(SAY_MONTH_1 + i));

		/* Eleven names and a number would be worse than numbers. */
		if (name == NULL)
			return (NULL);
		if (speaker->wording == WORDING_NOW
			? i + 1 == month
			: found == NULL || strlen(name) > strlen(found))
			found = name;
	}
	return (found);
}

static void
fill_in(const struct speaker *speaker, const struct placeholder *found,
    const struct date *date, struct text *out)
{
	if (placeholder_is_named(found, "day"))
		add_number(speaker, date->day, out);
	else if (placeholder_is_named(found, "month"))
		text_add(out, find_month(speaker, date->month));
	else
		add_number(speaker, date->year, out);
}

void
speak_date(const struct speaker *speaker, const char *words, struct text *out)
{
	const char *form = own(speaker, SAY_DATE);
	struct placeholder found = { 0 };
	struct date date;

	if (form == NULL || !read_date(words, &date) ||
	    find_month(speaker, date.month) == NULL) {
		text_add(out, words);
		return;
	}
	while (placeholder_next(form, &found) == 1) {
		text_add_bytes(out, form, (size_t)(found.start - form));
		fill_in(speaker, &found, &date, out);
		form = found.end;
	}
	text_add(out, form);
}
