/* The demo line as a process of its own, with this test as the hub and as the
 * phones.
 */
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/line/demo_arrivals.h"
#include "gateway/line/line.h"
#include "gateway/line/protocol.h"
#include "tests/check_main.h"

enum { WAIT_MS = 5000, A_MOMENT_MS = 150 };

static char folder[64];
static char path[96];
static int hub = -1;
static pid_t child = -1;
static struct line_message said;
static struct line_message heard;

static void
start_line_at(const char *listen_path)
{
	struct line_arguments arguments = {
		.name = "demo",
		.listen = listen_path,
		.log_level = LOG_LEVEL_ERR,
	};
	int pair[2];

	ck_assert_int_eq(
	    socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair), 0);
	child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		close(pair[0]);
		arguments.socket = pair[1];
		signal(SIGPIPE, SIG_IGN);
		exit(line_run_demo(&arguments));
	}
	close(pair[1]);
	hub = pair[0];
}

/* Waits until the hub has something to read; 0 when the time is over. */
static int
hub_is_readable(int wait_ms)
{
	struct pollfd wish = { .fd = hub, .events = POLLIN };

	return (poll(&wish, 1, wait_ms) > 0);
}

static void
hear(enum line_message_kind kind)
{
	int was_garbage = 0;

	ck_assert_msg(hub_is_readable(WAIT_MS), "the line says nothing");
	memset(&heard, 0xa5, sizeof(heard));
	ck_assert_int_eq(protocol_receive(hub, &heard, &was_garbage), DONE);
	ck_assert_str_eq(
	    line_message_kind_name(heard.kind), line_message_kind_name(kind));
}

static void
hear_arrival(const char *sender, const char *text)
{
	hear(LINE_ARRIVED);
	ck_assert_str_eq(heard.arrived.sender, sender);
	ck_assert_str_eq(heard.arrived.text, text);
}

static void
say_release(uint64_t slot)
{
	said.kind = HUB_RELEASE;
	said.arrived.slot = slot;
	ck_assert_int_eq(protocol_send(hub, &said), DONE);
}

static void
say_send(uint64_t id, const char *to, const char *text)
{
	said.kind = HUB_SEND;
	said.id = id;
	said.reference = 0;
	said.first_part = 1;
	snprintf(said.to, sizeof(said.to), "%s", to);
	snprintf(said.text, sizeof(said.text), "%s", text);
	ck_assert_int_eq(protocol_send(hub, &said), DONE);
}

static void
hear_sent(uint64_t id)
{
	hear(LINE_SENT);
	ck_assert_uint_eq(heard.id, id);
}

/* Of any text, sent or not yet. */
static void
hear_end(void)
{
	int was_garbage = 0;

	ck_assert_msg(hub_is_readable(WAIT_MS), "a text is not ended");
	ck_assert_int_eq(protocol_receive(hub, &heard, &was_garbage), DONE);
	if (heard.kind == LINE_FAILED)
		ck_assert_str_eq(heard.cause, "phone takes no more texts");
	else
		ck_assert_int_eq(heard.kind, LINE_SENT);
}

static void
hear_failed(uint64_t id, const char *cause)
{
	hear(LINE_FAILED);
	ck_assert_uint_eq(heard.id, id);
	ck_assert_int_eq(heard.how, TRY_LATER);
	ck_assert_str_eq(heard.cause, cause);
}

static int
switch_on(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	memcpy(address.sun_path, path, strlen(path) + 1);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(
	    connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	return (fd);
}

static void
put_bytes(int fd, const void *bytes, size_t length)
{
	ck_assert_int_eq(
	    send(fd, bytes, length, MSG_NOSIGNAL), (ssize_t)length);
}

static void
put(int fd, const char *words)
{
	put_bytes(fd, words, strlen(words));
}

/* One line that the phone gets. */
static void
check_gets(int fd, const char *line)
{
	struct pollfd wish = { .fd = fd, .events = POLLIN };
	char got[1024] = "";
	size_t length = 0;

	while (length == 0 || got[length - 1] != '\n') {
		ck_assert_int_lt(length, sizeof(got) - 1);
		ck_assert_msg(poll(&wish, 1, WAIT_MS) > 0, "nothing comes");
		ck_assert_int_eq(read(fd, got + length, 1), 1);
		length++;
	}
	got[length] = '\0';
	ck_assert_str_eq(got, line);
}

static void
start(void)
{
	snprintf(folder, sizeof(folder), "/tmp/check_demo_line.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/demo.socket", folder);
	start_line_at(path);
	hear(LINE_HELLO);
	ck_assert_int_eq(heard.version, PROTOCOL_VERSION);
	ck_assert_int_ge(heard.window, 64);
	hear(LINE_HEALTH);
	ck_assert_int_eq(heard.is_up, 1);
}

static int
wait_for_end(void)
{
	int status = -1;

	ck_assert_int_eq(waitpid(child, &status, 0), child);
	child = -1;
	return (WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

static void
stop(void)
{
	close(hub);
	if (child > 0)
		ck_assert_int_eq(wait_for_end(), EXIT_DONE);
	unlink(path);
	ck_assert_int_eq(rmdir(folder), 0);
}

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

CHECK_MAIN(suite_of_demo_line);
