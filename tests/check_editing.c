/* What editors' commands are made of: money, facts files as bytes, versions. */
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/base/file.h"
#include "gateway/desk/facts_file.h"
#include "gateway/desk/folder_copy.h"
#include "gateway/base/money.h"
#include "gateway/desk/publish.h"
#include "tests/check_main.h"

/* -- money ------------------------------------------------------------------ */

static const struct {
	const char *words;
	uint64_t count;
	const char *shown; /* NULL: not an amount */
} amounts[] = {
	{ "4", 3, "12.00" },
	{ "4.5", 2, "9.00" },
	{ "0.035", 3, "0.105" },
	{ "0.000001", 7, "0.000007" },
	{ "1000000", 65, "65000000.00" },
	{ "0", 9, "0.00" },
	{ "1000001", 1, NULL },
	{ "4,5", 1, NULL },
	{ "4.", 1, NULL },
	{ ".5", 1, NULL },
	{ "-1", 1, NULL },
	{ "0.0000001", 1, NULL },
	{ "1e3", 1, NULL },
	{ "99999999999999999999", 1, NULL },
	{ "", 1, NULL },
};

START_TEST(money_is_exact)
{
	struct money money;

	ck_assert_int_eq(
	    money_read(amounts[_i].words, &money), amounts[_i].shown != NULL);
	if (amounts[_i].shown != NULL)
		ck_assert_str_eq(money_times(&money, amounts[_i].count).text,
		    amounts[_i].shown);
}
END_TEST

/* -- facts files ------------------------------------------------------------ */

static char folder[64];

static void
make_folder(void)
{
	snprintf(folder, sizeof(folder), "/tmp/waymark-editing-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void
remove_folder(void)
{
	folder_remove(folder);
}

static void
put(const char *name, const char *content)
{
	char *path = file_path(folder, name);

	ck_assert_int_eq(
	    file_write(path, 0640, content, strlen(content)), DONE);
	free(path);
}

static void
check_content(const char *name, const char *content)
{
	char *path = file_path(folder, name);
	struct text found = { 0 };

	ck_assert_int_eq(file_read(path, 10000, &found), DONE);
	ck_assert_str_eq(text_string(&found), content);
	text_free(&found);
	free(path);
}

START_TEST(one_field_changes_and_every_other_byte_stays)
{
	char *path = file_path(folder, "facts.csv");
	struct facts_file file;
	struct stat found;

	put("facts.csv",
	    "\xef\xbb\xbfshow,name,\"note\",last\r\n"
	    "no,a,\"two\nlines, \"\"said\"\"\",z\r\n"
	    "\r\n"
	    "no,b,,\"\"\r\n");
	ck_assert_int_eq(facts_file_load(path, &file), DONE);
	ck_assert_uint_eq(file.row_count, 4);
	ck_assert_int_eq(file.rows[3].line, 5);
	ck_assert_str_eq(
	    facts_file_get(&file, 1, "note"), "two\nlines, \"said\"");
	ck_assert_str_eq(facts_file_get(&file, 2, "name"), "");
	ck_assert_int_eq(facts_file_set(&file, 3, "show", "yes"), 1);
	ck_assert_int_eq(facts_file_set(&file, 3, "last", "x, \"y\""), 1);
	ck_assert_int_eq(facts_file_set(&file, 1, "last", ""), 1);
	ck_assert_int_eq(facts_file_set(&file, 1, "nothing", "q"), 0);
	ck_assert_int_eq(facts_file_set(&file, 2, "last", "q"), 0);
	ck_assert_int_eq(facts_file_save(&file), DONE);
	check_content("facts.csv",
	    "\xef\xbb\xbfshow,name,\"note\",last\r\n"
	    "no,a,\"two\nlines, \"\"said\"\"\",\r\n"
	    "\r\n"
	    "yes,b,,\"x, \"\"y\"\"\"\r\n");
	ck_assert_int_eq(stat(path, &found), 0);
	ck_assert_int_eq(found.st_mode & 0777, 0640);
	facts_file_free(&file);
	free(path);
}
END_TEST

START_TEST(a_facts_file_without_its_last_newline_stays_so)
{
	char *path = file_path(folder, "facts.csv");
	struct facts_file file;

	put("facts.csv", "name,show\na,no");
	ck_assert_int_eq(facts_file_load(path, &file), DONE);
	ck_assert_int_eq(facts_file_set(&file, 1, "show", "yes"), 1);
	ck_assert_int_eq(facts_file_save(&file), DONE);
	check_content("facts.csv", "name,show\na,yes");
	facts_file_free(&file);
	free(path);
}
END_TEST

/* -- versions --------------------------------------------------------------- */

enum { DAY_UTC_S = 1795000000 }; /* 2026-11-18 11:06:40 */

/* Folders to publish, with an editor's own litter. */
static void
make_menus(void)
{
	char *menus = file_path(folder, "menus");
	char *trees = file_path(menus, "trees");
	char *locales = file_path(folder, "locales");

	ck_assert_int_eq(mkdir(menus, 0700), 0);
	ck_assert_int_eq(mkdir(trees, 0700), 0);
	ck_assert_int_eq(mkdir(locales, 0700), 0);
	put("menus/trees/a.cfg", "a");
	put("menus/trees/a.cfg~", "older");
	put("menus/.swap", "litter");
	put("locales/ne.po", "b");
	free(menus);
	free(trees);
	free(locales);
}

static void
publish(int64_t now_utc_s, struct publish_version *version_r)
{
	char *menus = file_path(folder, "menus");
	char *locales = file_path(folder, "locales");

	memset(version_r, 0xa5, sizeof(*version_r));
	ck_assert_int_eq(
	    publish_add(folder, menus, locales, now_utc_s, version_r), DONE);
	ck_assert_int_eq(publish_use(folder, version_r->name), DONE);
	free(menus);
	free(locales);
}

static int
is_there(const char *name)
{
	char *path = file_path(folder, name);
	int is = access(path, F_OK) == 0;

	free(path);
	return (is);
}

START_TEST(a_version_holds_menus_and_languages_and_no_litter)
{
	struct publish_version version;

	make_menus();
	publish(DAY_UTC_S, &version);
	ck_assert_str_eq(version.name, "20261118T110640Z");
	check_content("published/current/menus/trees/a.cfg", "a");
	check_content("published/current/locales/ne.po", "b");
	ck_assert(!is_there("published/current/menus/trees/a.cfg~"));
	ck_assert(!is_there("published/current/menus/.swap"));
	ck_assert(!is_there("published/versions/.new"));
}
END_TEST

START_TEST(what_is_in_use_is_never_tidied_away)
{
	struct publish_version first;
	struct publish_version version;
	struct publish_versions versions;

	make_menus();
	publish(DAY_UTC_S, &first);
	for (int i = 1; i <= 7; i++)
		publish(DAY_UTC_S + i / 2, &version);
	ck_assert_int_eq(publish_use(folder, first.name), DONE);
	publish_tidy(folder);
	ck_assert_int_eq(publish_list(folder, &versions), DONE);
	ck_assert_uint_eq(versions.count, PUBLISH_KEPT + 1);
	ck_assert_str_eq(versions.list[0].name, version.name);
	ck_assert_int_eq(versions.list[0].published_utc_s, DAY_UTC_S + 3);
	ck_assert_str_eq(versions.list[PUBLISH_KEPT].name, first.name);
	ck_assert_int_eq(versions.list[PUBLISH_KEPT].is_current, 1);
	publish_versions_free(&versions);
	check_content("published/current/menus/trees/a.cfg", "a");
}
END_TEST

START_TEST(a_copy_that_fails_leaves_what_was_in_use)
{
	struct publish_version first;
	struct publish_version version = { .name = "untouched" };

	make_menus();
	publish(DAY_UTC_S, &first);
	ck_assert_int_eq(publish_add(folder, "/nonexistent", "/nonexistent",
			     DAY_UTC_S + 1, &version),
	    TRY_LATER);
	ck_assert_str_eq(version.name, "untouched");
	ck_assert(!is_there("published/versions/.new"));
	check_content("published/current/menus/trees/a.cfg", "a");
}
END_TEST

START_TEST(half_a_copy_of_before_is_cleared_away)
{
	struct publish_version version;
	char *left;

	make_menus();
	publish(DAY_UTC_S, &version);
	left = publish_folder(folder, ".new");
	ck_assert_int_eq(mkdir(left, 0700), 0);
	free(left);
	put("published/versions/.new/half", "h");
	publish(DAY_UTC_S + 60, &version);
	ck_assert(!is_there("published/current/half"));
}
END_TEST

static Suite *
suite_of_editing(void)
{
	Suite *suite = suite_create("editing");
	TCase *tcase = tcase_create("editing");

	suite_add_tcase(suite, tcase);
	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, make_folder, remove_folder);
	tcase_add_loop_test(tcase, money_is_exact, 0, COUNT_OF(amounts));
	tcase_add_test(tcase, one_field_changes_and_every_other_byte_stays);
	tcase_add_test(tcase, a_facts_file_without_its_last_newline_stays_so);
	tcase_add_test(
	    tcase, a_version_holds_menus_and_languages_and_no_litter);
	tcase_add_test(tcase, what_is_in_use_is_never_tidied_away);
	tcase_add_test(tcase, a_copy_that_fails_leaves_what_was_in_use);
	tcase_add_test(tcase, half_a_copy_of_before_is_cleared_away);
	return (suite);
}

CHECK_MAIN(suite_of_editing);
