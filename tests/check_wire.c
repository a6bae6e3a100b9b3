/* A modem's wire: what stands around an answer. */
#include "gateway/line/wire.h"

#include <sys/socket.h>
#include <unistd.h>

#include "gateway/base/outcome.h"
#include "tests/check_main.h"

#define LINE "AT+CMGD=3\r"
#define ECHO LINE

enum { WAIT_MS = 1000, OURS = 0, MODEM = 1 };

static int ends[2];
static char bytes[400];

static void
open_wire(void)
{
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
}

static void
close_wire(void)
{
	close(ends[OURS]);
	close(ends[MODEM]);
}

/* The modem says all of it in one go. */
static int
ask(const char *said, struct wire_answer *answer)
{
	*answer = (struct wire_answer){ bytes, sizeof(bytes), 0 };
	ck_assert_int_eq(write(ends[MODEM], said, strlen(said)), strlen(said));
	return (wire_ask(ends[OURS], LINE, WAIT_MS, answer));
}

START_TEST(an_answer_by_itself_has_no_notice)
{
	struct wire_answer answer;

	ck_assert_int_eq(ask(ECHO "\r\nOK\r\n", &answer), 1);
	ck_assert_int_eq(answer.has_notice, 0);
	/* Some modems are generous with empty lines. */
	ck_assert_int_eq(
	    ask(ECHO "\r\n+CMGR: 1,,25\r\n0011\r\n\r\nOK\r\n\r\n", &answer), 1);
	ck_assert_int_eq(answer.has_notice, 0);
	ck_assert_int_eq(ask(ECHO "\r\n+CMS ERROR: 321\r\n", &answer), 0);
	ck_assert_int_eq(answer.has_notice, 0);
}
END_TEST

/* Wherever a notice is cut off: its rest makes no sense to anybody, and the
 * message would lie there until the next sweep. */
START_TEST(a_notice_behind_the_end_is_seen_however_little_of_it_has_come)
{
	static const char notice[] = "\r\n+CMTI: \"SM\",3\r\n";
	static const char *const answers[] = { ECHO "\r\nOK\r\n",
		ECHO "\r\nERROR\r\n", ECHO "\r\n+CMS ERROR: 321\r\n" };
	struct wire_answer answer;
	char said[200];

	for (size_t i = 0; i < COUNT_OF(answers); i++) {
		for (size_t length = 3; length < sizeof(notice); length++) {
			snprintf(said, sizeof(said), "%s%.*s", answers[i],
			    (int)length, notice);
			ck_assert_int_eq(ask(said, &answer), i == 0);
			ck_assert_int_eq(answer.has_notice, 1);
		}
	}
}
END_TEST

START_TEST(a_notice_before_the_echo_or_in_the_answer_is_seen)
{
	struct wire_answer answer;

	ck_assert_int_eq(
	    ask("\r\n+CMTI: \"SM\",3\r\n" ECHO "\r\nOK\r\n", &answer), 1);
	ck_assert_int_eq(answer.has_notice, 1);
	ck_assert_str_eq(answer.bytes, ECHO "\r\nOK\r\n");
	ck_assert_int_eq(
	    ask(ECHO "\r\n+CDSI: \"SM\",3\r\n\r\nOK\r\n", &answer), 1);
	ck_assert_int_eq(answer.has_notice, 1);
}
END_TEST

static Suite *
suite_of_wire(void)
{
	Suite *suite = suite_create("wire");
	TCase *tcase = tcase_create("answers");

	suite_add_tcase(suite, tcase);
	tcase_add_checked_fixture(tcase, open_wire, close_wire);
	tcase_add_test(tcase, an_answer_by_itself_has_no_notice);
	tcase_add_test(tcase,
	    a_notice_behind_the_end_is_seen_however_little_of_it_has_come);
	tcase_add_test(
	    tcase, a_notice_before_the_echo_or_in_the_answer_is_seen);
	return (suite);
}

CHECK_MAIN(suite_of_wire);
