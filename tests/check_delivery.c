/* How texts leave that do not leave at once: callers in turn, numbers that fail
 * at a distance, what may be sent twice, and what a person is told.
 */
#include "gateway/base/retry.h"
#include "gateway/text/doubt_rules.h"
#include "store/distances.h"
#include "store/guards.h"
#include "store/outbox.h"
#include "store/store_parts.h"
#include "tests/store_fixture.h"

enum { NOW = 100000, FLOOD = 10000, MANY = 50 };

static struct served served;

static void
open_in_transaction(void)
{
	fixture_open();
	MUST(store_begin(fixture_store));
	served = (struct served){ 0 };
}

static struct outbox_id
add(const struct person *person, const char *line, enum outbox_kind kind,
    int64_t now_utc_s)
{
	struct outgoing outgoing = { .kind = kind,
		.line = line,
		.caller = &person->key,
		.number = &person->number,
		.text = "a text",
		.now_utc_s = now_utc_s };
	struct outbox_id id;

	MUST(outbox_add(fixture_store, &outgoing, OUTBOX_QUEUED, &id));
	return (id);
}

/* The next text of a line, as a modem takes them, one by one: 1, or 0. */
static int
take(const char *line, int64_t now_utc_s, struct outbox_row *row)
{
	static unsigned turn_count;
	struct outbox_turn turn = { .line = line,
		.now_utc_s = now_utc_s,
		.most = 1,
		.turn = turn_count++,
		.served = &served };
	size_t count = 0;

	MUST(outbox_take(fixture_store, &turn, row, &count));
	return (count == 1);
}

static int
is_of(const struct outbox_row *row, const struct person *person)
{
	return (memcmp(&row->caller, &person->key, sizeof(row->caller)) == 0);
}

/* Takes and sends texts until one of this person: how many left before it. */
static int
texts_before(const struct person *person)
{
	struct outbox_row row;
	int before = 0;
	int is_theirs;

	do {
		ck_assert(take("north", NOW, &row));
		is_theirs = is_of(&row, person);
		MUST(outbox_sent(fixture_store, row.id, NOW));
		outbox_row_free(&row);
	} while (!is_theirs && ++before < FLOOD);
	return (before);
}

static int64_t
integer(const char *sql)
{
	int64_t value;

	MUST(database_integer(fixture_store->database, sql, &value));
	return (value);
}

/* -- callers in turn -------------------------------------------------------- */

START_TEST(ten_thousand_texts_of_one_caller_let_another_go_first)
{
	struct person flood = person_of(1), other = person_of(2);

	for (int i = 0; i < FLOOD; i++)
		add(&flood, "north", OUTBOX_ANSWER, NOW - FLOOD + i);
	for (int i = 0; i < 5; i++)
		(void)texts_before(&flood);
	for (int i = 0; i < 5; i++) {
		add(&other, "north", OUTBOX_ANSWER, NOW);
		/* One of the flood's, where age alone decides. */
		ck_assert_int_le(texts_before(&other), 2);
	}
}
END_TEST

START_TEST(many_who_wait_get_one_text_each_in_a_round)
{
	struct person people[MANY];
	int texts[MANY] = { 0 };
	struct outbox_row row;

	for (int i = 0; i < MANY; i++) {
		people[i] = person_of(i + 1);
		for (int k = 0; k < 4; k++)
			add(&people[i], "north", OUTBOX_ANSWER, NOW - MANY + i);
	}
	for (int taken = 0; taken < 2 * MANY; taken++) {
		ck_assert(take("north", NOW, &row));
		for (int i = 0; i < MANY; i++)
			texts[i] += is_of(&row, &people[i]);
		MUST(outbox_sent(fixture_store, row.id, NOW));
		outbox_row_free(&row);
	}
	/* By age alone the first fifth would have had all four. */
	for (int i = 0; i < MANY; i++)
		ck_assert_int_ge(texts[i], 1);
}
END_TEST

START_TEST(newcomers_starve_nobody_who_waits_for_a_second_text)
{
	struct person patient = person_of(1);
	struct outbox_row row;
	int had = 0;

	for (int i = 0; i < 3; i++)
		add(&patient, "north", OUTBOX_ANSWER, NOW - 100);
	for (int i = 0; i < 30; i++) {
		struct person newcomer = person_of(100 + i);

		add(&newcomer, "north", OUTBOX_ANSWER, NOW - 50 + i);
		ck_assert(take("north", NOW, &row));
		had += is_of(&row, &patient);
		MUST(outbox_sent(fixture_store, row.id, NOW));
		outbox_row_free(&row);
	}
	ck_assert_int_eq(had, 3);
}
END_TEST

START_TEST(a_round_remembers_no_more_than_it_must)
{
	struct served round = { 0 };
	struct caller_key caller = { { 0 } };

	for (unsigned i = 0; i < 3 * SERVED_MOST; i++) {
		memcpy(caller.bytes, &i, sizeof(i));
		served_note(&round, &caller);
		served_note(&round, &caller);
		ck_assert(served_has(&round, &caller));
	}
	ck_assert_uint_eq(round.count, SERVED_MOST);
	memset(caller.bytes, 0, sizeof(caller.bytes));
	ck_assert(!served_has(&round, &caller));
	served_begin_round(&round);
	ck_assert_uint_eq(round.count, 0);
}
END_TEST

/* -- numbers that fail ------------------------------------------------------ */

START_TEST(a_number_that_fails_keeps_all_its_texts_at_one_distance)
{
	struct person bad = person_of(1), good = person_of(2);
	struct outbox_row row;
	int64_t now_utc_s = NOW, due;

	add(&bad, "north", OUTBOX_REPLY, NOW);
	add(&bad, "south", OUTBOX_REPLY, NOW);
	for (int failures = 1; failures <= 5; failures++) {
		ck_assert(take("north", now_utc_s, &row));
		MUST(
		    outbox_failed(fixture_store, row.id, TRY_LATER, now_utc_s));
		outbox_row_free(&row);
		due = now_utc_s + retry_text_wait_s(failures);
		/* On the other line too, and what is added meanwhile. */
		ck_assert(!take("south", due - 1, &row));
		add(&bad, "west", OUTBOX_REPLY, now_utc_s);
		ck_assert(!take("west", due - 1, &row));
		/* Nobody else waits. */
		add(&good, "north", OUTBOX_REPLY, now_utc_s);
		ck_assert(take("north", now_utc_s, &row));
		ck_assert(is_of(&row, &good));
		MUST(outbox_sent(fixture_store, row.id, now_utc_s));
		outbox_row_free(&row);
		now_utc_s = due;
	}
	ck_assert_int_eq(integer("SELECT failures FROM distances"), 5);
	/* One that goes through ends it. */
	ck_assert(take("south", now_utc_s, &row));
	MUST(outbox_sent(fixture_store, row.id, now_utc_s));
	outbox_row_free(&row);
	ck_assert_int_eq(integer("SELECT count(*) FROM distances"), 0);
}
END_TEST

START_TEST(whoever_writes_can_be_reached_again)
{
	struct person bad = person_of(1);
	struct outbox_row row;

	add(&bad, "north", OUTBOX_REPLY, NOW);
	ck_assert(take("north", NOW, &row));
	MUST(outbox_failed(fixture_store, row.id, TRY_LATER, NOW));
	outbox_row_free(&row);
	ck_assert(!take("north", NOW, &row));
	MUST(outbox_hurry(fixture_store, &bad.key));
	ck_assert(take("north", NOW, &row));
	outbox_row_free(&row);
	ck_assert_int_eq(integer("SELECT count(*) FROM distances"), 0);
}
END_TEST

START_TEST(an_alarm_waits_for_no_distance)
{
	struct person phone = person_of(1);
	struct outbox_row row;

	add(&phone, "north", OUTBOX_REPLY, NOW);
	ck_assert(take("north", NOW, &row));
	MUST(outbox_failed(fixture_store, row.id, TRY_LATER, NOW));
	outbox_row_free(&row);
	add(&phone, "south", OUTBOX_ALARM, NOW);
	ck_assert(take("south", NOW, &row));
	outbox_row_free(&row);
}
END_TEST

/* -- in doubt --------------------------------------------------------------- */

START_TEST(only_what_a_double_harms_nobody_is_sent_again_in_doubt)
{
	enum outbox_kind kind = (enum outbox_kind)_i;
	int repeats = doubt_repeats_most((enum contact_purpose)kind);
	struct person person = person_of(1);
	struct outbox_row row;
	int sent = 0;

	ck_assert_int_eq(
	    repeats, kind == OUTBOX_ALARM || kind == OUTBOX_STAFF ? 1 : 0);
	add(&person, "north", kind, NOW);
	while (take("north", NOW + 1000 * sent, &row)) {
		/* Its first segment is out: that is not repeated. */
		if (sent == 0)
			MUST(outbox_part_sent(fixture_store, row.id, 1));
		MUST(outbox_unsure(fixture_store, row.id, NOW + 1000 * sent));
		ck_assert_int_eq(row.first_part, sent == 0 ? 1 : 2);
		outbox_row_free(&row);
		sent++;
	}
	ck_assert_int_eq(sent, 1 + repeats);
	ck_assert_int_eq(
	    integer("SELECT count(*) FROM outbox WHERE state = 'unsure'"), 1);
	ck_assert_int_eq(integer("SELECT coalesce(sum(count), 0) FROM"
				 " guard_counts WHERE what = 'repeated'"),
	    repeats);
}
END_TEST

START_TEST(a_crash_is_a_doubt_too)
{
	struct person person = person_of(1), phone = person_of(2);
	struct outbox_row row;
	int64_t unsure = 0;

	add(&person, "north", OUTBOX_REPLY, NOW);
	add(&phone, "north", OUTBOX_ALARM, NOW);
	for (int i = 0; i < 2; i++) {
		ck_assert(take("north", NOW, &row));
		outbox_row_free(&row);
	}
	MUST(outbox_settle_crash(fixture_store, NOW, &unsure));
	ck_assert_int_eq(unsure, 1);
	ck_assert(take("north", NOW, &row));
	ck_assert_int_eq(row.kind, OUTBOX_ALARM);
	outbox_row_free(&row);
	MUST(outbox_settle_crash(fixture_store, NOW, &unsure));
	ck_assert_int_eq(unsure, 1);
	ck_assert(!take("north", NOW, &row));
}
END_TEST

/* -- what will never arrive ------------------------------------------------- */

/* An answer to a text of somebody we know, being sent. */
static struct outbox_id
answer(const struct person *person, int is_stopped)
{
	struct caller caller = { .key = person->key,
		.line = "north",
		.corridor = "nepal-gulf",
		.is_stopped = is_stopped };
	struct journal_entry entry = { .line = "north",
		.kind = "sms",
		.sender_kind = "number",
		.caller = &person->key,
		.number = person->number.e164,
		.arrived_utc_s = NOW,
		.join_reference = -1,
		.parts = 1,
		.part = 1,
		.text = "hello" };
	struct outgoing outgoing = { .kind = OUTBOX_ANSWER,
		.line = "north",
		.caller = &person->key,
		.text = "1 Check a job",
		.now_utc_s = NOW };
	struct outbox_id id;

	MUST(callers_put(fixture_store, &caller, &person->number));
	MUST(journal_add(
	    fixture_store, &entry, JOURNAL_HANDLED, &outgoing.journal));
	MUST(outbox_add(fixture_store, &outgoing, OUTBOX_SENDING, &id));
	return (id);
}

static int64_t
listed(void)
{
	return (integer("SELECT count(*) FROM journal WHERE state = 'aside'"
			" AND cause = 'our answer could not be sent'"));
}

START_TEST(an_answer_that_the_network_refuses_is_listed_for_a_person)
{
	struct person person = person_of(1);
	struct outbox_id id = answer(&person, 0);
	struct text number = { 0 }, words = { 0 };
	struct journal_id row;

	MUST(outbox_failed(fixture_store, id, REFUSED, NOW));
	ck_assert_int_eq(listed(), 1);
	row.row = integer("SELECT id FROM journal WHERE state = 'aside'");
	MUST(journal_unseal_aside(
	    fixture_store, fixture_secret, row, &number, &words));
	ck_assert_str_eq(text_string(&number), person.number.e164);
	ck_assert_str_eq(text_string(&words), "1 Check a job");
	text_free(&number);
	text_free(&words);
	MUST(journal_move(fixture_store, row, JOURNAL_ASIDE, JOURNAL_HANDLED));
}
END_TEST

START_TEST(an_answer_that_was_given_up_is_listed_and_not_before)
{
	struct person person = person_of(1);
	struct outbox_id id = answer(&person, 0);
	struct outbox_row row;
	int64_t now_utc_s = NOW;

	for (int tries = 1; tries < RETRY_TEXT_MOST; tries++) {
		MUST(outbox_failed(fixture_store, id, TRY_LATER, now_utc_s));
		ck_assert_int_eq(listed(), 0);
		now_utc_s += retry_text_wait_s(tries);
		ck_assert(take("north", now_utc_s, &row));
		outbox_row_free(&row);
	}
	MUST(outbox_failed(fixture_store, id, TRY_LATER, now_utc_s));
	ck_assert_int_eq(listed(), 1);
}
END_TEST

START_TEST(whoever_wants_no_texts_is_not_listed)
{
	struct person stopped = person_of(1), forgotten = person_of(2);
	struct outbox_id id = answer(&stopped, 1);

	MUST(outbox_failed(fixture_store, id, REFUSED, NOW));
	id = answer(&forgotten, 0);
	MUST(outbox_return(fixture_store, id));
	MUST(callers_forget(fixture_store, &forgotten.key, NOW));
	ck_assert_int_eq(listed(), 0);
}
END_TEST

static Suite *
suite_of_delivery(void)
{
	Suite *suite = suite_create("delivery");
	TCase *tests = tcase_create("delivery");

	tcase_add_checked_fixture(tests, open_in_transaction, fixture_close);
	tcase_set_timeout(tests, 120);
	tcase_add_test(
	    tests, ten_thousand_texts_of_one_caller_let_another_go_first);
	tcase_add_test(tests, many_who_wait_get_one_text_each_in_a_round);
	tcase_add_test(
	    tests, newcomers_starve_nobody_who_waits_for_a_second_text);
	tcase_add_test(tests, a_round_remembers_no_more_than_it_must);
	tcase_add_test(
	    tests, a_number_that_fails_keeps_all_its_texts_at_one_distance);
	tcase_add_test(tests, whoever_writes_can_be_reached_again);
	tcase_add_test(tests, an_alarm_waits_for_no_distance);
	tcase_add_loop_test(tests,
	    only_what_a_double_harms_nobody_is_sent_again_in_doubt, 0,
	    OUTBOX_KINDS);
	tcase_add_test(tests, a_crash_is_a_doubt_too);
	tcase_add_test(
	    tests, an_answer_that_the_network_refuses_is_listed_for_a_person);
	tcase_add_test(
	    tests, an_answer_that_was_given_up_is_listed_and_not_before);
	tcase_add_test(tests, whoever_wants_no_texts_is_not_listed);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_delivery);
