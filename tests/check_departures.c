/* The hub's departures with a store: whatever stands in its rows, what is
 * handed to a line is what the rules let go, and it goes where the caller wants
 * it.
 */
#include "gateway/hub/gate.h"
#include "menus/system_texts.h"
#include "store/contacts.h"
#include "tests/gate_rules.h"
#include "tests/hub_fixture.h"

enum {
	NOW_UTC_S = 1795262400,
#ifdef SANITIZED
	ATTEMPTS = 20000, /* each takes five times as long */
#else
	ATTEMPTS = 100000,
#endif
	WAITING = 10000,
};

static const char words[] = "Did you get your pay?";
static char line_corridor[] = "nepal-gulf";
static char line_language[] = "en";
static const struct line_settings line = {
	.name = line_name,
	.kind = line_kind,
	.corridor = line_corridor,
	.language = line_language,
};

static void
open_hub(void)
{
	fixture_open_hub(&line);
}

static int
one_in(int n)
{
	return (random() % n == 0);
}

/* What a caller, their request and a text of it are. */
struct attempt {
	struct person own;
	struct person other;
	struct contact_facts facts;
	enum outbox_kind kind;
	struct request_id request;
	int stop_at_other;
};

static void
draw(struct attempt *attempt)
{
	static const enum outbox_kind kinds[] = { OUTBOX_REPLY, OUTBOX_REPLY,
		OUTBOX_REPLY, OUTBOX_FEEDBACK, OUTBOX_FOLLOWUP, OUTBOX_COVER };
	struct contact_facts *facts = &attempt->facts;
	int from = (int)(random() % DAY_MINUTES);

	*attempt = (struct attempt){
		.own = person_of(1),
		.other = person_of(2),
		.kind = kinds[random() % (long)COUNT_OF(kinds)],
	};
	*facts = (struct contact_facts){
		.is_known = 1,
		.is_stopped = one_in(8),
		.is_withdrawn = one_in(10),
		.has_consent = !one_in(5),
		.is_on_hold = one_in(8),
		.way = (enum contact_way)(one_in(2) ? 0 : random() % 4),
		.talk = (enum contact_talk)(random() % 4),
		.asked_utc_s = NOW_UTC_S - random() % 200000,
		.wrote_utc_s = NOW_UTC_S - random() % (2 * FIXTURE_WARM_S),
		.warm_s = FIXTURE_WARM_S,
		.hours = { from, (from + 700) % DAY_MINUTES },
		.zone = { 60 * ((int)(random() % 25) - 12), one_in(2) },
		.overrides = one_in(2) ? 0 : (unsigned)(random() % 64),
	};
	facts->has_other = facts->way == CONTACT_BY_OTHER && !one_in(3);
	attempt->stop_at_other = facts->has_other && one_in(2);
	/* "Wrong number" goes to whoever wrote, and is about no request. */
	if (attempt->kind == OUTBOX_COVER && attempt->stop_at_other)
		facts->is_stopped = 0;
}

static void
write_caller(const struct person *person, int is_stopped)
{
	struct caller caller = { .key = person->key,
		.line = "north",
		.corridor = "nepal-gulf",
		.language = "en",
		.is_stopped = is_stopped,
		.last_utc_s = NOW_UTC_S };

	MUST(callers_put(fixture_store, &caller, &person->number));
}

/* A STOP may stand at either number that texts could go to. */
static void
write_callers(const struct attempt *attempt)
{
	const struct contact_facts *facts = &attempt->facts;
	int at_other = attempt->stop_at_other;

	write_caller(&attempt->own, facts->is_stopped && !at_other);
	if (facts->has_other)
		write_caller(&attempt->other, facts->is_stopped && at_other);
}

static void
write_rules(const struct contact_facts *facts)
{
	struct contact_rules rules = { .warm_s = facts->warm_s };

	for (int i = 0; i < HOURS_KINDS; i++)
		rules.hours[i] = facts->hours;
	MUST(contacts_put_rules(fixture_store, &rules));
}

static void
write_request(struct attempt *attempt)
{
	const struct contact_facts *facts = &attempt->facts;
	struct request_opening opening = {
		.ref = "KM7P4",
		.caller = &attempt->own.key,
		.number = &attempt->own.number,
		.line = "north",
		.corridor = "nepal-gulf",
		.language = "en",
		.opened_by = "help",
		.now_utc_s = NOW_UTC_S - 100000,
	};
	struct contact_wish wish = {
		.way = facts->way,
		.hours = HOURS_EVENING,
		.zone = facts->zone,
		.word = "mango",
		.other = facts->has_other ? &attempt->other.number : NULL,
	};
	struct request_id id;

	MUST(requests_open(fixture_store, &opening, &id));
	attempt->request = id;
	MUST(requests_update(fixture_store, id, URGENCY_NOW,
	    facts->has_consent ? "yes"
		: one_in(2)    ? "no"
			       : "unasked",
	    facts->is_on_hold, NULL, NOW_UTC_S));
	MUST(contacts_put_wish(fixture_store, id, &wish));
	MUST(contacts_note_asked(fixture_store, id, facts->asked_utc_s));
	MUST(contacts_set_talk(
	    fixture_store, id, facts->talk, facts->wrote_utc_s));
	if (facts->is_withdrawn)
		MUST(requests_withdraw(fixture_store, id, NOW_UTC_S));
}

static void
write_text(const struct attempt *attempt)
{
	struct outgoing outgoing = {
		.kind = attempt->kind,
		.line = "north",
		.caller = &attempt->own.key,
		.text = words,
		.request =
		    attempt->kind == OUTBOX_COVER ? 0 : attempt->request.row,
		.overrides = attempt->facts.overrides,
		.now_utc_s = NOW_UTC_S - 10,
	};
	struct outbox_id id;

	MUST(outbox_add(fixture_store, &outgoing, OUTBOX_QUEUED, &id));
}

/* Looks twice: an opening that was added is taken in the next round. */
static void
depart(void)
{
	for (int i = 0; i < 2; i++) {
		hub->children[0].has_backlog = 1;
		hub->children[0].backlog_utc_s = 0;
		MUST(departures_take(hub, NOW_UTC_S));
	}
}

static int
count_noted(const char *text, const struct number *to)
{
	int count = 0;

	for (size_t i = 0; i < hub->after_count; i++)
		count += strcmp(hub->after[i].text, text) == 0 &&
		    (to == NULL ||
			strcmp(hub->after[i].to.e164, to->e164) == 0);
	return (count);
}

static void
check(const struct attempt *attempt, int *opened)
{
	const struct contact_facts *facts = &attempt->facts;
	const char *opening = "mango Hello, are you free to talk?";
	const struct number *to =
	    facts->has_other && attempt->kind != OUTBOX_COVER
	    ? &attempt->other.number
	    : &attempt->own.number;
	int goes = rules_let_it_go(
	    (enum contact_purpose)attempt->kind, facts, NOW_UTC_S);
	int opens = count_noted(opening, NULL);

	ck_assert_int_eq(count_noted(words, NULL), goes);
	ck_assert_int_eq(count_noted(words, to), goes);
	ck_assert_uint_eq(hub->after_count, (size_t)(goes + opens));
	ck_assert(!(goes && opens));
	if (opens)
		ck_assert(rules_let_it_go(CONTACT_OPENING, facts, NOW_UTC_S));
	ck_assert_int_eq(opens, count_noted(opening, to));
	*opened += opens;
}

START_TEST(nothing_is_handed_to_a_line_against_the_rules)
{
	struct attempt attempt;
	int opened = 0, went = 0;

	srandom(11);
	for (int i = 0; i < ATTEMPTS; i++) {
		MUST(store_begin(fixture_store));
		draw(&attempt);
		write_rules(&attempt.facts);
		write_callers(&attempt);
		write_request(&attempt);
		write_text(&attempt);
		depart();
		check(&attempt, &opened);
		went += count_noted(words, NULL);
		departures_forget(hub);
		store_rollback(fixture_store);
	}
	ck_assert_int_gt(opened, ATTEMPTS / 40);
	ck_assert_int_gt(went, ATTEMPTS / 20);
}
END_TEST

/* -- turns ------------------------------------------------------------------ */

static void
add_plain(enum outbox_kind kind, int n, int64_t at_utc_s, const char *text)
{
	struct person person = person_of(n);
	struct outgoing outgoing = { .kind = kind,
		.line = "north",
		.caller = &person.key,
		.number = &person.number,
		.text = text,
		.now_utc_s = at_utc_s };
	struct outbox_id id;

	MUST(outbox_add(fixture_store, &outgoing, OUTBOX_QUEUED, &id));
}

/* Takes one text at a time, as a modem does; the place (from 1) at which a text
 * of this kind comes, or 0 within `most`. */
static int
place_of(enum outbox_kind kind, int most)
{
	struct outbox_turn turn = { "north", NOW_UTC_S, 1, 0, NULL };

	for (; turn.turn < (unsigned)most; turn.turn++) {
		struct outbox_row row;
		enum outbox_kind found;
		size_t count = 0;

		MUST(outbox_take(fixture_store, &turn, &row, &count));
		if (count == 0)
			return (0);
		found = row.kind;
		outbox_row_free(&row);
		if (found == kind)
			return ((int)turn.turn + 1);
	}
	return (0);
}

START_TEST(an_alarm_overtakes_ten_thousand_texts_that_wait)
{
	MUST(store_begin(fixture_store));
	for (int i = 0; i < WAITING; i++)
		add_plain(i % 2 == 0 ? OUTBOX_ANSWER : OUTBOX_REPLY, i,
		    NOW_UTC_S - 3600, words);
	add_plain(OUTBOX_ALARM, WAITING, NOW_UTC_S, "urgent");
	/* Next but one at the latest: a modem needs about three seconds. */
	ck_assert_int_le(place_of(OUTBOX_ALARM, 8), 2);
	store_rollback(fixture_store);
}
END_TEST

START_TEST(no_class_of_texts_starves)
{
	static const enum outbox_kind kinds[] = { OUTBOX_ANSWER, OUTBOX_ALARM,
		OUTBOX_REPLY, OUTBOX_FOLLOWUP };
	struct outbox_turn turn = { "north", NOW_UTC_S, 16, 0, NULL };
	struct outbox_row rows[16];
	size_t count = 0;
	int of_kind[OUTBOX_KINDS] = { 0 };

	MUST(store_begin(fixture_store));
	for (int i = 0; i < 400; i++)
		add_plain(kinds[i % 4], i, NOW_UTC_S - i, words);
	MUST(outbox_take(fixture_store, &turn, rows, &count));
	ck_assert_uint_eq(count, 16);
	for (size_t i = 0; i < count; i++) {
		of_kind[rows[i].kind]++;
		outbox_row_free(&rows[i]);
	}
	ck_assert_int_ge(of_kind[OUTBOX_ANSWER], 4);
	ck_assert_int_ge(of_kind[OUTBOX_ALARM], 4);
	ck_assert_int_ge(of_kind[OUTBOX_REPLY], 2);
	ck_assert_int_ge(of_kind[OUTBOX_FOLLOWUP], 2);
	store_rollback(fixture_store);
}
END_TEST

/* An alarm goes only to a phone that is a caseworker's. */
START_TEST(an_alarm_goes_to_nobody_but_staff)
{
	MUST(store_begin(fixture_store));
	add_plain(OUTBOX_ALARM, 1, NOW_UTC_S, "urgent");
	depart();
	ck_assert_uint_eq(hub->after_count, 0);
	store_rollback(fixture_store);
}
END_TEST

static Suite *
suite_of_departures(void)
{
	Suite *suite = suite_create("departures");
	TCase *tcase = tcase_create("gate");

	tcase_add_unchecked_fixture(tcase, load_menus, free_menus);
	tcase_add_checked_fixture(tcase, open_hub, fixture_close_hub);
	tcase_set_timeout(tcase, 900);
	tcase_add_test(tcase, nothing_is_handed_to_a_line_against_the_rules);
	tcase_add_test(tcase, an_alarm_overtakes_ten_thousand_texts_that_wait);
	tcase_add_test(tcase, no_class_of_texts_starves);
	tcase_add_test(tcase, an_alarm_goes_to_nobody_but_staff);
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(suite_of_departures);
