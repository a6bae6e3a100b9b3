/* What people write in their own scripts: digits, yes and no, the words the
 * helpline listens to, and Burmese from Zawgyi phones. */
#include <unistd.h>

#include "gateway/base/csv.h"
#include "gateway/base/file.h"
#include "gateway/text/answer.h"
#include "gateway/text/zawgyi.h"
#include "menus/menu_inside.h"
#include "menus/menu_walk.h"
#include "tests/check_main.h"
#include "tests/menus_copy.h"
#include "tests/menus_talk.h"

enum { FILE_MOST_BYTES = 1 << 20 };

/* -- digits, yes and no ----------------------------------------------------- */

/* Digits from 0 on, yes and no as lists, and as people type them. */
static const struct script {
	const char *name;
	const char *digits; /* "" where people use 0 to 9 */
	const char *yes_list;
	const char *yes;
	const char *no_list;
	const char *no;
} scripts[] = {
	{ "Latin", "0 1 2 3 4 5 6 7 8 9", "yes|y", " Yes! ", "no|n", "NO." },
	{ "Devanagari", "० १ २ ३ ४ ५ ६ ७ ८ ९", "हो|हजुर", "हजुर ।", "होइन|छैन",
	    "छैन" },
	{ "Bengali", "০ ১ ২ ৩ ৪ ৫ ৬ ৭ ৮ ৯", "হ্যাঁ|জি", "হ্যাঁ।", "না", "\"না\"" },
	{ "Arabic", "٠ ١ ٢ ٣ ٤ ٥ ٦ ٧ ٨ ٩", "نعم|ايوه", "نَعَم", "لا", "لا، " },
	{ "Arabic of Urdu", "۰ ۱ ۲ ۳ ۴ ۵ ۶ ۷ ۸ ۹", "جی|ہاں", "جى", "نہیں",
	    "نہیں۔" },
	{ "Ethiopic", "", "አዎ", "አዎ።", "አይደለም|አይ", "አይ" },
	{ "Burmese", "၀ ၁ ၂ ၃ ၄ ၅ ၆ ၇ ၈ ၉", "ဟုတ်", "ဟုတ်။", "မဟုတ်", "မဟုတ်" },
	{ "Cyrillic", "", "так|да", "ТАК!", "ні|нет", "Ні" },
	{ "Thai", "๐ ๑ ๒ ๓ ๔ ๕ ๖ ๗ ๘ ๙", "ใช่", "ใช่ ", "ไม่", "(ไม่)" },
	{ "Khmer", "០ ១ ២ ៣ ៤ ៥ ៦ ៧ ៨ ៩", "បាទ|ចាស", "ចាស។", "ទេ", "ទេ" },
	{ "Tamil", "௦ ௧ ௨ ௩ ௪ ௫ ௬ ௭ ௮ ௯", "ஆம்", "ஆம்.", "இல்லை", "இல்லை" },
	{ "Gurmukhi", "੦ ੧ ੨ ੩ ੪ ੫ ੬ ੭ ੮ ੯", "ਹਾਂ", "ਹਾਂ", "ਨਹੀਂ", "ਨਹੀਂ।" },
	{ "Sinhala", "෦ ෧ ෨ ෩ ෪ ෫ ෬ ෭ ෮ ෯", "ඔව්", "ඔව්!",
	    "නැහැ", "නැහැ" },
	{ "Lao", "໐ ໑ ໒ ໓ ໔ ໕ ໖ ໗ ໘ ໙", "ແມ່ນ", "ແມ່ນ", "ບໍ່", "ບໍ່" },
};

START_TEST(digits_of_each_script_are_numbers)
{
	char digits[128];
	char *rest = digits;
	int64_t expected = 0;

	snprintf(digits, sizeof(digits), "%s", scripts[_i].digits);
	for (char *digit = strsep(&rest, " "); digit != NULL && *digit != '\0';
	     digit = strsep(&rest, " ")) {
		struct answer answer;

		answer_read(digit, &answer);
		ck_assert_msg(answer.has_number && answer.number == expected,
		    "%s %d", scripts[_i].name, (int)expected);
		expected++;
	}
	ck_assert(expected == 10 || scripts[_i].digits[0] == '\0');
}
END_TEST

START_TEST(yes_and_no_of_each_script_are_told_apart)
{
	const struct script *script = &scripts[_i];
	struct answer yes;
	struct answer no;

	answer_read(script->yes, &yes);
	answer_read(script->no, &no);
	ck_assert_msg(answer_is(&yes, script->yes_list), "%s", script->name);
	ck_assert_msg(answer_is(&no, script->no_list), "%s", script->name);
	ck_assert(!answer_is(&yes, script->no_list));
	ck_assert(!answer_is(&no, script->yes_list));
}
END_TEST

/* -- the words that were gathered ------------------------------------------- */

static struct menus *menus;

static void
load_shipped(void)
{
	ck_assert_int_eq(
	    menus_load(SOURCE_TREE "/menus", SOURCE_TREE "/locales", &menus),
	    DONE);
}

static void
free_shipped(void)
{
	menus_free(menus);
	menus = NULL;
}

static enum keyword
keyword_of(const char *intent)
{
	static const struct {
		const char *intent;
		enum keyword keyword;
	} known[] = {
		{ "HELP", KEYWORD_HELP },
		{ "STOP", KEYWORD_STOP },
		{ "MENU", KEYWORD_MENU },
		{ "YES", KEYWORD_YES },
		{ "NO", KEYWORD_NO },
	};

	for (size_t i = 0; i < COUNT_OF(known); i++)
		if (strcmp(known[i].intent, intent) == 0)
			return (known[i].keyword);
	return (KEYWORD_NONE);
}

/* What a word stands for in a language and in its romanised twin, as a caller
 * of either may write it; and in English, which all can use. */
static uint32_t
meaning_of(const char *language, const char *word, int with_english)
{
	struct answer answer;
	uint32_t found;
	char twin[32];

	answer_read(word, &answer);
	snprintf(twin, sizeof(twin), "%s-Latn", language);
	found = keywords_match(menus->keywords, language, &answer).whole |
	    keywords_match(menus->keywords, twin, &answer).whole;
	if (found == 0 && with_english)
		found = keywords_match(menus->keywords, "en", &answer).whole;
	return (found);
}

/* Calls `look` for each row: language, word, keyword, whether it was seen in
 * use.  "hi/ur" is taken for Hindi. */
static size_t
for_each_row(void (*look)(
    const char *language, const char *word, enum keyword keyword, int is_seen))
{
	struct text content = { 0 };
	struct csv csv = { 0 };
	size_t rows = 0;

	ck_assert_int_eq(file_read(SOURCE_TREE "/tests/data/keywords.csv",
			     FILE_MOST_BYTES, &content),
	    DONE);
	csv_open(&csv, text_string(&content));
	ck_assert_int_eq(csv_next(&csv), 1);
	ck_assert_str_eq(csv_field(&csv, 1), "iso639_1");
	while (csv_next(&csv)) {
		char language[16];

		snprintf(language, sizeof(language), "%s", csv_field(&csv, 1));
		language[strcspn(language, "/")] = '\0';
		if (language[0] == '\0' ||
		    catalog_find_language(menus->catalog, language) == NULL)
			continue;
		rows++;
		look(language, csv_field(&csv, 6),
		    keyword_of(csv_field(&csv, 5)),
		    strcmp(csv_field(&csv, 7), "needs-check") != 0);
	}
	csv_close(&csv);
	text_free(&content);
	return (rows);
}

static void
must_be_known(
    const char *language, const char *word, enum keyword keyword, int is_seen)
{
	ck_assert_int_ne(keyword, KEYWORD_NONE);
	if (is_seen)
		ck_assert_msg(
		    (meaning_of(language, word, 1) & 1u << keyword) != 0,
		    "'%s' is not %s in '%s'", word, keyword_name(keyword),
		    language);
}

START_TEST(every_word_seen_in_use_is_known_where_its_language_ships)
{
	ck_assert_uint_gt(for_each_row(must_be_known), 30);
}
END_TEST

/* What a word of this kind must never be taken for. */
static uint32_t
opposites_of(enum keyword keyword)
{
	if (keyword == KEYWORD_YES)
		return (1u << KEYWORD_NO | 1u << KEYWORD_STOP);
	if (keyword == KEYWORD_NO)
		return (1u << KEYWORD_YES);
	if (keyword == KEYWORD_STOP)
		return (1u << KEYWORD_YES | 1u << KEYWORD_START);
	return (1u << KEYWORD_STOP | 1u << KEYWORD_FORGET | 1u << KEYWORD_NO);
}

/* "Ha" is yes in Nepali and Bengali, "tak" yes in Ukrainian and no in Malay:
 * in the caller's own language a word is never its opposite, whether it is in
 * the list yet or still to be checked. */
static void
must_not_clash(
    const char *language, const char *word, enum keyword keyword, int is_seen)
{
	uint32_t meaning = meaning_of(language, word, 0);

	(void)is_seen;
	ck_assert_msg((meaning & opposites_of(keyword)) == 0,
	    "'%s' of '%s' is taken for the opposite of %s", word, language,
	    keyword_name(keyword));
}

START_TEST(no_word_is_its_opposite_in_its_own_language)
{
	ck_assert_uint_gt(for_each_row(must_not_clash), 30);
}
END_TEST

/* Spelled alike, of two minds: the language of the walk decides. */
static const struct {
	const char *language;
	const char *word;
	enum keyword never;
} collisions[] = {
	{ "ne-Latn", "ha", KEYWORD_NO }, { "bn-Latn", "ha", KEYWORD_NO },
	{ "uk", "tak", KEYWORD_NO }, { "id", "tak", KEYWORD_YES },
	{ "bn-Latn", "na", KEYWORD_YES }, { "en", "na", KEYWORD_YES },
	{ "uk", "no", KEYWORD_YES }, { "ar", "la", KEYWORD_YES },
	{ "en", "la", KEYWORD_NO }, { "id", "ya", KEYWORD_NO },
	{ "id", "y", KEYWORD_NO }, { "am", "aw", KEYWORD_NO },
	{ "am", "ay", KEYWORD_YES }, { "en", "di", KEYWORD_NO },
	{ "sw", "na", KEYWORD_NO }, /* "and" */
};

START_TEST(a_word_of_two_languages_is_read_by_the_language_of_the_walk)
{
	struct answer answer;

	answer_read(collisions[_i].word, &answer);
	ck_assert(
	    (keywords_match(menus->keywords, collisions[_i].language, &answer)
		    .whole &
		1u << collisions[_i].never) == 0);
}
END_TEST

/* Short answers that begin with a word of one kind and with two of another;
 * the longer beginning counts. */
static const struct {
	const char *language;
	const char *words;
	enum keyword keyword;
} beginnings[] = {
	{ "bn-Latn", "ji bhai", KEYWORD_YES },
	{ "bn-Latn", "ji na", KEYWORD_NO },
	{ "bn-Latn", "ji na apu", KEYWORD_NO },
	{ "bn", "জি না আপা", KEYWORD_NO },
	{ "hi", "ji nahi bhaiya", KEYWORD_NO },
	{ "hi", "जी नहीं जी", KEYWORD_NO },
	{ "hi", "नहीं पता जी", KEYWORD_UNSURE },
	{ "hi", "नहीं जी", KEYWORD_NO },
	{ "ar", "لا أعرف والله", KEYWORD_UNSURE },
	{ "ar", "لا والله", KEYWORD_NO },
	{ "id", "tidak tahu pak", KEYWORD_UNSURE },
	{ "id", "tidak pak", KEYWORD_NO },
	{ "id", "gak tau bu", KEYWORD_UNSURE },
	{ "ne-Latn", "cha wata ho", KEYWORD_ONE + 5 },
	{ "sw", "menyu kuu tafadhali", KEYWORD_HOME },
	{ "en", "not sure yet", KEYWORD_UNSURE },
	/* Who begins with a word for help means it. */
	{ "id", "tolong stop pak", KEYWORD_HELP },
};

START_TEST(the_longest_beginning_counts)
{
	struct answer answer;
	uint32_t first;

	answer_read(beginnings[_i].words, &answer);
	first =
	    keywords_match(menus->keywords, beginnings[_i].language, &answer)
		.first;
	ck_assert_msg((first & 1u << beginnings[_i].keyword) != 0,
	    "'%s' is not %s", beginnings[_i].words,
	    keyword_name(beginnings[_i].keyword));
	if (beginnings[_i].keyword != KEYWORD_HELP)
		ck_assert_uint_eq(first & (first - 1), 0);
}
END_TEST

/* One spelling with a word behind it that stands in no list. */
static void
check_spelling(const char *language, const char *spelling, size_t length,
    enum keyword keyword)
{
	struct text words = { 0 };
	struct answer answer;
	uint32_t first;

	text_add_bytes(&words, spelling, length);
	text_add(&words, " zzqq");
	answer_read(text_string(&words), &answer);
	first = keywords_match(menus->keywords, language, &answer).first;
	if (answer.words <= ANSWER_SHORT_WORDS)
		ck_assert_msg(
		    (first & ~(1u << KEYWORD_HELP) & ~(1u << keyword)) == 0 &&
			(first & 1u << keyword) != 0,
		    "'%s' in '%s' is not %s alone", text_string(&words),
		    language, keyword_name(keyword));
	text_free(&words);
}

START_TEST(every_spelling_we_ship_is_itself_with_a_word_behind_it)
{
	const struct catalog *catalog = menus_catalog(menus);
	size_t spellings = 0;

	for (size_t i = 0; i < catalog_language_count(catalog); i++)
		for (int k = 0; k < KEYWORD_COUNT; k++) {
			const char *tag = catalog_language_at(catalog, i)->tag;
			const struct system_line *line =
			    &menus->system.keywords[k];
			const char *list =
			    catalog_text(catalog, tag, line->id, line->words);

			if (strcmp(tag, "en") != 0 && list == line->words)
				continue;
			for (; *list != '\0'; list += *list == '|') {
				size_t length = strcspn(list, "|");

				check_spelling(
				    tag, list, length, (enum keyword)k);
				list += length;
				spellings++;
			}
		}
	ck_assert_uint_gt(spellings, 1000);
}
END_TEST

/* -- a Zawgyi phone on a walk ----------------------------------------------- */

static const char burmese[] = "msgid \"\"\n"
			      "msgstr \"\"\n"
			      "\"Language: my\\n\"\n"
			      "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
			      "\"X-Script: Mymr\\n\"\n"
			      "\n"
			      "msgctxt \"gulf/welcome/text\"\n"
			      "msgid \"Work abroad. HELP reaches a person.\"\n"
			      "msgstr \"နိုင်ငံခြားအလုပ်။\"\n"
			      "\n"
			      "msgctxt \"system/left\"\n"
			      "msgid \"Goodbye.\"\n"
			      "msgstr \"သွားတော့မယ်။\"\n"
			      "\n"
			      "msgctxt \"keyword/menu\"\n"
			      "msgid \"menu\"\n"
			      "msgstr \"ပြန်စ\"\n";

/* The good copy with Burmese added to its languages. */
static void
load_burmese(struct copy *copy, struct menus **menus_r)
{
	static const char languages[] = "\"ne-Latn\" );";
	struct text tree = { 0 };
	struct text changed = { 0 };
	char path[128];
	char locales[128];
	const char *at;

	ck_assert_int_eq(copy_load(copy, NULL, menus_r), DONE);
	menus_free(*menus_r);
	snprintf(locales, sizeof(locales), "%s/locales", copy->folder);
	snprintf(path, sizeof(path), "%s/locales/my.po", copy->folder);
	ck_assert_int_eq(
	    file_write(path, 0600, burmese, sizeof(burmese) - 1), DONE);
	snprintf(path, sizeof(path), "%s/trees/gulf.cfg", copy->folder);
	ck_assert_int_eq(file_read(path, FILE_MOST_BYTES, &tree), DONE);
	at = strstr(text_string(&tree), languages);
	ck_assert_ptr_nonnull(at);
	text_add_bytes(
	    &changed, text_string(&tree), (size_t)(at - text_string(&tree)));
	text_printf(
	    &changed, "\"ne-Latn\", \"my\" );%s", at + sizeof(languages) - 1);
	ck_assert_int_eq(
	    file_write(path, 0600, text_string(&changed), changed.length),
	    DONE);
	ck_assert_int_eq(menus_load(copy->folder, locales, menus_r), DONE);
	text_free(&tree);
	text_free(&changed);
}

START_TEST(a_zawgyi_phone_is_understood_and_can_read_the_answer)
{
	static const struct turn turns[] = {
		/* "Start again", and a word only Unicode has. */
		{ "ျပန္စ", "ႏိုင္ငံျခားအလုပ္။|-နိုင်ငံ", 0 },
		{ "2", "You have rights.", 0 },
		/* A digit says nothing of the phone: it is remembered. */
		{ "00", "ႏိုင္ငံျခားအလုပ္။|-နိုင်ငံ", 0 },
		/* The same caller on a phone with Unicode. */
		{ "ပြန်စ", "နိုင်ငံခြားအလုပ်။|-ႏ", 0 },
		{ "00", "နိုင်ငံခြားအလုပ်။", 0 },
		{ NULL, NULL, 0 },
	};
	struct copy copy;
	struct talk talk;
	struct menus *with_burmese;
	char path[128];

	load_burmese(&copy, &with_burmese);
	talk_begin(&talk, with_burmese, "gulf", "my");
	talk_run(&talk, turns);
	talk_end(&talk);
	menus_free(with_burmese);
	snprintf(path, sizeof(path), "%s/locales/my.po", copy.folder);
	ck_assert_int_eq(unlink(path), 0);
	copy_remove(&copy);
}
END_TEST

START_TEST(the_kind_of_phone_stays_with_the_walk)
{
	struct walk walk = { .is_zawgyi = 1 };
	struct walk back;
	struct text bytes = { 0 };

	snprintf(walk.language, sizeof(walk.language), "my");
	walk_write(&walk, &bytes);
	memset(&back, 0xa5, sizeof(back));
	ck_assert_int_eq(
	    walk_read(text_string(&bytes), bytes.length, &back), DONE);
	ck_assert_int_eq(back.is_zawgyi, 1);
	ck_assert_str_eq(back.language, "my");
	walk_free(&back);
	text_clear(&bytes);
	walk.is_zawgyi = 0;
	walk_write(&walk, &bytes);
	ck_assert_int_eq(
	    walk_read(text_string(&bytes), bytes.length, &back), DONE);
	ck_assert_int_eq(back.is_zawgyi, 0);
	walk_free(&back);
	text_free(&bytes);
}
END_TEST

static Suite *
suite_of_scripts(void)
{
	Suite *suite = suite_create("scripts");
	TCase *alphabets = tcase_create("alphabets");
	TCase *words = tcase_create("words");
	TCase *zawgyi = tcase_create("zawgyi");

	tcase_add_loop_test(
	    alphabets, digits_of_each_script_are_numbers, 0, COUNT_OF(scripts));
	tcase_add_loop_test(alphabets, yes_and_no_of_each_script_are_told_apart,
	    0, COUNT_OF(scripts));
	tcase_add_unchecked_fixture(words, load_shipped, free_shipped);
	tcase_add_test(
	    words, every_word_seen_in_use_is_known_where_its_language_ships);
	tcase_add_test(words, no_word_is_its_opposite_in_its_own_language);
	tcase_add_loop_test(
	    words, the_longest_beginning_counts, 0, (int)COUNT_OF(beginnings));
	tcase_add_test(
	    words, every_spelling_we_ship_is_itself_with_a_word_behind_it);
	tcase_add_loop_test(words,
	    a_word_of_two_languages_is_read_by_the_language_of_the_walk, 0,
	    COUNT_OF(collisions));
	tcase_add_test(
	    zawgyi, a_zawgyi_phone_is_understood_and_can_read_the_answer);
	tcase_add_test(zawgyi, the_kind_of_phone_stays_with_the_walk);
	suite_add_tcase(suite, alphabets);
	suite_add_tcase(suite, words);
	suite_add_tcase(suite, zawgyi);
	return (suite);
}

CHECK_MAIN(suite_of_scripts);
