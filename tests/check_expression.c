#include "menus/expression.h"
#include "tests/check_main.h"

static struct expression_home *home;

static void
set_up(void)
{
	home = expression_home_open();
}

static void
tear_down(void)
{
	expression_home_close(home);
}

/* risk is 7, wage 1200, word 'yes', nothing NULL. */
static void
lookup(const void *context, const char *name, struct expression_value *value_r)
{
	(void)context;
	if (strcmp(name, "risk") == 0)
		*value_r = (struct expression_value){ 1, 7, NULL };
	else if (strcmp(name, "wage") == 0)
		*value_r = (struct expression_value){ 1, 1200, NULL };
	else if (strcmp(name, "word") == 0)
		*value_r = (struct expression_value){ 0, 0, "yes" };
}

static const struct {
	const char *words;
	int holds;
	int64_t number;
} good[] = {
	{ ":risk >= 7", 1, 1 },
	{ ":risk > 7", 0, 0 },
	{ ":word = 'yes' AND :risk < 10", 1, 1 },
	{ ":word <> 'yes'", 0, 0 },
	{ ":nothing IS NULL", 1, 1 },
	{ ":nothing = 'yes'", 0, -1 },
	{ ":nothing <> 'yes'", 0, -1 },
	{ "coalesce(:nothing, 4) = 4", 1, 1 },
	{ ":word IN ('no', 'yes')", 1, 1 },
	{ "CASE WHEN :risk > 5 THEN 2 ELSE 1 END", 1, 2 },
	{ "CASE WHEN :risk > 9\n THEN 2 ELSE 0 END", 0, 0 },
	{ "(:wage * 3 - 600) / :risk", 1, 428 },
	{ "max(:risk, :wage, 3)", 1, 1200 },
	{ "round(abs(0 - :risk))", 1, 7 },
	{ "0.5", 1, 0 },
	{ ":risk / 0", 0, -1 },
	{ ":word = 'it''s ) ; --'", 0, 0 },
};

START_TEST(a_condition_is_worth_what_sql_says)
{
	struct expression *expression = NULL;
	struct text why = { 0 };

	ck_assert_int_eq(
	    expression_compile(home, good[_i].words, &expression, &why), DONE);
	/* Twice, since a statement must not keep anything. */
	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(
		    expression_holds(expression, lookup, NULL), good[_i].holds);
		ck_assert_int_eq(
		    expression_number(expression, lookup, NULL, -1),
		    good[_i].number);
	}
	expression_free(expression);
	text_free(&why);
}
END_TEST

static const struct {
	const char *words;
	const char *why;
} bad[] = {
	{ "", "empty" },
	{ "  ", "empty" },
	{ ":risk >=", "syntax" },
	{ ":risk >= 5; DROP TABLE x", "no place" },
	{ "1) FROM (SELECT 1", "too many" },
	{ "1), (2", "too many" },
	{ "1, 2", "" },
	{ "(SELECT 1)", "SELECT" },
	{ "EXISTS (SELECT 1)", "SELECT" },
	{ "1 IN sqlite_schema", "" },
	{ "(VALUES (1))", "" },
	{ "1 -- comment", "comments" },
	{ "1 /* comment */", "comments" },
	{ "load_extension('x')", "no such function" },
	{ "random() > 0", "no such function" },
	{ "date('now') > 0", "no such function" },
	{ "current_timestamp > 0", "function" },
	{ "zeroblob(1000000000)", "no such function" },
	{ ":word LIKE 'y%'", "no such function" },
	{ ":word = \"yes\"", "single quotes" },
	{ "risk > 1", "written :name" },
	{ "?1 > 1", "written :name" },
	{ "@risk > 1", "written :name" },
	{ ":word = 'yes", "quotation mark" },
	{ "(:risk > 1", ") is missing" },
	{ "RAISE(ABORT, 'x')", "" },
	{ "1 UNION SELECT 2", "" },
};

START_TEST(what_is_no_condition_is_refused_with_a_reason)
{
	struct expression *expression = NULL;
	struct text why = { 0 };

	ck_assert_msg(expression_compile(
			  home, bad[_i].words, &expression, &why) == REFUSED,
	    "taken: %s", bad[_i].words);
	ck_assert_ptr_null(expression);
	ck_assert_msg(
	    why.length > 0 && strstr(text_string(&why), bad[_i].why) != NULL,
	    "'%s': %s", bad[_i].words, text_string(&why));
	text_free(&why);
}
END_TEST

START_TEST(a_condition_is_bounded_in_length_and_depth)
{
	struct expression *expression = NULL;
	struct text words = { 0 };
	struct text why = { 0 };

	for (int i = 0; i < 100; i++)
		text_add(&words, "(1+");
	text_add(&words, "1");
	for (int i = 0; i < 100; i++)
		text_add(&words, ")");
	ck_assert_int_eq(
	    expression_compile(home, text_string(&words), &expression, &why),
	    REFUSED);
	text_clear(&words);
	text_add(&words, "1");
	for (int i = 0; i < EXPRESSION_MAX_BYTES; i++)
		text_add(&words, " ");
	ck_assert_int_eq(
	    expression_compile(home, text_string(&words), &expression, &why),
	    REFUSED);
	text_free(&words);
	text_free(&why);
}
END_TEST

START_TEST(the_names_a_condition_asks_for_are_told_once_each)
{
	struct expression *expression = NULL;
	struct text why = { 0 };

	ck_assert_int_eq(
	    expression_compile(home, ":risk > 1 or :word = 'a' or :risk < 0",
		&expression, &why),
	    DONE);
	ck_assert_uint_eq(expression_name_count(expression), 2);
	ck_assert_str_eq(expression_name(expression, 0), "risk");
	ck_assert_str_eq(expression_name(expression, 1), "word");
	expression_free(expression);
}
END_TEST

static Suite *
suite_of_expression(void)
{
	Suite *suite = suite_create("expression");
	TCase *cases = tcase_create("conditions");

	tcase_add_checked_fixture(cases, set_up, tear_down);
	tcase_add_loop_test(
	    cases, a_condition_is_worth_what_sql_says, 0, (int)COUNT_OF(good));
	tcase_add_loop_test(cases,
	    what_is_no_condition_is_refused_with_a_reason, 0,
	    (int)COUNT_OF(bad));
	tcase_add_test(cases, a_condition_is_bounded_in_length_and_depth);
	tcase_add_test(
	    cases, the_names_a_condition_asks_for_are_told_once_each);
	suite_add_tcase(suite, cases);
	return (suite);
}

CHECK_MAIN(suite_of_expression);
