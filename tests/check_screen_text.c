#include "gateway/text/segments.h"
#include "menus/screen_text.h"
#include "tests/check_main.h"

#define GOOD SOURCE_TREE "/tests/data/menus/good"

static struct menus *menus;
static struct speaker speaker;

static void
set_up(void)
{
	ck_assert_int_eq(menus_load(GOOD, GOOD "/locales", &menus), DONE);
	speaker = (struct speaker){
		.menus = menus,
		.corridor = menus_corridor_at(menus, 0),
		.language = "en",
		.ref = "KX47",
		.channel = &channel_sms,
		.now_utc_s = 1800000000,
	};
}

static void
tear_down(void)
{
	menus_free(menus);
}

START_TEST(what_is_between_braces_is_filled_in)
{
	struct text out = { 0 };

	speak_filled(&speaker,
	    "a {ref} b {fact:fee_limit} c"
	    " {fact:fee_limit:date}.",
	    &out);
	ck_assert_str_eq(text_string(&out), "a KX47 b 10,000 c 1 Jun 2026.");
	text_free(&out);
}
END_TEST

/* All pages of a body, joined: nothing is lost, every page fits. */
static void
check_pages(const struct body *body, int pages_least)
{
	struct text words = { 0 };
	int more = 1;
	int page;

	for (page = 0; more && page < 200; page++) {
		struct text out = { 0 };
		int shown;

		more = speak_page(&speaker, body, page, &out, &shown);
		ck_assert_int_eq(shown, page);
		ck_assert_int_eq(text_fits(&speaker, text_string(&out)), 1);
		if (more)
			ck_assert_str_eq(
			    out.bytes + out.length - 7, "\n9 More");
		text_cut(&out, out.length - (more ? 7 : 0));
		text_add(&words, text_string(&out));
		text_free(&out);
	}
	ck_assert_int_ge(page, pages_least);
	ck_assert_int_lt(page, 200);
	/* Only blanks may fall between pages. */
	for (const char *a = text_string(&words),
			*b = text_string(&body->words);
	     *a != '\0' || *b != '\0';) {
		while (*a == ' ' || *a == '\n')
			a++;
		while (*b == ' ' || *b == '\n')
			b++;
		ck_assert_int_eq(*a, *b);
		a += *a != '\0';
		b += *b != '\0';
	}
	text_free(&words);
}

/* What a long text is made of. */
static const char *const stuffs[] = { "word ", "wordwithoutanyblank",
	"काम जाँच्नुहोस् ", "क्षत्रज्ञ", "a\xf0\x9f\x98\x80", "[{}]^|~" };

START_TEST(a_long_text_is_cut_into_pages_without_loss)
{
	struct text words = { 0 };
	struct body body = { 0 };

	for (int i = 0; i < 400; i++)
		text_add(&words, stuffs[_i]);
	text_add(&words, "end");
	body_add(&body, text_string(&words));
	for (unsigned i = 1; i <= 8; i++)
		body_add_option(&body, i, "an option that is not cut");
	check_pages(&body, 2);
	body_free(&body);
	text_free(&words);
}
END_TEST

START_TEST(a_tiny_channel_still_moves_on)
{
	static const struct channel_limit tiny = { 20, 12 };
	struct body body = { 0 };

	speaker.channel = &tiny;
	body_add(&body, "काम जाँच्नुहोस् and then some more words");
	check_pages(&body, 3);
	body_free(&body);
}
END_TEST

START_TEST(a_curly_quote_does_not_triple_the_price)
{
	struct body body = { 0 };
	enum alphabet alphabet;
	unsigned units;

	body_add(&body, "Don\xe2\x80\x99t pay \xe2\x80\x93 ask");
	(void)segments_count(text_string(&body.words), &alphabet, &units);
	ck_assert_int_eq(alphabet, ALPHABET_GSM);
	body_free(&body);
}
END_TEST

START_TEST(what_costs_a_further_part_is_left_out)
{
	struct body body = { 0 };
	struct text words = { 0 };

	while (words.length < 155)
		text_add(&words, "x");
	body_add(&body, text_string(&words));
	body_add_if_free(&speaker, &body, "0 Back");
	ck_assert_uint_eq(body.words.length, 155);
	body_add_if_free(&speaker, &body, "0 B");
	ck_assert_uint_eq(body.words.length, 159);
	body_free(&body);
	text_free(&words);
}
END_TEST

START_TEST(a_text_that_must_be_cut_says_so)
{
	struct text words = { 0 };
	struct text out = { 0 };

	for (int i = 0; i < 200; i++)
		text_add(&words, "word ");
	speak_cut(&speaker, text_string(&words), &out);
	ck_assert_int_eq(text_fits(&speaker, text_string(&out)), 1);
	ck_assert_str_eq(out.bytes + out.length - 7, "word...");
	text_free(&out);
	speak_cut(&speaker, "short", &out);
	ck_assert_str_eq(text_string(&out), "short");
	text_free(&out);
	text_free(&words);
}
END_TEST

static Suite *
suite_of_screen_text(void)
{
	Suite *suite = suite_create("screen_text");
	TCase *cases = tcase_create("pages");

	tcase_set_timeout(cases, 60);
	tcase_add_checked_fixture(cases, set_up, tear_down);
	tcase_add_test(cases, what_is_between_braces_is_filled_in);
	tcase_add_loop_test(cases, a_long_text_is_cut_into_pages_without_loss,
	    0, (int)COUNT_OF(stuffs));
	tcase_add_test(cases, a_tiny_channel_still_moves_on);
	tcase_add_test(cases, a_curly_quote_does_not_triple_the_price);
	tcase_add_test(cases, what_costs_a_further_part_is_left_out);
	tcase_add_test(cases, a_text_that_must_be_cut_says_so);
	suite_add_tcase(suite, cases);
	return (suite);
}

CHECK_MAIN(suite_of_screen_text);
