#include "gateway/base/text.h"

#include "gateway/base/outcome.h"
#include "tests/check_main.h"

START_TEST(an_empty_text_is_an_empty_string)
{
	struct text text = { 0 };

	ck_assert_str_eq(text_string(&text), "");
	text_clear(&text);
	text_cut(&text, 5);
	ck_assert_uint_eq(text.length, 0);
	text_free(&text);
	text_free(&text);
}
END_TEST

START_TEST(nothing_added_makes_it_a_string)
{
	struct text text = { 0 };

	text_add_bytes(&text, NULL, 0);
	ck_assert_ptr_nonnull(text.bytes);
	ck_assert_str_eq(text.bytes, "");
	text_free(&text);
}
END_TEST

START_TEST(what_is_added_stands_in_its_order)
{
	struct text text = { 0 };

	text_add(&text, "one ");
	text_add_byte(&text, '2');
	text_printf(&text, " %s %d", "three", 4);
	text_add_bytes(&text, "\0x", 2);
	ck_assert_uint_eq(text.length, strlen("one 2 three 4") + 2);
	ck_assert_mem_eq(text.bytes, "one 2 three 4\0x", text.length + 1);
	text_free(&text);
}
END_TEST

START_TEST(it_grows_and_never_truncates)
{
	struct text text = { 0 };

	for (unsigned i = 0; i < 100000; i++)
		text_add_byte(&text, 'a' + (int)(i % 26));
	ck_assert_uint_eq(text.length, 100000);
	for (unsigned i = 0; i < 100000; i++)
		ck_assert_int_eq(text.bytes[i], 'a' + (int)(i % 26));
	ck_assert_int_eq(text.bytes[100000], '\0');
	text_free(&text);
}
END_TEST

START_TEST(what_is_cut_or_cleared_is_overwritten)
{
	struct text text = { 0 };

	text_add(&text, "a secret");
	text_cut(&text, 2);
	ck_assert_str_eq(text.bytes, "a ");
	ck_assert_mem_eq(text.bytes + 2, "\0\0\0\0\0\0", 6);
	text_cut(&text, 100);
	ck_assert_uint_eq(text.length, 2);
	text_clear(&text);
	ck_assert_mem_eq(text.bytes, "\0\0", 2);
	ck_assert_uint_ge(text.room, 9);
	text_free(&text);
}
END_TEST

START_TEST(taken_bytes_are_the_callers_and_the_text_is_empty)
{
	struct text text = { 0 };
	char *bytes = text_take(&text);

	ck_assert_str_eq(bytes, "");
	free(bytes);
	text_add(&text, "mine");
	bytes = text_take(&text);
	ck_assert_str_eq(bytes, "mine");
	ck_assert_ptr_null(text.bytes);
	ck_assert_uint_eq(text.length, 0);
	free(bytes);
}
END_TEST

static const struct integer_row {
	const char *string;
	int is_read;
	int64_t value;
} integer_rows[] = {
	{ "0", 1, 0 },
	{ "12", 1, 12 },
	{ "-12", 1, -12 },
	{ " 7 ", 1, 7 },
	{ "100", 1, 100 },
	{ "-100", 1, -100 },
	{ "101", 0, 0 },
	{ "-101", 0, 0 },
	{ "", 0, 0 },
	{ " ", 0, 0 },
	{ "-", 0, 0 },
	{ "1x", 0, 0 },
	{ "1 2", 0, 0 },
	{ "x1", 0, 0 },
	{ "0x10", 0, 0 },
	{ "1.5", 0, 0 },
	{ "\n1", 0, 0 },
	{ "1\n", 0, 0 },
	{ "9223372036854775808", 0, 0 },
	{ "-99999999999999999999", 0, 0 },
};

START_TEST(a_whole_number_is_read_and_nothing_else)
{
	const struct integer_row *row = &integer_rows[_i];
	int64_t value = 55;

	ck_assert_int_eq(
	    text_read_integer(row->string, -100, 100, &value), row->is_read);
	ck_assert_int_eq(value, row->is_read ? row->value : 55);
}
END_TEST

static Suite *
suite_of_text(void)
{
	Suite *suite = suite_create("text");
	TCase *tests = tcase_create("text");

	tcase_add_test(tests, an_empty_text_is_an_empty_string);
	tcase_add_test(tests, nothing_added_makes_it_a_string);
	tcase_add_test(tests, what_is_added_stands_in_its_order);
	tcase_add_test(tests, it_grows_and_never_truncates);
	tcase_add_test(tests, what_is_cut_or_cleared_is_overwritten);
	tcase_add_test(
	    tests, taken_bytes_are_the_callers_and_the_text_is_empty);
	tcase_add_loop_test(tests, a_whole_number_is_read_and_nothing_else, 0,
	    COUNT_OF(integer_rows));
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_text);
