#include "gateway/base/clock.h"

int64_t
clock_utc_s(void)
{
	struct timespec now;

	if (clock_gettime(CLOCK_REALTIME, &now) != 0)
		abort();
	return (now.tv_sec);
}

int64_t
clock_monotonic_ms(void)
{
	struct timespec now;

	if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
		abort();
	return ((int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000);
}

static struct clock_text
formatted(int64_t utc_s, const char *format)
{
	struct clock_text out = { "?" };
	time_t seconds = (time_t)utc_s;
	struct tm parts;

	if (gmtime_r(&seconds, &parts) != NULL &&
	    strftime(out.text, sizeof(out.text), format, &parts) == 0)
		out = (struct clock_text){ "?" };
	return (out);
}

struct clock_text
clock_date(int64_t utc_s)
{
	return (formatted(utc_s, "%Y-%m-%d"));
}

struct clock_text
clock_date_time(int64_t utc_s)
{
	return (formatted(utc_s, "%Y-%m-%d %H:%M"));
}

struct clock_text
clock_iso(int64_t utc_s)
{
	return (formatted(utc_s, "%Y-%m-%dT%H:%M:%SZ"));
}

/* strptime() lets blanks and fewer digits pass. */
static int
looks_like_date(const char *date)
{
	static const char shape[] = "dddd-dd-dd";

	for (size_t i = 0; i < sizeof(shape) - 1; i++) {
		int is_digit = date[i] >= '0' && date[i] <= '9';

		if (shape[i] == 'd' ? !is_digit : date[i] != '-')
			return (0);
	}
	return (date[sizeof(shape) - 1] == '\0');
}

int
clock_read_date(const char *date, int64_t *utc_s_r)
{
	struct tm parts = { 0 };
	struct tm normal;
	time_t seconds;

	if (!looks_like_date(date) ||
	    strptime(date, "%Y-%m-%d", &parts) == NULL)
		return (0);
	normal = parts;
	seconds = timegm(&normal);
	/* timegm() turns 30 February into 2 March; a date that moved is none. */
	if (normal.tm_mday != parts.tm_mday || normal.tm_mon != parts.tm_mon)
		return (0);
	*utc_s_r = seconds;
	return (1);
}
