#include "gateway/desk/sign_in_limit.h"

#include "gateway/base/outcome.h"
#include "tests/check_main.h"

static struct sign_in_limit *limit;

static void
make(void)
{
	limit = sign_in_limit_new();
}

static void
end(void)
{
	sign_in_limit_free(limit);
}

static int64_t
wait_of(const char *name, const char *address, int64_t now_s)
{
	struct sign_in_try who = { name, address };

	return (sign_in_limit_wait_s(limit, &who, now_s));
}

static void
note_wrong(const char *name, const char *address, int64_t now_s)
{
	struct sign_in_try who = { name, address };

	sign_in_limit_failed(limit, &who, now_s);
}

static void
note_right(const char *name, const char *address, int64_t now_s)
{
	struct sign_in_try who = { name, address };

	sign_in_limit_worked(limit, &who, now_s);
}

/* How long the next try waits after so many failures at one moment. */
static const struct {
	int failures;
	int64_t wait_s;
} waits[] = { { 0, 0 }, { 1, 0 }, { 2, 0 }, { 3, 1 }, { 4, 2 }, { 5, 4 },
	{ 8, 32 }, { 11, 256 }, { 12, 300 }, { 200, 300 } };

START_TEST(waits_grow_with_each_wrong_password)
{
	for (int i = 0; i < waits[_i].failures; i++)
		note_wrong("Sita", "10.0.0.1", 5000);
	ck_assert_int_eq(wait_of("Sita", "10.0.0.1", 5000), waits[_i].wait_s);
}
END_TEST

START_TEST(a_wait_is_over_when_its_seconds_have_passed)
{
	for (int i = 0; i < 5; i++)
		note_wrong("Sita", "10.0.0.1", 5000);
	ck_assert_int_eq(wait_of("Sita", "10.0.0.1", 5003), 1);
	ck_assert_int_eq(wait_of("Sita", "10.0.0.1", 5004), 0);
	ck_assert_int_eq(wait_of("Sita", "10.0.0.1", INT64_MAX), 0);
}
END_TEST

START_TEST(a_clock_that_jumps_back_never_makes_a_longer_wait)
{
	for (int i = 0; i < 5; i++)
		note_wrong("Sita", "10.0.0.1", 5000);
	ck_assert_int_eq(wait_of("Sita", "10.0.0.1", 0), 4);
	ck_assert_int_eq(wait_of("Sita", "10.0.0.1", -900000), 4);
}
END_TEST

START_TEST(guesses_at_a_name_from_elsewhere_cost_its_owner_nothing)
{
	for (int i = 0; i < 10000; i++)
		note_wrong("Sita", "10.0.0.66", 5000);
	ck_assert_int_eq(
	    wait_of("Sita", "10.0.0.66", 5000), SIGN_IN_WAIT_MOST_S);
	ck_assert_int_eq(wait_of("Sita", "10.0.0.1", 5000), 0);
	ck_assert_int_eq(wait_of("Hari", "10.0.0.1", 5000), 0);
}
END_TEST

START_TEST(guesses_from_ten_thousand_addresses_cost_nobody_else_anything)
{
	char address[32];

	for (int i = 0; i < 5; i++)
		note_wrong("Hari", "10.0.0.9", 5000);
	for (int i = 0; i < 10000; i++) {
		snprintf(
		    address, sizeof(address), "10.1.%d.%d", i / 256, i % 256);
		note_wrong("Sita", address, 5000);
	}
	ck_assert_uint_le(sign_in_limit_count(limit), SIGN_IN_KEPT_MOST);
	ck_assert_int_eq(wait_of("Sita", "10.0.0.1", 5000), 0);
	/* Nor do they wash out what somebody else had earned. */
	ck_assert_int_eq(wait_of("Hari", "10.0.0.9", 5000), 4);
}
END_TEST

START_TEST(many_names_from_one_address_are_slowed_together)
{
	char name[32];

	for (int i = 0; i < 13; i++) {
		snprintf(name, sizeof(name), "guess%d", i);
		note_wrong(name, "10.0.0.66", 5000);
	}
	ck_assert_int_eq(wait_of("Sita", "10.0.0.66", 5000), 8);
	ck_assert_int_eq(wait_of("Sita", "10.0.0.67", 5000), 0);
}
END_TEST

START_TEST(a_name_is_one_name_however_it_is_cased)
{
	note_wrong("SITA", "10.0.0.1", 5000);
	note_wrong("sita", "10.0.0.1", 5000);
	note_wrong("Sita", "10.0.0.1", 5000);
	ck_assert_int_eq(wait_of("sItA", "10.0.0.1", 5000), 1);
}
END_TEST

START_TEST(a_right_password_forgives_its_own_name_only)
{
	for (int i = 0; i < 8; i++)
		note_wrong("Sita", "10.0.0.1", 5000);
	for (int i = 0; i < 4; i++)
		note_wrong("Hari", "10.0.0.1", 5000);
	note_right("Sita", "10.0.0.1", 5100);
	ck_assert_int_eq(wait_of("Sita", "10.0.0.1", 5000), 0);
	ck_assert_int_eq(wait_of("Hari", "10.0.0.1", 5000), 2);
	/* Of twelve at this address eight are forgiven. */
	for (int i = 0; i < 6; i++)
		note_wrong("Ram", "10.0.0.1", 5000);
	ck_assert_int_eq(wait_of("Gita", "10.0.0.1", 5000), 1);
}
END_TEST

START_TEST(a_password_of_ones_own_does_not_forgive_guessing_at_others)
{
	for (int i = 0; i < 12; i++) {
		note_wrong("Sita", "10.0.0.66", 5000);
		note_right("Mallory", "10.0.0.66", 5000);
	}
	ck_assert_int_eq(
	    wait_of("Sita", "10.0.0.66", 5000), SIGN_IN_WAIT_MOST_S);
	ck_assert_int_eq(wait_of("Mallory", "10.0.0.66", 5000), 4);
}
END_TEST

START_TEST(what_was_quiet_for_an_hour_is_forgotten)
{
	for (int i = 0; i < 200; i++)
		note_wrong("Sita", "10.0.0.1", 5000);
	ck_assert_int_eq(
	    wait_of("Sita", "10.0.0.1", 5000 + SIGN_IN_FORGET_S), 0);
	note_wrong("Sita", "10.0.0.1", 5000 + SIGN_IN_FORGET_S);
	ck_assert_int_eq(
	    wait_of("Sita", "10.0.0.1", 5000 + SIGN_IN_FORGET_S), 0);
}
END_TEST

/* Two ways of writing one place, or two places. */
static const struct {
	const char *one;
	const char *other;
	int are_same;
} places[] = {
	{ "2001:db8::1", "2001:db8::ffff:2", 1 },
	{ "2001:db8:0:0:aaaa::1", "2001:DB8::bbbb:0:0:2", 1 },
	{ "2001:db8:0:1::1", "2001:db8:0:2::1", 0 },
	{ "::ffff:10.0.0.1", "10.0.0.1", 1 },
	{ "10.0.0.1", "10.0.0.2", 0 },
	{ "", "10.0.0.2", 0 },
	{ "", "", 1 },
};

START_TEST(an_address_is_known_however_it_is_written)
{
	for (int i = 0; i < 4; i++)
		note_wrong("Sita", places[_i].one, 5000);
	ck_assert_int_eq(wait_of("Sita", places[_i].other, 5000),
	    places[_i].are_same ? 2 : 0);
}
END_TEST

START_TEST(names_of_any_length_and_none_are_taken)
{
	char name[1000];

	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	for (int i = 0; i < 4; i++) {
		note_wrong(name, name, 5000);
		note_wrong("", "10.0.0.1", 5000);
	}
	ck_assert_int_eq(wait_of(name, name, 5000), 2);
	ck_assert_int_eq(wait_of("", "10.0.0.1", 5000), 2);
	ck_assert_int_eq(wait_of("Sita", "10.0.0.1", 5000), 0);
}
END_TEST

static Suite *
suite_of_sign_in_limit(void)
{
	Suite *suite = suite_create("sign_in_limit");
	TCase *tests = tcase_create("waits");

	tcase_add_checked_fixture(tests, make, end);
	tcase_add_loop_test(
	    tests, waits_grow_with_each_wrong_password, 0, COUNT_OF(waits));
	tcase_add_test(tests, a_wait_is_over_when_its_seconds_have_passed);
	tcase_add_test(
	    tests, a_clock_that_jumps_back_never_makes_a_longer_wait);
	tcase_add_test(
	    tests, guesses_at_a_name_from_elsewhere_cost_its_owner_nothing);
	tcase_add_test(tests,
	    guesses_from_ten_thousand_addresses_cost_nobody_else_anything);
	tcase_add_test(tests, many_names_from_one_address_are_slowed_together);
	tcase_add_test(tests, a_name_is_one_name_however_it_is_cased);
	tcase_add_test(tests, a_right_password_forgives_its_own_name_only);
	tcase_add_test(
	    tests, a_password_of_ones_own_does_not_forgive_guessing_at_others);
	tcase_add_test(tests, what_was_quiet_for_an_hour_is_forgotten);
	tcase_add_loop_test(tests, an_address_is_known_however_it_is_written, 0,
	    COUNT_OF(places));
	tcase_add_test(tests, names_of_any_length_and_none_are_taken);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_sign_in_limit);
