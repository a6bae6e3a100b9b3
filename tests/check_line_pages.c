/* What we ship, in every corridor and language, on every page that a line can
 * have: `menus check` finds nothing that does not fit, the choices of a
 * question stand together, what ends a conversation is never cut, and no walk
 * of chance is ever answered by more than a page. */
#include <string.h>

#include "menus/lookup.h"
#include "menus/menu_check.h"
#include "menus/screen_text.h"
#include "tests/check_main.h"
#include "tests/menus_talk.h"

enum {
	WALKS = 12, /* in each language */
	STEPS = 60,
	CHOICES_MOST = 3,
	PAGES_MOST = 40,
	AN_HOUR_S = 3600,
	LONGEST_NAME = 150,
};

static const struct {
	const char *name;
	const struct channel_limit *limit;
} pages[] = {
	{ "182", &channel_ussd_182 },
	{ "160", &channel_ussd_160 },
	{ "128", &channel_ussd_128 },
	{ "120", &channel_ussd_120 },
};

static struct menus *menus;

static void
set_up(void)
{
	ck_assert_int_eq(
	    menus_load(SOURCE_TREE "/menus", SOURCE_TREE "/locales", &menus),
	    DONE);
}

static void
take_down(void)
{
	menus_free(menus);
}

/* -- what an editor is told --------------------------------------------------- */

START_TEST(menus_check_finds_nothing_that_a_page_cannot_hold)
{
	static const char *const wrong[] = { "USSD page", "SMS parts",
		"does not say HELP" };
	struct check_findings findings = { 0 };

	ck_assert_int_eq(menus_check(menus, TALK_NOON, &findings), DONE);
	for (size_t i = 0; i < findings.count; i++)
		for (size_t k = 0; k < COUNT_OF(wrong); k++)
			ck_assert_msg(
			    strstr(findings.list[i].what, wrong[k]) == NULL,
			    "%s:%d: %s", findings.list[i].file,
			    findings.list[i].line, findings.list[i].what);
	check_findings_free(&findings);
}
END_TEST

/* -- the choices of a question ------------------------------------------------- */

struct shown {
	const struct corridor *corridor;
	const struct screen *screen;
	struct speaker speaker;
};

/* The page on which an option stands, by its number at the start of a line. */
static int
page_of(const struct shown *shown, const struct body *body, size_t number)
{
	char begins[8];
	int more = 1;

	snprintf(begins, sizeof(begins), "\n%zu ", number % 10);
	for (int page = 0; more && page < PAGES_MOST; page++) {
		struct text words = { 0 };
		int at, has;

		text_add_byte(&words, '\n');
		more = speak_page(&shown->speaker, body, page, &words, &at);
		has = strstr(text_string(&words), begins) != NULL;
		text_free(&words);
		if (has)
			return (page);
	}
	ck_abort_msg("%s/%s in %s has no option %zu", shown->corridor->id,
	    shown->screen->id, shown->speaker.language, number);
}

static void
check_together(const struct shown *shown)
{
	struct body body = { 0 };
	size_t options, first;

	speak_screen(&shown->speaker, shown->screen, &body);
	options = body.option_count;
	first =
	    body.first_option > 0 ? body.ends[body.first_option - 1] + 1 : 0;
	if (options > 1 && options <= CHOICES_MOST &&
	    text_fits(&shown->speaker, body.words.bytes + first))
		ck_assert_msg(
		    page_of(shown, &body, 1) == page_of(shown, &body, options),
		    "%s/%s in %s: its choices stand on several pages",
		    shown->corridor->id, shown->screen->id,
		    shown->speaker.language);
	body_free(&body);
}

START_TEST(the_choices_of_a_question_stand_on_one_page)
{
	for (size_t i = 0; i < menus_corridor_count(menus); i++) {
		const struct corridor *corridor = menus_corridor_at(menus, i);

		for (size_t k = 0; k < corridor->language_count; k++)
			for (size_t n = 0; n < corridor->screen_count; n++)
				check_together(&(struct shown){
				    .corridor = corridor,
				    .screen = &corridor->screens[n],
				    .speaker = {
					.menus = menus,
					.corridor = corridor,
					.language = corridor->languages[k],
					.ref = "MMMM-MMMM",
					.channel = pages[_i].limit,
					.now_utc_s = TALK_NOON,
				    },
				});
	}
}
END_TEST

/* -- sentences ------------------------------------------------------------------ */

/* 105 letters with one "9 More" fit a page of 120. */
#define MOST_OF_A_PAGE \
	"Do not give your passport to anybody before you have a contract" \
	" that you can read."

static const struct broken {
	const char *words;
	const char *first; /* page */
} broken[] = {
	{ MOST_OF_A_PAGE " Ask an office of the government about the agent.",
	    MOST_OF_A_PAGE "\n9 More" },
	/* Too little of it. */
	{ "Wait. Do not give your passport to anybody before you have a good"
	  " contract that you can read in your own language at home.",
	    "Wait. Do not give your passport to anybody before you have a good"
	    " contract that you can read in your own language\n9 More" },
	{ "काम छोड्नु अघि हामीसँग कुरा गर्नुहोस्। यो सुरक्षित छ र पैसा पनि लाग्दैन।",
	    "काम छोड्नु अघि हामीसँग कुरा गर्नुहोस्।\n9 More" },
	/* A dot within is no end. */
	{ "It is at most, as the law has it and as the office says, Rs.10,000"
	  " for one country and no more than that may be asked of you.",
	    "It is at most, as the law has it and as the office says, Rs.10,000"
	    " for one country and no more than that may be\n9 More" },
};

START_TEST(a_page_ends_with_a_sentence_that_takes_most_of_it)
{
	struct speaker speaker = {
		.menus = menus, .language = "en", .channel = &channel_ussd_120
	};
	struct body body = { 0 };
	struct text page = { 0 };
	int at;

	body_add(&body, broken[_i].words);
	ck_assert_int_eq(speak_page(&speaker, &body, 0, &page, &at), 1);
	ck_assert_str_eq(text_string(&page), broken[_i].first);
	text_free(&page);
	body_free(&body);
}
END_TEST

/* -- a caller ------------------------------------------------------------------ */

struct caller {
	const struct corridor *corridor;
	const char *language;
	const struct channel_limit *limit;
	const char *page;
	const struct lookup_index *lists;
	int64_t now_utc_s;
	struct walk walk;
	struct step step;
	int is_stopped;
	int has_request;
	int is_claimed;
};

static void
check_page(const struct caller *caller, const char *typed)
{
	struct speaker speaker = { .channel = caller->limit };
	const char *reply = text_string(&caller->step.reply);
	size_t length = strlen(reply);

	ck_assert_msg(text_fits(&speaker, reply),
	    "%s in %s on pages of %s, after '%s': too long:\n%s",
	    caller->corridor->id, caller->language, caller->page, typed, reply);
	ck_assert_msg(length < 3 || strcmp(reply + length - 3, "...") != 0,
	    "%s in %s on pages of %s, after '%s': cut:\n%s",
	    caller->corridor->id, caller->language, caller->page, typed, reply);
}

/* NULL dials. */
static void
say(struct caller *caller, const char *typed)
{
	struct step_input input = {
		.kind = typed == NULL ? INPUT_DIALLED : INPUT_TEXT,
		.text = typed != NULL ? typed : "",
		.channel = caller->limit,
		.now_utc_s = caller->now_utc_s,
		.resume_after_s = AN_HOUR_S,
		.corridor = caller->corridor->id,
		.line_language = caller->language,
		.known_language = caller->language,
		.may_text = 1,
		.is_stopped = caller->is_stopped,
		.has_request = caller->has_request,
		.is_claimed = caller->is_claimed,
		.recruiters = caller->lists,
		.ref = "MMMM-MMMM",
	};
	unsigned effects;

	step_free(&caller->step);
	menu_step(menus, &caller->walk, &input, &caller->step);
	check_page(caller, typed != NULL ? typed : "dialling");
	effects = caller->step.effects;
	if (effects & (EFFECT_STOP | EFFECT_FORGET | EFFECT_WITHDRAW))
		caller->has_request = caller->is_claimed = 0;
	if (effects & EFFECT_OPEN_REQUEST)
		caller->has_request = 1;
	if (effects & EFFECT_STOP)
		caller->is_stopped = 1;
	if (effects & EFFECT_START)
		caller->is_stopped = 0;
}

static void
part(struct caller *caller)
{
	walk_free(&caller->walk);
	step_free(&caller->step);
}

/* In every corridor and language on the pages of the running test. */
static void
each_caller(int page, const struct lookup_index *lists,
    void (*meet)(struct caller *caller))
{
	for (size_t i = 0; i < menus_corridor_count(menus); i++) {
		const struct corridor *corridor = menus_corridor_at(menus, i);

		for (size_t k = 0; k < corridor->language_count; k++) {
			struct caller caller = {
				.corridor = corridor,
				.language = corridor->languages[k],
				.limit = pages[page].limit,
				.page = pages[page].name,
				.lists = lists,
				.now_utc_s = TALK_NOON,
			};

			meet(&caller);
			part(&caller);
		}
	}
}

/* -- the last words ------------------------------------------------------------ */

static void
hear_whole(struct caller *caller, const char *typed, enum system_text which)
{
	const char *words = menus_say(menus, caller->language, which);

	say(caller, NULL);
	say(caller, typed);
	ck_assert_msg(strcmp(text_string(&caller->step.reply), words) == 0,
	    "%s in %s on pages of %s: '%s' is answered by '%s'",
	    caller->corridor->id, caller->language, caller->page, typed,
	    text_string(&caller->step.reply));
	part(caller);
	caller->is_stopped = 0;
}

static void
hear_last_words(struct caller *caller)
{
	struct speaker speaker = { .channel = caller->limit };
	static const enum system_text said_by_lines[] = { SAY_CLOSED,
		SAY_NO_NUMBER };

	hear_whole(caller, "stop", SAY_STOPPED);
	hear_whole(caller, "forget", SAY_FORGOTTEN);
	hear_whole(caller, "exit", SAY_LEFT);
	for (size_t i = 0; i < COUNT_OF(said_by_lines); i++) {
		const char *words =
		    menus_say(menus, caller->language, said_by_lines[i]);

		ck_assert(words[0] != '\0');
		ck_assert_msg(text_fits(&speaker, words),
		    "in %s on pages of %s: '%s'", caller->language,
		    caller->page, words);
	}
}

START_TEST(what_ends_a_conversation_is_never_cut)
{
	each_caller(_i, NULL, hear_last_words);
}
END_TEST

/* -- walks of chance ------------------------------------------------------------ */

static uint32_t random_state;

static size_t
random_below(size_t most)
{
	random_state = random_state * 1664525 + 1013904223;
	return ((random_state >> 8) % most);
}

#define A_WORD_IN_ZAWGYI \
	"\u1021\u102d\u1019\u1039\u103b\u1015\u1014\u1039" \
	"\u1001\u103a\u1004\u1039\u1010\u101a\u1039"

static const char *const typed[] = { "1", "1", "1", "2", "2", "3", "4", "5",
	"6", "7", "8", "9", "9", "9", "0", "00", "help", "menu", "yes", "no",
	"stop", "start", "forget", "exit", "language", "5000", "99999999999",
	"2026-10-01", "12", "agency", "golden", "892/067/068", "1/22", "?", "",
	"Qatar", "a rather long answer in my own words about what happened",
	"\u1019\u1004\u1039\u1039\u1002\u101c\u102c\u1015\u102b",
	A_WORD_IN_ZAWGYI, "\u0967", "\u0661" };

static void
walk_by_chance(struct caller *caller)
{
	for (int i = 0; i < WALKS; i++) {
		say(caller, NULL);
		for (int k = 0; k < STEPS; k++) {
			if (random_below(30) == 0) {
				caller->now_utc_s += 2 * (int64_t)AN_HOUR_S;
				say(caller, NULL);
			} else {
				say(caller,
				    typed[random_below(COUNT_OF(typed))]);
			}
			caller->is_claimed =
			    caller->has_request && random_below(8) == 0;
		}
		part(caller);
		caller->is_stopped = caller->has_request = 0;
	}
}

static void
add_agency(struct lookup_index *lists, const char *name, const char *licence,
    enum lookup_status status)
{
	lookup_add(lists,
	    &(struct lookup_record){
		.name = name,
		.other_names = "",
		.licences = licence,
		.place = "Second Floor, Exampleville Business Centre",
		.status = status,
	    });
}

/* Names as long as the longest, and some that no page holds. */
static struct lookup_index *
make_lists(void)
{
	static const char *const countries[] = { "NP", "BD", "ET", "KE", "MM",
		"TH", "UA" };
	struct lookup_index *lists = lookup_new();
	char longest[LONGEST_NAME + 1];

	memset(longest, 'g', LONGEST_NAME);
	longest[LONGEST_NAME] = '\0';
	memcpy(longest, "Golden ", strlen("Golden "));
	for (size_t i = 0; i < COUNT_OF(countries); i++) {
		lookup_begin(lists, countries[i],
		    "Bureau of Manpower, Employment and Training",
		    TALK_NOON - 90 * 24 * (int64_t)AN_HOUR_S);
		add_agency(lists,
		    "Golden Mountain Overseas Employment Services",
		    "892/067/068", LOOKUP_VALID);
		add_agency(lists, "Golden Fountain Overseas Employment Agency",
		    "POEA-040-LB-061914-PA", LOOKUP_BANNED);
		add_agency(lists, longest, "1/22", LOOKUP_CANCELLED);
	}
	lookup_finish(lists);
	return (lists);
}

START_TEST(no_walk_is_answered_by_more_than_a_page)
{
	struct lookup_index *lists = make_lists();

	random_state = 20261122u + (uint32_t)_i;
	each_caller(_i, lists, walk_by_chance);
	lookup_free(lists);
}
END_TEST

static Suite *
suite_of_line_pages(void)
{
	Suite *suite = suite_create("line_pages");
	TCase *cases = tcase_create("pages");

	tcase_add_checked_fixture(cases, set_up, take_down);
	tcase_set_timeout(cases, 180);
	tcase_add_test(
	    cases, menus_check_finds_nothing_that_a_page_cannot_hold);
	tcase_add_loop_test(cases, the_choices_of_a_question_stand_on_one_page,
	    0, (int)COUNT_OF(pages));
	tcase_add_loop_test(cases,
	    a_page_ends_with_a_sentence_that_takes_most_of_it, 0,
	    (int)COUNT_OF(broken));
	tcase_add_loop_test(cases, what_ends_a_conversation_is_never_cut, 0,
	    (int)COUNT_OF(pages));
	tcase_add_loop_test(cases, no_walk_is_answered_by_more_than_a_page, 0,
	    (int)COUNT_OF(pages));
	suite_add_tcase(suite, cases);
	return (suite);
}

CHECK_MAIN(suite_of_line_pages);
