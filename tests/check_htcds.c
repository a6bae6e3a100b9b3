/* Facts of a case stand in the standard's own words. */
#include <ctype.h>

#include "gateway/base/csv.h"
#include "gateway/base/file.h"
#include "gateway/desk/htcds.h"
#include "tests/check_main.h"
#include "tests/known_words.h"

enum { NAME = 6, KIND = 7, VALUES = 9, LABELS = 10 };

static struct text content;
static struct csv csv;

/* The row of the standard with this name; the test fails without it. */
static int
find_row(const char *name)
{
	csv_open(&csv, content.bytes);
	while (csv_next(&csv)) {
		if (strcmp(csv_field(&csv, NAME), name) == 0)
			return (1);
	}
	return (0);
}

static void
open_standard(void)
{
	ck_assert_int_eq(file_read(SOURCE_TREE "/standards/htcds_fields_v2.csv",
			     1 << 20, &content),
	    DONE);
}

static void
close_standard(void)
{
	csv_close(&csv);
	text_free(&content);
}

/* The standard's lines, without the blanks around them. */
static void
tidy_lines(const char *from, struct text *lines)
{
	for (const char *at = from; *at != '\0';) {
		size_t has = strcspn(at, "\n");
		size_t start = strspn(at, " \r\t");
		size_t end = has;

		while (end > start && strchr(" \r\t", at[end - 1]) != NULL)
			end--;
		if (start < end) {
			text_add(lines, lines->length > 0 ? "\n" : "");
			text_add_bytes(lines, at + start, end - start);
		}
		at += has + (at[has] == '\n');
	}
}

static const char *
kind_in_standard(enum htcds_kind kind)
{
	static const char *const kinds[] = {
		[HTCDS_PICK] = "Picklist",
		[HTCDS_PICK_SOME] = "Multiselect Picklist",
		[HTCDS_CHECKBOX] = "Checkbox",
		[HTCDS_DATE] = "Date",
		[HTCDS_LANGUAGE] = "Picklist",
		[HTCDS_COUNTRY] = "Text",
		[HTCDS_COUNTRIES] = "Multiselect Picklist",
	};

	return (kinds[kind]);
}

START_TEST(names_kinds_and_values_are_exactly_the_standards)
{
	size_t count;
	size_t ours = 0;
	const struct htcds_field *fields = htcds_fields(&count);

	for (size_t i = 0; i < count; i++) {
		struct text values = { 0 };

		if (strncmp(fields[i].name, "wmk_", 4) == 0) {
			ck_assert_int_eq(find_row(fields[i].name), 0);
			ours++;
			continue;
		}
		ck_assert_msg(find_row(fields[i].name),
		    "%s is not in the"
		    " standard",
		    fields[i].name);
		ck_assert_str_eq(
		    csv_field(&csv, KIND), kind_in_standard(fields[i].kind));
		if (fields[i].values != NULL) {
			tidy_lines(csv_field(&csv, VALUES), &values);
			ck_assert_str_eq(values.bytes, fields[i].values);
		}
		text_free(&values);
	}
	ck_assert_uint_eq(ours, 8);
	ck_assert_uint_gt(count, 30);
}
END_TEST

/* Letters and digits alone, small. */
static void
add_plain(struct text *plain, const char *words, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		unsigned char sign = (unsigned char)words[i];

		if (isalnum(sign))
			text_add_byte(plain, tolower(sign));
	}
}

/* Where we do not say what the standard's label says: it has a slip of spelling,
 * and "Health" is a page of the desk. */
static int
has_words_of_our_own(const char *value)
{
	return (strncmp(value, "Unaquainted", 11) == 0 ||
	    strncmp(value, "Health", 6) == 0);
}

/* Whether what a value is called begins what the standard calls it. */
static void
compare_label(const struct htcds_field *field, const char *value,
    const char *standard, size_t length)
{
	const char *words = htcds_value_words(field, value);
	struct text said = { 0 };
	struct text label = { 0 };

	if (words != NULL)
		add_plain(&said, words, strlen(words));
	else
		add_plain(&said, value, strcspn(value, "\n"));
	add_plain(&label, standard, length);
	ck_assert_msg(
	    strncmp(text_string(&label), text_string(&said), said.length) == 0,
	    "%s: '%s'", field->name, text_string(&said));
	text_free(&said);
	text_free(&label);
}

static void
compare_labels(const struct htcds_field *field, const char *labels)
{
	for (const char *at = field->values; *at != '\0';) {
		size_t has = strcspn(labels, "\n");

		if (!has_words_of_our_own(at))
			compare_label(field, at, labels, has);
		labels += has + (labels[has] == '\n');
		at += strcspn(at, "\n");
		at += *at == '\n';
	}
}

START_TEST(a_value_is_shown_as_the_standard_calls_it)
{
	size_t count;
	const struct htcds_field *fields = htcds_fields(&count);

	for (size_t i = 0; i < count; i++) {
		struct text labels = { 0 };

		ck_assert_str_ne(htcds_group(&fields[i]), "");
		if (fields[i].values == NULL || !find_row(fields[i].name))
			continue;
		tidy_lines(csv_field(&csv, LABELS), &labels);
		compare_labels(&fields[i], text_string(&labels));
		text_free(&labels);
	}
}
END_TEST

static const struct shown {
	const char *name;
	const char *value;
	const char *words;
} shown_values[] = {
	{ "vic_MethodsOfControl", "DebtBondage;WithholdsDocuments",
	    "Debt bondage" },
	{ "vic_MethodOfRecruitment", "AtAPlaceOfBusiness\nAtWork",
	    "At a place of business" },
	{ "vic_ForcedLabourIndustry", "F_Construction", "Construction" },
	{ "vic_RecruitmentWebsitesAndApps", "WhatsApp;4Sale", NULL },
	{ "vic_RecruitmentWebsitesAndApps", "Other", "Other" },
	{ "vic_TraffickingStatusDecisionMakingOrg", "NGO", "NGO" },
	{ "prs_Citizenship", "NP;IN", NULL },
	{ "con_Consent", "TRUE", NULL },
	{ "cas_IncomingReferralDate", "2026-11-21", NULL },
	{ "wmk_AgeBand", "13-17\n18-24", NULL },
};

START_TEST(a_value_is_written_for_people)
{
	const struct shown *shown = &shown_values[_i];
	const char *words =
	    htcds_value_words(htcds_find(shown->name), shown->value);

	ck_assert_pstr_eq(words, shown->words);
}
END_TEST

/* Names of websites, ages, and what is the same in every language. */
static int
is_the_same_everywhere(const struct htcds_field *field, const char *value)
{
	return (strstr(field->name, "WebsitesAndApps") != NULL ||
	    isdigit((unsigned char)value[0]) || strncmp(value, "SMS", 3) == 0 ||
	    strncmp(value, "USSD", 4) == 0);
}

START_TEST(every_value_has_words_that_translators_are_given)
{
	size_t count;
	const struct htcds_field *fields = htcds_fields(&count);
	int seen = 0;

	for (size_t i = 0; i < count; i++) {
		const char *at = fields[i].values;

		while (at != NULL && *at != '\0') {
			const char *words = htcds_value_words(&fields[i], at);

			ck_assert_msg(words != NULL ||
				is_the_same_everywhere(&fields[i], at),
			    "%s has no words for %s", fields[i].name, at);
			ck_assert_msg(words == NULL || word_is_known(words),
			    "'%s' is not in the template", words);
			seen += words != NULL;
			at += strcspn(at, "\n");
			at += *at == '\n';
		}
	}
	ck_assert_int_gt(seen, 100);
}
END_TEST

START_TEST(no_field_takes_free_text_a_name_or_a_number)
{
	static const char *const typed[] = { "Durga", "+9779841234567",
		"she came from Pokhara", "=1+1", "1", "\t", "a\nb" };
	size_t count;
	const struct htcds_field *fields = htcds_fields(&count);

	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < COUNT_OF(typed); k++) {
			struct text value = { 0 };
			struct text why = { 0 };

			ck_assert_int_eq(htcds_read_value(&fields[i], typed[k],
					     &value, &why),
			    0);
			ck_assert_uint_eq(value.length, 0);
			ck_assert_uint_gt(why.length, 0);
			text_free(&why);
		}
	}
}
END_TEST

static const struct reading {
	const char *name;
	const char *typed;
	const char *value; /* NULL: refused */
} readings[] = {
	{ "prs_Gender", "feminine", "Feminine" },
	{ "PRS_GENDER", "Masculine", "Masculine" },
	{ "prs_Gender", "woman", NULL },
	{ "vic_MethodsOfControl", "withholdsdocuments; DebtBondage",
	    "DebtBondage;WithholdsDocuments" },
	{ "vic_MethodsOfControl", "DebtBondage;DebtBondage", "DebtBondage" },
	{ "vic_MethodsOfControl", "DebtBondage;Nonsense", NULL },
	{ "vic_MethodsOfControl", ";", NULL },
	{ "prs_Citizenship", "NP;IN;NP", "NP;IN" },
	{ "prs_Citizenship", "np", NULL },
	{ "prs_Citizenship", "NP;", NULL },
	{ "prs_PrimaryLanguage", "nep", "nep" },
	{ "prs_PrimaryLanguage", "Nepali", NULL },
	{ "hte_Country", "QA", "QA" },
	{ "hte_Country", "QA;AE", NULL },
	{ "hte_Date", "2026-11-21", "2026-11-21" },
	{ "hte_Date", "21.11.2026", NULL },
	{ "hte_Date", "2026-02-30", NULL },
	{ "con_Consent", "true", "TRUE" },
	{ "con_Consent", "yes", NULL },
	{ "wmk_AgeBand", "18-24", "18-24" },
	{ "wmk_AgeBand", "19", NULL },
};

START_TEST(a_value_is_read_as_the_standard_writes_it)
{
	const struct reading *reading = &readings[_i];
	const struct htcds_field *field = htcds_find(reading->name);
	struct text value = { 0 };
	struct text why = { 0 };

	ck_assert_ptr_nonnull(field);
	ck_assert_int_eq(htcds_read_value(field, reading->typed, &value, &why),
	    reading->value != NULL);
	ck_assert_str_eq(
	    text_string(&value), reading->value != NULL ? reading->value : "");
	text_free(&value);
	text_free(&why);
}
END_TEST

static Suite *
suite_of_htcds(void)
{
	Suite *suite = suite_create("htcds");
	TCase *tests = tcase_create("htcds");

	tcase_add_checked_fixture(tests, open_standard, close_standard);
	tcase_add_test(tests, names_kinds_and_values_are_exactly_the_standards);
	tcase_add_test(tests, a_value_is_shown_as_the_standard_calls_it);
	tcase_add_loop_test(tests, a_value_is_written_for_people, 0,
	    (int)COUNT_OF(shown_values));
	tcase_add_test(tests, every_value_has_words_that_translators_are_given);
	tcase_add_test(tests, no_field_takes_free_text_a_name_or_a_number);
	tcase_add_loop_test(tests, a_value_is_read_as_the_standard_writes_it, 0,
	    (int)COUNT_OF(readings));
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_htcds);
