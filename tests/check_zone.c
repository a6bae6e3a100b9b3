#include "gateway/text/zone.h"

#include "gateway/base/clock.h"
#include "gateway/base/day_span.h"
#include "gateway/text/contact_gate.h"
#include "tests/check_main.h"

static const struct {
	const char *written;
	enum outcome outcome;
	int offset_minutes;
	int has_summer;
} zones[] = {
	{ "UTC+3", DONE, 180, 0 },
	{ "UTC+0", DONE, 0, 0 },
	{ "UTC+5:45", DONE, 345, 0 },
	{ "UTC-4", DONE, -240, 0 },
	{ "UTC-4:30", DONE, -270, 0 },
	{ "UTC+2 summer", DONE, 120, 1 },
	{ "UTC+14", DONE, 840, 0 },
	{ "UTC+15", REFUSED, 0, 0 },
	{ "UTC+5:60", REFUSED, 0, 0 },
	{ "UTC+5:4", REFUSED, 0, 0 },
	{ "UTC+123", REFUSED, 0, 0 },
	{ "UTC+3 winter", REFUSED, 0, 0 },
	{ "UTC3", REFUSED, 0, 0 },
	{ "UTC+", REFUSED, 0, 0 },
	{ "UT", REFUSED, 0, 0 },
	{ "", REFUSED, 0, 0 },
	{ "Asia/Qatar", REFUSED, 0, 0 },
};

START_TEST(a_zone_is_read_and_written_the_same)
{
	char written[ZONE_TEXT_BYTES];
	struct zone zone;

	memset(&zone, 0xa5, sizeof(zone));
	ck_assert_int_eq(
	    zone_read(zones[_i].written, &zone), zones[_i].outcome);
	if (zones[_i].outcome != DONE)
		return;
	ck_assert_int_eq(zone.offset_minutes, zones[_i].offset_minutes);
	ck_assert_int_eq(zone.has_summer, zones[_i].has_summer);
	zone_write(&zone, written);
	ck_assert_str_eq(written, zones[_i].written);
}
END_TEST

/* Directive 2000/84/EC: the last Sundays of March and October, 01:00 UTC. */
static const struct {
	const char *date;
	int64_t second;
	int hours; /* ahead of UTC+1 in winter */
} summers[] = {
	{ "2026-03-29", 3599, 1 },
	{ "2026-03-29", 3600, 2 },
	{ "2026-07-01", 0, 2 },
	{ "2026-10-25", 3599, 2 },
	{ "2026-10-25", 3600, 1 },
	{ "2026-12-31", 86399, 1 },
	{ "2027-03-28", 3600, 2 },
	{ "2027-03-28", 3599, 1 },
	{ "2024-03-31", 3600, 2 }, /* a Sunday on the 31st */
	{ "2024-03-31", 3599, 1 },
	{ "2027-10-31", 3599, 2 },
	{ "2027-10-31", 3600, 1 },
};

START_TEST(summer_time_begins_and_ends_as_the_directive_says)
{
	struct zone zone = { 60, 1 };
	int64_t utc_s = 0;

	ck_assert(clock_read_date(summers[_i].date, &utc_s));
	ck_assert_int_eq(zone_offset_s(&zone, utc_s + summers[_i].second),
	    summers[_i].hours * 3600);
}
END_TEST

static const struct {
	const char *words;
	const char *zone; /* NULL: not known */
} countries[] = {
	{ "Qatar", "UTC+3" },
	{ "qatar, doha", "UTC+3" },
	{ "In DUBAI", "UTC+4" },
	{ "U.A.E.", "UTC+4" },
	{ "uae", "UTC+4" },
	{ "saudi arab", "UTC+3" },
	{ "कतारमा", "UTC+3" },
	{ "सऊदी अरब", "UTC+3" },
	{ "মালয়েশিয়া", "UTC+8" },
	{ "السعودية", "UTC+3" },
	{ "ሊባኖስ", "UTC+2 summer" },
	{ "Beirut", "UTC+2 summer" },
	{ "ထိုင်း", "UTC+7" },
	{ "Польща, Краків", "UTC+1 summer" },
	{ "у Німеччині", "UTC+1 summer" },
	{ "Kathmandu", "UTC+5:45" },
	{ "UK", "UTC+0 summer" },
	{ "Ukraine", "UTC+2 summer" },
	{ "Oman", "UTC+4" },
	{ "Romania", "UTC+2 summer" },
	{ "from Nepal, now in Qatar", NULL },
	{ "near the sea", NULL },
	{ "", NULL },
};

START_TEST(a_country_is_known_by_what_people_type)
{
	char written[ZONE_TEXT_BYTES];
	struct zone zone = { 0 };

	ck_assert_msg(zone_of_country(countries[_i].words, &zone) ==
		(countries[_i].zone != NULL ? DONE : NOTHING),
	    "'%s'", countries[_i].words);
	if (countries[_i].zone == NULL)
		return;
	zone_write(&zone, written);
	ck_assert_msg(strcmp(written, countries[_i].zone) == 0, "'%s' is %s",
	    countries[_i].words, written);
}
END_TEST

static const struct {
	const char *written;
	int is_span;
	int minute;
	int has;
} spans[] = {
	{ "06:00-11:00", 1, 360, 1 },
	{ "06:00-11:00", 1, 359, 0 },
	{ "06:00-11:00", 1, 659, 1 },
	{ "06:00-11:00", 1, 660, 0 },
	{ "21:00-01:00", 1, 1439, 1 },
	{ "21:00-01:00", 1, 0, 1 },
	{ "21:00-01:00", 1, 60, 0 },
	{ "00:00-24:00", 1, 0, 1 },
	{ "00:00-24:00", 1, 1439, 1 },
	{ "12:00-12:00", 1, 3, 1 },
	{ "6:00-11:00", 0, 0, 0 },
	{ "06:00 - 11:00", 0, 0, 0 },
	{ "06:60-11:00", 0, 0, 0 },
	{ "06:00-24:01", 0, 0, 0 },
	{ "06.00-11.00", 0, 0, 0 },
	{ "", 0, 0, 0 },
};

START_TEST(a_part_of_the_day_may_run_past_midnight)
{
	struct day_span span;

	memset(&span, 0xa5, sizeof(span));
	ck_assert_int_eq(day_span_read(spans[_i].written, &span),
	    spans[_i].is_span ? DONE : REFUSED);
	if (spans[_i].is_span)
		ck_assert_int_eq(
		    day_span_has(&span, spans[_i].minute), spans[_i].has);
}
END_TEST

START_TEST(the_next_safe_hour_counts_the_change_of_the_clock)
{
	struct day_span morning = { 360, 660 };
	struct zone berlin = { 60, 1 };
	struct zone qatar = { 180, 0 };
	int64_t day = 0;

	ck_assert(clock_read_date("2026-03-28", &day));
	/* Saturday 20:00 UTC; on Sunday 06:00 is 04:00 UTC, no longer 05:00. */
	ck_assert_int_eq(
	    contact_next_safe_utc_s(&morning, &berlin, day + 20 * 3600),
	    day + 28 * 3600);
	ck_assert_int_eq(
	    contact_next_safe_utc_s(&morning, &qatar, day + 20 * 3600 + 17),
	    day + 27 * 3600);
	/* In it already. */
	ck_assert_int_eq(
	    contact_next_safe_utc_s(&morning, &qatar, day + 4 * 3600 + 17),
	    day + 4 * 3600 + 17);
}
END_TEST

static Suite *
suite_of_zone(void)
{
	Suite *suite = suite_create("zone");
	TCase *tcase = tcase_create("tables");

	tcase_add_loop_test(tcase, a_zone_is_read_and_written_the_same, 0,
	    (int)COUNT_OF(zones));
	tcase_add_loop_test(tcase,
	    summer_time_begins_and_ends_as_the_directive_says, 0,
	    (int)COUNT_OF(summers));
	tcase_add_loop_test(tcase, a_country_is_known_by_what_people_type, 0,
	    (int)COUNT_OF(countries));
	tcase_add_loop_test(tcase, a_part_of_the_day_may_run_past_midnight, 0,
	    (int)COUNT_OF(spans));
	tcase_add_test(
	    tcase, the_next_safe_hour_counts_the_change_of_the_clock);
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(suite_of_zone);
