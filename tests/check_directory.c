#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/file.h"
#include "gateway/base/log.h"
#include "menus/directory.h"
#include "tests/check_main.h"

static const char header[] =
    "name,kind,place,need,hours,languages,cost,how,address,source,"
    "checked_on,expires_on,show\n";

static struct text complaints;

static void
hear(enum log_level level, const char *words, void *into)
{
	(void)level;
	(void)into;
	text_printf(&complaints, "%s\n", words);
}

/* Loads these rows below the header; what is wrong is in `complaints`. */
static enum outcome
load(const char *rows, struct directory **directory_r)
{
	char path[] = "check_directory.XXXXXX";
	struct text content = { 0 };
	int fd = mkstemp(path);
	enum outcome outcome;

	ck_assert_int_ge(fd, 0);
	close(fd);
	text_add(&content, header);
	text_add(&content, rows);
	ck_assert_int_eq(
	    file_write(path, 0600, content.bytes, content.length), DONE);
	text_clear(&complaints);
	log_listen(hear, NULL);
	outcome = directory_load(path, directory_r);
	log_listen(NULL, NULL);
	unlink(path);
	text_free(&content);
	return (outcome);
}

static const struct {
	const char *row;
	const char *complaint;
} faults[] = {
	{ "S,shelter,Doha,shelter,,,,+974 1,Street 5,x,,,no\n",
	    ":2: a shelter's address" },
	{ "S,shelter,Doha,shelter,,,,\"Street 5, blue door\",,x,,,no\n",
	    ":2: how to reach a shelter" },
	{ "S,shelter,Doha 5,shelter,,,,+974 1,,x,,,no\n",
	    ":2: the place of a shelter" },
	{ "\nS,legal,Doha,legal,,,,+974 1,,x,,,perhaps\n", ":3: show is" },
	{ "S,legal,Doha,legal,,,,,,x,,,yes\n", ":2: it is shown, but how" },
	{ ",legal,Doha,legal,,,,+974 1,,x,,,no\n", ":2: the name is missing" },
	{ "S,Legal help,Doha,legal,,,,+974 1,,x,,,no\n", ":2: kind is" },
	{ "S,legal,Doha,,,,,+974 1,,x,,,no\n", ":2: need is" },
	{ "S,legal,Doha,legal,,,,+974 1,,x,21.11.26,,no\n",
	    ":2: checked_on is" },
	{ "S,legal,Doha\n", ":2: this row has 3 fields" },
	{ "S,legal,{ref},legal,,,,+974 1,,x,,,no\n", ":2: place must be one" },
	{ "S,legal,\xff,legal,,,,+974 1,,x,,,no\n", ":2: place is not clean" },
	{ "S,legal,\"Doha,legal,,,,+974 1,,x,,,no\n", "never closed" },
};

START_TEST(a_wrong_row_is_told_with_its_line_and_nothing_is_loaded)
{
	struct directory *directory = NULL;

	ck_assert_int_eq(load(faults[_i].row, &directory), REFUSED);
	ck_assert_ptr_null(directory);
	ck_assert_msg(
	    strstr(text_string(&complaints), faults[_i].complaint) != NULL,
	    "said: %s", text_string(&complaints));
	text_free(&complaints);
}
END_TEST

START_TEST(a_column_that_is_missing_or_unknown_is_told)
{
	struct directory *directory = NULL;
	char path[] = "check_directory.XXXXXX";
	int fd = mkstemp(path);

	ck_assert_int_ge(fd, 0);
	close(fd);
	ck_assert_int_eq(file_write(path, 0600, "name,phone\n", 11), DONE);
	log_listen(hear, NULL);
	ck_assert_int_eq(directory_load(path, &directory), REFUSED);
	log_listen(NULL, NULL);
	unlink(path);
	ck_assert_ptr_nonnull(
	    strstr(complaints.bytes, ":1: there is no column 'phone'"));
	ck_assert_ptr_nonnull(
	    strstr(complaints.bytes, ":1: the column 'show' is missing"));
	ck_assert_int_eq(directory_load("/nowhere/x.csv", &directory), NOTHING);
	text_free(&complaints);
}
END_TEST

static const struct {
	const char *place;
	const char *need;
	const char *found[DIRECTORY_MOST];
} searches[] = {
	{ "Doha", "legal", { "Example Legal Desk", "Example Phone Line" } },
	{ "I am in dohha", "legal",
	    { "Example Legal Desk", "Example Phone Line" } },
	{ "दोहा", "legal", { "Example Legal Desk", "Example Phone Line" } },
	{ "alkhor", "legal", { "Example Phone Line" } },
	{ "al khor", "legal", { "Example Far Desk", "Example Phone Line" } },
	{ "Muscat", "legal", { "Example Phone Line" } },
	{ "Muscat", "health", { NULL } },
	{ "doha", "shelter", { "Example Shelter" } },
	{ "doha", NULL,
	    { "Example Legal Desk", "Example Clinic", "Example Shelter" } },
};

START_TEST(services_of_the_place_come_first_and_only_checked_ones)
{
	const struct service *found[DIRECTORY_MOST];
	struct directory *directory = NULL;
	int64_t now_utc_s;
	size_t count;
	size_t wanted = 0;

	ck_assert(clock_read_date("2026-11-22", &now_utc_s));
	ck_assert_int_eq(
	    directory_load(SOURCE_TREE "/tests/data/directory.csv", &directory),
	    DONE);
	count = directory_find(
	    directory, searches[_i].place, searches[_i].need, now_utc_s, found);
	while (wanted < DIRECTORY_MOST && searches[_i].found[wanted] != NULL)
		wanted++;
	ck_assert_uint_eq(count, wanted);
	for (size_t i = 0; i < count; i++)
		ck_assert_str_eq(found[i]->name, searches[_i].found[i]);
	/* When their time is over, nothing is told. */
	ck_assert(clock_read_date("2027-05-01", &now_utc_s));
	ck_assert_uint_eq(directory_find(directory, searches[_i].place,
			      searches[_i].need, now_utc_s, found),
	    0);
	directory_free(directory);
}
END_TEST

static Suite *
directory_suite(void)
{
	Suite *suite = suite_create("directory");
	TCase *cases = tcase_create("directory");

	tcase_add_loop_test(cases,
	    a_wrong_row_is_told_with_its_line_and_nothing_is_loaded, 0,
	    COUNT_OF(faults));
	tcase_add_test(cases, a_column_that_is_missing_or_unknown_is_told);
	tcase_add_loop_test(cases,
	    services_of_the_place_come_first_and_only_checked_ones, 0,
	    COUNT_OF(searches));
	suite_add_tcase(suite, cases);
	return (suite);
}

CHECK_MAIN(directory_suite);
