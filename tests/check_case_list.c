/* Replies that go once and to what was seen, labels, endings, lists page by
 * page, and how the helpline is. */
#include "tests/cases_world.h"

enum { HOUR_S = 3600, DAY_S = 86400 };

static int
do_note(struct errand *errand)
{
	return ((int)cases_note(errand, "rang the embassy"));
}

static int
do_reply(struct errand *errand)
{
	struct case_reply reply = { .text = "Hello" };
	unsigned parts;

	return ((int)cases_reply(errand, &reply, &parts));
}

static void
snooze(const struct caseworker *worker, int64_t for_s, int wakes_on_reply)
{
	ck_assert_int_eq(cases_snooze(errand_at(worker, 0),
			     WORLD_NOW_UTC_S + for_s, wakes_on_reply),
	    DONE);
}

/* -- replies that go once, to what was seen --------------------------------- */

MUST_USE static enum outcome
reply(const struct caseworker *worker, int64_t seen, const char *token)
{
	struct case_reply reply = {
		.text = "Are you well?", .seen = seen, .token = token
	};
	unsigned parts;

	return (cases_reply(errand_at(worker, 0), &reply, &parts));
}

static int64_t
seen_by(const struct caseworker *worker)
{
	struct case_sheet sheet;
	int64_t seen;

	ck_assert_int_eq(cases_show(errand_at(worker, 0), 0, &sheet), DONE);
	seen = sheet.seen;
	case_sheet_free(&sheet);
	return (seen);
}

START_TEST(a_reply_is_not_sent_when_the_caller_wrote_meanwhile)
{
	int64_t seen;

	claim(&world.sita, 0);
	seen = seen_by(&world.sita);
	ck_assert_int_eq(seen, CASE_SEEN_NONE);
	world_add_text(&world, REF, "He is back, do not text");
	ck_assert_int_eq(reply(&world.sita, seen, NULL), REFUSED);
	ck_assert_int_eq(world.errand.why, CASE_MOVED_ON);
	ck_assert_int_eq(world_count_outbox(&world), 0);
	ck_assert_int_eq(world_count_events(&world, REF, "replied"), 0);
	ck_assert_int_eq(reply(&world.sita, seen_by(&world.sita), NULL), DONE);
	ck_assert_int_eq(world_count_outbox(&world), 1);
}
END_TEST

START_TEST(a_reply_is_not_sent_when_a_colleague_wrote_meanwhile)
{
	int64_t seen;

	claim(&world.sita, 0);
	world_add_text(&world, REF, "Hello");
	seen = seen_by(&world.sita);
	ck_assert_int_eq(do_note(errand_at(&world.sita, 0)), DONE);
	ck_assert_int_eq(reply(&world.sita, seen, NULL), DONE);
	seen = seen_by(&world.sita);
	ck_assert_int_eq(do_note(errand_at(&world.ram, 0)), DONE);
	ck_assert_int_eq(reply(&world.sita, seen, NULL), REFUSED);
	ck_assert_int_eq(world.errand.why, CASE_MOVED_ON);
	ck_assert_int_eq(world_count_outbox(&world), 1);
}
END_TEST

START_TEST(two_windows_do_not_answer_the_same_text)
{
	int64_t seen;

	claim(&world.sita, 0);
	world_add_text(&world, REF, "Hello");
	seen = seen_by(&world.sita);
	ck_assert_int_eq(reply(&world.sita, seen, "one"), DONE);
	ck_assert_int_eq(reply(&world.sita, seen, "two"), REFUSED);
	ck_assert_int_eq(world.errand.why, CASE_MOVED_ON);
	ck_assert_int_eq(world_count_outbox(&world), 1);
}
END_TEST

START_TEST(a_form_sent_again_sends_nothing_again)
{
	claim(&world.sita, 0);
	ck_assert_int_eq(reply(&world.sita, 0, "a-form"), DONE);
	ck_assert_int_eq(reply(&world.sita, 0, "a-form"), NOTHING);
	ck_assert_int_eq(world.errand.why, CASE_SENT_ALREADY);
	ck_assert_int_eq(cases_pass(errand_at(&world.sita, 0)), DONE);
	ck_assert_int_eq(reply(&world.sita, 0, "a-form"), NOTHING);
	ck_assert_int_eq(world.errand.why, CASE_SENT_ALREADY);
	ck_assert_int_eq(world_count_outbox(&world), 1);
	ck_assert_int_eq(count_audit("replied"), 1);
}
END_TEST

START_TEST(a_form_that_was_refused_may_come_again)
{
	ck_assert_int_eq(reply(&world.sita, 0, "a-form"), REFUSED);
	claim(&world.sita, 0);
	ck_assert_int_eq(reply(&world.sita, 0, "a-form"), DONE);
}
END_TEST

/* -- labels ----------------------------------------------------------------- */

START_TEST(labels_are_kept_in_order_and_once)
{
	struct request_label_use *labels;
	size_t count;

	ck_assert_int_eq(
	    cases_label(errand_at(&world.ram, 0), " Passport "), DONE);
	ck_assert_int_eq(
	    cases_label(errand_at(&world.ram, 0), "Arabic speaker"), DONE);
	ck_assert_int_eq(
	    cases_label(errand_at(&world.sita, 0), "PASSPORT"), DONE);
	ck_assert_str_eq(
	    world_request(&world, REF).labels, "arabic speaker\npassport");
	ck_assert_int_eq(count_audit("labelled"), 2);
	ck_assert_int_eq(cases_labels(&world.sita, &labels, &count), DONE);
	ck_assert_uint_eq(count, 2);
	ck_assert_str_eq(labels[1].label, "passport");
	ck_assert_int_eq(labels[1].count, 1);
	free(labels);
	ck_assert_int_eq(
	    cases_unlabel(errand_at(&world.sita, 0), "arabic SPEAKER"), DONE);
	ck_assert_str_eq(world_request(&world, REF).labels, "passport");
	ck_assert_int_eq(
	    cases_unlabel(errand_at(&world.sita, 0), "passport"), DONE);
	ck_assert_str_eq(world_request(&world, REF).labels, "");
	ck_assert_int_eq(cases_labels(&world.sita, &labels, &count), DONE);
	ck_assert_uint_eq(count, 0);
	free(labels);
}
END_TEST

static const struct {
	const char *label;
	enum case_reason why;
} bad_labels[] = {
	{ "", CASE_EMPTY },
	{ "room 12", CASE_NOT_PLAIN },
	{ "\xe0\xa5\xa7", CASE_NOT_PLAIN }, /* Devanagari one */
	{ "one\ntwo", CASE_NOT_PLAIN },
	{ "a@b", CASE_NOT_PLAIN },
	{ "a label that is far too long for one", CASE_TOO_LONG },
	{ "caf\xe9", CASE_NOT_TEXT },
};

START_TEST(a_label_is_a_few_plain_words)
{
	ck_assert_int_eq(
	    cases_label(errand_at(&world.ram, 0), bad_labels[_i].label),
	    REFUSED);
	ck_assert_int_eq(world.errand.why, bad_labels[_i].why);
	ck_assert_str_eq(world_request(&world, REF).labels, "");
}
END_TEST

START_TEST(a_case_has_at_most_eight_labels)
{
	char label[] = "a";

	for (int i = 0; i < CASE_LABELS_MOST; i++) {
		ck_assert_int_eq(
		    cases_label(errand_at(&world.ram, 0), label), DONE);
		label[0]++;
	}
	ck_assert_int_eq(cases_label(errand_at(&world.ram, 0), label), REFUSED);
	ck_assert_int_eq(world.errand.why, CASE_LABELS_FULL);
	ck_assert_int_eq(cases_label(errand_at(&world.ram, 0), "b"), DONE);
}
END_TEST

START_TEST(labels_follow_their_case_and_go_with_it)
{
	struct case_filter filter = { .label = "Passport", .most = 10 };
	struct request request = world_request(&world, REF);
	struct request_list list;

	ck_assert_int_eq(
	    cases_label(errand_at(&world.ram, 0), "passport"), DONE);
	ck_assert_int_eq(
	    cases_list(&world.ram, &filter, WORLD_NOW_UTC_S, &list), DONE);
	ck_assert_uint_eq(list.count, 1);
	free(list.items);
	snooze(&world.ram, HOUR_S, 0);
	filter.shelf = SHELF_SNOOZED;
	ck_assert_int_eq(
	    cases_list(&world.ram, &filter, WORLD_NOW_UTC_S, &list), DONE);
	ck_assert_uint_eq(list.count, 1);
	free(list.items);
	ck_assert_int_eq(store_begin(world.store), DONE);
	ck_assert_int_eq(
	    requests_withdraw(world.store, request.id, WORLD_NOW_UTC_S), DONE);
	ck_assert_int_eq(store_commit(world.store), DONE);
	ck_assert_str_eq(world_request(&world, REF).labels, "");
	ck_assert_int_eq(store_empty_log(world.store), DONE);
	ck_assert(!world_holds(&world, "passport"));
}
END_TEST

/* -- closing ---------------------------------------------------------------- */

START_TEST(the_first_close_with_consent_makes_feedback_due_once)
{
	struct request due;

	claim(&world.sita, 0);
	ck_assert_int_eq(requests_next_feedback(world.store, &due), NOTHING);
	ck_assert_int_eq(cases_close(errand_at(&world.sita, 1), NULL), DONE);
	ck_assert_int_eq(requests_next_feedback(world.store, &due), DONE);
	ck_assert_str_eq(due.ref, REF);
	ck_assert_int_eq(store_begin(world.store), DONE);
	ck_assert_int_eq(
	    requests_set_feedback(world.store, due.id, "due", "asked"), DONE);
	ck_assert_int_eq(
	    requests_set_feedback(world.store, due.id, "due", "asked"),
	    NOTHING);
	ck_assert_int_eq(store_commit(world.store), DONE);
	ck_assert_int_eq(cases_reopen(errand_at(&world.sita, 2)), DONE);
	claim(&world.sita, 3);
	ck_assert_int_eq(cases_close(errand_at(&world.sita, 4), NULL), DONE);
	ck_assert_int_eq(requests_next_feedback(world.store, &due), NOTHING);
	ck_assert_str_eq(world_request(&world, REF).feedback, "asked");
}
END_TEST

START_TEST(nobody_without_consent_is_asked_for_feedback)
{
	struct request request = world_request(&world, REF);

	ck_assert_int_eq(store_begin(world.store), DONE);
	ck_assert_int_eq(requests_update(world.store, request.id,
			     URGENCY_NORMAL, "no", 0, NULL, WORLD_NOW_UTC_S),
	    DONE);
	ck_assert_int_eq(store_commit(world.store), DONE);
	claim(&world.sita, 0);
	ck_assert_int_eq(cases_close(errand_at(&world.sita, 1), NULL), DONE);
	ck_assert_str_eq(world_request(&world, REF).feedback, "none");
}
END_TEST

START_TEST(an_outcome_of_the_rules_is_written_as_they_have_it)
{
	static const char *const outcomes[] = { "advice given", "Referred" };
	struct case_rules rules = { .lease_s = DAY_S,
		.outcomes = outcomes,
		.outcome_count = COUNT_OF(outcomes) };
	struct caseworker worker = world.sita;

	worker.rules = &rules;
	claim(&worker, 0);
	ck_assert_int_eq(cases_close(errand_at(&worker, 1), "REFERRED"), DONE);
	ck_assert_str_eq(world_request(&world, REF).outcome, "Referred");
}
END_TEST

/* -- lists ------------------------------------------------------------------ */

/* Cases "AAAAA", "AAAAB" ... of callers of their own, of changing urgency. */
static void
add_many(int count)
{
	for (int i = 0; i < count; i++) {
		char ref[] = "AAAAA"; /* an O would be read as Q */
		char number[32];
		struct request request;

		ref[3] = (char)('A' + i / 14);
		ref[4] = (char)('A' + i % 14);
		snprintf(number, sizeof(number), "+97798000%05d", i);
		world_add_request(&world, ref, number);
		request = world_request(&world, ref);
		ck_assert_int_eq(store_begin(world.store), DONE);
		ck_assert_int_eq(requests_update(world.store, request.id,
				     (enum request_urgency)(i % 4), "yes", 0,
				     NULL, WORLD_NOW_UTC_S),
		    DONE);
		ck_assert_int_eq(store_commit(world.store), DONE);
	}
}

START_TEST(pages_follow_one_another_and_miss_nobody)
{
	struct case_filter filter = { .most = 7 };
	struct request_list list = { .has_more = 1 };
	struct request before = { .urgency = URGENCY_NOW };
	size_t seen = 0;

	add_many(60);
	while (list.has_more) {
		ck_assert_int_eq(
		    cases_list(&world.ram, &filter, WORLD_NOW_UTC_S, &list),
		    DONE);
		ck_assert_uint_le(list.count, 7);
		for (size_t i = 0; i < list.count; i++) {
			const struct request *item = &list.items[i];

			ck_assert(item->urgency < before.urgency ||
			    (item->urgency == before.urgency &&
				item->id.row > before.id.row));
			before = *item;
			seen++;
		}
		filter.after = request_place_of(&before);
		free(list.items);
	}
	ck_assert_uint_eq(seen, 61);
}
END_TEST

START_TEST(a_place_is_written_and_read_again)
{
	struct request_place place = { URGENCY_HIGH, 1234 };
	struct request_place read;

	ck_assert_str_eq(case_place_write(&place).text, "2-1234");
	ck_assert(case_place_read("2-1234", &read));
	ck_assert_int_eq(read.urgency, URGENCY_HIGH);
	ck_assert_int_eq(read.row, 1234);
	ck_assert(!case_place_read("", &read));
	ck_assert(!case_place_read("4-1", &read));
	ck_assert(!case_place_read("2-", &read));
	ck_assert(!case_place_read("2--1", &read));
	ck_assert(!case_place_read("2-1x", &read));
}
END_TEST

static const struct {
	struct case_filter filter;
	size_t count;
} filters[] = {
	{ { .most = 50 }, 4 },
	{ { .state = "open", .most = 50 }, 3 },
	{ { .state = "claimed", .most = 50 }, 1 },
	{ { .only_mine = 1, .most = 50 }, 2 },
	{ { .shelf = SHELF_SNOOZED, .most = 50 }, 1 },
	{ { .shelf = SHELF_ENDED, .most = 50 }, 1 },
	{ { .shelf = SHELF_ANY, .most = 50 }, 6 },
	{ { .shelf = SHELF_ANY, .state = "closed", .most = 50 }, 1 },
	{ { .corridor = "nepal-gulf", .most = 50 }, 4 },
	{ { .corridor = "nowhere", .most = 50 }, 0 },
	{ { .language = "ne", .most = 50 }, 4 },
	{ { .language = "ne",
	      .corridor = "nepal-gulf",
	      .label = "minor",
	      .state = "open",
	      .most = 50 },
	    1 },
	{ { .label = "minor", .most = 50 }, 1 },
	{ { .shelf = SHELF_ANY, .label = "minor", .most = 50 }, 2 },
	{ { .label = "nothing", .most = 50 }, 0 },
};

/* KM7P4 and AAAAA to AAAAE: of Ram AAAAA, and AAAAB asleep; AAAAC is closed
 * and has a label, as has AAAAD. */
static void
prepare_filters(void)
{
	add_many(5);
	ck_assert_int_eq(
	    cases_claim(world_errand(&world, &world.ram, "AAAAA")), DONE);
	ck_assert_int_eq(
	    cases_claim(world_errand(&world, &world.ram, "AAAAB")), DONE);
	ck_assert_int_eq(cases_snooze(world_errand(&world, &world.ram, "AAAAB"),
			     WORLD_NOW_UTC_S + DAY_S, 0),
	    DONE);
	ck_assert_int_eq(
	    cases_claim(world_errand(&world, &world.sita, "AAAAC")), DONE);
	ck_assert_int_eq(
	    cases_label(world_errand(&world, &world.sita, "AAAAC"), "minor"),
	    DONE);
	ck_assert_int_eq(
	    cases_close(world_errand(&world, &world.sita, "AAAAC"), NULL),
	    DONE);
	ck_assert_int_eq(
	    cases_label(world_errand(&world, &world.sita, "AAAAD"), "minor"),
	    DONE);
}

START_TEST(a_list_holds_what_its_filter_says)
{
	struct request_list list;

	prepare_filters();
	ck_assert_int_eq(
	    cases_list(&world.ram, &filters[_i].filter, WORLD_NOW_UTC_S, &list),
	    DONE);
	ck_assert_uint_eq(list.count, filters[_i].count);
	ck_assert_int_eq(list.has_more, 0);
	free(list.items);
}
END_TEST

/* -- health ----------------------------------------------------------------- */

static struct case_health
health_at(int64_t after_s, const char *lines)
{
	struct case_health health;

	memset(&health, 0xa5, sizeof(health));
	ck_assert_int_eq(cases_health(&world.sita, lines,
			     WORLD_NOW_UTC_S + after_s, &health),
	    DONE);
	return (health);
}

START_TEST(the_light_says_how_long_somebody_waits)
{
	static const char up[] = "demo\tup\tup\t-1\t0\n";

	ck_assert_int_eq(health_at(60, up).light, CASE_LIGHT_GREEN);
	ck_assert_int_eq(health_at(60, up).waits_s, 60);
	ck_assert_int_eq(health_at(HOUR_S + 1, up).light, CASE_LIGHT_YELLOW);
	ck_assert_int_eq(health_at(DAY_S + 1, up).light, CASE_LIGHT_RED);
	ck_assert_int_eq(health_at(60, NULL).light, CASE_LIGHT_YELLOW);
	ck_assert_int_eq(
	    health_at(60, "a\tup\tup\t9\t0\nb\tresting\taway\t-1\t0\n").light,
	    CASE_LIGHT_RED);
	ck_assert_int_eq(
	    health_at(60, "a\tup\tup\t9\t0\nb\tresting\taway\t-1\t0\n").lines,
	    2);
	claim(&world.sita, 0);
	ck_assert_int_eq(do_reply(errand_at(&world.sita, 0)), DONE);
	ck_assert_int_eq(health_at(60, up).waits_s, 0);
	world_add_text(&world, REF, "Thank you");
	ck_assert_int_eq(health_at(60, up).counts.unread, 1);
	ck_assert_int_eq(health_at(60, up).waits_s, 60);
}
END_TEST

START_TEST(who_passes_a_case_back_leaves_somebody_waiting)
{
	claim(&world.sita, 0);
	ck_assert_int_eq(do_reply(errand_at(&world.sita, 0)), DONE);
	ck_assert_int_eq(cases_pass(errand_at(&world.sita, 10)), DONE);
	ck_assert_int_eq(health_at(60, NULL).waits_s, 50);
}
END_TEST

static Suite *
suite_of_case_list(void)
{
	Suite *suite = suite_create("case list");
	TCase *tcase = cases_tcase(suite);

	tcase_add_test(
	    tcase, a_reply_is_not_sent_when_the_caller_wrote_meanwhile);
	tcase_add_test(
	    tcase, a_reply_is_not_sent_when_a_colleague_wrote_meanwhile);
	tcase_add_test(tcase, two_windows_do_not_answer_the_same_text);
	tcase_add_test(tcase, a_form_sent_again_sends_nothing_again);
	tcase_add_test(tcase, a_form_that_was_refused_may_come_again);
	tcase_add_test(tcase, labels_are_kept_in_order_and_once);
	tcase_add_loop_test(
	    tcase, a_label_is_a_few_plain_words, 0, COUNT_OF(bad_labels));
	tcase_add_test(tcase, a_case_has_at_most_eight_labels);
	tcase_add_test(tcase, labels_follow_their_case_and_go_with_it);
	tcase_add_test(
	    tcase, the_first_close_with_consent_makes_feedback_due_once);
	tcase_add_test(tcase, nobody_without_consent_is_asked_for_feedback);
	tcase_add_test(
	    tcase, an_outcome_of_the_rules_is_written_as_they_have_it);
	tcase_add_test(tcase, pages_follow_one_another_and_miss_nobody);
	tcase_add_test(tcase, a_place_is_written_and_read_again);
	tcase_add_loop_test(
	    tcase, a_list_holds_what_its_filter_says, 0, COUNT_OF(filters));
	tcase_add_test(tcase, the_light_says_how_long_somebody_waits);
	tcase_add_test(tcase, who_passes_a_case_back_leaves_somebody_waiting);
	return (suite);
}

CHECK_MAIN(suite_of_case_list);
