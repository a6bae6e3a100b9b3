/* What is texted from the field and rung up about: the pure parts. */
#include "gateway/hub/alarms.h"
#include "gateway/hub/field_words.h"
#include "tests/check_main.h"

/* -- reading ---------------------------------------------------------------- */

static const struct {
	const char *text;
	int is_order;
	enum field_verb verb;
	const char *code;
	const char *ref;
	const char *words;
} readings[] = {
	{ "AC7KM9 next", 1, FIELD_NEXT, "AC7KM9", "", "" },
	{ " ac7-km9  NEXT \n", 1, FIELD_NEXT, "ac7-km9", "", "" },
	{ "AC7KM9. Next!", 1, FIELD_NEXT, "AC7KM9", "", "" },
	{ "AC7KM9 claim KM7P4", 1, FIELD_CLAIM, "AC7KM9", "KM7P4", "" },
	{ "AC7KM9 Claim km7p4.", 1, FIELD_CLAIM, "AC7KM9", "km7p4", "" },
	{ "AC7KM9 claim", 1, FIELD_CLAIM, "AC7KM9", "", "" },
	{ "AC7KM9 pass KM7P4", 1, FIELD_PASS, "AC7KM9", "KM7P4", "" },
	{ "AC7KM9\nreply\tKM7P4: Are you safe?\nTell me.", 1, FIELD_REPLY,
	    "AC7KM9", "KM7P4", "Are you safe?\nTell me." },
	{ "AC7KM9 reply KM7P4", 1, FIELD_REPLY, "AC7KM9", "KM7P4", "" },
	{ "AC7KM9 reply KM7P4 नमस्ते", 1, FIELD_REPLY, "AC7KM9", "KM7P4",
	    "नमस्ते" },
	/* Sixteen signs and more are no reference of ours. */
	{ "AC7KM9 claim KM7P4KM7P4KM7P4K", 1, FIELD_CLAIM, "AC7KM9", "", "" },
	{ "", 0, FIELD_NEXT, "", "", "" },
	{ "next", 0, FIELD_NEXT, "", "", "" },
	{ "AC7KM9", 0, FIELD_NEXT, "", "", "" },
	{ "AC7KM9 nextt", 0, FIELD_NEXT, "", "", "" },
	{ "AC7KM9 next please", 0, FIELD_NEXT, "", "", "" },
	{ "AC7KM9 claim KM7P4 now", 0, FIELD_NEXT, "", "", "" },
	{ "please AC7KM9 next", 0, FIELD_NEXT, "", "", "" },
	{ "... next", 0, FIELD_NEXT, "", "", "" },
	{ "AC7KM9AC7KM9AC7KM9 next", 0, FIELD_NEXT, "", "", "" },
};

START_TEST(a_text_is_read_as_an_order_or_left_alone)
{
	struct field_order order;
	int is_order;

	memset(&order, 0xa5, sizeof(order));
	is_order = field_read(readings[_i].text, &order);
	ck_assert_int_eq(is_order, readings[_i].is_order);
	if (!is_order)
		return;
	ck_assert_int_eq(order.verb, readings[_i].verb);
	ck_assert_str_eq(order.code, readings[_i].code);
	ck_assert_str_eq(order.ref, readings[_i].ref);
	ck_assert_str_eq(order.words, readings[_i].words);
}
END_TEST

START_TEST(random_bytes_are_read_without_harm)
{
	static const char pieces[][8] = { "AC7KM9", " ", "reply", "\n", ".",
		"KM7P4", "\xff", "next", "claim", "\t", "न", "" };
	unsigned seed = 7;

	for (int i = 0; i < 20000; i++) {
		struct field_order order;
		struct text text = { 0 };

		for (int n = 0; n < 8; n++) {
			seed = seed * 1103515245U + 12345U;
			text_add(
			    &text, pieces[(seed >> 16) % COUNT_OF(pieces)]);
		}
		if (field_read(text_string(&text), &order)) {
			ck_assert_uint_le(
			    strlen(order.code), FIELD_WORD_MAX_BYTES);
			ck_assert_uint_le(
			    strlen(order.ref), FIELD_WORD_MAX_BYTES);
			ck_assert_uint_gt(strlen(order.code), 0);
		}
		text_free(&text);
	}
}
END_TEST

/* -- writing ---------------------------------------------------------------- */

START_TEST(every_answer_is_short_and_names_nobody)
{
	static const char *const forbidden[] = { "caller", "helpline",
		"consent", "STOP", "texting", "claimed by", "Waymark" };
	struct field_order order = { .verb = (enum field_verb)(_i % 4),
		.ref = "km7p4" };
	struct errand errand = { .why = (enum case_reason)(_i / 4) };
	struct text answer = { 0 };

	field_write(
	    &order, &errand, errand.why == CASE_FINE ? DONE : REFUSED, &answer);
	ck_assert_uint_gt(answer.length, strlen("km7p4: ."));
	ck_assert_uint_le(answer.length, 60);
	ck_assert_int_eq(strncmp(answer.bytes, "km7p4: ", 7), 0);
	for (size_t i = 0; i < COUNT_OF(forbidden); i++)
		ck_assert_ptr_null(strcasestr(answer.bytes, forbidden[i]));
	text_free(&answer);
}
END_TEST

START_TEST(next_tells_reference_urgency_corridor_language_and_age)
{
	static const struct {
		int64_t now_utc_s;
		const char *words;
	} vectors[] = {
		{ 1000, "KM7P4 now, nepal-gulf, ne, 0 min." },
		{ 1000 + 3 * 60, "KM7P4 now, nepal-gulf, ne, 3 min." },
		{ 1000 + 7199, "KM7P4 now, nepal-gulf, ne, 119 min." },
		{ 1000 + 7200, "KM7P4 now, nepal-gulf, ne, 2 h." },
		{ 0, "KM7P4 now, nepal-gulf, ne, 0 min." },
	};
	struct request request = { .ref = "KM7P4",
		.urgency = URGENCY_NOW,
		.corridor = "nepal-gulf",
		.language = "ne",
		.opened_utc_s = 1000 };
	struct text answer = { 0 };

	field_write_next(&request, vectors[_i].now_utc_s, &answer);
	ck_assert_str_eq(text_string(&answer), vectors[_i].words);
	text_free(&answer);
	field_write_next(NULL, 1000, &answer);
	ck_assert_str_eq(text_string(&answer), "Nothing open.");
	text_free(&answer);
}
END_TEST

/* -- alarms ----------------------------------------------------------------- */

START_TEST(each_round_waits_twice_as_long)
{
	ck_assert_int_eq(alarms_wait_s(1, 600), 600);
	ck_assert_int_eq(alarms_wait_s(2, 600), 1200);
	ck_assert_int_eq(alarms_wait_s(4, 600), 4800);
}
END_TEST

START_TEST(an_alarm_names_three_and_counts_the_rest)
{
	static const char *const words[] = {
		"",
		"New: KM7P4 now nepal-gulf.",
		"New: KM7P4 now nepal-gulf, AAAAA high nepal-gulf.",
		"New: KM7P4 now nepal-gulf, AAAAA high nepal-gulf, AAAAA high"
		" nepal-gulf.",
		"New: KM7P4 now nepal-gulf, AAAAA high nepal-gulf, AAAAA high"
		" nepal-gulf and 1 more.",
	};
	struct alarm alarms[5];
	struct text text = { 0 };

	for (size_t i = 0; i < COUNT_OF(alarms); i++)
		alarms[i] = (struct alarm){ .ref = "AAAAA",
			.urgency = URGENCY_HIGH,
			.corridor = "nepal-gulf" };
	snprintf(alarms[0].ref, sizeof(alarms[0].ref), "KM7P4");
	alarms[0].urgency = URGENCY_NOW;
	alarms_write(alarms, (size_t)_i, &text);
	ck_assert_str_eq(text_string(&text), words[_i]);
	text_clear(&text);
	alarms[0].rounds = 1;
	alarms_write(alarms, 1, &text);
	ck_assert_str_eq(
	    text_string(&text), "Still open: KM7P4 now nepal-gulf.");
	text_free(&text);
}
END_TEST

static Suite *
suite_of_field(void)
{
	Suite *suite = suite_create("field");
	TCase *tests = tcase_create("field");

	tcase_add_loop_test(tests, a_text_is_read_as_an_order_or_left_alone, 0,
	    COUNT_OF(readings));
	tcase_add_test(tests, random_bytes_are_read_without_harm);
	tcase_add_loop_test(tests, every_answer_is_short_and_names_nobody, 1,
	    4 * (CASE_STORE + 1));
	tcase_add_loop_test(tests,
	    next_tells_reference_urgency_corridor_language_and_age, 0, 5);
	tcase_add_test(tests, each_round_waits_twice_as_long);
	tcase_add_loop_test(
	    tests, an_alarm_names_three_and_counts_the_rest, 1, 5);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_field);
