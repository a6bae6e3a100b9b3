/* What may leave: only what was set, only with consent, nothing small, nothing
 * that an earlier release gives away. */
#include "gateway/base/csv.h"
#include "gateway/base/csv_write.h"
#include "gateway/desk/case_facts_set.h"
#include "gateway/desk/exports.h"
#include "store/audit.h"
#include "store/releases.h"
#include "tests/check_main.h"
#include "tests/desk_world.h"

#define REF       "KM7P4"
#define OTHER_REF "Q3QAC"
#define NOTE      "her brother Hari lives in Pokhara"
#define ANSWERED  "What-she-answered"

enum { WEEK_S = 7 * 86400 };

static struct world world;

static void
open_world(void)
{
	struct request request;

	world_open(&world);
	world_add_request(&world, REF, WORLD_NUMBER);
	world_add_request(&world, OTHER_REF, "+9779807654321");
	request = world_request(&world, REF);
	ck_assert_int_eq(store_begin(world.store), DONE);
	ck_assert_int_eq(
	    requests_update(world.store, request.id, URGENCY_HIGH, "yes", 0,
		"need\tWhat help?\t" ANSWERED "\n", WORLD_NOW_UTC_S),
	    DONE);
	ck_assert_int_eq(store_commit(world.store), DONE);
	ck_assert_int_eq(
	    cases_claim(world_errand(&world, &world.sita, REF)), DONE);
	ck_assert_int_eq(
	    cases_claim(world_errand(&world, &world.sita, OTHER_REF)), DONE);
	ck_assert_int_eq(
	    cases_note(world_errand(&world, &world.sita, REF), NOTE), DONE);
}

static void
close_world(void)
{
	world_close(&world);
}

static void
set(const char *ref, const char *name, const char *value)
{
	struct text trouble = { 0 };

	ck_assert_msg(cases_set_fact(world_errand(&world, &world.sita, ref),
			  name, value, &trouble) == DONE,
	    "%s: %s", name, text_string(&trouble));
	text_free(&trouble);
}

/* -- CSV -------------------------------------------------------------------- */

static const struct guard_case {
	const char *field;
	const char *written;
} guard_cases[] = {
	{ "plain", "plain\r\n" },
	{ "", "\r\n" },
	{ "=1+1", "\"'=1+1\"\r\n" },
	{ "+977", "\"'+977\"\r\n" },
	{ "-2", "\"'-2\"\r\n" },
	{ "@SUM(A1)", "\"'@SUM(A1)\"\r\n" },
	{ "\t=1", "\"'\t=1\"\r\n" },
	{ "\r=1", "\"'\r=1\"\r\n" },
	{ "  =1", "\"'  =1\"\r\n" },
	{ "\xef\xbc\x9d"
	  "1",
	    "\"'\xef\xbc\x9d"
	    "1\"\r\n" },
	{ "a,b", "\"a,b\"\r\n" },
	{ "say \"x\"", "\"say \"\"x\"\"\"\r\n" },
	{ "18-24", "18-24\r\n" },
	{ "NP;IN", "NP;IN\r\n" },
};

START_TEST(a_field_that_looks_like_a_formula_is_guarded)
{
	const struct guard_case *one = &guard_cases[_i];
	struct text out = { 0 };

	csv_write_row(&out, &one->field, 1);
	ck_assert_str_eq(out.bytes, one->written);
	text_free(&out);
}
END_TEST

/* -- HTCDS ------------------------------------------------------------------ */

START_TEST(cases_leave_with_consent_only_and_with_nothing_but_facts)
{
	struct export_htcds wish = { .now_utc_s = WORLD_NOW_UTC_S };
	struct text out = { 0 };
	enum export_reason why;

	set(REF, "prs_Gender", "Feminine");
	set(REF, "vic_MethodsOfControl", "WithholdsDocuments;DebtBondage");
	set(OTHER_REF, "prs_Gender", "Masculine");
	ck_assert_int_eq(
	    exports_htcds(&world.sita, &wish, &out, &why), NOTHING);
	ck_assert_int_eq(why, EXPORT_EMPTY);
	ck_assert_uint_eq(wish.left_out, 2);
	set(REF, "con_Consent", "true");
	ck_assert_int_eq(exports_htcds(&world.sita, &wish, &out, &why), DONE);
	ck_assert_uint_eq(wish.left_out, 1);
	ck_assert_ptr_nonnull(strstr(out.bytes, "wmk_Record,prs_Gender,"));
	ck_assert_ptr_nonnull(strstr(out.bytes, "\r\n1,Feminine,"));
	ck_assert_ptr_nonnull(
	    strstr(out.bytes, "DebtBondage;WithholdsDocuments"));
	ck_assert_ptr_null(strstr(out.bytes, "Masculine"));
	ck_assert_ptr_null(strstr(out.bytes, REF));
	ck_assert_ptr_null(strstr(out.bytes, "977"));
	ck_assert_ptr_null(strstr(out.bytes, ANSWERED));
	ck_assert_ptr_null(strstr(out.bytes, "Hari"));
	ck_assert_ptr_null(strstr(out.bytes, "Sita"));
	text_clear(&out);
	wish.form = EXPORT_JSON;
	ck_assert_int_eq(exports_htcds(&world.sita, &wish, &out, &why), DONE);
	ck_assert_ptr_nonnull(strstr(out.bytes, "\"prs_Gender\":\"Feminine\""));
	text_free(&out);
}
END_TEST

START_TEST(every_heading_of_the_sheet_is_a_field)
{
	struct export_htcds wish = { .now_utc_s = WORLD_NOW_UTC_S };
	struct text out = { 0 };
	struct csv csv = { 0 };
	enum export_reason why;

	set(REF, "con_Consent", "true");
	ck_assert_int_eq(exports_htcds(&world.sita, &wish, &out, &why), DONE);
	csv_open(&csv, out.bytes);
	ck_assert_int_eq(csv_next(&csv), 1);
	ck_assert_str_eq(csv_field(&csv, 0), "wmk_Record");
	for (size_t i = 1; i < csv.count; i++)
		ck_assert_ptr_nonnull(htcds_find(csv_field(&csv, i)));
	csv_close(&csv);
	text_free(&out);
}
END_TEST

START_TEST(a_fact_is_sealed_and_gone_when_taken_away)
{
	struct case_facts facts;

	set(REF, "vic_TypeOfExploitation", "ForcedLabour");
	ck_assert_int_eq(world_holds(&world, "ForcedLabour"), 0);
	ck_assert_int_eq(world_holds(&world, "vic_TypeOfExploitation"), 0);
	ck_assert_int_eq(
	    cases_facts(world_errand(&world, &world.ram, REF), &facts), DONE);
	ck_assert_uint_eq(facts.count, 1);
	ck_assert_str_eq(facts.items[0].by, "Sita");
	ck_assert_int_eq(facts.items[0].at_utc_s, WORLD_NOW_UTC_S);
	case_facts_free(&facts);
	set(REF, "vic_TypeOfExploitation", "");
	ck_assert_int_eq(
	    cases_facts(world_errand(&world, &world.ram, REF), &facts), DONE);
	ck_assert_uint_eq(facts.count, 0);
	case_facts_free(&facts);
}
END_TEST

START_TEST(what_is_no_fact_is_refused_with_a_sentence)
{
	struct text trouble = { 0 };
	struct errand *errand = world_errand(&world, &world.sita, REF);

	ck_assert_int_eq(
	    cases_set_fact(errand, "prs_FirstName", "Durga", &trouble),
	    REFUSED);
	ck_assert_int_eq(errand->why, CASE_FINE);
	ck_assert_uint_gt(trouble.length, 0);
	text_clear(&trouble);
	ck_assert_int_eq(
	    cases_set_fact(errand, "prs_Gender", "Durga", &trouble), REFUSED);
	ck_assert_ptr_nonnull(strstr(trouble.bytes, "Feminine"));
	text_free(&trouble);
}
END_TEST

START_TEST(only_the_owner_sets_facts)
{
	struct text trouble = { 0 };
	struct errand *errand = world_errand(&world, &world.ram, REF);

	ck_assert_int_eq(
	    cases_set_fact(errand, "prs_Gender", "Feminine", &trouble),
	    REFUSED);
	ck_assert_int_eq(errand->why, CASE_TAKEN);
	text_free(&trouble);
}
END_TEST

/* -- tallies ---------------------------------------------------------------- */

static void
count(const char *corridor, const char *urgency, int64_t weeks_ago, int times)
{
	struct tally tally = { .what = TALLY_REQUEST,
		.corridor = corridor,
		.first = urgency,
		.second = "help",
		.third = "ne" };

	ck_assert_int_eq(store_begin(world.store), DONE);
	for (int i = 0; i < times; i++)
		ck_assert_int_eq(tallies_add(world.store, &tally,
				     WORLD_NOW_UTC_S - weeks_ago * WEEK_S),
		    DONE);
	ck_assert_int_eq(store_commit(world.store), DONE);
}

/* The same caller over and over, in every one of these weeks. */
static void
count_one_caller(int64_t weeks, int times)
{
	static const struct caller_key caller = { { 7 } };
	struct tally tally = { .what = TALLY_REQUEST,
		.corridor = "nepal-gulf",
		.first = "now",
		.second = "help",
		.third = "ne",
		.caller = &caller };

	ck_assert_int_eq(store_begin(world.store), DONE);
	for (int64_t ago = 1; ago <= weeks; ago++) {
		for (int i = 0; i < times; i++)
			ck_assert_int_eq(tallies_add(world.store, &tally,
					     WORLD_NOW_UTC_S - ago * WEEK_S),
			    DONE);
	}
	ck_assert_int_eq(store_commit(world.store), DONE);
}

static struct tally_week first_week;
static struct tally_week last_week;

static enum outcome
release(
    int64_t from_ago, int64_t to_ago, struct text *out, enum export_reason *why)
{
	struct export_tallies wish = { .first_week = first_week.text,
		.last_week = last_week.text,
		.rule = { 11, 5 },
		.now_utc_s = WORLD_NOW_UTC_S };

	first_week = tally_week_of(WORLD_NOW_UTC_S - from_ago * WEEK_S);
	last_week = tally_week_of(WORLD_NOW_UTC_S - to_ago * WEEK_S);
	text_clear(out);
	return (exports_tallies(&world.sita, &wish, out, why));
}

static size_t
count_ledger(void)
{
	struct release_ledger ledger;
	size_t entries;

	ck_assert_int_eq(releases_list(world.store, &ledger), DONE);
	entries = ledger.count;
	free(ledger.items);
	return (entries);
}

START_TEST(small_counts_are_not_there_and_the_rest_is_rounded_down)
{
	struct text out = { 0 };
	enum export_reason why;

	count("nepal-gulf", "low", 2, 43);
	count("nepal-gulf", "now", 2, 3);
	count("ukraine-eu", "low", 2, 28);
	ck_assert_int_eq(release(3, 1, &out, &why), DONE);
	ck_assert_ptr_nonnull(strstr(out.bytes, ",70\r\n")); /* of 74 */
	ck_assert_ptr_null(strstr(out.bytes, "now"));
	ck_assert_ptr_null(strstr(out.bytes, ",3\r\n"));
	ck_assert_uint_eq(count_ledger(), 1);
	text_free(&out);
}
END_TEST

START_TEST(one_caller_who_asks_often_makes_no_cell)
{
	struct text out = { 0 };
	enum export_reason why;

	count_one_caller(3, 11);
	ck_assert_int_eq(release(3, 1, &out, &why), NOTHING);
	ck_assert_int_eq(why, EXPORT_EMPTY);
	/* Among others they are one. */
	count("nepal-gulf", "now", 2, 14);
	ck_assert_int_eq(release(3, 1, &out, &why), DONE);
	ck_assert_ptr_nonnull(strstr(out.bytes, ",15\r\n"));
	ck_assert_ptr_null(strstr(out.bytes, ",45\r\n"));
	text_free(&out);
}
END_TEST

START_TEST(the_same_release_again_is_the_same_and_adds_nothing)
{
	struct text first = { 0 };
	struct text second = { 0 };
	enum export_reason why;

	count("nepal-gulf", "low", 2, 43);
	ck_assert_int_eq(release(3, 1, &first, &why), DONE);
	ck_assert_int_eq(release(3, 1, &second, &why), DONE);
	ck_assert_str_eq(first.bytes, second.bytes);
	ck_assert_uint_eq(count_ledger(), 1);
	text_free(&first);
	text_free(&second);
}
END_TEST

START_TEST(a_longer_release_that_tells_of_a_few_is_refused)
{
	struct text out = { 0 };
	enum export_reason why;

	count("nepal-gulf", "low", 4, 43);
	count("nepal-gulf", "low", 2, 4);
	ck_assert_int_eq(release(4, 3, &out, &why), DONE);
	ck_assert_int_eq(release(4, 1, &out, &why), REFUSED);
	ck_assert_int_eq(why, EXPORT_SINGLES_OUT);
	ck_assert_uint_eq(out.length, 0);
	ck_assert_uint_eq(count_ledger(), 1);
	/* Weeks that are all new may go: they are too few to be shown. */
	ck_assert_int_eq(release(2, 1, &out, &why), NOTHING);
	ck_assert_int_eq(why, EXPORT_EMPTY);
	text_free(&out);
}
END_TEST

START_TEST(what_is_left_between_two_earlier_releases_is_refused_too)
{
	struct text out = { 0 };
	enum export_reason why;

	count("nepal-gulf", "low", 8, 20);
	count("nepal-gulf", "low", 6, 3);
	count("nepal-gulf", "low", 4, 20);
	ck_assert_int_eq(release(8, 7, &out, &why), DONE);
	ck_assert_int_eq(release(5, 4, &out, &why), DONE);
	/* Less the first: 23; less the second: 23; less both: the three. */
	ck_assert_int_eq(release(8, 4, &out, &why), REFUSED);
	ck_assert_int_eq(why, EXPORT_SINGLES_OUT);
	text_free(&out);
}
END_TEST

START_TEST(a_longer_release_of_many_more_may_go)
{
	struct text out = { 0 };
	enum export_reason why;

	count("nepal-gulf", "low", 4, 43);
	count("nepal-gulf", "low", 2, 44);
	ck_assert_int_eq(release(4, 3, &out, &why), DONE);
	ck_assert_int_eq(release(4, 1, &out, &why), DONE);
	ck_assert_uint_eq(count_ledger(), 2);
	text_free(&out);
}
END_TEST

START_TEST(weeks_that_overlap_halfway_are_refused)
{
	struct text out = { 0 };
	enum export_reason why;

	for (int64_t week = 1; week < 9; week++)
		count("nepal-gulf", "low", week, 43);
	ck_assert_int_eq(release(8, 4, &out, &why), DONE);
	ck_assert_int_eq(release(6, 2, &out, &why), REFUSED);
	ck_assert_int_eq(why, EXPORT_OVERLAPS);
	ck_assert_int_eq(release(6, 5, &out, &why), REFUSED);
	ck_assert_int_eq(why, EXPORT_OVERLAPS);
	text_free(&out);
}
END_TEST

START_TEST(the_same_weeks_in_another_form_are_refused)
{
	struct export_tallies wish = { .rule = { 20, 5 },
		.now_utc_s = WORLD_NOW_UTC_S };
	struct text out = { 0 };
	enum export_reason why;

	count("nepal-gulf", "low", 2, 43);
	ck_assert_int_eq(release(3, 1, &out, &why), DONE);
	wish.first_week = first_week.text;
	wish.last_week = last_week.text;
	ck_assert_int_eq(
	    exports_tallies(&world.sita, &wish, &out, &why), REFUSED);
	ck_assert_int_eq(why, EXPORT_OTHER_FORM);
	text_free(&out);
}
END_TEST

static const struct wish_case {
	const char *first;
	const char *last;
	int64_t k;
	int64_t base;
	enum export_reason why;
} wish_cases[] = {
	{ "2026-W01", "2026-W04", 10, 5, EXPORT_BAD_RULE },
	{ "2026-W01", "2026-W04", 11, 1, EXPORT_BAD_RULE },
	{ "2026-W04", "2026-W01", 11, 5, EXPORT_BAD_WEEKS },
	{ "2026-W00", "2026-W04", 11, 5, EXPORT_BAD_WEEKS },
	{ "2026-01-01", "2026-W04", 11, 5, EXPORT_BAD_WEEKS },
	{ "2026-W01", "2026-W47", 11, 5, EXPORT_NOT_OVER },
	{ "2026-W01", "2030-W01", 11, 5, EXPORT_NOT_OVER },
};

START_TEST(a_wish_that_cannot_be_is_refused_with_its_reason)
{
	const struct wish_case *one = &wish_cases[_i];
	struct export_tallies wish = { .first_week = one->first,
		.last_week = one->last,
		.rule = { one->k, one->base },
		.now_utc_s = WORLD_NOW_UTC_S };
	struct text out = { 0 };
	enum export_reason why;

	ck_assert_str_eq(tally_week_of(WORLD_NOW_UTC_S).text, "2026-W47");
	ck_assert_int_eq(
	    exports_tallies(&world.sita, &wish, &out, &why), REFUSED);
	ck_assert_int_eq(why, one->why);
	ck_assert_uint_eq(out.length, 0);
}
END_TEST

START_TEST(only_a_lead_exports)
{
	struct export_tallies tallies = { .first_week = "2026-W01",
		.last_week = "2026-W02",
		.rule = { 11, 5 },
		.now_utc_s = WORLD_NOW_UTC_S };
	struct export_htcds htcds = { .now_utc_s = WORLD_NOW_UTC_S };
	struct text out = { 0 };
	enum export_reason why;

	ck_assert_int_eq(
	    exports_tallies(&world.ram, &tallies, &out, &why), REFUSED);
	ck_assert_int_eq(why, EXPORT_NOT_LEAD);
	ck_assert_int_eq(
	    exports_htcds(&world.ram, &htcds, &out, &why), REFUSED);
	ck_assert_int_eq(why, EXPORT_NOT_LEAD);
}
END_TEST

/* -- a caller's own record -------------------------------------------------- */

START_TEST(a_callers_record_holds_all_of_them_and_no_caseworkers_name)
{
	struct text out = { 0 };
	struct audit_filter filter = {
		.ref = REF, .since_utc_s = INT64_MIN, .most = 1
	};
	struct audit_list list;

	set(REF, "vic_MethodsOfControl", "DebtBondage;WithholdsDocuments");
	set(REF, "con_Consent", "TRUE");
	set(REF, "wmk_OriginCountry", "NP");
	ck_assert_int_eq(exports_case(world_errand(&world, &world.sita, REF),
			     EXPORT_CASE_TEXT, &out),
	    DONE);
	ck_assert_ptr_nonnull(strstr(out.bytes, WORLD_NUMBER));
	ck_assert_ptr_nonnull(strstr(out.bytes, ANSWERED));
	ck_assert_ptr_nonnull(strstr(out.bytes, NOTE));
	ck_assert_ptr_nonnull(
	    strstr(out.bytes, ": Debt bondage, Withholds documents\n"));
	ck_assert_ptr_nonnull(strstr(out.bytes, "Consent: yes\n"));
	ck_assert_ptr_nonnull(strstr(out.bytes, ": NP\n"));
	ck_assert_ptr_null(strstr(out.bytes, "Sita"));
	text_clear(&out);
	ck_assert_int_eq(exports_case(world_errand(&world, &world.sita, REF),
			     EXPORT_CASE_JSON, &out),
	    DONE);
	ck_assert_ptr_nonnull(strstr(out.bytes, "\"number\":\"" WORLD_NUMBER));
	ck_assert_ptr_null(strstr(out.bytes, "Sita"));
	ck_assert_int_ge(world_count_events(&world, REF, "record exported"), 2);
	ck_assert_int_eq(audit_read(world.store, &filter, &list), DONE);
	ck_assert_uint_eq(list.count, 1);
	free(list.items);
	text_free(&out);
}
END_TEST

START_TEST(a_record_is_for_the_owner_or_a_lead)
{
	struct text out = { 0 };
	struct errand *errand = world_errand(&world, &world.ram, REF);

	ck_assert_int_eq(exports_case(errand, EXPORT_CASE_TEXT, &out), REFUSED);
	ck_assert_int_eq(errand->why, CASE_TAKEN);
	ck_assert_uint_eq(out.length, 0);
}
END_TEST

static Suite *
suite_of_exports(void)
{
	Suite *suite = suite_create("exports");
	TCase *csv = tcase_create("csv");
	TCase *tests = tcase_create("exports");

	tcase_add_loop_test(csv, a_field_that_looks_like_a_formula_is_guarded,
	    0, (int)COUNT_OF(guard_cases));
	suite_add_tcase(suite, csv);
	tcase_add_unchecked_fixture(tests, world_make_once, world_remove);
	tcase_add_checked_fixture(tests, open_world, close_world);
	tcase_add_test(
	    tests, cases_leave_with_consent_only_and_with_nothing_but_facts);
	tcase_add_test(tests, every_heading_of_the_sheet_is_a_field);
	tcase_add_test(tests, a_fact_is_sealed_and_gone_when_taken_away);
	tcase_add_test(tests, what_is_no_fact_is_refused_with_a_sentence);
	tcase_add_test(tests, only_the_owner_sets_facts);
	tcase_add_test(
	    tests, small_counts_are_not_there_and_the_rest_is_rounded_down);
	tcase_add_test(tests, one_caller_who_asks_often_makes_no_cell);
	tcase_add_test(
	    tests, the_same_release_again_is_the_same_and_adds_nothing);
	tcase_add_test(tests, a_longer_release_that_tells_of_a_few_is_refused);
	tcase_add_test(
	    tests, what_is_left_between_two_earlier_releases_is_refused_too);
	tcase_add_test(tests, a_longer_release_of_many_more_may_go);
	tcase_add_test(tests, weeks_that_overlap_halfway_are_refused);
	tcase_add_test(tests, the_same_weeks_in_another_form_are_refused);
	tcase_add_loop_test(tests,
	    a_wish_that_cannot_be_is_refused_with_its_reason, 0,
	    (int)COUNT_OF(wish_cases));
	tcase_add_test(tests, only_a_lead_exports);
	tcase_add_test(
	    tests, a_callers_record_holds_all_of_them_and_no_caseworkers_name);
	tcase_add_test(tests, a_record_is_for_the_owner_or_a_lead);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_exports);
