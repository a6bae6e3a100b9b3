/* Texts between lines, caps that wait in the store, and the share that each
 * class of texts has: the outbox and the hub's departures with a store.
 */
#include "gateway/hub/children.h"
#include "gateway/hub/departures.h"
#include "gateway/hub/fail_over.h"
#include "gateway/hub/spending.h"
#include "tests/store_fixture.h"

enum {
	NOW_UTC_S = 1795262400,
	DAY_S = 86400,
	LINES = 16,
};

static struct hub *hub;
static char names[LINES][8];
static char corridor[] = "nepal-gulf";
static char kind[] = "demo";
static char zone[] = "UTC+0";
static char nothing[] = "";
static char price[] = "0.05";
static char cap_of_money[] = "1";
static struct line_settings settings[LINES];

static void
open_hub(void)
{
	fixture_open();
	hub = memory_new(1, sizeof(*hub));
	hub->store = fixture_store;
	hub->box_key = fixture_box;
	hub->settings.part_price = nothing;
	hub->settings.spending = (struct spending_settings){ nothing, 0, zone };
	hub->children = memory_new(LINES, sizeof(*hub->children));
	hub->child_count = LINES;
	for (size_t i = 0; i < LINES; i++) {
		struct child *child = &hub->children[i];

		snprintf(names[i], sizeof(names[i]), "line-%zu", i);
		settings[i] = (struct line_settings){ .name = names[i],
			.kind = kind,
			.corridor = corridor,
			.zone = zone,
			.part_price = nothing,
			.spend_cap = nothing,
			.reserve = 2,
			.fail_over_after_s = 600 };
		child->line = &settings[i];
		child->state = CHILD_UP;
		child->device_is_up = 1;
		child->window = 2;
		child->in_flight = memory_new(64, sizeof(uint64_t));
	}
}

static void
begin(void)
{
	MUST(spending_open(hub, NOW_UTC_S));
	MUST(store_begin(fixture_store));
}

static void
close_hub(void)
{
	store_rollback(fixture_store);
	departures_forget(hub);
	spending_close(hub);
	for (size_t i = 0; i < LINES; i++)
		free(hub->children[i].in_flight);
	free(hub->children);
	free(hub);
	fixture_close();
}

static void
add_caller(int n, const char *line)
{
	struct person person = person_of(n);
	struct caller caller = { .key = person.key,
		.corridor = "nepal-gulf",
		.language = "en",
		.last_utc_s = NOW_UTC_S };

	snprintf(caller.line, sizeof(caller.line), "%s", line);
	MUST(callers_put(fixture_store, &caller, &person.number));
}

static struct outbox_id
add(enum outbox_kind what, enum outbox_need need, int n, size_t line)
{
	struct person person = person_of(n);
	struct outgoing outgoing = { .kind = what,
		.need = need,
		.line = names[line],
		.caller = &person.key,
		.number = &person.number,
		.text = "words",
		.now_utc_s = NOW_UTC_S - 10 };
	struct outbox_id id;

	MUST(outbox_add(fixture_store, &outgoing, OUTBOX_QUEUED, &id));
	hub->children[line].has_backlog = 1;
	hub->children[line].backlog_utc_s = 0;
	return (id);
}

/* Takes one due text of a line, as it is; row 0 when there is none. */
static struct outbox_row
take(size_t line, int64_t now_utc_s)
{
	struct outbox_turn turn = { names[line], now_utc_s, 1, 0, NULL };
	struct outbox_row row = { 0 };
	size_t count = 0;

	MUST(outbox_take(fixture_store, &turn, &row, &count));
	text_free(&row.text);
	return (row);
}

static int64_t
carry(size_t from, size_t to, const char *of)
{
	const struct outbox_detour detour = { names[from], names[to], of, 100 };
	int64_t count = -1;

	MUST(outbox_fail_over(fixture_store, &detour, &count));
	return (count);
}

static int64_t
come_back(size_t line)
{
	int64_t count = -1;

	MUST(outbox_come_back(fixture_store, names[line], &count));
	return (count);
}

/* -- over and back ---------------------------------------------------------------- */

START_TEST(what_waits_is_carried_in_its_order_and_marked)
{
	struct outbox_row row;

	begin();
	add_caller(1, names[0]);
	add(OUTBOX_ANSWER, NEED_ORDINARY, 1, 0);
	add(OUTBOX_REPLY, NEED_ORDINARY, 1, 0);
	ck_assert_int_eq(carry(0, 1, corridor), 2);
	ck_assert_int_eq(take(0, NOW_UTC_S).id.row, 0);
	row = take(1, NOW_UTC_S);
	ck_assert_int_eq(row.kind, OUTBOX_ANSWER);
	ck_assert(row.is_carried);
	/* The second waits for the first, there as well. */
	ck_assert_int_eq(take(1, NOW_UTC_S).id.row, 0);
	MUST(outbox_sent(fixture_store, row.id, NOW_UTC_S));
	ck_assert_int_eq(take(1, NOW_UTC_S).kind, OUTBOX_REPLY);
}
END_TEST

START_TEST(what_has_not_left_returns_to_its_line)
{
	struct outbox_row row;

	begin();
	add_caller(1, names[0]);
	add_caller(2, names[0]);
	add_caller(3, names[0]);
	add(OUTBOX_ANSWER, NEED_ORDINARY, 1, 0);
	add(OUTBOX_ANSWER, NEED_ORDINARY, 2, 0);
	add(OUTBOX_ANSWER, NEED_ORDINARY, 3, 0);
	ck_assert_int_eq(carry(0, 1, corridor), 3);
	row = take(1, NOW_UTC_S);
	/* A second line dies as well: they go on, and belong where they did. */
	ck_assert_int_eq(carry(1, 2, corridor), 2);
	ck_assert_int_eq(come_back(1), 0);
	ck_assert_int_eq(come_back(0), 2);
	ck_assert(!take(0, NOW_UTC_S).is_carried);
	/* What is on its way stays where it is. */
	MUST(outbox_return(fixture_store, row.id));
	ck_assert_int_eq(take(1, NOW_UTC_S).id.row, row.id.row);
}
END_TEST

/* What may never go by another line, one by one. */
START_TEST(what_has_begun_or_is_not_allowed_stays)
{
	struct outbox_id id;

	begin();
	add_caller(1, names[0]);
	add_caller(2, names[0]);
	add_caller(3, names[0]);
	/* its first segment is out */
	id = add(OUTBOX_ANSWER, NEED_ORDINARY, 1, 0);
	ck_assert_int_eq(take(0, NOW_UTC_S).id.row, id.row);
	MUST(outbox_part_sent(fixture_store, id, 1));
	MUST(outbox_failed(fixture_store, id, TRY_LATER, NOW_UTC_S));
	/* and what its caller gets after it */
	add(OUTBOX_REPLY, NEED_ORDINARY, 1, 0);
	/* being sent, and what comes after it */
	id = add(OUTBOX_ANSWER, NEED_ORDINARY, 2, 0);
	ck_assert_int_eq(take(0, NOW_UTC_S).id.row, id.row);
	add(OUTBOX_ANSWER, NEED_ORDINARY, 2, 0);
	/* held by the gate */
	id = add(OUTBOX_REPLY, NEED_ORDINARY, 3, 0);
	ck_assert_int_eq(take(0, NOW_UTC_S).id.row, id.row);
	MUST(outbox_hold(fixture_store, id, NOW_UTC_S + 100));
	/* of somebody nobody knows, of another corridor, and for staff */
	add(OUTBOX_ANSWER, NEED_ORDINARY, 4, 0);
	add(OUTBOX_ALARM, NEED_ORDINARY, 5, 0);
	ck_assert_int_eq(carry(0, 1, corridor), 0);
	ck_assert_int_eq(carry(0, 1, "elsewhere"), 0);
	/* what is for staff goes, and nothing else with it */
	ck_assert_int_eq(carry(0, 1, NULL), 1);
	ck_assert_int_eq(take(1, NOW_UTC_S).kind, OUTBOX_ALARM);
	ck_assert_int_eq(take(1, NOW_UTC_S).id.row, 0);
}
END_TEST

START_TEST(a_sent_text_says_which_line_it_left_by)
{
	struct outbox_queue queues[OUTBOX_KINDS];
	struct outbox_row row;

	begin();
	add_caller(1, names[0]);
	add(OUTBOX_ANSWER, NEED_ORDINARY, 1, 0);
	ck_assert_int_eq(carry(0, 1, corridor), 1);
	MUST(outbox_queues(fixture_store, queues));
	ck_assert_int_eq(queues[OUTBOX_ANSWER].count, 1);
	ck_assert_int_eq(queues[OUTBOX_ANSWER].carried, 1);
	ck_assert_int_eq(queues[OUTBOX_ANSWER].oldest_utc_s, NOW_UTC_S - 10);
	row = take(1, NOW_UTC_S);
	MUST(outbox_sent(fixture_store, row.id, NOW_UTC_S));
	MUST(outbox_queues(fixture_store, queues));
	ck_assert_int_eq(queues[OUTBOX_ANSWER].count, 0);
	ck_assert_int_eq(come_back(0), 0);
}
END_TEST

/* -- caps in the store ---------------------------------------------------------------- */

static int
take_all(int64_t now_utc_s)
{
	size_t before = hub->after_count;

	for (size_t i = 0; i < LINES; i++) {
		hub->children[i].has_backlog = 1;
		hub->children[i].backlog_utc_s = 0;
	}
	MUST(departures_take(hub, now_utc_s));
	return ((int)(hub->after_count - before));
}

START_TEST(what_waits_for_a_cap_holds_up_nobody_in_need)
{
	struct outbox_queue queues[OUTBOX_KINDS];

	settings[0].day_cap = 4; /* two of them kept back */
	hub->children[0].window = 64;
	begin();
	for (int i = 1; i <= 5; i++)
		add(OUTBOX_ANSWER, NEED_ORDINARY, i, 0);
	ck_assert_int_eq(take_all(NOW_UTC_S), 2);
	MUST(outbox_queues(fixture_store, queues));
	ck_assert_int_eq(queues[OUTBOX_ANSWER].capped, 3);
	ck_assert(hub->children[0].caps.is_spent);
	ck_assert_int_eq(
	    hub->children[0].backlog_utc_s, (NOW_UTC_S / DAY_S + 1) * DAY_S);
	/* Caller 5 waits; now they ask for help, and go on. */
	add(OUTBOX_ANSWER, NEED_PERSON, 5, 0);
	ck_assert_int_eq(take_all(NOW_UTC_S), 1);
	add(OUTBOX_ANSWER, NEED_PERSON, 6, 0);
	add(OUTBOX_ANSWER, NEED_PERSON, 7, 0);
	ck_assert_int_eq(take_all(NOW_UTC_S), 1);
	/* Over every cap. */
	add(OUTBOX_ANSWER, NEED_FIRST, 8, 0);
	ck_assert_int_eq(take_all(NOW_UTC_S), 1);
	store_rollback(fixture_store);
}
END_TEST

START_TEST(the_next_day_everything_goes_on_and_a_restart_forgets_nothing)
{
	struct line_day day;

	settings[0].day_cap = 4;
	hub->children[0].window = 64;
	begin();
	for (int i = 1; i <= 6; i++)
		add(OUTBOX_ANSWER, NEED_ORDINARY, i, 0);
	ck_assert_int_eq(take_all(NOW_UTC_S), 2);
	MUST(store_commit(fixture_store));
	/* Started again on the same day: the first look makes them due, and the
	 * counts that are in the store hold them. */
	spending_close(hub);
	MUST(spending_open(hub, NOW_UTC_S));
	hub->spending_ms = 0;
	MUST(spending_tend(hub, NOW_UTC_S + 60, 0));
	MUST(store_begin(fixture_store));
	MUST(line_days_get(fixture_store, names[0], NOW_UTC_S / DAY_S, &day));
	ck_assert_int_eq(day.texts, 2);
	ck_assert_int_eq(take_all(NOW_UTC_S + 60), 0);
	MUST(store_commit(fixture_store));
	/* A clock that jumps a day ahead and back finds each day's counts. */
	hub->spending_ms = 0;
	MUST(spending_tend(hub, NOW_UTC_S + DAY_S, 0));
	MUST(store_begin(fixture_store));
	ck_assert_int_eq(take_all(NOW_UTC_S + DAY_S), 2);
	MUST(store_commit(fixture_store));
	hub->spending_ms = 0;
	MUST(spending_tend(hub, NOW_UTC_S, 0));
	MUST(store_begin(fixture_store));
	ck_assert_int_eq(take_all(NOW_UTC_S), 0);
}
END_TEST

START_TEST(segments_are_counted_not_texts)
{
	struct person person = person_of(1);
	struct outgoing outgoing = { .kind = OUTBOX_ANSWER,
		.line = names[0],
		.caller = &person.key,
		.number = &person.number,
		.text = "नमस्ते नमस्ते नमस्ते नमस्ते नमस्ते नमस्ते नमस्ते नमस्ते नमस्ते नमस्ते नमस्ते"
			" नमस्ते नमस्ते",
		.now_utc_s = NOW_UTC_S };
	struct outbox_id id;
	struct line_day day;

	settings[0].part_price = price;
	settings[0].spend_cap = cap_of_money; /* twenty segments */
	settings[0].reserve = 0;
	begin();
	MUST(outbox_add(fixture_store, &outgoing, OUTBOX_QUEUED, &id));
	ck_assert_int_eq(take_all(NOW_UTC_S), 1);
	MUST(line_days_get(fixture_store, names[0], NOW_UTC_S / DAY_S, &day));
	ck_assert_int_eq(day.texts, 1);
	ck_assert_int_eq(day.parts, 2);
	ck_assert_int_eq(day.spent, 100000);
	/* One went out, the other did not: that is taken back. */
	MUST(outbox_part_sent(fixture_store, id, 1));
	hub->results[hub->result_count++] =
	    (struct result){ .kind = LINE_FAILED, .id = id, .how = TRY_LATER };
	MUST(departures_settle(hub, NOW_UTC_S));
	MUST(line_days_get(fixture_store, names[0], NOW_UTC_S / DAY_S, &day));
	ck_assert_int_eq(day.parts, 1);
	ck_assert_int_eq(day.spent, 50000);
}
END_TEST

START_TEST(no_day_costs_more_than_its_cap_but_for_first_answers)
{
	static char all[] = "2";
	struct line_day all_day;
	int64_t spent = 0;

	srandom(4);
	hub->settings.spending = (struct spending_settings){ all, 5, zone };
	for (size_t i = 0; i < LINES; i++) {
		settings[i].part_price = price;
		settings[i].spend_cap = cap_of_money;
		hub->children[i].window = 64;
	}
	begin();
	for (int i = 0; i < 400; i++)
		add(random() % 2 ? OUTBOX_ANSWER : OUTBOX_FEEDBACK,
		    random() % 4 == 0 ? NEED_PERSON : NEED_ORDINARY, i,
		    (size_t)(random() % LINES));
	ck_assert_int_gt(take_all(NOW_UTC_S), 30);
	MUST(line_days_get(
	    fixture_store, LINE_DAYS_ALL, NOW_UTC_S / DAY_S, &all_day));
	for (size_t i = 0; i < LINES; i++) {
		struct line_day day;

		MUST(line_days_get(
		    fixture_store, names[i], NOW_UTC_S / DAY_S, &day));
		ck_assert_int_le(day.spent, 1000000);
		spent += day.spent;
	}
	ck_assert_int_eq(all_day.spent, spent);
	ck_assert_int_le(spent, 2000000);
	ck_assert_int_eq(take_all(NOW_UTC_S), 0);
}
END_TEST

START_TEST(no_number_of_first_answers_holds_up_an_alarm)
{
	struct outbox_id alarm;
	int place = 0;

	begin();
	for (int i = 0; i < 100; i++)
		add(OUTBOX_ANSWER, NEED_FIRST, i, 0);
	alarm = add(OUTBOX_ALARM, NEED_ORDINARY, 200, 0);
	for (unsigned turn = 0; place == 0 && turn < 8; turn++) {
		struct outbox_turn one = { names[0], NOW_UTC_S, 1, turn, NULL };
		struct outbox_row row = { 0 };
		size_t count = 0;

		MUST(outbox_take(fixture_store, &one, &row, &count));
		if (row.id.row == alarm.row)
			place = (int)turn + 1;
		outbox_row_free(&row);
	}
	ck_assert_int_ge(place, 1);
	ck_assert_int_le(place, 2);
}
END_TEST

START_TEST(the_first_answer_to_help_overtakes_its_callers_others)
{
	struct outbox_id help;

	begin();
	add(OUTBOX_ANSWER, NEED_ORDINARY, 1, 0);
	add(OUTBOX_ANSWER, NEED_ORDINARY, 1, 0);
	help = add(OUTBOX_ANSWER, NEED_FIRST, 1, 0);
	/* The second turn is staff's, and of those in need. */
	hub->children[0].turn = 1;
	hub->children[0].window = 1;
	ck_assert_int_eq(take_all(NOW_UTC_S), 1);
	ck_assert_int_eq(hub->after[0].id.row, help.row);
}
END_TEST

/* -- shares and windows ------------------------------------------------------------------ */

START_TEST(under_a_flood_of_answers_each_class_keeps_its_share)
{
	enum { ROUNDS = 400, OTHERS = 40 };
	int others_left = 0, last_other = 0;

	begin();
	for (int i = 0; i < OTHERS; i++)
		add(i % 2 ? OUTBOX_FOLLOWUP : OUTBOX_REPLY, NEED_ORDINARY,
		    90000 + i, 0);
	for (int i = 0; i < ROUNDS; i++) {
		struct outbox_turn turn = { names[0], NOW_UTC_S, 1, (unsigned)i,
			NULL };
		struct outbox_row row = { 0 };
		size_t count = 0;

		/* Two come for each that leaves. */
		add(OUTBOX_ANSWER, NEED_ORDINARY, 2 * i, 0);
		add(OUTBOX_ANSWER, NEED_ORDINARY, 2 * i + 1, 0);
		MUST(outbox_take(fixture_store, &turn, &row, &count));
		ck_assert_uint_eq(count, 1);
		if (row.kind != OUTBOX_ANSWER) {
			others_left++;
			last_other = i;
		}
		MUST(outbox_sent(fixture_store, row.id, NOW_UTC_S));
		outbox_row_free(&row);
	}
	/* Each of the two classes has one turn in eight. */
	ck_assert_int_eq(others_left, OTHERS);
	ck_assert_int_le(last_other, 8 * OTHERS / 2);
}
END_TEST

/* Ends the oldest text of a line, as its word would. */
static void
end_one(size_t line)
{
	struct child *child = &hub->children[line];
	uint64_t id = child->in_flight[0];

	memmove(child->in_flight, child->in_flight + 1,
	    (--child->in_flight_count) * sizeof(*child->in_flight));
	hub->results[hub->result_count++] =
	    (struct result){ .kind = LINE_SENT, .id = { (int64_t)id } };
}

/* What departures_release_and_send() does with what was noted. */
static void
hand_over_noted(void)
{
	for (size_t i = 0; i < hub->after_count; i++) {
		struct child *child = &hub->children[hub->after[i].child];

		child->in_flight[child->in_flight_count++] =
		    (uint64_t)hub->after[i].id.row;
		ck_assert_uint_le(
		    child->in_flight_count, (size_t)child->window);
	}
	departures_forget(hub);
}

START_TEST(a_line_has_its_next_text_before_the_last_one_ends)
{
	enum { TEXTS = 12 };

	begin();
	for (int i = 0; i < LINES * TEXTS; i++)
		add(OUTBOX_ANSWER, NEED_ORDINARY, i, (size_t)i % LINES);
	take_all(NOW_UTC_S);
	hand_over_noted();
	for (int n = 0; n < TEXTS; n++) {
		/* One text of each ends; in the same round the next is there. */
		for (size_t i = 0; i < LINES; i++) {
			int left = TEXTS - n;
			int wanted = left < 2 ? left : 2;

			ck_assert_int_eq(
			    (int)hub->children[i].in_flight_count, wanted);
			end_one(i);
		}
		MUST(departures_settle(hub, NOW_UTC_S));
		hub->result_count = 0;
		MUST(departures_take(hub, NOW_UTC_S));
		hand_over_noted();
	}
	for (size_t i = 0; i < LINES; i++)
		ck_assert_uint_eq(hub->children[i].in_flight_count, 0);
}
END_TEST

START_TEST(a_pace_holds_a_line_and_no_other)
{
	settings[0].pace_per_minute = 3;
	hub->children[0].window = 64;
	hub->children[1].window = 64;
	begin();
	for (int i = 0; i < 40; i++)
		add(OUTBOX_ANSWER, NEED_ORDINARY, i, (size_t)i % 2);
	ck_assert_int_eq(take_all(NOW_UTC_S), 3 + 20);
	ck_assert_int_eq(take_all(NOW_UTC_S), 0);
	ck_assert(!child_can_send(&hub->children[0]));
	ck_assert(child_is_well(&hub->children[0]));
}
END_TEST

/* -- too old -------------------------------------------------------------------------------- */

START_TEST(an_automatic_answer_grows_stale_and_nothing_else_does)
{
	struct outbox_row row;
	struct outbox_id stale;
	int64_t added_utc_s = 0;

	begin();
	stale = add(OUTBOX_ANSWER, NEED_PERSON, 1, 0);
	add(OUTBOX_ANSWER, NEED_FIRST, 2, 0);
	add(OUTBOX_REPLY, NEED_ORDINARY, 3, 0);
	add(OUTBOX_FOLLOWUP, NEED_ORDINARY, 4, 0);
	ck_assert_int_eq(outbox_next_stale(
			     fixture_store, NOW_UTC_S - 10, &row, &added_utc_s),
	    NOTHING);
	MUST(outbox_next_stale(fixture_store, NOW_UTC_S, &row, &added_utc_s));
	ck_assert_int_eq(row.id.row, stale.row);
	ck_assert_int_eq(added_utc_s, NOW_UTC_S - 10);
	ck_assert_str_eq(row.line, names[0]);
	ck_assert_str_eq(text_string(&row.text), "words");
	ck_assert_str_eq(row.number.e164, person_of(1).number.e164);
	outbox_row_free(&row);
	MUST(outbox_end_stale(fixture_store, stale, NOW_UTC_S));
	ck_assert_int_eq(
	    outbox_next_stale(fixture_store, NOW_UTC_S, &row, &added_utc_s),
	    NOTHING);
}
END_TEST

static Suite *
suite_of_carried(void)
{
	Suite *suite = suite_create("carried");
	TCase *tcase = tcase_create("store");

	tcase_add_checked_fixture(tcase, open_hub, close_hub);
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, what_waits_is_carried_in_its_order_and_marked);
	tcase_add_test(tcase, what_has_not_left_returns_to_its_line);
	tcase_add_test(tcase, what_has_begun_or_is_not_allowed_stays);
	tcase_add_test(tcase, a_sent_text_says_which_line_it_left_by);
	tcase_add_test(tcase, what_waits_for_a_cap_holds_up_nobody_in_need);
	tcase_add_test(tcase,
	    the_next_day_everything_goes_on_and_a_restart_forgets_nothing);
	tcase_add_test(tcase, segments_are_counted_not_texts);
	tcase_add_test(
	    tcase, no_day_costs_more_than_its_cap_but_for_first_answers);
	tcase_add_test(tcase, no_number_of_first_answers_holds_up_an_alarm);
	tcase_add_test(
	    tcase, the_first_answer_to_help_overtakes_its_callers_others);
	tcase_add_test(
	    tcase, under_a_flood_of_answers_each_class_keeps_its_share);
	tcase_add_test(
	    tcase, a_line_has_its_next_text_before_the_last_one_ends);
	tcase_add_test(tcase, a_pace_holds_a_line_and_no_other);
	tcase_add_test(
	    tcase, an_automatic_answer_grows_stale_and_nothing_else_does);
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(suite_of_carried);
