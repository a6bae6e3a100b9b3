#include "gateway/text/number.h"

#include "tests/check_main.h"

static const struct sender_row {
	const char *raw;
	const char *country;
	enum sender_kind kind;
	const char *e164;
} sender_rows[] = {
	{ "+9779841234567", "977", SENDER_NUMBER, "+9779841234567" },
	{ "+9779841234567", "", SENDER_NUMBER, "+9779841234567" },
	{ "+977 984-1234567", "", SENDER_NUMBER, "+9779841234567" },
	{ " +977 (984) 123.45/67 ", "", SENDER_NUMBER, "+9779841234567" },
	{ "+44 (0)20 7946 0000", "", SENDER_NUMBER, "+442079460000" },
	{ "\xe2\x80\x8e+977\xc2\xa0"
	  "9841234567",
	    "", SENDER_NUMBER, "+9779841234567" },
	{ "009779841234567", "974", SENDER_NUMBER, "+9779841234567" },
	{ "9841234567", "977", SENDER_NUMBER, "+9779841234567" },
	{ "09841234567", "977", SENDER_NUMBER, "+9779841234567" },
	{ "9779841234567", "977", SENDER_NUMBER, "+9779841234567" },
	{ "97433123456", "974", SENDER_NUMBER, "+97433123456" },
	{ "7011234567", "7", SENDER_NUMBER, "+77011234567" },
	{ "9779841234567", "", SENDER_ODD, "" },
	{ "9841234567", "", SENDER_ODD, "" },
	{ "+९७७९८४१२३४५६७", "", SENDER_NUMBER, "+9779841234567" },
	{ "٩٨٤١٢٣٤٥٦٧", "977", SENDER_NUMBER, "+9779841234567" },
	{ "＋９７７９８４１２３４５６７", "", SENDER_NUMBER, "+9779841234567" },
	{ "+123456", "", SENDER_ODD, "" },
	{ "+1234567", "", SENDER_NUMBER, "+1234567" },
	{ "+123456789012345", "", SENDER_NUMBER, "+123456789012345" },
	{ "+1234567890123456", "", SENDER_ODD, "" },
	{ "1234567890123", "977", SENDER_ODD, "" },
	{ "+0779841234567", "", SENDER_ODD, "" },
	{ "000779841234567", "", SENDER_ODD, "" },
	{ "1234567890123456789012345", "977", SENDER_ODD, "" },
	{ "+1234567890123456789012345", "", SENDER_ODD, "" },
	{ "12345678901234567890123456789012345678901234567890", "977",
	    SENDER_ODD, "" },
	{ "1", "977", SENDER_ODD, "" },
	{ "12", "977", SENDER_SHORT, "" },
	{ "1498", "977", SENDER_SHORT, "" },
	{ "123456", "977", SENDER_SHORT, "" },
	{ "1234567", "977", SENDER_NUMBER, "+9771234567" },
	{ "NTC", "977", SENDER_NAME, "" },
	{ "Ncell 4G", "977", SENDER_NAME, "" },
	{ "9841234567a", "977", SENDER_NAME, "" },
	{ "नेपाल", "977", SENDER_NAME, "" },
	{ "", "977", SENDER_HIDDEN, "" },
	{ "  ", "977", SENDER_HIDDEN, "" },
	{ "+", "977", SENDER_ODD, "" },
	{ "++9779841234567", "", SENDER_ODD, "" },
	{ "977+9841234567", "", SENDER_ODD, "" },
	{ "*123#", "977", SENDER_ODD, "" },
	{ "98412\xff"
	  "34567",
	    "977", SENDER_ODD, "" },
};

START_TEST(a_sender_is_read_as_what_it_is)
{
	const struct sender_row *row = &sender_rows[_i];
	struct number number;

	memset(&number, 0xa5, sizeof(number));
	ck_assert_str_eq(
	    sender_kind_name(number_read(row->raw, row->country, &number)),
	    sender_kind_name(row->kind));
	ck_assert_str_eq(number.e164, row->e164);
}
END_TEST

static const struct mask_row {
	const char *e164;
	const char *mask;
} mask_rows[] = {
	{ "+9779841234521", "+977...21" },
	{ "+447700900123", "+44...23" },
	{ "+12025550143", "+1...43" },
	{ "+79161234567", "+7...67" },
	{ "+97433123456", "+974...56" },
	{ "+251911234567", "+251...67" },
	{ "", "..." },
	{ "9841234567", "..." },
};

START_TEST(a_mask_shows_the_country_and_two_digits)
{
	const struct mask_row *row = &mask_rows[_i];
	struct number number = { "" };

	memcpy(number.e164, row->e164, strlen(row->e164) + 1);
	ck_assert_str_eq(number_mask(&number).text, row->mask);
}
END_TEST

START_TEST(nobody_has_an_empty_mask)
{
	ck_assert_str_eq(number_mask(NULL).text, "...");
}
END_TEST

START_TEST(e164_is_a_plus_and_seven_to_fifteen_digits)
{
	ck_assert(number_is_e164("+1234567"));
	ck_assert(number_is_e164("+123456789012345"));
	ck_assert(!number_is_e164("+123456"));
	ck_assert(!number_is_e164("+1234567890123456"));
	ck_assert(!number_is_e164("1234567"));
	ck_assert(!number_is_e164("+0234567"));
	ck_assert(!number_is_e164("+123 4567"));
	ck_assert(!number_is_e164("+12345678x"));
	ck_assert(!number_is_e164("+"));
	ck_assert(!number_is_e164(""));
}
END_TEST

static Suite *
suite_of_number(void)
{
	Suite *suite = suite_create("number");
	TCase *tests = tcase_create("number");

	tcase_add_loop_test(
	    tests, a_sender_is_read_as_what_it_is, 0, COUNT_OF(sender_rows));
	tcase_add_loop_test(tests, a_mask_shows_the_country_and_two_digits, 0,
	    COUNT_OF(mask_rows));
	tcase_add_test(tests, nobody_has_an_empty_mask);
	tcase_add_test(tests, e164_is_a_plus_and_seven_to_fifteen_digits);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_number);
