#include "gateway/text/answer.h"

#include <inttypes.h>

#include "gateway/base/outcome.h"
#include "tests/check_main.h"

static struct answer
read_answer(const char *text)
{
	struct answer answer;

	memset(&answer, 0xa5, sizeof(answer));
	answer_read(text, &answer);
	return (answer);
}

/* What people type for a number. */
static const struct number_row {
	const char *text;
	int64_t number;
	int leading_zeros;
} number_rows[] = {
	{ "1", 1, 0 },
	{ "1.", 1, 0 },
	{ "(1)", 1, 0 },
	{ "1)", 1, 0 },
	{ "[1]", 1, 0 },
	{ "  1  ", 1, 0 },
	{ "1\n", 1, 0 },
	{ "1\xc2\xa0", 1, 0 },
	{ "1!", 1, 0 },
	{ "1?", 1, 0 },
	{ "\"1\"", 1, 0 },
	{ "“1”", 1, 0 },
	{ "#1", 1, 0 },
	{ "*1#", 1, 0 },
	{ "- 1", 1, 0 },
	{ "No. 1", 1, 0 },
	{ "no 1", 1, 0 },
	{ "no:1", 1, 0 },
	{ "№1", 1, 0 },
	{ "№ 1", 1, 0 },
	{ "Nr. 12", 12, 0 },
	{ "OPTION 1", 1, 0 },
	{ "Option-2.", 2, 0 },
	{ "number 3", 3, 0 },
	{ "(option 3)", 3, 0 },
	{ " १ ", 1, 0 },
	{ "१.", 1, 0 },
	{ "१।", 1, 0 },
	{ "१०", 10, 0 },
	{ "১", 1, 0 },
	{ "١", 1, 0 },
	{ "۱۲", 12, 0 },
	{ "၁", 1, 0 },
	{ "፩", 1, 0 },
	{ "፱", 9, 0 },
	{ "１", 1, 0 },
	{ "①", 1, 0 },
	{ "⑴", 1, 0 },
	{ "⒈", 1, 0 },
	{ "1️⃣", 1, 0 },
	{ "1️⃣.", 1, 0 },
	{ "1 👍", 1, 0 },
	{ "👉 2", 2, 0 },
	{ "\xe2\x80\x8f"
	  "1",
	    1, 0 },
	{ "0", 0, 0 },
	{ "०", 0, 0 },
	{ "00", 0, 1 },
	{ "००", 0, 1 },
	{ "0 0", 0, 1 },
	{ "00.", 0, 1 },
	{ "000", 0, 2 },
	{ "01", 1, 1 },
	{ "007", 7, 2 },
	{ "1,500", 1500, 0 },
	{ "1 500", 1500, 0 },
	{ "1'500", 1500, 0 },
	{ "1,50,000", 150000, 0 },
	{ "१,५०,०००", 150000, 0 },
	{ "1,500,000", 1500000, 0 },
	{ "1،500", 1500, 0 },
	{ "1500/-", 1500, 0 },
	{ "1500.00", 1500, 0 },
	{ "$500", 500, 0 },
	{ "₹ 1,500", 1500, 0 },
	{ "999999999999999999", 999999999999999999, 0 },
};

START_TEST(a_number_is_read_however_it_is_written)
{
	const struct number_row *row = &number_rows[_i];
	struct answer answer = read_answer(row->text);

	ck_assert_msg(answer.has_number, "'%s' has no number", row->text);
	ck_assert_msg(answer.number == row->number, "'%s' gives %" PRId64,
	    row->text, answer.number);
	ck_assert_int_eq(answer.leading_zeros, row->leading_zeros);
	ck_assert(answer.has_leading_number);
	ck_assert_int_eq(answer.leading_number, row->number);
	ck_assert(!answer.is_empty);
}
END_TEST

/* What is no number, and what it would be a mistake to take for one; the
 * number is what a choice may still take. */
static const struct no_number_row {
	const char *text;
	int64_t leading; /* -1 for none */
} no_number_rows[] = {
	{ "", -1 },
	{ "o", -1 },
	{ "O0", -1 },
	{ "one", -1 },
	{ "1.5", -1 },
	{ "1.500", -1 },
	{ "1,5", -1 },
	{ "1,50", -1 },
	{ "12,34,56", -1 },
	{ "½", -1 },
	{ "1/2", -1 },
	{ "1-2", -1 },
	{ "1 2", -1 },
	{ "1 2 3", -1 },
	{ "1 50", -1 },
	{ "0 500", -1 },
	{ "0 1", -1 },
	{ "1 or 2", -1 },
	{ "<3", -1 },
	{ ":3", -1 },
	{ ";0", -1 },
	{ "=1", -1 },
	{ "no, 1", -1 },
	{ "nope 1", -1 },
	{ "not 1", -1 },
	{ "line 1", -1 },
	{ "la2", -1 },
	{ "musa3ada", -1 },
	{ "2nd", -1 },
	{ "1yes", -1 },
	{ "15k", -1 },
	{ "9999999999999999999", -1 },
	{ "1000000000000000000", -1 },
	{ "፲", -1 },
	{ "1 yes", 1 },
	{ "2 No", 2 },
	{ "1. Yes", 1 },
	{ "2) no", 2 },
	{ "(3) not sure", 3 },
	{ "१ हो", 1 },
	{ "1,500 riyal", 1500 },
	{ "1 yes please", 1 },
	{ "1 yes please sir", -1 },
	{ "2 of my 3", -1 },
	{ "option 1 please", -1 },
};

START_TEST(what_is_not_clearly_a_number_is_none)
{
	const struct no_number_row *row = &no_number_rows[_i];
	struct answer answer = read_answer(row->text);

	ck_assert_msg(!answer.has_number, "'%s' is taken for %" PRId64,
	    row->text, answer.number);
	ck_assert_int_eq(answer.number, 0);
	ck_assert_int_eq(answer.leading_zeros, 0);
	ck_assert_msg(answer.has_leading_number == (row->leading >= 0),
	    "'%s' has the leading number %" PRId64, row->text,
	    answer.leading_number);
	ck_assert_int_eq(
	    answer.leading_number, row->leading >= 0 ? row->leading : 0);
}
END_TEST

START_TEST(a_word_before_the_number_is_told)
{
	ck_assert(read_answer("no 1").has_lead_word);
	ck_assert(read_answer("Option 1").has_lead_word);
	ck_assert(!read_answer("1").has_lead_word);
	ck_assert(!read_answer("#1").has_lead_word);
	ck_assert(!read_answer("no").has_lead_word);
}
END_TEST

static const struct fold_row {
	const char *text;
	const char *folded;
	unsigned words;
} fold_rows[] = {
	{ "", "", 0 },
	{ " \n ", "", 0 },
	{ "...", "", 0 },
	{ "?!", "", 0 },
	{ "\xe2\x80\x8d", "", 0 },
	{ "HELP", "help", 1 },
	{ "  Help!!  Me ", "help me", 2 },
	{ "help-me", "help me", 2 },
	{ "help\nme", "help me", 2 },
	{ "don't", "dont", 1 },
	{ "don’t", "dont", 1 },
	{ "'yes'", "yes", 1 },
	{ "ＨＥＬＰ", "help", 1 },
	{ "ﬁne", "fine", 1 },
	{ "STRAßE", "strasse", 1 },
	{ "ДОПОМОГА", "допомога", 1 },
	{ "मद्दत!!", "मद्दत", 1 },
	{ "मद्\xe2\x80\x8dदत", "मद्दत", 1 },
	{ "मद्\xe2\x80\x8cदत।", "मद्दत", 1 },
	{ "\xe2\x80\x8eमद्दत\xef\xbb\xbf", "मद्दत", 1 },
	{ "مُسَاعَدَة", "مساعده", 1 },
	{ "مســاعدة؟", "مساعده", 1 },
	{ "أيوه", "ايوه", 1 },
	{ "እርዳታ፡ጠይቅ", "እርዳታ ጠይቅ", 2 },
	{ "အကူအညီ၊", "အကူအညီ", 1 },
	{ "help 😭😭", "help", 1 },
	{ "👍🏽", "👍", 1 },
	{ "👍👍", "👍👍", 1 },
	{ "\xef\xbf\xbd\xef\xbf\xbd", "", 0 },
	{ "१ हो", "1 हो", 2 },
	{ "1,500", "1 500", 2 },
	{ "i need help", "i need help", 3 },
};

START_TEST(an_answer_is_folded_to_its_words)
{
	const struct fold_row *row = &fold_rows[_i];
	struct answer answer = read_answer(row->text);
	struct text folded = { 0 };

	ck_assert_str_eq(answer.folded, row->folded);
	ck_assert_uint_eq(answer.words, row->words);
	ck_assert_int_eq(answer.is_empty, row->words == 0);
	answer_fold(row->text, &folded);
	ck_assert_str_eq(text_string(&folded), row->folded);
	text_free(&folded);
}
END_TEST

START_TEST(folding_twice_changes_nothing)
{
	const struct fold_row *row = &fold_rows[_i];
	struct text folded = { 0 };

	answer_fold(row->folded, &folded);
	ck_assert_str_eq(text_string(&folded), row->folded);
	text_free(&folded);
}
END_TEST

/* ASCII has a way of its own through the code; a joiner forces the other. */
START_TEST(ascii_folds_alike_on_both_ways)
{
	const struct fold_row *row = &fold_rows[_i];
	struct text longer = { 0 };
	struct answer answer;

	text_add(&longer, row->text);
	text_add(&longer, "\xe2\x80\x8d");
	answer = read_answer(longer.bytes);
	ck_assert_str_eq(answer.folded, row->folded);
	ck_assert_uint_eq(answer.words, row->words);
	text_free(&longer);
}
END_TEST

START_TEST(the_first_word_is_told)
{
	ck_assert_str_eq(read_answer("HELP me!").first_word, "help");
	ck_assert_str_eq(read_answer("मद्दत").first_word, "मद्दत");
	ck_assert_str_eq(read_answer("").first_word, "");
}
END_TEST

static struct answer
read_repeated(const char *piece, unsigned times)
{
	struct text text = { 0 };
	struct answer answer;

	for (unsigned i = 0; i < times; i++)
		text_add(&text, piece);
	answer = read_answer(text_string(&text));
	text_free(&text);
	return (answer);
}

START_TEST(a_long_text_is_not_a_choice_but_its_words_are_counted)
{
	struct answer answer = read_repeated("help ", 200);

	ck_assert_str_eq(answer.folded, "");
	ck_assert_str_eq(answer.first_word, "");
	ck_assert_uint_eq(answer.words, 200);
	ck_assert(!answer.is_empty);
	ck_assert(!answer_is(&answer, "help|"));
	ck_assert(!answer_starts_with(&answer, "help"));
	answer = read_repeated("मद्दत ", 100);
	ck_assert_str_eq(answer.folded, "");
	ck_assert_uint_eq(answer.words, 100);
	answer = read_repeated("x", ANSWER_MAX_BYTES - 1);
	ck_assert_uint_eq(strlen(answer.folded), ANSWER_MAX_BYTES - 1);
	ck_assert_str_eq(answer.first_word, "");
	answer = read_repeated("x", ANSWER_MAX_BYTES);
	ck_assert_str_eq(answer.folded, "");
	answer = read_repeated(" ", 2000);
	ck_assert(answer.is_empty);
}
END_TEST

START_TEST(one_sign_that_folds_to_four_words_is_held)
{
	struct answer answer = read_repeated("ﷺ", 300);

	ck_assert_str_eq(answer.folded, "");
	ck_assert_uint_ge(answer.words, 900);
}
END_TEST

static const char HELP_WORDS[] = "help|sos|help me|मद्दत|সাহায্য|help lagbe|"
				 "musa3ada|مساعدة|እርዳታ|အကူအညီ|maddat|madat";

static const struct keyword_row {
	const char *text;
	int is_help;
	int starts_with_help;
} keyword_rows[] = {
	{ "help", 1, 1 },
	{ "HELP!", 1, 1 },
	{ "Help me.", 1, 1 },
	{ "help me please", 0, 1 },
	{ "help me please sir", 0, 0 },
	{ "help please", 0, 1 },
	{ "help lagbe", 1, 1 },
	{ "Help  Lagbe!!", 1, 1 },
	{ "MUSA3ADA", 1, 1 },
	{ "मद्दत!!", 1, 1 },
	{ "मद्\xe2\x80\x8dदत", 1, 1 },
	{ "madat!!!", 1, 1 },
	{ "সাহায\xe2\x80\x8c্য", 1, 1 },
	{ "مساعده", 1, 1 },
	{ "እርዳታ።", 1, 1 },
	{ "အကူအညီ", 1, 1 },
	{ "helper", 0, 0 },
	{ "hel", 0, 0 },
	{ "i need help", 0, 0 },
	{ "he took my passport and nobody will help", 0, 0 },
	{ "", 0, 0 },
	{ "!!", 0, 0 },
};

START_TEST(a_keyword_is_all_of_an_answer_or_its_beginning)
{
	const struct keyword_row *row = &keyword_rows[_i];
	struct answer answer = read_answer(row->text);
	struct text folded = { 0 };

	ck_assert_int_eq(answer_is(&answer, HELP_WORDS), row->is_help);
	ck_assert_int_eq(
	    answer_starts_with(&answer, HELP_WORDS), row->starts_with_help);
	answer_fold_spellings(HELP_WORDS, &folded);
	ck_assert_int_eq(answer_is(&answer, folded.bytes), row->is_help);
	ck_assert_int_eq(
	    answer_starts_with(&answer, folded.bytes), row->starts_with_help);
	text_free(&folded);
}
END_TEST

START_TEST(composed_and_decomposed_letters_are_one)
{
	struct answer answer = read_answer("সহায\xe0\xa6\xbcতা");

	ck_assert(answer_is(&answer, "সহা\xe0\xa7\x9fতা"));
	answer = read_answer("aqu\xc3\xad");
	ck_assert(answer_is(&answer, "aqui\xcc\x81"));
}
END_TEST

START_TEST(an_empty_list_matches_nothing)
{
	struct answer answer = read_answer("help");
	struct answer empty = read_answer("");

	ck_assert(!answer_is(&answer, ""));
	ck_assert(!answer_is(&answer, "|||"));
	ck_assert(!answer_is(&empty, ""));
	ck_assert(!answer_is(&empty, "||"));
	ck_assert(answer_is(&answer, "|help||"));
}
END_TEST

static const char *const choices[] = {
	"yes|y|ya|हो|ho|1st|👍",
	"no|n|होइन|hoina|la2",
	"not sure|don't know|थाहा छैन",
	"Passport and papers",
	"Pay",
	"Pay and food",
	"Both|ok",
	"ok|None of these|Passports",
};

static const struct choice_row {
	const char *text;
	size_t choice;
} choice_rows[] = {
	{ "yes", 1 },
	{ "YES!", 1 },
	{ "yes.", 1 },
	{ "ya", 1 },
	{ "हो", 1 },
	{ "हो।", 1 },
	{ "1st", 1 },
	{ "👍🏽", 1 },
	{ "no", 2 },
	{ "la2", 2 },
	{ "Dont know", 3 },
	{ "DON’T KNOW", 3 },
	{ "not", 3 },
	{ "थाहा", 3 },
	{ "passport", 4 },
	{ "Passport and", 4 },
	{ "passport and papers", 4 },
	{ "passports", 8 },
	{ "pass", 0 },
	{ "pay", 5 },
	{ "pay and", 6 },
	{ "none", 8 },
	{ "ok", 0 }, /* in two lists */
	{ "yes please", 0 },
	{ "yes no", 0 },
	{ "no idea", 0 },
	{ "maybe", 0 },
	{ "", 0 },
	{ "?", 0 },
};

START_TEST(a_choice_is_named_or_nothing_is_chosen)
{
	const struct choice_row *row = &choice_rows[_i];
	struct answer answer = read_answer(row->text);
	size_t choice = answer_choose(&answer, choices, COUNT_OF(choices));

	ck_assert_msg(
	    choice == row->choice, "'%s' chooses %zu", row->text, choice);
}
END_TEST

START_TEST(a_beginning_that_fits_two_options_chooses_none)
{
	const char *const lists[] = { "Job in Qatar", "Job in Dubai" };
	struct answer answer = read_answer("job");

	ck_assert_uint_eq(answer_choose(&answer, lists, 2), 0);
	answer = read_answer("job in qatar");
	ck_assert_uint_eq(answer_choose(&answer, lists, 2), 1);
	ck_assert_uint_eq(answer_choose(&answer, lists, 0), 0);
}
END_TEST

static void
add_number_tests(TCase *tests)
{
	tcase_add_loop_test(tests, a_number_is_read_however_it_is_written, 0,
	    COUNT_OF(number_rows));
	tcase_add_loop_test(tests, what_is_not_clearly_a_number_is_none, 0,
	    COUNT_OF(no_number_rows));
	tcase_add_test(tests, a_word_before_the_number_is_told);
}

static Suite *
suite_of_answer(void)
{
	Suite *suite = suite_create("answer");
	TCase *tests = tcase_create("answer");

	add_number_tests(tests);
	tcase_add_loop_test(
	    tests, an_answer_is_folded_to_its_words, 0, COUNT_OF(fold_rows));
	tcase_add_loop_test(
	    tests, folding_twice_changes_nothing, 0, COUNT_OF(fold_rows));
	tcase_add_loop_test(
	    tests, ascii_folds_alike_on_both_ways, 0, COUNT_OF(fold_rows));
	tcase_add_test(tests, the_first_word_is_told);
	tcase_add_test(
	    tests, a_long_text_is_not_a_choice_but_its_words_are_counted);
	tcase_add_test(tests, one_sign_that_folds_to_four_words_is_held);
	tcase_add_loop_test(tests,
	    a_keyword_is_all_of_an_answer_or_its_beginning, 0,
	    COUNT_OF(keyword_rows));
	tcase_add_test(tests, composed_and_decomposed_letters_are_one);
	tcase_add_test(tests, an_empty_list_matches_nothing);
	tcase_add_loop_test(tests, a_choice_is_named_or_nothing_is_chosen, 0,
	    COUNT_OF(choice_rows));
	tcase_add_test(tests, a_beginning_that_fits_two_options_chooses_none);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_answer);
