/* Counting what callers do: what is counted, once, and nothing they typed. */
#include <string.h>

#include "gateway/base/clock.h"
#include "gateway/hub/count.h"
#include "menus/lookup.h"
#include "store/referrals.h"
#include "store/tallies.h"
#include "tests/store_fixture.h"

static struct menus *menus;
static struct lookup_index *lists;
static struct walk walk;
static struct step step;
static int64_t now_utc_s;
static const struct caller_key caller = { { 7 } };
static char counted[4096];

static void
open_helpline(void)
{
	fixture_open();
	ck_assert_int_eq(
	    menus_load(SOURCE_TREE "/menus", SOURCE_TREE "/locales", &menus),
	    DONE);
	ck_assert(clock_read_date("2026-11-22", &now_utc_s));
	lists = lookup_new();
	lookup_begin(lists, "NP", "DoFE", now_utc_s);
	lookup_add(lists,
	    &(struct lookup_record){ .name = "Example Lotus Overseas",
		.other_names = "",
		.licences = "892/067/068",
		.place = "Testgaun",
		.status = LOOKUP_VALID });
	lookup_finish(lists);
}

static void
close_helpline(void)
{
	step_free(&step);
	walk_free(&walk);
	lookup_free(lists);
	menus_free(menus);
	fixture_close();
}

static void
count(const struct step *counted_step, int is_opened)
{
	const struct count_who who = { .caller = &caller,
		.corridor = "nepal-gulf",
		.is_opened = is_opened,
		.now_utc_s = now_utc_s };

	MUST(count_step(fixture_store, &who, counted_step));
}

/* What the hub does with a text. */
static void
say(const char *text)
{
	struct step_input input = {
		.kind = INPUT_TEXT,
		.text = text,
		.channel = &channel_sms,
		.now_utc_s = now_utc_s,
		.resume_after_s = 86400,
		.corridor = "nepal-gulf",
		.line_language = "en",
		.known_language = "en",
		.ref = "ABCDE",
		.recruiters = lists,
	};

	step_free(&step);
	menu_step(menus, &walk, &input, &step);
	MUST(store_begin(fixture_store));
	count(&step, (step.effects & EFFECT_OPEN_REQUEST) != 0);
	MUST(store_commit(fixture_store));
}

static void
take(const struct tally_row *row, void *into)
{
	size_t length = strlen(counted);

	(void)into;
	snprintf(counted + length, sizeof(counted) - length, "%s %s %s %s:%d\n",
	    row->corridor, row->first, row->second, row->third,
	    (int)row->count);
}

/* All that is counted of a kind, a line each. */
static const char *
counts_of(enum tally_what what)
{
	struct tally_range range = { what, "1970-W01", "9999-W52" };

	counted[0] = '\0';
	MUST(tallies_each(fixture_store, &range, take, NULL));
	return (counted);
}

START_TEST(a_request_is_counted_as_it_is_opened)
{
	say("HELP");
	ck_assert_str_eq(
	    counts_of(TALLY_REQUEST), "nepal-gulf normal help en:1\n");
	say("1");
	ck_assert_str_eq(
	    counts_of(TALLY_REQUEST), "nepal-gulf normal help en:1\n");
}
END_TEST

START_TEST(warning_signs_are_answers_with_a_weight)
{
	say("hello");
	say("2"); /* Abroad: is my work OK? */
	while (
	    step.saved[0] == '\0' && strstr(step.reply.bytes, "1 Yes") == NULL)
		say("1");
	say("2"); /* no: it carries none */
	ck_assert_str_ne(step.saved, "");
	ck_assert_int_eq(step.has_weight, 0);
	ck_assert_str_eq(counts_of(TALLY_SIGN), "");
	say("1");
	ck_assert_int_eq(step.has_weight, 1);
	ck_assert_ptr_nonnull(strstr(counts_of(TALLY_SIGN), step.saved));
	ck_assert_ptr_nonnull(strstr(counted, ":1\n"));
}
END_TEST

START_TEST(a_recruiter_is_counted_when_its_entry_is_shown)
{
	say("hello");
	say("5");
	say("1");
	say("1");
	say("892-67-68");
	ck_assert_str_eq(
	    counts_of(TALLY_RECRUITER), "nepal-gulf NP/892-67-68  :1\n");
	say("somebody nobody knows");
	ck_assert_str_eq(
	    counts_of(TALLY_RECRUITER), "nepal-gulf NP/892-67-68  :1\n");
}
END_TEST

START_TEST(words_a_caller_typed_are_never_counted)
{
	static const char *const texts[] = { "HELP", "1", "1", "2", "1", "2",
		"1", "Qatar-of-the-test", "1", "5", "codeword-of-the-test",
		"name-of-the-test", "MENU", "something-of-the-test" };

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		say(texts[i]);
	ck_assert_str_eq(counts_of(TALLY_NEED), "nepal-gulf place  :1\n");
	for (int what = 0; what < TALLY_WHATS; what++)
		ck_assert_ptr_null(
		    strstr(counts_of((enum tally_what)what), "of-the-test"));
	ck_assert_int_eq(fixture_has_string("of-the-test"), 0);
}
END_TEST

START_TEST(feedback_is_counted_by_question_and_answer)
{
	struct step answered = { .saved = "feedback_useful",
		.is_saved_first = 1 };

	text_add(&answered.saved_value, "little");
	MUST(store_begin(fixture_store));
	count(&answered, 0);
	MUST(store_commit(fixture_store));
	text_free(&answered.saved_value);
	ck_assert_str_eq(counts_of(TALLY_FEEDBACK),
	    "nepal-gulf feedback_useful little :1\n");
}
END_TEST

static void
take_people(const struct tally_row *row, void *into)
{
	int64_t *people = into;

	people[0] += row->count;
	people[1] += row->callers;
	people[2] += row->new_callers;
}

/* Requests by HELP, each for another need and from another urgency. */
static void
ask_often(int times)
{
	for (int i = 0; i < times; i++) {
		struct step asked = { .opened_by = "help",
			.urgency = i % 4,
			.language = "en",
			.saved = "need",
			.is_saved_first = 1 };

		text_printf(&asked.saved_value, "need-%d", i % 5);
		MUST(store_begin(fixture_store));
		count(&asked, 1);
		MUST(store_commit(fixture_store));
		text_free(&asked.saved_value);
	}
}

START_TEST(one_caller_with_eleven_requests_is_one_person)
{
	static const enum tally_what whats[] = { TALLY_REQUEST, TALLY_NEED };

	ask_often(11);
	for (size_t i = 0; i < COUNT_OF(whats); i++) {
		struct tally_range range = { whats[i], "1970-W01", "9999-W52" };
		int64_t people[3] = { 0 };

		MUST(tallies_each(fixture_store, &range, take_people, people));
		ck_assert_int_eq(people[0], 11);
		ck_assert_int_eq(people[1], 1);
		ck_assert_int_eq(people[2], 1);
	}
}
END_TEST

/* A yes joins a case: does the step say so, in the caller's own language? */
static const struct word_case {
	const char *text;
	int yes_or_no;
} word_cases[] = { { "yes", 1 }, { "YES!", 1 }, { "no", -1 },
	{ "yes but not today", 0 }, { "1", 0 }, { "हो", 1 }, { "होइन", -1 },
	{ "hello", 0 } };

START_TEST(only_a_whole_text_is_a_yes_or_a_no)
{
	struct step_input input = {
		.kind = INPUT_TEXT,
		.text = word_cases[_i].text,
		.channel = &channel_sms,
		.now_utc_s = now_utc_s,
		.resume_after_s = 86400,
		.corridor = "nepal-gulf",
		.line_language = "ne",
		.known_language = "ne",
		.has_request = 1,
		.is_claimed = 1,
		.ref = "ABCDE",
	};

	menu_step(menus, &walk, &input, &step);
	ck_assert_uint_ne(step.effects & EFFECT_JOIN_CASE, 0);
	ck_assert_int_eq(step.yes_or_no, word_cases[_i].yes_or_no);
}
END_TEST

static Suite *
suite_of_count(void)
{
	Suite *suite = suite_create("count");
	TCase *tests = tcase_create("count");

	tcase_set_timeout(tests, 60);
	tcase_add_checked_fixture(tests, open_helpline, close_helpline);
	tcase_add_test(tests, a_request_is_counted_as_it_is_opened);
	tcase_add_test(tests, warning_signs_are_answers_with_a_weight);
	tcase_add_test(tests, a_recruiter_is_counted_when_its_entry_is_shown);
	tcase_add_test(tests, words_a_caller_typed_are_never_counted);
	tcase_add_test(tests, feedback_is_counted_by_question_and_answer);
	tcase_add_test(tests, one_caller_with_eleven_requests_is_one_person);
	tcase_add_loop_test(tests, only_a_whole_text_is_a_yes_or_a_no, 0,
	    (int)COUNT_OF(word_cases));
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_count);
