/* The line protocol through a socket, and our own mistakes. */
#include "tests/protocol_samples.h"

static void
write_wrong(int which)
{
	static struct line_message message;
	struct text packet = { 0 };

	message = (struct line_message){
		.kind = HUB_SEND, .to = "+1234567", .first_part = 1
	};
	if (which == 0)
		message.kind = 0;
	else if (which == 1)
		memset(message.text, 'x', sizeof(message.text));
	else if (which == 2)
		message.reference = 256;
	else if (which == 3)
		message.to[0] = '\0';
	else
		message =
		    (struct line_message){ .kind = LINE_HELLO, .version = 1 };
	protocol_write(&message, &packet);
}

START_TEST(our_own_mistake_ends_the_process)
{
	write_wrong(_i);
}
END_TEST

static void
make_pair(int pair[2], int flags)
{
	ck_assert_int_eq(
	    socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | flags, 0, pair),
	    0);
}

START_TEST(a_message_passes_through_a_socket)
{
	struct line_message message;
	int was_garbage = 5;
	int pair[2];

	make_pair(pair, 0);
	memset(&message, 0xa5, sizeof(message));
	ck_assert_int_eq(protocol_send(pair[0], &samples[_i]), DONE);
	ck_assert_int_eq(
	    protocol_receive(pair[1], &message, &was_garbage), DONE);
	ck_assert_int_eq(was_garbage, 0);
	check_same(&message, &samples[_i]);
	close(pair[0]);
	close(pair[1]);
}
END_TEST

START_TEST(an_empty_socket_has_nothing_and_a_full_one_is_tried_later)
{
	static struct line_message message;
	int was_garbage = 5;
	unsigned sent = 0;
	enum outcome outcome;
	int pair[2];

	make_pair(pair, SOCK_NONBLOCK);
	ck_assert_int_eq(
	    protocol_receive(pair[1], &message, &was_garbage), NOTHING);
	ck_assert_int_eq(was_garbage, 0);
	while ((outcome = protocol_send(pair[0], &samples[2])) == DONE)
		sent++;
	ck_assert_int_eq(outcome, TRY_LATER);
	ck_assert_uint_gt(sent, 0);
	for (; sent > 0; sent--)
		ck_assert_int_eq(
		    protocol_receive(pair[1], &message, &was_garbage), DONE);
	ck_assert_int_eq(
	    protocol_receive(pair[1], &message, &was_garbage), NOTHING);
	close(pair[0]);
	close(pair[1]);
}
END_TEST

START_TEST(the_end_of_the_other_side_is_told)
{
	static struct line_message message;
	int was_garbage = 5;
	int pair[2];

	make_pair(pair, 0);
	close(pair[0]);
	ck_assert_int_eq(
	    protocol_receive(pair[1], &message, &was_garbage), REFUSED);
	ck_assert_int_eq(was_garbage, 0);
	ck_assert_int_eq(protocol_send(pair[1], &samples[0]), REFUSED);
	close(pair[1]);
}
END_TEST

START_TEST(garbage_is_told_and_the_next_message_still_read)
{
	static char garbage[PROTOCOL_PACKET_MAX_BYTES + 1];
	static const size_t lengths[] = { 1, 17, PROTOCOL_PACKET_MAX_BYTES,
		PROTOCOL_PACKET_MAX_BYTES + 1 };
	static struct line_message message;
	int pair[2];

	make_pair(pair, 0);
	for (size_t i = 0; i < COUNT_OF(lengths); i++) {
		int was_garbage = 5;

		ck_assert_int_eq(
		    send(pair[0], garbage, lengths[i], 0), (ssize_t)lengths[i]);
		ck_assert_int_eq(protocol_send(pair[0], &samples[0]), DONE);
		ck_assert_int_eq(
		    protocol_receive(pair[1], &message, &was_garbage), REFUSED);
		ck_assert_int_eq(was_garbage, 1);
		ck_assert_int_eq(
		    protocol_receive(pair[1], &message, &was_garbage), DONE);
		ck_assert_int_eq(was_garbage, 0);
	}
	close(pair[0]);
	close(pair[1]);
}
END_TEST

START_TEST(what_is_no_socket_is_gone)
{
	static struct line_message message;
	int was_garbage = 5;

	ck_assert_int_eq(protocol_receive(-1, &message, &was_garbage), REFUSED);
	ck_assert_int_eq(was_garbage, 0);
	ck_assert_int_eq(protocol_send(-1, &samples[0]), REFUSED);
}
END_TEST

static Suite *
suite_of_protocol_sockets(void)
{
	Suite *suite = suite_create("protocol sockets");
	TCase *sockets = tcase_create("sockets");
	TCase *mistakes = tcase_create("mistakes");

	tcase_add_loop_test(
	    sockets, a_message_passes_through_a_socket, 0, SAMPLES);
	tcase_add_test(
	    sockets, an_empty_socket_has_nothing_and_a_full_one_is_tried_later);
	tcase_add_test(sockets, the_end_of_the_other_side_is_told);
	tcase_add_test(
	    sockets, garbage_is_told_and_the_next_message_still_read);
	tcase_add_test(sockets, what_is_no_socket_is_gone);
	tcase_add_loop_test_raise_signal(
	    mistakes, our_own_mistake_ends_the_process, SIGABRT, 0, 5);
	suite_add_tcase(suite, sockets);
	suite_add_tcase(suite, mistakes);
	return (suite);
}

CHECK_MAIN(suite_of_protocol_sockets);
