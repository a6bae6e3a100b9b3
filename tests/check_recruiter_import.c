#include <string.h>
#include <unistd.h>

#include "gateway/base/file.h"
#include "gateway/base/outcome.h"
#include "gateway/desk/recruiter_import.h"
#include "tests/check_main.h"

static struct recruiter_import import;

static enum outcome
read_with(const char *content, const char *map)
{
	char path[] = "check_import.XXXXXX";
	char *headings[IMPORT_COLUMNS] = { 0 };
	struct text why = { 0 };
	int fd = mkstemp(path);
	enum outcome outcome;

	ck_assert_int_ge(fd, 0);
	close(fd);
	ck_assert_int_eq(
	    file_write(path, 0600, content, strlen(content)), DONE);
	ck_assert(map == NULL || import_read_map(map, headings, &why));
	outcome = recruiter_import_read(path, headings, &import);
	unlink(path);
	for (int i = 0; i < IMPORT_COLUMNS; i++)
		free(headings[i]);
	return (outcome);
}

static void
forget(void)
{
	recruiter_import_free(&import);
}

START_TEST(rows_of_one_licence_become_one_with_the_worst_status)
{
	ck_assert_int_eq(read_with("\xef\xbb\xbfname,licence,status\r\n"
				   "Example A,892/067/068,Active\r\n"
				   "\"Example \"\"A\"\", new\",892-67-68,"
				   "Suspended\r\n"
				   "Example A,,Valid\r\n"
				   "Example B,7,Cancelled\r\n"
				   "Example B,7,Active\r\n",
			     NULL),
	    DONE);
	ck_assert_uint_eq(import.rows, 5);
	ck_assert_uint_eq(import.bad, 0);
	ck_assert_uint_eq(import.merged, 3);
	ck_assert_uint_eq(import.count, 2);
	ck_assert_str_eq(import.agencies[0].name, "Example A");
	ck_assert_str_eq(
	    text_string(&import.agencies[0].other_names), "Example \"A\", new");
	ck_assert_int_eq(import.agencies[0].status, LOOKUP_SUSPENDED);
	ck_assert_int_eq(import.agencies[1].status, LOOKUP_CANCELLED);
}
END_TEST

START_TEST(the_same_name_with_two_licences_stays_two_agencies)
{
	ck_assert_int_eq(read_with("name,licence,status\n"
				   "Example A,1,Active\nExample A,2,Banned\n",
			     NULL),
	    DONE);
	ck_assert_uint_eq(import.count, 2);
	ck_assert_int_eq(import.agencies[0].status, LOOKUP_VALID);
	ck_assert_int_eq(import.agencies[1].status, LOOKUP_BANNED);
}
END_TEST

START_TEST(columns_are_found_by_the_map)
{
	ck_assert_int_eq(
	    read_with("S.N.,Agency Name,Lic No,State,Old,Where\n"
		      "1,Example A,9,EXPIRED,Example Z,\"Ward 1,\nTestgaun\"\n",
		"name=agency name,licence=Lic No,status=State,former=Old,"
		"place=Where"),
	    DONE);
	ck_assert_str_eq(import.agencies[0].place, "Ward 1, Testgaun");
	ck_assert_str_eq(
	    text_string(&import.agencies[0].other_names), "Example Z");
	ck_assert_int_eq(import.agencies[0].status, LOOKUP_EXPIRED);
}
END_TEST

static const struct {
	const char *row;
	const char *told;
	size_t count; /* agencies that are still read */
} bad_rows[] = {
	{ ",1,Active", ":3: the name is missing", 1 },
	{ "Example B,2,Splendid", ":3: the status 'Splendid' is not known", 2 },
	{ "Example B,2,", ":3: the status '' is not known", 2 },
	{ "Example B,2", ":3: this row has 2 fields", 1 },
	{ "Example \xff,2,Active", ":3: column 1 is not clean UTF-8", 1 },
	{ "Example {ref},2,Active", ":3: a name or licence may not", 1 },
	{ "Example B,//,Active", ":3: the licence has neither", 1 },
	{ "\"Example B\"x,2,Active", ":3: something stands behind", 1 },
	{ "\"Example B,2,Active", ":3: a quotation mark", 1 },
};

START_TEST(a_bad_row_is_told_with_its_line)
{
	struct text content = { 0 };

	text_printf(&content, "name,licence,status\nExample A,1,Active\n%s\n",
	    bad_rows[_i].row);
	ck_assert_int_eq(read_with(text_string(&content), NULL), DONE);
	text_free(&content);
	ck_assert_uint_eq(import.bad, 1);
	ck_assert_uint_eq(import.count, bad_rows[_i].count);
	ck_assert_msg(
	    strstr(text_string(&import.told), bad_rows[_i].told) != NULL,
	    "told: %s", text_string(&import.told));
	/* What nobody can read is never taken for valid. */
	if (import.count == 2)
		ck_assert_int_eq(import.agencies[1].status, LOOKUP_UNCLEAR);
}
END_TEST

START_TEST(a_file_without_its_columns_or_rows_is_refused)
{
	static const char *const contents[] = { "", "name,licence\nA,1\n",
		"name,status\n" };

	ck_assert_int_eq(read_with(contents[_i], NULL), REFUSED);
	ck_assert_uint_gt(import.told.length, 0);
}
END_TEST

START_TEST(a_map_that_is_not_understood_is_refused)
{
	static const char *const maps[] = { "name", "name=", "colour=Red", "",
		"name=A,,status=B" };
	char *headings[IMPORT_COLUMNS] = { 0 };
	struct text why = { 0 };

	ck_assert_int_eq(import_read_map(maps[_i], headings, &why), 0);
	ck_assert_uint_gt(why.length, 0);
	for (int i = 0; i < IMPORT_COLUMNS; i++)
		free(headings[i]);
	text_free(&why);
}
END_TEST

static Suite *
recruiter_import_suite(void)
{
	Suite *suite = suite_create("recruiter_import");
	TCase *cases = tcase_create("recruiter_import");

	tcase_add_checked_fixture(cases, NULL, forget);
	tcase_add_test(
	    cases, rows_of_one_licence_become_one_with_the_worst_status);
	tcase_add_test(
	    cases, the_same_name_with_two_licences_stays_two_agencies);
	tcase_add_test(cases, columns_are_found_by_the_map);
	tcase_add_loop_test(
	    cases, a_bad_row_is_told_with_its_line, 0, COUNT_OF(bad_rows));
	tcase_add_loop_test(
	    cases, a_file_without_its_columns_or_rows_is_refused, 0, 3);
	tcase_add_loop_test(
	    cases, a_map_that_is_not_understood_is_refused, 0, 5);
	suite_add_tcase(suite, cases);
	return (suite);
}

CHECK_MAIN(recruiter_import_suite);
