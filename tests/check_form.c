/* Forms, as browsers and the gateways of providers send them. */
#include "gateway/text/form.h"

#include "gateway/base/outcome.h"
#include "tests/check_main.h"

static int
read_as(const char *encoded, enum form_codes codes, struct form_fields *fields)
{
	static char form[4096];

	snprintf(form, sizeof(form), "%s", encoded);
	memset(fields, 0xa5, sizeof(*fields));
	return (form_read(form, strlen(form), codes, fields));
}

START_TEST(a_form_is_read_as_browsers_send_it)
{
	struct form_fields fields;

	ck_assert(
	    read_as("a=1&b=two+words%0A&empty=&lone&&=x&a=again&%63=%c3%A9",
		FORM_WRONG_CODES_REFUSED, &fields));
	ck_assert_uint_eq(fields.count, 6);
	ck_assert_str_eq(form_value(&fields, "a"), "1");
	ck_assert_str_eq(form_value(&fields, "b"), "two words\n");
	ck_assert_str_eq(form_value(&fields, "empty"), "");
	ck_assert_str_eq(form_value(&fields, "lone"), "");
	ck_assert_str_eq(form_value(&fields, "c"), "é");
	ck_assert_ptr_null(form_value(&fields, "none"));
}
END_TEST

START_TEST(an_encoded_separator_separates_nothing)
{
	struct form_fields fields;

	ck_assert(
	    read_as("a=1%26b%3D2&%25=%2B+", FORM_WRONG_CODES_KEPT, &fields));
	ck_assert_uint_eq(fields.count, 2);
	ck_assert_str_eq(form_value(&fields, "a"), "1&b=2");
	ck_assert_str_eq(form_value(&fields, "%"), "+ ");
}
END_TEST

static const struct {
	const char *form;
	const char *kept; /* the first value when wrong codes are kept */
} wrong_codes[] = {
	{ "a=%", "%" },
	{ "a=%4", "%4" },
	{ "a=%zz", "%zz" },
	{ "a=100%+", "100% " },
	{ "a=%4g%41", "%4gA" },
	{ "a=%%31", "%1" },
	{ "a=x&b=%g0", "x" },
};

START_TEST(a_wrong_code_is_refused_or_kept_as_it_stands)
{
	struct form_fields fields;

	ck_assert(
	    !read_as(wrong_codes[_i].form, FORM_WRONG_CODES_REFUSED, &fields));
	ck_assert(
	    read_as(wrong_codes[_i].form, FORM_WRONG_CODES_KEPT, &fields));
	ck_assert_str_eq(fields.items[0].value, wrong_codes[_i].kept);
}
END_TEST

static const char *const nuls[] = { "a=%00b", "%00=b", "a=1&b=x%00" };

START_TEST(a_nul_is_never_taken)
{
	struct form_fields fields;

	ck_assert(!read_as(nuls[_i], FORM_WRONG_CODES_REFUSED, &fields));
	ck_assert(!read_as(nuls[_i], FORM_WRONG_CODES_KEPT, &fields));
}
END_TEST

START_TEST(a_bare_nul_hides_nothing)
{
	char form[] = "a=1\0&b=2";
	struct form_fields fields;

	ck_assert(
	    !form_read(form, sizeof(form) - 1, FORM_WRONG_CODES_KEPT, &fields));
}
END_TEST

START_TEST(a_form_of_too_many_fields_is_refused)
{
	char form[4 * FORM_FIELDS_MOST + 8] = "";
	struct form_fields fields;

	for (int i = 0; i < FORM_FIELDS_MOST; i++)
		memcpy(form + strlen(form), "a=1&", 5);
	ck_assert(read_as(form, FORM_WRONG_CODES_REFUSED, &fields));
	ck_assert_uint_eq(fields.count, FORM_FIELDS_MOST);
	memcpy(form + strlen(form), "b=2", 4);
	ck_assert(!read_as(form, FORM_WRONG_CODES_REFUSED, &fields));
}
END_TEST

START_TEST(nothing_is_a_form_without_fields)
{
	struct form_fields fields;

	ck_assert(read_as("", FORM_WRONG_CODES_REFUSED, &fields));
	ck_assert_uint_eq(fields.count, 0);
	ck_assert(read_as("&&=&", FORM_WRONG_CODES_REFUSED, &fields));
	ck_assert_uint_eq(fields.count, 0);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("form");
	TCase *tcase = tcase_create("form");

	tcase_add_test(tcase, a_form_is_read_as_browsers_send_it);
	tcase_add_test(tcase, an_encoded_separator_separates_nothing);
	tcase_add_loop_test(tcase, a_wrong_code_is_refused_or_kept_as_it_stands,
	    0, COUNT_OF(wrong_codes));
	tcase_add_loop_test(tcase, a_nul_is_never_taken, 0, COUNT_OF(nuls));
	tcase_add_test(tcase, a_bare_nul_hides_nothing);
	tcase_add_test(tcase, a_form_of_too_many_fields_is_refused);
	tcase_add_test(tcase, nothing_is_a_form_without_fields);
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(make_suite);
