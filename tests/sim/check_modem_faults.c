/* Each fault of the simulated modem does what its row says, and is gone when
 * it ends. */
#include "tests/sim/check_fixture.h"

START_TEST(a_modem_without_echo_answers_without_echo)
{
	sim_ask(&sim, "fault", "echo-off", NULL);
	expect("ATE1\r", "OK\r\n");
	ck_assert_str_eq(hand.heard.bytes, "\r\nOK\r\n");
	sim_ask(&sim, "heal", "echo-off", NULL);
	expect("AT\r", "AT\r\r\nOK\r\n");
}
END_TEST

START_TEST(slow_answers_come_late_and_in_order)
{
	sim_ask(&sim, "fault", "slow", "300", NULL);
	terminal_client_say(&hand, "AT+CSQ\rAT+CGSN\r");
	ck_assert_int_eq(terminal_client_hears(&hand, "+CSQ:", QUIET_MS), 0);
	ck_assert_int_eq(terminal_client_hears(&hand, "+CSQ:", SOON_MS), 1);
	ck_assert_int_eq(
	    terminal_client_hears(&hand, "490154203237518", SOON_MS), 1);
}
END_TEST

/* How a send ends under a fault, and whether the text went out. */
static const struct {
	const char *name;
	const char *word;
	const char *answer; /* NULL: none */
	long sent;
} sends[] = {
	{ "silent-send", NULL, NULL, 1 },
	{ "lost-send", NULL, NULL, 0 },
	{ "send-error", NULL, "+CMS ERROR: 500\r\n", 0 },
	{ "send-error", "38", "+CMS ERROR: 38\r\n", 0 },
	{ "lying-error", "42", "+CMS ERROR: 42\r\n", 1 },
	{ "no-network", NULL, "+CMS ERROR: 331\r\n", 0 },
};

START_TEST(a_faulty_send_ends_as_its_row_says)
{
	sim_ask(&sim, "fault", sends[_i].name, sends[_i].word, NULL);
	expect("AT+CMGS=23\r", "> ");
	terminal_client_say(&hand, FIXTURE_PDU);
	if (sends[_i].answer != NULL)
		ck_assert_int_eq(
		    terminal_client_hears(&hand, sends[_i].answer, SOON_MS), 1);
	else
		ck_assert_int_eq(
		    terminal_client_hears(&hand, "\r\n", QUIET_MS), 0);
	expect("AT\r", "OK\r\n");
	expect_sent(sends[_i].sent);
	sim_ask(&sim, "heal", NULL);
	send_one("\r\n\r\nOK\r\n");
	expect_sent(sends[_i].sent + 1);
}
END_TEST

START_TEST(a_fault_with_a_number_of_times_ends_after_them)
{
	sim_ask(&sim, "fault", "send-error", "times=2", NULL);
	send_one("+CMS ERROR: 500");
	send_one("+CMS ERROR: 500");
	send_one("+CMGS: 0");
}
END_TEST

START_TEST(the_prompt_may_never_come)
{
	sim_ask(&sim, "fault", "no-prompt", "times=1", NULL);
	terminal_client_say(&hand, "AT+CMGS=23\r");
	ck_assert_int_eq(terminal_client_hears(&hand, "> ", QUIET_MS), 0);
	expect("AT+CMGS=23\r", "> ");
}
END_TEST

START_TEST(one_command_may_fail_or_not_be_answered)
{
	sim_ask(
	    &sim, "fault", "command-error", "AT+CSQ", "+CME ERROR: 14", NULL);
	sim_ask(&sim, "fault", "command-silent", "AT+COPS", NULL);
	expect("AT+CSQ\r", "+CME ERROR: 14\r\n");
	terminal_client_say(&hand, "AT+COPS?\r");
	ck_assert_int_eq(terminal_client_hears(&hand, "\r\n", QUIET_MS), 0);
	expect("AT+CGSN\r", "OK");
}
END_TEST

START_TEST(without_a_network_texts_wait_and_then_come)
{
	expect("AT+CREG=1;+CNMI=2,1\r", "OK");
	sim_ask(&sim, "fault", "no-network", NULL);
	ck_assert_int_eq(
	    terminal_client_hears(&hand, "+CREG: 2\r\n", SOON_MS), 1);
	expect("AT+CREG?\r", "+CREG: 1,2\r\n");
	sim_ask(&sim, "text", "+9771", "later", NULL);
	expect_stored(0, 1);
	sim_ask(&sim, "heal", "no-network", NULL);
	ck_assert_int_eq(
	    terminal_client_hears(&hand, "+CMTI: \"SM\",1\r\n", SOON_MS), 1);
	expect_stored(1, 0);
}
END_TEST

START_TEST(a_full_card_says_so_and_lets_texts_wait)
{
	sim_ask(&sim, "fault", "sim-full", NULL);
	expect("AT+CPMS?\r", "+CPMS: \"SM\",30,30,");
	sim_ask(&sim, "text", "+9771", "later", NULL);
	expect_stored(0, 1);
	sim_ask(&sim, "heal", NULL);
	expect_stored(1, 0);
}
END_TEST

START_TEST(a_card_that_wants_its_code_opens_with_the_right_one)
{
	sim_ask(&sim, "fault", "pin", NULL);
	expect("AT+CMEE=1;+CPIN?\r", "+CPIN: SIM PIN\r\n");
	expect("AT+CMGL=4\r", "+CMS ERROR: 311");
	expect("AT+CPIN=\"0000\"\r", "+CME ERROR: 16");
	expect("AT+CPIN=\"1234\"\r", "OK");
	expect("AT+CPIN?\r", "+CPIN: READY\r\n");
}
END_TEST

START_TEST(a_hung_modem_hears_and_says_nothing_until_it_recovers)
{
	expect("AT+CNMI=2,1\r", "OK");
	sim_ask(&sim, "fault", "hang", NULL);
	terminal_client_say(&hand, "AT\r");
	sim_ask(&sim, "text", "+9771", "unheard", NULL);
	ck_assert_int_eq(terminal_client_hears(&hand, "A", QUIET_MS), 0);
	sim_ask(&sim, "heal", "hang", NULL);
	ck_assert_int_eq(
	    terminal_client_hears(&hand, "+CMTI: \"SM\",1\r\n", SOON_MS), 1);
	expect("AT\r", "OK");
}
END_TEST

START_TEST(a_fault_for_a_time_ends_by_itself)
{
	sim_ask(&sim, "fault", "hang", "for=200", NULL);
	sim_ask(&sim, "text", "+9771", "later", NULL);
	expect_stored(0, 1);
	sim_ask(&sim, "stored-wait", "1", NULL);
}
END_TEST

START_TEST(an_unplugged_modem_comes_back_under_another_name)
{
	char *other = NULL;

	ck_assert_int_gt(asprintf(&other, "%s/other", folder), 0);
	expect("ATE0\r", "OK");
	sim_ask(&sim, "text", "+9771", "kept on the card", NULL);
	sim_ask(&sim, "fault", "unplug", other, NULL);
	ck_assert_int_eq(terminal_client_hears(&hand, "x", SOON_MS), 0);
	ck_assert_int_ne(access(sim.device, F_OK), 0);
	terminal_client_close(&hand);
	sim_ask(&sim, "heal", "unplug", NULL);
	ck_assert_int_ne(access(sim.device, F_OK), 0);
	ck_assert_int_eq(terminal_client_open(&hand, other), 1);
	expect("AT+CMGR=1\r", "AT+CMGR=1\r\r\n+CMGR: 0,,");
	free(other);
}
END_TEST

START_TEST(a_notice_may_stand_in_the_middle_of_an_answer)
{
	sim_ask(&sim, "fault", "notice-inside", "^RSSI:12", "times=1", NULL);
	expect("AT+CSQ\r", "\r\n+CSQ: 20,0\r\n\r\n^RSSI:12\r\n\r\nOK\r\n");
	expect("AT+CSQ\r", "\r\n+CSQ: 20,0\r\n\r\nOK\r\n");
}
END_TEST

START_TEST(answers_may_be_garbled_or_cut)
{
	sim_ask(&sim, "fault", "garbage", "times=1", NULL);
	terminal_client_say(&hand, "AT\r");
	ck_assert_int_eq(
	    terminal_client_hears(&hand, "\xa5\x10\r\nOK", SOON_MS), 1);
	sim_ask(&sim, "fault", "cut-answer", "5", "times=1", NULL);
	terminal_client_say(&hand, "AT+CSQ\r");
	ck_assert_int_eq(terminal_client_hears(&hand, "\r\n+CSQ", QUIET_MS), 0);
	ck_assert_int_eq(terminal_client_hears(&hand, "\r\n+CS", QUIET_MS), 1);
	expect("AT\r", "OK");
}
END_TEST

START_TEST(two_faults_work_together)
{
	sim_ask(&sim, "fault", "slow", "200", NULL);
	sim_ask(&sim, "fault", "send-error", "38", "times=1", NULL);
	expect("AT+CMGS=23\r", "> ");
	terminal_client_say(&hand, FIXTURE_PDU);
	ck_assert_int_eq(
	    terminal_client_hears(&hand, "+CMS ERROR", QUIET_MS), 0);
	ck_assert_int_eq(
	    terminal_client_hears(&hand, "+CMS ERROR: 38", SOON_MS), 1);
}
END_TEST

START_TEST(every_fault_names_itself)
{
	static const char *const faults[] = { "faults" };
	struct fields line;
	long rows = 0;

	sim_send(&sim.connection, faults, 1);
	while (sim_read_line(&sim.connection, SOON_MS, &line) &&
	    strcmp(line.list[0], "fault") == 0) {
		ck_assert_str_ne(line.list[3], "");
		rows++;
	}
	ck_assert_str_eq(line.list[0], "ok");
	ck_assert_int_ge(rows, 17);
}
END_TEST

static Suite *
suite_of_modem_faults(void)
{
	Suite *suite = suite_create("the simulated modem's faults");
	TCase *tcase = tcase_create("faults");

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, fixture_start, fixture_stop);
	tcase_add_test(tcase, a_modem_without_echo_answers_without_echo);
	tcase_add_test(tcase, slow_answers_come_late_and_in_order);
	tcase_add_loop_test(
	    tcase, a_faulty_send_ends_as_its_row_says, 0, COUNT_OF(sends));
	tcase_add_test(tcase, a_fault_with_a_number_of_times_ends_after_them);
	tcase_add_test(tcase, the_prompt_may_never_come);
	tcase_add_test(tcase, one_command_may_fail_or_not_be_answered);
	tcase_add_test(tcase, without_a_network_texts_wait_and_then_come);
	tcase_add_test(tcase, a_full_card_says_so_and_lets_texts_wait);
	tcase_add_test(
	    tcase, a_card_that_wants_its_code_opens_with_the_right_one);
	tcase_add_test(
	    tcase, a_hung_modem_hears_and_says_nothing_until_it_recovers);
	tcase_add_test(tcase, a_fault_for_a_time_ends_by_itself);
	tcase_add_test(tcase, an_unplugged_modem_comes_back_under_another_name);
	tcase_add_test(tcase, a_notice_may_stand_in_the_middle_of_an_answer);
	tcase_add_test(tcase, answers_may_be_garbled_or_cut);
	tcase_add_test(tcase, two_faults_work_together);
	tcase_add_test(tcase, every_fault_names_itself);
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(suite_of_modem_faults);
