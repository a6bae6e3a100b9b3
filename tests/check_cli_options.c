/* Options of a command line, read by a table into a struct. */
#include "gateway/base/outcome.h"
#include "gateway/desk/cli_options.h"
#include "gateway/desk/desk.h"
#include "tests/check_main.h"

enum { TAKES_ALL = 1 << 0, TAKES_MOST = 1 << 1, TAKES_TAGS = 1 << 2 };

struct wish {
	struct {
		const char *config;
		const char *staff;
		const char *password_file;
	} who;
	unsigned given;
	int64_t most;
	const char *output;
	struct cli_list tags;
};

struct row {
	struct cli_action is;
	int number;
};

static const struct cli_field fields[] = {
	CLI_WHO(struct wish),
	CLI_FLAG("all", TAKES_ALL),
	CLI_NUMBER("most", TAKES_MOST, struct wish, most, 1, 50),
	CLI_WORD("output", 'o', 0, struct wish, output),
	CLI_LIST("tag", TAKES_TAGS, struct wish, tags),
};

static const struct row rows[] = {
	{ { "list", TAKES_ALL | TAKES_MOST, 0, 0, NULL }, 1 },
	{ { "show", 0, 1, 1, "a reference" }, 2 },
	{ { "say", TAKES_TAGS, 1, CLI_ANY_WORDS, NULL }, 3 },
};

static struct wish wish;
static const struct cli_line line = { &command_queue, fields, COUNT_OF(fields),
	&wish, &wish.given, rows, COUNT_OF(rows), sizeof(rows[0]) };

/* Reads "queue WORDS..." and gives the row's number, or minus the status. */
static int
read_line(const char *const *words)
{
	char *argv[2 * CLI_LIST_MOST + 16] = { (char *)(uintptr_t) "queue" };
	const void *row;
	int argc = 1;
	int first;
	int status;

	memset(&wish, 0, sizeof(wish));
	for (; words[argc - 1] != NULL; argc++)
		argv[argc] = (char *)(uintptr_t)words[argc - 1];
	status = cli_read_fields(&line, argc, argv, &first);
	if (status == EXIT_DONE)
		status =
		    cli_choose_action(&line, argc - first, argv + first, &row);
	return (
	    status == EXIT_DONE ? ((const struct row *)row)->number : -status);
}

#define READ(...) read_line((const char *const[]){ __VA_ARGS__, NULL })

START_TEST(each_option_finds_its_place)
{
	ck_assert_int_eq(READ("list", "--all", "--most", "7", "-o", "out",
			     "--config=there", "--staff", "Sita"),
	    1);
	ck_assert_uint_eq(wish.given, TAKES_ALL | TAKES_MOST);
	ck_assert_int_eq(wish.most, 7);
	ck_assert_str_eq(wish.output, "out");
	ck_assert_str_eq(wish.who.config, "there");
	ck_assert_str_eq(wish.who.staff, "Sita");
	ck_assert_ptr_null(wish.who.password_file);
}
END_TEST

START_TEST(an_option_may_stand_anywhere_and_more_than_once)
{
	ck_assert_int_eq(
	    READ("say", "--tag", "one", "hello", "--tag", "two", "there"), 3);
	ck_assert_uint_eq(wish.tags.count, 2);
	ck_assert_str_eq(wish.tags.items[0], "one");
	ck_assert_str_eq(wish.tags.items[1], "two");
}
END_TEST

START_TEST(a_list_has_its_end)
{
	const char *words[2 * CLI_LIST_MOST + 5] = { "say", "hello" };

	for (size_t i = 0; i <= CLI_LIST_MOST; i++) {
		words[2 + 2 * i] = "--tag";
		words[3 + 2 * i] = "one";
	}
	ck_assert_int_eq(read_line(words), -EXIT_WRONG_USE);
	ck_assert_uint_eq(wish.tags.count, CLI_LIST_MOST);
	words[2 + 2 * CLI_LIST_MOST] = NULL;
	ck_assert_int_eq(read_line(words), 3);
}
END_TEST

static const char *const wrong_uses[][5] = {
	{ NULL },
	{ "sing" },
	{ "list", "extra" },
	{ "list", "--tag", "one" },
	{ "list", "--most", "0" },
	{ "list", "--most", "51" },
	{ "list", "--most", "many" },
	{ "list", "--most" },
	{ "list", "--sideways" },
	{ "show" },
	{ "show", "KM7P4", "more" },
	{ "show", "KM7P4", "--all" },
	{ "say" },
};

START_TEST(what_is_wrong_is_wrong_use)
{
	ck_assert_int_eq(read_line(wrong_uses[_i]), -EXIT_WRONG_USE);
}
END_TEST

static Suite *
suite_of_cli_options(void)
{
	Suite *suite = suite_create("cli options");
	TCase *tests = tcase_create("cli options");

	tcase_add_test(tests, each_option_finds_its_place);
	tcase_add_test(tests, an_option_may_stand_anywhere_and_more_than_once);
	tcase_add_test(tests, a_list_has_its_end);
	tcase_add_loop_test(
	    tests, what_is_wrong_is_wrong_use, 0, (int)COUNT_OF(wrong_uses));
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_cli_options);
