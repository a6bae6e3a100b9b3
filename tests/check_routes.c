/* Which line a text leaves by, as tables. */
#include "gateway/hub/routes.h"

#include <string.h>

#include "gateway/base/outcome.h"
#include "tests/check_main.h"

enum { AFTER_S = 600 };

/* -- by prefix, cost and order ------------------------------------------------- */

static char nepal[] = "+977", nepal_cell[] = "+97798", qatar[] = "+974",
	    all[] = "+";
static char ntc[] = "ntc", ncell[] = "ncell", gulf[] = "gulf",
	    codes[] = "codes";

static struct route_line lines[] = {
	{ ntc, "nepal-gulf", 1, 0, 1, 0, 0, 0, AFTER_S },
	{ ncell, "nepal-gulf", 1, 0, 1, 0, 0, 0, AFTER_S },
	{ gulf, "gulf", 1, 0, 1, 0, 0, 0, AFTER_S },
	{ codes, "nepal-gulf", 0, 0, 1, 0, 0, 0, AFTER_S },
};
static const struct route_settings rules[] = {
	{ nepal, ntc, 3 },
	{ nepal, ncell, 2 },
	{ nepal_cell, ntc, 9 },
	{ all, gulf, 5 },
	{ all, ncell, 7 },
	{ qatar, codes, 0 },
};
static const struct routes routes = { lines, 4, rules, 6 };

static const struct {
	const char *number;
	const char *line;
} new_numbers[] = {
	{ "+9771555000", "ncell" }, /* the cheaper of two */
	{ "+9779841000001", "ntc" }, /* the longer prefix, though dearer */
	{ "+96655500000", "gulf" }, /* no other fits */
	{ "+97455500000", "gulf" }, /* a line of codes carries no text */
};

START_TEST(a_new_number_goes_by_the_longest_prefix_and_then_the_cheapest)
{
	size_t found = routes_for_new(&routes, new_numbers[_i].number);

	ck_assert_uint_lt(found, routes.line_count);
	ck_assert_str_eq(lines[found].name, new_numbers[_i].line);
}
END_TEST

START_TEST(of_two_alike_the_first_is_taken)
{
	const struct route_settings alike[] = { { nepal, ncell, 2 },
		{ nepal, ntc, 2 } };
	const struct routes two = { lines, 4, alike, 2 };

	ck_assert_uint_eq(routes_for_new(&two, "+9779841000001"), 1);
}
END_TEST

START_TEST(a_number_that_no_rule_fits_has_no_route)
{
	const struct routes few = { lines, 4, rules, 3 };

	ck_assert_uint_eq(routes_for_new(&few, "+96655500000"), ROUTE_NONE);
}
END_TEST

START_TEST(a_new_number_is_not_sent_elsewhere_when_its_line_is_away)
{
	struct route_line away[4];
	const struct routes now = { away, 4, rules, 6 };

	memcpy(away, lines, sizeof(away));
	away[1].can_send = 0;
	away[1].away_s = 100000;
	ck_assert_uint_eq(routes_for_new(&now, "+9771555000"), 1);
}
END_TEST

/* -- for a line that is away ----------------------------------------------------- */

/* Line `a` is asked about; `b` and `c` may stand in. */
static const struct {
	int a_up, a_allows;
	int64_t a_away_s, after_s;
	int b_up, b_spent, b_same;
	int c_up, c_spent;
	size_t callers, staff;
} stands[] = {
	/* up: it carries its own, whatever the others are */
	{ 1, 1, 0, 600, 1, 0, 1, 1, 0, 0, 0 },
	{ 1, 0, 0, 600, 1, 0, 1, 1, 0, 0, 0 },
	/* away, but not for long: a caller waits, staff nearly not */
	{ 0, 1, 9, 600, 1, 0, 1, 1, 0, ROUTE_NONE, ROUTE_NONE },
	{ 0, 1, 10, 600, 1, 0, 1, 1, 0, ROUTE_NONE, 1 },
	{ 0, 1, 599, 600, 1, 0, 1, 1, 0, ROUTE_NONE, 1 },
	{ 0, 1, 600, 600, 1, 0, 1, 1, 0, 1, 1 },
	/* not where the corridor has not allowed it, however long */
	{ 0, 0, 99999, 600, 1, 0, 1, 1, 0, ROUTE_NONE, 1 },
	/* 0 is never */
	{ 0, 1, 99999, 0, 1, 0, 1, 1, 0, ROUTE_NONE, 1 },
	/* not by a line that is away itself */
	{ 0, 1, 600, 600, 0, 0, 1, 1, 0, 2, 2 },
	{ 0, 1, 600, 600, 0, 0, 1, 0, 0, ROUTE_NONE, ROUTE_NONE },
	/* a caller's not by another corridor's */
	{ 0, 1, 600, 600, 1, 0, 0, 1, 0, 2, 1 },
	{ 0, 1, 600, 600, 1, 0, 0, 0, 0, ROUTE_NONE, 1 },
	/* rather by one whose day is not spent, but by that if need be */
	{ 0, 1, 600, 600, 1, 1, 1, 1, 0, 2, 2 },
	{ 0, 1, 600, 600, 1, 1, 1, 0, 0, 1, 1 },
	{ 0, 1, 600, 600, 1, 1, 1, 1, 1, 1, 1 },
};

START_TEST(a_line_stands_in_only_where_all_of_it_allows)
{
	struct route_line three[] = {
		{ "a", "x", 1, 0, stands[_i].a_up, 0, stands[_i].a_allows,
		    stands[_i].a_away_s, stands[_i].after_s },
		{ "b", stands[_i].b_same ? "x" : "y", 1, 0, stands[_i].b_up,
		    stands[_i].b_spent, 0, 0, 600 },
		{ "c", "x", 1, 0, stands[_i].c_up, stands[_i].c_spent, 0, 0,
		    600 },
	};
	const struct routes now = { three, 3, NULL, 0 };

	ck_assert_uint_eq(routes_stand_in(&now, 0), stands[_i].callers);
	ck_assert_uint_eq(routes_stand_in_for_staff(&now, 0), stands[_i].staff);
}
END_TEST

START_TEST(a_line_of_dialled_codes_stands_in_for_nobody)
{
	struct route_line two[] = {
		{ "a", "x", 1, 0, 0, 0, 1, 600, 600 },
		{ "b", "x", 0, 0, 1, 0, 1, 0, 600 },
	};
	const struct routes now = { two, 2, NULL, 0 };

	ck_assert_uint_eq(routes_stand_in(&now, 0), ROUTE_NONE);
	ck_assert_uint_eq(routes_stand_in_for_staff(&now, 0), ROUTE_NONE);
}
END_TEST

START_TEST(a_phone_in_a_terminal_stands_in_for_no_modem)
{
	struct route_line two[] = {
		{ "a", "x", 1, 0, 0, 0, 1, 600, 600 },
		{ "demo", "x", 1, 1, 1, 0, 1, 0, 600 },
	};
	const struct routes now = { two, 2, NULL, 0 };
	const struct staff_route wanted = { "", "+9771555000", NULL };

	ck_assert_uint_eq(routes_stand_in(&now, 0), ROUTE_NONE);
	ck_assert_uint_eq(routes_stand_in_for_staff(&now, 0), ROUTE_NONE);
	ck_assert_uint_eq(routes_for_staff(&now, &wanted), ROUTE_NONE);
	/* With nothing but demo lines it is a training, and does. */
	two[0].is_demo = 1;
	ck_assert_uint_eq(routes_stand_in(&now, 0), 1);
	ck_assert_uint_eq(routes_for_staff(&now, &wanted), 1);
}
END_TEST

/* -- phones of staff -------------------------------------------------------------- */

static const struct {
	const char *own, *not_by;
	int ntc_up, ncell_up, gulf_up;
	const char *line; /* NULL: none */
} phones[] = {
	{ "ntc", NULL, 1, 1, 1, "ntc" },
	{ "ntc", NULL, 0, 1, 1, "ncell" }, /* by the rules */
	{ "ntc", "ntc", 1, 1, 1, "ncell" }, /* never by the sick one */
	{ "", NULL, 1, 1, 1, "ncell" },
	{ "", "ncell", 1, 1, 1, "ntc" },
	{ "", NULL, 0, 0, 1, "gulf" },
	{ "", "gulf", 0, 0, 1, NULL },
	{ "gone", NULL, 0, 0, 0, NULL },
};

START_TEST(staff_are_texted_by_a_line_that_is_up_and_not_the_sick_one)
{
	struct route_line now[4];
	const struct routes routes_now = { now, 4, rules, 6 };
	const struct staff_route wanted = { phones[_i].own, "+9771555000",
		phones[_i].not_by };
	size_t found;

	memcpy(now, lines, sizeof(now));
	now[0].can_send = phones[_i].ntc_up;
	now[1].can_send = phones[_i].ncell_up;
	now[2].can_send = phones[_i].gulf_up;
	found = routes_for_staff(&routes_now, &wanted);
	if (phones[_i].line == NULL)
		ck_assert_uint_eq(found, ROUTE_NONE);
	else
		ck_assert_str_eq(now[found].name, phones[_i].line);
}
END_TEST

static const struct {
	int a_up, a_allows, a_spent, b_up, b_allows;
	size_t callers; /* of a's corridor */
	size_t staff;
} gone[] = {
	{ 1, 1, 0, 1, 1, 0, 0 },
	{ 1, 0, 0, 1, 1, ROUTE_NONE, 0 },
	{ 0, 1, 0, 1, 1, ROUTE_NONE, 1 },
	{ 0, 1, 0, 0, 1, ROUTE_NONE, ROUTE_NONE },
	{ 1, 1, 1, 1, 1, 0, 1 },
};

START_TEST(for_a_line_that_is_gone_its_callers_corridor_counts)
{
	struct route_line three[] = {
		{ "a", "x", 1, 0, gone[_i].a_up, gone[_i].a_spent,
		    gone[_i].a_allows, 0, 600 },
		{ "b", "y", 1, 0, gone[_i].b_up, 0, gone[_i].b_allows, 0, 600 },
		{ "demo", "x", 1, 1, 1, 0, 1, 0, 600 },
	};
	const struct routes now = { three, 3, NULL, 0 };

	ck_assert_uint_eq(
	    routes_stand_in_for_gone(&now, "x"), gone[_i].callers);
	ck_assert_uint_eq(routes_stand_in_for_gone(&now, NULL), gone[_i].staff);
}
END_TEST

static Suite *
suite_of_routes(void)
{
	Suite *suite = suite_create("routes");
	TCase *tcase = tcase_create("tables");

	tcase_add_loop_test(tcase,
	    a_new_number_goes_by_the_longest_prefix_and_then_the_cheapest, 0,
	    (int)COUNT_OF(new_numbers));
	tcase_add_test(tcase, of_two_alike_the_first_is_taken);
	tcase_add_test(tcase, a_number_that_no_rule_fits_has_no_route);
	tcase_add_test(
	    tcase, a_new_number_is_not_sent_elsewhere_when_its_line_is_away);
	tcase_add_loop_test(tcase, a_line_stands_in_only_where_all_of_it_allows,
	    0, (int)COUNT_OF(stands));
	tcase_add_test(tcase, a_line_of_dialled_codes_stands_in_for_nobody);
	tcase_add_test(tcase, a_phone_in_a_terminal_stands_in_for_no_modem);
	tcase_add_loop_test(tcase,
	    staff_are_texted_by_a_line_that_is_up_and_not_the_sick_one, 0,
	    (int)COUNT_OF(phones));
	tcase_add_loop_test(tcase,
	    for_a_line_that_is_gone_its_callers_corridor_counts, 0,
	    (int)COUNT_OF(gone));
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(suite_of_routes);
