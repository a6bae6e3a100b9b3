#include "store/outbox.h"

#include "gateway/base/retry.h"
#include "store/store_parts.h"
#include "tests/store_fixture.h"

enum { MOST = 32 };

static struct outbox_id
add(const struct person *person, const char *line, const char *text,
    enum outbox_state state)
{
	struct outgoing outgoing = { .kind = OUTBOX_ANSWER,
		.line = line,
		.caller = &person->key,
		.number = &person->number,
		.text = text,
		.now_utc_s = 1000 };
	struct outbox_id id;

	memset(&id, 0xa5, sizeof(id));
	MUST(outbox_add(fixture_store, &outgoing, state, &id));
	return (id);
}

/* Takes and says how many came; rows stay in `rows`. */
static size_t
take(const char *line, int64_t now, size_t most, struct outbox_row *rows)
{
	struct outbox_turn turn = { line, now, most, 0, NULL };
	size_t count = 99;

	memset(rows, 0xa5, most * sizeof(*rows));
	MUST(outbox_take(fixture_store, &turn, rows, &count));
	return (count);
}

static void
free_rows(struct outbox_row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		outbox_row_free(&rows[i]);
}

static int64_t
count_of(enum outbox_state state)
{
	int64_t counts[6];

	memset(counts, 0xa5, sizeof(counts));
	MUST(outbox_count(fixture_store, counts));
	return (counts[state]);
}

static void
open_in_transaction(void)
{
	fixture_open();
	MUST(store_begin(fixture_store));
}

START_TEST(a_taken_text_has_all_that_a_line_needs)
{
	struct person person = person_of(1);
	struct outgoing outgoing = { .kind = OUTBOX_REPLY,
		.line = "north",
		.caller = &person.key,
		.number = &person.number,
		.text = "A person writes.",
		.journal = { 12 },
		.request = 34,
		.overrides = 1,
		.now_utc_s = 1000 };
	struct outbox_row row;
	struct outbox_id id;

	MUST(outbox_add(fixture_store, &outgoing, OUTBOX_QUEUED, &id));
	ck_assert_uint_eq(take("south", 1000, 1, &row), 0);
	ck_assert_uint_eq(take("north", 999, 1, &row), 0);
	ck_assert_uint_eq(take("north", 1000, 1, &row), 1);
	ck_assert_int_eq(row.id.row, id.row);
	ck_assert_int_eq(row.kind, OUTBOX_REPLY);
	ck_assert_mem_eq(&row.caller, &person.key, sizeof(person.key));
	ck_assert_str_eq(row.number.e164, person.number.e164);
	ck_assert_str_eq(text_string(&row.text), "A person writes.");
	ck_assert_int_eq(row.first_part, 1);
	ck_assert_int_eq(row.tries, 0);
	ck_assert_int_eq(row.request, 34);
	ck_assert_int_eq(row.overrides, 1);
	ck_assert_int_eq(row.journal, 12);
	ck_assert_int_eq(row.reference, (int)(id.row & 255));
	outbox_row_free(&row);
	ck_assert_uint_eq(take("north", 1000, 1, &row), 0);
}
END_TEST

START_TEST(callers_take_turns_and_keep_their_order)
{
	struct person one = person_of(1), two = person_of(2);
	struct outbox_row rows[MOST];
	size_t count;

	add(&one, "north", "one a", OUTBOX_QUEUED);
	add(&one, "north", "one b", OUTBOX_QUEUED);
	add(&two, "north", "two a", OUTBOX_QUEUED);
	count = take("north", 1000, MOST, rows);
	ck_assert_uint_eq(count, 2);
	ck_assert_str_eq(text_string(&rows[0].text), "one a");
	ck_assert_str_eq(text_string(&rows[1].text), "two a");
	MUST(outbox_sent(fixture_store, rows[0].id, 1001));
	free_rows(rows, count);
	count = take("north", 1001, MOST, rows);
	ck_assert_uint_eq(count, 1);
	ck_assert_str_eq(text_string(&rows[0].text), "one b");
	free_rows(rows, count);
}
END_TEST

START_TEST(a_later_text_waits_for_the_retry_of_an_earlier_one)
{
	struct person person = person_of(1);
	struct outbox_id first = add(&person, "north", "first", OUTBOX_SENDING);
	struct outbox_row row;
	int64_t due = 0;

	add(&person, "north", "second", OUTBOX_QUEUED);
	MUST(outbox_find_waiting(fixture_store, "north", &person.key));
	ck_assert_int_eq(
	    outbox_find_waiting(fixture_store, "south", &person.key), NOTHING);
	/* Nothing to wait for but the end of the first. */
	ck_assert_int_eq(
	    outbox_next_due(fixture_store, "north", &due), NOTHING);
	MUST(outbox_failed(fixture_store, first, TRY_LATER, 1000));
	MUST(outbox_next_due(fixture_store, "north", &due));
	ck_assert_int_eq(due, 1000 + retry_text_wait_s(1));
	ck_assert_uint_eq(take("north", due - 1, 1, &row), 0);
	ck_assert_uint_eq(take("north", due, 1, &row), 1);
	ck_assert_str_eq(text_string(&row.text), "first");
	ck_assert_int_eq(row.tries, 1);
	outbox_row_free(&row);
}
END_TEST

START_TEST(a_caller_who_shows_up_hurries_their_texts)
{
	struct person person = person_of(1), other = person_of(2);
	struct outbox_id id = add(&person, "north", "a", OUTBOX_SENDING);
	struct outbox_row row;

	MUST(outbox_failed(fixture_store, id, TRY_LATER, 1000));
	MUST(outbox_hurry(fixture_store, &other.key));
	ck_assert_uint_eq(take("north", 1000, 1, &row), 0);
	MUST(outbox_hurry(fixture_store, &person.key));
	ck_assert_uint_eq(take("north", 1000, 1, &row), 1);
	outbox_row_free(&row);
}
END_TEST

START_TEST(after_the_last_try_a_text_is_given_up)
{
	struct person person = person_of(1);
	struct outbox_id id = add(&person, "north", "a", OUTBOX_SENDING);
	struct outbox_row row;
	int64_t now = 1000;

	for (int tries = 1; tries < RETRY_TEXT_MOST; tries++) {
		MUST(outbox_failed(fixture_store, id, TRY_LATER, now));
		now += retry_text_wait_s(tries);
		ck_assert_uint_eq(take("north", now, 1, &row), 1);
		outbox_row_free(&row);
	}
	MUST(outbox_failed(fixture_store, id, TRY_LATER, now));
	ck_assert_int_eq(count_of(OUTBOX_GIVEN_UP), 1);
	ck_assert_int_eq(
	    outbox_failed(fixture_store, id, TRY_LATER, now), NOTHING);
}
END_TEST

/* Of three segments. */
static struct outbox_id
add_long(const struct person *person)
{
	char words[401];

	memset(words, 'a', sizeof(words) - 1);
	words[sizeof(words) - 1] = '\0';
	return (add(person, "north", words, OUTBOX_SENDING));
}

START_TEST(a_text_that_never_reached_its_line_costs_no_try)
{
	struct person person = person_of(1);
	struct outbox_id id = add_long(&person);
	struct outbox_row row;

	MUST(outbox_part_sent(fixture_store, id, 2));
	MUST(outbox_return(fixture_store, id));
	ck_assert_int_eq(outbox_return(fixture_store, id), NOTHING);
	ck_assert_int_eq(outbox_part_sent(fixture_store, id, 1), NOTHING);
	ck_assert_uint_eq(take("north", 1000, 1, &row), 1);
	ck_assert_int_eq(row.tries, 0);
	ck_assert_int_eq(row.first_part, 3);
	outbox_row_free(&row);
}
END_TEST

/* A line that has lost its mind must not make a try begin behind the text. */
START_TEST(a_segment_that_a_text_does_not_have_is_not_out)
{
	struct person person = person_of(1);
	struct outbox_id id = add_long(&person);
	struct outbox_row row;

	ck_assert_int_eq(outbox_part_sent(fixture_store, id, 4), NOTHING);
	ck_assert_int_eq(outbox_part_sent(fixture_store, id, 255), NOTHING);
	MUST(outbox_part_sent(fixture_store, id, 2));
	ck_assert_int_eq(outbox_part_sent(fixture_store, id, 1), NOTHING);
	ck_assert_int_eq(outbox_part_sent(fixture_store, id, 2), NOTHING);
	MUST(outbox_return(fixture_store, id));
	ck_assert_uint_eq(take("north", 1000, 1, &row), 1);
	ck_assert_int_eq(row.first_part, 3);
	outbox_row_free(&row);
}
END_TEST

static int
is_reported(const char *report)
{
	struct text found = { 0 };
	int is_so;

	MUST(database_text(fixture_store->database,
	    "SELECT state || ' ' || report FROM outbox ORDER BY id DESC"
	    " LIMIT 1",
	    &found));
	is_so = strcmp(text_string(&found), report) == 0;
	text_free(&found);
	return (is_so);
}

START_TEST(a_report_is_a_hint_when_all_parts_are_told)
{
	struct person person = person_of(1);
	struct text words = { 0 };
	struct outbox_id id;

	for (int i = 0; i < 170; i++)
		text_add_byte(&words, 'a');
	id = add(&person, "north", text_string(&words), OUTBOX_SENDING);
	/* The first part's may come before the second has left. */
	MUST(outbox_reported(fixture_store, id, "north", 1));
	ck_assert(is_reported("sending "));
	MUST(outbox_sent(fixture_store, id, 1001));
	ck_assert_int_eq(
	    outbox_reported(fixture_store, id, "south", 1), NOTHING);
	ck_assert(is_reported("sent "));
	MUST(outbox_reported(fixture_store, id, "north", 1));
	ck_assert(is_reported("sent delivered"));
	MUST(outbox_reported(fixture_store, id, "north", 0));
	ck_assert(is_reported("sent not delivered"));
	MUST(outbox_reported(fixture_store, id, "north", 1));
	ck_assert(is_reported("sent not delivered"));
	text_free(&words);
}
END_TEST

START_TEST(only_what_is_sending_can_end)
{
	struct person person = person_of(1);
	struct outbox_id id = add(&person, "north", "a", OUTBOX_QUEUED);

	ck_assert_int_eq(outbox_sent(fixture_store, id, 1), NOTHING);
	ck_assert_int_eq(outbox_unsure(fixture_store, id, 1), NOTHING);
	ck_assert_int_eq(
	    outbox_failed(fixture_store, id, TRY_LATER, 1), NOTHING);
	ck_assert_int_eq(outbox_failed(fixture_store, id, REFUSED, 1), NOTHING);
	ck_assert_int_eq(outbox_failed(fixture_store, id, UNSURE, 1), BROKEN);
	id = add(&person, "north", "b", OUTBOX_SENDING);
	MUST(outbox_sent(fixture_store, id, 1));
	ck_assert_int_eq(outbox_sent(fixture_store, id, 1), NOTHING);
	ck_assert_int_eq(outbox_unsure(fixture_store, id, 1), NOTHING);
	ck_assert_int_eq(count_of(OUTBOX_SENT), 1);
	ck_assert_int_eq(count_of(OUTBOX_QUEUED), 1);
}
END_TEST

START_TEST(a_text_cannot_begin_as_ended)
{
	static const enum outbox_state states[] = { OUTBOX_SENT, OUTBOX_UNSURE,
		OUTBOX_FAILED, OUTBOX_GIVEN_UP };
	struct person person = person_of(1);
	struct outgoing outgoing = {
		.line = "north", .caller = &person.key, .text = "a"
	};
	struct outbox_id id;

	ck_assert_int_eq(
	    outbox_add(fixture_store, &outgoing, states[_i], &id), BROKEN);
}
END_TEST

START_TEST(after_a_crash_what_was_sending_is_unsure)
{
	struct person one = person_of(1), two = person_of(2);
	int64_t count = 0;

	add(&one, "north", "a", OUTBOX_SENDING);
	add(&two, "south", "b", OUTBOX_SENDING);
	add(&two, "south", "c", OUTBOX_QUEUED);
	MUST(store_commit(fixture_store));
	fixture_reopen();
	MUST(store_begin(fixture_store));
	MUST(outbox_settle_crash(fixture_store, 2000, &count));
	ck_assert_int_eq(count, 2);
	ck_assert_int_eq(count_of(OUTBOX_UNSURE), 2);
	ck_assert_int_eq(count_of(OUTBOX_QUEUED), 1);
	MUST(outbox_settle_crash(fixture_store, 2000, &count));
	ck_assert_int_eq(count, 0);
}
END_TEST

START_TEST(the_callers_own_number_is_used_and_without_one_it_failed)
{
	struct person known = person_of(1), unknown = person_of(2);
	struct caller caller = { .key = known.key, .line = "north" };
	struct outgoing outgoing = { .line = "north",
		.caller = &unknown.key,
		.text = "a",
		.now_utc_s = 1000 };
	struct outbox_row rows[MOST];
	struct outbox_id id;
	size_t count;

	MUST(callers_put(fixture_store, &caller, &known.number));
	MUST(outbox_add(fixture_store, &outgoing, OUTBOX_QUEUED, &id));
	outgoing.caller = &known.key;
	MUST(outbox_add(fixture_store, &outgoing, OUTBOX_QUEUED, &id));
	count = take("north", 1000, MOST, rows);
	ck_assert_uint_eq(count, 1);
	ck_assert_str_eq(rows[0].number.e164, known.number.e164);
	ck_assert_int_eq(count_of(OUTBOX_FAILED), 1);
	free_rows(rows, count);
}
END_TEST

START_TEST(following_texts_of_a_caller_have_different_references)
{
	struct person person = person_of(1);
	struct outbox_row row;
	int before = -1;

	for (int i = 0; i < 300; i++) {
		add(&person, "north", "a", OUTBOX_QUEUED);
		ck_assert_uint_eq(take("north", 1000, 1, &row), 1);
		ck_assert_int_ne(row.reference, before);
		ck_assert_int_ge(row.reference, 0);
		ck_assert_int_le(row.reference, 255);
		before = row.reference;
		MUST(outbox_sent(fixture_store, row.id, 1000));
		outbox_row_free(&row);
	}
}
END_TEST

/* The row's box itself, not only the words in it, is gone from the disk. */
START_TEST(what_ended_is_erased_from_the_file_and_its_log)
{
	struct person person = person_of(1);
	struct outbox_id id = add(&person, "north", "MARKER", OUTBOX_SENDING);

	MUST(store_commit(fixture_store));
	ck_assert_int_eq(fixture_has_bytes(person.key.bytes, 32), 1);
	ck_assert_int_eq(fixture_has_string("MARKER"), 0);
	ck_assert_int_eq(fixture_has_string(person.number.e164 + 1), 0);
	MUST(store_begin(fixture_store));
	switch (_i) {
	case 0:
		MUST(outbox_sent(fixture_store, id, 1));
		break;
	case 1:
		MUST(outbox_unsure(fixture_store, id, 1));
		break;
	default:
		MUST(outbox_failed(fixture_store, id, REFUSED, 1));
		break;
	}
	MUST(store_commit(fixture_store));
	MUST(store_empty_log(fixture_store));
	ck_assert_int_eq(fixture_has_bytes(person.key.bytes, 32), 0);
	ck_assert_int_eq(fixture_has_string("north"), 1);
}
END_TEST

static Suite *
suite_of_outbox(void)
{
	Suite *suite = suite_create("outbox");
	TCase *tests = tcase_create("outbox");

	tcase_add_checked_fixture(tests, open_in_transaction, fixture_close);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, a_taken_text_has_all_that_a_line_needs);
	tcase_add_test(tests, callers_take_turns_and_keep_their_order);
	tcase_add_test(
	    tests, a_later_text_waits_for_the_retry_of_an_earlier_one);
	tcase_add_test(tests, a_caller_who_shows_up_hurries_their_texts);
	tcase_add_test(tests, after_the_last_try_a_text_is_given_up);
	tcase_add_test(tests, a_text_that_never_reached_its_line_costs_no_try);
	tcase_add_test(tests, a_segment_that_a_text_does_not_have_is_not_out);
	tcase_add_test(tests, a_report_is_a_hint_when_all_parts_are_told);
	tcase_add_test(tests, only_what_is_sending_can_end);
	tcase_add_loop_test(tests, a_text_cannot_begin_as_ended, 0, 4);
	tcase_add_test(tests, after_a_crash_what_was_sending_is_unsure);
	tcase_add_test(
	    tests, the_callers_own_number_is_used_and_without_one_it_failed);
	tcase_add_test(
	    tests, following_texts_of_a_caller_have_different_references);
	tcase_add_loop_test(
	    tests, what_ended_is_erased_from_the_file_and_its_log, 0, 3);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_outbox);
