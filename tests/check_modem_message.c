#include "gateway/line/modem.h"

#include "tests/check_main.h"

static struct arrival arrival;
static GSM_SMSMessage sms;

/* A message as libGammu gives it, from +26111, "hi", 2026-11-21 22:42:05 +5:45. */
static void
start(void)
{
	memset(&arrival, 0xa5, sizeof(arrival));
	memset(&sms, 0, sizeof(sms));
	sms.PDU = SMS_Deliver;
	sms.Coding = SMS_Coding_Default_No_Compression;
	sms.Class = GSM_SMS_None;
	EncodeUnicode(sms.Number, "+26111", 6);
	EncodeUnicode(sms.Text, "hi", 2);
	sms.Length = 2;
	sms.DateTime = (GSM_DateTime){
		.Year = 2026,
		.Month = 11,
		.Day = 21,
		.Hour = 22,
		.Minute = 42,
		.Second = 5,
		.Timezone = 20700,
	};
}

static void
set_header(const unsigned char *bytes, int length)
{
	memcpy(sms.UDH.Text, bytes, (size_t)length);
	sms.UDH.Length = length;
}

static void
expect_whole(void)
{
	ck_assert_int_eq(modem_message_read(&sms, &arrival), MESSAGE_ARRIVAL);
	ck_assert_int_eq(arrival.join_reference, -1);
	ck_assert_int_eq(arrival.part, 1);
	ck_assert_int_eq(arrival.parts, 1);
}

START_TEST(a_plain_message_is_read_whole)
{
	start();
	expect_whole();
	ck_assert_int_eq(arrival.kind, ARRIVAL_SMS);
	ck_assert_str_eq(arrival.sender, "+26111");
	ck_assert_str_eq(arrival.text, "hi");
	ck_assert_int_eq(arrival.flash, 0);
	ck_assert_uint_eq(arrival.token, 0);
	/* 16:57:05 in UTC */
	ck_assert_int_eq(arrival.network_utc_s, 1795280225);
}
END_TEST

static const struct {
	GSM_DateTime when;
} odd_times[] = {
	{ { 0, 0, 0, 0, 0, 0, 0 } },
	{ { 0, 5, 42, 22, 21, 11, 2085 } },
	{ { 0, 5, 42, 22, 21, 13, 2026 } },
	{ { 0, 5, 42, 25, 21, 11, 2026 } },
	{ { 70000, 5, 42, 22, 21, 11, 2026 } },
};

START_TEST(an_odd_time_is_none)
{
	start();
	sms.DateTime = odd_times[_i].when;
	expect_whole();
	ck_assert_int_eq(arrival.network_utc_s, 0);
}
END_TEST

START_TEST(a_part_is_found_behind_other_elements)
{
	static const unsigned char header[] = { 0x0a, 0x24, 0x01, 0x01, 0x00,
		0x03, 0xfe, 0x04, 0x02, 0x70, 0x00 };

	start();
	set_header(header, sizeof(header));
	ck_assert_int_eq(modem_message_read(&sms, &arrival), MESSAGE_ARRIVAL);
	ck_assert_int_eq(arrival.join_reference, 0xfe);
	ck_assert_int_eq(arrival.join_bits, 8);
	ck_assert_int_eq(arrival.parts, 4);
	ck_assert_int_eq(arrival.part, 2);
}
END_TEST

static const struct {
	const char *what;
	unsigned char bytes[8];
	int length;
} odd_headers[] = {
	{ "part 0", { 5, 0, 3, 1, 2, 0 }, 6 },
	{ "part 3 of 2", { 5, 0, 3, 1, 2, 3 }, 6 },
	{ "one part", { 5, 0, 3, 1, 1, 1 }, 6 },
	{ "no parts", { 5, 0, 3, 1, 0, 1 }, 6 },
	{ "an element too short", { 4, 0, 2, 1, 2 }, 5 },
	{ "an element beyond the end", { 5, 0, 9, 1, 2, 1 }, 6 },
	{ "an element without length", { 1, 0 }, 2 },
	{ "empty", { 0 }, 1 },
};

START_TEST(an_odd_header_is_not_believed)
{
	start();
	set_header(odd_headers[_i].bytes, odd_headers[_i].length);
	expect_whole();
	ck_assert_str_eq(arrival.text, "hi");
}
END_TEST

START_TEST(a_part_without_text_is_not_believed)
{
	static const unsigned char header[] = { 5, 0, 3, 1, 2, 1 };

	start();
	set_header(header, sizeof(header));
	sms.Length = 0;
	sms.Text[0] = sms.Text[1] = 0;
	expect_whole();
}
END_TEST

START_TEST(a_header_over_its_length_makes_all_unreadable)
{
	start();
	sms.Location = 17;
	sms.UDH.Text[0] = 0xff;
	sms.UDH.Length = 0x100;
	expect_whole();
	ck_assert_int_eq(arrival.kind, ARRIVAL_UNREADABLE);
	ck_assert_str_eq(arrival.sender, "");
	ck_assert_str_eq(arrival.text, "");
	ck_assert_int_eq(arrival.network_utc_s, 0);
	ck_assert_uint_eq(arrival.token, 17);
}
END_TEST

/* libGammu takes another command's answer for the one it waits for, and says
 * that all is well: once a text was lost by it. */
START_TEST(what_was_never_filled_in_is_no_message)
{
	GSM_SMSMessage nothing;

	memset(&nothing, 0, sizeof(nothing));
	GSM_SetDefaultReceivedSMSData(&nothing);
	nothing.Location = 3;
	ck_assert_int_eq(
	    modem_message_believe(ERR_NONE, &nothing), ERR_UNKNOWN);
	ck_assert_int_eq(modem_message_believe(ERR_EMPTY, &nothing), ERR_EMPTY);
	start();
	ck_assert_int_eq(modem_message_believe(ERR_NONE, &sms), ERR_NONE);
	nothing.DateTime.Year = 2026;
	ck_assert_int_eq(modem_message_believe(ERR_NONE, &nothing), ERR_NONE);
}
END_TEST

START_TEST(one_message_is_told_from_another_at_its_place)
{
	uint64_t print;

	start();
	print = modem_message_print(&sms);
	sms.Location = 30;
	sms.Folder = 3;
	ck_assert(modem_message_print(&sms) == print);
	sms.DateTime.Second ^= 1;
	ck_assert(modem_message_print(&sms) != print);
	start();
	sms.Text[1] ^= 1;
	ck_assert(modem_message_print(&sms) != print);
	start();
	sms.Number[1] ^= 1;
	ck_assert(modem_message_print(&sms) != print);
	ck_assert(
	    modem_message_print_of("0704") != modem_message_print_of("0705"));
}
END_TEST

START_TEST(what_is_unreadable_keeps_its_bytes_as_clean_text)
{
	char long_pdu[PROTOCOL_TEXT_MAX_BYTES + 100];

	modem_message_unreadable(3, "07AB\xff\r\x7f", &arrival);
	ck_assert_int_eq(arrival.kind, ARRIVAL_UNREADABLE);
	ck_assert_str_eq(arrival.text, "07AB???");
	memset(long_pdu, 'A', sizeof(long_pdu));
	long_pdu[sizeof(long_pdu) - 1] = '\0';
	modem_message_unreadable(3, long_pdu, &arrival);
	ck_assert_uint_eq(strlen(arrival.text), PROTOCOL_TEXT_MAX_BYTES);
}
END_TEST

START_TEST(numbers_without_an_end_are_cut)
{
	start();
	memset(sms.Number, 'x', sizeof(sms.Number));
	memset(sms.Text, 'x', sizeof(sms.Text));
	expect_whole();
	ck_assert_uint_le(strlen(arrival.sender), PROTOCOL_SENDER_MAX_BYTES);
	ck_assert_uint_le(strlen(arrival.text), PROTOCOL_TEXT_MAX_BYTES);
}
END_TEST

START_TEST(unicode_of_any_length_stays_inside)
{
	start();
	sms.Coding = SMS_Coding_Unicode_No_Compression;
	memset(sms.Text, 0, sizeof(sms.Text));
	for (size_t i = 1; i < sizeof(sms.Text); i += 2)
		sms.Text[i] = '~';
	sms.Length = 127;
	expect_whole();
	ck_assert_uint_eq(strlen(arrival.text), 127);
	sms.Length = 100000;
	expect_whole();
	sms.Length = -1;
	expect_whole();
	ck_assert_str_eq(arrival.text, "");
}
END_TEST

START_TEST(two_binary_messages_are_told_apart)
{
	uint64_t first;

	start();
	sms.Coding = SMS_Coding_8bit;
	expect_whole();
	ck_assert_int_eq(arrival.kind, ARRIVAL_BINARY);
	ck_assert_str_eq(arrival.text, "");
	ck_assert_str_eq(arrival.sender, "+26111");
	first = arrival.token;
	expect_whole();
	ck_assert(arrival.token == first);
	sms.Text[1] = 'x';
	expect_whole();
	ck_assert(arrival.token != first);
}
END_TEST

START_TEST(reports_and_own_messages_are_no_arrivals)
{
	start();
	sms.PDU = SMS_Status_Report;
	ck_assert_int_eq(modem_message_read(&sms, &arrival), MESSAGE_REPORT);
	sms.PDU = SMS_Submit;
	ck_assert_int_eq(modem_message_read(&sms, &arrival), MESSAGE_OWN);
}
END_TEST

START_TEST(a_segment_is_no_flash_and_does_not_outlive_the_day)
{
	const struct modem_segment segment = { "+26111", "hi", 0, 200, 2, 3 };
	unsigned char smsc[(GSM_MAX_NUMBER_LENGTH + 1) * 2] = { 0 };

	EncodeUnicode(smsc, "+9779800", 8);
	memset(&sms, 0xa5, sizeof(sms));
	modem_message_write(&segment, smsc, &sms);
	ck_assert_int_eq(sms.Class, -1);
	ck_assert_int_eq(sms.PDU, SMS_Submit);
	ck_assert_int_eq(sms.Coding, SMS_Coding_Default_No_Compression);
	ck_assert_int_eq(sms.SMSC.Validity.Relative, SMS_VALID_1_Day);
	ck_assert_int_eq(sms.UDH.Length, 6);
	ck_assert_int_eq(
	    memcmp(sms.UDH.Text, "\x05\x00\x03\xc8\x03\x02", 6), 0);
	ck_assert_int_eq(memcmp(sms.Text, "\0h\0i\0", 6), 0);
	ck_assert_str_eq(DecodeUnicodeString(sms.Number), "+26111");
}
END_TEST

START_TEST(tildes_never_push_a_segment_over_its_length)
{
	struct modem_segment segment = { "+26111", NULL, 1, 0, 1, 1 };
	unsigned char smsc[(GSM_MAX_NUMBER_LENGTH + 1) * 2] = { 0 };
	char text[80] = "";

	memset(text, '~', 68);
	segment.utf8 = text;
	modem_message_write(&segment, smsc, &sms);
	/* Two have room for their twin; 66 become dashes. */
	ck_assert_int_eq(sms.Length, 70);
	ck_assert_int_eq(sms.Text[7], '~');
	ck_assert_int_eq(sms.Text[9], '-');
	ck_assert_int_eq(sms.Text[139], '-');
}
END_TEST

static const struct {
	int status;
	enum outcome how;
} causes[] = {
	{ -1, TRY_LATER },
	{ 1, REFUSED },
	{ 21, REFUSED },
	{ 28, REFUSED },
	{ 38, TRY_LATER },
	{ 42, TRY_LATER },
	{ 331, TRY_LATER },
	{ 322, TRY_LATER },
	{ 332, UNSURE },
	{ 500, UNSURE },
	{ 304, REFUSED },
	{ 512, TRY_LATER },
	{ 7, UNSURE },
	{ -7, UNSURE },
	{ 0, UNSURE },
};

START_TEST(a_cause_says_who_is_at_fault)
{
	const char *words = NULL;

	ck_assert_int_eq(
	    modem_cause_read(causes[_i].status, &words), causes[_i].how);
	ck_assert_ptr_nonnull(words);
	ck_assert_uint_le(strlen(words), PROTOCOL_WORDS_MAX_BYTES);
}
END_TEST

/* From here on: SMSC, first octet (and reference), address, protocol, coding,
 * time or validity, length, data. */
static const struct {
	const char *head;
	int data_octets;
	int is_deadly;
} pdus[] = {
	{ "07917799080000F0040D91779981436587F9000020211121224232A0", 140, 0 },
	{ "07917799080000F0040D91779981436587F9000020211121224232A9", 148, 1 },
	{ "00040D91779981436587F9000020211121224232FF", 224, 1 },
	/* 176 octets, filled up with what some modems fill up with */
	{ "00040D91779981436587F900002021112122423205", 155, 0 },
	/* says so, but it is not there: libGammu sees that */
	{ "00040D91779981436587F9000020211121224232A9", 147, 0 },
	{ "0011000D91779981436587F90000A7FF", 224, 1 },
	{ "0001000D91779981436587F90000FF", 224, 1 },
	{ "0019000D91779981436587F9000020211121224232FF", 224, 1 },
	/* a status report, and one with more than libGammu has room for */
	{ "0006010D91779981436587F9", 15, 0 },
	{ "0006010D91779981436587F9", 200, 1 },
	/* an address without end, nonsense, nothing */
	{ "FF", 10, 1 },
	{ "zz", 200, 0 },
	{ "00", 0, 0 },
	{ "", 0, 0 },
};

START_TEST(a_pdu_that_would_end_the_process_is_known)
{
	char hex[1024];
	size_t length;

	snprintf(hex, sizeof(hex), "%s", pdus[_i].head);
	length = strlen(hex);
	memset(hex + length, 'F', 2 * (size_t)pdus[_i].data_octets);
	hex[length + 2 * (size_t)pdus[_i].data_octets] = '\0';
	ck_assert_int_eq(modem_pdu_is_deadly(hex), pdus[_i].is_deadly);
}
END_TEST

static Suite *
suite_of_modem_message(void)
{
	Suite *suite = suite_create("modem_message");
	TCase *group = tcase_create("modem_message");

	tcase_add_test(group, a_plain_message_is_read_whole);
	tcase_add_loop_test(
	    group, an_odd_time_is_none, 0, (int)COUNT_OF(odd_times));
	tcase_add_test(group, a_part_is_found_behind_other_elements);
	tcase_add_loop_test(group, an_odd_header_is_not_believed, 0,
	    (int)COUNT_OF(odd_headers));
	tcase_add_test(group, a_part_without_text_is_not_believed);
	tcase_add_test(group, a_header_over_its_length_makes_all_unreadable);
	tcase_add_test(group, what_was_never_filled_in_is_no_message);
	tcase_add_test(group, one_message_is_told_from_another_at_its_place);
	tcase_add_test(group, what_is_unreadable_keeps_its_bytes_as_clean_text);
	tcase_add_test(group, numbers_without_an_end_are_cut);
	tcase_add_test(group, unicode_of_any_length_stays_inside);
	tcase_add_test(group, two_binary_messages_are_told_apart);
	tcase_add_test(group, reports_and_own_messages_are_no_arrivals);
	tcase_add_test(
	    group, a_segment_is_no_flash_and_does_not_outlive_the_day);
	tcase_add_test(group, tildes_never_push_a_segment_over_its_length);
	tcase_add_loop_test(
	    group, a_cause_says_who_is_at_fault, 0, (int)COUNT_OF(causes));
	tcase_add_loop_test(group, a_pdu_that_would_end_the_process_is_known, 0,
	    (int)COUNT_OF(pdus));
	suite_add_tcase(suite, group);
	return (suite);
}

CHECK_MAIN(suite_of_modem_message);
