/* What the phone in the terminal shows, without a terminal: wrapping, the rows
 * in sight, where things stand.
 */
#include "gateway/base/outcome.h"
#include "gateway/desk/phone_frame.h"
#include "gateway/desk/phone_view.h"
#include "gateway/desk/phone_wrap.h"
#include "gateway/text/utf8.h"
#include "tests/check_main.h"

/* Rows are joined with "|" to be read at a glance. */
static const struct {
	const char *words;
	size_t columns;
	enum phone_wrap_way way;
	const char *rows;
} wraps[] = {
	{ "", 10, PHONE_WRAP_WORDS, "" },
	{ "hello", 10, PHONE_WRAP_WORDS, "hello" },
	{ "hello there", 10, PHONE_WRAP_WORDS, "hello|there" },
	{ "hello there", 11, PHONE_WRAP_WORDS, "hello there" },
	{ "hello    there", 7, PHONE_WRAP_WORDS, "hello|there" },
	{ "hello there ", 5, PHONE_WRAP_WORDS, "hello|there" },
	{ "one\ntwo\n\nthree", 10, PHONE_WRAP_WORDS, "one|two||three" },
	{ "one\n", 10, PHONE_WRAP_WORDS, "one|" },
	{ "  deep", 10, PHONE_WRAP_WORDS, "  deep" },
	{ "recruitment", 4, PHONE_WRAP_WORDS, "recr|uitm|ent" },
	{ "my recruitment agency", 7, PHONE_WRAP_WORDS,
	    "my|recruit|ment|agency" },
	{ "a b c d", 1, PHONE_WRAP_WORDS, "a|b|c|d" },
	/* Consonant, vowel sign and virama stay together. */
	{ "नमस्ते साथी", 5, PHONE_WRAP_WORDS, "नमस्ते|साथी" },
	{ "कि की", 2, PHONE_WRAP_WORDS, "कि|की" },
	/* Wide: two columns each. */
	{ "你好世界", 4, PHONE_WRAP_WORDS, "你好|世界" },
	{ "你好世界", 5, PHONE_WRAP_WORDS, "你好|世界" },
	{ "你好", 1, PHONE_WRAP_WORDS, "你|好" },
	{ " abcdefgh你", 9, PHONE_WRAP_WORDS, "|abcdefgh|你" },
	{ "e\u0301e\u0301e\u0301", 2, PHONE_WRAP_WORDS,
	    "e\u0301e\u0301|e\u0301" },
	{ "ab cd ", 3, PHONE_WRAP_ANYWHERE, "ab |cd " },
	{ "ab  cd", 3, PHONE_WRAP_ANYWHERE, "ab | cd" },
};

static void
add_rows(struct text *out, const char *words, size_t columns,
    enum phone_wrap_way way)
{
	struct phone_slices slices = { 0 };

	phone_wrap(words, columns, way, &slices);
	for (size_t i = 0; i < slices.count; i++) {
		if (i > 0)
			text_add_byte(out, '|');
		text_add_bytes(
		    out, words + slices.list[i].start, slices.list[i].length);
	}
	phone_slices_free(&slices);
}

START_TEST(texts_are_cut_between_words_and_never_inside_a_character)
{
	struct text rows = { 0 };

	add_rows(&rows, wraps[_i].words, wraps[_i].columns, wraps[_i].way);
	ck_assert_str_eq(text_string(&rows), wraps[_i].rows);
	text_free(&rows);
}
END_TEST

START_TEST(no_row_is_wider_than_the_screen)
{
	static const char words[] =
	    "के तपाईंलाई कामको प्रस्ताव आएको छ? 1 प्रस्ताव जाँच्ने 你好世界 "
	    "recruitmentagencywithoutanyblanks 2 मेरो अधिकार \u1019\u103c"
	    "\u1014\u103a\u1019\u102c \u0627\u0644\u0633\u0644\u0627\u0645";
	struct phone_slices slices = { 0 };

	for (size_t columns = 3; columns < 40; columns++) {
		phone_wrap(words, columns, PHONE_WRAP_WORDS, &slices);
		for (size_t i = 0; i < slices.count; i++) {
			char row[512];

			snprintf(row, sizeof(row), "%.*s",
			    (int)slices.list[i].length,
			    words + slices.list[i].start);
			ck_assert_uint_le(utf8_count_columns(row), columns);
		}
	}
	phone_slices_free(&slices);
}
END_TEST

START_TEST(rubbing_out_takes_a_whole_character)
{
	ck_assert_uint_eq(phone_without_last(""), 0);
	ck_assert_uint_eq(phone_without_last("ab"), 1);
	ck_assert_uint_eq(phone_without_last("ae\u0301"), 1);
	ck_assert_uint_eq(phone_without_last("मकि"), strlen("म"));
}
END_TEST

/* The rows in sight, joined. */
static void
check_shows(const struct phone_view *view, size_t height, const char *expected)
{
	struct text rows = { 0 };

	for (size_t i = 0; i < height; i++) {
		struct phone_row row = phone_view_row(view, i);

		if (i > 0)
			text_add_byte(&rows, '|');
		text_add_bytes(&rows, row.bytes, row.length);
	}
	ck_assert_str_eq(text_string(&rows), expected);
	text_free(&rows);
}

START_TEST(a_new_view_is_empty)
{
	struct phone_view *view = phone_view_new(10, 3);

	check_shows(view, 3, "||");
	ck_assert(!phone_view_has_above(view));
	ck_assert(!phone_view_has_below(view));
	phone_view_scroll(view, 5);
	phone_view_scroll(view, -5);
	check_shows(view, 3, "||");
	phone_view_free(view);
}
END_TEST

START_TEST(a_message_has_a_heading_and_its_kind)
{
	struct phone_view *view = phone_view_new(10, 6);

	phone_view_add_mine(view, "You", "hi");
	phone_view_add_theirs(view, "They", "well met");
	check_shows(view, 6, "You|hi||They|well met|");
	ck_assert_int_eq(phone_view_row(view, 0).kind, PHONE_ROW_HEADING);
	ck_assert_int_eq(phone_view_row(view, 1).kind, PHONE_ROW_MINE);
	ck_assert_int_eq(phone_view_row(view, 2).kind, PHONE_ROW_EMPTY);
	ck_assert_int_eq(phone_view_row(view, 4).kind, PHONE_ROW_THEIRS);
	ck_assert_int_eq(phone_view_row(view, 5).kind, PHONE_ROW_EMPTY);
	phone_view_free(view);
}
END_TEST

START_TEST(a_long_message_shows_its_beginning_until_it_is_read)
{
	struct phone_view *view = phone_view_new(10, 3);

	phone_view_add_mine(view, "You", "hi");
	phone_view_add_theirs(view, "They", "1\n2\n3\n4");
	check_shows(view, 3, "They|1|2");
	ck_assert(phone_view_has_below(view));
	ck_assert_uint_eq(phone_view_unread(view), 1);
	/* The next one does not push it away. */
	phone_view_add_theirs(view, "They", "5");
	check_shows(view, 3, "They|1|2");
	ck_assert_uint_eq(phone_view_unread(view), 2);
	phone_view_read(view);
	phone_view_scroll(view, 1);
	check_shows(view, 3, "1|2|3");
	ck_assert_uint_eq(phone_view_unread(view), 0);
	phone_view_scroll(view, 100);
	check_shows(view, 3, "|They|5");
	ck_assert(!phone_view_has_below(view));
	phone_view_scroll(view, -100);
	check_shows(view, 3, "You|hi|");
	ck_assert(!phone_view_has_above(view));
	phone_view_free(view);
}
END_TEST

START_TEST(what_one_writes_shows_its_end)
{
	struct phone_view *view = phone_view_new(10, 3);

	phone_view_add_theirs(view, "They", "1\n2\n3\n4");
	phone_view_add_mine(view, "You", "a\nb\nc");
	check_shows(view, 3, "a|b|c");
	ck_assert_uint_eq(phone_view_unread(view), 0);
	phone_view_free(view);
}
END_TEST

START_TEST(another_size_wraps_everything_anew)
{
	struct phone_view *view = phone_view_new(20, 5);

	phone_view_add_mine(view, "You", "hello there friend");
	check_shows(view, 5, "You|hello there friend|||");
	phone_view_resize(view, 6, 3);
	check_shows(view, 3, "hello|there|friend");
	phone_view_resize(view, 20, 5);
	check_shows(view, 5, "You|hello there friend|||");
	phone_view_free(view);
}
END_TEST

START_TEST(only_the_last_messages_are_kept)
{
	struct phone_view *view = phone_view_new(20, 2);
	char words[16];

	for (int i = 0; i < PHONE_VIEW_MESSAGES_MOST + 5; i++) {
		snprintf(words, sizeof(words), "%d", i);
		phone_view_add_theirs(view, "They", words);
	}
	ck_assert_uint_eq(phone_view_unread(view), PHONE_VIEW_MESSAGES_MOST);
	check_shows(view, 2, "They|5");
	phone_view_read(view);
	phone_view_scroll(view, 100000);
	check_shows(view, 2, "They|204");
	phone_view_free(view);
}
END_TEST

START_TEST(the_phone_fits_into_any_terminal_or_says_that_it_does_not)
{
	for (int lines = 1; lines < 60; lines++) {
		for (int columns = 1; columns < 120; columns++) {
			struct phone_frame frame =
			    phone_frame_for(lines, columns);

			if (frame.is_too_small)
				continue;
			ck_assert_int_ge(frame.top, 0);
			ck_assert_int_ge(frame.left, 0);
			ck_assert_int_le(frame.top + frame.height, lines);
			ck_assert_int_le(frame.left + frame.width, columns);
			ck_assert_int_ge(frame.message_rows, 2);
			ck_assert_int_le(frame.screen_top + frame.message_rows +
				PHONE_FRAME_TYPED_ROWS + 3,
			    frame.top + frame.height);
			ck_assert_int_le(frame.screen_left + frame.columns,
			    frame.left + frame.width);
		}
	}
}
END_TEST

START_TEST(keys_and_edge_give_way_to_the_screen)
{
	struct phone_frame frame = phone_frame_for(40, 80);

	ck_assert(frame.has_edge && frame.has_keys);
	ck_assert_int_eq(frame.message_rows, PHONE_FRAME_ROWS_MOST);
	ck_assert_int_eq(frame.columns, PHONE_FRAME_COLUMNS_MOST);
	frame = phone_frame_for(24, 80);
	ck_assert(frame.has_edge && !frame.has_keys);
	ck_assert_int_eq(frame.message_rows, PHONE_FRAME_ROWS_MOST);
	frame = phone_frame_for(10, 80);
	ck_assert(!frame.has_edge && !frame.is_too_small);
	ck_assert(phone_frame_for(3, 80).is_too_small);
	ck_assert(phone_frame_for(40, 10).is_too_small);
}
END_TEST

static Suite *
suite_of_phone_screen(void)
{
	Suite *suite = suite_create("phone screen");
	TCase *tcase = tcase_create("wrapping");

	tcase_add_loop_test(tcase,
	    texts_are_cut_between_words_and_never_inside_a_character, 0,
	    (int)COUNT_OF(wraps));
	tcase_add_test(tcase, no_row_is_wider_than_the_screen);
	tcase_add_test(tcase, rubbing_out_takes_a_whole_character);
	suite_add_tcase(suite, tcase);
	tcase = tcase_create("view");
	tcase_add_test(tcase, a_new_view_is_empty);
	tcase_add_test(tcase, a_message_has_a_heading_and_its_kind);
	tcase_add_test(
	    tcase, a_long_message_shows_its_beginning_until_it_is_read);
	tcase_add_test(tcase, what_one_writes_shows_its_end);
	tcase_add_test(tcase, another_size_wraps_everything_anew);
	tcase_add_test(tcase, only_the_last_messages_are_kept);
	suite_add_tcase(suite, tcase);
	tcase = tcase_create("frame");
	tcase_add_test(
	    tcase, the_phone_fits_into_any_terminal_or_says_that_it_does_not);
	tcase_add_test(tcase, keys_and_edge_give_way_to_the_screen);
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(suite_of_phone_screen);
