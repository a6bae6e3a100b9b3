/* Who has seen what: the trail tells of the first look of a person at a case
 * on a day, and of no list. */
#include "gateway/desk/case_facts_set.h"
#include "gateway/desk/case_referral.h"
#include "tests/cases_world.h"

enum { HOUR_S = 3600, DAY_S = 86400, YEAR_S = 366 * DAY_S };

/* Looks by this person; `ref` NULL: at any case. */
static int
count_looks(const struct caseworker *by, const char *ref)
{
	return (count_audit_of(ref, "looked at", by));
}

static void
look(const struct caseworker *worker, const char *ref, int64_t after_s)
{
	struct case_sheet sheet;

	ck_assert_int_eq(
	    cases_show(errand_of(worker, ref, after_s), 0, &sheet), DONE);
	case_sheet_free(&sheet);
}

/* The beginning of the day that WORLD_NOW_UTC_S is in, seen from it. */
static int64_t
day_begins_after_s(void)
{
	return (-(int64_t)(WORLD_NOW_UTC_S % DAY_S));
}

START_TEST(the_first_look_of_a_day_is_told_and_the_others_are_not)
{
	int64_t morning = day_begins_after_s();

	look(&world.sita, REF, morning);
	ck_assert_int_eq(count_looks(&world.sita, REF), 1);
	look(&world.sita, REF, morning + HOUR_S);
	look(&world.sita, REF, morning + DAY_S - 1);
	ck_assert_int_eq(count_looks(&world.sita, REF), 1);
	look(&world.sita, REF, morning + DAY_S);
	ck_assert_int_eq(count_looks(&world.sita, REF), 2);
}
END_TEST

START_TEST(each_person_and_each_case_has_a_row_of_its_own)
{
	world_add_request(&world, OTHER_REF, OTHER_PHONE);
	look(&world.sita, REF, 0);
	look(&world.ram, REF, 0);
	look(&world.ram, OTHER_REF, 0);
	ck_assert_int_eq(count_looks(&world.sita, REF), 1);
	ck_assert_int_eq(count_looks(&world.ram, REF), 1);
	ck_assert_int_eq(count_looks(&world.ram, OTHER_REF), 1);
	ck_assert_int_eq(count_looks(&world.sita, OTHER_REF), 0);
}
END_TEST

START_TEST(a_clock_that_was_ahead_for_a_while_hides_no_later_look)
{
	look(&world.sita, REF, YEAR_S);
	look(&world.sita, REF, 0);
	ck_assert_int_eq(count_looks(&world.sita, REF), 2);
	look(&world.sita, REF, 0);
	ck_assert_int_eq(count_looks(&world.sita, REF), 2);
}
END_TEST

START_TEST(a_list_tells_of_nobody)
{
	const struct case_filter filter = { .most = 50 };
	struct request_list list;

	ck_assert_int_eq(
	    cases_list(&world.sita, &filter, WORLD_NOW_UTC_S, &list), DONE);
	ck_assert_uint_eq(list.count, 1);
	free(list.items);
	ck_assert_int_eq(count_looks(&world.sita, NULL), 0);
}
END_TEST

/* As the phone in the field asks for it. */
START_TEST(the_next_case_that_is_shown_alone_has_been_looked_at)
{
	struct request request;

	ck_assert_int_eq(
	    cases_next(&world.sita, WORLD_NOW_UTC_S, &request), DONE);
	ck_assert_str_eq(request.ref, REF);
	ck_assert_int_eq(count_looks(&world.sita, REF), 1);
	ck_assert_int_eq(
	    cases_next(&world.sita, WORLD_NOW_UTC_S, &request), DONE);
	look(&world.sita, REF, 0);
	ck_assert_int_eq(count_looks(&world.sita, REF), 1);
}
END_TEST

START_TEST(inside_another_transaction_the_look_goes_with_it)
{
	struct caseworker hub = world.sita;
	struct request request;

	hub.is_inside = 1;
	ck_assert_int_eq(store_begin(world.store), DONE);
	ck_assert_int_eq(cases_next(&hub, WORLD_NOW_UTC_S, &request), DONE);
	store_rollback(world.store);
	ck_assert_int_eq(count_looks(&world.sita, REF), 0);
	ck_assert_int_eq(store_begin(world.store), DONE);
	ck_assert_int_eq(cases_next(&hub, WORLD_NOW_UTC_S, &request), DONE);
	ck_assert_int_eq(store_commit(world.store), DONE);
	ck_assert_int_eq(count_looks(&world.sita, REF), 1);
}
END_TEST

START_TEST(facts_and_what_may_be_passed_on_are_looks_too)
{
	struct referral_fields fields = { 0 };
	struct case_facts facts = { 0 };

	ck_assert_int_eq(
	    cases_facts(errand_of(&world.ram, REF, 0), &facts), DONE);
	case_facts_free(&facts);
	ck_assert_int_eq(count_looks(&world.ram, REF), 1);
	ck_assert_int_eq(cases_claim(errand_of(&world.sita, REF, 0)), DONE);
	ck_assert_int_eq(count_looks(&world.sita, REF), 0);
	ck_assert_int_eq(
	    case_referral_fields(errand_of(&world.sita, REF, 0), &fields),
	    DONE);
	referral_fields_free(&fields);
	ck_assert_int_eq(count_looks(&world.sita, REF), 1);
}
END_TEST

/* Whoever may not see a case leaves no trace of having seen it. */
START_TEST(a_look_that_was_refused_is_none)
{
	struct staff technician = *world.sita.staff;
	struct caseworker hari = world.sita;
	struct case_sheet sheet;

	snprintf(technician.role, sizeof(technician.role), "technician");
	hari.staff = &technician;
	ck_assert_int_eq(
	    cases_show(errand_of(&hari, REF, 0), 0, &sheet), REFUSED);
	ck_assert_int_eq(
	    cases_show(errand_of(&world.sita, "ZZZZZ", 0), 0, &sheet), NOTHING);
	ck_assert_int_eq(count_looks(&world.sita, NULL), 0);
}
END_TEST

static Suite *
suite_of_case_looks(void)
{
	Suite *suite = suite_create("case_looks");
	TCase *tcase = cases_tcase(suite);

	tcase_add_test(
	    tcase, the_first_look_of_a_day_is_told_and_the_others_are_not);
	tcase_add_test(tcase, each_person_and_each_case_has_a_row_of_its_own);
	tcase_add_test(
	    tcase, a_clock_that_was_ahead_for_a_while_hides_no_later_look);
	tcase_add_test(tcase, a_list_tells_of_nobody);
	tcase_add_test(
	    tcase, the_next_case_that_is_shown_alone_has_been_looked_at);
	tcase_add_test(tcase, inside_another_transaction_the_look_goes_with_it);
	tcase_add_test(tcase, facts_and_what_may_be_passed_on_are_looks_too);
	tcase_add_test(tcase, a_look_that_was_refused_is_none);
	return (suite);
}

CHECK_MAIN(suite_of_case_looks);
