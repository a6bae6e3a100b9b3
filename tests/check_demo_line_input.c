/* The demo line: what makes no sense, and its socket. */
#include "tests/demo_line_fixture.h"

#define NO_SENSE \
	"a line is sms, ussd, hangup, call or on, a number and, for sms and" \
	" ussd, a text, with tabs between"

static const struct {
	const char *line;
	const char *error;
} nonsense[] = {
	{ "hello\n", NO_SENSE },
	{ "\n", NO_SENSE },
	{ "sms\t9841000001\n", NO_SENSE },
	{ "sms\t9841000001\ta\\x\n", NO_SENSE },
	{ "error\tno\n", "only the line says that" },
	{ "on\t12345678901234567890123456789012345678901234567890"
	  "1234567890123456789012345678901\n",
	    "the number is too long" },
};

START_TEST(a_line_that_makes_no_sense_is_said_so_and_the_next_is_taken)
{
	char expected[160];
	int phone = switch_on();

	put(phone, nonsense[_i].line);
	snprintf(expected, sizeof(expected), "error\t%s\n", nonsense[_i].error);
	check_gets(phone, expected);
	put(phone, "sms\t9841000001\tstill here\n");
	hear_arrival("9841000001", "still here");
	close(phone);
}
END_TEST

START_TEST(a_line_of_10000_bytes_is_refused_and_the_next_is_taken)
{
	static char text[10001];
	int phone = switch_on();

	memset(text, 'x', sizeof(text) - 1);
	put(phone, "sms\t9841000001\t");
	put(phone, text);
	put(phone, "\n");
	check_gets(phone, "error\tthe text is too long\n");
	put(phone, "sms\t9841000001\tstill here\n");
	hear_arrival("9841000001", "still here");
	close(phone);
}
END_TEST

START_TEST(the_longest_text_arrives_whole)
{
	static char text[PROTOCOL_TEXT_MAX_BYTES + 1];
	int phone = switch_on();

	memset(text, 'x', sizeof(text) - 1);
	put(phone, "sms\t9841000001\t");
	put(phone, text);
	put(phone, "\n");
	hear_arrival("9841000001", text);
	close(phone);
}
END_TEST

START_TEST(a_line_without_end_is_refused_once)
{
	static char block[60000];
	int phone = switch_on();

	memset(block, 'x', sizeof(block));
	for (int i = 0; i < 5; i++)
		put_bytes(phone, block, sizeof(block));
	put(phone, "\nsms\t9841000001\tstill here\n");
	check_gets(phone, "error\tthe line is too long\n");
	hear_arrival("9841000001", "still here");
	put(phone, "nonsense\n");
	check_gets(phone, "error\t" NO_SENSE "\n");
	close(phone);
}
END_TEST

START_TEST(a_text_with_nul_and_broken_utf8_arrives_clean)
{
	static const char line[] = "sms\t9841000001\ta\0b\xff"
				   "c\n";
	int phone = switch_on();

	put_bytes(phone, line, sizeof(line) - 1);
	hear_arrival("9841000001",
	    "ab\xef\xbf\xbd"
	    "c");
	close(phone);
}
END_TEST

START_TEST(a_line_may_come_byte_by_byte)
{
	static const char line[] = "sms\t9841000001\tslow\n";
	int phone = switch_on();

	for (size_t i = 0; i < sizeof(line) - 1; i++) {
		put_bytes(phone, line + i, 1);
		usleep(1000);
	}
	hear_arrival("9841000001", "slow");
	close(phone);
}
END_TEST

START_TEST(senders_that_cannot_be_answered_arrive_as_written)
{
	static const char *const senders[] = { "NTC Bank", "1234", "",
		"1234567890123456789012345" };
	char line[128];
	int phone = switch_on();

	snprintf(line, sizeof(line), "sms\t%s\thi\n", senders[_i]);
	put(phone, line);
	hear_arrival(senders[_i], "hi");
	close(phone);
}
END_TEST

START_TEST(the_socket_is_for_this_user_only)
{
	struct stat status;

	ck_assert_int_eq(stat(path, &status), 0);
	ck_assert(S_ISSOCK(status.st_mode));
	ck_assert_uint_eq(status.st_mode & 0777, 0600);
}
END_TEST

START_TEST(stop_ends_the_line_and_its_phones)
{
	int phone = switch_on();
	char byte;

	put(phone, "sms\t9841000001\tone\n");
	hear_arrival("9841000001", "one");
	said.kind = HUB_STOP;
	ck_assert_int_eq(protocol_send(hub, &said), DONE);
	ck_assert_int_eq(wait_for_end(), EXIT_DONE);
	ck_assert_int_eq(read(phone, &byte, 1), 0);
	close(phone);
}
END_TEST

START_TEST(a_socket_that_a_dead_line_left_is_replaced)
{
	kill(child, SIGKILL);
	ck_assert_int_eq(wait_for_end(), -1);
	close(hub);
	ck_assert_int_eq(access(path, F_OK), 0);
	start_line_at(path);
	hear(LINE_HELLO);
	close(switch_on());
}
END_TEST

START_TEST(a_socket_in_use_and_a_file_are_left_alone)
{
	int first_hub = hub;
	pid_t first = child;
	char file_path[128];
	FILE *file;

	start_line_at(path);
	ck_assert_int_eq(wait_for_end(), EXIT_FAILED);
	close(hub);
	snprintf(file_path, sizeof(file_path), "%s/file", folder);
	file = fopen(file_path, "w");
	ck_assert_ptr_nonnull(file);
	fclose(file);
	start_line_at(file_path);
	ck_assert_int_eq(wait_for_end(), EXIT_FAILED);
	close(hub);
	ck_assert_int_eq(unlink(file_path), 0);
	hub = first_hub;
	child = first;
	close(switch_on());
}
END_TEST

START_TEST(nothing_the_hub_says_wrongly_ends_the_line)
{
	int phone = switch_on();

	ck_assert_int_eq(send(hub, "garbage", 7, 0), 7);
	said.kind = LINE_SENT;
	said.id = 3;
	ck_assert_int_eq(protocol_send(hub, &said), DONE);
	put(phone, "sms\t9841000001\tone\n");
	hear_arrival("9841000001", "one");
	close(phone);
}
END_TEST

static Suite *
suite_of_demo_line_input(void)
{
	Suite *suite = suite_create("demo line input");
	TCase *tcase = tcase_create("as a process");

	tcase_add_checked_fixture(tcase, start, stop);
	tcase_set_timeout(tcase, 30);
	tcase_add_loop_test(tcase,
	    a_line_that_makes_no_sense_is_said_so_and_the_next_is_taken, 0,
	    (int)COUNT_OF(nonsense));
	tcase_add_test(
	    tcase, a_line_of_10000_bytes_is_refused_and_the_next_is_taken);
	tcase_add_test(tcase, the_longest_text_arrives_whole);
	tcase_add_test(tcase, a_line_without_end_is_refused_once);
	tcase_add_test(tcase, a_text_with_nul_and_broken_utf8_arrives_clean);
	tcase_add_test(tcase, a_line_may_come_byte_by_byte);
	tcase_add_loop_test(
	    tcase, senders_that_cannot_be_answered_arrive_as_written, 0, 4);
	tcase_add_test(tcase, the_socket_is_for_this_user_only);
	tcase_add_test(tcase, stop_ends_the_line_and_its_phones);
	tcase_add_test(tcase, a_socket_that_a_dead_line_left_is_replaced);
	tcase_add_test(tcase, a_socket_in_use_and_a_file_are_left_alone);
	tcase_add_test(tcase, nothing_the_hub_says_wrongly_ends_the_line);
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(suite_of_demo_line_input);
