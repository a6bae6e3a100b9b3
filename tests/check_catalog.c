#include "locales/catalog.h"
#include "tests/check_main.h"

#define LOCALES SOURCE_TREE "/tests/data/menus/good/locales"

static struct catalog *catalog;

static void
set_up(void)
{
	ck_assert_int_eq(catalog_load(LOCALES, &catalog), DONE);
}

static void
tear_down(void)
{
	catalog_free(catalog);
}

START_TEST(a_text_is_found_by_language_id_and_source)
{
	ck_assert_str_eq(
	    catalog_text(catalog, "ne", "system/yes", "Yes"), "हो");
	ck_assert_str_eq(
	    catalog_text(catalog, "ne", "language/name", "English"), "नेपाली");
	ck_assert_int_eq(catalog_has(catalog, "ne", "system/yes", "Yes"), 1);
}
END_TEST

/* Language, id, source: each stands for itself. */
static const char *const not_used[][3] = {
	{ "ne", "system/left", "Goodbye." }, /* fuzzy */
	{ "ne", "system/forgotten", "Forgotten." }, /* empty */
	{ "ne", "system/stopped", "OK" }, /* an older source */
	{ "ne", "system/nothing", "Nothing" }, /* unknown */
	{ "ne-Latn", "system/yes", "Yes" }, /* only in "ne" */
	{ "fr", "system/yes", "Yes" }, /* no such language */
	{ "en", "system/yes", "Yes" }, /* the source */
};

START_TEST(what_is_not_translated_stands_in_english)
{
	const char *const *row = not_used[_i];

	ck_assert_ptr_eq(catalog_text(catalog, row[0], row[1], row[2]), row[2]);
	ck_assert_int_eq(catalog_has(catalog, row[0], row[1], row[2]), 0);
}
END_TEST

START_TEST(a_header_says_script_and_who_signed)
{
	const struct catalog_language *language =
	    catalog_find_language(catalog, "ne");

	ck_assert_uint_eq(catalog_language_count(catalog), 3);
	ck_assert_str_eq(catalog_language_at(catalog, 0)->tag, "en");
	ck_assert_int_eq(catalog_language_at(catalog, 0)->is_draft, 0);
	ck_assert_str_eq(language->script, "Deva");
	ck_assert_int_eq(language->is_draft, 1);
	ck_assert_uint_eq(language->gaps, 2);
	ck_assert_uint_eq(language->translated, 13);
	language = catalog_find_language(catalog, "ne-Latn");
	ck_assert_str_eq(language->script, "Latn");
	ck_assert_int_eq(language->is_draft, 0);
	ck_assert_str_eq(
	    language->review, "native-checked: A Translator, 2026-10-01");
	ck_assert_ptr_null(catalog_find_language(catalog, "hi"));
}
END_TEST

START_TEST(a_folder_that_is_not_there_is_refused)
{
	struct catalog *none = NULL;

	ck_assert_int_eq(catalog_load(LOCALES "/none", &none), REFUSED);
	ck_assert_ptr_null(none);
}
END_TEST

static Suite *
suite_of_catalog(void)
{
	Suite *suite = suite_create("catalog");
	TCase *cases = tcase_create("languages");

	tcase_add_checked_fixture(cases, set_up, tear_down);
	tcase_add_test(cases, a_text_is_found_by_language_id_and_source);
	tcase_add_loop_test(cases, what_is_not_translated_stands_in_english, 0,
	    (int)COUNT_OF(not_used));
	tcase_add_test(cases, a_header_says_script_and_who_signed);
	tcase_add_test(cases, a_folder_that_is_not_there_is_refused);
	suite_add_tcase(suite, cases);
	return (suite);
}

CHECK_MAIN(suite_of_catalog);
