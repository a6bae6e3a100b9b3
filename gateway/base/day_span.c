#include "gateway/base/day_span.h"

enum { HOUR_MINUTES = 60 };

/* Exactly "dd:dd"; 24:00 is the end of the day. */
static int
read_minute(const char *written, int *minute_r)
{
	static const char shape[] = "dd:dd";
	int hour, minute;

	for (size_t i = 0; i < sizeof(shape) - 1; i++) {
		int is_digit = written[i] >= '0' && written[i] <= '9';

		if (shape[i] == 'd' ? !is_digit : written[i] != shape[i])
			return (0);
	}
	hour = (written[0] - '0') * 10 + written[1] - '0';
	minute = (written[3] - '0') * 10 + written[4] - '0';
	if (minute >= HOUR_MINUTES ||
	    hour * HOUR_MINUTES + minute > DAY_MINUTES)
		return (0);
	*minute_r = (hour * HOUR_MINUTES + minute) % DAY_MINUTES;
	return (1);
}

enum outcome
day_span_read(const char *written, struct day_span *span_r)
{
	enum { HYPHEN_AT = 5, LENGTH = 11 };
	struct day_span span;

	if (strlen(written) != LENGTH || written[HYPHEN_AT] != '-' ||
	    !read_minute(written, &span.from_minute) ||
	    !read_minute(written + HYPHEN_AT + 1, &span.until_minute))
		return (REFUSED);
	*span_r = span;
	return (DONE);
}

int
day_span_has(const struct day_span *span, int minute)
{
	if (span->from_minute == span->until_minute)
		return (1);
	if (span->from_minute < span->until_minute)
		return (
		    minute >= span->from_minute && minute < span->until_minute);
	return (minute >= span->from_minute || minute < span->until_minute);
}
