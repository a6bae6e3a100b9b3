/* What guards count, in the store. */
#include "store/guards.h"

#include "store/store_parts.h"
#include "tests/store_fixture.h"

enum { NOW = 1795262400 };

static const struct caller_key caller = { { 1 } };
static const struct caller_key other = { { 2 } };

static int64_t
rows(void)
{
	int64_t rows;

	MUST(database_integer(
	    fixture_store->database, "SELECT count(*) FROM guards", &rows));
	return (rows);
}

static struct guard_count
a_count(void)
{
	return ((struct guard_count){
	    .hour_utc_s = NOW,
	    .hour_answers = 1,
	    .hour_pages = 2,
	    .day_utc_s = NOW - 10,
	    .day_answers = 3,
	    .help_answers = 4,
	    .withheld = 5,
	    .notes = GUARD_TOLD_DAY | GUARD_LISTED,
	    .same_answers = 6,
	    .same_utc_s = NOW - 5,
	    .exchange = { 9, 8, 7 },
	});
}

static void
put(const struct caller_key *key, const struct guard_count *count)
{
	MUST(store_begin(fixture_store));
	MUST(guards_put(fixture_store, key, count));
	MUST(store_commit(fixture_store));
}

START_TEST(what_is_counted_is_read_back_and_changed)
{
	struct guard_count count = a_count(), read;

	memset(&read, 0xa5, sizeof(read));
	MUST(guards_get(fixture_store, &caller, &read));
	ck_assert_int_eq(read.day_utc_s, 0);
	ck_assert_int_eq(read.withheld, 0);
	put(&caller, &count);
	put(&other, &count);
	count.withheld = 50;
	put(&caller, &count);
	memset(&read, 0xa5, sizeof(read));
	MUST(guards_get(fixture_store, &caller, &read));
	ck_assert_int_eq(read.hour_utc_s, count.hour_utc_s);
	ck_assert_int_eq(read.hour_answers, count.hour_answers);
	ck_assert_int_eq(read.hour_pages, count.hour_pages);
	ck_assert_int_eq(read.day_utc_s, count.day_utc_s);
	ck_assert_int_eq(read.day_answers, count.day_answers);
	ck_assert_int_eq(read.help_answers, count.help_answers);
	ck_assert_int_eq(read.withheld, 50);
	ck_assert_uint_eq(read.notes, count.notes);
	ck_assert_int_eq(read.same_answers, count.same_answers);
	ck_assert_int_eq(read.same_utc_s, count.same_utc_s);
	ck_assert_mem_eq(read.exchange, count.exchange, sizeof(count.exchange));
	MUST(guards_get(fixture_store, &other, &read));
	ck_assert_int_eq(read.withheld, 5);
}
END_TEST

START_TEST(forget_leaves_nothing_of_it)
{
	struct guard_count count = a_count();

	put(&caller, &count);
	put(&other, &count);
	MUST(store_begin(fixture_store));
	MUST(callers_forget(fixture_store, &caller, NOW));
	MUST(store_commit(fixture_store));
	ck_assert_int_eq(rows(), 1);
}
END_TEST

START_TEST(a_day_after_its_windows_it_is_gone)
{
	struct guard_count count = a_count();

	put(&caller, &count);
	MUST(store_tidy(fixture_store, NOW + 86399, 86400 * 90, 86400 * 7));
	ck_assert_int_eq(rows(), 1);
	MUST(store_tidy(fixture_store, NOW + 86401, 86400 * 90, 86400 * 7));
	ck_assert_int_eq(rows(), 0);
}
END_TEST

START_TEST(events_are_counted_each_by_itself)
{
	struct guard_count count = a_count();
	struct guard_totals totals;

	MUST(store_begin(fixture_store));
	for (int event = 0; event < GUARD_EVENTS; event++) {
		for (int i = 0; i <= event; i++)
			MUST(guards_note(
			    fixture_store, (enum guard_event)event));
	}
	MUST(store_commit(fixture_store));
	put(&caller, &count);
	count.withheld = 0;
	put(&other, &count);
	memset(&totals, 0xa5, sizeof(totals));
	MUST(guards_count(fixture_store, NOW, &totals));
	for (int event = 0; event < GUARD_EVENTS; event++) {
		ck_assert_int_eq(totals.events[event], event + 1);
		ck_assert_str_ne(guard_event_name((enum guard_event)event), "");
		ck_assert_str_ne(
		    guard_event_words((enum guard_event)event), "");
	}
	ck_assert_int_eq(totals.silenced, 1);
	ck_assert_int_eq(totals.kept_apart, 0);
	MUST(guards_count(fixture_store, NOW + 86400, &totals));
	ck_assert_int_eq(totals.silenced, 0);
}
END_TEST

static Suite *
suite_of_guards(void)
{
	Suite *suite = suite_create("guards");
	TCase *tests = tcase_create("guards");

	tcase_add_checked_fixture(tests, fixture_open, fixture_close);
	tcase_add_test(tests, what_is_counted_is_read_back_and_changed);
	tcase_add_test(tests, forget_leaves_nothing_of_it);
	tcase_add_test(tests, a_day_after_its_windows_it_is_gone);
	tcase_add_test(tests, events_are_counted_each_by_itself);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_guards);
