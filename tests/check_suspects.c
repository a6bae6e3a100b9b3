/* Messages at which processes of a line ended: nobody's text is given up for
 * waiting, and nothing is tried without a pause. */
#include "gateway/line/suspects.h"

#include "tests/check_main.h"

enum { NOW_MS = 5000000 };

START_TEST(waiting_never_gives_a_message_up_and_pauses_grow_to_a_day)
{
	struct suspects suspects = { 0 };
	int64_t before_ms = 0;

	for (int i = 0; i < 2000; i++) {
		struct suspect *suspect =
		    suspects_note_wait(&suspects, 7, NOW_MS);
		int64_t pause_ms = suspect->retry_ms - NOW_MS;

		ck_assert(!suspect_is_given_up(suspect));
		ck_assert_int_ge(pause_ms, SUSPECT_PAUSE_LEAST_MS);
		ck_assert_int_ge(pause_ms, before_ms);
		ck_assert_int_le(pause_ms, SUSPECT_PAUSE_MOST_MS);
		before_ms = pause_ms;
	}
	ck_assert_int_eq(before_ms, SUSPECT_PAUSE_MOST_MS);
	ck_assert_uint_eq(suspects.count, 1);
}
END_TEST

START_TEST(only_repeated_crashes_give_a_message_up)
{
	struct suspects suspects = { 0 };

	ck_assert(
	    !suspect_is_given_up(suspects_note_crash(&suspects, 3, NOW_MS)));
	ck_assert(
	    !suspect_is_given_up(suspects_note_crash(&suspects, 4, NOW_MS)));
	ck_assert(
	    suspect_is_given_up(suspects_note_crash(&suspects, 3, NOW_MS)));
	suspects_clear(&suspects, 3);
	ck_assert_ptr_null(suspects_find(&suspects, 3));
	ck_assert_ptr_nonnull(suspects_find(&suspects, 4));
	ck_assert(
	    !suspect_is_given_up(suspects_note_crash(&suspects, 3, NOW_MS)));
}
END_TEST

START_TEST(one_is_due_when_it_is_there_and_its_pause_is_over)
{
	struct suspects suspects = { 0 };
	struct suspect *suspect = suspects_note_wait(&suspects, 9, NOW_MS);
	int64_t at_ms = INT64_MAX;

	ck_assert_ptr_null(suspects_due(&suspects, INT64_MAX, &at_ms));
	ck_assert(at_ms == INT64_MAX);
	suspect->is_there = 1;
	ck_assert_ptr_null(suspects_due(&suspects, NOW_MS, &at_ms));
	ck_assert_int_eq(at_ms, NOW_MS + SUSPECT_PAUSE_LEAST_MS);
	ck_assert_ptr_eq(suspects_due(&suspects, at_ms, &at_ms), suspect);
}
END_TEST

START_TEST(the_least_marked_goes_when_there_are_too_many)
{
	struct suspects suspects = { 0 };

	for (int i = 0; i < SUSPECTS_MOST; i++) {
		(void)suspects_note_crash(&suspects, i + 1, NOW_MS);
		if (i != 5)
			(void)suspects_note_wait(&suspects, i + 1, NOW_MS);
	}
	(void)suspects_note_wait(&suspects, 100, NOW_MS);
	ck_assert_uint_eq(suspects.count, SUSPECTS_MOST);
	ck_assert_ptr_null(suspects_find(&suspects, 6));
	ck_assert_int_eq(suspects_find(&suspects, 100)->crashes, 0);
}
END_TEST

START_TEST(a_new_process_is_told_what_the_hub_knows)
{
	struct suspects suspects = { 0 };
	struct suspects told;
	struct text words = { 0 };

	suspects_write(&suspects, NOW_MS, &words);
	ck_assert_str_eq(text_string(&words), "");
	ck_assert(suspects_read("", 0, &told));
	ck_assert_uint_eq(told.count, 0);
	(void)suspects_note_crash(&suspects, 12, NOW_MS);
	(void)suspects_note_wait(&suspects, 200003, NOW_MS);
	(void)suspects_note_wait(&suspects, 200003, NOW_MS);
	suspects_write(&suspects, NOW_MS + 1000, &words);
	ck_assert_str_eq(text_string(&words), "12:1:0:0,200003:0:2:3000");
	ck_assert(suspects_read(text_string(&words), 100, &told));
	ck_assert_uint_eq(told.count, 2);
	ck_assert_int_eq(told.list[0].crashes, 1);
	ck_assert_int_eq(told.list[1].location, 200003);
	ck_assert_int_eq(told.list[1].waits, 2);
	ck_assert_int_eq(told.list[1].retry_ms, 3100);
	text_free(&words);
}
END_TEST

static const char *const wrong[] = { "1", "1:2", "1:2:3", "1:2:3:", ":1:2:3",
	"1:2:3:x", "1:2:3:4:5", "-1:0:0:0", "1:9999:0:0", "1:0:0:0,,2:0:0:0",
	"99999999999:0:0:0", "1:0:0:86400001", "1,2,3,4",
	"1:0:0:0,2" };

START_TEST(other_words_are_no_suspects)
{
	struct suspects told;

	ck_assert_msg(
	    !suspects_read(wrong[_i], 0, &told), "taken: %s", wrong[_i]);
}
END_TEST

static Suite *
suite(void)
{
	Suite *all = suite_create("suspects");
	TCase *tcase = tcase_create("table");

	tcase_add_test(
	    tcase, waiting_never_gives_a_message_up_and_pauses_grow_to_a_day);
	tcase_add_test(tcase, only_repeated_crashes_give_a_message_up);
	tcase_add_test(
	    tcase, one_is_due_when_it_is_there_and_its_pause_is_over);
	tcase_add_test(tcase, the_least_marked_goes_when_there_are_too_many);
	tcase_add_test(tcase, a_new_process_is_told_what_the_hub_knows);
	tcase_add_loop_test(tcase, other_words_are_no_suspects, 0,
	    (int)(sizeof(wrong) / sizeof(wrong[0])));
	suite_add_tcase(all, tcase);
	return (all);
}

CHECK_MAIN(suite);
