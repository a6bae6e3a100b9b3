/* Words that are no screen, on channels that carry little: nothing is cut, `9`
 * goes on, and the conversation is over when the last of them is said. */
#include "tests/check_main.h"
#include "tests/menus_copy.h"
#include "tests/menus_talk.h"

enum {
	OPEN = EFFECT_OPEN_REQUEST,
	AGAIN = EFFECT_ASKED_AGAIN,
	UPDATE = EFFECT_UPDATE_REQUEST,
	JOIN = EFFECT_JOIN_CASE,
	ERASE = EFFECT_ERASE_WALK,
};

#define TALK(...) \
	(const struct turn[]) \
	{ \
		__VA_ARGS__, \
		{ \
			NULL, NULL, 0 \
		} \
	}

/* 270 letters: two pages of 182 or 160, three of 128. */
#define LONG \
	"first1 one two three four five six seven eight nine ten eleven" \
	" twelve thirteen fourteen fifteen sixteen seventeen eighteen mid" \
	" nineteen twenty one and twenty two and twenty three and twenty" \
	" four and twenty five and twenty six and twenty seven and twenty" \
	" eight last1"

#define HELP   "trees/shared/help.cfg"
#define SYSTEM "trees/system.cfg"

static const struct change long_end = { HELP,
	"Thank you. Your number is {ref}.", LONG, NULL, NOWHERE, "" };
static const struct change long_withdrawal = { HELP, "We keep nothing.", LONG,
	NULL, NOWHERE, "" };
static const struct change long_joined = { SYSTEM, "Added to {ref}.",
	"{ref} " LONG, NULL, NOWHERE, "" };
static const struct change long_already = { SYSTEM, "A helper has {ref}.",
	"{ref} " LONG, NULL, NOWHERE, "" };
static const struct change long_left = { SYSTEM, "Goodbye.", LONG, NULL,
	NOWHERE, "" };
static const struct change long_unclear = { SYSTEM, "A person reads {ref}.",
	"{ref} " LONG, NULL, NOWHERE, "" };

static struct copy copy;
static struct menus *menus;
static struct talk talk;

static void
begin(const struct change *change, const struct channel_limit *channel)
{
	ck_assert_int_eq(copy_load(&copy, change, &menus), DONE);
	talk_begin(&talk, menus, "gulf", "en");
	talk.channel = channel;
}

static void
end(void)
{
	talk_end(&talk);
	menus_free(menus);
	copy_remove(&copy);
}

static const struct turn to_the_end[] = {
	{ "help", "KX47", OPEN },
	{ "1", "May", UPDATE },
	{ "1", "danger", UPDATE },
	{ "2", "Which country?", UPDATE },
	{ NULL, NULL, 0 },
};

START_TEST(an_end_comes_in_pages_and_the_last_ends_the_conversation)
{
	begin(&long_end, &channel_ussd_128);
	talk_run(&talk, to_the_end);
	talk_run(&talk, TALK({ "Qatar", "first1|9 More|-mid", UPDATE }));
	/* What was answered is gone with the first page. */
	ck_assert_uint_eq(talk.walk.answer_count, 0);
	ck_assert_uint_eq(talk.walk.trail_count, 0);
	ck_assert_int_eq(talk.walk.mood, WALK_FRESH);
	talk_run(&talk,
	    TALK({ "9", "mid|9 More|-first1|-last1", 0 },
		{ "9", "last1|-9 More", ERASE }, { "9", "Work abroad", 0 }));
	end();
}
END_TEST

START_TEST(an_end_that_fits_takes_one_page_on_every_channel)
{
	begin(NULL, &channel_ussd_128);
	talk_run(&talk, to_the_end);
	talk_run(&talk,
	    TALK({ "Qatar", "=Thank you. Your number is KX47.",
		UPDATE | ERASE }));
	end();
	begin(&long_end, &channel_sms);
	talk_run(&talk, to_the_end);
	talk_run(&talk, TALK({ "Qatar", "first1|last1", UPDATE | ERASE }));
	end();
}
END_TEST

/* What is written instead of `9`, and what comes. */
static const struct turn instead[] = {
	{ "hi", "=Added to KX47.", JOIN },
	{ "1", "Work abroad", 0 },
	{ "menu", "Work abroad", 0 },
	{ "0", "Work abroad", 0 },
	{ "help", "We know of KX47", AGAIN },
	{ "stop", "=OK", EFFECT_STOP | ERASE },
	{ "@call", "Work abroad", 0 },
};

START_TEST(whoever_does_not_read_on_starts_anew)
{
	begin(&long_end, &channel_ussd_160);
	talk_run(&talk, to_the_end);
	talk_run(&talk, TALK({ "Qatar", "first1|9 More", UPDATE }));
	talk_turn(&talk, &instead[_i]);
	end();
}
END_TEST

START_TEST(a_withdrawal_counts_from_its_first_page_on)
{
	begin(&long_withdrawal, &channel_ussd_160);
	talk_run(&talk,
	    TALK({ "help", "KX47", OPEN }, { "1", "May", UPDATE },
		{ "2", "first1|9 More", UPDATE | EFFECT_WITHDRAW },
		{ "more", "last1", ERASE }));
	end();
}
END_TEST

START_TEST(what_was_added_is_said_whole_and_then_the_screen)
{
	begin(&long_joined, &channel_ussd_128);
	talk_run(&talk,
	    TALK({ "help", "KX47", OPEN }, { "0", "Is it safe", 0 },
		{ "please call me", "KX47 first1|9 More", JOIN },
		{ "9", "mid|9 More", 0 }, { "9", "last1|Is it safe", 0 },
		{ "call me", "KX47 first1", JOIN },
		/* The question can be answered at once. */
		{ "1", "May we keep", UPDATE }));
	end();
}
END_TEST

START_TEST(what_was_added_is_said_whole_to_who_stands_nowhere)
{
	begin(&long_joined, &channel_ussd_128);
	talk_run(&talk, to_the_end);
	talk_run(&talk,
	    TALK({ "Qatar", "Thank you", UPDATE | ERASE },
		{ "call me", "KX47 first1|9 More", JOIN },
		{ "9", "mid|9 More", 0 }, { "9", "last1|-9 More", ERASE }));
	end();
}
END_TEST

START_TEST(while_a_person_has_the_case_nine_reads_on_and_shows_no_menu)
{
	begin(&long_already, &channel_ussd_128);
	talk_run(&talk,
	    TALK({ "help", "KX47", OPEN }, { "@claim", "", 0 },
		{ "9", "", JOIN },
		{ "help", "KX47 first1|9 More", AGAIN | JOIN },
		{ "9", "mid|9 More", 0 }, { "9", "last1|-Is it safe", 0 },
		{ "9", "", JOIN }));
	end();
}
END_TEST

START_TEST(nobody_learns_half_of_what_becomes_of_an_unclear_text)
{
	begin(&long_unclear, &channel_ussd_160);
	talk_run(&talk,
	    TALK({ "hi", "Work", 0 }, { "zz", "Not", 0 },
		{ "zz", "What now?", 0 },
		{ "I do not know", "KX47 first1|9 More", OPEN | JOIN },
		{ "9", "last1", 0 }, { "more", "Work abroad", 0 }));
	end();
}
END_TEST

/* Nothing may be kept after these, so they are cut. */
START_TEST(a_goodbye_leaves_nothing_behind)
{
	begin(&long_left, &channel_ussd_160);
	talk_run(&talk,
	    TALK({ "hi", "Work", 0 }, { "end", "first1|...|-9 More", ERASE },
		{ "9", "Work", 0 }));
	end();
}
END_TEST

START_TEST(more_of_nothing_is_the_menu)
{
	begin(NULL, NULL);
	talk_run(&talk, TALK({ "more", "Work abroad", 0 }));
	end();
}
END_TEST

static Suite *
suite_of_walk_pages(void)
{
	Suite *suite = suite_create("walk_pages");
	TCase *cases = tcase_create("pages");

	tcase_add_test(
	    cases, an_end_comes_in_pages_and_the_last_ends_the_conversation);
	tcase_add_test(cases, an_end_that_fits_takes_one_page_on_every_channel);
	tcase_add_loop_test(cases, whoever_does_not_read_on_starts_anew, 0,
	    (int)COUNT_OF(instead));
	tcase_add_test(cases, a_withdrawal_counts_from_its_first_page_on);
	tcase_add_test(cases, what_was_added_is_said_whole_and_then_the_screen);
	tcase_add_test(
	    cases, what_was_added_is_said_whole_to_who_stands_nowhere);
	tcase_add_test(
	    cases, while_a_person_has_the_case_nine_reads_on_and_shows_no_menu);
	tcase_add_test(
	    cases, nobody_learns_half_of_what_becomes_of_an_unclear_text);
	tcase_add_test(cases, a_goodbye_leaves_nothing_behind);
	tcase_add_test(cases, more_of_nothing_is_the_menu);
	suite_add_tcase(suite, cases);
	return (suite);
}

CHECK_MAIN(suite_of_walk_pages);
