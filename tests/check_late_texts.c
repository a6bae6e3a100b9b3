/* Texts that leave long after they were written, or long after their caller
 * wrote: in the spelling of the phone they go to, and not at all when they have
 * waited too long.
 */
#include "gateway/hub/gate.h"
#include "gateway/hub/overdue.h"
#include "gateway/text/zawgyi.h"
#include "menus/system_texts.h"
#include "store/contacts.h"
#include "tests/hub_fixture.h"

enum {
	NOW_UTC_S = 1795262400,
	DAY_S = 86400,
	HELD_S = 14 * DAY_S,
};

/* "I can go home", as everything writes it and as Zawgyi does; a word of few
 * signs in which nothing says which of the two it is. */
static const char unicode[] = "မြန်မာနိုင်ငံ ပြန်နိုင်ပါတယ်";
static const char zawgyi[] = "ျမန္မာႏိုင္ငံ ျပန္ႏိုင္ပါတယ္";

static char line_corridor[] = "myanmar-thailand";
static char line_language[] = "my";
static const struct line_settings line = {
	.name = line_name,
	.kind = line_kind,
	.corridor = line_corridor,
	.language = line_language,
};
static struct request_id request;

static void
open_hub(void)
{
	fixture_open_hub(&line);
	hub->settings.contact.held_s = HELD_S;
	MUST(store_begin(fixture_store));
}

static void
close_hub(void)
{
	store_rollback(fixture_store);
	fixture_close_hub();
}

static void
add_caller(int n, int is_zawgyi)
{
	struct person person = person_of(n);
	struct caller caller = { .key = person.key,
		.line = "north",
		.corridor = "myanmar-thailand",
		.language = "my",
		.is_zawgyi = is_zawgyi,
		.last_utc_s = NOW_UTC_S - 40 * DAY_S };

	MUST(callers_put(fixture_store, &caller, &person.number));
}

/* Caller 1 has a request and said yes to everything; `other` is the number of
 * another person to write to, or 0.  Nothing is left of their walk. */
static void
add_request(enum contact_talk talk, int other)
{
	struct person own = person_of(1);
	struct person second = person_of(2);
	struct request_opening opening = {
		.ref = "KM7P4",
		.caller = &own.key,
		.number = &own.number,
		.line = "north",
		.corridor = "myanmar-thailand",
		.language = "my",
		.opened_by = "help",
		.now_utc_s = NOW_UTC_S - 40 * DAY_S,
	};
	struct contact_wish wish = {
		.way = other ? CONTACT_BY_OTHER : CONTACT_BY_TEXT,
		.hours = HOURS_ANY,
		.other = other ? &second.number : NULL,
	};
	struct contact_rules rules = { .warm_s = 1800 };

	for (int i = 0; i < HOURS_KINDS; i++)
		rules.hours[i] = (struct day_span){ 0, DAY_MINUTES };
	MUST(contacts_put_rules(fixture_store, &rules));
	MUST(requests_open(fixture_store, &opening, &request));
	MUST(requests_update(
	    fixture_store, request, URGENCY_NORMAL, "yes", 0, NULL, NOW_UTC_S));
	MUST(contacts_put_wish(fixture_store, request, &wish));
	MUST(contacts_set_talk(fixture_store, request, talk,
	    talk == CONTACT_OPEN ? NOW_UTC_S - 60 : 0));
}

static void
add_text(enum outbox_kind kind, const char *text, int64_t added_utc_s)
{
	struct person own = person_of(1);
	struct outgoing outgoing = {
		.kind = kind,
		.line = "north",
		.caller = &own.key,
		.text = text,
		.request = kind == OUTBOX_COVER ? 0 : request.row,
		.now_utc_s = added_utc_s,
	};
	struct outbox_id id;

	MUST(outbox_add(fixture_store, &outgoing, OUTBOX_QUEUED, &id));
}

/* Looks twice: an opening that was added is taken in the next round. */
static void
depart(int64_t now_utc_s)
{
	for (int i = 0; i < 2; i++) {
		hub->children[0].has_backlog = 1;
		hub->children[0].backlog_utc_s = 0;
		MUST(overdue_tend(hub, now_utc_s));
		MUST(departures_take(hub, now_utc_s));
	}
}

/* -- the phone's spelling --------------------------------------------------- */

static const enum outbox_kind kinds[] = { OUTBOX_REPLY, OUTBOX_FOLLOWUP,
	OUTBOX_COVER, OUTBOX_FEEDBACK };

START_TEST(what_leaves_is_spelled_as_the_phone_shows_it)
{
	add_caller(1, 1);
	add_request(CONTACT_OPEN, 0);
	add_text(kinds[_i], unicode, NOW_UTC_S);
	depart(NOW_UTC_S);
	ck_assert_uint_eq(hub->after_count, 1);
	ck_assert_str_eq(hub->after[0].text, zawgyi);
}
END_TEST

START_TEST(other_phones_get_unicode)
{
	add_caller(1, 0);
	add_request(CONTACT_OPEN, 0);
	add_text(kinds[_i], unicode, NOW_UTC_S);
	depart(NOW_UTC_S);
	ck_assert_uint_eq(hub->after_count, 1);
	ck_assert_str_eq(hub->after[0].text, unicode);
}
END_TEST

START_TEST(the_opening_is_spelled_so_too)
{
	struct text shown = { 0 };

	add_caller(1, 1);
	add_request(CONTACT_QUIET, 0);
	add_text(OUTBOX_REPLY, unicode, NOW_UTC_S);
	depart(NOW_UTC_S);
	zawgyi_from_unicode(menus_say(menus, "my", SAY_OPENING), &shown);
	ck_assert_str_ne(shown.bytes, menus_say(menus, "my", SAY_OPENING));
	ck_assert_uint_eq(hub->after_count, 1);
	ck_assert_str_eq(hub->after[0].text, shown.bytes);
	text_free(&shown);
}
END_TEST

START_TEST(the_phone_that_shows_it_decides_not_the_one_that_wrote)
{
	add_caller(1, _i);
	add_caller(2, !_i);
	add_request(CONTACT_OPEN, 1);
	add_text(OUTBOX_REPLY, unicode, NOW_UTC_S);
	depart(NOW_UTC_S);
	ck_assert_uint_eq(hub->after_count, 1);
	ck_assert_str_eq(hub->after[0].to.e164, person_of(2).number.e164);
	ck_assert_str_eq(hub->after[0].text, _i ? unicode : zawgyi);
}
END_TEST

START_TEST(what_a_caseworker_pasted_in_zawgyi_is_left_alone)
{
	add_caller(1, 1);
	add_request(CONTACT_OPEN, 0);
	add_text(OUTBOX_REPLY, zawgyi, NOW_UTC_S);
	depart(NOW_UTC_S);
	ck_assert_uint_eq(hub->after_count, 1);
	ck_assert_str_eq(hub->after[0].text, zawgyi);
}
END_TEST

/* -- too late --------------------------------------------------------------- */

static const char reply[] = "Did you get your pay?";

/* Openings may go besides. */
static int
count_noted(const char *text)
{
	int count = 0;

	for (size_t i = 0; i < hub->after_count; i++)
		count += strcmp(hub->after[i].text, text) == 0;
	return (count);
}

static int
count_events(const char *what)
{
	struct request_event *events = NULL;
	size_t count = 0;
	int found = 0;

	MUST(requests_events(fixture_store, request, &events, &count));
	for (size_t i = 0; i < count; i++)
		found += strcmp(events[i].what, what) == 0;
	free(events);
	return (found);
}

static int64_t
unread(void)
{
	struct request row;

	MUST(requests_get(fixture_store, request, &row));
	return (row.unread);
}

/* What waits for the caller is looked at again. */
static void
hurry(void)
{
	struct person own = person_of(1);

	MUST(outbox_hurry(fixture_store, &own.key));
}

START_TEST(a_reply_that_waited_too_long_comes_back_unsent)
{
	add_caller(1, 0);
	add_request(CONTACT_ASKED, 0);
	add_text(OUTBOX_REPLY, reply, NOW_UTC_S);
	depart(NOW_UTC_S + HELD_S - 1);
	ck_assert_int_eq(unread(), 0);
	/* They answer in the very second in which it is too late. */
	MUST(contacts_set_talk(
	    fixture_store, request, CONTACT_OPEN, NOW_UTC_S + HELD_S));
	hurry();
	depart(NOW_UTC_S + HELD_S);
	ck_assert_int_eq(count_noted(reply), 0);
	ck_assert_int_eq(unread(), 1);
	ck_assert_int_eq(count_events("not sent: waited too long"), 1);
	depart(NOW_UTC_S + HELD_S + 1);
	ck_assert_int_eq(count_events("not sent: waited too long"), 1);
}
END_TEST

START_TEST(a_reply_that_may_go_in_time_goes)
{
	add_caller(1, 0);
	add_request(CONTACT_ASKED, 0);
	add_text(OUTBOX_REPLY, reply, NOW_UTC_S);
	depart(NOW_UTC_S);
	MUST(contacts_set_talk(
	    fixture_store, request, CONTACT_OPEN, NOW_UTC_S + HELD_S - 1));
	hurry();
	depart(NOW_UTC_S + HELD_S - 1);
	ck_assert_int_eq(count_noted(reply), 1);
	ck_assert_int_eq(unread(), 0);
}
END_TEST

START_TEST(the_menus_answers_do_not_grow_old)
{
	add_caller(1, 0);
	add_request(CONTACT_OPEN, 0);
	add_text(OUTBOX_ANSWER, "1 Rights 2 Help", NOW_UTC_S);
	depart(NOW_UTC_S + HELD_S + 1);
	ck_assert_uint_eq(hub->after_count, 1);
}
END_TEST

static Suite *
suite_of_late_texts(void)
{
	Suite *suite = suite_create("late texts");
	TCase *tcase = tcase_create("late texts");

	tcase_add_unchecked_fixture(tcase, load_menus, free_menus);
	tcase_add_checked_fixture(tcase, open_hub, close_hub);
	tcase_set_timeout(tcase, 60);
	tcase_add_loop_test(tcase, what_leaves_is_spelled_as_the_phone_shows_it,
	    0, COUNT_OF(kinds));
	tcase_add_loop_test(
	    tcase, other_phones_get_unicode, 0, COUNT_OF(kinds));
	tcase_add_test(tcase, the_opening_is_spelled_so_too);
	tcase_add_loop_test(tcase,
	    the_phone_that_shows_it_decides_not_the_one_that_wrote, 0, 2);
	tcase_add_test(tcase, what_a_caseworker_pasted_in_zawgyi_is_left_alone);
	tcase_add_test(tcase, a_reply_that_waited_too_long_comes_back_unsent);
	tcase_add_test(tcase, a_reply_that_may_go_in_time_goes);
	tcase_add_test(tcase, the_menus_answers_do_not_grow_old);
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(suite_of_late_texts);
