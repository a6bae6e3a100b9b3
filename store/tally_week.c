/* ISO 8601 weeks, which begin on Monday; the first of a year holds its first
 * Thursday.  Pure arithmetic on days since 1970-01-01, a Thursday. */
#include <inttypes.h>
#include <string.h>

#include "gateway/base/clock.h"
#include "store/tallies.h"

enum { DAY_S = 86400, WEEK_DAYS = 7, THURSDAY = 3, YEAR_MOST = 9999 };

static int64_t
day_of(int64_t utc_s)
{
	return (utc_s >= 0 ? utc_s / DAY_S : (utc_s - DAY_S + 1) / DAY_S);
}

/* 0 is Monday. */
static int64_t
weekday_of(int64_t day)
{
	return (((day + THURSDAY) % WEEK_DAYS + WEEK_DAYS) % WEEK_DAYS);
}

static int64_t
first_day_of(int year)
{
	char date[16];
	int64_t utc_s = 0;

	snprintf(date, sizeof(date), "%04d-01-01", year);
	if (!clock_read_date(date, &utc_s))
		return (0);
	return (day_of(utc_s));
}

/* The Monday of week 1: that of the week with the fourth of January. */
static int64_t
week_one_of(int year)
{
	int64_t fourth = first_day_of(year) + 3;

	return (fourth - weekday_of(fourth));
}

struct tally_week
tally_week_of(int64_t utc_s)
{
	int64_t day = day_of(utc_s);
	int64_t thursday = day - weekday_of(day) + THURSDAY;
	int64_t year = 0;
	int64_t number;
	struct tally_week week = { "" };
	char text[48];

	/* The year of a week is that of its Thursday. */
	(void)sscanf(clock_date(thursday * DAY_S).text, "%4" SCNd64, &year);
	number = (thursday - first_day_of((int)year)) / WEEK_DAYS + 1;
	snprintf(text, sizeof(text), "%04" PRId64 "-W%02" PRId64, year, number);
	memcpy(week.text, text, sizeof(week.text) - 1);
	return (week);
}

int
tally_week_begins(const char *week, int64_t *utc_s_r)
{
	int year = 0;
	int number = 0;
	int read = 0;
	int64_t utc_s;

	if (strlen(week) != 8 ||
	    sscanf(week, "%4d-W%2d%n", &year, &number, &read) != 2 ||
	    read != 8 || year < 1970 || year > YEAR_MOST || number < 1)
		return (0);
	utc_s = (week_one_of(year) + (int64_t)(number - 1) * WEEK_DAYS) * DAY_S;
	/* A 53rd week not every year has; and "-1" is no digit. */
	if (strcmp(tally_week_of(utc_s).text, week) != 0)
		return (0);
	*utc_s_r = utc_s;
	return (1);
}
