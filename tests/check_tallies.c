/* Weeks, counts without persons, the ledger, and words as keys. */
#include "gateway/base/clock.h"
#include "store/partners.h"
#include "store/releases.h"
#include "store/tallies.h"
#include "tests/store_fixture.h"

enum { DAY_S = 86400 };

static const struct week_case {
	const char *date;
	const char *week;
} week_cases[] = {
	{ "1970-01-01", "1970-W01" },
	{ "2000-01-02", "1999-W52" },
	{ "2005-01-01", "2004-W53" },
	{ "2008-12-29", "2009-W01" },
	{ "2010-01-03", "2009-W53" },
	{ "2020-12-31", "2020-W53" },
	{ "2021-01-03", "2020-W53" },
	{ "2021-01-04", "2021-W01" },
	{ "2026-11-22", "2026-W47" },
	{ "2026-11-23", "2026-W48" },
	{ "2027-01-01", "2026-W53" },
	{ "2028-02-29", "2028-W09" },
};

START_TEST(a_day_lies_in_its_iso_week)
{
	int64_t utc_s;
	int64_t monday;

	ck_assert_int_eq(clock_read_date(week_cases[_i].date, &utc_s), 1);
	ck_assert_str_eq(tally_week_of(utc_s).text, week_cases[_i].week);
	ck_assert_str_eq(
	    tally_week_of(utc_s + DAY_S - 1).text, week_cases[_i].week);
	ck_assert_int_eq(tally_week_begins(week_cases[_i].week, &monday), 1);
	ck_assert_int_le(monday, utc_s);
	ck_assert_int_lt(utc_s, monday + 7 * DAY_S);
}
END_TEST

START_TEST(weeks_follow_each_other_for_a_hundred_years)
{
	struct tally_week before = tally_week_of(0);

	for (int64_t day = 1; day < 36525; day++) {
		struct tally_week week = tally_week_of(day * DAY_S);
		int is_monday = (day + 3) % 7 == 0;

		ck_assert_int_eq(
		    strcmp(week.text, before.text) != 0, is_monday);
		ck_assert_int_ge(strcmp(week.text, before.text), 0);
		before = week;
	}
}
END_TEST

START_TEST(what_is_no_week_is_refused)
{
	static const char *const words[] = { "", "2026-W00", "2026-W54",
		"2025-W53", "2026-W1", "2026-47", "2026-W047", "2026-W4x",
		"0001-W01", "2026-W-1", "x026-W01" };
	int64_t monday = 7;

	for (size_t i = 0; i < COUNT_OF(words); i++)
		ck_assert_int_eq(tally_week_begins(words[i], &monday), 0);
	ck_assert_int_eq(monday, 7);
}
END_TEST

static int64_t found;
static char found_words[64];

static void
take(const struct tally_row *row, void *into)
{
	(void)into;
	found += row->count;
	snprintf(found_words, sizeof(found_words), "%s|%s|%s|%s|%s", row->week,
	    row->corridor, row->first, row->second, row->third);
}

START_TEST(the_same_thing_twice_is_counted_twice_in_one_row)
{
	struct tally tally = { .what = TALLY_REQUEST,
		.corridor = "nepal-gulf",
		.first = "high",
		.second = "help",
		.third = "ne" };
	struct tally_range range = { TALLY_REQUEST, "1970-W01", "1970-W02" };

	found = 0;
	MUST(store_begin(fixture_store));
	MUST(tallies_add(fixture_store, &tally, 1000));
	MUST(tallies_add(fixture_store, &tally, 2000));
	MUST(store_commit(fixture_store));
	MUST(tallies_each(fixture_store, &range, take, NULL));
	ck_assert_int_eq(found, 2);
	ck_assert_str_eq(found_words, "1970-W01|nepal-gulf|high|help|ne");
}
END_TEST

START_TEST(a_rollback_counts_nothing)
{
	struct tally tally = { .what = TALLY_SIGN, .first = "bad_papers" };
	struct tally_range range = { TALLY_SIGN, "1970-W01", "1970-W02" };

	found = 0;
	MUST(store_begin(fixture_store));
	MUST(tallies_add(fixture_store, &tally, 1000));
	store_rollback(fixture_store);
	MUST(tallies_each(fixture_store, &range, take, NULL));
	ck_assert_int_eq(found, 0);
}
END_TEST

/* -- people ------------------------------------------------------------------ */

struct people {
	int64_t count;
	int64_t callers;
	int64_t new_callers;
};

static void
add_people(const struct tally_row *row, void *into)
{
	struct people *people = into;

	people->count += row->count;
	people->callers += row->callers;
	people->new_callers += row->new_callers;
}

static struct people
people_of(enum tally_what what, const char *first_week, const char *last_week)
{
	struct tally_range range = { what, first_week, last_week };
	struct people people = { 0 };

	MUST(tallies_each(fixture_store, &range, add_people, &people));
	return (people);
}

static void
ask(const struct caller_key *caller, const char *corridor, int64_t now_utc_s)
{
	struct tally tally = { .what = TALLY_REQUEST,
		.corridor = corridor,
		.first = "high",
		.caller = caller };

	MUST(store_begin(fixture_store));
	MUST(tallies_add(fixture_store, &tally, now_utc_s));
	MUST(store_commit(fixture_store));
}

static const struct caller_key anila = { { 1 } };
static const struct caller_key bina = { { 2 } };

START_TEST(eleven_requests_of_one_caller_are_one_person)
{
	struct people people;

	for (int i = 0; i < 11; i++)
		ask(&anila, i % 2 == 0 ? "nepal-gulf" : "ukraine-eu", 1000 + i);
	people = people_of(TALLY_REQUEST, "1970-W01", "1970-W01");
	ck_assert_int_eq(people.count, 11);
	ck_assert_int_eq(people.callers, 1);
	ck_assert_int_eq(people.new_callers, 1);
	ask(&bina, "nepal-gulf", 2000);
	people = people_of(TALLY_REQUEST, "1970-W01", "1970-W01");
	ck_assert_int_eq(people.callers, 2);
	ck_assert_int_eq(people.new_callers, 2);
}
END_TEST

START_TEST(a_request_in_each_of_eleven_weeks_is_one_person)
{
	struct people people;

	for (int i = 0; i < 11; i++)
		ask(&anila, "nepal-gulf", 7 * i * DAY_S);
	people = people_of(TALLY_REQUEST, "1970-W01", "1970-W12");
	ck_assert_int_eq(people.count, 11);
	ck_assert_int_eq(people.callers, 11); /* one in each week */
	ck_assert_int_eq(people.new_callers, 1);
}
END_TEST

START_TEST(each_question_counts_a_person_once)
{
	struct tally tally = { .what = TALLY_SIGN, .caller = &anila };
	struct people people;

	MUST(store_begin(fixture_store));
	for (int i = 0; i < 6; i++) {
		tally.first = i % 2 == 0 ? "bad_papers" : "locked_in";
		MUST(tallies_add(fixture_store, &tally, 1000));
	}
	MUST(store_commit(fixture_store));
	people = people_of(TALLY_SIGN, "1970-W01", "1970-W01");
	ck_assert_int_eq(people.count, 6);
	ck_assert_int_eq(people.new_callers, 2);
}
END_TEST

START_TEST(whoever_is_forgotten_leaves_no_mark)
{
	struct number number = { .e164 = "+9779841234567" };
	struct caller caller = { .line = "north" };
	struct people people;

	seal_caller_key(fixture_box, &number, &caller.key);
	MUST(store_begin(fixture_store));
	MUST(callers_put(fixture_store, &caller, &number));
	MUST(store_commit(fixture_store));
	ask(&caller.key, "nepal-gulf", 1000);
	ck_assert_int_eq(
	    fixture_has_bytes(caller.key.bytes, sizeof(caller.key.bytes)), 1);
	MUST(store_begin(fixture_store));
	MUST(callers_forget(fixture_store, &caller.key, 2000));
	MUST(store_commit(fixture_store));
	MUST(store_empty_log(fixture_store));
	ck_assert_int_eq(
	    fixture_has_bytes(caller.key.bytes, sizeof(caller.key.bytes)), 0);
	ask(&caller.key, "nepal-gulf", 3000);
	people = people_of(TALLY_REQUEST, "1970-W01", "1970-W01");
	ck_assert_int_eq(people.new_callers, 2);
}
END_TEST

/* -- partners --------------------------------------------------------------- */

START_TEST(a_partner_is_changed_by_name_in_any_case_and_comes_back)
{
	struct partner partner = { .name = "Asha House", .kind = "shelter" };
	struct partner read;
	struct partner_list list;
	int64_t id;
	int64_t again;

	MUST(store_begin(fixture_store));
	MUST(partners_put(fixture_store, &partner, 1000, &id));
	snprintf(partner.name, sizeof(partner.name), "ASHA house");
	snprintf(partner.place, sizeof(partner.place), "Pokhara");
	MUST(partners_put(fixture_store, &partner, 2000, &again));
	ck_assert_int_eq(id, again);
	MUST(partners_remove(fixture_store, "asha HOUSE", 3000));
	ck_assert_int_eq(
	    partners_remove(fixture_store, "Asha House", 3000), NOTHING);
	MUST(store_commit(fixture_store));
	MUST(partners_list(fixture_store, 0, &list));
	ck_assert_uint_eq(list.count, 0);
	free(list.items);
	MUST(partners_find(fixture_store, "Asha House", &read));
	ck_assert_int_eq(read.is_removed, 1);
	MUST(store_begin(fixture_store));
	MUST(partners_put(fixture_store, &partner, 4000, &again));
	MUST(store_commit(fixture_store));
	ck_assert_int_eq(id, again);
	MUST(partners_list(fixture_store, 0, &list));
	ck_assert_uint_eq(list.count, 1);
	ck_assert_str_eq(list.items[0].place, "Pokhara");
	ck_assert_int_eq(list.items[0].has_key, 0);
	free(list.items);
}
END_TEST

START_TEST(a_partner_without_a_name_is_refused)
{
	struct partner partner = { .name = " . " };
	int64_t id;

	MUST(store_begin(fixture_store));
	ck_assert_int_eq(
	    partners_put(fixture_store, &partner, 1000, &id), REFUSED);
	store_rollback(fixture_store);
}
END_TEST

/* -- keys as words ---------------------------------------------------------- */

START_TEST(a_key_with_one_slip_is_refused)
{
	struct sealed_file_public key;
	struct sealed_file_public read;
	struct text words = { 0 };
	struct text secret = { 0 };

	sealed_file_make_pair(&key, &secret);
	sealed_file_write_public(&key, &words);
	MUST(sealed_file_read_public(words.bytes, &read));
	ck_assert_mem_eq(key.bytes, read.bytes, sizeof(key.bytes));
	ck_assert_int_eq(sealed_file_read_public(secret.bytes, &read), REFUSED);
	for (size_t i = 0; i < words.length; i++) {
		char was = words.bytes[i];

		words.bytes[i] = was == '0' ? '1' : '0';
		ck_assert_int_eq(
		    sealed_file_read_public(words.bytes, &read), REFUSED);
		words.bytes[i] = was;
	}
	text_add(&words, " \n");
	MUST(sealed_file_read_public(words.bytes, &read));
	text_add(&words, "x");
	ck_assert_int_eq(sealed_file_read_public(words.bytes, &read), REFUSED);
	text_free(&words);
	text_free(&secret);
}
END_TEST

START_TEST(a_sealed_file_with_any_byte_changed_does_not_open)
{
	struct sealed_file_public key;
	struct text secret = { 0 };
	struct text file = { 0 };
	struct text plain = { 0 };
	enum sealed_file_trouble trouble;

	sealed_file_make_pair(&key, &secret);
	MUST(sealed_file_seal(&key, "words", 5, &file));
	for (size_t i = 0; i < file.length; i += 7) {
		file.bytes[i] ^= 1;
		ck_assert_int_eq(sealed_file_open(secret.bytes, file.bytes,
				     file.length, &plain, &trouble),
		    REFUSED);
		file.bytes[i] ^= 1;
		ck_assert_int_eq(sealed_file_open(secret.bytes, file.bytes, i,
				     &plain, &trouble),
		    REFUSED);
	}
	ck_assert_uint_eq(plain.length, 0);
	MUST(sealed_file_open(
	    secret.bytes, file.bytes, file.length, &plain, &trouble));
	ck_assert_str_eq(plain.bytes, "words");
	text_free(&secret);
	text_free(&file);
	text_free(&plain);
}
END_TEST

START_TEST(a_locked_secret_half_opens_with_its_password_alone)
{
	struct sealed_file_public key;
	struct text secret = { 0 };
	struct text locked = { 0 };
	struct text again = { 0 };

	sealed_file_make_pair(&key, &secret);
	ck_assert_int_eq(sealed_file_is_locked(secret.bytes), 0);
	MUST(sealed_file_lock(secret.bytes, "river stone", &locked));
	ck_assert_int_eq(sealed_file_is_locked(locked.bytes), 1);
	ck_assert_ptr_null(strstr(locked.bytes, secret.bytes + 15));
	ck_assert_int_eq(
	    sealed_file_unlock(locked.bytes, "River stone", &again), REFUSED);
	ck_assert_int_eq(sealed_file_unlock(locked.bytes, "", &again), REFUSED);
	ck_assert_uint_eq(again.length, 0);
	MUST(sealed_file_unlock(locked.bytes, "river stone", &again));
	ck_assert_str_eq(again.bytes, secret.bytes);
	/* Neither a locked half nor a public one can be locked. */
	ck_assert_int_eq(
	    sealed_file_lock(locked.bytes, "river stone", &again), REFUSED);
	locked.bytes[40] = locked.bytes[40] == '0' ? '1' : '0';
	ck_assert_int_eq(
	    sealed_file_unlock(locked.bytes, "river stone", &again), REFUSED);
	text_free(&secret);
	text_free(&locked);
	text_free(&again);
}
END_TEST

START_TEST(a_fingerprint_is_of_one_key)
{
	struct sealed_file_public key;
	struct text secret = { 0 };
	struct text one = { 0 };
	struct text other = { 0 };

	sealed_file_make_pair(&key, &secret);
	sealed_file_fingerprint(&key, &one);
	sealed_file_fingerprint(&key, &other);
	ck_assert_str_eq(one.bytes, other.bytes);
	ck_assert_uint_eq(one.length, 8 * 4 + 7);
	text_clear(&other);
	key.bytes[31] ^= 1;
	sealed_file_fingerprint(&key, &other);
	ck_assert_str_ne(one.bytes, other.bytes);
	text_free(&secret);
	text_free(&one);
	text_free(&other);
}
END_TEST

static Suite *
suite_of_tallies(void)
{
	Suite *suite = suite_create("tallies");
	TCase *weeks = tcase_create("weeks");
	TCase *tests = tcase_create("tallies");

	tcase_add_loop_test(
	    weeks, a_day_lies_in_its_iso_week, 0, (int)COUNT_OF(week_cases));
	tcase_add_test(weeks, weeks_follow_each_other_for_a_hundred_years);
	tcase_add_test(weeks, what_is_no_week_is_refused);
	suite_add_tcase(suite, weeks);
	tcase_add_checked_fixture(tests, fixture_open, fixture_close);
	tcase_add_test(tests, the_same_thing_twice_is_counted_twice_in_one_row);
	tcase_add_test(tests, a_rollback_counts_nothing);
	tcase_add_test(tests, eleven_requests_of_one_caller_are_one_person);
	tcase_add_test(tests, a_request_in_each_of_eleven_weeks_is_one_person);
	tcase_add_test(tests, each_question_counts_a_person_once);
	tcase_add_test(tests, whoever_is_forgotten_leaves_no_mark);
	tcase_add_test(
	    tests, a_partner_is_changed_by_name_in_any_case_and_comes_back);
	tcase_add_test(tests, a_partner_without_a_name_is_refused);
	tcase_add_test(tests, a_key_with_one_slip_is_refused);
	tcase_add_test(
	    tests, a_sealed_file_with_any_byte_changed_does_not_open);
	tcase_add_test(
	    tests, a_locked_secret_half_opens_with_its_password_alone);
	tcase_add_test(tests, a_fingerprint_is_of_one_key);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_tallies);
