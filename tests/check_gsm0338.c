#include "gateway/text/gsm0338.h"

#include "gateway/base/outcome.h"
#include "gateway/base/text.h"
#include "tests/check_main.h"

START_TEST(every_septet_but_the_escape_is_a_character_of_one_septet)
{
	uint32_t character = gsm0338_character((uint8_t)_i, 0);

	if (_i == 0x1b)
		ck_assert_uint_eq(character, 0xfffd);
	else
		ck_assert_uint_eq(gsm0338_septets(character), 1);
}
END_TEST

static const struct septet_row {
	uint8_t septet;
	int escaped;
	uint32_t character;
} septet_rows[] = {
	{ 0x00, 0, '@' },
	{ 0x02, 0, '$' },
	{ 0x05, 0, 0xe9 },
	{ 0x09, 0, 0xc7 },
	{ 0x10, 0, 0x394 },
	{ 0x11, 0, '_' },
	{ 0x15, 0, 0x3a9 },
	{ 0x24, 0, 0xa4 },
	{ 0x40, 0, 0xa1 },
	{ 0x41, 0, 'A' },
	{ 0x5f, 0, 0xa7 },
	{ 0x60, 0, 0xbf },
	{ 0x7a, 0, 'z' },
	{ 0x7f, 0, 0xe0 },
	{ 0x0a, 1, 0x0c },
	{ 0x14, 1, '^' },
	{ 0x28, 1, '{' },
	{ 0x29, 1, '}' },
	{ 0x2f, 1, '\\' },
	{ 0x3c, 1, '[' },
	{ 0x3d, 1, '~' },
	{ 0x3e, 1, ']' },
	{ 0x40, 1, '|' },
	{ 0x65, 1, 0x20ac },
	{ 0x41, 1, 0xfffd },
	{ 0x1b, 1, 0xfffd },
	{ 0x80, 0, 0xfffd },
	{ 0xff, 1, 0xfffd },
};

START_TEST(the_table_is_that_of_the_standard)
{
	const struct septet_row *row = &septet_rows[_i];

	ck_assert_uint_eq(
	    gsm0338_character(row->septet, row->escaped), row->character);
	if (row->character != 0xfffd)
		ck_assert_uint_eq(
		    gsm0338_septets(row->character), row->escaped ? 2 : 1);
}
END_TEST

START_TEST(exactly_137_characters_are_in_the_alphabet)
{
	unsigned inside = 0;

	for (uint32_t c = 0; c <= 0x10ffff; c++)
		inside += gsm0338_septets(c) > 0;
	/* 127 without the escape, and ten behind it. */
	ck_assert_uint_eq(inside, 137);
}
END_TEST

static const struct count_row {
	const char *text;
	long septets;
} count_rows[] = {
	{ "", 0 },
	{ "abc", 3 },
	{ "a\nb", 3 },
	{ "[€]", 6 },
	{ "é", 1 },
	{ "ê", -1 },
	{ "ç", -1 },
	{ "`", -1 },
	{ "“hi”", -1 },
	{ "मद्दत", -1 },
	{ "ok 👍", -1 },
};

START_TEST(septets_of_a_text_are_counted)
{
	ck_assert_int_eq(
	    gsm0338_count(count_rows[_i].text), count_rows[_i].septets);
}
END_TEST

static const struct simple_row {
	const char *text;
	int plain_letters;
	const char *simple;
} simple_rows[] = {
	{ "", 0, "" },
	{ "as it is [€] é", 0, "as it is [€] é" },
	{ "“don’t”", 0, "\"don't\"" },
	{ "a – b — c…", 0, "a - b - c..." },
	{ "1\xc2\xa0"
	  "500",
	    0, "1 500" },
	{ "• one", 0, "- one" },
	{ "soft\xc2\xadhyphen", 0, "softhyphen" },
	{ "e\xcc\x81", 0, "é" },
	{ "ş", 0, "ş" },
	{ "ş", 1, "s" },
	{ "Việt Đức", 0, "Việt Đức" },
	{ "Việt Đức", 1, "Viet Duc" },
	{ "œuvre", 1, "oeuvre" },
	{ "ñ ö ü", 1, "ñ ö ü" },
	{ "x\xcc\x81", 0, "x\xcc\x81" },
	{ "x\xcc\x81", 1, "x" },
	/* What has to go as UCS-2 all the same keeps its quotes. */
	{ "“मद्दत…”", 0, "“मद्दत…”" },
	{ "“मद्दत…”", 1, "“मद्दत…”" },
	{ "“ok” 👍", 1, "“ok” 👍" },
};

START_TEST(a_text_is_simplified_where_that_makes_it_cheaper)
{
	const struct simple_row *row = &simple_rows[_i];
	struct text text = { 0 };

	text_add(&text, "before ");
	gsm0338_add_simplified(&text, row->text, row->plain_letters);
	ck_assert_str_eq(text.bytes + strlen("before "), row->simple);
	text_free(&text);
}
END_TEST

static Suite *
suite_of_gsm0338(void)
{
	Suite *suite = suite_create("gsm0338");
	TCase *tests = tcase_create("gsm0338");

	tcase_add_loop_test(tests,
	    every_septet_but_the_escape_is_a_character_of_one_septet, 0, 128);
	tcase_add_loop_test(
	    tests, the_table_is_that_of_the_standard, 0, COUNT_OF(septet_rows));
	tcase_add_test(tests, exactly_137_characters_are_in_the_alphabet);
	tcase_add_loop_test(
	    tests, septets_of_a_text_are_counted, 0, COUNT_OF(count_rows));
	tcase_add_loop_test(tests,
	    a_text_is_simplified_where_that_makes_it_cheaper, 0,
	    COUNT_OF(simple_rows));
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_gsm0338);
