#include "menus/answer_forms.h"

#include <ctype.h>

#include "gateway/base/outcome.h"
#include "gateway/text/answer.h"
#include "gateway/text/utf8.h"

enum { PIECES_MOST = 4, DAY_S = 86400, CENTURY = 2000 };

/* A number or a month's name of a date. */
struct piece {
	int64_t number; /* 0 for a name */
	size_t digits;
	int month; /* 1 to 12 for a name */
};

static int
month_of(const char *word, size_t length)
{
	static const char *const months[] = { "january", "february", "march",
		"april", "may", "june", "july", "august", "september",
		"october", "november", "december" };

	for (size_t i = 0; i < COUNT_OF(months); i++)
		if (length >= 3 && length <= strlen(months[i]) &&
		    memcmp(months[i], word, length) == 0)
			return ((int)i + 1);
	return (length == 4 && memcmp(word, "sept", 4) == 0 ? 9 : 0);
}

/* "21st" and "3rd" are numbers as well. */
static size_t
skip_ordinal(const char *at)
{
	static const char *const endings[] = { "st", "nd", "rd", "th" };

	for (size_t i = 0; i < COUNT_OF(endings); i++)
		if (strncmp(at, endings[i], 2) == 0 &&
		    !isalpha((unsigned char)at[2]))
			return (2);
	return (0);
}

/* The piece at `at`: its length, or 0 when it is neither. */
static size_t
read_piece(const char *at, struct piece *piece_r)
{
	enum { DIGITS_MOST = 4 };
	size_t length = strspn(at, "0123456789");

	*piece_r = (struct piece){ .digits = length };
	if (length > 0 && length <= DIGITS_MOST) {
		for (size_t i = 0; i < length; i++)
			piece_r->number = piece_r->number * 10 + (at[i] - '0');
		return (length + skip_ordinal(at + length));
	}
	if (length > 0)
		return (0);
	length = strspn(at, "abcdefghijklmnopqrstuvwxyz");
	piece_r->month = length > 0 ? month_of(at, length) : 0;
	return (piece_r->month > 0 ? length : 0);
}

/* How many pieces a text is made of and nothing else, or 0. */
static size_t
read_pieces(const char *at, struct piece *pieces)
{
	static const char between[] = " /.,-";
	size_t count = 0;

	for (;;) {
		size_t length;

		at += strspn(at, between);
		if (*at == '\0')
			return (count);
		if (count == PIECES_MOST)
			return (0);
		length = read_piece(at, &pieces[count++]);
		if (length == 0)
			return (0);
		at += length;
	}
}

struct date {
	int64_t year; /* 0: none was written */
	int64_t month;
	int64_t day;
};

/* Puts pieces into their places: year first, else day and month. */
static int
place_pieces(const struct piece *pieces, size_t count, struct date *date_r)
{
	const struct piece *first = &pieces[0];
	const struct piece *second = &pieces[1];

	if (count < 2 || count > 3)
		return (0);
	if (count == 3 && first->digits == 4) {
		date_r->year = first->number;
		date_r->month =
		    second->month > 0 ? second->month : second->number;
		date_r->day = pieces[2].number;
		return (1);
	}
	if (first->month > 0) {
		date_r->month = first->month;
		date_r->day = second->number;
	} else {
		date_r->day = first->number;
		date_r->month =
		    second->month > 0 ? second->month : second->number;
	}
	if (count == 2)
		return (first->digits <= 2 && second->digits <= 2);
	date_r->year = pieces[2].number;
	if (pieces[2].digits == 2)
		date_r->year += CENTURY;
	return (pieces[2].digits == 2 || pieces[2].digits == 4);
}

/* 1 when the calendar has this day. */
static int
make_date(const struct date *date, int64_t year, int64_t *utc_s_r)
{
	struct text written = { 0 };
	int exists;

	text_printf(&written, "%04lld-%02lld-%02lld", (long long)year,
	    (long long)date->month, (long long)date->day);
	exists = clock_read_date(text_string(&written), utc_s_r);
	text_free(&written);
	return (exists);
}

static int64_t
distance(int64_t a, int64_t b)
{
	return (a > b ? a - b : b - a);
}

/* Of the years around now, the one that brings the day nearest. */
static int
nearest_year(const struct date *date, int64_t now_utc_s, int64_t *utc_s_r)
{
	struct clock_text today = clock_date(now_utc_s);
	int64_t this_year = 0;
	int found = 0;

	for (size_t i = 0; isdigit((unsigned char)today.text[i]); i++)
		this_year = this_year * 10 + (today.text[i] - '0');
	for (int64_t year = this_year - 1; year <= this_year + 1; year++) {
		int64_t utc_s;

		if (!make_date(date, year, &utc_s))
			continue;
		if (!found ||
		    distance(utc_s, now_utc_s) < distance(*utc_s_r, now_utc_s))
			*utc_s_r = utc_s;
		found = 1;
	}
	return (found);
}

int
answer_read_date(const char *utf8, int64_t now_utc_s, struct clock_text *date_r)
{
	struct piece pieces[PIECES_MOST] = { 0 };
	struct text folded = { 0 };
	struct date date = { 0 };
	int64_t utc_s = 0;
	size_t count;

	answer_fold(utf8, &folded);
	count = read_pieces(text_string(&folded), pieces);
	text_free(&folded);
	if (!place_pieces(pieces, count, &date))
		return (0);
	if (date.year == 0 && !nearest_year(&date, now_utc_s, &utc_s))
		return (0);
	if (date.year != 0 &&
	    (date.year < DATE_YEAR_FIRST || date.year > DATE_YEAR_LAST ||
		!make_date(&date, date.year, &utc_s)))
		return (0);
	*date_r = clock_date(utc_s);
	return (1);
}

/* 1 for a character that folds to digits. */
static int
is_digit(const char *character, size_t bytes)
{
	struct text one = { 0 };
	struct text folded = { 0 };
	int is;

	text_add_bytes(&one, character, bytes);
	answer_fold(text_string(&one), &folded);
	is = folded.length > 0 && isdigit((unsigned char)folded.bytes[0]);
	text_free(&one);
	text_free(&folded);
	return (is);
}

static void
trim_end(struct text *place, size_t from)
{
	while (place->length > from &&
	    strchr(" ,.-/#", place->bytes[place->length - 1]) != NULL)
		text_cut(place, place->length - 1);
}

void
answer_add_coarse_place(const char *utf8, struct text *place)
{
	size_t from = place->length;
	size_t commas = 0;
	int characters = 0;

	while (*utf8 != '\0' && characters < PLACE_MAX_CHARACTERS) {
		size_t bytes = utf8_character_bytes(utf8);
		int is_blank = *utf8 == ' ' || *utf8 == '\n';

		if (*utf8 == ',' && ++commas == 2)
			break;
		if (is_blank && place->length > from &&
		    place->bytes[place->length - 1] != ' ') {
			text_add_byte(place, ' ');
			characters++;
		} else if (!is_blank && !is_digit(utf8, bytes)) {
			if (*utf8 == ',')
				trim_end(place, from);
			text_add_bytes(place, utf8, bytes);
			characters++;
		}
		utf8 += bytes;
	}
	trim_end(place, from);
	if (utf8_main_script(text_string(place) + from)[0] == '\0')
		text_cut(place, from);
}
