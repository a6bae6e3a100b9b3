#include "store/requests.h"

#include "tests/store_fixture.h"

static int64_t staff_one, staff_two;

static int64_t
add_staff(const char *name)
{
	struct team_secret *secret = NULL;
	struct staff staff;

	MUST(staff_add(
	    fixture_store, name, "caseworker", "password", fixture_secret, 1));
	MUST(staff_sign_in(fixture_store, name, "password", &staff, &secret));
	team_secret_close(secret);
	return (staff.id);
}

static void
open_in_transaction(void)
{
	fixture_open();
	MUST(store_begin(fixture_store));
	staff_one = add_staff("Sita");
	staff_two = add_staff("Hari");
}

static struct request_opening
opening_of(const struct person *person, const char *ref)
{
	struct request_opening opening = { .ref = ref,
		.caller = &person->key,
		.number = &person->number,
		.line = "north",
		.corridor = "nepal-gulf",
		.language = "ne",
		.opened_by = "help",
		.urgency = URGENCY_NORMAL,
		.now_utc_s = 1000 };

	return (opening);
}

static struct request_id
open_one(const struct person *person, const char *ref)
{
	struct request_opening opening = opening_of(person, ref);
	struct request_id id;

	memset(&id, 0xa5, sizeof(id));
	MUST(requests_open(fixture_store, &opening, &id));
	return (id);
}

static struct request
get(const char *ref)
{
	struct request request;

	memset(&request, 0xa5, sizeof(request));
	MUST(requests_find(fixture_store, ref, &request));
	return (request);
}

START_TEST(a_request_is_read_back_as_opened)
{
	struct person person = person_of(1);
	struct request_id id = open_one(&person, "KM7P4");
	struct request request;
	struct text number = { 0 };

	memset(&request, 0xa5, sizeof(request));
	MUST(requests_of_caller(fixture_store, &person.key, &request));
	ck_assert_int_eq(request.id.row, id.row);
	ck_assert_str_eq(request.ref, "KM7P4");
	ck_assert_int_eq(request.state, REQUEST_OPEN);
	ck_assert_int_eq(request.urgency, URGENCY_NORMAL);
	ck_assert_str_eq(request.consent, "unasked");
	ck_assert_int_eq(request.is_on_hold, 0);
	ck_assert_int_eq(request.menu_is_back, 0);
	ck_assert_mem_eq(&request.caller, &person.key, sizeof(person.key));
	ck_assert_str_eq(request.line, "north");
	ck_assert_str_eq(request.corridor, "nepal-gulf");
	ck_assert_str_eq(request.language, "ne");
	ck_assert_str_eq(request.opened_by, "help");
	ck_assert_int_eq(request.opened_utc_s, 1000);
	ck_assert_int_eq(request.changed_utc_s, 1000);
	ck_assert_int_eq(request.claimed_by, 0);
	ck_assert_str_eq(request.claimed_by_name, "");
	ck_assert_str_eq(request.outcome, "");
	ck_assert_int_eq(request.unread, 0);
	MUST(
	    requests_unseal_number(fixture_store, fixture_secret, id, &number));
	ck_assert_str_eq(text_string(&number), person.number.e164);
	text_free(&number);
}
END_TEST

START_TEST(a_caller_has_one_request_and_a_reference_is_used_once)
{
	struct person one = person_of(1), two = person_of(2);
	struct request_opening opening = opening_of(&one, "KM7P9");
	struct request_id id = open_one(&one, "KM7P4"), other = { -1 };

	ck_assert_int_eq(
	    requests_open(fixture_store, &opening, &other), REFUSED);
	opening = opening_of(&two, "KM7P4");
	ck_assert_int_eq(
	    requests_open(fixture_store, &opening, &other), REFUSED);
	ck_assert_int_eq(other.row, -1);
	MUST(requests_claim(fixture_store, id, staff_one, 2));
	opening = opening_of(&one, "KM7P9");
	ck_assert_int_eq(
	    requests_open(fixture_store, &opening, &other), REFUSED);
	MUST(requests_close(fixture_store, id, staff_one, "advice", 3));
	MUST(requests_open(fixture_store, &opening, &other));
	ck_assert_int_eq(
	    requests_reopen(fixture_store, id, staff_one, 4), REFUSED);
}
END_TEST

START_TEST(a_reference_is_found_however_it_is_read_out)
{
	static const char *const spellings[] = { "QM7P4", "qm7p4", "Qm-7P 4",
		"0M7P4", "om7p4" };
	static const char *const wrong[] = { "", "QM7P", "QM7P44", "QM7P9", "%",
		"QM7P4' OR 1" };
	struct person person = person_of(1);
	struct request request;

	open_one(&person, "QM7P4");
	for (size_t i = 0; i < COUNT_OF(spellings); i++)
		MUST(requests_find(fixture_store, spellings[i], &request));
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		ck_assert_int_eq(
		    requests_find(fixture_store, wrong[i], &request), NOTHING);
}
END_TEST

START_TEST(answers_are_replaced_or_left_and_open_for_the_team)
{
	struct person person = person_of(1);
	struct request_id id = open_one(&person, "KM7P4");
	struct text answers = { 0 };

	ck_assert_int_eq(requests_unseal_answers(
			     fixture_store, fixture_secret, id, &answers),
	    NOTHING);
	MUST(requests_update(
	    fixture_store, id, URGENCY_NOW, "yes", 1, "old", 1100));
	MUST(requests_update(
	    fixture_store, id, URGENCY_HIGH, "yes", 0, "new", 1100));
	MUST(requests_update(
	    fixture_store, id, URGENCY_LOW, "no", 1, NULL, 1200));
	MUST(requests_unseal_answers(
	    fixture_store, fixture_secret, id, &answers));
	ck_assert_str_eq(text_string(&answers), "new");
	ck_assert_int_eq(get("KM7P4").urgency, URGENCY_LOW);
	ck_assert_str_eq(get("KM7P4").consent, "no");
	ck_assert_int_eq(get("KM7P4").is_on_hold, 1);
	ck_assert_int_eq(get("KM7P4").changed_utc_s, 1200);
	text_free(&answers);
}
END_TEST

START_TEST(a_claim_has_one_winner_and_moves_name_their_state)
{
	struct person person = person_of(1);
	struct request_id id = open_one(&person, "KM7P4");

	ck_assert_int_eq(
	    requests_close(fixture_store, id, staff_one, "x", 1), NOTHING);
	ck_assert_int_eq(
	    requests_reopen(fixture_store, id, staff_one, 1), NOTHING);
	ck_assert_int_eq(
	    requests_give_back(fixture_store, id, staff_one, 1), NOTHING);
	MUST(requests_set_menu_back(fixture_store, id, 1));
	MUST(requests_claim(fixture_store, id, staff_one, 2000));
	ck_assert_int_eq(
	    requests_claim(fixture_store, id, staff_two, 2000), NOTHING);
	ck_assert_int_eq(get("KM7P4").claimed_by, staff_one);
	ck_assert_str_eq(get("KM7P4").claimed_by_name, "Sita");
	ck_assert_int_eq(get("KM7P4").menu_is_back, 0);
	ck_assert_int_eq(
	    requests_close(fixture_store, id, staff_two, "x", 1), NOTHING);
	MUST(requests_give_back(fixture_store, id, staff_one, 2100));
	ck_assert_int_eq(get("KM7P4").state, REQUEST_OPEN);
	MUST(requests_claim(fixture_store, id, staff_two, 2200));
	MUST(
	    requests_close(fixture_store, id, staff_two, "advice given", 2300));
	ck_assert_str_eq(get("KM7P4").outcome, "advice given");
	ck_assert_int_eq(
	    requests_update(fixture_store, id, URGENCY_LOW, "yes", 0, NULL, 1),
	    NOTHING);
	ck_assert_int_eq(requests_withdraw(fixture_store, id, 1), NOTHING);
	MUST(requests_reopen(fixture_store, id, staff_one, 2400));
	ck_assert_int_eq(get("KM7P4").state, REQUEST_OPEN);
	ck_assert_int_eq(get("KM7P4").claimed_by, 0);
}
END_TEST

START_TEST(what_happened_is_told_in_order)
{
	static const char *const expected[] = { "opened", "asked again",
		"claimed", "closed", "reopened" };
	struct person person = person_of(1);
	struct request_id id = open_one(&person, "KM7P4");
	struct request_event *events = NULL;
	size_t count = 0;

	MUST(requests_asked_again(fixture_store, id, URGENCY_HIGH, 1001));
	MUST(requests_claim(fixture_store, id, staff_one, 1002));
	MUST(requests_close(fixture_store, id, staff_one, "x", 1003));
	MUST(requests_reopen(fixture_store, id, staff_two, 1004));
	MUST(requests_events(fixture_store, id, &events, &count));
	ck_assert_uint_eq(count, COUNT_OF(expected));
	for (size_t i = 0; i < count; i++) {
		ck_assert_str_eq(events[i].what, expected[i]);
		ck_assert_int_eq(events[i].at_utc_s, 1000 + (int64_t)i);
	}
	ck_assert_str_eq(events[0].staff_name, "");
	ck_assert_str_eq(events[2].staff_name, "Sita");
	ck_assert_str_eq(events[4].staff_name, "Hari");
	ck_assert_int_eq(get("KM7P4").urgency, URGENCY_HIGH);
	ck_assert_int_eq(get("KM7P4").unread, 1);
	free(events);
}
END_TEST

START_TEST(a_thread_opens_in_order_with_who_and_whether_it_went)
{
	struct person person = person_of(1);
	struct request_id id = open_one(&person, "KM7P4");
	struct outgoing outgoing = { .kind = OUTBOX_REPLY,
		.line = "north",
		.caller = &person.key,
		.text = "We are here.",
		.request = id.row,
		.now_utc_s = 1002 };
	struct case_thread thread;
	struct outbox_id out;

	MUST(requests_add_text(
	    fixture_store, id, "MARKER help", (struct journal_id){ 5 }, 1001));
	ck_assert_int_eq(get("KM7P4").unread, 1);
	MUST(requests_mark_read(fixture_store, id));
	ck_assert_int_eq(get("KM7P4").unread, 0);
	MUST(outbox_add(fixture_store, &outgoing, OUTBOX_SENDING, &out));
	MUST(requests_add_staff_text(fixture_store, id, CASE_TEXT_REPLY,
	    staff_one, "We are here.", out, 1002));
	MUST(requests_add_staff_text(fixture_store, id, CASE_TEXT_NOTE,
	    staff_two, "MARKER note", (struct outbox_id){ 0 }, 1003));
	MUST(outbox_sent(fixture_store, out, 1004));
	MUST(store_commit(fixture_store));
	memset(&thread, 0xa5, sizeof(thread));
	MUST(
	    requests_unseal_thread(fixture_store, fixture_secret, id, &thread));
	ck_assert_uint_eq(thread.count, 3);
	ck_assert_int_eq(thread.items[0].kind, CASE_TEXT_CALLER);
	ck_assert_str_eq(thread.items[0].text, "MARKER help");
	ck_assert_str_eq(thread.items[0].staff_name, "");
	ck_assert_int_eq(thread.items[0].at_utc_s, 1001);
	ck_assert_int_eq(thread.items[1].kind, CASE_TEXT_REPLY);
	ck_assert_str_eq(thread.items[1].text, "We are here.");
	ck_assert_str_eq(thread.items[1].staff_name, "Sita");
	ck_assert_str_eq(thread.items[1].outbox_state, "sent");
	ck_assert_int_eq(thread.items[2].kind, CASE_TEXT_NOTE);
	ck_assert_str_eq(thread.items[2].outbox_state, "");
	ck_assert_int_eq(fixture_has_string("MARKER"), 0);
	ck_assert_int_eq(fixture_has_string("We are here"), 0);
	ck_assert_int_eq(fixture_has_string(person.number.e164 + 1), 0);
	case_thread_free(&thread);
}
END_TEST

START_TEST(a_withdrawn_request_keeps_nothing_said)
{
	struct person person = person_of(1);
	struct request_id id = open_one(&person, "KM7P4");
	struct request request;
	struct case_thread thread;
	struct text plain = { 0 };

	MUST(
	    requests_update(fixture_store, id, URGENCY_HIGH, "yes", 0, "a", 1));
	MUST(requests_add_text(
	    fixture_store, id, "b", (struct journal_id){ 5 }, 1001));
	MUST(requests_withdraw(fixture_store, id, 1002));
	ck_assert_int_eq(get("KM7P4").state, REQUEST_WITHDRAWN);
	ck_assert_str_eq(get("KM7P4").consent, "no");
	ck_assert_int_eq(
	    requests_of_caller(fixture_store, &person.key, &request), NOTHING);
	ck_assert_int_eq(
	    requests_unseal_answers(fixture_store, fixture_secret, id, &plain),
	    NOTHING);
	ck_assert_int_eq(
	    requests_unseal_number(fixture_store, fixture_secret, id, &plain),
	    NOTHING);
	MUST(
	    requests_unseal_thread(fixture_store, fixture_secret, id, &thread));
	ck_assert_uint_eq(thread.count, 0);
	case_thread_free(&thread);
	ck_assert_int_eq(requests_add_text(fixture_store, id, "late",
			     (struct journal_id){ 6 }, 1003),
	    NOTHING);
	ck_assert_int_eq(
	    requests_claim(fixture_store, id, staff_one, 1), NOTHING);
	open_one(&person, "KM7P9");
}
END_TEST

START_TEST(a_list_shows_the_most_urgent_then_the_oldest)
{
	static const char *const refs[] = { "AAAA3", "AAAA4", "AAAA6" };
	static const char *const order[] = { "AAAA6", "AAAA3", "AAAA4" };
	struct request_list list;

	for (int i = 0; i < 3; i++) {
		struct person person = person_of(i);
		struct request_opening opening = opening_of(&person, refs[i]);
		struct request_id id;

		opening.now_utc_s = 1000 + i;
		opening.urgency = i == 2 ? URGENCY_NOW : URGENCY_NORMAL;
		MUST(requests_open(fixture_store, &opening, &id));
		if (i == 0)
			MUST(requests_claim(fixture_store, id, staff_one, 1));
	}
	memset(&list, 0xa5, sizeof(list));
	MUST(requests_list(fixture_store, -1, 10, &list));
	ck_assert_uint_eq(list.count, 3);
	for (size_t i = 0; i < 3; i++)
		ck_assert_str_eq(list.items[i].ref, order[i]);
	free(list.items);
	MUST(requests_list(fixture_store, -1, 2, &list));
	ck_assert_uint_eq(list.count, 2);
	free(list.items);
	MUST(requests_list(fixture_store, REQUEST_CLAIMED, 10, &list));
	ck_assert_uint_eq(list.count, 1);
	ck_assert_str_eq(list.items[0].ref, "AAAA3");
	free(list.items);
	MUST(requests_list(fixture_store, REQUEST_CLOSED, 10, &list));
	ck_assert_uint_eq(list.count, 0);
	free(list.items);
}
END_TEST

START_TEST(names_of_states_and_urgencies_are_the_databases)
{
	ck_assert_str_eq(request_state_name(REQUEST_FORGOTTEN), "forgotten");
	ck_assert_str_eq(request_urgency_name(URGENCY_NOW), "now");
	ck_assert_str_eq(outbox_state_name(OUTBOX_GIVEN_UP), "given up");
	ck_assert_str_eq(journal_state_name(JOURNAL_ASIDE), "aside");
}
END_TEST

START_TEST(nothing_is_sealed_without_an_epoch)
{
	struct person person = person_of(1);
	struct request_opening opening = opening_of(&person, "KM7P4");
	struct request_id id;

	MUST(store_commit(fixture_store));
	fixture_reopen();
	ck_assert_int_eq(store_epoch(fixture_store), 0);
	MUST(store_begin(fixture_store));
	ck_assert_int_eq(requests_open(fixture_store, &opening, &id), BROKEN);
}
END_TEST

static Suite *
suite_of_requests(void)
{
	Suite *suite = suite_create("requests");
	TCase *tests = tcase_create("requests");

	tcase_add_checked_fixture(tests, open_in_transaction, fixture_close);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, a_request_is_read_back_as_opened);
	tcase_add_test(
	    tests, a_caller_has_one_request_and_a_reference_is_used_once);
	tcase_add_test(tests, a_reference_is_found_however_it_is_read_out);
	tcase_add_test(
	    tests, answers_are_replaced_or_left_and_open_for_the_team);
	tcase_add_test(
	    tests, a_claim_has_one_winner_and_moves_name_their_state);
	tcase_add_test(tests, what_happened_is_told_in_order);
	tcase_add_test(
	    tests, a_thread_opens_in_order_with_who_and_whether_it_went);
	tcase_add_test(tests, a_withdrawn_request_keeps_nothing_said);
	tcase_add_test(tests, a_list_shows_the_most_urgent_then_the_oldest);
	tcase_add_test(tests, names_of_states_and_urgencies_are_the_databases);
	tcase_add_test(tests, nothing_is_sealed_without_an_epoch);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_requests);
