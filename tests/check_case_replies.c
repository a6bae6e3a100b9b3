/* Texts to a caller: who may write, to whom, and against what. */
#include "tests/cases_world.h"

/* -- replies ---------------------------------------------------------------- */

START_TEST(a_reply_needs_a_claim)
{
	ck_assert_int_eq(reply_as(&world.sita, "Hello", NULL), REFUSED);
	ck_assert_int_eq(world.errand.why, CASE_UNCLAIMED);
	ck_assert_int_eq(world_count_outbox(&world), 0);
}
END_TEST

START_TEST(a_reply_needs_ones_own_claim)
{
	claim_as(&world.ram, REF);
	ck_assert_int_eq(reply_as(&world.sita, "Hello", NULL), REFUSED);
	ck_assert_int_eq(world.errand.why, CASE_TAKEN);
	ck_assert_int_eq(world_count_outbox(&world), 0);
}
END_TEST

START_TEST(a_reply_goes_to_the_callers_own_number_by_their_line)
{
	struct outbox_turn turn = { WORLD_LINE, WORLD_NOW_UTC_S, 1, 0, NULL };
	struct outbox_row row;
	size_t count;

	claim_as(&world.sita, REF);
	ck_assert_int_eq(
	    reply_as(&world.sita, " Are you safe?\r\n", NULL), DONE);
	ck_assert_int_eq(store_begin(world.store), DONE);
	ck_assert_int_eq(outbox_take(world.store, &turn, &row, &count), DONE);
	ck_assert_int_eq(store_commit(world.store), DONE);
	ck_assert_uint_eq(count, 1);
	ck_assert_str_eq(row.number.e164, WORLD_NUMBER);
	ck_assert_str_eq(row.text.bytes, "Are you safe?");
	ck_assert_int_eq(row.kind, OUTBOX_REPLY);
	ck_assert_int_eq(row.request, world_request(&world, REF).id.row);
	outbox_row_free(&row);
}
END_TEST

START_TEST(a_reply_stands_in_the_thread_and_says_that_it_waits)
{
	struct case_sheet sheet;

	claim_as(&world.sita, REF);
	ck_assert_int_eq(reply_as(&world.sita, "Are you safe?", NULL), DONE);
	show_as(&world.ram, 0, &sheet);
	ck_assert_uint_eq(sheet.thread.count, 1);
	ck_assert_int_eq(sheet.thread.items[0].kind, CASE_TEXT_REPLY);
	ck_assert_str_eq(sheet.thread.items[0].staff_name, "Sita");
	ck_assert_str_eq(sheet.thread.items[0].text, "Are you safe?");
	ck_assert_int_eq(world_count_events(&world, REF, "replied"), 1);
	ck_assert_str_eq(
	    case_delivery_words(sheet.thread.items[0].outbox_state), "waiting");
	case_sheet_free(&sheet);
}
END_TEST

START_TEST(a_reply_makes_the_menu_silent_again)
{
	struct request request = world_request(&world, REF);

	claim_as(&world.sita, REF);
	ck_assert_int_eq(store_begin(world.store), DONE);
	ck_assert_int_eq(
	    requests_set_menu_back(world.store, request.id, 1), DONE);
	ck_assert_int_eq(store_commit(world.store), DONE);
	ck_assert_int_eq(world_request(&world, REF).menu_is_back, 1);
	ck_assert_int_eq(reply_as(&world.sita, "Are you safe?", NULL), DONE);
	ck_assert_int_eq(world_request(&world, REF).menu_is_back, 0);
}
END_TEST

static const struct {
	const char *consent;
	int is_on_hold;
	enum case_reason why;
	const char *event;
} objections[] = {
	{ "no", 0, CASE_NO_CONSENT, "replied without consent" },
	{ "unasked", 0, CASE_NO_CONSENT, "replied without consent" },
	{ "yes", 1, CASE_ON_HOLD, "replied despite hold" },
	{ "no", 1, CASE_NO_CONSENT, "replied without consent" },
};

/* Whether the one text in the outbox goes out although texting is on hold. */
static unsigned
queued_text_overrides(void)
{
	struct outbox_turn turn = { WORLD_LINE, WORLD_NOW_UTC_S, 1, 0, NULL };
	struct outbox_row row;
	size_t count = 0;
	unsigned overrides;

	ck_assert_int_eq(store_begin(world.store), DONE);
	ck_assert_int_eq(outbox_take(world.store, &turn, &row, &count), DONE);
	ck_assert_uint_eq(count, 1);
	overrides = row.overrides;
	outbox_row_free(&row);
	store_rollback(world.store);
	return (overrides);
}

START_TEST(a_caller_who_may_not_be_written_to_is_not)
{
	update(
	    objections[_i].consent, objections[_i].is_on_hold, URGENCY_NORMAL);
	claim_as(&world.sita, REF);
	ck_assert_int_eq(reply_as(&world.sita, "Hello", NULL), REFUSED);
	ck_assert_int_eq(world.errand.why, objections[_i].why);
	ck_assert_int_eq(world_count_outbox(&world), 0);
}
END_TEST

START_TEST(an_exception_keeps_its_reason)
{
	struct case_sheet sheet;

	update(
	    objections[_i].consent, objections[_i].is_on_hold, URGENCY_NORMAL);
	claim_as(&world.sita, REF);
	ck_assert_int_eq(
	    reply_as(&world.sita, "Hello", "she rang us herself"), DONE);
	ck_assert_int_eq(world_count_outbox(&world), 1);
	ck_assert_int_eq(
	    world_count_events(&world, REF, objections[_i].event), 1);
	ck_assert_uint_eq(queued_text_overrides(),
	    (strcmp(objections[_i].consent, "yes") != 0
		    ? CONTACT_DESPITE_CONSENT
		    : 0) |
		(objections[_i].is_on_hold ? CONTACT_DESPITE_HOLD : 0));
	show_as(&world.sita, 0, &sheet);
	ck_assert_uint_ge(sheet.thread.count, 2);
	ck_assert_int_eq(sheet.thread.items[0].kind, CASE_TEXT_NOTE);
	ck_assert_ptr_nonnull(
	    strstr(sheet.thread.items[0].text, "she rang us herself"));
	case_sheet_free(&sheet);
}
END_TEST

START_TEST(no_reason_lifts_a_stop)
{
	struct case_sheet sheet;

	stop_caller();
	claim_as(&world.sita, REF);
	ck_assert_int_eq(reply_as(&world.sita, "Hello", NULL), REFUSED);
	ck_assert_int_eq(world.errand.why, CASE_STOPPED);
	ck_assert_int_eq(reply_as(&world.sita, "Hello", "urgent"), REFUSED);
	ck_assert_int_eq(world.errand.why, CASE_STOPPED);
	ck_assert_int_eq(world_count_outbox(&world), 0);
	show_as(&world.sita, 0, &sheet);
	ck_assert_int_eq(sheet.is_stopped, 1);
	ck_assert_uint_eq(sheet.thread.count, 0);
	case_sheet_free(&sheet);
}
END_TEST

START_TEST(an_exception_without_a_reason_leaves_nothing_behind)
{
	update("no", 0, URGENCY_NORMAL);
	claim_as(&world.sita, REF);
	ck_assert_int_eq(reply_as(&world.sita, "Hello", " \n"), REFUSED);
	ck_assert_int_eq(world.errand.why, CASE_EMPTY);
	ck_assert_int_eq(world_count_outbox(&world), 0);
	ck_assert_int_eq(
	    world_count_events(&world, REF, "replied without consent"), 0);
}
END_TEST

START_TEST(a_reason_is_not_written_when_none_was_needed)
{
	struct case_sheet sheet;

	claim_as(&world.sita, REF);
	ck_assert_int_eq(reply_as(&world.sita, "Hello", "to be sure"), DONE);
	show_as(&world.sita, 0, &sheet);
	ck_assert_uint_eq(sheet.thread.count, 1);
	case_sheet_free(&sheet);
}
END_TEST

static const struct {
	const char *typed;
	enum case_reason why;
} unusable[] = {
	{ "", CASE_EMPTY },
	{ " \t\r\n ", CASE_EMPTY },
	{ "\x01\x02", CASE_EMPTY },
	{ "caf\xe9", CASE_NOT_TEXT },
	{ "\xed\xa0\x80", CASE_NOT_TEXT },
};

START_TEST(a_text_that_cannot_be_read_is_refused)
{
	claim_as(&world.sita, REF);
	ck_assert_int_eq(
	    reply_as(&world.sita, unusable[_i].typed, NULL), REFUSED);
	ck_assert_int_eq(world.errand.why, unusable[_i].why);
	ck_assert_int_eq(cases_note(world_errand(&world, &world.sita, REF),
			     unusable[_i].typed),
	    REFUSED);
	ck_assert_int_eq(world.errand.why, unusable[_i].why);
	ck_assert_int_eq(world_count_outbox(&world), 0);
}
END_TEST

START_TEST(a_reply_has_at_most_sixteen_parts)
{
	static const size_t most = 16 * 153;
	char *text = calloc(1, most + 2);
	struct case_reply reply = { .text = text };
	unsigned parts = 0;

	claim_as(&world.sita, REF);
	memset(text, 'a', most + 1);
	ck_assert_int_eq(
	    cases_reply(world_errand(&world, &world.sita, REF), &reply, &parts),
	    REFUSED);
	ck_assert_int_eq(world.errand.why, CASE_TOO_LONG);
	ck_assert_uint_eq(parts, 17);
	text[most] = '\0';
	ck_assert_int_eq(
	    cases_reply(world_errand(&world, &world.sita, REF), &reply, &parts),
	    DONE);
	ck_assert_uint_eq(parts, 16);
	free(text);
}
END_TEST

static Suite *
suite_of_case_replies(void)
{
	Suite *suite = suite_create("case replies");
	TCase *tcase = cases_tcase(suite);

	tcase_add_test(tcase, a_reply_needs_a_claim);
	tcase_add_test(tcase, a_reply_needs_ones_own_claim);
	tcase_add_test(
	    tcase, a_reply_goes_to_the_callers_own_number_by_their_line);
	tcase_add_test(
	    tcase, a_reply_stands_in_the_thread_and_says_that_it_waits);
	tcase_add_test(tcase, a_reply_makes_the_menu_silent_again);
	tcase_add_loop_test(tcase, a_caller_who_may_not_be_written_to_is_not, 0,
	    COUNT_OF(objections));
	tcase_add_loop_test(
	    tcase, an_exception_keeps_its_reason, 0, COUNT_OF(objections));
	tcase_add_test(tcase, no_reason_lifts_a_stop);
	tcase_add_test(
	    tcase, an_exception_without_a_reason_leaves_nothing_behind);
	tcase_add_test(tcase, a_reason_is_not_written_when_none_was_needed);
	tcase_add_loop_test(tcase, a_text_that_cannot_be_read_is_refused, 0,
	    COUNT_OF(unusable));
	tcase_add_test(tcase, a_reply_has_at_most_sixteen_parts);
	return (suite);
}

CHECK_MAIN(suite_of_case_replies);
