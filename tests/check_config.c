#include "gateway/base/config.h"

#include <unistd.h>

#include "gateway/base/file.h"
#include "tests/check_main.h"

struct values {
	char *name;
	char *place;
	char *colour;
	int64_t count;
	int is_open;
	struct text_list words;
};

static const struct config_option options[] = {
	{ "name", OPTION_TEXT, offsetof(struct values, name), NULL, 1,
	    .help = "what it is called" },
	{ "place", OPTION_PATH, offsetof(struct values, place), "here",
	    .help = "where it is" },
	{ "colour", OPTION_WORD, offsetof(struct values, colour), "red",
	    .words = "red green" },
	{ "count", OPTION_NUMBER, offsetof(struct values, count), "7", .min = 1,
	    .max = 10 },
	{ "open", OPTION_YES, offsetof(struct values, is_open), "true",
	    .help = "whether" },
	{ "words", OPTION_TEXTS, offsetof(struct values, words), "one|two",
	    .help = "some words" },
};

static char folder[64];
static char *path;
static char *log_path;
static int saved_error;

/* The log goes to standard error; here it goes where it can be read. */
static void
make_folder(void)
{
	FILE *log;

	(void)snprintf(folder, sizeof(folder), "check_config.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	path = file_path(folder, "test.conf");
	log_path = file_path(folder, "log");
	saved_error = dup(STDERR_FILENO);
	log = freopen(log_path, "w", stderr);
	ck_assert_ptr_nonnull(log);
}

static void
remove_folder(void)
{
	char *included = file_path(folder, "more.conf");

	ck_assert_int_ge(dup2(saved_error, STDERR_FILENO), 0);
	close(saved_error);
	(void)unlink(included);
	(void)unlink(path);
	(void)unlink(log_path);
	ck_assert_int_eq(rmdir(folder), 0);
	free(included);
	free(path);
	free(log_path);
}

static void
write_file(const char *content)
{
	ck_assert_int_eq(
	    file_write(path, 0600, content, strlen(content)), DONE);
}

/* How many lines the log has, and that one of them says this. */
static unsigned
count_log_lines(const char *words)
{
	struct text text = { 0 };
	unsigned lines = 0;

	ck_assert_int_eq(file_read(log_path, 65536, &text), DONE);
	ck_assert_msg(strstr(text_string(&text), words) != NULL,
	    "the log says: %s", text_string(&text));
	for (size_t i = 0; i < text.length; i++)
		lines += text.bytes[i] == '\n';
	text_free(&text);
	return (lines);
}

static enum outcome
read_group(const char *content, struct values *values)
{
	struct config *config = NULL;
	enum outcome outcome;

	*values = (struct values){ 0 };
	write_file(content);
	outcome = config_open(path, &config);
	if (outcome != DONE)
		return (outcome);
	config_read_group(config, "thing", options, COUNT_OF(options), values);
	outcome = config_verdict(config);
	config_close(config);
	return (outcome);
}

START_TEST(what_is_set_is_read_and_the_rest_are_defaults)
{
	struct values values;

	ck_assert_int_eq(read_group("thing = { name = \"मद्दत\"; count = 3;"
				    " open = false; };",
			     &values),
	    DONE);
	ck_assert_str_eq(values.name, "मद्दत");
	ck_assert_str_eq(values.colour, "red");
	ck_assert_int_eq(values.count, 3);
	ck_assert_int_eq(values.is_open, 0);
	ck_assert_int_eq(strncmp(values.place, folder, strlen(folder)), 0);
	ck_assert_str_eq(values.place + strlen(folder), "/here");
	ck_assert_uint_eq(values.words.count, 2);
	ck_assert_str_eq(values.words.items[1], "two");
	config_free_values(options, COUNT_OF(options), &values);
	ck_assert_ptr_null(values.name);
	ck_assert_ptr_null(values.words.items);
}
END_TEST

START_TEST(a_list_of_texts_takes_the_place_of_the_default)
{
	struct values values;

	ck_assert_int_eq(read_group("thing = { name = \"x\";"
				    " words = ( \"a b\" ); };",
			     &values),
	    DONE);
	ck_assert_uint_eq(values.words.count, 1);
	ck_assert_str_eq(values.words.items[0], "a b");
	config_free_values(options, COUNT_OF(options), &values);
	ck_assert_int_eq(
	    read_group(
		"thing = { name = \"x\"; words = ( \"a\", 2 ); };", &values),
	    REFUSED);
	ck_assert_uint_ge(count_log_lines("words must be a text in quotes"), 1);
	config_free_values(options, COUNT_OF(options), &values);
	ck_assert_int_eq(
	    read_group("thing = { name = \"x\"; words = \"a\"; };", &values),
	    REFUSED);
	ck_assert_uint_ge(count_log_lines("words must be a list of texts"), 1);
	config_free_values(options, COUNT_OF(options), &values);
}
END_TEST

START_TEST(a_path_from_the_root_stays)
{
	struct values values;

	ck_assert_int_eq(read_group("thing = { name = \"x\"; place = \"/y\";"
				    " colour = \"green\"; };",
			     &values),
	    DONE);
	ck_assert_str_eq(values.place, "/y");
	ck_assert_str_eq(values.colour, "green");
	config_free_values(options, COUNT_OF(options), &values);
}
END_TEST

static const struct wrong_row {
	const char *content;
	const char *words;
	unsigned lines;
} wrong_rows[] = {
	{ "thing = {\n count = 3; };", "test.conf:1: name is missing", 1 },
	{ "", "name is missing here: what it is called", 1 },
	{ "thing = { name = 5; };", "name must be a text in quotes", 1 },
	{ "thing = { name = \"a\\nb\"; };", "control character", 1 },
	{ "thing = { name = \"a\xff\"; };", "name is not UTF-8", 1 },
	{ "thing = { name = \"\xc0\x80\"; };", "name is not UTF-8", 1 },
	{ "thing = { name = \"\xe0\x80\x80\"; };", "name is not UTF-8", 1 },
	{ "thing = { name = \"\xed\xa0\x80\"; };", "name is not UTF-8", 1 },
	{ "thing = { name = \"\xf4\x90\x80\x80\"; };", "name is not UTF-8", 1 },
	{ "thing = { name = \"\xe0\xa4\"; };", "name is not UTF-8", 1 },
	{ "thing = { name = \"\x80\"; };", "name is not UTF-8", 1 },
	{ "thing = { name = \"a\";\n colour = \"blue\"; };",
	    "test.conf:2: colour is 'blue' but must be one of: red green", 1 },
	{ "thing = { name = \"a\";\n\n count = 11; };",
	    "test.conf:3: count is 11 but must be from 1 to 10", 1 },
	{ "thing = { name = \"a\"; count = 0; };", "count is 0", 1 },
	{ "thing = { name = \"a\"; count = 5000000000L; };",
	    "count is 5000000000", 1 },
	{ "thing = { name = \"a\"; count = 1.5; };", "whole number", 1 },
	{ "thing = { name = \"a\"; count = \"3\"; };", "whole number", 1 },
	{ "thing = { name = \"a\"; open = 1; };", "true or false", 1 },
	{ "thing = { name = \"a\";\n nmae = 1; };",
	    "test.conf:2: nmae is not a setting", 1 },
	{ "other = 1;\nthing = { name = \"a\"; };",
	    "test.conf:1: other is not a setting", 1 },
	/* Each mistake is told, and none twice. */
	{ "thing = { name = 5; colour = \"blue\"; count = 0; open = 1; x = 1; };",
	    "x is not a setting", 5 },
	{ "thing = 5;", "thing must be a group", 2 },
	/* What libconfig itself does not read. */
	{ "thing = { name = \"a\" count = 3 };\nthing = {",
	    "test.conf:2: ", 1 },
	{ "thing = {\n name = \"a;\n count = 3;\n};\n",
	    "test.conf:2: a quotation mark is missing", 1 },
	{ "# it's \"odd\n// and \"this\nthing = {\n name = \"a;\n};\n",
	    "test.conf:4: a quotation mark is missing", 1 },
	{ "thing = {\n name = ;\n};\n", "test.conf:2: ", 1 },
};

START_TEST(a_mistake_is_told_with_its_line)
{
	const struct wrong_row *row = &wrong_rows[_i];
	struct values values;

	ck_assert_int_eq(read_group(row->content, &values), REFUSED);
	ck_assert_uint_eq(count_log_lines(row->words), row->lines);
	config_free_values(options, COUNT_OF(options), &values);
}
END_TEST

START_TEST(a_file_that_is_not_there_is_refused)
{
	struct config *config = NULL;

	ck_assert_int_eq(config_open(path, &config), REFUSED);
	ck_assert_ptr_null(config);
	ck_assert_uint_eq(count_log_lines("there is no such file"), 1);
}
END_TEST

START_TEST(a_file_with_a_nul_is_refused)
{
	static const char content[] = "a = 1;\n\0 b = 2;\n";
	struct config *config = NULL;

	ck_assert_int_eq(
	    file_write(path, 0600, content, sizeof(content) - 1), DONE);
	ck_assert_int_eq(config_open(path, &config), REFUSED);
	ck_assert_uint_eq(count_log_lines("NUL"), 1);
}
END_TEST

START_TEST(a_mistake_in_an_included_file_names_that_file)
{
	static const char bad[] = "\n\nname = ;\n";
	char *included = file_path(folder, "more.conf");
	struct config *config = NULL;

	ck_assert_int_eq(
	    file_write(included, 0600, bad, sizeof(bad) - 1), DONE);
	write_file("thing = {\n@include \"more.conf\"\n};\n");
	ck_assert_int_eq(config_open(path, &config), REFUSED);
	ck_assert_uint_eq(count_log_lines("more.conf:3: "), 1);
	free(included);
}
END_TEST

START_TEST(a_list_is_read_item_by_item)
{
	struct config *config = NULL;
	struct values values[2] = { { 0 } };

	write_file("things = ( { name = \"a\"; },\n { name = \"b\";"
		   " count = 2; } );");
	ck_assert_int_eq(config_open(path, &config), DONE);
	ck_assert_uint_eq(config_list_length(config, "things"), 2);
	for (size_t i = 0; i < 2; i++)
		config_read_item(config, "things", i, options,
		    COUNT_OF(options), &values[i]);
	ck_assert_str_eq(values[0].name, "a");
	ck_assert_int_eq(values[0].count, 7);
	ck_assert_str_eq(values[1].name, "b");
	ck_assert_int_eq(values[1].count, 2);
	ck_assert_int_eq(config_verdict(config), DONE);
	config_complain(config, "things", 1, "the %s is odd", "second");
	ck_assert_int_eq(config_verdict(config), REFUSED);
	ck_assert_uint_eq(count_log_lines("test.conf:2: the second is odd"), 1);
	config_close(config);
	for (size_t i = 0; i < 2; i++)
		config_free_values(options, COUNT_OF(options), &values[i]);
}
END_TEST

START_TEST(what_is_no_list_is_told)
{
	struct config *config = NULL;

	write_file("things = [ 1, 2 ];");
	ck_assert_int_eq(config_open(path, &config), DONE);
	ck_assert_uint_eq(config_list_length(config, "things"), 0);
	ck_assert_uint_eq(config_list_length(config, "none"), 0);
	ck_assert_int_eq(config_verdict(config), REFUSED);
	ck_assert_uint_ge(
	    count_log_lines("things must be a list of groups"), 1);
	config_close(config);
}
END_TEST

static Suite *
suite_of_config(void)
{
	Suite *suite = suite_create("config");
	TCase *tests = tcase_create("config");

	tcase_add_checked_fixture(tests, make_folder, remove_folder);
	tcase_add_test(tests, what_is_set_is_read_and_the_rest_are_defaults);
	tcase_add_test(tests, a_list_of_texts_takes_the_place_of_the_default);
	tcase_add_test(tests, a_path_from_the_root_stays);
	tcase_add_loop_test(
	    tests, a_mistake_is_told_with_its_line, 0, COUNT_OF(wrong_rows));
	tcase_add_test(tests, a_file_that_is_not_there_is_refused);
	tcase_add_test(tests, a_file_with_a_nul_is_refused);
	tcase_add_test(tests, a_mistake_in_an_included_file_names_that_file);
	tcase_add_test(tests, a_list_is_read_item_by_item);
	tcase_add_test(tests, what_is_no_list_is_told);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_config);
