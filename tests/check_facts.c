#include "gateway/base/clock.h"
#include "menus/facts.h"
#include "tests/check_main.h"

#define CSV SOURCE_TREE "/tests/data/menus/good/facts/gulf.csv"

static struct facts *facts;

static void
set_up(void)
{
	ck_assert_int_eq(facts_load(CSV, &facts), DONE);
}

static void
tear_down(void)
{
	facts_free(facts);
}

START_TEST(a_fact_is_read_with_its_quotes_and_commas)
{
	const struct fact *fact = facts_find(facts, "fee_limit", 9);

	ck_assert_str_eq(fact->value, "10,000");
	ck_assert_str_eq(fact->unit, "NPR");
	ck_assert_str_eq(fact->checked_on, "2026-06-01");
	ck_assert_int_eq(fact->line, 2);
	ck_assert_ptr_null(facts_find(facts, "fee_limit", 3));
	ck_assert_ptr_null(facts_find(facts, "fee", 3));
	ck_assert_ptr_nonnull(facts_find(facts, "hotline:date", 7));
}
END_TEST

/* A day and whether the fee may be sent on it. */
static const struct {
	const char *day;
	int may;
} days[] = {
	{ "2026-05-31", 0 },
	{ "2026-06-01", 1 },
	{ "2027-05-31", 1 },
	{ "2027-06-01", 0 },
};

START_TEST(a_fact_is_sent_from_its_check_until_it_expires)
{
	int64_t now = 0;

	ck_assert_int_eq(clock_read_date(days[_i].day, &now), 1);
	ck_assert_int_eq(
	    fact_may_be_sent(facts_find(facts, "fee_limit", 9), now),
	    days[_i].may);
	ck_assert_int_eq(
	    fact_may_be_sent(facts_find(facts, "hotline", 7), now), 0);
	ck_assert_int_eq(fact_may_be_sent(NULL, now), 0);
}
END_TEST

static Suite *
suite_of_facts(void)
{
	Suite *suite = suite_create("facts");
	TCase *cases = tcase_create("facts");

	tcase_add_checked_fixture(cases, set_up, tear_down);
	tcase_add_test(cases, a_fact_is_read_with_its_quotes_and_commas);
	tcase_add_loop_test(cases,
	    a_fact_is_sent_from_its_check_until_it_expires, 0,
	    (int)COUNT_OF(days));
	suite_add_tcase(suite, cases);
	return (suite);
}

CHECK_MAIN(suite_of_facts);
