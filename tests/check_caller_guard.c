/* Who is answered how often, by itself: the rule, without a clock. */
#include "gateway/text/caller_guard.h"

#include <stdlib.h>
#include <string.h>

#include "gateway/base/outcome.h"
#include "tests/check_main.h"

enum { NOW = 1795262400, HOUR = 60, DAY = 200, HELP = 30, PAGES = 1000 };

static const struct guard_rules rules = { HOUR, DAY, HELP, PAGES };

/* An exchange of its own for each number. */
static struct guard_exchange
exchange_of(enum guard_need need, unsigned number)
{
	struct guard_exchange exchange = { .need = need };

	memcpy(exchange.bytes, &number, sizeof(number));
	return (exchange);
}

static enum guard_verdict
judge(struct guard_count *count, enum guard_need need, unsigned number,
    int64_t now_utc_s)
{
	struct guard_exchange exchange = exchange_of(need, number);

	return (guard_judge(&rules, count, &exchange, now_utc_s));
}

/* Spends what is left, each exchange another. */
static unsigned
spend(struct guard_count *count, int64_t now_utc_s)
{
	unsigned answers = 0;

	while (
	    judge(count, GUARD_MENU, 1000 + answers, now_utc_s) == GUARD_ANSWER)
		answers++;
	return (answers);
}

START_TEST(somebody_in_distress_who_texts_forty_times_an_hour_is_answered)
{
	struct guard_count count = { 0 };

	for (unsigned hour = 0; hour < 5; hour++) {
		for (unsigned i = 0; i < 40; i++)
			ck_assert_int_eq(judge(&count, GUARD_MENU, i,
					     NOW + hour * 3600 + i * 90),
			    GUARD_ANSWER);
	}
	ck_assert_int_eq(count.withheld, 0);
}
END_TEST

START_TEST(an_hours_answers_are_spent_told_once_and_then_it_is_silent)
{
	struct guard_count count = { 0 };

	for (unsigned i = 0; i < HOUR; i++)
		ck_assert_int_eq(
		    judge(&count, GUARD_MENU, i, NOW + i), GUARD_ANSWER);
	ck_assert_int_eq(
	    judge(&count, GUARD_MENU, 500, NOW + HOUR), GUARD_TELL);
	for (unsigned i = 0; i < 10000; i++)
		ck_assert_int_eq(judge(&count, GUARD_MENU, i, NOW + HOUR + 1),
		    GUARD_SILENT_SPENT);
	ck_assert_int_eq(count.withheld, 10001);
	/* The next hour has answers again. */
	ck_assert_int_eq(
	    judge(&count, GUARD_MENU, 1, NOW + GUARD_HOUR_S), GUARD_ANSWER);
}
END_TEST

START_TEST(a_days_answers_are_spent_and_told_once_a_day)
{
	struct guard_count count = { 0 };
	unsigned answered = 0, told = 0;

	/* A machine that never tires, every five seconds. */
	for (int64_t second = 0; second < GUARD_DAY_S; second += 5) {
		enum guard_verdict verdict =
		    judge(&count, GUARD_MENU, (unsigned)second, NOW + second);

		answered += verdict == GUARD_ANSWER;
		told += verdict == GUARD_TELL;
	}
	ck_assert_uint_eq(answered, DAY);
	/* Three hours that were spent, and the day. */
	ck_assert_uint_eq(told, DAY / HOUR + 1);
	ck_assert_int_eq(
	    judge(&count, GUARD_MENU, 7, NOW + GUARD_DAY_S), GUARD_ANSWER);
}
END_TEST

START_TEST(whoever_asks_for_help_is_answered_over_every_budget)
{
	struct guard_count count = { 0 };

	ck_assert_uint_eq(spend(&count, NOW), HOUR);
	for (unsigned i = 0; i < HELP; i++)
		ck_assert_int_eq(
		    judge(&count, GUARD_HELP, 1, NOW + i), GUARD_ANSWER);
	ck_assert_int_eq(
	    judge(&count, GUARD_HELP, 1, NOW + HELP), GUARD_SILENT_SPENT);
	/* And it took nothing from the next hour. */
	ck_assert_uint_eq(spend(&count, NOW + GUARD_HOUR_S), HOUR);
}
END_TEST

START_TEST(orders_and_texts_to_a_case_are_answered_when_all_is_spent)
{
	struct guard_count count = { 0 };

	spend(&count, NOW);
	ck_assert_int_eq(judge(&count, GUARD_ORDER, 1, NOW), GUARD_ANSWER);
	ck_assert_int_eq(judge(&count, GUARD_CASE, 2, NOW), GUARD_ANSWER);
	ck_assert_int_eq(count.help_answers, 2);
}
END_TEST

START_TEST(the_same_exchange_is_made_three_times_running)
{
	struct guard_count count = { 0 };

	for (int i = 0; i < GUARD_SAME_MOST; i++)
		ck_assert_int_eq(
		    judge(&count, GUARD_MENU, 1, NOW + i), GUARD_ANSWER);
	for (int i = 0; i < 100; i++)
		ck_assert_int_eq(judge(&count, GUARD_MENU, 1, NOW + 10 + i),
		    GUARD_SILENT_SAME);
	/* Another exchange, and the first one again. */
	ck_assert_int_eq(judge(&count, GUARD_MENU, 2, NOW + 200), GUARD_ANSWER);
	ck_assert_int_eq(judge(&count, GUARD_MENU, 1, NOW + 201), GUARD_ANSWER);
	ck_assert_int_eq(count.same_answers, 1);
}
END_TEST

START_TEST(time_alone_lets_the_same_exchange_be_made_again)
{
	struct guard_count count = { 0 };

	for (int i = 0; i <= GUARD_SAME_MOST; i++)
		judge(&count, GUARD_MENU, 1, NOW);
	ck_assert_int_eq(
	    judge(&count, GUARD_MENU, 1, NOW + GUARD_SAME_REST_S - 1),
	    GUARD_SILENT_SAME);
	ck_assert_int_eq(judge(&count, GUARD_MENU, 1, NOW + GUARD_SAME_REST_S),
	    GUARD_ANSWER);
}
END_TEST

START_TEST(help_is_never_the_same_again)
{
	struct guard_count count = { 0 };

	for (int i = 0; i < 2 * GUARD_SAME_MOST; i++)
		ck_assert_int_eq(
		    judge(&count, GUARD_HELP, 1, NOW + i), GUARD_ANSWER);
}
END_TEST

START_TEST(a_checklist_of_ones_is_no_repetition)
{
	struct guard_count count = { 0 };

	/* The same text and another answer each time. */
	for (unsigned i = 0; i < 30; i++)
		ck_assert_int_eq(
		    judge(&count, GUARD_MENU, i, NOW + i), GUARD_ANSWER);
}
END_TEST

START_TEST(pages_have_a_limit_of_their_own)
{
	struct guard_count count = { 0 };
	struct guard_exchange page = { .is_page = 1 };

	for (int i = 0; i < PAGES; i++)
		ck_assert_int_eq(
		    guard_judge(&rules, &count, &page, NOW), GUARD_ANSWER);
	ck_assert_int_eq(
	    guard_judge(&rules, &count, &page, NOW), GUARD_SILENT_SPENT);
	ck_assert_int_eq(count.hour_answers, 0);
	ck_assert_int_eq(judge(&count, GUARD_MENU, 1, NOW), GUARD_ANSWER);
}
END_TEST

START_TEST(a_clock_that_jumps_back_silences_nobody)
{
	struct guard_count count = { 0 };

	spend(&count, NOW);
	ck_assert_int_eq(
	    judge(&count, GUARD_MENU, 1, NOW - 86400 * 365), GUARD_ANSWER);
}
END_TEST

START_TEST(a_person_is_told_of_one_who_is_not_answered_once_a_day)
{
	struct guard_count count = { 0 };

	spend(&count, NOW);
	ck_assert_int_eq(guard_list_once(&count), 1);
	ck_assert_int_eq(guard_list_once(&count), 0);
	judge(&count, GUARD_MENU, 1, NOW + GUARD_HOUR_S);
	ck_assert_int_eq(guard_list_once(&count), 0);
	judge(&count, GUARD_MENU, 1, NOW + GUARD_DAY_S);
	ck_assert_int_eq(guard_list_once(&count), 1);
}
END_TEST

/* Whatever comes in whatever order: an answer is withheld only where it was
 * foreseen (the text was kept), and no budget is ever passed. */
START_TEST(nothing_is_withheld_that_was_not_foreseen)
{
	struct guard_count count = { 0 };
	int64_t now_utc_s = NOW;
	unsigned seed = 7;

	for (int i = 0; i < 100000; i++) {
		int may_silence, is_answered;
		enum guard_need need;

		seed = seed * 1103515245 + 12345;
		now_utc_s += (seed >> 16) % 40;
		need = (enum guard_need)((seed >> 8) % 4);
		may_silence = guard_may_silence(&rules, &count, now_utc_s);
		is_answered = judge(&count, need, (seed >> 20) % 3,
				  now_utc_s) == GUARD_ANSWER;
		ck_assert(is_answered || may_silence);
		ck_assert_int_le(count.hour_answers, HOUR);
		ck_assert_int_le(count.day_answers, DAY);
		ck_assert_int_le(count.help_answers, HELP);
	}
}
END_TEST

static Suite *
suite_of_caller_guard(void)
{
	Suite *suite = suite_create("caller_guard");
	TCase *tests = tcase_create("caller_guard");

	tcase_add_test(tests,
	    somebody_in_distress_who_texts_forty_times_an_hour_is_answered);
	tcase_add_test(
	    tests, an_hours_answers_are_spent_told_once_and_then_it_is_silent);
	tcase_add_test(tests, a_days_answers_are_spent_and_told_once_a_day);
	tcase_add_test(
	    tests, whoever_asks_for_help_is_answered_over_every_budget);
	tcase_add_test(
	    tests, orders_and_texts_to_a_case_are_answered_when_all_is_spent);
	tcase_add_test(tests, the_same_exchange_is_made_three_times_running);
	tcase_add_test(tests, time_alone_lets_the_same_exchange_be_made_again);
	tcase_add_test(tests, help_is_never_the_same_again);
	tcase_add_test(tests, a_checklist_of_ones_is_no_repetition);
	tcase_add_test(tests, pages_have_a_limit_of_their_own);
	tcase_add_test(tests, a_clock_that_jumps_back_silences_nobody);
	tcase_add_test(
	    tests, a_person_is_told_of_one_who_is_not_answered_once_a_day);
	tcase_add_test(tests, nothing_is_withheld_that_was_not_foreseen);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_caller_guard);
