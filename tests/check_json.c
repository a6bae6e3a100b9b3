#include "gateway/base/json.h"

#include "tests/check_main.h"

START_TEST(commas_come_by_themselves)
{
	struct json json = { 0 };

	json_open_array(&json, NULL);
	json_open_object(&json, NULL);
	json_string(&json, "ref", "K7Q4");
	json_integer(&json, "age_seconds", -9223372036854775807 - 1);
	json_boolean(&json, "unread", 1);
	json_string(&json, "claimed_by", NULL);
	json_open_array(&json, "empty");
	json_close_array(&json);
	json_open_object(&json, "inner");
	json_boolean(&json, "x", 0);
	json_close_object(&json);
	json_close_object(&json);
	json_open_object(&json, NULL);
	json_close_object(&json);
	json_integer(&json, NULL, 3);
	json_close_array(&json);
	ck_assert_str_eq(text_string(&json.text),
	    "[{\"ref\":\"K7Q4\",\"age_seconds\":-9223372036854775808,"
	    "\"unread\":true,\"claimed_by\":null,\"empty\":[],"
	    "\"inner\":{\"x\":false}},{},3]");
	json_free(&json);
	ck_assert_int_eq(json.needs_comma, 0);
}
END_TEST

START_TEST(text_is_quoted_so_that_it_stays_text)
{
	struct json json = { 0 };

	json_string(&json, "a\"b", "\"\\\n\t\x01\x7f/ मद्दत 👍 </script>");
	ck_assert_str_eq(text_string(&json.text),
	    "\"a\\\"b\":\"\\\"\\\\\\u000a\\u0009\\u0001\\u007f"
	    "/ मद्दत 👍 </script>\"");
	json_free(&json);
}
END_TEST

static Suite *
suite_of_json(void)
{
	Suite *suite = suite_create("json");
	TCase *tests = tcase_create("json");

	tcase_add_test(tests, commas_come_by_themselves);
	tcase_add_test(tests, text_is_quoted_so_that_it_stays_text);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_json);
