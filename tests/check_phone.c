/* The phone without a screen against a line that this test plays: what it
 * sends, what it prints, how it ends.
 */
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/base/command.h"
#include "gateway/desk/phone_plain.h"
#include "gateway/desk/phone_play.h"
#include "tests/check_main.h"

enum { SOON_MS = 30000, NOT_LONG_MS = 100 };

static char folder[64];
static char path[96];
static pid_t line_process = -1;
static struct phone_link *the_link;

static void
answer_in_two(FILE *phone)
{
	fputs("sms\t9841\tpa", phone);
	fflush(phone);
	usleep(20000);
	fputs("rt\n", phone);
}

/* What the line answers: several texts, none, nonsense, or the end. */
static int
answer(FILE *phone, const char *line)
{
	if (strcmp(line, "sms\t9841\thello\n") == 0)
		fputs("sms\t9841\tWelcome\\nto us\n", phone);
	else if (strcmp(line, "sms\t9841\ttwo\n") == 0)
		fputs("sms\t9841\tone\nbad line\nsms\t9841\ttwo\n", phone);
	else if (strcmp(line, "sms\t9841\tsplit\n") == 0)
		answer_in_two(phone);
	else if (strcmp(line, "sms\t9841\tcolours\n") == 0)
		fputs("sms\t9841\t\x1b[31mred\n", phone);
	else if (strcmp(line, "sms\t9841\tnonsense\n") == 0)
		fputs("error\tno sense\n", phone);
	else if (strcmp(line, "sms\t9841\tbye\n") == 0)
		return (0);
	else if (strcmp(line, "call\t9841\n") == 0)
		fputs("sms\t9841\tYou called\n", phone);
	else if (strcmp(line, "sms\t9842\tme\n") == 0)
		fputs("sms\t9842\tyou\n", phone);
	fflush(phone);
	return (1);
}

static void
be_the_line(int listener)
{
	for (;;) {
		int fd = accept(listener, NULL, NULL);
		FILE *in = fdopen(fd, "r");
		FILE *out = fdopen(dup(fd), "w");
		char line[256];

		if (in == NULL || out == NULL)
			_exit(1);
		while (
		    fgets(line, sizeof(line), in) != NULL && answer(out, line))
			continue;
		fclose(in);
		fclose(out);
	}
}

static void
start(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(folder, sizeof(folder), "/tmp/check_phone.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/line", folder);
	memcpy(address.sun_path, path, strlen(path) + 1);
	ck_assert_int_eq(
	    bind(listener, (struct sockaddr *)&address, sizeof(address)), 0);
	ck_assert_int_eq(listen(listener, 4), 0);
	line_process = fork();
	ck_assert_int_ge(line_process, 0);
	if (line_process == 0)
		be_the_line(listener);
	close(listener);
	ck_assert_int_eq(phone_link_open(path, &the_link), DONE);
}

static void
stop(void)
{
	phone_link_close(the_link);
	kill(line_process, SIGKILL);
	ck_assert_int_eq(waitpid(line_process, NULL, 0), line_process);
	unlink(path);
	ck_assert_int_eq(rmdir(folder), 0);
}

/* What is printed on a descriptor until listen_end(). */
struct listening {
	int descriptor;
	int before;
	FILE *file;
};

static struct listening
listen_to(int descriptor)
{
	struct listening listening = {
		.descriptor = descriptor,
		.before = dup(descriptor),
		.file = tmpfile(),
	};

	fflush(NULL);
	ck_assert_ptr_nonnull(listening.file);
	ck_assert_int_ge(dup2(fileno(listening.file), descriptor), 0);
	return (listening);
}

static const char *
listen_end(struct listening *listening)
{
	static char said[4096];
	size_t length;

	fflush(NULL);
	ck_assert_int_ge(dup2(listening->before, listening->descriptor), 0);
	close(listening->before);
	rewind(listening->file);
	length = fread(said, 1, sizeof(said) - 1, listening->file);
	said[length] = '\0';
	fclose(listening->file);
	return (said);
}

static const struct {
	const char *text; /* NULL: it rings */
	int64_t wait_ms;
	int status;
	const char *out;
	const char *err;
} sendings[] = {
	{ "hello", SOON_MS, EXIT_DONE, "Welcome\nto us\n", "" },
	{ "two", SOON_MS, EXIT_DONE, "one\n\ntwo\n", "" },
	{ "split", SOON_MS, EXIT_DONE, "part\n", "" },
	{ NULL, SOON_MS, EXIT_DONE, "You called\n", "" },
	/* A reply must not command the terminal. */
	{ "colours", SOON_MS, EXIT_DONE, "[31mred\n", "" },
	{ "quiet", NOT_LONG_MS, EXIT_NOTHING_FOUND, "",
	    "waymark phone: no reply came within 0.1 s\n" },
	{ "nonsense", SOON_MS, EXIT_FAILED, "",
	    "waymark phone: the line says: no sense\n" },
	{ "bye", SOON_MS, EXIT_FAILED, "",
	    "waymark phone: no network: the helpline was stopped\n" },
};

static int
send_one(int index)
{
	const struct phone_setup setup = {
		.socket_path = path,
		.number = "9841",
		.wait_ms = sendings[index].wait_ms,
	};

	return (phone_plain_send(the_link, &setup, sendings[index].text));
}

START_TEST(one_text_prints_what_comes_back)
{
	struct listening out = listen_to(STDOUT_FILENO);
	int status = send_one(_i);

	ck_assert_str_eq(listen_end(&out), sendings[_i].out);
	ck_assert_int_eq(status, sendings[_i].status);
}
END_TEST

START_TEST(what_went_wrong_goes_to_standard_error)
{
	struct listening err = listen_to(STDERR_FILENO);
	struct listening out = listen_to(STDOUT_FILENO);

	ck_assert_int_eq(send_one(_i), sendings[_i].status);
	listen_end(&out);
	ck_assert_str_eq(listen_end(&err), sendings[_i].err);
}
END_TEST

START_TEST(every_line_of_the_input_is_a_text)
{
	static const char lines[] = "hello\ntwo";
	const struct phone_setup setup = {
		.socket_path = path,
		.number = "9841",
		.wait_ms = SOON_MS,
	};
	struct listening out = listen_to(STDOUT_FILENO);
	FILE *input = tmpfile();
	int status;

	ck_assert_ptr_nonnull(input);
	fputs(lines, input);
	rewind(input);
	ck_assert_int_ge(dup2(fileno(input), STDIN_FILENO), 0);
	status = phone_plain_run(the_link, &setup);
	ck_assert_str_eq(listen_end(&out), "Welcome\nto us\n\none\n\ntwo\n");
	ck_assert_int_eq(status, EXIT_DONE);
	fclose(input);
}
END_TEST

static const struct {
	const char *talk;
	enum outcome outcome;
	const char *err;
} plays[] = {
	{ "> hello\n< Welcome to\n< us\n", DONE, "" },
	{ "> two\n< one\n\n< two\n", DONE, "" },
	{ "> quiet\n-\n> hello\n< Welcome\n", DONE, "" },
	{ "call\n< called\nfrom 9842\n> me\n< you\n", DONE, "" },
	/* A reply that is not spoken of is awaited all the same. */
	{ "> hello\ncall\n< You called\n", DONE, "" },
	{ "> hello\n< Good bye\n", REFUSED,
	    "some.talk:2: the reply should have 'Good bye' in it, but it is"
	    " 'Welcome\nto us'\n" },
	{ "> two\n< one\n< two\n", REFUSED,
	    "some.talk:3: the reply should have 'two' in it, but it is"
	    " 'one'\n" },
	{ "> two\n< one\n", REFUSED,
	    "some.talk:2: after this no reply was expected, but one came:"
	    " 'two'\n" },
	{ "> hello\n-\n", REFUSED,
	    "some.talk:2: after this no reply was expected, but one came:"
	    " 'Welcome\nto us'\n" },
	{ "> hello\n-\ncall\n< You called\n", REFUSED,
	    "some.talk:4: the reply should have 'You called' in it, but it is"
	    " 'Welcome\nto us'\n" },
	{ "> quiet\n< x\n", REFUSED,
	    "some.talk:2: no reply came within 0.5 s\n" },
	{ "> quiet\n", REFUSED, "some.talk:1: no reply came within 0.5 s\n" },
	{ "> nonsense\n< x\n", REFUSED,
	    "some.talk:2: the line says: no sense\n" },
	{ "> bye\n< x\n", REFUSED, "some.talk:2: the helpline is gone\n" },
};

START_TEST(a_talk_goes_as_written_or_says_where_it_does_not)
{
	struct text content = { 0 };
	struct talk talk;
	struct listening err = listen_to(STDERR_FILENO);
	struct listening out = listen_to(STDOUT_FILENO);
	enum outcome outcome;

	text_add(&content, plays[_i].talk);
	ck_assert_int_eq(talk_read("some.talk", &content, &talk), DONE);
	text_free(&content);
	outcome = phone_play(the_link, &talk, "9841", 500);
	talk_free(&talk);
	listen_end(&out);
	ck_assert_str_eq(listen_end(&err), plays[_i].err);
	ck_assert_int_eq(outcome, plays[_i].outcome);
}
END_TEST

START_TEST(a_talk_is_printed_as_it_goes)
{
	struct text content = { 0 };
	struct talk talk;
	struct listening out = listen_to(STDOUT_FILENO);

	text_add(&content, "> hello\n< us\ncall\n");
	ck_assert_int_eq(talk_read("some.talk", &content, &talk), DONE);
	text_free(&content);
	ck_assert_int_eq(phone_play(the_link, &talk, "9841", SOON_MS), DONE);
	talk_free(&talk);
	ck_assert_str_eq(listen_end(&out),
	    "caller:    hello\n"
	    "helpline:  Welcome\n"
	    "           to us\n"
	    "caller:    (lets it ring once)\n"
	    "helpline:  You called\n");
}
END_TEST

START_TEST(where_nobody_answers_is_told_apart_from_what_cannot_be)
{
	struct phone_link *none = NULL;
	char long_path[200];

	memset(long_path, 'x', sizeof(long_path) - 1);
	long_path[sizeof(long_path) - 1] = '\0';
	ck_assert_int_eq(phone_link_open("/nonexistent", &none), TRY_LATER);
	ck_assert_int_eq(phone_link_open(long_path, &none), REFUSED);
	ck_assert_int_eq(phone_link_open("/etc", &none), TRY_LATER);
	ck_assert_ptr_null(none);
}
END_TEST

static Suite *
suite_of_phone(void)
{
	Suite *suite = suite_create("phone");
	TCase *tcase = tcase_create("against a line");

	tcase_add_checked_fixture(tcase, start, stop);
	tcase_set_timeout(tcase, 30);
	tcase_add_loop_test(
	    tcase, one_text_prints_what_comes_back, 0, (int)COUNT_OF(sendings));
	tcase_add_loop_test(tcase, what_went_wrong_goes_to_standard_error, 0,
	    (int)COUNT_OF(sendings));
	tcase_add_test(tcase, every_line_of_the_input_is_a_text);
	tcase_add_loop_test(tcase,
	    a_talk_goes_as_written_or_says_where_it_does_not, 0,
	    (int)COUNT_OF(plays));
	tcase_add_test(tcase, a_talk_is_printed_as_it_goes);
	tcase_add_test(
	    tcase, where_nobody_answers_is_told_apart_from_what_cannot_be);
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(suite_of_phone);
