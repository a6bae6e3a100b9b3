#include "gateway/base/outcome.h"
#include "gateway/base/text.h"
#include "gateway/text/zawgyi.h"
#include "tests/check_main.h"

/* Words as Unicode writes them and as a Zawgyi phone sends and shows them. */
static const char *const words[][2] = {
	{ "ဟုတ်", "ဟုတ္" }, /* yes */
	{ "မဟုတ်", "မဟုတ္" }, /* no */
	{ "ရပ်", "ရပ္" }, /* stop */
	{ "ကျေးဇူး", "ေက်းဇူး" }, /* thanks */
	{ "မြန်မာ", "ျမန္မာ" }, /* Myanmar */
	{ "ကြီး", "ႀကီး" }, /* big */
	{ "ပြည်", "ျပည္" }, /* country */
	{ "နေ", "ေန" }, /* stay */
	{ "လွှဲ", "လႊဲ" }, /* wa and ha */
	{ "ကျွန်", "ကၽြန္" }, /* ya and wa */
	{ "မိန်းမ", "မိန္းမ" }, /* woman */
	{ "သင်္ဘော", "သေဘၤာ" }, /* ship: a kinzi */
	{ "ပစ္စည်း", "ပစၥည္း" }, /* thing: a letter below */
	{ "ဒုက္ခ", "ဒုကၡ" }, /* trouble */
	{ "သတ္တု", "သတၱဳ" }, /* metal: u moves aside */
	{ "မြို့", "ၿမိဳ႕" }, /* town */
	{ "တို့", "တို႔" }, /* we */
	{ "ခွင့်", "ခြင့္" }, /* leave */
	{ "နှစ်", "ႏွစ္" }, /* two: n in its short form */
	{ "အလုပ်", "အလုပ္" }, /* work */
	{ "ပေါ်", "ေပၚ" }, /* on: tall aa with asat */
	{ "တော်", "ေတာ္" }, /* enough */
	{ "အကူအညီ", "အကူအညီ" }, /* help: alike */
	{ "ငွေ", "ေငြ" }, /* money */
	{ "ခြောက်", "ေျခာက္" }, /* six */
	{ "၁၀၅", "၁၀၅" }, /* digits stay digits */
	{ "ဖျက်ပါ", "ဖ်က္ပါ" }, /* erase */
	{ "OK 1", "OK 1" },
};

START_TEST(a_zawgyi_word_is_read_as_unicode)
{
	struct text out = { 0 };

	zawgyi_to_unicode(words[_i][1], &out);
	ck_assert_str_eq(text_string(&out), words[_i][0]);
	text_free(&out);
}
END_TEST

START_TEST(a_unicode_word_is_shown_to_a_zawgyi_phone)
{
	struct text out = { 0 };

	zawgyi_from_unicode(words[_i][0], &out);
	ck_assert_str_eq(text_string(&out), words[_i][1]);
	text_free(&out);
}
END_TEST

START_TEST(what_is_spelled_otherwise_is_known_for_what_it_is)
{
	int alike = strcmp(words[_i][0], words[_i][1]) == 0;

	ck_assert_int_eq(
	    zawgyi_guess(words[_i][1]), alike ? ZAWGYI_UNKNOWN : ZAWGYI_YES);
	ck_assert_int_ne(zawgyi_guess(words[_i][0]), ZAWGYI_YES);
}
END_TEST

/* A sentence has enough of both to be sure. */
static const char *const sentences[] = {
	"အလုပ်ရှင်က ပတ်စပို့ သိမ်းထားသလား။",
	"နိုင်ငံခြားမှာ အလုပ်လုပ်ဖို့ ပိုက်ဆံ ဘယ်လောက် ပေးရသလဲ။",
	"အကူအညီလိုရင် HELP လို့ စာပို့ပါ။ ဘယ်အချိန်မဆို ရပ်နိုင်သည်။",
	"သင်္ဘောသား တစ်ယောက် ကျွန်ုပ်ကို ကြိုးစား၍ ခေါ်နေသည်။",
	"ဥပဒေနှင့် ညီညွတ်သော စာချုပ်၊ ဉာဏ်၊ ဣန္ဒြေ၊ ပညာ၊ ဗုဒ္ဓ။",
};

START_TEST(a_sentence_goes_there_and_back)
{
	struct text zawgyi = { 0 };
	struct text back = { 0 };

	ck_assert_int_eq(zawgyi_guess(sentences[_i]), ZAWGYI_NO);
	zawgyi_from_unicode(sentences[_i], &zawgyi);
	ck_assert_int_eq(zawgyi_guess(text_string(&zawgyi)), ZAWGYI_YES);
	ck_assert_uint_le(zawgyi.length, strlen(sentences[_i]));
	zawgyi_to_unicode(text_string(&zawgyi), &back);
	ck_assert_str_eq(text_string(&back), sentences[_i]);
	text_free(&zawgyi);
	text_free(&back);
}
END_TEST

/* The digits of Zawgyi keyboards that look like letters. */
START_TEST(a_zero_with_a_sign_is_the_letter_wa)
{
	struct text out = { 0 };

	zawgyi_to_unicode("ေ၀း ၁၀ ၀င္", &out);
	ck_assert_str_eq(text_string(&out), "ဝေး ၁၀ ၀င်");
	text_free(&out);
}
END_TEST

/* Whatever comes, it is read to its end and stays UTF-8. */
START_TEST(signs_without_letters_harm_nothing)
{
	struct text out = { 0 };

	zawgyi_to_unicode("\xe1\x80\xb1", &out);
	zawgyi_to_unicode("္ျၾၤ", &out);
	zawgyi_from_unicode("္ံ့ျ", &out);
	zawgyi_from_unicode("\xe1\x80\xb9", &out);
	zawgyi_to_unicode("", &out);
	ck_assert_int_gt((int)out.length, 0);
	ck_assert_int_eq(zawgyi_guess(""), ZAWGYI_UNKNOWN);
	ck_assert_int_eq(zawgyi_guess("help 1"), ZAWGYI_UNKNOWN);
	text_free(&out);
}
END_TEST

/* "There is" in Zawgyi is another word in Unicode: alone it says nothing. */
START_TEST(a_word_of_both_is_not_guessed_at)
{
	struct text out = { 0 };

	ck_assert_int_eq(zawgyi_guess("ရွိ"), ZAWGYI_UNKNOWN);
	zawgyi_from_unicode("ရှိ", &out);
	ck_assert_str_eq(text_string(&out), "ရွိ");
	text_free(&out);
}
END_TEST

static Suite *
suite_of_zawgyi(void)
{
	Suite *suite = suite_create("zawgyi");
	TCase *cases = tcase_create("words and sentences");

	tcase_add_loop_test(
	    cases, a_zawgyi_word_is_read_as_unicode, 0, COUNT_OF(words));
	tcase_add_loop_test(cases, a_unicode_word_is_shown_to_a_zawgyi_phone, 0,
	    COUNT_OF(words));
	tcase_add_loop_test(cases,
	    what_is_spelled_otherwise_is_known_for_what_it_is, 0,
	    COUNT_OF(words));
	tcase_add_loop_test(
	    cases, a_sentence_goes_there_and_back, 0, COUNT_OF(sentences));
	tcase_add_test(cases, a_zero_with_a_sign_is_the_letter_wa);
	tcase_add_test(cases, a_word_of_both_is_not_guessed_at);
	tcase_add_test(cases, signs_without_letters_harm_nothing);
	suite_add_tcase(suite, cases);
	return (suite);
}

CHECK_MAIN(suite_of_zawgyi);
