#include "store/recruiters.h"

#include "tests/store_fixture.h"

static const struct recruiter rows[] = {
	{ "Example Lotus", "Example Old Lotus", "892/067/068\n7", "Testgaun",
	    "valid" },
	{ "Example Tiger", "", "", "", "banned" },
};
static const struct recruiter_list nepal = {
	.country = "NP",
	.authority = "DoFE",
	.as_of_utc_s = 1000,
	.imported_utc_s = 2000,
};

struct seen {
	size_t count;
	char names[4][40];
	char statuses[4][16];
};

static void
take(const struct recruiter *row, void *into)
{
	struct seen *seen = into;

	snprintf(
	    seen->names[seen->count], sizeof(seen->names[0]), "%s", row->name);
	snprintf(seen->statuses[seen->count++], sizeof(seen->statuses[0]), "%s",
	    row->status);
}

START_TEST(a_list_is_read_as_it_was_put)
{
	struct recruiter_list *lists;
	struct seen seen = { 0 };
	size_t count;

	fixture_open();
	MUST(recruiters_replace(fixture_store, &nepal, rows, 2));
	fixture_reopen();
	MUST(recruiters_lists(fixture_store, &lists, &count));
	ck_assert_uint_eq(count, 1);
	ck_assert_str_eq(lists[0].country, "NP");
	ck_assert_str_eq(lists[0].authority, "DoFE");
	ck_assert_int_eq(lists[0].as_of_utc_s, 1000);
	ck_assert_int_eq(lists[0].imported_utc_s, 2000);
	ck_assert_int_eq(lists[0].count, 2);
	free(lists);
	MUST(recruiters_each(fixture_store, "NP", take, &seen));
	ck_assert_uint_eq(seen.count, 2);
	ck_assert_str_eq(seen.names[0], "Example Lotus");
	ck_assert_str_eq(seen.statuses[1], "banned");
	MUST(recruiters_each(fixture_store, "KE", take, &seen));
	ck_assert_uint_eq(seen.count, 2);
}
END_TEST

START_TEST(a_new_list_replaces_its_country_alone)
{
	struct recruiter_list kenya = nepal;
	struct recruiter_list *lists;
	struct seen seen = { 0 };
	size_t count;

	memcpy(kenya.country, "KE", 3);
	fixture_open();
	MUST(recruiters_replace(fixture_store, &nepal, rows, 2));
	MUST(recruiters_replace(fixture_store, &kenya, rows, 2));
	MUST(recruiters_replace(fixture_store, &nepal, rows + 1, 1));
	MUST(recruiters_lists(fixture_store, &lists, &count));
	ck_assert_uint_eq(count, 2);
	ck_assert_str_eq(lists[0].country, "KE");
	ck_assert_int_eq(lists[0].count, 2);
	ck_assert_int_eq(lists[1].count, 1);
	free(lists);
	MUST(recruiters_each(fixture_store, "NP", take, &seen));
	ck_assert_str_eq(seen.names[0], "Example Tiger");
}
END_TEST

START_TEST(a_list_with_a_wrong_row_leaves_the_one_before)
{
	struct recruiter wrong[2] = { rows[0], rows[1] };
	struct recruiter_list list = nepal;
	struct seen seen = { 0 };

	fixture_open();
	MUST(recruiters_replace(fixture_store, &nepal, rows, 2));
	wrong[1].status = "safe";
	ck_assert_int_eq(
	    recruiters_replace(fixture_store, &nepal, wrong, 2), REFUSED);
	wrong[1] = rows[1];
	wrong[1].name = "";
	ck_assert_int_eq(
	    recruiters_replace(fixture_store, &nepal, wrong, 2), REFUSED);
	memcpy(list.country, "np", 3);
	ck_assert_int_eq(
	    recruiters_replace(fixture_store, &list, rows, 2), REFUSED);
	MUST(recruiters_each(fixture_store, "NP", take, &seen));
	ck_assert_uint_eq(seen.count, 2);
}
END_TEST

static Suite *
recruiters_suite(void)
{
	Suite *suite = suite_create("recruiters");
	TCase *cases = tcase_create("recruiters");

	tcase_add_checked_fixture(cases, NULL, fixture_close);
	tcase_add_test(cases, a_list_is_read_as_it_was_put);
	tcase_add_test(cases, a_new_list_replaces_its_country_alone);
	tcase_add_test(cases, a_list_with_a_wrong_row_leaves_the_one_before);
	suite_add_tcase(suite, cases);
	return (suite);
}

CHECK_MAIN(recruiters_suite);
