#include "menus/screen_text.h"
#include "tests/check_main.h"
#include "tests/menus_copy.h"

#define NE "locales/ne.po"

/* A language's own date: what stands before an entry of the file. */
#define ENTRY(id, source, words) \
	"msgctxt \"system/" id "\"\nmsgid \"" source "\"\nmsgstr \"" words \
	"\"\n\n"
#define FORM          ENTRY("date", "{day} {month} {year}", "{year} {month} {day}")
#define DIGITS(words) ENTRY("digits", "0123456789", words)
#define ELEVEN_MONTHS \
	ENTRY("month_1", "Jan", "जनवरी") \
	ENTRY("month_2", "Feb", "फेब्रुअरी") \
	ENTRY("month_3", "Mar", "मार्च") \
	ENTRY("month_4", "Apr", "अप्रिल") \
	ENTRY("month_5", "May", "मे") \
	ENTRY("month_6", "Jun", "जुन") \
	ENTRY("month_7", "Jul", "जुलाई") \
	ENTRY("month_8", "Aug", "अगस्ट") \
	ENTRY("month_9", "Sep", "सेप्टेम्बर") \
	ENTRY("month_10", "Oct", "अक्टोबर") \
	ENTRY("month_11", "Nov", "नोभेम्बर")
#define MONTHS ELEVEN_MONTHS ENTRY("month_12", "Dec", "डिसेम्बर")

/* What the Nepali file says of dates, and what becomes of one. */
static const struct {
	const char *entries;
	const char *language;
	const char *date;
	const char *said;
} rows[] = {
	{ "", "en", "2026-11-21", "21 Nov 2026" },
	{ "", "en", "2026-01-01", "1 Jan 2026" },
	{ "", "en", "2026-12-31", "31 Dec 2026" },
	{ "", "en", "", "" },
	{ "", "en", "2026-13-01", "2026-13-01" },
	{ "", "en", "2026-00-01", "2026-00-01" },
	{ "", "en", "21 Nov 2026", "21 Nov 2026" },
	{ "", "en", "2026-11-21 ", "2026-11-21 " },
	/* No words of its own: numbers, never the English ones. */
	{ "", "ne", "2026-11-21", "2026-11-21" },
	{ MONTHS, "ne", "2026-11-21", "2026-11-21" },
	{ FORM, "ne", "2026-11-21", "2026-11-21" },
	{ FORM ELEVEN_MONTHS, "ne", "2026-11-21", "2026-11-21" },
	{ FORM MONTHS, "ne-Latn", "2026-11-21", "2026-11-21" },
	{ FORM MONTHS, "ne", "2026-11-21", "2026 नोभेम्बर 21" },
	{ FORM MONTHS DIGITS("०१२३४५६७८९"), "ne", "2026-11-21",
	    "२०२६ नोभेम्बर २१" },
	{ FORM MONTHS DIGITS("०१२३४५६७८९"), "ne", "2030-05-09", "२०३० मे ९" },
	{ FORM MONTHS DIGITS("०१२३४५६७८९"), "en", "2030-05-09", "9 May 2030" },
	/* Ten they must be. */
	{ FORM MONTHS DIGITS("०१२३४५६७८"), "ne", "2026-11-21",
	    "2026 नोभेम्बर 21" },
	{ FORM MONTHS DIGITS("०१२३४५६७८९०"), "ne", "2026-11-21",
	    "2026 नोभेम्बर 21" },
};

static void
say(const struct menus *menus, const char *language, enum wording wording,
    const char *date, struct text *said)
{
	struct speaker speaker = {
		.menus = menus,
		.language = language,
		.channel = &channel_sms,
		.wording = wording,
	};

	speak_date(&speaker, date, said);
}

START_TEST(a_date_is_said_as_the_language_says_it)
{
	struct text entries = { 0 };
	struct text said = { 0 };
	struct menus *menus = NULL;
	struct copy copy;
	struct change change = { NE, "msgctxt \"language/name\"", NULL, NULL,
		NOWHERE, "" };

	text_printf(&entries, "%smsgctxt \"language/name\"", rows[_i].entries);
	change.with = text_string(&entries);
	ck_assert_int_eq(copy_load(&copy, &change, &menus), DONE);
	say(menus, rows[_i].language, WORDING_NOW, rows[_i].date, &said);
	ck_assert_str_eq(text_string(&said), rows[_i].said);
	text_free(&said);
	text_free(&entries);
	menus_free(menus);
	copy_remove(&copy);
}
END_TEST

/* Language, and the date with its longest month. */
static const char *const shipped[][2] = {
	{ "en", "28 Jan 2026" },
	{ "ne", "2026 सेप्टेम्बर 28" },
	{ "ar", "28 فبراير 2026" },
	{ "uk", "28 листопада 2026" },
	{ "sw", "28 Jan 2026" },
};

START_TEST(the_longest_month_is_found_for_who_measures)
{
	struct text said = { 0 };
	struct menus *menus = NULL;

	ck_assert_int_eq(
	    menus_load(SOURCE_TREE "/menus", SOURCE_TREE "/locales", &menus),
	    DONE);
	for (size_t i = 0; i < COUNT_OF(shipped); i++) {
		say(menus, shipped[i][0], WORDING_LONGEST, "2026-12-28", &said);
		ck_assert_str_eq(text_string(&said), shipped[i][1]);
		text_clear(&said);
	}
	text_free(&said);
	menus_free(menus);
}
END_TEST

START_TEST(every_language_we_ship_says_a_date_in_words)
{
	struct text said = { 0 };
	struct menus *menus = NULL;
	const struct catalog *catalog;

	ck_assert_int_eq(
	    menus_load(SOURCE_TREE "/menus", SOURCE_TREE "/locales", &menus),
	    DONE);
	catalog = menus_catalog(menus);
	for (size_t i = 0; i < catalog_language_count(catalog); i++) {
		const char *tag = catalog_language_at(catalog, i)->tag;

		say(menus, tag, WORDING_NOW, "2026-11-21", &said);
		ck_assert_msg(
		    strcmp(text_string(&said), "2026-11-21") != 0, "%s", tag);
		text_clear(&said);
	}
	text_free(&said);
	menus_free(menus);
}
END_TEST

static Suite *
suite_of_speak_date(void)
{
	Suite *suite = suite_create("speak_date");
	TCase *cases = tcase_create("dates");

	tcase_add_loop_test(cases, a_date_is_said_as_the_language_says_it, 0,
	    (int)COUNT_OF(rows));
	tcase_add_test(cases, the_longest_month_is_found_for_who_measures);
	tcase_add_test(cases, every_language_we_ship_says_a_date_in_words);
	suite_add_tcase(suite, cases);
	return (suite);
}

CHECK_MAIN(suite_of_speak_date);
