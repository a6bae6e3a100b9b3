/* Reading talks.  What goes wrong in one is said with file and line. */
#include <unistd.h>

#include "gateway/desk/phone_talk.h"
#include "tests/check_main.h"

static enum outcome
read_words(const char *words, struct talk *talk_r)
{
	struct text content = { 0 };
	enum outcome outcome;

	text_add(&content, words);
	outcome = talk_read("some.talk", &content, talk_r);
	text_free(&content);
	return (outcome);
}

static void
check_step(const struct talk *talk, size_t index, enum talk_step_kind kind,
    unsigned line, const char *words)
{
	ck_assert_uint_lt(index, talk->count);
	ck_assert_int_eq(talk->steps[index].kind, kind);
	ck_assert_uint_eq(talk->steps[index].line, line);
	ck_assert_str_eq(talk->steps[index].words, words);
}

START_TEST(a_whole_talk_is_read_step_by_step)
{
	struct talk talk;

	ck_assert_int_eq(read_words("# how it starts\n"
				    "from +977 9841234567\n"
				    "\n"
				    "> hello there  \r\n"
				    "< Welcome\n"
				    "# said in one reply\n"
				    "<   to the \t helpline\n"
				    "\n"
				    "< a second reply\n"
				    ">STOP\n"
				    "-\n"
				    "call\n"
				    "< फेरि\n"
				    ">",
			     &talk),
	    DONE);
	ck_assert_str_eq(talk.path, "some.talk");
	check_step(&talk, 0, TALK_FROM, 2, "+977 9841234567");
	check_step(&talk, 1, TALK_SEND, 4, "hello there");
	check_step(&talk, 2, TALK_NEXT_REPLY, 5, "Welcome");
	check_step(&talk, 3, TALK_SAME_REPLY, 7, "to the \t helpline");
	check_step(&talk, 4, TALK_NEXT_REPLY, 9, "a second reply");
	check_step(&talk, 5, TALK_SEND, 10, "STOP");
	check_step(&talk, 6, TALK_NO_REPLY, 11, "");
	check_step(&talk, 7, TALK_CALL, 12, "");
	check_step(&talk, 8, TALK_NEXT_REPLY, 13, "फेरि");
	check_step(&talk, 9, TALK_SEND, 14, "");
	ck_assert_uint_eq(talk.count, 10);
	talk_free(&talk);
}
END_TEST

START_TEST(a_talk_says_on_which_line_and_day_it_takes_place)
{
	struct talk talk;

	ck_assert_int_eq(read_words("language ne-Latn\n"
				    "channel ussd\n"
				    "on 2026-11-21\n"
				    "from 9841\n"
				    "> hi\n"
				    "wait 2 days\n"
				    "wait 1 hour\n"
				    "wait 30  minutes\n"
				    "claim\n"
				    "> there\n",
			     &talk),
	    DONE);
	ck_assert_str_eq(talk.language, "ne-Latn");
	ck_assert_int_eq(talk.page, 182);
	ck_assert_int_eq(talk.on_utc_s, 1795262400); /* noon */
	ck_assert_uint_eq(talk.count, 7);
	ck_assert_int_eq(talk.steps[2].kind, TALK_WAIT);
	ck_assert_int_eq(talk.steps[2].wait_s, 2 * 86400);
	ck_assert_int_eq(talk.steps[3].wait_s, 3600);
	ck_assert_int_eq(talk.steps[4].wait_s, 1800);
	ck_assert_int_eq(talk.steps[5].kind, TALK_CLAIM);
	talk_free(&talk);
}
END_TEST

START_TEST(a_talk_dials_a_code_and_hangs_up)
{
	struct talk talk;

	ck_assert_int_eq(read_words("channel ussd 128\n"
				    "dial *384#\n"
				    "< Welcome\n"
				    "> 1\n"
				    "hang  up\n"
				    "> hello\n",
			     &talk),
	    DONE);
	ck_assert_int_eq(talk.page, 128);
	check_step(&talk, 0, TALK_DIAL, 2, "*384#");
	check_step(&talk, 1, TALK_NEXT_REPLY, 3, "Welcome");
	check_step(&talk, 2, TALK_SEND, 4, "1");
	check_step(&talk, 3, TALK_HANG_UP, 5, "");
	check_step(&talk, 4, TALK_SEND, 6, "hello");
	ck_assert_uint_eq(talk.count, 5);
	talk_free(&talk);
}
END_TEST

START_TEST(a_talk_says_how_many_letters_a_page_has)
{
	struct talk talk;

	ck_assert_int_eq(read_words("channel ussd 160\n> hi\n", &talk), DONE);
	ck_assert_int_eq(talk.page, 160);
	talk_free(&talk);
	ck_assert_int_eq(read_words("channel ussd 128\n> hi\n", &talk), DONE);
	ck_assert_int_eq(talk.page, 128);
	talk_free(&talk);
}
END_TEST

START_TEST(a_talk_that_does_not_say_is_by_sms_today)
{
	struct talk talk;

	ck_assert_int_eq(read_words("> hi\n", &talk), DONE);
	ck_assert_ptr_null(talk.language);
	ck_assert_int_eq(talk.page, 0);
	ck_assert_int_eq(talk.on_utc_s, 0);
	talk_free(&talk);
}
END_TEST

/* What is wrong, and the line that the complaint must name. */
static const struct {
	const char *words;
	const char *where;
} wrong[] = {
	{ "> a\nhello\n", "some.talk:2: " },
	{ "< a\n", "some.talk:1: " },
	{ "-\n", "some.talk:1: " },
	{ "> a\n-\n< b\n", "some.talk:3: " },
	{ "> a\n< b\n-\n", "some.talk:3: " },
	{ "> a\n<\n", "some.talk:2: " },
	{ "from\n> a\n", "some.talk:1: " },
	{ "> a\nfrom 9841\n< b\n", "some.talk:3: " },
	{ "fromage\n", "some.talk:1: " },
	{ "call me\n", "some.talk:1: " },
	{ "dial\n", "some.talk:1: 'dial' needs a code" },
	{ "dial *1#\nhang\n", "some.talk:2: 'hang up' stands alone" },
	{ "dial *1#\nhang up\n< a\n", "some.talk:3: " },
	{ "> a\nwait\n", "some.talk:2: " },
	{ "> a\nwait 0 days\n", "some.talk:2: " },
	{ "> a\nwait 2 years\n", "some.talk:2: " },
	{ "> a\nwait 99999999 days\n", "some.talk:2: " },
	{ "> a\nclaim it\n", "some.talk:2: " },
	{ "> a\nwait 1 day\n< b\n", "some.talk:3: " },
	{ "> a\nlanguage ne\n", "some.talk:2: " },
	{ "language\n> a\n", "some.talk:1: " },
	{ "language ne\nlanguage hi\n> a\n", "some.talk:2: " },
	{ "channel smoke\n> a\n", "some.talk:1: " },
	{ "channel sms\nchannel ussd\n> a\n", "some.talk:2: " },
	{ "channel ussd 161\n> a\n", "some.talk:1: 'channel' is sms" },
	{ "channel ussd\nchannel ussd 128\n> a\n", "some.talk:2: " },
	{ "on 2026-02-30\n> a\n", "some.talk:1: " },
	{ "on 2026-02-03\non 2026-02-03\n> a\n", "some.talk:2: " },
	{ "# only a comment\n", "some.talk:1: " },
	{ "", "some.talk:0: " },
	{ "> \xff\n", "some.talk: " },
};

/* What is said on standard error while a talk is read. */
static void
read_and_listen(const char *words, char *said_r, size_t room)
{
	struct talk talk;
	FILE *file = tmpfile();
	int before = dup(STDERR_FILENO);
	size_t length;

	ck_assert_ptr_nonnull(file);
	ck_assert_int_ge(dup2(fileno(file), STDERR_FILENO), 0);
	ck_assert_int_eq(read_words(words, &talk), REFUSED);
	ck_assert_int_ge(dup2(before, STDERR_FILENO), 0);
	close(before);
	rewind(file);
	length = fread(said_r, 1, room - 1, file);
	said_r[length] = '\0';
	fclose(file);
}

START_TEST(a_mistake_is_named_with_file_and_line)
{
	char said[1024];

	read_and_listen(wrong[_i].words, said, sizeof(said));
	ck_assert_msg(strstr(said, wrong[_i].where) != NULL, "said: %s", said);
}
END_TEST

START_TEST(every_mistake_is_named_at_once)
{
	char said[1024];

	read_and_listen("hello\n> a\nagain\n", said, sizeof(said));
	ck_assert_ptr_nonnull(strstr(said, "some.talk:1: "));
	ck_assert_ptr_nonnull(strstr(said, "some.talk:3: "));
}
END_TEST

START_TEST(a_talk_that_is_not_there_is_refused)
{
	struct talk talk;

	ck_assert_int_eq(talk_load("/nonexistent/some.talk", &talk), REFUSED);
}
END_TEST

static const struct {
	const char *reply;
	const char *words;
	int has;
} replies[] = {
	{ "Welcome to the helpline", "to the", 1 },
	{ "Welcome\nto  the\n\nhelpline", "to the helpline", 1 },
	{ "Welcome to the helpline", " to \t the ", 1 },
	{ "Welcome to the helpline", "to helpline", 0 },
	{ "Welcome", "welcome", 0 },
	{ "", "x", 0 },
	{ "नमस्ते\nसाथी", "नमस्ते साथी", 1 },
	{ "1 Check\n2 Rights", "2", 1 },
};

START_TEST(any_white_space_is_as_good_as_any_other)
{
	ck_assert_int_eq(talk_reply_has(replies[_i].reply, replies[_i].words),
	    replies[_i].has);
}
END_TEST

static Suite *
suite_of_talk(void)
{
	Suite *suite = suite_create("talk");
	TCase *tcase = tcase_create("reading");

	tcase_add_test(tcase, a_whole_talk_is_read_step_by_step);
	tcase_add_test(tcase, a_talk_says_on_which_line_and_day_it_takes_place);
	tcase_add_test(tcase, a_talk_dials_a_code_and_hangs_up);
	tcase_add_test(tcase, a_talk_says_how_many_letters_a_page_has);
	tcase_add_test(tcase, a_talk_that_does_not_say_is_by_sms_today);
	tcase_add_loop_test(tcase, a_mistake_is_named_with_file_and_line, 0,
	    (int)COUNT_OF(wrong));
	tcase_add_test(tcase, every_mistake_is_named_at_once);
	tcase_add_test(tcase, a_talk_that_is_not_there_is_refused);
	tcase_add_loop_test(tcase, any_white_space_is_as_good_as_any_other, 0,
	    (int)COUNT_OF(replies));
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(suite_of_talk);
