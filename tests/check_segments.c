#include "gateway/text/segments.h"

#include "gateway/base/text.h"
#include "gateway/text/gsm0338.h"
#include "gateway/text/utf8.h"
#include "tests/check_main.h"

/* `before` times an ASCII letter, then `middle`, then `after` letters. */
static const struct segment_row {
	unsigned before;
	const char *middle;
	unsigned after;
	enum alphabet alphabet;
	unsigned units;
	unsigned count;
	unsigned first_units;
} segment_rows[] = {
	{ 0, "", 0, ALPHABET_GSM, 0, 1, 0 },
	{ 159, "", 0, ALPHABET_GSM, 159, 1, 159 },
	{ 160, "", 0, ALPHABET_GSM, 160, 1, 160 },
	{ 161, "", 0, ALPHABET_GSM, 161, 2, 153 },
	{ 306, "", 0, ALPHABET_GSM, 306, 2, 153 },
	{ 307, "", 0, ALPHABET_GSM, 307, 3, 153 },
	{ 459, "", 0, ALPHABET_GSM, 459, 3, 153 },
	{ 460, "", 0, ALPHABET_GSM, 460, 4, 153 },
	{ 158, "€", 0, ALPHABET_GSM, 160, 1, 160 },
	{ 159, "€", 0, ALPHABET_GSM, 161, 2, 153 },
	{ 151, "€", 100, ALPHABET_GSM, 253, 2, 153 },
	/* The escape would end the segment: the pair goes to the next, and
	 * 306 septets no longer fit into two. */
	{ 152, "€", 100, ALPHABET_GSM, 254, 2, 152 },
	{ 152, "€", 152, ALPHABET_GSM, 306, 3, 152 },
	{ 153, "€", 100, ALPHABET_GSM, 255, 2, 153 },
	{ 0, "é", 159, ALPHABET_GSM, 160, 1, 160 },
	{ 0, "ê", 69, ALPHABET_UCS2, 70, 1, 70 },
	{ 0, "ê", 70, ALPHABET_UCS2, 71, 2, 67 },
	{ 0, "ê", 133, ALPHABET_UCS2, 134, 2, 67 },
	{ 0, "ê", 134, ALPHABET_UCS2, 135, 3, 67 },
	{ 68, "😀", 0, ALPHABET_UCS2, 70, 1, 70 },
	{ 69, "😀", 0, ALPHABET_UCS2, 71, 2, 67 },
	{ 65, "😀", 10, ALPHABET_UCS2, 77, 2, 67 },
	{ 66, "😀", 10, ALPHABET_UCS2, 78, 2, 66 },
	{ 66, "😀", 66, ALPHABET_UCS2, 134, 3, 66 },
	{ 66, "👍🏽", 10, ALPHABET_UCS2, 80, 2, 66 },
	{ 64, "👍🏽", 10, ALPHABET_UCS2, 78, 2, 64 },
	{ 63, "👍🏽", 10, ALPHABET_UCS2, 77, 2, 67 },
	{ 66, "e\xcc\x81", 10, ALPHABET_UCS2, 78, 2, 66 },
	{ 66, "द्दि", 10, ALPHABET_UCS2, 80, 2, 66 },
	{ 63, "द्दि", 10, ALPHABET_UCS2, 77, 2, 67 },
	{ 65, "👨‍👩‍👧", 10, ALPHABET_UCS2, 83, 2, 65 },
};

static void
make_row_text(const struct segment_row *row, struct text *text)
{
	for (unsigned i = 0; i < row->before; i++)
		text_add_byte(text, 'a');
	text_add(text, row->middle);
	for (unsigned i = 0; i < row->after; i++)
		text_add_byte(text, 'b');
}

/* Whatever is cut has to be this. */
static void
check_segments(const char *utf8, const struct segments *segments)
{
	unsigned room = segments->alphabet == ALPHABET_GSM ? 153 : 67;
	unsigned units = 0;
	struct text back = { 0 };

	if (segments->count == 1)
		room = segments->alphabet == ALPHABET_GSM ? 160 : 70;
	for (unsigned i = 0; i < segments->count; i++) {
		const struct segment *segment = &segments->list[i];

		ck_assert_uint_le(segment->units, room);
		ck_assert(utf8_is_clean(segment->utf8, strlen(segment->utf8)));
		if (segments->alphabet == ALPHABET_GSM)
			ck_assert_int_eq(
			    gsm0338_count(segment->utf8), segment->units);
		units += segment->units;
		text_add(&back, segment->utf8);
	}
	ck_assert_uint_eq(units, segments->units);
	ck_assert_str_eq(text_string(&back), utf8);
	text_free(&back);
}

START_TEST(a_text_costs_what_the_standard_says)
{
	const struct segment_row *row = &segment_rows[_i];
	struct segments segments;
	struct text text = { 0 };
	enum alphabet alphabet;
	unsigned units;

	memset(&segments, 0xa5, sizeof(segments));
	make_row_text(row, &text);
	ck_assert_int_eq(segments_cut(text_string(&text), &segments), DONE);
	ck_assert_int_eq(segments.alphabet, row->alphabet);
	ck_assert_uint_eq(segments.units, row->units);
	ck_assert_uint_eq(segments.count, row->count);
	ck_assert_uint_eq(segments.list[0].units, row->first_units);
	check_segments(text_string(&text), &segments);
	ck_assert_uint_eq(
	    segments_count(text_string(&text), &alphabet, &units), row->count);
	ck_assert_int_eq(alphabet, row->alphabet);
	ck_assert_uint_eq(units, row->units);
	text_free(&text);
}
END_TEST

static void
repeat(struct text *text, const char *piece, unsigned times)
{
	for (unsigned i = 0; i < times; i++)
		text_add(text, piece);
}

static const struct limit_row {
	const char *piece;
	unsigned times;
	enum outcome outcome;
} limit_rows[] = {
	{ "x", 16 * 153, DONE },
	{ "x", 16 * 153 + 1, REFUSED },
	{ "म", 16 * 67, DONE },
	{ "म", 16 * 67 + 1, REFUSED },
	{ "€", 16 * 76, DONE },
	{ "€", 16 * 76 + 1, REFUSED },
	{ "😀", 16 * 33, DONE },
	{ "😀", 16 * 33 + 1, REFUSED },
};

START_TEST(a_text_of_more_than_sixteen_segments_is_refused)
{
	const struct limit_row *row = &limit_rows[_i];
	struct segments segments;
	struct text text = { 0 };
	enum alphabet alphabet;
	unsigned units;

	memset(&segments, 0xa5, sizeof(segments));
	repeat(&text, row->piece, row->times);
	ck_assert_int_eq(segments_cut(text.bytes, &segments), row->outcome);
	ck_assert_uint_eq(segments_count(text.bytes, &alphabet, &units),
	    row->outcome == DONE ? SEGMENTS_MOST : SEGMENTS_MOST + 1);
	if (row->outcome == DONE)
		check_segments(text.bytes, &segments);
	else
		ck_assert_uint_eq(segments.count, 0xa5a5a5a5);
	text_free(&text);
}
END_TEST

START_TEST(words_stay_whole_where_that_costs_nothing)
{
	struct segments segments;
	struct text text = { 0 };

	/* 25 times 8 septets: 153 would cut the 20th word, 152 is 19 words. */
	repeat(&text, "abcdefg ", 25);
	ck_assert_int_eq(segments_cut(text.bytes, &segments), DONE);
	ck_assert_uint_eq(segments.count, 2);
	ck_assert_uint_eq(segments.list[0].units, 152);
	check_segments(text.bytes, &segments);
	text_clear(&text);
	repeat(&text, "मद्दत ", 15);
	ck_assert_int_eq(segments_cut(text.bytes, &segments), DONE);
	ck_assert_uint_eq(segments.count, 2);
	ck_assert_uint_eq(segments.list[0].units, 66);
	check_segments(text.bytes, &segments);
	text_free(&text);
}
END_TEST

START_TEST(no_segment_is_paid_for_to_keep_a_word_whole)
{
	struct segments segments;
	struct text text = { 0 };

	/* 306 septets fill two segments only when a word is cut. */
	repeat(&text, "abcdefg ", 38);
	text_add(&text, "zz");
	ck_assert_int_eq(segments_cut(text.bytes, &segments), DONE);
	ck_assert_uint_eq(segments.units, 306);
	ck_assert_uint_eq(segments.count, 2);
	ck_assert_uint_eq(segments.list[0].units, 153);
	check_segments(text.bytes, &segments);
	text_free(&text);
}
END_TEST

START_TEST(a_segment_is_at_least_half_full)
{
	struct segments segments;
	struct text text = { 0 };

	text_add(&text, "short ");
	repeat(&text, "x", 200);
	ck_assert_int_eq(segments_cut(text.bytes, &segments), DONE);
	ck_assert_uint_eq(segments.list[0].units, 153);
	check_segments(text.bytes, &segments);
	text_free(&text);
}
END_TEST

START_TEST(a_letter_under_a_hundred_accents_is_still_carried)
{
	struct segments segments;
	struct text text = { 0 };

	text_add(&text, "x");
	repeat(&text, "\xcc\x81", 100);
	ck_assert_int_eq(segments_cut(text.bytes, &segments), DONE);
	ck_assert_uint_eq(segments.count, 2);
	check_segments(text.bytes, &segments);
	text_free(&text);
}
END_TEST

START_TEST(any_mix_of_pieces_is_carried_whole)
{
	static const char *const pieces[] = { "a", " ", "मद्", "दत ", "€", "😀",
		"\n", "👨‍👩‍👧", "ok ", "e\xcc\x81", "።", "[" };
	uint32_t state = 3;

	for (int round = 0; round < 300; round++) {
		struct segments segments;
		struct text text = { 0 };
		enum alphabet alphabet;
		unsigned units;

		for (int i = 0; i < 150; i++) {
			state = state * 1664525 + 1013904223;
			text_add(
			    &text, pieces[(state >> 20) % COUNT_OF(pieces)]);
		}
		ck_assert_int_eq(segments_cut(text.bytes, &segments), DONE);
		ck_assert_uint_eq(segments.count,
		    segments_count(text.bytes, &alphabet, &units));
		check_segments(text.bytes, &segments);
		text_free(&text);
	}
}
END_TEST

static Suite *
suite_of_segments(void)
{
	Suite *suite = suite_create("segments");
	TCase *tests = tcase_create("segments");

	tcase_add_loop_test(tests, a_text_costs_what_the_standard_says, 0,
	    COUNT_OF(segment_rows));
	tcase_add_loop_test(tests,
	    a_text_of_more_than_sixteen_segments_is_refused, 0,
	    COUNT_OF(limit_rows));
	tcase_add_test(tests, words_stay_whole_where_that_costs_nothing);
	tcase_add_test(tests, no_segment_is_paid_for_to_keep_a_word_whole);
	tcase_add_test(tests, a_segment_is_at_least_half_full);
	tcase_add_test(
	    tests, a_letter_under_a_hundred_accents_is_still_carried);
	tcase_add_test(tests, any_mix_of_pieces_is_carried_whole);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_segments);
