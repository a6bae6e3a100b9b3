#include "gateway/text/utf8.h"

#include "gateway/base/outcome.h"
#include "tests/check_main.h"

static const struct clean_row {
	const char *raw;
	size_t length;
	const char *clean;
} clean_rows[] = {
	{ "", 0, "" },
	{ "plain", 5, "plain" },
	{ "two\nlines", 9, "two\nlines" },
	{ "a\r\nb\rc\n\rd", 10, "a\nb\nc\n\nd" },
	{ "\r\r\n", 3, "\n\n" },
	{ "a\tb", 3, "a b" },
	{ "a\0b", 3, "ab" },
	{ "\x01\x1b[31mred\x7f", 9, "[31mred" },
	{ "a\xc2\x85z", 4, "az" },
	{ "मद्दत", 15, "मद्दत" },
	{ "\xff", 1, "\xef\xbf\xbd" },
	{ "a\xe0\xa4", 3, "a\xef\xbf\xbd" },
	{ "\xc0\x80", 2, "\xef\xbf\xbd\xef\xbf\xbd" },
	{ "\xed\xa0\x80", 3, "\xef\xbf\xbd" },
	{ "safe\xe2\x80\xaegnihton", 14, "safegnihton" },
	{ "\xe2\x81\xa6x\xe2\x81\xa9", 7, "x" },
	{ "\xe2\x80\x8dx", 4, "\xe2\x80\x8dx" },
	{ "\xf0\x9f\x98\x80", 4, "\xf0\x9f\x98\x80" },
	{ "\xf4\x90\x80\x80", 4, "\xef\xbf\xbd" },
};

START_TEST(whatever_comes_is_made_clean)
{
	const struct clean_row *row = &clean_rows[_i];
	struct text text = { 0 };

	utf8_add_clean(&text, row->raw, row->length);
	ck_assert(utf8_is_clean(text_string(&text), text.length));
	ck_assert_str_eq(text_string(&text), row->clean);
	text_free(&text);
}
END_TEST

START_TEST(a_text_is_clean_exactly_when_cleaning_leaves_it_alone)
{
	const struct clean_row *row = &clean_rows[_i];
	int is_same = strlen(row->clean) == row->length &&
	    memcmp(row->clean, row->raw, row->length) == 0;

	ck_assert_int_eq(utf8_is_clean(row->raw, row->length), is_same);
}
END_TEST

START_TEST(any_bytes_at_all_become_clean)
{
	uint32_t state = 7;
	uint8_t bytes[64];

	for (int round = 0; round < 5000; round++) {
		struct text text = { 0 };

		for (size_t i = 0; i < sizeof(bytes); i++) {
			state = state * 1664525 + 1013904223;
			bytes[i] = (uint8_t)(state >> 24);
		}
		utf8_add_clean(&text, bytes, sizeof(bytes));
		ck_assert(utf8_is_clean(text_string(&text), text.length));
		text_clear(&text);
		utf8_add_from_utf16be(&text, bytes, sizeof(bytes) / 2);
		ck_assert(utf8_is_clean(text_string(&text), text.length));
		text_free(&text);
	}
}
END_TEST

static const struct wide_row {
	const char *utf16;
	size_t units;
	const char *utf8;
} wide_rows[] = {
	{ "", 0, "" },
	{ "\0A\0b", 2, "Ab" },
	{ "\x09\x2e\x09\x26", 2, "मद" },
	{ "\xd8\x3d\xde\x00", 2, "\xf0\x9f\x98\x80" },
	{ "\xdb\xff\xdf\xff", 2, "\xf4\x8f\xbf\xbf" },
	{ "\xd8\x3d\0a", 2,
	    "\xef\xbf\xbd"
	    "a" },
	{ "\xd8\x3d", 1, "\xef\xbf\xbd" },
	{ "\xde\x00\xd8\x3d", 2, "\xef\xbf\xbd\xef\xbf\xbd" },
	{ "\xd8\x3d\xd8\x3d\xde\x00", 3, "\xef\xbf\xbd\xf0\x9f\x98\x80" },
	{ "\0a\0\r\0\n\0b", 4, "a\nb" },
	{ "\0a\0\0\0b", 3, "ab" },
	{ "\x20\x2e\0x", 2, "x" },
	{ "\xff\xff", 1, "\xef\xbf\xbf" },
};

START_TEST(utf16_of_a_phone_is_read_and_lone_surrogates_replaced)
{
	const struct wide_row *row = &wide_rows[_i];
	struct text text = { 0 };

	utf8_add_from_utf16be(&text, row->utf16, row->units);
	ck_assert_str_eq(text_string(&text), row->utf8);
	text_free(&text);
}
END_TEST

START_TEST(what_is_written_as_utf16_reads_back_the_same)
{
	const char *text = "A é € मद्दत \xf0\x9f\x98\x80\n\xf4\x8f\xbf\xbf";
	struct text wide = { 0 };
	struct text back = { 0 };

	utf8_add_as_utf16be(&wide, text);
	ck_assert_uint_eq(wide.length % 2, 0);
	utf8_add_from_utf16be(&back, wide.bytes, wide.length / 2);
	ck_assert_str_eq(text_string(&back), text);
	text_free(&wide);
	text_free(&back);
}
END_TEST

static const struct count_row {
	const char *text;
	size_t characters;
	size_t columns;
} count_rows[] = {
	{ "", 0, 0 },
	{ "abc", 3, 3 },
	{ "a\nb", 3, 2 },
	{ "e\xcc\x81", 1, 1 },
	{ "क्षि", 1, 3 },
	{ "हिन्दी", 2, 5 },
	{ "தமிழ்", 3, 4 },
	{ "မြန်မာ", 3, 5 },
	{ "漢字", 2, 4 },
	{ "👍🏽", 1, 2 },
	{ "👨‍👩‍👧", 1, 2 },
	{ "🇳🇵🇮🇳", 2, 4 },
	{ "🇳🇵a🇮🇳", 3, 5 },
	{ "a👨‍👩‍👧b", 3, 4 },
};

START_TEST(characters_are_counted_as_people_see_them)
{
	const struct count_row *row = &count_rows[_i];

	ck_assert_uint_eq(utf8_count_characters(row->text), row->characters);
}
END_TEST

START_TEST(columns_are_counted_as_a_terminal_draws_them)
{
	const struct count_row *row = &count_rows[_i];

	ck_assert_uint_eq(utf8_count_columns(row->text), row->columns);
}
END_TEST

static const struct cut_row {
	const char *text;
	size_t max_bytes;
	size_t kept;
} cut_rows[] = {
	{ "abc", 10, 3 },
	{ "abc", 3, 3 },
	{ "abc", 2, 2 },
	{ "abc", 0, 0 },
	{ "ae\xcc\x81", 3, 1 },
	{ "ae\xcc\x81", 4, 4 },
	{ "मद्दत", 14, 12 },
	{ "मद्दत", 11, 3 },
	{ "👍🏽", 7, 0 },
	{ "🇳🇵🇮🇳", 12, 8 },
};

START_TEST(a_cut_never_falls_into_a_character)
{
	const struct cut_row *row = &cut_rows[_i];

	ck_assert_uint_eq(utf8_cut(row->text, row->max_bytes), row->kept);
}
END_TEST

static const struct script_row {
	const char *text;
	const char *script;
} script_rows[] = {
	{ "", "" },
	{ "123 ... !", "" },
	{ "१२३", "" },
	{ "help", "Latn" },
	{ "मद्दत", "Deva" },
	{ "help मद्दत चाहियो", "Deva" },
	{ "ok মদত", "Beng" },
	{ "مساعدة", "Arab" },
	{ "እርዳታ", "Ethi" },
	{ "အကူအညီ", "Mymr" },
	{ "допомога", "Cyrl" },
	{ "please call me म", "Latn" },
	{ "सा sa", "Deva" },
	{ "😭😭😭", "" },
};

START_TEST(the_main_script_is_that_of_most_letters)
{
	const struct script_row *row = &script_rows[_i];

	ck_assert_str_eq(utf8_main_script(row->text), row->script);
}
END_TEST

/* Bytes, and how many of them are good; each is tried behind 0 to 16 letters,
 * since eight are looked at at a time. */
static const struct {
	const char *bytes;
	size_t good;
} valid_rows[] = {
	{ "", 0 },
	{ "abcdefgh", 8 },
	{ "नमस्ते\tx", 20 },
	{ "a\xff"
	  "b",
	    1 },
	{ "\xe0\xa4", 0 }, /* cut */
	{ "x\xe0\xa4", 1 },
	{ "\xc0\x80", 0 }, /* NUL in two bytes */
	{ "\xed\xa0\x80", 0 }, /* a surrogate */
	{ "é\x80", 2 },
	{ "abcdefghijklmnop\xfe", 16 },
};

START_TEST(what_is_utf8_is_told_up_to_the_first_bad_byte)
{
	for (size_t front = 0; front <= 16; front++) {
		struct text text = { 0 };

		for (size_t i = 0; i < front; i++)
			text_add_byte(&text, 'a');
		text_add(&text, valid_rows[_i].bytes);
		ck_assert_uint_eq(
		    utf8_valid_bytes(text_string(&text), text.length),
		    front + valid_rows[_i].good);
		text_free(&text);
	}
}
END_TEST

static Suite *
suite_of_utf8(void)
{
	Suite *suite = suite_create("utf8");
	TCase *tests = tcase_create("utf8");

	tcase_add_loop_test(
	    tests, whatever_comes_is_made_clean, 0, COUNT_OF(clean_rows));
	tcase_add_loop_test(tests,
	    a_text_is_clean_exactly_when_cleaning_leaves_it_alone, 0,
	    COUNT_OF(clean_rows));
	tcase_add_test(tests, any_bytes_at_all_become_clean);
	tcase_add_loop_test(tests,
	    utf16_of_a_phone_is_read_and_lone_surrogates_replaced, 0,
	    COUNT_OF(wide_rows));
	tcase_add_test(tests, what_is_written_as_utf16_reads_back_the_same);
	tcase_add_loop_test(tests, characters_are_counted_as_people_see_them, 0,
	    COUNT_OF(count_rows));
	tcase_add_loop_test(tests, columns_are_counted_as_a_terminal_draws_them,
	    0, COUNT_OF(count_rows));
	tcase_add_loop_test(
	    tests, a_cut_never_falls_into_a_character, 0, COUNT_OF(cut_rows));
	tcase_add_loop_test(tests, the_main_script_is_that_of_most_letters, 0,
	    COUNT_OF(script_rows));
	tcase_add_loop_test(tests,
	    what_is_utf8_is_told_up_to_the_first_bad_byte, 0,
	    COUNT_OF(valid_rows));
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_utf8);
