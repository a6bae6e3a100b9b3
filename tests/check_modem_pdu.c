/* What the line reads from a PDU itself: national language tables. */
#include "gateway/line/modem.h"
#include "gateway/text/gsm_national.h"
#include "gateway/text/utf8.h"
#include "tests/check_main.h"
#include "tests/national_texts.h"

START_TEST(a_text_in_a_national_table_is_read_right)
{
	struct text text = { 0 };

	ck_assert_int_eq(
	    modem_pdu_read_national(national_texts[_i].pdu, &text), DONE);
	ck_assert_msg(strcmp(text_string(&text), national_texts[_i].text) == 0,
	    "%s: '%s'", national_texts[_i].what, text_string(&text));
	text_free(&text);
}
END_TEST

static const struct {
	const char *pdu;
	enum outcome outcome;
} others[] = {
	{ "", REFUSED },
	{ "00", REFUSED },
	{ "zz", REFUSED },
	/* no header; a header that names no table; one of UCS-2 */
	{ "07917799080000F0040D91779981436587F90000621122120000000141",
	    REFUSED },
	{ "07917799080000F0440D91779981436587F900006211221200000008050003070201"
	  "82",
	    NOTHING },
	{ "07917799080000F0440D91779981436587F90008621122120000000603250106"
	  "0905",
	    REFUSED },
	/* cut off; a header that is longer than the text; or than anything */
	{ "07917799080000F0440D91779981436587F90000621122120000001106240106",
	    REFUSED },
	{ "07917799080000F0440D91779981436587F9000062112212000000020625010600",
	    REFUSED },
	{ "07917799080000F0440D91779981436587F9000062112212000000A0FF25010600",
	    REFUSED },
	{ "FF917799080000F0440D91779981436587F9", REFUSED },
};

START_TEST(what_is_no_such_text_is_refused)
{
	struct text text = { 0 };

	ck_assert_int_eq(
	    modem_pdu_read_national(others[_i].pdu, &text), others[_i].outcome);
	ck_assert_uint_eq(text.length, 0);
	text_free(&text);
}
END_TEST

/* Every PDU of the vectors with each octet changed in turn: read or refused,
 * never believed beyond its end (the sanitizers watch), always clean. */
START_TEST(no_changed_octet_leads_astray)
{
	const char *pdu = national_texts[_i].pdu;
	static const char *const values[] = { "00", "7F", "80", "FF", "A1" };
	char changed[512];

	for (size_t at = 0; at + 1 < strlen(pdu); at += 2) {
		for (size_t v = 0; v < COUNT_OF(values); v++) {
			struct text text = { 0 };
			char *block;

			snprintf(changed, sizeof(changed), "%s", pdu);
			memcpy(changed + at, values[v], 2);
			block = strdup(changed);
			ck_assert_ptr_nonnull(block);
			(void)!modem_pdu_read_national(block, &text);
			ck_assert_int_eq(
			    utf8_is_clean(text_string(&text), text.length), 1);
			free(block);
			text_free(&text);
		}
	}
}
END_TEST

START_TEST(a_language_that_nobody_knows_is_read_by_the_default_table)
{
	ck_assert_uint_eq(gsm_national_character('A', 0, 200), 'A');
	ck_assert_uint_eq(gsm_national_character(0x65, 1, 200), 0x20ac);
	/* Spanish has a single shift table only. */
	ck_assert_uint_eq(gsm_national_character('A', 0, GSM_SPANISH), 'A');
	ck_assert_uint_eq(gsm_national_character('A', 1, GSM_SPANISH), 0xc1);
}
END_TEST

START_TEST(every_table_has_digits_a_space_and_a_line_feed)
{
	for (unsigned language = 0; language <= GSM_URDU; language++) {
		for (uint8_t digit = '0'; digit <= '9'; digit++)
			ck_assert_uint_eq(
			    gsm_national_character(digit, 0, language), digit);
		ck_assert_uint_eq(
		    gsm_national_character(' ', 0, language), ' ');
		ck_assert_uint_eq(
		    gsm_national_character('\n', 0, language), '\n');
	}
}
END_TEST

static const struct sender_row {
	const char *pdu;
	const char *sender;
} senders[] = {
	{ "07917799080000F0040D91779981436587F9002021", "+7799183456789" },
	/* its own type, the reserved one, and what was written or reported */
	{ "07917799080000F0070D91779981436587F9", "+7799183456789" },
	{ "07917799080000F0050D91779981436587F9", "" },
	{ "07917799080000F0060D91779981436587F9", "" },
	{ "00040491213400", "+1243" },
	/* a name, a national number, digits that are none, cut off, too long */
	{ "0004069121FF4300", "" },
	{ "000404D0213400", "" },
	{ "000404812134", "" },
	{ "00040491213A", "" },
	{ "000404912", "" },
	{ "00041591112131415161718191A1B1", "" },
	{ "0004009100", "" },
	{ "FF04", "" },
	{ "", "" },
	{ "xyz", "" },
};

START_TEST(the_sender_is_read_from_the_bytes)
{
	char sender[PROTOCOL_SENDER_MAX_BYTES + 1];

	memset(sender, 0xa5, sizeof(sender));
	modem_pdu_sender(senders[_i].pdu, sender);
	ck_assert_str_eq(sender, senders[_i].sender);
}
END_TEST

/* Found by tests/fuzz: libGammu wrote past what it has. */
static const struct {
	const char *head;
	int more; /* octets behind it */
	int is_deadly;
} endless[] = {
	{ "07917799080000F0040D91779981436587F90000621122120000000141", 0, 0 },
	{ "879172AAAA8377AA010010F5040B0BC872D2770900081", 130, 1 },
	{ "07917799080000F0045391779981436587F9", 60, 1 },
	{ "07917799080000F0067E0D91779981436587F9621122120000006211221200"
	  "000000",
	    0, 0 },
	{ "07917799080000F0067E0D91779981436587F9621122120000006211221200"
	  "00000064AA",
	    150, 1 },
	{ "07917799080000F0067E5391779981436587F9", 60, 1 },
};

START_TEST(what_libgammu_dies_of_never_reaches_it)
{
	struct text pdu = { 0 };

	text_add(&pdu, endless[_i].head);
	if (pdu.length % 2 != 0)
		text_add(&pdu, "0");
	for (int i = 0; i < endless[_i].more; i++)
		text_add(&pdu, "41");
	ck_assert_int_eq(
	    modem_pdu_is_deadly(text_string(&pdu)), endless[_i].is_deadly);
	text_free(&pdu);
}
END_TEST

static Suite *
suite_of_modem_pdu(void)
{
	Suite *suite = suite_create("modem_pdu");
	TCase *tests = tcase_create("tables");

	tcase_add_loop_test(tests, a_text_in_a_national_table_is_read_right, 0,
	    (int)COUNT_OF(national_texts));
	tcase_add_loop_test(
	    tests, what_is_no_such_text_is_refused, 0, (int)COUNT_OF(others));
	tcase_add_loop_test(tests, what_libgammu_dies_of_never_reaches_it, 0,
	    (int)COUNT_OF(endless));
	tcase_add_loop_test(tests, no_changed_octet_leads_astray, 0,
	    (int)COUNT_OF(national_texts));
	tcase_add_test(
	    tests, a_language_that_nobody_knows_is_read_by_the_default_table);
	tcase_add_test(tests, every_table_has_digits_a_space_and_a_line_feed);
	tcase_add_loop_test(tests, the_sender_is_read_from_the_bytes, 0,
	    (int)COUNT_OF(senders));
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_modem_pdu);
