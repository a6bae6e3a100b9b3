/* `waymark setup`: all of it or nothing, and never over another. */
#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/base/file.h"
#include "gateway/base/settings.h"
#include "gateway/desk/setup.h"
#include "store/staff.h"
#include "tests/check_main.h"

#define PASSWORD "mountain-river"

static char top[64];
static struct text folder;
static struct text recovery_file;
static struct setup_plan plan;

static void
open_top(void)
{
	snprintf(top, sizeof(top), "/tmp/waymark-setup-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(top));
	text_printf(&folder, "%s/helpline", top);
	text_printf(&recovery_file, "%s/recovery", top);
	plan = (struct setup_plan){ .folder = folder.bytes,
		.modems = { "/dev/ttyUSB0", "/dev/serial/by-id/a\"b\\c" },
		.modem_count = 2,
		.corridor = "nepal-gulf",
		.language = "ne",
		.staff = "Sita",
		.password = PASSWORD,
		.recovery_file = recovery_file.bytes };
	seal_start();
}

static void
remove_in(const char *path)
{
	DIR *entries = opendir(path);
	const struct dirent *entry;

	while (entries != NULL && (entry = readdir(entries)) != NULL)
		(void)unlinkat(dirfd(entries), entry->d_name, 0);
	if (entries != NULL)
		closedir(entries);
	(void)rmdir(path);
}

static void
close_top(void)
{
	remove_in(folder.bytes);
	remove_in(top);
	text_free(&folder);
	text_free(&recovery_file);
}

static size_t
count_entries(const char *path)
{
	DIR *entries = opendir(path);
	const struct dirent *entry;
	size_t count = 0;

	ck_assert_ptr_nonnull(entries);
	while ((entry = readdir(entries)) != NULL)
		count += entry->d_name[0] != '.';
	closedir(entries);
	return (count);
}

static mode_t
mode_of(const char *name)
{
	char *path = file_path(folder.bytes, name);
	struct stat facts;

	ck_assert_int_eq(stat(path, &facts), 0);
	free(path);
	return (facts.st_mode & 0777);
}

static void
read_all(const char *name, struct text *content)
{
	char *path = file_path(folder.bytes, name);

	ck_assert_int_eq(file_read(path, 1 << 24, content), DONE);
	free(path);
}

static void
make(struct recovery_key *recovery, struct settings *settings)
{
	struct text config = { 0 };

	ck_assert_int_eq(setup_make(&plan, recovery, &config), DONE);
	ck_assert_int_eq(settings_load(config.bytes, settings), DONE);
	text_free(&config);
}

START_TEST(a_set_up_is_for_its_owner_only)
{
	struct recovery_key recovery;
	struct settings settings;
	struct stat facts;

	make(&recovery, &settings);
	ck_assert_int_eq(stat(folder.bytes, &facts), 0);
	ck_assert_int_eq(facts.st_mode & 0777, 0700);
	ck_assert_int_eq(mode_of("waymark.conf"), 0600);
	ck_assert_int_eq(mode_of("waymark.db"), 0600);
	ck_assert_int_eq(mode_of("box.key"), 0600);
	ck_assert_int_eq(stat(recovery_file.bytes, &facts), 0);
	ck_assert_int_eq(facts.st_mode & 0777, 0600);
	settings_free(&settings);
}
END_TEST

START_TEST(a_set_up_has_a_demo_line_and_a_line_a_modem)
{
	struct recovery_key recovery;
	struct settings settings;

	make(&recovery, &settings);
	ck_assert_uint_eq(settings.line_count, 3);
	ck_assert_str_eq(settings.lines[0].name, "demo");
	ck_assert_str_eq(settings.lines[0].language, "ne");
	ck_assert_str_eq(settings.lines[1].name, "modem-1");
	ck_assert_str_eq(settings.lines[1].device, "/dev/ttyUSB0");
	ck_assert_str_eq(settings.lines[2].device, "/dev/serial/by-id/a\"b\\c");
	ck_assert_str_eq(settings.lines[2].corridor, "nepal-gulf");
	settings_free(&settings);
}
END_TEST

START_TEST(password_and_recovery_key_open_the_same_team)
{
	struct recovery_key recovery;
	struct settings settings;
	struct box_key *box;
	struct store *store;
	struct staff staff;
	struct team_secret *secret;
	struct text written = { 0 };

	make(&recovery, &settings);
	ck_assert_int_eq(box_key_open(settings.box_key_path, &box), DONE);
	ck_assert_int_eq(
	    store_open(settings.store_path, STORE_DESK, box, &store), DONE);
	ck_assert_int_eq(
	    staff_sign_in(store, "sita", PASSWORD, &staff, &secret), DONE);
	ck_assert_str_eq(staff.role, "lead");
	team_secret_close(secret);
	ck_assert_int_eq(file_read(recovery_file.bytes, 1024, &written), DONE);
	text_cut(&written, strcspn(written.bytes, "\n"));
	ck_assert_str_eq(written.bytes, recovery.text);
	ck_assert_int_eq(staff_recover(store, written.bytes, &secret), DONE);
	team_secret_close(secret);
	text_free(&written);
	store_close(store);
	box_key_close(box);
	settings_free(&settings);
}
END_TEST

START_TEST(a_set_up_that_is_there_is_not_touched)
{
	static const char *const names[] = { "waymark.conf", "waymark.db",
		"box.key" };
	struct recovery_key recovery;
	struct settings settings;
	struct text config = { 0 };
	struct text before = { 0 };
	struct text after = { 0 };

	make(&recovery, &settings);
	settings_free(&settings);
	for (size_t i = 0; i < COUNT_OF(names); i++)
		read_all(names[i], &before);
	plan.recovery_file = NULL;
	ck_assert_int_eq(setup_make(&plan, &recovery, &config), REFUSED);
	for (size_t i = 0; i < COUNT_OF(names); i++)
		read_all(names[i], &after);
	ck_assert_uint_eq(before.length, after.length);
	ck_assert_mem_eq(before.bytes, after.bytes, after.length);
	text_free(&before);
	text_free(&after);
	text_free(&config);
}
END_TEST

START_TEST(a_recovery_file_that_is_there_is_not_touched)
{
	struct recovery_key recovery;
	struct text config = { 0 };
	struct text content = { 0 };

	ck_assert_int_eq(file_write(recovery_file.bytes, 0600, "old", 3), DONE);
	ck_assert_int_eq(setup_make(&plan, &recovery, &config), REFUSED);
	ck_assert_int_eq(file_read(recovery_file.bytes, 100, &content), DONE);
	ck_assert_str_eq(content.bytes, "old");
	ck_assert_int_ne(access(folder.bytes, F_OK), 0);
	text_free(&content);
	text_free(&config);
}
END_TEST

/* What goes wrong, at which step. */
static void
spoil(int which)
{
	switch (which) {
	case 0:
		plan.password = "short";
		return;
	case 1:
		plan.staff = "";
		return;
	case 2:
		plan.recovery_file = "/nowhere/recovery";
		return;
	case 3:
		plan.modems[1] = plan.modems[0];
		return;
	case 4:
		plan.modems[0] = "bell\a";
		return;
	case 5:
		/* Our own check of the language comes earlier; here the
		 * configuration itself is what cannot be read back. */
		plan.language = "line\nend";
		return;
	default:
		ck_abort();
	}
}

START_TEST(nothing_half_made_is_left_behind)
{
	struct recovery_key recovery;
	struct text config = { 0 };

	spoil(_i);
	ck_assert_int_eq(setup_make(&plan, &recovery, &config), REFUSED);
	ck_assert_uint_eq(config.length, 0);
	ck_assert_uint_eq(count_entries(top), 0);
	text_free(&config);
}
END_TEST

START_TEST(a_folder_that_was_there_stays_with_what_was_in_it)
{
	struct recovery_key recovery;
	struct text config = { 0 };
	char *path = file_path(folder.bytes, "letter.txt");

	ck_assert_int_eq(mkdir(folder.bytes, 0700), 0);
	ck_assert_int_eq(file_write(path, 0600, "dear", 4), DONE);
	plan.password = "short";
	ck_assert_int_eq(setup_make(&plan, &recovery, &config), REFUSED);
	ck_assert_uint_eq(count_entries(folder.bytes), 1);
	plan.password = PASSWORD;
	ck_assert_int_eq(setup_make(&plan, &recovery, &config), DONE);
	ck_assert_int_eq(access(path, F_OK), 0);
	free(path);
	text_free(&config);
}
END_TEST

static Suite *
suite_of_setup(void)
{
	Suite *suite = suite_create("setup");
	TCase *tcase = tcase_create("setup");

	suite_add_tcase(suite, tcase);
	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, open_top, close_top);
	tcase_add_test(tcase, a_set_up_is_for_its_owner_only);
	tcase_add_test(tcase, a_set_up_has_a_demo_line_and_a_line_a_modem);
	tcase_add_test(tcase, password_and_recovery_key_open_the_same_team);
	tcase_add_test(tcase, a_set_up_that_is_there_is_not_touched);
	tcase_add_test(tcase, a_recovery_file_that_is_there_is_not_touched);
	tcase_add_loop_test(tcase, nothing_half_made_is_left_behind, 0, 6);
	tcase_add_test(
	    tcase, a_folder_that_was_there_stays_with_what_was_in_it);
	return (suite);
}

CHECK_MAIN(suite_of_setup);
