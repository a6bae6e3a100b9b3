/* What is shown of counts: small ones hidden, spikes against their own past. */
#include "gateway/desk/trends.h"
#include "tests/check_main.h"
#include "tests/desk_world.h"

enum { WEEK_S = 7 * 86400, WEEKS_MOST = 40 };

static const struct page english = { 0 };
static struct world world;
static struct trend_week weeks[WEEKS_MOST];

static void
open_world(void)
{
	world_open(&world);
}

static void
close_world(void)
{
	world_close(&world);
}

static struct trend
trend_of(const int *counts, size_t count)
{
	struct trend trend = { .what = TALLY_REQUEST,
		.corridor = "a<b",
		.weeks = weeks,
		.week_count = count };

	memset(weeks, 0, sizeof(weeks));
	for (size_t i = 0; i < count; i++) {
		weeks[i].week =
		    tally_week_of(WORLD_NOW_UTC_S + (int64_t)i * WEEK_S);
		weeks[i].count = counts[i];
	}
	return (trend);
}

static const struct spike_case {
	const char *what;
	int counts[12];
	int marked; /* the place, or -1 */
} spike_cases[] = {
	{ "even", { 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9 }, -1 },
	{ "chance", { 9, 12, 7, 10, 8, 11, 9, 14, 6, 9, 13, 9 }, -1 },
	{ "just not", { 9, 9, 9, 9, 9, 9, 9, 9, 18, 9, 9, 9 }, -1 },
	{ "just", { 9, 9, 9, 9, 9, 9, 9, 9, 19, 9, 9, 9 }, 8 },
	{ "from nothing", { 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0 }, 6 },
	{ "too few to show", { 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0 }, -1 },
	{ "no past yet", { 0, 0, 0, 50, 0, 0, 0, 0, 0, 0, 0, 0 }, -1 },
};

START_TEST(a_week_stands_out_against_its_own_past_only)
{
	const struct spike_case *one = &spike_cases[_i];
	struct trend trend = trend_of(one->counts, 12);

	trend_mark(&trend);
	for (int i = 0; i < 12; i++)
		ck_assert_msg(weeks[i].stands_out == (i == one->marked),
		    "%s: week %d", one->what, i);
}
END_TEST

START_TEST(one_wave_does_not_hide_the_next)
{
	static const int counts[] = { 9, 9, 9, 9, 9, 60, 9, 9, 60, 9 };
	struct trend trend = trend_of(counts, COUNT_OF(counts));

	trend_mark(&trend);
	ck_assert_int_eq(weeks[5].stands_out, 1);
	ck_assert_int_eq(weeks[8].stands_out, 1);
}
END_TEST

START_TEST(the_running_week_is_never_marked)
{
	static const int counts[] = { 9, 9, 9, 9, 9, 60 };
	struct trend trend = trend_of(counts, COUNT_OF(counts));

	weeks[5].is_running = 1;
	trend_mark(&trend);
	ck_assert_int_eq(weeks[5].stands_out, 0);
}
END_TEST

START_TEST(weeks_before_anything_was_counted_are_no_past)
{
	static const int counts[] = { 0, 0, 0, 0, 0, 0, 9, 9 };
	struct trend trend = trend_of(counts, COUNT_OF(counts));

	trend.known_from = 6;
	trend_mark(&trend);
	ck_assert_int_eq(weeks[6].stands_out, 0);
	ck_assert_int_eq(weeks[7].stands_out, 0);
}
END_TEST

static const int small_counts[] = { 0, 1, 4, 5, 23 };

/* Whether plot and tables say the same of 1 and of 4. */
START_TEST(a_small_count_is_hidden_everywhere)
{
	struct text said[2] = { { 0 }, { 0 } };

	for (int i = 0; i < 2; i++) {
		struct trend trend =
		    trend_of(small_counts, COUNT_OF(small_counts));

		weeks[1].count = i == 0 ? 1 : 4;
		trend_mark(&trend);
		trend_svg(&english, &trend, "one", &said[i]);
		trend_html_table(&english, &trend, &said[i]);
		trend_text_table(&english, &trend, &said[i]);
		trend_sentences(&english, &trend, &said[i]);
		trend_html_sentences(&english, &trend, &said[i]);
	}
	ck_assert_str_eq(said[0].bytes, said[1].bytes);
	ck_assert_ptr_nonnull(strstr(said[0].bytes, "under 5"));
	ck_assert_ptr_nonnull(strstr(said[0].bytes, "28 in 5 weeks"));
	/* On a page from right to left a week stays one. */
	ck_assert_ptr_nonnull(
	    strstr(said[0].bytes, "<bdi>28</bdi> in <bdi>5</bdi> weeks."));
	ck_assert_ptr_nonnull(strstr(said[0].bytes, "The most in <bdi>"));
	ck_assert_ptr_nonnull(strstr(said[0].bytes, "\"row\"><bdi>"));
	ck_assert_ptr_nonnull(strstr(said[0].bytes, " direction=\"ltr\""));
	text_free(&said[0]);
	text_free(&said[1]);
}
END_TEST

START_TEST(a_plot_has_words_and_no_styles)
{
	static const int counts[] = { 9, 9, 9, 9, 60, 3 };
	struct trend trend = trend_of(counts, COUNT_OF(counts));
	struct text svg = { 0 };

	trend_mark(&trend);
	trend_svg(&english, &trend, "plot-1", &svg);
	ck_assert_ptr_nonnull(strstr(svg.bytes,
	    "<title id=\"plot-1-title\">Help requests, a&lt;b</title>"));
	ck_assert_ptr_nonnull(strstr(svg.bytes, "<desc id=\"plot-1-desc\">"));
	ck_assert_ptr_nonnull(strstr(svg.bytes, "Far more than"));
	ck_assert_ptr_nonnull(strstr(svg.bytes, "trend-spike"));
	ck_assert_ptr_nonnull(strstr(svg.bytes, "trend-hidden"));
	ck_assert_ptr_nonnull(strstr(svg.bytes, "currentColor"));
	ck_assert_ptr_null(strstr(svg.bytes, "style"));
	ck_assert_ptr_null(strstr(svg.bytes, "script"));
	ck_assert_ptr_null(strstr(svg.bytes, "a<b"));
	text_free(&svg);
}
END_TEST

START_TEST(an_empty_plot_says_so)
{
	struct trend trend = trend_of(NULL, 0);
	struct text svg = { 0 };

	trend_svg(&english, &trend, "none", &svg);
	ck_assert_ptr_nonnull(strstr(svg.bytes, "None in these 0 weeks."));
	text_free(&svg);
}
END_TEST

static void
check_title(const struct trend *trend, const char *expected)
{
	struct text title = { 0 };

	trend_title(&english, trend, &title);
	ck_assert_str_eq(text_string(&title), expected);
	text_free(&title);
}

static void
count(enum tally_what what, const char *corridor, const char *first,
    int64_t weeks_ago, int times)
{
	struct tally tally = {
		.what = what, .corridor = corridor, .first = first
	};

	for (int i = 0; i < times; i++)
		ck_assert_int_eq(tallies_add(world.store, &tally,
				     WORLD_NOW_UTC_S - weeks_ago * WEEK_S),
		    DONE);
}

START_TEST(tallies_are_added_up_by_corridor_and_week)
{
	struct trends_wish wish = { .now_utc_s = WORLD_NOW_UTC_S, .weeks = 4 };
	struct trends trends;

	ck_assert_int_eq(store_begin(world.store), DONE);
	for (int64_t week = 1; week < 12; week++)
		count(TALLY_REQUEST, "nepal-gulf", "low", week, 6);
	count(TALLY_REQUEST, "nepal-gulf", "now", 1, 30);
	count(TALLY_REQUEST, "ukraine-eu", "now", 2, 7);
	count(TALLY_SIGN, "nepal-gulf", "papers", 0, 8);
	count(TALLY_SIGN, "nepal-gulf", "locked_in", 0, 2);
	ck_assert_int_eq(store_commit(world.store), DONE);
	ck_assert_int_eq(trends_read(world.store, &wish, &trends), DONE);
	ck_assert_uint_eq(trends.count, 3);
	check_title(&trends.items[0], "Help requests, nepal-gulf");
	ck_assert_uint_eq(trends.items[0].week_count, 4);
	ck_assert_int_eq((int)trends.items[0].weeks[2].count, 36);
	ck_assert_int_eq(trends.items[0].weeks[2].stands_out, 1);
	ck_assert_int_eq(trends.items[0].weeks[1].stands_out, 0);
	ck_assert_int_eq(trends.items[0].weeks[3].is_running, 1);
	ck_assert_int_eq((int)trends.items[1].weeks[1].count, 7);
	ck_assert_int_eq((int)trends.items[2].weeks[3].count, 10);
	trends_free(&trends);
	wish.by_word = 1;
	wish.corridor = "nepal-gulf";
	ck_assert_int_eq(trends_read(world.store, &wish, &trends), DONE);
	ck_assert_uint_eq(trends.count, 2);
	check_title(&trends.items[1], "Warning signs: papers, nepal-gulf");
	trends_free(&trends);
}
END_TEST

static Suite *
suite_of_trends(void)
{
	Suite *suite = suite_create("trends");
	TCase *drawing = tcase_create("drawing");
	TCase *reading = tcase_create("reading");

	tcase_add_loop_test(drawing,
	    a_week_stands_out_against_its_own_past_only, 0,
	    (int)COUNT_OF(spike_cases));
	tcase_add_test(drawing, one_wave_does_not_hide_the_next);
	tcase_add_test(drawing, the_running_week_is_never_marked);
	tcase_add_test(drawing, weeks_before_anything_was_counted_are_no_past);
	tcase_add_test(drawing, a_small_count_is_hidden_everywhere);
	tcase_add_test(drawing, a_plot_has_words_and_no_styles);
	tcase_add_test(drawing, an_empty_plot_says_so);
	suite_add_tcase(suite, drawing);
	tcase_add_unchecked_fixture(reading, world_make_once, world_remove);
	tcase_add_checked_fixture(reading, open_world, close_world);
	tcase_add_test(reading, tallies_are_added_up_by_corridor_and_week);
	suite_add_tcase(suite, reading);
	return (suite);
}

CHECK_MAIN(suite_of_trends);
