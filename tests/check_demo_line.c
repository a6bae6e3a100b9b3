/* The demo line: texts and calls of phones, and their answers. */
#include "tests/demo_line_fixture.h"

START_TEST(a_text_arrives_and_its_answer_comes_back)
{
	int64_t before_s = clock_utc_s();
	int phone = switch_on();

	put(phone, "sms\t+9779841234567\tnamaste \\n \\\\ \\t नमस्ते\n");
	hear_arrival("+9779841234567", "namaste \n \\   नमस्ते");
	ck_assert_int_eq(heard.arrived.kind, ARRIVAL_SMS);
	ck_assert_int_eq(heard.arrived.parts, 1);
	ck_assert_int_ge(heard.arrived.network_utc_s, before_s);
	ck_assert_uint_ne(heard.arrived.token, 0);
	say_release(heard.arrived.slot);
	say_send(7, "+9779841234567", "hello\nthere");
	check_gets(phone, "sms\t+9779841234567\thello\\nthere\n");
	hear_sent(7);
	close(phone);
}
END_TEST

START_TEST(a_call_arrives_without_a_text)
{
	int phone = switch_on();

	put(phone, "call\t9841234567\n");
	hear_arrival("9841234567", "");
	ck_assert_int_eq(heard.arrived.kind, ARRIVAL_CALL);
	close(phone);
}
END_TEST

START_TEST(two_alike_texts_have_two_tokens_and_slots)
{
	int phone = switch_on();
	uint64_t token;
	uint64_t slot;

	put(phone, "sms\t9841234567\tyes\nsms\t9841234567\tyes\n");
	hear_arrival("9841234567", "yes");
	token = heard.arrived.token;
	slot = heard.arrived.slot;
	hear_arrival("9841234567", "yes");
	ck_assert_uint_ne(heard.arrived.token, token);
	ck_assert_uint_ne(heard.arrived.slot, slot);
	close(phone);
}
END_TEST

START_TEST(answers_find_numbers_written_in_any_way)
{
	static const char *const ways[] = {
		"9841234567",
		"09841234567",
		"+977 984-1234567",
		"009779841234567",
		"९८४१२३४५६७",
	};
	const char *way = ways[_i];
	char line[128];
	int phone = switch_on();

	snprintf(line, sizeof(line), "on\t%s\non\t5551234567\n", way);
	put(phone, line);
	put(phone, "sms\t5551234567\tgo\n");
	hear_arrival("5551234567", "go");
	say_send(1, "+9779841234567", "a");
	check_gets(phone, "sms\t+9779841234567\ta\n");
	hear_sent(1);
	close(phone);
}
END_TEST

START_TEST(each_of_two_phones_gets_its_own_texts)
{
	int one = switch_on();
	int two = switch_on();

	put(one, "sms\t9841000001\tone\n");
	hear_arrival("9841000001", "one");
	put(two, "sms\t9841000002\ttwo\n");
	hear_arrival("9841000002", "two");
	say_send(1, "+9779841000002", "to two");
	say_send(2, "+9779841000001", "to one");
	check_gets(one, "sms\t+9779841000001\tto one\n");
	check_gets(two, "sms\t+9779841000002\tto two\n");
	hear(LINE_SENT);
	hear(LINE_SENT);
	close(one);
	close(two);
}
END_TEST

START_TEST(a_number_is_with_the_phone_that_used_it_last)
{
	int one = switch_on();
	int two = switch_on();

	put(one, "sms\t9841000001\tone\n");
	hear_arrival("9841000001", "one");
	put(two, "on\t9841000001\n");
	put(two, "sms\t9841000002\tready\n");
	hear_arrival("9841000002", "ready");
	say_send(1, "+9779841000001", "a");
	check_gets(two, "sms\t+9779841000001\ta\n");
	hear_sent(1);
	close(one);
	close(two);
}
END_TEST

START_TEST(a_phone_that_is_off_is_tried_later)
{
	int phone = switch_on();

	say_send(1, "+9779841000001", "a");
	hear_failed(1, "phone is off");
	put(phone, "sms\t9841000001\tone\n");
	hear_arrival("9841000001", "one");
	say_release(heard.arrived.slot);
	close(phone);
	say_send(2, "+9779841000001", "a");
	hear_failed(2, "phone is off");
}
END_TEST

START_TEST(what_a_phone_wrote_before_it_vanished_still_arrives)
{
	int phone = switch_on();

	put(phone, "sms\t9841000001\tone\nsms\t9841000001\ttwo\nsms\t98");
	close(phone);
	hear_arrival("9841000001", "one");
	hear_arrival("9841000001", "two");
	ck_assert(!hub_is_readable(A_MOMENT_MS));
}
END_TEST

START_TEST(a_phone_that_only_listens_on_still_gets_answers)
{
	int phone = switch_on();

	put(phone, "sms\t9841000001\tone\n");
	shutdown(phone, SHUT_WR);
	hear_arrival("9841000001", "one");
	say_send(1, "+9779841000001", "a");
	check_gets(phone, "sms\t+9779841000001\ta\n");
	hear_sent(1);
	close(phone);
}
END_TEST

START_TEST(texts_keep_their_order)
{
	int phone = switch_on();
	char text[16];

	for (int i = 0; i < 500; i++) {
		char line[64];

		snprintf(line, sizeof(line), "sms\t9841000001\t%d\n", i);
		put(phone, line);
	}
	for (int i = 0; i < 500; i++) {
		snprintf(text, sizeof(text), "%d", i);
		hear_arrival("9841000001", text);
		say_release(heard.arrived.slot);
	}
	for (int i = 0; i < 200; i++) {
		snprintf(text, sizeof(text), "%d", i);
		say_send((uint64_t)i, "+9779841000001", text);
	}
	for (int i = 0; i < 200; i++) {
		char line[64];

		snprintf(line, sizeof(line), "sms\t+9779841000001\t%d\n", i);
		check_gets(phone, line);
	}
	for (int i = 0; i < 200; i++)
		hear_sent((uint64_t)i);
	close(phone);
}
END_TEST

START_TEST(unreleased_texts_slow_phones_down_and_none_is_lost)
{
	int phone = switch_on();
	uint64_t slots[ARRIVALS_MOST];
	char text[16];

	for (int i = 0; i < ARRIVALS_MOST + 3; i++) {
		char line[64];

		snprintf(line, sizeof(line), "sms\t9841000001\t%d\n", i);
		put(phone, line);
	}
	for (int i = 0; i < ARRIVALS_MOST; i++) {
		snprintf(text, sizeof(text), "%d", i);
		hear_arrival("9841000001", text);
		slots[i] = heard.arrived.slot;
	}
	ck_assert(!hub_is_readable(A_MOMENT_MS));
	/* A slot that was never given, and one released twice, free none. */
	say_release(1);
	say_release(slots[9]);
	hear_arrival("9841000001", "256");
	say_release(slots[9]);
	ck_assert(!hub_is_readable(A_MOMENT_MS));
	say_release(slots[10]);
	hear_arrival("9841000001", "257");
	say_release(slots[11]);
	hear_arrival("9841000001", "258");
	close(phone);
}
END_TEST

START_TEST(a_full_line_takes_what_a_gone_phone_left_when_it_has_room)
{
	int phone = switch_on();
	uint64_t slot = 0;

	for (int i = 0; i < ARRIVALS_MOST + 1; i++)
		put(phone, "sms\t9841000001\ta\n");
	close(phone);
	for (int i = 0; i < ARRIVALS_MOST; i++) {
		hear_arrival("9841000001", "a");
		slot = heard.arrived.slot;
	}
	ck_assert(!hub_is_readable(A_MOMENT_MS));
	say_release(slot);
	hear_arrival("9841000001", "a");
}
END_TEST

START_TEST(a_phone_that_never_reads_holds_up_no_other)
{
	enum { TEXTS = 1000, WINDOW = 64 };
	static char long_text[2001];
	int deaf = switch_on();
	int other = switch_on();
	int waiting = 0;
	int one_failed = 0;

	memset(long_text, 'x', sizeof(long_text) - 1);
	put(deaf, "sms\t9841000001\tone\n");
	hear_arrival("9841000001", "one");
	put(other, "sms\t9841000002\ttwo\n");
	hear_arrival("9841000002", "two");
	/* As a hub does, no more at a time than the window. */
	for (uint64_t id = 10; id < 10 + TEXTS && !one_failed; id++) {
		say_send(id, "+9779841000001", long_text);
		waiting++;
		while (waiting > 0 &&
		    hub_is_readable(waiting < WINDOW ? 0 : WAIT_MS)) {
			hear_end();
			waiting--;
			one_failed |= heard.kind == LINE_FAILED;
		}
	}
	ck_assert(one_failed);
	say_send(1, "+9779841000002", "you");
	check_gets(other, "sms\t+9779841000002\tyou\n");
	/* Every text is ended, with or without the deaf phone. */
	for (waiting++; waiting > 0; waiting--)
		hear_end();
	ck_assert(!hub_is_readable(0));
	close(deaf);
	close(other);
}
END_TEST

static Suite *
suite_of_demo_line(void)
{
	Suite *suite = suite_create("demo line");
	TCase *tcase = tcase_create("as a process");

	tcase_add_checked_fixture(tcase, start, stop);
	tcase_set_timeout(tcase, 30);
	tcase_add_test(tcase, a_text_arrives_and_its_answer_comes_back);
	tcase_add_test(tcase, a_call_arrives_without_a_text);
	tcase_add_test(tcase, two_alike_texts_have_two_tokens_and_slots);
	tcase_add_loop_test(
	    tcase, answers_find_numbers_written_in_any_way, 0, 5);
	tcase_add_test(tcase, each_of_two_phones_gets_its_own_texts);
	tcase_add_test(tcase, a_number_is_with_the_phone_that_used_it_last);
	tcase_add_test(tcase, a_phone_that_is_off_is_tried_later);
	tcase_add_test(
	    tcase, what_a_phone_wrote_before_it_vanished_still_arrives);
	tcase_add_test(tcase, a_phone_that_only_listens_on_still_gets_answers);
	tcase_add_test(tcase, texts_keep_their_order);
	tcase_add_test(
	    tcase, unreleased_texts_slow_phones_down_and_none_is_lost);
	tcase_add_test(
	    tcase, a_full_line_takes_what_a_gone_phone_left_when_it_has_room);
	tcase_add_test(tcase, a_phone_that_never_reads_holds_up_no_other);
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(suite_of_demo_line);
