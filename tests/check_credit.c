/* What an operator answers to "what is my credit?": how modems write it down,
 * and where the amount stands in it. */
#include "gateway/base/clock.h"
#include "gateway/hub/credit.h"
#include "gateway/line/ussd_answer.h"
#include "tests/check_main.h"

/* Septets and UCS-2 were packed apart from this program. */
static const struct {
	const char *what;
	const char *wire;
	enum outcome outcome;
	enum ussd_mode mode;
	const char *text;
} answers[] = {
	{ "plain", "+CUSD: 0,\"Balance: 25.50\",15\r\n", DONE, USSD_DONE,
	    "Balance: 25.50" },
	{ "without a scheme", "\r\n+CUSD: 1,\"1 More\"\r\n", DONE, USSD_ASKS,
	    "1 More" },
	{ "behind an OK", "\r\nOK\r\n\r\n+CUSD: 0,\"ok\",15\r\n", DONE,
	    USSD_DONE, "ok" },
	{ "with line feeds", "+CUSD: 0,\"Rs 12\nvalid\ntill May\",15\r\n", DONE,
	    USSD_DONE, "Rs 12\nvalid\ntill May" },
	{ "with CR LF", "+CUSD: 0,\"Rs 12\r\nvalid\",15\r\n", DONE, USSD_DONE,
	    "Rs 12\nvalid" },
	{ "with quotes in it", "+CUSD: 0,\"Say \"YES\" now\",15\r\n", DONE,
	    USSD_DONE, "Say \"YES\" now" },
	{ "UCS-2, dcs 72", "+CUSD: 0,\"0052007300200031002E0035\",72\r\n", DONE,
	    USSD_DONE, "Rs 1.5" },
	{ "UCS-2 called dcs 15", "+CUSD: 0,\"0052007300200031002E0035\",15\r\n",
	    DONE, USSD_DONE, "Rs 1.5" },
	{ "UCS-2 in Nepali, called dcs 15",
	    "+CUSD: 0,\"092E094C091C094D0926093E0924002000350030\",15\r\n",
	    DONE, USSD_DONE, "मौज्दात 50" },
	{ "UCS-2 behind its language",
	    "+CUSD: 0,\"656E0052007300200031\",17\r\n", DONE, USSD_DONE,
	    "Rs 1" },
	{ "packed septets, dcs 15",
	    "+CUSD: 0,\"C2303BEC1E977520E91C24ABB96A30\",15\r\n", DONE,
	    USSD_DONE, "Balance: Rs 25.50" },
	{ "packed septets, dcs 0", "+CUSD: 0,\"D239282673D51A\",0\r\n", DONE,
	    USSD_DONE, "Rs 12.5" },
	{ "digits are no septets", "+CUSD: 0,\"1234567890\",15\r\n", DONE,
	    USSD_DONE, "1234567890" },
	{ "a short word is no septets", "+CUSD: 0,\"FADE\",15\r\n", DONE,
	    USSD_DONE, "FADE" },
	{ "ended by the network, with a text", "+CUSD: 2,\"Bye\",15\r\n", DONE,
	    USSD_ENDED, "Bye" },
	{ "ended by the network", "+CUSD: 2\r\n", DONE, USSD_ENDED, "" },
	{ "not supported", "+CUSD: 4\r\n", DONE, USSD_NOT_SUPPORTED, "" },
	{ "timed out", "+CUSD:5\r\n", DONE, USSD_TIMEOUT, "" },
	{ "nothing yet", "\r\nOK\r\n", NOTHING, 0, "" },
	{ "half of it", "+CUSD: 0,\"Balan", NOTHING, 0, "" },
	{ "all but its scheme", "+CUSD: 0,\"Balance\",1", NOTHING, 0, "" },
	{ "a mode that is none", "+CUSD: 9,\"x\",15\r\n", NOTHING, 0, "" },
};

START_TEST(an_answer_is_read_however_a_modem_writes_it)
{
	struct text text = { 0 };
	enum ussd_mode mode = USSD_OTHER;

	ck_assert_int_eq(ussd_answer_read(answers[_i].wire,
			     strlen(answers[_i].wire), &mode, &text),
	    answers[_i].outcome);
	if (answers[_i].outcome == DONE)
		ck_assert_int_eq(mode, answers[_i].mode);
	ck_assert_msg(strcmp(text_string(&text), answers[_i].text) == 0,
	    "%s: '%s'", answers[_i].what, text_string(&text));
	text_free(&text);
}
END_TEST

static const struct {
	const char *text;
	const char *pattern;
	enum outcome outcome;
	int64_t hundredths;
} amounts[] = {
	{ "Your balance is Rs 25.50. Valid till 31/12/2026", "", DONE, 2550 },
	{ "Balance: 25", "", DONE, 2500 },
	{ "KSh1,234.50 main account", "", DONE, 123450 },
	{ "Solde: 1 234,5 FCFA", "", DONE, 123450 },
	{ "1.234,50 TL", "", DONE, 123450 },
	{ "12,000 dong", "", DONE, 1200000 },
	{ "You have 3 SMS and Tk 7.05 left", "", DONE, 705 },
	{ "मौज्दात 50", "", DONE, 5000 },
	{ "Main:\nRs 12.30\nvalid", "", DONE, 1230 },
	{ "No balance", "", NOTHING, 0 },
	{ "", "", NOTHING, 0 },
	{ "Bonus 5.00 Main 7.20", "main ([0-9.]+)", DONE, 720 },
	{ "Main -3.40", "main -?([0-9.]+)", DONE, -340 },
	{ "Bonus 5.00", "main ([0-9.]+)", NOTHING, 0 },
	{ "Main .50", "main ([0-9.]*)", DONE, 50 },
	{ "Main", "main([0-9.]*)", NOTHING, 0 },
	{ "x 99999999999999999999.00", "", NOTHING, 0 },
	{ "Main 1", "main ([0-9", REFUSED, 0 },
};

START_TEST(an_amount_is_found_where_the_pattern_says)
{
	int64_t hundredths = 77;

	ck_assert_int_eq(
	    credit_read(amounts[_i].text, amounts[_i].pattern, &hundredths),
	    amounts[_i].outcome);
	if (amounts[_i].outcome == DONE)
		ck_assert_msg(hundredths == amounts[_i].hundredths, "'%s': %ld",
		    amounts[_i].text, (long)hundredths);
}
END_TEST

/* -- the day it expires -------------------------------------------------------- */

static const struct {
	const char *text;
	const char *pattern;
	const char *order;
	enum outcome outcome;
	const char *day;
} days[] = {
	{ "Bal Rs 12.50 valid till 31/12/2026.", "Rs ([0-9.]+).*till ([0-9/]+)",
	    "dmy", DONE, "2026-12-31" },
	{ "12.50 until 01.02.27", "([0-9.]+) until ([0-9.]+)", "dmy", DONE,
	    "2027-02-01" },
	{ "12.50 until 01.02.27", "([0-9.]+) until ([0-9.]+)", "mdy", DONE,
	    "2027-01-02" },
	{ "12.50 exp 2026-12-31", "([0-9.]+) exp ([0-9-]+)", "dmy", DONE,
	    "2026-12-31" },
	{ "12.50 exp 26-12-31", "([0-9.]+) exp ([0-9-]+)", "ymd", DONE,
	    "2026-12-31" },
	{ "12.50 exp 20261231", "([0-9.]+) exp ([0-9]+)", "dmy", DONE,
	    "2026-12-31" },
	{ "Rs 5, 7 Dec 2026", "Rs ([0-9]+), (.*)", "mdy", DONE, "2026-12-07" },
	{ "Rs 5, December 7, 2026", "Rs ([0-9]+), (.*)", "dmy", DONE,
	    "2026-12-07" },
	{ "Rs 5, 07-dec-26", "Rs ([0-9]+), (.*)", "mdy", DONE, "2026-12-07" },
	/* No such day, no such month, too few and too many. */
	{ "Rs 5, 31/02/2026", "Rs ([0-9]+), (.*)", "dmy", NOTHING, "" },
	{ "Rs 5, 12/13/2026", "Rs ([0-9]+), (.*)", "dmy", NOTHING, "" },
	{ "Rs 5, 7 Foo 2026", "Rs ([0-9]+), (.*)", "dmy", NOTHING, "" },
	{ "Rs 5, 7/2026", "Rs ([0-9]+), (.*)", "dmy", NOTHING, "" },
	{ "Rs 5, 7/8/9/2026", "Rs ([0-9]+), (.*)", "dmy", NOTHING, "" },
	{ "Rs 5, 123456789012345678901234", "Rs ([0-9]+), (.*)", "dmy", NOTHING,
	    "" },
	{ "Rs 5", "Rs ([0-9]+)", "dmy", NOTHING, "" },
	{ "Rs 5", "", "dmy", NOTHING, "" },
	{ "Rs 5", "Rs ([0-9]+", "dmy", REFUSED, "" },
};

START_TEST(a_day_is_read_however_the_operator_writes_it)
{
	int64_t utc_s = 77;
	enum outcome outcome = credit_read_expiry(
	    days[_i].text, days[_i].pattern, days[_i].order, &utc_s);

	ck_assert_int_eq(outcome, days[_i].outcome);
	if (outcome == DONE)
		ck_assert_str_eq(clock_date(utc_s).text, days[_i].day);
	else
		ck_assert_int_eq(utc_s, 77);
}
END_TEST

START_TEST(a_pattern_needs_a_group)
{
	ck_assert_int_eq(credit_pattern_is_sound("main ([0-9]+)"), 1);
	ck_assert_int_eq(credit_pattern_is_sound("main [0-9]+"), 0);
	ck_assert_int_eq(credit_pattern_is_sound("main ([0-9]+"), 0);
}
END_TEST

/* As libGammu and Huawei's modems write it: 3GPP TS 23.038 6.1.2.3.1. */
START_TEST(a_code_is_packed_as_makers_want_it)
{
	struct text hex = { 0 };

	ck_assert_int_eq(ussd_code_pack("*100#", &hex), 1);
	ck_assert_str_eq(text_string(&hex), "AA180C3602");
	text_clear(&hex);
	ck_assert_int_eq(ussd_code_pack("*12345#", &hex), 1);
	ck_assert_uint_eq(hex.length, 14);
	text_clear(&hex);
	ck_assert_int_eq(ussd_code_pack("*100#;ATZ", &hex), 0);
	text_free(&hex);
}
END_TEST

static Suite *
suite_of_credit(void)
{
	Suite *suite = suite_create("credit");
	TCase *tests = tcase_create("answers");

	tcase_add_loop_test(tests, an_answer_is_read_however_a_modem_writes_it,
	    0, (int)COUNT_OF(answers));
	tcase_add_loop_test(tests, an_amount_is_found_where_the_pattern_says, 0,
	    (int)COUNT_OF(amounts));
	tcase_add_loop_test(tests, a_day_is_read_however_the_operator_writes_it,
	    0, (int)COUNT_OF(days));
	tcase_add_test(tests, a_pattern_needs_a_group);
	tcase_add_test(tests, a_code_is_packed_as_makers_want_it);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_credit);
