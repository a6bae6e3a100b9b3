#include "store/contacts.h"

#include "tests/store_fixture.h"

static struct request_id
open_request(const struct person *person, const char *ref)
{
	struct caller caller = { .key = person->key,
		.line = "north",
		.corridor = "nepal-gulf",
		.language = "en",
		.last_utc_s = 1000 };
	struct request_opening opening = { .ref = ref,
		.caller = &person->key,
		.number = &person->number,
		.line = "north",
		.corridor = "nepal-gulf",
		.language = "en",
		.opened_by = "help",
		.now_utc_s = 1000 };
	struct request_id id;

	MUST(callers_put(fixture_store, &caller, &person->number));
	MUST(requests_open(fixture_store, &opening, &id));
	return (id);
}

static void
put_wish(struct request_id id, const struct number *other)
{
	struct contact_wish wish = {
		.way = other != NULL ? CONTACT_BY_OTHER : CONTACT_BY_TEXT,
		.hours = HOURS_NIGHT,
		.zone = { 345, 0 },
		.word = "pomegranate",
		.other = other,
	};

	MUST(contacts_put_wish(fixture_store, id, &wish));
}

static void
open_in_transaction(void)
{
	fixture_open();
	MUST(store_begin(fixture_store));
}

START_TEST(what_was_never_said_is_by_text_by_day_and_quiet)
{
	struct person person = person_of(1);
	struct request_id id = open_request(&person, "KM7P4");
	struct contact contact;

	memset(&contact, 0xa5, sizeof(contact));
	MUST(contacts_get(fixture_store, id, &contact));
	ck_assert_int_eq(contact.way, CONTACT_BY_TEXT);
	ck_assert_int_eq(contact.hours, HOURS_UNASKED);
	ck_assert_int_eq(contact.talk, CONTACT_QUIET);
	ck_assert_int_eq(contact.wrote_utc_s, 0);
	ck_assert(!contact.has_word && !contact.has_other);
	ck_assert_int_eq(contacts_get(fixture_store,
			     (struct request_id){ id.row + 1 }, &contact),
	    NOTHING);
}
END_TEST

START_TEST(a_wish_is_read_as_it_was_written_and_stands_boxed)
{
	struct person person = person_of(1), other = person_of(2);
	struct request_id id = open_request(&person, "KM7P4");
	struct text word = { 0 };
	struct number number;
	struct contact contact;

	put_wish(id, &other.number);
	MUST(contacts_get(fixture_store, id, &contact));
	ck_assert_int_eq(contact.way, CONTACT_BY_OTHER);
	ck_assert_int_eq(contact.hours, HOURS_NIGHT);
	ck_assert_int_eq(contact.zone.offset_minutes, 345);
	ck_assert_mem_eq(&contact.other, &other.key, sizeof(other.key));
	MUST(contacts_word(fixture_store, id, &word));
	ck_assert_str_eq(text_string(&word), "pomegranate");
	MUST(contacts_other_number(fixture_store, id, &number));
	ck_assert_str_eq(number.e164, other.number.e164);
	MUST(contacts_find_target(fixture_store, id, &number));
	text_free(&word);
	MUST(store_commit(fixture_store));
	ck_assert(!fixture_has_string("pomegranate"));
	ck_assert(!fixture_has_string(other.number.e164 + 1));
	MUST(store_begin(fixture_store));
}
END_TEST

START_TEST(a_new_other_number_begins_quiet)
{
	struct person person = person_of(1), other = person_of(2);
	struct request_id id = open_request(&person, "KM7P4");
	struct contact contact;

	MUST(contacts_set_talk(fixture_store, id, CONTACT_OPEN, 2000));
	put_wish(id, NULL);
	MUST(contacts_get(fixture_store, id, &contact));
	ck_assert_int_eq(contact.talk, CONTACT_OPEN);
	ck_assert_int_eq(contact.wrote_utc_s, 2000);
	put_wish(id, &other.number);
	MUST(contacts_get(fixture_store, id, &contact));
	ck_assert_int_eq(contact.talk, CONTACT_QUIET);
	ck_assert_int_eq(contact.wrote_utc_s, 0);
}
END_TEST

START_TEST(a_number_finds_its_own_request_before_anothers)
{
	struct person person = person_of(1), other = person_of(2);
	struct request_id id = open_request(&person, "KM7P4");
	struct request_id own;
	struct contact contact;

	ck_assert_int_eq(
	    contacts_of_number(fixture_store, &other.key, &contact), NOTHING);
	put_wish(id, &other.number);
	MUST(contacts_of_number(fixture_store, &other.key, &contact));
	ck_assert_int_eq(contact.request.row, id.row);
	own = open_request(&other, "QQ7P4");
	MUST(contacts_of_number(fixture_store, &other.key, &contact));
	ck_assert_int_eq(contact.request.row, own.row);
	MUST(contacts_of_number(fixture_store, &person.key, &contact));
	ck_assert_int_eq(contact.request.row, id.row);
}
END_TEST

START_TEST(nothing_of_it_is_left_of_a_request_that_was_taken_back)
{
	struct person person = person_of(1), other = person_of(2);
	struct request_id id = open_request(&person, "KM7P4");
	struct contact contact;

	put_wish(id, &other.number);
	MUST(requests_withdraw(fixture_store, id, 2000));
	ck_assert_int_eq(
	    contacts_of_number(fixture_store, &other.key, &contact), NOTHING);
	ck_assert_int_eq(
	    contacts_set_talk(fixture_store, id, CONTACT_OPEN, 2000), NOTHING);
}
END_TEST

/* Held texts are given up with the rest. */
START_TEST(forget_erases_contact_and_what_waits)
{
	struct person person = person_of(1), other = person_of(2);
	struct request_id id = open_request(&person, "KM7P4");
	struct outgoing outgoing = { .kind = OUTBOX_REPLY,
		.line = "north",
		.caller = &person.key,
		.text = "How are you?",
		.request = id.row,
		.now_utc_s = 1000 };
	struct contact contact;
	struct outbox_id held;
	int64_t counts[6];

	put_wish(id, &other.number);
	for (int64_t until_utc_s = 0; until_utc_s < 9000; until_utc_s += 5000) {
		MUST(outbox_add(
		    fixture_store, &outgoing, OUTBOX_SENDING, &held));
		MUST(outbox_hold(fixture_store, held, until_utc_s));
	}
	MUST(callers_forget(fixture_store, &person.key, 2000));
	MUST(outbox_count(fixture_store, counts));
	ck_assert_int_eq(counts[OUTBOX_GIVEN_UP], 2);
	ck_assert_int_eq(
	    contacts_of_number(fixture_store, &other.key, &contact), NOTHING);
}
END_TEST

START_TEST(the_other_number_may_ask_to_be_forgotten)
{
	struct person person = person_of(1), other = person_of(2);
	struct request_id id = open_request(&person, "KM7P4");
	struct contact contact;
	struct number number;

	put_wish(id, &other.number);
	MUST(callers_forget(fixture_store, &other.key, 2000));
	MUST(contacts_get(fixture_store, id, &contact));
	ck_assert(!contact.has_other);
	ck_assert_int_eq(contact.way, CONTACT_BY_OTHER);
	ck_assert_int_eq(
	    contacts_find_target(fixture_store, id, &number), NOTHING);
}
END_TEST

START_TEST(what_is_held_holds_up_nobody_and_counts_no_try)
{
	struct person person = person_of(1);
	struct outgoing outgoing = { .kind = OUTBOX_REPLY,
		.line = "north",
		.caller = &person.key,
		.number = &person.number,
		.text = "first",
		.now_utc_s = 1000 };
	struct outbox_turn turn = { "north", 1000, 1, 0, NULL };
	struct outbox_row row;
	struct outbox_id id;
	size_t count = 0;

	MUST(outbox_add(fixture_store, &outgoing, OUTBOX_SENDING, &id));
	MUST(outbox_hold(fixture_store, id, 0));
	outgoing.text = "second";
	outgoing.kind = OUTBOX_ANSWER;
	MUST(outbox_add(fixture_store, &outgoing, OUTBOX_QUEUED, &id));
	MUST(outbox_take(fixture_store, &turn, &row, &count));
	ck_assert_uint_eq(count, 1);
	ck_assert_str_eq(text_string(&row.text), "second");
	outbox_row_free(&row);
	MUST(outbox_sent(fixture_store, id, 1000));
	turn.now_utc_s = INT64_C(4000000000);
	MUST(outbox_take(fixture_store, &turn, &row, &count));
	ck_assert_uint_eq(count, 0);
	MUST(outbox_hurry(fixture_store, &person.key));
	MUST(outbox_take(fixture_store, &turn, &row, &count));
	ck_assert_uint_eq(count, 1);
	ck_assert_str_eq(text_string(&row.text), "first");
	ck_assert_int_eq(row.tries, 0);
	outbox_row_free(&row);
}
END_TEST

START_TEST(the_rules_are_kept_for_the_desk)
{
	struct contact_rules rules = { .warm_s = 77 };
	struct contact_rules read;

	for (int i = 0; i < HOURS_ANY; i++)
		rules.hours[i] = (struct day_span){ i, 100 + i };
	MUST(contacts_put_rules(fixture_store, &rules));
	memset(&read, 0xa5, sizeof(read));
	MUST(contacts_get_rules(fixture_store, &read));
	ck_assert_mem_eq(&read, &rules, sizeof(rules));
}
END_TEST

static Suite *
suite_of_contacts(void)
{
	Suite *suite = suite_create("contacts");
	TCase *tcase = tcase_create("store");

	tcase_add_checked_fixture(tcase, open_in_transaction, fixture_close);
	tcase_add_test(tcase, what_was_never_said_is_by_text_by_day_and_quiet);
	tcase_add_test(
	    tcase, a_wish_is_read_as_it_was_written_and_stands_boxed);
	tcase_add_test(tcase, a_new_other_number_begins_quiet);
	tcase_add_test(tcase, a_number_finds_its_own_request_before_anothers);
	tcase_add_test(
	    tcase, nothing_of_it_is_left_of_a_request_that_was_taken_back);
	tcase_add_test(tcase, forget_erases_contact_and_what_waits);
	tcase_add_test(tcase, the_other_number_may_ask_to_be_forgotten);
	tcase_add_test(tcase, what_is_held_holds_up_nobody_and_counts_no_try);
	tcase_add_test(tcase, the_rules_are_kept_for_the_desk);
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(suite_of_contacts);
