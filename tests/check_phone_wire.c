#include "gateway/text/phone_wire.h"

#include "tests/check_main.h"

static const struct wire_row {
	enum phone_line_kind kind;
	const char *number;
	const char *text;
	const char *line;
} wire_rows[] = {
	{ PHONE_SMS, "+9779841234567", "help", "sms\t+9779841234567\thelp\n" },
	{ PHONE_SMS, "+9779841234567", "", "sms\t+9779841234567\t\n" },
	{ PHONE_SMS, "", "hidden", "sms\t\thidden\n" },
	{ PHONE_SMS, "1", "a\nb\tc\\d", "sms\t1\ta\\nb\\tc\\\\d\n" },
	{ PHONE_SMS, "1", "\\n", "sms\t1\t\\\\n\n" },
	{ PHONE_SMS, "1", "मद्दत 👍", "sms\t1\tमद्दत 👍\n" },
	{ PHONE_CALL, "+9779841234567", "", "call\t+9779841234567\n" },
	{ PHONE_ON, "+9779841234567", "", "on\t+9779841234567\n" },
	{ PHONE_USSD, "1", "*384#", "ussd\t1\t*384#\n" },
	{ PHONE_HANG_UP, "1", "", "hangup\t1\n" },
	{ PHONE_ERROR, "", "no such word", "error\tno such word\n" },
};

START_TEST(a_line_is_written)
{
	const struct wire_row *row = &wire_rows[_i];
	struct text out = { 0 };

	text_add(&out, "x\n");
	phone_wire_add(&out, row->kind, row->number, row->text);
	ck_assert_str_eq(out.bytes + 2, row->line);
	text_free(&out);
}
END_TEST

START_TEST(a_line_is_read_as_it_was_written)
{
	const struct wire_row *row = &wire_rows[_i];
	struct phone_line line;

	memset(&line, 0xa5, sizeof(line));
	ck_assert_int_eq(
	    phone_wire_read(row->line, strlen(row->line) - 1, &line), DONE);
	ck_assert_int_eq(line.kind, row->kind);
	ck_assert_str_eq(text_string(&line.number), row->number);
	ck_assert_str_eq(text_string(&line.text), row->text);
	phone_line_free(&line);
}
END_TEST

START_TEST(a_page_says_whether_it_is_the_last)
{
	struct text out = { 0 };
	struct phone_line line;

	phone_wire_add_page(&out, "1", "a\tb", _i);
	ck_assert_str_eq(
	    out.bytes, _i ? "ussd\t1\tend\ta\\tb\n" : "ussd\t1\tmore\ta\\tb\n");
	memset(&line, 0xa5, sizeof(line));
	ck_assert_int_eq(
	    phone_wire_read(out.bytes, out.length - 1, &line), DONE);
	ck_assert_int_eq(line.kind, PHONE_PAGE);
	ck_assert_int_eq(line.is_last, _i);
	ck_assert_str_eq(text_string(&line.text), "a\tb");
	phone_line_free(&line);
	text_free(&out);
}
END_TEST

START_TEST(the_bytes_of_a_text_come_through_as_they_are)
{
	static const char bytes[] = "sms\t1\t\xff\0\x01z";
	struct phone_line line;

	ck_assert_int_eq(
	    phone_wire_read(bytes, sizeof(bytes) - 1, &line), DONE);
	ck_assert_uint_eq(line.text.length, 4);
	ck_assert_mem_eq(line.text.bytes, "\xff\0\x01z", 4);
	phone_line_free(&line);
}
END_TEST

static const struct bad_row {
	const char *line;
	size_t length;
} bad_rows[] = {
	{ "", 0 },
	{ "sms", 3 },
	{ "sms\t1", 5 },
	{ "sms\t1\ta\tb", 9 },
	{ "sms 1 a", 7 },
	{ "SMS\t1\ta", 7 },
	{ "smsx\t1\ta", 8 },
	{ "sm\t1\ta", 6 },
	{ "sms\t1\ta\\", 8 },
	{ "sms\t1\ta\\x", 9 },
	{ "sms\t1\\\ta", 8 },
	{ "sms\t1\0002\ta", 9 },
	{ "call", 4 },
	{ "call\t1\ta", 8 },
	{ "on\t", 3 },
	{ "ussd\t\tx", 6 },
	{ "ussd\t1", 6 },
	{ "ussd\t1\tlast\tx", 13 },
	{ "hangup", 6 },
	{ "on", 2 },
	{ "error", 5 },
	{ "error\ta\tb", 9 },
	{ "\t1\ta", 4 },
};

START_TEST(what_makes_no_sense_is_refused)
{
	const struct bad_row *row = &bad_rows[_i];
	struct phone_line line;
	struct phone_line before;

	memset(&line, 0xa5, sizeof(line));
	before = line;
	ck_assert_int_eq(
	    phone_wire_read(row->line, row->length, &line), REFUSED);
	ck_assert_mem_eq(&line, &before, sizeof(line));
}
END_TEST

static Suite *
suite_of_phone_wire(void)
{
	Suite *suite = suite_create("phone_wire");
	TCase *tests = tcase_create("phone_wire");

	tcase_add_loop_test(tests, a_line_is_written, 0, COUNT_OF(wire_rows));
	tcase_add_loop_test(
	    tests, a_line_is_read_as_it_was_written, 0, COUNT_OF(wire_rows));
	tcase_add_loop_test(tests, a_page_says_whether_it_is_the_last, 0, 2);
	tcase_add_test(tests, the_bytes_of_a_text_come_through_as_they_are);
	tcase_add_loop_test(
	    tests, what_makes_no_sense_is_refused, 0, COUNT_OF(bad_rows));
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_phone_wire);
