#include "menus/menu_check.h"
#include "tests/check_main.h"
#include "tests/menus_copy.h"

enum { IN_DATE = 1800000000 }; /* 2027-01-15 */

static struct menus *menus;
static struct copy copy;
static struct check_findings findings;

static void
check_change(const struct change *change, int64_t now_utc_s)
{
	enum outcome outcome;

	findings = (struct check_findings){ 0 };
	ck_assert_int_eq(copy_load(&copy, change, &menus), DONE);
	outcome = menus_check(menus, now_utc_s, &findings);
	ck_assert_int_eq(
	    outcome == DONE, findings.of_severity[FINDING_ERROR] == 0);
	menus_free(menus);
	copy_remove(&copy);
}

static const struct finding *
find(const char *what)
{
	for (size_t i = 0; i < findings.count; i++)
		if (strstr(findings.list[i].what, what) != NULL)
			return (&findings.list[i]);
	return (NULL);
}

#define HUNDRED \
	"one two three four five six seven eight nine ten eleven twelve one" \
	" two three four five six seven eig "

#define GULF "trees/gulf.cfg"
#define SYS  "trees/system.cfg"

/* A change that loads, what is found, how grave. */
static const struct {
	struct change change;
	enum finding_severity severity;
} flaws[] = {
	{ { GULF, "to = \"long\"", "to = \"rights\"", NULL, 12,
	      "ever reaches the screen 'long'" },
	    FINDING_WARNING },
	/* A small page ends before it. */
	{ { GULF, "HELP reaches a person.",
	      "One two three four five six " HUNDRED ". HELP: a person.", NULL,
	      0, "does not say HELP in 'en'" },
	    FINDING_WARNING },
	/* On the line where the corridor begins. */
	{ { GULF, "zone = \"UTC+3\";", "", NULL, -9, "has no zone" },
	    FINDING_WARNING },
	{ { GULF, "HELP reaches a person.", "Reply with a number.", NULL, -3,
	      "does not say HELP" },
	    FINDING_ERROR },
	{ { GULF, "\"My rights\"", "\"Check a job\"", NULL, 0,
	      "have the same words in 'en'" },
	    FINDING_ERROR },
	{ { GULF, "\"My rights\"", "\"Start\"", NULL, 0,
	      "is also a command in 'en'" },
	    FINDING_WARNING },
	{ { SYS, "leave = \"leave|end\"", "leave = \"leave|stop\"", NULL,
	      NOWHERE, "'stop' stands for stop and for leave in 'en'" },
	    FINDING_ERROR },
	{ { GULF, "reviewed = \"\"", "reviewed = \"\"", NULL, -10,
	      "was not reviewed by survivors" },
	    FINDING_WARNING },
	{ { GULF, "id = \"long\";\n", "id = \"long\";\n", NULL, -1,
	      "'long' takes 4 SMS parts in 'en'" },
	    FINDING_ERROR },
	/* Every channel, with the longest of what is filled in. */
	{ { GULF, "\"My rights\"", "\"My rights and " HUNDRED HUNDRED "\"",
	      NULL, -6, "does not fit a USSD page of 182 letters" },
	    FINDING_ERROR },
	{ { GULF, "\"My rights\"", "\"My rights and " HUNDRED "now and then\"",
	      NULL, -6, "does not fit a USSD page of 128 letters" },
	    FINDING_ERROR },
	{ { "locales/ne.po", "msgstr \"काम जाँच्नुहोस्\"",
	      "msgstr \"काम जाँच्नुहोस् काम जाँच्नुहोस् काम जाँच्नुहोस् काम"
	      " जाँच्नुहोस्\"",
	      GULF, NOWHERE, "USSD page of 160 letters (70 in other" },
	    FINDING_ERROR },
	{ { SYS, "stopped = \"OK\"", "stopped = \"" HUNDRED HUNDRED "\"", NULL,
	      0, "'stopped' does not fit a USSD page of 182 letters" },
	    FINDING_ERROR },
	{ { SYS, "stopped = \"OK\"",
	      "stopped = \"" HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED "\"", NULL,
	      0, "'stopped' takes 4 SMS parts in 'en'" },
	    FINDING_ERROR },
	{ { SYS, "next = \"Next\"", "next = \"" HUNDRED HUNDRED "\"", NULL, 0,
	      "'next' does not fit a USSD page of 182 letters" },
	    FINDING_ERROR },
	{ { GULF, "We are checking the limit.",
	      HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED, NULL, -4,
	      "'papers' with its text_without takes 4 SMS parts" },
	    FINDING_ERROR },
	{ { GULF, "You have rights.",
	      HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED
		  HUNDRED HUNDRED,
	      NULL, 0, "takes more than 8 USSD pages of 120 letters" },
	    FINDING_WARNING },
	/* A fact that is not shown yet may be tomorrow. */
	{ { "facts/gulf.csv", "\"10,000\"",
	      "\"" HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED "\"", GULF, NOWHERE,
	      "'papers' takes 4 SMS parts" },
	    FINDING_ERROR },
	/* A notice that begins in years makes the home screen too long. */
	{ { "trees/sea.cfg", "Boats will sail.",
	      HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED, NULL, NOWHERE,
	      "'harbour' takes 4 SMS parts" },
	    FINDING_ERROR },
	/* {months} is at most 2000000000: ten letters where a small number
	 * would leave room. */
	{ { "trees/shared/kinds.cfg", "{months} months.",
	      HUNDRED "{months} months.", NULL, NOWHERE,
	      "takes 2 SMS parts in 'en' (166 characters)" },
	    FINDING_WARNING },
	{ { "locales/ne.po", "X-Review: draft", "X-Review: draft", NULL, -5,
	      "'ne' is a draft" },
	    FINDING_WARNING },
	{ { "trees/shared/help.cfg", "\"safe\";\n", "\"safe\";\n", NULL, -1,
	      "texts of 'safe', which leads to a person" },
	    FINDING_WARNING },
	{ { "facts/gulf.csv", "at most\"\"\",yes", "at most\"\"\",no", NULL, 0,
	      "'fee_limit' is not checked or not shown" },
	    FINDING_WARNING },
	{ { "facts/gulf.csv", "2027-06-01", "2026-12-01", NULL, 0,
	      "'fee_limit' is out of date" },
	    FINDING_WARNING },
	{ { "facts/gulf.csv", "2027-06-01", "2029-06-01", NULL, 0,
	      "more than a year" },
	    FINDING_NOTE },
};

START_TEST(a_flaw_is_found_with_its_file_and_line)
{
	const struct change *change = &flaws[_i].change;
	const struct finding *finding;

	check_change(change, IN_DATE);
	finding = find(change->words);
	ck_assert_msg(finding != NULL, "not found: %s", change->words);
	ck_assert_ptr_nonnull(strstr(finding->file,
	    change->blamed != NULL ? change->blamed : change->file));
	if (change->lines != NOWHERE)
		ck_assert_int_eq(finding->line, copy.line + change->lines);
	ck_assert_int_eq(finding->severity, flaws[_i].severity);
	ck_assert_int_gt((int)strlen(finding->act), 0);
	check_findings_free(&findings);
}
END_TEST

START_TEST(what_is_right_is_not_found)
{
	size_t sum = 0;

	check_change(NULL, IN_DATE);
	ck_assert_ptr_null(find("ever reaches"));
	ck_assert_ptr_null(find("is out of date"));
	ck_assert_ptr_null(find("does not say HELP"));
	ck_assert_ptr_null(find("have the same words"));
	ck_assert_ptr_null(find("'ne-Latn' is a draft"));
	for (int i = 0; i < FINDING_SEVERITIES; i++)
		sum += findings.of_severity[i];
	ck_assert_uint_eq(sum, findings.count);
	check_findings_free(&findings);
	ck_assert_uint_eq(findings.count, 0);
}
END_TEST

START_TEST(the_corridors_we_ship_have_no_errors)
{
	ck_assert_int_eq(
	    menus_load(SOURCE_TREE "/menus", SOURCE_TREE "/locales", &menus),
	    DONE);
	findings = (struct check_findings){ 0 };
	if (menus_check(menus, IN_DATE, &findings) != DONE)
		for (size_t i = 0; i < findings.count; i++)
			ck_assert_msg(
			    findings.list[i].severity != FINDING_ERROR,
			    "%s:%d: %s", findings.list[i].file,
			    findings.list[i].line, findings.list[i].what);
	check_findings_free(&findings);
	menus_free(menus);
}
END_TEST

static Suite *
suite_of_menu_check(void)
{
	Suite *suite = suite_create("menu_check");
	TCase *cases = tcase_create("findings");

	tcase_add_loop_test(cases, a_flaw_is_found_with_its_file_and_line, 0,
	    (int)COUNT_OF(flaws));
	tcase_add_test(cases, what_is_right_is_not_found);
	tcase_add_test(cases, the_corridors_we_ship_have_no_errors);
	suite_add_tcase(suite, cases);
	return (suite);
}

CHECK_MAIN(suite_of_menu_check);
