#include "store/callers.h"

#include "tests/store_fixture.h"

static struct caller
caller_of(const struct person *person)
{
	struct caller caller = { .key = person->key,
		.line = "north",
		.corridor = "nepal-gulf",
		.language = "ne",
		.last_utc_s = 1000 };

	return (caller);
}

static void
open_in_transaction(void)
{
	fixture_open();
	MUST(store_begin(fixture_store));
}

START_TEST(a_caller_is_found_as_written_down)
{
	struct person person = person_of(1), stranger = person_of(2);
	struct caller caller = caller_of(&person), found;
	struct number number;

	memset(&found, 0xa5, sizeof(found));
	ck_assert_int_eq(
	    callers_find(fixture_store, &person.key, &found), NOTHING);
	MUST(callers_put(fixture_store, &caller, &person.number));
	MUST(callers_find(fixture_store, &person.key, &found));
	ck_assert_mem_eq(&found.key, &person.key, sizeof(found.key));
	ck_assert_str_eq(found.line, "north");
	ck_assert_str_eq(found.corridor, "nepal-gulf");
	ck_assert_str_eq(found.language, "ne");
	ck_assert_int_eq(found.is_stopped, 0);
	ck_assert_int_eq(found.last_utc_s, 1000);
	caller.is_stopped = 1;
	caller.language[0] = '\0';
	caller.last_utc_s = 2000;
	MUST(callers_put(fixture_store, &caller, &person.number));
	MUST(callers_find(fixture_store, &person.key, &found));
	ck_assert_int_eq(found.is_stopped, 1);
	ck_assert_str_eq(found.language, "");
	ck_assert_int_eq(found.last_utc_s, 2000);
	memset(&number, 0xa5, sizeof(number));
	MUST(callers_number(fixture_store, &person.key, &number));
	ck_assert_str_eq(number.e164, person.number.e164);
	ck_assert_int_eq(
	    callers_number(fixture_store, &stranger.key, &number), NOTHING);
}
END_TEST

START_TEST(a_walk_is_kept_boxed_until_it_is_erased)
{
	struct person person = person_of(1), other = person_of(2);
	struct text walk = { 0 };
	char bytes[] = "MARKER\0of a walk";

	ck_assert_int_eq(walks_get(fixture_store, &person.key, &walk), NOTHING);
	MUST(walks_put(fixture_store, &person.key, "older", 5, 1));
	MUST(walks_put(fixture_store, &person.key, bytes, sizeof(bytes), 2));
	MUST(walks_put(fixture_store, &other.key, "theirs", 6, 2));
	MUST(walks_get(fixture_store, &person.key, &walk));
	ck_assert_uint_eq(walk.length, sizeof(bytes));
	ck_assert_mem_eq(walk.bytes, bytes, sizeof(bytes));
	MUST(store_commit(fixture_store));
	ck_assert_int_eq(fixture_has_string("MARKER"), 0);
	MUST(store_begin(fixture_store));
	MUST(walks_erase(fixture_store, &person.key));
	MUST(walks_erase(fixture_store, &person.key));
	text_clear(&walk);
	ck_assert_int_eq(walks_get(fixture_store, &person.key, &walk), NOTHING);
	MUST(walks_get(fixture_store, &other.key, &walk));
	text_free(&walk);
}
END_TEST

static struct request_id
open_request(const struct person *person, const char *ref)
{
	struct request_opening opening = { .ref = ref,
		.caller = &person->key,
		.number = &person->number,
		.line = "north",
		.corridor = "nepal-gulf",
		.language = "ne",
		.opened_by = "help",
		.urgency = URGENCY_HIGH,
		.now_utc_s = 1000 };
	struct request_id id;

	MUST(requests_open(fixture_store, &opening, &id));
	return (id);
}

/* Everything that can be written down of somebody. */
static void
fill_with(const struct person *person, const char *ref)
{
	struct caller caller = caller_of(person);
	struct journal_entry entry = { .line = "north",
		.kind = "sms",
		.sender_kind = "number",
		.caller = &person->key,
		.number = person->number.e164,
		.arrived_utc_s = 1000,
		.join_reference = -1,
		.part = 1,
		.parts = 1,
		.text = "MARKER waits" };
	struct outgoing outgoing = { .kind = OUTBOX_ANSWER,
		.line = "north",
		.caller = &person->key,
		.number = &person->number,
		.text = "MARKER out",
		.now_utc_s = 1000 };
	struct request_id request = open_request(person, ref);
	struct journal_id waiting, part, aside;
	struct outbox_id queued, sending;

	MUST(callers_put(fixture_store, &caller, &person->number));
	MUST(walks_put(fixture_store, &person->key, "MARKER w", 8, 1));
	MUST(journal_add(fixture_store, &entry, JOURNAL_WAITING, &waiting));
	entry.join_reference = 1;
	entry.parts = 2;
	MUST(journal_add(fixture_store, &entry, JOURNAL_PART, &part));
	entry.token = 1;
	MUST(journal_add(fixture_store, &entry, JOURNAL_WAITING, &aside));
	MUST(journal_set_aside(fixture_store, aside, "cause"));
	MUST(outbox_add(fixture_store, &outgoing, OUTBOX_QUEUED, &queued));
	MUST(outbox_add(fixture_store, &outgoing, OUTBOX_SENDING, &sending));
	MUST(requests_update(fixture_store, request, URGENCY_NOW, "yes", 0,
	    "a\tb\tMARKER\n", 1000));
	MUST(requests_add_text(
	    fixture_store, request, "MARKER case", waiting, 1000));
}

START_TEST(forget_erases_a_caller_everywhere_and_nobody_else)
{
	struct person person = person_of(1), other = person_of(2);
	struct request request;
	struct caller caller;
	struct text plain = { 0 };
	struct case_thread thread;
	int64_t journal[6], outbox[6];

	fill_with(&person, "KM7P4");
	fill_with(&other, "KM7P9");
	MUST(store_commit(fixture_store));
	ck_assert_int_eq(fixture_has_bytes(person.key.bytes, 32), 1);
	MUST(store_begin(fixture_store));
	MUST(callers_forget(fixture_store, &person.key, 2000));
	MUST(callers_forget(fixture_store, &person.key, 2000));
	MUST(store_commit(fixture_store));
	MUST(store_empty_log(fixture_store));
	ck_assert_int_eq(fixture_has_bytes(person.key.bytes, 32), 0);
	ck_assert_int_eq(fixture_has_bytes(other.key.bytes, 32), 1);
	ck_assert_int_eq(fixture_has_string("MARKER"), 0);

	MUST(requests_find(fixture_store, "KM7P4", &request));
	ck_assert_int_eq(request.state, REQUEST_FORGOTTEN);
	ck_assert_str_eq(request.line, "");
	ck_assert_int_eq(request.unread, 0);
	ck_assert_int_eq(requests_unseal_answers(
			     fixture_store, fixture_secret, request.id, &plain),
	    NOTHING);
	ck_assert_int_eq(requests_unseal_number(
			     fixture_store, fixture_secret, request.id, &plain),
	    NOTHING);
	MUST(requests_unseal_thread(
	    fixture_store, fixture_secret, request.id, &thread));
	ck_assert_uint_eq(thread.count, 0);
	case_thread_free(&thread);
	MUST(journal_count(fixture_store, journal));
	ck_assert_int_eq(journal[JOURNAL_WAITING], 1);
	ck_assert_int_eq(journal[JOURNAL_PART], 1);
	ck_assert_int_eq(journal[JOURNAL_ASIDE], 1);
	MUST(outbox_count(fixture_store, outbox));
	ck_assert_int_eq(outbox[OUTBOX_QUEUED], 1);
	ck_assert_int_eq(outbox[OUTBOX_SENDING], 1);
	ck_assert_int_eq(outbox[OUTBOX_GIVEN_UP], 1);
	ck_assert_int_eq(outbox[OUTBOX_UNSURE], 1);
	ck_assert_int_eq(
	    callers_find(fixture_store, &person.key, &caller), NOTHING);
	MUST(callers_find(fixture_store, &other.key, &caller));
	MUST(requests_of_caller(fixture_store, &other.key, &request));
	text_free(&plain);
}
END_TEST

START_TEST(tidying_erases_what_is_past_its_time_and_keeps_the_rest)
{
	struct person quiet = person_of(1), stopped = person_of(2);
	struct person asking = person_of(3);
	struct caller caller = caller_of(&quiet);
	struct number number;
	struct text walk = { 0 };

	MUST(callers_put(fixture_store, &caller, &quiet.number));
	MUST(walks_put(fixture_store, &quiet.key, "w", 1, 1000));
	caller = caller_of(&stopped);
	caller.is_stopped = 1;
	MUST(callers_put(fixture_store, &caller, &stopped.number));
	caller = caller_of(&asking);
	MUST(callers_put(fixture_store, &caller, &asking.number));
	open_request(&asking, "KM7P4");
	MUST(store_commit(fixture_store));

	MUST(store_tidy(fixture_store, 2000, 5000, 1000));
	MUST(walks_get(fixture_store, &quiet.key, &walk));
	MUST(store_tidy(fixture_store, 2001, 5000, 1000));
	ck_assert_int_eq(walks_get(fixture_store, &quiet.key, &walk), NOTHING);
	MUST(callers_find(fixture_store, &quiet.key, &caller));
	MUST(store_tidy(fixture_store, 6001, 5000, 1000));
	ck_assert_int_eq(
	    callers_find(fixture_store, &quiet.key, &caller), NOTHING);
	MUST(callers_find(fixture_store, &stopped.key, &caller));
	ck_assert_int_eq(caller.is_stopped, 1);
	ck_assert_int_eq(
	    callers_number(fixture_store, &stopped.key, &number), NOTHING);
	MUST(callers_number(fixture_store, &asking.key, &number));

	/* Who was stopped and writes again has a number again. */
	MUST(store_begin(fixture_store));
	caller.is_stopped = 0;
	MUST(callers_put(fixture_store, &caller, &stopped.number));
	MUST(callers_number(fixture_store, &stopped.key, &number));
	ck_assert_str_eq(number.e164, stopped.number.e164);
	text_free(&walk);
}
END_TEST

START_TEST(tidying_deletes_old_rows_that_ended)
{
	struct person person = person_of(1);
	struct journal_entry entry = { .line = "north",
		.kind = "sms",
		.sender_kind = "number",
		.caller = &person.key,
		.number = person.number.e164,
		.arrived_utc_s = 1000,
		.join_reference = -1,
		.part = 1,
		.parts = 1,
		.text = "a" };
	struct outgoing outgoing = { .line = "north",
		.caller = &person.key,
		.number = &person.number,
		.text = "a",
		.now_utc_s = 1000 };
	struct journal_id id, last;
	struct outbox_id out;
	int64_t counts[6];

	for (int i = 0; i < 3; i++) {
		entry.token = (uint64_t)i;
		MUST(
		    journal_add(fixture_store, &entry, JOURNAL_HANDLED, &last));
		MUST(
		    outbox_add(fixture_store, &outgoing, OUTBOX_SENDING, &out));
		MUST(outbox_sent(fixture_store, out, 1000));
	}
	MUST(store_commit(fixture_store));
	MUST(store_tidy(fixture_store, 2000, 1000, 1000));
	MUST(journal_count(fixture_store, counts));
	ck_assert_int_eq(counts[JOURNAL_HANDLED], 3);
	MUST(store_tidy(fixture_store, 2001, 1000, 1000));
	MUST(journal_count(fixture_store, counts));
	ck_assert_int_eq(counts[JOURNAL_HANDLED], 1);
	MUST(outbox_count(fixture_store, counts));
	ck_assert_int_eq(counts[OUTBOX_SENT], 1);
	/* No id is given twice. */
	MUST(store_begin(fixture_store));
	entry.token = 9;
	MUST(journal_add(fixture_store, &entry, JOURNAL_WAITING, &id));
	ck_assert_int_gt(id.row, last.row);
	MUST(store_commit(fixture_store));
	MUST(store_tidy(fixture_store, 9001, 1000, 1000));
	MUST(journal_count(fixture_store, counts));
	ck_assert_int_eq(counts[JOURNAL_WAITING], 1);
}
END_TEST

static Suite *
suite_of_callers(void)
{
	Suite *suite = suite_create("callers");
	TCase *tests = tcase_create("callers");

	tcase_add_checked_fixture(tests, open_in_transaction, fixture_close);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, a_caller_is_found_as_written_down);
	tcase_add_test(tests, a_walk_is_kept_boxed_until_it_is_erased);
	tcase_add_test(
	    tests, forget_erases_a_caller_everywhere_and_nobody_else);
	tcase_add_test(
	    tests, tidying_erases_what_is_past_its_time_and_keeps_the_rest);
	tcase_add_test(tests, tidying_deletes_old_rows_that_ended);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_callers);
