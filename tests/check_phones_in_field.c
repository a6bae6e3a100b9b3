/* Phones of caseworkers, hours of duty, one-time codes, alarms: the store's
 * part of the phone in the field. */
#include "store/alarms.h"
#include "store/staff.h"
#include "tests/store_fixture.h"

static int64_t sita; /* lead */
static int64_t hari; /* caseworker */
static int64_t tek; /* technician */

static int64_t
add(const char *name, const char *role)
{
	struct staff staff;

	MUST(staff_add(
	    fixture_store, name, role, "password", fixture_secret, 1000));
	MUST(staff_find(fixture_store, name, &staff));
	return (staff.id);
}

static void
open_team(void)
{
	fixture_open();
	MUST(store_begin(fixture_store));
	sita = add("Sita", "lead");
	hari = add("Hari", "caseworker");
	tek = add("Tek", "technician");
}

static struct staff
look(int64_t id)
{
	struct staff staff;

	memset(&staff, 0xa5, sizeof(staff));
	MUST(staff_get(fixture_store, id, &staff));
	return (staff);
}

static enum outcome
set_phone(int64_t id, int n)
{
	struct person person = person_of(n);

	return (staff_set_phone(fixture_store, id, &person.number, "north"));
}

/* -- phones ----------------------------------------------------------------- */

START_TEST(a_phone_is_found_by_its_hash_and_stands_nowhere_in_plain)
{
	struct person person = person_of(1);
	struct staff staff;

	MUST(set_phone(hari, 1));
	MUST(staff_of_phone(fixture_store, &person.key, &staff));
	ck_assert_int_eq(staff.id, hari);
	ck_assert_int_eq(staff.has_phone, 1);
	person = person_of(2);
	ck_assert_int_eq(
	    staff_of_phone(fixture_store, &person.key, &staff), NOTHING);
	MUST(store_commit(fixture_store));
	ck_assert_int_eq(fixture_has_string(person_of(1).number.e164), 0);
	ck_assert_int_eq(fixture_has_string(person_of(1).number.e164 + 4), 0);
	MUST(store_begin(fixture_store));
}
END_TEST

START_TEST(a_phone_is_one_persons)
{
	MUST(set_phone(hari, 1));
	MUST(set_phone(hari, 1));
	ck_assert_int_eq(set_phone(sita, 1), REFUSED);
	MUST(staff_set_phone(fixture_store, hari, NULL, ""));
	ck_assert_int_eq(look(hari).has_phone, 0);
	MUST(set_phone(sita, 1));
	ck_assert_int_eq(set_phone(99, 2), NOTHING);
}
END_TEST

START_TEST(whoever_is_disabled_or_becomes_a_technician_has_no_phone)
{
	struct staff_code codes[3];
	struct person person = person_of(1);
	struct staff staff;
	int locked = 0;

	MUST(set_phone(hari, 1));
	MUST(staff_make_codes(fixture_store, hari, codes, 3));
	if (_i == 0)
		MUST(staff_disable(fixture_store, hari));
	else
		MUST(staff_set_role(
		    fixture_store, hari, "technician", fixture_secret));
	ck_assert_int_eq(
	    staff_of_phone(fixture_store, &person.key, &staff), NOTHING);
	ck_assert_int_eq(look(hari).codes_left, 0);
	ck_assert_int_eq(
	    staff_use_code(fixture_store, hari, codes[0].text, 1000, &locked),
	    REFUSED);
}
END_TEST

/* -- duty ------------------------------------------------------------------- */

static const struct {
	struct staff_duty duty;
	int minute;
	int is_reached;
} hours[] = {
	{ { 0, 0, 0 }, 600, 0 },
	{ { 0, 480, 1200 }, 600, 0 },
	{ { 1, 0, 0 }, 0, 1 },
	{ { 1, 0, 0 }, 1439, 1 },
	{ { 1, 480, 1200 }, 479, 0 },
	{ { 1, 480, 1200 }, 480, 1 },
	{ { 1, 480, 1200 }, 1199, 1 },
	{ { 1, 480, 1200 }, 1200, 0 },
	{ { 1, 1200, 480 }, 1199, 0 },
	{ { 1, 1200, 480 }, 1200, 1 },
	{ { 1, 1200, 480 }, 0, 1 },
	{ { 1, 1200, 480 }, 479, 1 },
	{ { 1, 1200, 480 }, 480, 0 },
};

START_TEST(a_phone_is_reached_in_its_hours_of_duty)
{
	struct staff_phones phones;

	MUST(set_phone(hari, 1));
	MUST(set_phone(sita, 2));
	MUST(staff_set_duty(fixture_store, hari, &hours[_i].duty));
	MUST(staff_list_phones(
	    fixture_store, STAFF_ON_DUTY, hours[_i].minute, &phones));
	ck_assert_uint_eq(phones.count, (size_t)hours[_i].is_reached);
	if (phones.count == 1) {
		ck_assert_int_eq(phones.items[0].staff, hari);
		ck_assert_str_eq(
		    phones.items[0].number.e164, person_of(1).number.e164);
		ck_assert_str_eq(phones.items[0].line, "north");
	}
	staff_phones_free(&phones);
	/* A lead is reached at any time, and nobody twice. */
	MUST(staff_list_phones(
	    fixture_store, STAFF_ON_DUTY_OR_LEAD, hours[_i].minute, &phones));
	ck_assert_uint_eq(phones.count, (size_t)hours[_i].is_reached + 1);
	staff_phones_free(&phones);
}
END_TEST

START_TEST(nobody_without_a_phone_or_without_cases_is_rung)
{
	struct staff_duty duty = { 1, 0, 0 };
	struct staff_phones phones;

	MUST(staff_set_duty(fixture_store, hari, &duty));
	MUST(set_phone(tek, 3));
	MUST(staff_set_duty(fixture_store, tek, &duty));
	MUST(staff_list_phones(
	    fixture_store, STAFF_ON_DUTY_OR_LEAD, 600, &phones));
	ck_assert_uint_eq(phones.count, 0);
	staff_phones_free(&phones);
	MUST(staff_disable(fixture_store, hari));
	ck_assert_int_eq(staff_set_duty(fixture_store, hari, &duty), NOTHING);
	ck_assert_int_eq(look(hari).is_on_duty, 0);
}
END_TEST

/* -- codes ------------------------------------------------------------------ */

static struct staff_code codes[20];

static void
make_codes(void)
{
	MUST(set_phone(hari, 1));
	MUST(staff_make_codes(fixture_store, hari, codes, COUNT_OF(codes)));
}

static enum outcome
use(int64_t id, const char *typed)
{
	int locked = 0;

	return (staff_use_code(fixture_store, id, typed, 1000, &locked));
}

START_TEST(a_code_is_good_once_and_stands_nowhere_in_plain)
{
	make_codes();
	ck_assert_int_eq(look(hari).codes_left, 20);
	MUST(use(hari, codes[3].text));
	ck_assert_int_eq(look(hari).codes_left, 19);
	ck_assert_int_eq(use(hari, codes[3].text), NOTHING);
	MUST(use(hari, codes[0].text));
	MUST(store_commit(fixture_store));
	for (size_t i = 0; i < COUNT_OF(codes); i++)
		ck_assert_int_eq(fixture_has_string(codes[i].text), 0);
	MUST(store_begin(fixture_store));
}
END_TEST

START_TEST(a_code_is_read_as_people_type_it)
{
	char typed[32];
	const char *signs;

	make_codes();
	signs = codes[0].text;
	if (_i == 0)
		snprintf(typed, sizeof(typed), "%.3s-%.3s", signs, signs + 3);
	else
		snprintf(typed, sizeof(typed), "%s", signs);
	for (char *at = typed; _i == 1 && *at != '\0'; at++)
		*at = (char)(*at >= 'A' ? *at | 0x20 : *at);
	for (char *at = typed; _i == 2 && *at != '\0'; at++)
		*at = (char)(*at == 'Q' ? '0' : *at);
	MUST(use(hari, typed));
}
END_TEST

START_TEST(what_has_not_the_form_of_a_code_is_not_counted)
{
	static const char *const words[] = { "", "hello", "AAAAA", "AAAAAAA",
		"AAAAA!", "AAAAAB", "ааааaa", "AAA AAA", "12345 " };

	make_codes();
	for (int i = 0; i < STAFF_WRONG_CODES_MOST + 2; i++)
		ck_assert_int_eq(use(hari, words[_i]), NOTHING);
	MUST(use(hari, codes[0].text));
}
END_TEST

START_TEST(a_code_is_nobody_elses)
{
	make_codes();
	MUST(set_phone(sita, 2));
	MUST(staff_make_codes(fixture_store, sita, codes, 1));
	ck_assert_int_eq(use(hari, codes[0].text), REFUSED);
	MUST(use(sita, codes[0].text));
	ck_assert_int_eq(use(sita, codes[1].text), REFUSED);
	MUST(use(hari, codes[1].text));
}
END_TEST

START_TEST(wrong_codes_in_a_row_lock_the_list_and_say_so_once)
{
	int locked = 0;

	make_codes();
	for (int round = 0; round < 2; round++) {
		for (int i = 1; i < STAFF_WRONG_CODES_MOST; i++)
			ck_assert_int_eq(use(hari, "AAAAAA"), REFUSED);
		/* A good one in between forgives. */
		if (round == 0)
			MUST(use(hari, codes[1].text));
	}
	ck_assert_int_eq(look(hari).is_locked, 0);
	ck_assert_int_eq(
	    staff_use_code(fixture_store, hari, "AAAAAA", 1, &locked), REFUSED);
	ck_assert_int_eq(locked, 1);
	ck_assert_int_eq(look(hari).is_locked, 1);
	ck_assert_int_eq(
	    staff_use_code(fixture_store, hari, "AAAAAA", 1, &locked), REFUSED);
	ck_assert_int_eq(locked, 0);
	ck_assert_int_eq(use(hari, codes[2].text), REFUSED);
	MUST(staff_make_codes(fixture_store, hari, codes, 2));
	ck_assert_int_eq(look(hari).is_locked, 0);
	MUST(use(hari, codes[0].text));
}
END_TEST

START_TEST(a_new_list_or_a_new_phone_makes_old_codes_void)
{
	struct staff_code old = { "" };

	make_codes();
	old = codes[0];
	if (_i == 0)
		MUST(staff_make_codes(fixture_store, hari, codes, 20));
	else
		MUST(set_phone(hari, 5));
	ck_assert_int_eq(use(hari, old.text), REFUSED);
	ck_assert_int_eq(look(hari).codes_left, _i == 0 ? 20 : 0);
}
END_TEST

START_TEST(who_has_no_phone_gets_no_codes)
{
	ck_assert_int_eq(
	    staff_make_codes(fixture_store, hari, codes, 1), NOTHING);
	ck_assert_int_eq(
	    staff_make_codes(fixture_store, 99, codes, 1), NOTHING);
}
END_TEST

/* -- alarms ----------------------------------------------------------------- */

static struct request_id
open_request(const char *ref, int n, enum request_urgency urgency)
{
	struct person person = person_of(100 + n);
	struct request_id id;
	struct request_opening opening = {
		.ref = ref,
		.caller = &person.key,
		.number = &person.number,
		.line = "demo",
		.corridor = "nepal-gulf",
		.language = "ne",
		.opened_by = "help",
		.urgency = urgency,
		.now_utc_s = 1000,
	};

	MUST(requests_open(fixture_store, &opening, &id));
	return (id);
}

/* How many are due, and the reference of the first. */
static size_t
count_due(enum request_urgency least, int64_t now_utc_s, struct alarm *first)
{
	struct alarm_filter filter = { .least = least,
		.now_utc_s = now_utc_s,
		.longest_wait_s = 86400,
		.most = 10 };
	struct alarm_list list;
	size_t count;

	memset(first, 0, sizeof(*first));
	MUST(alarms_due(fixture_store, &filter, &list));
	count = list.count;
	if (count > 0)
		*first = list.items[0];
	free(list.items);
	return (count);
}

START_TEST(a_clock_that_had_jumped_ahead_silences_no_alarm)
{
	enum { YEAR_S = 365 * 86400 };
	struct alarm alarm;

	open_request("DDDDD", 3, URGENCY_NOW);
	ck_assert_uint_eq(count_due(URGENCY_NOW, YEAR_S, &alarm), 1);
	MUST(alarms_note_round(fixture_store, &alarm, YEAR_S + 600));
	ck_assert_uint_eq(count_due(URGENCY_NOW, YEAR_S + 1, &alarm), 0);
	ck_assert_uint_eq(count_due(URGENCY_NOW, 1000, &alarm), 1);
}
END_TEST

START_TEST(an_alarm_is_due_until_it_is_noted_and_again_at_its_time)
{
	struct alarm alarm;

	open_request("AAAAA", 1, URGENCY_NORMAL);
	open_request("CCCCC", 2, URGENCY_HIGH);
	open_request("DDDDD", 3, URGENCY_NOW);
	ck_assert_uint_eq(count_due(URGENCY_HIGH, 1000, &alarm), 2);
	ck_assert_str_eq(alarm.ref, "DDDDD");
	ck_assert_str_eq(alarm.corridor, "nepal-gulf");
	ck_assert_uint_eq(count_due(URGENCY_NOW, 1000, &alarm), 1);
	ck_assert_int_eq(alarm.rounds, 0);
	MUST(alarms_note_round(fixture_store, &alarm, 1600));
	ck_assert_uint_eq(count_due(URGENCY_NOW, 1599, &alarm), 0);
	ck_assert_uint_eq(count_due(URGENCY_NOW, 1600, &alarm), 1);
	ck_assert_int_eq(alarm.rounds, 1);
	for (int round = 1; round < ALARM_ROUNDS_MOST; round++) {
		ck_assert_uint_eq(count_due(URGENCY_NOW, 9999, &alarm), 1);
		MUST(alarms_note_round(fixture_store, &alarm, 1600));
	}
	ck_assert_uint_eq(count_due(URGENCY_NOW, 9999, &alarm), 0);
}
END_TEST

START_TEST(a_request_that_is_taken_rings_no_more_and_given_back_anew)
{
	struct request_id id = open_request("DDDDD", 3, URGENCY_NOW);
	struct alarm alarm;

	ck_assert_uint_eq(count_due(URGENCY_NOW, 1000, &alarm), 1);
	MUST(alarms_note_round(fixture_store, &alarm, 1600));
	ck_assert_int_eq(alarms_find_over(fixture_store), NOTHING);
	MUST(requests_claim(fixture_store, id, hari, 1100));
	ck_assert_uint_eq(count_due(URGENCY_NOW, 9999, &alarm), 0);
	MUST(alarms_find_over(fixture_store));
	MUST(alarms_erase_over(fixture_store));
	ck_assert_int_eq(alarms_find_over(fixture_store), NOTHING);
	MUST(requests_give_back(fixture_store, id, hari, 1200));
	ck_assert_uint_eq(count_due(URGENCY_NOW, 1200, &alarm), 1);
	ck_assert_int_eq(alarm.rounds, 0);
}
END_TEST

static Suite *
suite_of_phones(void)
{
	Suite *suite = suite_create("phones_in_field");
	TCase *tests = tcase_create("phones");

	tcase_add_checked_fixture(tests, open_team, fixture_close);
	tcase_set_timeout(tests, 120);
	tcase_add_test(
	    tests, a_phone_is_found_by_its_hash_and_stands_nowhere_in_plain);
	tcase_add_test(tests, a_phone_is_one_persons);
	tcase_add_loop_test(tests,
	    whoever_is_disabled_or_becomes_a_technician_has_no_phone, 0, 2);
	tcase_add_loop_test(
	    tests, a_phone_is_reached_in_its_hours_of_duty, 0, COUNT_OF(hours));
	tcase_add_test(tests, nobody_without_a_phone_or_without_cases_is_rung);
	tcase_add_test(tests, a_code_is_good_once_and_stands_nowhere_in_plain);
	tcase_add_loop_test(tests, a_code_is_read_as_people_type_it, 0, 3);
	tcase_add_loop_test(
	    tests, what_has_not_the_form_of_a_code_is_not_counted, 0, 9);
	tcase_add_test(tests, a_code_is_nobody_elses);
	tcase_add_test(
	    tests, wrong_codes_in_a_row_lock_the_list_and_say_so_once);
	tcase_add_loop_test(
	    tests, a_new_list_or_a_new_phone_makes_old_codes_void, 0, 2);
	tcase_add_test(tests, who_has_no_phone_gets_no_codes);
	tcase_add_test(
	    tests, an_alarm_is_due_until_it_is_noted_and_again_at_its_time);
	tcase_add_test(tests, a_clock_that_had_jumped_ahead_silences_no_alarm);
	tcase_add_test(
	    tests, a_request_that_is_taken_rings_no_more_and_given_back_anew);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_phones);
