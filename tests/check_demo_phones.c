/* What the demo line remembers: which phone a number is with, and what is not
 * released.
 */
#include "gateway/line/demo_arrivals.h"
#include "gateway/line/demo_phones.h"
#include "tests/check_main.h"

static void
check_is_with(struct demo_phones *phones, const char *e164, uint64_t client)
{
	uint64_t found = 0;

	ck_assert_int_eq(demo_phones_find(phones, e164, &found), DONE);
	ck_assert_uint_eq(found, client);
}

static void
check_is_nowhere(struct demo_phones *phones, const char *e164)
{
	uint64_t found = 99;

	ck_assert_int_eq(demo_phones_find(phones, e164, &found), NOTHING);
	ck_assert_uint_eq(found, 99);
}

START_TEST(the_same_digits_go_before_a_tail)
{
	struct demo_phones *phones = demo_phones_new();

	demo_phones_note(phones, "+97441234567", 1);
	demo_phones_note(phones, "41234567", 2);
	check_is_with(phones, "+97441234567", 1);
	check_is_with(phones, "+96541234567", 2);
	demo_phones_free(phones);
}
END_TEST

START_TEST(of_two_tails_the_one_used_last_is_meant)
{
	struct demo_phones *phones = demo_phones_new();

	demo_phones_note(phones, "9841234567", 1);
	demo_phones_note(phones, "1234567", 2);
	check_is_with(phones, "+9779841234567", 2);
	demo_phones_note(phones, "9841234567", 1);
	check_is_with(phones, "+9779841234567", 1);
	demo_phones_free(phones);
}
END_TEST

START_TEST(what_is_too_short_too_long_or_a_name_is_not_found)
{
	struct demo_phones *phones = demo_phones_new();

	demo_phones_note(phones, "123456", 1);
	demo_phones_note(phones, "1234567890123456", 1);
	demo_phones_note(phones, "Bank 1234567", 1);
	demo_phones_note(phones, "", 1);
	check_is_nowhere(phones, "+977123456");
	check_is_nowhere(phones, "+123456789012345");
	check_is_nowhere(phones, "+9771234567");
	demo_phones_free(phones);
}
END_TEST

START_TEST(a_gone_client_hides_no_other)
{
	struct demo_phones *phones = demo_phones_new();

	demo_phones_note(phones, "9841234567", 1);
	demo_phones_note(phones, "+9779841234567", 2);
	check_is_with(phones, "+9779841234567", 2);
	demo_phones_forget_client(phones, 2);
	check_is_with(phones, "+9779841234567", 1);
	demo_phones_forget_client(phones, 1);
	demo_phones_note(phones, "+9779841234567", 3);
	check_is_with(phones, "+9779841234567", 3);
	demo_phones_free(phones);
}
END_TEST

START_TEST(a_full_table_forgets_what_was_not_used_for_longest)
{
	struct demo_phones *phones = demo_phones_new();
	char number[17];

	for (uint64_t i = 1; i < PHONES_MOST; i++) {
		snprintf(number, sizeof(number), "+977%010u", (unsigned)i);
		demo_phones_note(phones, number, i);
	}
	check_is_with(phones, "+9770000000001", 1);
	check_is_with(phones, "+9770000000002", 2);
	demo_phones_note(phones, "+9770000000001", 1);
	demo_phones_note(phones, "+15551234567", 7);
	check_is_with(phones, "+9770000000001", 1);
	check_is_nowhere(phones, "+9770000000002");
	check_is_with(phones, "+9770000000003", 3);
	check_is_with(phones, "+15551234567", 7);
	for (uint64_t i = 4; i < PHONES_MOST; i++) {
		snprintf(number, sizeof(number), "+977%010u", (unsigned)i);
		check_is_with(phones, number, i);
	}
	demo_phones_free(phones);
}
END_TEST

static const struct demo_event one_event = {
	.kind = ARRIVAL_SMS,
	.sender = "+9779841234567",
	.text = "hello",
	.utc_s = 1700000000,
};

START_TEST(what_is_not_released_is_told_again_with_the_same_facts)
{
	static struct arrival first, second, again;
	struct demo_arrivals *arrivals = demo_arrivals_new(UINT64_MAX);

	memset(&first, 0xa5, sizeof(first));
	ck_assert_int_eq(demo_arrivals_next_ms(arrivals), -1);
	demo_arrivals_add(arrivals, &one_event, 1000, &first);
	demo_arrivals_add(arrivals, &one_event, 2000, &second);
	ck_assert_uint_eq(first.token, UINT64_MAX);
	ck_assert_uint_eq(second.token, 1);
	ck_assert_int_eq(
	    demo_arrivals_next_ms(arrivals), 1000 + ARRIVALS_TELL_AGAIN_MS);
	ck_assert_int_eq(
	    demo_arrivals_again(arrivals, 999 + ARRIVALS_TELL_AGAIN_MS, &again),
	    NOTHING);
	ck_assert_int_eq(demo_arrivals_again(
			     arrivals, 1000 + ARRIVALS_TELL_AGAIN_MS, &again),
	    DONE);
	ck_assert_uint_eq(again.slot, first.slot);
	ck_assert_uint_eq(again.token, first.token);
	ck_assert_int_eq(again.network_utc_s, 1700000000);
	ck_assert_str_eq(again.text, "hello");
	ck_assert_int_eq(demo_arrivals_again(
			     arrivals, 1000 + ARRIVALS_TELL_AGAIN_MS, &again),
	    NOTHING);
	ck_assert_int_eq(
	    demo_arrivals_next_ms(arrivals), 2000 + ARRIVALS_TELL_AGAIN_MS);
	demo_arrivals_free(arrivals);
}
END_TEST

START_TEST(what_is_told_again_keeps_its_order)
{
	static struct arrival told[4], again;
	struct demo_arrivals *arrivals = demo_arrivals_new(1);

	/* So that the third takes the first one's place. */
	for (size_t i = 0; i < 2; i++)
		demo_arrivals_add(arrivals, &one_event, 0, &told[i]);
	demo_arrivals_release(arrivals, told[0].slot);
	for (size_t i = 2; i < 4; i++)
		demo_arrivals_add(arrivals, &one_event, 0, &told[i]);
	for (size_t i = 1; i < 4; i++) {
		ck_assert_int_eq(demo_arrivals_again(
				     arrivals, ARRIVALS_TELL_AGAIN_MS, &again),
		    DONE);
		ck_assert_uint_eq(again.slot, told[i].slot);
	}
	demo_arrivals_free(arrivals);
}
END_TEST

START_TEST(nothing_is_told_again_after_its_release)
{
	static struct arrival first, again;
	struct demo_arrivals *arrivals = demo_arrivals_new(1);

	demo_arrivals_add(arrivals, &one_event, 0, &first);
	demo_arrivals_release(arrivals, first.slot);
	demo_arrivals_release(arrivals, first.slot);
	demo_arrivals_release(arrivals, 0);
	ck_assert_int_eq(demo_arrivals_next_ms(arrivals), -1);
	ck_assert_int_eq(
	    demo_arrivals_again(arrivals, INT64_MAX, &again), NOTHING);
	for (size_t i = 0; i < ARRIVALS_MOST; i++) {
		ck_assert(!demo_arrivals_are_full(arrivals));
		demo_arrivals_add(arrivals, &one_event, 0, &first);
	}
	ck_assert(demo_arrivals_are_full(arrivals));
	demo_arrivals_free(arrivals);
}
END_TEST

static Suite *
suite_of_demo_phones(void)
{
	Suite *suite = suite_create("demo phones");
	TCase *tcase = tcase_create("numbers");

	tcase_add_test(tcase, the_same_digits_go_before_a_tail);
	tcase_add_test(tcase, of_two_tails_the_one_used_last_is_meant);
	tcase_add_test(
	    tcase, what_is_too_short_too_long_or_a_name_is_not_found);
	tcase_add_test(tcase, a_gone_client_hides_no_other);
	tcase_add_test(
	    tcase, a_full_table_forgets_what_was_not_used_for_longest);
	tcase_set_timeout(tcase, 30);
	suite_add_tcase(suite, tcase);
	tcase = tcase_create("arrivals");
	tcase_add_test(
	    tcase, what_is_not_released_is_told_again_with_the_same_facts);
	tcase_add_test(tcase, what_is_told_again_keeps_its_order);
	tcase_add_test(tcase, nothing_is_told_again_after_its_release);
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(suite_of_demo_phones);
