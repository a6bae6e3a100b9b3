/* The simulated modem by itself: what it keeps, when it says it, and that no
 * client can leave it confused. */
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>

#include "tests/sim/check_fixture.h"

START_TEST(what_a_dead_client_began_to_type_is_forgotten)
{
	terminal_client_say(&hand, _i == 0 ? "AT+CM" : "AT+CMGS=23\r");
	if (_i == 1) {
		ck_assert_int_eq(
		    terminal_client_hears(&hand, "> ", SOON_MS), 1);
		terminal_client_say(&hand, "0011000B91");
	}
	terminal_client_close(&hand);
	sim_ask(&sim, "open-wait", "0", NULL);
	ck_assert_int_eq(terminal_client_open(&hand, sim.device), 1);
	expect("AT\r", "AT\r\r\nOK\r\n");
	expect_sent(0);
}
END_TEST

START_TEST(escape_drops_half_a_command)
{
	expect("AT+CMGS=\x1b\rAT+CSQ\r", "+CSQ: 20,0\r\n\r\nOK\r\n");
}
END_TEST

START_TEST(what_a_dead_client_did_not_read_is_not_read_by_the_next)
{
	expect("AT+CNMI=2,1\r", "OK");
	terminal_client_say(&hand, "AT+CGSN\r");
	sim_ask(&sim, "text", "+9771", "unseen", NULL);
	terminal_client_close(&hand);
	sim_ask(&sim, "open-wait", "0", NULL);
	ck_assert_int_eq(terminal_client_open(&hand, sim.device), 1);
	expect("AT\r", "OK\r\n");
	ck_assert_str_eq(hand.heard.bytes, "AT\r\r\nOK\r\n");
}
END_TEST

START_TEST(clients_killed_in_the_middle_of_typing_do_no_harm)
{
	static const char *const beginnings[] = { "A", "AT+CMGS=23\r",
		"AT+CMGD=1", "AT+CMGL=4\r", "\x1b" };
	struct terminal_client victim;
	size_t i;
	pid_t child;

	terminal_client_close(&hand);
	for (i = 0; i < COUNT_OF(beginnings); i++) {
		child = fork();
		ck_assert_int_ge(child, 0);
		if (child == 0) {
			if (terminal_client_open(&victim, sim.device))
				terminal_client_say(&victim, beginnings[i]);
			raise(SIGKILL);
		}
		waitpid(child, NULL, 0);
		/* As libGammu begins, without waiting for anything. */
		ck_assert_int_eq(
		    terminal_client_open(&hand, sim.device), 1);
		expect("\x1b\rAT\r", "AT\r\r\nOK\r\n");
		terminal_client_close(&hand);
	}
	expect_sent(0);
}
END_TEST

/* Clock ticks of processor time the modem has used. */
static long
ticks_used(void)
{
	struct text path = { 0 };
	unsigned long user = 0;
	unsigned long kernel = 0;
	FILE *file;

	text_printf(&path, "/proc/%ld/stat", (long)sim.process);
	file = fopen(path.bytes, "r");
	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(fscanf(file,
			     "%*d %*s %*c %*d %*d %*d %*d %*d %*u %*u %*u "
			     "%*u %*u %lu %lu",
			     &user, &kernel),
	    2);
	fclose(file);
	text_free(&path);
	return ((long)(user + kernel));
}

START_TEST(clients_come_and_go_and_the_modem_idles_between)
{
	long before;
	int i;

	for (i = 0; i < 200; i++) {
		terminal_client_close(&hand);
		ck_assert_int_eq(terminal_client_open(&hand, sim.device), 1);
		expect("\x1b\rAT\r", "OK\r\n");
	}
	terminal_client_close(&hand);
	sim_ask(&sim, "open-wait", "0", NULL);
	before = ticks_used();
	ck_assert_int_eq(poll(NULL, 0, 500), 0);
	/* A loop that spins would have used about fifty. */
	ck_assert_int_le(ticks_used() - before, 3);
}
END_TEST

START_TEST(texts_wait_while_the_card_is_full_and_come_as_places_are_freed)
{
	expect("AT+CNMI=2,1,0,2,0\r", "OK");
	sim_ask(&sim, "places", "2", NULL);
	sim_ask(&sim, "text", "+9771", "one", NULL);
	sim_ask(&sim, "text", "+9771", "two", NULL);
	sim_ask(&sim, "text", "+9771", "three", NULL);
	ck_assert_int_eq(
	    terminal_client_hears(&hand, "+CMTI: \"SM\",2\r\n", SOON_MS), 1);
	expect_stored(2, 1);
	expect("AT+CPMS?\r", "+CPMS: \"SM\",2,2,");
	expect("AT+CMGD=1\r", "+CMTI: \"SM\",1\r\n");
	expect_stored(2, 0);
	expect("AT+CMGR=1\r", "+CMGR: 0,,");
	expect("AT+CMGR=1\r", "+CMGR: 1,,");
	expect("AT+CMGR=3\r", "+CMS ERROR: 321");
}
END_TEST

START_TEST(each_text_has_a_second_of_its_own_and_parts_share_one)
{
	long first;

	sim_ask(&sim, "text", "+9771", "one", NULL);
	first = sim_answer_number(&sim, 2);
	sim_ask(&sim, "text", "+9771", "one", NULL);
	ck_assert_int_gt(sim_answer_number(&sim, 2), first);
	sim_ask(&sim, "part", "+9771", "7", "2", "2", "b", NULL);
	first = sim_answer_number(&sim, 2);
	sim_ask(&sim, "part", "+9771", "7", "2", "1", "a", NULL);
	ck_assert_int_eq(sim_answer_number(&sim, 2), first);
	sim_ask(&sim, "part", "+9772", "7", "2", "1", "a", NULL);
	ck_assert_int_gt(sim_answer_number(&sim, 2), first);
}
END_TEST

START_TEST(a_notice_waits_until_the_pdu_is_typed)
{
	expect("AT+CNMI=2,1\r", "OK");
	expect("AT+CMGS=23\r", "> ");
	sim_ask(&sim, "text", "+9771", "meanwhile", NULL);
	ck_assert_int_eq(terminal_client_hears(&hand, "+CMTI", QUIET_MS), 0);
	expect(FIXTURE_PDU, "+CMGS: 0\r\n\r\nOK\r\n\r\n+CMTI: \"SM\",1\r\n");
}
END_TEST

START_TEST(a_sent_text_is_shown_to_those_who_follow)
{
	static const char *const follow[] = { "follow", "1" };
	struct sim_connection watcher;
	struct fields line;

	sim_connect(&watcher, sim.control);
	sim_send(&watcher, follow, COUNT_OF(follow));
	ck_assert_int_eq(sim_read_line(&watcher, SOON_MS, &line), 1);
	ck_assert_str_eq(line.list[0], "ok");
	send_one("+CMGS: 0\r\n\r\nOK\r\n");
	ck_assert_int_eq(sim_read_line(&watcher, SOON_MS, &line), 1);
	ck_assert_str_eq(line.list[0], "sent");
	ck_assert_str_eq(line.list[1], "1");
	ck_assert_str_eq(line.list[2], "+46708251358");
	ck_assert_str_eq(line.list[4], "-1");
	ck_assert_str_eq(line.list[7], "gsm");
	ck_assert_str_eq(line.list[8], "hellohello");
	send_one("+CMGS: 1\r\n\r\nOK\r\n");
	ck_assert_int_eq(sim_read_line(&watcher, SOON_MS, &line), 1);
	ck_assert_str_eq(line.list[1], "2");
	sim_disconnect(&watcher);
}
END_TEST

START_TEST(a_text_on_its_way_goes_out_though_its_client_died)
{
	sim_ask(&sim, "pace", "300", NULL);
	expect("AT+CMGS=23\r", "> ");
	terminal_client_say(&hand, FIXTURE_PDU);
	ck_assert_int_eq(terminal_client_hears(&hand, "+CMGS", QUIET_MS), 0);
	expect_sent(0);
	terminal_client_close(&hand);
	sim_ask(&sim, "sent-wait", "1", NULL);
	ck_assert_int_eq(sim_answer_number(&sim, 1), 1);
}
END_TEST

START_TEST(a_pdu_that_is_not_as_long_as_announced_is_refused)
{
	expect("AT+CMGS=22\r", "> ");
	expect(FIXTURE_PDU, "+CMS ERROR: 304");
	expect("AT+CMGS=1\r", "+CMS ERROR: 304");
	expect("AT+CMGS=23\r", "> ");
	expect("0011\x1b", "OK");
	expect_sent(0);
}
END_TEST

START_TEST(a_report_names_the_sent_text)
{
	expect("AT+CNMI=2,1,0,2,0\r", "OK");
	send_one("+CMGS: 0");
	sim_ask(&sim, "report", "1", "0", NULL);
	ck_assert_int_eq(
	    terminal_client_hears(&hand, "+CDSI: \"SM\",1", SOON_MS), 1);
	/* TP-MR 0, to +46708251358. */
	expect("AT+CMGR=1\r", "06000B916407281553F8");
}
END_TEST

START_TEST(a_call_rings_and_is_hung_up)
{
	expect("AT+CLIP=1;+CRC=1\r", "OK");
	sim_ask(&sim, "ring", "+9779812345678", NULL);
	ck_assert_int_eq(terminal_client_hears(&hand,
			     "+CRING: VOICE\r\n\r\n+CLIP: "
			     "\"+9779812345678\",145,,,,0\r\n",
			     SOON_MS),
	    1);
	expect("AT+CHUP\r", "OK");
	sim_ask(&sim, "give-up", NULL);
	ck_assert_int_eq(
	    terminal_client_hears(&hand, "NO CARRIER", QUIET_MS), 0);
}
END_TEST

START_TEST(thousands_of_texts_flow_through_each_once)
{
	static const char list[] = "AT+CMGL=4\r";
	struct text command = { 0 };
	int place;
	int round;
	int i;

	for (i = 0; i < 3000; i++)
		sim_ask(&sim, "text", "+9779812345678", "flood", NULL);
	for (round = 0; round < 100; round++) {
		expect(list, "\r\nOK\r\n");
		text_clear(&command);
		for (place = 1; place <= 30; place++)
			text_printf(&command, "%s+CMGD=%d",
			    place == 1 ? "AT" : ";", place);
		text_add(&command, "\r");
		expect(command.bytes, "\r\nOK\r\n");
	}
	expect_stored(0, 0);
	text_free(&command);
}
END_TEST

static const char *const wrong_commands[][4] = {
	{ "nonsense" },
	{ "text", "+9771" },
	{ "part", "+9771", "x", "2" },
	{ "fault", "no-such-fault" },
	{ "fault", "slow" },
	{ "heal", "hang" },
	{ "report", "1", "0" },
	{ "sent", "0" },
	{ "bad escape \\q" },
};

START_TEST(a_wrong_control_command_is_refused_in_words)
{
	struct fields fields;
	size_t count = 0;
	struct text raw = { 0 };

	while (count < 4 && wrong_commands[_i][count] != NULL) {
		text_printf(&raw, "%s%s", count > 0 ? "\t" : "",
		    wrong_commands[_i][count]);
		count++;
	}
	text_add(&raw, "\n");
	ck_assert_int_eq(write(sim.connection.socket, raw.bytes, raw.length),
	    (ssize_t)raw.length);
	ck_assert_int_eq(sim_read_line(&sim.connection, SOON_MS, &fields), 1);
	ck_assert_str_eq(fields.list[0], "error");
	ck_assert_str_ne(fields.list[1], "");
	text_free(&raw);
}
END_TEST

static Suite *
suite_of_modem_sim(void)
{
	Suite *suite = suite_create("the simulated modem");
	TCase *tcase = tcase_create("modem");

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, fixture_start, fixture_stop);
	tcase_add_loop_test(
	    tcase, what_a_dead_client_began_to_type_is_forgotten, 0, 2);
	tcase_add_test(tcase, escape_drops_half_a_command);
	tcase_add_test(
	    tcase, what_a_dead_client_did_not_read_is_not_read_by_the_next);
	tcase_add_test(
	    tcase, clients_killed_in_the_middle_of_typing_do_no_harm);
	tcase_add_test(tcase, clients_come_and_go_and_the_modem_idles_between);
	tcase_add_test(tcase,
	    texts_wait_while_the_card_is_full_and_come_as_places_are_freed);
	tcase_add_test(
	    tcase, each_text_has_a_second_of_its_own_and_parts_share_one);
	tcase_add_test(tcase, a_notice_waits_until_the_pdu_is_typed);
	tcase_add_test(tcase, a_sent_text_is_shown_to_those_who_follow);
	tcase_add_test(
	    tcase, a_text_on_its_way_goes_out_though_its_client_died);
	tcase_add_test(
	    tcase, a_pdu_that_is_not_as_long_as_announced_is_refused);
	tcase_add_test(tcase, a_report_names_the_sent_text);
	tcase_add_test(tcase, a_call_rings_and_is_hung_up);
	tcase_add_test(tcase, thousands_of_texts_flow_through_each_once);
	tcase_add_loop_test(tcase, a_wrong_control_command_is_refused_in_words,
	    0, COUNT_OF(wrong_commands));
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(suite_of_modem_sim);
