#include "tests/check_main.h"
#include "tests/menus_copy.h"

static struct menus *menus;
static struct copy copy;

START_TEST(a_good_tree_loads_in_silence)
{
	const struct corridor *corridor;
	const struct screen *screen;

	ck_assert_int_eq(copy_load(&copy, NULL, &menus), DONE);
	ck_assert_str_eq(text_string(&copy.log), "");
	ck_assert_uint_eq(menus_corridor_count(menus), 2);
	corridor = menus_find_corridor(menus, "gulf");
	ck_assert_ptr_eq(corridor, menus_corridor_at(menus, 0));
	ck_assert_ptr_null(menus_find_corridor(menus, "gulg"));
	ck_assert_str_eq(corridor->languages[2], "ne-Latn");
	ck_assert_uint_eq(corridor->screen_count, 33);
	screen = corridor_find_screen(corridor, "receipt");
	/* The corridor's own words, looked up in the shared part. */
	ck_assert_str_eq(screen->text, "Do you have a real receipt?");
	ck_assert_str_eq(screen->part, "check");
	ck_assert_str_eq(screen->text_id, "check/receipt/text");
	ck_assert_str_eq(screen->options[0].text_id, "system/yes");
	ck_assert_ptr_null(corridor_find_screen(corridor, "receip"));
	menus_free(menus);
	copy_remove(&copy);
}
END_TEST

#define GULF  "trees/gulf.cfg"
#define CHECK "trees/shared/check.cfg"
#define HELP  "trees/shared/help.cfg"
#define SYS   "trees/system.cfg"
#define KINDS "trees/shared/kinds.cfg"
#define SEA   "trees/sea.cfg"
#define CSV   "facts/gulf.csv"
#define NE    "locales/ne.po"

/* Every mistake, and the line that has to be blamed. */
static const struct change mistakes[] = {
	/* Syntax */
	{ GULF, "\"You have rights.\"", "\"You have rights.", NULL, 0,
	    "a quotation mark is missing" },
	{ GULF, "id = \"papers\";\n    kind", "id \"papers\";\n    kind", NULL,
	    0, "look here and on the line above" },
	{ GULF, "};\ninclude", "};\n}\ninclude", NULL, 1, "syntax error" },
	{ GULF, "min = 100;", "min = 99999999999;", NULL, 0, "too large" },
	{ GULF, "max = 9000;", "max = 2000000001;", NULL, 0, "too large" },
	{ GULF, "include = (", "@include \"shared/help.cfg\"\nx = (", NULL, 0,
	    "@include is not used" },
	{ GULF, "That is little.", "That is \xff little.", NULL, 0,
	    "not UTF-8" },
	{ GULF, "That is little.", "That is \x07 little.", NULL, 0,
	    "control character" },
	{ GULF, "That is little.", "That is\\tlittle.", NULL, 0,
	    "control character" },
	{ GULF, "min = 100;", "min = 100; min = 200;", NULL, 0, "duplicate" },
	/* Words nobody knows */
	{ GULF, "min = 100;", "least = 100;", NULL, 0, "no meaning" },
	{ GULF, "id = \"rights\"; kind = \"info\"",
	    "id = \"rights\"; save = \"x\"; kind = \"info\"", NULL, 0,
	    "no meaning" },
	{ GULF, "reviewed = \"\";", "revewed = \"\";", NULL, 0, "no meaning" },
	{ CHECK, "no = 3; unsure", "noo = 3; unsure", NULL, 0, "no meaning" },
	{ SYS, "empty =", "emty =", NULL, 0, "no meaning" },
	{ SYS, "texts = {", "tests = {", NULL, NOWHERE, "texts = { ... }; is" },
	/* Missing and wrong types */
	{ GULF, "kind = \"info\"; text = \"You",
	    "kind = \"inof\"; text = \"You", NULL, 0,
	    "there is no kind 'inof'" },
	{ GULF, "answer = \"number\"", "answer = \"amount\"", NULL, 0,
	    "there is no answer 'amount'" },
	{ GULF, "text = \"You have rights.\";", "", NULL, 0,
	    "text is missing here" },
	{ GULF, "text = \"You have rights.\"", "text = \"\"", NULL, 0,
	    "may be empty only at an end" },
	{ GULF, "text = \"You have rights.\"", "text = ( \"a\", \"b\" )", NULL,
	    0, "must be a text in quotes" },
	{ GULF, "min = 100;", "min = \"100\";", NULL, 0,
	    "must be a whole number" },
	{ GULF, "min = 100;", "min = 1;", NULL, 0, "at least 2" },
	{ GULF, "max = 9000;", "max = 99;", NULL, -6, "max must be from min" },
	{ GULF, "skip = true;", "skip = \"yes\";", NULL, 0,
	    "must be true or false" },
	{ GULF, "languages = ( \"en\", \"ne\", \"ne-Latn\" );",
	    "languages = \"en\";", NULL, 0, "must be a list" },
	{ GULF, "languages = ( \"en\", ", "languages = ( \"en\", \"fr\", ",
	    NULL, -3, "locales/fr.po is missing" },
	{ GULF, "urgency = \"CASE", "ugency = \"CASE", NULL, -7,
	    "urgency is missing" },
	{ GULF, "id = \"wage\";", "id = \"Wage\";", NULL, 0, "small letter" },
	{ GULF, "save = \"wage\";", "save = \"wage-1\";", NULL, 0,
	    "small letter" },
	{ GULF, "corridor = {", "part = {", NULL, NOWHERE, "no meaning" },
	/* Screens and ways */
	{ GULF, "id = \"low-wage\"", "id = \"rights\"", NULL, 0,
	    "stands already in" },
	{ GULF, "override = true;", "", NULL, -3, "override = true" },
	{ GULF, "id = \"receipt\"", "id = \"reciept\"", NULL, -1,
	    "overrides nothing" },
	{ GULF, "to = \"rights\"; },\n      { id = \"helper\"",
	    "to = \"rihgts\"; },\n      { id = \"helper\"", NULL, 0,
	    "there is no screen 'rihgts'" },
	{ CHECK, "to = \"few\"", "to = \"fwe\"", NULL, 0,
	    "there is no screen 'fwe'" },
	{ GULF, "home = \"welcome\"", "home = \"welcom\"", NULL, -4,
	    "there is no screen 'welcom' for home" },
	{ GULF, "help = \"help-start\"", "help = \"help\"", NULL, -5,
	    "there is no screen 'help' for help" },
	{ HELP, "Your number is {ref}.\"; to", "\"; to", NULL, 0,
	    "must say {ref}" },
	{ GULF, "consent = \"consent\"", "consent = \"agreed\"", NULL, 0,
	    "no question saves 'agreed'" },
	{ CHECK, "{ to = \"few\"; }", "{ when = \":risk > 1\"; to = \"few\"; }",
	    NULL, 0, "the last way may have no when" },
	{ CHECK, "to = \"many\"; }, { to",
	    "to = \"many\"; }, { to = \"few\"; }"
	    ", { to",
	    NULL, 0, "comes last" },
	{ CHECK,
	    "next = ( { when = \":risk >= 5 OR :critical > 0\"; to ="
	    " \"many\"; }, { to = \"few\"; } );",
	    "to = \"result\";", NULL, -3, "leads back to itself" },
	{ HELP, "to = \"country\"", "tu = \"country\"", NULL, 0,
	    "to or next is missing" },
	{ CHECK, "{ id = \"no\"; text = \"Nothing yet\"; value = \"no\"; }",
	    "{ id = \"no\"; text = \"Nothing yet\"; value = \"yes\"; }", NULL,
	    0, "two options save" },
	{ CHECK, "{ id = \"no\"; text", "{ id = \"yes\"; text", NULL, 0,
	    "is there twice" },
	{ HELP, "effect = \"hold\"", "effect = \"held\"", NULL, 0,
	    "there is no effect 'held'" },
	/* Includes */
	{ GULF, "\"shared/kinds\" )", "\"shared/chekc\" )", NULL, 0,
	    "there is no trees/shared/chekc.cfg" },
	{ GULF, "\"shared/kinds\" )", "\"../check\" )", NULL, 0,
	    "leaves the folder" },
	{ CHECK, "screens = (", "include = ( \"shared/check\" );\nscreens = (",
	    NULL, 0, "a circle" },
	{ GULF, "\"shared/kinds\" )", "\"gulf\" )", NULL, 0, "circle" },
	/* Conditions */
	{ CHECK, ":risk >= 5 OR :critical > 0", ":risk >= 5 OR", NULL, 0,
	    "is not a condition" },
	{ CHECK, ":risk >= 5 OR :critical > 0", ":rsik >= 5", NULL, 0,
	    "there is no answer or score ':rsik'" },
	{ CHECK, ":risk >= 5 OR :critical > 0", "1 IN (SELECT 1)", NULL, 0,
	    "SELECT is not allowed" },
	{ GULF, "THEN 3 WHEN", "THEN random() WHEN", NULL, 0,
	    "there is no such function" },
	{ GULF, "unless = \":paid <> 'yes'\"", "unless = \":payd = 1\"", NULL,
	    -6, "there is no answer or score ':payd'" },
	{ GULF, "save = \"receipt\"", "save = \"risk\"", NULL, -5,
	    "is also saved or scored" },
	/* Placeholders and facts */
	{ GULF, "You have rights.", "You have {rights}.", NULL, 0,
	    "nothing that can be filled in" },
	{ GULF, "You have rights.", "You have {rights.", NULL, 0,
	    "has no partner" },
	{ GULF, "text_without = \"We are checking the limit.\";", "", NULL, -4,
	    "text_without is needed" },
	{ GULF, "NPR {fact:fee_limit}. Checked {fact:fee_limit:date}.",
	    "{fact:fee}", NULL, -3, "there is no fact 'fee'" },
	{ GULF, "We are checking the limit.", "{fact:fee_limit}", NULL, 0,
	    "it can name none" },
	{ CSV, "risk_note,show", "risk_note", NULL, 0,
	    "the column 'show' is missing" },
	{ CSV, "risk_note,show", "risk_note,shown", NULL, 0,
	    "there is no column 'shown'" },
	{ CSV, "hotline,1141", "fee_limit,1141", NULL, 0,
	    "stands already on line 2" },
	{ CSV, "2026-06-01,2027", "2026-06-31,2027", NULL, 0,
	    "must be a date" },
	{ CSV, "\"10,000\"", "10,000", NULL, 0, "11 fields" },
	{ CSV, ",,,,no", ",,,,maybe", NULL, 0, "must be yes or no" },
	{ CSV, "\"said \"\"at", "\"said \"at", NULL, 0, "behind a closing" },
	{ CSV, "hotline", "hot line", NULL, 0, "small letters" },
	{ CSV, "x", NULL, NULL, NOWHERE, ":1: there is no such file" },
	/* System texts */
	{ SYS, "From {min} to {max} please.", "From {low} on.", NULL, 0,
	    "may not have {low}" },
	{ SYS, "joined = \"Added to {ref}.\"", "joined = \"\"", NULL, 0,
	    "may not be empty" },
	{ SYS, "stop = \"stop\";", "stop = \"\";", NULL, 0,
	    "may not be empty" },
	{ SYS, "x", NULL, NULL, NOWHERE, "there is no such file" },
	/* Translations */
	{ NE, "Language: ne\\n", "Language: hi\\n", NULL, 0,
	    "the header says Language: 'hi'" },
	{ NE, "X-Script: Deva", "X-Script: Devanagari", NULL, 0, "X-Script" },
	{ NE, "charset=UTF-8", "charset=ASCII", NULL, 0, "charset" },
	{ NE, "msgid \"\"\nmsgstr", "msgid \"x\"\nmsgstr", NULL, 0,
	    "has no msgctxt" },
	{ NE, "msgstr \"हो\"", "msgstr हो\"", NULL, 0, "" },
	{ NE, "msgctxt \"system/no\"",
	    "msgctxt \"system/yes\"\nmsgid \"Yes\"\n"
	    "msgstr \"\"\n\nmsgctxt \"system/no\"",
	    NULL, 1, "duplicate" },
	{ NE, "msgctxt \"gulf/welcome/check\"\n", "", NULL, 0,
	    "has no msgctxt" },
	/* Kinds that remember, count and reckon */
	{ KINDS, "save = \"ready\";", "", NULL, -3, "save is missing" },
	{ KINDS, "{done} of {all} done.", "{done} of {most} done.", NULL, 0,
	    "{most} is nothing" },
	{ KINDS, "value = \"bag\";", "", NULL, 0, "value is missing" },
	{ KINDS, "value = \"bag\"", "value = \"bag\"; answer = true", NULL, 0,
	    "no meaning" },
	{ KINDS, "answer = true; },\n      { id = \"theirs",
	    "},\n      { id = \"theirs", NULL, -1,
	    "0 options have answer = true" },
	{ KINDS, "value = \"theirs\";", "value = \"theirs\"; answer = true;",
	    NULL, -2, "2 options have answer = true" },
	{ KINDS, "right = \"Right: the boss.\";", "", NULL, -10,
	    "right is missing" },
	{ KINDS, "wrong = \"It is yours.\"", "wrong = \"\"", NULL, 0,
	    "a kind explanation" },
	{ KINDS, "wrong = \"It is yours.\"", "wrong = \"{ref}\"", NULL, 0,
	    "a kind explanation" },
	{ KINDS, "count = \"right\";", "", NULL, -4, "count is missing" },
	{ KINDS, "id = \"you\"", "id = \"wrong\"", NULL, 0,
	    "cannot have the id 'wrong'" },
	{ KINDS, "id = \"you\"", "id = \"text\"", NULL, 0,
	    "cannot have the id text" },
	{ KINDS, "to = \"quiz-two\";", "", NULL, -12, "to or next is missing" },
	{ KINDS, "count = \"right\"", "count = \"fee\"", NULL, 25,
	    "also saved or scored" },
	{ KINDS, "You got {right}", "You got {rihgt}", NULL, 0,
	    "{rihgt} is nothing" },
	{ KINDS, "You got {right}", "You got {quiz_one}", NULL, 0,
	    "{quiz_one} is nothing" },
	{ KINDS, "You got {right}", "You got {fee}", NULL, 0,
	    "text_without is needed" },
	{ KINDS, "text_without = \"It cannot be paid back.\";", "", NULL, -4,
	    "text_without is needed" },
	{ KINDS, "It cannot be paid", "{months} cannot be paid", NULL, 0,
	    "can name none" },
	{ KINDS, ":pay - :living", ":pay - :lving", NULL, 0,
	    "no answer or score ':lving'" },
	{ KINDS, "value = \":fee / 2\"", "value = \":fee / \"", NULL, 0,
	    "not a condition" },
	{ KINDS, "value = \":fee / 2\"", "value = \":near / 2\"", NULL, 0,
	    "a computed value itself" },
	{ KINDS, "value = \":fee / 2\";", "", NULL, 0, "value is missing" },
	{ KINDS, "round = \"up\"", "round = \"upp\"", NULL, 0,
	    "there is no round 'upp'" },
	{ KINDS, "name = \"half\"", "name = \"months\"", NULL, 0,
	    "stands already in" },
	{ KINDS, "name = \"half\"", "name = \"pay\"", NULL, 0,
	    "also an answer or a score" },
	{ KINDS, "compute = (", "compute = \"x\"; x = (", NULL, 0,
	    "must be a list" },
	{ KINDS, "answer = \"date\"", "answer = \"day\"", NULL, 0,
	    "there is no answer 'day'" },
	{ KINDS, "answer = \"place\"", "answer = \"place\"; min = 2", NULL, 0,
	    "no meaning" },
	/* Links and notices */
	{ SEA, "corridor = \"gulf\"; screen", "corridor = \"golf\"; screen",
	    NULL, 0, "no other corridor 'golf'" },
	{ SEA, "corridor = \"gulf\"; screen", "corridor = \"sea\"; screen",
	    NULL, 0, "no other corridor 'sea'" },
	{ SEA, "screen = \"kinds\"", "screen = \"knds\"", NULL, 0,
	    "no screen 'knds' in the corridor 'gulf'" },
	{ SEA, "screen = \"kinds\"", "screen = \"result\"", NULL, 0,
	    "leads on by itself" },
	{ SEA, "screen = \"kinds\"", "screen = \"to-sea\"", NULL, 0,
	    "leads on by itself" },
	{ SEA, "corridor = \"gulf\"; screen", "screen", NULL, 0,
	    "corridor is missing" },
	{ SEA, "id = \"sea\"", "id = \"gulf\"", NULL, -1,
	    "the corridor 'gulf' stands already" },
	{ SEA, "from = \"2025-11-01\"", "from = \"1 Nov 2025\"", NULL, 0,
	    "must be a date" },
	{ SEA, "until = \"2025-11-24\"", "until = \"2025-10-24\"", NULL, 0,
	    "until is before from" },
	{ SEA, "until = \"2025-11-24\";", "", NULL, 0, "until is missing" },
	{ SEA, "text = \"No boats sail this week.\"", "text = \"{ref}\"", NULL,
	    0, "words without { }" },
	{ SEA, "id = \"old\"", "id = \"storm\"", NULL, 0, "is there twice" },
	{ SEA, "id = \"boats\"; kind", "id = \"notice\"; kind", NULL, 0,
	    "cannot be called notice" },
	/* More of facts and translations */
	{ CSV, "2026-06-01,2027", "1/6/2026,2027", NULL, 0, "" },
	{ CSV, "\"10,000\"", "\"10,000", NULL, 0, "behind a closing" },
	{ CSV, "hotline,1141", "fee_limit,1141", NULL, 0, "" },
	{ CSV, ",no\n", ",maybe\n", NULL, 0, "" },
	{ CSV, "expires_on", "expires", NULL, 0, "" },
	{ NE, "\"Language: ne\\n\"\n", "", NULL, -2, "Language" },
	{ NE, "X-Script: Deva", "X-Script: deva", NULL, 0, "X-Script" },
	{ NE, "charset=UTF-8", "charset=GB2312", NULL, 0, "charset=UTF-8" },
	{ NE, "हजुर", "हजु\xff", NULL, 0, "not UTF-8" },
	{ NE, NULL, "# \xff\n", NULL, 0, "not UTF-8" },
};

START_TEST(a_mistake_is_refused_with_its_file_and_line)
{
	const struct change *change = &mistakes[_i];
	enum outcome outcome;

	menus = NULL;
	outcome = copy_load(&copy, change, &menus);
	ck_assert_msg(
	    outcome == REFUSED, "loaded: %s: %s", change->file, change->with);
	ck_assert_ptr_null(menus);
	copy_check_log(&copy, change);
	copy_remove(&copy);
}
END_TEST

/* Translations no caller may read: told with their line, and the text that is
 * read instead. */
static const struct {
	struct change change;
	const char *id;
	const char *source;
} unfit[] = {
	{ { NE, "msgstr \"{ref} मा थपियो।\"", "msgstr \"थपियो।\"", NULL, -2,
	      "lacks {ref}" },
	    "system/joined", "Added to {ref}." },
	{ { NE, "msgstr \"{ref} मा थपियो।\"", "msgstr \"{ref मा थपियो।\"", NULL,
	      -2, "lacks {ref}" },
	    "system/joined", "Added to {ref}." },
	{ { NE, "msgstr \"{ref} मा थपियो।\"", "msgstr \"{ref} मा {\"", NULL, -2,
	      "has a { or } without its partner" },
	    "system/joined", "Added to {ref}." },
	{ { NE, "msgstr \"काम जाँच्नुहोस्\"", "msgstr \"काम {ref}\"", NULL, -2,
	      "which the English text has not" },
	    "gulf/welcome/check", "Check a job" },
	{ { NE, "msgstr \"काम जाँच्नुहोस्\"", "msgstr \"काम }\"", NULL, -2,
	      "has a { or } without its partner" },
	    "gulf/welcome/check", "Check a job" },
	{ { NE, "msgstr \"काम जाँच्नुहोस्\"", "msgstr \"काम\\tजाँच\"", NULL, -2,
	      "has a control character" },
	    "gulf/welcome/check", "Check a job" },
	/* An id over two lines is found as well. */
	{ { NE,
	      "msgctxt \"system/joined\"\nmsgid \"Added to {ref}.\"\n"
	      "msgstr \"{ref} मा थपियो।\"",
	      "msgctxt \"\"\n\"system/joined\"\nmsgid \"Added to {ref}.\"\n"
	      "msgstr \"मा\"",
	      NULL, 0, "lacks {ref}" },
	    "system/joined", "Added to {ref}." },
};

START_TEST(a_broken_translation_is_told_and_callers_read_the_english_text)
{
	const struct change *change = &unfit[_i].change;
	const struct catalog *catalog;

	ck_assert_int_eq(copy_load(&copy, change, &menus), DONE);
	copy_check_log(&copy, change);
	catalog = menus_catalog(menus);
	ck_assert_str_eq(
	    catalog_text(catalog, "ne", unfit[_i].id, unfit[_i].source),
	    unfit[_i].source);
	ck_assert_uint_eq(catalog_find_language(catalog, "ne")->unfit, 1);
	ck_assert_uint_eq(catalog_find_language(catalog, "ne")->gaps, 3);
	/* The others of the file are used. */
	ck_assert_str_eq(
	    catalog_text(catalog, "ne", "system/yes", "Yes"), "हो");
	menus_free(menus);
	copy_remove(&copy);
}
END_TEST

START_TEST(all_mistakes_are_told_at_once)
{
	static const struct change change = { GULF, "min = 100;",
		"min = \"a\"; least = 2;", NULL, 0, "no meaning" };
	static const struct change other = { GULF, NULL, "", NULL, NOWHERE,
		"must be a whole number" };

	ck_assert_int_eq(copy_load(&copy, &change, &menus), REFUSED);
	copy_check_log(&copy, &change);
	copy_check_log(&copy, &other);
	copy_remove(&copy);
}
END_TEST

START_TEST(a_good_tree_loads_after_a_bad_one)
{
	static const struct change bad = { NE, "msgstr \"हो\"", "msgstr हो\"",
		NULL, 0, "" };

	for (int i = 0; i < 3; i++) {
		ck_assert_int_eq(copy_load(&copy, &bad, &menus), REFUSED);
		copy_remove(&copy);
	}
	ck_assert_int_eq(copy_load(&copy, NULL, &menus), DONE);
	menus_free(menus);
	copy_remove(&copy);
}
END_TEST

/* Files cut off anywhere, and with a byte turned over: never a crash. */
static const char *const mutated[] = { GULF, CHECK, HELP, SYS, CSV, NE };

START_TEST(a_damaged_file_never_crashes_the_loader)
{
	unsigned seed = (unsigned)_i * 7919 + 1;
	char with[2] = { (char)(seed % 255 + 1), '\0' };
	struct change change = { mutated[(size_t)_i % COUNT_OF(mutated)],
		_i % 3 == 0       ? "\""
		    : _i % 3 == 1 ? "e"
				  : "=",
		with, NULL, NOWHERE, "" };

	menus = NULL;
	if (strcmp(change.file, CSV) == 0)
		change.find = "2";
	if (strcmp(change.file, NE) == 0 && change.find[0] == '=')
		change.find = "msgid";
	if (copy_load(&copy, &change, &menus) == DONE)
		menus_free(menus);
	copy_remove(&copy);
}
END_TEST

static Suite *
suite_of_menu_load(void)
{
	Suite *suite = suite_create("menu_load");
	TCase *cases = tcase_create("trees");

	tcase_set_timeout(cases, 60);
	tcase_add_test(cases, a_good_tree_loads_in_silence);
	tcase_add_loop_test(cases, a_mistake_is_refused_with_its_file_and_line,
	    0, (int)COUNT_OF(mistakes));
	tcase_add_loop_test(cases,
	    a_broken_translation_is_told_and_callers_read_the_english_text, 0,
	    (int)COUNT_OF(unfit));
	tcase_add_test(cases, all_mistakes_are_told_at_once);
	tcase_add_test(cases, a_good_tree_loads_after_a_bad_one);
	tcase_add_loop_test(
	    cases, a_damaged_file_never_crashes_the_loader, 0, 60);
	suite_add_tcase(suite, cases);
	return (suite);
}

CHECK_MAIN(suite_of_menu_load);
