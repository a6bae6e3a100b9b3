#include <string.h>

#include "gateway/base/clock.h"
#include "gateway/base/file.h"
#include "gateway/base/memory.h"
#include "menus/lookup.h"
#include "menus/menu_walk.h"
#include "tests/check_main.h"

/* The shipped corridor, asked through the engine as the hub does. */
static struct menus *menus;
static struct lookup_index *lists;
static struct walk walk;
static struct step step;
static int64_t now_utc_s;
static const char *language;

static void
add(const char *name, const char *licence, enum lookup_status status)
{
	lookup_add(lists,
	    &(struct lookup_record){
		.name = name,
		.other_names = "",
		.licences = licence,
		.place = "Testgaun",
		.status = status,
	    });
}

static void
make_lists(const char *as_of)
{
	int64_t as_of_utc_s;

	ck_assert(clock_read_date(as_of, &as_of_utc_s));
	lists = lookup_new();
	lookup_begin(lists, "NP", "DoFE", as_of_utc_s);
	add("Example Lotus Overseas", "892/067/068", LOOKUP_VALID);
	add("Example Lotus Travels", "893", LOOKUP_CANCELLED);
	add("Help Nepal Menu", "894", LOOKUP_VALID);
	lookup_finish(lists);
}

static void
set_up(void)
{
	ck_assert_int_eq(
	    menus_load(SOURCE_TREE "/menus", SOURCE_TREE "/locales", &menus),
	    DONE);
	ck_assert(clock_read_date("2026-11-22", &now_utc_s));
	language = "en";
	make_lists("2026-11-20");
}

static void
take_down(void)
{
	step_free(&step);
	walk_free(&walk);
	lookup_free(lists);
	lists = NULL;
	menus_free(menus);
}

static const char *
say(const char *text)
{
	struct step_input input = {
		.kind = INPUT_TEXT,
		.text = text,
		.channel = &channel_sms,
		.now_utc_s = now_utc_s,
		.resume_after_s = 86400,
		.corridor = "nepal-gulf",
		.line_language = language,
		.known_language = language,
		.ref = "ABCDE",
		.recruiters = lists,
	};

	step_free(&step);
	menu_step(menus, &walk, &input, &step);
	return (text_string(&step.reply));
}

static void
says(const char *reply, const char *words)
{
	ck_assert_msg(
	    strstr(reply, words) != NULL, "'%s' is not in: %s", words, reply);
}

static void
says_not(const char *reply, const char *words)
{
	ck_assert_msg(
	    strstr(reply, words) == NULL, "'%s' is in: %s", words, reply);
}

static const char *
go_to_agency(void)
{
	(void)say("hello");
	(void)say("5");
	(void)say("1");
	return (say("1"));
}

START_TEST(an_entry_has_its_status_its_source_and_its_date)
{
	const char *reply;

	says(go_to_agency(), "licence number");
	reply = say("892-67-68");
	says(reply, "Example Lotus Overseas, Testgaun");
	says(reply, "Licence: 892/067/068");
	says(reply, "Status: valid");
	says(reply, "List of DoFE, 20 Nov 2026");
	says(reply, "no promise");
	says_not(reply, "30 days");
	says_not(reply, "safe");
	reply = say("893");
	says(reply, "Status: taken away");
	says(reply, "Do not pay");
}
END_TEST

START_TEST(candidates_are_chosen_by_number_and_zero_asks_again)
{
	const char *reply;

	(void)go_to_agency();
	reply = say("lotus");
	says(reply, "DoFE, 20 Nov 2026");
	says(reply, "Example Lotus Overseas, Testgaun: valid");
	says(reply, "Example Lotus Travels, Testgaun: taken away");
	says(reply, "3 None of these");
	says(say("2"), "List of DoFE, 20 Nov 2026");
	says(say("0"), "licence number");
	(void)say("lotus");
	says(say("3"), "Not found on the list of DoFE, 20 Nov 2026");
	says(say("0"), "licence number");
	says(say("0"), "1 Check agency");
}
END_TEST

START_TEST(what_is_not_found_is_never_called_false)
{
	const char *reply;

	(void)go_to_agency();
	reply = say("qwxz unheard");
	says(reply, "Not found on the list of DoFE, 20 Nov 2026");
	says(reply, "HELP");
	says_not(reply, "false");
	says_not(reply, "fake");
	/* And again, and again: never a loop without a way to a person. */
	says(say("9999"), "HELP");
	says(say("892"), "Status: valid");
}
END_TEST

START_TEST(a_list_older_than_thirty_days_says_so)
{
	lookup_free(lists);
	make_lists("2026-10-22");
	(void)go_to_agency();
	says(say("892"), "more than 30 days old");
	says(say("qwxz unheard"), "more than 30 days old");
	lookup_free(lists);
	make_lists("2026-10-23");
	says_not(say("892"), "30 days");
}
END_TEST

START_TEST(without_a_list_the_caller_is_told_so_at_once)
{
	lookup_free(lists);
	lists = NULL;
	says(go_to_agency(), "no list here");
	says(say("892"), "no list here");
}
END_TEST

START_TEST(a_name_that_begins_with_a_command_is_a_name)
{
	(void)go_to_agency();
	says(say("help nepal menu"), "Help Nepal Menu");
	ck_assert_uint_eq(step.effects & EFFECT_OPEN_REQUEST, 0);
	(void)say("HELP");
	ck_assert_uint_ne(step.effects & EFFECT_OPEN_REQUEST, 0);
}
END_TEST

START_TEST(the_entry_stands_after_a_restart_and_a_change_of_language)
{
	struct text bytes = { 0 };

	(void)go_to_agency();
	(void)say("lotus");
	walk_write(&walk, &bytes);
	walk_free(&walk);
	ck_assert_int_eq(walk_read(bytes.bytes, bytes.length, &walk), DONE);
	text_free(&bytes);
	says(say("1"), "Status: ");
	(void)say("LANGUAGE");
	says(say("3"), "Avastha: ");
}
END_TEST

START_TEST(an_entry_that_a_new_list_lacks_leads_back_to_the_question)
{
	(void)go_to_agency();
	says(say("lotus"), "Which one?");
	lookup_free(lists);
	lists = lookup_new();
	lookup_begin(lists, "NP", "DoFE", now_utc_s);
	add("Example Other Agency", "5", LOOKUP_VALID);
	lookup_finish(lists);
	says(say("1"), "Not found");
	says(say("5"), "Example Other Agency");
}
END_TEST

/* Names as long as the import lets them be still say it all. */
START_TEST(the_longest_entry_is_said_whole_page_by_page)
{
	char name[LOOKUP_NAME_MAX_BYTES + 1];
	struct text all = { 0 };

	memset(name, 'x', sizeof(name) - 1);
	memcpy(name, "Lotus ", 6);
	name[sizeof(name) - 1] = '\0';
	lookup_free(lists);
	lists = lookup_new();
	lookup_begin(lists, "NP", "DoFE", now_utc_s);
	add(name, "1", LOOKUP_BANNED);
	name[10] = 'y';
	add(name, "2", LOOKUP_VALID);
	name[11] = 'y';
	add(name, "3", LOOKUP_SUSPENDED);
	lookup_finish(lists);
	(void)go_to_agency();
	text_add(&all, say("lotus"));
	for (int i = 0; i < 4 && strstr(all.bytes, "None of these") == NULL;
	     i++)
		text_add(&all, say("9"));
	says(all.bytes, ": banned");
	says(all.bytes, ": valid");
	says(all.bytes, ": stopped for now");
	says(all.bytes, "4 None of these");
	text_free(&all);
}
END_TEST

static Suite *
walk_lookup_suite(void)
{
	Suite *suite = suite_create("walk_lookup");
	TCase *cases = tcase_create("walk_lookup");

	tcase_add_checked_fixture(cases, set_up, take_down);
	tcase_add_test(cases, an_entry_has_its_status_its_source_and_its_date);
	tcase_add_test(
	    cases, candidates_are_chosen_by_number_and_zero_asks_again);
	tcase_add_test(cases, what_is_not_found_is_never_called_false);
	tcase_add_test(cases, a_list_older_than_thirty_days_says_so);
	tcase_add_test(cases, without_a_list_the_caller_is_told_so_at_once);
	tcase_add_test(cases, a_name_that_begins_with_a_command_is_a_name);
	tcase_add_test(
	    cases, the_entry_stands_after_a_restart_and_a_change_of_language);
	tcase_add_test(
	    cases, an_entry_that_a_new_list_lacks_leads_back_to_the_question);
	tcase_add_test(cases, the_longest_entry_is_said_whole_page_by_page);
	suite_add_tcase(suite, cases);
	return (suite);
}

CHECK_MAIN(walk_lookup_suite);
