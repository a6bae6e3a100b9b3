/* Troubles of lines: when one begins and ends, what is said, to whom, by which
 * line, and how often.
 */
#include "gateway/hub/line_alarms.h"

#include "gateway/hub/alarms.h"
#include "gateway/text/segments.h"
#include "tests/store_fixture.h"

enum {
	NOW_UTC_S = 1795262400,
	HOUR_S = 3600,
	DAY_S = 86400,
	LINES = 3,
};

/* -- seeing ------------------------------------------------------------------- */

#define WELL \
	.well_s = 100, .sim = SIM_READY, .credit = "none", .credit_days = -1, \
	.credit_days_least = 7, .storage_percent = 10, .away_most_s = 900

static const struct {
	enum trouble_kind kind;
	enum sight sight;
	struct line_sight line;
} sights[] = {
	{ TROUBLE_AWAY, SIGHT_WELL, { WELL } },
	{ TROUBLE_AWAY, SIGHT_UNKNOWN,
	    { .away_s = 899, .away_most_s = 900, .credit = "none" } },
	{ TROUBLE_AWAY, SIGHT_TROUBLE,
	    { .away_s = 900, .away_most_s = 900, .credit = "none" } },
	{ TROUBLE_AWAY, SIGHT_TROUBLE,
	    { .away_s = 1,
		.away_most_s = 900,
		.needs_hand = 1,
		.credit = "none" } },
	/* Up for a moment only. */
	{ TROUBLE_AWAY, SIGHT_UNKNOWN,
	    { .well_s = 59, .away_most_s = 900, .credit = "none" } },
	{ TROUBLE_AWAY, SIGHT_WELL,
	    { .well_s = 60, .away_most_s = 900, .credit = "none" } },
	{ TROUBLE_SIM, SIGHT_WELL, { WELL } },
	{ TROUBLE_SIM, SIGHT_TROUBLE,
	    { .sim = SIM_PIN_WAS_WRONG, .credit = "none" } },
	{ TROUBLE_SIM, SIGHT_TROUBLE,
	    { .sim = SIM_WANTS_PUK, .credit = "none" } },
	{ TROUBLE_SIM, SIGHT_TROUBLE,
	    { .sim = SIM_MISSING, .credit = "none" } },
	/* A restart: nobody knows yet. */
	{ TROUBLE_SIM, SIGHT_UNKNOWN,
	    { .sim = SIM_UNKNOWN, .credit = "none" } },
	{ TROUBLE_SIM, SIGHT_UNKNOWN,
	    { .sim = SIM_WANTS_PIN, .credit = "none" } },
	{ TROUBLE_SIM, SIGHT_WELL, { .well_s = 1, .credit = "none" } },
	{ TROUBLE_CREDIT, SIGHT_WELL, { WELL } },
	{ TROUBLE_CREDIT, SIGHT_WELL, { .credit = "enough" } },
	{ TROUBLE_CREDIT, SIGHT_UNKNOWN, { .credit = "unknown" } },
	{ TROUBLE_CREDIT, SIGHT_TROUBLE, { .credit = "low" } },
	{ TROUBLE_CREDIT, SIGHT_TROUBLE, { .credit = "unread" } },
	{ TROUBLE_EXPIRY, SIGHT_WELL, { WELL } },
	{ TROUBLE_EXPIRY, SIGHT_UNKNOWN,
	    { .credit = "enough", .credit_days = -1, .credit_days_least = 7 } },
	{ TROUBLE_EXPIRY, SIGHT_WELL,
	    { .credit = "enough", .credit_days = 8, .credit_days_least = 7 } },
	{ TROUBLE_EXPIRY, SIGHT_TROUBLE,
	    { .credit = "enough", .credit_days = 7, .credit_days_least = 7 } },
	{ TROUBLE_EXPIRY, SIGHT_TROUBLE,
	    { .credit = "enough", .credit_days = 0, .credit_days_least = 7 } },
	{ TROUBLE_EXPIRY, SIGHT_WELL,
	    { .credit = "enough", .credit_days = 0, .credit_days_least = 0 } },
	{ TROUBLE_STORAGE, SIGHT_WELL, { WELL } },
	{ TROUBLE_STORAGE, SIGHT_UNKNOWN,
	    { .credit = "none", .storage_percent = -1 } },
	{ TROUBLE_STORAGE, SIGHT_UNKNOWN,
	    { .credit = "none", .storage_percent = 79 } },
	{ TROUBLE_STORAGE, SIGHT_TROUBLE,
	    { .credit = "none", .storage_percent = 80 } },
	{ TROUBLE_STORAGE, SIGHT_WELL,
	    { .credit = "none", .storage_percent = 69 } },
	{ TROUBLE_CAP, SIGHT_WELL, { WELL } },
	{ TROUBLE_CAP, SIGHT_TROUBLE, { .credit = "none", .is_spent = 1 } },
};

START_TEST(a_trouble_begins_and_ends_where_the_table_says)
{
	ck_assert_int_eq(line_alarm_see(&sights[_i].line, sights[_i].kind),
	    sights[_i].sight);
}
END_TEST

START_TEST(the_waits_grow_and_end_at_a_week)
{
	int64_t before_s = 0;

	for (int rounds = 1; rounds < 20; rounds++) {
		ck_assert_int_ge(line_alarm_wait_s(rounds), before_s);
		before_s = line_alarm_wait_s(rounds);
	}
	ck_assert_int_eq(line_alarm_wait_s(0), 0);
	ck_assert_int_eq(line_alarm_wait_s(1), 4 * HOUR_S);
	ck_assert_int_eq(before_s, 7 * DAY_S);
}
END_TEST

START_TEST(every_text_fits_two_sms_and_names_its_line)
{
	static const char *const causes[] = { "", "no network", "no SIM",
		"does not answer", "another process holds it" };

	for (int kind = 0; kind < TROUBLE_KINDS; kind++) {
		for (size_t i = 0; i < COUNT_OF(causes) * 12; i++) {
			struct told_trouble told[12];
			struct text words = { 0 };
			enum alphabet alphabet;
			unsigned units;

			for (size_t n = 0; n < 12; n++) {
				told[n] = (struct told_trouble){
					.cause = causes[i % COUNT_OF(causes)],
					.credit_days = 7,
					.since_s = 100000
				};
				told[n].trouble.kind = (enum trouble_kind)kind;
				snprintf(told[n].trouble.line,
				    sizeof(told[n].trouble.line), "%s",
				    kind == TROUBLE_DISK
					? ""
					: "a-line-with-a-name-of-31-lette");
			}
			line_alarm_write(told, i / COUNT_OF(causes) + 1,
			    (int)(i % 2), &words);
			ck_assert_uint_le(
			    segments_count(words.bytes, &alphabet, &units), 2);
			ck_assert_int_eq(alphabet, ALPHABET_GSM);
			ck_assert_ptr_nonnull(strstr(words.bytes,
			    kind == TROUBLE_DISK
				? "box"
				: "line a-line-with-a-name-of-31-lette"));
			text_free(&words);
		}
	}
}
END_TEST

/* -- at work ------------------------------------------------------------------- */

static struct hub *hub;
static char names[LINES][8];
static char corridor[] = "nepal-gulf", kind[] = "demo", zone[] = "UTC+0",
	    nothing[] = "", to[] = "technicians", high[] = "high";
static struct line_settings settings[LINES];
static int64_t now_utc_s;

static int64_t
add_staff(const char *name, const char *role, int phone)
{
	struct person person = person_of(phone);
	const struct staff_duty duty = { 1, 0, 0 };
	struct staff staff;

	MUST(staff_add(fixture_store, name, role, "a password for tests",
	    fixture_secret, 1000));
	MUST(staff_find(fixture_store, name, &staff));
	MUST(staff_set_duty(fixture_store, staff.id, &duty));
	MUST(staff_set_phone(fixture_store, staff.id, &person.number, ""));
	return (staff.id);
}

static void
open_hub(void)
{
	fixture_open();
	hub = memory_new(1, sizeof(*hub));
	hub->store = fixture_store;
	hub->box_key = fixture_box;
	hub->settings.store_path = fixture_store_path;
	hub->settings.alarms = (struct alarm_rules){
		.from = high, .zone = zone, .lines_to = to, .line_away_s = 5
	};
	hub->children = memory_new(LINES, sizeof(*hub->children));
	hub->child_count = LINES;
	for (size_t i = 0; i < LINES; i++) {
		struct child *child = &hub->children[i];

		snprintf(names[i], sizeof(names[i]), "line-%zu", i);
		settings[i] = (struct line_settings){ .name = names[i],
			.kind = kind,
			.corridor = corridor,
			.balance_code = nothing,
			.balance_days = 7,
			.part_price = nothing };
		child->line = &settings[i];
		child->state = CHILD_UP;
		child->device_is_up = 1;
		child->window = 2;
		child->well_since_ms = 1;
		child->sim = SIM_READY;
	}
	now_utc_s = NOW_UTC_S;
	MUST(store_begin(fixture_store));
	(void)add_staff("Tek", "technician", 1);
	(void)add_staff("Sita", "lead", 2);
	MUST(store_commit(fixture_store));
}

static void
close_hub(void)
{
	free(hub->children);
	free(hub);
	fixture_close();
}

static void
look(int64_t later_s)
{
	now_utc_s += later_s;
	hub->line_alarms_ms = 0;
	MUST(line_alarms_tend(hub, now_utc_s));
}

/* Takes all alarms that wait, wherever; checks line and number of each. */
static int
alarms_of(const char *by, int phone, const char *words)
{
	int count = 0;

	MUST(store_begin(fixture_store));
	for (size_t i = 0; i < LINES; i++) {
		struct outbox_turn turn = { names[i], now_utc_s, 1, 0, NULL };
		struct outbox_row row;
		size_t taken = 1;

		while (taken == 1) {
			taken = 0;
			MUST(outbox_take(fixture_store, &turn, &row, &taken));
			if (taken == 0)
				break;
			ck_assert_int_eq(row.kind, OUTBOX_ALARM);
			ck_assert_str_eq(names[i], by);
			ck_assert_str_eq(
			    row.number.e164, person_of(phone).number.e164);
			ck_assert_msg(strstr(row.text.bytes, words) != NULL,
			    "it says %s", row.text.bytes);
			MUST(outbox_sent(fixture_store, row.id, now_utc_s));
			outbox_row_free(&row);
			count++;
		}
	}
	MUST(store_commit(fixture_store));
	return (count);
}

static void
make_sick(size_t line, int is_sick)
{
	struct child *child = &hub->children[line];

	child->device_is_up = !is_sick;
	child->unwell_since_ms = is_sick ? 1 : 0;
	child->well_since_ms = is_sick ? 0 : 1;
}

START_TEST(a_trouble_is_told_once_by_another_line_and_then_at_growing_distances)
{
	make_sick(0, 1);
	look(0);
	ck_assert_int_eq(alarms_of("line-1", 1, "line-0: away for"), 1);
	look(5);
	look(HOUR_S);
	ck_assert_int_eq(alarms_of("", 0, ""), 0);
	/* A restart knows that it was told. */
	fixture_reopen();
	hub->store = fixture_store;
	fixture_begin_epoch(now_utc_s);
	look(0);
	ck_assert_int_eq(alarms_of("", 0, ""), 0);
	look(3 * HOUR_S);
	ck_assert_int_eq(alarms_of("line-1", 1, "line-0: away for"), 1);
	look(11 * HOUR_S);
	ck_assert_int_eq(alarms_of("", 0, ""), 0);
	look(HOUR_S);
	ck_assert_int_eq(alarms_of("line-1", 1, "line-0: away for"), 1);
	make_sick(0, 0);
	look(5);
	ck_assert_int_eq(
	    alarms_of("line-0", 1, "well again: line line-0 (is back after"),
	    1);
	look(DAY_S);
	ck_assert_int_eq(alarms_of("", 0, ""), 0);
}
END_TEST

START_TEST(with_no_other_line_it_waits_until_there_is_one)
{
	for (size_t i = 0; i < LINES; i++)
		make_sick(i, 1);
	look(0);
	ck_assert_int_eq(alarms_of("", 0, ""), 0);
	look(60);
	ck_assert_int_eq(alarms_of("", 0, ""), 0);
	make_sick(2, 0);
	look(60);
	ck_assert_int_eq(alarms_of("line-2", 1, "line-0: away"), 1);
}
END_TEST

/* A box with one modem. */
START_TEST(a_line_alone_tells_of_what_it_can_still_tell)
{
	hub->child_count = 1;
	hub->children[0].caps.is_spent = 1;
	look(0);
	ck_assert_int_eq(alarms_of("line-0", 1, "cap is reached"), 1);
	hub->children[0].caps.is_spent = 0;
	look(DAY_S);
	ck_assert_int_eq(alarms_of("line-0", 1, "a new day"), 1);
	/* Short, and nobody need know; long, and it is told afterwards. */
	make_sick(0, 1);
	look(60);
	make_sick(0, 0);
	look(LINE_ALARMS_UNTOLD_S - 60);
	ck_assert_int_eq(alarms_of("", 0, ""), 0);
	make_sick(0, 1);
	look(60);
	make_sick(0, 0);
	look(5 * HOUR_S);
	ck_assert_int_eq(
	    alarms_of("line-0", 1, "line line-0 (is back after 5 hours)"), 1);
}
END_TEST

START_TEST(several_at_once_share_one_text)
{
	make_sick(0, 1);
	make_sick(1, 1);
	look(0);
	ck_assert_int_eq(alarms_of("line-2", 1, "line line-1: away for"), 1);
}
END_TEST

START_TEST(a_line_that_is_spent_or_low_carries_no_word_of_it)
{
	hub->children[0].caps.is_spent = 1;
	look(0);
	ck_assert_int_eq(alarms_of("line-1", 1, "cap is reached"), 1);
	hub->children[0].caps.is_spent = 0;
	look(DAY_S);
	ck_assert_int_eq(alarms_of("line-0", 1, "a new day"), 1);
	hub->children[0].storage_percent = 90;
	look(1);
	ck_assert_int_eq(alarms_of("line-0", 1, "memory"), 1);
}
END_TEST

START_TEST(leads_are_told_where_no_technician_is_on_duty)
{
	const struct staff_duty off = { 0, 0, 0 };
	struct staff tek;

	MUST(store_begin(fixture_store));
	MUST(staff_find(fixture_store, "Tek", &tek));
	MUST(staff_set_duty(fixture_store, tek.id, &off));
	MUST(store_commit(fixture_store));
	make_sick(0, 1);
	look(0);
	ck_assert_int_eq(alarms_of("line-1", 2, "line-0"), 1);
}
END_TEST

static char leads[] = "leads", both[] = "both", off[] = "off";
static const struct {
	char *lines_to;
	int technician, lead;
} tellings[] = {
	{ to, 1, 0 },
	{ leads, 0, 1 },
	{ both, 1, 1 },
	{ off, 0, 0 },
};

START_TEST(those_are_told_whom_the_configuration_names)
{
	hub->settings.alarms.lines_to = tellings[_i].lines_to;
	make_sick(0, 1);
	look(0);
	MUST(store_begin(fixture_store));
	for (int phone = 1; phone <= 2; phone++) {
		struct person person = person_of(phone);
		int is_told =
		    phone == 1 ? tellings[_i].technician : tellings[_i].lead;

		ck_assert_int_eq(
		    outbox_find_waiting(fixture_store, "line-1", &person.key),
		    is_told ? DONE : NOTHING);
	}
	store_rollback(fixture_store);
}
END_TEST

START_TEST(a_technician_hears_of_no_request)
{
	struct staff_phones phones;

	MUST(staff_list_phones(
	    fixture_store, STAFF_ON_DUTY_OR_LEAD, 0, &phones));
	ck_assert_uint_eq(phones.count, 1);
	ck_assert_str_eq(phones.items[0].number.e164, person_of(2).number.e164);
	staff_phones_free(&phones);
}
END_TEST

START_TEST(a_disk_that_is_nearly_full_is_told)
{
	hub->settings.alarms.disk_free_mb = INT64_MAX / 1000;
	look(0);
	ck_assert_int_eq(alarms_of("line-0", 1, "the disk is nearly full"), 1);
	hub->settings.alarms.disk_free_mb = 1;
	look(1);
	ck_assert_int_eq(alarms_of("line-0", 1, "well again: box (disk)"), 1);
}
END_TEST

static Suite *
suite_of_line_alarms(void)
{
	Suite *suite = suite_create("line alarms");
	TCase *pure = tcase_create("pure");
	TCase *tcase = tcase_create("at work");

	tcase_add_loop_test(pure,
	    a_trouble_begins_and_ends_where_the_table_says, 0,
	    (int)COUNT_OF(sights));
	tcase_add_test(pure, the_waits_grow_and_end_at_a_week);
	tcase_add_test(pure, every_text_fits_two_sms_and_names_its_line);
	suite_add_tcase(suite, pure);
	tcase_add_checked_fixture(tcase, open_hub, close_hub);
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase,
	    a_trouble_is_told_once_by_another_line_and_then_at_growing_distances);
	tcase_add_test(tcase, with_no_other_line_it_waits_until_there_is_one);
	tcase_add_test(tcase, a_line_alone_tells_of_what_it_can_still_tell);
	tcase_add_test(tcase, several_at_once_share_one_text);
	tcase_add_test(
	    tcase, a_line_that_is_spent_or_low_carries_no_word_of_it);
	tcase_add_test(tcase, leads_are_told_where_no_technician_is_on_duty);
	tcase_add_loop_test(tcase, those_are_told_whom_the_configuration_names,
	    0, (int)COUNT_OF(tellings));
	tcase_add_test(tcase, a_technician_hears_of_no_request);
	tcase_add_test(tcase, a_disk_that_is_nearly_full_is_told);
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(suite_of_line_alarms);
