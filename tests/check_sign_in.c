/* Asking for a name or a password on a terminal, with a person who types. */
#include <pty.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "gateway/desk/sign_in.h"
#include "tests/check_main.h"

enum { SHOWN_MAX_BYTES = 400 };

/* What the one who was asked came to. */
struct answered {
	enum outcome outcome;
	char words[64];
	int echoes; /* the terminal shows what is typed again */
};

static void
answer_and_leave(int report, int is_secret)
{
	struct answered answered = { 0 };
	struct text answer = { 0 };
	struct termios terminal;

	answered.outcome = sign_in_ask("Who? ", is_secret, &answer);
	snprintf(
	    answered.words, sizeof(answered.words), "%s", text_string(&answer));
	text_free(&answer);
	if (tcgetattr(STDIN_FILENO, &terminal) == 0)
		answered.echoes = (terminal.c_lflag & ECHO) != 0;
	_exit(write(report, &answered, sizeof(answered)) !=
	    (ssize_t)sizeof(answered));
}

/* Lets somebody type `typed` after the question; `shown` holds what stood on
 * the screen. */
static void
ask(int is_secret, const char *typed, struct answered *answered, char *shown)
{
	int report[2];
	size_t length = 0;
	int status;
	int screen;
	pid_t pid;
	ssize_t got;

	ck_assert_int_eq(pipe(report), 0);
	pid = forkpty(&screen, NULL, NULL, NULL);
	ck_assert_int_ge(pid, 0);
	if (pid == 0)
		answer_and_leave(report[1], is_secret);
	close(report[1]);
	while (length < SHOWN_MAX_BYTES - 1 && strchr(shown, '?') == NULL &&
	    (got = read(screen, shown + length, 1)) == 1)
		shown[++length] = '\0';
	ck_assert_int_eq(write(screen, typed, strlen(typed)), strlen(typed));
	ck_assert_int_eq(
	    read(report[0], answered, sizeof(*answered)), sizeof(*answered));
	while (length < SHOWN_MAX_BYTES - 1 &&
	    (got = read(screen, shown + length, SHOWN_MAX_BYTES - 1 - length)) >
		0) {
		length += (size_t)got;
		shown[length] = '\0';
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(WEXITSTATUS(status), 0);
	close(screen);
	close(report[0]);
}

START_TEST(a_secret_is_read_and_not_shown)
{
	struct answered answered;
	char shown[SHOWN_MAX_BYTES] = "";

	ask(1, "river\n", &answered, shown);
	ck_assert_int_eq(answered.outcome, DONE);
	ck_assert_str_eq(answered.words, "river");
	ck_assert_ptr_nonnull(strstr(shown, "Who? "));
	ck_assert_ptr_null(strstr(shown, "river"));
	ck_assert_int_eq(answered.echoes, 1);
}
END_TEST

START_TEST(a_name_is_shown_while_it_is_typed)
{
	struct answered answered;
	char shown[SHOWN_MAX_BYTES] = "";

	ask(0, "Sita\n", &answered, shown);
	ck_assert_int_eq(answered.outcome, DONE);
	ck_assert_str_eq(answered.words, "Sita");
	ck_assert_ptr_nonnull(strstr(shown, "Sita"));
}
END_TEST

static const char *const goodbyes[] = { "riv\x03", "\x03", "\x04" };

START_TEST(who_gives_up_gets_the_terminal_back)
{
	struct answered answered;
	char shown[SHOWN_MAX_BYTES] = "";

	ask(1, goodbyes[_i], &answered, shown);
	ck_assert_int_eq(answered.outcome, REFUSED);
	ck_assert_int_eq(answered.echoes, 1);
	ck_assert_ptr_null(strstr(shown, "riv"));
}
END_TEST

START_TEST(without_a_terminal_nobody_is_asked)
{
	int status;
	pid_t pid = fork();

	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		struct text answer = { 0 };

		/* A new session has no terminal. */
		if (setsid() < 0)
			_exit(2);
		_exit(sign_in_ask("Who? ", 1, &answer) != NOTHING ||
		    sign_in_show("x") != NOTHING);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(WEXITSTATUS(status), 0);
}
END_TEST

static Suite *
suite_of_sign_in(void)
{
	Suite *suite = suite_create("sign_in");
	TCase *tcase = tcase_create("sign_in");

	suite_add_tcase(suite, tcase);
	tcase_set_timeout(tcase, 20);
	tcase_add_test(tcase, a_secret_is_read_and_not_shown);
	tcase_add_test(tcase, a_name_is_shown_while_it_is_typed);
	tcase_add_loop_test(
	    tcase, who_gives_up_gets_the_terminal_back, 0, COUNT_OF(goodbyes));
	tcase_add_test(tcase, without_a_terminal_nobody_is_asked);
	return (suite);
}

CHECK_MAIN(suite_of_sign_in);
