#include "gateway/base/file.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/base/memory.h"
#include "tests/check_main.h"

static char folder[64];

static void
make_folder(void)
{
	(void)snprintf(folder, sizeof(folder), "check_file.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void
remove_folder(void)
{
	DIR *open_folder = opendir(folder);
	struct dirent *entry;

	ck_assert_ptr_nonnull(open_folder);
	while ((entry = readdir(open_folder)) != NULL) {
		char *path = file_path(folder, entry->d_name);

		if (entry->d_name[0] != '.')
			ck_assert_int_eq(remove(path), 0);
		free(path);
	}
	closedir(open_folder);
	ck_assert_int_eq(rmdir(folder), 0);
}

static unsigned
count_entries(void)
{
	DIR *open_folder = opendir(folder);
	unsigned count = 0;

	ck_assert_ptr_nonnull(open_folder);
	while (readdir(open_folder) != NULL)
		count++;
	closedir(open_folder);
	return (count - 2);
}

START_TEST(a_written_file_reads_back_and_leaves_nothing_beside_it)
{
	char *path = file_path(folder, "a");
	struct text text = { 0 };
	struct stat status;

	ck_assert_int_eq(file_write(path, 0600, "one\0two", 7), DONE);
	text_add(&text, "before ");
	ck_assert_int_eq(file_read(path, 7, &text), DONE);
	ck_assert_uint_eq(text.length, 14);
	ck_assert_mem_eq(text.bytes, "before one\0two", 14);
	ck_assert_int_eq(stat(path, &status), 0);
	ck_assert_int_eq(status.st_mode & 0777, 0600);
	ck_assert_uint_eq(count_entries(), 1);
	text_free(&text);
	free(path);
}
END_TEST

START_TEST(a_file_is_replaced_as_a_whole)
{
	char *path = file_path(folder, "a");
	struct text text = { 0 };
	struct stat status;

	ck_assert_int_eq(file_write(path, 0644, "a long first text", 17), DONE);
	ck_assert_int_eq(file_write(path, 0400, "new", 3), DONE);
	ck_assert_int_eq(file_write(path, 0640, "newer", 5), DONE);
	ck_assert_int_eq(file_read(path, 100, &text), DONE);
	ck_assert_str_eq(text.bytes, "newer");
	ck_assert_int_eq(stat(path, &status), 0);
	ck_assert_int_eq(status.st_mode & 0777, 0640);
	text_free(&text);
	free(path);
}
END_TEST

START_TEST(a_mask_of_the_process_does_not_change_the_mode)
{
	char *path = file_path(folder, "a");
	mode_t before = umask(0077);
	struct stat status;

	ck_assert_int_eq(file_write(path, 0644, "", 0), DONE);
	umask(before);
	ck_assert_int_eq(stat(path, &status), 0);
	ck_assert_int_eq(status.st_mode & 0777, 0644);
	free(path);
}
END_TEST

START_TEST(a_file_that_is_not_there_is_nothing)
{
	char *path = file_path(folder, "none");
	struct text text = { 0 };

	ck_assert_int_eq(file_read(path, 100, &text), NOTHING);
	ck_assert_uint_eq(text.length, 0);
	free(path);
}
END_TEST

START_TEST(a_file_too_large_is_refused_and_adds_nothing)
{
	char *path = file_path(folder, "a");
	char *large = memory_new(20000, 1);
	struct text text = { 0 };

	ck_assert_int_eq(file_write(path, 0600, large, 20000), DONE);
	text_add(&text, "before");
	ck_assert_int_eq(file_read(path, 19999, &text), REFUSED);
	ck_assert_str_eq(text.bytes, "before");
	ck_assert_int_eq(file_read(path, 20000, &text), DONE);
	ck_assert_uint_eq(text.length, 20006);
	text_free(&text);
	free(large);
	free(path);
}
END_TEST

START_TEST(a_folder_is_no_file)
{
	struct text text = { 0 };

	ck_assert_int_eq(file_read(folder, 100, &text), REFUSED);
	ck_assert_int_eq(file_write(folder, 0600, "x", 1), TRY_LATER);
	ck_assert_uint_eq(count_entries(), 0);
}
END_TEST

START_TEST(a_file_without_its_folder_is_tried_later)
{
	char *path = file_path(folder, "none/a");

	ck_assert_int_eq(file_write(path, 0600, "x", 1), TRY_LATER);
	free(path);
}
END_TEST

static const struct path_row {
	const char *folder;
	const char *name;
	const char *path;
} path_rows[] = {
	{ "a", "b", "a/b" },
	{ "/a", "b/c", "/a/b/c" },
	{ "a", "/b", "/b" },
	{ "", "b", "b" },
	{ ".", "b", "./b" },
};

START_TEST(a_name_stands_in_its_folder)
{
	const struct path_row *row = &path_rows[_i];
	char *path = file_path(row->folder, row->name);

	ck_assert_str_eq(path, row->path);
	free(path);
}
END_TEST

START_TEST(the_folder_of_a_path_is_told)
{
	static const char *const rows[][2] = { { "a", "." }, { "/a", "/" },
		{ "a/b", "a" }, { "/a/b/c", "/a/b" }, { "./a", "." } };

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char *path = file_folder(rows[i][0]);

		ck_assert_str_eq(path, rows[i][1]);
		free(path);
	}
}
END_TEST

static Suite *
suite_of_file(void)
{
	Suite *suite = suite_create("file");
	TCase *tests = tcase_create("file");

	tcase_add_checked_fixture(tests, make_folder, remove_folder);
	tcase_add_test(
	    tests, a_written_file_reads_back_and_leaves_nothing_beside_it);
	tcase_add_test(tests, a_file_is_replaced_as_a_whole);
	tcase_add_test(tests, a_mask_of_the_process_does_not_change_the_mode);
	tcase_add_test(tests, a_file_that_is_not_there_is_nothing);
	tcase_add_test(tests, a_file_too_large_is_refused_and_adds_nothing);
	tcase_add_test(tests, a_folder_is_no_file);
	tcase_add_test(tests, a_file_without_its_folder_is_tried_later);
	tcase_add_loop_test(
	    tests, a_name_stands_in_its_folder, 0, COUNT_OF(path_rows));
	tcase_add_test(tests, the_folder_of_a_path_is_told);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_file);
